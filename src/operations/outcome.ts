import type { TimelineEntry } from '../complaint/events.ts'
import type { Refusal } from '../complaint/refusals.ts'
import type { Complaint } from '../complaint/types.ts'

/** What a person's request came to. A form that was carried out before succeeds again, without doing anything again. */
export type Outcome =
  | {
      readonly ok: true
      readonly number: number
      readonly complaint: Complaint | null
      readonly entries: readonly TimelineEntry[]
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Thrown inside a transaction to undo it; what comes out is the refusal. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[]
  constructor(refusals: readonly Refusal[]) {
    super('refused')
    this.refusals = refusals
  }
}

/** Thrown inside a transaction to undo it, since the same form was carried out before. */
export class Repeated extends Error {}

/** What a transaction that was undone came to. */
export const refused = (error: unknown, number = 0): Outcome => {
  if (error instanceof Repeated) return { ok: true, number, complaint: null, entries: [] }
  if (error instanceof Refused) return { ok: false, refusals: error.refusals }
  throw error
}

import type { Refusal } from './refusals.ts'
import { DAY, plus } from './time.ts'
import type { CallbackPromise } from './types.ts'

/** A call can be promised, and a complaint told, this far from now at most. Milliseconds. */
export const REACH = 30 * DAY

export function checkPromise(promisedBy: Date | null, now: Date): Refusal | null {
  if (promisedBy === null) return { kind: 'missing', field: 'promisedBy' }
  if (promisedBy <= now) return { kind: 'promise-not-after-now', field: 'promisedBy' }
  return promisedBy > plus(now, REACH) ? { kind: 'promise-too-far', field: 'promisedBy' } : null
}

/** The ledger with one more promise at its end. */
export function withPromise(ledger: readonly CallbackPromise[], by: string, dueAt: Date, now: Date): CallbackPromise[] {
  return [
    ...ledger,
    {
      seq: ledger.length + 1,
      promisedBy: by,
      startedAt: now,
      dueAt,
      remindedTo: now,
      companyToldAt: null,
      state: 'pending',
      endedAt: null,
      reason: null,
    },
  ]
}

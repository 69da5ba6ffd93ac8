import type { Refusal } from '../complaint/refusals.ts'
import type { Asker } from '../complaint/roles.ts'
import { holdMerging, type KnownName, readCustomer } from '../store/customers.ts'
import type { Database, Tx } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { complaintLane, queue } from '../store/outbox.ts'
import { markCompared, readAsked, readName, readSimilar, writeAnswer, writeAsked } from '../store/similarNames.ts'
import { hold } from './changeComplaint.ts'
import { mergeInto } from './mergeCustomer.ts'
import { Refused } from './outcome.ts'

/** Asks whoever filed under a name whether it is the customer of the likest name not asked about yet, where there is one. */
export async function askSameCustomer(
  tx: Tx,
  workspace: string,
  complaint: number,
  name: Pick<KnownName, 'id' | 'customer'>,
  now: Date,
): Promise<void> {
  const [similar, asked] = await Promise.all([
    readSimilar(tx, workspace, await readName(tx, workspace, name.id)),
    readAsked(tx, workspace, name.id),
  ])
  const other = similar.find(({ customer }) => customer !== name.customer && !asked.includes(customer))
  await markCompared(tx, workspace, name.id, now)
  if (!other || !(await writeAsked(tx, workspace, complaint, [name.id, other.id], now))) return
  const message = { kind: 'same-customer', name: name.id, other: other.id } as const
  await queue(tx, workspace, [{ lane: complaintLane(complaint), complaint, message }], now)
}

export interface AnswerRequest {
  readonly workspace: string
  /** The complaint after whose filing it was asked. */
  readonly complaint: number
  /** The name filed under, and the one it is like. */
  readonly name: number
  readonly other: number
  readonly same: boolean
  readonly by: string
  readonly asker: Asker
}

/** What an answer came to: `answered` where it had been answered, or the two had become one, before. */
export type Answered =
  | { readonly ok: true; readonly how: 'merged' | 'kept-apart' | 'answered' }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Takes the answer to "Same customer as …?": yes makes the two one, no is remembered for ever. */
export async function answerSameCustomer(
  db: Database,
  inForce: InForce,
  { workspace, complaint, name, other, same, by, asker }: AnswerRequest,
  now: Date,
): Promise<Answered> {
  try {
    return await db.transaction(async (tx): Promise<Answered> => {
      await holdMerging(tx, workspace)
      const held = await hold(tx, inForce, { workspace, number: complaint, view: null, asker }, now)
      const first = await writeAnswer(tx, workspace, [name, other], { same, by }, now)
      const [customer, into] = await Promise.all([
        readCustomer(tx, workspace, name),
        readCustomer(tx, workspace, other),
      ])
      if (!first || !customer || !into || customer.id === into.id) return { ok: true, how: 'answered' }
      if (same) await mergeInto(tx, held, by, customer, into)
      else await askSameCustomer(tx, workspace, complaint, { id: name, customer: customer.id }, now)
      return { ok: true, how: same ? 'merged' : 'kept-apart' }
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusals: error.refusals }
    throw error
  }
}

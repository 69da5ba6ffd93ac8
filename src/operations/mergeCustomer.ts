import type { Customer } from '../complaint/customer.ts'
import type { Change } from '../complaint/decision.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import { holdMerging, mergeCustomers, readCustomer, readCustomerOf, renameCustomer } from '../store/customers.ts'
import type { Database, Tx } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { type Asked, carryOut, type Held, hold } from './changeComplaint.ts'
import { type Outcome, Refused, refused } from './outcome.ts'

export interface MergeRequest extends Asked {
  readonly by: string
  /** The id of the customer it is to be merged into. */
  readonly into: number | null
  /** What the customer is to be called from now on. */
  readonly name: string | null
}

/** Merges a complaint's customer into another one, renames it, or both, as seen from that complaint. */
export async function mergeCustomer(
  db: Database,
  inForce: InForce,
  request: MergeRequest,
  now: Date,
): Promise<Outcome> {
  const { workspace, number, by, into, name } = request
  try {
    return await db.transaction(async (tx) => {
      await holdMerging(tx, workspace)
      let held = await hold(tx, inForce, request, now)
      if (into === null && name === null) throw new Refused([{ kind: 'missing', field: 'into' }])
      let customer = await readCustomerOf(tx, workspace, number)
      if (!customer) throw new Error(`Complaint ${number} has no customer`)
      const entries: TimelineEntry[] = []
      const go = (change: Change) => {
        entries.push(...change.entries)
        held = { ...held, before: change.complaint }
      }
      if (into !== null) {
        const other = await readCustomer(tx, workspace, into)
        if (!other) throw new Refused([{ kind: 'unknown-customer', field: 'into' }])
        go(await mergeInto(tx, held, by, customer, other))
        customer = other
      }
      if (name !== null) go(await rename(tx, held, by, customer, name))
      return { ok: true, number, complaint: held.before, entries }
    })
  } catch (error) {
    return refused(error, number)
  }
}

/** Call under `holdMerging`. @throws Refused */
export async function mergeInto(tx: Tx, held: Held, by: string, customer: Customer, into: Customer): Promise<Change> {
  const change = await carryOut(tx, held, { kind: 'merge-customer', by, customer, into })
  await mergeCustomers(tx, held.workspace, customer, into, doneFrom(held, by))
  return change
}

async function rename(tx: Tx, held: Held, by: string, customer: Customer, name: string): Promise<Change> {
  const change = await carryOut(tx, held, { kind: 'rename-customer', by, customer, name })
  const renamed =
    change.entries.length === 0 || (await renameCustomer(tx, held.workspace, customer, name, doneFrom(held, by)))
  if (!renamed) throw new Refused([{ kind: 'name-taken', field: 'name' }])
  return change
}

const doneFrom = ({ before, situation }: Held, by: string) => ({ complaint: before.number, by, now: situation.now })

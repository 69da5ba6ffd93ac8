import { clocksOf } from '../complaint/duplicating.ts'
import { holdLinking, readComplaint, readDuplicates } from '../store/complaints.ts'
import type { Database, Tx } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { type Asked, carryOut, type Held, hold } from './changeComplaint.ts'
import { type Outcome, Refused, refused } from './outcome.ts'

export interface LinkRequest extends Asked {
  readonly by: string
  /** The number of the complaint that it is a duplicate of; where that is one itself, its original is meant. */
  readonly original: number
}

/** Links a complaint to another one as its duplicate, and its own duplicates along with it. */
export async function linkDuplicate(db: Database, inForce: InForce, request: LinkRequest, now: Date): Promise<Outcome> {
  const { workspace, number, by, original } = request
  try {
    return await db.transaction(async (tx) => {
      await holdLinking(tx, workspace)
      const other = await readComplaint(tx, workspace, original)
      if (!other) throw new Refused([{ kind: 'no-such-complaint', number: original }])
      const of = other.duplicateOf ?? other.number
      const following = await readDuplicates(tx, workspace, number)
      const held = await holdAll(tx, inForce, request, [of, ...following], now)
      const linked = await carryOut(tx, held(number), { kind: 'duplicate', by, of })
      for (const one of following) await carryOut(tx, held(one), { kind: 'point-to', by, of })
      let taking = held(of)
      for (const one of [number, ...following]) {
        const command = { kind: 'take-on', by, duplicate: one, clocks: clocksOf(held(one).before) } as const
        taking = { ...taking, before: (await carryOut(tx, taking, command)).complaint }
      }
      return { ok: true, number, complaint: linked.complaint, entries: linked.entries }
    })
  } catch (error) {
    return refused(error, number)
  }
}

export interface SplitRequest extends Asked {
  readonly by: string
}

/** Splits a duplicate off again; each of the two goes on with its own clocks. */
export async function splitDuplicate(
  db: Database,
  inForce: InForce,
  request: SplitRequest,
  now: Date,
): Promise<Outcome> {
  const { workspace, number, by } = request
  try {
    return await db.transaction(async (tx) => {
      await holdLinking(tx, workspace)
      const of = (await readComplaint(tx, workspace, number))?.duplicateOf ?? null
      const held = await holdAll(tx, inForce, request, of === null ? [] : [of], now)
      const { complaint, entries } = await carryOut(tx, held(number), { kind: 'split', by })
      if (of === null) throw new Error(`#${number} was split from nothing`)
      const staying = await readDuplicates(tx, workspace, of)
      const others = await Promise.all(staying.map((one) => readComplaint(tx, workspace, one)))
      await carryOut(tx, held(of), {
        ...{ kind: 'let-go', by, duplicate: number, clocks: clocksOf(complaint) },
        others: others.flatMap((one) => (one ? [clocksOf(one)] : [])),
      })
      return { ok: true, number, complaint, entries }
    })
  } catch (error) {
    return refused(error, number)
  }
}

/** Locks the complaint that is asked about together with others, in the order of their numbers. @throws Repeated, Refused */
async function holdAll(
  tx: Tx,
  inForce: InForce,
  asked: Asked,
  others: readonly number[],
  now: Date,
): Promise<(number: number) => Held> {
  const all = new Map<number, Held>()
  const numbers = [...new Set([asked.number, ...others])].sort((one, other) => one - other)
  for (const number of numbers) {
    const view = number === asked.number ? asked.view : null
    all.set(number, await hold(tx, inForce, { ...asked, number, view }, now))
  }
  return (number) => {
    const held = all.get(number)
    if (!held) throw new Error(`#${number} is not held`)
    return held
  }
}

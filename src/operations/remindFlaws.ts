import { absentAmong, calledBy } from '../complaint/absence.ts'
import { caseOf } from '../complaint/flaw.ts'
import type { Absent } from '../complaint/ladder.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Database } from '../store/database.ts'
import { readDueFlaws, readFlaw } from '../store/flaws.ts'
import type { InForce } from '../store/inForce.ts'
import { changeFlawWithin } from './changeFlaw.ts'
import type { Presences } from './directory.ts'

/** Flaws looked at in one sweep; more wait for the next one, seconds later. */
const SWEEP = 500

/** Does what is due on the clock, ladder and actions of every flaw, each once. Returns how many had something due. */
export async function remindFlawsOnce(
  db: Database,
  inForce: InForce,
  workspace: string,
  presences: Presences,
  now: Date,
): Promise<number> {
  const due = await readDueFlaws(db.reader, workspace, now, SWEEP)
  const setup = due.length === 0 ? null : await inForce.read(db.reader, workspace)
  if (!setup) return 0
  const faults: unknown[] = []
  for (const number of due) {
    try {
      // Slack is asked before any transaction begins.
      const absent = await absentFor(db, workspace, number, setup, presences, now)
      const command = { kind: 'remind', absent } as const
      await db.transaction((tx) => changeFlawWithin(tx, inForce, workspace, number, command, now))
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} systemic flaws could not be swept`)
  return due.length
}

async function absentFor(
  db: Database,
  workspace: string,
  number: number,
  setup: Setup,
  presences: Presences,
  now: Date,
): Promise<Absent> {
  const flaw = await readFlaw(db.reader, workspace, number)
  const ids = flaw ? calledBy(caseOf(flaw), setup, now) : []
  return flaw && ids.length > 0 ? absentAmong(ids, await presences.of(ids), flaw.policy) : {}
}

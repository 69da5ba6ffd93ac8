import { readWatched } from '../store/actions.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { markNoticed, readUnnoticed, type UnnoticedSubject } from '../store/subjects.ts'
import { changeWithin } from './changeComplaint.ts'

/** Looked at in one sweep; more wait for the next one, seconds later. */
const SWEEP = 500

/**
 * Looks at what complaints have come to be about, and does what follows for others: where a cause came again that a
 * corrective action was to end, it is asked whether that worked. Done again it changes nothing, so that several processes may
 * look at once, and what was cut short is made up for. Returns how much was looked at.
 */
export async function noticeSubjectsOnce(
  db: Database,
  inForce: InForce,
  workspace: string,
  now: Date,
): Promise<number> {
  const fresh = await readUnnoticed(db.reader, workspace, SWEEP)
  const faults: unknown[] = []
  for (const subject of fresh) {
    try {
      await doubtActions(db, inForce, workspace, subject, now)
      await db.transaction((tx) => markNoticed(tx, workspace, subject, now))
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} subjects could not be looked at`)
  return fresh.length
}

async function doubtActions(
  db: Database,
  inForce: InForce,
  workspace: string,
  { key, complaint, toldAt }: UnnoticedSubject,
  now: Date,
): Promise<void> {
  for (const { complaint: number, action } of await readWatched(db.reader, workspace, key, toldAt)) {
    const command = { kind: 'cause-again', action, complaint, toldAt } as const
    await db.transaction((tx) => changeWithin(tx, inForce, { workspace, number, command }, now))
  }
}

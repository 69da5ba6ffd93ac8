import { readDue } from '../store/complaints.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { lookUpAbsent } from './absentees.ts'
import { changeWithin } from './changeComplaint.ts'
import type { Presences } from './directory.ts'

/** Complaints looked at in one sweep; more wait for the next one, seconds later. */
const SWEEP = 500

/**
 * Does what is due on every running clock, ladder and other timer. Each complaint is its own transaction under its own lock, so several processes
 * may sweep at once and each reminder still happens once. Returns how many complaints had something due.
 */
export async function queueRemindersOnce(
  db: Database,
  inForce: InForce,
  workspace: string,
  presences: Presences,
  now: Date,
): Promise<number> {
  const due = await readDue(db.reader, workspace, now, SWEEP)
  const absent = await lookUpAbsent(db, inForce, workspace, due, presences, now)
  const faults: unknown[] = []
  for (const number of due.keys()) {
    try {
      const command = { kind: 'remind', absent: absent.get(number) ?? {} } as const
      await db.transaction((tx) => changeWithin(tx, inForce, { workspace, number, command }, now))
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} complaints could not be swept`)
  return due.size
}

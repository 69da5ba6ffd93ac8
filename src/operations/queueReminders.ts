import { decide } from '../complaint/decide.ts'
import { readComplaint, readDue } from '../store/complaints.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { lookUpAbsent } from './absentees.ts'
import { commit } from './changeComplaint.ts'
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
      await db.transaction(async (tx) => {
        const [setup, complaint] = await Promise.all([
          inForce.read(tx, workspace),
          readComplaint(tx, workspace, number, 'lock'),
        ])
        if (!setup || !complaint) return
        const situation = { now, setup, asker: null }
        const decision = decide(complaint, { kind: 'remind', absent: absent.get(number) ?? {} }, situation)
        if (decision.ok) await commit(tx, workspace, complaint, decision.change, situation)
      })
    } catch (error) {
      faults.push(error)
    }
  }
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} complaints could not be swept`)
  return due.size
}

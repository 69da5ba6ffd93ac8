import { absentAmong, calledBy } from '../complaint/absence.ts'
import type { Absent } from '../complaint/ladder.ts'
import type { TimerName } from '../complaint/timers.ts'
import { readComplaint } from '../store/complaints.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import type { Presences } from './directory.ts'

/** These call people; a clock's reminder goes to whoever it goes to. */
const CALLING: readonly string[] = ['ladder', 'silence', 'make-good'] satisfies TimerName[]

/**
 * Who of those that are to be called now is not there, by complaint. Slack is asked before any transaction begins, about
 * all of them at once.
 */
export async function lookUpAbsent(
  db: Database,
  inForce: InForce,
  workspace: string,
  due: ReadonlyMap<number, readonly string[]>,
  presences: Presences,
  now: Date,
): Promise<ReadonlyMap<number, Absent>> {
  const calling = [...due].filter(([, names]) => names.some((name) => CALLING.includes(name)))
  const setup = calling.length === 0 ? null : await inForce.read(db.reader, workspace)
  if (!setup) return new Map()
  const called: { number: number; ids: readonly string[]; policy: Parameters<typeof absentAmong>[2] }[] = []
  for (const [number] of calling) {
    const complaint = await readComplaint(db.reader, workspace, number)
    if (complaint) called.push({ number, ids: calledBy(complaint, setup, now), policy: complaint.policy })
  }
  const known = await presences.of([...new Set(called.flatMap(({ ids }) => ids))])
  return new Map(called.map(({ number, ids, policy }) => [number, absentAmong(ids, known, policy)]))
}

import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { TimelineEntry } from '../complaint/events.ts'
import type { CorrectiveAction } from '../complaint/types.ts'
import type { Reader } from './database.ts'
import { MAY_BE_SAID, type Said } from './outbox.ts'
import { complaints, outbox } from './schema.ts'

/** Which of these complaints are confidential. */
export async function readConfidential(db: Reader, workspace: string, numbers: readonly number[]): Promise<number[]> {
  if (numbers.length === 0) return []
  const rows = await db
    .select({ number: complaints.number })
    .from(complaints)
    .where(and(eq(complaints.workspace, workspace), inArray(complaints.number, [...numbers]), sql`is_confidential`))
  return rows.map(({ number }) => number)
}

/** Entries of a timeline without the numbers of other complaints that are confidential. */
export async function openly(
  db: Reader,
  workspace: string,
  entries: readonly TimelineEntry[],
): Promise<TimelineEntry[]> {
  const named = entries.flatMap(({ event }) =>
    event.kind === 'cause-again' || event.kind === 'complaint-joined' ? (event.complaint ?? []) : [],
  )
  const confidential = await readConfidential(db, workspace, [...new Set(named)])
  return entries.map((entry) => {
    const { event } = entry
    const isHidden =
      (event.kind === 'cause-again' || event.kind === 'complaint-joined') &&
      event.complaint !== null &&
      confidential.includes(event.complaint)
    return isHidden ? { ...entry, event: { ...event, complaint: null } } : entry
  })
}

/** A corrective action without the number of the complaint that came after it, where that is confidential. */
export async function withoutConfidential(
  db: Reader,
  workspace: string,
  action: CorrectiveAction,
): Promise<CorrectiveAction> {
  const { recurredIn } = action
  if (recurredIn === null || (await readConfidential(db, workspace, [recurredIn])).length === 0) return action
  return { ...action, recurredIn: null }
}

/** What stands in Slack about others, or may, and names this complaint: that it joined a flaw, or that with it a cause came again. */
export function readNaming(db: Reader, workspace: string, complaint: number): Promise<Said[]> {
  const { id, lane, flaw } = outbox
  const doubted = sql`from corrective_actions a where a.workspace = ${workspace} and a.recurred_in = ${complaint}`
  const named = (timeline: 'timeline' | 'flaw_timeline', of: 'complaint' | 'flaw') =>
    sql`exists (select 1 from ${sql.identifier(timeline)} t where t.workspace = ${workspace}
      and t.${sql.identifier(of)} = outbox.${sql.identifier(of)} and t.seq = (message->>'entry')::int
      and t.event->>'kind' in ('complaint-joined', 'cause-again') and (t.event->>'complaint')::int = ${complaint})`
  return db
    .select({ id, lane, complaint: outbox.complaint, flaw })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        inArray(outbox.state, [...MAY_BE_SAID]),
        sql`(
          flaw in (select flaw from flaw_complaints where workspace = ${workspace} and complaint = ${complaint} union select a.flaw ${doubted})
            and (kind = 'line' and ${named('flaw_timeline', 'flaw')}
              or kind = 'action-question' and (flaw, (message->>'action')::int) in (select a.flaw, a.seq ${doubted}))
          or outbox.complaint in (select a.complaint ${doubted})
            and (kind = 'line' and ${named('timeline', 'complaint')}
              or kind = 'action-question' and (outbox.complaint, (message->>'action')::int) in (select a.complaint, a.seq ${doubted})))`,
      ),
    )
    .orderBy(asc(id))
}

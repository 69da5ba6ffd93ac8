import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { DAY, plus } from '../complaint/time.ts'
import type { Reader, Tx } from './database.ts'
import { MAY_BE_SAID, type Said } from './outbox.ts'
import { digests, outbox } from './schema.ts'

/** Half a week. Milliseconds. */
const SAME_NEWS = 3.5 * DAY

/** Takes a slot's one turn. False where it was taken before; waits for whoever is taking it now. */
export async function takeDigestSlot(tx: Tx, workspace: string, slot: Date, now: Date): Promise<boolean> {
  const taken = await tx
    .insert(digests)
    .values({ workspace, slot, queuedAt: now })
    .onConflictDoNothing()
    .returning({ slot: digests.slot })
  return taken.length > 0
}

/**
 * Whether the digest of `slot` was sent, a newer one, or one so shortly before that it would tell the same again: a schedule
 * that is moved in the middle of the week owes nothing more for it.
 */
export async function isDigestSent(db: Reader, workspace: string, slot: Date): Promise<boolean> {
  const [sent] = await db
    .select({ slot: digests.slot })
    .from(digests)
    .where(and(eq(digests.workspace, workspace), gt(digests.slot, plus(slot, -SAME_NEWS))))
    .limit(1)
  return sent !== undefined
}

/** Numbers of complaints that a digest names. */
const NAMED = [
  ['overdue,top', 'number'],
  ['oldestOpen', 'number'],
  ['overdueActions,top', 'complaint'],
] as const

/** Digests and reports that name a complaint, with what stands in their threads, as far as they stand in Slack, or may. */
export function readDigestsNaming(db: Reader, workspace: string, complaint: number): Promise<Said[]> {
  const isNamed = NAMED.map(
    ([list, key]) =>
      sql`message #> ${`{figures,${list}}`}::text[] @> ${JSON.stringify([{ [key]: complaint }])}::text::jsonb`,
  )
  const { id, lane, flaw } = outbox
  // No complaint's: an index leads to these.
  const ours = sql`workspace = ${workspace} and complaint is null`
  const naming = sql`select id from outbox where ${ours} and kind = 'digest' and (${sql.join(isNamed, sql` or `)})`
  return db
    .select({ id, lane, complaint: outbox.complaint, flaw })
    .from(outbox)
    .where(
      and(
        ours,
        inArray(outbox.state, [...MAY_BE_SAID]),
        sql`case kind when 'digest' then id in (${naming}) when 'digest-details' then (message->>'digest')::bigint in (${naming}) end`,
      ),
    )
    .orderBy(asc(id))
}

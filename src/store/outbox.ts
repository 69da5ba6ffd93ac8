import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { SHOWING, type Subject } from '../complaint/subjects.ts'
import { plus } from '../complaint/time.ts'
import type { Reader, Tx } from './database.ts'
import type { Message } from './message.ts'
import { rowsOf } from './migrate.ts'
import { insertRows, rowFrom } from './rows.ts'
import { CHANGING, ONE_CARD, outbox } from './schema.ts'

export type OutboxRow = typeof outbox.$inferSelect

/** The lane of everything said about one complaint. */
export const complaintLane = (number: number): string => `complaint:${number}`

export interface Queued {
  readonly lane: string
  readonly complaint: number | null
  readonly message: Message
}

/**
 * Queues messages; they are sent once the transaction has committed, and there is no other way to send. A card that waits
 * already is not queued twice: it is drawn from what is true when its turn comes, for the department that it is with by then.
 * Returns their ids, in their order.
 */
export async function queue(tx: Tx, workspace: string, queued: readonly Queued[], now: Date): Promise<number[]> {
  const inserted = await insertRows(
    tx,
    outbox,
    queued.map(({ lane, complaint, message }) => ({
      ...{ workspace, lane, complaint, kind: message.kind, message },
      ...{ queuedAt: now, notBefore: now },
    })),
    // Updating it keeps the waiting one from being taken, and drawn, before this change has committed.
    sql`on conflict (workspace, lane) where ${ONE_CARD} do update set message = excluded.message returning id`,
  )
  return rowsOf<{ id: number | string }>(inserted).map(({ id }) => Number(id))
}

/** What asks somebody to do something, and is taken back, or marked done where it stands, once that is needed no more. */
export const CALLS: readonly Message['kind'][] = [
  'reminder',
  'company-reminder',
  'call',
  'company-call',
  'settle-call',
  'still-on-it',
]

/** Takes back what asks for something and is not under way yet, and returns what stands in Slack already. */
async function withdraw(tx: Tx, workspace: string, complaint: number, about: SQL): Promise<number[]> {
  const these = and(ofKinds(workspace, complaint, CALLS), about)
  await tx
    .update(outbox)
    .set({ state: 'dropped' })
    .where(and(these, eq(outbox.state, 'pending')))
  return readSent(tx, these)
}

const ofKinds = (workspace: string, complaint: number, kinds: readonly Message['kind'][]): SQL | undefined =>
  and(eq(outbox.workspace, workspace), eq(outbox.complaint, complaint), inArray(outbox.kind, [...kinds]))

async function readSent(db: Reader, which: SQL | undefined): Promise<number[]> {
  const sent = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(which, eq(outbox.state, 'sent')))
    .orderBy(asc(outbox.id))
  return sent.map((row) => row.id)
}

/** The same for the reminders of a clock. */
export const withdrawReminders = (tx: Tx, workspace: string, complaint: number, clock: string, seq: number) =>
  withdraw(tx, workspace, complaint, ofClock(clock, seq))

const ofClock = (clock: string, seq: number): SQL =>
  sql`${outbox.message}->>'clock' = ${clock} and (${outbox.message}->>'seq')::int = ${seq}`

/** A clock's reminders that stand under the card. */
export const readReminders = (db: Reader, workspace: string, complaint: number, clock: string, seq: number) =>
  readSent(db, and(ofKinds(workspace, complaint, ['reminder']), ofClock(clock, seq)))

/** The same for the calls of a ladder that started at `startedAt`. */
export const withdrawCalls = (tx: Tx, workspace: string, complaint: number, startedAt: Date) =>
  withdraw(tx, workspace, complaint, sql`${outbox.message}->>'ladder' = ${startedAt.toISOString()}`)

/** The same for the question to an owner who was asked at `askedAt`. */
export const withdrawQuestion = (tx: Tx, workspace: string, complaint: number, askedAt: Date) =>
  withdraw(tx, workspace, complaint, sql`${outbox.message}->>'asked' = ${askedAt.toISOString()}`)

/** The same for the calls to settle the hand-over that this entry of the timeline asks for. */
export const withdrawSettling = (tx: Tx, workspace: string, complaint: number, entry: number) =>
  withdraw(tx, workspace, complaint, sql`kind = 'settle-call' and (${outbox.message}->>'entry')::int = ${entry}`)

/**
 * What was posted about a complaint for more than one person to see, without its card and what points to it. It may have to
 * go through all of the outbox.
 */
export async function readSeenByMany(db: Reader, workspace: string, complaint: number): Promise<number[]> {
  const rows = await db
    .select({ id: sql<number>`min(${outbox.id})` })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        eq(outbox.complaint, complaint),
        sql`${outbox.ts} is not null and ${outbox.channel} not like 'D%'`,
      ),
    )
    .groupBy(outbox.channel, outbox.ts)
    .having(sql`bool_and(${outbox.kind} not in ('card', 'pointer'))`)
    .orderBy(sql`min(${outbox.id})`)
  return rows.map(({ id }) => Number(id))
}

/** Where the newest call to settle a hand-over stands that went to the other department; null where none was posted. */
export async function readCall(
  db: Reader,
  workspace: string,
  complaint: number,
): Promise<{ channel: string; ts: string } | null> {
  const [row] = await db
    .select({ channel: outbox.channel, ts: outbox.ts })
    .from(outbox)
    .where(
      and(
        ofKinds(workspace, complaint, ['settle-call']),
        eq(outbox.state, 'sent'),
        sql`${outbox.message}->>'where' = 'other'`,
      ),
    )
    .orderBy(desc(outbox.id))
    .limit(1)
  return row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : null
}

/**
 * Messages that show a part of a complaint as it was, and have left or are about to; those that wait are drawn from what is true
 * when their turn comes.
 */
export async function postedAbout(tx: Tx, workspace: string, complaint: number, of: Subject): Promise<number[]> {
  const rows = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        eq(outbox.complaint, complaint),
        inArray(outbox.kind, [...SHOWING[of.part]]),
        inArray(outbox.state, ['sending', 'unknown', 'sent']),
        sql`(${outbox.message}->>${of.part})::int = ${of.seq}`,
      ),
    )
    .orderBy(asc(outbox.id))
  return rows.map((row) => row.id)
}

/**
 * Leases the first message of each lane that is due, and writes the time of dispatch before anything is called. A lease
 * that ran out belonged to a process that died: its message may have been posted, so it comes back as `unknown`.
 */
export async function claim(
  tx: Tx,
  workspace: string,
  now: Date,
  lease: number,
  limit: number,
): Promise<(OutboxRow & { wasUnknown: boolean })[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const rows = rowsOf<{ row: Record<string, unknown>; was_unknown: boolean }>(
    await tx.execute(sql`
      with heads as materialized (
        select o.id, o.state from outbox o
        where o.workspace = ${workspace} and o.state in ('pending', 'sending', 'unknown') and o.not_before <= ${at}
          and (o.state <> 'sending' or o.leased_until < ${at})
          and not exists (
            select 1 from outbox p where p.workspace = o.workspace and p.lane = o.lane and p.id < o.id
              and p.state in ('pending', 'sending', 'unknown'))
        order by o.not_before, o.id limit ${limit}
        for update of o skip locked)
      update outbox o set state = 'sending', fence = o.fence + 1, attempts = o.attempts + 1,
        leased_until = ${plus(now, lease).toISOString()}::timestamptz,
        -- The window in which an unknown one is looked up begins with the first dispatch that may have posted it.
        dispatched_at = case when heads.state = 'pending' then ${at} else o.dispatched_at end
      from heads where o.workspace = ${workspace} and o.id = heads.id
      returning to_json(o) as row, heads.state <> 'pending' as was_unknown`),
  )
  return rows
    .map(({ row, was_unknown: wasUnknown }) => ({ ...rowFrom(outbox, row), wasUnknown }))
    .sort((a, b) => a.id - b.id)
}

/** Ends a lease. False where somebody else holds the message by now, whose word counts. */
export async function mark(
  tx: Tx,
  row: Pick<OutboxRow, 'workspace' | 'id' | 'fence'>,
  end: Partial<
    Pick<OutboxRow, 'state' | 'notBefore' | 'sentAt' | 'channel' | 'ts' | 'file' | 'redirected' | 'error' | 'attempts'>
  >,
): Promise<boolean> {
  const marked = await tx
    .update(outbox)
    .set({ ...end, leasedUntil: null })
    .where(
      and(
        eq(outbox.workspace, row.workspace),
        eq(outbox.id, row.id),
        eq(outbox.fence, row.fence),
        eq(outbox.state, 'sending'),
      ),
    )
    .returning({ id: outbox.id })
  return marked.length > 0
}

export async function readQueued(db: Reader, workspace: string, id: number): Promise<OutboxRow | null> {
  const [row] = await db
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspace, workspace), eq(outbox.id, id)))
  return row ?? null
}

/** The pictures that were queued under these ids, as far as Slack has them, in their order. */
export async function readUploaded(
  db: Reader,
  workspace: string,
  ids: readonly number[],
): Promise<(OutboxRow & { file: string; sentAt: Date; message: Extract<Message, { kind: 'picture' }> })[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select()
    .from(outbox)
    .where(and(eq(outbox.workspace, workspace), inArray(outbox.id, [...ids]), eq(outbox.state, 'sent')))
    .orderBy(asc(outbox.id))
  return rows.flatMap(({ file, sentAt, message, ...row }) =>
    file && sentAt && message.kind === 'picture' ? [{ ...row, file, sentAt, message }] : [],
  )
}

/** Gives up pictures that Slack has, but does not show: the messages that wait for them go out without. */
export async function leaveOut(tx: Tx, workspace: string, ids: readonly number[]): Promise<void> {
  await tx
    .update(outbox)
    .set({ state: 'dead', error: 'not_shown' })
    .where(and(eq(outbox.workspace, workspace), inArray(outbox.id, [...ids]), eq(outbox.state, 'sent')))
}

/** When the next message is to be looked at, or null where none waits. */
export async function nextDue(db: Reader, workspace: string): Promise<Date | null> {
  const [row] = await db
    .select({ at: sql<string | null>`min(${outbox.notBefore})` })
    .from(outbox)
    .where(and(eq(outbox.workspace, workspace), sql`state in ('pending', 'unknown')`))
  return row?.at ? new Date(row.at) : null
}

export async function countWaiting(db: Reader, workspace: string): Promise<number> {
  const [row] = await db
    .select({ waiting: sql<number>`count(*)::int` })
    .from(outbox)
    // A Home waits for the next deadline that it tells of.
    .where(and(eq(outbox.workspace, workspace), sql`state in ('pending', 'sending', 'unknown') and kind <> 'home'`))
  return row?.waiting ?? 0
}

/** Forgets what was sent or dropped longer ago than `before`; what may have to be drawn anew or marked stays. */
export async function prune(tx: Tx, before: Date): Promise<void> {
  await tx
    .delete(outbox)
    .where(sql`state in ('sent', 'dropped') and not (${CHANGING}) and queued_at < ${before.toISOString()}::timestamptz`)
}

import { and, asc, desc, eq, inArray, notInArray, type SQL, sql } from 'drizzle-orm'
import { SHOWING, type Subject } from '../complaint/subjects.ts'
import { plus } from '../complaint/time.ts'
import type { Reader, Tx } from './database.ts'
import type { Message } from './message.ts'
import { rowsOf } from './migrate.ts'
import { insertRows, rowFrom, updating } from './rows.ts'
import { ONE_CARD, outbox } from './schema.ts'

export type OutboxRow = typeof outbox.$inferSelect

/** The lane of everything said about one complaint. */
export const complaintLane = (number: number): string => `complaint:${number}`

/** The lane of everything said about one flaw. */
export const flawLane = (number: number): string => `flaw:${number}`

export interface Queued {
  readonly lane: string
  readonly complaint: number | null
  readonly flaw?: number | null
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
    queued.map(({ lane, complaint, flaw, message }) => ({
      ...{ workspace, lane, complaint, flaw: flaw ?? null, kind: message.kind, message },
      ...{ queuedAt: now, notBefore: now },
    })),
    // Updating it keeps the waiting one from being taken, and drawn, before this change has committed.
    sql`on conflict (workspace, lane) where ${ONE_CARD} do update set message = excluded.message returning id`,
  )
  return rowsOf<{ id: number | string }>(inserted).map(({ id }) => Number(id))
}

/** What asks somebody to do something, and is taken back, or marked done where it stands, once that is needed no more. */
export const CALLS: readonly Message['kind'][] = [
  ...(['reminder', 'company-reminder', 'call', 'company-call', 'settle-call', 'still-on-it'] as const),
  ...(['action', 'action-reminder', 'action-overdue', 'action-question'] as const),
]

/** What messages are about: a complaint, by its number, or a flaw. */
export type About = number | { readonly flaw: number }

/** Takes back what asks for something and is not under way yet, and returns what stands in Slack already. */
async function withdraw(tx: Tx, workspace: string, of: About, about: SQL): Promise<number[]> {
  const these = and(ofKinds(workspace, of, CALLS), about)
  await tx
    .update(outbox)
    .set({ state: 'dropped' })
    .where(and(these, eq(outbox.state, 'pending')))
  return readSent(tx, these)
}

const ofKinds = (workspace: string, of: About, kinds: readonly Message['kind'][]): SQL | undefined =>
  and(
    eq(outbox.workspace, workspace),
    typeof of === 'number' ? eq(outbox.complaint, of) : eq(outbox.flaw, of.flaw),
    inArray(outbox.kind, [...kinds]),
  )

async function readSent(db: Reader, which: SQL | undefined): Promise<number[]> {
  const sent = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(which, eq(outbox.state, 'sent')))
    .orderBy(asc(outbox.id))
  return sent.map((row) => row.id)
}

/** The same for the reminders of a clock. */
export const withdrawReminders = (tx: Tx, workspace: string, of: About, clock: string, seq: number) =>
  withdraw(tx, workspace, of, ofClock(clock, seq))

const ofClock = (clock: string, seq: number): SQL =>
  sql`${outbox.message}->>'clock' = ${clock} and (${outbox.message}->>'seq')::int = ${seq}`

/** A clock's reminders that stand under the card. */
export const readReminders = (db: Reader, workspace: string, of: About, clock: string, seq: number) =>
  readSent(db, and(ofKinds(workspace, of, ['reminder']), ofClock(clock, seq)))

/** The same for the calls of a ladder that started at `startedAt`. */
export const withdrawCalls = (tx: Tx, workspace: string, of: About, startedAt: Date) =>
  withdraw(tx, workspace, of, sql`${outbox.message}->>'ladder' = ${startedAt.toISOString()}`)

/** The same for the question to an owner who was asked at `askedAt`. */
export const withdrawQuestion = (tx: Tx, workspace: string, of: About, askedAt: Date) =>
  withdraw(tx, workspace, of, sql`${outbox.message}->>'asked' = ${askedAt.toISOString()}`)

/** The same for what asks for a corrective action, until it is done. */
export const withdrawAction = (tx: Tx, workspace: string, of: About, action: number) =>
  withdraw(
    tx,
    workspace,
    of,
    sql`${outbox.kind} <> 'action-question' and (${outbox.message}->>'action')::int = ${action}`,
  )

/** The same for the question whether it worked. */
export const withdrawActionQuestion = (tx: Tx, workspace: string, of: About, action: number) =>
  withdraw(
    tx,
    workspace,
    of,
    sql`${outbox.kind} = 'action-question' and (${outbox.message}->>'action')::int = ${action}`,
  )
/** The same for the calls to settle the hand-over that this entry of the timeline asks for. */
export const withdrawSettling = (tx: Tx, workspace: string, of: About, entry: number) =>
  withdraw(tx, workspace, of, sql`kind = 'settle-call' and (${outbox.message}->>'entry')::int = ${entry}`)

/** What was posted about a complaint for more than one person to see, without its card, what points to it, and what is gone. */
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
    .having(sql`bool_and(${outbox.kind} not in ('card', 'pointer', 'withdraw'))`)
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
 * Messages that show a part of a complaint as it was, and have left or are about to. Those that wait are drawn from what is true
 * when their turn comes; until this transaction ends they are held, so that none is drawn from what was true before it.
 */
export const postedAbout = (tx: Tx, workspace: string, complaint: number, { part, seq }: Subject): Promise<number[]> =>
  posted(tx, and(ofKinds(workspace, complaint, SHOWING[part]), sql`(${outbox.message}->>${part})::int = ${seq}`))

/** The same for messages that show photos and files. */
export const postedEvidence = (tx: Tx, workspace: string, complaint: number): Promise<number[]> =>
  posted(tx, ofKinds(workspace, complaint, ['evidence']))

async function posted(tx: Tx, which: SQL | undefined): Promise<number[]> {
  const rows = await tx
    .select({ id: outbox.id, state: outbox.state })
    .from(outbox)
    .where(and(which, inArray(outbox.state, ['pending', 'sending', 'unknown', 'sent'])))
    .orderBy(asc(outbox.id))
    .for('update')
  return rows.filter(({ state }) => state !== 'pending').map((row) => row.id)
}

/**
 * Leases the first message of each lane that is due, and writes the time of dispatch before anything is called. A lease
 * that ran out belonged to a process that died: its message may have been posted, so it comes back as `unknown`. With each
 * comes the version of what is in force.
 */
export async function claim(
  tx: Tx,
  workspace: string,
  now: Date,
  lease: number,
  limit: number,
): Promise<(OutboxRow & { wasUnknown: boolean; version: number })[]> {
  const at = sql`${now.toISOString()}::timestamptz`
  const heads = (which: SQL): SQL => sql`
    select o.id, o.state from outbox o
    where o.workspace = ${workspace} and o.state in ('pending', 'sending', 'unknown') and o.not_before <= ${at}
      and (o.state <> 'sending' or o.leased_until < ${at}) and ${which}
      -- It is the first. Said this way, each lane is looked up on its own until there are enough, and not all are joined first.
      and o.id <= (
        select min(p.id) from outbox p where p.workspace = o.workspace and p.lane = o.lane
          and p.state in ('pending', 'sending', 'unknown'))
    order by o.not_before, o.id limit ${limit}
    for update of o skip locked`
  const rows = rowsOf<{ row: Record<string, unknown>; was_unknown: boolean; version: number }>(
    await tx.execute(sql`
      with heads as materialized (
        select * from (${heads(sql`o.kind <> 'without-words'`)}) news
        union all
        -- An erasure may have thousands: they wait until there is nothing else to say.
        select * from (${heads(sql`o.kind = 'without-words'`)}) erasures
        limit ${limit})
      update outbox o set state = 'sending', fence = o.fence + 1, attempts = o.attempts + 1,
        leased_until = ${plus(now, lease).toISOString()}::timestamptz,
        -- The window in which an unknown one is looked up begins with the first dispatch that may have posted it.
        dispatched_at = case when heads.state = 'pending' then ${at} else o.dispatched_at end
      from heads where o.workspace = ${workspace} and o.id = heads.id
      returning to_json(o) as row, heads.state <> 'pending' as was_unknown,
        coalesce((select version from workspaces where workspace = ${workspace}), 0) as version`),
  )
  return rows
    .map(({ row, was_unknown: wasUnknown, version }) => ({ ...rowFrom(outbox, row), wasUnknown, version }))
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
  const { workspace, id, fence } = row
  const held = sql`workspace = ${workspace} and id = ${id} and fence = ${fence} and state = 'sending'`
  const marked = rowsOf(await tx.execute(sql`${updating(outbox, { ...end, leasedUntil: null }, held)} returning id`))
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
    .where(
      and(
        eq(outbox.workspace, workspace),
        sql`state in ('pending', 'sending', 'unknown') and kind not in ('home', 'home-later')`,
      ),
    )
  return row?.waiting ?? 0
}

/** What posts no message of its own. The card's place is known by its complaint. */
const WITHOUT_A_MESSAGE: readonly Message['kind'][] = [
  ...(['card', 'reminder-done', 'redraw', 'without-words', 'pin', 'picture', 'home'] as const),
  ...(['war-room-open', 'war-room-invite', 'war-room-archive', 'pointer', 'withdraw', 'withdraw-all'] as const),
  ...(['confidential-open', 'confidential-invite', 'confidential-remove', 'archive'] as const),
]

/** In these states a message stands in Slack, or may. */
export const MAY_BE_SAID: readonly OutboxRow['state'][] = ['sending', 'unknown', 'sent']

/** A message that was queued. */
export type Said = Pick<OutboxRow, 'id' | 'lane' | 'complaint' | 'flaw'>

/** What stands in Slack about a complaint, or may: its own messages, and what its duplicates' reporters were told of it. */
export function readSaid(db: Reader, workspace: string, complaint: number): Promise<Said[]> {
  const duplicates = sql`(select number from complaints where workspace = ${workspace} and duplicate_of = ${complaint})`
  return said(
    db,
    workspace,
    sql`(${outbox.complaint} = ${complaint} or kind = 'followed' and complaint in ${duplicates})`,
  )
}

/** The same about a flaw. */
export const readSaidOfFlaw = (db: Reader, workspace: string, flaw: number): Promise<Said[]> =>
  said(db, workspace, eq(outbox.flaw, flaw))

const said = (db: Reader, workspace: string, about: SQL): Promise<Said[]> =>
  db
    .select({ id: outbox.id, lane: outbox.lane, complaint: outbox.complaint, flaw: outbox.flaw })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        about,
        inArray(outbox.state, [...MAY_BE_SAID]),
        notInArray(outbox.kind, [...WITHOUT_A_MESSAGE]),
      ),
    )
    .orderBy(asc(outbox.id))

/**
 * Forgets what was dropped, or done without a message of its own, longer ago than `before`: an erasure has to find the others, and a
 * flaw's card its picture.
 */
export async function prune(tx: Tx, before: Date): Promise<void> {
  await tx
    .delete(outbox)
    .where(
      sql`(state = 'dropped' or state = 'sent' and kind in ${WITHOUT_A_MESSAGE} and (kind <> 'picture' or flaw is null)) and queued_at < ${before.toISOString()}::timestamptz`,
    )
}

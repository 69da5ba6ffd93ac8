import { and, asc, eq, lte, type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { nextDeadline } from '../complaint/clocks.ts'
import { customerKey } from '../complaint/customer.ts'
import type { Change } from '../complaint/decision.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import { ladderFrom } from '../complaint/ladder.ts'
import type { Hours } from '../complaint/setup.ts'
import { timersOf } from '../complaint/timers.ts'
import { toldOf, topicsOf } from '../complaint/topics.ts'
import type {
  Callback,
  CallbackPromise,
  CloseOut,
  Complaint,
  CorrectiveAction,
  Evidence,
  MakeGood,
  ResponseDeadline,
  Visit,
  WarRoom,
} from '../complaint/types.ts'
import { toAction } from './actions.ts'
import { type CardPlace, nameCard, placeOf } from './cards.ts'
import { openly } from './confidential.ts'
import { knownCustomer } from './customers.ts'
import type { Reader, Tx } from './database.ts'
import { rowsOf } from './migrate.ts'
import { insertion, putting, rowFrom, updating, writeAll } from './rows.ts'
import {
  callbacks,
  complaints,
  correctiveActions,
  evidence,
  makeGoods,
  promises,
  responses,
  timeline,
  timers,
  visits,
  warRooms,
} from './schema.ts'
import { ladderOf, policyFrom, storedLadder } from './stored.ts'
import { topicsChanged } from './topics.ts'

type Row = typeof complaints.$inferSelect

/** A complaint, where its card stands (null before it is posted), and the version of what is in force. */
export interface WithCard {
  readonly complaint: Complaint
  readonly place: CardPlace | null
  readonly version: number
}

/** A complaint as it stands, or null where there is none. `lock` holds it until the transaction ends: one change at a time. */
export const readComplaint = async (...asked: Parameters<typeof readWithCard>): Promise<Complaint | null> =>
  (await readWithCard(...asked))?.complaint ?? null

/** The same, with its card. */
export async function readWithCard(
  db: Reader,
  workspace: string,
  number: number,
  lock: 'lock' | 'look' = 'look',
): Promise<WithCard | null> {
  const ofComplaint = sql`workspace = ${workspace} and complaint = ${number}`
  const itself = sql`from complaints where workspace = ${workspace} and number = ${number}`
  const parts = (table: PgTable) =>
    sql`(select coalesce(json_agg(to_json(part) order by seq), '[]') from ${table} part where ${ofComplaint})`
  const [, found] = await Promise.all([
    lock === 'lock' ? db.execute(sql`select 1 ${itself} for update`).execute() : null,
    // What a statement sees is settled as it begins: this one begins once the lock is had.
    db
      .execute(
        sql`select to_json(complaints) as complaint, ${parts(responses)} as responses, ${parts(promises)} as promises, ${parts(callbacks)} as callbacks, ${parts(visits)} as visits, ${parts(makeGoods)} as "makeGoods", ${parts(warRooms)} as "warRooms", ${parts(evidence)} as evidence, ${parts(correctiveActions)} as actions, (select version from workspaces where workspace = ${workspace}) as version ${itself}`,
      )
      .execute(),
  ])
  const [read] = rowsOf<{ complaint: JsonRow; version: number } & Record<Part, readonly JsonRow[]>>(found)
  if (!read) return null
  const row = rowFrom(complaints, read.complaint)
  const complaint = toComplaint(
    row,
    read.responses.map((part) => bare(rowFrom(responses, part))),
    read.promises.map((part) => bare(rowFrom(promises, part))),
    read.callbacks.map((part) => bare(rowFrom(callbacks, part))),
    read.visits.map((part) => bare(rowFrom(visits, part))),
    read.makeGoods.map((part) => bare(rowFrom(makeGoods, part))),
    read.warRooms.map((part) => bare(rowFrom(warRooms, part))),
    read.actions.map((part) => toAction(rowFrom(correctiveActions, part))),
    read.evidence.map((part) => bare(rowFrom(evidence, part))),
  )
  const place = placeOf(row.cardChannel, row.cardTs, row.cardHome ?? row.department)
  return { complaint, place, version: read.version }
}

type Part = 'responses' | 'promises' | 'callbacks' | 'visits' | 'makeGoods' | 'warRooms' | 'evidence' | 'actions'

type JsonRow = Readonly<Record<string, unknown>>

function bare<Child extends { workspace: string; complaint: number }>(
  row: Child,
): Omit<Child, 'workspace' | 'complaint'> {
  const { workspace: _, complaint: __, ...facts } = row
  return facts
}

function toComplaint(
  row: Row,
  deadlines: readonly ResponseDeadline[],
  ledger: readonly CallbackPromise[],
  calls: readonly Callback[],
  trips: readonly Visit[],
  given: readonly MakeGood[],
  rooms: readonly WarRoom[],
  actions: readonly CorrectiveAction[],
  files: readonly Evidence[],
): Complaint {
  const facts = {
    number: row.number,
    report: {
      customer: row.customerName,
      feeling: row.feeling,
      words: row.words,
      tried: row.tried,
      severity: row.severity,
      contact: row.contact,
      reference: row.reference,
    },
    department: row.department,
    handOvers: row.handOvers,
    settling: row.settling,
    reporter: row.reporter,
    toldAt: row.toldAt,
    filedAt: row.filedAt,
    policy: policyFrom(row.policy),
    source:
      row.sourceChannel && row.sourceTs
        ? { channel: row.sourceChannel, ts: row.sourceTs, permalink: row.sourcePermalink }
        : null,
    confidential: row.confidential,
    duplicateOf: row.duplicateOf,
    ownedAt: row.ownedAt,
    levels: row.levels,
    responses: deadlines,
    promises: ledger,
    callbacks: calls,
    visits: trips,
    makeGoods: given,
    warRooms: rooms,
    actions,
    evidence: files,
    edits: row.edits,
    reopens: row.reopens,
    reopenedAt: row.reopenedAt,
    erasedAt: row.erasedAt,
    entries: row.entries,
  }
  // What an older version left without them begins where its last chapter began.
  const begun = row.reopenedAt ?? row.filedAt
  if (row.status === 'open') {
    const ladder = row.ladder ? ladderOf(row.ladder) : ladderFrom(begun)
    return { ...facts, status: 'open', owner: null, closeOut: null, ladder, silence: null }
  }
  if (row.owner === null) throw new Error(`Complaint ${row.number} is ${row.status} and has no owner`)
  if (row.status === 'owned') {
    const silence = { since: row.silentSince ?? row.ownedAt ?? begun, askedAt: row.silenceAskedAt }
    return { ...facts, status: 'owned', owner: row.owner, closeOut: null, ladder: null, silence }
  }
  const { rootCause, origin, done, fix, avoidable, settled, action, whyNone, closedAt: at, closedBy: by } = row
  if (!rootCause || !origin || done === null || !fix || avoidable === null || !settled || !at || !by)
    throw new Error(`Complaint ${row.number} is closed without its close-out`)
  const closeOut: CloseOut = { rootCause, origin, done, fix, avoidable, settled, action, whyNone, at, by }
  return { ...facts, status: 'closed', owner: row.owner, closeOut, ladder: null, silence: null }
}

/** The columns that any change may touch. */
const mutableColumns = (complaint: Complaint) => ({
  status: complaint.status,
  customerName: complaint.report.customer,
  feeling: complaint.report.feeling,
  words: complaint.report.words,
  tried: complaint.report.tried,
  severity: complaint.report.severity,
  contact: complaint.report.contact,
  reference: complaint.report.reference,
  confidential: complaint.confidential,
  department: complaint.department,
  handOvers: complaint.handOvers,
  settling: complaint.settling,
  duplicateOf: complaint.duplicateOf,
  owner: complaint.owner,
  ownedAt: complaint.ownedAt,
  levels: complaint.levels,
  ladder: complaint.ladder && storedLadder(complaint.ladder),
  silentSince: complaint.silence?.since ?? null,
  silenceAskedAt: complaint.silence?.askedAt ?? null,
  edits: complaint.edits,
  reopens: complaint.reopens,
  reopenedAt: complaint.reopenedAt,
  erasedAt: complaint.erasedAt,
  entries: complaint.entries,
  nextDeadline: nextDeadline(complaint),
})

/** Writes a complaint that was just filed. `hours` are its department's. */
export async function insertComplaint(
  tx: Tx,
  workspace: string,
  change: Change,
  customer: number,
  hours: Hours | null,
): Promise<void> {
  const { complaint } = change
  const { number, reporter, toldAt, filedAt, policy, source } = complaint
  const itself = insertion(complaints, [
    {
      ...{ workspace, number, customer, reporter, toldAt, filedAt, policy },
      sourceChannel: source?.channel ?? null,
      sourceTs: source?.ts ?? null,
      sourcePermalink: source?.permalink ?? null,
      ...mutableColumns(complaint),
    },
  ])
  await write(tx, itself, partsOf(workspace, null, change, hours))
}

/** Writes what a decision changed. `before` is the complaint as it was read under lock; `hours` are its department's. */
export async function updateComplaint(
  tx: Tx,
  workspace: string,
  before: Complaint,
  change: Change,
  hours: Hours | null,
  now: Date,
): Promise<void> {
  const { complaint } = change
  const { number } = complaint
  // Erased, it is the same customer's as before.
  const isErased = complaint.erasedAt !== null && complaint.erasedAt.getTime() !== before.erasedAt?.getTime()
  const renamed = !isErased && customerKey(before.report.customer) !== customerKey(complaint.report.customer)
  const customer = renamed
    ? { customer: (await knownCustomer(tx, workspace, complaint.report.customer, now)).customer }
    : {}
  const itself = updating(
    complaints,
    { ...mutableColumns(complaint), ...customer, ...closeOutColumns(before, complaint) },
    sql`workspace = ${workspace} and number = ${number}`,
  )
  await Promise.all([
    ...(before.department === complaint.department ? [] : [nameCard(tx, workspace, number, before.department)]),
    write(tx, itself, partsOf(workspace, before, change, hours)),
  ])
}

function closeOutColumns(before: Complaint, after: Complaint) {
  if (before.closeOut === after.closeOut) return {}
  if (after.closeOut === null) {
    const firstReopened = after.reopens === 1 ? { firstReopenedAt: after.reopenedAt } : {}
    return {
      rootCause: null,
      origin: null,
      done: null,
      fix: null,
      avoidable: null,
      settled: null,
      action: null,
      whyNone: null,
      closedAt: null,
      closedBy: null,
      ...firstReopened,
    }
  }
  const { at, by, ...answers } = after.closeOut
  const first = after.reopens === 0 ? { firstClosedAt: at, firstFix: answers.fix } : {}
  return { ...answers, closedAt: at, closedBy: by, ...first }
}

interface Parts {
  /** What goes before the others are written. */
  readonly over: readonly SQL[]
  readonly written: readonly (SQL | null)[]
}

/** What changed of everything that points to a complaint. */
function partsOf(
  workspace: string,
  before: Complaint | null,
  { complaint: after, entries }: Change,
  hours: Hours | null,
): Parts {
  const of = { workspace, complaint: after.number }
  const changed = <Part>(is: readonly Part[], was: readonly Part[] = []) =>
    is.filter((part) => !was.includes(part)).map((part) => ({ ...of, ...part }))
  const key = ['workspace', 'complaint', 'seq'] as const
  const topics = topicsChanged(workspace, after.number, toldOf(after), topicsOf(after), before ? topicsOf(before) : [])
  const running = Object.entries(timersOf(after, hours)).map(([name, at]) => ({ ...of, name, at }))
  const names = JSON.stringify(running.map(({ name }) => name))
  return {
    over: topics.over,
    written: [
      putting(responses, key, changed(after.responses, before?.responses)),
      // In their order, so that one ends before the next begins: a complaint has one pending promise at most.
      putting(promises, key, changed(after.promises, before?.promises)),
      putting(callbacks, key, changed(after.callbacks, before?.callbacks)),
      putting(visits, key, changed(after.visits, before?.visits)),
      putting(makeGoods, key, changed(after.makeGoods, before?.makeGoods)),
      putting(warRooms, key, changed(after.warRooms, before?.warRooms)),
      putting(correctiveActions, key, changed(after.actions, before?.actions)),
      topics.fresh,
      putting(evidence, key, changed(after.evidence, before?.evidence)),
      insertion(
        timeline,
        entries.map((entry) => ({ ...of, ...entry })),
      ),
      before &&
        sql`delete from timers where workspace = ${workspace} and complaint = ${after.number} and not ${names}::text::jsonb ? name`,
      putting(timers, ['workspace', 'complaint', 'name'], running),
    ],
  }
}

/** Sent one behind the other on one connection, without waiting for each answer. */
const write = (tx: Tx, itself: SQL | null, { over, written }: Parts): Promise<unknown> =>
  Promise.all([...over.map((each) => tx.execute(each).execute()), writeAll(tx, [itself, ...written])])

/** As anybody may read it: other complaints that are confidential are not named. */
export async function readTimeline(db: Reader, workspace: string, number: number): Promise<TimelineEntry[]> {
  const rows = await db
    .select()
    .from(timeline)
    .where(and(eq(timeline.workspace, workspace), eq(timeline.complaint, number)))
    .orderBy(asc(timeline.seq))
  return openly(
    db,
    workspace,
    rows.map(({ seq, at, by, event }) => ({ seq, at, by, event })),
  )
}

/** The same of one entry. */
export async function readTimelineEntry(
  db: Reader,
  workspace: string,
  number: number,
  seq: number,
): Promise<TimelineEntry | null> {
  const [row] = await db
    .select()
    .from(timeline)
    .where(and(eq(timeline.workspace, workspace), eq(timeline.complaint, number), eq(timeline.seq, seq)))
  const [entry = null] = await openly(db, workspace, row ? [{ seq, at: row.at, by: row.by, event: row.event }] : [])
  return entry
}

/** Complaints to be looked at by `now`, with the names of their timers that are due; the longest overdue first. */
export async function readDue(
  db: Reader,
  workspace: string,
  now: Date,
  limit: number,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await db
    .select({ complaint: timers.complaint, name: timers.name })
    .from(timers)
    .where(and(eq(timers.workspace, workspace), lte(timers.at, now)))
    .orderBy(asc(timers.at))
    .limit(limit)
  const due = new Map<number, string[]>()
  for (const { complaint, name } of rows) due.set(complaint, [...(due.get(complaint) ?? []), name])
  return due
}

/**
 * Has the clocks of these departments looked at again. A timer of its own for each complaint: the other timers may be held by
 * whoever changes a complaint at this moment.
 */
export async function lookAgain(tx: Tx, workspace: string, departments: readonly string[], now: Date): Promise<void> {
  if (departments.length === 0) return
  await tx.execute(
    sql`insert into timers (workspace, complaint, name, at)
      select workspace, number, 'look again', ${now.toISOString()}::timestamptz from complaints
      where workspace = ${workspace} and department in ${departments} and status <> 'closed'
      on conflict do nothing`,
  )
}

/** The complaints that have this file of Slack's as evidence. */
export async function readWithEvidence(db: Reader, workspace: string, file: string): Promise<number[]> {
  const rows = await db
    .select({ complaint: evidence.complaint })
    .from(evidence)
    .where(and(eq(evidence.workspace, workspace), eq(evidence.file, file)))
  return rows.map((row) => row.complaint)
}

/** The numbers of a complaint's duplicates. */
export async function readDuplicates(db: Reader, workspace: string, number: number): Promise<number[]> {
  const rows = await db
    .select({ number: complaints.number })
    .from(complaints)
    .where(and(eq(complaints.workspace, workspace), eq(complaints.duplicateOf, number)))
    .orderBy(asc(complaints.number))
  return rows.map((row) => row.number)
}

/** One linking or splitting at a time in a workspace: taken before any row is, since they hold several. Held until the transaction ends. */
export async function holdLinking(tx: Tx, workspace: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`linking ${workspace}`}, 0))`)
}

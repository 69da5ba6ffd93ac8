import { and, asc, eq, lte } from 'drizzle-orm'
import { nextDeadline, timersOf } from '../complaint/clocks.ts'
import { customerKey } from '../complaint/customer.ts'
import type { Change } from '../complaint/decision.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Callback, CallbackPromise, CloseOut, Complaint, ResponseDeadline, Visit } from '../complaint/types.ts'
import { knownCustomer } from './customers.ts'
import type { Reader, Tx } from './database.ts'
import { callbacks, complaints, promises, responses, timeline, timers, visits } from './schema.ts'
import { policyFrom } from './stored.ts'

type Row = typeof complaints.$inferSelect

/** A complaint as it stands, or null where there is none. `lock` holds it until the transaction ends: one change at a time. */
export async function readComplaint(
  db: Reader,
  workspace: string,
  number: number,
  lock: 'lock' | 'look' = 'look',
): Promise<Complaint | null> {
  const query = db
    .select()
    .from(complaints)
    .where(and(eq(complaints.workspace, workspace), eq(complaints.number, number)))
  const [row] = await (lock === 'lock' ? query.for('update') : query)
  if (!row) return null
  const ofComplaint = <Table extends typeof responses | typeof promises | typeof callbacks | typeof visits>(
    table: Table,
  ) => and(eq(table.workspace, workspace), eq(table.complaint, number))
  const [deadlines, ledger, calls, trips] = await Promise.all([
    db.select().from(responses).where(ofComplaint(responses)).orderBy(asc(responses.seq)),
    db.select().from(promises).where(ofComplaint(promises)).orderBy(asc(promises.seq)),
    db.select().from(callbacks).where(ofComplaint(callbacks)).orderBy(asc(callbacks.seq)),
    db.select().from(visits).where(ofComplaint(visits)).orderBy(asc(visits.seq)),
  ])
  return toComplaint(row, deadlines.map(bare), ledger.map(bare), calls.map(bare), trips.map(bare))
}

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
    reporter: row.reporter,
    toldAt: row.toldAt,
    filedAt: row.filedAt,
    policy: policyFrom(row.policy),
    source:
      row.sourceChannel && row.sourceTs
        ? { channel: row.sourceChannel, ts: row.sourceTs, permalink: row.sourcePermalink }
        : null,
    ownedAt: row.ownedAt,
    responses: deadlines,
    promises: ledger,
    callbacks: calls,
    visits: trips,
    edits: row.edits,
    reopens: row.reopens,
    reopenedAt: row.reopenedAt,
    entries: row.entries,
  }
  if (row.status === 'open') return { ...facts, status: 'open', owner: null, closeOut: null }
  if (row.owner === null) throw new Error(`Complaint ${row.number} is ${row.status} and has no owner`)
  if (row.status === 'owned') return { ...facts, status: 'owned', owner: row.owner, closeOut: null }
  const { rootCause, origin, done, fix, avoidable, settled, closedAt: at, closedBy: by } = row
  if (!rootCause || !origin || done === null || !fix || avoidable === null || !settled || !at || !by)
    throw new Error(`Complaint ${row.number} is closed without its close-out`)
  const closeOut: CloseOut = { rootCause, origin, done, fix, avoidable, settled, at, by }
  return { ...facts, status: 'closed', owner: row.owner, closeOut }
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
  owner: complaint.owner,
  ownedAt: complaint.ownedAt,
  edits: complaint.edits,
  reopens: complaint.reopens,
  reopenedAt: complaint.reopenedAt,
  entries: complaint.entries,
  nextDeadline: nextDeadline(complaint),
})

/** Writes a complaint that was just filed. */
export async function insertComplaint(tx: Tx, workspace: string, change: Change, customer: number): Promise<void> {
  const { complaint, entries } = change
  // Sent one behind the other on one connection, without waiting for each answer: the complaint first, the others point to it.
  await Promise.all([
    tx
      .insert(complaints)
      .values({
        workspace,
        number: complaint.number,
        customer,
        department: complaint.department,
        reporter: complaint.reporter,
        toldAt: complaint.toldAt,
        filedAt: complaint.filedAt,
        policy: complaint.policy,
        sourceChannel: complaint.source?.channel ?? null,
        sourceTs: complaint.source?.ts ?? null,
        sourcePermalink: complaint.source?.permalink ?? null,
        ...mutableColumns(complaint),
      })
      .execute(),
    ...writeClocks(tx, workspace, null, complaint),
    writeTimeline(tx, workspace, complaint.number, entries),
    writeTimers(tx, workspace, complaint),
  ])
}

/** Writes what a decision changed. `before` is the complaint as it was read under lock. */
export async function updateComplaint(
  tx: Tx,
  workspace: string,
  before: Complaint,
  change: Change,
  now: Date,
): Promise<void> {
  const { complaint, entries } = change
  const { number } = complaint
  const renamed = customerKey(before.report.customer) !== customerKey(complaint.report.customer)
  const customer = renamed ? { customer: await knownCustomer(tx, workspace, complaint.report.customer, now) } : {}
  const of = { workspace, complaint: number }
  const calls = complaint.callbacks.filter((call) => !before.callbacks.includes(call))
  const trips = complaint.visits.filter((visit) => !before.visits.includes(visit))
  await Promise.all([
    tx
      .update(complaints)
      .set({ ...mutableColumns(complaint), ...customer, ...closeOutColumns(before, complaint) })
      .where(and(eq(complaints.workspace, workspace), eq(complaints.number, number))),
    ...writeClocks(tx, workspace, before, complaint),
    ...(calls.length > 0 ? [tx.insert(callbacks).values(calls.map((call) => ({ ...of, ...call })))] : []),
    ...trips.map((visit) =>
      tx
        .insert(visits)
        .values({ ...of, ...visit })
        .onConflictDoUpdate({ target: [visits.workspace, visits.complaint, visits.seq], set: visit }),
    ),
    writeTimeline(tx, workspace, number, entries),
    tx
      .delete(timers)
      .where(and(eq(timers.workspace, workspace), eq(timers.complaint, number)))
      .then(() => writeTimers(tx, workspace, complaint)),
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
      closedAt: null,
      closedBy: null,
      ...firstReopened,
    }
  }
  const { at, by, ...answers } = after.closeOut
  const first = after.reopens === 0 ? { firstClosedAt: at, firstFix: answers.fix } : {}
  return { ...answers, closedAt: at, closedBy: by, ...first }
}

function writeClocks(tx: Tx, workspace: string, before: Complaint | null, after: Complaint): Promise<unknown>[] {
  const of = { workspace, complaint: after.number }
  return [
    ...after.responses
      .filter((response) => !before?.responses.includes(response))
      .map((response) =>
        tx
          .insert(responses)
          .values({ ...of, ...response })
          .onConflictDoUpdate({ target: [responses.workspace, responses.complaint, responses.seq], set: response })
          .execute(),
      ),
    // The one that ended before the one that begins: a complaint has one pending promise at most.
    inTurn(
      after.promises
        .filter((promise) => !before?.promises.includes(promise))
        .map(
          (promise) => () =>
            tx
              .insert(promises)
              .values({ ...of, ...promise })
              .onConflictDoUpdate({ target: [promises.workspace, promises.complaint, promises.seq], set: promise })
              .execute(),
        ),
    ),
  ]
}

async function inTurn(writes: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const write of writes) await write()
}

async function writeTimeline(
  tx: Tx,
  workspace: string,
  complaint: number,
  entries: readonly TimelineEntry[],
): Promise<void> {
  if (entries.length > 0) await tx.insert(timeline).values(entries.map((entry) => ({ workspace, complaint, ...entry })))
}

async function writeTimers(tx: Tx, workspace: string, complaint: Complaint): Promise<void> {
  const due = Object.entries(timersOf(complaint)).map(([name, at]) => ({
    workspace,
    complaint: complaint.number,
    name,
    at,
  }))
  if (due.length > 0) await tx.insert(timers).values(due)
}

export async function readTimeline(db: Reader, workspace: string, number: number): Promise<TimelineEntry[]> {
  const rows = await db
    .select()
    .from(timeline)
    .where(and(eq(timeline.workspace, workspace), eq(timeline.complaint, number)))
    .orderBy(asc(timeline.seq))
  return rows.map(({ seq, at, by, event }) => ({ seq, at, by, event }))
}

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
  return row ? { seq, at: row.at, by: row.by, event: row.event } : null
}

/** Complaints with a clock to be looked at by `now`, the longest overdue first. */
export async function readDue(db: Reader, workspace: string, now: Date, limit: number): Promise<number[]> {
  const rows = await db
    .select({ complaint: timers.complaint })
    .from(timers)
    .where(and(eq(timers.workspace, workspace), lte(timers.at, now)))
    .orderBy(asc(timers.at))
    .limit(limit)
  return [...new Set(rows.map((row) => row.complaint))]
}

export interface CardPlace {
  readonly channel: string
  readonly ts: string
}

export async function readCardPlace(db: Reader, workspace: string, number: number): Promise<CardPlace | null> {
  const [row] = await db
    .select({ channel: complaints.cardChannel, ts: complaints.cardTs })
    .from(complaints)
    .where(and(eq(complaints.workspace, workspace), eq(complaints.number, number)))
  return row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : null
}

export async function writeCardPlace(
  tx: Tx,
  workspace: string,
  number: number,
  place: CardPlace | null,
): Promise<void> {
  await tx
    .update(complaints)
    .set({ cardChannel: place?.channel ?? null, cardTs: place?.ts ?? null })
    .where(and(eq(complaints.workspace, workspace), eq(complaints.number, number)))
}

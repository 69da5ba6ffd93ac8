import { and, asc, desc, eq, inArray, isNotNull, isNull, lte, type SQL, sql } from 'drizzle-orm'
import type { TimelineEntry } from '../complaint/events.ts'
import { caseOf, type Flaw, type FlawTopic } from '../complaint/flaw.ts'
import type { FlawChange } from '../complaint/flawing.ts'
import type { Hours } from '../complaint/setup.ts'
import { timersOf } from '../complaint/timers.ts'
import { toAction } from './actions.ts'
import { openly } from './confidential.ts'
import type { Reader, Tx } from './database.ts'
import { insertion, putting, writeAll } from './rows.ts'
import { complaints, correctiveActions, flawComplaints, flaws, flawTimeline } from './schema.ts'
import { ladderOf, policyFrom, responseOf, storedLadder, storedResponse } from './stored.ts'

/** One process at a time looks for flaws in a workspace: whoever comes second finds what was raised. Held until the transaction ends. */
export async function holdFlaws(tx: Tx, workspace: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`flaws ${workspace}`}, 0))`)
}

const one = (workspace: string, number: number): SQL | undefined =>
  and(eq(flaws.workspace, workspace), eq(flaws.number, number))

const ofKind = (workspace: string, { kind, key }: Pick<FlawTopic, 'kind' | 'key'>): SQL | undefined =>
  and(eq(flaws.workspace, workspace), eq(flaws.kind, kind), eq(flaws.key, key))

/** A flaw as it stands, or null where there is none. `lock` holds it until the transaction ends. */
export async function readFlaw(
  db: Reader,
  workspace: string,
  number: number,
  lock: 'lock' | 'look' = 'look',
): Promise<Flaw | null> {
  const found = db.select().from(flaws).where(one(workspace, number))
  const [row] = await (lock === 'lock' ? found.for('update') : found)
  if (!row) return null
  const [joined, actions] = await Promise.all([
    db
      .select({
        complaint: flawComplaints.complaint,
        duplicateOf: complaints.duplicateOf,
        isConfidential: complaints.isConfidential,
      })
      .from(flawComplaints)
      .innerJoin(
        complaints,
        and(eq(complaints.workspace, flawComplaints.workspace), eq(complaints.number, flawComplaints.complaint)),
      )
      .where(and(eq(flawComplaints.workspace, workspace), eq(flawComplaints.flaw, number)))
      .orderBy(asc(flawComplaints.joinedAt), asc(flawComplaints.complaint)),
    db
      .select()
      .from(correctiveActions)
      .where(and(eq(correctiveActions.workspace, workspace), eq(correctiveActions.flaw, number)))
      .orderBy(asc(correctiveActions.seq)),
  ])
  // What none but confidential ones tell is not told.
  const isTold = joined.some(({ isConfidential }) => !isConfidential)
  const facts = {
    number,
    topic: { kind: row.kind, key: row.key, name: isTold ? row.name : null },
    ...{ department: row.department, policy: policyFrom(row.policy), raisedAt: row.raisedAt, ownedAt: row.ownedAt },
    ...{ responses: row.responses.map(responseOf), actions: actions.map(toAction) },
    // A duplicate counts with its original, once.
    complaints: joined.filter(({ duplicateOf }) => duplicateOf === null).map(({ complaint }) => complaint),
    ...{ raisedWith: row.raisedWith, before: row.before },
    ...{ closedAt: row.closedAt, closedBy: row.closedBy, endedAt: row.endedAt, entries: row.entries },
  }
  if (row.status === 'open') {
    if (!row.ladder) throw new Error(`Flaw ${number} is open without a ladder`)
    return { ...facts, status: 'open', owner: null, ladder: ladderOf(row.ladder), silence: null }
  }
  if (row.owner === null) throw new Error(`Flaw ${number} is ${row.status} and has no owner`)
  if (row.status === 'closed') return { ...facts, status: 'closed', owner: row.owner, ladder: null, silence: null }
  const silence = { since: row.silentSince ?? row.raisedAt, askedAt: row.silenceAskedAt }
  return { ...facts, status: 'owned', owner: row.owner, ladder: null, silence }
}

const mutableColumns = (flaw: Flaw, hours: Hours | null) => ({
  status: flaw.status,
  owner: flaw.owner,
  ownedAt: flaw.ownedAt,
  ladder: flaw.ladder && storedLadder(flaw.ladder),
  silentSince: flaw.silence?.since ?? null,
  silenceAskedAt: flaw.silence?.askedAt ?? null,
  responses: flaw.responses.map(storedResponse),
  raisedWith: flaw.raisedWith,
  closedAt: flaw.closedAt,
  closedBy: flaw.closedBy,
  endedAt: flaw.endedAt,
  entries: flaw.entries,
  lookAt: lookAt(flaw, hours),
})

function lookAt(flaw: Flaw, hours: Hours | null): Date | null {
  const timers = Object.values(timersOf(caseOf(flaw), hours)).map((at) => at.getTime())
  return timers.length === 0 ? null : new Date(Math.min(...timers))
}

/** The number of the next flaw. Call under `holdFlaws`. */
export async function nextFlawNumber(tx: Tx, workspace: string): Promise<number> {
  const [row] = await tx
    .select({ last: sql<number>`coalesce(max(${flaws.number}), 0)::int` })
    .from(flaws)
    .where(eq(flaws.workspace, workspace))
  return (row?.last ?? 0) + 1
}

/** Writes a flaw that was just raised. `hours` are its department's. */
export async function insertFlaw(
  tx: Tx,
  workspace: string,
  change: FlawChange,
  hours: Hours | null,
  now: Date,
): Promise<void> {
  const { flaw } = change
  const { number, topic, department, policy, raisedAt, before } = flaw
  await tx.insert(flaws).values({
    ...{ workspace, number, ...topic, department, policy, raisedAt, before },
    ...mutableColumns(flaw, hours),
  })
  await writeParts(tx, workspace, null, change, now)
}

/** Writes what a decision changed. `before` is the flaw as it was read under lock; `hours` are its department's. */
export async function updateFlaw(
  tx: Tx,
  workspace: string,
  before: Flaw,
  change: FlawChange,
  hours: Hours | null,
  now: Date,
): Promise<void> {
  await tx.update(flaws).set(mutableColumns(change.flaw, hours)).where(one(workspace, before.number))
  await writeParts(tx, workspace, before, change, now)
}

async function writeParts(
  tx: Tx,
  workspace: string,
  before: Flaw | null,
  { flaw, entries }: FlawChange,
  now: Date,
): Promise<void> {
  const of = { workspace, flaw: flaw.number }
  const joined = flaw.complaints
    .filter((complaint) => !before?.complaints.includes(complaint))
    // Each row holds its complaint: in the order in which others hold several.
    .toSorted((one, other) => one - other)
  await writeAll(tx, [
    insertion(
      flawComplaints,
      joined.map((complaint) => ({ ...of, complaint, joinedAt: now })),
    ),
    putting(
      correctiveActions,
      ['workspace', 'flaw', 'seq'],
      flaw.actions.filter((action) => !before?.actions.includes(action)).map((action) => ({ ...of, ...action })),
    ),
    insertion(
      flawTimeline,
      entries.map((entry) => ({ ...of, ...entry })),
    ),
  ])
}

/** The flaw of a kind that complaints still join, or null. */
export async function readLiveFlaw(
  db: Reader,
  workspace: string,
  topic: Pick<FlawTopic, 'kind' | 'key'>,
): Promise<number | null> {
  const [row] = await db
    .select({ number: flaws.number })
    .from(flaws)
    .where(and(ofKind(workspace, topic), isNull(flaws.endedAt)))
  return row?.number ?? null
}

/** The flaw of a kind that was over last, or null. */
export async function readEndedFlaw(
  db: Reader,
  workspace: string,
  topic: Pick<FlawTopic, 'kind' | 'key'>,
): Promise<{ number: number; endedAt: Date } | null> {
  const [row] = await db
    .select({ number: flaws.number, endedAt: flaws.endedAt })
    .from(flaws)
    .where(and(ofKind(workspace, topic), isNotNull(flaws.endedAt)))
    .orderBy(desc(flaws.endedAt))
    .limit(1)
  return row?.endedAt ? { number: row.number, endedAt: row.endedAt } : null
}

/** Whether one flaw that complaints still join holds all of these already, whatever it was raised by. */
export async function isOneFlaw(db: Reader, workspace: string, complaints: readonly number[]): Promise<boolean> {
  const rows = await db
    .select({ flaw: flawComplaints.flaw })
    .from(flawComplaints)
    .innerJoin(flaws, and(eq(flaws.workspace, flawComplaints.workspace), eq(flaws.number, flawComplaints.flaw)))
    .where(
      and(
        eq(flawComplaints.workspace, workspace),
        inArray(flawComplaints.complaint, [...complaints]),
        isNull(flaws.endedAt),
      ),
    )
    .groupBy(flawComplaints.flaw)
    .having(sql`count(*) = ${complaints.length}`)
    .limit(1)
  return rows.length > 0
}

/** Who owns the flaw whose card stands there; null where none does. */
export async function readFlawByCard(
  db: Reader,
  workspace: string,
  { channel, ts }: FlawCardPlace,
): Promise<{ flaw: number; owner: string | null } | null> {
  const [found] = await db
    .select({ flaw: flaws.number, owner: flaws.owner })
    .from(flaws)
    .where(and(eq(flaws.workspace, workspace), eq(flaws.cardChannel, channel), eq(flaws.cardTs, ts)))
  return found ?? null
}

/** Flaws to be looked at by `now`. */
export async function readDueFlaws(db: Reader, workspace: string, now: Date, limit: number): Promise<number[]> {
  const rows = await db
    .select({ number: flaws.number })
    .from(flaws)
    .where(and(eq(flaws.workspace, workspace), lte(flaws.lookAt, now)))
    .orderBy(asc(flaws.lookAt))
    .limit(limit)
  return rows.map(({ number }) => number)
}

export interface Joined {
  readonly flaw: number
  readonly complaint: number
}

/** Complaints that have joined a flaw, and don't say so themselves yet. */
export function readUnnoted(db: Reader, workspace: string, limit: number): Promise<Joined[]> {
  return db
    .select({ flaw: flawComplaints.flaw, complaint: flawComplaints.complaint })
    .from(flawComplaints)
    .where(and(eq(flawComplaints.workspace, workspace), isNull(flawComplaints.notedAt)))
    .orderBy(asc(flawComplaints.flaw), asc(flawComplaints.complaint))
    .limit(limit)
}

/** False where somebody else has noted it meanwhile. */
export async function markNoted(tx: Tx, workspace: string, { flaw, complaint }: Joined, now: Date): Promise<boolean> {
  const marked = await tx
    .update(flawComplaints)
    .set({ notedAt: now })
    .where(
      and(
        eq(flawComplaints.workspace, workspace),
        eq(flawComplaints.flaw, flaw),
        eq(flawComplaints.complaint, complaint),
        isNull(flawComplaints.notedAt),
      ),
    )
    .returning({ flaw: flawComplaints.flaw })
  return marked.length > 0
}

/** As anybody may read it: complaints that are confidential are not named. */
export async function readFlawTimeline(db: Reader, workspace: string, number: number): Promise<TimelineEntry[]> {
  const rows = await db
    .select()
    .from(flawTimeline)
    .where(and(eq(flawTimeline.workspace, workspace), eq(flawTimeline.flaw, number)))
    .orderBy(asc(flawTimeline.seq))
  return openly(
    db,
    workspace,
    rows.map(({ seq, at, by, event }) => ({ seq, at, by, event })),
  )
}

/** Where a card stands in Slack. */
export interface FlawCardPlace {
  readonly channel: string
  readonly ts: string
}

export interface FlawPlace {
  readonly card: FlawCardPlace | null
  /** The newest picture of its trend that Slack has, by its id in the outbox. */
  readonly picture: number | null
}

export async function readFlawPlace(db: Reader, workspace: string, number: number): Promise<FlawPlace> {
  const [row] = await db
    .select({ channel: flaws.cardChannel, ts: flaws.cardTs, picture: flaws.picture })
    .from(flaws)
    .where(one(workspace, number))
  const card = row?.channel && row.ts ? { channel: row.channel, ts: row.ts } : null
  return { card, picture: row?.picture ?? null }
}

export async function writeFlawPlace(
  tx: Tx,
  workspace: string,
  number: number,
  place: FlawCardPlace | null,
): Promise<void> {
  await tx
    .update(flaws)
    .set({ cardChannel: place?.channel ?? null, cardTs: place?.ts ?? null })
    .where(one(workspace, number))
}

export async function writeFlawPicture(tx: Tx, workspace: string, number: number, picture: number): Promise<void> {
  await tx.update(flaws).set({ picture }).where(one(workspace, number))
}

import { and, asc, count, eq, gt, inArray, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { OverdueActions } from '../complaint/behind.ts'
import type { Viewer } from '../complaint/confidential.ts'
import type { HomePlan } from '../complaint/home.ts'
import type { TopicKind } from '../complaint/topics.ts'
import type { CorrectiveAction } from '../complaint/types.ts'
import type { Reader } from './database.ts'
import { visibleTo } from './lists.ts'
import { actionOverdueAt } from './periods.ts'
import { complaints, correctiveActions } from './schema.ts'

type Row = typeof correctiveActions.$inferSelect

export const toAction = ({ id: _, workspace: __, complaint: ___, flaw: ____, ...action }: Row): CorrectiveAction =>
  action

/** A corrective action that is not done, for a list. */
export interface ListedAction {
  /** Of a confidential complaint, and none of the reader's: what it is, for whom and by whom is not told. */
  readonly hidden: boolean
  /** What it was agreed for, by number: a complaint, with its customer, or a systemic flaw. */
  readonly complaint: number | null
  readonly flaw: number | null
  /** Its number there. */
  readonly seq: number
  readonly customer: string | null
  readonly words: string
  readonly takenBy: string
  readonly dueAt: Date
}

const listed = {
  complaint: correctiveActions.complaint,
  flaw: correctiveActions.flaw,
  seq: correctiveActions.seq,
  customer: complaints.customerName,
  words: correctiveActions.words,
  takenBy: correctiveActions.takenBy,
  dueAt: correctiveActions.dueAt,
}

const ofComplaint = and(
  eq(complaints.workspace, correctiveActions.workspace),
  eq(complaints.number, correctiveActions.complaint),
)

const openWhere = (workspace: string, which: SQL | undefined) =>
  and(eq(correctiveActions.workspace, workspace), isNull(correctiveActions.doneAt), which)

const overdueWhere = ({ at, department }: OverdueActions): SQL | undefined =>
  and(actionOverdueAt(at), department === null ? undefined : eq(correctiveActions.origin, department))

/** Corrective actions that are overdue, longest over first. */
export async function readOverdueActions(
  db: Reader,
  workspace: string,
  viewer: Viewer,
  overdue: OverdueActions,
  offset: number,
  limit: number,
): Promise<ListedAction[]> {
  const rows = await db
    .select({ ...listed, hidden: sql<boolean>`(${visibleTo(viewer)}) is false` })
    .from(correctiveActions)
    .leftJoin(complaints, ofComplaint)
    .where(openWhere(workspace, overdueWhere(overdue)))
    .orderBy(asc(correctiveActions.dueAt), asc(correctiveActions.id))
    .offset(offset)
    .limit(limit)
  return rows.map((row) => (row.hidden ? { ...row, customer: null, words: '', takenBy: '' } : row))
}

export async function countOverdueActions(db: Reader, workspace: string, overdue: OverdueActions): Promise<number> {
  const [row] = await db
    .select({ overdue: count() })
    .from(correctiveActions)
    .where(openWhere(workspace, overdueWhere(overdue)))
  return row?.overdue ?? 0
}

/**
 * Corrective actions that stand in somebody's Home, the soonest due first: those that they take, and the overdue ones for what
 * arose in the departments that they lead, without those of confidential complaints. Beside them how many there are in all, and
 * when the next of the others will be overdue.
 */
export async function readActionsFor(
  db: Reader,
  workspace: string,
  person: string,
  { led, department }: NonNullable<HomePlan['learning']>,
  limit: number,
  now: Date,
): Promise<{ found: ListedAction[]; total: number; nextDue: Date | null }> {
  const isLed =
    led.length === 0 ? sql`false` : and(inArray(correctiveActions.origin, [...led]), sql`is_confidential is not true`)
  const isOrigin = department === null ? undefined : eq(correctiveActions.origin, department)
  const [rows, [next]] = await Promise.all([
    db
      .select({ ...listed, total: sql<number>`(count(*) over ())::int` })
      .from(correctiveActions)
      .leftJoin(complaints, ofComplaint)
      .where(
        openWhere(
          workspace,
          and(isOrigin, or(eq(correctiveActions.takenBy, person), and(isLed, actionOverdueAt(now)))),
        ),
      )
      .orderBy(asc(correctiveActions.dueAt), asc(correctiveActions.id))
      .limit(limit),
    db
      .select({ at: correctiveActions.dueAt })
      .from(correctiveActions)
      .leftJoin(complaints, ofComplaint)
      .where(
        openWhere(
          workspace,
          and(isOrigin, or(eq(correctiveActions.takenBy, person), isLed), gt(correctiveActions.dueAt, now)),
        ),
      )
      .orderBy(asc(correctiveActions.dueAt))
      .limit(1),
  ])
  const found = rows.map(({ total: _, ...row }) => ({ ...row, hidden: false }))
  return { found, total: rows[0]?.total ?? 0, nextDue: next?.at ?? null }
}

/** A corrective action that is watched, and the complaint or flaw that it was agreed for. */
export interface WatchedAction {
  readonly complaint: number | null
  readonly flaw: number | null
  readonly action: number
}

/** Those that were to have ended a cause, or what was wrong with a part or site, by the time a customer told us of it. */
export function readWatched(
  db: Reader,
  workspace: string,
  { kind, key }: { readonly kind: TopicKind; readonly key: string },
  toldAt: Date,
): Promise<WatchedAction[]> {
  const told = sql`${toldAt.toISOString()}::timestamptz`
  const { complaint, flaw, seq: action, rootCause } = correctiveActions
  const against =
    kind === 'cause'
      ? eq(rootCause, key)
      : sql`${flaw} in (select number from flaws where workspace = ${workspace} and kind = ${kind} and key = ${key})`
  return db
    .select({ complaint, flaw, action })
    .from(correctiveActions)
    .where(
      and(
        eq(correctiveActions.workspace, workspace),
        against,
        sql`done_at is not null and recurred_at is null and done_at < ${told} and watched_until >= ${told}`,
      ),
    )
    .orderBy(asc(correctiveActions.id))
}

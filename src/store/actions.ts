import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { TopicKind } from '../complaint/topics.ts'
import type { CorrectiveAction } from '../complaint/types.ts'
import type { Reader } from './database.ts'
import { complaints, correctiveActions } from './schema.ts'

type Row = typeof correctiveActions.$inferSelect

export const toAction = ({ id: _, workspace: __, complaint: ___, flaw: ____, ...action }: Row): CorrectiveAction =>
  action

/** A corrective action that is not done, for a list. */
export interface ListedAction {
  /** What it was agreed for, by number: a complaint, with its customer, or a systemic flaw. */
  readonly complaint: number | null
  readonly flaw: number | null
  /** Its number there. */
  readonly seq: number
  readonly customer: string | null
  readonly words: string
  readonly takenBy: string
  readonly dueAt: Date
  /** Key of the root cause it is to end, if it is one. */
  readonly rootCause: string | null
  /** Key of the department where that arose. */
  readonly origin: string
}

/** - `overdue`: due before `now`; of one origin department, or of all (null) */
export type ActionFilter =
  | { readonly kind: 'taken-by'; readonly person: string }
  | { readonly kind: 'origin'; readonly department: string }
  | { readonly kind: 'overdue'; readonly now: Date; readonly department: string | null }

const conditionOf = (filter: ActionFilter): SQL | undefined => {
  switch (filter.kind) {
    case 'taken-by':
      return eq(correctiveActions.takenBy, filter.person)
    case 'origin':
      return eq(correctiveActions.origin, filter.department)
    case 'overdue':
      return and(
        sql`${correctiveActions.dueAt} < ${filter.now.toISOString()}::timestamptz`,
        filter.department === null ? undefined : eq(correctiveActions.origin, filter.department),
      )
  }
}

const listedWhere = (workspace: string, filter: ActionFilter) =>
  and(eq(correctiveActions.workspace, workspace), isNull(correctiveActions.doneAt), conditionOf(filter))

/** Corrective actions that are not done, the soonest due first. */
export async function readOpenActions(
  db: Reader,
  workspace: string,
  filter: ActionFilter,
  offset: number,
  limit: number,
): Promise<ListedAction[]> {
  return db
    .select({
      complaint: correctiveActions.complaint,
      flaw: correctiveActions.flaw,
      seq: correctiveActions.seq,
      customer: complaints.customerName,
      words: correctiveActions.words,
      takenBy: correctiveActions.takenBy,
      dueAt: correctiveActions.dueAt,
      rootCause: correctiveActions.rootCause,
      origin: correctiveActions.origin,
    })
    .from(correctiveActions)
    .leftJoin(
      complaints,
      and(eq(complaints.workspace, correctiveActions.workspace), eq(complaints.number, correctiveActions.complaint)),
    )
    .where(listedWhere(workspace, filter))
    .orderBy(asc(correctiveActions.dueAt), asc(correctiveActions.id))
    .offset(offset)
    .limit(limit)
}

export async function countOpenActions(db: Reader, workspace: string, filter: ActionFilter): Promise<number> {
  const [row] = await db
    .select({ open: sql<number>`count(*)::int` })
    .from(correctiveActions)
    .where(listedWhere(workspace, filter))
  return row?.open ?? 0
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

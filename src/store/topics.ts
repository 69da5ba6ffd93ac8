import { and, asc, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Counted } from '../complaint/flawing.ts'
import type { Topic } from '../complaint/topics.ts'
import type { Reader, Tx } from './database.ts'
import { insertion } from './rows.ts'
import { complaints, complaintTopics } from './schema.ts'

/**
 * How to write down what a complaint is about from now on: `over` goes before `fresh` is written, since both may be of the same
 * kind. `before` is what it was about.
 */
export function topicsChanged(
  workspace: string,
  complaint: number,
  toldAt: Date,
  after: readonly Topic[],
  before: readonly Topic[],
): { readonly over: readonly SQL[]; readonly fresh: SQL | null } {
  const same = (one: Topic) => (other: Topic) =>
    one.kind === other.kind && one.key === other.key && one.countedAt.getTime() === other.countedAt.getTime()
  const gone = before.filter((one) => !after.some(same(one)))
  const come = after.filter((one) => !before.some(same(one)))
  return {
    over: gone.map(
      ({ kind, key }) =>
        sql`delete from complaint_topics
          where workspace = ${workspace} and kind = ${kind} and key = ${key} and complaint = ${complaint}`,
    ),
    fresh: insertion(
      complaintTopics,
      come.map((topic) => ({ workspace, complaint, toldAt, ...topic })),
    ),
  }
}

export type UnnoticedTopic = Pick<
  typeof complaintTopics.$inferSelect,
  'kind' | 'key' | 'name' | 'complaint' | 'countedAt' | 'toldAt'
>

/** Those that nobody has looked at yet, in the order in which the customers told us. */
export function readUnnoticed(db: Reader, workspace: string, limit: number): Promise<UnnoticedTopic[]> {
  const { kind, key, name, complaint, countedAt, toldAt } = complaintTopics
  return db
    .select({ kind, key, name, complaint, countedAt, toldAt })
    .from(complaintTopics)
    .where(and(eq(complaintTopics.workspace, workspace), isNull(complaintTopics.noticedAt)))
    .orderBy(asc(toldAt), asc(complaint))
    .limit(limit)
}

const sameTopic = (workspace: string, { kind, key, complaint, countedAt }: UnnoticedTopic): SQL | undefined =>
  and(
    eq(complaintTopics.workspace, workspace),
    eq(complaintTopics.kind, kind),
    eq(complaintTopics.key, key),
    eq(complaintTopics.complaint, complaint),
    // What was closed anew meanwhile is looked at anew.
    eq(complaintTopics.countedAt, countedAt),
    isNull(complaintTopics.noticedAt),
  )

/** False where somebody else has noticed it, or it is not so any more. */
export async function isUnnoticed(tx: Tx, workspace: string, topic: UnnoticedTopic): Promise<boolean> {
  const found = await tx
    .select({ complaint: complaintTopics.complaint })
    .from(complaintTopics)
    .where(sameTopic(workspace, topic))
  return found.length > 0
}

/** The same, and it is noticed from now on. */
export async function markNoticed(tx: Tx, workspace: string, topic: UnnoticedTopic, now: Date): Promise<boolean> {
  const marked = await tx
    .update(complaintTopics)
    .set({ noticedAt: now })
    .where(sameTopic(workspace, topic))
    .returning({ complaint: complaintTopics.complaint })
  return marked.length > 0
}

export interface CountedTopic extends Counted {
  readonly name: string | null
  readonly isConfidential: boolean
}

/** Complaints of a kind that were counted after `from`. */
export function readCounted(
  db: Reader,
  workspace: string,
  { kind, key }: Pick<Topic, 'kind' | 'key'>,
  from: Date,
): Promise<CountedTopic[]> {
  const { complaint, name, countedAt, toldAt } = complaintTopics
  return db
    .select({ complaint, name, countedAt, toldAt, isConfidential: complaints.isConfidential })
    .from(complaintTopics)
    .innerJoin(complaints, and(eq(complaints.workspace, complaintTopics.workspace), eq(complaints.number, complaint)))
    .where(
      and(
        eq(complaintTopics.workspace, workspace),
        eq(complaintTopics.kind, kind),
        eq(complaintTopics.key, key),
        gt(countedAt, from),
      ),
    )
    .orderBy(asc(countedAt), asc(complaint))
}

import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Subject } from '../complaint/about.ts'
import type { Reader, Tx } from './database.ts'
import { insertRows } from './rows.ts'
import { complaintSubjects } from './schema.ts'

/** Writes down what a complaint is about from now on; `before` is what it was about. */
export function writeSubjects(
  tx: Tx,
  workspace: string,
  complaint: number,
  toldAt: Date,
  after: readonly Subject[],
  before: readonly Subject[] = [],
): Promise<unknown>[] {
  const same = (one: Subject) => (other: Subject) =>
    one.kind === other.kind && one.key === other.key && one.countedAt.getTime() === other.countedAt.getTime()
  const over = before.filter((one) => !after.some(same(one)))
  const fresh = after.filter((one) => !before.some(same(one)))
  return [
    ...over.map(({ kind, key }) =>
      tx
        .execute(
          sql`delete from complaint_subjects
            where workspace = ${workspace} and kind = ${kind} and key = ${key} and complaint = ${complaint}`,
        )
        .execute(),
    ),
    insertRows(
      tx,
      complaintSubjects,
      fresh.map((subject) => ({ workspace, complaint, toldAt, ...subject })),
    ),
  ]
}

export type UnnoticedSubject = Pick<
  typeof complaintSubjects.$inferSelect,
  'kind' | 'key' | 'complaint' | 'countedAt' | 'toldAt'
>

/** Those that nobody has looked at yet, in the order in which the customers told us. */
export function readUnnoticed(db: Reader, workspace: string, limit: number): Promise<UnnoticedSubject[]> {
  const { kind, key, complaint, countedAt, toldAt } = complaintSubjects
  return db
    .select({ kind, key, complaint, countedAt, toldAt })
    .from(complaintSubjects)
    .where(and(eq(complaintSubjects.workspace, workspace), isNull(complaintSubjects.noticedAt)))
    .orderBy(asc(toldAt), asc(complaint))
    .limit(limit)
}

export async function markNoticed(
  tx: Tx,
  workspace: string,
  { kind, key, complaint, countedAt }: UnnoticedSubject,
  now: Date,
): Promise<void> {
  await tx
    .update(complaintSubjects)
    .set({ noticedAt: now })
    .where(
      and(
        eq(complaintSubjects.workspace, workspace),
        eq(complaintSubjects.kind, kind),
        eq(complaintSubjects.key, key),
        eq(complaintSubjects.complaint, complaint),
        // What was closed anew meanwhile is looked at anew.
        eq(complaintSubjects.countedAt, countedAt),
      ),
    )
}

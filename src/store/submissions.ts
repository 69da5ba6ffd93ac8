import { and, eq, lt } from 'drizzle-orm'
import type { Reader, Tx } from './database.ts'
import { submissions } from './schema.ts'

/** Takes a form's one turn. False where it was carried out before; waits for one that is being carried out now. */
export async function takeSubmission(
  tx: Tx,
  workspace: string,
  view: string,
  complaint: number | null,
  now: Date,
): Promise<boolean> {
  const taken = await tx
    .insert(submissions)
    .values({ workspace, view, at: now, complaint })
    .onConflictDoNothing()
    .returning({ view: submissions.view })
  return taken.length > 0
}

/** Slack repeats within minutes; what is older than `before` can't come again. */
export async function pruneSubmissions(tx: Tx, before: Date): Promise<void> {
  await tx.delete(submissions).where(and(lt(submissions.at, before)))
}

/** Whether a form was carried out before. */
export async function isSubmitted(db: Reader, workspace: string, view: string): Promise<boolean> {
  const found = await db
    .select({ view: submissions.view })
    .from(submissions)
    .where(and(eq(submissions.workspace, workspace), eq(submissions.view, view)))
  return found.length > 0
}

/** The complaint that a form filed, or null where it was not carried out. */
export async function readSubmission(db: Reader, workspace: string, view: string): Promise<number | null> {
  const [row] = await db
    .select({ complaint: submissions.complaint })
    .from(submissions)
    .where(and(eq(submissions.workspace, workspace), eq(submissions.view, view)))
  return row?.complaint ?? null
}

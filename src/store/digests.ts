import { and, eq, gte } from 'drizzle-orm'
import type { Reader, Tx } from './database.ts'
import { digests } from './schema.ts'

/** Takes a slot's one turn. False where it was taken before; waits for whoever is taking it now. */
export async function takeDigestSlot(tx: Tx, workspace: string, slot: Date, now: Date): Promise<boolean> {
  const taken = await tx
    .insert(digests)
    .values({ workspace, slot, queuedAt: now })
    .onConflictDoNothing()
    .returning({ slot: digests.slot })
  return taken.length > 0
}

/** Whether the digest of `slot` was sent, or a newer one: a schedule moved to an earlier hour owes nothing more. */
export async function isDigestSent(db: Reader, workspace: string, slot: Date): Promise<boolean> {
  const [sent] = await db
    .select({ slot: digests.slot })
    .from(digests)
    .where(and(eq(digests.workspace, workspace), gte(digests.slot, slot)))
    .limit(1)
  return sent !== undefined
}

import { and, eq, gt } from 'drizzle-orm'
import { DAY, plus } from '../complaint/time.ts'
import type { Reader, Tx } from './database.ts'
import { digests } from './schema.ts'

/** Half a week. Milliseconds. */
const SAME_NEWS = 3.5 * DAY

/** Takes a slot's one turn. False where it was taken before; waits for whoever is taking it now. */
export async function takeDigestSlot(tx: Tx, workspace: string, slot: Date, now: Date): Promise<boolean> {
  const taken = await tx
    .insert(digests)
    .values({ workspace, slot, queuedAt: now })
    .onConflictDoNothing()
    .returning({ slot: digests.slot })
  return taken.length > 0
}

/**
 * Whether the digest of `slot` was sent, a newer one, or one so shortly before that it would tell the same again: a schedule
 * that is moved in the middle of the week owes nothing more for it.
 */
export async function isDigestSent(db: Reader, workspace: string, slot: Date): Promise<boolean> {
  const [sent] = await db
    .select({ slot: digests.slot })
    .from(digests)
    .where(and(eq(digests.workspace, workspace), gt(digests.slot, plus(slot, -SAME_NEWS))))
    .limit(1)
  return sent !== undefined
}

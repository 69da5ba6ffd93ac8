import { DAY, plus } from '../complaint/time.ts'
import type { Database } from '../store/database.ts'
import { prune } from '../store/outbox.ts'
import { pruneSubmissions } from '../store/submissions.ts'

/** How long what was sent stays to be looked into. Milliseconds. */
const KEEP_SENT = 90 * DAY
/** Slack repeats a form within minutes. */
const KEEP_SUBMISSIONS = 7 * DAY

/** Forgets what only the traffic with Slack needed. */
export async function keepHouse(db: Database, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await prune(tx, plus(now, -KEEP_SENT))
    await pruneSubmissions(tx, plus(now, -KEEP_SUBMISSIONS))
  })
}

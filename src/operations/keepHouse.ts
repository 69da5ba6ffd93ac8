import { DAY, plus } from '../complaint/time.ts'
import type { Database } from '../store/database.ts'
import { prune } from '../store/outbox.ts'
import { keyNames } from '../store/similarNames.ts'
import { pruneSubmissions } from '../store/submissions.ts'

/** How long what was sent stays to be looked into. Milliseconds. */
const KEEP_SENT = 90 * DAY
/** Slack repeats a form within minutes. */
const KEEP_SUBMISSIONS = 7 * DAY

/** Names at a time. */
const NAMES = 500

/** Forgets what only the traffic with Slack needed, and makes names from before they were compared ready for it. */
export async function keepHouse(db: Database, now: Date): Promise<void> {
  while ((await db.transaction((tx) => keyNames(tx, NAMES))) === NAMES);
  await db.transaction(async (tx) => {
    await prune(tx, plus(now, -KEEP_SENT))
    await pruneSubmissions(tx, plus(now, -KEEP_SUBMISSIONS))
  })
}

import type { FlawTopic } from '../complaint/flaw.ts'
import type { FlawPicture } from '../complaint/picture.ts'
import type { Setup } from '../complaint/setup.ts'
import { DAY, plus } from '../complaint/time.ts'
import type { Tx } from '../store/database.ts'
import { flawLane, queue } from '../store/outbox.ts'
import { readCounted } from '../store/topics.ts'

/** How many weeks the trend goes back. */
const WEEKS = 8

/** Has the trend of a flaw's kind drawn, as it is now. Once Slack has it, the card shows it: queued before the card, the first time. */
export async function drawTrend(
  tx: Tx,
  workspace: string,
  setup: Setup,
  { number: flaw, topic }: { readonly number: number; readonly topic: FlawTopic },
  now: Date,
): Promise<void> {
  const picture = await trendOf(tx, workspace, setup, topic, now)
  const message = { kind: 'picture', picture } as const
  await queue(tx, workspace, [{ lane: flawLane(flaw), complaint: null, flaw, message }], now)
}

async function trendOf(
  tx: Tx,
  workspace: string,
  { timezone }: Setup,
  topic: FlawTopic,
  now: Date,
): Promise<FlawPicture> {
  const start = plus(now, -WEEKS * 7 * DAY)
  const counted = await readCounted(tx, workspace, topic, start)
  const weeks = Array.from({ length: WEEKS }, (_, week) => {
    const [from, to] = [plus(start, week * 7 * DAY), plus(start, (week + 1) * 7 * DAY)]
    const count = counted.filter(({ countedAt }) => countedAt > from && countedAt <= to).length
    return { from: from.toISOString(), to: to.toISOString(), count }
  })
  return { kind: 'flaw', timezone, weeks }
}

import type { WebClient } from '@slack/web-api'
import { MINUTE, plus } from '../complaint/time.ts'
import { METADATA_EVENT, type Place, type Saying } from './call.ts'

/** Clocks differ: the window begins this much before the dispatch. Milliseconds. */
const SLACK_CLOCK_DIFFERENCE = 2 * MINUTE
const PAGES = 5

/** Looks in Slack for a message that may have been posted, by our id in its metadata, from the time of its dispatch on. */
export async function lookUp(
  client: WebClient,
  call: Extract<Saying, { kind: 'post' }>,
  id: string,
  dispatchedAt: Date,
): Promise<Place | null> {
  const channel = await conversationOf(client, call.channel)
  const oldest = (plus(dispatchedAt, -SLACK_CLOCK_DIFFERENCE).getTime() / 1000).toFixed(6)
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const window = { channel, oldest, limit: 200, include_all_metadata: true, ...(cursor ? { cursor } : {}) }
    const found = await (call.thread
      ? client.conversations.replies({ ...window, ts: call.thread })
      : client.conversations.history(window))
    for (const message of found.messages ?? []) {
      const { metadata, ts } = message as {
        metadata?: { event_type?: string; event_payload?: { id?: unknown } }
        ts?: string
      }
      if (ts && metadata?.event_type === METADATA_EVENT && metadata.event_payload?.id === id) return { channel, ts }
    }
    cursor = found.response_metadata?.next_cursor || undefined
    if (!cursor) return null
  }
  return null
}

/** History knows conversations only: a direct message has one of its own. */
async function conversationOf(client: WebClient, channel: string): Promise<string> {
  if (!/^[UW]/.test(channel)) return channel
  const opened = await client.conversations.open({ users: channel })
  if (!opened.channel?.id) throw new Error('Slack opened a conversation without saying which')
  return opened.channel.id
}

import type { WebClient } from '@slack/web-api'
import type { Picture } from '../complaint/picture.ts'
import type { Message } from '../views/blocks.ts'
import { type ChannelCall, performOnChannel } from './channels.ts'
import type { PublishCall } from './home.ts'

/** Something said in Slack. A post carries our id in its metadata, by which it is found again. */
export type Saying =
  | {
      readonly kind: 'post'
      /** A channel, or a person's id for a direct message. */
      readonly channel: string
      readonly thread: string | null
      /** A reply that is shown in the channel, too. */
      readonly broadcast: boolean
      readonly said: Message
      /** Slack shows what the links in it lead to. */
      readonly unfurls?: boolean
    }
  | { readonly kind: 'update'; readonly channel: string; readonly ts: string; readonly said: Message }

export const post = (
  channel: string,
  said: Message,
  thread: string | null = null,
  broadcast = false,
): Extract<Saying, { kind: 'post' }> => ({
  kind: 'post',
  channel,
  thread,
  broadcast,
  said,
})

/** What is done in Slack for one message of the outbox. */
export type Call = Saying | ChannelCall | PublishCall | { readonly kind: 'upload'; readonly picture: Picture }

export const isSaying = (call: Call): call is Saying => call.kind === 'post' || call.kind === 'update'

/** A message, or a channel where there is no `ts`. */
export interface Place {
  readonly channel: string
  readonly ts: string | null
}

export const METADATA_EVENT = 'amends_message'

export async function perform(client: WebClient, call: Saying | ChannelCall, id: string): Promise<Place> {
  if (call.kind !== 'post' && call.kind !== 'update') return performOnChannel(client, call)
  const { text, blocks } = call.said
  if (call.kind === 'update') {
    await client.chat.update({ channel: call.channel, ts: call.ts, text, blocks })
    return { channel: call.channel, ts: call.ts }
  }
  const message = {
    channel: call.channel,
    text,
    blocks,
    metadata: { event_type: METADATA_EVENT, event_payload: { id } },
    unfurl_links: call.unfurls === true,
    unfurl_media: call.unfurls === true,
  }
  const answer = await (call.thread
    ? client.chat.postMessage({ ...message, thread_ts: call.thread, reply_broadcast: call.broadcast })
    : client.chat.postMessage(message))
  if (!answer.ts || !answer.channel) throw new Error('Slack answered a post without saying where it stands')
  return { channel: answer.channel, ts: answer.ts }
}

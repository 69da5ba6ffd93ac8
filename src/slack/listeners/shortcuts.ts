import type { WebClient } from '@slack/web-api'
import type { Answer } from '../answer.ts'
import type { MessageShortcutPayload, ShortcutPayload } from '../payloads.ts'
import { openFiling } from './command.ts'
import type { House } from './house.ts'

/** The permalink is a help, not a condition: a trigger lives 3 s, so it gets one of them at most. Milliseconds. */
const FOR_PERMALINK = 1_000

export async function onFile(house: House, payload: ShortcutPayload, answer: Answer): Promise<void> {
  await answer.ack()
  await openFiling(house, answer, payload.user.id, {})
}

export async function onFileMessage(house: House, payload: MessageShortcutPayload, answer: Answer): Promise<void> {
  await answer.ack()
  const { channel, message, message_ts: ts } = payload
  const permalink = await permalinkOf(house.client, channel.id, ts)
  const words = readable(message.text ?? '')
  const source = { channel: channel.id, ts, permalink }
  await openFiling(house, answer, payload.user.id, { words }, source, message.files ?? [])
}

async function permalinkOf(client: WebClient, channel: string, message_ts: string): Promise<string | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), FOR_PERMALINK).unref())
  const asked = client.chat
    .getPermalink({ channel, message_ts })
    .then((found) => found.permalink ?? null)
    .catch(() => null)
  return Promise.race([asked, late])
}

/** A message's text comes in Slack's markup; people read words. Links keep both their words and their address. */
export const readable = (markup: string): string =>
  markup
    .replace(/<([@#!])([^|>]+)(?:\|([^>]*))?>/g, (_, sign: string, id: string, label?: string) =>
      label ? (sign === '!' ? label : `${sign}${label}`) : `${sign === '!' ? '@' : sign}${id.replace(/\^.*$/, '')}`,
    )
    .replace(/<([^|>]+)\|([^>]*)>/g, (_, url: string, label: string) =>
      url.includes(label) ? url : `${label} (${url})`,
    )
    .replace(/<([^>]+)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

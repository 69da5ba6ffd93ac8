import type { Json } from './rules.ts'
import { isObject } from './rules.ts'

const markup = /<(?:!(channel|here|everyone|group)|@([^|>\s]+)|!subteam\^([^|>\s]+)|#([^|>\s]+))(?:\|[^>]*)?>/gi

const user = (id: unknown): string => `<@${id}>`
const usergroup = (id: unknown): string => `<!subteam^${id}>`
const broadcast = (range: unknown): string => `<!${range}>`
const channel = (id: unknown): string => `channel:${id}`

function* inMarkup(text: unknown): Generator<string> {
  if (typeof text !== 'string') return
  for (const [, range, userId, usergroupId, channelId] of text.matchAll(markup)) {
    if (range) yield broadcast(range.toLowerCase())
    else if (userId) yield user(userId)
    else if (usergroupId) yield usergroup(usergroupId)
    else yield channel(channelId)
  }
}

const ringing: Record<string, (object: Json) => Iterable<string>> = {
  mrkdwn: (object) => inMarkup(object.text),
  markdown: (object) => inMarkup(object.text),
  user: (object) => [user(object.user_id)],
  usergroup: (object) => [usergroup(object.usergroup_id)],
  broadcast: (object) => [broadcast(object.range)],
  channel: (object) => [channel(object.channel_id)],
}

function inBlocks(value: unknown, found: string[]): void {
  if (Array.isArray(value)) for (const item of value) inBlocks(item, found)
  else if (isObject(value)) {
    if (typeof value.type === 'string' && Object.hasOwn(ringing, value.type))
      found.push(...(ringing[value.type]?.(value) ?? []))
    // What an input starts with has not been sent by anybody yet.
    for (const name of Object.keys(value)) {
      const field = value[name]
      if (name !== 'initial_value' && typeof field === 'object') inBlocks(field, found)
    }
  }
}

/**
 * Every mention in a message, in order and as often as it stands there: `<@U1>`, `<!subteam^S1>`, `<!here>`, whether
 * written as markup or as rich text, names left off. Channels ring nobody and are listed as `channel:C1`.
 */
export function firedMentions(message: { text?: string | undefined; blocks?: unknown[] | undefined }): string[] {
  const found = [...inMarkup(message.text)]
  inBlocks(message.blocks, found)
  return found
}

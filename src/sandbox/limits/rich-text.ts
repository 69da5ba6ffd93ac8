import { channelId, url, usergroupId, userId } from './objects.ts'
import type { Rule } from './rules.ts'
import { among, boolean, integer, kind, like, list, object, oneOf, refuse, string } from './rules.ts'

const dateTokens = new Set(
  (
    'day_divider_pretty date_num date_slash date_long date_long_full date_long_pretty date date_pretty date_short ' +
    'date_short_pretty time time_secs ago'
  ).split(' '),
)

const dateFormat = like('a format with date tokens such as {date_short}', (format) => {
  const tokens = [...format.matchAll(/\{([^}]*)\}/g)].map(([, token]) => token ?? '')
  return tokens.length > 0 && tokens.every((token) => dateTokens.has(token))
})

const style = object({
  'bold?': boolean,
  'italic?': boolean,
  'strike?': boolean,
  'code?': boolean,
  'underline?': boolean,
})
const styled = { 'style?': style }

const words = kind({ text: string(Number.POSITIVE_INFINITY, 0), ...styled }, (value, at, checking) => {
  // Spaces between two other elements are fine; nothing at all is not.
  if (value.text === '') refuse(checking, `${at}.text`, 'empty, Slack refuses it')
})
const link = kind({ url, 'text?': string(3000), 'unsafe?': boolean, ...styled })

const inline = among('rich text element', {
  text: words,
  link,
  user: kind({ user_id: userId, ...styled }),
  usergroup: kind({ usergroup_id: usergroupId, ...styled }),
  channel: kind({ channel_id: channelId, ...styled }),
  emoji: kind({ name: like('a name without colons', (name) => /^[^\s:]+$/.test(name), 100), 'unicode?': string(100) }),
  date: kind({
    // Ten digits: milliseconds here would be a date in the far future.
    timestamp: integer(0, 9_999_999_999),
    format: dateFormat,
    'url?': url,
    'fallback?': string(3000),
    ...styled,
  }),
  broadcast: kind({ range: oneOf('here', 'channel', 'everyone'), ...styled }, (value, at, checking) =>
    refuse(checking, at, `rings a bell for everybody (${String(value.range)})`),
  ),
})

const border = { 'border?': oneOf(0, 1) }
const most = Number.POSITIVE_INFINITY
const section = kind({ elements: list(inline, 1, most) })

const part = among('rich text part', {
  rich_text_section: section,
  rich_text_quote: kind({ elements: list(inline, 1, most), ...border }),
  rich_text_preformatted: kind({
    elements: list(among('preformatted element', { text: words, link }), 1, most),
    ...border,
  }),
  rich_text_list: kind({
    style: oneOf('bullet', 'ordered'),
    elements: list(among('list item', { rich_text_section: section }), 1, most),
    'indent?': integer(0, 8),
    'offset?': integer(0, 1_000_000),
    ...border,
  }),
})

export const richText: Rule = kind({ 'block_id?': string(255), elements: list(part, 1, most) })

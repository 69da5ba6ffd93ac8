/** What Slack refuses of a message, a view or the options of a menu, before Slack is asked. */
import { checkBlocks } from './limits/blocks.ts'
import { distinctValues, option, optionGroup, optionsOrGroups, plain } from './limits/objects.ts'
import type { Checking, Rule, Surface } from './limits/rules.ts'
import { among, boolean, isObject, kind, list, object, refuse, string } from './limits/rules.ts'

export { firedMentions } from './limits/mentions.ts'

export type MessageKind = 'post' | 'update' | 'ephemeral' | 'response'

const longestText: Record<MessageKind, number> = { post: 40_000, update: 4_000, ephemeral: 40_000, response: 40_000 }
const mostCharactersOfBlocks = 13_000
const mostBytesOfView = 250_000

const begin = (surface: Surface): Checking => ({ surface, found: [] })

/** `text` is always wanted: without blocks it is the message, with them it is what a screen reader and a phone read. */
export function checkMessage(
  message: { text?: string | undefined; blocks?: unknown[] | undefined },
  kind: MessageKind,
): string[] {
  const checking = begin('message')
  if (message.text === undefined) refuse(checking, 'text', 'missing, every message carries a text for accessibility')
  else string(longestText[kind])(message.text, 'text', checking)
  if (message.blocks !== undefined) {
    checkBlocks(message.blocks, checking)
    const size = JSON.stringify(message.blocks).length
    if (size > mostCharactersOfBlocks)
      refuse(checking, 'blocks', `${size} characters of JSON, Slack takes ${mostCharactersOfBlocks}`)
  }
  return checking.found
}

const blocks: Rule = (value, _at, checking) => checkBlocks(value, checking)

const anyView = {
  blocks,
  'private_metadata?': string(3000, 0),
  'callback_id?': string(255),
  'external_id?': string(255),
}

const views = among('view', {
  home: kind(anyView),
  modal: kind(
    {
      ...anyView,
      title: plain(24),
      'submit?': plain(24),
      'close?': plain(24),
      'clear_on_close?': boolean,
      'notify_on_close?': boolean,
    },
    (view, _at, checking) => {
      const asks = Array.isArray(view.blocks) && view.blocks.some((one) => isObject(one) && one.type === 'input')
      if (asks && view.submit === undefined) refuse(checking, 'submit', 'missing, Slack wants it with input blocks')
    },
  ),
})

export function checkView(view: unknown): string[] {
  const checking = begin(isObject(view) && view.type === 'home' ? 'home' : 'modal')
  views(view, '', checking)
  const size = Buffer.byteLength(JSON.stringify(view) ?? '')
  if (size > mostBytesOfView) refuse(checking, 'view', `${size} bytes of JSON, Slack takes ${mostBytesOfView}`)
  return checking.found
}

const suggestions = object(
  {
    'options?': list(option, 0, 100, 'options'),
    'option_groups?': list(optionGroup, 0, 100, 'option groups'),
  },
  optionsOrGroups,
  distinctValues,
)

/** The answer to a `block_suggestion`. No match is an empty list. */
export function checkOptions(answer: unknown): string[] {
  const checking = begin('modal')
  suggestions(answer, '', checking)
  return checking.found
}

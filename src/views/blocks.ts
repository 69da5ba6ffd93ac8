import type {
  ActionsBlock,
  Button,
  ContextBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  SectionBlock,
} from '@slack/types'
import { fallback } from './fallback.ts'
import { isWeb } from './rich.ts'
import { cut, escaped, shown } from './text.ts'

/** What is posted: blocks, and a text that says the same to screen readers, phones and searches. */
export interface Message {
  readonly text: string
  readonly blocks: KnownBlock[]
}

export const message = (blocks: KnownBlock[]): Message => ({ text: fallback(blocks), blocks })

/** Text that reads no markup; `:words:` in it stay words. */
export const plain = (text: string, limit = 3000): PlainTextElement => ({
  type: 'plain_text',
  text: cut(shown(text), limit),
  emoji: false,
})

/** Our own words with markup; whatever is not ours comes escaped. */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: 'mrkdwn', text })

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, 150) })

export const section = (text: string): SectionBlock => ({ type: 'section', text: mrkdwn(text) })

export const context = (...texts: string[]): ContextBlock => ({ type: 'context', elements: texts.map(mrkdwn) })

/** A link in mrkdwn, or its words alone where there is nothing to link to. */
export const linked = (url: string | null, words: string): string =>
  isWeb(url) ? `<${escaped(url)}|${escaped(words)}>` : escaped(words)

export const button = (label: string, action: string, value: string, style?: 'primary'): Button => ({
  type: 'button',
  text: plain(label, 75),
  action_id: action,
  value,
  ...(style ? { style } : {}),
})

export const actions = (...elements: ActionsBlock['elements']): ActionsBlock => ({ type: 'actions', elements })

import type { RichTextBlock, RichTextBlockElement, RichTextElement, RichTextQuote, RichTextSection } from '@slack/types'
import { clean, DATE_FORMAT, shown, unix, utc } from './text.ts'

/** Something on a line of rich text. */
export type Inline = RichTextElement

/** Words as they are: rich text reads no markup in them. */
export const t = (text: string): Inline => ({ type: 'text', text: clean(text) })

export const bold = (text: string): Inline => ({ type: 'text', text: clean(text), style: { bold: true } })

export const person = (id: string): Inline => ({ type: 'user', user_id: id })

/** A channel, linked by its name. */
export const room = (id: string): Inline => ({ type: 'channel', channel_id: id })

/** An instant, shown in each reader's own zone. */
export const date = (instant: Date): Inline => ({
  type: 'date',
  timestamp: unix(instant),
  format: DATE_FORMAT,
  fallback: utc(instant),
})

/** Only what can stand inside `<…|…>` unharmed. */
export const isWeb = (url: string | null): url is string =>
  url !== null && url.length <= 2000 && /^https?:\/\/[^\s<>|"\\]+$/i.test(url) && URL.canParse(url)

/** Words that lead somewhere; the words alone where there is nothing to lead to. */
export const link = (url: string | null, words: string): Inline =>
  isWeb(url) ? { type: 'link', url, text: clean(words) } : t(words)

export const para = (...elements: Inline[]): RichTextSection => ({ type: 'rich_text_section', elements })

/** People's words, set apart. */
export const quote = (text: string): RichTextQuote => ({ type: 'rich_text_quote', elements: [t(shown(text))] })

export const rich = (...elements: RichTextBlockElement[]): RichTextBlock => ({ type: 'rich_text', elements })

/** Lines of a list. */
export const bullets = (lines: readonly Inline[][]): RichTextBlockElement => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: lines.map((elements) => para(...elements)),
})

import type { KnownBlock, RichTextBlockElement, RichTextElement, TextObject } from '@slack/types'
import { escaped, escapedWithin, when } from './text.ts'

/** Longest fallback text. chat.update refuses 4,000; a note in front of it must fit in as well. */
const LONGEST = 3_600
/** No single stretch of people's words takes the place of all that follows it. */
const LONGEST_STRETCH = 900

/** A stretch of text: markup stays whole or is left out, words are escaped and may be cut. */
type Piece = { readonly markup: string } | { readonly words: string }

/** Says in one text what the blocks say: the same words, mentions and dates, without the buttons. */
export function fallback(blocks: readonly KnownBlock[]): string {
  let text = ''
  for (const piece of blocks.flatMap(ofBlock)) {
    const left = LONGEST - text.length
    if ('markup' in piece) text += piece.markup.length <= left ? piece.markup : ''
    else if (left > 1) text += escapedWithin(piece.words, Math.min(left, LONGEST_STRETCH))
  }
  return text.trim()
}

const newline: Piece = { markup: '\n' }

const ofText = (text: TextObject): Piece[] => [
  text.type === 'plain_text' ? { words: text.text } : { markup: text.text },
  newline,
]

function ofBlock(block: KnownBlock): Piece[] {
  switch (block.type) {
    case 'header':
      return ofText(block.text)
    case 'section':
      return [...(block.text ? ofText(block.text) : []), ...(block.fields ?? []).flatMap(ofText)]
    case 'context':
      return block.elements.flatMap((element) => (element.type === 'image' ? [] : ofText(element)))
    case 'rich_text':
      return block.elements.flatMap(ofPart)
    default:
      return []
  }
}

function ofPart(part: RichTextBlockElement): Piece[] {
  if (part.type === 'rich_text_list')
    return part.elements.flatMap((line) => [{ markup: '• ' }, ...line.elements.flatMap(ofInline), newline])
  return [...part.elements.flatMap(ofInline), newline]
}

function ofInline(element: RichTextElement): Piece[] {
  switch (element.type) {
    case 'text':
      return [{ words: element.text }]
    case 'user':
      return [{ markup: `<@${element.user_id}>` }]
    case 'channel':
      return [{ markup: `<#${element.channel_id}>` }]
    case 'usergroup':
      return [{ markup: `<!subteam^${element.usergroup_id}>` }]
    case 'date':
      return [{ markup: when(new Date(element.timestamp * 1000)) }]
    case 'link':
      return [{ markup: `<${escaped(element.url)}|${escaped(element.text ?? element.url)}>` }]
    default:
      return []
  }
}

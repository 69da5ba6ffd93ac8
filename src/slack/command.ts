import { TEXT_LIMITS } from '../complaint/words.ts'
import { clean } from './payloads.ts'

/** What `/complaint …` asks for. */
export type Asked =
  | { readonly kind: 'file'; readonly customer?: string; readonly words?: string }
  | { readonly kind: 'show'; readonly number: number }
  | { readonly kind: 'list'; readonly which: string }
  | { readonly kind: 'find'; readonly text: string }
  | { readonly kind: 'report'; readonly of: string }
  | { readonly kind: 'setup' }
  | { readonly kind: 'help' }

/** Slack escapes these three, and only these, in what people type. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Reads what was typed after `/complaint`. What can't be understood asks for help. */
export function readCommand(typed: string): Asked {
  const text = clean(unescaped(typed)).trim()
  if (text === '') return { kind: 'file' }
  const number = /^#?(\d{1,9})$/.exec(text)?.[1]
  if (number) return { kind: 'show', number: Number(number) }
  const [, verb = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? []
  switch (verb.toLowerCase()) {
    case 'help':
      return { kind: 'help' }
    // "setup" alone: a customer may be called that.
    case 'setup':
      return rest.trim() === '' ? { kind: 'setup' } : readComplaint(text)
    case 'list':
      return { kind: 'list', which: rest.trim() }
    case 'find':
      return rest.trim() === '' ? { kind: 'help' } : { kind: 'find', text: rest.trim() }
    case 'report':
      return { kind: 'report', of: rest.trim() }
    default:
      return readComplaint(text)
  }
}

/** "Customer: what they said". A name too long for its field is no name: then all of it is what they said. */
function readComplaint(text: string): Asked {
  const colon = text.indexOf(':')
  const customer = text.slice(0, colon).trim()
  const words = text.slice(colon + 1).trim()
  if (colon < 0 || customer === '' || words === '') return { kind: 'help' }
  return customer.length > TEXT_LIMITS.customer ? { kind: 'file', words: text } : { kind: 'file', customer, words }
}

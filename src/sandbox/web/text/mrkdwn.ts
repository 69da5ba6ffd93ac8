/*
 * Slack's mrkdwn, read into a tree. Angle brackets are Slack's own markup; `&lt;`, `&gt;` and `&amp;` are characters.
 */

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'style'; readonly style: 'bold' | 'italic' | 'strike'; readonly of: readonly Node[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'pre'; readonly text: string }
  | { readonly kind: 'quote'; readonly of: readonly Node[] }
  | { readonly kind: 'link'; readonly url: string; readonly text: string }
  | { readonly kind: 'user' | 'usergroup' | 'channel'; readonly id: string; readonly text: string }
  | { readonly kind: 'everyone'; readonly text: string }
  | {
      readonly kind: 'date'
      readonly seconds: number
      readonly format: string
      readonly url: string | null
      readonly fallback: string
      /** At the beginning of a line: its first letter is a capital. */
      readonly first: boolean
    }

export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** The whole of a message or text object. */
export function parse(source: string): Node[] {
  const parts = source.split(/```\n?([\s\S]+?)\n?```\n?/)
  return parts.flatMap((part, index) => {
    if (index % 2 === 1) return [{ kind: 'pre', text: plainOf(part) } satisfies Node]
    // The line that a block ends on is not an empty line of its own.
    return part === '' ? [] : paragraphs(index < parts.length - 1 ? part.replace(/\n$/, '') : part)
  })
}

const QUOTED = /^(?:&gt;|>)(?!(?:&gt;|>){2}) ?/

function paragraphs(source: string): Node[] {
  const nodes: Node[] = []
  const lines = source.split('\n')
  for (let at = 0; at < lines.length; ) {
    const isQuote = QUOTED.test(lines[at] ?? '')
    let end = at
    while (end < lines.length && QUOTED.test(lines[end] ?? '') === isQuote) end += 1
    const run = lines.slice(at, end)
    if (isQuote) nodes.push({ kind: 'quote', of: inline(run.map((line) => line.replace(QUOTED, '')).join('\n')) })
    else nodes.push(...inline(run.join('\n')))
    at = end
  }
  return nodes
}

const STYLES = { '*': 'bold', _: 'italic', '~': 'strike' } as const
type Mark = keyof typeof STYLES

const isMark = (char: string): char is Mark => char in STYLES
const OPENS_AFTER = /^$|[\s\p{P}\p{S}]/u
const CLOSES_BEFORE = /^$|[\s\p{P}\p{S}]/u

function inline(source: string): Node[] {
  const nodes: Node[] = []
  let words = ''
  const flush = () => {
    if (words !== '') nodes.push(...linksIn(unescaped(words)))
    words = ''
  }
  for (let at = 0; at < source.length; ) {
    const char = source.charAt(at)
    const before = source.charAt(at - 1)
    if (char === '<') {
      const end = source.indexOf('>', at)
      if (end > at + 1) {
        flush()
        nodes.push(token(source.slice(at + 1, end), at === 0 || before === '\n'))
        at = end + 1
        continue
      }
    }
    if (char === '`') {
      const end = source.indexOf('`', at + 1)
      const code = source.slice(at + 1, end)
      if (end > at + 1 && !code.includes('\n')) {
        flush()
        nodes.push({ kind: 'code', text: plainOf(code) })
        at = end + 1
        continue
      }
    }
    if (isMark(char) && OPENS_AFTER.test(before) && before !== char) {
      const end = closing(source, at, char)
      if (end > 0) {
        flush()
        nodes.push({ kind: 'style', style: STYLES[char], of: inline(source.slice(at + 1, end)) })
        at = end + 1
        continue
      }
    }
    words += char
    at += 1
  }
  flush()
  return nodes
}

/** Where the style that opens at `at` ends, on the same line; 0 when it doesn't. */
function closing(source: string, at: number, mark: Mark): number {
  if (/^[\s*_~]?$/.test(source.charAt(at + 1)) && !isMark(source.charAt(at + 1))) return 0
  for (let end = at + 2; end < source.length; end += 1) {
    const char = source.charAt(end)
    if (char === '\n') return 0
    if (char === '<') {
      const over = source.indexOf('>', end)
      if (over > 0) {
        end = over
        continue
      }
    }
    if (char === mark && !/\s/.test(source.charAt(end - 1)) && CLOSES_BEFORE.test(source.charAt(end + 1))) return end
  }
  return 0
}

/** What stands between angle brackets. */
function token(inside: string, first: boolean): Node {
  const bar = inside.indexOf('|')
  const body = bar < 0 ? inside : inside.slice(0, bar)
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1))
  if (body.startsWith('@')) return { kind: 'user', id: body.slice(1), text: label }
  if (body.startsWith('#')) return { kind: 'channel', id: body.slice(1), text: label }
  if (body.startsWith('!subteam^')) return { kind: 'usergroup', id: body.slice('!subteam^'.length), text: label }
  if (body.startsWith('!date^')) {
    const [, seconds = '', format = '', url] = body.split('^')
    return {
      ...{ kind: 'date', seconds: Number(seconds), format: unescaped(format), fallback: label, first },
      url: url ? unescaped(url) : null,
    }
  }
  if (body.startsWith('!')) return { kind: 'everyone', text: label || `@${body.slice(1)}` }
  const url = unescaped(body)
  return { kind: 'link', url, text: label || url.replace(/^mailto:/, '') }
}

/** Addresses written out become links. */
function linksIn(text: string): Node[] {
  return text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'])/).flatMap((part, index): Node[] => {
    if (part === '') return []
    return index % 2 === 1 ? [{ kind: 'link', url: part, text: part }] : [{ kind: 'text', text: part }]
  })
}

/** Inside code only links lose their brackets. */
const plainOf = (source: string): string =>
  unescaped(source.replaceAll(/<([^>|]+)(?:\|([^>]*))?>/g, (_whole, body: string, label?: string) => label ?? body))

/** Markup of what was read: for a message's short form. */
export const wordsOf = (nodes: readonly Node[]): string =>
  nodes.map((node) => ('of' in node ? wordsOf(node.of) : node.kind === 'date' ? node.fallback : node.text)).join('')

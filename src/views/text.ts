import { DAY, HOUR, MINUTE } from '../complaint/time.ts'
import { hasWords } from '../complaint/words.ts'

/** For everything that enters mrkdwn or fallback text, names included: `<!channel>` typed by a customer rings no bell. */
export const escaped = (text: string): string =>
  clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** Half of a surrogate pair makes JSON that is refused; control characters show nothing and weigh six in JSON. */
export const clean = (text: string): string => text.toWellFormed().replace(CONTROL, '')

/** People's words, or a sign that there is nothing to see: Slack refuses text in which nothing shows. */
export const shown = (text: string | null): string => (hasWords(text) ? clean(text) : '(nothing to see)')

/** The same on one line, for names in titles and labels. */
export const oneLine = (text: string): string => shown(text).replace(/[\n\v\f\r\u0085\u2028\u2029]+/g, ' ')

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** A grapheme longer than this (stacked accents) is cut inside, between its code points. */
const LONGEST_GRAPHEME = 64

/** The last place at or before `at` where text can be cut without breaking what the reader sees as one character. */
function boundary(text: string, at: number): number {
  if (at >= text.length) return text.length
  const whole = graphemes.segment(text).containing(at)?.index ?? at
  if (whole > 0 && at - whole < LONGEST_GRAPHEME) return whole
  return /[\uDC00-\uDFFF]/.test(text.charAt(at)) ? at - 1 : at
}

/** At most `limit` UTF-16 code units, ending in "…" where something had to go. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, boundary(text, limit - 1)).trimEnd()}…`
}

/** Characters that text takes up inside JSON, without its quotes: what Slack's limit on blocks counts. */
const weight = (text: string): number => JSON.stringify(text).length - 2

/** The longest `limit` for which `measure` of the cut text stays within `most`, by narrowing down. */
function narrow(text: string, limit: number, most: number, measure: (text: string) => number): string {
  for (let length = limit; ; ) {
    const candidate = cut(text, length)
    const size = measure(candidate)
    if (size <= most || length <= 1) return candidate
    length = Math.max(1, Math.min(length - 1, Math.floor((Math.min(length, candidate.length) * most) / size)))
  }
}

/** Cleaned, and cut to `limit` characters and to `json` characters of JSON. */
export const within = (text: string, limit: number, json: number): string => narrow(clean(text), limit, json, weight)

/** Escaped, and cut so that no entity is broken. */
export const escapedWithin = (text: string, limit: number): string =>
  escaped(narrow(clean(text), limit, limit, (candidate) => escaped(candidate).length))

/** All of the text in pieces of at most `limit` characters and `json` characters of JSON; joined, they are the text, cleaned. */
export function split(text: string, limit: number, json: number): string[] {
  const pieces: string[] = []
  for (let rest = clean(text); rest !== ''; ) {
    let end = boundary(rest, limit)
    while (weight(rest.slice(0, end)) > json && end > 1) end = Math.max(1, boundary(rest, Math.floor(end * 0.8)))
    pieces.push(rest.slice(0, end))
    rest = rest.slice(end)
  }
  return pieces
}

/** Unix time in whole seconds. */
export const unix = (date: Date): number => Math.floor(date.getTime() / 1000)

/** Both forms of a date show it in each reader's own zone. */
export const DATE_FORMAT = '{date_short_pretty} at {time}'

/** What a client shows that can't format dates. */
export const utc = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** An instant in mrkdwn or fallback text. */
export const when = (date: Date): string => `<!date^${unix(date)}^${DATE_FORMAT}|${utc(date)}>`

/** "1 complaint", "2 complaints". */
export const many = (n: number, one: string, others: string): string => `${n} ${n === 1 ? one : others}`

/** A length of time in words: "15 min", "1 h 30 min", "2 days 3 h". */
export function span(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / MINUTE)
  if (minutes === 0) return 'less than a minute'
  const days = Math.floor((minutes * MINUTE) / DAY)
  const hours = Math.floor((minutes * MINUTE - days * DAY) / HOUR)
  const rest = minutes % 60
  const parts = [
    days > 0 ? many(days, 'day', 'days') : '',
    hours > 0 ? `${hours} h` : '',
    days === 0 && rest > 0 ? `${rest} min` : '',
  ]
  return parts.filter((part) => part !== '').join(' ')
}

/** "24 h" and not "1 day": the response deadline is known by its hours. */
export const inHours = (ms: number): string => (ms % HOUR === 0 ? `${ms / HOUR} h` : span(ms))

/** Once, twice, 3 times. */
export const times = (n: number): string => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`)

/** 1st, 2nd, 3rd, 4th. */
export function nth(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`
}

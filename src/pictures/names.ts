import { hasGlyph, type Weight, widthOf } from './font.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const partsOf = (text: string): string[] => [...graphemes.segment(text)].map(({ segment }) => segment)

/** What separates words, seen or not. */
const SPACE = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu
/** What has no shape of its own, turns the direction of what stands around it, or strikes letters out. */
const UNSEEN = /[\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Variation_Selector}]+|[\u0334-\u0338]+/gu
/** More accents on one letter than any language has. */
const STACKED = /(\p{M}{2})\p{M}+/gu
const WORDS = /[\p{L}\p{N}]/u

const plain = (name: string): string =>
  name.normalize('NFC').replace(SPACE, ' ').replace(UNSEEN, '').replace(STACKED, '$1').trim()

/**
 * What of a name the font can draw, on one line: letters that it lacks become "…", other signs (most emoji) are left out.
 * Null where no word is left to read.
 */
export function drawable(name: string): string | null {
  const drawn = partsOf(plain(name))
    .map((part) => ([...part].every(hasGlyph) ? part : WORDS.test(part) ? '…' : ''))
    .join('')
    .replace(/…[…\s]*…/g, '…')
    .replace(SPACE, ' ')
    .trim()
  return WORDS.test(drawn) ? drawn : null
}

export interface Room {
  readonly width: number
  readonly size: number
  readonly weight?: Weight
  readonly lines: number
}

/** Sets `text` in at most so many lines, broken between words where that works, and ends the last with "…" where it is too long. */
export function setInLines(text: string, { width, size, weight = 'normal', lines }: Room): string[] {
  const fits = (line: string): boolean => widthOf(line, size, weight) <= width
  const set: string[] = []
  let rest = text.trim()
  while (rest !== '') {
    if (fits(rest)) return [...set, rest]
    const parts = partsOf(rest)
    const isLast = set.length === lines - 1
    let end = 1
    while (end < parts.length && fits(parts.slice(0, end + 1).join('') + (isLast ? '…' : ''))) end += 1
    const whole = parts.slice(0, end).join('')
    const space = parts[end] === ' ' ? whole.length : whole.lastIndexOf(' ')
    // A line that would be left mostly empty breaks inside a word instead.
    const line = space > whole.length / 3 ? whole.slice(0, space) : whole
    if (isLast) return [...set, `${line.trimEnd()}…`]
    set.push(line.trimEnd())
    rest = rest.slice(line.length).trimStart()
  }
  return set
}

/** A name as it is read aloud: any script, on one line, not too long. */
export function spoken(name: string): string {
  const parts = partsOf(plain(name))
  return parts.length <= 60 ? parts.join('') : `${parts.slice(0, 59).join('').trimEnd()}…`
}

import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/complaint/time.ts'
import { cut, escaped, escapedWithin, span, split, when, within } from '../../src/views/text.ts'

describe('cut', () => {
  it.each([
    ['short', 10, 'short'],
    ['exactly ten', 11, 'exactly ten'],
    ['more than ten', 10, 'more than…'],
    ['ends in  spaces', 9, 'ends in…'],
    ['😀😀😀', 5, '😀😀…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 13, '👩‍👩‍👧‍👦…'],
  ])('%s to %i', (text, limit, result) => {
    expect(cut(text, limit)).toBe(result)
  })

  it('cuts inside what is stacked without end', () => {
    const stacked = `a${'\u0301'.repeat(500)}`
    expect(cut(stacked, 100)).toHaveLength(100)
  })
})

it('escapes the three that Slack reads, and heals half pairs', () => {
  expect(escaped('<!channel> & \uD83D>')).toBe('&lt;!channel&gt; &amp; \uFFFD&gt;')
})

it('never breaks an entity', () => {
  for (let limit = 2; limit < 60; limit += 1) {
    const text = escapedWithin('&<>'.repeat(20), limit)
    expect(text.length).toBeLessThanOrEqual(limit)
    expect(text).toMatch(/^(&(amp|lt|gt);)*…?$/)
  }
})

it('weighs text as JSON', () => {
  expect(JSON.stringify(within('"\n'.repeat(500), 900, 600)).length - 2).toBeLessThanOrEqual(600)
})

it('splits without losing anything', () => {
  const text = 'é😀"\n'.repeat(700)
  const pieces = split(text, 300, 350)
  expect(pieces.join('')).toBe(text)
  for (const piece of pieces) expect(JSON.stringify(piece).length - 2).toBeLessThanOrEqual(350)
})

it.each([
  [10 * SECOND, 'less than a minute'],
  [15 * MINUTE, '15 min'],
  [-HOUR, '1 h'],
  [90 * MINUTE, '1 h 30 min'],
  [24 * HOUR, '1 day'],
  [2 * DAY + 3 * HOUR + MINUTE, '2 days 3 h'],
])('%i ms is %s', (ms, words) => {
  expect(span(ms)).toBe(words)
})

it('shows an instant in the zone of whoever reads', () => {
  expect(when(new Date('2026-11-21T14:05:30Z'))).toBe(
    '<!date^1795269930^{date_short_pretty} at {time}|2026-11-21 14:05 UTC>',
  )
})

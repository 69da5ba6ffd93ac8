import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/complaint/time.ts'
import { formatDuration, LONGEST_DURATION, parseDuration } from '../../src/config/durations.ts'

describe('durations', () => {
  test.each([
    ['90s', 90 * SECOND],
    ['15m', 15 * MINUTE],
    ['60m', HOUR],
    ['4h', 4 * HOUR],
    ['2d', 2 * DAY],
    ['3650d', LONGEST_DURATION],
    ['2y', 730 * DAY],
  ])('%s is read', (text, ms) => expect(parseDuration(text)).toEqual({ ok: true, ms }))

  test.each([
    ['', '"" is not a duration such as 90s, 15m, 4h or 2d'],
    ['4', '"4" is not a duration such as 90s, 15m, 4h or 2d'],
    ['4 h', '"4 h" is not a duration such as 90s, 15m, 4h or 2d'],
    ['4H', '"4H" is not a duration such as 90s, 15m, 4h or 2d'],
    ['-4h', '"-4h" is not a duration such as 90s, 15m, 4h or 2d'],
    ['1.5h', '"1.5h" is not a duration such as 90s, 15m, 4h or 2d'],
    ['1h30m', '"1h30m" is not a duration such as 90s, 15m, 4h or 2d'],
    ['1w', '"1w" is not a duration such as 90s, 15m, 4h or 2d'],
    ['4h\n', '"4h\\n" is not a duration such as 90s, 15m, 4h or 2d'],
    ['٤h', '"٤h" is not a duration such as 90s, 15m, 4h or 2d'],
    ['0m', '0m must be longer than nothing'],
    ['3651d', '3651d is longer than 10y'],
  ])('%j is refused', (text, fault) => expect(parseDuration(text)).toEqual({ ok: false, fault }))

  test('a number beyond all numbers is refused', () => {
    expect(parseDuration(`${'9'.repeat(400)}d`)).toEqual({
      ok: false,
      fault: `${'9'.repeat(40)} is longer than 10y`,
    })
  })

  test.each([
    [90 * SECOND, '90s'],
    [HOUR, '1h'],
    [90 * MINUTE, '90m'],
    [DAY, '24h'],
    [36 * HOUR, '36h'],
    [2 * DAY, '2d'],
    [14 * DAY, '14d'],
    [730 * DAY, '2y'],
  ])('%d ms are written %s', (ms, text) => expect(formatDuration(ms)).toBe(text))

  test.each([0, -HOUR, 1500, Number.NaN, Number.POSITIVE_INFINITY])('%d cannot be written', (ms) => {
    expect(() => formatDuration(ms)).toThrow(RangeError)
  })

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: LONGEST_DURATION / SECOND }), (seconds) => {
        const ms = seconds * SECOND
        expect(parseDuration(formatDuration(ms))).toEqual({ ok: true, ms })
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { SPANS, type Span } from '../../src/complaint/period.ts'
import { soFar } from '../../src/complaint/soFar.ts'
import { digestSlot } from '../../src/complaint/week.ts'

const chicago = { timezone: 'America/Chicago', digest: { day: 'monday', time: '09:00' } } as const

describe('the period so far, beside as much of the one before', () => {
  const cases: [what: string, span: Span, now: string, from: string, before: [from: string, to: string]][] = [
    [
      'a week begins with the digest',
      'week',
      '2026-03-04T15:00:00Z',
      '2026-03-02T15:00:00Z',
      ['2026-02-23T15:00:00Z', '2026-02-25T15:00:00Z'],
    ],
    [
      'as much by the clock, where the clocks went forward in between',
      'week',
      '2026-03-09T15:00:00Z',
      '2026-03-09T14:00:00Z',
      ['2026-03-02T15:00:00Z', '2026-03-02T16:00:00Z'],
    ],
    [
      'a month begins at midnight, in the zone of the workspace',
      'month',
      '2026-03-04T15:00:00Z',
      '2026-03-01T06:00:00Z',
      ['2026-02-01T06:00:00Z', '2026-02-04T15:00:00Z'],
    ],
    [
      'there it is still the month before',
      'month',
      '2026-03-01T05:00:00Z',
      '2026-02-01T06:00:00Z',
      ['2026-01-01T06:00:00Z', '2026-01-29T05:00:00Z'],
    ],
    [
      'of a shorter month, all of it',
      'month',
      '2026-03-31T20:00:00Z',
      '2026-03-01T06:00:00Z',
      ['2026-02-01T06:00:00Z', '2026-02-28T21:00:00Z'],
    ],
    [
      'a quarter',
      'quarter',
      '2026-05-15T12:00:00Z',
      '2026-04-01T05:00:00Z',
      ['2026-01-01T06:00:00Z', '2026-02-15T13:00:00Z'],
    ],
  ]
  test.each(cases)('%s', (_, span, now, from, before) => {
    const at = (instant: string) => new Date(instant)
    expect(soFar(span, chicago, at(now))).toEqual({
      period: { from: at(from), to: at(now) },
      before: { from: at(before[0]), to: at(before[1]) },
    })
  })

  it('begins before it ends, after the one before, wherever and whenever', () => {
    const zones = fc.constantFrom('America/Chicago', 'Pacific/Apia', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC')
    const instants = fc.date({ min: new Date('2009-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(fc.constantFrom(...SPANS), zones, instants, (span, timezone, now) => {
        const { period, before } = soFar(span, { ...chicago, timezone }, now)
        expect(period.to).toEqual(now)
        expect(period.from.getTime()).toBeLessThanOrEqual(now.getTime())
        expect(before.from.getTime()).toBeLessThan(period.from.getTime())
        expect(before.to.getTime()).toBeGreaterThanOrEqual(before.from.getTime())
        expect(before.to.getTime()).toBeLessThanOrEqual(period.from.getTime())
        if (span === 'week') expect(period.from).toEqual(digestSlot(chicago.digest, timezone, now))
      }),
    )
  })
})

import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it, test } from 'vitest'
import { WEEKDAYS, type Weekday } from '../../src/complaint/setup.ts'
import { HOUR } from '../../src/complaint/time.ts'
import { digestSlot, lastWeeks, weeksBefore } from '../../src/complaint/week.ts'

const at = (instant: string): Date => new Date(instant)
const on = (day: Weekday, time: string) => ({ day, time })
const monday = on('monday', '09:00')

describe('the newest slot', () => {
  const cases: [what: string, digest: { day: Weekday; time: string }, zone: string, now: string, slot: string][] = [
    ['at the very instant', monday, 'America/Chicago', '2026-03-02T15:00:00.000Z', '2026-03-02T15:00:00Z'],
    ['a millisecond before', monday, 'America/Chicago', '2026-03-02T14:59:59.999Z', '2026-02-23T15:00:00Z'],
    ['later that day', monday, 'America/Chicago', '2026-03-03T03:00:00Z', '2026-03-02T15:00:00Z'],
    ['on Sunday night', monday, 'America/Chicago', '2026-03-09T04:59:00Z', '2026-03-02T15:00:00Z'],
    ['after the clocks went forward', monday, 'America/Chicago', '2026-03-09T14:00:00Z', '2026-03-09T14:00:00Z'],
    ['after the clocks went back', monday, 'America/Chicago', '2026-11-02T15:00:00Z', '2026-11-02T15:00:00Z'],
    ['an hour too early then', monday, 'America/Chicago', '2026-11-02T14:00:00Z', '2026-10-26T14:00:00Z'],
    ['on a Friday afternoon', on('friday', '16:30'), 'Europe/Berlin', '2026-07-01T12:00:00Z', '2026-06-26T14:30:00Z'],
    ['on a Sunday', on('sunday', '00:00'), 'UTC', '2026-07-05T00:00:00Z', '2026-07-05T00:00:00Z'],
    ['on a Saturday', on('saturday', '23:59'), 'UTC', '2026-07-04T23:58:59Z', '2026-06-27T23:59:00Z'],
    // 02:30 does not exist on 8 March 2026 in Chicago: clocks go from 02:00 to 03:00, which is 08:00 UTC.
    ['in the gap of spring', on('sunday', '02:30'), 'America/Chicago', '2026-03-08T12:00:00Z', '2026-03-08T08:00:00Z'],
    ['as the gap begins', on('sunday', '02:00'), 'America/Chicago', '2026-03-08T12:00:00Z', '2026-03-08T08:00:00Z'],
    ['as the gap ends', on('sunday', '03:00'), 'America/Chicago', '2026-03-08T12:00:00Z', '2026-03-08T08:00:00Z'],
    ['before the gap', on('sunday', '02:30'), 'America/Chicago', '2026-03-08T07:59:59Z', '2026-03-01T08:30:00Z'],
    // 01:30 comes twice on 1 November 2026 in Chicago: at 06:30 and at 07:30 UTC.
    ['in the doubled hour', on('sunday', '01:30'), 'America/Chicago', '2026-11-01T12:00:00Z', '2026-11-01T06:30:00Z'],
    ['between the two', on('sunday', '01:30'), 'America/Chicago', '2026-11-01T06:45:00Z', '2026-11-01T06:30:00Z'],
    ['before the first', on('sunday', '01:30'), 'America/Chicago', '2026-11-01T06:29:59Z', '2026-10-25T06:30:00Z'],
    ['where the day begins first', monday, 'Pacific/Kiritimati', '2026-03-01T19:00:00Z', '2026-03-01T19:00:00Z'],
    ['where the day begins last', monday, 'Pacific/Pago_Pago', '2026-03-02T19:59:00Z', '2026-02-23T20:00:00Z'],
    ['where it ends last', monday, 'Pacific/Pago_Pago', '2026-03-02T20:00:00Z', '2026-03-02T20:00:00Z'],
    ['at half an hour from UTC', monday, 'Asia/Kolkata', '2026-03-02T03:30:00Z', '2026-03-02T03:30:00Z'],
    [
      'where clocks move by half an hour',
      on('sunday', '02:15'),
      'Australia/Lord_Howe',
      '2026-10-05T00:00:00Z',
      '2026-10-03T15:30:00Z',
    ],
    // Samoa left out Friday 30 December 2011: after Thursday came Saturday, at 10:00 UTC.
    ['on a day left out', on('friday', '09:00'), 'Pacific/Apia', '2011-12-30T10:00:00Z', '2011-12-30T10:00:00Z'],
    ['just before it', on('friday', '09:00'), 'Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-23T19:00:00Z'],
    // St. John's went back at 00:01 on Sunday 1 November 2009, to 23:01 on Saturday: Sunday had begun already (02:30 UTC).
    [
      'as midnight is taken back',
      on('sunday', '00:00'),
      'America/St_Johns',
      '2009-11-01T02:31:30Z',
      '2009-11-01T02:30:00Z',
    ],
    // Midnight itself does not exist on 6 September 2026 in Santiago.
    [
      'where midnight is in the gap',
      on('sunday', '00:00'),
      'America/Santiago',
      '2026-09-06T12:00:00Z',
      '2026-09-06T04:00:00Z',
    ],
  ]
  test.each(cases)('%s: %j in %s', (_, digest, zone, now, slot) => {
    expect(digestSlot(digest, zone, at(now)).toISOString()).toBe(at(slot).toISOString())
  })

  it('ends where there is no such zone', () => {
    expect(() => digestSlot(monday, 'Nowhere/Nothing', at('2026-03-02T15:00:00Z'))).toThrow('Nowhere/Nothing')
  })

  const zones = [
    'UTC',
    'America/Chicago',
    'Europe/London',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
  ]
  const schedules = fc.record({
    day: fc.constantFrom(...WEEKDAYS),
    time: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
  })
  const nows = fc.date({ min: at('2024-01-01T00:00Z'), max: at('2028-01-01T00:00Z'), noInvalidDate: true })

  it('is never later than now, at most 7 days and an hour old, the newest there is, and shows the time or the first after it', () => {
    fc.assert(
      fc.property(schedules, fc.constantFrom(...zones), nows, (digest, zone, now) => {
        const slot = digestSlot(digest, zone, now)
        expect(slot.getTime()).toBeLessThanOrEqual(now.getTime())
        expect(now.getTime() - slot.getTime()).toBeLessThanOrEqual(169 * HOUR)
        expect(digestSlot(digest, zone, slot)).toEqual(slot)
        const shown = DateTime.fromJSDate(slot, { zone })
        expect(shown.weekday).toBe(WEEKDAYS.indexOf(digest.day) + 1)
        if (shown.toFormat('HH:mm') !== digest.time) {
          expect(shown.minus({ milliseconds: 1 }).toFormat('HH:mm') < digest.time).toBe(true)
          expect(shown.toFormat('HH:mm') > digest.time).toBe(true)
        }
      }),
    )
  })

  it('makes weeks that follow each other without a gap', () => {
    fc.assert(
      fc.property(schedules, fc.constantFrom(...zones), nows, (digest, zone, now) => {
        const slot = digestSlot(digest, zone, now)
        const { period: week, before } = weeksBefore(digest, zone, slot)
        expect(week.to).toEqual(slot)
        expect(before.to).toEqual(week.from)
        expect(weeksBefore(digest, zone, week.from).period).toEqual(before)
      }),
    )
  })
})

describe('the week before a slot', () => {
  const cases: [what: string, digest: { day: Weekday; time: string }, slot: string, from: string, hours: number][] = [
    ['has 168 hours', monday, '2026-03-02T15:00:00Z', '2026-02-23T15:00:00Z', 168],
    ['has 167 where clocks go forward', monday, '2026-03-09T14:00:00Z', '2026-03-02T15:00:00Z', 167],
    ['has 169 where they go back', monday, '2026-11-02T15:00:00Z', '2026-10-26T14:00:00Z', 169],
    ['ends with the gap', on('sunday', '02:30'), '2026-03-08T08:00:00Z', '2026-03-01T08:30:00Z', 167.5],
    ['begins with the gap', on('sunday', '02:30'), '2026-03-15T07:30:00Z', '2026-03-08T08:00:00Z', 167.5],
  ]
  test.each(cases)('%s', (_, digest, slot, from, hours) => {
    const { period: week, before } = weeksBefore(digest, 'America/Chicago', at(slot))
    expect(week).toEqual({ from: at(from), to: at(slot) })
    expect((week.to.getTime() - week.from.getTime()) / HOUR).toBe(hours)
    expect(before.to).toEqual(week.from)
  })
})

test('the last weeks end with the slot, one where the other begins, also where the clocks change', () => {
  const slot = at('2026-03-16T14:00:00Z')
  const weeks = lastWeeks(monday, 'America/Chicago', slot, 3)
  expect(weeks.map(({ from, to }) => (to.getTime() - from.getTime()) / HOUR)).toEqual([168, 167, 168])
  expect(weeks.at(-1)?.to).toEqual(slot)
  expect(weeks.slice(1).map(({ from }) => from)).toEqual(weeks.slice(0, -1).map(({ to }) => to))
  expect(weeksBefore(monday, 'America/Chicago', slot)).toEqual({ period: weeks[2], before: weeks[1] })
})

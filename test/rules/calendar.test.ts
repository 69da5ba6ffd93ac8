import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  endOfLastWindowBefore,
  isWorking,
  onCallAt,
  plusWorking,
  reminderInstant,
  startOfNextWindow,
  workingTime,
} from '../../src/complaint/calendar.ts'
import { isHoliday, knowsHolidays } from '../../src/complaint/holidays.ts'
import { type Hours, SEVERITIES } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { hours as hoursOf } from '../support/setups.ts'
import { frozen } from './given.ts'

const hours = (about: Partial<Hours> = {}): Hours => frozen(hoursOf(about))
const at = (text: string): Date => {
  const instant = new Date(text)
  if (Number.isNaN(instant.getTime())) throw new Error(`${text} is no instant`)
  return instant
}
/** How an instant reads in UTC, to the minute. */
const utc = (instant: Date | null): string | null => instant && `${instant.toISOString().slice(0, 16)}Z`

/** The windows from one instant to another, as the functions tell them: starts and ends in UTC. */
function windowsOf(place: Hours, from: string, to: string): string[] {
  const found: string[] = []
  let start = startOfNextWindow(place, at(from))
  while (start && start < at(to)) {
    let end = plusWorking(place, start, 1)
    // To the end of the window: as long as it works on without a break.
    for (let step = 4 * HOUR; step >= 1; step = Math.floor(step / 2))
      while (workingTime(place, start, plus(end, step)) === plus(end, step).getTime() - start.getTime())
        end = plus(end, step)
    found.push(`${utc(start)} ${utc(end)}`)
    start = startOfNextWindow(place, end)
  }
  return found
}

describe('a department that works from Monday to Friday, 7 to 16 in Chicago', () => {
  const place = hours()
  it.each<[string, string, boolean, string, string]>([
    // at (Chicago is UTC-6), whether it works, the end of the last window, the start of the next
    ['on Monday at 9', '2026-03-02T15:00Z', true, '2026-02-27T22:00Z', '2026-03-03T13:00Z'],
    ['on Monday at 7, to the millisecond', '2026-03-02T13:00Z', true, '2026-02-27T22:00Z', '2026-03-02T13:00Z'],
    ['1 ms before', '2026-03-02T12:59:59.999Z', false, '2026-02-27T22:00Z', '2026-03-02T13:00Z'],
    ['1 ms before 16', '2026-03-02T21:59:59.999Z', true, '2026-02-27T22:00Z', '2026-03-03T13:00Z'],
    ['at 16', '2026-03-02T22:00Z', false, '2026-03-02T22:00Z', '2026-03-03T13:00Z'],
    ['on Saturday', '2026-03-07T18:00Z', false, '2026-03-06T22:00Z', '2026-03-09T12:00Z'],
    ['on Sunday night, in spring', '2026-03-09T04:00Z', false, '2026-03-06T22:00Z', '2026-03-09T12:00Z'],
  ])('%s', (_, instant, works, last, next) => {
    expect(isWorking(place, at(instant))).toBe(works)
    expect(utc(endOfLastWindowBefore(place, at(instant)))).toBe(last)
    expect(utc(startOfNextWindow(place, at(instant)))).toBe(next)
  })

  it.each<[string, string, number, string]>([
    ['within a window', '2026-03-02T15:00Z', 4 * HOUR, '2026-03-02T19:00Z'],
    ['to the very end of it', '2026-03-02T15:00Z', 7 * HOUR, '2026-03-02T22:00Z'],
    ['over a night', '2026-03-02T20:00Z', 4 * HOUR, '2026-03-03T15:00Z'],
    ['from a night', '2026-03-03T03:00Z', 4 * HOUR, '2026-03-03T17:00Z'],
    ['over a weekend, in which summer begins', '2026-03-06T20:00Z', 4 * HOUR, '2026-03-09T14:00Z'],
    ['a working week', '2026-03-02T13:00Z', 45 * HOUR, '2026-03-06T22:00Z'],
    ['nothing', '2026-03-07T18:00Z', 0, '2026-03-07T18:00Z'],
  ])('%s', (_, from, ms, until) => {
    expect(utc(plusWorking(place, at(from), ms))).toBe(until)
    expect(workingTime(place, at(from), at(until))).toBe(ms)
  })

  it('does not count backwards', () => {
    expect(workingTime(place, at('2026-03-03T15:00Z'), at('2026-03-02T15:00Z'))).toBe(0)
    expect(plusWorking(place, at('2026-03-02T15:00Z'), -HOUR)).toEqual(at('2026-03-02T15:00Z'))
  })
})

describe('windows on the line of time', () => {
  const [chicago, berlin] = [{ timezone: 'America/Chicago' }, { timezone: 'Europe/Berlin' }]
  it.each<[string, Partial<Hours>, string, string, string[]]>([
    [
      'several a day',
      { week: 'mon-fri 07:00-12:00, 13:00-16:00' },
      '2026-03-02T00:00Z',
      '2026-03-03T00:00Z',
      ['2026-03-02T13:00Z 2026-03-02T18:00Z', '2026-03-02T19:00Z 2026-03-02T22:00Z'],
    ],
    [
      'spring in Chicago: a night shift of 7 hours instead of 8',
      { ...chicago, week: 'sat 22:00-06:00' },
      '2026-03-07T12:00Z',
      '2026-03-09T00:00Z',
      ['2026-03-08T04:00Z 2026-03-08T11:00Z'],
    ],
    [
      'spring in Chicago: a window that begins in the hour that is not there',
      { ...chicago, week: 'sun 02:30-05:00' },
      '2026-03-07T12:00Z',
      '2026-03-09T00:00Z',
      ['2026-03-08T08:00Z 2026-03-08T10:00Z'],
    ],
    [
      'spring in Chicago: one that ends in it',
      { ...chicago, week: 'sun 01:00-02:30' },
      '2026-03-07T12:00Z',
      '2026-03-09T00:00Z',
      ['2026-03-08T07:00Z 2026-03-08T08:00Z'],
    ],
    [
      'spring in Chicago: one inside it does not take place',
      { ...chicago, week: 'sun 02:10-02:50' },
      '2026-03-07T12:00Z',
      '2026-03-09T00:00Z',
      [],
    ],
    [
      'autumn in Chicago: a night shift of 9 hours',
      { ...chicago, week: 'sat 22:00-06:00' },
      '2026-10-31T12:00Z',
      '2026-11-02T00:00Z',
      ['2026-11-01T03:00Z 2026-11-01T12:00Z'],
    ],
    [
      'autumn in Chicago: a window in the hour that comes twice takes the first',
      { ...chicago, week: 'sun 01:15-01:45' },
      '2026-10-31T12:00Z',
      '2026-11-02T00:00Z',
      ['2026-11-01T06:15Z 2026-11-01T06:45Z'],
    ],
    [
      'autumn in Chicago: one over it has both',
      { ...chicago, week: 'sun 01:00-02:00' },
      '2026-10-31T12:00Z',
      '2026-11-02T00:00Z',
      ['2026-11-01T06:00Z 2026-11-01T08:00Z'],
    ],
    [
      'autumn in Chicago: two that meet in it still meet',
      { ...chicago, week: 'sun 00:00-01:30, 01:30-03:00' },
      '2026-10-31T12:00Z',
      '2026-11-02T00:00Z',
      ['2026-11-01T05:00Z 2026-11-01T09:00Z'],
    ],
    [
      'spring in Berlin: the day after begins an hour earlier by UTC',
      { ...berlin, week: 'fri 08:00-17:00; mon 08:00-17:00' },
      '2026-03-27T00:00Z',
      '2026-03-31T00:00Z',
      ['2026-03-27T07:00Z 2026-03-27T16:00Z', '2026-03-30T06:00Z 2026-03-30T15:00Z'],
    ],
    [
      'spring in Berlin: a window in the missing hour',
      { ...berlin, week: 'sun 02:00-03:00, 04:00-05:00' },
      '2026-03-28T12:00Z',
      '2026-03-30T00:00Z',
      ['2026-03-29T02:00Z 2026-03-29T03:00Z'],
    ],
    [
      'autumn in Berlin: a window over the doubled hour',
      { ...berlin, week: 'sun 01:30-03:30' },
      '2026-10-24T12:00Z',
      '2026-10-26T00:00Z',
      ['2026-10-24T23:30Z 2026-10-25T02:30Z'],
    ],
    [
      'a zone whose midnight is missing in spring (Beirut)',
      { timezone: 'Asia/Beirut', week: 'sun 00:00-04:00' },
      '2026-03-28T12:00Z',
      '2026-03-29T12:00Z',
      ['2026-03-28T22:00Z 2026-03-29T01:00Z'],
    ],
    [
      'half an hour: India',
      { timezone: 'Asia/Kolkata', week: 'mon 09:30-18:00' },
      '2026-03-02T00:00Z',
      '2026-03-03T00:00Z',
      ['2026-03-02T04:00Z 2026-03-02T12:30Z'],
    ],
    [
      'a quarter: Nepal',
      { timezone: 'Asia/Kathmandu', week: 'mon 09:00-17:00' },
      '2026-03-02T00:00Z',
      '2026-03-03T00:00Z',
      ['2026-03-02T03:15Z 2026-03-02T11:15Z'],
    ],
    [
      'summer time of half an hour: Lord Howe, in autumn (April)',
      { timezone: 'Australia/Lord_Howe', week: 'sun 01:00-03:00' },
      '2026-04-04T00:00Z',
      '2026-04-05T12:00Z',
      ['2026-04-04T14:00Z 2026-04-04T16:30Z'],
    ],
    [
      'ahead of everybody: Monday in Kiritimati is Sunday by UTC',
      { timezone: 'Pacific/Kiritimati', week: 'mon-fri 08:00-16:00' },
      '2026-02-28T12:00Z',
      '2026-03-02T12:00Z',
      ['2026-03-01T18:00Z 2026-03-02T02:00Z'],
    ],
    [
      'the day that Apia left out, a Friday',
      { timezone: 'Pacific/Apia', week: 'thu-sat 08:00-16:00' },
      '2011-12-29T00:00Z',
      '2012-01-01T12:00Z',
      ['2011-12-29T18:00Z 2011-12-30T02:00Z', '2011-12-30T18:00Z 2011-12-31T02:00Z'],
    ],
    [
      'a night into the day that Apia left out ends where the next one begins',
      { timezone: 'Pacific/Apia', week: 'thu 22:00-06:00' },
      '2011-12-29T12:00Z',
      '2012-01-01T12:00Z',
      ['2011-12-30T08:00Z 2011-12-30T10:00Z'],
    ],
    [
      'the day that Kiritimati left out, a Saturday (31 December 1994)',
      { timezone: 'Pacific/Kiritimati', week: 'fri-sun 08:00-16:00' },
      '1994-12-30T12:00Z',
      '1995-01-02T00:00Z',
      ['1994-12-30T18:00Z 1994-12-31T02:00Z', '1994-12-31T18:00Z 1995-01-01T02:00Z'],
    ],
    [
      'a leap day',
      { timezone: 'UTC', week: 'tue 22:00-06:00' },
      '2028-02-28T00:00Z',
      '2028-03-02T00:00Z',
      ['2028-02-29T22:00Z 2028-03-01T06:00Z'],
    ],
    [
      'the day after February without one',
      { timezone: 'UTC', week: 'sun 22:00-06:00' },
      '2027-02-27T00:00Z',
      '2027-03-02T00:00Z',
      ['2027-02-28T22:00Z 2027-03-01T06:00Z'],
    ],
    [
      'a week that begins on Sunday night',
      { timezone: 'UTC', week: 'sun 22:00-06:00; mon 22:00-24:00' },
      '2026-03-01T00:00Z',
      '2026-03-03T12:00Z',
      ['2026-03-01T22:00Z 2026-03-02T06:00Z', '2026-03-02T22:00Z 2026-03-03T00:00Z'],
    ],
  ])('%s', (_, about, from, to, windows) => {
    expect(windowsOf(hours({ holidays: null, ...about }), from, to)).toEqual(windows)
  })
})

describe('dates off and dates open', () => {
  const utcHours = { timezone: 'UTC', week: 'mon-fri 08:00-16:00' }
  it.each<[string, Partial<Hours>, string, string, string[]]>([
    [
      'Thanksgiving in the United States',
      { ...utcHours, holidays: 'US' },
      '2026-11-25T00:00Z',
      '2026-11-28T00:00Z',
      ['2026-11-25T08:00Z 2026-11-25T16:00Z', '2026-11-27T08:00Z 2026-11-27T16:00Z'],
    ],
    [
      'in California the Friday is one too',
      { ...utcHours, holidays: 'US-CA' },
      '2026-11-25T00:00Z',
      '2026-11-28T00:00Z',
      ['2026-11-25T08:00Z 2026-11-25T16:00Z'],
    ],
    [
      'Epiphany in Bavaria',
      { ...utcHours, holidays: 'DE-BY' },
      '2026-01-05T00:00Z',
      '2026-01-08T00:00Z',
      ['2026-01-05T08:00Z 2026-01-05T16:00Z', '2026-01-07T08:00Z 2026-01-07T16:00Z'],
    ],
    [
      'no Epiphany in Germany as a whole',
      { ...utcHours, holidays: 'DE' },
      '2026-01-06T00:00Z',
      '2026-01-07T00:00Z',
      ['2026-01-06T08:00Z 2026-01-06T16:00Z'],
    ],
    [
      'a holiday on a Saturday is kept on the Friday',
      { ...utcHours, holidays: 'US' },
      '2026-07-02T00:00Z',
      '2026-07-06T00:00Z',
      ['2026-07-02T08:00Z 2026-07-02T16:00Z'],
    ],
    [
      "the first of January is kept in the year before (2027's last day)",
      { ...utcHours, holidays: 'US' },
      '2027-12-30T00:00Z',
      '2028-01-04T00:00Z',
      ['2027-12-30T08:00Z 2027-12-30T16:00Z', '2028-01-03T08:00Z 2028-01-03T16:00Z'],
    ],
    [
      'a feast of several days (Korea)',
      { ...utcHours, holidays: 'KR' },
      '2026-09-23T00:00Z',
      '2026-09-29T00:00Z',
      ['2026-09-23T08:00Z 2026-09-23T16:00Z', '2026-09-28T08:00Z 2026-09-28T16:00Z'],
    ],
    [
      'half a holiday leaves the day as it is (Iceland, Christmas Eve)',
      { ...utcHours, holidays: 'IS' },
      '2026-12-24T00:00Z',
      '2026-12-26T00:00Z',
      ['2026-12-24T08:00Z 2026-12-24T16:00Z'],
    ],
    [
      'a country that is not known has none',
      { ...utcHours, holidays: 'XX' },
      '2026-12-25T00:00Z',
      '2026-12-26T00:00Z',
      ['2026-12-25T08:00Z 2026-12-25T16:00Z'],
    ],
    [
      'a date of its own',
      { ...utcHours, off: ['2026-03-03'] },
      '2026-03-02T00:00Z',
      '2026-03-05T00:00Z',
      ['2026-03-02T08:00Z 2026-03-02T16:00Z', '2026-03-04T08:00Z 2026-03-04T16:00Z'],
    ],
    [
      'a holiday that is worked',
      { ...utcHours, holidays: 'US', open: ['2026-11-26'] },
      '2026-11-26T00:00Z',
      '2026-11-27T00:00Z',
      ['2026-11-26T08:00Z 2026-11-26T16:00Z'],
    ],
    [
      'a Saturday that is worked, as the Friday is',
      { ...utcHours, week: 'mon-thu 08:00-16:00; fri 08:00-12:00, 13:00-14:00', open: ['2026-11-28'] },
      '2026-11-28T00:00Z',
      '2026-11-30T00:00Z',
      ['2026-11-28T08:00Z 2026-11-28T12:00Z', '2026-11-28T13:00Z 2026-11-28T14:00Z'],
    ],
    [
      'a leap day off',
      { ...utcHours, off: ['2028-02-29'] },
      '2028-02-28T00:00Z',
      '2028-03-02T00:00Z',
      ['2028-02-28T08:00Z 2028-02-28T16:00Z', '2028-03-01T08:00Z 2028-03-01T16:00Z'],
    ],
    [
      'nights over a holiday: the eve goes on to its end, the one of the holiday does not take place',
      { timezone: 'America/Chicago', week: 'mon-sun 22:00-06:00', holidays: 'US' },
      '2026-12-24T12:00Z',
      '2026-12-27T16:00Z',
      ['2026-12-25T04:00Z 2026-12-25T12:00Z', '2026-12-27T04:00Z 2026-12-27T12:00Z'],
    ],
    [
      "the date is the department's: Christmas in Kiritimati",
      { timezone: 'Pacific/Kiritimati', week: 'mon-sun 08:00-16:00', off: ['2026-12-25'] },
      '2026-12-23T12:00Z',
      '2026-12-26T12:00Z',
      ['2026-12-23T18:00Z 2026-12-24T02:00Z', '2026-12-25T18:00Z 2026-12-26T02:00Z'],
    ],
    [
      'borrowed windows do not run into each other',
      { timezone: 'UTC', week: 'fri 05:00-12:00, 20:00-06:00; sun 05:30-08:00', open: ['2026-11-28'] },
      '2026-11-27T00:00Z',
      '2026-11-30T00:00Z',
      [
        '2026-11-27T05:00Z 2026-11-27T12:00Z',
        '2026-11-27T20:00Z 2026-11-28T12:00Z',
        '2026-11-28T20:00Z 2026-11-29T08:00Z',
      ],
    ],
  ])('%s', (_, about, from, to, windows) => {
    expect(windowsOf(hours(about), from, to)).toEqual(windows)
  })

  it.each<[string, boolean]>([
    ['US', true],
    ['US-CA', true],
    ['DE-BY', true],
    ['US-ZZ', false],
    ['XX', false],
    ['MC-1', false],
  ])('the holidays of %s are known: %s', (code, known) => expect(knowsHolidays(code)).toBe(known))

  it('public ones only, and no others of the day', () => {
    expect(isHoliday('US', '2026-02-14')).toBe(false)
    expect(isHoliday('US', '2026-12-25')).toBe(true)
    expect(isHoliday('AE', '2026-03-22')).toBe(true)
  })
})

describe('a department that always works, or never', () => {
  const never = hours({
    timezone: 'UTC',
    week: 'mon 08:00-16:00',
    off: Array.from({ length: 1200 }, (_, day) =>
      plus(at('2025-06-02T00:00Z'), day * DAY)
        .toISOString()
        .slice(0, 10),
    ),
  })
  const NOW = at('2026-12-01T12:00Z')

  it.each<[string, Hours | null]>([
    ['without hours', null],
    ['whose week cannot be read', hours({ week: 'now and then' })],
    ['in a zone that is not known', hours({ timezone: 'Mars/Base' })],
  ])('%s always works', (_, place) => {
    expect(isWorking(place, NOW)).toBe(true)
    expect(endOfLastWindowBefore(place, NOW)).toBeNull()
    expect(startOfNextWindow(place, NOW)).toBeNull()
    expect(workingTime(place, NOW, plus(NOW, DAY))).toBe(DAY)
    expect(plusWorking(place, NOW, DAY)).toEqual(plus(NOW, DAY))
    expect(onCallAt(place, NOW)).toBeNull()
    const clock = { start: plus(NOW, -DAY), deadline: plus(NOW, DAY), severity: 'normal' } as const
    expect(reminderInstant(place, NOW, clock)).toEqual(NOW)
  })

  it('day and night in one zone has no ends that matter', () => {
    const place = hours({ timezone: 'Europe/Berlin', week: 'mon-sun 00:00-24:00' })
    expect(isWorking(place, NOW)).toBe(true)
    expect(plusWorking(place, NOW, 400 * DAY)).toEqual(plus(NOW, 400 * DAY))
  })

  it('one that never works comes to an end: time goes by the clock', () => {
    expect(isWorking(never, NOW)).toBe(false)
    expect(endOfLastWindowBefore(never, NOW)).toBeNull()
    expect(startOfNextWindow(never, NOW)).toBeNull()
    expect(workingTime(never, NOW, plus(NOW, 365 * DAY))).toBe(0)
    expect(plusWorking(never, NOW, 4 * HOUR)).toEqual(plus(NOW, 4 * HOUR))
    const clock = { start: plus(NOW, -DAY), deadline: plus(NOW, DAY), severity: 'normal' } as const
    expect(reminderInstant(never, NOW, clock)).toEqual(NOW)
  })

  it('an hour a week for ten years is too long to wait', () => {
    const rarely = hours({ timezone: 'UTC', week: 'mon 08:00-09:00' })
    const until = plusWorking(rarely, NOW, 3650 * DAY)
    expect(until.getTime()).toBeLessThan(plus(NOW, 3650 * DAY + 3700 * DAY).getTime())
  })

  it('an instant that is none comes to an end', () => {
    const nothing = new Date(Number.NaN)
    expect(isWorking(hours(), nothing)).toBe(false)
    expect(startOfNextWindow(hours(), nothing)).toBeNull()
    expect(endOfLastWindowBefore(hours(), nothing)).toBeNull()
  })
})

describe('when a reminder is sent', () => {
  // From Monday to Friday, 7 to 16 in Chicago, which is 13 to 22 by UTC. 6 March is a Friday.
  const FRIDAY = '2026-03-06T15:00Z'
  it.each<[string, string, string, string, string]>([
    // meant for, the start of the clock, the deadline, when it is sent
    ['in working hours', '2026-03-06T20:00Z', FRIDAY, '2026-03-07T15:00Z', '2026-03-06T20:00Z'],
    ['on Friday night, before a Saturday', '2026-03-07T03:00Z', FRIDAY, '2026-03-07T15:00Z', '2026-03-06T22:00Z'],
    ['on Saturday morning', '2026-03-07T14:00Z', FRIDAY, '2026-03-07T15:00Z', '2026-03-06T22:00Z'],
    ['on Sunday, before Monday noon', '2026-03-09T01:00Z', FRIDAY, '2026-03-09T17:00Z', '2026-03-06T22:00Z'],
    ['before work on Monday', '2026-03-09T11:59Z', FRIDAY, '2026-03-09T17:00Z', '2026-03-06T22:00Z'],
    ['at the very end of a window', '2026-03-06T22:00Z', FRIDAY, '2026-03-07T15:00Z', '2026-03-06T22:00Z'],
    ['the deadline, on a Saturday', '2026-03-07T15:00Z', FRIDAY, '2026-03-07T15:00Z', '2026-03-07T15:00Z'],
    ['over it, on a Saturday', '2026-03-07T19:00Z', FRIDAY, '2026-03-07T15:00Z', '2026-03-07T19:00Z'],
    [
      'of a clock that started after work',
      ...['2026-03-07T14:00Z', '2026-03-06T22:30Z', '2026-03-07T15:00Z', '2026-03-07T14:00Z'],
    ],
    [
      'of a clock that started when work ended',
      ...['2026-03-07T14:00Z', '2026-03-06T22:00Z', '2026-03-07T15:00Z', '2026-03-07T14:00Z'],
    ],
  ] as [string, string, string, string, string][])('%s', (_, nominal, start, deadline, sent) => {
    const clock = { start: at(start), deadline: at(deadline) }
    for (const severity of ['normal', 'serious'] as const)
      expect(utc(reminderInstant(hours(), at(nominal), { ...clock, severity }))).toBe(sent)
    expect(utc(reminderInstant(hours(), at(nominal), { ...clock, severity: 'critical' }))).toBe(nominal)
  })

  it('over Christmas it is brought forward by days', () => {
    const place = hours({ holidays: 'US', off: ['2026-12-24', '2026-12-28'] })
    const clock = { start: at('2026-12-20T12:00Z'), deadline: at('2026-12-29T12:00Z'), severity: 'normal' } as const
    expect(utc(reminderInstant(place, at('2026-12-29T11:00Z'), clock))).toBe('2026-12-23T22:00Z')
  })
})

describe('on call', () => {
  const place = hours({
    holidays: 'US',
    onCall: [
      { person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' },
      { person: 'U0DAY', week: 'sat-sun 06:00-18:00' },
      { person: 'U0NOBODY', week: 'never' },
    ],
  })
  it.each<[string, string, string | null]>([
    ['in working hours', '2026-03-02T18:00Z', null],
    ['after work', '2026-03-02T22:00Z', 'U0NIGHT'],
    ['before work', '2026-03-03T12:59Z', 'U0NIGHT'],
    ['when work begins', '2026-03-03T13:00Z', null],
    ['at the weekend', '2026-03-07T18:00Z', 'U0DAY'],
    ['where two are, the first', '2026-03-07T12:30Z', 'U0NIGHT'],
    ['on a holiday, by its own windows', '2026-12-25T18:00Z', null],
    ['on the night of a holiday', '2026-12-25T23:00Z', 'U0NIGHT'],
  ])('%s', (_, instant, person) => expect(onCallAt(place, at(instant))).toBe(person))
})

const ZONES = ['America/Chicago', 'Europe/Berlin', 'Pacific/Apia', 'Pacific/Kiritimati', 'Asia/Kolkata', 'UTC']
const WEEKS = [
  ...['mon-fri 07:00-16:00', 'mon-fri 07:00-12:00, 13:00-16:00; sat 09:00-12:00', 'sat 22:00-06:00; sun 02:10-02:50'],
  ...['mon-sun 22:00-06:00', 'mon-sun 00:00-24:00', 'wed 01:30-02:30', 'sun 01:00-02:00, 02:00-03:00'],
]
const places: fc.Arbitrary<Hours> = fc
  .record({
    timezone: fc.constantFrom(...ZONES),
    week: fc.constantFrom(...WEEKS),
    holidays: fc.constantFrom(null, 'US-CA', 'DE-BY'),
    off: fc.subarray(['2026-03-08', '2026-03-09', '2026-10-25', '2026-12-24', '2028-02-29']),
    open: fc.subarray(['2026-03-07', '2026-03-29', '2026-11-26', '2026-12-25', '2028-02-26']),
  })
  .map(hours)
/** Around the days on which something is odd. */
const instants = fc
  .tuple(
    fc.constantFrom(
      ...['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2026-12-25', '2028-02-29', '2011-12-30'],
    ),
    fc.integer({ min: -4 * 24 * 60, max: 4 * 24 * 60 }),
    fc.constantFrom(0, 0, 1, -1),
  )
  .map(([day, minutes, ms]) => plus(at(`${day}T00:00Z`), minutes * MINUTE + ms))
const spans = fc.integer({ min: 0, max: 60 * 60 }).map((minutes) => minutes * MINUTE)

/** The plain telling, minute by minute: whether a clock on the wall is inside a window. No holidays. */
const shows = (place: Hours, instant: Date): boolean => {
  const wall = DateTime.fromJSDate(instant, { zone: place.timezone })
  const minutes = wall.hour * 60 + wall.minute
  const inside = (day: number, windows: [number, number][]) =>
    windows.some(([start, end]) => day === wall.weekday && minutes >= start * 60 && minutes < end * 60)
  return (
    [1, 2, 3, 4, 5].some((day) =>
      inside(day, [
        [7, 12],
        [13, 16],
      ]),
    ) || inside(6, [[9, 12]])
  )
}

describe('whatever the hours', () => {
  it('it works when a clock on its wall shows a time in a window', () => {
    const week = 'mon-fri 07:00-12:00, 13:00-16:00; sat 09:00-12:00'
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (timezone, instant) => {
        const place = hours({ timezone, week })
        expect(isWorking(place, instant)).toBe(shows(place, instant))
      }),
      { numRuns: 250 },
    )
  })

  it('an end is behind, a start ahead, and between them it is off', () => {
    fc.assert(
      fc.property(places, instants, (place, instant) => {
        const [last, next] = [endOfLastWindowBefore(place, instant), startOfNextWindow(place, instant)]
        if (last) expect(last <= instant && isWorking(place, plus(last, -1))).toBe(true)
        if (next) expect(next >= instant && isWorking(place, next)).toBe(true)
        if (isWorking(place, instant) || !last || !next) return
        expect(workingTime(place, last, next)).toBe(0)
        expect(isWorking(place, last)).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('working time adds up, and never exceeds the time', () => {
    fc.assert(
      fc.property(places, instants, spans, spans, (place, from, one, two) => {
        const [middle, to] = [plus(from, one), plus(from, one + two)]
        const whole = workingTime(place, from, to)
        expect(whole).toBe(workingTime(place, from, middle) + workingTime(place, middle, to))
        expect(whole >= 0 && whole <= one + two).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('plusWorking is the first instant by which that much was worked, and grows with both', () => {
    fc.assert(
      fc.property(places, instants, spans, spans, (place, from, ms, more) => {
        const until = plusWorking(place, from, ms)
        expect(workingTime(place, from, until)).toBe(ms)
        if (ms > 0) expect(workingTime(place, from, plus(until, -1))).toBe(ms - 1)
        expect(plusWorking(place, from, ms + more) >= until).toBe(true)
        expect(plusWorking(place, plus(from, more), ms) >= until).toBe(true)
        expect(plusWorking(place, from, workingTime(place, from, plus(from, more))) <= plus(from, more)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('a reminder is never late, never before its clock, only brought to the end of a window, and keeps its turn', () => {
    fc.assert(
      fc.property(
        places,
        instants,
        spans,
        spans,
        fc.constantFrom(...SEVERITIES),
        (place, nominal, since, until, severity) => {
          const clock = { start: plus(nominal, -since), deadline: plus(nominal, until - 30 * HOUR), severity }
          const sent = reminderInstant(place, nominal, clock)
          expect(sent <= nominal && (sent > clock.start || sent.getTime() === nominal.getTime())).toBe(true)
          if (severity === 'critical' || nominal >= clock.deadline) expect(sent).toEqual(nominal)
          if (sent < nominal) {
            expect(isWorking(place, plus(sent, -1)) && !isWorking(place, nominal)).toBe(true)
            expect(workingTime(place, sent, nominal)).toBe(0)
          }
          expect(reminderInstant(place, plus(nominal, 7 * MINUTE), clock) >= sent).toBe(true)
        },
      ),
      { numRuns: 250 },
    )
  })

  it('what was reckoned before changes nothing', () => {
    fc.assert(
      fc.property(places, fc.array(instants, { maxLength: 8 }), (place, several) => {
        for (const instant of several)
          expect(isWorking(place, instant)).toBe(isWorking(structuredClone(place), instant))
      }),
      { numRuns: 100 },
    )
  })
})

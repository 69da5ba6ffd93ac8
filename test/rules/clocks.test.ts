import { describe, expect, it } from 'vitest'
import {
  COMPANY_AFTER,
  newestReminder,
  nextDeadline,
  nextReminder,
  type Reminding,
  remindingOf,
  runningClock,
} from '../../src/complaint/clocks.ts'
import { HOUR, MINUTE } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Clock, Complaint } from '../../src/complaint/types.ts'
import { hours, POLICY } from '../support/setups.ts'
import { at, closed, FILED, filed, fixRemotely, frozen, moveCallback, owned, reached, reopen, run } from './given.ts'

const clockDue = (dueAt: Date, remindedTo = FILED): Clock =>
  frozen({ seq: 1, startedAt: FILED, dueAt, remindedTo, companyToldAt: null })
/** By these offsets, in a department that always works. */
const by = (offsets: readonly number[], overdueEvery = EVERY, about: Partial<Reminding> = {}): Reminding =>
  frozen({ offsets, overdueEvery, hours: null, severity: 'normal', start: FILED, ...about })
const RESPONSE = POLICY.remind.response
const CALLBACK = POLICY.remind.callback
const EVERY = 4 * HOUR

describe('the next reminder of the response clock, due at 24', () => {
  it.each<[string, Date, Date]>([
    ['from the start', at(0), at(12)],
    ['1 ms before the first', at(12, -1), at(12)],
    ['at the first', at(12), at(20)],
    ['at the second', at(20), at(23)],
    ['1 ms before the third', at(23, -1), at(23)],
    ['at the third', at(23), at(24)],
    ['1 ms before the deadline', at(24, -1), at(24)],
    ['at the deadline', at(24), at(28)],
    ['1 ms over', at(24, 1), at(28)],
    ['1 ms before 4 h over', at(28, -1), at(28)],
    ['4 h over', at(28), at(32)],
    ['a month over', at(24 + 720, 1), at(24 + 724)],
  ])('%s', (_, after, next) => {
    expect(nextReminder(clockDue(at(24), after), by(RESPONSE))).toEqual(next)
  })
})

describe('the next reminder of the callback clock, due at 4', () => {
  it.each<[Date, Date]>([
    [at(0), at(3)],
    [at(3), at(3.75)],
    [at(3.75), at(4)],
    [at(4), at(8)],
    [at(8), at(12)],
  ])('after %o', (after, next) => {
    expect(nextReminder(clockDue(at(4), after), by(CALLBACK))).toEqual(next)
  })
})

describe('the next reminder under odd policies, due at 24', () => {
  it.each<[string, readonly number[], number, Date, Date]>([
    ['no warnings: the deadline is first', [], EVERY, at(0), at(24)],
    ['no warnings, then over', [], EVERY, at(24), at(28)],
    ['every hour', [], HOUR, at(24.5), at(25)],
    ['every hour, on the hour', [], HOUR, at(25), at(26)],
    ['every three hours', [], 3 * HOUR, at(27), at(30)],
    ['unsorted: the earliest still to come', [HOUR, 12 * HOUR, 4 * HOUR], EVERY, at(0), at(12)],
    ['unsorted: the earliest still to come, later', [HOUR, 12 * HOUR, 4 * HOUR], EVERY, at(12), at(20)],
    ['twice the same', [HOUR, HOUR], EVERY, at(23), at(24)],
    ['longer than the clock itself', [48 * HOUR, HOUR], EVERY, at(0), at(23)],
    ['a warning at the deadline', [0], EVERY, at(0), at(24)],
    ['a warning at the deadline, at it', [0], EVERY, at(24), at(28)],
  ])('%s', (_, offsets, every, after, next) => {
    expect(nextReminder(clockDue(at(24), after), by(offsets, every))).toEqual(next)
  })
})

describe('the newest reminder of the response clock, due at 24', () => {
  it.each<[string, Date, Date, number | null]>([
    ['nothing yet', at(0), at(12, -1), null],
    ['the first, to the millisecond', at(0), at(12), -12 * HOUR],
    ['the first, seen late', at(0), at(19.9), -12 * HOUR],
    ['the first was sent', at(12), at(20, -1), null],
    ['the second', at(12), at(20), -4 * HOUR],
    ['the third', at(20), at(23), -HOUR],
    ['the deadline', at(23), at(24), 0],
    ['the deadline was sent', at(24), at(28, -1), null],
    ['4 h over', at(24), at(28), 4 * HOUR],
    ['8 h over', at(28), at(32), 8 * HOUR],
    ['down over two warnings: the newer', at(0), at(21), -4 * HOUR],
    ['down over everything before the deadline', at(0), at(24, -1), -HOUR],
    ['down over the deadline', at(0), at(24), 0],
    ['down over the deadline, up before 4 h', at(0), at(28, -1), 0],
    ['down for a week', at(0), at(24 + 169, 1), 168 * HOUR],
    ['down for a week after being over', at(28), at(24 + 169), 168 * HOUR],
    ['the clock went back', at(23), at(13), null],
    ['no time passed', at(12), at(12), null],
  ])('%s', (_, after, now, offset) => {
    expect(newestReminder(clockDue(at(24), after), by(RESPONSE), now)).toBe(offset)
  })

  it.each<[string, readonly number[], number, Date, Date, number | null]>([
    ['no warnings', [], EVERY, at(0), at(24, -1), null],
    ['no warnings, the deadline', [], EVERY, at(0), at(24), 0],
    ['every hour', [], HOUR, at(24), at(26.5), 2 * HOUR],
    ['every three hours', [], 3 * HOUR, at(24), at(27, -1), null],
    ['every three hours, the second', [], 3 * HOUR, at(27), at(30), 6 * HOUR],
    ['unsorted', [HOUR, 12 * HOUR, 4 * HOUR], EVERY, at(0), at(20), -4 * HOUR],
    ['twice the same', [HOUR, HOUR], EVERY, at(23), at(23.5), null],
    ['longer than the clock itself', [48 * HOUR], EVERY, at(0), at(1), null],
  ])('%s, by an odd policy', (_, offsets, every, after, now, offset) => {
    expect(newestReminder(clockDue(at(24), after), by(offsets, every), now)).toBe(offset)
  })
})

describe('offsets past when the clock starts are not sent', () => {
  it.each<[string, Complaint, Date]>([
    ['told 13 h ago: 12 h before is gone', filed({ toldAt: at(-13) }), at(7)],
    ['told 12 h ago: 12 h before is now, and gone', filed({ toldAt: at(-12) }), at(8)],
    ['told 12 h ago but for 1 ms: it comes', filed({ toldAt: at(-12, 1) }), at(0, 1)],
    ['told 23.5 h ago: only the deadline is left', filed({ toldAt: at(-23.5) }), at(0.5)],
    ['told 24 h ago: the deadline is now, and gone', filed({ toldAt: at(-24) }), at(4)],
    ['told 25 h ago: over already', filed({ toldAt: at(-25) }), at(3)],
    ['told 30 days ago', filed({ toldAt: at(-720) }), at(4)],
  ])('%s', (_, complaint, next) => {
    expect(timersOf(complaint, null).response).toEqual(next)
  })

  it.each<[number, Date]>([
    [5 * MINUTE, at(0, 5 * MINUTE)],
    [15 * MINUTE, at(0, 15 * MINUTE)],
    [20 * MINUTE, at(0, 5 * MINUTE)],
    [HOUR, at(0.75)],
    [HOUR + 1, at(0, 1)],
  ])('a call promised in %i ms', (away, next) => {
    expect(timersOf(filed({ promisedBy: at(0, away) }), null).callback).toEqual(next)
  })
})

describe('the clocks of a complaint', () => {
  const settled = () => run(owned(), [reached({ settled: true }), at(1)])
  const honoured = () => run(owned(), [fixRemotely(), at(1)])
  const moved = () => run(owned(), [moveCallback({ promisedBy: at(9) }), at(1)])
  const reopened = () => run(closed(), [reopen(), at(26)])

  it.each<[string, Complaint, Date | undefined, Date | undefined, Date | null]>([
    ['filed', filed(), at(12), at(3), at(4)],
    ['the promise further away than the response', filed({ promisedBy: at(30) }), at(12), at(29), at(24)],
    ['moved: the new promise counts', moved(), at(12), at(8), at(9)],
    ['settled: only the response', settled(), at(12), undefined, at(24)],
    ['honoured: only the promise', honoured(), undefined, at(3), at(4)],
    ['both done', run(settled(), [fixRemotely(), at(2)]), undefined, undefined, null],
    ['closed', closed(), undefined, undefined, null],
    ['reopened: new ones', reopened(), at(38), at(29), at(30)],
  ])('%s', (_, complaint, response, callback, deadline) => {
    const timers = timersOf(frozen(complaint), null)
    expect([timers.response, timers.callback]).toEqual([response, callback])
    expect(nextDeadline(complaint)).toEqual(deadline)
    expect(runningClock(complaint, 'response') === undefined).toBe(response === undefined)
    expect(runningClock(complaint, 'callback') === undefined).toBe(callback === undefined)
  })

  it('go by the policy, each by its own', () => {
    const complaint = filed({ toldAt: at(-2) })
    const [response, callback] = [runningClock(complaint, 'response'), runningClock(complaint, 'callback')]
    if (!response || !callback) throw new Error('No clock runs')
    const place = hours()
    // A response clock runs from before it could remind.
    expect(remindingOf(complaint, 'response', response, place)).toEqual(
      by([12 * HOUR, 4 * HOUR, HOUR], EVERY, { hours: place }),
    )
    expect(remindingOf(complaint, 'callback', callback, null)).toEqual(by([HOUR, 15 * MINUTE]))
    expect(COMPANY_AFTER).toBe(4 * HOUR)
  })
})

/*
 * From Monday to Friday, 7 to 16 in Chicago. FILED is Monday at 9, so the windows go from -2 to 7, 22 to 31, 46 to 55, 70 to
 * 79 and 94 to 103 on Friday; the next one begins on Monday at 165, an hour sooner than elsewhere: summer time.
 */
describe('a clock of a department that has hours', () => {
  const place = { hours: hours() }
  it.each<[string, Date, Date, Date]>([
    // due, reminded to, next
    ['12 h before is in the night: at the end of work', at(24), at(0), at(7)],
    ['and so are 4 h and 1 h, which have been dealt with then', at(24), at(23), at(24)],
    ['4 h before is in the night, 12 h before was not', at(16.5), at(4.5), at(7)],
    ['in working hours at its moment', at(30), at(18), at(26)],
    ['due on Saturday: on Friday at the end of work', at(120), at(97), at(103)],
    ['the deadline on Saturday keeps its instant', at(120), at(119), at(120)],
    ['and so does what is over it', at(120), at(120), at(124)],
    ['due on Monday noon: on Friday at the end of work', at(170), at(100), at(103)],
    ['due on Monday noon, at Monday for the last hour', at(170), at(166), at(169)],
  ])('%s', (_, due, remindedTo, next) => {
    expect(nextReminder(clockDue(due, remindedTo), by(RESPONSE, EVERY, place))).toEqual(next)
    const critical = nextReminder(clockDue(due, remindedTo), by(RESPONSE, EVERY, { ...place, severity: 'critical' }))
    expect(critical).toEqual(nextReminder(clockDue(due, remindedTo), by(RESPONSE)))
  })

  it.each<[string, Date, Date, Date, number | null]>([
    // due, reminded to, now, which
    ['before the end of work nothing', at(120), at(97), at(103, -1), null],
    ['at the end of work the last of those that come over the weekend', at(120), at(97), at(103), -HOUR],
    ['which is not sent again', at(120), at(119), at(119.5), null],
    ['the deadline', at(120), at(119), at(120), 0],
    ['down over the weekend: the newest', at(120), at(97), at(131), 8 * HOUR],
    ['down over the end of work', at(120), at(97), at(110), -HOUR],
    ['4 h before is in the night, 12 h before is not', at(16.5), at(0), at(4.5), -12 * HOUR],
  ])('%s', (_, due, remindedTo, now, offset) => {
    expect(newestReminder(clockDue(due, remindedTo), by(RESPONSE, EVERY, place), now)).toBe(offset)
  })

  it('that started after work warns when it is meant to', () => {
    const late = { ...place, start: at(104) }
    expect(nextReminder(clockDue(at(120), at(104)), by(RESPONSE, EVERY, late))).toEqual(at(108))
    expect(newestReminder(clockDue(at(120), at(104)), by(RESPONSE, EVERY, late), at(108, -1))).toBeNull()
    expect(newestReminder(clockDue(at(120), at(104)), by(RESPONSE, EVERY, late), at(108))).toBe(-12 * HOUR)
  })

  it('whose hours change meanwhile neither repeats nor loses a reminder', () => {
    // Sent on Friday at 16 for Saturday; then Saturdays are worked.
    const clock = clockDue(at(120), at(119))
    const open = { hours: hours({ week: 'mon-sat 07:00-16:00' }) }
    expect(nextReminder(clock, by(RESPONSE, EVERY, open))).toEqual(at(120))
    // Waiting for Saturday at 9, and then Saturdays are not worked any more: it comes at once.
    const waiting = clockDue(at(120), at(108))
    expect(nextReminder(waiting, by(RESPONSE, EVERY, place))).toEqual(at(103))
    expect(newestReminder(waiting, by(RESPONSE, EVERY, place), at(109))).toBe(-HOUR)
  })
})

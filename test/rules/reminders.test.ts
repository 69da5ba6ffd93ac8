import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorking, workingTime } from '../../src/complaint/calendar.ts'
import { runningClock } from '../../src/complaint/clocks.ts'
import { CLOCKS, type ClockName, type TimelineEvent } from '../../src/complaint/events.ts'
import { type Hours, SEVERITIES, type Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { climbed, decidePurely, FILED, file, REPORT, remind } from './given.ts'
import { scheduleOf } from './model.ts'
import { places, policies, setupWith } from './walking.ts'

type Reminded = Extract<TimelineEvent, { kind: 'reminded' }>

/** A complaint that nobody touches, under any policy, and the setup it lives in. */
interface Untouched {
  readonly complaint: Complaint
  readonly setup: Setup
  readonly hours: Hours | null
}

const untouchedIn = (hours: fc.Arbitrary<Hours | null>): fc.Arbitrary<Untouched> =>
  fc
    .record({
      policy: policies,
      toldBefore: fc.oneof(fc.constantFrom(0, 24 * HOUR), fc.integer({ min: 0, max: 3 * DAY })),
      promisedIn: fc.oneof(fc.constantFrom(15 * MINUTE, HOUR, 4 * HOUR), fc.integer({ min: 1, max: 5 * DAY })),
      // Whenever in the week.
      filed: fc.integer({ min: 0, max: 8 * 24 * 60 }).map((minutes) => plus(FILED, minutes * MINUTE)),
      severity: fc.constantFrom(...SEVERITIES),
      hours,
    })
    .map(({ policy, toldBefore, promisedIn, filed, severity, hours }) => {
      const setup = setupWith(hours, policy)
      const filing = { toldAt: plus(filed, -toldBefore), promisedBy: plus(filed, promisedIn) }
      const { complaint } = file({ ...filing, report: { ...REPORT, severity } }, filed, setup)
      return { complaint: climbed(complaint), setup, hours }
    })
const untouched = untouchedIn(fc.constant(null))

function tick(of: Untouched, now: Date): { next: Untouched; sent: Reminded[] } {
  const decision = decidePurely(of.complaint, remind, now, of.setup)
  if (!decision.ok) throw new Error('A reminder was refused')
  const events = decision.change.entries.map((entry) => entry.event)
  const next = { ...of, complaint: decision.change.complaint }
  return { next, sent: events.filter((event) => event.kind === 'reminded') }
}

const nextTimer = ({ complaint, hours }: Untouched): Date =>
  new Date(Math.min(...Object.values(timersOf(complaint, hours)).map((timer) => timer.getTime())))

/** What is expected of each clock until then, each entry as `[offset, company]`. */
const expectedOf = ({ complaint }: Untouched, name: ClockName, until: Date) => {
  const clock = runningClock(complaint, name)
  if (!clock) throw new Error(`${name} does not run`)
  const { remind } = complaint.policy
  const from = complaint.filedAt.getTime()
  return scheduleOf(clock.dueAt.getTime(), from, remind[name], remind.overdueEvery, until.getTime())
}

const of = (sent: readonly Reminded[], name: ClockName) =>
  sent.filter(({ clock }) => clock === name).map(({ offset, company }) => ({ offset, company }))

describe('reminders of a complaint that nobody touches', () => {
  it("each come once, at their moment, by PRODUCT's list, where the scheduler looks in time", () => {
    fc.assert(
      fc.property(untouched, fc.integer({ min: 0, max: 5 * SECOND }), (start, late) => {
        let state = start
        const sent: Reminded[] = []
        let now = start.complaint.filedAt
        for (let ticks = 0; ticks < 40; ticks += 1) {
          now = plus(nextTimer(state), late)
          const ticked = tick(state, now)
          expect(ticked.sent).not.toEqual([])
          sent.push(...ticked.sent)
          state = ticked.next
        }
        for (const name of CLOCKS) expect(of(sent, name)).toEqual(expectedOf(start, name, now))
      }),
      { numRuns: 100 },
    )
  })

  it('after any downtime are the newest that fell due, one of each clock', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 2 * DAY }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(untouched, gaps, (start, lengths) => {
        let state = start
        let now = start.complaint.filedAt
        for (const length of lengths) {
          const until = plus(now, length)
          const { sent, next } = tick(state, until)
          for (const name of CLOCKS) {
            const before = expectedOf(start, name, now).length
            const fallen = expectedOf(start, name, until).slice(before)
            expect(of(sent, name).map(({ offset }) => offset)).toEqual(fallen.slice(-1).map(({ offset }) => offset))
          }
          state = next
          now = until
        }
      }),
      { numRuns: 100 },
    )
  })

  it('do not come before their timer, and do come with it, whatever the hours', () => {
    fc.assert(
      fc.property(untouchedIn(places), fc.integer({ min: 0, max: 12 }), (start, ticks) => {
        let state = start
        for (let count = 0; count < ticks; count += 1) state = tick(state, nextTimer(state)).next
        const timers = timersOf(state.complaint, state.hours)
        const next = nextTimer(state)
        expect(tick(state, plus(next, -1)).sent).toEqual([])
        const due = CLOCKS.filter((name) => timers[name]?.getTime() === next.getTime())
        expect(tick(state, next).sent.map(({ clock }) => clock)).toEqual(due)
      }),
      { numRuns: 100 },
    )
  })

  it('of a department that has hours come once, none too late, none dropped, and forward only over time off', () => {
    fc.assert(
      fc.property(untouchedIn(places), (start) => {
        const { complaint, hours } = start
        let state = start
        const sent: (Reminded & { at: Date })[] = []
        let now = complaint.filedAt
        for (let ticks = 0; ticks < 20; ticks += 1) {
          now = nextTimer(state)
          const ticked = tick(state, now)
          sent.push(...ticked.sent.map((event) => ({ ...event, at: now })))
          state = ticked.next
        }
        for (const name of CLOCKS) {
          const dueAt = runningClock(complaint, name)?.dueAt ?? now
          const mine = sent.filter(({ clock }) => clock === name)
          expect(mine.map(({ offset }) => offset)).toEqual(
            [...new Set(mine.map(({ offset }) => offset))].sort((a, b) => a - b),
          )
          for (const { offset, at } of mine) {
            expect(at > complaint.filedAt).toBe(true)
            const moment = plus(dueAt, offset)
            if (at.getTime() === moment.getTime()) continue
            expect(at < moment && offset < 0 && complaint.report.severity !== 'critical').toBe(true)
            expect(workingTime(hours, at, moment)).toBe(0)
            expect(isWorking(hours, plus(at, -1)) && !isWorking(hours, moment)).toBe(true)
          }
          // What is on the list and was not sent was spoken for: by a later one, before it, in the same time off.
          for (const { offset } of expectedOf(start, name, now)) {
            const moment = plus(dueAt, offset)
            const spoken = mine.some(
              (one) =>
                one.offset === offset ||
                (one.offset > offset && one.at <= moment && workingTime(hours, one.at, moment) === 0),
            )
            expect(spoken).toBe(true)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})

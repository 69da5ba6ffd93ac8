import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runningClock, timersOf } from '../../src/complaint/clocks.ts'
import { CLOCKS, type ClockName, type TimelineEvent } from '../../src/complaint/events.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { POLICY, setupOf } from '../support/setups.ts'
import { decidePurely, FILED, file, remind } from './given.ts'
import { scheduleOf } from './model.ts'
import { policies } from './walking.ts'

type Reminded = Extract<TimelineEvent, { kind: 'reminded' }>

/** A complaint that nobody touches, under any policy. */
const untouched = fc
  .record({
    policy: policies,
    toldBefore: fc.oneof(fc.constantFrom(0, 24 * HOUR), fc.integer({ min: 0, max: 3 * DAY })),
    promisedIn: fc.oneof(fc.constantFrom(15 * MINUTE, HOUR, 4 * HOUR), fc.integer({ min: 1, max: 3 * DAY })),
  })
  .map(({ policy, toldBefore, promisedIn }) => {
    const filing = { toldAt: plus(FILED, -toldBefore), promisedBy: plus(FILED, promisedIn) }
    return file(filing, FILED, setupOf({ policy: { ...POLICY, ...policy } })).complaint
  })

function tick(complaint: Complaint, now: Date): { complaint: Complaint; sent: Reminded[] } {
  const decision = decidePurely(complaint, remind, now)
  if (!decision.ok) throw new Error('A reminder was refused')
  const events = decision.change.entries.map((entry) => entry.event)
  return { complaint: decision.change.complaint, sent: events.filter((event) => event.kind === 'reminded') }
}

const nextTimer = (complaint: Complaint): Date =>
  new Date(Math.min(...Object.values(timersOf(complaint)).map((timer) => timer.getTime())))

/** What is expected of each clock until then, each entry as `[offset, company]`. */
const expectedOf = (complaint: Complaint, name: ClockName, until: Date) => {
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
        let complaint = start
        const sent: Reminded[] = []
        let now = FILED
        for (let ticks = 0; ticks < 40; ticks += 1) {
          now = plus(nextTimer(complaint), late)
          const ticked = tick(complaint, now)
          expect(ticked.sent).not.toEqual([])
          sent.push(...ticked.sent)
          complaint = ticked.complaint
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
        let complaint = start
        let now = FILED
        for (const length of lengths) {
          const until = plus(now, length)
          const { sent, complaint: after } = tick(complaint, until)
          for (const name of CLOCKS) {
            const before = expectedOf(start, name, now).length
            const fallen = expectedOf(start, name, until).slice(before)
            expect(of(sent, name).map(({ offset }) => offset)).toEqual(fallen.slice(-1).map(({ offset }) => offset))
          }
          complaint = after
          now = until
        }
      }),
      { numRuns: 100 },
    )
  })

  it('do not come before their timer, and do come with it', () => {
    fc.assert(
      fc.property(untouched, fc.integer({ min: 0, max: 12 }), (start, ticks) => {
        let complaint = start
        for (let count = 0; count < ticks; count += 1) complaint = tick(complaint, nextTimer(complaint)).complaint
        const timers = timersOf(complaint)
        const next = nextTimer(complaint)
        expect(tick(complaint, plus(next, -1)).sent).toEqual([])
        const due = CLOCKS.filter((name) => timers[name]?.getTime() === next.getTime())
        expect(tick(complaint, next).sent.map(({ clock }) => clock)).toEqual(due)
      }),
      { numRuns: 100 },
    )
  })
})

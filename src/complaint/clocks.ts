import type { ClockName } from './events.ts'
import { visitTimer } from './replanning.ts'
import type { Policy } from './setup.ts'
import { HOUR, plus } from './time.ts'
import { type Clock, type Complaint, pendingPromise, runningResponse } from './types.ts'

/** From here over its deadline, a clock is told to the company channel (PRODUCT: "4 h over"). Milliseconds. */
export const COMPANY_AFTER = 4 * HOUR

/** The clock that is running under this name, if any. */
export const runningClock = (complaint: Complaint, name: ClockName): Clock | undefined =>
  name === 'response' ? runningResponse(complaint) : pendingPromise(complaint)

/** How long before the deadline each reminder of this clock comes, in milliseconds. */
export const offsetsOf = (policy: Policy, name: ClockName): readonly number[] => policy.remind[name]

/** The moments of a clock up to its deadline, as milliseconds from it. */
const moments = (offsets: readonly number[]): number[] => [...offsets.map((offset) => -offset), 0]

/** The first reminder of a clock after `after`: a warning, the deadline itself, or a multiple of `overdueEvery` over it. */
export function nextReminder(clock: Clock, offsets: readonly number[], overdueEvery: number, after: Date): Date {
  const from = after.getTime() - clock.dueAt.getTime()
  const repeat = Math.max(Math.floor(from / overdueEvery) + 1, 1) * overdueEvery
  return plus(clock.dueAt, Math.min(repeat, ...moments(offsets).filter((moment) => moment > from)))
}

/**
 * The newest reminder that fell due after `after` and no later than `now`, as milliseconds from the deadline; null where
 * there was none. What fell due before it in the meantime is not sent any more: after downtime a clock speaks once.
 */
export function newestReminder(
  clock: Clock,
  offsets: readonly number[],
  overdueEvery: number,
  after: Date,
  now: Date,
): number | null {
  const [from, to] = [after.getTime() - clock.dueAt.getTime(), now.getTime() - clock.dueAt.getTime()]
  const repeat = Math.max(Math.floor(to / overdueEvery), 0) * overdueEvery
  const fallen = [...moments(offsets), repeat].filter((moment) => moment > from && moment <= to)
  return fallen.length === 0 ? null : Math.max(...fallen)
}

export type TimerName = ClockName | 'visit'

/** When each running clock, and whatever else falls due, has to be looked at next. */
export function timersOf(complaint: Complaint): Partial<Record<TimerName, Date>> {
  const timers: Partial<Record<TimerName, Date>> = {}
  const visit = visitTimer(complaint)
  if (visit) timers.visit = visit
  for (const name of ['response', 'callback'] as const) {
    const clock = runningClock(complaint, name)
    if (!clock) continue
    const { policy } = complaint
    timers[name] = nextReminder(clock, offsetsOf(policy, name), policy.remind.overdueEvery, clock.remindedTo)
  }
  return timers
}

/** The deadline that runs out first, by which lists are sorted; null where no clock runs. */
export function nextDeadline(complaint: Complaint): Date | null {
  const due = [runningClock(complaint, 'response'), runningClock(complaint, 'callback')].flatMap((clock) =>
    clock ? [clock.dueAt.getTime()] : [],
  )
  return due.length === 0 ? null : new Date(Math.min(...due))
}

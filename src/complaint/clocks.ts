import { reminderInstant } from './calendar.ts'
import type { ClockName } from './events.ts'
import type { Hours, Severity } from './setup.ts'
import { HOUR, plus } from './time.ts'
import { type Clock, type Complaint, pendingPromise, runningResponse } from './types.ts'

/** From here over its deadline, a clock is told to the company channel (PRODUCT: "4 h over"). Milliseconds. */
export const COMPANY_AFTER = 4 * HOUR

/** The clock that is running under this name, if any. A duplicate's stand still. */
export function runningClock(complaint: Complaint, name: ClockName): Clock | undefined {
  if (complaint.duplicateOf !== null) return undefined
  return name === 'response' ? runningResponse(complaint) : pendingPromise(complaint)
}

/** What the reminders of a clock go by. */
export interface Reminding {
  /** How long before the deadline each warning comes, in milliseconds. */
  readonly offsets: readonly number[]
  /** How often it speaks over the deadline, in milliseconds. */
  readonly overdueEvery: number
  /** Those of the department: warnings keep to them. */
  readonly hours: Hours | null
  readonly severity: Severity
  /** No reminder comes before this. */
  readonly start: Date
}

/** How a clock of this name and complaint reminds; `hours` are its department's. */
export function remindingOf(complaint: Complaint, name: ClockName, clock: Clock, hours: Hours | null): Reminding {
  const { policy, report, filedAt } = complaint
  return {
    offsets: policy.remind[name],
    overdueEvery: policy.remind.overdueEvery,
    hours,
    severity: report.severity,
    // The response clock runs from when the customer told us, which was before anybody could be reminded.
    start: clock.startedAt > filedAt ? clock.startedAt : filedAt,
  }
}

/** The moments of a clock up to its deadline, as milliseconds from it. */
const moments = (offsets: readonly number[]): number[] => [...offsets.map((offset) => -offset), 0]

/** What of a clock its reminders go by. */
export type Due = Pick<Clock, 'dueAt' | 'remindedTo'>

/** When the reminder of a moment is sent: it may be brought forward. Of two moments the earlier never comes later. */
const instantOf = (clock: Due, { hours, severity, start }: Reminding, moment: number): Date =>
  reminderInstant(hours, plus(clock.dueAt, moment), { start, deadline: clock.dueAt, severity })

/**
 * When the first reminder comes whose moment is still ahead: a warning, the deadline itself, or a multiple of `overdueEvery`
 * over it. Moments are ahead that lie after `remindedTo`, also where the reminder of an earlier one was brought forward.
 */
export function nextReminder(clock: Due, by: Reminding): Date {
  const from = clock.remindedTo.getTime() - clock.dueAt.getTime()
  const repeat = Math.max(Math.floor(from / by.overdueEvery) + 1, 1) * by.overdueEvery
  return instantOf(clock, by, Math.min(repeat, ...moments(by.offsets).filter((moment) => moment > from)))
}

/**
 * The newest moment ahead whose reminder is due by `now`, as milliseconds from the deadline; null where there is none. The ones
 * before it are not sent any more: after downtime a clock speaks once, and so it does before a weekend.
 */
export function newestReminder(clock: Due, by: Reminding, now: Date): number | null {
  const from = clock.remindedTo.getTime() - clock.dueAt.getTime()
  const to = now.getTime() - clock.dueAt.getTime()
  const repeat = Math.max(Math.floor(to / by.overdueEvery), 0) * by.overdueEvery
  const ahead = [...moments(by.offsets), repeat].filter((moment) => moment > from)
  const fallen = ahead.filter((moment) => moment <= to || instantOf(clock, by, moment) <= now)
  return fallen.length === 0 ? null : Math.max(...fallen)
}

/** `remindedTo` once the reminder of `moment` was sent: a moment that was brought forward does not come again. */
export const remindedTo = (clock: Due, moment: number, now: Date): Date =>
  new Date(Math.max(now.getTime(), clock.dueAt.getTime() + moment))

/** The deadline that runs out first, by which lists are sorted; null where no clock runs. */
export function nextDeadline(complaint: Complaint): Date | null {
  const due = [runningClock(complaint, 'response'), runningClock(complaint, 'callback')].flatMap((clock) =>
    clock ? [clock.dueAt.getTime()] : [],
  )
  return due.length === 0 ? null : new Date(Math.min(...due))
}

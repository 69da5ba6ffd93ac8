import { IANAZone } from 'luxon'
import { isHoliday } from './holidays.ts'
import { parseWeek } from './hours.ts'
import type { Hours, Severity } from './setup.ts'
import { DAY, plus } from './time.ts'
import { Windows } from './windows.ts'

/*
 * When a department works, and what follows from it. Pure, but for a memory of what was reckoned already.
 *
 * - `hours` null: it always works. So does one whose hours can't be read, since nothing may wait for ever.
 * - A window holds its start and not its end. It belongs to the date on which it starts: a night shift that begins on the
 *   eve of a holiday goes on to its end, and one that would begin on the holiday does not take place.
 * - Times are what the department's clock shows: one that comes twice means the first time, one that spring leaves out
 *   means the moment after.
 * - A date in `off` is free, one in `open` is worked, holiday or not.
 */

/** Working time is counted no further than this; what is left goes by the clock. Milliseconds. */
const FURTHEST = 10 * 366 * DAY

interface Calendar {
  readonly work: Windows
  readonly onCall: readonly { readonly person: string; readonly windows: Windows }[]
}

const NO_EXCEPTIONS = { isOff: () => false, isOpen: () => false }
const calendars = new WeakMap<Hours, Calendar | 'always'>()

function calendarOf(hours: Hours | null): Calendar | null {
  if (hours === null) return null
  const kept = calendars.get(hours) ?? read(hours)
  calendars.set(hours, kept)
  return kept === 'always' ? null : kept
}

function read({ timezone, week, holidays, off, open, onCall }: Hours): Calendar | 'always' {
  const zone = IANAZone.create(timezone)
  const parsed = parseWeek(week)
  if (!zone.isValid || !parsed.ok) return 'always'
  const [datesOff, datesOpen] = [new Set(off), new Set(open)]
  const isOpen = (date: string) => datesOpen.has(date)
  const isOff = (date: string) => datesOff.has(date) || (holidays !== null && isHoliday(holidays, date))
  return {
    work: new Windows(zone, parsed.windows, { isOff, isOpen }),
    onCall: onCall.flatMap(({ person, week }) => {
      const duty = parseWeek(week)
      return duty.ok ? [{ person, windows: new Windows(zone, duty.windows, NO_EXCEPTIONS) }] : []
    }),
  }
}

function holds(windows: Windows, at: Date): boolean {
  const [next] = windows.from(at.getTime())
  return next !== undefined && next.start <= at.getTime()
}

/** Whether a department works at an instant. */
export function isWorking(hours: Hours | null, at: Date): boolean {
  const calendar = calendarOf(hours)
  return calendar === null || holds(calendar.work, at)
}

/** The end of the last working window that ended at an instant or before it; null where none did within a year. */
export function endOfLastWindowBefore(hours: Hours | null, at: Date): Date | null {
  const end = calendarOf(hours)?.work.lastEnded(at.getTime())?.end
  return end === undefined ? null : new Date(end)
}

/** The start of the first working window that starts at an instant or after it; null where none does within a year. */
export function startOfNextWindow(hours: Hours | null, at: Date): Date | null {
  for (const { start } of calendarOf(hours)?.work.from(at.getTime()) ?? [])
    if (start >= at.getTime()) return new Date(start)
  return null
}

/** How long a department works from one instant to another, in milliseconds; 0 where the second is not later. */
export function workingTime(hours: Hours | null, from: Date, to: Date): number {
  const calendar = calendarOf(hours)
  if (calendar === null) return Math.max(0, to.getTime() - from.getTime())
  let worked = 0
  for (const { start, end } of calendar.work.from(from.getTime())) {
    if (start >= to.getTime()) break
    worked += Math.min(end, to.getTime()) - Math.max(start, from.getTime())
  }
  return worked
}

/**
 * The first instant at which a department has worked `ms` milliseconds since `from`. Where it works so rarely that this
 * is ten years away, or not for a year, what is left goes by the clock: whoever waits for it does not wait for ever.
 */
export function plusWorking(hours: Hours | null, from: Date, ms: number): Date {
  const calendar = calendarOf(hours)
  if (calendar === null || ms <= 0) return plus(from, Math.max(0, ms))
  let left = ms
  let reached = from
  for (const { start, end } of calendar.work.from(from.getTime())) {
    const begin = Math.max(start, from.getTime())
    if (begin > from.getTime() + FURTHEST) break
    if (left <= end - begin) return new Date(begin + left)
    left -= end - begin
    reached = new Date(end)
  }
  return plus(reached, left)
}

/**
 * When a reminder is sent that is meant for `nominal`. A warning that would come while the department is off is brought
 * forward to the end of its last working window, unless that was before the clock started: then it comes when it is
 * meant to. The deadline itself, what is over it, and whatever is critical keep their instant.
 */
export function reminderInstant(
  hours: Hours | null,
  nominal: Date,
  clock: { readonly start: Date; readonly deadline: Date; readonly severity: Severity },
): Date {
  const { start, deadline, severity } = clock
  if (severity === 'critical' || nominal >= deadline || isWorking(hours, nominal)) return nominal
  const end = endOfLastWindowBefore(hours, nominal)
  return end !== null && end > start ? end : nominal
}

/** Who answers for a department at an instant, whether it works or not; null where nobody is on call. */
export function onCallAt(hours: Hours | null, at: Date): string | null {
  const duty = calendarOf(hours)?.onCall.find(({ windows }) => holds(windows, at))
  return duty?.person ?? null
}

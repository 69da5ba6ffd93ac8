/** Working hours as they are written: `mon-fri 07:00-12:00, 13:00-16:00; sat 22:00-06:00`. */

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const DAY_MINUTES = 24 * 60
const WEEK_MINUTES = 7 * DAY_MINUTES

/** One working window. */
export interface WeekWindow {
  /** The day it begins: 0 is Monday. */
  readonly day: number
  /** Minutes after midnight, 0 to 1439. */
  readonly start: number
  /** Minutes after the midnight before `start`, 1 to 2879; over 1440 it ends on the following day. */
  readonly end: number
}

export type WeekResult =
  | { readonly ok: true; readonly windows: readonly WeekWindow[] }
  | { readonly ok: false; readonly fault: string }

const EXAMPLE = 'such as "mon-fri 07:00-12:00, 13:00-16:00; sat 09:00-12:00"'
const short = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)

class WeekFault extends Error {}

/** Reads a week; the windows come in the week's order. The fault reads after "departments[0].hours.week: ". */
export function parseWeek(text: string): WeekResult {
  try {
    const windows = text
      .toLowerCase()
      .split(';')
      .flatMap(partOf)
      .sort((a, b) => beginOf(a) - beginOf(b))
    refuseOverlaps(windows)
    return { ok: true, windows }
  } catch (error) {
    if (error instanceof WeekFault) return { ok: false, fault: error.message }
    throw error
  }
}

function partOf(part: string): WeekWindow[] {
  const match = /^\s*(\S+)\s+(\S.*?)\s*$/s.exec(part)
  if (!match) throw new WeekFault(`${short(part.trim())} is not days and times ${EXAMPLE}`)
  const windows = (match[2] ?? '').split(',').map((window) => windowOf(window.trim()))
  return daysOf(match[1] ?? '').flatMap((day) => windows.map((window) => ({ day, ...window })))
}

function daysOf(text: string): number[] {
  const [first, last, ...more] = text.split('-').map((name) => DAYS.indexOf(name as (typeof DAYS)[number]))
  if (first === undefined || first < 0 || last === -1 || more.length > 0) {
    throw new WeekFault(
      `${short(text)} is not a day or a range of days: write mon, tue, wed, thu, fri, sat, sun, mon-fri`,
    )
  }
  const length = last === undefined ? 1 : ((last - first + 7) % 7) + 1
  return Array.from({ length }, (_, offset) => (first + offset) % 7)
}

function windowOf(text: string): { start: number; end: number } {
  const match = /^(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)$/.exec(text)
  const [h1, m1, h2, m2] = (match ?? []).slice(1).map(Number)
  if (h1 === undefined || m1 === undefined || h2 === undefined || m2 === undefined) {
    throw new WeekFault(`${short(text)} is not a window of time such as 07:00-16:00`)
  }
  const start = h1 * 60 + m1
  const end = h2 * 60 + m2
  if (m1 > 59 || m2 > 59 || start >= DAY_MINUTES || end > DAY_MINUTES) {
    throw new WeekFault(`${short(text)} holds a time that no clock shows`)
  }
  if (start === end) throw new WeekFault(`${short(text)} is empty; write 00:00-24:00 for the whole day`)
  if (end === 0) return { start, end: DAY_MINUTES }
  return { start, end: end < start ? end + DAY_MINUTES : end }
}

const beginOf = (window: WeekWindow): number => window.day * DAY_MINUTES + window.start

/** Two windows at one time are a slip: mon-fri 07:00-16:00; fri 15:00-18:00 leaves open which was meant. */
function refuseOverlaps(windows: readonly WeekWindow[]): void {
  windows.forEach((window, index) => {
    const following = windows[index + 1] ?? windows[0]
    const wraps = index + 1 === windows.length
    if (!following || (wraps && windows.length === 1)) return
    const end = window.day * DAY_MINUTES + window.end
    if (end > beginOf(following) + (wraps ? WEEK_MINUTES : 0)) {
      throw new WeekFault(`windows overlap on ${DAYS[following.day]}`)
    }
  })
}

import { createRequire } from 'node:module'
import type Holidays from 'date-holidays'
import { DAY, HOUR } from './time.ts'

/** Loaded when the first holiday is asked for: it takes a third of a second and 20 MB, and many companies need none. */
const library = (): typeof Holidays => createRequire(import.meta.url)('date-holidays')

const calendars = new Map<string, Holidays | null>()
const years = new Map<string, ReadonlySet<string>>()

/** The calendar of a country or region (`US`, `US-CA`), or null where the library has none. */
function calendarOf(code: string): Holidays | null {
  const known = calendars.get(code)
  if (known !== undefined) return known
  const [country = '', region] = code.split('-')
  const all = new (library())()
  const there = country in all.getCountries() && (region === undefined || region in (all.getStates(country) ?? {}))
  const calendar = there ? new (library())(country, region ?? '', { types: ['public'] }) : null
  calendars.set(code, calendar)
  return calendar
}

export const knowsHolidays = (code: string): boolean => calendarOf(code) !== null

/**
 * Whether a date (`YYYY-MM-DD`) is a public holiday. A half holiday leaves the day as it is. False for a country that the
 * library does not know.
 */
export function isHoliday(code: string, date: string): boolean {
  const year = Number(date.slice(0, 4))
  const key = `${code} ${year}`
  const dates = years.get(key) ?? datesOff(code, year)
  years.set(key, dates)
  return dates.has(date)
}

/** The holidays of a year and of the one before it, which may reach into it. */
function datesOff(code: string, year: number): ReadonlySet<string> {
  const calendar = calendarOf(code)
  const found = [year - 1, year].flatMap((one) => calendar?.getHolidays(one) ?? [])
  return new Set(
    found.flatMap(({ date, start, end }) => {
      const first = Date.parse(date.slice(0, 10))
      // Days, also where one of them had 23 or 25 hours.
      const days = Math.floor((end.getTime() - start.getTime() + HOUR) / DAY)
      return Array.from({ length: days }, (_, index) => new Date(first + index * DAY).toISOString().slice(0, 10))
    }),
  )
}

import type { IANAZone } from 'luxon'
import type { WeekWindow } from './hours.ts'
import { DAY, MINUTE } from './time.ts'
import { firstInstantAt, wallAt } from './zone.ts'

/** A window on the line of time: milliseconds since 1970, `end` outside. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Days without a window after which no other is looked for. */
const HORIZON = 400
/** Days kept in memory; beyond it they are reckoned anew. */
const KEPT = 4_000

/** What changes a day of the week on one date; dates are `YYYY-MM-DD`. */
export interface Exceptions {
  readonly isOff: (date: string) => boolean
  /** A day worked in any case: without windows of its own it takes those of the last day before it that has some. */
  readonly isOpen: (date: string) => boolean
}

/** The windows of a week, laid out in a time zone. They never overlap: where two would, the earlier one goes on. */
export class Windows {
  private readonly zone: IANAZone
  private readonly week: readonly (readonly WeekWindow[])[]
  private readonly exceptions: Exceptions
  private readonly days = new Map<number, readonly Span[]>()
  private readonly midnights = new Map<number, number>()

  constructor(zone: IANAZone, windows: readonly WeekWindow[], exceptions: Exceptions) {
    this.zone = zone
    this.week = Array.from({ length: 7 }, (_, day) => windows.filter((window) => window.day === day))
    this.exceptions = exceptions
  }

  /** Those that end after an instant, first to last, until there is none for over a year. */
  *from(instant: number): Generator<Span> {
    // A window reaches into the next day, and with a day that the zone leaves out, over the one after it.
    let day = this.dayAt(instant) - 2
    for (let last = day + HORIZON; day <= last; day += 1)
      for (const span of this.on(day)) {
        if (span.end <= instant) continue
        last = day + HORIZON
        yield span
      }
  }

  /** The last one that ended at an instant or before it, if there is one within a year. */
  lastEnded(instant: number): Span | undefined {
    // A clock that is put back over midnight has shown tomorrow's first hours already.
    const newest = this.dayAt(instant) + 1
    for (let day = newest; day > newest - HORIZON; day -= 1) {
      const span = this.on(day).findLast(({ end }) => end <= instant)
      if (span) return span
    }
    return undefined
  }

  /** Days are numbered from 1970-01-01 on the zone's calendar. */
  private dayAt(instant: number): number {
    return Math.floor(wallAt(instant, this.zone) / DAY)
  }

  private on(day: number): readonly Span[] {
    const kept = this.days.get(day)
    if (kept) return kept
    const before = this.laidOut(day - 1).at(-1)?.end ?? -Infinity
    const spans = this.laidOut(day)
      .map(({ start, end }) => ({ start: Math.max(start, before), end }))
      // A window inside the hour that spring takes away is empty.
      .filter(({ start, end }) => start < end)
    if (this.days.size >= KEPT) this.days.clear()
    this.days.set(day, spans)
    return spans
  }

  private laidOut(day: number): Span[] {
    return this.windowsOf(day).map(({ start, end }) => ({
      start: this.instantAt(day, start),
      end: this.instantAt(day, end),
    }))
  }

  private windowsOf(day: number): readonly WeekWindow[] {
    const date = new Date(day * DAY).toISOString().slice(0, 10)
    // 1970-01-01 was a Thursday; Monday is 0.
    const weekday = (((day + 3) % 7) + 7) % 7
    const daysBack = [0, 1, 2, 3, 4, 5, 6].map((back) => this.week[(weekday - back + 7) % 7] ?? [])
    if (this.exceptions.isOpen(date)) return daysBack.find((windows) => windows.length > 0) ?? []
    const [own = []] = daysBack
    return own.length > 0 && this.exceptions.isOff(date) ? [] : own
  }

  /** `minutes` after the midnight before a day, by what its clock shows. */
  private instantAt(day: number, minutes: number): number {
    const late = Math.floor(minutes / (24 * 60))
    const [date, rest] = [day + late, minutes - late * 24 * 60]
    const midnight = this.midnight(date)
    // On days of 24 hours minutes can be counted; that saves most of the asking for offsets.
    if (this.midnight(date + 1) - midnight === DAY) return midnight + rest * MINUTE
    return firstInstantAt(date * DAY + rest * MINUTE, this.zone)
  }

  private midnight(day: number): number {
    const kept = this.midnights.get(day)
    if (kept !== undefined) return kept
    const midnight = firstInstantAt(day * DAY, this.zone)
    if (this.midnights.size >= KEPT) this.midnights.clear()
    this.midnights.set(day, midnight)
    return midnight
  }
}

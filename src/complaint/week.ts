import { DateTime, IANAZone } from 'luxon'
import type { Period, Periods } from './period.ts'
import { type Setup, WEEKDAYS } from './setup.ts'
import { firstInstantAt } from './zone.ts'

/**
 * The newest instant, no later than `now`, for which a digest is scheduled on the workspace's clock.
 * @throws where the zone is unknown to this machine.
 */
export function digestSlot(digest: Setup['digest'], timezone: string, now: Date): Date {
  const weekday = WEEKDAYS.indexOf(digest.day) + 1
  const [hour = 0, minute = 0] = digest.time.split(':').map(Number)
  const today = DateTime.fromJSDate(now, { zone: timezone })
  // A plain date on a clock without gaps: going back by days never lands on a day that the zone left out. From tomorrow
  // on, since a clock that was put back over midnight has shown tomorrow's first minutes already.
  const tomorrow = DateTime.utc(today.year, today.month, today.day, hour, minute).plus({ days: 1 })
  const zone = IANAZone.create(timezone)
  for (let back = (tomorrow.weekday - weekday + 7) % 7; back < 21; back += 7) {
    const slot = firstInstantAt(tomorrow.minus({ days: back }).toMillis(), zone)
    if (slot <= now.getTime()) return new Date(slot)
  }
  throw new Error(`There is no digest at ${digest.time} in ${timezone}`)
}

/** The weeks that end with `slot`, as many as asked for, oldest first. Each goes from slot to slot. */
export function lastWeeks(digest: Setup['digest'], timezone: string, slot: Date, many: number): Period[] {
  const weeks: Period[] = []
  for (let to = slot; weeks.length < many; to = weeks[0]?.from ?? to)
    weeks.unshift({ from: digestSlot(digest, timezone, new Date(to.getTime() - 1)), to })
  return weeks
}

/**
 * The week that ends with `slot`, and the one before it. Weeks go from slot to slot, seven days on the workspace's clock:
 * 167 or 169 hours where the clocks change, and each instant belongs to one week.
 */
export function weeksBefore(digest: Setup['digest'], timezone: string, slot: Date): Periods {
  const [before, period] = lastWeeks(digest, timezone, slot, 2)
  if (!before || !period) throw new Error('There are no two weeks')
  return { period, before }
}

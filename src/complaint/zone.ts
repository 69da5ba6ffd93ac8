import type { IANAZone } from 'luxon'
import { DAY, HOUR, MINUTE } from './time.ts'

/** A clock can be this far from itself a moment later: a zone that crosses the date line leaves out a whole day. */
const LONGEST_GAP = 2 * DAY

/** What a clock in `zone` shows at an instant, written as if it were UTC. Both in milliseconds. */
export const wallAt = (instant: number, zone: IANAZone): number => instant + zone.offset(instant) * MINUTE

/**
 * The first instant at which a clock in `zone` shows `wall` (a clock time written as if it were UTC). A time that comes
 * twice takes the first; one that spring leaves out takes the first instant after the gap. Later times never come earlier.
 */
export function firstInstantAt(wall: number, zone: IANAZone): number {
  const offsets = [-LONGEST_GAP, -12 * HOUR, 12 * HOUR, LONGEST_GAP].map((away) => zone.offset(wall + away) * MINUTE)
  // Asking for an offset is what takes the time: each instant is asked once.
  const instants = [...new Set(offsets.map((offset) => wall - offset))]
  const exact = instants.filter((instant) => wallAt(instant, zone) === wall)
  if (exact.length > 0) return Math.min(...exact)
  let before = wall - LONGEST_GAP
  let after = wall + LONGEST_GAP
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (wallAt(middle, zone) < wall) before = middle
    else after = middle
  }
  return after
}

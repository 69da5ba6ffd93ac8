/** Lengths of time in milliseconds. Instants are `Date`s and always UTC; zones matter only where people read or plan. */
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The instant `ms` milliseconds after `instant` (before it where negative). */
export const plus = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms)

/** The earliest of the instants given, or null where there is none. */
export function earliest(instants: readonly (Date | null)[]): Date | null {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : new Date(Math.min(...known.map((instant) => instant.getTime())))
}

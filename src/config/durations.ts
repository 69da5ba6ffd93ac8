import { DAY, HOUR, MINUTE, SECOND } from '../complaint/time.ts'

const YEAR = 365 * DAY
const UNITS = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, y: YEAR } as const
type Unit = keyof typeof UNITS

/** Longest duration taken: beyond it a slip of the finger is likelier than a plan, and dates would overflow. */
export const LONGEST_DURATION = 3650 * DAY

export type DurationResult = { readonly ok: true; readonly ms: number } | { readonly ok: false; readonly fault: string }

/** Reads `90s`, `15m`, `4h`, `2d`, `1y` (365 days): one positive whole number and its unit. The fault reads after "policy.response: ". */
export function parseDuration(text: string): DurationResult {
  const match = /^([0-9]+)([smhdy])$/.exec(text)
  if (!match) {
    return { ok: false, fault: `${JSON.stringify(text.slice(0, 40))} is not a duration such as 90s, 15m, 4h or 2d` }
  }
  const ms = Number(match[1]) * UNITS[match[2] as Unit]
  if (ms === 0) return { ok: false, fault: `${text.slice(0, 40)} must be longer than nothing` }
  if (ms > LONGEST_DURATION) {
    return { ok: false, fault: `${text.slice(0, 40)} is longer than ${formatDuration(LONGEST_DURATION)}` }
  }
  return { ok: true, ms }
}

/**
 * Writes a duration in its largest exact unit, one day as `24h`; `parseDuration` reads it back.
 * Throws on what the configuration cannot say: fractions of a second, and nothing or less.
 */
export function formatDuration(ms: number): string {
  if (!Number.isSafeInteger(ms) || ms <= 0 || ms % SECOND !== 0) {
    throw new RangeError(`${ms} ms is not a whole, positive number of seconds`)
  }
  if (ms % YEAR === 0) return `${ms / YEAR}y`
  if (ms % DAY === 0 && ms > DAY) return `${ms / DAY}d`
  if (ms % HOUR === 0) return `${ms / HOUR}h`
  return ms % MINUTE === 0 ? `${ms / MINUTE}m` : `${ms / SECOND}s`
}

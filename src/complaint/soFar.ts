import { DateTime, IANAZone } from 'luxon'
import type { Periods, Span } from './period.ts'
import type { Setup } from './setup.ts'
import { digestSlot } from './week.ts'
import { firstInstantAt } from './zone.ts'

const MONTHS = { month: 1, quarter: 3 } as const

/**
 * The week, month or quarter so far, beside as much of the one before: up to the same day and time of it. Weeks begin with
 * the digest, months and quarters at midnight, all on the workspace's clock.
 * @throws where the zone is unknown to this machine.
 */
export function soFar(span: Span, { digest, timezone }: Pick<Setup, 'digest' | 'timezone'>, now: Date): Periods {
  const zone = IANAZone.create(timezone)
  const at = (local: DateTime): Date =>
    new Date(firstInstantAt(local.setZone('utc', { keepLocalTime: true }).toMillis(), zone))
  const today = DateTime.fromJSDate(now, { zone: timezone })
  const asFar = (start: Date, end: Date, reached: Date): Periods => ({
    period: { from: end, to: now },
    before: { from: start, to: reached < start ? start : reached > end ? end : reached },
  })
  if (span === 'week') {
    const slot = digestSlot(digest, timezone, now)
    return asFar(digestSlot(digest, timezone, new Date(slot.getTime() - 1)), slot, at(today.minus({ days: 7 })))
  }
  const start = today.startOf(span)
  return asFar(at(start.minus({ months: MONTHS[span] })), at(start), at(today.minus({ months: MONTHS[span] })))
}

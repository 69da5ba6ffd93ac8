import { DateTime, IANAZone } from 'luxon'
import { firstInstantAt } from '../complaint/zone.ts'
import { StartFault } from '../startFault.ts'

/**
 * What was typed as the value of an option: a day begins in `timezone`, an instant says its own.
 * @throws StartFault where it is neither.
 */
export function instantIn(text: string, timezone: string, option: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)
  const read = DateTime.fromISO(text, { zone: isDay ? timezone : 'utc' })
  if ((!isDay && !isInstant) || !read.isValid)
    throw new StartFault(`${option}: expected a day such as 2026-03-01, or an instant such as 2026-03-01T08:00:00Z`)
  // Where the clock shows midnight twice, the day begins with the first.
  return isDay ? new Date(firstInstantAt(Date.parse(text), IANAZone.create(timezone))) : read.toJSDate()
}

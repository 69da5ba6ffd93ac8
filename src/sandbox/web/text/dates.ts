const DAY_MS = 24 * 60 * 60 * 1000

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-US', options)

const TIME = format({ hour: 'numeric', minute: '2-digit' })
const TIME_SECONDS = format({ hour: 'numeric', minute: '2-digit', second: '2-digit' })
const DATE = format({ year: 'numeric', month: 'long', day: 'numeric' })
const DATE_SHORT = format({ year: 'numeric', month: 'short', day: 'numeric' })
const DATE_LONG = format({ year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' })
const DATE_SLASH = format({ year: 'numeric', month: '2-digit', day: '2-digit' })
const DAY = format({ month: 'long', day: 'numeric', weekday: 'long' })

export const timeOf = (date: Date): string => TIME.format(date)

/** In full, for a title. */
export const inFull = (date: Date): string => `${DATE_LONG.format(date)} at ${TIME_SECONDS.format(date)}`

const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** Days from today, in the reader's zone: -1 is yesterday. */
const daysFrom = (date: Date, now: Date): number => Math.round((midnight(date) - midnight(now)) / DAY_MS)

const NEAR: Record<string, string> = { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }

export const nearOr = (date: Date, now: Date, other: Intl.DateTimeFormat): string =>
  NEAR[daysFrom(date, now)] ?? other.format(date)

/** "Today", "Yesterday", "Monday, January 5". */
export const dayOf = (date: Date, now: Date): string => capital(nearOr(date, now, DAY))

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function ago(date: Date, now: Date): string {
  const minutes = Math.round((now.getTime() - date.getTime()) / 60_000)
  const away = Math.abs(minutes)
  if (away < 1) return 'now'
  const [count, unit] = away < 60 ? [away, 'minute'] : away < 1440 ? [away / 60, 'hour'] : [away / 1440, 'day']
  const whole = Math.round(count)
  const words = `${whole} ${unit}${whole === 1 ? '' : 's'}`
  return minutes > 0 ? `${words} ago` : `in ${words}`
}

/** Slack's `<!date^…^{…}>` and rich_text's `date`, in the reader's own zone. */
export function formatDate(seconds: number, pattern: string, now: Date): string {
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return pattern
  return pattern.replaceAll(/\{(\w+)\}/g, (token, name: string) => {
    switch (name) {
      case 'date_num':
        return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
      case 'date_slash':
        return DATE_SLASH.format(date)
      case 'date':
        return DATE.format(date)
      case 'date_short':
        return DATE_SHORT.format(date)
      case 'date_long':
        return DATE_LONG.format(date)
      case 'date_pretty':
        return nearOr(date, now, DATE)
      case 'date_short_pretty':
        return nearOr(date, now, DATE_SHORT)
      case 'date_long_pretty':
      case 'day_divider_pretty':
        return nearOr(date, now, DATE_LONG)
      case 'time':
        return TIME.format(date)
      case 'time_secs':
        return TIME_SECONDS.format(date)
      case 'ago':
        return ago(date, now)
      default:
        return token
    }
  })
}

const pad = (n: number): string => String(n).padStart(2, '0')

/** As a datetime-local field holds it, in the reader's own zone. */
export function toLocalField(seconds: number): string {
  const date = new Date(seconds * 1000)
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}

export function fromLocalField(value: string): number | null {
  const at = value === '' ? Number.NaN : new Date(value).getTime()
  return Number.isNaN(at) ? null : Math.floor(at / 1000)
}

export const dateOfTs = (ts: string): Date => new Date(Number(ts) * 1000)

/** The workspace's own time, in its own zone: "Mon, Jan 5, 9:00 AM CST". */
export function workspaceTime(now: Date, timezone: string): string {
  return format({
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: timezone,
  }).format(now)
}

import type { DemoUser } from '../contract.ts'

const HUES = [12, 48, 95, 150, 190, 225, 270, 320]

function hueOf(id: string): number {
  let sum = 0
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) >>> 0
  return HUES[sum % HUES.length] ?? 200
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase()

export function Avatar({ user, id }: { user: DemoUser | undefined; id: string }) {
  const className = user?.isBot ? 'avatar app' : 'avatar'
  return (
    <span class={className} style={`--hue: ${hueOf(id)}`} aria-hidden="true">
      {user?.isBot ? 'A' : initials(user?.realName || user?.name || '?')}
    </span>
  )
}

import type { DemoState } from '../contract.ts'

const WORD = '[\\p{L}\\p{N}._-]*[\\p{L}\\p{N}]'

/** What a person typed, as Slack keeps it: escaped, and with the mentions of people, groups and channels resolved. */
export function composed(typed: string, { users, usergroups, channels }: DemoState): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const named = (name: string) => (one: { name?: string; handle?: string }) =>
    (one.name ?? one.handle ?? '').toLowerCase() === name.toLowerCase()
  return escaped
    .replaceAll(new RegExp(`(?<![\\p{L}\\p{N}])@(${WORD})`, 'gu'), (whole, name: string) => {
      if (/^(here|channel|everyone)$/.test(name)) return `<!${name}>`
      const user = users.find(named(name))
      if (user) return `<@${user.id}>`
      const group = usergroups.find(named(name))
      return group ? `<!subteam^${group.id}>` : whole
    })
    .replaceAll(new RegExp(`(?<![\\p{L}\\p{N}&])#(${WORD})`, 'gu'), (whole, name: string) => {
      const channel = channels.find((one) => one.kind === 'channel' && named(name)(one))
      return channel ? `<#${channel.id}|${channel.name}>` : whole
    })
}

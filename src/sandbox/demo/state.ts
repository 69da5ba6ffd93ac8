import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type Json, objectOf, objects, text } from '../json.ts'
import type { SandboxChannel, SandboxMessage } from '../types.ts'
import type { DemoChannel, DemoState, DemoUser } from '../web/contract.ts'
import { CHANNELS, PEOPLE, TEAM, USERGROUPS } from './company.ts'
import type { Demo } from './demo.ts'

const MOST_THREADS = 200
const APP_NAME = 'Amends'

const features = objectOf(
  (parse(readFileSync(new URL('../../../manifest.yml', import.meta.url), 'utf8')) as Json).features,
)

const commands = objects(features.slash_commands).map((one) => ({
  ...{ command: text(one.command), hint: text(one.usage_hint), description: text(one.description) },
}))

const shortcuts = objects(features.shortcuts).map((one) => ({
  ...{ id: text(one.callback_id), name: text(one.name) },
  type: one.type === 'message' ? ('message' as const) : ('global' as const),
}))

/** The workspace as this person sees it, in this channel; whoever or whatever is not known is the first there is. */
export async function stateFor(demo: Demo, as: string, channel: string): Promise<DemoState> {
  const { slack } = demo
  const who = PEOPLE.some(({ id }) => id === as) ? as : PEOPLE[0].id
  const channels = await channelsFor(demo, who)
  const where = channels.find(({ id }) => id === channel)?.id ?? channels[0]?.id ?? ''
  const progress = demo.progress()
  return {
    team: TEAM,
    now: demo.clock.date().toISOString(),
    timezone: demo.timezone,
    users: [...PEOPLE.map((one): DemoUser => ({ ...one, isBot: false })), botOf(slack.botUser)],
    usergroups: USERGROUPS.map(({ id, handle }) => ({ id, handle })),
    channels,
    messages: newestThreads(slack.messages(where)),
    ephemerals: slack.ephemerals.filter((one) => one.user === who && one.channel === where),
    modals: slack.openViews(who),
    home: slack.homes.get(who) ?? null,
    ...{ commands, shortcuts },
    faults: demo.troubles.names,
    ...(progress ? { preparing: progress } : {}),
  }
}

const botOf = (id: string): DemoUser => ({ id, name: 'amends', realName: APP_NAME, role: 'App', isBot: true })

/** In the company's order; then those that were made since; then the conversation with the app. */
async function channelsFor({ slack }: Demo, who: string): Promise<DemoChannel[]> {
  const order = CHANNELS.map(({ id }): string => id)
  const place = ({ id }: SandboxChannel) => (order.includes(id) ? order.indexOf(id) : order.length)
  const seen = (await slack.channels())
    .filter(({ name, isPrivate, members }) => !UNUSED.includes(name) && (!isPrivate || members.includes(who)))
    .toSorted((a, b) => place(a) - place(b))
    .map(
      ({ id, name, isArchived, members }): DemoChannel => ({
        ...{ id, name, kind: 'channel', isArchived, topic: CHANNELS.find((one) => one.id === id)?.topic ?? '' },
        ...{ newest: newestIn(slack.messages(id)), hasApp: members.includes(slack.botUser) },
      }),
    )
  const direct = await slack.openDirect(who)
  const about = { name: APP_NAME, kind: 'dm', isArchived: false, topic: '' } as const
  return [...seen, { id: direct, ...about, newest: newestIn(slack.messages(direct)), hasApp: true }]
}

const UNUSED = ['general', 'random']

const isReply = (message: SandboxMessage): boolean => Boolean(message.thread_ts) && message.thread_ts !== message.ts

/** A reply makes a channel unread only where it is shown there. */
const newestIn = (messages: readonly SandboxMessage[]): string | null =>
  messages.findLast((message) => !isReply(message) || message.reply_broadcast)?.ts ?? null

function newestThreads(messages: readonly SandboxMessage[]): SandboxMessage[] {
  const threads = messages.filter((message) => !isReply(message)).slice(-MOST_THREADS)
  const kept = new Set(threads.map(({ ts }) => ts))
  return messages.filter((message) => kept.has(isReply(message) ? String(message.thread_ts) : message.ts))
}

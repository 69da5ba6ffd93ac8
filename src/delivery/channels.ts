import type { WebClient } from '@slack/web-api'
import { MINUTE, plus } from '../complaint/time.ts'
import type { Place } from './call.ts'
import { fateOnChannel, refusalOf } from './fate.ts'

/** Done to a channel, or in it without a word. Each can be done again: what is so already is no fault. */
export type ChannelCall =
  | {
      readonly kind: 'create-channel'
      readonly name: string
      readonly isPrivate: boolean
      /** Who we are in Slack, and since when the channel may have been made: by these it is known again. */
      readonly creator: string
      readonly since: Date
      /** Channels that are something else's, whatever they are called. */
      readonly others: readonly string[]
      /** Who gets a direct message together where no channel may be made; null where that does not help. */
      readonly instead: readonly string[] | null
    }
  | { readonly kind: 'invite'; readonly channel: string; readonly people: readonly string[] }
  | { readonly kind: 'remove'; readonly channel: string; readonly people: readonly string[] }
  | { readonly kind: 'delete'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'pin'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'archive-channel'; readonly channel: string }

export async function performOnChannel(client: WebClient, call: ChannelCall): Promise<Place> {
  switch (call.kind) {
    case 'create-channel':
      return { channel: await createChannelOr(client, call), ts: null }
    case 'invite':
      await invite(client, call.channel, call.people)
      return { channel: call.channel, ts: null }
    case 'remove':
      for (const user of call.people) await remove(client, call.channel, user)
      return { channel: call.channel, ts: null }
    case 'delete':
      await unless('message_not_found', client.chat.delete({ channel: call.channel, ts: call.ts }))
      return { channel: call.channel, ts: call.ts }
    case 'pin':
      await unless('already_pinned', client.pins.add({ channel: call.channel, timestamp: call.ts }))
      return { channel: call.channel, ts: call.ts }
    case 'archive-channel':
      await unless('already_archived', client.conversations.archive({ channel: call.channel }))
      return { channel: call.channel, ts: null }
  }
}

async function unless(soAlready: string, asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: unknown) => {
    if (refusalOf(error) !== soAlready) throw error
  })
}

type CreateChannel = Extract<ChannelCall, { kind: 'create-channel' }>

/** The channel, or the direct message of several that takes its place. It is the same one however often it is opened. */
async function createChannelOr(client: WebClient, call: CreateChannel): Promise<string> {
  try {
    return await createChannel(client, call)
  } catch (error) {
    if (call.instead === null || fateOnChannel(error).kind !== 'refused') throw error
    // Slack's word on the channel is what people are told, also where this is refused, too.
    const opened = await client.conversations.open({ users: call.instead.slice(0, GROUP).join(',') }).catch(() => {
      throw error
    })
    if (!opened.channel?.id) throw error
    return opened.channel.id
  }
}

/** Slack takes so many people into a direct message. */
const GROUP = 8

/** Names that are tried, each with a number more. */
const NAMES = 9

/**
 * Makes the channel, or finds the one that an earlier try made although its answer never came: of that name, ours, and not
 * older than the wish for it. A name that is taken otherwise gets a number.
 */
async function createChannel(client: WebClient, call: CreateChannel): Promise<string> {
  for (let turn = 1; ; turn += 1) {
    const name = turn === 1 ? call.name : `${call.name}-${turn}`
    try {
      const made = await client.conversations.create({ name, is_private: call.isPrivate })
      if (!made.channel?.id) throw new Error('Slack made a channel without saying which')
      return made.channel.id
    } catch (error) {
      if (refusalOf(error) !== 'name_taken') throw error
      const ours = await findChannel(client, name, call)
      if (ours) return ours
      if (turn === NAMES) throw error
    }
  }
}

/** Clocks differ. Milliseconds. */
const SLACK_CLOCK_DIFFERENCE = 2 * MINUTE
/** Pages of 1,000 channels each. */
const PAGES = 20

async function findChannel(
  client: WebClient,
  name: string,
  { creator, since, others }: CreateChannel,
): Promise<string | null> {
  const from = plus(since, -SLACK_CLOCK_DIFFERENCE).getTime() / 1000
  let cursor: string | undefined
  for (let page = 0; page < PAGES; page += 1) {
    const listed = await client.conversations.list({
      types: 'public_channel,private_channel',
      exclude_archived: true,
      limit: 1000,
      ...(cursor ? { cursor } : {}),
    })
    const found = listed.channels?.find(
      (channel) => channel.name === name && channel.creator === creator && (channel.created ?? 0) >= from,
    )
    if (found?.id) return others.includes(found.id) ? null : found.id
    cursor = listed.response_metadata?.next_cursor || undefined
    if (!cursor) return null
  }
  return null
}

/** Why one person can't be invited; the others are. */
const OF_A_PERSON = [
  ...['already_in_channel', 'cant_invite', 'cant_invite_self', 'user_not_found', 'user_disabled', 'no_user'],
  ...['user_is_restricted', 'user_is_ultra_restricted', 'user_team_not_in_channel', 'is_app_user'],
]

/** Who is not there, or can't be taken out, is no fault. */
async function remove(client: WebClient, channel: string, user: string): Promise<void> {
  await client.conversations.kick({ channel, user }).catch((error: unknown) => {
    if (![...OF_A_PERSON, 'not_in_channel', 'cant_kick_self'].includes(refusalOf(error) ?? '')) throw error
  })
}

/** Invites whoever can be invited. */
async function invite(client: WebClient, channel: string, people: readonly string[]): Promise<void> {
  if (people.length === 0) return
  await client.conversations.invite({ channel, users: people.join(','), force: true }).catch((error: unknown) => {
    if (!OF_A_PERSON.includes(refusalOf(error) ?? '')) throw error
  })
}

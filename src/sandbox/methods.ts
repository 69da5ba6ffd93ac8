import type { FileBook } from './file-book.ts'
import { isJson, type Json, objectOf, objects, text, truthy } from './json.ts'
import { checkMessage, type MessageKind } from './limits.ts'
import type { MessageBook } from './message-book.ts'
import type { Sockets } from './sockets.ts'
import type { Stamps } from './stamps.ts'
import type { SandboxEphemeral, SandboxFile, SandboxMessage } from './types.ts'
import { withBlockIds } from './view-blocks.ts'
import { refusal, type ViewBook } from './view-book.ts'
import { APP_ID, BOT_ID, BOT_USER, type Identity, type Workspace } from './workspace.ts'

/** What the methods read and change. */
export interface Room {
  workspace: Workspace
  book: MessageBook
  files: FileBook
  /** Where the sandbox itself is reached. */
  url: string
  stamps: Stamps
  /** Slack's address of the workspace, by which messages are linked; absent: emulate's. */
  home: string | undefined
  views: ViewBook
  sockets: Sockets
  ephemerals: SandboxEphemeral[]
  usergroups: { id: string; handle: string; users: string[] }[]
  removed: Set<string>
  /** What users.info tells besides, by the person's id. */
  about: Map<string, Json>
  /** When channels were made, in seconds, of those that the app made. */
  created: Map<string, number>
  /** By channel: the messages pinned there. */
  pins: Map<string, string[]>
  doNotDisturb: Map<string, Json>
  problem(words: string): void
}

/** One call: `forward` passes it to emulate as it came. */
export interface Asked {
  method: string
  args: Json
  who: Identity
  forward(): Promise<Json>
}

type Method = (room: Room, asked: Asked) => Promise<Json>

/** What Slack does that emulate does not, or does otherwise. Any other method is forwarded. */
export const METHODS: Record<string, Method> = {
  'apps.connections.open': async (room, { who }) =>
    who.kind === 'app' ? { ok: true, url: room.sockets.issueUrl() } : error('not_allowed_token_type'),

  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': updateMessage,
  'chat.delete': async (room, { args, who }) => {
    const [channel, ts] = [text(args.channel), text(args.ts)]
    const message = room.book.find(channel, ts)
    if (!message) return lacks(who, 'chat:write') ?? error('message_not_found')
    if (message.user !== who.user) return error('cant_delete_message')
    room.book.remove(channel, ts)
    return { ok: true, channel, ts }
  },
  'chat.getPermalink': async (room, { args, who }) => {
    const channel = text(args.channel)
    const message = room.book.find(channel, text(args.message_ts))
    if (!message) return error('message_not_found')
    const home = room.home ?? text((await room.workspace.call('auth.test', {})).url)
    const thread = message.thread_ts && message.thread_ts !== message.ts
    const query = thread ? `?${new URLSearchParams({ thread_ts: String(message.thread_ts), cid: channel })}` : ''
    const refused = await mayWrite(room, channel, who, 'chat.getPermalink')
    const permalink = `${home.replace(/\/$/, '')}/archives/${channel}/p${message.ts.replace('.', '')}${query}`
    return refused?.error === 'channel_not_found' ? refused : { ok: true, channel, permalink }
  },

  'auth.test': async (room, { forward }) => {
    const answer = await forward()
    return room.home && answer.ok === true ? { ...answer, url: room.home } : answer
  },

  'conversations.history': async (room, asked) =>
    (await mayRead(room, asked)) ?? room.book.history(text(asked.args.channel), asked.args),
  'conversations.replies': async (room, asked) =>
    (await mayRead(room, asked)) ?? room.book.replies(text(asked.args.channel), text(asked.args.ts), asked.args),
  'conversations.info': hiddenIfPrivate,
  'conversations.members': hiddenIfPrivate,
  'conversations.open': async (room, { args, forward }) => {
    if (room.removed.has(text(args.users))) return error('user_disabled')
    const answer = await forward()
    const channel = text(objectOf(answer.channel).id)
    if (room.workspace.users.has(text(args.users))) room.book.directChannels.set(text(args.users), channel)
    return answer
  },
  'conversations.create': async (room, { forward }) => {
    const answer = await forward()
    const channel = objectOf(answer.channel)
    if (answer.ok !== true) return answer
    room.workspace.channels.set(text(channel.id), text(channel.name))
    room.created.set(text(channel.id), Math.floor(room.stamps.now() / 1000))
    return { ...answer, channel: withCreated(room, channel) }
  },
  'conversations.list': async (room, { forward }) => {
    const answer = await forward()
    const channels = objects(answer.channels).map((channel) => withCreated(room, channel))
    return answer.ok === true ? { ...answer, channels } : answer
  },
  'conversations.invite': invite,

  'pins.add': async (room, asked) => {
    const { args, who } = asked
    const [channel, ts] = [text(args.channel), text(args.timestamp)]
    const refused = lacks(who, 'pins:write') ?? (await mayWrite(room, channel, who, 'pins.add'))
    if (refused) return refused
    if (!room.book.find(channel, ts)) return error('message_not_found')
    const pinned = room.pins.get(channel) ?? []
    if (pinned.includes(ts)) return error('already_pinned')
    room.pins.set(channel, [...pinned, ts])
    return { ok: true }
  },

  'files.info': async (room, { args, who }) => {
    const refused = lacks(who, 'files:read')
    if (refused) return refused
    const file = room.files.find(text(args.file))
    if (!file || !(await maySee(room, file, who))) return error('file_not_found')
    return file.deleted ? error('file_deleted') : { ok: true, file: room.files.format(file) }
  },
  'files.getUploadURLExternal': async (room, { args, who }) =>
    lacks(who, 'files:write') ?? room.files.begin(args, who.user, room.url),
  'files.completeUploadExternal': async (room, { args, who }) => {
    if (args.channel_id || args.channels)
      room.problem('files.completeUploadExternal: the sandbox shares no files by it')
    return lacks(who, 'files:write') ?? room.files.complete(args, who.user)
  },

  'users.info': async (room, { forward }) => {
    const answer = await forward()
    return isJson(answer.user) ? { ...answer, user: withDeleted(room, answer.user) } : answer
  },
  'users.conversations': async (room, { args, who }) => {
    const person = text(args.user) || who.user
    if (!room.workspace.users.has(person)) return error('user_not_found')
    const types = (text(args.types) || 'public_channel').split(',')
    const toCaller = await room.workspace.visibleTo(who.user)
    const theirs = [...(await room.workspace.visibleTo(person)).values()].filter(
      (channel) =>
        channel.is_member === true &&
        types.includes(channel.is_private === true ? 'private_channel' : 'public_channel') &&
        toCaller.has(text(channel.id)) &&
        !(channel.is_archived === true && truthy(args.exclude_archived)),
    )
    const channels = theirs.map(({ id, name, is_private }) => ({ id, name, is_private }))
    return lacks(who, 'channels:read') ?? lacks(who, 'groups:read') ?? { ok: true, channels }
  },
  'users.list': async (room, { forward }) => {
    const answer = await forward()
    const members = objects(answer.members).map((user) => withDeleted(room, user))
    return answer.ok === true ? { ...answer, members } : answer
  },
  'users.lookupByEmail': async (room, { forward }) => {
    const answer = await forward()
    return room.removed.has(text(objectOf(answer.user).id)) ? error('users_not_found') : answer
  },
  'dnd.info': async (room, { args, who }) => {
    const user = text(args.user) || who.user
    if (!room.workspace.users.has(user)) return error('user_not_found')
    return (
      lacks(who, 'dnd:read') ?? {
        ...{ ok: true, dnd_enabled: false, next_dnd_start_ts: 1, next_dnd_end_ts: 1 },
        ...room.doNotDisturb.get(user),
      }
    )
  },

  'usergroups.list': async (room, { args, who }) =>
    lacks(who, 'usergroups:read') ?? {
      ok: true,
      usergroups: room.usergroups.map((group) => ({
        ...{ id: group.id, team_id: room.workspace.team, is_usergroup: true, name: group.handle, handle: group.handle },
        ...{ description: '', date_delete: 0, deleted_by: null, user_count: group.users.length },
        ...(truthy(args.include_users) ? { users: group.users } : {}),
      })),
    },
  'usergroups.users.list': async (room, { args, who }) => {
    const group = room.usergroups.find((one) => one.id === text(args.usergroup))
    return lacks(who, 'usergroups:read') ?? (group ? { ok: true, users: group.users } : error('no_such_subteam'))
  },

  // emulate has it to make triggers with; Slack does not.
  'views.generateTriggerId': async () => error('unknown_method'),
  'views.open': async (room, { args }) => room.views.open(args),
  'views.push': async (room, { args }) => room.views.push(args),
  'views.update': async (room, { args }) => room.views.update(args),
  'views.publish': async (room, { args }) =>
    room.workspace.users.has(text(args.user_id)) ? room.views.publish(args) : error('user_not_found'),
}

function error(code: string): Json {
  return { ok: false, error: code }
}

function lacks(who: Identity, scope: string): Json | undefined {
  if (!who.scopes || who.scopes.includes(scope)) return undefined
  return { ok: false, error: 'missing_scope', needed: scope, provided: who.scopes.join(',') }
}

/** emulate goes by the machine's clock. */
const withCreated = (room: Room, channel: Json): Json => {
  const created = room.created.get(text(channel.id))
  return created === undefined ? channel : { ...channel, created }
}

/** With `force` those who can be invited are, and the others are named; emulate invites nobody then. */
async function invite(room: Room, { args, forward }: Asked): Promise<Json> {
  if (!truthy(args.force)) return forward()
  const channel = text(args.channel)
  const errors: Json[] = []
  let answer: Json = error('no_user')
  for (const user of text(args.users).split(',')) {
    const alone = room.removed.has(user)
      ? error('user_disabled')
      : await room.workspace.call('conversations.invite', { channel, users: user })
    if (alone.ok === true) answer = alone
    else if (Array.isArray(alone.errors) || room.removed.has(user)) errors.push({ user, ok: false, error: alone.error })
    else return alone
  }
  if (answer.ok !== true) return { ok: false, error: text(errors[0]?.error), errors }
  return errors.length === 0 ? answer : { ...answer, errors }
}

function withDeleted(room: Room, user: Json): Json {
  const told: Json = { ...user, ...room.about.get(text(user.id)) }
  return { ...told, deleted: told.deleted === true || room.removed.has(text(user.id)) }
}

/** Slack does not admit that a private channel exists to those who are not in it; emulate says not_in_channel. */
async function hiddenIfPrivate(_room: Room, { forward }: Asked): Promise<Json> {
  const answer = await forward()
  return answer.error === 'not_in_channel' ? error('channel_not_found') : answer
}

/** A bot reads only where it is a member (emulate lets it read any public channel). Undefined: it may. */
async function mayRead(room: Room, { args, forward }: Asked): Promise<Json | undefined> {
  const answer = await forward()
  if (answer.error === 'not_in_channel') return error('channel_not_found')
  if (answer.ok !== true) return answer
  const channel = await room.workspace.channel(text(args.channel))
  return channel?.is_member === false ? error('not_in_channel') : undefined
}

/** Only what Slack refuses comes back; every violation is noted. Without a text Slack only warns, and a long one is cut. */
export function refuseMessage(
  room: Pick<Room, 'problem'>,
  where: string,
  args: Json,
  kind: MessageKind,
): Json | undefined {
  const given = {
    ...(args.text === undefined ? {} : { text: text(args.text) }),
    ...(args.blocks ? { blocks: [args.blocks].flat() } : {}),
  }
  const found = checkMessage(given, kind)
  for (const words of found) room.problem(`${where}: ${words}`)
  const aboutBlocks = found.filter((words) => !words.startsWith('text:'))
  if (kind === 'update' && text(args.text).length > 4000) return error('msg_too_long')
  if (aboutBlocks.length === 0) return undefined
  const tooLong = aboutBlocks.some((words) => words.includes('characters of JSON'))
  return refusal(tooLong ? 'msg_blocks_too_long' : 'invalid_blocks', aboutBlocks)
}

/** Undefined: there is such a channel, and the caller may write in it. */
async function mayWrite(room: Room, channelId: string, who: Identity, method: string): Promise<Json | undefined> {
  if (room.workspace.users.has(channelId)) return undefined
  const channel = await room.workspace.channel(channelId)
  if (!channel) return error('channel_not_found')
  if (channel.is_archived === true) return error('is_archived')
  if (who.kind !== 'bot' || channel.is_member === true) return undefined
  if (channel.is_private === true) return error('channel_not_found')
  const anywhere = method === 'chat.postMessage' && who.scopes?.includes('chat:write.public')
  return anywhere ? undefined : error('not_in_channel')
}

/** The app sees what is its own, what was added in its forms, and what is shared where it is a member. */
async function maySee(room: Room, { user, withApp, channels = [] }: SandboxFile, who: Identity): Promise<boolean> {
  if (withApp || user === who.user) return true
  for (const channel of channels) if ((await room.workspace.channel(channel))?.is_member === true) return true
  return false
}

/** Slack shows a picture only if the one who posts it may see it, and only once it has been looked at: so it is no violation. */
async function refuseFiles(room: Room, { args, who }: Asked): Promise<Json | undefined> {
  const wrong: string[] = []
  for (const [index, block] of [args.blocks].flat().entries()) {
    if (!isJson(block) || block.type !== 'image' || block.slack_file === undefined) continue
    const file = room.files.shownBy(block.slack_file)
    if (!file || !(await maySee(room, file, who)))
      wrong.push(`invalid slack file [json-pointer:/blocks/${index}/slack_file]`)
  }
  return wrong.length > 0 ? refusal('invalid_blocks', wrong) : undefined
}

/** A link to a file shares it, where whoever posts it may see it and the message is unfurled. */
async function shareLinked(room: Room, channel: string, { args, who }: Asked): Promise<void> {
  const [links, media] = [args.unfurl_links, args.unfurl_media]
  if ([links, media].some((one) => one !== undefined && !truthy(one))) return
  for (const file of room.files.linkedIn([args.text, args.blocks]))
    if (await maySee(room, file, who)) room.files.share(file, channel)
}

async function postMessage(room: Room, asked: Asked): Promise<Json> {
  const { args, who, forward, method } = asked
  const refused =
    refuseMessage(room, method, args, 'post') ??
    (await refuseFiles(room, asked)) ??
    (await mayWrite(room, text(args.channel), who, method))
  if (refused) return refused
  if (room.removed.has(text(args.channel))) return postToRemoved(room, args)
  const answer = await forward()
  if (answer.ok !== true || !isJson(answer.message)) return answer
  const channel = text(answer.channel)
  const other = who.kind === 'bot' ? text(args.channel) : who.user
  if (channel.startsWith('D') && room.workspace.users.has(other)) room.book.directChannels.set(other, channel)
  await shareLinked(room, channel, asked)
  // emulate names messages by the machine's clock, and has a copy that nothing reads.
  const ts = room.stamps.next()
  return { ...answer, ts, message: note(room, channel, { ...answer.message, ts }, who) }
}

/** Slack accepts messages for people who were deactivated (slackapi/python-slack-sdk#1156); emulate does not. */
function postToRemoved(room: Room, args: Json): Json {
  const channel = room.book.directChannels.get(text(args.channel)) ?? `D${text(args.channel).slice(1)}`
  room.book.directChannels.set(text(args.channel), channel)
  const ts = room.stamps.next()
  const bot: Identity = { kind: 'bot', user: BOT_USER }
  return { ok: true, channel, ts, message: note(room, channel, { ...args, ts, user: BOT_USER }, bot) }
}

function note(room: Room, channel: string, raw: Json, who: Identity): Json {
  const broadcast = truthy(raw.reply_broadcast) && text(raw.thread_ts) !== '' ? { subtype: 'thread_broadcast' } : {}
  const bot = who.kind === 'bot' ? { bot_id: BOT_ID, app_id: APP_ID } : {}
  return room.book.format(channel, room.book.add(channel, raw, { ...bot, ...broadcast }), true)
}

async function postEphemeral(room: Room, { args, who, forward, method }: Asked): Promise<Json> {
  const refused =
    refuseMessage(room, method, args, 'ephemeral') ?? (await mayWrite(room, text(args.channel), who, method))
  if (refused) return refused
  const answer = await forward()
  if (answer.ok !== true) return answer
  const ts = room.stamps.next()
  room.ephemerals.push({
    ephemeral: true,
    channel: text(args.channel),
    user: text(args.user),
    text: text(args.text),
    blocks: withBlockIds(objects(args.blocks)),
    ts,
    ...(text(args.thread_ts) ? { thread_ts: text(args.thread_ts) } : {}),
  })
  return { ...answer, message_ts: ts }
}

async function updateMessage(room: Room, asked: Asked): Promise<Json> {
  const { args, who, method } = asked
  const channel = text(args.channel)
  const refused =
    lacks(who, 'chat:write') ??
    refuseMessage(room, method, args, 'update') ??
    (await refuseFiles(room, asked)) ??
    (await mayWrite(room, channel, who, method))
  if (refused) return refused
  const message = room.book.find(channel, text(args.ts))
  if (!message) return error('message_not_found')
  if (message.user !== who.user) return error('cant_update_message')
  if (args.text === undefined && !args.blocks && !args.attachments) return error('no_text')
  const changed = room.book.change(channel, changeOf(message, args, { user: who.user, ts: room.stamps.next() }))
  return { ok: true, channel, ts: message.ts, text: changed.text, message: room.book.format(channel, changed, true) }
}

/** What a new text stands without goes: blocks and attachments that are not given again. */
function changeOf(message: SandboxMessage, args: Json, edited: Json): SandboxMessage {
  const { attachments, ...rest } = message
  const keeps = args.text === undefined
  const given = objects(args.attachments)
  const shownAttachments = given.length > 0 ? given : keeps ? attachments : undefined
  return {
    ...rest,
    text: keeps ? message.text : text(args.text),
    blocks: args.blocks ? withBlockIds(objects(args.blocks)) : keeps ? message.blocks : [],
    ...(shownAttachments ? { attachments: shownAttachments } : {}),
    ...(isJson(args.metadata) ? { metadata: args.metadata } : {}),
    edited,
  }
}

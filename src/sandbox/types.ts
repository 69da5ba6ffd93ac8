import type { Delivery, Reply } from './app-link.ts'
import type { FaultKind, Faults } from './faults.ts'
import type { FileBook } from './file-book.ts'
import type { Json } from './json.ts'
import type { Sockets } from './sockets.ts'
import type { ViewBook } from './view-book.ts'

export interface SandboxSlackOptions {
  /** 0 or absent: a free one. */
  port?: number
  botToken?: string
  appToken?: string
  signingSecret?: string
  /** Milliseconds since 1970. Messages are named by it. */
  now?: () => number
  /** The same, for the lives of triggers and response_urls, where `now` may leap. Absent: `now`. */
  wall?: () => number
  /** `id`: theirs in every run; absent: made up. */
  users?: { name: string; realName?: string; id?: string }[]
  /** Everybody and the bot are members, unless `members` names the people or `bot` is false. */
  channels?: SandboxChannelOption[]
  /** `users` are names or ids. */
  usergroups?: { id: string; handle: string; users: string[] }[]
  /** The bot's scopes. When given, a call that lacks one is refused with `missing_scope`. */
  strictScopes?: string[]
  /** The workspace's name in payloads. */
  teamDomain?: string
  /** Slack's address of the workspace, as in links to messages: https://acme.slack.com/ */
  home?: string
  /** Goes on where an older sandbox ended; its people and channels must be given too, with their ids. */
  restore?: SandboxSnapshot
}

export interface SandboxChannelOption {
  name: string
  /** Its id in every run; absent: made up. */
  id?: string
  isPrivate?: boolean
  members?: string[]
  bot?: boolean
}

/** What makes a workspace the same one again: JSON, without open modals, triggers and response_urls. */
export interface SandboxSnapshot {
  readonly messages: readonly SandboxMessage[]
  readonly ephemerals: readonly SandboxEphemeral[]
  readonly homes: readonly SandboxView[]
  /** By the person's id. */
  readonly directChannels: Readonly<Record<string, string>>
  readonly removed: readonly string[]
  readonly newest: string
  /** The newest of them. */
  readonly files?: readonly SandboxFile[]
}

/** A channel as it stands: names and members are ids. */
export interface SandboxChannel {
  readonly id: string
  readonly name: string
  readonly isPrivate: boolean
  readonly isArchived: boolean
  readonly members: readonly string[]
}

/** What was sent to the app, and what came of it. */
export interface SandboxDelivery extends Delivery {
  /** By the sandbox's `now`. */
  readonly at: number
  readonly reply: Reply
}

/** One Web API call as it arrived; `answer` is what was decided, even when a fault kept it from the caller. */
export interface SandboxCall {
  readonly method: string
  /** Parsed; fields that Slack takes as JSON (blocks, view, metadata, …) are decoded. Without the token. */
  readonly args: Json
  readonly token: string | undefined
  /** Milliseconds since 1970, by the sandbox's `now`. */
  readonly at: number
  answer: Json | undefined
  fault?: FaultKind
  /** How long it took, in milliseconds, once it is over. */
  ms?: number
}

export interface SandboxMessage {
  channel: string
  ts: string
  user: string
  text: string
  /** With the block_ids that Slack gives; empty when the message has none. */
  blocks: Json[]
  thread_ts?: string
  bot_id?: string
  app_id?: string
  subtype?: string
  metadata?: Json
  attachments?: Json[]
  /** As Slack speaks of them; those that were deleted are tombstones. */
  files?: Json[]
  reply_broadcast?: boolean
  edited?: Json
}

/** A file that was uploaded whole: by the app, or by somebody for a message or a form. */
export interface SandboxFile {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly mimetype: string
  readonly user: string
  readonly base64: string
  /** Bytes, where Slack is to tell of another size than the content has. */
  readonly size?: number
  /** It was added in a form of the app's. */
  readonly withApp?: boolean
  /** Where it was shared. */
  channels?: readonly string[]
  deleted?: boolean
}

/** A message that only `user` sees: from chat.postEphemeral, a response_url or a command's answer. */
export interface SandboxEphemeral {
  ephemeral: true
  channel: string
  user: string
  text: string
  blocks: Json[]
  ts: string
  thread_ts?: string
}

export interface SandboxView {
  id: string
  team_id: string
  type: 'modal' | 'home'
  /** Who sees it. */
  user: string
  callback_id: string
  external_id: string
  private_metadata: string
  title: Json | null
  submit: Json | null
  close: Json | null
  blocks: Json[]
  /** What the person has typed or chosen so far, by block_id and action_id. */
  state: { values: Record<string, Record<string, Json>> }
  hash: string
  clear_on_close: boolean
  notify_on_close: boolean
  root_view_id: string
  previous_view_id: string | null
  app_id: string
  bot_id: string
}

/** One POST to a response_url. `status` is what it was answered with. */
export interface ResponseUrlPost {
  readonly url: string
  readonly body: Json
  readonly status: number
  readonly at: number
}

export interface SandboxSlack {
  /** Origin, like http://127.0.0.1:3999. */
  readonly url: string
  /** For SLACK_API_URL and the WebClient's slackApiUrl. */
  readonly apiUrl: string
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly team: string
  readonly teamDomain: string
  readonly appId: string
  readonly botUser: string
  readonly botId: string
  /** Milliseconds since 1970, as given in the options. */
  readonly now: () => number

  /** Id by name (an id is returned as it is); throws when there is nobody of that name. */
  user(name: string): string
  userName(id: string): string
  channel(name: string): string
  channelName(id: string): string

  readonly calls: SandboxCall[]
  readonly deliveries: SandboxDelivery[]
  callsTo(method: string): SandboxCall[]
  /** Every violation of Slack's limits seen; the offending call was refused too. */
  readonly problems: string[]

  /** The whole channel with its replies, oldest first. */
  messages(channel: string): SandboxMessage[]
  thread(channel: string, ts: string): SandboxMessage[]
  /** The ts of each message pinned in a channel, oldest first. */
  pinned(channel: string): string[]
  /** Every message of every channel as it is kept: to look at, not to change. */
  everything(): readonly SandboxMessage[]
  /** All channels but direct ones. */
  channels(): Promise<readonly SandboxChannel[]>
  /** The conversation between the bot and a person, opened where there was none. Returns its id. */
  openDirect(user: string): Promise<string>
  directMessages(user: string): SandboxMessage[]
  /** Still on somebody's screen: replaced in place, gone when deleted. */
  readonly ephemerals: SandboxEphemeral[]
  readonly responses: ResponseUrlPost[]
  readonly homes: Map<string, SandboxView>
  /** The modals a person has open, bottom to top. */
  openViews(user: string): SandboxView[]

  readonly faults: Faults
  readonly sockets: Sockets
  readonly views: ViewBook
  readonly files: FileBook

  invite(channel: string, user: string): Promise<void>
  kick(channel: string, user: string): Promise<void>
  /** The bot is put out of it, as Slack does. */
  archive(channel: string): Promise<void>
  unarchive(channel: string): Promise<void>
  /** The bot is not in it yet. Returns the id. */
  createChannel(name: string, options?: { isPrivate?: boolean }): Promise<string>
  /** Deactivates: users.info says `deleted: true`. The bot removed: every call is `account_inactive`. */
  removeUser(user: string): Promise<void>
  /** Somebody deletes a message by hand, whoever wrote it. */
  deleteMessage(channel: string, ts: string): Promise<void>
  setDoNotDisturb(user: string, info: Json): void
  /** What users.info tells of a person besides: `{ is_restricted: true }`. */
  setAbout(user: string, about: Json): void
  removeUsergroup(id: string): void
  /** A person writes a message, in a channel or (channel: the bot's user id) to the bot; `files` are ids. Returns its ts. */
  say(user: string, channel: string, text: string, threadTs?: string, files?: readonly string[]): Promise<string>
  /** A file that a person has, not shared yet. `size`: what Slack tells of it, whatever the content. */
  upload(user: string, name: string, about?: { content?: Buffer; size?: number; withApp?: boolean }): SandboxFile
  /** As payloads speak of it. */
  fileFacts(id: string): Json
  /** Somebody deletes a file; where it was shared, a tombstone stays. */
  deleteFile(id: string): void

  /** A new response_url, as the payloads carry. */
  responseUrl(source: ResponseSource): string
  /** Shows what an app answered in a command's ack: the same body that a response_url takes. */
  showResponse(source: ResponseSource, body: Json): Promise<string | undefined>
  /** Waits for `look` to return something other than undefined; looks again whenever anything happens here, and often. */
  until<T>(look: () => T | undefined, options?: { withinMs?: number; what?: string }): Promise<T>
  /** Calls back whenever anything happened here. Returns how to end that. */
  onChange(listener: () => void): () => void
  snapshot(): SandboxSnapshot
  close(): Promise<void>
}

/** What a response_url belongs to: who got it, where, and which message (if any) it came from. */
export interface ResponseSource {
  kind: 'commands' | 'actions' | 'app'
  user: string
  channel: string
  message?: { ts: string; ephemeral: boolean }
}

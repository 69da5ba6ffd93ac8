import { isJson, type Json, objects, text, truthy } from './json.ts'
import { micros } from './stamps.ts'
import type { SandboxMessage } from './types.ts'
import { withBlockIds } from './view-blocks.ts'

/**
 * Every message that went through the sandbox. emulate keeps them too, but can be asked only over HTTP, returns
 * metadata to everybody, and ignores `oldest` and `latest`; so reading is done from here.
 */
export class MessageBook {
  /** By channel and ts, oldest first, since each ts is later than the last. */
  private readonly byChannel = new Map<string, Map<string, SandboxMessage>>()
  /** The replies to each ts. */
  private readonly replied = new Map<string, Set<string>>()
  /** The channel of the direct messages between the bot and a person, by the person's id. */
  readonly directChannels = new Map<string, string>()

  /** Takes a message as emulate returns it, plus what Slack adds (block_ids; the bot's ids). */
  add(channel: string, raw: Json, extra: Partial<SandboxMessage> = {}): SandboxMessage {
    const message: SandboxMessage = { ...toMessage(channel, raw), ...extra }
    this.put(message)
    return message
  }

  /** Takes back the messages of an older workspace. */
  restore(messages: readonly SandboxMessage[]): void {
    for (const message of structuredClone(messages)) this.put(message)
  }

  private put(message: SandboxMessage): void {
    const { channel, ts, thread_ts: thread } = message
    const messages = this.byChannel.get(channel) ?? new Map<string, SandboxMessage>()
    this.byChannel.set(channel, messages.set(ts, message))
    if (thread) this.replied.set(thread, (this.replied.get(thread) ?? new Set()).add(ts))
  }

  /** All of them, in every channel. */
  everything(): SandboxMessage[] {
    return [...this.byChannel.values()].flatMap((messages) => [...messages.values()])
  }

  /** Puts a message in the place of the one with its ts. */
  change(channel: string, changed: SandboxMessage): SandboxMessage {
    if (this.find(channel, changed.ts)) this.byChannel.get(channel)?.set(changed.ts, changed)
    return changed
  }

  /** Where a file was shared, a tombstone stays. */
  bury(file: string): void {
    for (const message of this.everything())
      if (message.files)
        message.files = message.files.map((one) => (one.id === file ? { id: file, mode: 'tombstone' } : one))
  }

  remove(channel: string, ts: string): void {
    this.byChannel.get(channel)?.delete(ts)
  }

  find(channel: string, ts: string): SandboxMessage | undefined {
    return this.byChannel.get(channel)?.get(ts)
  }

  /** Oldest first. */
  all(channel: string): SandboxMessage[] {
    return [...(this.byChannel.get(channel)?.values() ?? [])]
  }

  thread(channel: string, ts: string): SandboxMessage[] {
    const all = [ts, ...(this.replied.get(ts) ?? [])].map((one) => this.find(channel, one))
    return [...new Set(all)].filter((message) => message !== undefined)
  }

  /** conversations.history: newest first; replies only when they were broadcast to the channel. */
  history(channel: string, args: Json): Json {
    const visible = this.all(channel)
      .filter((message) => !message.thread_ts || message.thread_ts === message.ts || message.reply_broadcast)
      .reverse()
    return this.page(channel, visible.filter(within(args)), args)
  }

  /** conversations.replies: the parent first, always; then the replies in the window, oldest first. */
  replies(channel: string, ts: string, args: Json): Json {
    const asked = this.find(channel, ts)
    const thread = this.thread(channel, ts)
    if (!asked && thread.length === 0) return { ok: false, error: 'thread_not_found' }
    const inWindow = within(args)
    return this.page(
      channel,
      thread.filter((message) => message.ts === ts || inWindow(message)),
      args,
    )
  }

  private page(channel: string, messages: SandboxMessage[], args: Json): Json {
    const limit = Math.min(Math.max(Math.trunc(Number(args.limit ?? 100)) || 100, 1), 1000)
    const cursor = text(args.cursor).replace(/^next_ts:/, '')
    const start = cursor === '' ? 0 : messages.findIndex((message) => message.ts === cursor)
    if (start < 0) return { ok: false, error: 'invalid_cursor' }
    const next = messages[start + limit]
    const withMetadata = truthy(args.include_all_metadata)
    return {
      ok: true,
      messages: messages.slice(start, start + limit).map((message) => this.format(channel, message, withMetadata)),
      has_more: next !== undefined,
      ...(next ? { response_metadata: { next_cursor: `next_ts:${next.ts}` } } : {}),
    }
  }

  /** As Slack sends a message: a parent carries its thread's numbers, metadata only when asked for. */
  format(channel: string, message: SandboxMessage, withMetadata: boolean): Json {
    const { channel: _channel, blocks, metadata, ...rest } = message
    const replies = this.thread(channel, message.ts).filter((other) => other.ts !== message.ts)
    return {
      type: 'message',
      ...structuredClone(rest),
      ...(blocks.length > 0 ? { blocks: structuredClone(blocks) } : {}),
      ...(withMetadata && metadata ? { metadata: structuredClone(metadata) } : {}),
      ...(replies.length > 0
        ? {
            thread_ts: message.ts,
            reply_count: replies.length,
            reply_users: [...new Set(replies.map((reply) => reply.user))],
            latest_reply: replies.at(-1)?.ts,
          }
        : {}),
    }
  }
}

/** Slack leaves out messages exactly at `oldest` and `latest` unless `inclusive` is true. */
function within(args: Json): (message: SandboxMessage) => boolean {
  const oldest = args.oldest === undefined || args.oldest === '' ? undefined : micros(args.oldest)
  const latest = args.latest === undefined || args.latest === '' ? undefined : micros(args.latest)
  const inclusive = truthy(args.inclusive)
  return (message) => {
    const at = micros(message.ts)
    const afterOldest = oldest === undefined || at > oldest || (inclusive && at === oldest)
    const beforeLatest = latest === undefined || at < latest || (inclusive && at === latest)
    return afterOldest && beforeLatest
  }
}

function toMessage(channel: string, raw: Json): SandboxMessage {
  return {
    channel,
    ts: text(raw.ts),
    user: text(raw.user),
    text: text(raw.text),
    blocks: withBlockIds(objects(raw.blocks)),
    ...(text(raw.thread_ts) ? { thread_ts: text(raw.thread_ts) } : {}),
    ...(text(raw.subtype) ? { subtype: text(raw.subtype) } : {}),
    ...(isJson(raw.metadata) ? { metadata: raw.metadata } : {}),
    ...(objects(raw.attachments).length > 0 ? { attachments: objects(raw.attachments) } : {}),
    ...(objects(raw.files).length > 0 ? { files: objects(raw.files) } : {}),
    ...(truthy(raw.reply_broadcast) ? { reply_broadcast: true } : {}),
    ...(isJson(raw.edited) ? { edited: raw.edited } : {}),
  }
}

import { randomBytes } from 'node:crypto'
import { type Json, objects, text, truthy } from './json.ts'
import { type Room, refuseMessage } from './methods.ts'
import type { ResponseSource, ResponseUrlPost } from './types.ts'
import { withBlockIds } from './view-blocks.ts'
import { APP_ID, BOT_ID, BOT_USER } from './workspace.ts'

/** docs.slack.dev, "Handling user interaction": a response_url can be used up to 5 times within 30 minutes. */
const USES = 5
const LIFE_MS = 30 * 60 * 1000

/** The response_urls handed out, and what apps show through them. */
export class ResponseUrls {
  readonly posts: ResponseUrlPost[] = []
  private readonly known = new Map<string, { source: ResponseSource; at: number; left: number }>()
  private readonly room: Room
  private readonly origin: () => string
  private readonly now: () => number

  constructor(room: Room, origin: () => string, now: () => number) {
    this.room = room
    this.origin = origin
    this.now = now
  }

  issue(source: ResponseSource): string {
    const path = `/${source.kind}/${this.room.workspace.team}/${Date.now()}/${randomBytes(12).toString('base64url')}`
    this.known.set(path, { source, at: this.now(), left: USES })
    return `${this.origin()}${path}`
  }

  knows(path: string): boolean {
    return this.known.has(path)
  }

  /** Who it belongs to decides which channel a fault is matched with. */
  channelOf(path: string): string {
    return this.known.get(path)?.source.channel ?? ''
  }

  async post(path: string, body: Json): Promise<{ status: number; answer: Json }> {
    const found = this.known.get(path)
    const error = await this.attempt(found, body)
    const status = error === undefined ? 200 : error === 'used_url' || error === 'expired_url' ? 404 : 400
    this.posts.push({ url: `${this.origin()}${path}`, body, status, at: this.now() })
    return { status, answer: error === undefined ? { ok: true } : { ok: false, error } }
  }

  private async attempt(found: { source: ResponseSource; at: number; left: number } | undefined, body: Json) {
    if (!found || this.now() - found.at >= LIFE_MS) return 'expired_url'
    if (found.left <= 0) return 'used_url'
    found.left -= 1
    return this.show(found.source, body)
  }

  /** Undefined, or why Slack refuses it. */
  async show(source: ResponseSource, body: Json): Promise<string | undefined> {
    const { room } = this
    if (truthy(body.delete_original)) {
      await this.takeAway(source)
      return undefined
    }
    const refused = refuseMessage(room, 'response_url', body, 'response')
    if (refused) return text(refused.error)
    if (text(body.text) === '' && objects(body.blocks).length === 0) return 'no_text'
    if (truthy(body.replace_original) && source.message) {
      await this.replace(source, source.message, body)
    } else if (body.response_type === 'in_channel') {
      const args = {
        channel: source.channel,
        text: text(body.text),
        blocks: objects(body.blocks),
        thread_ts: body.thread_ts,
      }
      const bot = { user: BOT_USER, bot_id: BOT_ID, app_id: APP_ID }
      room.book.add(source.channel, { ...args, ts: room.stamps.next() }, bot)
    } else {
      room.ephemerals.push({
        ephemeral: true,
        ...{ channel: source.channel, user: source.user, text: text(body.text), ts: room.stamps.next() },
        blocks: withBlockIds(objects(body.blocks)),
        ...(text(body.thread_ts) ? { thread_ts: text(body.thread_ts) } : {}),
      })
    }
    return undefined
  }

  private async replace(
    source: ResponseSource,
    message: { ts: string; ephemeral: boolean },
    body: Json,
  ): Promise<void> {
    const seen = this.ephemeral(source, message.ts)
    if (message.ephemeral) {
      if (seen) Object.assign(seen, { text: text(body.text), blocks: withBlockIds(objects(body.blocks)) })
      return
    }
    const old = this.room.book.find(source.channel, message.ts)
    const blocks = withBlockIds(objects(body.blocks))
    if (old) this.room.book.change(source.channel, { ...old, text: text(body.text), blocks })
  }

  private async takeAway(source: ResponseSource): Promise<void> {
    const ts = source.message?.ts ?? ''
    const seen = this.ephemeral(source, ts)
    if (seen) this.room.ephemerals.splice(this.room.ephemerals.indexOf(seen), 1)
    if (seen || !source.message || source.message.ephemeral) return
    this.room.book.remove(source.channel, ts)
  }

  private ephemeral(source: ResponseSource, ts: string) {
    return this.room.ephemerals.find((one) => one.ts === ts && one.channel === source.channel)
  }
}

import { Agent, type IncomingHttpHeaders, request } from 'node:http'
import { createEmulator, type Emulator } from 'emulate'
import { isJson, type Json, objectOf, objects, text } from './json.ts'
import type { SandboxChannel, SandboxSlackOptions } from './types.ts'
import { readBody } from './wire.ts'

export const APP_ID = 'A0AMENDS01'
export const BOT_USER = 'U0AMENDS01'
export const BOT_ID = 'B0AMENDS01'
const BOT_NAME = 'amends'
/** emulate seeds this user itself, and makes them a member of every channel. */
const ADMIN = 'admin'

/** Everything the sandbox does on its own behalf, past the bot's scopes. */
const EVERY_SCOPE = [
  ...['chat:write', 'users:read', 'users:read.email', 'team:read', 'reactions:write', 'reactions:read'],
  ...['channels', 'groups', 'im', 'mpim'].flatMap((kind) => [`${kind}:read`, `${kind}:history`, `${kind}:write`]),
  ...['channels:join', 'channels:manage', 'files:read', 'files:write', 'pins:read', 'pins:write'],
]

const CHANGES_CHANNELS = /^conversations\.(create|archive|unarchive|invite|kick|join|leave|rename)$/

/** Who a token speaks for. `scopes` undefined: not checked. */
export interface Identity {
  kind: 'bot' | 'app' | 'person'
  user: string
  scopes?: string[]
}

/** A request to emulate, and what it answers. */
interface Passed {
  method: string
  headers: Record<string, string>
  body?: string | Buffer
}
interface Answered {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** emulate's Slack, behind the loopback, with people, channels and tokens in it. */
export class Workspace {
  readonly team: string
  private readonly emulator: Emulator
  /** Where emulate really listens. */
  private readonly origin: string
  /** What it is known as outside: links in its answers are rewritten to this. */
  private readonly publicUrl: string
  private readonly botToken: string
  readonly users = new Map<string, string>()
  readonly channels = new Map<string, string>()
  /** emulate makes ids up anew in each run: the ones of our own that stand for them outside, and back. */
  private readonly outward = new Map<string, string>()
  private readonly inward = new Map<string, string>()
  /** What emulate said, until something about channels may have changed. */
  private listed: Promise<SandboxChannel[]> | undefined
  private readonly visible = new Map<string, Promise<Map<string, Json>>>()
  private readonly seen = new Map<string, Promise<Json | undefined>>()
  /** Of node:http: fetch takes twice the processor's time, for every call. */
  private readonly agent = new Agent({ keepAlive: true })

  private constructor(emulator: Emulator, team: string, publicUrl: string, botToken: string) {
    this.emulator = emulator
    this.team = team
    this.origin = emulator.url.replace('localhost', '127.0.0.1')
    this.publicUrl = publicUrl
    this.botToken = botToken
  }

  static async start(options: SandboxSlackOptions, publicUrl: string, botToken: string): Promise<Workspace> {
    const people = options.users ?? [{ name: 'ann' }, { name: 'bo' }, { name: 'cleo' }]
    const channels = options.channels ?? [{ name: 'complaints' }]
    const botIdentity = { user_id: BOT_USER, app_id: APP_ID, bot_id: BOT_ID, bot_user_id: BOT_USER, type: 'bot' }
    const emulator = await createEmulator({
      service: 'slack',
      port: 0,
      seed: {
        slack: {
          users: people.map((person) => ({ name: person.name, real_name: person.realName ?? person.name })),
          channels: channels.map((channel) => ({ name: channel.name, is_private: channel.isPrivate ?? false })),
          oauth_apps: [
            {
              ...{ app_id: APP_ID, client_id: '1.1', client_secret: 'unused', name: 'Amends', redirect_uris: [] },
              ...{
                bot_id: BOT_ID,
                bot_user_id: BOT_USER,
                bot_name: BOT_NAME,
                scopes: options.strictScopes ?? EVERY_SCOPE,
              },
            },
          ],
          tokens: [
            { ...botIdentity, token: botToken, scopes: options.strictScopes ?? EVERY_SCOPE },
            { ...botIdentity, token: hidden(BOT_USER), scopes: EVERY_SCOPE },
            ...[ADMIN, ...people.map((person) => person.name)].map((name) => ({
              ...{ token: hidden(name), user: name, scopes: EVERY_SCOPE, type: 'user' },
            })),
          ],
          strict_scopes: options.strictScopes !== undefined,
        },
      },
    })
    const workspace = new Workspace(emulator, 'T000000001', publicUrl, botToken)
    await workspace.look([ADMIN])
    for (const { name, id } of people) if (id) workspace.rename(workspace.userId(name), id)
    for (const { name, id } of channels) if (id) workspace.rename(workspace.channelId(name), id)
    if (workspace.outward.size > 0) await workspace.look([ADMIN])
    for (const channel of channels) {
      const id = workspace.channelId(channel.name)
      if (channel.bot !== false) await workspace.mustAsStaff('conversations.invite', { channel: id, users: BOT_USER })
      const stay = channel.members?.map((name) => workspace.userId(name))
      for (const user of stay ? workspace.users.keys() : []) {
        const goes = user !== BOT_USER && workspace.users.get(user) !== ADMIN && !stay?.includes(user)
        if (goes) await workspace.mustAsStaff('conversations.kick', { channel: id, user })
      }
    }
    return workspace
  }

  /** Reads the names and ids that emulate made up. A private channel that the app made is seen by the bot alone. */
  async look(as = [ADMIN, BOT_USER]): Promise<void> {
    this.users.clear()
    this.channels.clear()
    const users = await this.call('users.list', { limit: 1000 }, hidden(ADMIN))
    for (const user of objects(users.members)) this.users.set(text(user.id), text(user.name))
    for (const token of as.map(hidden)) {
      for (const channel of await this.list(token)) this.channels.set(text(channel.id), text(channel.name))
    }
  }

  private async list(token: string): Promise<Json[]> {
    const kinds = { limit: 1000, types: 'public_channel,private_channel' }
    return objects((await this.call('conversations.list', kinds, token)).channels)
  }

  private rename(made: string, given: string): void {
    this.outward.set(made, given)
    this.inward.set(given, made)
  }

  /** All but direct ones. */
  allChannels(): Promise<SandboxChannel[]> {
    this.listed ??= this.listChannels()
    return this.listed
  }

  private async listChannels(): Promise<SandboxChannel[]> {
    const all: SandboxChannel[] = []
    for (const id of this.channels.keys()) {
      const channel = (await this.channel(id)) ?? {}
      const { members } = await this.asStaff('conversations.members', { channel: id, limit: 1000 })
      all.push({
        ...{ id, name: text(channel.name), isPrivate: channel.is_private === true },
        isArchived: channel.is_archived === true,
        members: Array.isArray(members) ? members.map(String) : [],
      })
    }
    return all
  }

  /** The conversation between the bot and a person, known by `id` from now on, where that is given. */
  async openDirect(user: string, id?: string): Promise<string> {
    const answer = await this.asBot('conversations.open', { users: user })
    const made = text(objectOf(answer.channel).id)
    if (made === '') throw new Error(`conversations.open: ${text(answer.error)}`)
    if (id && id !== made) this.rename(made, id)
    return id ?? made
  }

  userId(nameOrId: string): string {
    return idOf(this.users, nameOrId, 'user')
  }

  channelId(nameOrId: string): string {
    return idOf(this.channels, nameOrId.replace(/^#/, ''), 'channel')
  }

  /** By id, as `user` sees them: the public ones, and the private ones they are in. */
  visibleTo(user: string): Promise<Map<string, Json>> {
    return remembered(this.visible, user, async () => {
      const channels = await this.list(hidden(user === BOT_USER ? user : (this.users.get(user) ?? user)))
      return new Map(channels.map((channel) => [text(channel.id), channel]))
    })
  }

  /** Undefined: there is no such channel. */
  async channel(id: string): Promise<Json | undefined> {
    const channel =
      (await this.visibleTo(BOT_USER)).get(id) ?? (await remembered(this.seen, id, () => this.askAbout(id)))
    if (!channel) this.seen.delete(id)
    return channel
  }

  private async askAbout(id: string): Promise<Json | undefined> {
    const seen = await this.call('conversations.info', { channel: id }, hidden(BOT_USER))
    if (isJson(seen.channel)) return seen.channel
    const asAdmin = await this.call('conversations.info', { channel: id }, hidden(ADMIN))
    return isJson(asAdmin.channel) ? { ...asAdmin.channel, is_member: false } : undefined
  }

  asBot(method: string, args: Json): Promise<Json> {
    return this.call(method, args, hidden(BOT_USER))
  }

  asPerson(user: string, method: string, args: Json): Promise<Json> {
    return this.call(method, args, hidden(this.users.get(user) ?? user))
  }

  /** As somebody who may: the admin, or the bot where only it is a member. */
  async asStaff(method: string, args: Json): Promise<Json> {
    const answer = await this.call(method, args, hidden(ADMIN))
    return answer.error === 'not_in_channel' ? this.asBot(method, args) : answer
  }

  /** The same; throws when it is refused. */
  async mustAsStaff(method: string, args: Json): Promise<Json> {
    const answer = await this.asStaff(method, args)
    if (answer.ok !== true) throw new Error(`${method}: ${text(answer.error)}`)
    return answer
  }

  call(method: string, args: Json, token = this.botToken): Promise<Json> {
    return this.forward(method, JSON.stringify(args), 'application/json', token)
  }

  /** Passes a body on as it came. A method that emulate does not know is answered as Slack would. */
  async forward(method: string, body: string | Buffer, contentType: string, token: string): Promise<Json> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': contentType || 'application/json' }
    const changes = CHANGES_CHANNELS.test(method)
    if (changes) this.forgetChannels()
    const sent = contentType.startsWith('multipart/') ? body : translated(body.toString(), this.inward)
    const { status, body: answer } = await this.pass(`/api/${method}`, { method: 'POST', headers, body: sent })
    if (status === 404) return { ok: false, error: 'unknown_method', req_method: method }
    if (changes) this.forgetChannels()
    const said = answer.toString().replaceAll(this.emulator.url, this.publicUrl)
    return objectOf(JSON.parse(translated(said, this.outward)))
  }

  private forgetChannels(): void {
    this.listed = undefined
    this.visible.clear()
    this.seen.clear()
  }

  /** Asks emulate. It ends a connection that was idle for 5 s, perhaps just as it is used again. */
  async pass(path: string, asked: Passed): Promise<Answered> {
    return this.ask(path, asked).catch(() => this.ask(path, asked))
  }

  private ask(path: string, { method, headers, body = '' }: Passed): Promise<Answered> {
    return new Promise((resolve, reject) => {
      const length = { 'content-length': Buffer.byteLength(body) }
      const asking = request(this.origin + path, { method, agent: this.agent, headers: { ...headers, ...length } })
      asking.on('error', reject)
      asking.on('response', (response) => {
        const { statusCode: status = 0, headers } = response
        readBody(response).then((body) => resolve({ status, headers, body }), reject)
      })
      asking.end(body)
    })
  }

  close(): Promise<void> {
    this.agent.destroy()
    return this.emulator.close()
  }
}

/** What fails is asked again the next time. */
function remembered<Found>(found: Map<string, Promise<Found>>, key: string, ask: () => Promise<Found>): Promise<Found> {
  const known = found.get(key)
  if (known) return known
  const asked = ask()
  found.set(key, asked)
  asked.catch(() => found.delete(key))
  return asked
}

/** Tokens only the sandbox knows: what people and the workspace do without the app. */
function hidden(name: string): string {
  return `sandbox-${name}`
}

/** Ids are words of their own, so that text is translated as it stands. */
function translated(body: string, ids: ReadonlyMap<string, string>): string {
  return ids.size === 0
    ? body
    : body.replace(/(?<=%[0-9A-Fa-f]{2}|\b)[A-Z][A-Z0-9]{8,}\b/g, (word) => ids.get(word) ?? word)
}

function idOf(names: Map<string, string>, nameOrId: string, what: string): string {
  if (names.has(nameOrId)) return nameOrId
  for (const [id, name] of names) if (name === nameOrId) return id
  throw new Error(`No ${what} "${nameOrId}" in the sandbox; there are ${[...names.values()].join(', ')}`)
}

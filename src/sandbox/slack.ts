/**
 * A Slack on this machine, for tests and for trying the bot: emulate's Slack behind a server of ours that adds what it
 * lacks (Socket Mode, real triggers, modals on a person's screen, response_urls, limits, faults) and writes down every
 * call. `person.ts` is somebody who uses the app in it.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Faults } from './faults.ts'
import { FileBook } from './file-book.ts'
import { Front } from './front.ts'
import { Happenings } from './happenings.ts'
import { MessageBook } from './message-book.ts'
import type { Room } from './methods.ts'
import { ResponseUrls } from './response-urls.ts'
import { Sockets } from './sockets.ts'
import { staffOf } from './staff.ts'
import { Stamps } from './stamps.ts'
import type { SandboxDelivery, SandboxSlack, SandboxSlackOptions, SandboxSnapshot } from './types.ts'
import { ViewBook } from './view-book.ts'
import { sendJson } from './wire.ts'
import { APP_ID, BOT_ID, BOT_USER, type Identity, Workspace } from './workspace.ts'

export type * from './types.ts'

/** Most files of a snapshot, which is written down whole. */
const FILES_KEPT = 8

export async function startSandboxSlack(options: SandboxSlackOptions = {}): Promise<SandboxSlack> {
  const now = options.now ?? Date.now
  const wall = options.wall ?? now
  const botToken = options.botToken ?? `xoxb-sandbox-${randomBytes(8).toString('hex')}`
  const appToken = options.appToken ?? `xapp-sandbox-${randomBytes(8).toString('hex')}`
  const problems: string[] = []
  const faults = new Faults()
  const { changed, until, onChange } = bound(new Happenings())

  let front: Front | undefined
  const server = createServer((request, response) => {
    answer(front, request, response).catch((cause: unknown) => {
      problems.push(`The sandbox failed at ${request.url}: ${String(cause)}`)
      if (!response.headersSent) sendJson(response, { ok: false, error: 'fatal_error' }, {}, 500)
    })
  })
  // A client in the same, busy process may use a connection just as its time is up, which looks like an answer that was lost.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const workspace = await Workspace.start(options, url, botToken)
  const problem = (words: string) => {
    problems.push(words)
  }
  const usergroups = (options.usergroups ?? []).map((group) => ({
    ...group,
    users: group.users.map((user) => workspace.userId(user)),
  }))
  const room: Room = {
    ...{ files: new FileBook(options.home ?? 'https://sandbox.slack.com/'), url },
    ...{ workspace, problem, usergroups, ephemerals: [], removed: new Set() },
    ...{ about: new Map(), doNotDisturb: new Map(), created: new Map(), pins: new Map() },
    ...{ book: new MessageBook(), stamps: new Stamps(now, options.restore?.newest), home: options.home },
    views: new ViewBook({ team: workspace.team, appId: APP_ID, botId: BOT_ID }, now, wall, problem),
    sockets: new Sockets(() => url, changed),
  }
  const responseUrls = new ResponseUrls(room, () => url, wall)
  const identify = (token: string): Identity | undefined => {
    if (token === appToken) return { kind: 'app', user: BOT_USER }
    if (token !== botToken) return undefined
    return { kind: 'bot', user: BOT_USER, ...(options.strictScopes ? { scopes: options.strictScopes } : {}) }
  }
  front = new Front({ room, responseUrls, faults, identify, now, changed })
  const { calls } = front
  if (options.restore) await restore(room, options.restore)
  server.on('upgrade', (request, socket, head) => room.sockets.upgrade(request, socket, head))

  const channelId = (nameOrId: string) => (nameOrId.startsWith('D') ? nameOrId : workspace.channelId(nameOrId))

  return {
    ...{ url, apiUrl: `${url}/api/`, botToken, appToken, now, calls, problems, faults },
    deliveries: [] as SandboxDelivery[],
    signingSecret: options.signingSecret ?? 'sandbox-signing-secret',
    ...{ team: workspace.team, teamDomain: options.teamDomain ?? 'sandbox' },
    ...{ appId: APP_ID, botUser: BOT_USER, botId: BOT_ID },
    ...{ ephemerals: room.ephemerals, responses: responseUrls.posts, homes: room.views.homes },
    ...{ sockets: room.sockets, views: room.views, files: room.files },
    ...staffOf(room, changed),

    user: (name) => workspace.userId(name),
    userName: (id) => workspace.users.get(id) ?? id,
    channel: channelId,
    channelName: (id) => workspace.channels.get(id) ?? 'directmessage',
    callsTo: (method) => calls.filter((call) => call.method === method),
    messages: (channel) => structuredClone(room.book.all(channelId(channel))),
    thread: (channel, ts) => structuredClone(room.book.thread(channelId(channel), ts)),
    pinned: (channel) => [...(room.pins.get(channelId(channel)) ?? [])],
    everything: () => room.book.everything(),
    channels: () => workspace.allChannels(),
    openDirect: (user) => openDirect(room, workspace.userId(user)),
    directMessages: (user) =>
      structuredClone(room.book.all(room.book.directChannels.get(workspace.userId(user)) ?? 'none')),
    openViews: (user) => room.views.stack(workspace.userId(user)),
    responseUrl: (source) => responseUrls.issue(source),
    showResponse: (source, body) => responseUrls.show(source, body),
    ...{ until, onChange },
    snapshot: () => ({
      messages: structuredClone(room.book.everything()),
      ephemerals: structuredClone(room.ephemerals),
      homes: structuredClone([...room.views.homes.values()]),
      directChannels: Object.fromEntries(room.book.directChannels),
      removed: [...room.removed],
      newest: room.stamps.newest,
      files: room.files.all().slice(-FILES_KEPT),
    }),

    async close() {
      room.sockets.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await Promise.all([closed, workspace.close()])
    },
  }
}

function bound(happenings: Happenings): Pick<Happenings, 'changed' | 'until' | 'onChange'> {
  return { changed: happenings.changed, onChange: happenings.onChange, until: happenings.until.bind(happenings) }
}

async function restore(room: Room, snapshot: SandboxSnapshot): Promise<void> {
  for (const [user, channel] of Object.entries(snapshot.directChannels)) await openDirect(room, user, channel)
  room.book.restore(snapshot.messages)
  room.ephemerals.push(...structuredClone(snapshot.ephemerals))
  for (const home of structuredClone(snapshot.homes)) room.views.homes.set(home.user, home)
  for (const user of snapshot.removed) room.removed.add(user)
  room.files.restore(snapshot.files ?? [])
}

/** The conversation between the bot and a person; `id` is the one it had before, or is to have. */
async function openDirect(room: Room, user: string, id?: string): Promise<string> {
  const known = room.book.directChannels.get(user)
  if (known) return known
  const channel = await room.workspace.openDirect(user, id)
  room.book.directChannels.set(user, channel)
  return channel
}

async function answer(front: Front | undefined, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!front) return sendJson(response, { ok: false, error: 'service_unavailable' }, {}, 503)
  return front.answer(request, response)
}

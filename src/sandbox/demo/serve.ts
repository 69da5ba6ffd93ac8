import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StartFault } from '../../startFault.ts'
import { isJson, type Json, maybeJson } from '../json.ts'
import type { Deed, Done, FaultName } from '../web/contract.ts'
import { sendJson } from '../wire.ts'
import { Changes } from './changes.ts'
import { PEOPLE } from './company.ts'
import { Deeds, Gone } from './deeds.ts'
import type { Demo, SkipBy } from './demo.ts'
import { pageFile } from './page.ts'
import { stateFor } from './state.ts'
import { trafficOf, trim } from './traffic.ts'
import { FAULTS } from './troubles.ts'

const LARGEST_BODY = 1_000_000
/** A file of 10 MB, in base64. */
const LARGEST_FILE = 15_000_000
const UNEXPECTED = 'Something unexpected happened.'
const SKIPS: readonly SkipBy[] = ['15m', '1h', '4h', 'next-deadline', 'monday']

class Refused extends Error {
  readonly status: number
  constructor(status: number, words: string) {
    super(words)
    this.status = status
  }
}

/** What is served on the demo's own port: the page and what it asks for. */
export class DemoServer {
  private readonly server: Server
  private readonly changes = new Changes()
  /** Until then requests for files wait. */
  private readonly page: Promise<void>
  private demo: { readonly demo: Demo; readonly deeds: Deeds } | undefined
  private opened: (() => void)[] = []

  private constructor(server: Server, page: Promise<void>) {
    this.server = server
    this.page = page
  }

  /**
   * Listens on this machine only. Null: on any free port, `preferred` if that is one.
   * @throws StartFault where the port can't be had.
   */
  static async listen(port: number | null, preferred: number, page: Promise<void>): Promise<DemoServer> {
    const server = createServer()
    if (port !== null) await listenOn(server, port)
    else await listenOn(server, preferred).catch(() => listenOn(server, 0))
    const demo = new DemoServer(server, page)
    server.on('request', (request, response) => {
      demo.answer(request, response).catch((cause: unknown) => {
        const [status, words] = cause instanceof Refused ? [cause.status, cause.message] : [500, UNEXPECTED]
        if (status === 500 && process.env.DEBUG) process.stderr.write(`${String((cause as Error).stack)}\n`)
        if (response.headersSent) return response.destroy()
        response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
        response.end(words)
      })
    })
    return demo
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`
  }

  /** From now on it can be asked; until then requests wait. */
  show(demo: Demo): void {
    this.demo = { demo, deeds: new Deeds(demo) }
    demo.slack.onChange(() => this.changes.tell())
    for (const resolve of this.opened.splice(0)) resolve()
  }

  async close(): Promise<void> {
    this.changes.close()
    const closed = new Promise((resolve) => this.server.close(resolve))
    this.server.closeAllConnections()
    await closed
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.refuseStrangers(request)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://demo')
    if (!pathname.startsWith('/demo/')) return this.file(request, pathname, response)
    const picture = /^\/demo\/files\/(\w+)$/.exec(pathname)?.[1]
    if (picture) return this.picture(picture, response)
    const asked = `${request.method} ${pathname.slice('/demo/'.length)}`
    const { demo, deeds } = await this.running()
    switch (asked) {
      case 'GET state':
        return sendJson(response, await stateFor(demo, searchParams.get('as') ?? '', searchParams.get('channel') ?? ''))
      case 'GET changes':
        return this.changes.join(response)
      case 'GET traffic':
        trim(demo.slack)
        return sendJson(response, trafficOf(demo.slack))
      case 'POST do': {
        const deed = deedIn(await bodyOf(request))
        const done = await demo.gate
          .together(() => deeds.carryOut(deed))
          .catch((cause: unknown): Done => {
            if (cause instanceof Gone) return { error: cause.message }
            throw cause
          })
        this.changes.tell()
        return sendJson(response, done)
      }
      case 'POST files': {
        const { as, name, content, withApp } = await bodyOf(request, LARGEST_FILE)
        if (typeof as !== 'string' || typeof name !== 'string' || typeof content !== 'string')
          throw new Refused(400, 'as, name, content: expected strings')
        if (!PEOPLE.some(({ id }) => id === as)) throw new Refused(400, 'as: there is nobody of that id')
        const about = { content: Buffer.from(content, 'base64'), withApp: withApp === true }
        return sendJson(response, demo.slack.fileFacts(demo.slack.upload(as, name.slice(0, 255), about).id))
      }
      case 'POST clock': {
        const { by } = await bodyOf(request)
        const known = SKIPS.find((one) => one === by)
        if (!known) throw new Refused(400, `by: one of ${SKIPS.join(', ')}`)
        if (!(await demo.skip(known))) throw new Refused(409, 'No clock is running: there is no next deadline.')
        this.changes.tell()
        return sendJson(response, { now: demo.clock.date().toISOString() })
      }
      case 'POST faults': {
        const { fault, on } = await bodyOf(request)
        const known = FAULTS.find((one): one is FaultName => one === fault)
        if (!known || typeof on !== 'boolean')
          throw new Refused(400, `fault: one of ${FAULTS.join(', ')}; on: a boolean`)
        demo.troubles.switch(known, on)
        this.changes.tell()
        return sendJson(response, { faults: demo.troubles.names })
      }
      default:
        throw new Refused(404, 'There is nothing here.')
    }
  }

  /** Another site in the same browser may reach this port, under a name of its own; it gets nothing. */
  private refuseStrangers({ headers, method }: IncomingMessage): void {
    const own = ['127.0.0.1', 'localhost'].map((name) => `${name}:${this.port}`)
    const { host = '', origin } = headers
    if (!own.includes(host)) throw new Refused(403, 'This demo answers on this machine only.')
    if (origin !== undefined && !own.some((name) => origin === `http://${name}`))
      throw new Refused(403, 'This demo answers to its own page only.')
    const isJsonBody = (headers['content-type'] ?? '').startsWith('application/json')
    if (method === 'POST' && !isJsonBody) throw new Refused(415, 'The body must be application/json.')
  }

  private async file(request: IncomingMessage, path: string, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refused(405, 'Files are only read.')
    const link = /^\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})$/.exec(path)
    if (link) {
      response.writeHead(302, { location: `/#/${link[1]}/-/${link[2]}.${link[3]}` })
      response.end()
      return
    }
    await this.page
    const found = await pageFile(decodeURIComponent(path))
    if (!found) throw new Refused(404, 'There is nothing here.')
    const headers = { 'content-type': found.type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' }
    response.writeHead(200, headers)
    response.end(request.method === 'HEAD' ? undefined : found.body)
  }

  /** A file that was uploaded to Slack. */
  private async picture(id: string, response: ServerResponse): Promise<void> {
    const { demo } = await this.running()
    const file = demo.slack.files.find(id)
    if (!file || file.deleted) throw new Refused(404, 'There is nothing here.')
    // Whatever it says it is, it is nothing that runs.
    const headers = { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' }
    response.writeHead(200, { ...headers, 'content-type': file.mimetype, 'cache-control': 'private, max-age=3600' })
    response.end(Buffer.from(file.base64, 'base64'))
  }

  private async running() {
    while (!this.demo) await new Promise<void>((resolve) => this.opened.push(resolve))
    return this.demo
  }
}

async function listenOn(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(
        new StartFault(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use: name another with --port, or leave it out.`
            : `Port ${port} can't be had (${error.code ?? 'unknown'}): name another with --port, or leave it out.`,
        ),
      )
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed)
      resolve()
    })
  })
}

async function bodyOf(request: IncomingMessage, largest = LARGEST_BODY): Promise<Json> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > largest) throw new Refused(413, 'That is too much.')
    chunks.push(chunk)
  }
  const body = maybeJson(Buffer.concat(chunks).toString())
  if (!isJson(body)) throw new Refused(400, 'The body must be a JSON object.')
  return body
}

/** The fields that each deed needs, and what they are. */
const SHAPES: Record<Deed['do'], Readonly<Record<string, 'string' | 'object'>>> = {
  say: { channel: 'string', text: 'string' },
  command: { channel: 'string', text: 'string' },
  'global-shortcut': { id: 'string' },
  'message-shortcut': { id: 'string', channel: 'string', ts: 'string' },
  act: { target: 'object', block: 'string', action: 'string', state: 'object' },
  suggest: { target: 'object', block: 'string', action: 'string', typed: 'string' },
  submit: { view: 'string', values: 'object' },
  close: { view: 'string' },
  'delete-file': { file: 'string' },
  'open-home': {},
  dismiss: { channel: 'string', ts: 'string' },
  archive: { channel: 'string' },
  unarchive: { channel: 'string' },
  'add-app': { channel: 'string' },
  'remove-app': { channel: 'string' },
}

function deedIn(body: Json): Deed {
  const shape =
    typeof body.do === 'string' && Object.hasOwn(SHAPES, body.do) ? SHAPES[body.do as Deed['do']] : undefined
  if (!shape) throw new Refused(400, `do: one of ${Object.keys(SHAPES).join(', ')}`)
  for (const [field, kind] of Object.entries({ as: 'string', ...shape }))
    if (kind === 'string' ? typeof body[field] !== 'string' : !isJson(body[field]))
      throw new Refused(400, `${field}: expected ${kind === 'string' ? 'a string' : 'an object'}`)
  return body as unknown as Deed
}

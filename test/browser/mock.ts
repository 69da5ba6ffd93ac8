import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Deed, DemoState, Done, Traffic } from '../../src/sandbox/web/contract.ts'

/** The page as `vite build` left it. */
const PAGE = fileURLToPath(new URL('../../dist/sandbox/page/', import.meta.url))

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

export interface Mock {
  readonly url: string
  /** What the page was told last is what it shows next. */
  state: DemoState
  readonly deeds: Deed[]
  /** How a deed is answered; may change `state` first. */
  answer: (deed: Deed) => Done | Promise<Done>
  traffic: Traffic[]
  readonly posted: { path: string; body: unknown }[]
  /** Tells every open page that there is something new. */
  changed(): void
  close(): Promise<void>
}

/** The demo's API with nothing behind it: what it answers is what a test says. */
export async function startMock(state: DemoState): Promise<Mock> {
  const listeners = new Set<ServerResponse>()
  const json = (response: ServerResponse, body: unknown) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(body))
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://mock')
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined
    if (url.pathname === '/demo/state') {
      const channel = url.searchParams.get('channel')
      const messages = mock.state.messages.filter((message) => message.channel === channel)
      return json(response, { ...mock.state, messages })
    }
    if (url.pathname === '/demo/changes') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(':\n\n')
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
      return
    }
    if (url.pathname === '/demo/traffic') return json(response, mock.traffic)
    if (url.pathname === '/demo/do') {
      mock.deeds.push(body as Deed)
      return json(response, await mock.answer(body as Deed))
    }
    if (url.pathname.startsWith('/demo/')) {
      mock.posted.push({ path: url.pathname, body })
      return json(response, { now: mock.state.now })
    }
    const path = normalize(url.pathname === '/' ? '/index.html' : url.pathname)
    try {
      response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream')
      response.end(await readFile(join(PAGE, path)))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const mock: Mock = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    deeds: [],
    answer: () => ({ error: null }),
    traffic: [],
    posted: [],
    changed: () => {
      for (const response of listeners) response.write('event: changed\ndata:\n\n')
    },
    close: () =>
      new Promise((resolve) => {
        for (const response of listeners) response.end()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return mock
}

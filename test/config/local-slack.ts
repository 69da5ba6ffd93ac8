import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server answers one call with: a body for 200, or a status, or nothing at all. */
export type Reply = object | string | { status: number; headers?: Record<string, string> } | 'hang'
export interface LocalSlack extends AsyncDisposable {
  readonly apiUrl: string
  /** `conversations.info C0MFG`, in the order of arrival. */
  readonly calls: string[]
}

/** The smallest Slack: one function answers every method. */
export async function localSlack(answer: (method: string, id: string, count: number) => Reply): Promise<LocalSlack> {
  const calls: string[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const method = (request.url ?? '').replace('/api/', '')
    const args = new URLSearchParams(body)
    const id = args.get('channel') ?? args.get('user') ?? ''
    calls.push(`${method} ${id}`.trim())
    const reply = answer(method, id, calls.filter((call) => call === calls.at(-1)).length)
    if (reply === 'hang') return
    if (typeof reply === 'object' && 'status' in reply && typeof reply.status === 'number') {
      response.writeHead(reply.status, 'headers' in reply ? (reply.headers as Record<string, string>) : {}).end()
      return
    }
    response
      .setHeader('content-type', 'application/json')
      .end(typeof reply === 'string' ? reply : JSON.stringify(reply))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    calls,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { HTTPReceiver } from '@slack/bolt'
import type { Metrics } from './metrics.ts'
import { receive } from './slack/receiving.ts'
import { StartFault } from './startFault.ts'
import type { Database } from './store/database.ts'

/** What tells whether this process can serve; filled in as it starts. */
export interface Health {
  database: Database | null
  /** Why Slack refuses the bot token, if it does. */
  tokenFault: string | null
  /** Over HTTP always; in Socket Mode while the socket stands. */
  connected: boolean
  metrics: Metrics | null
  serving: boolean
}

/** @throws StartFault where the port can't be had. */
export async function listen(
  port: number,
  onRequest: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<Server> {
  const server = createServer(onRequest)
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new StartFault(
          error.code === 'EADDRINUSE'
            ? `PORT: ${port} is in use. Stop what uses it, or set PORT to another.`
            : `PORT: can't listen on ${port} (${error.code ?? 'unknown'}).`,
        ),
      ),
    )
    server.listen(port, resolve)
  })
  return server
}

/** Health for whoever watches, everything else for Slack. */
export function serve(req: IncomingMessage, res: ServerResponse, health: Health, receiver: HTTPReceiver | null): void {
  const path = (req.url ?? '/').split('?', 1)[0]
  const say = (status: number, body: string, type = 'text/plain; charset=utf-8') => {
    res.writeHead(status, { 'content-type': type })
    res.end(body)
  }
  const { metrics, serving } = health
  if (path === '/healthz') say(200, 'ok\n')
  else if (path === '/readyz') void readiness(health).then((why) => (why ? say(503, `${why}\n`) : say(200, 'ready\n')))
  else if (path === '/metrics' && metrics)
    void metrics.registry.metrics().then((text) => say(200, text, metrics.registry.contentType))
  else if (path !== '/slack/events' || req.method !== 'POST' || !receiver) say(404, 'not found\n')
  else if (serving) void receive(req, res, receiver).catch(() => res.destroy())
  else say(503, 'starting or stopping\n')
}

/** Why it can't serve at the moment, or null. */
async function readiness({ serving, tokenFault, connected, database }: Health): Promise<string | null> {
  if (!serving || !database) return 'starting or stopping'
  if (tokenFault) return `Slack refuses the bot token (${tokenFault})`
  if (!connected) return 'no socket to Slack'
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2_000).unref())
  const reached = database.ping().then(
    () => true,
    () => false,
  )
  return (await Promise.race([reached, late])) ? null : 'the database can’t be reached'
}

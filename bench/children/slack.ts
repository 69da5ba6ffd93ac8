import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/*
 * Slack, answering what the bot asks with the least work, in a process of its own. From `/hold` to `/release` its posts
 * are taken and not answered. `/published?N` is answered once so many Homes were published.
 */

const [workspace = ''] = process.argv.slice(2)

const WHO = JSON.stringify({
  ...{ ok: true, url: 'https://bench.slack.com/', team: 'Bench', team_id: workspace },
  ...{ user: 'amends', user_id: 'U0BOT', bot_id: 'B0BOT' },
})
const OPENED = '{"ok":true,"view":{"id":"V0"}}'
let posted = 1_700_000_000
let held: (() => void)[] | null = null
let published = 0
const awaited = new Map<number, () => void>()

const server = createServer((req, res) => {
  req.resume()
  const answer = (body: string) => {
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
    res.end(body)
  }
  const post = () => {
    posted += 1
    answer(`{"ok":true,"channel":"C0SERVICE","ts":"${posted}.000000"}`)
  }
  req.once('end', () => {
    const [method, query] = req.url?.split('/').at(-1)?.split('?') ?? []
    switch (method) {
      case 'auth.test':
        return answer(WHO)
      case 'chat.postMessage':
        return held ? held.push(post) : post()
      case 'views.publish':
        published += 1
        awaited.get(published)?.()
        return answer(`{"ok":true,"view":{"id":"V1","hash":"${published}.x"}}`)
      case 'published':
        if (published >= Number(query)) return answer(OPENED)
        return awaited.set(Number(query), () => answer(OPENED))
      case 'hold':
        held ??= []
        return answer(OPENED)
      case 'release': {
        const waiting = held ?? []
        held = null
        for (const each of waiting) each()
        return answer(OPENED)
      }
      default:
        return answer(OPENED)
    }
  })
})
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`))
// Whoever started it is gone.
process.stdin.resume().once('end', () => process.exit(0))

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { WORKSPACE } from './company.ts'

const running = new Set<Child>()

/** A node process of its own. Its log is kept to be shown where it ends before it should. */
export class Child {
  private readonly process: ChildProcess
  private readonly log: string[] = []
  private readonly listeners = new Set<(line: string) => void>()
  private stopping = false

  constructor(script: string, args: readonly string[], env: Record<string, string>, nodeArgs: readonly string[] = []) {
    this.process = spawn(process.execPath, [...nodeArgs, compiled(script), ...args], {
      env: { PATH: process.env.PATH ?? '', TZ: 'UTC', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    running.add(this)
    for (const stream of [this.process.stdout, this.process.stderr]) {
      if (!stream) continue
      createInterface(stream).on('line', (line) => {
        this.log.push(line)
        if (/"level":"(error|fatal)"/.test(line)) process.stderr.write(`${script}: ${line}\n`)
        for (const listener of this.listeners) listener(line)
      })
    }
    this.process.once('exit', (code) => {
      running.delete(this)
      if (!this.stopping) process.stderr.write(`${script} ended (${code}):\n${this.log.slice(-20).join('\n')}\n`)
    })
  }

  get pid(): number {
    return this.process.pid ?? 0
  }

  /** Processor time used so far; milliseconds. Unlike time on the clock, it does not grow with what else the machine does. */
  async cpu(): Promise<number> {
    const stat = await readFile(`/proc/${this.pid}/stat`, 'utf8')
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return ((user ?? 0) + (system ?? 0)) * 10
  }

  get ended(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null
  }

  /** The first line it has written, or writes, that `read` makes something of. */
  async line<Read>(read: (line: string) => Read | undefined): Promise<Read> {
    for (const line of this.log) {
      const found = read(line)
      if (found !== undefined) return found
    }
    return new Promise((resolve, reject) => {
      const listener = (line: string) => {
        const found = read(line)
        if (found === undefined) return
        this.listeners.delete(listener)
        resolve(found)
      }
      this.listeners.add(listener)
      this.process.once('exit', () => reject(new Error('It ended before it was ready')))
    })
  }

  async stop(): Promise<void> {
    this.stopping = true
    if (this.ended) return
    const ended = once(this.process, 'exit')
    this.process.kill('SIGTERM')
    await ended
  }
}

export async function stopAll(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop()))
}

/** The compiled form of a file, by its path from the repository's root. */
const compiled = (path: string): string =>
  fileURLToPath(new URL(`../../${path.replace(/\.ts$/, '.js')}`, import.meta.url))

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const portIn = (line: string): number | undefined => {
  const port = /^port (\d+)$/.exec(line)?.[1]
  return port ? Number(port) : undefined
}

/** A child that says "port N" once it listens. */
async function listening(script: string, args: readonly string[]): Promise<{ child: Child; port: number }> {
  const child = new Child(script, args, {})
  return { child, port: await child.line(portIn) }
}

export interface Slack {
  readonly apiUrl: string
  /** Leaves posts unanswered, as its limit of one a second does with most of them, or answers those that wait. */
  posts(what: 'hold' | 'release'): Promise<void>
  /** Resolves once so many Homes were published. */
  published(count: number): Promise<void>
  stop(): Promise<void>
}

/** Slack, as small as can be. */
export async function startSlack(): Promise<Slack> {
  const { child, port } = await listening('bench/children/slack.ts', [WORKSPACE])
  const apiUrl = `http://127.0.0.1:${port}/api/`
  return {
    apiUrl,
    posts: async (what) => {
      await (await fetch(`${apiUrl}${what}`)).text()
    },
    published: async (count) => {
      await (await fetch(`${apiUrl}published?${count}`)).text()
    },
    stop: () => child.stop(),
  }
}

export const SIGNING_SECRET = 'a-signing-secret'

/** The least that Bolt can do with a command. */
export const startBolt = () => listening('bench/children/bolt.ts', [SIGNING_SECRET])

export interface BotPlace {
  readonly database: string
  readonly apiUrl: string
}

/** `amends start`, as it is shipped. `port` is where it will listen. */
export function spawnBot({ database, apiUrl }: BotPlace, port: number, nodeArgs: readonly string[] = []): Child {
  const env = {
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    SLACK_API_URL: apiUrl,
    DATABASE_URL: database,
    PORT: String(port),
  }
  return new Child('src/main.ts', ['start'], env, nodeArgs)
}

export async function startBot(
  place: BotPlace,
  nodeArgs: readonly string[] = [],
): Promise<{ child: Child; port: number }> {
  const port = await freePort()
  const child = spawnBot(place, port, nodeArgs)
  await child.line((line) => (line.includes('"ready"') ? true : undefined))
  return { child, port }
}

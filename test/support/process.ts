import { type ChildProcess, spawn } from 'node:child_process'
import { Readable, Writable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { configCommands } from '../../src/cli/config.ts'
import { eraseCommand } from '../../src/cli/erase.ts'
import { exportCommand } from '../../src/cli/export.ts'
import type { Terminal } from '../../src/cli/workspace.ts'
import type { DatabasePlace } from '../../src/config/environment.ts'
import type { SandboxSlack } from '../../src/sandbox/slack.ts'
import { StartFault } from '../../src/startFault.ts'
import type { Database } from '../../src/store/database.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { borrow, type DatabaseKind } from './databases.ts'

/** What is waited for is other processes' work, which each look delays. Milliseconds. */
const LOOK_AGAIN = 100

/** For tests that start processes, on a machine that is busy with others. */
export const SLOW = { timeout: 180_000 } as const

/** Polls until `look` returns something other than undefined. */
export async function eventually<Found>(
  look: () => Promise<Found | undefined> | Found | undefined,
  { withinMs = 10_000, what = 'what was waited for' }: { withinMs?: number; what?: string } = {},
): Promise<Found> {
  const until = performance.now() + withinMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > until) throw new Error(`Not within ${withinMs} ms: ${what}`)
    await wait(LOOK_AGAIN)
  }
}

/** `dist/main.js`, which the run has built before the first test. */
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

interface Child {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  /** What it has written so far. */
  readonly wrote: { stdout: string; stderr: string }
}

/** Each lives for seconds: what the engine would compile for the long run costs more than all the rest. */
export const SHORT_LIVED = [
  '--liftoff-only',
  '--no-opt',
  '--max-lazy',
  '--single-threaded-gc',
  '--max-semi-space-size=64',
]

/** A module before all others, after which the process's clock is that much fast. */
const clockAhead = (ms: number): string =>
  `--import=data:text/javascript,${encodeURIComponent(`
    const now = Date.now
    globalThis.Date = class extends Date {
      constructor(...given) { super(...(given.length === 0 ? [now() + ${ms}] : given)) }
      static now() { return now() + ${ms} }
    }`)}`

interface SpawnOptions {
  readonly cwd?: string
  /** How fast its clock is. Milliseconds. */
  readonly ahead?: number
}

/** Starts `amends …` with this environment and nothing of ours; it does not outlive the test. */
function spawnAmends(
  args: readonly string[],
  env: Record<string, string>,
  { cwd, ahead = 0 }: SpawnOptions = {},
): Child {
  const clock = ahead === 0 ? [] : [clockAhead(ahead)]
  const child = spawn(process.execPath, [...SHORT_LIVED, ...clock, MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd ? { cwd } : {}),
  })
  const wrote = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      wrote[stream] += text
    })
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal, ...wrote })),
  )
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { process: child, ended, wrote }
}

/** Runs `amends …` to its end. */
export async function amends(args: readonly string[], env: Record<string, string> = {}, cwd?: string): Promise<Ended> {
  return spawnAmends(args, env, cwd ? { cwd } : {}).ended
}

/** The same, of everything but `amends start`, in this process: starting one takes a second of the processor. */
export async function amendsHere(
  args: readonly string[],
  env: Record<string, string>,
): Promise<Pick<Ended, 'code' | 'stdout' | 'stderr'>> {
  const wrote = { stdout: '', stderr: '' }
  const into = (stream: keyof typeof wrote) =>
    new Writable({
      decodeStrings: false,
      write: (text: string | Buffer, _encoding, done) => {
        wrote[stream] += String(text)
        done()
      },
    })
  const terminal: Terminal = { env, stdin: Readable.from([]), stdout: into('stdout'), stderr: into('stderr') }
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => void terminal.stderr.write(text) })
  for (const add of [configCommands, exportCommand, eraseCommand]) add(program, terminal)
  await program.parseAsync([...args], { from: 'user' }).catch((error: unknown) => {
    if (error instanceof StartFault) terminal.stderr.write(`${error.message}\n`)
    // Commander has said what was wrong itself.
    else if (!(error instanceof CommanderError)) throw error
    terminal.exitCode = 1
  })
  return { code: Number(terminal.exitCode ?? 0), ...wrote }
}

export const databaseEnvironment = (place: DatabasePlace): Record<string, string> =>
  place.kind === 'postgres' ? { DATABASE_URL: place.url } : { DATA_DIR: place.directory }

/** What `amends start` needs to know to serve this Slack over HTTP, on a port of its own choice. */
export const botEnvironment = (
  slack: Pick<SandboxSlack, 'botToken' | 'signingSecret' | 'apiUrl'>,
  place: DatabasePlace,
): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.apiUrl,
  PORT: '0',
  ...databaseEnvironment(place),
})

/** The bot as a process: `amends start`. */
export class Bot {
  readonly ended: Promise<Ended>
  private readonly child: Child

  private constructor(child: Child) {
    this.child = child
    this.ended = child.ended
  }

  /** Starts it without waiting for anything. */
  static async spawn(env: Record<string, string>, ahead = 0): Promise<Bot> {
    return new Bot(spawnAmends(['start'], env, { ahead }))
  }

  /** Starts it, and waits until it serves. */
  static async start(env: Record<string, string>, ahead = 0): Promise<Bot> {
    const bot = await Bot.spawn(env, ahead)
    await bot.ready()
    return bot
  }

  get hasEnded(): boolean {
    return this.child.process.exitCode !== null || this.child.process.signalCode !== null
  }

  /** Where it listens; it says so once it serves. */
  get url(): string {
    const port = /"port":(\d+).*"msg":"ready"/.exec(this.child.wrote.stdout)?.[1]
    if (!port) throw new Error('The bot has not said yet where it listens')
    return `http://127.0.0.1:${port}`
  }

  async ready(withinMs = 60_000): Promise<void> {
    const look = async () => {
      const { stdout, stderr } = this.child.wrote
      if (this.hasEnded) throw new Error(`The bot ended while it started:\n${stdout}${stderr}`)
      return stdout.includes('"msg":"ready"') && (await this.answers('/readyz')) ? true : undefined
    }
    await eventually(look, { withinMs, what: 'the bot to be ready' })
  }

  async answers(path: string): Promise<boolean> {
    return fetch(this.url + path).then(
      ({ ok }) => ok,
      () => false,
    )
  }

  /** Waits until nothing is left to be sent. */
  async settled(withinMs = 30_000): Promise<void> {
    const look = async () => {
      if (this.hasEnded) throw new Error(`The bot ended:\n${this.child.wrote.stdout}${this.child.wrote.stderr}`)
      const metrics = await fetch(`${this.url}/metrics`)
        .then((answer) => answer.text())
        .catch(() => '')
      return /^amends_outbox_waiting 0$/m.test(metrics) || undefined
    }
    await eventually(look, { withinMs, what: 'the outbox to be empty' })
  }

  signal(signal: NodeJS.Signals): Promise<Ended> {
    this.child.process.kill(signal)
    return this.ended
  }

  /** Ends it as a power cut of the process would. */
  kill(): Promise<Ended> {
    return this.signal('SIGKILL')
  }
}

/** One open database for all tests of a block, empty at its beginning. Each test takes a workspace of its own in it. */
export function sharedDatabase(kind: DatabaseKind): () => Database {
  let borrowed: Awaited<ReturnType<typeof borrow>> | undefined
  beforeAll(async () => {
    borrowed = await borrow(kind)
  })
  afterAll(() => borrowed?.giveBack())
  return () => {
    if (!borrowed) throw new Error('The database is open only while tests run')
    return borrowed.db
  }
}

/** Resolves once a statement in this Postgres database waits for a lock. */
export async function someoneWaits(db: Database): Promise<void> {
  const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
  const look = async () => rowsOf(await db.reader.execute(waiting)).length > 0 || undefined
  await eventually(look, { what: 'somebody to wait for a lock' })
}

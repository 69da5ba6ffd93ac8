import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DemoState } from '../../src/sandbox/web/contract.ts'

/** The company's past is played first; on a busy machine that takes its time. */
const START_MS = 300_000

export interface RunningDemo {
  readonly url: string
  state(): Promise<DemoState>
  /** The workspace's clock. */
  now(): Promise<Date>
  /** Closes every form that somebody left open: it is still there when they come back. */
  tidy(): Promise<void>
  stop(): Promise<void>
}

/** `npm run demo`, as a person types it, in a directory of its own; or the one at DEMO_URL, which is left running. */
export async function startDemo(): Promise<RunningDemo> {
  if (process.env.DEMO_URL) return demoAt(process.env.DEMO_URL.replace(/\/$/, ''), async () => {})
  const directory = await mkdtemp(join(tmpdir(), 'amends-demo-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(
    'npm',
    ['run', '--silent', 'demo', '--', '--no-open', '--port', String(port), '--data', directory],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches the whole group.
      detached: true,
    },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words) => (said += String(words)))
  const stop = async () => {
    await end(child)
    await rm(directory, { recursive: true, force: true })
  }
  const demo = demoAt(url, stop)
  try {
    await until(child, demo.state, () => said)
  } catch (cause) {
    await stop()
    throw cause
  }
  return demo
}

function demoAt(url: string, stop: () => Promise<void>): RunningDemo {
  const state = async (as = ''): Promise<DemoState> => {
    const answer = await fetch(`${url}/demo/state?as=${as}&channel=`)
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
    return (await answer.json()) as DemoState
  }
  const tidy = async () => {
    for (const { id, isBot } of (await state()).users) {
      if (isBot) continue
      for (const { id: view } of (await state(id)).modals.toReversed())
        await fetch(`${url}/demo/do`, {
          ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
          body: JSON.stringify({ as: id, do: 'close', view }),
        })
    }
  }
  return { url, state: () => state(), now: async () => new Date((await state()).now), tidy, stop }
}

async function until(child: ChildProcess, state: () => Promise<DemoState>, said: () => string): Promise<void> {
  for (const start = Date.now(); ; await new Promise((resolve) => setTimeout(resolve, 250))) {
    const found = await state().catch((cause: Error) => cause)
    const words = found instanceof Error ? found.message : found.preparing ? 'the past is still being played' : null
    if (words === null) return
    if (child.exitCode !== null) throw new Error(`npm run demo ended with ${child.exitCode}:\n${said()}`)
    if (Date.now() - start > START_MS) throw new Error(`npm run demo did not come up: ${words}\n${said()}`)
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  process.kill(-child.pid, 'SIGINT')
  const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 20_000)
  await ended
  clearTimeout(timer)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

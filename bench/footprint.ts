import { readFile } from 'node:fs/promises'
import { type BotPlace, type Child, freePort, spawnBot } from './support/processes.ts'
import type { Measured } from './support/report.ts'
import { median } from './support/rounds.ts'

const STARTS = 5
const IDLE = 3
/** Milliseconds after it was ready. */
const IDLE_FOR = 10_000

/** From spawn to a `/readyz` that says 200, and the memory resident once it has had nothing to do. On Postgres. */
export async function measureFootprint(place: BotPlace): Promise<Measured[]> {
  const starts: number[] = []
  for (let start = 0; start < STARTS; start += 1) {
    const { child, took } = await untilReady(place)
    starts.push(took)
    await child.stop()
  }
  const bots = await Promise.all(Array.from({ length: IDLE }, () => untilReady(place)))
  await new Promise((resolve) => setTimeout(resolve, IDLE_FOR))
  const resident = await Promise.all(bots.map(({ child }) => megabytes(child)))
  await Promise.all(bots.map(({ child }) => child.stop()))
  return [
    {
      name: 'from spawn to ready',
      unit: 's',
      ours: median(starts) / 1000,
      baseline: null,
      goal: { of: 'ours', is: 'under', value: 1.5 },
    },
    {
      name: 'memory resident at idle',
      unit: 'MB',
      ours: median(resident),
      baseline: null,
      goal: { of: 'ours', is: 'under', value: 150 },
    },
  ]
}

async function untilReady(place: BotPlace): Promise<{ child: Child; took: number }> {
  const port = await freePort()
  const from = performance.now()
  const child = spawnBot(place, port)
  for (;;) {
    if (child.ended) throw new Error('The bot ended before it was ready')
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    await answer?.text()
    if (answer?.status === 200) return { child, took: performance.now() - from }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function megabytes({ pid }: Child): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
  return Number(kilobytes) / 1024
}

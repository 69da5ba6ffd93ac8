import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { WORKSPACE } from './support/company.ts'
import type { Measured } from './support/report.ts'

/** Milliseconds. */
const LOOK = 100
const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url))

/** `amends export complaints` of a million rows: how fast, and how much memory it takes at most, against a thousand rows. */
export async function measureExport(places: {
  readonly million: string
  readonly thousand: string
}): Promise<Measured[]> {
  const thousand = await exportAll(places.thousand)
  const million = await exportAll(places.million)
  return [
    {
      ...{ name: 'export of 1,000,000 complaints as CSV', unit: 'a second', baseline: null, goal: null },
      ours: 1_000_000 / (million.took / 1000),
    },
    {
      ...{ name: 'its memory at most, against that of 1,000', unit: 'MB', ours: million.peak, baseline: thousand.peak },
      goal: { of: 'ours', is: 'under', value: 250 },
    },
  ]
}

async function exportAll(url: string): Promise<{ took: number; peak: number }> {
  const nowhere = await open('/dev/null', 'w')
  const from = performance.now()
  const child = spawn(process.execPath, [MAIN, 'export', 'complaints', '--workspace', WORKSPACE], {
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC', DATABASE_URL: url },
    stdio: ['ignore', nowhere.fd, 'inherit'],
  })
  let peak = 0
  const look = setInterval(() => {
    readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => {
        peak = Math.max(peak, Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024)
      },
      () => {},
    )
  }, LOOK)
  const [code] = await once(child, 'exit')
  clearInterval(look)
  await nowhere.close()
  if (code !== 0) throw new Error(`The export ended with ${code}`)
  return { took: performance.now() - from, peak }
}

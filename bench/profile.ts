import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type Signed, sendAll } from './support/client.ts'
import { command, filing, submission } from './support/payloads.ts'
import type { Server } from './support/postgres.ts'
import { startBolt, startBot, startSlack } from './support/processes.ts'

const WARM_UP = 1_000
const REQUESTS = 2_000
const SHOWN = 40

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly children?: readonly number[]
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Where the bot's processor time goes: in all a request, and by function. To find what is worth changing; no goal. */
export async function profile(server: Server): Promise<string> {
  const now = new Date()
  let filed = 0
  const form = () => {
    filed += 1
    return submission(filing(filed, now), now)
  }
  return [
    await boltAlone(),
    await profiled(server, '/complaint, one after the other', command, 'release', 1),
    await profiled(server, 'filing, 8 at once, posts held', form, 'hold', 8),
    await profiled(server, 'filing, 8 at once, posts answered', form, 'release', 8),
  ].join('\n')
}

async function boltAlone(): Promise<string> {
  const { child, port } = await startBolt()
  const client = new Client(port)
  const many = () => Array.from({ length: REQUESTS }, command)
  await sendAll(client, many(), 1)
  const before = await child.cpu()
  await sendAll(client, many(), 1)
  const used = (await child.cpu()) - before
  client.close()
  await child.stop()
  return `Bolt alone: ${(used / REQUESTS).toFixed(2)} ms of processor time a command\n`
}

async function profiled(
  server: Server,
  name: string,
  make: () => Signed,
  posts: 'hold' | 'release',
  concurrency: number,
): Promise<string> {
  const slack = await startSlack()
  const directory = await mkdtemp(join(tmpdir(), 'amends-profile-'))
  const database = await server.company(`profile_${Date.now()}`)
  const place = { database, apiUrl: slack.apiUrl }
  const { child, port } = await startBot(place, [
    '--cpu-prof',
    `--cpu-prof-dir=${directory}`,
    '--cpu-prof-interval=500',
  ])
  const client = new Client(port)
  try {
    await slack.posts(posts)
    await sendAll(client, Array.from({ length: WARM_UP }, make), concurrency)
    const before = await child.cpu()
    const { total } = await sendAll(client, Array.from({ length: REQUESTS }, make), concurrency)
    const used = (await child.cpu()) - before
    await slack.posts('release')
    client.close()
    await child.stop()
    const [file = ''] = await readdir(directory)
    const found = JSON.parse(await readFile(join(directory, file), 'utf8')) as Profile
    const head = `${name}: ${(used / REQUESTS).toFixed(2)} ms of processor time and ${(total / REQUESTS).toFixed(2)} ms on the clock each`
    return [head, '', ...summary(found), ''].join('\n')
  } finally {
    await slack.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

const WAITING = new Set(['(idle)', '(program)', '(root)'])

function summary({ nodes, samples, timeDeltas }: Profile): string[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))
  /** Node's own work is whose who asked for it. */
  const ownerOf = (id: number | undefined): string => {
    const frame = id === undefined ? undefined : frames.get(id)
    if (!frame) return 'node'
    if (frame.functionName === '(garbage collector)') return frame.functionName
    return packageOf(fileOf(frame.url)) ?? ownerOf(parents.get(id ?? 0))
  }
  const byFunction = new Map<string, number>()
  const byOwner = new Map<string, number>()
  let busy = 0
  for (const [index, id] of samples.entries()) {
    const frame = frames.get(id)
    const took = timeDeltas[index] ?? 0
    if (!frame || WAITING.has(frame.functionName)) continue
    busy += took
    const owner = ownerOf(id)
    add(byOwner, owner, took)
    const place = frame.url === '' ? `for ${owner}` : `${fileOf(frame.url)}:${frame.lineNumber + 1}`
    add(byFunction, `${frame.functionName || '(anonymous)'}  ${place}`, took)
  }
  return [...top(byOwner, busy, 20), '', ...top(byFunction, busy, SHOWN)]
}

const add = (to: Map<string, number>, key: string, value: number) => to.set(key, (to.get(key) ?? 0) + value)

const top = (of: Map<string, number>, total: number, count: number): string[] =>
  [...of]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([key, took]) => `${((100 * took) / total).toFixed(1).padStart(5)} %  ${key}`)

const fileOf = (url: string): string => url.replace(/^file:\/\//, '').replace(/^.*\/(node_modules\/(?!\.cache))/, '$1')

function packageOf(file: string): string | null {
  const inPackage = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]
  if (inPackage && inPackage !== '.cache') return inPackage
  return /amends-bench\/(src\/[^/]+)/.exec(file)?.[1] ?? null
}

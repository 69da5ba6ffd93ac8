import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tryLock } from 'fs-native-extensions'
import { reasonOf } from '../../reason.ts'
import { StartFault } from '../../startFault.ts'
import type { SandboxChannelOption, SandboxSnapshot } from '../types.ts'

/** Counts up whenever what stands in a directory, or the company, changes so that an older one can't be gone on with. */
export const DEMO_VERSION = 1

const ABOUT = 'demo.json'
const LOCK = 'demo.lock'
const SLACK = 'slack.json'
const BOT = 'bot'
/** All that the demo ever makes, and all that --fresh takes away. */
const OURS = [ABOUT, SLACK, `${SLACK}.new`, BOT]

interface About {
  readonly version: number
  /** 'telling': the past is being played, and was broken off if nobody is at it. */
  readonly stage: 'telling' | 'ready'
}

/** Where the workspace was left. */
export interface Kept {
  /** Milliseconds since 1970, by the workspace's clock. */
  readonly at: number
  readonly timezone: string
  readonly port: number
  readonly channels: readonly SandboxChannelOption[]
  readonly archived: readonly string[]
  readonly slack: SandboxSnapshot
}

/** The demo's data, which one process has to itself. */
export interface DemoDirectory {
  /** For the bot's own database. */
  readonly bot: string
  /** Null: it begins anew. */
  readonly kept: Kept | null
  begin(): Promise<void>
  keep(kept: Kept): Promise<void>
  /** From now on it can be gone on with. */
  ready(): Promise<void>
  release(): Promise<void>
}

/**
 * Takes the directory for this process.
 * @throws StartFault where it is in use, can't be written, belongs to another version or to somebody else.
 */
export async function takeDirectory(path: string, { fresh }: { fresh: boolean }): Promise<DemoDirectory> {
  const inside = (name: string): string => join(path, name)
  const names = await writable(path, async () => {
    await mkdir(path, { recursive: true })
    return readdir(path)
  })
  const about = await aboutOf(inside(ABOUT))
  if (!about && names.some((name) => name !== LOCK))
    throw new StartFault(`${path} is no directory of the demo: name an empty or a new one with --data.`)
  const lock = await writable(path, () => open(inside(LOCK), 'a+'))
  if (!tryLock(lock.fd)) {
    await lock.close()
    throw new StartFault(`Another demo is using ${path}: stop it first, or name another directory with --data.`)
  }
  try {
    if (about && about.version !== DEMO_VERSION && !fresh)
      throw new StartFault(
        `${path} was made by another version of the demo (${about.version}, this is ${DEMO_VERSION}): start over with --fresh, or name another directory with --data.`,
      )
    const goesOn = about?.stage === 'ready' && !fresh
    const kept = goesOn ? await readKept(inside(SLACK), path) : null
    if (!kept)
      await writable(path, () => Promise.all(OURS.map((name) => rm(inside(name), { recursive: true, force: true }))))
    const note = (stage: About['stage']) =>
      writable(path, () => replace(inside(ABOUT), JSON.stringify({ version: DEMO_VERSION, stage } satisfies About)))
    return {
      ...{ bot: inside(BOT), kept },
      begin: () => note('telling'),
      keep: (state) => replace(inside(SLACK), JSON.stringify(state)),
      ready: () => note('ready'),
      release: () => lock.close(),
    }
  } catch (error) {
    await lock.close()
    throw error
  }
}

async function writable<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw new StartFault(`${path} can't be written (${reasonOf(error)}): name another directory with --data.`, {
      cause: error,
    })
  }
}

/** Whole or not at all, however the process ends. */
async function replace(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

async function aboutOf(path: string): Promise<About | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    const { version, stage } = JSON.parse(text) as Partial<About>
    return typeof version === 'number' ? { version, stage: stage === 'ready' ? 'ready' : 'telling' } : null
  } catch {
    return null
  }
}

async function readKept(path: string, directory: string): Promise<Kept> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Kept
  } catch (error) {
    throw new StartFault(`${directory} can't be read any more (${reasonOf(error)}): start over with --fresh.`, {
      cause: error,
    })
  }
}

import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PEOPLE } from '../../src/sandbox/demo/company.ts'
import { REMARKS, STORIES } from '../../src/sandbox/demo/history.ts'
import { runDemo } from '../support/demo.ts'
import { embeddedTemplate } from '../support/globalSetup.ts'
import { PICTURES } from './desk.ts'

/** Four weeks take a while: these are for the pictures. What the last one left closed is enough to be tested. */
const RECENT = STORIES.filter(({ day, beats }) => day <= 8 && beats.at(-1)?.does === 'close')

export interface OpenDemo {
  readonly url: string
  /** The workspace's clock. */
  now(): Date
  /** Closes every form that somebody left open: it is still there when they come back. */
  tidy(): void
  stop(): Promise<void>
}

/** What `npm run demo` runs, in a directory of its own. */
export async function openDemo(): Promise<OpenDemo> {
  const directory = await mkdtemp(join(tmpdir(), 'amends-demo-'))
  const past = PICTURES ? { stories: STORIES, remarks: REMARKS } : { stories: RECENT, remarks: [] }
  const prepare = async (bot: string) => cp(await embeddedTemplate(), bot, { recursive: true })
  const { demo, url, stop } = await runDemo(directory, { ...past, prepare })
  return {
    url,
    now: demo.clock.date,
    tidy: () => {
      for (const { id } of PEOPLE) demo.slack.views.clear(id)
    },
    stop: async () => {
      await stop()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

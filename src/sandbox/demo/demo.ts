import { type RunningApp, startApp } from '../../app.ts'
import { makeLog } from '../../log.ts'
import { openDatabase } from '../../openDatabase.ts'
import { putInForce } from '../../operations/putInForce.ts'
import type { Database } from '../../store/database.ts'
import type { AppConnection } from '../app-link.ts'
import { startSandboxSlack } from '../slack.ts'
import type { SandboxChannel, SandboxChannelOption, SandboxSlack } from '../types.ts'
import { DemoClock } from './clock.ts'
import { CHANNELS, companySetup, HOME, PEOPLE, USERGROUPS } from './company.ts'
import { nextDeadline, nextMonday } from './deadlines.ts'
import type { DemoDirectory, Kept } from './directory.ts'
import { Gate } from './gate.ts'
import { REMARKS, STORIES } from './history.ts'
import { Keeper } from './keeper.ts'
import { type Passing, passTo } from './passing.ts'
import type { Remark, Story } from './story.ts'
import { beginning, instantOf, tell } from './teller.ts'
import { trim } from './traffic.ts'
import { Troubles } from './troubles.ts'

export interface DemoOptions {
  readonly directory: DemoDirectory
  /** Kept with the rest, so that the page has the same address next time. */
  readonly port: number
  /** The machine's zone is the company's. */
  readonly timezone?: string
  readonly stories?: readonly Story[]
  readonly remarks?: readonly Remark[]
  readonly logLevel?: string
  /** How long Slack waits for an answer, and how long a trigger lives: tests on a busy machine wait longer. Milliseconds. */
  readonly patience?: number
}

/** A company, its Slack and the bot in it, on one clock. */
export interface Demo {
  readonly slack: SandboxSlack
  readonly connection: AppConnection
  readonly clock: DemoClock
  readonly gate: Gate
  readonly troubles: Troubles
  readonly timezone: string
  /** How much of the past has been played; null once it is over. */
  progress(): { readonly done: number; readonly of: number } | null
  /** Whether the past is over, so that there is something to keep. */
  hasBegun(): boolean
  /** Once the bot runs and the past is over; with what of it could not be played. */
  readonly ready: Promise<readonly string[]>
  /** Lets time go by. False: there is no such moment. */
  skip(by: SkipBy): Promise<boolean>
  stop(): Promise<void>
}

export type SkipBy = '15m' | '1h' | '4h' | 'next-deadline' | 'monday'

/** emulate's own channels: nobody at Kettle & Vance uses them. */
const UNUSED = ['general', 'random']

/** Starts everything. Resolves once the workspace can be looked at; the past may still be being played. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { directory } = options
  const { kept } = directory
  const timezone = kept?.timezone ?? options.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const clock = new DemoClock()
  const begins = beginning(Date.now(), timezone)
  clock.stand(kept ? kept.at : firstMoment(options, begins, timezone))
  if (!kept) await directory.begin()

  let progress: ReturnType<Demo['progress']> = kept ? null : { done: 0, of: 1 }
  let begun = false
  // A machine that is busy with the past may take longer than the three seconds that a trigger lives.
  const slack = await startSlack(clock, kept, () => (begun && options.patience === undefined ? Date.now() : 0))
  const troubles = new Troubles(slack.faults)
  const gate = new Gate()
  let app: RunningApp | undefined
  let stopping = false

  const passing = (running: RunningApp): Passing => ({
    ...{ clock, slack, app: running, timezone },
    isOver: () => stopping,
  })
  const begin = async (): Promise<readonly string[]> => {
    const db = await openDatabase({ kind: 'embedded', directory: directory.bot })
    try {
      if (!kept) await putCompanyInForce(db, slack, timezone, clock)
      app = await startBot(directory, db, slack, clock, options.logLevel ?? 'silent')
    } catch (error) {
      // Nobody else closes it, and the directory is locked as long as it is open.
      await db.close()
      throw error
    }
    let faults: readonly string[] = []
    if (!kept)
      faults = await tell(passing(app), {
        ...{ stories: options.stories ?? STORIES, remarks: options.remarks ?? REMARKS, begins, timezone },
        onProgress: (done, of) => {
          progress = { done, of }
        },
      })
    if (stopping) return faults
    clock.letGo()
    await keeper.keep()
    await directory.ready()
    progress = null
    begun = true
    keeper.start()
    return faults
  }
  const keeper = new Keeper(slack, async () => {
    trim(slack)
    const channels = await slack.channels()
    await directory.keep({
      ...{ at: clock.now(), timezone, port: options.port, slack: slack.snapshot() },
      channels: channels
        .filter(({ name }) => !UNUSED.includes(name))
        .map((channel) => asOption(channel, slack.botUser)),
      archived: channels.filter((channel) => channel.isArchived).map(({ id }) => id),
    })
  })
  const ready = gate.alone(begin)
  ready.catch(() => {})

  return {
    ...{ slack, clock, gate, troubles, timezone, ready },
    connection: {
      ...{ kind: 'socket', copies: troubles.copies },
      ...(options.patience === undefined ? {} : { ackWithinMs: options.patience }),
    },
    progress: () => progress,
    hasBegun: () => begun,
    skip: (by) =>
      gate.alone(async () => {
        if (!app) return false
        // First what is under way: the deadlines are read off the cards.
        await app.catchUp()
        const until = momentAfter(by, slack, clock.now(), timezone)
        if (until === null) return false
        await passTo(passing(app), until)
        await app.catchUp()
        return true
      }),
    async stop() {
      stopping = true
      await ready.catch(() => {})
      await gate.alone(async () => {})
      const at = clock.now()
      await app?.stop()
      clock.stand(at)
      if (begun) await keeper.end()
      await slack.close()
      await directory.release()
    },
  }
}

/** A day before anything happens. */
function firstMoment({ stories = STORIES, remarks = REMARKS }: DemoOptions, begins: number, timezone: string): number {
  const moments = [...stories, ...remarks].map((event) => instantOf(event, begins, timezone))
  return Math.min(begins, ...moments) - 24 * 60 * 60 * 1000
}

function momentAfter(by: SkipBy, slack: SandboxSlack, now: number, timezone: string): number | null {
  const minutes = { '15m': 15, '1h': 60, '4h': 240 }
  if (by === 'monday') return nextMonday(now, timezone)
  return by === 'next-deadline' ? nextDeadline(slack, now) : now + minutes[by] * 60_000
}

const asOption = ({ id, name, isPrivate, members }: SandboxChannel, bot: string): SandboxChannelOption => ({
  ...{ id, name, isPrivate, bot: members.includes(bot) },
  members: members.filter((member) => PEOPLE.some((person) => person.id === member)),
})

async function startSlack(clock: DemoClock, kept: Kept | null, wall: () => number): Promise<SandboxSlack> {
  const slack = await startSandboxSlack({
    ...{ now: clock.now, wall, home: HOME, teamDomain: 'kettle-vance' },
    users: PEOPLE.map(({ id, name, realName }) => ({ id, name, realName })),
    channels: kept ? [...kept.channels] : CHANNELS.map(({ id, name }) => ({ id, name })),
    usergroups: [...USERGROUPS],
    ...(kept ? { restore: kept.slack } : {}),
  })
  for (const channel of kept?.archived ?? []) await slack.archive(channel)
  for (const { id } of PEOPLE) await slack.openDirect(id)
  return slack
}

async function putCompanyInForce(db: Database, slack: SandboxSlack, timezone: string, clock: DemoClock): Promise<void> {
  const put = await putInForce(db, slack.team, companySetup(timezone), clock.date())
  if (!put.ok) throw new Error(put.faults.join('; '))
}

/** As `amends start` runs it: only its clock is ours, and the database is open already. */
function startBot(
  directory: DemoDirectory,
  db: Database,
  slack: SandboxSlack,
  clock: DemoClock,
  level: string,
): Promise<RunningApp> {
  return startApp({
    log: makeLog(level),
    clock: clock.date,
    open: async () => db,
    environment: {
      slack: {
        ...{ botToken: slack.botToken, apiUrl: slack.apiUrl },
        mode: { kind: 'socket', appToken: slack.appToken },
      },
      port: 0,
      database: { kind: 'embedded', directory: directory.bot },
      logLevel: 'silent',
    },
  })
}

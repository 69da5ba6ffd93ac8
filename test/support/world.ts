import { onTestFinished } from 'vitest'
import { type RunningApp, startApp } from '../../src/app.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import type { DatabasePlace } from '../../src/config/environment.ts'
import { type Log, makeLog } from '../../src/log.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { type AppConnection, type Person, person } from '../../src/sandbox/person.ts'
import { type SandboxSlack, type SandboxSlackOptions, startSandboxSlack } from '../../src/sandbox/slack.ts'
import type { Database } from '../../src/store/database.ts'
import { TestClock } from './clock.ts'
import { borrowedPlace, type DatabaseKind, freshPlace, openPlace } from './databases.ts'
import { department, setupOf } from './setups.ts'

export const PEOPLE = ['rita', 'fred', 'fay', 'lena', 'lou', 'dora', 'otto'] as const
export type Name = (typeof PEOPLE)[number]

export interface WorldOptions {
  readonly kind?: DatabaseKind
  readonly mode?: 'http' | 'socket'
  readonly start?: string
  readonly slack?: SandboxSlackOptions
  readonly setup?: (setup: Setup) => Setup
  /** Nothing is put in force. */
  readonly unconfigured?: boolean
  /** Where the bot finds the database, when that is not where it is. */
  readonly reach?: (place: DatabasePlace) => DatabasePlace | Promise<DatabasePlace>
  readonly log?: Log
  /** Pictures are drawn as for people: half a second each. Else a dot stands for every one. */
  readonly drawn?: boolean
}

/** A company with its Slack, the bot running in it for real, and a clock that moves when told to. */
export interface World {
  readonly slack: SandboxSlack
  readonly app: RunningApp
  readonly clock: TestClock
  readonly place: DatabasePlace
  readonly setup: Setup
  /** rita hears customers; fred and fay fix; lena leads manufacturing, lou logistics, dora design; otto runs the workspace. */
  readonly people: Record<Name, Person>
  /** Moves the clock, then does what is due. */
  pass(ms: number): Promise<void>
  /** Does what is due, without moving the clock. */
  settle(): Promise<void>
  /** Stops the bot and starts it again on the same data. */
  restart(): Promise<void>
  connection(): AppConnection
}

const SECRET = 'a-signing-secret'

export async function world(options: WorldOptions = {}): Promise<World> {
  const clock = new TestClock(options.start ?? '2026-03-04T15:00:00Z')
  const slack = await startSandboxSlack({
    signingSecret: SECRET,
    users: PEOPLE.map((name) => ({ name })),
    channels: ['service', 'manufacturing', 'logistics', 'design', 'company', 'ops'].map((name) => ({ name })),
    usergroups: [{ id: 'S0MFG', handle: 'makers', users: ['fred', 'fay'] }],
    ...options.slack,
  })
  onTestFinished(() => slack.close())
  const place = await (options.reach ? freshPlace : borrowedPlace)(options.kind)
  const setup = (options.setup ?? ((same) => same))(companyIn(slack))
  if (!options.unconfigured) await prepare(place, slack.team, setup, clock)

  const reached = (await options.reach?.(place)) ?? place
  const start = (): Promise<RunningApp> => startBot(slack, reached, clock, options)
  let app = await start()
  let running = true
  onTestFinished(async () => {
    if (running) await app.stop()
  })
  const connection = (): AppConnection =>
    options.mode === 'socket' ? { kind: 'socket' } : { kind: 'http', url: `http://127.0.0.1:${app.port}/slack/events` }
  const meet = () =>
    Object.fromEntries(PEOPLE.map((name) => [name, person(slack, connection(), name)])) as Record<Name, Person>
  let people = meet()
  const settle = () => app.catchUp()
  return {
    slack,
    clock,
    place,
    setup,
    settle,
    connection,
    get app() {
      return app
    },
    get people() {
      return people
    },
    pass: async (ms) => {
      clock.move(ms)
      await settle()
    },
    restart: async () => {
      running = false
      await app.stop()
      app = await start()
      running = true
      people = meet()
    },
  }
}

const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** The bot, in this process, as `amends start` would run it. */
export function startBot(
  slack: SandboxSlack,
  place: DatabasePlace,
  clock: TestClock,
  {
    mode = 'http',
    log = makeLog(process.env.TEST_LOG ?? 'silent'),
    drawn = false,
  }: Pick<WorldOptions, 'mode' | 'log' | 'drawn'> = {},
): Promise<RunningApp> {
  return startApp({
    log,
    clock: clock.now,
    open: openPlace,
    ...(drawn ? {} : { draw: async () => DOT }),
    environment: {
      slack: {
        botToken: slack.botToken,
        apiUrl: slack.apiUrl,
        mode:
          mode === 'http'
            ? { kind: 'http', signingSecret: slack.signingSecret }
            : { kind: 'socket', appToken: slack.appToken },
      },
      port: 0,
      database: place,
      logLevel: 'silent',
    },
  })
}

export function companyIn(slack: SandboxSlack): Setup {
  const { user, channel } = slack
  return setupOf({
    admins: [user('otto')],
    channels: { company: channel('company'), fallback: channel('ops') },
    departments: [
      department('service', { name: 'Customer service', kind: 'service', channel: channel('service') }),
      department('manufacturing', {
        name: 'Manufacturing',
        channel: channel('manufacturing'),
        lead: user('lena'),
        group: 'S0MFG',
      }),
      department('logistics', { name: 'Logistics', channel: channel('logistics'), lead: user('lou') }),
      department('design', {
        name: 'Product design',
        kind: 'design',
        channel: channel('design'),
        lead: user('dora'),
      }),
    ],
  })
}

async function prepare(place: DatabasePlace, team: string, setup: Setup, clock: TestClock): Promise<void> {
  await withDatabase(place, (db) => putInForce(db, team, setup, clock.now()))
}

/** Opens the database beside the bot's own connection (on Postgres), for as long as `look` takes. */
export async function withDatabase<Result>(
  place: DatabasePlace,
  look: (db: Database) => Promise<Result>,
): Promise<Result> {
  const db = await openPlace(place)
  try {
    return await look(db)
  } finally {
    await db.close()
  }
}

/** Files a complaint as `who` does in the form; returns its number, from the thanks that the reporter gets. */
export async function file(
  { people, slack, settle }: World,
  who: Name = 'rita',
  fields: Record<string, string | Date | string[]> = {},
): Promise<number> {
  await people[who].command('/complaint', { channel: 'service' })
  const form = await people[who].waitForModal()
  await form.fill({
    Customer: 'Acme Corp',
    'How does the customer feel?': 'Angry',
    "What happened, in the customer's words": 'The valve does not fit.',
    'Department that can fix it': 'Manufacturing',
    ...fields,
  })
  const before = slack.directMessages(people[who].id).length
  const sent = await form.submit()
  if (sent.outcome !== 'closed') throw new Error(`The form stayed open: ${JSON.stringify(sent.errors)}`)
  await settle()
  const thanks = slack.directMessages(people[who].id)[before]
  const number = /#(\d+)/.exec(thanks?.text ?? '')?.[1]
  if (!number) throw new Error(`No thanks came: ${JSON.stringify(thanks)}`)
  return Number(number)
}

/** The card of a complaint, as it stands in a channel. */
export function cardIn({ slack }: World, channel: string, number: number) {
  const found = slack
    .messages(slack.channel(channel))
    .find(
      (message) =>
        !message.thread_ts && message.text.includes(`#${number} `) && JSON.stringify(message.blocks).includes('"more"'),
    )
  if (!found) throw new Error(`No card of #${number} in ${channel}`)
  return found
}

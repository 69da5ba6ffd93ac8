import { sql } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import type { DatabasePlace } from '../../src/config/environment.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { type AppConnection, type Modal, type Person, person } from '../../src/sandbox/person.ts'
import { type SandboxMessage, type SandboxSlack, startSandboxSlack } from '../../src/sandbox/slack.ts'
import type { Database } from '../../src/store/database.ts'
import { type DatabaseKind, freshPlace } from '../support/databases.ts'
import { Bot, botEnvironment } from '../support/process.ts'
import { companyIn, type Name, PEOPLE, withDatabase } from '../support/world.ts'

/** A company with its Slack, in which the bot runs as a process that can be killed. */
export interface Town {
  readonly slack: SandboxSlack
  readonly place: DatabasePlace
  readonly setup: Setup
  readonly people: Record<Name, Person>
  /** The process that runs now, or ran last. */
  readonly bot: Bot
  /** Starts another process, once the last one has ended. */
  start(): Promise<void>
  /**
   * Kills the bot without a warning, and starts it again on what is left once the leases that it held are over: on every
   * clock but this machine's.
   */
  dieAndRise(): Promise<void>
}

/** A lease lasts a minute of the process's own clock. Milliseconds. */
const LEASE = 61_000

export async function town(kind: DatabaseKind, place?: DatabasePlace): Promise<Town> {
  let ahead = 0
  const slack = await startSandboxSlack({
    now: () => Date.now() + ahead,
    users: PEOPLE.map((name) => ({ name })),
    channels: ['service', 'manufacturing', 'logistics', 'design', 'company', 'ops'].map((name) => ({ name })),
    usergroups: [{ id: 'S0MFG', handle: 'makers', users: ['fred', 'fay'] }],
  })
  onTestFinished(() => slack.close())
  const home = place ?? (await freshPlace(kind))
  const setup = companyIn(slack)
  await withDatabase(home, (db) => putInForce(db, slack.team, setup, new Date()))
  const environment = botEnvironment(slack, home)
  let bot = await Bot.start(environment)
  const start = async () => {
    bot = await Bot.start(environment, ahead)
  }
  return {
    slack,
    place: home,
    setup,
    people: peopleOf(slack, () => bot.url),
    get bot() {
      return bot
    },
    start,
    dieAndRise: async () => {
      await bot.kill()
      slack.faults.clear()
      ahead += LEASE
      await start()
    },
  }
}

/** Everybody, talking to the bot wherever it listens by then. */
export function peopleOf(slack: SandboxSlack, urlOf: () => string): Record<Name, Person> {
  const connection: AppConnection = {
    kind: 'http',
    get url() {
      return `${urlOf()}/slack/events`
    },
  }
  return Object.fromEntries(PEOPLE.map((name) => [name, person(slack, connection, name)])) as Record<Name, Person>
}

/** The leases that were taken before `death` are over at once. */
export const expireLeases = (db: Database, death: Date): Promise<unknown> =>
  db.transaction((tx) =>
    tx.execute(sql`
      update outbox set leased_until = now() - interval '1 second', not_before = least(not_before, now())
      where state in ('sending', 'unknown')
        and leased_until <= ${death.toISOString()}::timestamptz + interval '60 seconds'`),
  )

/** Opens the form and fills it in, as rita; not submitted yet. */
export async function fillForm({ people: { rita } }: Pick<Town, 'people'>, customer = 'Acme Corp'): Promise<Modal> {
  await rita.command('/complaint', { channel: 'service' })
  return fillIn(await rita.waitForModal(), customer)
}

const fillIn = (form: Modal, customer = 'Acme Corp'): Promise<Modal> =>
  form.fill({
    Customer: customer,
    'How does the customer feel?': 'Angry',
    "What happened, in the customer's words": 'The valve does not fit.',
    'Department that can fix it': 'Manufacturing',
  })

/** The cards of a complaint in manufacturing: there should be one. */
export function cardsOf({ slack }: Pick<Town, 'slack'>, number: number): SandboxMessage[] {
  return slack
    .messages(slack.channel('manufacturing'))
    .filter(
      (message) =>
        !message.thread_ts && message.text.includes(`#${number} `) && JSON.stringify(message.blocks).includes('"more"'),
    )
}

export function cardOf(town: Pick<Town, 'slack'>, number: number): SandboxMessage {
  const [card] = cardsOf(town, number)
  if (!card) throw new Error(`There is no card of #${number}`)
  return card
}

/** The lines in the card's thread, without the card. */
export const linesUnder = ({ slack }: Pick<Town, 'slack'>, card: SandboxMessage): string[] =>
  slack
    .thread(card.channel, card.ts)
    .slice(1)
    .map((message) => message.text)

/** Each queued message stands in Slack once, whatever happened: two with one id are a repeat. Slack took offence at none. */
export function expectNoRepeats({ slack }: Pick<Town, 'slack'>): void {
  const posted = [...slack.callsTo('chat.postMessage')].filter(({ answer }) => answer?.ok === true)
  const ids = posted.map(({ args }) => JSON.stringify(args.metadata))
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  expect(slack.problems).toEqual([])
}

/** Everything about a filed complaint is there, once: the row's number is the card's and the thanks'. */
export function expectFiledOnce(town: Town, number: number, by: Name = 'rita'): void {
  const thanks = town.slack.directMessages(by).filter((message) => message.text.includes(`#${number}`))
  expect(cardsOf(town, number), `cards of #${number}`).toHaveLength(1)
  expect(thanks, `thanks for #${number}`).toHaveLength(1)
  expectNoRepeats(town)
}

/** The numbers of all complaints. On the embedded database only while no bot runs. */
export const numbersIn = (place: DatabasePlace): Promise<number[]> =>
  withDatabase(place, async (db) => (await db.reader.query.complaints.findMany()).map(({ number }) => number).sort())

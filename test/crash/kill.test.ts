import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Fault, FaultPlan } from '../../src/sandbox/faults.ts'
import type { SandboxMessage } from '../../src/sandbox/types.ts'
import { type DatabaseKind, databaseKinds } from '../support/databases.ts'
import { SLOW, someoneWaits } from '../support/process.ts'
import { type Name, withDatabase } from '../support/world.ts'
import { cardOf, cardsOf, expectFiledOnce, expectNoRepeats, fillForm, linesUnder, type Town, town } from './town.ts'

/** Carried out by Slack, and never answered as far as this process will see. */
const TAKEN = { kind: 'late', ms: 60_000 } as const satisfies FaultPlan
/** Not carried out, and never answered. */
const LOST = { kind: 'hang' } as const satisfies FaultPlan

const PATIENCE = 10_000
const REASON = 'The wrong box was sent.'

/*
 * Starting a process is what takes long: each death comes to several complaints at once, each at another step, and one
 * company lives through all of them. As many calls hang at once as the bot has batches under way: four.
 */

test.each(databaseKinds())(
  'killed again and again, the bot says and files everything once (%s)',
  SLOW,
  async (kind) => {
    const here = await town(kind)
    await killedAsItPosts(here)
    await killedAsItRedraws(here, kind)
    if (kind === 'postgres') await killedAsItHandsOver(here)
    await stoppedInOrder(here, kind)
    await here.bot.kill()
  },
)

async function killedAsItPosts(here: Town): Promise<void> {
  const { slack, people } = here
  const channel = slack.channel('manufacturing')
  // #1: after Slack took the card.
  await hanging(here, { ...TAKEN, method: 'chat.postMessage', channel }, () => file(here))
  await slack.until(() => cardsOf(here, 1)[0], { withinMs: PATIENCE, what: 'the card' })
  // #2: before Slack took the card.
  await hanging(here, { ...LOST, method: 'chat.postMessage', channel }, () => file(here))
  // #3: between card and thanks.
  await hanging(here, { ...LOST, method: 'chat.postMessage', channel: people.rita.id }, () => file(here))
  // #4: after Slack took the pictures; the card is the first post, the pictures are the second.
  await hanging(here, { ...TAKEN, method: 'chat.postMessage', channel, every: 2 }, async () => {
    const withPicture = await fillForm(here)
    await withPicture.fill({ 'Photos or files': ['valve.jpg'] })
    expect((await withPicture.submit()).outcome).toBe('closed')
  })
  // #5: as the form opens.
  slack.faults.next({ ...TAKEN, method: 'views.open' })
  const form = await fillForm(here)

  const looked = slack.callsTo('conversations.history').length
  await here.dieAndRise()
  expect((await form.submit()).outcome).toBe('closed')
  await here.bot.settled()
  expect(slack.callsTo('conversations.history').length).toBeGreaterThan(looked)
  expect(people.rita.ephemerals()).toEqual([])
  expect(linesUnder(here, cardOf(here, 4)).filter((line) => line.includes('valve.jpg'))).toHaveLength(1)
  for (const number of [1, 2, 3, 4, 5]) expectFiledOnce(here, number)
  expect(cardsOf(here, 6)).toEqual([])
}

async function killedAsItRedraws(here: Town, kind: DatabaseKind): Promise<void> {
  const { slack, people } = here
  const { fay, fred, rita } = people
  for (const _ of [6, 7, 8, 9]) await file(here)
  await here.bot.settled()
  await fay.say('manufacturing', 'The seal.', cardOf(here, 6).ts, [slack.upload('fay', 'seal.jpg').id])
  const counted = () => cardOf(here, 6).text.includes('1 photo') || undefined
  await slack.until(counted, { withinMs: PATIENCE, what: 'the photo on the card' })
  await here.bot.settled()
  // Two things happen while a card's drawing hangs: both are told afterwards, in their order.
  for (const [number, fault] of [
    [6, TAKEN],
    [7, LOST],
  ] as const) {
    await hanging(here, { ...fault, method: 'chat.update' }, () => fred.press(cardOf(here, number), 'Own it'))
    await logNoAnswer(here, cardOf(here, number))
  }
  const expectArrived = await handingOver(here, new Map(DEATHS.slice(0, 2).map((death, at) => [8 + at, death])))
  // #10: as its submission is answered. Everything after: before it is.
  await file(here)
  const last = await (kind === 'postgres' ? cutInTransaction : cutAmongMany)(here)
  // Slack did not hear the answers, and sends both again.
  expect((await rita.resend())[0]).toMatchObject({ status: 200, body: '' })
  await fay.resend()
  await here.bot.settled()

  for (const number of [6, 7]) {
    const card = cardOf(here, number)
    expect(card.text).toContain(`<@${fred.id}>`)
    const lines = linesUnder(here, card).filter((line) => line !== 'The seal.')
    expect(lines).toEqual([expect.stringContaining('owns it'), expect.stringContaining('called; no answer')])
  }
  expect(counted()).toBe(true)
  expectArrived()
  for (const number of [6, 7, 10]) expectFiledOnce(here, number)
  for (let number = 11; number <= last; number += 1) expect(cardsOf(here, number), `#${number}`).toHaveLength(1)
  expect(cardsOf(here, last + 1)).toEqual([])
}

/** Dies inside the transaction that files a complaint, which leaves nothing; it is sent again. Returns its number. */
async function cutInTransaction(here: Town): Promise<number> {
  const form = await fillFormAs(here, 'lena')
  await withDatabase(here.place, async (db) => {
    const submissions = () => db.reader.query.submissions.findMany()
    const before = await submissions()
    await db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from workspaces for update`)
      const sent = form.submit()
      await someoneWaits(db)
      await here.bot.kill()
      expect((await sent).outcome).toBe('failed')
    })
    expect(await submissions()).toEqual(before)
  })
  await here.dieAndRise()
  expect((await form.submit()).outcome).toBe('closed')
  await here.bot.settled()
  expectFiledOnce(here, 11, 'lena')
  return 11
}

/** Dies while several file; what was acknowledged is there, the rest is sent again. Returns the last number. */
async function cutAmongMany(here: Town): Promise<number> {
  const names = ['fred', 'lena', 'lou', 'dora', 'otto'] as const
  const forms = await Promise.all(names.map(async (name) => ({ name, form: await fillFormAs(here, name) })))
  const taken = new Set<string>()
  await Promise.all(
    forms.map(async ({ name, form }) => {
      if ((await form.submit()).outcome !== 'closed') return
      taken.add(name)
      // The others are under way.
      if (taken.size === 2) await here.bot.kill()
    }),
  )
  expect(taken.size).toBeGreaterThanOrEqual(2)
  await here.dieAndRise()
  // Whatever became of it, the person sends the form again where it stayed open.
  for (const { name, form } of forms) if (!taken.has(name)) expect((await form.submit()).outcome, name).toBe('closed')
  await here.bot.settled()
  const thanked = (name: Name) => here.slack.directMessages(name).filter(({ text }) => text.includes('Thank'))
  for (const name of names) expect(thanked(name), name).toHaveLength(1)
  expectNoRepeats(here)
  return 10 + names.length
}

interface Death {
  readonly step: string
  readonly fault: FaultPlan
  readonly method: string
  readonly channel?: string
}

/** Where the bot dies on a complaint's way to another department. */
const DEATHS: readonly Death[] = [
  { step: 'after Slack made the old card a pointer', fault: TAKEN, method: 'chat.update' },
  { step: 'before Slack made the old card a pointer', fault: LOST, method: 'chat.update' },
  { step: 'after Slack took the new card', fault: TAKEN, method: 'chat.postMessage', channel: 'logistics' },
  { step: 'before Slack took the new card', fault: LOST, method: 'chat.postMessage', channel: 'logistics' },
  {
    ...{ step: 'after Slack took the line under the old card', fault: TAKEN },
    ...{ method: 'chat.postMessage', channel: 'manufacturing' },
  },
  {
    ...{ step: 'before Slack took the line under the old card', fault: LOST },
    ...{ method: 'chat.postMessage', channel: 'manufacturing' },
  },
]

async function killedAsItHandsOver(here: Town): Promise<void> {
  const deaths = DEATHS.slice(2)
  for (const _ of deaths) await file(here)
  await here.bot.settled()
  const expectArrived = await handingOver(here, new Map(deaths.map((death, at) => [12 + at, death])))
  await here.dieAndRise()
  await here.bot.settled()
  expectArrived()
}

/** Each of these complaints is stuck on its way to logistics; afterwards it has to have arrived once. */
async function handingOver(here: Town, deaths: ReadonlyMap<number, Death>): Promise<() => void> {
  const { slack, people } = here
  const olds = new Map<number, string>()
  for (const [number, { fault, method, channel }] of deaths) {
    const card = cardOf(here, number)
    olds.set(number, card.ts)
    await people.fred.press(card, 'Hand over')
    const form = await people.fred.waitForModal('hand_over')
    await form.fill({ Department: 'Logistics', Reason: REASON })
    const where = channel ? { channel: slack.channel(channel) } : {}
    await hanging(here, { ...fault, method, ...where }, async () => {
      expect((await form.submit()).outcome).toBe('closed')
    })
  }
  return () => {
    for (const [number, { step }] of deaths) {
      const about = (channel: string) =>
        slack.messages(channel).filter(({ thread_ts, text }) => !thread_ts && text.includes(`#${number}`))
      expect(cardsOf(here, number), step).toEqual([])
      const [card, ...more] = about('logistics')
      expect(more, step).toEqual([])
      expect(card?.text, step).toContain('Handed over once')
      const [left, ...others] = about('manufacturing')
      expect(others, step).toEqual([])
      expect(left, step).toMatchObject({
        ts: olds.get(number),
        text: expect.stringContaining('is now with Logistics'),
      })
      expect(left?.text, step).toContain(card?.ts.replace('.', ''))
      for (const place of [card, left])
        expect(place && linesUnder(here, place), step).toEqual([expect.stringContaining(REASON)])
    }
    expectNoRepeats(here)
  }
}

/** SIGTERM ends what is under way, and then the process. */
async function stoppedInOrder(here: Town, kind: DatabaseKind): Promise<void> {
  const { slack } = here
  const number = 16
  slack.faults.next({ kind: 'late', ms: 1_500, method: 'chat.postMessage', channel: slack.channel('manufacturing') })
  await file(here)
  await slack.until(() => cardsOf(here, number)[0], { withinMs: PATIENCE, what: 'the card' })

  const began = performance.now()
  const { code, signal, stderr } = await here.bot.signal('SIGTERM')
  expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' })
  expect(performance.now() - began).toBeLessThan(10_000)

  // The answer was waited for: nothing has to be looked up, nothing is posted again.
  const rows = await withDatabase(here.place, (db) => db.reader.query.outbox.findMany())
  const said = rows.filter((row) => row.complaint === number)
  expect(said.find(({ kind }) => kind === 'card')?.state).toBe('sent')
  expect(rows.filter(({ state }) => state === 'sending' || state === 'unknown')).toEqual([])
  if (kind === 'embedded') return
  const asked = slack.calls.length
  await here.start()
  await here.bot.settled()
  expectFiledOnce(here, number)
  const since = slack.calls.slice(asked).map(({ method }) => method)
  expect(since).toEqual(since.filter((method) => !method.startsWith('conversations.')))
  expect(since.filter((method) => method === 'chat.postMessage').length).toBeLessThanOrEqual(1)
}

async function file(here: Town): Promise<void> {
  expect((await (await fillForm(here)).submit()).outcome).toBe('closed')
}

const fillFormAs = ({ people }: Town, name: Name) => fillForm({ people: { ...people, rita: people[name] } }, name)

/** The next such call goes wrong; resolves once it has, after `work`. */
async function hanging({ slack }: Town, fault: Fault, work: () => Promise<unknown>): Promise<void> {
  slack.faults.next(fault)
  await work()
  const met = () => slack.faults.left === 0 || undefined
  await slack.until(met, { withinMs: PATIENCE, what: `the ${fault.method} that goes wrong` })
}

async function logNoAnswer({ people: { fred } }: Town, card: SandboxMessage): Promise<void> {
  await fred.press(card, 'Log callback')
  const form = await fred.waitForModal()
  await form.fill({ 'How did it go?': 'No answer', 'Does the customer say it is settled?': 'No' })
  expect((await form.submit()).outcome).toBe('closed')
}

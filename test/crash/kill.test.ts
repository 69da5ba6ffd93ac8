import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { FaultPlan } from '../../src/sandbox/faults.ts'
import { anyKind, databaseKinds } from '../support/databases.ts'
import { SLOW, someoneWaits } from '../support/process.ts'
import { withDatabase } from '../support/world.ts'
import { cardOf, cardsOf, expectFiledOnce, expectNoRepeats, fillForm, linesUnder, type Town, town } from './town.ts'

/** Carried out by Slack, and never answered as far as this process will see. */
const TAKEN = { kind: 'late', ms: 60_000 } as const satisfies FaultPlan
/** Not carried out, and never answered. */
const LOST = { kind: 'hang' } as const satisfies FaultPlan

async function file(town: Town): Promise<void> {
  expect((await (await fillForm(town)).submit()).outcome).toBe('closed')
}

/** Where the bot dies, and what a person finds afterwards. Each step files the complaint of this number. */
const DEATHS: Record<string, (town: Town, number: number) => Promise<void>> = {
  'as the form opens': async (town, number) => {
    const { slack, people } = town
    slack.faults.next({ ...TAKEN, method: 'views.open' })
    const form = await fillForm(town)
    await town.dieAndRise()
    expect((await form.submit()).outcome).toBe('closed')
    await town.bot.settled()
    expect(people.rita.ephemerals()).toEqual([])
    expectFiledOnce(town, number)
  },

  'as the submission is answered': async (town, number) => {
    await file(town)
    await town.dieAndRise()
    await town.bot.settled()
    expectFiledOnce(town, number)
    // Slack did not hear the answer, and sends it again.
    const [again] = await town.people.rita.resend()
    expect(again).toMatchObject({ status: 200, body: '' })
    await town.bot.settled()
    expectFiledOnce(town, number)
    expect(cardsOf(town, number + 1)).toEqual([])
  },

  'before the submission is answered': async (town, number) => {
    const form = await fillForm(town)
    const sent = form.submit()
    await town.dieAndRise()
    // Whatever became of it, the person sends the form again where it stayed open.
    if ((await sent).outcome !== 'closed') expect((await form.submit()).outcome).toBe('closed')
    await town.bot.settled()
    expectFiledOnce(town, number)
    expect(cardsOf(town, number + 1)).toEqual([])
  },

  'after Slack took the card': async (town, number) => {
    const { slack } = town
    slack.faults.next({ ...TAKEN, method: 'chat.postMessage', channel: slack.channel('manufacturing') })
    await file(town)
    await slack.until(() => cardsOf(town, number)[0], { withinMs: PATIENCE, what: 'the card' })
    const looked = slack.callsTo('conversations.history').length
    await town.dieAndRise()
    await town.bot.settled()
    expect(slack.callsTo('conversations.history').length).toBe(looked + 1)
    expectFiledOnce(town, number)
  },

  'before Slack took the card': async (town, number) => {
    await dieAtPost(town, town.slack.channel('manufacturing'))
    expect(cardsOf(town, number)).toHaveLength(1)
    expectFiledOnce(town, number)
  },

  'between card and thanks': async (town, number) => {
    await dieAtPost(town, town.people.rita.id)
    expectFiledOnce(town, number)
  },

  'after Slack took the pictures': async (town, number) => {
    const { slack, people } = town
    const form = await fillForm(town)
    await form.fill({ 'Photos or files': ['valve.jpg'] })
    // The card is the first post, the pictures are the second.
    const channel = slack.channel('manufacturing')
    slack.faults.next({ ...TAKEN, method: 'chat.postMessage', channel, every: 2 })
    expect((await form.submit()).outcome).toBe('closed')
    await faultMet(slack)
    await town.dieAndRise()
    await town.bot.settled()
    const shown = () => linesUnder(town, cardOf(town, number)).filter((line) => line.includes('valve.jpg'))
    expect(shown()).toHaveLength(1)
    const { ts } = cardOf(town, number)
    await people.fay.say('manufacturing', '', ts, [slack.upload('fay', 'seal.jpg').id])
    const counted = () => cardOf(town, number).text.includes('2 photos and files') || undefined
    await slack.until(counted, { withinMs: PATIENCE, what: 'the second photo' })
    await town.dieAndRise()
    // Slack did not hear that its event was taken, and sends it again.
    await people.fay.resend()
    await town.bot.settled()
    expect(counted()).toBe(true)
    expect(shown()).toHaveLength(1)
    expectFiledOnce(town, number)
  },

  'after Slack redrew the card': (town, number) => dieAtRedrawing(town, number, TAKEN),

  'before Slack redrew the card': (town, number) => dieAtRedrawing(town, number, LOST),
}

const PATIENCE = 10_000

/** Waits until the call that is to go wrong has come. */
const faultMet = (slack: Town['slack']): Promise<true> =>
  slack.until(() => slack.faults.left === 0 || undefined, { withinMs: PATIENCE, what: 'the call that goes wrong' })

async function dieAtPost(town: Town, channel: string): Promise<void> {
  const { slack } = town
  slack.faults.next({ ...LOST, method: 'chat.postMessage', channel })
  await file(town)
  await faultMet(slack)
  await town.dieAndRise()
  await town.bot.settled()
}

/** Two things happen while the card's drawing hangs: both are told afterwards, in their order. */
async function dieAtRedrawing(town: Town, number: number, fault: FaultPlan): Promise<void> {
  const { slack, people } = town
  const { fred } = people
  await file(town)
  await town.bot.settled()
  slack.faults.next({ ...fault, method: 'chat.update' })
  await fred.press(cardOf(town, number), 'Own it')
  await faultMet(slack)
  await fred.press(cardOf(town, number), 'Log callback')
  const form = await fred.waitForModal()
  await form.fill({ 'How did it go?': 'No answer', 'Does the customer say it is settled?': 'No' })
  expect((await form.submit()).outcome).toBe('closed')
  await town.dieAndRise()
  await town.bot.settled()
  const card = cardOf(town, number)
  expect(card.text).toContain(`<@${fred.id}>`)
  expect(linesUnder(town, card)).toEqual([
    expect.stringContaining('owns it'),
    expect.stringContaining('called; no answer'),
  ])
  expectFiledOnce(town, number)
}

/** The embedded database takes seconds to open: there, only what differs is told apart, which is what is on the disk. */
const ON_EMBEDDED = ['as the submission is answered', 'after Slack took the card', 'before Slack redrew the card']

test.each(databaseKinds())('killed at every step, the bot says everything once (%s)', SLOW, async (kind) => {
  const here = await town(kind)
  const steps = Object.entries(DEATHS).filter(([step]) => kind === 'postgres' || ON_EMBEDDED.includes(step))
  let number = 0
  for (const [step, die] of steps) {
    number += 1
    await die(here, number).catch((error: unknown) => {
      throw new Error(`Killed ${step}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
    })
  }
  expectNoRepeats(here)
  await here.bot.kill()
})

test.runIf(anyKind() === 'postgres')('killed inside the transaction, the bot leaves nothing of it', async () => {
  const here = await town('postgres')
  const form = await fillForm(here)
  await withDatabase(here.place, async (db) => {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select 1 from workspaces for update`)
      const sent = form.submit()
      await someoneWaits(db)
      await here.bot.kill()
      expect((await sent).outcome).toBe('failed')
    })
    const rows = await db.reader.query.submissions.findMany()
    expect(rows).toEqual([])
  })
  await here.start()
  expect((await form.submit()).outcome).toBe('closed')
  await here.bot.settled()
  expectFiledOnce(here, 1)
})

test('killed while many file, the embedded database keeps what was acknowledged', SLOW, async () => {
  const here = await town('embedded')
  const { slack, people } = here
  const names = ['rita', 'fred', 'fay', 'lena', 'lou', 'dora'] as const
  const forms = await Promise.all(
    names.map(async (name) => ({ name, form: await fillForm({ people: { ...people, rita: people[name] } }, name) })),
  )
  const taken = new Set<string>()
  const sent = forms.map(async ({ name, form }) => {
    if ((await form.submit()).outcome !== 'closed') return
    taken.add(name)
    // The others are under way.
    if (taken.size === 2) await here.bot.kill()
  })
  await Promise.all(sent)
  expect(taken.size).toBeGreaterThanOrEqual(2)
  await here.dieAndRise()
  await here.bot.settled()
  const thanked = (name: string) => slack.directMessages(name).filter(({ text }) => text.includes('Thank'))
  for (const name of taken) expect(thanked(name), name).toHaveLength(1)
  for (const name of names) expect(thanked(name).length, name).toBeLessThanOrEqual(1)
  expectNoRepeats(here)
  await here.bot.kill()
})

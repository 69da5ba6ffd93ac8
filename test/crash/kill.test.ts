import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import type { Fault, FaultPlan } from '../../src/sandbox/faults.ts'
import type { SandboxMessage } from '../../src/sandbox/types.ts'
import { anyKind, databaseKinds } from '../support/databases.ts'
import { SLOW, someoneWaits } from '../support/process.ts'
import { withDatabase } from '../support/world.ts'
import { cardOf, cardsOf, expectFiledOnce, expectNoRepeats, fillForm, linesUnder, type Town, town } from './town.ts'

/** Carried out by Slack, and never answered as far as this process will see. */
const TAKEN = { kind: 'late', ms: 60_000 } as const satisfies FaultPlan
/** Not carried out, and never answered. */
const LOST = { kind: 'hang' } as const satisfies FaultPlan

const PATIENCE = 10_000

async function file(town: Town): Promise<void> {
  expect((await (await fillForm(town)).submit()).outcome).toBe('closed')
}

/** The next such call goes wrong; resolves once it has, after `work`. */
async function hanging(town: Town, fault: Fault, work: () => Promise<unknown>): Promise<void> {
  const { slack } = town
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

/* Each death comes to several complaints at once, each at another step: starting a process is what takes long. */

test.each(databaseKinds())('killed as it posts, the bot says everything once (%s)', SLOW, async (kind) => {
  const here = await town(kind)
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
  await here.bot.kill()
})

test.each(databaseKinds())(
  'killed as it answers and redraws, the bot says everything once (%s)',
  SLOW,
  async (kind) => {
    const here = await town(kind)
    const { slack, people } = here
    const { fay, fred, rita } = people
    for (const _ of [1, 2]) await file(here)
    await here.bot.settled()
    await fay.say('manufacturing', 'The seal.', cardOf(here, 1).ts, [slack.upload('fay', 'seal.jpg').id])
    const counted = () => cardOf(here, 1).text.includes('1 photo') || undefined
    await slack.until(counted, { withinMs: PATIENCE, what: 'the photo on the card' })
    await here.bot.settled()
    // Two things happen while a card's drawing hangs: both are told afterwards, in their order.
    for (const [number, fault] of [
      [1, TAKEN],
      [2, LOST],
    ] as const) {
      await hanging(here, { ...fault, method: 'chat.update' }, () => fred.press(cardOf(here, number), 'Own it'))
      await logNoAnswer(here, cardOf(here, number))
    }
    // #3: as the submission is answered. #4: before it is.
    await file(here)
    const form = await fillForm({ people: { ...people, rita: people.lena } }, 'Lena')
    const sent = form.submit()
    await here.dieAndRise()
    // Whatever became of it, the person sends the form again where it stayed open.
    if ((await sent).outcome !== 'closed') expect((await form.submit()).outcome).toBe('closed')
    // Slack did not hear the answers, and sends both again.
    expect((await rita.resend())[0]).toMatchObject({ status: 200, body: '' })
    await fay.resend()
    await here.bot.settled()

    for (const number of [1, 2]) {
      const card = cardOf(here, number)
      expect(card.text).toContain(`<@${fred.id}>`)
      const lines = linesUnder(here, card).filter((line) => line !== 'The seal.')
      expect(lines).toEqual([expect.stringContaining('owns it'), expect.stringContaining('called; no answer')])
    }
    expect(counted()).toBe(true)
    for (const number of [1, 2, 3]) expectFiledOnce(here, number)
    expectFiledOnce(here, 4, 'lena')
    expect(cardsOf(here, 5)).toEqual([])
    await here.bot.kill()
  },
)

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

import { describe, expect, onTestFinished, test } from 'vitest'
import { DAY, HOUR } from '../../src/complaint/time.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { startSandboxSlack } from '../../src/sandbox/slack.ts'
import { TestClock } from '../support/clock.ts'
import { anyKind, freshPlace } from '../support/databases.ts'
import { SLOW } from '../support/process.ts'
import { companyIn, PEOPLE, startBot, withDatabase } from '../support/world.ts'
import { cardOf, cardsOf, expectNoRepeats, fillForm, linesUnder, peopleOf } from './town.ts'

/** Wednesday. */
const START = '2026-03-04T15:00:00Z'

/** One Slack and one Postgres, and two bots that know nothing of each other. */
async function twoBots() {
  const clock = new TestClock(START)
  const slack = await startSandboxSlack({
    users: PEOPLE.map((name) => ({ name })),
    channels: ['service', 'manufacturing', 'logistics', 'design', 'company', 'ops'].map((name) => ({ name })),
    usergroups: [{ id: 'S0MFG', handle: 'makers', users: ['fred', 'fay'] }],
  })
  onTestFinished(() => slack.close())
  const place = await freshPlace('postgres')
  await withDatabase(place, (db) => putInForce(db, slack.team, companyIn(slack), clock.now()))
  const [left, right] = await Promise.all([startBot(slack, place, clock), startBot(slack, place, clock)])
  onTestFinished(async () => {
    await Promise.all([left.stop(), right.stop()])
  })
  const peopleAt = ({ port }: { port: number }) => peopleOf(slack, () => `http://127.0.0.1:${port}`)
  return {
    slack,
    place,
    clock,
    left: peopleAt(left),
    right: peopleAt(right),
    /** Both do what is due, at once. */
    settle: async () => {
      await Promise.all([left.catchUp(), right.catchUp()])
      await Promise.all([left.catchUp(), right.catchUp()])
    },
  }
}

type Two = Awaited<ReturnType<typeof twoBots>>

async function file({ left, settle }: Two, complaints: number): Promise<void> {
  for (let filed = 0; filed < complaints; filed += 1)
    expect((await (await fillForm({ people: left })).submit()).outcome).toBe('closed')
  await settle()
}

describe.runIf(anyKind() === 'postgres')('two bots on one Postgres', SLOW, () => {
  test('one form that comes to both files one complaint', async () => {
    const two = await twoBots()
    const { slack, place, left, right, settle } = two
    for (let number = 1; number <= 5; number += 1) {
      const atLeft = await fillForm({ people: left })
      const atRight = right.rita.modal()
      expect(atRight.id).toBe(atLeft.id)
      const sent = await Promise.all([atLeft.submit({ copies: 2 }), atRight.submit({ copies: 2 })])
      const replies = sent.flatMap((result) => result.replies)
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      // On a machine that is busy a copy may wait too long for the first; it is told so, and files nothing either.
      const told = replies.map(({ body }) => (body === '' ? 'filed' : JSON.stringify(body)))
      expect(told).toContain('filed')
      expect(told.filter((words) => words !== 'filed' && !words.includes('Nothing you typed is lost'))).toEqual([])
    }
    await settle()
    const rows = await withDatabase(place, (db) => db.reader.query.complaints.findMany())
    expect(rows.map(({ number }) => number).toSorted()).toEqual([1, 2, 3, 4, 5])
    for (const { number } of rows) {
      expect(cardsOf(two, number)).toHaveLength(1)
      expect(left.rita.directMessages().filter(({ text }) => text.includes(`#${number}`))).toHaveLength(1)
    }
    expect(slack.directMessages('rita')).toHaveLength(5)
    expectNoRepeats(two)
  })

  test('two people who press at both get one owner, and the other is told who', async () => {
    const two = await twoBots()
    const { slack, left, right, settle } = two
    await file(two, 3)
    for (let number = 1; number <= 3; number += 1) {
      const card = cardOf(two, number)
      slack.ephemerals.length = 0
      await Promise.all([left.fred.press(card, 'Own it'), right.fay.press(card, 'Own it')])
      const said = await slack.until(() => slack.ephemerals[0], { withinMs: 10_000, what: 'who owns it' })
      const owner = said.user === left.fred.id ? right.fay : left.fred
      expect(said.text).toContain(`<@${owner.id}> owns it already`)
      await slack.until(() => cardOf(two, number).text.includes(`<@${owner.id}>`) || undefined, { withinMs: 10_000 })
      await settle()
      expect(linesUnder(two, card)).toEqual([`<@${owner.id}> owns it.`])
      expect(slack.ephemerals).toHaveLength(1)
      expect(cardsOf(two, number)).toHaveLength(1)
    }
    expectNoRepeats(two)
  })

  test('reminders that both find due are posted once', async () => {
    const two = await twoBots()
    const { slack, clock, settle } = two
    await file(two, 4)
    // An hour before the call, at the call, four hours over it; and the response's on the way.
    for (const ms of [3 * HOUR, HOUR, 4 * HOUR, 4 * HOUR, 12 * HOUR]) {
      clock.move(ms)
      await settle()
    }
    for (let number = 1; number <= 4; number += 1) {
      const lines = linesUnder(two, cardOf(two, number))
      expect(lines.length).toBeGreaterThanOrEqual(5)
      expect(lines.filter((line, at) => lines.indexOf(line) !== at)).toEqual([])
    }
    expect(
      slack
        .messages('company')
        .map(({ text }) => /#(\d+)/.exec(text)?.[1])
        .toSorted(),
      // That nobody owns it, and that the call is far over.
    ).toEqual(['1', '1', '2', '2', '3', '3', '4', '4'])
    expectNoRepeats(two)
  })

  test('the weekly digest is posted once', async () => {
    const two = await twoBots()
    const { place, clock, settle } = two
    await file(two, 1)
    const digests = () =>
      withDatabase(place, async ({ reader }) => {
        const rows = await reader.query.outbox.findMany({ where: (row, { eq }) => eq(row.kind, 'digest') })
        return rows.map(({ lane, state }) => `${lane} ${state}`).toSorted()
      })
    await settle()
    expect(await digests()).toEqual([])
    // Monday 09:00 in Chicago, which has moved its clocks on Sunday.
    clock.set('2026-03-09T14:00:00Z')
    await settle()
    const once = await digests()
    expect(once).toContain('digest:company sent')
    expect(new Set(once).size).toBe(once.length)
    clock.move(7 * DAY - 1)
    await settle()
    expect(await digests()).toEqual(once)
    clock.move(1)
    await settle()
    expect((await digests()).filter((digest) => digest === 'digest:company sent')).toHaveLength(2)
    expectNoRepeats(two)
  })
})

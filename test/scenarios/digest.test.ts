import { expect, test } from 'vitest'
import { DAY, HOUR } from '../../src/complaint/time.ts'
import type { SandboxEphemeral, SandboxMessage } from '../../src/sandbox/types.ts'
import { file, type Name, type World, world } from '../support/world.ts'
import { CLOSE_OUT, form, send, toldBy } from './support.ts'

const MONDAY = Date.parse('2026-03-09T14:00:00Z')

/** Two complaints closed, two causes, and one that is left open over its deadlines. */
async function weekOver(): Promise<World> {
  const w = await world()
  for (const number of [1, 2, 3]) await file(w, number === 3 ? 'fred' : 'rita', { Customer: `Customer ${number}` })
  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  await send(w, await form(w, 'fred', 2, 'Close out'), { ...CLOSE_OUT, 'Root cause': 'Poor design' })
  return w
}

const digestIn = (w: World, channel: string): SandboxMessage => {
  const [digest, ...others] = w.slack
    .messages(w.slack.channel(channel))
    .filter(({ text, thread_ts }) => !thread_ts && text.includes('Weekly digest'))
  if (!digest || others.length > 0) throw new Error(`There is no digest in ${channel}, or more than one`)
  return digest
}

const detailsOf = ({ slack }: World, channel: string, { ts }: SandboxMessage): string[] =>
  slack
    .thread(channel, ts)
    .filter((reply) => reply.ts !== ts)
    .map(({ text }) => text)

const imagesIn = ({ blocks }: { blocks?: readonly { type?: unknown }[] | undefined }) =>
  (blocks ?? []).filter(({ type }) => type === 'image').length

test('the digest says it on one screen; its thread has every figure, and each opens the list behind it', async () => {
  const w = await weekOver()
  await w.pass(MONDAY - w.clock.now().getTime())
  await w.settle()
  const digest = digestIn(w, 'company')
  expect(digest.text).toContain('*1 overdue*')
  expect(digest.text).toContain(`<@${w.people.fred.id}>`)
  expect(imagesIn(digest)).toBe(1)
  const [figures, lists, ...more] = detailsOf(w, w.slack.channel('company'), digest)
  expect(more).toEqual([])
  expect(figures).toContain('All in figures')
  expect(figures).toContain('*Closed:* 2')
  expect(figures).toContain('*On our hands:* 1 open, 1 overdue, 1 with nobody yet')
  expect(lists).toContain('Where it arose')

  // A department's digest tells what it closed beside what arose there.
  const manufacturing = digestIn(w, 'manufacturing')
  expect(manufacturing.text).toContain('*Manufacturing closed 2 complaints*')
  expect(manufacturing.text).toContain('*1 complaint arose in Manufacturing*')
  expect(digestIn(w, 'design').text).toContain('*1 complaint arose in Product design*')

  const { lou } = w.people
  const behind = await toldBy(w, lou, () => lou.press(only(manufacturing, 'closed'), 'See them'))
  expect(behind.text).toContain('Closed, Manufacturing, 2 Mar to 9 Mar')
  expect(behind.text).toMatch(/#1 · Customer 1[\s\S]*#2 · Customer 2/)
  const overdue = await toldBy(w, lou, () => lou.press(only(digest, 'overdue'), 'See them'))
  expect(overdue.text).toContain('#3 · Customer 3')
  expect(overdue.text).not.toContain('#1')
  const metrics = await (await fetch(`http://127.0.0.1:${w.app.port}/metrics`)).text()
  expect(metrics).toContain('amends_figure{figure="avoidable"} 1\n')
  expect(metrics).toContain('amends_complaints{department="manufacturing",state="overdue"} 1\n')
  expect(metrics).toContain('amends_caused{department="design"} 1\n')
  // What it stood beside stays.
  expect(digestIn(w, 'company').ts).toBe(digest.ts)
  expect(w.slack.problems).toEqual([])
})

/** The message with the one button that opens the list behind this figure. */
const only = <Shown extends SandboxMessage | SandboxEphemeral>(shown: Shown, figure: string): Shown => ({
  ...shown,
  blocks: (shown.blocks ?? []).filter((block) => JSON.stringify(block).includes(`behind ${figure} `)),
})

const report = (w: World, typed: string, who: Name = 'lou') =>
  toldBy(w, w.people[who], () => w.people[who].command(`/complaint report${typed}`, { channel: 'logistics' }))

test('a report shows the period so far to one person, and all of it on a press, once', async () => {
  const w = await weekOver()
  await w.pass(HOUR)
  const shown = await report(w, '')
  expect(shown.text).toContain('Report of the week so far · Mon 2 Mar to Wed 4 Mar, against as much of the week before')
  expect(shown.text).toContain('Defective part: 1, 50%')
  expect(imagesIn(shown)).toBe(0)
  expect((await report(w, ' month')).text).toContain('Sun 1 Mar to Wed 4 Mar, against as much of the month before')
  const ofDepartment = await report(w, ' Quarter  PRODUCT design')
  expect(ofDepartment.text).toContain('Report of the quarter so far · Product design · Thu 1 Jan to Wed 4 Mar')
  expect(ofDepartment.text).toContain('*1 complaint arose in Product design*')
  expect((await report(w, ' manufacturing')).text).toContain('Report of the week so far · Manufacturing')
  for (const wrong of [' year', ' month nowhere', ' week <!channel>', ` ${'<x>'.repeat(1300)}`]) {
    const refused = await report(w, wrong)
    expect(refused.text).toContain('There are: report, report week, report month and report quarter')
    expect(refused.text.split('\n')).toHaveLength(1)
  }

  const { lou } = w.people
  for (const _ of [1, 2])
    expect((await toldBy(w, lou, () => lou.press(shown, 'Send me all of it'))).text).toContain('on its way')
  for (let passed = 0; passed < 3; passed += 1) await w.pass(HOUR / 60)
  const [sent, ...others] = lou.directMessages().filter(({ thread_ts, ts }) => !thread_ts || thread_ts === ts)
  expect(others).toEqual([])
  expect(sent?.text).toBe(shown.text)
  expect(sent && imagesIn(sent)).toBe(1)
  expect(lou.directMessages().some(({ text }) => text.includes('All in figures'))).toBe(true)
  const told = w.slack.messages(w.slack.channel('company')).map(({ text }) => text)
  expect(told.filter((text) => text.includes('Report of'))).toEqual([])
  // A week later it is another week's.
  await w.pass(7 * DAY)
  expect((await report(w, '')).text).toContain('Mon 9 Mar to Wed 11 Mar')
  expect(w.slack.problems).toEqual([])
})

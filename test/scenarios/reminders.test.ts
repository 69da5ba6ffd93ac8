import { expect, test } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import type { SandboxMessage } from '../../src/sandbox/slack.ts'
import { hours } from '../support/setups.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import {
  act,
  CLOSE_OUT,
  DEPARTMENT,
  expectNoRepeats,
  form,
  linesOf,
  more,
  PROMISED_BY,
  REACHED,
  SETTLED,
  send,
  TOLD_AT,
} from './support.ts'

/** Owners here say nothing for days, and keep what they own: what becomes of silence, other tests tell. */
const quietly = (setup: Setup): Setup => ({
  ...setup,
  policy: { ...setup.policy, silence: { ask: 30 * DAY, release: 30 * MINUTE } },
})
const town = () => world({ setup: quietly })

type Clock = 'response' | 'callback'
const SAYS = { response: /Somebody (is|was) to be at the customer's/, callback: /promised a call/ }
const IN_COMPANY = { response: "Somebody at the customer's is", callback: 'The promised call is' }

const under = (w: World, channel: string, number = 1): SandboxMessage[] =>
  w.slack.thread(w.slack.channel(channel), cardIn(w, channel, number).ts).slice(1)

/** The reminders of a clock that stand in the card's thread, and still ask for something. */
const reminders = (w: World, clock: Clock, channel = 'manufacturing', number = 1) =>
  under(w, channel, number).filter((message) => SAYS[clock].test(message.text))

const company = (w: World, clock: Clock) =>
  w.slack.messages(w.slack.channel('company')).filter((message) => message.text.includes(IN_COMPANY[clock]))

/** Passes to each instant (from now, in order), and says how many reminders there are a minute before and at it; a minute after the last there are no more. */
async function counts(w: World, clock: Clock, instants: number[], channel = 'manufacturing') {
  const start = w.clock.now().getTime()
  const to = (instant: number) => w.pass(start + instant - w.clock.now().getTime())
  const seen: number[][] = []
  for (const instant of instants) {
    const row: number[] = []
    for (const around of [-MINUTE, 0]) {
      await to(instant + around)
      row.push(reminders(w, clock, channel).length)
    }
    seen.push(row)
  }
  await to((instants.at(-1) ?? 0) + MINUTE)
  expect(reminders(w, clock, channel)).toHaveLength(seen.at(-1)?.at(-1) ?? 0)
  return seen
}

const stairs = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => [from + index, from + index + 1])

test('the response deadline: 12 h, 4 h and 1 h before, at it, then every 4 h; the company once', async () => {
  const w = await town()
  await file(w, 'rita', { [PROMISED_BY]: plus(w.clock.now(), 4 * DAY) })
  await act(w, 'fred', 1, 'Own it')
  const { fred, lena } = w.people
  expect(await counts(w, 'response', [12 * HOUR, 20 * HOUR, 23 * HOUR])).toEqual(stairs(0, 3))
  for (const message of reminders(w, 'response')) {
    expect(message.text).toContain(`<@${fred.id}>`)
    expect(message.text).not.toContain(`<@${lena.id}>`)
    expect(message.reply_broadcast).toBeUndefined()
  }
  expect(cardIn(w, 'manufacturing', 1).text).not.toContain('Overdue')
  expect(await counts(w, 'response', [1 * HOUR - MINUTE])).toEqual(stairs(3, 4))
  expect(company(w, 'response')).toHaveLength(0)
  expect(await counts(w, 'response', [4 * HOUR - MINUTE, 8 * HOUR - MINUTE, 12 * HOUR - MINUTE])).toEqual(stairs(4, 7))
  for (const message of reminders(w, 'response').slice(3)) {
    expect(message.text).toContain(`<@${fred.id}> <@${lena.id}>`)
    expect(message.reply_broadcast).toBe(true)
  }
  expect(company(w, 'response')).toHaveLength(1)
  expect(company(w, 'response')[0]?.text).toContain('4 h over')
  expect(reminders(w, 'callback')).toHaveLength(0)
  expectNoRepeats(w)
  expect(w.slack.problems).toEqual([])
})

test('the callback: 1 h and 15 min before, at it, then every 4 h, with the call sheet; the company once', async () => {
  const w = await town()
  await file(w)
  await send(w, await form(w, 'fred', 1, 'Visit'), { 'Instead of a trip': true, 'What was done': 'Reset it.' })
  // Nobody owns it: the usergroup is called, and from the deadline on the lead as well.
  expect(await counts(w, 'callback', [3 * HOUR, 3 * HOUR + 45 * MINUTE])).toEqual(stairs(0, 2))
  for (const message of reminders(w, 'callback')) {
    expect(message.text).toContain('<!subteam^S0MFG>')
    expect(message.text).not.toContain(`<@${w.people.lena.id}>`)
    expect(message.reply_broadcast).toBeUndefined()
    expect(message.text).toMatch(/every reason to be angry[\s\S]*The valve does not fit\.[\s\S]*Reset it\./)
  }
  expect(await counts(w, 'callback', [15 * MINUTE - MINUTE])).toEqual(stairs(2, 3))
  expect(await counts(w, 'callback', [4 * HOUR - MINUTE, 8 * HOUR - MINUTE])).toEqual(stairs(3, 5))
  for (const message of reminders(w, 'callback').slice(2)) {
    expect(message.text).toContain(`<!subteam^S0MFG> <@${w.people.lena.id}>`)
    expect(message.reply_broadcast).toBe(true)
  }
  expect(company(w, 'callback')).toHaveLength(1)
  expect(company(w, 'callback')[0]?.text).toContain('Nobody owns it yet')
  expect(reminders(w, 'response')).toHaveLength(0)
  // The button of a reminder works.
  const last = reminders(w, 'callback').at(-1)
  if (!last) throw new Error('No reminder')
  await w.people.fay.press(last, 'Log callback')
  await send(w, await w.people.fay.waitForModal(), { ...REACHED, [SETTLED]: 'Yes' })
  expect(reminders(w, 'callback')).toHaveLength(0)
  expect(w.slack.problems).toEqual([])
})

test('from the very deadline on the card says overdue; where there is no usergroup the lead is called, once', async () => {
  const w = await town()
  await file(w)
  await file(w, 'rita', { [DEPARTMENT]: 'Logistics', [PROMISED_BY]: plus(w.clock.now(), 5 * HOUR) })
  await w.pass(4 * HOUR)
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Callback*\n*Overdue* since')
  expect(cardIn(w, 'logistics', 2).text).not.toContain('Overdue')
  await w.pass(HOUR + 1)
  expect(cardIn(w, 'logistics', 2).text).toContain('Callback*\n*Overdue* since')
  const lead = `<@${w.people.lou.id}>`
  const called = reminders(w, 'callback', 'logistics', 2).map((message) => message.text.split(lead).length - 1)
  expect(called).toEqual([1, 1])
})

test('offsets that were past when the clock began are not sent', async () => {
  const w = await town()
  const now = w.clock.now()
  await file(w, 'rita', { [TOLD_AT]: plus(now, -21 * HOUR), [PROMISED_BY]: plus(now, 30 * MINUTE) })
  expect(linesOf(w, 'manufacturing', 1)).toEqual([])
  await w.pass(15 * MINUTE - 1)
  expect(linesOf(w, 'manufacturing', 1)).toEqual([])
  await w.pass(1)
  expect(reminders(w, 'callback')).toHaveLength(1)
  await send(w, await form(w, 'fred', 1, 'Log callback'), { ...REACHED, [SETTLED]: 'Yes' })
  await w.pass(105 * MINUTE)
  expect(reminders(w, 'response')).toHaveLength(1)
  expect(reminders(w, 'response')[0]?.text).toContain('in 1 h')

  // Told so long ago that it is over already: the next one comes at its next step.
  await file(w, 'rita', { [TOLD_AT]: plus(w.clock.now(), -29 * HOUR), [PROMISED_BY]: plus(w.clock.now(), DAY) })
  expect(cardIn(w, 'manufacturing', 2).text).toContain('*Overdue* since')
  expect(reminders(w, 'response', 'manufacturing', 2)).toHaveLength(0)
  await w.pass(3 * HOUR)
  expect(reminders(w, 'response', 'manufacturing', 2)).toHaveLength(1)
})

test('a clock that was honoured, moved or closed takes its reminders along, and posted ones are marked done', async () => {
  const w = await town()
  const { clock } = w
  const done = (words: string) => linesOf(w, 'manufacturing', 1).filter((text) => text.includes(`Done: ${words}`))
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  await w.pass(3 * HOUR)
  expect(reminders(w, 'callback')).toHaveLength(1)
  const moved = { 'Next call promised by': plus(clock.now(), 10 * HOUR), Reason: 'They asked.' }
  await send(w, await more(w, 'fred', 1, 'Move callback', 'Move callback'), moved)
  expect(reminders(w, 'callback')).toHaveLength(0)
  expect(done('moved to')).toHaveLength(1)
  await w.pass(9 * HOUR - 1)
  expect(reminders(w, 'callback')).toHaveLength(0)
  expect(reminders(w, 'response')).toHaveLength(0)
  await w.pass(1) // 12 h after it was told: 12 h before the deadline, and 1 h before the call
  expect([reminders(w, 'callback').length, reminders(w, 'response').length]).toEqual([1, 1])

  await send(w, await form(w, 'fred', 1, 'Visit'), { 'Who goes': 'fay', ETA: plus(clock.now(), MINUTE) })
  await act(w, 'fay', 1, 'Arrived')
  expect(reminders(w, 'response')).toHaveLength(0)
  expect(done('arrived')).toHaveLength(1)
  await send(w, await form(w, 'fred', 1, 'Log callback'), REACHED)
  expect(reminders(w, 'callback')).toHaveLength(0)
  expect(done('called at')).toHaveLength(1)

  await w.pass(8 * HOUR)
  expect(reminders(w, 'callback')).toHaveLength(1)
  expect(company(w, 'callback')).toHaveLength(1)
  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  expect(reminders(w, 'callback')).toHaveLength(0)
  expect(done('closed')).toHaveLength(1)
  expect(company(w, 'callback')).toHaveLength(0)
  expect(w.slack.messages(w.slack.channel('company'))[0]?.text).toContain('Done: closed')
  const before = linesOf(w, 'manufacturing', 1)
  await w.pass(2 * DAY)
  expect(linesOf(w, 'manufacturing', 1)).toEqual(before)
  // Marked done, they call nobody.
  for (const text of done('')) expect(text).not.toMatch(/<@|<!subteam/)
  expectNoRepeats(w)
  expect(w.slack.problems).toEqual([])
})

test('after downtime each clock speaks once, as it stands by then', async () => {
  const w = await town()
  await file(w)
  await file(w, 'rita', { [DEPARTMENT]: 'Logistics', [PROMISED_BY]: plus(w.clock.now(), 3 * DAY) })
  w.clock.move(2 * DAY + 10 * MINUTE)
  await w.restart()
  await w.settle()
  expect(reminders(w, 'callback')).toHaveLength(1)
  expect(reminders(w, 'callback')[0]?.text).toMatch(/1 day 20 h/)
  expect(reminders(w, 'response')).toHaveLength(1)
  expect(reminders(w, 'response')[0]?.text).toMatch(/1 day.* ago/)
  expect(reminders(w, 'response', 'logistics', 2)).toHaveLength(1)
  expect(reminders(w, 'callback', 'logistics', 2)).toHaveLength(0)
  expect(company(w, 'callback')).toHaveLength(1)
  expect(company(w, 'response')).toHaveLength(2)
  await w.restart()
  await w.settle()
  // Beside the ladder's newest rung.
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(3)
  // And the steps go on from there.
  await w.pass(4 * HOUR)
  expect(reminders(w, 'response')).toHaveLength(2)
  expect(company(w, 'callback')).toHaveLength(1)
  expectNoRepeats(w)
  expect(w.slack.problems).toEqual([])
})

test('a reminder that waited while Slack was away, and is no longer true, is not sent', async () => {
  const w = await town()
  const { slack } = w
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  slack.faults.next({ kind: 'outage', method: 'chat.postMessage' })
  slack.faults.next({ kind: 'outage', method: 'chat.update' })
  slack.faults.next({ kind: 'outage', method: 'conversations.replies' })
  await w.pass(3 * HOUR)
  const tried = slack.callsTo('chat.postMessage').filter((call) => call.fault === 'outage')
  expect(tried).toHaveLength(1)
  // Interactions go on meanwhile.
  await send(w, await form(w, 'fred', 1, 'Log callback'), { ...REACHED, [SETTLED]: 'Yes' })
  await w.pass(5 * MINUTE)
  slack.faults.clear()
  for (let n = 0; n < 5; n += 1) await w.pass(5 * MINUTE)
  expect(linesOf(w, 'manufacturing', 1)).toEqual([
    expect.stringContaining('owns it'),
    expect.stringContaining('They wait for us.'),
  ])
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Kept')
  expect(slack.problems).toEqual([])
})

test('a reminder that was posted, but not known to be, is marked done when its clock has ended meanwhile', async () => {
  const w = await town()
  const { slack } = w
  await file(w)
  slack.faults.next({ kind: 'acceptThenReset', method: 'chat.postMessage' })
  await w.pass(3 * HOUR)
  expect(reminders(w, 'callback')).toHaveLength(1)
  await send(w, await form(w, 'fred', 1, 'Log callback'), { ...REACHED, [SETTLED]: 'Yes' })
  await w.pass(MINUTE)
  expect(reminders(w, 'callback')).toHaveLength(0)
  expect(linesOf(w, 'manufacturing', 1).filter((text) => text.includes('Done: called'))).toHaveLength(1)
  expectNoRepeats(w)
})

/** Manufacturing works from Monday to Friday, 7 to 16 in Chicago; lou is on call for the rest. It is Friday, 9:00. */
const beforeWeekend = () =>
  world({
    start: '2026-03-06T15:00:00Z',
    setup: (setup) => {
      const person = setup.departments.find(({ key }) => key === 'logistics')?.lead ?? ''
      const onCall = ['mon-sun 16:00-07:00', 'sat-sun 07:00-16:00'].map((week) => ({ person, week }))
      return {
        ...quietly(setup),
        departments: setup.departments.map((one) =>
          one.key === 'manufacturing' ? { ...one, hours: hours({ onCall }) } : one,
        ),
      }
    },
  })

test('due on Saturday: the warnings of the weekend are one when work ends on Friday; the deadline is when it is', async () => {
  const w = await beforeWeekend()
  await file(w, 'rita', { [PROMISED_BY]: plus(w.clock.now(), 4 * DAY) })
  await act(w, 'fred', 1, 'Own it')
  expect(await counts(w, 'response', [7 * HOUR])).toEqual(stairs(0, 1))
  expect(reminders(w, 'response')[0]?.text).toContain(`<@${w.people.fred.id}> Somebody is to be`)
  expect(reminders(w, 'response')[0]?.text).toContain('in 17 h')
  await w.restart()
  await w.settle()
  const start = 7 * HOUR + MINUTE
  for (const quiet of [12 * HOUR, 20 * HOUR, 23 * HOUR].map((hours, index, all) => hours - (all[index - 1] ?? start))) {
    await w.pass(quiet)
    expect(reminders(w, 'response')).toHaveLength(1)
  }
  expect(await counts(w, 'response', [HOUR, 5 * HOUR])).toEqual(stairs(1, 3))
  for (const message of reminders(w, 'response').slice(1))
    expect(message.text).toContain(`<@${w.people.fred.id}> <@${w.people.lena.id}>`)
  expect(JSON.stringify(under(w, 'manufacturing'))).not.toContain(w.people.lou.id)
  expect(company(w, 'response')).toHaveLength(1)
  expectNoRepeats(w)
  expect(w.slack.problems).toEqual([])
})

test('critical, and due on Saturday: each warning at its hour, to the owner and whoever is on call', async () => {
  const w = await beforeWeekend()
  await file(w, 'rita', { Severity: 'Critical', [PROMISED_BY]: plus(w.clock.now(), 2 * HOUR) })
  await act(w, 'fred', 1, 'Own it')
  const { fred, lou } = w.people
  await w.pass(HOUR)
  expect(reminders(w, 'callback')).toHaveLength(1)
  expect(reminders(w, 'callback')[0]?.text).not.toContain(lou.id)
  await send(w, await form(w, 'fred', 1, 'Log callback'), { ...REACHED, [SETTLED]: 'Yes' })
  expect(await counts(w, 'response', [6 * HOUR, 11 * HOUR, 19 * HOUR, 22 * HOUR])).toEqual([[0, 0], ...stairs(0, 3)])
  for (const message of reminders(w, 'response')) expect(message.text).toContain(`<@${fred.id}> <@${lou.id}> Somebody`)
  expectNoRepeats(w)
  expect(w.slack.problems).toEqual([])
})

import { expect, test } from 'vitest'
import { HOUR, MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import type { FaultPlan } from '../../src/sandbox/faults.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import { act, DEPARTMENT, expectNoRepeats, filing, form, linesOf, REACHED, send, WORDS } from './support.ts'

const POST = 'chat.postMessage'

/** Moves the clock in steps, so that whatever waits gets its next tries. */
const retries = async (w: World) => {
  for (let n = 0; n < 3; n += 1) await w.pass(20 * SECOND)
}

/** What may have happened although the answer says otherwise, or nothing at all. */
const UNCERTAIN: [string, FaultPlan][] = [
  ['a connection that breaks after the post', { kind: 'acceptThenReset' }],
  ['a connection that breaks before it', { kind: 'resetBefore' }],
  ['an answer cut short', { kind: 'truncate' }],
  ['an answer that can not be read', { kind: 'garble' }],
  ['a 500', { kind: 'http', status: 500 }],
  ['an internal_error', { kind: 'error', code: 'internal_error' }],
]

test.each(UNCERTAIN)('after %s the card, its lines and the thanks stand in Slack once', async (_, plan) => {
  const w = await world()
  const { slack, people } = w
  const manufacturing = slack.channel('manufacturing')
  slack.faults.next({ ...plan, method: POST, channel: manufacturing })
  slack.faults.next({ ...plan, method: POST, channel: people.rita.id })
  await filing(w)
  await w.settle()
  // The thread waits for the card, the thanks for both.
  expect(slack.directMessages(people.rita.id)).toHaveLength(0)
  await retries(w)
  expect(slack.faults.left).toBe(0)
  expect(slack.messages(manufacturing)).toHaveLength(1)
  expect(slack.directMessages(people.rita.id)).toHaveLength(1)
  expect(slack.directMessages(people.rita.id)[0]?.text).toContain(cardIn(w, 'manufacturing', 1).ts.replace('.', ''))

  slack.faults.next({ ...plan, method: POST, channel: manufacturing, times: 2 })
  await act(w, 'fred', 1, 'Own it')
  await send(w, await form(w, 'fred', 1, 'Log callback'), REACHED)
  await retries(w)
  expect(linesOf(w, 'manufacturing', 1)).toEqual([
    expect.stringContaining('owns it'),
    expect.stringContaining('They wait for us.'),
  ])

  // Edits can be repeated: the newest state wins.
  slack.faults.next({ ...plan, method: 'chat.update', times: 2 })
  await send(w, await form(w, 'fay', 1, 'Visit'), { 'Who goes': 'fay', ETA: plus(w.clock.now(), HOUR) })
  await retries(w)
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`${`<@${people.fay.id}>`}, ETA`)
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(3)
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test.each([
  { retryAfter: 30, asked: 30 * SECOND },
  { retryAfter: 'none' as const, asked: 5 * SECOND },
])('a 429 (Retry-After: $retryAfter) is waited out, with the thread in order', async ({ retryAfter, asked }) => {
  const w = await world()
  const { slack, people } = w
  const manufacturing = slack.channel('manufacturing')
  slack.faults.next({ kind: 'rateLimit', retryAfter, method: POST, channel: manufacturing })
  await filing(w)
  await w.settle()
  await w.pass(asked - 1)
  expect(slack.callsTo(POST)).toHaveLength(1)
  await w.pass(1)
  expect(slack.messages(manufacturing)).toHaveLength(1)
  expect(slack.directMessages(people.rita.id)).toHaveLength(1)

  slack.faults.next({ kind: 'rateLimit', retryAfter, method: POST, channel: manufacturing, times: 3 })
  await act(w, 'fred', 1, 'Own it')
  for (const said of ['First.', 'Second.'])
    await send(w, await form(w, 'fred', 1, 'Log callback'), { ...REACHED, 'What was said': said })
  for (let n = 0; n < 3; n += 1) {
    expect(linesOf(w, 'manufacturing', 1)).toEqual([])
    await w.pass(asked)
  }
  expect(linesOf(w, 'manufacturing', 1)).toEqual([
    expect.stringContaining('owns it'),
    expect.stringContaining('First.'),
    expect.stringContaining('Second.'),
  ])
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('interactions are answered at once while deliveries are rate limited', async () => {
  const w = await world()
  const { slack } = w
  await file(w)
  slack.faults.next({ kind: 'rateLimit', retryAfter: 60, method: POST, times: 50 })
  slack.faults.next({ kind: 'rateLimit', retryAfter: 60, method: 'chat.update', times: 50 })
  const replies = [await w.people.fred.press(cardIn(w, 'manufacturing', 1), 'Own it')]
  await w.settle()
  for (const said of ['First.', 'Second.']) {
    const modal = await form(w, 'fred', 1, 'Log callback')
    replies.push(await send(w, modal, { ...REACHED, 'What was said': said }))
  }
  replies.push(await w.people.rita.command('/complaint list', { channel: 'service' }))
  for (const reply of replies) expect(reply.ms).toBeLessThan(1500)
  expect(linesOf(w, 'manufacturing', 1)).toEqual([])
  slack.faults.clear()
  await w.pass(MINUTE)
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(3)
})

test('order is kept in each thread, and one that waits holds up no other', async () => {
  const w = await world()
  const { slack } = w
  await file(w)
  await file(w, 'rita', { [DEPARTMENT]: 'Logistics' })
  slack.faults.next({ kind: 'outage', channel: slack.channel('manufacturing') })
  await w.people.fred.press(cardIn(w, 'manufacturing', 1), 'Own it')
  for (const number of [1, 2, 3]) {
    const said = { ...REACHED, 'What was said': `Call ${number}.` }
    await send(w, await form(w, 'fred', 1, 'Log callback'), said)
    await send(w, await form(w, 'lou', 2, 'Log callback', 'logistics'), said)
    await w.pass(MINUTE)
  }
  expect(linesOf(w, 'logistics', 2)).toHaveLength(3)
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(0)
  slack.faults.clear()
  await w.pass(5 * MINUTE)
  await retries(w)
  expect(linesOf(w, 'manufacturing', 1).map((text) => /owns it|Call \d/.exec(text)?.[0])).toEqual([
    'owns it',
    'Call 1',
    'Call 2',
    'Call 3',
  ])
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${w.people.fred.id}>`)
  expectNoRepeats(w)
})

test('a card that somebody deleted is posted anew', async () => {
  const w = await world()
  const { slack, people } = w
  await file(w)
  const old = cardIn(w, 'manufacturing', 1)
  await slack.deleteMessage('manufacturing', old.ts)
  // The sandbox's Slack still lets the bot edit what a person deleted.
  slack.faults.next({ kind: 'error', code: 'message_not_found', method: 'chat.update' })
  await people.fred.press(old, 'Own it')
  const found = () => slack.messages(slack.channel('manufacturing'))
  await slack.until(() => (found().length === 2 ? true : undefined), {
    withinMs: 8000,
    what: 'a new card with its line',
  })
  await w.settle()
  const card = cardIn(w, 'manufacturing', 1)
  expect(card.ts).not.toBe(old.ts)
  expect(card.text).toContain(`<@${people.fred.id}>`)
  expect(linesOf(w, 'manufacturing', 1)).toEqual([expect.stringContaining('owns it')])
  expectNoRepeats(w)
})

test('the newest state of the card wins, whatever became of the older ones', async () => {
  const w = await world()
  const { slack, people, clock } = w
  await file(w)
  for (const kind of ['acceptThenReset', 'resetBefore'] as const) slack.faults.next({ kind, method: 'chat.update' })
  slack.faults.next({ kind: 'rateLimit', retryAfter: 20, method: 'chat.update' })
  await people.fred.press(cardIn(w, 'manufacturing', 1), 'Own it')
  await w.settle()
  await send(w, await form(w, 'fred', 1, 'Log callback'), REACHED)
  await send(w, await form(w, 'fred', 1, 'Visit'), { 'Who goes': 'fay', ETA: plus(clock.now(), HOUR) })
  await retries(w)
  const card = cardIn(w, 'manufacturing', 1)
  expect(card.text).toContain(`<@${people.fay.id}>, ETA`)
  expect(card.text).toContain(`*Owner*\n<@${people.fred.id}>`)
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(3)
})

test('a token that was revoked: nothing is lost, and everything goes out once afterwards', async () => {
  const w = await world()
  const { slack, people } = w
  const ready = async () => {
    const answer = await fetch(`http://127.0.0.1:${w.app.port}/readyz`)
    return `${answer.status} ${(await answer.text()).trim()}`
  }
  await file(w)
  expect(await ready()).toBe('200 ready')
  slack.faults.next({ kind: 'error', code: 'token_revoked', method: POST, times: 1000 })
  slack.faults.next({ kind: 'error', code: 'token_revoked', method: 'auth.test', times: 1000 })
  await filing(w, { [WORDS]: 'While the token was revoked.' })
  await slack.until(() => (slack.callsTo(POST).some((call) => call.fault) ? true : undefined))
  await w.settle()
  expect(await ready()).toBe('503 Slack refuses the bot token (token_revoked)')
  const calls = slack.callsTo(POST).length
  await filing(w, { [DEPARTMENT]: 'Logistics' })
  await w.pass(HOUR)
  expect(slack.callsTo(POST)).toHaveLength(calls)

  slack.faults.clear()
  await w.restart()
  await w.pass(MINUTE)
  expect(await ready()).toBe('200 ready')
  cardIn(w, 'manufacturing', 2)
  cardIn(w, 'logistics', 3)
  expect(slack.directMessages(people.rita.id)).toHaveLength(3)
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

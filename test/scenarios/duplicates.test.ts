import { describe, expect, test } from 'vitest'
import { HOUR, plus } from '../../src/complaint/time.ts'
import type { Modal, SubmitResult } from '../../src/sandbox/person.ts'
import { cardIn, file, type Name, type World, world } from '../support/world.ts'
import {
  act,
  CLOSE_OUT,
  DEPARTMENT,
  expectNoRepeats,
  form,
  linesOf,
  more,
  opened,
  posted,
  REACHED,
  REPORT,
  SETTLED,
  send,
  toldBy,
  withoutButton,
} from './support.ts'

/** Slack delivers it twice at once and a third time later; each is answered as the first one. */
async function thrice(w: World, who: Name, modal: Modal, fields: Parameters<Modal['fill']>[0]): Promise<SubmitResult> {
  await modal.fill(fields)
  const sent = await modal.submit({ copies: 2 })
  expect(['closed', 'cleared', 'updated']).toContain(sent.outcome)
  await w.settle()
  const replies = [...sent.replies, ...(await w.people[who].resend())]
  expect(replies).toHaveLength(3)
  for (const reply of replies) expect(reply).toMatchObject({ status: 200, body: replies[0]?.body })
  await w.settle()
  return sent
}

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  test('every form delivered three times is carried out once', async () => {
    const w = await world({ mode })
    const { slack, people, clock } = w
    await thrice(w, 'rita', await opened(w), REPORT)
    expect(slack.directMessages(people.rita.id)).toHaveLength(1)
    expect(slack.messages(slack.channel('manufacturing'))).toHaveLength(1)
    const lines = (count: number, last: string) => {
      expect(linesOf(w, 'manufacturing', 1)).toHaveLength(count)
      expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain(last)
    }
    await act(w, 'fred', 1, 'Own it')
    await thrice(w, 'fred', await form(w, 'fred', 1, 'Log callback'), REACHED)
    lines(2, 'They wait for us.')
    const moved = { 'Next call promised by': plus(clock.now(), 9 * HOUR), Reason: 'They asked for it.' }
    await thrice(w, 'fred', await more(w, 'fred', 1, 'Move callback', 'Move callback'), moved)
    lines(3, 'They asked for it.')
    const trip = { 'Who goes': 'fay', ETA: plus(clock.now(), HOUR) }
    await thrice(w, 'fred', await form(w, 'fred', 1, 'Visit'), trip)
    lines(4, 'goes to the customer')
    await act(w, 'fay', 1, 'Arrived')
    const outcome = { Outcome: 'Not fixed', 'What was done': 'Looked at it.' }
    const visited = await form(w, 'fay', 1, 'Outcome')
    await thrice(w, 'fay', visited, outcome)
    lines(6, 'Looked at it.')
    // The form for what comes next has taken its place, and is another one.
    const remote = { 'Instead of a trip': true, 'What was done': 'Talked them through it.' }
    await thrice(w, 'fay', visited, remote)
    lines(7, 'Talked them through it.')
    await thrice(w, 'fred', await more(w, 'fred', 1, 'Edit', 'Edit #1'), { 'Site, order or part': 'PN 4711' })
    lines(8, 'edited')
    await thrice(w, 'fred', await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
    lines(9, 'Defective part')
    expect(slack.directMessages(people.rita.id)).toHaveLength(2)
    await thrice(w, 'fred', await form(w, 'fred', 1, 'Reopen'), { Reason: 'It leaks again.' })
    lines(10, 'It leaks again.')
    // "No" at close-out, then the callback that takes its place: one form, one callback.
    const close = await form(w, 'fred', 1, 'Close out')
    await close.fill({ ...CLOSE_OUT, [SETTLED]: 'No' })
    expect((await close.submit({ copies: 2 })).outcome).toBe('updated')
    await thrice(w, 'fred', close, {})
    lines(11, 'Replaced the valve on site.')
    expectNoRepeats(w)
    expect(slack.problems).toEqual([])
  })

  test('buttons pressed twice act once; a form that is asked for twice opens once, and nothing else is said', async () => {
    const w = await world({ mode })
    const { slack, people, clock } = w
    await file(w)
    expect((await act(w, 'fred', 1, 'Own it', 'manufacturing', 2)).status).toBe(200)
    expect(linesOf(w, 'manufacturing', 1)).toHaveLength(1)
    await send(w, await form(w, 'fred', 1, 'Visit'), { 'Who goes': 'fay', ETA: plus(clock.now(), HOUR) })
    await act(w, 'fred', 1, 'Arrived', 'manufacturing', 2)
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('arrived'))).toHaveLength(1)
    expectNoRepeats(w)

    const before = posted(w).length
    await people.fay.press(cardIn(w, 'manufacturing', 1), 'Log callback', { copies: 2 })
    await people.fay.waitForModal()
    await people.fay.resend()
    await people.lou.command('/complaint', { channel: 'service', copies: 2 })
    await people.lou.waitForModal()
    await people.lou.resend()
    await w.app.stop() // everything under way has ended
    for (const one of [people.fay, people.lou]) {
      expect(slack.openViews(one.id)).toHaveLength(1)
      expect(one.ephemerals()).toEqual([])
    }
    expect(posted(w)).toHaveLength(before)
    expect(slack.problems).toEqual([])
  })

  test('an event delivered twice, known or not, is acknowledged', async () => {
    const w = await world({ mode })
    const { rita } = w.people
    const ready = async () => (await fetch(`http://127.0.0.1:${w.app.port}/readyz`)).status
    const revoked = { type: 'tokens_revoked', tokens: { bot: [w.slack.botUser] } }
    expect(await rita.event({ type: 'message', text: 'hello' }, { copies: 2 })).toMatchObject({ status: 200 })
    // Another token, perhaps: ours still works.
    expect(await rita.event(revoked, { copies: 2 })).toMatchObject({ status: 200 })
    for (const reply of await rita.resend()) expect(reply.status).toBe(200)
    expect(await ready()).toBe(200)

    w.slack.faults.next({ kind: 'error', code: 'token_revoked', method: 'auth.test', times: 1000 })
    const asked = () => w.slack.callsTo('auth.test').filter((call) => call.fault).length
    expect(await rita.event(revoked, { copies: 2 })).toMatchObject({ status: 200 })
    await w.slack.until(() => (asked() > 0 ? true : undefined), { withinMs: 8000 })
    for (const reply of await rita.resend()) expect(reply.status).toBe(200)
    expect(await ready()).toBe(503)
    expect(asked()).toBe(1)
  })
})

test('two people owning it at once make one owner', async () => {
  const w = await world()
  await file(w)
  const { fred, fay, lena, lou } = w.people
  const card = cardIn(w, 'manufacturing', 1)
  await Promise.all([fred, fay, lena, lou].map((one) => one.press(card, 'Own it')))
  await withoutButton(w, 1, 'Own it')
  const told = () => [fred, fay, lena, lou].flatMap((one) => one.ephemerals())
  await w.slack.until(() => (told().length === 3 ? true : undefined), { what: 'three answers' })
  const [line, ...others] = linesOf(w, 'manufacturing', 1)
  expect(others).toEqual([])
  const owner = /<@(\w+)> owns it/.exec(line ?? '')?.[1]
  for (const { text } of told()) expect(text).toBe(`<@${owner}> owns it already.`)
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`*Owner*\n<@${owner}>`)
})

test('two people closing it at once close it once', async () => {
  const w = await world()
  await file(w)
  const [fred, fay] = [await form(w, 'fred', 1, 'Close out'), await form(w, 'fay', 1, 'Close out')]
  await fred.fill(CLOSE_OUT)
  await fay.fill({ ...CLOSE_OUT, 'Root cause': 'Poor design', 'What was done': 'Mine.' })
  const both = await Promise.all([fred.submit(), fay.submit()])
  expect(both.map((sent) => sent.outcome).toSorted()).toEqual(['closed', 'errors'])
  const late = both.find((sent) => sent.outcome === 'errors')
  expect(Object.values(late?.errors ?? {})).toEqual(['It is closed. To go on with it, reopen it.'])
  await w.settle()
  expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('closed it'))).toHaveLength(1)
  expect(w.slack.directMessages(w.people.rita.id)).toHaveLength(2)
  expectNoRepeats(w)
})

test('whoever edits second is told, and loses nothing', async () => {
  const w = await world()
  await file(w)
  const first = await more(w, 'fred', 1, 'Edit', 'Edit #1')
  const second = await more(w, 'rita', 1, 'Edit', 'Edit #1')
  await send(w, first, { Customer: 'Acme Ltd' })
  await second.fill({ Customer: 'Acme GmbH', 'Site, order or part': 'Dock 7' })
  const sent = await second.submit()
  expect(sent.outcome).toBe('errors')
  expect(Object.values(sent.errors)).toEqual([expect.stringContaining('Somebody else edited this')])
  expect(second.value('Site, order or part')).toMatchObject({ value: 'Dock 7' })
  await w.settle()
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Acme Ltd')
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(1)

  // Two at the same moment: one of them.
  const [a, b] = [await more(w, 'fred', 1, 'Edit', 'Edit #1'), await more(w, 'lena', 1, 'Edit', 'Edit #1')]
  await a.fill({ Customer: 'A' })
  await b.fill({ Customer: 'B' })
  const outcomes = (await Promise.all([a.submit(), b.submit()])).map((one) => one.outcome)
  expect(outcomes.toSorted()).toEqual(['cleared', 'errors'])
})

test('a form sent again after it was refused is judged anew', async () => {
  const w = await world()
  const modal = await opened(w)
  await modal.fill({ ...REPORT, Customer: ' ' })
  const sent = await modal.submit({ copies: 2 })
  expect(sent.replies.map((reply) => reply.body)).toEqual([
    expect.objectContaining({ response_action: 'errors' }),
    expect.objectContaining({ response_action: 'errors' }),
  ])
  await thrice(w, 'rita', modal, { Customer: 'Acme Corp', [DEPARTMENT]: 'Logistics' })
  cardIn(w, 'logistics', 1)
  const told = await toldBy(w, w.people.rita, () => w.people.rita.command('/complaint 2', { channel: 'service' }))
  expect(told.text).toContain('There is no complaint #2')
})

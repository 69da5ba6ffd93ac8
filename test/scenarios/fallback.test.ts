import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/complaint/time.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import { act, DEPARTMENT, expectNoRepeats, filing, form, linesOf, REACHED, send } from './support.ts'

const POST = 'chat.postMessage'

test('a card that is refused goes to the fallback channel, whatever the reason, and lives on there', async () => {
  const w = await world()
  const { slack, people } = w
  const manufacturing = slack.channel('manufacturing')
  const codes = ['is_archived', 'channel_not_found', 'not_in_channel', 'msg_too_long']
  for (const [index, code] of codes.entries()) {
    slack.faults.next({ kind: 'error', code, method: POST, channel: manufacturing })
    await filing(w, { 'Who to call back, and how': 'Mr Ames, 555 0100' })
    await w.settle()
    const card = cardIn(w, 'ops', index + 1)
    expect(slack.messages(manufacturing), code).toEqual([])
    expect(card.text).toContain(`Could not be posted in <#${manufacturing}>`)
    expect(card.text).not.toContain('555 0100')
    expect(slack.directMessages(people.rita.id)[index]?.text).toContain(card.ts.replace('.', ''))
    await act(w, 'fred', index + 1, 'Own it', 'ops')
    expect(cardIn(w, 'ops', index + 1)).toMatchObject({
      ...{ ts: card.ts, text: expect.stringContaining(`<@${people.fred.id}>`) },
    })
  }
  await send(w, await form(w, 'fred', 1, 'Log callback', 'ops'), REACHED)
  expect(linesOf(w, 'ops', 1)).toEqual([
    expect.stringContaining('owns it'),
    expect.stringContaining('They wait for us.'),
  ])
  expect(slack.messages(manufacturing)).toEqual([])
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('a channel archived later: the card moves to the fallback channel with the next change', async () => {
  const w = await world()
  const { slack } = w
  await file(w)
  const old = cardIn(w, 'manufacturing', 1)
  await slack.archive('manufacturing')
  await w.people.fred.press(old, 'Own it')
  await slack.until(() => (slack.messages(slack.channel('ops')).length > 1 ? true : undefined), { withinMs: 8000 })
  await w.settle()
  expect(cardIn(w, 'ops', 1).text).toContain('the channel is archived')
  expect(linesOf(w, 'ops', 1)).toEqual([expect.stringContaining('owns it')])
  expectNoRepeats(w)
})

test('a person who has left: what was for them goes to the fallback channel', async () => {
  const w = await world()
  const { slack, people } = w
  slack.faults.next({ kind: 'error', code: 'user_not_found', method: POST, channel: people.rita.id })
  await filing(w)
  await w.settle()
  cardIn(w, 'manufacturing', 1)
  const [told, ...others] = slack.messages(slack.channel('ops'))
  expect(others).toEqual([])
  expect(told?.text).toContain('Could not be posted as a direct message: this person is not in the workspace')
})

test('where the fallback channel refuses, too, everything else goes on', async () => {
  const w = await world()
  const { slack, people } = w
  await slack.archive('manufacturing')
  await slack.archive('ops')
  await filing(w)
  await filing(w, { [DEPARTMENT]: 'Logistics' })
  await w.settle()
  expect(slack.messages(slack.channel('manufacturing'))).toEqual([])
  cardIn(w, 'logistics', 2)
  expect(slack.directMessages(people.rita.id)).toHaveLength(2)
  const health = await fetch(`http://127.0.0.1:${w.app.port}/readyz`)
  expect(health.status).toBe(200)
  expect(await metric(w, 'amends_outbox_waiting')).toBe(0)

  // Once somebody has mended it, the next change posts the card.
  await slack.unarchive('manufacturing')
  await slack.invite('manufacturing', slack.botUser)
  await w.pass(3 * HOUR) // a reminder
  await w.pass(HOUR + SECOND) // the deadline: the card is drawn again
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Overdue')
  expect(await metric(w, 'amends_outbox_waiting')).toBe(0)
})

test('what can not be posted for a day goes to the fallback channel', async () => {
  const w = await world()
  const { slack } = w
  slack.faults.next({ kind: 'http', status: 500, method: POST, channel: slack.channel('manufacturing'), times: 1000 })
  await filing(w)
  await w.settle()
  await w.pass(12 * HOUR)
  expect(slack.messages(slack.channel('ops'))).toEqual([])
  await w.pass(DAY - 12 * HOUR + MINUTE)
  await w.pass(MINUTE)
  cardIn(w, 'ops', 1)
  const [first] = slack.callsTo(POST).filter((call) => call.args.channel === slack.channel('ops'))
  expect(first?.args.text).toContain('http_500')
})

/** A value that /metrics shows. */
async function metric(w: World, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${w.app.port}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
}

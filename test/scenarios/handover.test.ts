import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/complaint/time.ts'
import { cardIn, file, type Name, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, expectNoRepeats, form, linesOf, more, REACHED, seeing, send, toldBy } from './support.ts'

const REASON = 'The valve is right; the wrong box was sent.'
const CONTACT = 'Mr Ames, 555 0100'
const DETAILS = { 'Who to call back, and how': CONTACT, 'What have they already tried?': 'Turned it round.' }

async function handOver(w: World, who: Name, from: string, to: string, reason = REASON): Promise<void> {
  await send(w, await form(w, who, 1, 'Hand over', from), { Department: to, Reason: reason })
}

/** Manufacturing, logistics, and back: the next hand-over is the third. */
async function twice(w: World): Promise<void> {
  await file(w, 'rita', DETAILS)
  await handOver(w, 'fred', 'manufacturing', 'Logistics')
  await handOver(w, 'lou', 'logistics', 'Manufacturing')
  await act(w, 'fred', 1, 'Own it')
}

/** What stands in a channel beside threads, oldest first. */
const topIn = ({ slack }: World, channel: string) =>
  slack.messages(slack.channel(channel)).filter(({ thread_ts }) => !thread_ts)

const link = ({ ts }: { ts: string }): string => `p${ts.replace('.', '')}`

test('handed over, the card moves, the old one points to it, and the threads name each other', async () => {
  const w = await world()
  const { slack, people, pass } = w
  await file(w, 'rita', DETAILS)
  await act(w, 'fred', 1, 'Own it')
  await send(w, await form(w, 'fred', 1, 'Log callback'), REACHED)
  await pass(3 * HOUR)
  const old = cardIn(w, 'manufacturing', 1)
  const [callbackBefore] = /\*Callback\*\n.*/.exec(JSON.stringify(old.blocks).replaceAll('\\n', '\n')) ?? []
  expect(slack.thread(old.channel, old.ts).at(-1)?.text).toContain('555 0100')

  await handOver(w, 'fred', 'manufacturing', 'Logistics')
  const card = cardIn(w, 'logistics', 1)
  expect(card.text).toContain('Nobody yet')
  expect(card.text).toContain(`Calling <@${people.lou.id}>`)
  expect(card.text).toContain('555 0100')
  expect(card.text).toContain('Handed over once')
  expect(JSON.stringify(card.blocks).replaceAll('\\n', '\n')).toContain(callbackBefore)
  expect(linesOf(w, 'logistics', 1)).toEqual([
    expect.stringMatching(
      new RegExp(`^<@${people.fred.id}> handed it over from Manufacturing to Logistics.\n${REASON}`),
    ),
  ])
  expect(linesOf(w, 'logistics', 1)[0]).toContain(link(old))

  const left = topIn(w, 'manufacturing')
  expect(left.map(({ ts }) => ts)).toEqual([old.ts])
  expect(left[0]?.text).toMatch(/^\*#1\* is now with Logistics\. <https:.*To its card>$/)
  expect(left[0]?.text).toContain(link(card))
  const inOld = slack.thread(old.channel, old.ts).slice(1)
  expect(inOld.map(({ text }) => text).join('\n')).not.toContain('555 0100')
  expect(inOld.at(-1)?.text).toContain(link(card))
  expect(inOld.map(({ text }) => text)).toContainEqual(
    expect.stringContaining('The promised call is with Logistics now'),
  )

  // The clocks run on, and speak in the new thread.
  await pass(HOUR)
  expect(slack.thread(old.channel, old.ts).slice(1)).toHaveLength(inOld.length)
  expect(linesOf(w, 'logistics', 1)).toContainEqual(expect.stringContaining('promised a call'))

  // Whoever takes it is told all of it, to themselves.
  await act(w, 'lou', 1, 'Own it', 'logistics')
  const briefing = slack.directMessages(people.lou.id).at(-1)
  for (const words of [
    'You own',
    'To open with:',
    'Turned it round.',
    'They wait for us.',
    CONTACT,
    REASON,
    'filed it',
  ])
    expect(briefing?.text).toContain(words)
  expect(briefing?.text).toContain(link(card))
  await people.lou.press(briefing as never, 'Timeline')
  await seeing(w, people.lou, 'Timeline of #1')
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('a form that is behind the times is refused with a sentence, and keeps what was typed', async () => {
  const w = await world()
  const { people, slack } = w
  await file(w)
  const late = await form(w, 'fay', 1, 'Hand over')
  await late.fill({ Department: 'Product design', Reason: 'It is the drawing.' })
  const old = cardIn(w, 'manufacturing', 1)
  await handOver(w, 'fred', 'manufacturing', 'Logistics')
  const { errors, outcome } = await late.submit()
  expect(outcome).toBe('errors')
  expect(Object.values(errors)).toEqual(['Somebody handed it over in the meantime. Please look at the card first.'])
  expect(late.value('Reason')).toMatchObject({ value: 'It is the drawing.' })
  expect(cardIn(w, 'logistics', 1).text).toContain('Handed over once')

  // A button of a card as somebody still sees it.
  const form2 = await form(w, 'lou', 1, 'Hand over', 'logistics')
  expect(JSON.stringify(form2.blocks)).not.toContain('"Logistics"')
  await form2.close()
  await people.fred.press(old, 'Own it')
  await slack.until(() => (cardIn(w, 'logistics', 1).text.includes(people.fred.id) ? true : undefined))
  await w.settle()
  await send(w, await form(w, 'fred', 1, 'Close out', 'logistics'), CLOSE_OUT)
  const card = cardIn(w, 'logistics', 1)
  expect(JSON.stringify(card.blocks)).not.toContain('hand_over')
  const told = await toldBy(w, people.fay, () => people.fay.press(old, 'Hand over'))
  expect(told.text).toContain('It is closed.')
})

test('two who hand over at once make one hand-over, and its photos go along', async () => {
  const w = await world()
  await file(w, 'rita', { 'Photos or files': ['valve.jpg', 'order.pdf'] })
  const forms = [await form(w, 'fred', 1, 'Hand over'), await form(w, 'fay', 1, 'Hand over')]
  await forms[0]?.fill({ Department: 'Logistics', Reason: REASON })
  await forms[1]?.fill({ Department: 'Product design', Reason: REASON })
  const sent = await Promise.all(forms.map((one) => one.submit({ copies: 2 })))
  expect(sent.map(({ outcome }) => outcome).sort()).toEqual(['closed', 'errors'])
  await w.settle()
  const cards = ['logistics', 'design'].flatMap((channel) => topIn(w, channel))
  expect(cards).toHaveLength(1)
  const [card] = cards
  expect(card?.text).toContain('Handed over once')
  // What there is to see goes along.
  const shown = w.slack.thread(card?.channel ?? '', card?.ts ?? '').at(-1)
  expect(shown?.text).toMatch(/^Photos and files so far:.*order\.pdf/s)
  expect(shown?.blocks).toContainEqual(expect.objectContaining({ type: 'image', alt_text: 'valve.jpg' }))
  expectNoRepeats(w)
})

describe('the third hand-over', () => {
  test('after back and forth calls both leads; it stays until one of them has settled that the other takes it', async () => {
    const w = await world()
    const { people, slack } = w
    const { fred, lena, lou, fay } = people
    await twice(w)
    // The newest card lives, and each older one points to it.
    const [oldest, newest] = topIn(w, 'manufacturing')
    expect(cardIn(w, 'manufacturing', 1).ts).toBe(newest?.ts)
    for (const old of [oldest, ...topIn(w, 'logistics')]) {
      expect(old?.text).toContain('is now with Manufacturing')
      expect(old?.text).toContain(link(newest ?? { ts: '' }))
    }
    expect(newest?.text).toContain('Handed over twice')
    const told = slack.thread(oldest?.channel ?? '', oldest?.ts ?? '').slice(1)
    expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('to Logistics')])

    const opened = await form(w, 'fred', 1, 'Hand over')
    expect(JSON.stringify(opened.blocks)).toContain('The leads of both departments are called')
    await send(w, opened, { Department: 'Logistics', Reason: REASON })

    let card = cardIn(w, 'manufacturing', 1)
    expect(card.text).toContain(`<@${fred.id}>`)
    expect(card.text).toContain('asked to hand it over to Logistics. The leads settle it; it stays with Manufacturing.')
    expect(JSON.stringify(card.blocks)).not.toContain('"Hand over"')
    const here = slack.thread(card.channel, card.ts).at(-1)
    const there = topIn(w, 'logistics').at(-1)
    for (const call of [here, there]) expect(call?.text).toContain(`<@${lena.id}> <@${lou.id}> Please settle`)
    expect(here?.reply_broadcast).toBe(true)
    expect(there?.text).not.toContain('555 0100')

    // Not again, and not by anybody.
    const first = topIn(w, 'logistics')[0]
    const again = await toldBy(w, fay, () => fay.press({ ...card, blocks: [handOverButton] }, 'Hand over'))
    expect(again.text).toContain('The leads are settling who takes it. Until then it stays where it is.')
    const notTheirs = await toldBy(w, fay, () => fay.press(card, 'Settle it'))
    expect(notTheirs.text).toContain('Only a lead of the two departments or an admin may settle who takes it.')
    expect(first?.text).toContain('is now with Manufacturing')

    // Both leads press; one settles it.
    await lena.press(here as never, 'Settle it')
    const lenas = await lena.waitForModal('settle')
    await lou.press(there as never, 'Settle it')
    const lous = await lou.waitForModal('settle')
    expect(lous.title).toBe('Who takes #1?')
    await send(w, lous, { 'Who takes it?': 'Logistics', Owner: lou.id })
    await lenas.fill({ 'Who takes it?': 'Manufacturing' })
    expect(Object.values((await lenas.submit()).errors)).toEqual(['It is settled already. The card shows who has it.'])

    card = cardIn(w, 'logistics', 1)
    expect(card.text).toContain(`<@${lou.id}>`)
    expect(card.text).toContain('Handed over 3 times')
    expect(linesOf(w, 'logistics', 1)[0]).toContain('settled it: Logistics takes it from Manufacturing.')
    const left = topIn(w, 'manufacturing').at(-1)
    expect(left?.text).toContain('is now with Logistics')
    const oldThread = slack.thread(left?.channel ?? '', left?.ts ?? '')
    expect(oldThread.map(({ text }) => text)).toContainEqual(expect.stringContaining('Settled: it is with Logistics'))
    expect(oldThread.at(-1)?.text).toContain('settled it: Logistics takes it')
    expect(topIn(w, 'logistics').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('Settled: it is with Logistics'),
    )
    expect(slack.directMessages(lou.id).at(-1)?.text).toContain('You own')
    expectNoRepeats(w)
    expect(slack.problems).toEqual([])
  })

  test('it stays, settled from Home: the other side is told under its call', async () => {
    const w = await world()
    const { people, slack } = w
    await twice(w)
    await handOver(w, 'fred', 'manufacturing', 'Logistics')
    await people.otto.openHome()
    await w.settle()
    const home = () => people.otto.home() ?? expect.fail('no Home')
    await people.otto.press(home(), 'Show', { choose: 'All open complaints' })
    await w.settle()
    expect(JSON.stringify(home().blocks)).toContain('To be settled by the leads: Manufacturing, or Logistics')
    await people.otto.press(home(), 'Settle it')
    await send(w, await people.otto.waitForModal('settle'), { 'Who takes it?': 'Manufacturing' })
    expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${people.fred.id}>`)
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('settled it: it stays with Manufacturing.')
    const call = topIn(w, 'logistics').at(-1)
    expect(call?.text).toContain('Settled: it is with Manufacturing.')
    expect(slack.thread(call?.channel ?? '', call?.ts ?? '').at(-1)?.text).toContain('it stays with Manufacturing')
    // The next one goes to them again.
    await handOver(w, 'fred', 'manufacturing', 'Product design')
    const asked = topIn(w, 'design').at(-1)
    expect(asked?.text).toContain('Please settle')
    // Closed before it was settled: nobody is asked any more.
    await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
    expect(topIn(w, 'design').at(-1)?.text).toContain('Closed.')
    const told = await toldBy(w, people.dora, () => people.dora.press(asked as never, 'Settle it'))
    expect(told.text).toContain('It is settled already.')
    expectNoRepeats(w)
  })

  test('a department without lead or deputy, and a lead who has left: admins, in the company channel', async () => {
    const w = await world({
      setup: (setup) => ({
        ...setup,
        departments: setup.departments.map((one) => (one.key === 'logistics' ? { ...one, lead: null } : one)),
      }),
    })
    const { people, slack } = w
    await file(w)
    await handOver(w, 'fred', 'manufacturing', 'Logistics')
    await handOver(w, 'fay', 'logistics', 'Manufacturing')
    await slack.removeUser('lena')
    await handOver(w, 'fred', 'manufacturing', 'Logistics')
    const [told] = topIn(w, 'company')
    expect(told?.text).toContain(`<@${people.otto.id}> Please settle`)
    expect(told?.text).not.toContain(people.lena.id)
    expect(told?.text).not.toContain(REASON)
    await people.otto.press(told as never, 'Settle it')
    await send(w, await people.otto.waitForModal('settle'), { 'Who takes it?': 'Logistics' })
    expect(topIn(w, 'company')[0]?.text).toContain('Settled: it is with Logistics.')
    cardIn(w, 'logistics', 1)
  })
})

const handOverButton = {
  type: 'actions',
  block_id: 'as-seen',
  elements: [{ type: 'button', text: { type: 'plain_text', text: 'Hand over' }, action_id: 'hand_over', value: '1' }],
}

test('reassigned, the new owner is told, and has it; not by anybody, not to who owns it, not to who has left', async () => {
  const w = await world()
  const { people, slack } = w
  await file(w, 'rita', DETAILS)
  await act(w, 'fred', 1, 'Own it')
  await send(w, await more(w, 'lena', 1, 'Reassign', 'Reassign #1'), {
    'To whom': people.fay.id,
    Reason: 'Fred is off.',
  })
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${people.fay.id}>`)
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toMatch(
    new RegExp(`<@${people.lena.id}> made <@${people.fay.id}> its owner after <@${people.fred.id}>.\nFred is off.`),
  )
  expect(slack.directMessages(people.fay.id).at(-1)?.text).toContain(CONTACT)
  expectNoRepeats(w)

  const refusedTo = async (who: Name, to: string): Promise<string[]> => {
    const modal = await more(w, who, 1, 'Reassign', 'Reassign #1')
    await modal.fill({ 'To whom': to })
    const { errors } = await modal.submit()
    await modal.close()
    slack.views.clear(people[who].id)
    return Object.values(errors)
  }
  const behind = await form(w, 'fred', 1, 'More')
  await behind.press('Reassign')
  await slack.until(() => JSON.stringify(people.fred.modal().blocks).includes('may reassign it') || undefined)
  expect(JSON.stringify(people.fred.modal().blocks)).toContain('Only its owner, its lead or an admin may reassign it.')
  expect(await refusedTo('lena', people.fay.id)).toEqual(['They own it already. Please choose somebody else.'])
  await slack.removeUser('dora')
  expect(await refusedTo('lena', people.dora.id)).toEqual([
    'They have left, or are an app. Please choose somebody else.',
  ])

  // Whoever can not be written to is told in the fallback channel, without who to call back.
  const refused = { kind: 'error', code: 'messages_tab_disabled', method: 'chat.postMessage' } as const
  slack.faults.next({ ...refused, channel: people.lou.id })
  await send(w, await more(w, 'lena', 1, 'Reassign', 'Reassign #1'), { 'To whom': people.lou.id })
  const [told] = topIn(w, 'ops')
  expect(told?.text).toContain('You own')
  expect(told?.text).not.toContain('555 0100')
})

describe('where Slack is not as it should be', () => {
  test('the new department’s channel is archived: its card lives in the fallback channel, and the old one points there', async () => {
    const w = await world()
    const { slack } = w
    await file(w, 'rita', DETAILS)
    await slack.archive('logistics')
    await handOver(w, 'fred', 'manufacturing', 'Logistics')
    const card = cardIn(w, 'ops', 1)
    expect(card.text).toContain(`Could not be posted in <#${slack.channel('logistics')}>`)
    expect(card.text).not.toContain('555 0100')
    expect(topIn(w, 'manufacturing')[0]?.text).toContain(link(card))
    expect(linesOf(w, 'ops', 1)[0]).toContain('handed it over')
    expectNoRepeats(w)
  })

  test('the old department’s channel is archived: the new card lives, and nobody else hears of it', async () => {
    const w = await world()
    const { slack } = w
    await file(w)
    const opened = await form(w, 'fred', 1, 'Hand over')
    await slack.archive('manufacturing')
    await send(w, opened, { Department: 'Logistics', Reason: REASON })
    expect(linesOf(w, 'logistics', 1)).toHaveLength(1)
    expect(topIn(w, 'ops')).toEqual([])
    // And away again, with the old one still out of reach.
    await handOver(w, 'lou', 'logistics', 'Product design')
    cardIn(w, 'design', 1)
    expect(topIn(w, 'logistics')[0]?.text).toContain('is now with Product design')
    expect(topIn(w, 'ops')).toEqual([])
  })

  test('nowhere to be posted: the old card says where it went all the same, and shows nobody’s number', async () => {
    const w = await world()
    const { slack } = w
    await file(w, 'rita', DETAILS)
    await slack.archive('logistics')
    await slack.archive('ops')
    await handOver(w, 'fred', 'manufacturing', 'Logistics')
    expect(topIn(w, 'manufacturing')[0]?.text).toBe('*#1* is now with Logistics. To its card')
    await slack.unarchive('logistics')
    await slack.invite('logistics', slack.botUser)
    await w.pass(4 * HOUR + MINUTE)
    const card = cardIn(w, 'logistics', 1)
    expect(topIn(w, 'manufacturing')[0]?.text).toContain(link(card))
  })

  test('handed on before the first card was posted: one card, where it is by then', async () => {
    const w = await world()
    const { slack, people } = w
    await file(w)
    // Slack is away while it goes from one to the next.
    slack.faults.next({ kind: 'http', status: 503, method: 'chat.postMessage', times: 3 })
    await handOver(w, 'fred', 'manufacturing', 'Logistics')
    await handOverBehind(w)
    for (let minute = 0; minute < 6; minute += 1) await w.pass(MINUTE)
    const card = cardIn(w, 'design', 1)
    expect(card.text).toContain('Handed over twice')
    for (const channel of ['manufacturing', 'logistics'])
      for (const { text } of topIn(w, channel)) expect(text).toContain(link(card))
    expectNoRepeats(w)
    await act(w, 'dora', 1, 'Own it', 'design')
    expect(slack.directMessages(people.dora.id).at(-1)?.text).toContain('You own')
  })

  test('the card was accepted and the answer lost, while it was handed on: found where it was posted, and left behind', async () => {
    const w = await world()
    const { slack } = w
    await file(w)
    slack.faults.next({ kind: 'acceptThenReset', method: 'chat.postMessage', channel: slack.channel('logistics') })
    await handOver(w, 'fred', 'manufacturing', 'Logistics')
    await handOverBehind(w)
    await w.pass(MINUTE)
    await w.pass(MINUTE)
    const card = cardIn(w, 'design', 1)
    expect(topIn(w, 'logistics').map(({ text }) => text)).toEqual([expect.stringContaining(link(card))])
    expect(topIn(w, 'manufacturing').map(({ text }) => text)).toEqual([expect.stringContaining(link(card))])
    expectNoRepeats(w)
  })
})

/** Hands it on to design before its card has come to logistics: from the copy that everybody can have shown. */
async function handOverBehind(w: World): Promise<void> {
  const { fred } = w.people
  await fred.command('/complaint 1', { channel: 'service' })
  const seen = await w.slack.until(() => fred.ephemerals().at(-1))
  await fred.press(seen, 'Hand over')
  const modal = await fred.waitForModal('hand_over')
  await modal.fill({ Department: 'Product design', Reason: REASON })
  expect((await modal.submit()).outcome).toBe('closed')
}

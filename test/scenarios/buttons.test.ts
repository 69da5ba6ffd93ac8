import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { cardIn, file, world } from '../support/world.ts'
import { act, CLOSE_OUT, form, linesOf, more, REACHED, SETTLED, seeing, send, toldBy, unix, WORDS } from './support.ts'

const NEXT = 'Next call promised by'
const CLOSED = 'It is closed. To go on with it, reopen it.'

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  test('a card that is behind the times answers with a sentence', async () => {
    const w = await world({ mode })
    const { people, clock } = w
    await file(w)
    const fresh = cardIn(w, 'manufacturing', 1)
    const says = async (who: 'fred' | 'lena', card: typeof fresh, button: string, sentence: string) => {
      const answer = await toldBy(w, people[who], () => people[who].press(card, button))
      expect(answer.text).toContain(sentence)
      expect(answer.channel).toBe(card.channel)
    }
    await act(w, 'fred', 1, 'Own it')
    await says('lena', fresh, 'Own it', `<@${people.fred.id}> owns it already.`)
    await says('fred', fresh, 'Own it', 'owns it already.')

    await send(w, await form(w, 'fred', 1, 'Visit'), { 'Who goes': 'fay', ETA: plus(clock.now(), HOUR) })
    const planned = cardIn(w, 'manufacturing', 1)
    await act(w, 'lena', 1, 'Arrived')
    await says('fred', planned, 'Arrived', 'The arrival is recorded already.')
    const arrived = cardIn(w, 'manufacturing', 1)
    const outcome = { Outcome: 'Not fixed', 'What was done': 'Looked at it.' } as const
    await send(w, await form(w, 'fred', 1, 'Outcome'), outcome)
    // The form for the next trip has taken its place.
    await (await seeing(w, people.fred, 'Visit')).close()
    await says('fred', planned, 'Arrived', 'No visit is under way.')

    // Another trip is planned: there is no outcome before somebody has arrived, and no second trip meanwhile.
    await send(w, await form(w, 'fred', 1, 'Visit'), { 'Who goes': 'fay', ETA: plus(clock.now(), HOUR) })
    for (const [card, button, fields, sentence] of [
      [arrived, 'Outcome', outcome, 'Nobody has arrived yet.'],
      [fresh, 'Visit', { ETA: plus(clock.now(), HOUR) }, 'A visit is under way already.'],
    ] as const) {
      await people.fred.press(card, button)
      const modal = await people.fred.waitForModal()
      await modal.fill(fields)
      const sent = await modal.submit()
      expect(Object.values(sent.errors)).toEqual([expect.stringContaining(sentence)])
      await modal.close()
    }

    await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
    for (const button of ['Own it', 'Log callback', 'Visit', 'Close out']) await says('fred', fresh, button, CLOSED)
    await says('fred', planned, 'Arrived', CLOSED)
    await says('fred', arrived, 'Outcome', CLOSED)
    const closed = cardIn(w, 'manufacturing', 1)
    await send(w, await form(w, 'lena', 1, 'Reopen'), { Reason: 'Again.' })
    await says('fred', closed, 'Reopen', 'It is not closed.')
    expect(w.slack.problems).toEqual([])
  })

  test('a form that was open while it was closed says so, and so do the buttons behind "More"', async () => {
    const w = await world({ mode })
    const { people } = w
    await file(w)
    const callback = await form(w, 'fred', 1, 'Log callback')
    const behind = await form(w, 'fay', 1, 'More')
    await send(w, await form(w, 'lena', 1, 'Close out'), CLOSE_OUT)
    await callback.fill(REACHED)
    expect(Object.values((await callback.submit()).errors)).toEqual([CLOSED])
    await behind.press('Move callback')
    const notice = await seeing(w, people.fay, 'Amends')
    expect(JSON.stringify(notice.blocks)).toContain(CLOSED)
    await notice.close()
    expect(people.fay.modal().title).toBe('More on #1')
    expect(w.slack.problems).toEqual([])
  })
})

test('a promise moves with a reason, and not into the past', async () => {
  const w = await world()
  const { clock } = w
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  const modal = await more(w, 'fred', 1, 'Move callback', 'Move callback')
  expect(modal.value(NEXT)).toMatchObject({ selected_date_time: unix(plus(clock.now(), 4 * HOUR)) })
  await modal.fill({ [NEXT]: clock.now(), Reason: 'They asked.' })
  expect((await modal.submit()).errors).toEqual({ [NEXT]: expect.stringContaining('has passed already') })
  await modal.fill({ [NEXT]: plus(clock.now(), 6 * HOUR), Reason: '  ' })
  expect((await modal.submit()).errors).toEqual({ Reason: 'Please fill this in.' })
  await send(w, modal, { Reason: 'They asked for the evening.' })
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toMatch(/moved the call promised by .*They asked for the evening\./s)
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`Promised by <!date^${unix(plus(clock.now(), 6 * HOUR))}^`)

  // Once its time has passed it was missed, and stays so in the ledger.
  await w.pass(6 * HOUR + MINUTE)
  await send(w, await more(w, 'fred', 1, 'Move callback', 'Move callback'), { Reason: 'We forgot.' })
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('was missed')
  // Nothing promised: nothing to move.
  await send(w, await form(w, 'fred', 1, 'Log callback'), { ...REACHED, [SETTLED]: 'Yes' })
  const behind = await form(w, 'fred', 1, 'More')
  expect(JSON.stringify(behind.blocks)).not.toContain('Move callback')
  expect(w.slack.problems).toEqual([])
})

test('an edit changes the card in place; words that had to be cut stand in full in the thread', async () => {
  const w = await world()
  await file(w)
  const before = cardIn(w, 'manufacturing', 1)
  const words = `${'Worse by the hour. '.repeat(150)}The end.`
  await send(w, await more(w, 'rita', 1, 'Edit', 'Edit #1'), { [WORDS]: words, Severity: 'Critical' })
  const card = cardIn(w, 'manufacturing', 1)
  expect(card.ts).toBe(before.ts)
  expect(w.slack.messages(w.slack.channel('manufacturing')).filter((one) => !one.thread_ts)).toHaveLength(1)
  expect(card.text).toContain('Critical')
  expect(card.text).not.toContain('The end.')
  const thread = w.slack.thread(card.channel, card.ts).slice(1)
  expect(thread.map((one) => one.text)).toEqual([
    expect.stringContaining('edited: what happened, severity.'),
    expect.stringContaining("In the customer's words"),
  ])
  expect(JSON.stringify(thread[1]?.blocks)).toContain(words)
  // Nothing changed: nothing is said.
  await send(w, await more(w, 'rita', 1, 'Edit', 'Edit #1'), {})
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(2)
  expect(w.slack.problems).toEqual([])
})

test('the timeline tells everything, over as many pages as it takes', async () => {
  const w = await world()
  const { people } = w
  await file(w)
  for (let n = 0; n < 8; n += 1) {
    const text = (mark: string) => `${mark}${n} ${'€'.repeat(2900)}`
    const fields = { [WORDS]: text('words'), 'What have they already tried?': text('tried') }
    await send(w, await more(w, 'rita', 1, 'Edit', 'Edit #1'), fields)
  }
  const behind = await form(w, 'rita', 1, 'More')
  await behind.press('Timeline')
  const timeline = await seeing(w, people.rita, 'Timeline of #1')
  const shown = () => JSON.stringify(timeline.blocks)
  const pages = Number(/Page 1 of (\d)/.exec(shown())?.[1])
  expect(pages).toBeGreaterThan(1)
  expect(shown()).toContain('filed it')
  let all = shown()
  for (let page = 2; page <= pages; page += 1) {
    await timeline.press('Next')
    await w.slack.until(() => (shown().includes(`Page ${page} of ${pages}`) ? true : undefined))
    all += shown()
  }
  expect(shown()).not.toContain('"Next"')
  for (let n = 0; n < 8; n += 1) for (const mark of ['words', 'tried']) expect(all).toContain(`${mark}${n} €`)
  await timeline.press('Previous')
  await w.slack.until(() => (shown().includes(`Page ${pages - 1} of ${pages}`) ? true : undefined))
  expect(w.slack.problems).toEqual([])
}, 60_000)

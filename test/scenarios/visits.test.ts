import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { cardIn, file, type Name, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, expectNoRepeats, form, linesOf, more, seeing, send, toldBy } from './support.ts'

const minute = (instant: Date): Date => new Date(Math.ceil(instant.getTime() / MINUTE) * MINUTE)

async function planned(w: World, hours: number, parts = 'Valve PN 4711') {
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  const eta = minute(plus(w.clock.now(), hours * HOUR))
  await send(w, await form(w, 'fred', 1, 'Visit'), { 'Who goes': 'fay', ETA: eta, 'Parts in hand': parts })
  return eta
}

/** The message in the card's thread that holds these words. */
function inThread(w: World, words: string) {
  const card = cardIn(w, 'manufacturing', 1)
  const found = w.slack.thread(w.slack.channel('manufacturing'), card.ts).findLast(({ text }) => text.includes(words))
  if (!found) throw new Error(`Nothing in the thread says "${words}"`)
  return found
}

const buttonsOf = (message: { blocks: unknown[] }): string[] =>
  [...JSON.stringify(message.blocks).matchAll(/"type":"button","text":\{"type":"plain_text","text":"([^"]+)"/g)].map(
    ([, label]) => label ?? '',
  )

const pressing = async (w: World, who: Name, words: string, button: string) =>
  w.people[who].press(inThread(w, words), button)

describe('a visit', () => {
  test('is set out for, changed and called off where it was told, and its buttons go with it', async () => {
    const w = await world()
    const { people, clock, settle } = w
    const eta = await planned(w, 3)
    const first = 'goes to the customer, ETA'
    expect(buttonsOf(inThread(w, first))).toEqual(['On the way', 'Change visit', 'Call off visit'])

    await pressing(w, 'fay', first, 'On the way')
    await settle()
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toBe(`<@${people.fay.id}> is on the way to the customer.`)
    expect(buttonsOf(inThread(w, first))).toEqual(['Change visit', 'Call off visit'])
    expect(cardIn(w, 'manufacturing', 1).text).toContain('on the way, ETA')
    expect(cardIn(w, 'manufacturing', 1).text).toContain('Parts in hand: Valve PN 4711')

    // Somebody else goes, later: who need not go any more is told.
    await pressing(w, 'fred', first, 'Change visit')
    const change = await seeing(w, people.fred, 'Change visit')
    expect(change.value('Parts in hand')).toMatchObject({ value: 'Valve PN 4711' })
    expect(change.value('ETA')).toMatchObject({ selected_date_time: eta.getTime() / 1000 })
    await send(w, change, { 'Who goes': 'lena', ETA: plus(eta, HOUR) })
    const told = inThread(w, 'new ETA')
    expect(told.text).toContain(`<@${people.fay.id}> need not go to the customer any more.`)
    expect(told.text).toContain(`<@${people.lena.id}> goes to the customer, new ETA`)
    expect(buttonsOf(told)).toEqual(['On the way', 'Change visit', 'Call off visit'])
    expect(buttonsOf(inThread(w, first))).toEqual([])

    // A bad field keeps the form.
    const late = await more(w, 'fred', 1, 'Change visit', 'Change visit')
    await late.fill({ ETA: plus(clock.now(), -HOUR) })
    expect((await late.submit()).errors).toEqual({ ETA: 'This has passed already. When will they be there?' })
    await late.close()
    await people.fred.modal().close()

    await send(w, await more(w, 'fred', 1, 'Call off visit', 'Call off visit'), { Reason: 'They <fixed> it & rang.' })
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('called off the visit of')
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('They &lt;fixed&gt; it &amp; rang.')
    expect(buttonsOf(inThread(w, 'new ETA'))).toEqual([])
    expect(buttonsOf(cardIn(w, 'manufacturing', 1))).toContain('Visit')
    await people.fred.press(cardIn(w, 'manufacturing', 1), 'More')
    const modal = await people.fred.waitForModal()
    expect(JSON.stringify(modal.blocks)).not.toContain('Change visit')
    expectNoRepeats(w)
    expect(w.slack.problems).toEqual([])
  })

  test('is noted as under way behind "More", which is drawn anew; the close-out takes its buttons, and leaves its line', async () => {
    const w = await world()
    await planned(w, 3)
    const line = inThread(w, 'goes to the customer')
    await w.people.fay.press(cardIn(w, 'manufacturing', 1), 'More')
    const modal = await w.people.fay.waitForModal()
    await modal.press('On the way')
    await w.slack.until(() => (JSON.stringify(w.people.fay.modal().blocks).includes('On the way') ? undefined : true), {
      what: '"More" without it',
    })
    await w.settle()
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('is on the way')

    await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
    expect(buttonsOf(inThread(w, 'goes to the customer'))).toEqual([])
    const answer = await toldBy(w, w.people.fay, () => w.people.fay.press(line, 'On the way'))
    expect(answer.text).toContain('It is closed.')
    await w.pass(4 * HOUR)
    expect(linesOf(w, 'manufacturing', 1).join()).not.toContain('The ETA was')
    expect(w.slack.problems).toEqual([])
  })

  test('that comes after the 24 h calls the owner and the lead at once; sooner, it does no more', async () => {
    const w = await world()
    const { people } = w
    await planned(w, 25)
    const late = inThread(w, 'goes to the customer')
    expect(late.text).toContain(`<@${people.fred.id}> <@${people.lena.id}> The ETA is after the 24 h, which end`)
    await send(w, await more(w, 'fred', 1, 'Change visit', 'Change visit'), { ETA: minute(plus(w.clock.now(), HOUR)) })
    expect(inThread(w, 'new ETA').text).not.toContain('after the 24 h')
    expect(inThread(w, 'goes to the customer, ETA').text).not.toContain('The ETA is after the 24 h')
    expect(w.slack.problems).toEqual([])
  })

  test('whose ETA passes is asked after once, before the deadline does', async () => {
    const w = await world()
    const { people, pass, settle, slack } = w
    const eta = await planned(w, 2)
    await pass(2 * HOUR - MINUTE)
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('The ETA was'))).toHaveLength(0)
    await pass(2 * MINUTE)
    await pass(MINUTE)
    const asked = linesOf(w, 'manufacturing', 1).filter((line) => line.includes('The ETA was'))
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain(`<@${people.fay.id}> <@${people.fred.id}> The ETA was`)
    expect(buttonsOf(inThread(w, 'The ETA was'))).toEqual(['Arrived', 'On the way', 'Change visit', 'Call off visit'])
    expect(cardIn(w, 'manufacturing', 1).text).toContain('expected since')

    // A new ETA marks it done, and is asked after in its turn.
    await pressing(w, 'fay', 'The ETA was', 'Change visit')
    await send(w, await seeing(w, people.fay, 'Change visit'), { ETA: plus(eta, 2 * HOUR) })
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('The ETA was'))).toHaveLength(0)
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('Done: the ETA is'))).toHaveLength(1)
    await pass(2 * HOUR)
    await pressing(w, 'fay', 'The ETA was', 'Arrived')
    await settle()
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('Done: arrived'))).toHaveLength(2)
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain(
      "arrived at the customer's, with the part in hand, within the response time.",
    )
    expectNoRepeats(w)
    expect(slack.problems).toEqual([])
  })

  test('that did not fix it leads on to the next one', async () => {
    const w = await world()
    const { people, clock } = w
    await planned(w, 1)
    await act(w, 'fay', 1, 'Arrived')
    const outcome = await form(w, 'fay', 1, 'Outcome')
    const sent = await send(w, outcome, { Outcome: 'Diagnosed', 'What was done': 'The seat is worn.' })
    expect(sent.outcome).toBe('updated')
    const next = await seeing(w, people.fay, 'Visit')
    expect(JSON.stringify(next.blocks)).toContain('The outcome is saved: diagnosed.')
    await send(w, next, { 'Who goes': 'fay', ETA: minute(plus(clock.now(), HOUR)), 'Parts in hand': 'Seat 12' })
    expect(buttonsOf(cardIn(w, 'manufacturing', 1))).toContain('Arrived')
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('Diagnosed'.toLowerCase()))).toHaveLength(1)
    expect(w.slack.problems).toEqual([])
  })

  test('two that change and call it off at once: one of them, and the other is told', async () => {
    const w = await world()
    const { clock, settle } = w
    await planned(w, 3)
    const change = await more(w, 'fred', 1, 'Change visit', 'Change visit')
    const off = await more(w, 'lena', 1, 'Call off visit', 'Call off visit')
    await change.fill({ ETA: minute(plus(clock.now(), 5 * HOUR)) })
    await off.fill({ Reason: 'They are closed.' })
    const [changed, called] = await Promise.all([change.submit(), off.submit()])
    await settle()
    expect(called.errors).toEqual({})
    if (changed.outcome === 'errors') expect(Object.values(changed.errors)[0]).toContain('This visit is over.')
    expect(buttonsOf(cardIn(w, 'manufacturing', 1))).toContain('Visit')
    for (const words of ['goes to the customer, ETA', ...(changed.outcome === 'errors' ? [] : ['new ETA'])])
      expect(buttonsOf(inThread(w, words))).toEqual([])
    expect(w.slack.problems).toEqual([])
  })
})

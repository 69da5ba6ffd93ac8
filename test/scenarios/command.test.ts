import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { openMany } from '../support/many.ts'
import { type Name, type World, withDatabase, world } from '../support/world.ts'
import {
  act,
  CLOSE_OUT,
  DEPARTMENT,
  filing,
  form,
  opened,
  PROMISED_BY,
  send,
  toldBy,
  WORDS,
  withoutButton,
} from './support.ts'

const say = (w: World, typed: string, who: Name = 'rita', channel = 'service') =>
  toldBy(w, w.people[who], () => w.people[who].command(`/complaint ${typed}`, { channel }))

const numbersIn = (said: { blocks: unknown[] }): number[] =>
  said.blocks.flatMap((block) => {
    const number = /^#(\d+) ·/.exec((block as { text?: { text?: string } }).text?.text ?? '')?.[1]
    return (block as { accessory?: unknown }).accessory && number ? [Number(number)] : []
  })

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  test('what is typed after /complaint fills the form in', async () => {
    const w = await world({ mode })
    const { rita } = w.people
    const starts = async (typed: string, customer: string | null, words: string | null) => {
      const modal = await opened(w, 'rita', `/complaint${typed}`)
      expect(modal.value('Customer'), typed).toMatchObject({ value: customer })
      expect(modal.value(WORDS), typed).toMatchObject({ value: words })
      await modal.close()
    }
    await starts('', null, null)
    await starts('   ', null, null)
    await starts(' Acme: wrong valve', 'Acme', 'wrong valve')
    await starts(' R&amp;D &lt;Ltd&gt;: 5 &lt; 6 : &amp;lt; is wrong', 'R&D <Ltd>', '5 < 6 : &lt; is wrong')
    await starts(` ${'A'.repeat(121)}: late`, null, `${'A'.repeat(121)}: late`)
    // Answers to what is typed are for this person alone.
    await rita.command('/complaint help', { channel: 'service' })
    expect(w.slack.messages(w.slack.channel('service'))).toEqual([])
    expect(w.slack.problems).toEqual([])
  })

  test('help, and what can not be understood, show what can be typed', async () => {
    const w = await world({ mode })
    for (const typed of ['help', 'HELP', 'the valve is wrong', ':', 'Acme:', 'find', '12345678901', '# 1', '-1'])
      expect((await say(w, typed)).text, typed).toContain('What can be typed')
    expect((await say(w, 'help')).text).toContain('/complaint find valve')
    expect(w.slack.openViews(w.people.rita.id)).toEqual([])
    expect(w.slack.problems).toEqual([])
  })

  test('a number shows the card, with buttons that work', async () => {
    const w = await world({ mode })
    await filing(w)
    await w.settle()
    for (const typed of ['1', '#1', ' #1 ']) {
      const shown = await say(w, typed, 'lou', 'logistics')
      expect(shown.text).toContain('#1 · Acme Corp · Normal')
      expect(shown.text).toContain('Nobody yet')
    }
    expect((await say(w, '77')).text).toContain('There is no complaint #77')
    expect((await say(w, '0')).text).toContain('There is no complaint #0')
    const shown = await say(w, '1', 'fay', 'company')
    await w.people.fay.press(shown, 'Own it')
    await withoutButton(w, 1, 'Own it')
    expect((await say(w, '1')).text).toContain(`<@${w.people.fay.id}>`)
    const again = await toldBy(w, w.people.lou, () => w.people.lou.press(shown, 'Own it'))
    expect(again.text).toContain('owns it already')
    await w.people.fay.press(shown, 'Log callback')
    expect((await w.people.fay.waitForModal()).title).toBe('Log callback')
    expect(w.slack.problems).toEqual([])
  })
})

test('lists: all, mine, overdue, a department by key and by name, the soonest deadline first', async () => {
  const w = await world()
  const { clock, people } = w
  const by = (hours: number) => ({ [PROMISED_BY]: plus(clock.now(), hours * HOUR) })
  await filing(w, by(5))
  await filing(w, { ...by(1), Customer: 'Bolt <Ltd> & Co', [DEPARTMENT]: 'Logistics' })
  await filing(w, by(3))
  await filing(w, { ...by(2), [DEPARTMENT]: 'Product design' })
  await w.settle()
  expect((await say(w, 'list')).text).toContain('Open complaints')
  expect(numbersIn(await say(w, 'list'))).toEqual([2, 4, 3, 1])
  expect(numbersIn(await say(w, 'LIST'))).toEqual([2, 4, 3, 1])
  expect((await say(w, 'list')).text).toContain('Bolt &lt;Ltd&gt; &amp; Co')
  expect(numbersIn(await say(w, 'list manufacturing'))).toEqual([3, 1])
  expect(numbersIn(await say(w, 'list Product Design'))).toEqual([4])
  expect(numbersIn(await say(w, 'list design'))).toEqual([4])
  expect((await say(w, 'list service')).text).toContain('Nothing to list')
  const unknown = await say(w, 'list Atlantis')
  expect(unknown.text).toContain('There is no list "Atlantis"')
  expect(unknown.text).toContain('Logistics')

  expect((await say(w, 'list mine', 'fred')).text).toContain('Nothing to list')
  await act(w, 'fred', 3, 'Own it')
  expect(numbersIn(await say(w, 'list mine', 'fred'))).toEqual([3])
  expect((await say(w, 'list', 'rita')).text).toContain(`<@${people.fred.id}>`)

  expect((await say(w, 'list overdue')).text).toContain('Nothing to list')
  await w.pass(2 * HOUR + MINUTE)
  expect(numbersIn(await say(w, 'list overdue'))).toEqual([2, 4])
  expect((await say(w, 'list overdue')).text).toContain('Overdue by')

  // What is closed is not listed, but found.
  await send(w, await form(w, 'fred', 3, 'Close out'), CLOSE_OUT)
  expect(numbersIn(await say(w, 'list'))).toEqual([2, 4, 1])
  expect(numbersIn(await say(w, 'list mine', 'fred'))).toEqual([])
  expect(numbersIn(await say(w, 'find valve'))).toContain(3)

  // Each row opens its card.
  const listed = await say(w, 'list', 'lou')
  const shown = await toldBy(w, people.lou, () => people.lou.press(listed, 'Open'))
  expect(shown.text).toContain('#2 · Bolt')
  expect(w.slack.problems).toEqual([])
})

test('long lists and long findings are paged in place', async () => {
  const w = await world()
  const { rita } = w.people
  await withDatabase(w.place, (db) => openMany(db, w.slack.team, w.setup, { count: 23 }, w.clock.now()))
  // What is promised soonest stands first in the list; what was filed last among the findings.
  const soonest = Array.from({ length: 23 }, (_, index) => index + 1)
  for (const [typed, order] of [
    ['list', soonest],
    ['find valve', soonest.toReversed()],
  ] as const) {
    const listed = await say(w, typed)
    const turn = async (button: string, numbers: number[], range: string) => {
      await rita.press(listed, button)
      await w.slack.until(() => (listed.text.includes(range) ? true : undefined), { what: range })
      expect(numbersIn(listed)).toEqual(numbers)
    }
    const buttons = () => JSON.stringify(listed.blocks).match(/"(Next|Previous)"/g)
    expect(numbersIn(listed)).toEqual(order.slice(0, 10))
    expect(buttons()).toEqual(['"Next"'])
    await turn('Next', order.slice(10, 20), '11 to 20')
    expect(buttons()).toEqual(['"Previous"', '"Next"'])
    await turn('Next', order.slice(20), '21 to 23')
    expect(buttons()).toEqual(['"Previous"'])
    await turn('Previous', order.slice(10, 20), '11 to 20')
    await turn('Previous', order.slice(0, 10), '1 to 10')
  }
  expect((await say(w, 'list')).text).toContain('1 to 10 of 23')
  expect(w.slack.problems).toEqual([])
}, 60_000)

test('find looks in customers, words, orders and parts, for exactly what was typed', async () => {
  const w = await world()
  await filing(w, { Customer: 'Ärger & Söhne', [WORDS]: 'It is 100% broken.' })
  await filing(w, { Customer: 'Bolt', [WORDS]: 'It is 100 percent broken.', 'Site, order or part': 'PN_4711' })
  await filing(w, { Customer: 'Cog', [WORDS]: 'A path like C:\\temp, and <tags>.', 'Site, order or part': 'PNX4711' })
  const finds = async (text: string) => numbersIn(await say(w, `find ${text}`))
  expect(await finds('bolt')).toEqual([2])
  expect(await finds('BROKEN')).toEqual([2, 1])
  expect(await finds('söhne')).toEqual([1])
  expect(await finds('100%')).toEqual([1])
  expect(await finds('pn_4711')).toEqual([2])
  expect(await finds('c:\\temp')).toEqual([3])
  expect(await finds('\\')).toEqual([3])
  expect(await finds('%')).toEqual([1])
  expect(await finds('_')).toEqual([2])
  expect(await finds('&lt;tags&gt;')).toEqual([3])
  expect(await finds('is  broken')).toEqual([])
  const nothing = await say(w, 'find <!channel>')
  expect(nothing.text).toContain('Nothing to list')
  expect(nothing.text).not.toContain('<!channel>')
  await say(w, `find ${'x'.repeat(3000)}`)
  expect(w.slack.problems).toEqual([])
})

test('what was typed comes back as words, also where there is no such list', async () => {
  const w = await world()
  const unknown = await say(w, 'list &lt;!here&gt; &lt;@U0AMENDS01&gt;')
  expect(unknown.text).toContain('There is no list')
  expect(unknown.text).not.toContain('<!here>')
  expect(JSON.stringify(unknown.blocks)).not.toContain('<!here>')
  expect((await say(w, `list ${'<x>'.repeat(1300)}`)).text).toContain('There is no list')
  expect(w.slack.problems).toEqual([])
})

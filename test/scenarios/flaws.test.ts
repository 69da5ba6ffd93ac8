import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import type { SandboxMessage } from '../../src/sandbox/slack.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import { CLOSE_OUT, expectNoRepeats, form, linesOf, more, seeing, send } from './support.ts'

const PART = { 'Site, order or part': 'KV-220, lot 0611' }

/** The card of a flaw, as it stands in a channel. */
function flawIn({ slack }: World, number: number, channel = 'design'): SandboxMessage {
  const found = slack
    .messages(slack.channel(channel))
    .find(
      ({ thread_ts, blocks }) =>
        !thread_ts &&
        JSON.stringify(blocks).includes('"flaw_timeline"') &&
        JSON.stringify(blocks).includes(`flaw ${number} `),
    )
  if (!found) throw new Error(`No card of flaw ${number} in ${channel}`)
  return found
}

const repliesTo = ({ slack }: World, card: SandboxMessage, channel = 'design'): string[] =>
  slack
    .thread(slack.channel(channel), card.ts)
    .filter(({ ts }) => ts !== card.ts)
    .map(({ text }) => text)

test('three complaints about one part: the designers are called, one owns it and closes it with an action', async () => {
  const w = await world()
  const { slack, people, clock } = w
  const { rita, dora, fay } = people
  await file(w, 'rita', { ...PART, Customer: 'Acme <!channel>' })
  await w.pass(DAY)
  await file(w, 'rita', { 'Site, order or part': 'kv 220', Customer: 'Bolt & Co', Severity: 'Critical' })
  await w.pass(DAY)
  await file(w, 'fred', { 'Site, order or part': 'Part no. KV220', Customer: 'Delta' })
  await w.settle()

  let card = flawIn(w, 1)
  expect(card.text.split('\n')[0]).toBe('Systemic flaw 1 · KV-220 · 3 complaints')
  expect(card.text).toContain('3 complaints of 3 customers name one part or site')
  for (const listed of ['#1 Acme &lt;!channel&gt; · Normal', '#2 Bolt &amp; Co · Critical', '#3 Delta · Normal'])
    expect(card.text).toContain(listed)
  expect(card.text).toContain(`Calling <@${dora.id}>: who takes it?`)
  expect(JSON.stringify(card.blocks)).toContain('slack_file')
  expect(JSON.stringify(card.blocks)).toContain('Complaints of this kind, week by week')
  for (const number of [1, 2, 3]) {
    expect(cardIn(w, 'manufacturing', number).text).toMatch(/One of <https:[^|]*\|systemic flaw 1>/)
    expect(linesOf(w, 'manufacturing', number).at(-1)).toContain('systemic flaw 1 looks for what is behind them')
  }

  // Of what becomes confidential the number alone stays.
  const modal = await more(w, 'rita', 2, 'Confidential', 'Confidential #2')
  await send(w, modal, { 'Who else may see it?': [fay.id] })
  card = flawIn(w, 1)
  expect(card.text).toContain('and 1 that is confidential')
  expect(JSON.stringify(card)).not.toContain('Bolt')

  // Nobody takes it: the ladder of a complaint, here.
  await w.pass(31 * MINUTE)
  expect(repliesTo(w, card).at(-1)).toContain(`<@${dora.id}> Nobody has taken it for 31 min.`)
  await dora.openHome()
  await w.settle()
  const homeOf = () => dora.home() ?? expect.fail('dora sees no Home')
  expect(JSON.stringify(homeOf().blocks)).toContain('Systemic flaw 1 · KV-220 · 3 complaints')
  await dora.press(homeOf(), 'Own it')
  await slack.until(() => (flawIn(w, 1).text.includes(`*Owner*\n<@${dora.id}>`) ? true : undefined), {
    what: 'its owner',
  })
  await w.pass(SECOND)
  expect(JSON.stringify(homeOf().blocks)).toContain('Close out')
  expect(repliesTo(w, card).filter((text) => text.includes('Done:'))).not.toEqual([])

  // A word in its thread is a sign of life.
  await w.pass(3 * HOUR)
  await dora.say('design', 'The drawing is from 2019.', card.ts)
  await w.pass(2 * HOUR)
  expect(repliesTo(w, card).join()).not.toContain('Still on it?')

  // A fourth joins, and says so.
  await file(w, 'rita', PART)
  await w.settle()
  card = flawIn(w, 1)
  expect(card.text).toContain('KV-220 · 4 complaints')
  expect(repliesTo(w, card).at(-1)).toContain('#4 is of the same kind and joined.')
  expect(cardIn(w, 'manufacturing', 4).text).toContain('|systemic flaw 1>')
  await send(w, await form(w, 'fred', 4, 'Close out'), CLOSE_OUT)
  await w.settle()
  expect(flawIn(w, 1).text).toMatch(/#4 .* · closed/)

  // Another one joins and becomes confidential: the line that named it does no more.
  await file(w, 'rita', { ...PART, Severity: 'Critical' })
  await w.settle()
  expect(repliesTo(w, card).at(-1)).toContain('#5 is of the same kind and joined.')
  const fifth = await more(w, 'rita', 5, 'Confidential', 'Confidential #5')
  await send(w, fifth, { 'Who else may see it?': [fay.id] })
  await w.settle()
  expect(repliesTo(w, card).at(-1)).toContain('One that is confidential is of the same kind and joined.')
  expect(repliesTo(w, card).join()).not.toContain('#5')

  // Closed with a corrective action only.
  await dora.press(card, 'Close out')
  const closing = await seeing(w, dora, 'Close out flaw 1')
  expect(Object.keys((await closing.submit()).errors)).toEqual(['Corrective action'])
  await send(w, closing, {
    ...{ 'Corrective action': 'Draw the thread anew.', 'Who takes it': 'fay', 'By when': plus(clock.now(), 4 * DAY) },
  })
  card = flawIn(w, 1)
  expect(card.text).toContain(`Corrective action, taken by <@${fay.id}>`)
  expect(JSON.stringify(card.blocks)).not.toContain('"close_flaw"')
  const [told] = slack.directMessages(fay.id)
  expect(told?.text).toContain('Systemic flaw 1 · ')
  if (!told) throw new Error('Nobody told fay')

  // Overdue it goes to the designers; done it says what changed.
  await w.pass(5 * DAY)
  expect(slack.messages('design').at(-1)?.text).toContain(`<@${dora.id}> A corrective action is 1 day overdue`)
  await fay.press(told, 'Done')
  await send(w, await seeing(w, fay, 'Corrective action'), {
    ...{ 'What changed?': 'The thread is 0.2 mm deeper.', 'Where is it proven?': 'Drawing 12b' },
  })
  expect(flawIn(w, 1).text).toContain(`Corrective action, done by <@${fay.id}>`)
  await rita.press(flawIn(w, 1), 'Timeline')
  const timeline = await seeing(w, rita, 'Timeline of flaw 1')
  expect(JSON.stringify(slack.openViews(rita.id).at(-1)?.blocks)).toContain('The thread is 0.2 mm deeper.')
  await timeline.close()
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('by root cause, where nobody designs: the company is told, once, and hears when they double', async () => {
  const w = await world({
    setup: (setup) => ({
      ...setup,
      departments: setup.departments.filter(({ kind }) => kind !== 'design'),
      policy: { ...setup.policy, flaw: { complaints: 2, within: 14 * DAY } },
      rootCauses: [{ key: 'worn-die', name: 'Worn die', origin: 'manufacturing', children: [] }],
    }),
  })
  const { slack, people } = w
  const closed = async (number: number) => {
    await send(w, await form(w, 'fred', number, 'Close out'), { ...CLOSE_OUT, 'Root cause': 'Worn die' })
    await w.settle()
  }
  for (const number of [1, 2]) {
    await file(w)
    await closed(number)
  }
  const card = flawIn(w, 1, 'company')
  expect(card.text).toContain('2 complaints of one customer have one root cause: *Worn die*')
  await people.lou.press(card, 'Own it')
  await slack.until(() => (flawIn(w, 1, 'company').text.includes(`<@${people.lou.id}>`) ? true : undefined), {
    what: 'its owner',
  })
  const trend = () => JSON.stringify(flawIn(w, 1, 'company').blocks.filter(({ type }) => type === 'image'))
  const before = trend()
  expect(before).toContain('slack_file')
  await w.restart()
  for (const number of [3, 4]) {
    await file(w)
    await closed(number)
  }
  expect(repliesTo(w, card, 'company').filter((text) => text.includes('twice as many'))).toEqual([
    expect.stringContaining(`<@${people.lou.id}> There are 4 complaints of its kind now`),
  ])
  // It is shown as it is by now.
  expect(trend()).toContain('slack_file')
  expect(trend()).not.toBe(before)
  await w.pass(23 * HOUR)
  expect(repliesTo(w, card, 'company').slice(-2)).toEqual([
    expect.stringContaining(`<@${people.lou.id}> This is to be closed by`),
    expect.stringContaining(`<@${people.lou.id}> Still on it?`),
  ])
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

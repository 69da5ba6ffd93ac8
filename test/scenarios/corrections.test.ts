import { expect, test } from 'vitest'
import { DAY, HOUR, plus, SECOND } from '../../src/complaint/time.ts'
import type { SandboxMessage } from '../../src/sandbox/slack.ts'
import { file, type Name, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, expectNoRepeats, form, linesOf, more, seeing, send, toldBy } from './support.ts'

const { 'Why none is needed': _, ...ASKED } = CLOSE_OUT
const ACTION = { 'Corrective action': 'Gauge every thread.', 'Who takes it': 'dora' }

/** What somebody was told alone, by a word in it. */
const told = ({ slack, people }: World, who: Name, words: string): SandboxMessage => {
  const found = slack.directMessages(people[who].id).findLast(({ text }) => text.includes(words))
  if (!found) throw new Error(`${who} was not told "${words}"`)
  return found
}

const pressed = async (w: World, who: Name, message: SandboxMessage, button: string, title: string) => {
  await w.people[who].press(message, button)
  return seeing(w, w.people[who], title)
}

const homeShown = async (w: World, who: Name): Promise<string> => {
  await w.people[who].openHome()
  await w.settle()
  return JSON.stringify(w.people[who].home()?.blocks)
}

test('a close-out asks for a corrective action or why none is needed, each fault under its field', async () => {
  const w = await world()
  await file(w)
  const closing = await form(w, 'fred', 1, 'Close out')
  await closing.fill(ASKED)
  let sent = await closing.submit()
  expect(sent.outcome).toBe('errors')
  expect(Object.keys(sent.errors)).toEqual(['Corrective action'])
  await closing.fill({ 'Corrective action': 'Gauge every thread.' })
  sent = await closing.submit()
  expect(Object.keys(sent.errors).sort()).toEqual(['By when', 'Who takes it'])
  await closing.fill({ 'Who takes it': 'dora', 'By when': plus(w.clock.now(), -HOUR), 'Why none is needed': 'None.' })
  sent = await closing.submit()
  expect(Object.keys(sent.errors).sort()).toEqual(['By when', 'Why none is needed'])
  // "No" keeps it open: nothing has to be agreed on yet.
  await closing.fill({
    'Why none is needed': '',
    'Corrective action': '',
    'Does the customer say it is settled?': 'No',
  })
  expect((await closing.submit()).outcome).toBe('updated')
  expect(w.slack.problems).toEqual([])
})

test('a corrective action is reminded of, told to the lead, done, and asked about where the cause comes again', async () => {
  const w = await world()
  const { slack, people, clock } = w
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  await send(w, await form(w, 'fred', 1, 'Close out'), {
    ...{ ...ASKED, ...ACTION, 'Root cause': 'Poor design' },
    'By when': plus(clock.now(), 4 * DAY),
  })
  const agreed = told(w, 'dora', 'You take what keeps this from happening again')
  expect(agreed.text).toContain(`<@${people.fred.id}> asks you to`)
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain(`<@${people.dora.id}> takes a corrective action`)
  expect(slack.messages('design').at(-1)?.text).toContain(`Corrective action, taken by <@${people.dora.id}>`)

  // Reminders before, when due, and after; the lead hears once.
  await w.pass(DAY)
  await w.pass(2 * DAY)
  await w.pass(DAY)
  expect(
    slack.directMessages(people.dora.id).map(({ text }) => /is due .*/.exec(text)?.[0].split(', ').at(-1)),
  ).toEqual(expect.arrayContaining(['in 3 days.', 'in 1 day.', 'now.']))
  const homes = { dora: await homeShown(w, 'dora'), lena: await homeShown(w, 'lena') }
  expect(homes.dora).toContain('Corrective actions (1)')
  expect(homes.dora).toContain('Gauge every thread.')
  expect(homes.lena).not.toContain('Corrective actions')
  const before = slack.messages('design').length
  await w.restart()
  await w.pass(DAY)
  await w.pass(DAY)
  const overdue = slack
    .messages('design')
    .slice(before)
    .map(({ text }) => text.split('\n')[1] ?? '')
  expect(overdue.filter((text) => text.includes('A corrective action is'))).toEqual([
    expect.stringContaining(`<@${w.people.dora.id}> A corrective action is 1 day overdue`),
  ])

  // The digest of the department where it arose has it, with the list behind it; another one's has not.
  expect(await homeShown(w, 'dora')).toContain('*Overdue by')
  const digestIn = (channel: string) =>
    slack.messages(channel).find(({ text, thread_ts }) => !thread_ts && text.includes('Weekly digest'))
  const digest = digestIn('design')
  expect(digest?.text).toMatch(/\*1 corrective action overdue\*\n• \*#1\* Gauge every thread: over by .*, taken by <@/)
  expect(digestIn('company')?.text).toContain('*1 corrective action overdue*')
  expect(digestIn('manufacturing')?.text).not.toContain('corrective action')
  if (!digest) throw new Error('There is no digest')
  const listed = await toldBy(w, w.people.lena, () =>
    w.people.lena.press(
      { ...digest, blocks: digest.blocks?.filter((block) => JSON.stringify(block).includes('"actions ')) },
      'See them',
    ),
  )
  expect(listed.text).toContain('Overdue corrective actions, Product design')
  expect(listed.text).toContain('#1 · Acme')

  // Done says what changed and where it is proven; whoever asked for it is marked done.
  await w.people.dora.press(told(w, 'dora', 'was due'), 'Done')
  const finishing = await seeing(w, w.people.dora, 'Corrective action')
  await finishing.fill({ 'What changed?': ' ', 'Where is it proven?': 'Drawing 12b' })
  expect(Object.keys((await finishing.submit()).errors)).toEqual(['What changed?'])
  await send(w, finishing, { 'What changed?': 'The thread is 0.2 mm deeper.' })
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('did the corrective action, after it was due.')
  await w.pass(SECOND)
  expect(JSON.stringify(w.people.dora.home()?.blocks)).not.toContain('Corrective actions')
  const asking = [...slack.directMessages(w.people.dora.id), ...slack.messages('design').slice(before)].filter(
    ({ text }) => text.includes('corrective action') && !text.includes('Weekly digest'),
  )
  expect(asking.length).toBeGreaterThan(4)
  for (const { text, blocks } of asking) {
    expect(text).toContain('Done: the corrective action is done')
    expect(JSON.stringify(blocks)).not.toContain('"button"')
  }

  // The same cause, told after that: did it work?
  await w.pass(DAY)
  await file(w, 'rita', { Customer: 'Bolt & Co' })
  await act(w, 'fay', 2, 'Own it')
  await send(w, await form(w, 'fay', 2, 'Close out'), { ...CLOSE_OUT, 'Root cause': 'Poor design' })
  await w.settle()
  const question = told(w, 'dora', 'Did it work?')
  expect(question.text).toContain('with #2')
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('The same cause has come again, with #2')
  // A third one asks nothing more.
  await file(w, 'rita', { Customer: 'Delta' })
  await send(w, await form(w, 'fay', 3, 'Close out'), { ...CLOSE_OUT, 'Root cause': 'Poor design' })
  await w.settle()
  expect(slack.directMessages(w.people.dora.id).filter(({ text }) => text.includes('Did it work?'))).toHaveLength(1)

  const answering = await pressed(w, 'dora', question, 'What follows', 'Did it work?')
  expect(Object.keys((await answering.submit()).errors)).toEqual(['Corrective action'])
  await send(w, answering, { ...ACTION, 'Who takes it': 'lena', 'By when': plus(clock.now(), 9 * DAY) })
  expect(told(w, 'lena', 'You take what keeps this').text).toContain(`<@${w.people.dora.id}> asks you to`)
  expect(told(w, 'dora', 'takes what follows').text).toContain(`Done: <@${w.people.lena.id}> takes what follows`)

  // It is at hand under More as well, for those who may; somebody else is refused.
  const finished = await more(w, 'fred', 1, 'Corrective action', 'Corrective action')
  await send(w, finished, { 'What changed?': 'A gauge at the bench.', 'Where is it proven?': 'Sheet 12' })
  await expect(form(w, 'fred', 1, 'More').then((modal) => modal.press('Corrective action'))).rejects.toThrow()
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

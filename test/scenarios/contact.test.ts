import { expect, test } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE } from '../../src/complaint/time.ts'
import { cardIn, file, type Name, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, DEPARTMENT, form, more, seeing, send, toldBy } from './support.ts'

/* Who to call back, and how, is shown where the department works, to the reporter, to whoever answers for it, and nowhere else. */

const CONTACTS = /555 01\d\d|Ames/

/** Everybody is in every channel; whom a department consists of is named. */
const company = (setup: Setup): Setup => ({
  ...setup,
  departments: setup.departments.map((one) => ({ ...one, members: [one.lead ?? setup.admins[0] ?? ''] })),
  policy: { ...setup.policy, warRoom: { critical: true, people: [] } },
})

/** Where who to call back stands by now, in channels. */
async function tellingIt({ slack }: World): Promise<string[]> {
  const names = new Map((await slack.channels()).map(({ id, name }) => [id, name]))
  const found = slack.everything().filter((message) => CONTACTS.test(JSON.stringify(message)))
  return [...new Set(found.flatMap(({ channel }) => names.get(channel) ?? []))].sort()
}

/** What somebody of another department finds out by themselves. */
async function seenBy(w: World, who: Name, channel: string): Promise<string> {
  const person = w.people[who]
  const seen: unknown[] = []
  for (const typed of ['/complaint 1', '/complaint list', '/complaint find valve', '/complaint find 555'])
    seen.push((await toldBy(w, person, () => person.command(typed, { channel: 'company' }))).blocks)
  await person.openHome()
  await w.settle()
  await person.press(person.home() as never, 'Show', { choose: 'All open complaints' })
  await w.settle()
  seen.push(person.home()?.blocks)
  await person.press(cardIn(w, channel, 1), 'More')
  await (await seeing(w, person, 'More on #1')).press('Timeline')
  seen.push((await seeing(w, person, 'Timeline of #1')).blocks)
  w.slack.views.clear(person.id)
  expect(JSON.stringify(seen)).toContain('filed it')
  return JSON.stringify(seen)
}

test('who to call back leaves the department nowhere, whatever happens', async () => {
  const w = await world({ setup: company })
  const { slack, people } = w
  const contact = { 'Who to call back, and how': 'Mr Ames, 555 0166' }
  await file(w, 'rita', { ...contact, Severity: 'Critical', 'What have they already tried?': 'Turned it round.' })
  // Nobody takes it: the group, the lead, the company. Then somebody does, calls nobody, and asks for money.
  await w.pass(21 * MINUTE)
  await act(w, 'fred', 1, 'Own it')
  await send(w, await more(w, 'fred', 1, 'Make good', 'Make good'), { Kind: 'Refund', Amount: '80', Note: 'Sorry.' })
  await w.pass(31 * MINUTE)
  await w.pass(8 * HOUR)
  expect(slack.messages(slack.channel('company'))).toHaveLength(3)
  const edited = { 'Who to call back, and how': 'Mrs Ames, 555 0177' }
  await send(w, await more(w, 'lena', 1, 'Edit', 'Edit #1'), edited)
  await file(w, 'lou', { Customer: 'Acme Corp', [DEPARTMENT]: 'Logistics', ...contact })
  await send(w, await more(w, 'lou', 2, 'Duplicate', 'Duplicate', 'logistics'), {
    'Which complaint is #2 the same as?': '#1',
  })
  expect(await tellingIt(w)).toEqual(['manufacturing'])
  expect(cardIn(w, 'manufacturing', 1).text).toContain('555 0177')
  expect(CONTACTS.exec(await seenBy(w, 'dora', 'manufacturing'))).toBeNull()
  for (const who of ['rita', 'fay', 'otto'] as const)
    expect(
      (await toldBy(w, people[who], () => people[who].command('/complaint 1', { channel: 'company' }))).text,
    ).toMatch(CONTACTS)

  // Elsewhere it is the other department's, and then that one's channel is gone.
  await send(w, await form(w, 'fred', 1, 'Hand over'), { Department: 'Product design', Reason: 'It is the drawing.' })
  expect(await tellingIt(w)).toEqual(['design'])
  expect(CONTACTS.exec(await seenBy(w, 'fay', 'design'))).toBeNull()
  await slack.archive('design')
  await w.pass(HOUR)
  await act(w, 'dora', 1, 'Own it', 'ops')
  await w.pass(5 * HOUR)
  await send(w, await form(w, 'dora', 1, 'Close out', 'ops'), CLOSE_OUT)
  expect(await tellingIt(w)).toEqual(['design'])
  expect(slack.problems).toEqual([])
})

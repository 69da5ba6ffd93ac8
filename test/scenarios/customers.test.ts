import { expect, test } from 'vitest'
import { cardIn, file, type World, world } from '../support/world.ts'
import { act, linesOf, more, send } from './support.ts'

const questions = ({ slack, people }: World, who: 'rita' | 'lou' = 'rita') =>
  slack.directMessages(people[who].id).filter(({ text }) => text.startsWith('Same customer'))

/** Answers, and waits until the question is gone. */
async function answer(w: World, button: 'Yes' | 'No') {
  const question = questions(w).at(-1) ?? expect.fail('nothing was asked')
  await w.people.rita.press(question, button)
  const answered = await settled(w, question.ts, 'Thank you')
  await w.settle()
  return answered
}

const settled = ({ slack, people }: World, ts: string, words: string) =>
  slack.until(() => slack.directMessages(people.rita.id).find((one) => one.ts === ts && one.text.includes(words)), {
    what: `the answer "${words}"`,
  })

test('a customer’s history stands on the card, and is right whenever the card is drawn', async () => {
  const w = await world()
  await file(w)
  expect(cardIn(w, 'manufacturing', 1).text).not.toContain('complaint in')
  await file(w, 'rita', { Customer: 'ACME CORP' })
  expect(cardIn(w, 'manufacturing', 2).text).toContain('2nd complaint in 60 days, 2 open')
  // The other card is not drawn again for it, but right once it is.
  expect(cardIn(w, 'manufacturing', 1).text).not.toContain('complaint in')
  await act(w, 'fred', 1, 'Own it')
  expect(cardIn(w, 'manufacturing', 1).text).toContain('1st complaint in 60 days, 2 open')
  await w.people.fred.command('/complaint 2', { channel: 'service' })
  await w.slack.until(() => w.people.fred.ephemerals().at(-1)?.text.includes('2nd complaint in 60 days') || undefined)
  expect(w.slack.problems).toEqual([])
})

test('a near match is asked about after filing; Yes makes the two one, No is remembered', async () => {
  const w = await world()
  await file(w, 'lou', { Customer: 'Acme Corp' })
  expect(questions(w, 'lou')).toEqual([])
  await file(w, 'rita', { Customer: 'Acme Corporation' })
  const dms = w.slack.directMessages(w.people.rita.id)
  expect(dms.map(({ text }) => text.split(' ')[0])).toEqual(['Filed', 'Same'])
  expect(questions(w)[0]?.text).toContain('Same customer as Acme Corp?')
  const question = await answer(w, 'Yes')
  expect(question.text).toBe('Thank you. They are one customer from now on.')
  expect(question.blocks).toHaveLength(1)
  const card = cardIn(w, 'manufacturing', 2)
  expect(card.text).toContain('#2 · Acme Corporation')
  expect(card.text).toContain('Customer: Acme Corp · 2nd complaint in 60 days, 2 open')
  expect(linesOf(w, 'manufacturing', 2).at(-1)).toContain('Acme Corporation is Acme Corp from now on.')
  // The name leads there from now on, and nothing is asked again.
  await file(w, 'rita', { Customer: 'ACME  corporation' })
  expect(cardIn(w, 'manufacturing', 3).text).toContain('3rd complaint in 60 days, 3 open')
  expect(questions(w)).toHaveLength(0)
  await w.people.rita.command('/complaint find acme corporation', { channel: 'service' })
  const found = await w.slack.until(() => w.people.rita.ephemerals().find(({ text }) => text.includes('1 to 3')))
  for (const number of [1, 2, 3]) expect(JSON.stringify(found.blocks)).toContain(`#${number} · `)

  // No: pressed twice, or late, it is settled already.
  await file(w, 'lou', { Customer: 'Harrow Plumbing' })
  await file(w, 'rita', { Customer: 'Harlow Plumbing' })
  const other = questions(w).at(-1) ?? expect.fail('nothing was asked')
  expect((await answer(w, 'No')).text).toContain('They stay two customers')
  await w.people.rita.press(other, 'Yes')
  await settled(w, other.ts, 'settled in the meantime')
  await w.settle()
  await file(w, 'rita', { Customer: 'Harlow Plumbing' })
  await file(w, 'lou', { Customer: 'Harrow Plumbing' })
  expect(cardIn(w, 'manufacturing', 6).text).toContain('2nd complaint')
  expect(questions(w)).toHaveLength(0)
  expect(questions(w, 'lou')).toHaveLength(0)
  expect(w.slack.problems).toEqual([])
})

test('Merge customer: from "More", into a known one, with a new name; what was written stays', async () => {
  const w = await world()
  await file(w, 'rita', { Customer: 'Beech Heating' })
  await file(w, 'rita', { Customer: 'Oakfield Boilers' })
  await file(w, 'rita', { Customer: 'Oakfield Boilers' })
  const modal = await more(w, 'fred', 3, 'Merge customer', 'Merge customer')
  expect(await w.people.fred.suggest(modal, 'Into which customer', 'heat')).toMatchObject([{ text: 'Beech Heating' }])
  expect(await w.people.fred.suggest(modal, 'Into which customer', 'oak')).toEqual([])
  const empty = await modal.submit({ force: true })
  expect(empty.errors).toEqual({ 'Into which customer': 'Please fill this in.' })
  await send(w, modal, { 'Into which customer': 'Beech Heating', 'Call the customer': 'Beech & Oakfield' })
  expect(linesOf(w, 'manufacturing', 3).slice(-2).join('\n')).toMatch(
    /Oakfield Boilers is Beech Heating from now on\.\n.*Beech Heating is called Beech &amp; Oakfield now\./,
  )
  expect(cardIn(w, 'manufacturing', 3).text).toContain('#3 · Oakfield Boilers')
  expect(cardIn(w, 'manufacturing', 3).text).toContain(
    'Customer: Beech &amp; Oakfield · 3rd complaint in 60 days, 3 open',
  )
  // Another complaint of the merged customer tells of it on its timeline.
  const timeline = await more(w, 'lena', 2, 'Timeline', 'Timeline of #2')
  expect(JSON.stringify(timeline.blocks)).toContain('Oakfield Boilers is Beech Heating from now on.')

  // Renamed to another customer's name: the form stays, and says what helps.
  await file(w, 'rita', { Customer: 'Larch' })
  while (w.slack.openViews(w.people.lena.id).length > 0) await w.people.lena.modal().close()
  const rename = await more(w, 'lena', 4, 'Merge customer', 'Merge customer')
  await rename.fill({ 'Call the customer': 'beech heating' })
  expect((await rename.submit()).errors).toEqual({
    'Call the customer': 'Another customer is called that. To make them one, choose it above.',
  })
  await send(w, rename, { 'Call the customer': 'Larch & Sons' })
  await file(w, 'rita', { Customer: 'larch & sons' })
  expect(cardIn(w, 'manufacturing', 5).text).toContain('2nd complaint')
  expect(w.slack.problems).toEqual([])
})

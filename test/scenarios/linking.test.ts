import { expect, test } from 'vitest'
import { cardIn, file, world } from '../support/world.ts'
import { CLOSE_OUT, form, linesOf, more, send } from './support.ts'

test('a duplicate’s card points to its original, its reporter hears how that ended, and Split brings it back', async () => {
  const w = await world()
  await file(w, 'lou', { Customer: 'Acme Corp' })
  await file(w, 'rita', { Customer: 'Acme Corp' })
  const modal = await more(w, 'fred', 2, 'Duplicate', 'Duplicate')
  const field = 'Which complaint is #2 the same as?'
  await modal.fill({ [field]: 'the first one' })
  expect((await modal.submit()).errors).toEqual({ [field]: 'Please type its number, as in #142.' })
  await modal.fill({ [field]: '#2' })
  expect((await modal.submit()).errors[field]).toContain('itself')
  await send(w, modal, { [field]: '#1' })

  const pointer = cardIn(w, 'manufacturing', 2)
  expect(pointer.text).toMatch(/The same complaint as <https:.*\|#1>, which goes on there/)
  expect(JSON.stringify(pointer.blocks)).not.toContain('"Own it"')
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Also filed as #2')
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('linked #2 here as a duplicate.')

  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  const told = w.slack.directMessages(w.people.rita.id).at(-1)
  expect(told?.text).toContain('which is closed: fixed.')
  expect(told?.text).toContain('Thank you for filing it')

  await (await form(w, 'fred', 2, 'More')).press('Split')
  await w.slack.until(() => linesOf(w, 'manufacturing', 2).find((line) => line.includes('split it off')), {
    what: 'the split',
  })
  await w.settle()
  expect(JSON.stringify(cardIn(w, 'manufacturing', 2).blocks)).toContain('"Own it"')
  expect(w.slack.problems).toEqual([])
})

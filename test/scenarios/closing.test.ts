import { expect, test } from 'vitest'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, DEPARTMENT, expectNoRepeats, form, linesOf, SETTLED, send, unix } from './support.ts'

const NEXT = 'Next call promised by'

test('"No" at close-out keeps it open and asks for the next promise', async () => {
  const w = await world()
  const { people, clock } = w
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  const close = await form(w, 'fred', 1, 'Close out')
  await close.fill({ ...CLOSE_OUT, [SETTLED]: 'No' })
  expect((await close.submit()).outcome).toBe('updated')
  const callback = people.fred.modal()
  expect(callback.title).toBe('Log callback')
  expect(callback.value('How did it go?')).toMatchObject({ selected_option: { text: { text: 'Reached' } } })
  expect(callback.value('What was said')).toMatchObject({ value: 'Replaced the valve on site.' })
  await callback.fill({ [NEXT]: null })
  expect((await callback.submit()).errors).toEqual({ [NEXT]: 'Please fill this in.' })
  await send(w, callback, { [NEXT]: plus(clock.now(), 20 * HOUR) })
  const card = cardIn(w, 'manufacturing', 1)
  expect(card.text).toContain(`Promised by <!date^${unix(plus(clock.now(), 20 * HOUR))}^`)
  expect(card.text).not.toContain('Root cause')
  expect(w.slack.problems).toEqual([])
})

test('"Could not reach" needs three calls that were tried', async () => {
  const w = await world()
  await file(w)
  const tries = async (outcome: string) => {
    const modal = await form(w, 'fred', 1, 'Log callback')
    await send(w, modal, { 'How did it go?': outcome })
  }
  await tries('No answer')
  await tries('Left a message')
  const close = await form(w, 'fred', 1, 'Close out')
  await close.fill({ ...CLOSE_OUT, [SETTLED]: 'Could not reach', 'Was it fixed?': 'Could not fix' })
  const sent = await close.submit()
  expect(sent.errors).toEqual({ [SETTLED]: expect.stringContaining('needs 3 tried callbacks, and 2 are logged') })
  expect(close.value('What was done')).toMatchObject({ value: 'Replaced the valve on site.' })
  await close.close()
  await tries('No answer')
  await send(w, await form(w, 'fred', 1, 'Close out'), { ...CLOSE_OUT, [SETTLED]: 'Could not reach' })
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Could not reach')
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('could not reach')
  expect(w.slack.problems).toEqual([])
})

const originIn = (modal: { value(label: string): unknown }) =>
  (modal.value('Where did it arise?') as { selected_option: { text: { text: string } } | null }).selected_option?.text
    .text

const chosen = (w: World, modal: Parameters<typeof originIn>[0], name: string | undefined) =>
  w.slack.until(() => (originIn(modal) === name ? true : undefined), { what: `the origin ${name}` })

test('the origin starts at the root cause, may be another one, and must be given where the cause has none', async () => {
  const w = await world()
  const { slack, people } = w
  const told = (channel: string) =>
    slack.messages(slack.channel(channel)).filter((one) => one.text.includes('The cause of this complaint was found'))
  await file(w)
  const close = await form(w, 'fred', 1, 'Close out')
  const { 'Root cause': _, ...rest } = CLOSE_OUT
  await close.fill(rest)
  await close.fill({ 'Root cause': 'Poor design' })
  await chosen(w, close, 'Product design')
  await close.fill({ 'Root cause': 'Defective part' })
  await chosen(w, close, 'Manufacturing')
  expect(close.value('What was done')).toMatchObject({ value: 'Replaced the valve on site.' })
  await close.fill({ 'Root cause': 'Part number transposed at order entry' })
  await chosen(w, close, undefined)
  const sent = await close.submit()
  expect(sent.errors).toEqual({ 'Where did it arise?': 'Please fill this in.' })
  await send(w, close, { 'Where did it arise?': 'Logistics' })
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Arose in: Logistics')
  expect(told('logistics')).toHaveLength(1)
  expect(told('manufacturing')).toHaveLength(0)
  expect(told('logistics')[0]?.text).toContain('The valve does not fit.')
  const ending = slack.directMessages(people.rita.id).at(-1)
  expect(ending?.text).toContain('is closed: fixed')
  expect(ending?.text).toContain('Thank you for filing it')
  expect(ending?.text).toContain(`<@${people.fred.id}> saw it through.`)

  // Left empty it is the cause's own, with nothing drawn again in between.
  await file(w)
  const second = await form(w, 'fay', 2, 'Close out')
  w.slack.faults.next({ kind: 'error', code: 'internal_error', method: 'views.update' })
  await send(w, second, { ...CLOSE_OUT, 'Root cause': 'Poor design' })
  expect(told('design')).toHaveLength(1)
  expectNoRepeats(w)
  expect(w.slack.problems).toEqual([])
})

test('more departments and root causes than a list takes are searched as one types', async () => {
  const w = await world({
    setup: (setup) => ({
      ...setup,
      departments: [
        ...setup.departments,
        ...Array.from({ length: 120 }, (_, n) => ({
          ...(setup.departments[2] as (typeof setup.departments)[number]),
          key: `yard-${n}`,
          name: `Yard ${n}`,
        })),
      ],
      rootCauses: Array.from({ length: 3 }, (_, group) => ({
        key: `group-${group}`,
        name: `Group ${group}`,
        origin: null,
        children: Array.from({ length: 50 }, (_, n) => ({
          key: `cause-${group}-${n}`,
          name: `Cause ${group}.${n}`,
          origin: `yard-${n}`,
          children: [],
        })),
      })),
    }),
  })
  const { people } = w
  await file(w, 'rita', { [DEPARTMENT]: 'Yard 117' })
  expect(cardIn(w, 'logistics', 1).text).toContain('Yard 117')
  const close = await form(w, 'lou', 1, 'Close out', 'logistics')
  expect(await people.lou.suggest(close, 'Root cause', '')).toHaveLength(100)
  const found = await people.lou.suggest(close, 'Root cause', 'CAUSE 2.4')
  expect(found).toHaveLength(11)
  expect(found[0]).toMatchObject({ text: 'Cause 2.4', group: 'Group 2' })
  expect(await people.lou.suggest(close, 'Root cause', 'group 1')).toHaveLength(50)
  expect(await people.lou.suggest(close, 'Where did it arise?', 'yard 11')).toHaveLength(11)
  expect(await people.lou.suggest(close, 'Where did it arise?', 'nothing like it')).toEqual([])
  const { 'Root cause': _, ...rest } = CLOSE_OUT
  await close.fill({ ...rest, 'Root cause': 'Cause 2.41' })
  await chosen(w, close, 'Yard 41')
  await send(w, close, { 'Where did it arise?': 'Yard 119' })
  expect(cardIn(w, 'logistics', 1).text).toContain('Arose in: Yard 119')
  expect(cardIn(w, 'logistics', 1).text).toContain('Group 2 › Cause 2.41')
  expect(w.slack.problems).toEqual([])
})

test("reopened after its owner has left, it is nobody's yet; a new response clock runs", async () => {
  const w = await world()
  const { slack, people, clock } = w
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  await slack.removeUser('fred')
  await w.pass(HOUR)
  const modal = await form(w, 'lena', 1, 'Reopen')
  expect(modal.title).toBe('Reopen #1')
  await send(w, modal, { Reason: 'It leaks again.' })
  const card = cardIn(w, 'manufacturing', 1)
  expect(card.text).toContain('Owner*\nNobody yet')
  expect(card.text).toContain('<!subteam^S0MFG>')
  expect(card.text).toContain('Reopened once')
  expect(card.text).toContain(`Due <!date^${unix(plus(clock.now(), 24 * HOUR))}^`)
  expect(linesOf(w, 'manufacturing', 1).at(-2)).toContain('Nobody owns it yet.')
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('<!subteam^S0MFG> Who takes it?')
  await act(w, 'fay', 1, 'Own it')
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${people.fay.id}>`)
  expect(slack.problems).toEqual([])
})

import { expect, test } from 'vitest'
import { MINUTE } from '../../src/complaint/time.ts'
import { cardIn, file, type Name, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, form, send, toldBy } from './support.ts'

/* rita files, fred and fay are of manufacturing's usergroup, lena leads it, otto is an admin; lou works elsewhere. */

/** What somebody is told who presses a button on the card. */
const told = async (w: World, who: Name, button: string, channel = 'manufacturing') => {
  const answer = await toldBy(w, w.people[who], () => w.people[who].press(cardIn(w, channel, 1), button))
  expect(w.slack.openViews(w.people[who].id)).toEqual([])
  return answer.text
}

test('a stranger who presses Close out is told who may, and nothing opens', async () => {
  const w = await world()
  await file(w)
  expect(await told(w, 'lou', 'Close out')).toBe(
    `Only its department, its owner or an admin may close it out. Please ask <@${w.people.lena.id}>.`,
  )
  await act(w, 'fay', 1, 'Own it')
  expect(await told(w, 'lou', 'Log callback')).toContain(`Please ask <@${w.people.fay.id}>.`)
  expect(await told(w, 'rita', 'Close out')).toContain(`Please ask <@${w.people.fay.id}>.`)
  expect(w.slack.problems).toEqual([])
})

test('whoever takes it may act on it, and so may the reporter, the lead and an admin', async () => {
  const w = await world()
  await file(w)
  await act(w, 'dora', 1, 'Own it')
  for (const who of ['dora', 'rita', 'fred', 'fay', 'lena', 'otto'] as const) await opens(w, who, 'Log callback')
  await send(w, await form(w, 'dora', 1, 'Close out'), CLOSE_OUT)
  await send(w, await form(w, 'rita', 1, 'Reopen'), { Reason: 'They rang again.' })
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${w.people.dora.id}>`)
})

test('who goes there may record the arrival and how it went', async () => {
  const w = await world()
  await file(w)
  const plan = await form(w, 'fred', 1, 'Visit')
  await send(w, plan, { 'Who goes': w.people.lou.id, ETA: new Date(w.clock.now().getTime() + 10 * MINUTE) })
  expect(await told(w, 'dora', 'Arrived')).toContain('may record the arrival')
  await act(w, 'lou', 1, 'Arrived')
  await send(w, await form(w, 'lou', 1, 'Outcome'), { Outcome: 'Fixed', 'What was done': 'New valve.' })
  expect(await told(w, 'lou', 'Visit')).toContain('may plan a visit')
})

test('a form that was open meanwhile is refused when it is sent', async () => {
  const w = await world()
  await file(w)
  await act(w, 'lou', 1, 'Own it')
  const closing = await form(w, 'lou', 1, 'Close out')
  await closing.fill(CLOSE_OUT)
  const named = w.people.lou.id
  w.slack.setAbout('lou', { is_restricted: true })
  w.clock.move(5 * MINUTE)
  const sent = await closing.submit()
  expect(sent.outcome).toBe('errors')
  expect(JSON.stringify(sent.errors)).toContain("Guests of this workspace can't use Amends.")
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${named}>`)
})

test('guests, strangers and those who have left neither act nor see; one of the same organisation is one of us', async () => {
  const w = await world()
  await file(w)
  const guest = "Guests of this workspace can't use Amends."
  const stranger = 'Only people of this company can use Amends.'
  const refused = [
    ['fay', { is_restricted: true }, guest],
    ['fred', { is_ultra_restricted: true }, guest],
    ['lou', { is_stranger: true }, stranger],
    ['dora', { team_id: 'T0OTHER' }, stranger],
    ['lena', { deleted: true }, 'This account is deactivated'],
  ] as const
  for (const [who, about, words] of refused) {
    w.slack.setAbout(who, about)
    const person = w.people[who]
    for (const button of ['Own it', 'More']) expect(await told(w, who, button)).toContain(words)
    for (const typed of ['/complaint 1', '/complaint list', '/complaint find valve', '/complaint'])
      expect((await toldBy(w, person, () => person.command(typed, { channel: 'service' }))).text).toContain(words)
  }
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Nobody yet')
  w.slack.setAbout('otto', { team_id: 'T0OTHER', enterprise_user: { id: 'W1', enterprise_id: 'E1' } })
  await act(w, 'otto', 1, 'Own it')
  expect(w.slack.problems).toEqual([])
})

/** Presses a button whose form opens, and puts the form away. */
async function opens(w: World, who: Name, button: string, channel?: string) {
  expect((await form(w, who, 1, button, channel)).title).toContain(button)
  w.slack.views.clear(w.people[who].id)
}

test('while Slack does not say who is who, what it said last holds, and nobody is kept from helping', async () => {
  const w = await world()
  await file(w)
  for (const method of ['users.info', 'usergroups.list', 'users.conversations'])
    w.slack.faults.next({ kind: 'outage', method })
  // Nothing was ever said of lou: he counts as one of them.
  await opens(w, 'lou', 'Log callback')
  w.slack.faults.clear()
  w.clock.move(MINUTE)
  expect(await told(w, 'lou', 'Log callback')).toContain('may log a callback')
  // By now it is known who belongs there.
  for (const method of ['users.info', 'usergroups.list', 'users.conversations'])
    w.slack.faults.next({ kind: 'outage', method })
  w.clock.move(60 * MINUTE)
  expect(await told(w, 'lou', 'Log callback')).toContain('may log a callback')
  await opens(w, 'fay', 'Log callback')
})

test('the people of a usergroup that was deleted stay until others are named', async () => {
  const w = await world()
  await file(w)
  await opens(w, 'fay', 'Log callback')
  w.slack.removeUsergroup('S0MFG')
  w.clock.move(10 * MINUTE)
  await opens(w, 'fay', 'Log callback')
  expect(await told(w, 'lou', 'Log callback')).toContain('may log a callback')
})

test('a department that names nobody is who is in its channel', async () => {
  const w = await world({
    setup: (setup) => ({
      ...setup,
      departments: setup.departments.map((one) => (one.key === 'logistics' ? { ...one, lead: null } : one)),
    }),
    slack: {
      channels: [
        ...['service', 'manufacturing', 'design', 'company', 'ops'].map((name) => ({ name })),
        { name: 'logistics', members: ['lou', 'fred'] },
      ],
    },
  })
  await file(w, 'rita', { 'Department that can fix it': 'Logistics' })
  await opens(w, 'fred', 'Log callback', 'logistics')
  expect(await told(w, 'fay', 'Log callback', 'logistics')).toContain(`Please ask <@${w.people.otto.id}>.`)
})

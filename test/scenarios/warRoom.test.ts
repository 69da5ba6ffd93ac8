import { expect, test } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { SECOND } from '../../src/complaint/time.ts'
import { cardIn, file, type World, type WorldOptions, world } from '../support/world.ts'
import { act, CLOSE_OUT, expectNoRepeats, form, linesOf, more, send } from './support.ts'

const critical = (setup: Setup): Setup => ({
  ...setup,
  policy: { ...setup.policy, warRoom: { critical: true, people: setup.admins } },
})

const company = (options: WorldOptions = {}): Promise<World> => world({ setup: critical, ...options })

const roomNamed = async ({ slack }: World, name: string) => {
  const found = (await slack.channels()).find((channel) => channel.name === name)
  if (!found) throw new Error(`There is no #${name}: ${(await slack.channels()).map((one) => one.name)}`)
  return found
}

const rooms = async ({ slack }: World): Promise<string[]> =>
  (await slack.channels()).map(({ name }) => name).filter((name) => name.startsWith('complaint-'))

/** A try that Slack did not answer is made again after seconds. */
const retried = async (w: World): Promise<void> => {
  for (let at = 0; at < 4; at += 1) await w.pass(5 * SECOND)
}

test('a critical complaint gets a channel with the right people, archived at the close', async () => {
  const w = await company()
  const { slack, people } = w
  await file(w, 'rita', { Severity: 'Critical' })
  const room = await roomNamed(w, 'complaint-1-acme-corp')
  const everyone = [people.rita.id, people.lena.id, people.otto.id, slack.botUser]
  expect(room).toMatchObject({ isPrivate: false, isArchived: false })
  expect([...room.members].sort()).toEqual(everyone.sort())
  const [brief, ...others] = slack.messages(room.id)
  expect(others).toEqual([])
  expect(brief?.text).toContain('The valve does not fit.')
  expect(brief?.text).toContain(
    `/archives/${slack.channel('manufacturing')}/p${cardIn(w, 'manufacturing', 1).ts.replace('.', '')}`,
  )
  expect(slack.pinned(room.id)).toEqual([brief?.ts])
  expect(linesOf(w, 'manufacturing', 1)).toEqual([`The war room is open: <#${room.id}>.`])
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`War room: <#${room.id}>`)

  await act(w, 'fred', 1, 'Own it')
  expect((await roomNamed(w, room.name)).members).toContain(people.fred.id)

  // Handed over, who leads there comes in before anybody owns it.
  await send(w, await form(w, 'fred', 1, 'Hand over'), { Department: 'Logistics', Reason: 'It fell off the pallet.' })
  expect((await roomNamed(w, room.name)).members).toContain(people.lou.id)

  await send(w, await form(w, 'lou', 1, 'Close out', 'logistics'), CLOSE_OUT)
  expect(await roomNamed(w, room.name)).toMatchObject({ isArchived: true })
  expect(linesOf(w, 'logistics', 1).at(-1)).toContain(`What was said there can be read in <#${room.id}>`)
  expect(cardIn(w, 'logistics', 1).text).toContain(`War room (archived): <#${room.id}>`)
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('one that became critical gets it from More; after a reopening it gets another, pressed twice or not', async () => {
  const w = await company()
  const { slack, people } = w
  await file(w)
  const before = await form(w, 'fred', 1, 'More')
  expect(JSON.stringify(before.blocks)).not.toContain('War room')
  await before.close()
  await send(w, await more(w, 'fred', 1, 'Edit', 'Edit #1'), { Severity: 'Critical' })
  expect(await rooms(w)).toEqual([])

  const told = await more(w, 'fred', 1, 'War room', 'Amends')
  expect(JSON.stringify(told.blocks)).toContain('being made')
  slack.views.clear(people.fred.id)
  await w.settle()
  expect(await rooms(w)).toEqual(['complaint-1-acme-corp'])
  await (await form(w, 'fred', 1, 'More')).close()
  expect(JSON.stringify((await form(w, 'lena', 1, 'More')).blocks)).not.toContain('War room')
  slack.views.clear(people.lena.id)

  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  await send(w, await form(w, 'lena', 1, 'Reopen'), { Reason: 'It leaks again.' })
  const [fred, fay] = [await form(w, 'fred', 1, 'More'), await form(w, 'fay', 1, 'More')]
  await Promise.all([fred.press('War room', { copies: 2 }), fay.press('War room')])
  await w.settle()
  expect(await rooms(w)).toEqual(['complaint-1-acme-corp', 'complaint-1-acme-corp-2'])
  expect(slack.problems).toEqual([])
})

test('an answer that never comes whole makes no second channel, and no second word in it', async () => {
  const w = await company()
  const { slack } = w
  for (const kind of ['acceptThenReset', 'truncate', 'garble', 'resetBefore'] as const) {
    const before = (await rooms(w)).length
    for (const method of ['conversations.create', 'conversations.invite', 'pins.add'])
      slack.faults.next({ kind, method })
    const number = await file(w, 'rita', { Severity: 'Critical', Customer: kind })
    await retried(w)
    expect(slack.faults.left, kind).toBe(0)
    const name = `complaint-${number}-${kind.toLowerCase()}`
    expect((await rooms(w)).slice(before)).toEqual([name])
    const room = await roomNamed(w, name)
    expect(room.members, kind).toHaveLength(4)
    expect(slack.messages(room.id), kind).toHaveLength(1)
    expect(slack.pinned(room.id), kind).toHaveLength(1)
    slack.faults.next({ kind, method: 'conversations.archive' })
    await send(w, await form(w, 'fred', number, 'Close out'), CLOSE_OUT)
    await retried(w)
    expect(await roomNamed(w, name)).toMatchObject({ isArchived: true })
    expect(linesOf(w, 'manufacturing', number).filter((line) => line.includes('archived'))).toHaveLength(1)
  }
  expectNoRepeats(w)
})

test('a name that somebody else has taken gets a number', async () => {
  const w = await company()
  await w.slack.createChannel('complaint-1-acme-corp')
  await file(w, 'rita', { Severity: 'Critical' })
  const room = await roomNamed(w, 'complaint-1-acme-corp-2')
  expect(room.members).toContain(w.people.rita.id)
  expect((await roomNamed(w, 'complaint-1-acme-corp')).members).not.toContain(w.slack.botUser)
})

test('where Slack refuses, the thread says so in one line, and More offers it again', async () => {
  const w = await company()
  const { slack, people } = w
  for (const code of ['missing_scope', 'restricted_action', 'no_permission']) {
    slack.faults.next({ kind: 'error', code, method: 'conversations.create' })
    const number = await file(w, 'rita', { Severity: 'Critical' })
    const lines = linesOf(w, 'manufacturing', number)
    expect(lines, code).toHaveLength(1)
    expect(lines[0]).toMatch(/^The war room could not be opened: .*War room/)
    expect(slack.messages('ops'), code).toEqual([])
    await more(w, 'fred', number, 'War room', 'Amends')
    await w.settle()
    expect((await rooms(w)).at(-1)).toBe(`complaint-${number}-acme-corp`)
    slack.views.clear(people.fred.id)
  }
  expect(await rooms(w)).toHaveLength(3)
  expect(slack.problems).toEqual([])
})

test('those who have left are passed over, and pins that are refused hold nothing up', async () => {
  const w = await company()
  const { slack, people } = w
  await slack.removeUser('lena')
  slack.faults.next({ kind: 'error', code: 'missing_scope', method: 'pins.add' })
  await file(w, 'rita', { Severity: 'Critical' })
  const room = await roomNamed(w, 'complaint-1-acme-corp')
  expect([...room.members].sort()).toEqual([people.rita.id, people.otto.id, slack.botUser].sort())
  expect(slack.messages(room.id)).toHaveLength(1)
  await act(w, 'fred', 1, 'Own it')
  expect((await roomNamed(w, room.name)).members).toContain(people.fred.id)
  expect(slack.messages('ops')).toEqual([])
})

test('closed while the channel is being made: it is archived as soon as it is there', async () => {
  const w = await company()
  const { slack } = w
  for (let at = 0; at < 3; at += 1) slack.faults.next({ kind: 'http', status: 503, method: 'conversations.create' })
  await file(w, 'rita', { Severity: 'Critical' })
  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  await retried(w)
  const made = await rooms(w)
  for (const name of made) expect(await roomNamed(w, name)).toMatchObject({ isArchived: true })
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Closed: Fixed')
})

test('a channel that somebody has archived already, or put Amends out of, ends quietly', async () => {
  const w = await company()
  const { slack } = w
  await file(w, 'rita', { Severity: 'Critical' })
  await slack.archive('complaint-1-acme-corp')
  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  expect(slack.messages('ops')).toEqual([])

  await file(w, 'rita', { Severity: 'Critical', Customer: 'Bolt' })
  await slack.kick('complaint-2-bolt', slack.botUser)
  await send(w, await form(w, 'fred', 2, 'Close out'), CLOSE_OUT)
  expect(slack.messages('ops')).toEqual([])
  expect(cardIn(w, 'manufacturing', 2).text).toContain('War room: <#')
})

test('where the policy knows no war rooms there is none', async () => {
  const w = await world()
  await file(w, 'rita', { Severity: 'Critical' })
  expect(await rooms(w)).toEqual([])
  expect(JSON.stringify((await form(w, 'fred', 1, 'More')).blocks)).not.toContain('War room')
})

import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/complaint/time.ts'
import type { SandboxMessage } from '../../src/sandbox/slack.ts'
import { cardIn, file, type Name, type World, world } from '../support/world.ts'
import {
  act,
  CLOSE_OUT,
  expectNoRepeats,
  form,
  linesOf,
  more,
  posted,
  REACHED,
  REPORT,
  send,
  toldBy,
  WORDS,
} from './support.ts'

const ROOM = 'complaint-1-confidential'
const SECRET = 'The crane fell, and somebody is hurt.'
const CRITICAL = {
  Severity: 'Critical',
  Customer: 'Hush & Co',
  [WORDS]: SECRET,
  'Who to call back, and how': '555 0166',
}

/** A critical complaint that fred owns, made confidential by its reporter, who names dora. */
async function confidential(w: World, people: readonly Name[] = ['dora']): Promise<void> {
  await file(w, 'rita', CRITICAL)
  await act(w, 'fred', 1, 'Own it')
  const modal = await more(w, 'rita', 1, 'Confidential', 'Confidential #1')
  await send(w, modal, { 'Who else may see it?': people.map((name) => w.people[name].id) })
}

const tells = (message: SandboxMessage): boolean => /Hush|crane|555 0166/.test(JSON.stringify(message))

/** What of it everybody can read. */
const open = ({ slack, setup }: World) =>
  [...setup.departments.map(({ channel }) => channel), setup.channels.company, setup.channels.fallback]
    .flatMap((channel) => slack.messages(channel))
    .filter(tells)

const membersOf = async ({ slack }: World, name = ROOM) => {
  const channel = (await slack.channels()).find((one) => one.name === name) ?? expect.fail(`no ${name}`)
  return channel.members.filter((id) => id !== slack.botUser).sort()
}

const named = (w: World, ...names: Name[]) => names.map((name) => w.people[name].id).sort()

test('its card goes to a private channel with those it concerns, and a bare line stays behind', async () => {
  const w = await world()
  await confidential(w)
  const { slack } = w

  const room = (await slack.channels()).find(({ name }) => name === ROOM)
  expect(room).toMatchObject({ isPrivate: true, isArchived: false })
  // rita filed it, fred owns it, lena leads its department, otto is an admin, dora was named.
  expect(await membersOf(w)).toEqual(expect.arrayContaining(named(w, 'rita', 'fred', 'lena', 'otto', 'dora')))
  expect(await membersOf(w)).not.toEqual(expect.arrayContaining(named(w, 'fay')))
  const card = cardIn(w, ROOM, 1)
  expect(card.text).toContain(SECRET)
  expect(card.text).toContain('555 0166')
  expect(linesOf(w, ROOM, 1).join()).toContain('It is dealt with in')

  expect(open(w)).toEqual([])
  const left = slack.messages(slack.channel('manufacturing'))
  expect(left.map(({ text }) => text)).toEqual(['*#1* is confidential; those it concerns are told.'])

  // It goes on there.
  await send(w, await form(w, 'fred', 1, 'Log callback', ROOM), REACHED)
  expect(linesOf(w, ROOM, 1).at(-1)).toContain('reached the customer')
  await w.pass(30 * HOUR)
  expect(linesOf(w, ROOM, 1).some((text) => text.includes('promised a call'))).toBe(true)
  expect(slack.messages(slack.channel('company')).map(({ text }) => text)).toEqual(
    expect.arrayContaining(['*#1* is confidential, and what was promised is overdue; those it concerns are told.']),
  )
  await send(w, await form(w, 'fred', 1, 'Close out', ROOM), CLOSE_OUT)
  expect(slack.directMessages(w.people.rita.id).at(-1)?.text).toContain('is closed')
  expect(open(w)).toEqual([])
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('whatever it left anywhere before is taken back; what there is to see goes along', async () => {
  const w = await world({
    setup: (setup) => ({ ...setup, policy: { ...setup.policy, warRoom: { critical: true, people: [] } } }),
  })
  const { slack, people } = w
  const service = slack.channel('service')
  const ts = await slack.say('lou', 'service', 'Somebody rang.')
  await people.rita.messageShortcut('file_as_complaint', service, ts)
  const { 'Who to call back, and how': contact, ...rest } = CRITICAL
  const reported = { ...REPORT, ...rest, 'Who to call back, and how': contact, 'Photos or files': ['hush.jpg'] }
  await send(w, await people.rita.waitForModal(), reported)
  // Nobody takes it: the company hears. It is handed over, and the same is filed again.
  await w.pass(21 * MINUTE)
  await send(w, await form(w, 'fred', 1, 'Hand over'), { Department: 'Logistics', Reason: 'The crane is theirs.' })
  await file(w, 'fay', { Customer: 'Hush & Co' })
  await send(w, await more(w, 'fay', 2, 'Duplicate', 'Duplicate'), { 'Which complaint is #2 the same as?': '#1' })
  await w.pass(21 * MINUTE)
  const before = open(w).filter(({ text }) => !text.includes('#2'))
  const channels = new Set(before.map(({ channel }) => channel))
  for (const name of ['logistics', 'company']) expect(channels).toContain(slack.channel(name))

  await send(w, await more(w, 'rita', 1, 'Confidential', 'Confidential #1', 'logistics'), {})
  expect(open(w).filter(({ text }) => !text.includes('#2'))).toEqual([])
  expect(slack.thread(service, ts)).toHaveLength(1)
  for (const name of ['manufacturing', 'logistics']) {
    const [left] = slack.messages(slack.channel(name))
    expect(left?.text).toBe('*#1* is confidential; those it concerns are told.')
  }
  const warRoom = (await slack.channels()).find(({ name }) => name === 'complaint-1-hush-co')
  expect(warRoom).toMatchObject({ isArchived: true })
  expect(slack.messages(warRoom?.id ?? '').filter(tells)).toEqual([])
  const shown = slack.thread(slack.channel(ROOM), cardIn(w, ROOM, 1).ts).flatMap(({ blocks }) => blocks)
  expect(shown).toContainEqual(expect.objectContaining({ type: 'image', alt_text: 'hush.jpg' }))

  // Whoever filed the duplicate is none of those it concerns: that it is over is told, with thanks, and no more.
  await act(w, 'lou', 1, 'Own it', ROOM)
  await send(w, await form(w, 'lou', 1, 'Close out', ROOM), CLOSE_OUT)
  const heard = slack.directMessages(people.fay.id).at(-1)
  expect(heard?.text).toContain('#2 is the same complaint as #1, which is closed. That one is confidential')
  expect(heard?.text).toContain('Thank you')
  expect(JSON.stringify(heard)).not.toMatch(/crane|Replaced the valve|Defective/)
  expect(open(w).filter(({ text }) => !text.includes('#2'))).toEqual([])
  // It is theirs to split off all the same.
  await (await form(w, 'fay', 2, 'More')).press('Split')
  await slack.until(() => (linesOf(w, 'manufacturing', 2).at(-2)?.includes('split it off') ? true : undefined))
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('others see that it is there, and no more; those it concerns change with the department', async () => {
  const w = await world()
  await confidential(w)
  const { people } = w
  const asks = async (name: Name, typed: string) =>
    (await toldBy(w, people[name], () => people[name].command(typed, { channel: 'company' }))).text

  for (const name of ['fay', 'lou'] as const) {
    expect(await asks(name, '/complaint 1')).toBe(
      `It is confidential: only those it concerns see it. If you are one of them, ask <@${people.lena.id}>.`,
    )
    expect(await asks(name, '/complaint list')).toMatch(/#1 · Confidential\nManufacturing/)
    for (const typed of ['/complaint find crane', '/complaint find Hush'])
      expect(await asks(name, typed)).toContain('Nothing to list here')
  }
  for (const name of ['rita', 'fred', 'lena', 'otto', 'dora'] as const) {
    expect(await asks(name, '/complaint 1')).toContain('555 0166')
    expect(await asks(name, '/complaint list')).toContain('Hush')
    expect(await asks(name, '/complaint find crane')).toContain('Hush')
  }

  // A hand-over takes the new department's lead in, and the old one's out.
  await send(w, await form(w, 'fred', 1, 'Hand over', ROOM), {
    Department: 'Logistics',
    Reason: 'They packed it.',
  })
  expect(await membersOf(w)).toEqual(expect.arrayContaining(named(w, 'lou')))
  expect(await membersOf(w)).not.toEqual(expect.arrayContaining(named(w, 'fred')))
  expect(cardIn(w, ROOM, 1).text).toContain('Logistics')
  expect(open(w)).toEqual([])
  expect(w.slack.messages(w.slack.channel('logistics'))).toEqual([])
  // Nobody owns it: its lead is called at once and once more, and no usergroup.
  expect(linesOf(w, ROOM, 1).at(-1)).toContain(`<@${w.people.lou.id}> Who takes it?`)
  await w.pass(6 * MINUTE)
  expect(linesOf(w, ROOM, 1).at(-1)).toContain(`<@${w.people.lou.id}>`)
  expect(linesOf(w, ROOM, 1).join()).not.toContain('subteam')
  expect(w.slack.problems).toEqual([])
})

test('a form that somebody had open when it became confidential is refused', async () => {
  const w = await world()
  await file(w, 'rita', CRITICAL)
  const open = await form(w, 'fay', 1, 'Log callback')
  await open.fill(REACHED)
  await send(w, await more(w, 'rita', 1, 'Confidential', 'Confidential #1'), {})
  const sent = await open.submit()
  expect(sent.outcome).toBe('errors')
  expect(JSON.stringify(sent.errors)).toContain('It is confidential')
})

test('names can be added and taken away, whoever goes there comes in; lifted, its card is the department’s again', async () => {
  const w = await world()
  await confidential(w)
  const again = await more(w, 'fred', 1, 'Confidential', 'Confidential #1', ROOM)
  await send(w, again, { 'Who else may see it?': [w.people.lou.id] })
  expect(await membersOf(w)).not.toEqual(expect.arrayContaining(named(w, 'dora')))
  expect(await membersOf(w)).toEqual(expect.arrayContaining(named(w, 'lou')))

  const visit = await form(w, 'fred', 1, 'Visit', ROOM)
  await send(w, visit, { 'Who goes': w.people.fay.id, ETA: new Date(w.clock.now().getTime() + HOUR) })
  expect(await membersOf(w)).toEqual(expect.arrayContaining(named(w, 'fay')))
  await act(w, 'fay', 1, 'Arrived', ROOM)

  const modal = await more(w, 'fred', 1, 'Confidential', 'Confidential #1', ROOM)
  await send(w, modal, { 'Who may see it?': 'Everybody in the company again' })
  const card = cardIn(w, 'manufacturing', 1)
  expect(card.text).toContain(SECRET)
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('showed it to everybody again')
  const fay = await toldBy(w, w.people.fay, () => w.people.fay.command('/complaint 1', { channel: 'company' }))
  expect(fay.text).toContain(SECRET)
  expect(
    w.slack
      .messages(w.slack.channel(ROOM))
      .filter(({ thread_ts }) => !thread_ts)
      .at(-1)?.text,
  ).toContain('*#1* is now with Manufacturing.')
  // Again, in a channel of its own.
  await send(w, await more(w, 'fred', 1, 'Confidential', 'Confidential #1'), {})
  expect(cardIn(w, `${ROOM}-2`, 1).text).toContain(SECRET)
  expect(open(w)).toEqual([])
  expect(w.slack.problems).toEqual([])
})

test('where no channel may be made, its owner and lead have a direct message', async () => {
  const w = await world()
  w.slack.faults.next({ kind: 'error', method: 'conversations.create', code: 'missing_scope', times: 9 })
  await confidential(w)
  const opened = w.slack.callsTo('conversations.open').map(({ args }) => args.users)
  expect(opened).toContain([w.people.fred.id, w.people.lena.id].join())
  const [card] = w.slack.everything().filter(({ text }) => text.includes(SECRET) && text.includes('Owner'))
  expect(card?.channel).not.toBe(w.slack.channel('manufacturing'))
  expect(open(w)).toEqual([])
})

test('where not even that is allowed, its owner is told alone', async () => {
  const w = await world()
  w.slack.faults.next({ kind: 'error', method: 'conversations.create', code: 'restricted_action' })
  w.slack.faults.next({ kind: 'error', method: 'conversations.open', code: 'missing_scope' })
  await confidential(w)
  expect(w.slack.faults.left).toBe(0)
  const told = w.slack.directMessages(w.people.fred.id).map(({ text }) => text)
  expect(told.some((text) => text.includes(SECRET))).toBe(true)
  expect(told.join()).toContain('only some people make private channels')
  expect(open(w)).toEqual([])
})

test('where its channel is archived by hand, nothing goes where everybody reads', async () => {
  const w = await world()
  await confidential(w)
  await w.slack.archive(w.slack.channel(ROOM))
  await w.pass(4 * HOUR)
  expect(open(w)).toEqual([])
  expect(w.slack.directMessages(w.people.fred.id).some(({ text }) => text.includes('promised a call'))).toBe(true)
})

test('the digest counts it, and names it nowhere', async () => {
  const w = await world()
  await confidential(w)
  await w.pass(7 * 24 * HOUR)
  const digests = posted(w).filter(({ text }) => text.includes('Weekly digest'))
  expect(digests.length).toBeGreaterThan(1)
  for (const digest of digests) {
    expect(tells(digest)).toBe(false)
    expect(digest.text).not.toContain('#1')
  }
  expect(posted(w).some(({ text }) => /\*Filed:\* 1\b/.test(text))).toBe(true)
  expect(open(w)).toEqual([])

  // What becomes confidential later is taken back from the digests that named it.
  await file(w, 'rita', CRITICAL)
  await act(w, 'fred', 2, 'Own it')
  await w.pass(7 * 24 * HOUR)
  const naming = posted(w).filter(({ text }) => /(digest|longest)[\s\S]*#2/.test(text))
  expect(naming.length).toBeGreaterThan(2)
  await send(w, await more(w, 'rita', 2, 'Confidential', 'Confidential #2'), {})
  for (let at = 0; at < 3; at += 1) await w.pass(MINUTE)
  const left = posted(w).filter(({ ts }) => naming.some((one) => one.ts === ts))
  expect(left).toHaveLength(naming.length)
  for (const message of left) expect(JSON.stringify([message.text, message.blocks])).not.toMatch(/#2|Hush/)
  expect(left.some(({ text }) => text.includes('*2 overdue*'))).toBe(true)
  expect(open(w)).toEqual([])
  expect(w.slack.problems).toEqual([])
})

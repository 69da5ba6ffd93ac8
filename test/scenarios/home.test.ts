import { expect, test } from 'vitest'
import type { Department } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE, SECOND } from '../../src/complaint/time.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { objectOf, text } from '../../src/sandbox/json.ts'
import { InForce } from '../../src/store/inForce.ts'
import { anyKind } from '../support/databases.ts'
import { openMany } from '../support/many.ts'
import { INSIDER } from '../support/setups.ts'
import { cardIn, file, type Name, type World, withDatabase, world } from '../support/world.ts'
import { CLOSE_OUT, REACHED, seeing, send } from './support.ts'

const homeOf = (w: World, who: Name) => w.people[who].home() ?? expect.fail(`${who} sees no Home`)
const shown = (w: World, who: Name): string => JSON.stringify(homeOf(w, who).blocks)

async function open(w: World, who: Name): Promise<void> {
  await w.people[who].openHome()
  await w.settle()
}

/** Numbers of the complaints that stand under a header, until the next one. */
function under(w: World, who: Name, header: string): string[] {
  const found: string[] = []
  let isThere = false
  for (const block of homeOf(w, who).blocks) {
    if (block.type === 'header') isThere = text(objectOf(block.text).text).startsWith(header)
    const number = block.type === 'rich_text' && /#\d+/.exec(JSON.stringify(block))?.[0]
    if (isThere && number) found.push(number)
  }
  return found
}

/** Presses a button of one complaint in one list. */
const press = (w: World, who: Name, block: string, action: string) =>
  w.people[who].use(homeOf(w, who), block, action, {})

const choose = async (w: World, who: Name, menu: string, choice: string) => {
  await w.people[who].press(homeOf(w, who), menu, { choose: choice })
  await w.settle()
}

const published = ({ slack }: World) => slack.callsTo('views.publish').length

test('everybody has what they own, filed, and can do; leads what nobody owns, and who has how much', async () => {
  const w = await world({ mode: 'socket' })
  const { people, slack } = w
  await file(w)
  await file(w, 'rita', { Customer: 'Bolt Ltd', Severity: 'Critical', 'Who to call back, and how': 'Anna, 555 0100' })

  await open(w, 'fred')
  expect(shown(w, 'fred')).toContain('You own no open complaint.')
  await open(w, 'rita')
  expect(under(w, 'rita', 'What I filed')).toEqual(['#1', '#2'])
  await open(w, 'lena')
  expect(under(w, 'lena', 'Nobody owns')).toEqual(['#1', '#2'])
  expect(shown(w, 'lena')).toContain('2 open · 2 that nobody owns')
  // The card is a click away, and who to call back is not told outside it.
  expect(shown(w, 'lena')).toContain(`/archives/${slack.channel('manufacturing')}/p`)
  for (const who of ['lena', 'rita'] as const) expect(shown(w, who)).not.toContain('555 0100')

  await press(w, 'lena', 'unowned:1', 'own')
  await w.pass(SECOND)
  expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${people.lena.id}>`)
  expect(under(w, 'lena', 'What I own')).toEqual(['#1'])
  expect(under(w, 'lena', 'Nobody owns')).toEqual(['#2'])
  expect(shown(w, 'lena')).toContain(`<@${people.lena.id}>: 1 open`)

  // What is refused is told: somebody else was first.
  await people.fred.press(cardIn(w, 'manufacturing', 2), 'Own it')
  await w.settle()
  await press(w, 'lena', 'unowned:2', 'own')
  const notice = await seeing(w, people.lena, 'Amends')
  expect(JSON.stringify(notice.blocks)).toContain('owns it already.')
  await notice.close()
  await w.pass(SECOND)
  expect(under(w, 'fred', 'What I own')).toEqual(['#2'])

  // Forms open from here as they do from the card, and what stands behind "More" as well.
  await press(w, 'lena', 'owned:1', 'more')
  await (await seeing(w, people.lena, 'More on #1')).press('Timeline')
  await (await seeing(w, people.lena, 'Timeline of #1')).close()
  await people.lena.modal().close()
  await press(w, 'rita', 'filed:1', 'log_callback')
  await send(w, await people.rita.waitForModal('log_callback'), REACHED)
  await press(w, 'lena', 'owned:1', 'close_out')
  await send(w, await people.lena.waitForModal('close_out'), CLOSE_OUT)
  await w.pass(SECOND)
  expect(under(w, 'lena', 'What I own')).toEqual([])
  expect(under(w, 'rita', 'What I filed')).toEqual(['#2', '#1'])
  expect(shown(w, 'rita')).toContain('Closed: Fixed')
  await press(w, 'rita', 'filed:1', 'reopen')
  await send(w, await people.rita.waitForModal('reopen'), { Reason: 'It leaks again.' })
  await w.pass(SECOND)
  expect(under(w, 'lena', 'What I own')).toEqual(['#1'])
  // A reporter logs a call, but closes nothing.
  expect(shown(w, 'rita')).toContain('"log_callback"')
  expect(shown(w, 'rita')).not.toContain('"close_out"')

  await people.rita.press(homeOf(w, 'rita'), 'File a complaint')
  await people.rita.waitForModal('file_complaint')
  await open(w, 'otto')
  expect(shown(w, 'otto')).toContain('4 departments, 3 root causes. Without a lead: Customer service.')
  expect(slack.problems).toEqual([])
})

test('a change is seen within 2 s, a burst of them at once, and what changes nothing is not drawn', async () => {
  const named = (department: Department): Department =>
    department.group === null ? { ...department, members: [department.lead ?? 'U0NOBODY'] } : department
  const w = await world({ setup: (setup) => ({ ...setup, departments: setup.departments.map(named) }) })
  const { slack, people, clock } = w
  for (const customer of ['A', 'B', 'C', 'D', 'E']) await file(w, 'rita', { Customer: customer })
  for (const who of ['lena', 'fay', 'rita'] as const) await open(w, who)
  const before = published(w)
  clock.move(SECOND)
  for (const number of [1, 2, 3, 4, 5]) await people.fred.press(cardIn(w, 'manufacturing', number), 'Own it')
  // Two seconds later by the world's clock, with nobody asking for it; how busy this machine is does not count.
  clock.move(SECOND)
  await slack.until(() => (under(w, 'lena', 'Nobody owns').length === 0 ? true : undefined), { withinMs: 15_000 })
  await w.pass(SECOND)
  expect(shown(w, 'fay')).toContain('5 open')
  expect(shown(w, 'fay')).not.toContain('that nobody owns')
  // Five changes seen by three people: far fewer drawings than fifteen.
  expect(published(w) - before).toBeLessThanOrEqual(9)

  // The sign of life of an owner changes nothing that is shown; nor is anything drawn for a change elsewhere.
  const then = published(w)
  await w.settle()
  await file(w, 'rita', { 'Department that can fix it': 'Logistics' })
  await w.pass(SECOND)
  const drawnFor = slack
    .callsTo('views.publish')
    .slice(then)
    .map(({ args }) => text(args.user_id))
  expect(new Set(drawnFor)).toEqual(new Set([people.rita.id]))

  // What somebody looked at yesterday tells nothing any more, and is drawn when they look again.
  await w.pass(13 * HOUR)
  expect(homeOf(w, 'lena').blocks).toHaveLength(2)
  await w.people.fay.press(homeOf(w, 'fay'), 'Show it as it is now')
  await w.settle()
  expect(shown(w, 'fay')).toContain('5 open')
  const later = published(w)
  await people.fred.press(cardIn(w, 'manufacturing', 1), 'Close out')
  await send(w, await people.fred.waitForModal('close_out'), CLOSE_OUT)
  await w.pass(SECOND)
  const drawnThen = slack.callsTo('views.publish').slice(later)
  expect(drawnThen.map(({ args }) => text(args.user_id))).not.toContain(people.lena.id)
  await open(w, 'lena')
  expect(shown(w, 'lena')).toContain('4 open')
  expect(slack.problems).toEqual([])
})

test('a deadline that passes is seen, with nobody doing anything', async () => {
  const w = await world()
  await file(w)
  await open(w, 'lena')
  expect(under(w, 'lena', 'Overdue')).toEqual([])
  await w.pass(4 * HOUR - MINUTE)
  expect(under(w, 'lena', 'Overdue')).toEqual([])
  await w.pass(MINUTE)
  expect(under(w, 'lena', 'Overdue')).toEqual(['#1'])
  expect(shown(w, 'lena')).toContain('*1 overdue*')

  // So is what another process does, which wakes nobody here.
  if (anyKind() === 'postgres') {
    const command = { kind: 'own', by: w.people.fred.id } as const
    const request = { workspace: w.slack.team, number: 1, view: null, asker: INSIDER, command }
    await withDatabase(w.place, (db) => changeComplaint(db, new InForce(), request, w.clock.now()))
    w.clock.move(SECOND)
    await w.slack.until(() => (under(w, 'lena', 'Nobody owns').length === 0 ? true : undefined), { withinMs: 15_000 })
  }
  expect(w.slack.problems).toEqual([])
})

test('a thousand open: what was chosen stays, also after a restart; pages turn', async () => {
  const w = await world()
  const { people, slack } = w
  await withDatabase(w.place, (db) =>
    openMany(db, slack.team, w.setup, { count: 1000, owner: people.fred.id, reporter: people.rita.id }, w.clock.now()),
  )
  await open(w, 'fred')
  expect(shown(w, 'fred')).toContain('What I own (1000)')
  expect(under(w, 'fred', 'What I own')).toEqual(['#1', '#2', '#3', '#4', '#5'])
  await people.fred.press(homeOf(w, 'fred'), 'See all 1000')
  await w.settle()
  expect(under(w, 'fred', 'What I own')).toHaveLength(15)
  await people.fred.press(homeOf(w, 'fred'), 'Next')
  await w.settle()
  expect(shown(w, 'fred')).toContain('16 to 30 of 1000')
  expect(under(w, 'fred', 'What I own')[0]).toBe('#16')
  // A change does not turn the page back.
  await press(w, 'fred', 'owned:16', 'log_callback')
  await send(w, await people.fred.waitForModal('log_callback'), { ...REACHED })
  await w.pass(SECOND)
  expect(shown(w, 'fred')).toContain('16 to 30 of 1000')

  await choose(w, 'fred', 'Severity', 'Critical')
  expect(shown(w, 'fred')).toContain('Nothing, with what is chosen above.')
  await choose(w, 'fred', 'Severity', 'Normal')
  await choose(w, 'fred', 'Department', 'Manufacturing')
  expect(shown(w, 'fred')).toContain('1 to 15 of 1000')
  await w.restart()
  await open(w, 'fred')
  expect(homeOf(w, 'fred').blocks[0]?.block_id).toBe('filters:owned:manufacturing:normal')
  expect(under(w, 'fred', 'What I own')).toHaveLength(15)
  await w.people.fred.press(homeOf(w, 'fred'), 'Back to the overview')
  await w.settle()
  expect(shown(w, 'fred')).toContain('What I filed')
  await open(w, 'lena')
  await w.people.lena.press(homeOf(w, 'lena'), 'See them')
  await w.settle()
  expect(shown(w, 'lena')).toContain('In my departments (1000)')
  expect(shown(w, 'lena').length).toBeLessThan(100_000)
  expect(slack.problems).toEqual([])
}, 60_000)

test('guests see why there is none, so does everybody before anything is in force; other tabs and repeats are nothing', async () => {
  const bare = await world({ unconfigured: true })
  await open(bare, 'fred')
  expect(shown(bare, 'fred')).toContain('not set up')

  const w = await world()
  w.slack.setAbout('fay', { is_restricted: true })
  await open(w, 'fay')
  expect(shown(w, 'fay')).toContain('Guests of this workspace')
  expect(homeOf(w, 'fay').blocks).toHaveLength(1)

  const event = (tab: string) => ({ type: 'app_home_opened', user: w.people.fred.id, channel: 'D1', tab })
  await w.people.fred.event(event('messages'))
  await w.settle()
  expect(w.people.fred.home()).toBeUndefined()
  const before = published(w)
  await w.people.fred.event(event('home'), { copies: 2 })
  await w.settle()
  expect(published(w) - before).toBe(1)
  expect(w.slack.problems).toEqual([])
})

test('an answer that was lost, a late call, a limit, a refusal: in the end it is as it should be', async () => {
  const w = await world()
  const { slack, people } = w
  await file(w)
  slack.faults.next({ kind: 'acceptThenReset', method: 'views.publish' })
  await open(w, 'lena')
  await w.pass(5 * SECOND)
  expect(under(w, 'lena', 'Nobody owns')).toEqual(['#1'])
  slack.faults.next({ kind: 'rateLimit', method: 'views.publish', retryAfter: 3 })
  await people.fred.press(cardIn(w, 'manufacturing', 1), 'Own it')
  await w.pass(SECOND)
  expect(under(w, 'lena', 'Nobody owns')).toEqual(['#1'])
  await w.pass(5 * SECOND)
  expect(under(w, 'lena', 'Nobody owns')).toEqual([])
  // Its hash is Slack's; where another one stands there, ours takes its place all the same.
  slack.homes.set(people.lena.id, { ...homeOf(w, 'lena'), hash: 'another' })
  await file(w, 'rita', { Customer: 'Bolt' })
  await w.pass(SECOND)
  expect(under(w, 'lena', 'Nobody owns')).toEqual(['#2'])

  // Refused for good: nothing goes anywhere else, and nothing is tried before they look again.
  slack.faults.next({ kind: 'error', method: 'views.publish', code: 'not_enabled' })
  await people.fred.press(cardIn(w, 'manufacturing', 2), 'Own it')
  await w.pass(SECOND)
  const before = published(w)
  await file(w, 'rita', { Customer: 'Cog' })
  await w.pass(SECOND)
  expect(published(w)).toBe(before)
  expect(slack.messages('ops')).toEqual([])
  await open(w, 'lena')
  expect(under(w, 'lena', 'Nobody owns')).toEqual(['#3'])
  expect(slack.problems).toEqual([])
})

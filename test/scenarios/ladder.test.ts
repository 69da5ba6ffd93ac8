import { expect, test } from 'vitest'
import type { Department } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE, SECOND } from '../../src/complaint/time.ts'
import { hours } from '../support/setups.ts'
import { cardIn, file, type World, type WorldOptions, world } from '../support/world.ts'
import { act, expectNoRepeats, form, linesOf, send, unix } from './support.ts'

/** A working day, far from the reminders: the call is promised for 20 hours later. */
const START = '2026-03-04T15:00:00Z'

const manufacturing = (about: (w: { id: (name: string) => string }) => Partial<Department>): WorldOptions => ({
  start: START,
  setup: (setup) => {
    const lead = (key: string) => setup.departments.find((one) => one.key === key)?.lead ?? ''
    const id = (name: string) => lead({ lena: 'manufacturing', lou: 'logistics', dora: 'design' }[name] ?? '')
    const changed = about({ id })
    return {
      ...setup,
      departments: setup.departments.map((one) => (one.key === 'manufacturing' ? { ...one, ...changed } : one)),
    }
  },
})

/** On a machine that is busy with others. */
const PATIENCE = { withinMs: 8000 }

const later = (hours: number) => new Date(Date.parse(START) + hours * HOUR)
const filed = (w: World) => file(w, 'rita', { 'Call back promised by': later(20) })

const calls = (w: World, number = 1): string[] =>
  linesOf(w, 'manufacturing', number).filter((text) => text.includes('Who takes it?'))
const inCompany = (w: World): string[] => w.slack.messages(w.slack.channel('company')).map(({ text }) => text)
const card = (w: World, number = 1): string => cardIn(w, 'manufacturing', number).text

test('nobody takes it: the group, the lead, the company, each once, through restarts, and the card says who is next', async () => {
  const w = await world({ start: START })
  const lena = `<@${w.people.lena.id}>`
  await filed(w)
  const at = (minutes: number) => `<!date^${unix(new Date(Date.parse(START) + minutes * MINUTE))}^`
  expect(card(w)).toContain('Calling <!subteam^S0MFG>: who takes it?')
  expect(card(w)).toContain(`If nobody takes it: the department again, ${at(15)}`)

  await w.pass(15 * MINUTE - SECOND)
  expect(calls(w)).toEqual([])
  await w.pass(SECOND)
  await w.restart()
  await w.settle()
  expect(calls(w)).toEqual([
    expect.stringMatching(/^#1 .*\n<!subteam\^S0MFG> Nobody has taken it for 15 min\. Who takes it\?/),
  ])
  expect(card(w)).toContain(`If nobody takes it: the lead, ${at(30)}`)

  // Down over the next rung: it comes late, and once.
  await w.pass(14 * MINUTE)
  expect(calls(w)).toHaveLength(1)
  w.clock.move(11 * MINUTE)
  await w.restart()
  await w.settle()
  expect(calls(w)).toHaveLength(2)
  expect(calls(w)[1]).toContain(`${lena} Nobody has taken it for 40 min.`)
  expect(card(w)).toContain(`Calling ${lena}: who takes it?`)
  expect(card(w)).toContain(`If nobody takes it: the company channel, ${at(60)}`)
  expect(inCompany(w)).toEqual([])

  await w.pass(20 * MINUTE)
  await w.pass(MINUTE)
  expect(calls(w)).toHaveLength(3)
  expect(inCompany(w)).toEqual([expect.stringContaining('Nobody in Manufacturing has taken it for 1 h. Who can?')])
  expect(card(w)).not.toContain('If nobody takes it')

  // Taken from the call itself: every call says so, and nothing more comes.
  const last = w.slack
    .thread(w.slack.channel('manufacturing'), cardIn(w, 'manufacturing', 1).ts)
    .findLast(({ text }) => text.includes('Who takes it?'))
  if (!last) throw new Error('Nobody is called')
  await w.people.fay.press(last, 'Own it')
  await w.slack.until(() => (card(w).includes(`*Owner*\n<@${w.people.fay.id}>`) ? true : undefined), PATIENCE)
  await w.settle()
  const done = `Done: <@${w.people.fay.id}> owns it.`
  expect(linesOf(w, 'manufacturing', 1).filter((text) => text.includes(done))).toHaveLength(3)
  expect(inCompany(w)).toEqual([expect.stringContaining(done)])
  expect(calls(w)).toEqual([])
  expectNoRepeats(w)
  expect(w.slack.problems).toEqual([])
})

test('whoever is away or has left is passed over, and the card says so; where Slack does not say, everybody is called', async () => {
  const w = await world(manufacturing(({ id }) => ({ deputy: id('dora') })))
  const { slack, people } = w
  const [lena, dora] = [`<@${people.lena.id}>`, `<@${people.dora.id}>`]
  const now = () => unix(w.clock.now())
  const rung = async (minutes: number) => {
    await w.pass(minutes * MINUTE)
    return calls(w, number).at(-1)
  }
  let number = await filed(w)

  // The usergroup was deleted, and the lead does not want to be disturbed.
  slack.removeUsergroup('S0MFG')
  slack.setDoNotDisturb('lena', { dnd_enabled: true, next_dnd_start_ts: now(), next_dnd_end_ts: now() + 3600 })
  expect(await rung(15)).toContain(`${dora} Nobody has taken it for 15 min.`)
  const over = 'The usergroup is no longer there · The lead is away'
  expect(calls(w)[0]).toContain(over)
  expect(card(w)).toContain(`Calling ${dora}: who takes it?`)
  expect(card(w)).toContain(over)
  // Nobody is left: the company hears of it before its turn.
  slack.setAbout('dora', { profile: { status_emoji: ':palm_tree:', status_expiration: now() + 3600 } })
  expect(await rung(15)).toContain('The lead is away · The deputy is away')
  expect(inCompany(w)).toHaveLength(1)
  await w.pass(40 * MINUTE)
  expect(inCompany(w)).toHaveLength(1)
  expect(calls(w)).toHaveLength(2)

  // The do-not-disturb is over, the deputy has left the company; a status that has run out counts for nothing.
  number = await filed(w)
  await w.slack.removeUser('dora')
  slack.setAbout('lena', { profile: { status_emoji: ':palm_tree:', status_expiration: now() - 1 } })
  await rung(15)
  expect(await rung(15)).toContain(`${lena} Nobody has taken it for 30 min.`)

  // Slack refuses, or does not answer: what is due comes all the same, and in time.
  for (const fault of [{ kind: 'error', code: 'internal_error' }, { kind: 'hang' }] as const) {
    number = await filed(w)
    slack.setAbout('lena', { profile: { status_emoji: ':palm_tree:' } })
    await rung(15)
    for (const method of ['users.info', 'dnd.info', 'usergroups.list'])
      slack.faults.next({ ...fault, method, times: 3 })
    expect(await rung(15)).toContain(`${lena} Nobody has taken it for 30 min.`)
    slack.faults.clear()
  }
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('an owner without a word is asked, keeps it with one press, and loses it to the ladder with everything kept', async () => {
  const w = await world({ start: START })
  const { slack } = w
  const [fred, lena] = [`<@${w.people.fred.id}>`, `<@${w.people.lena.id}>`]
  await filed(w)
  await act(w, 'fred', 1, 'Own it')
  const asks = () => linesOf(w, 'manufacturing', 1).filter((text) => text.includes('till on it?'))
  await w.pass(4 * HOUR - SECOND)
  expect(asks()).toEqual([])
  await w.pass(SECOND)
  await w.restart()
  await w.settle()
  expect(asks()).toHaveLength(1)
  expect(asks()[0]).toContain(fred)
  const question = slack
    .thread(slack.channel('manufacturing'), cardIn(w, 'manufacturing', 1).ts)
    .findLast(({ text }) => text.includes('till on it?'))
  if (!question) throw new Error('Nobody is asked')
  await w.people.fred.press(question, 'Still on it')
  await slack.until(() => (asks().length === 0 ? true : undefined), {
    ...PATIENCE,
    what: 'the question to be answered',
  })
  await w.pass(4 * HOUR - SECOND)
  expect(asks()).toEqual([])

  // A word in the thread counts, too. Then nothing more is heard.
  await w.people.fred.say('manufacturing', 'The new valve leaves at noon.', cardIn(w, 'manufacturing', 1).ts)
  await w.settle()
  await w.pass(SECOND)
  expect(asks()).toEqual([])
  await w.pass(4 * HOUR - SECOND)
  expect(asks()).toHaveLength(1)
  await w.pass(30 * MINUTE - SECOND)
  expect(card(w)).toContain(`*Owner*\n${fred}`)
  await w.pass(SECOND)
  expect(card(w)).toContain('*Owner*\nNobody yet')
  expect(card(w)).toContain('Calling <!subteam^S0MFG>: who takes it?')
  expect(linesOf(w, 'manufacturing', 1)).toContainEqual(expect.stringContaining(`No word came for a while`))
  expect(calls(w)).toEqual([expect.stringMatching(/<!subteam\^S0MFG> Who takes it\?/)])
  await w.pass(30 * MINUTE)
  expect(calls(w).at(-1)).toContain(`${lena} Nobody has taken it for 30 min.`)

  const timeline = await form(w, 'rita', 1, 'More')
  await timeline.press('Timeline')
  await slack.until(() => (w.people.rita.modal().title.startsWith('Timeline') ? true : undefined), PATIENCE)
  const words = JSON.stringify(w.people.rita.modal().blocks)
  for (const what of ['owns it', 'still on it', 'No word came', 'filed it']) expect(words).toContain(what)
  await w.people.rita.modal().close()

  // Own it again: nothing of the ladder is left standing.
  await act(w, 'fred', 1, 'Own it')
  expect(calls(w)).toEqual([])
  // The call after the question, and the newest rung.
  expect(linesOf(w, 'manufacturing', 1).filter((text) => text.includes(`Done: ${fred} owns it.`))).toHaveLength(2)

  // Whoever has left the company is not asked.
  await slack.removeUser('fred')
  await w.pass(4 * HOUR)
  expect(asks()).toEqual([])
  expect(card(w)).toContain('*Owner*\nNobody yet')
  expect(linesOf(w, 'manufacturing', 1)).toContainEqual(expect.stringContaining(`${fred} is no longer here`))
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('Next level, with one press where the steps are known: it calls the level, and never goes back', async () => {
  const levels = [{ name: 'Engineers', group: 'S0ENG', person: null }]
  const w = await world({
    ...manufacturing(() => ({ levels })),
    slack: {
      usergroups: [
        { id: 'S0MFG', handle: 'makers', users: ['fred', 'fay'] },
        { id: 'S0ENG', handle: 'engineers', users: ['fay'] },
      ],
    },
  })
  const { people, slack } = w
  await file(w, 'rita', {
    'Call back promised by': later(20),
    'What have they already tried?': 'Turned it off and on.',
  })
  await act(w, 'fred', 1, 'Own it')
  const menu = await form(w, 'fred', 1, 'More')
  await menu.press('Next level', { copies: 2 })
  await slack.until(() => (card(w).includes('*Level*\nEngineers') ? true : undefined), {
    ...PATIENCE,
    what: 'the level',
  })
  await w.settle()
  slack.views.clear(people.fred.id)
  expect(card(w)).toContain('*Owner*\nNobody yet')
  expect(calls(w)).toEqual([expect.stringContaining('<!subteam^S0ENG> Who takes it?')])
  await w.pass(15 * MINUTE)
  expect(calls(w).at(-1)).toContain('<!subteam^S0ENG> Nobody has taken it for 15 min.')
  await act(w, 'fay', 1, 'Own it')
  expect(JSON.stringify((await form(w, 'fay', 1, 'More')).blocks)).not.toContain('Next level')

  // Where it is not known what was tried, that is asked first.
  const second = await filed(w)
  await act(w, 'fred', second, 'Own it')
  const asked = await form(w, 'fred', second, 'More')
  await asked.press('Next level')
  await slack.until(() => (people.fred.modal().title === 'Next level' ? true : undefined), {
    ...PATIENCE,
    what: 'the form',
  })
  await send(w, people.fred.modal(), { 'What have they already tried?': 'A new fuse.' })
  expect(card(w, second)).toContain('*Level*\nEngineers')
  expect(card(w, second)).toContain('A new fuse.')
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('at night, the channel archived and the usergroup deleted: what is critical reaches whoever is on call, each rung once', async () => {
  const NIGHT = '2026-03-05T04:00:00Z'
  const w = await world({
    ...manufacturing(({ id }) => ({ hours: hours({ onCall: [{ person: id('lou'), week: 'mon-sun 16:00-07:00' }] }) })),
    start: NIGHT,
  })
  const { slack, people } = w
  const [lena, lou] = [`<@${people.lena.id}>`, `<@${people.lou.id}>`]
  await file(w, 'rita', { Severity: 'Critical', 'Call back promised by': new Date(Date.parse(NIGHT) + 20 * HOUR) })
  expect(card(w)).toContain(`Calling <!subteam^S0MFG>, ${lou}: who takes it?`)
  slack.removeUsergroup('S0MFG')
  await slack.archive('manufacturing')
  await w.pass(5 * MINUTE)
  expect(cardIn(w, 'ops', 1).text).toContain('the channel is archived')
  const inOps = () => linesOf(w, 'ops', 1).filter((text) => text.includes('Who takes it?'))
  expect(inOps()).toEqual([expect.stringContaining(`${lena} ${lou} Nobody has taken it for 5 min.`)])
  await w.restart()
  await w.pass(5 * MINUTE)
  await slack.archive('company')
  await w.pass(10 * MINUTE)
  await w.pass(HOUR)
  expect(inOps()).toHaveLength(3)
  for (const text of inOps()) expect(text).toContain(lou)
  // What the company would have been told stands in the fallback channel, too.
  const top = slack.messages(slack.channel('ops')).filter(({ thread_ts }) => !thread_ts)
  expect(top.map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/Could not be posted[\s\S]*Nobody in Manufacturing has taken it/),
  )
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { deliver } from '../../src/sandbox/app-link.ts'
import type { Demo } from '../../src/sandbox/demo/demo.ts'
import { takeDirectory } from '../../src/sandbox/demo/directory.ts'
import { STORIES } from '../../src/sandbox/demo/history.ts'
import { type Json, objectOf, shown, text } from '../../src/sandbox/json.ts'
import type { Deed, DemoState, Done, ElementState, FaultName, Skip, Traffic } from '../../src/sandbox/web/contract.ts'
import { StartFault } from '../../src/startFault.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { copyEmbedded } from '../support/databases.ts'
import { type RunningDemo, runDemo } from '../support/demo.ts'
import { SHORT_LIVED } from '../support/process.ts'

const SLOW = 120_000
const MINUTE = 60_000

const MARTA = 'U0MARTA0001'
const SAM = 'U0SAM000001'
const SERVICE = 'C0SERVICE01'
const MANUFACTURING = 'C0MANUFACT1'
const COMPANY = 'C0COMPANY01'

async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'amends-demo-test-'))
  onTestFinished(() => rm(path, { recursive: true, force: true }))
  return join(path, 'data')
}

class Page {
  readonly demo: Demo
  private readonly url: string

  constructor(demo: Demo, url: string) {
    this.demo = demo
    this.url = url
  }

  ask(path: string, init?: RequestInit): Promise<Response> {
    return fetch(`${this.url}${path}`, init)
  }

  async post<Answer>(path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' }
    const response = await this.ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }

  async state(as: string, channel: string): Promise<DemoState> {
    return (await (await this.ask(`demo/state?as=${as}&channel=${channel}`)).json()) as DemoState
  }

  do(deed: Deed): Promise<Done> {
    return this.post('demo/do', deed)
  }

  skip(by: Skip['by']): Promise<{ now: string }> {
    return this.post('demo/clock', { by })
  }

  switch(fault: FaultName, on: boolean): Promise<unknown> {
    return this.post('demo/faults', { fault, on })
  }

  /** Looks at the state again after each change, until there is something. */
  async see<Found>(as: string, channel: string, look: (state: DemoState) => Found | undefined): Promise<Found> {
    for (;;) {
      const changed = new Promise<void>((resolve) => {
        const stop = this.demo.slack.onChange(() => {
          stop()
          resolve()
        })
      })
      const found = look(await this.state(as, channel))
      if (found !== undefined) return found
      await changed
    }
  }

  /** What an input of the topmost modal holds, set to `states` by label. */
  values(state: DemoState, states: Record<string, ElementState>): Record<string, Record<string, ElementState>> {
    const view = state.modals.at(-1)
    return Object.fromEntries(
      Object.entries(states).map(([label, value]) => {
        const block = view?.blocks.find((one) => shown(one.label) === label)
        if (!block) throw new Error(`There is no "${label}"`)
        return [text(block.block_id), { [text(objectOf(block.element).action_id)]: value }]
      }),
    )
  }
}

/** One company for all tests, in the order in which they stand; one story of it is told, of that very morning. */
const TOLD = STORIES.filter(({ day, customer }) => day === 3 && customer === 'Northgate Merchants').map((story) => ({
  ...story,
  ...{ day: 0, at: '08:30' },
}))
let data = ''
let running: RunningDemo
let page: Page

async function begin(): Promise<void> {
  running = await runDemo(data, {
    ...{ stories: TOLD, remarks: [], timezone: 'America/Chicago' },
    prepare: copyEmbedded,
  })
  page = new Page(running.demo, running.url)
}

beforeAll(async () => {
  data = join(await mkdtemp(join(tmpdir(), 'amends-demo-test-')), 'data')
  await begin()
}, SLOW)
afterAll(async () => {
  await running?.stop()
  await rm(dirname(data), { recursive: true, force: true })
})

const picked = (words: string, value = words.toLowerCase()) => ({ text: { type: 'plain_text', text: words }, value })
const typed = (value: string): ElementState => ({ type: 'plain_text_input', value })
const chosen = (words: string, value?: string): ElementState => ({
  type: 'static_select',
  selected_option: picked(words, value),
})

const ticked = (words: string): ElementState => ({ ...chosen(words), type: 'radio_buttons' })

/** Files a complaint through the page's own API; returns its card. */
async function file(words: string) {
  expect(await page.do({ as: MARTA, do: 'command', channel: SERVICE, text: '/complaint' })).toEqual({ error: null })
  const state = await page.see(MARTA, SERVICE, (seen) => (seen.modals.length > 0 ? seen : undefined))
  const view = state.modals.at(-1)?.id ?? ''
  const refused = await page.do({ as: MARTA, do: 'submit', view, values: {} })
  expect(Object.values(refused.errors ?? {})).toContain('Please complete this required field.')
  const values = page.values(state, {
    Customer: typed('Orchard Heating'),
    'How does the customer feel?': chosen('Angry'),
    "What happened, in the customer's words": typed(words),
    'Department that can fix it': chosen('Manufacturing'),
  })
  expect(await page.do({ as: MARTA, do: 'submit', view, values })).toEqual({ error: null })
  return page.see(MARTA, MANUFACTURING, ({ messages, modals }) => {
    const card = messages.find(({ thread_ts, blocks }) => !thread_ts && JSON.stringify(blocks).includes(words))
    return modals.length === 0 ? card : undefined
  })
}

const buttonsIn = (blocks: readonly Json[], words: string) =>
  blocks.flatMap((block) =>
    (Array.isArray(block.elements) ? block.elements.map(objectOf) : [])
      .filter((element) => shown(element.text) === words)
      .map((element) => ({
        ...{ block: text(block.block_id), action: text(element.action_id) },
        state: { type: 'button', value: element.value },
      })),
  )

const buttonIn = (blocks: readonly Json[], words: string) => {
  const [found] = buttonsIn(blocks, words)
  if (!found) throw new Error(`There is no "${words}"`)
  return found
}

const at = (ts: string): number => Number(ts) * 1000

test('a complaint through the page: filed, owned, reminded of, told of on Monday', { timeout: SLOW }, async () => {
  const state = await page.state('', '')
  expect(state.users.map(({ name }) => name)).toEqual(['marta', 'owen', 'priya', 'ines', 'sam', 'theo', 'amends'])
  expect(state.channels.map(({ name }) => name)).toEqual([
    ...['service', 'order-entry', 'warehouse', 'manufacturing', 'design', 'company', 'ops', 'Amends'],
  ])
  expect(state.commands[0]?.command).toBe('/complaint')
  expect(state.shortcuts.map(({ type }) => type)).toEqual(['global', 'message'])
  expect(new Date(state.now).getUTCDay()).toBe(4)
  const [past] = (await page.state('', 'C0ORDERS001')).messages
  expect(past?.text).toContain('Northgate Merchants')

  const card = await file('The tee weeps.')
  const filed = at(card.ts)
  expect(Math.abs(filed - Date.parse(state.now))).toBeLessThan(5 * MINUTE)
  const thanks = state.channels.find(({ kind }) => kind === 'dm')?.id ?? ''
  await page.see(MARTA, thanks, ({ messages }) => messages.find(({ text: words }) => words.includes('#2')))

  const target = { in: 'message', channel: MANUFACTURING, ts: card.ts } as const
  const own = buttonIn(card.blocks, 'Own it')
  expect(await page.do({ as: SAM, do: 'act', target, ...own })).toEqual({ error: null })
  const owned = await page.see(SAM, MANUFACTURING, ({ messages }) =>
    messages.find(({ ts, text: words }) => ts === card.ts && words.includes(`<@${SAM}>`)),
  )
  expect(owned.edited).toBeDefined()
  expect(await page.do({ as: SAM, do: 'act', target, ...own })).toEqual({
    error: 'This is no longer there.',
  })

  // The call is promised for four hours after the filing: its reminders come an hour and a quarter of an hour before.
  const before = Date.parse((await page.state(SAM, MANUFACTURING)).now)
  const { now } = await page.skip('4h')
  expect(Date.parse(now) - before).toBeGreaterThanOrEqual(4 * 60 * MINUTE)
  const { messages } = await page.state(SAM, MANUFACTURING)
  const reminders = messages.filter(({ text: words }) => words.includes('promised a call'))
  const promise = Math.ceil((filed + 240 * MINUTE) / MINUTE) * MINUTE
  expect(reminders.length).toBeGreaterThanOrEqual(2)
  for (const [index, early] of [60, 15].entries()) {
    const late = at(reminders[index]?.ts ?? '0') - (promise - early * MINUTE)
    expect(late).toBeGreaterThanOrEqual(0)
    expect(late).toBeLessThan(MINUTE)
  }

  // Past the deadline the channel hears of it; closed out, it is quiet until Monday's digest.
  // The page may not have drawn it anew yet, and its buttons are pressed by the ids that they had.
  await page.do({ as: SAM, do: 'act', target, ...buttonIn(card.blocks, 'Close out') })
  const form = await page.see(SAM, MANUFACTURING, ({ modals }) => modals.at(-1))
  const rootCause = form.blocks.find(({ label }) => shown(label) === 'Root cause')
  const cause = { block: text(rootCause?.block_id), action: text(objectOf(rootCause?.element).action_id) }
  const inForm = { as: SAM, do: 'act', target: { in: 'view', view: form.id } } as const
  const tolerance = chosen('Thread out of tolerance', 'thread-tolerance')
  expect(await page.do({ ...inForm, ...cause, state: tolerance })).toEqual({ error: null })
  const redrawn = await page.see(SAM, MANUFACTURING, (seen) =>
    seen.modals.at(-1)?.hash === form.hash ? undefined : seen,
  )
  const values = page.values(redrawn, {
    'What was done': typed('Changed the tee.'),
    'Was it fixed?': ticked('Fixed'),
    'Could we have avoided it?': ticked('Yes'),
    'Does the customer say it is settled?': ticked('Yes'),
    'Why none is needed': typed('It was a single piece.'),
  })
  expect(await page.do({ as: SAM, do: 'submit', view: form.id, values })).toEqual({ error: null })
  await page.see(SAM, MANUFACTURING, ({ messages: seen }) =>
    seen.find(({ text: words }) => words.includes('closed it')),
  )
  await expect(page.skip('next-deadline')).rejects.toThrow('No clock is running')
  const monday = await page.skip('monday')
  expect(
    new Intl.DateTimeFormat('en', { timeZone: 'America/Chicago', weekday: 'long', hour: 'numeric' }).format(
      new Date(monday.now),
    ),
  ).toMatch(/Monday.*9\sAM/)
  const told = (await page.state(SAM, COMPANY)).messages.filter(
    ({ ts, thread_ts }) => !thread_ts && at(ts) >= Date.parse(monday.now) - MINUTE,
  )
  expect(told.map(({ text: words }) => words)).toEqual([expect.stringContaining('Weekly digest')])
  expect(page.demo.slack.problems).toEqual([])
})

test('answers for one person, shortcuts, stacked forms, and what is gone', { timeout: SLOW }, async () => {
  await file('The elbow weeps.')
  await page.do({ as: MARTA, do: 'command', channel: SERVICE, text: '/complaint list' })
  const list = await page.see(MARTA, SERVICE, ({ ephemerals }) => ephemerals.at(-1))
  expect(list.text).toContain('#3')
  expect((await page.state(SAM, SERVICE)).ephemerals).toEqual([])
  await page.do({ as: MARTA, do: 'dismiss', channel: SERVICE, ts: list.ts })
  expect((await page.state(MARTA, SERVICE)).ephemerals).toEqual([])

  await page.do({ as: MARTA, do: 'say', channel: SERVICE, text: '@sam <b> & co: it leaks' })
  const said = (await page.state(MARTA, SERVICE)).messages.at(-1)
  expect(said).toMatchObject({ user: MARTA, text: `<@${SAM}> &lt;b&gt; &amp; co: it leaks` })
  const shortcut = { as: SAM, do: 'message-shortcut', id: 'file_as_complaint', channel: SERVICE } as const
  await page.do({ ...shortcut, ts: said?.ts ?? '' })
  const form = await page.see(SAM, SERVICE, ({ modals }) => modals.at(-1))
  expect(JSON.stringify(form.blocks)).toContain('it leaks')
  expect(await page.do({ as: SAM, do: 'close', view: form.id })).toEqual({ error: null })
  expect((await page.state(SAM, SERVICE)).modals).toEqual([])
  expect(await page.do({ as: SAM, do: 'close', view: form.id })).toEqual({ error: 'This form is no longer open.' })
  expect((await page.do({ ...shortcut, ts: '1.000001' })).error).toBe('This is no longer there.')

  await page.do({ as: SAM, do: 'global-shortcut', id: 'file_a_complaint' })
  const blank = await page.see(SAM, SERVICE, ({ modals }) => modals.at(-1))
  await page.do({ as: SAM, do: 'close', view: blank.id })
  expect((await page.do({ as: SAM, do: 'open-home' })).error).toBeNull()

  await page.do({ as: SAM, do: 'archive', channel: COMPANY })
  const archived = (await page.state(SAM, COMPANY)).channels.find(({ id }) => id === COMPANY)
  expect(archived).toMatchObject({ isArchived: true, hasApp: false })
  expect((await page.do({ as: SAM, do: 'say', channel: COMPANY, text: 'x' })).error).toBe('This channel is archived.')
})

test('a button that stands elsewhere on Home by now is pressed all the same, for the same complaint', {
  timeout: SLOW,
}, async () => {
  await file('The bend weeps.')
  const { text: words } = await file('The cap weeps.')
  const number = /#(\d+)/.exec(words)?.[1]
  const onHome = (button: string) =>
    page.see(SAM, SERVICE, ({ home }) =>
      buttonsIn(home?.blocks ?? [], button).find(({ state }) => state.value === number),
    )
  const press = { as: SAM, do: 'act', target: { in: 'home' } } as const
  await page.do({ as: SAM, do: 'open-home' })
  const [own, call] = [await onHome('Own it'), await onHome('Log callback')]
  await page.do({ ...press, ...own })
  await page.see(SAM, SERVICE, ({ home }) =>
    home?.blocks.some(({ block_id }) => block_id === call.block) ? undefined : home,
  )
  expect(await page.do({ ...press, ...call })).toEqual({ error: null })
  const form = await page.see(SAM, SERVICE, ({ modals }) => modals.at(-1))
  expect(JSON.parse(form.private_metadata)).toMatchObject({ complaint: Number(number) })
  await page.do({ as: SAM, do: 'close', view: form.id })
  expect((await page.do({ ...press, ...own })).error).toBe('This is no longer there.')
})

test('troubles can be switched on, and nothing is lost or doubled', { timeout: SLOW }, async () => {
  for (const fault of ['duplicates', 'reset'] as const) await page.switch(fault, true)
  expect((await page.state(SAM, SERVICE)).faults).toEqual(['duplicates', 'reset'])
  const card = await file('The flange weeps.')
  const target = { in: 'message', channel: MANUFACTURING, ts: card.ts } as const
  await page.do({ as: SAM, do: 'act', target, ...buttonIn(card.blocks, 'Own it') })
  await page.see(SAM, MANUFACTURING, ({ messages }) => messages.find(({ thread_ts }) => thread_ts === card.ts))
  const { messages } = await page.state(SAM, MANUFACTURING)
  const inThread = messages.filter(({ thread_ts }) => thread_ts === card.ts)
  expect(inThread.filter(({ text: words }) => words.includes('owns it'))).toHaveLength(1)
  for (const fault of ['duplicates', 'reset'] as const) await page.switch(fault, false)

  await page.switch('outage', true)
  await page.do({ as: SAM, do: 'command', channel: SERVICE, text: '/complaint help' })
  await page.switch('outage', false)
  page.demo.slack.sockets.drop()
  expect(await page.do({ as: SAM, do: 'command', channel: SERVICE, text: '/complaint help' })).toEqual({
    error: '/complaint failed with the error "dispatch_failed"',
  })
  const traffic = (await (await page.ask('demo/traffic')).json()) as Traffic[]
  expect(traffic).toContainEqual(
    expect.objectContaining({ direction: 'to app', what: 'command: /complaint help', outcome: 'dispatch_failed' }),
  )
  expect(traffic.map(({ outcome }) => outcome)).toContain('acceptThenReset')
  await expect(page.post('demo/faults', { fault: 'fire', on: true })).rejects.toThrow('400')
  const { slack } = page.demo
  await slack.until(() => slack.sockets.count || undefined, { withinMs: SLOW, what: 'the bot to be back' })
})

test('an app that does not answer in three seconds: what Slack says stands where it was used', async () => {
  const { slack } = page.demo
  await page.do({ as: MARTA, do: 'global-shortcut', id: 'file_a_complaint' })
  const form = await page.see(MARTA, SERVICE, ({ modals }) => modals.at(-1))
  const values = page.values(await page.state(MARTA, SERVICE), {
    Customer: typed('Orchard Heating'),
    'How does the customer feel?': chosen('Angry'),
    "What happened, in the customer's words": typed('Nobody hears this.'),
    'Department that can fix it': chosen('Manufacturing'),
  })
  const send = vi.spyOn(slack.sockets, 'send').mockResolvedValue(undefined)
  onTestFinished(() => send.mockRestore())
  expect(await page.do({ as: MARTA, do: 'command', channel: SERVICE, text: '/complaint' })).toEqual({
    error: '/complaint failed with the error "operation_timeout"',
  })
  expect(await page.do({ as: MARTA, do: 'global-shortcut', id: 'file_a_complaint' })).toEqual({
    error: 'Amends didn’t respond in time.',
  })
  const { error } = await page.do({ as: MARTA, do: 'submit', view: form.id, values })
  expect(error).toBe('Amends didn’t respond in time.')
  expect((await page.state(MARTA, SERVICE)).modals.map(({ id }) => id)).toEqual([form.id])
  await deliver(slack, { kind: 'socket' }, { form: 'event', payload: {} })
  expect(send).toHaveBeenLastCalledWith(expect.anything(), 3_000)
  expect(await page.do({ as: MARTA, do: 'close', view: form.id })).toEqual({ error: null })
})

test('it answers its own page only', { timeout: SLOW }, async () => {
  const json = { 'content-type': 'application/json' }
  const status = async (path: string, init?: RequestInit) => (await page.ask(path, init)).status
  expect(await status('demo/state')).toBe(200)
  expect(await status('demo/state', { headers: { origin: 'http://evil.example' } })).toBe(403)
  expect(await status('demo/clock', { method: 'POST', body: '{"by":"1h"}' })).toBe(415)
  expect(await status('demo/clock', { method: 'POST', headers: json, body: '{"by":"1y"}' })).toBe(400)
  expect(await status('demo/do', { method: 'POST', headers: json, body: '{"do":"rob"}' })).toBe(400)
  expect(await status('demo/do', { method: 'POST', headers: json, body: '{"as":"x","do":"command"}' })).toBe(400)
  expect(await status('demo/do', { method: 'POST', headers: json, body: '[]' })).toBe(400)
  expect(await status('demo/nothing')).toBe(404)
  expect(await status('..%2f..%2fpackage.json')).toBe(404)
  const { port } = new URL((await page.ask('demo/state')).url)
  // fetch would not send a host of another's.
  const strange = await new Promise((resolve) =>
    get({ port, host: '127.0.0.1', path: '/demo/state', headers: { host: `evil.example:${port}` } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }),
  )
  expect(strange).toBe(403)
})

test('the same workspace after a restart, another one with --fresh', { timeout: SLOW }, async () => {
  await page.do({ as: SAM, do: 'say', channel: MANUFACTURING, text: 'On my way.' })
  const left = await page.skip('1h')
  const was = await page.state(SAM, MANUFACTURING)
  await running.stop()

  await begin()
  const is = await page.state(SAM, MANUFACTURING)
  expect(is.messages).toEqual(was.messages)
  expect(is.channels).toEqual(was.channels)
  expect(Date.parse(is.now) - Date.parse(left.now)).toBeLessThan(5 * MINUTE)
  // What was posted before is edited in place.
  const card = is.messages.find(({ blocks }) => JSON.stringify(blocks).includes('The elbow weeps.'))
  const target = { in: 'message', channel: MANUFACTURING, ts: card?.ts ?? '' } as const
  await page.do({ as: SAM, do: 'act', target, ...buttonIn(card?.blocks ?? [], 'Own it') })
  await page.see(SAM, MANUFACTURING, ({ messages }) =>
    messages.find(({ ts, text: words }) => ts === card?.ts && words.includes(`<@${SAM}>`)),
  )
  await expect(takeDirectory(data, { fresh: false })).rejects.toThrow(
    `Another demo is using ${data}: stop it first, or name another directory with --data.`,
  )
  await running.stop()

  const fresh = await takeDirectory(data, { fresh: true })
  await fresh.release()
  expect(fresh.kept).toBeNull()
  expect(await readdir(data)).toEqual(['demo.lock'])
})

test('what is wrong with a directory is said in one line, and nothing is lost', async () => {
  const path = await directory()
  await mkdir(path)
  const file = join(path, 'file')
  await writeFile(file, 'mine')
  const refused = async (given: string, fresh: boolean) =>
    takeDirectory(given, { fresh }).then(
      () => 'taken',
      (fault: unknown) => (fault instanceof StartFault ? fault.message : String(fault)),
    )
  expect(await refused(join(file, 'data'), false)).toBe(
    `${join(file, 'data')} can't be written (ENOTDIR): name another directory with --data.`,
  )
  expect(await refused(path, true)).toBe(`${path} is no directory of the demo: name an empty or a new one with --data.`)
  expect(await readFile(file, 'utf8')).toBe('mine')

  const older = join(path, 'older')
  await mkdir(older)
  await writeFile(join(older, 'demo.json'), '{"version":0,"stage":"ready"}')
  await writeFile(join(older, 'slack.json'), '{}')
  expect(await refused(older, false)).toBe(
    `${older} was made by another version of the demo (0, this is 1): start over with --fresh, or name another directory with --data.`,
  )
  expect(await readFile(join(older, 'slack.json'), 'utf8')).toBe('{}')
})

test('what keeps the company from being put in force leaves the database to the next try', async () => {
  const data = await directory()
  const past = { prepare: copyEmbedded, stories: [], remarks: [] }
  await expect(runDemo(data, { ...past, timezone: 'Nowhere/Nothing' })).rejects.toThrow()
  const again = await openEmbedded(join(data, 'bot'))
  await again.close()
})

const MAIN = fileURLToPath(new URL('../../dist/sandbox/demo/main.js', import.meta.url))

/** `npm run demo` once it is built. */
function start(...given: string[]): ChildProcess {
  const child = spawn(process.execPath, [...SHORT_LIVED, MAIN, '--no-open', ...given], {
    ...{ detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** How it ended, and every line it said. */
async function ended(child: ChildProcess): Promise<{ code: number | null; lines: string[] }> {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, lines: said.split('\n').filter((line) => line !== '') }
}

test('as a process: one line and an end where it can not start', { timeout: SLOW }, async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await new Promise((resolve) => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  expect(await ended(start('--data', await directory(), '--port', String(port)))).toEqual({
    code: 1,
    lines: [`Port ${port} is in use: name another with --port, or leave it out.`],
  })
  expect((await ended(start('--port', 'many'))).lines[0]).toContain('It is a number from 1 to 65535.')
})

test('as a process: its address in one line, and Ctrl-C leaves nothing running', { timeout: SLOW }, async () => {
  const child = start('--data', await directory())
  const end = ended(child)
  const url = await new Promise<string>((resolve) => child.stdout?.once('data', (line) => resolve(String(line).trim())))
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  const state = (await (await fetch(`${url}demo/state`)).json()) as DemoState
  expect(state.preparing).toBeDefined()
  // As Ctrl-C: the whole group.
  process.kill(-Number(child.pid), 'SIGINT')
  expect(await end).toEqual({ code: 0, lines: [url] })
  await expect(fetch(url)).rejects.toThrow()
  expect(() => process.kill(-Number(child.pid), 0)).toThrow('ESRCH')
})

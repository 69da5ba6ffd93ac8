import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { fateOf, RETRY_AFTER } from '../../src/delivery/fate.ts'
import type { Log } from '../../src/log.ts'
import { makeLog } from '../../src/log.ts'
import { type Delivery, deliver, type Reply } from '../../src/sandbox/app-link.ts'
import { type Json, objectOf, text } from '../../src/sandbox/json.ts'
import * as payloads from '../../src/sandbox/payloads.ts'
import type { Envelope } from '../../src/sandbox/sockets.ts'
import type { SandboxMessage } from '../../src/sandbox/types.ts'
import { deliveryClient } from '../../src/slack/clients.ts'
import { ROUTES } from '../../src/slack/routes.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import { DATA, hasData } from './support.ts'

/* What Slack sends, as Slack's own libraries hold it in their tests, and what it never should: all of it is answered. */

const SAMPLES = `${DATA}/slack`

interface Sample {
  readonly name: string
  readonly delivery: Delivery
}

const samplesIn = (folder: 'interactive' | 'events'): Sample[] =>
  (hasData ? readdirSync(`${SAMPLES}/${folder}`) : []).flatMap((name): Sample[] => {
    if (name === 'socket-mode-envelopes.json') return []
    const raw = readFileSync(`${SAMPLES}/${folder}/${name}`, 'utf8')
    if (name.endsWith('.form.txt'))
      return [{ name, delivery: { form: 'command', payload: Object.fromEntries(new URLSearchParams(raw.trim())) } }]
    const payload: Json = JSON.parse(raw)
    const form = folder === 'events' ? 'event' : name.startsWith('slash_command') ? 'command' : 'interactive'
    return [{ name, delivery: { form, payload } }]
  })

const interactive = samplesIn('interactive')
const events = samplesIn('events')
/** Cut down by its library's test to less than Slack sends: nobody did it. */
const isBare = ({ delivery: { form, payload } }: Sample): boolean =>
  form === 'interactive' && payload.user === undefined
const typeOf = ({ delivery }: Sample): string => text(objectOf(delivery.payload.event).type)
const isStop = (sample: Sample): boolean => ['tokens_revoked', 'app_uninstalled'].includes(typeOf(sample))
const isOurs = (sample: Sample): boolean => Object.hasOwn(ROUTES.events, typeOf(sample))

const whole = [...interactive, ...events].filter((sample) => !isOurs(sample) && !isBare(sample))

/** Nothing leaves this machine: Slack's addresses become the sandbox's. */
function athome<Value>(w: World, value: Value): Value {
  return JSON.parse(JSON.stringify(value).replaceAll('https://hooks.slack.com', w.slack.url))
}

/** The bot's log, in memory. */
function memoryLog(): { log: Log; lines: Json[] } {
  const lines: Json[] = []
  const log = pino({ level: 'debug', base: null }, { write: (line: string) => lines.push(JSON.parse(line)) })
  return { log, lines }
}

/** What would have ended the process: nobody waited for it, or nobody caught it. */
async function watched(work: () => Promise<void>): Promise<unknown[]> {
  const caught: unknown[] = []
  const kinds = ['unhandledRejection', 'uncaughtException'] as const
  const before = kinds.map((kind) => process.listeners(kind as 'uncaughtException'))
  const note = (fault: unknown) => {
    caught.push(fault instanceof Error ? fault.message : fault)
  }
  for (const kind of kinds) process.removeAllListeners(kind).on(kind, note)
  try {
    await work()
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    for (const [at, kind] of kinds.entries()) {
      process.removeAllListeners(kind)
      for (const listener of before[at] ?? []) process.on(kind, listener)
    }
  }
  return caught
}

/** Answered in time: with 2xx, or refused with 4xx. */
function expectAnswered(reply: Reply, what: string): void {
  expect(reply.timedOut, `${what}: no answer in time`).toBe(false)
  expect(reply.status, what).toBeGreaterThanOrEqual(200)
  expect(reply.status, what).toBeLessThan(500)
}

const isSevere = ({ level }: Json): boolean => Number(level) >= 40

/** Signed as Slack signs, whatever the body. */
async function raw(w: World, body: string, contentType: string): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', w.slack.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')
  return fetch(`http://127.0.0.1:${w.app.port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': contentType,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
    signal: AbortSignal.timeout(2_900),
  })
}

describe.skipIf(!hasData)("Slack's own samples", () => {
  it('are there', () => {
    expect(interactive.length).toBeGreaterThanOrEqual(38)
    expect(events.length).toBeGreaterThanOrEqual(14)
  })

  it('are answered over HTTP, and the bot goes on', async () => {
    const { log, lines } = memoryLog()
    const w = await world({ log })
    const caught = await watched(async () => {
      for (const { name, delivery } of whole) {
        const [reply] = await deliver(w.slack, w.connection(), athome(w, delivery))
        expectAnswered(reply, name)
      }
    })
    expect(caught).toEqual([])
    // None of them is ours: each is refused with a line that says so, and none is a fault.
    expect(lines.filter((line) => Number(line.level) >= 50)).toEqual([])
    expect(lines.filter(({ msg }) => msg === 'refused a payload that nothing answers to').length).toBeGreaterThan(30)
    expect(w.slack.calls.filter(({ method }) => method !== 'auth.test')).toEqual([])
    // A Home that somebody opened whom this workspace does not know.
    for (const { name, delivery } of events.filter((sample) => isOurs(sample) && !isStop(sample)))
      expectAnswered((await deliver(w.slack, w.connection(), athome(w, delivery)))[0], name)
    expect(await file(w)).toBe(1)
    expect(w.slack.problems).toEqual([])
  })

  it('are answered over Socket Mode, and the bot goes on', { timeout: 120_000 }, async () => {
    const w = await world({ mode: 'socket' })
    const { sockets } = w.slack
    const connected = () => w.slack.until(() => sockets.count > 0 || undefined, { what: 'a socket', withinMs: 10_000 })
    await connected()
    const envelopes: Envelope[] = JSON.parse(readFileSync(`${SAMPLES}/interactive/socket-mode-envelopes.json`, 'utf8'))
    const rateLimited = sockets.envelope('events_api', {
      type: 'app_rate_limited',
      team_id: 'T111',
      minute_rate_limited: 1518467820,
      api_app_id: 'A111',
    })
    const others = whole.map(({ delivery: { form, payload } }) => {
      const types = { command: 'slash_commands', interactive: 'interactive', event: 'events_api' } as const
      return sockets.envelope(types[form], payload)
    })
    const caught = await watched(async () => {
      for (const envelope of athome(w, [...envelopes, rateLimited, ...others])) {
        await connected()
        // What is no envelope is not acknowledged: the next one shows that it did no harm.
        const wants = envelope.envelope_id !== undefined
        let acked = await sockets.send(envelope, wants ? 3_000 : 50)
        // What was on its way while the socket was replaced is sent again.
        for (let again = 0; wants && !acked && again < 2; again += 1) {
          await connected()
          acked = await sockets.send(envelope, 3_000)
        }
        if (wants) expect(acked, JSON.stringify(envelope).slice(0, 300)).toBeDefined()
      }
    })
    expect(caught).toEqual([])
    await connected()
    expect(await file(w)).toBe(1)
    expect(w.slack.problems).toEqual([])
  })

  it.each(['http', 'socket'] as const)('cut down to less than Slack sends, over %s, are answered', async (mode) => {
    const w = await world({ mode })
    const bare = interactive.filter(isBare)
    expect(bare.length).toBeGreaterThan(0)
    for (const { name, delivery } of bare) {
      const [reply] = await deliver(w.slack, { ...w.connection(), ackWithinMs: 2_500 }, delivery)
      expectAnswered(reply, name)
    }
  })

  const ready = (w: World) => fetch(`http://127.0.0.1:${w.app.port}/readyz`)
  const stops = events.filter(isStop)

  it.each(stops)('$name stops what the token can no longer send', async ({ delivery }) => {
    const w = await world()
    await w.slack.removeUser(w.slack.botUser)
    const [reply] = await deliver(w.slack, w.connection(), delivery)
    expect(reply).toMatchObject({ status: 200, timedOut: false })
    const answer = await ready(w)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toMatch(/token/)
  })

  it('that say the token is gone stop nothing while it works', async () => {
    const w = await world()
    expect(stops.length).toBeGreaterThan(0)
    for (const { name, delivery } of stops) {
      const [reply] = await deliver(w.slack, w.connection(), delivery)
      expect(reply, name).toMatchObject({ status: 200, timedOut: false })
      expect((await ready(w)).status, name).toBe(200)
    }
    expect(await file(w)).toBe(1)
  })
})

describe('what Slack never sends, signed all the same', () => {
  it('a type that is not known yet is refused at once', async () => {
    const w = await world()
    const [reply] = await deliver(
      w.slack,
      { ...w.connection(), ackWithinMs: 2_500 },
      {
        form: 'interactive',
        payload: { type: 'something_new', user: { id: w.people.rita.id }, team: { id: w.slack.team } },
      },
    )
    expectAnswered(reply, 'something_new')
  })

  it('what holds nothing, or is cut short, is refused and ends nothing', async () => {
    const w = await world()
    const caught = await watched(async () => {
      for (const body of ['null', ' null', '', '{'])
        expect((await raw(w, body, 'application/json')).status, body).toBe(400)
      for (const body of ['payload=null', 'payload=null&more=1', 'payload=%6Eull', 'payload=%7B'])
        expect((await raw(w, body, 'application/x-www-form-urlencoded')).status, body).toBe(400)
      const { status } = await raw(w, `payload=${'x'.repeat(5_000_000)}`, 'application/x-www-form-urlencoded')
      expect(status).toBe(413)
    })
    expect(caught).toEqual([])
    expect(await file(w)).toBe(1)
  })
})

describe('a form that is no longer there when it is to be redrawn', () => {
  it.each(['not_found', 'hash_conflict'])('is nothing gone wrong: %s', async (code) => {
    const { log, lines } = memoryLog()
    const w = await world({ log })
    await w.people.rita.command('/complaint', { channel: 'service' })
    const form = await w.people.rita.waitForModal()
    w.slack.faults.next({ kind: 'error', code, method: 'views.update' })
    await form.fill({ Severity: 'Critical' })
    await w.slack.until(() => w.slack.callsTo('views.update')[0]?.answer, { what: 'the form to be redrawn' })
    await w.restart()
    expect(lines.filter(isSevere)).toEqual([])
    expect(w.slack.callsTo('views.push')).toEqual([])
  })
})

const RUNS = 300

/** A payload of every kind that is ours, as this workspace would send it. */
async function ownPayloads(w: World): Promise<Delivery[]> {
  const { slack, people } = w
  const { rita, fred } = people
  const deliveries: Delivery[] = []
  const add = (form: Delivery['form'], payload: Json) => deliveries.push({ form, payload: structuredClone(payload) })
  const top = (who: string) => slack.openViews(who).at(-1) ?? expect.fail('no form')
  const source = { kind: 'commands', user: rita.id, channel: slack.channel('service') } as const
  for (const words of ['', 'Acme: it leaks', 'list', 'find valve', '#1', 'help'])
    add('command', payloads.commandPayload(slack, rita.id, `/complaint ${words}`, source))
  add('interactive', payloads.globalShortcutPayload(slack, rita.id, 'file_a_complaint'))
  const ts = await slack.say('rita', 'service', 'It leaks.')
  const message = slack.messages('service').find((one) => one.ts === ts) ?? expect.fail('no message')
  add('interactive', payloads.messageShortcutPayload(slack, rita.id, 'file_as_complaint', message))

  await rita.command('/complaint', { channel: 'service' })
  const filing = await rita.waitForModal()
  await filing.fill({
    Customer: 'Acme',
    'How does the customer feel?': 'Angry',
    "What happened, in the customer's words": 'It leaks.',
    'Department that can fix it': 'Manufacturing',
  })
  add('interactive', payloads.submissionPayload(slack, top(rita.id)))
  const severity = { type: 'static_select', action_id: 'severity', block_id: 'severity' }
  const chosen = { ...severity, selected_option: { text: { type: 'plain_text', text: 'Critical' }, value: 'critical' } }
  add('interactive', payloads.blockActionsPayload(slack, rita.id, top(rita.id), chosen, {}))
  for (const action_id of Object.keys(ROUTES.suggestions)) {
    const where = { block: { block_id: action_id }, element: { action_id } }
    add('interactive', payloads.suggestionPayload(slack, rita.id, top(rita.id), where, 'a'))
  }
  await filing.submit()
  await w.settle()

  const card: SandboxMessage = cardIn(w, 'manufacturing', 1)
  for (const action_id of Object.keys(ROUTES.actions))
    add(
      'interactive',
      payloads.blockActionsPayload(slack, fred.id, card, { type: 'button', action_id, block_id: 'b', value: '1' }, {}),
    )
  for (const button of ['Log callback', 'Visit', 'Close out']) {
    await fred.press(card, button)
    await fred.waitForModal()
    add('interactive', payloads.submissionPayload(slack, top(fred.id)))
    await fred.modal().close()
  }
  add(
    'event',
    payloads.eventPayload(slack, { type: 'message', channel: slack.channel('service'), text: 'x', ts: '1.1' }),
  )
  return deliveries
}

/** Every place in a JSON value: the keys that lead to it. */
function* placesOf(value: unknown, at: readonly string[] = []): Generator<readonly string[]> {
  if (at.length > 0) yield at
  if (typeof value === 'object' && value !== null)
    for (const [key, field] of Object.entries(value)) yield* placesOf(field, [...at, key])
}

const DROP = Symbol('drop')

const replacements = fc.oneof(
  fc.constant<unknown>(DROP),
  fc.constantFrom<unknown>(null, '', 0, -1, 1e308, 2 ** 70, true, [], {}, [null], '1', 'null', '{}'),
  fc.constantFrom<unknown>('\u0000', '\ud800', '<!channel>', '__proto__', 'constructor', "'; drop table outbox; --"),
  fc.constantFrom(20_000, 300_000).map((size): unknown => 'x'.repeat(size)),
  fc.constantFrom(...Object.keys({ ...ROUTES.actions, ...ROUTES.submissions, ...ROUTES.suggestions })),
  fc.jsonValue({ maxDepth: 2 }),
)

const mutations = fc.array(fc.record({ where: fc.nat(), what: replacements }), { minLength: 1, maxLength: 4 })

function mutate(payload: Json, changes: readonly { where: number; what: unknown }[]): Json {
  const changed = structuredClone(payload)
  for (const { where, what } of changes) {
    const places = [...placesOf(changed)]
    const place = places[where % Math.max(places.length, 1)]
    const key = place?.at(-1)
    if (!place || key === undefined) continue
    const parent = place.slice(0, -1).reduce<unknown>((at, step) => (at as Json)[step], changed) as Json
    if (what === DROP) Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key]
    else parent[key] = what
  }
  return changed
}

describe('payloads bent out of shape', () => {
  it(`are answered, ${RUNS} of them, and the bot goes on`, { timeout: 300_000 }, async () => {
    const { log, lines } = memoryLog()
    const w = await world({ log })
    const own = await ownPayloads(w)
    const bases = athome(w, [...own, ...own, ...whole.map(({ delivery }) => delivery)])
    const caught = await watched(() =>
      fc.assert(
        fc.asyncProperty(fc.nat(bases.length - 1), mutations, async (at, changes) => {
          const base = bases[at] ?? expect.fail('no payload')
          const delivery = { ...base, payload: mutate(base.payload, changes) }
          const before = lines.length
          const [reply] = await deliver(w.slack, w.connection(), delivery)
          const said = JSON.stringify(delivery.payload).slice(0, 300)
          expect(reply, said).toMatchObject({ timedOut: false })
          expect(reply.status, said).toBeGreaterThanOrEqual(200)
          if (reply.status >= 500) expect(lines.slice(before).filter(isSevere), said).not.toEqual([])
        }),
        { numRuns: RUNS, endOnFailure: true, seed: Number(process.env.FUZZ_SEED ?? 1) },
      ),
    )
    expect(caught).toEqual([])
    expect(await file(w)).toBeGreaterThan(1)
  })
})

describe('what became of a call', () => {
  const refusal = (error: string) => ({ code: 'slack_webapi_platform_error', data: { ok: false, error } })
  const codes: string[] = hasData
    ? [
        ...new Set(
          Object.values<string[]>(JSON.parse(readFileSync(`${SAMPLES}/web-api/error-enums.json`, 'utf8'))).flat(),
        ),
      ]
    : []

  /** Every code that is not refused for good. */
  const OTHERS: Record<string, string> = {
    account_inactive: 'stop',
    invalid_auth: 'stop',
    not_authed: 'stop',
    token_revoked: 'stop',
    fatal_error: 'unknown',
    request_timeout: 'unknown',
    rate_limited: 'wait',
    message_not_found: 'gone',
    cant_update_message: 'gone',
    edit_window_closed: 'gone',
    // They pass by themselves, by Slack's own words: the workspace is being moved.
    team_added_to_org: 'again',
    org_login_required: 'again',
    // An admin adds what the app may do.
    missing_scope: 'again',
  }

  it.skipIf(!hasData).each(codes)('%s', (code) => {
    const kind = OTHERS[code] ?? 'refused'
    expect(fateOf(refusal(code))).toEqual(kind === 'wait' ? { kind, delay: RETRY_AFTER } : { kind, error: code })
  })

  it('every code of the table is one that Slack documents', () => {
    if (hasData) expect(codes).toEqual(expect.arrayContaining(Object.keys(OTHERS)))
  })

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a string', 'x'],
    ['an error without a code', new Error('x')],
    ['a refusal without a code', { code: 'slack_webapi_platform_error' }],
    ['a body cut short', refusal('{"ok":true,"channel":"C1","message":{"text":"The valve')],
    ['an error that causes itself', Object.assign(new Error('x'), { cause: null })],
  ])('%s is unknown', (_, thrown) => {
    expect(fateOf(thrown)).toMatchObject({ kind: 'unknown' })
    expect(JSON.stringify(fateOf(thrown))).not.toContain('valve')
  })

  describe.skipIf(!hasData)('a 429', () => {
    const { http_status, headers, body } = hasData
      ? JSON.parse(readFileSync(`${SAMPLES}/web-api/ratelimited.json`, 'utf8'))
      : { http_status: 0, headers: {}, body: {} }
    let origin = ''
    let sent: Record<string, string> = {}
    const server = createServer((_, response) => {
      response.writeHead(http_status, { 'content-type': 'application/json', ...sent })
      response.end(JSON.stringify(body))
    })
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`
    })
    afterAll(() => {
      server.closeAllConnections()
      server.close()
    })

    it.each([
      ['with Retry-After', headers, 1_000],
      ['without', {}, RETRY_AFTER],
    ])('%s', async (_, given: Record<string, string>, delay) => {
      sent = given
      onTestFinished(() => {
        sent = {}
      })
      const client = deliveryClient({ token: 'xoxb-1', slackApiUrl: origin, log: makeLog('silent') })
      const thrown = await client.chat.postMessage({ channel: 'C1', text: 'x' }).catch((error: unknown) => error)
      expect(fateOf(thrown)).toEqual({ kind: 'wait', delay })
    })
  })
})

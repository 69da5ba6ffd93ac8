import { createHmac } from 'node:crypto'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { type Log, makeLog } from '../../src/log.ts'
import { asAdmin, databaseKinds } from '../support/databases.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, form, more, opened, REACHED, REPORT, send, toldBy, WORDS } from './support.ts'

/** A log as the bot writes it, line by line. */
function written(level = 'debug'): { log: Log; lines: string[] } {
  const lines: string[] = []
  return { log: makeLog(level, { write: (line) => lines.push(line) }), lines }
}

const get = async (w: World, path: string, init?: RequestInit) => {
  const answer = await fetch(`http://127.0.0.1:${w.app.port}${path}`, init)
  return { status: answer.status, text: await answer.text() }
}

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  test('what went wrong is told with a reference that stands in the log, too', async () => {
    const { log, lines } = written()
    const w = await world({ mode, log })
    const { rita } = w.people
    w.slack.faults.next({ kind: 'error', code: 'internal_error', method: 'views.open' })
    const answer = await toldBy(w, rita, () => rita.command('/complaint Acme: late', { channel: 'service' }))
    expect(answer.text).toContain('Something went wrong on our side')
    const reference = /reference ([A-Z0-9]{6})/.exec(answer.text)?.[1] ?? 'none'
    const [line, ...others] = lines.filter((one) => one.includes(reference))
    expect(others).toEqual([])
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'error', reference, route: 'command /complaint' })
  })

  test('what nothing answers to is acknowledged, refused and logged', async () => {
    const { log, lines } = written()
    const w = await world({ mode, log })
    const { rita, fred } = w.people
    await file(w)
    const refusals = () => lines.filter((line) => line.includes('refused a payload')).length
    const refused = async (doing: () => Promise<{ status: number }>) => {
      const before = refusals()
      expect((await doing()).status).toBe(200)
      // Events are answered before anybody looks at them.
      await w.settle()
      expect(refusals()).toBe(before + 1)
    }
    for (const command of ['/nonsense', '/toString', '/__proto__'])
      await refused(() => rita.command(command, { channel: 'service' }))
    await refused(() => rita.globalShortcut('nonsense'))
    const card = cardIn(w, 'manufacturing', 1)
    await refused(() => rita.messageShortcut('nonsense', card.channel, card.ts))
    for (const action_id of ['nonsense', 'constructor', '__proto__']) {
      const text = { type: 'plain_text', text: 'Press' }
      const blocks = [{ type: 'actions', block_id: 'b', elements: [{ type: 'button', action_id, text }] }]
      await refused(() => fred.press({ ...card, blocks }, 'Press'))
    }
    const modal = await opened(w)
    await modal.fill(REPORT)
    const [view] = w.slack.openViews(rita.id)
    if (view) view.callback_id = 'nonsense'
    await refused(() => modal.submit())
    await refused(() => rita.event({ type: 'reaction_added' }))
    expect(w.slack.messages(card.channel)).toHaveLength(1)
    expect(w.slack.problems).toEqual([])
  })

  test('the log of a whole life holds nobody’s words, names or tokens', async () => {
    const { log, lines } = written()
    const printed: string[] = []
    for (const stream of [process.stdout, process.stderr]) {
      const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        printed.push(String(chunk))
        return true
      })
      onTestFinished(() => spy.mockRestore())
    }
    const w = await world({ mode, log })
    const { slack, people, clock } = w
    const secret = (words: string) => `zq${words} zqcustomer`
    for (const kind of ['truncate', 'garble', 'acceptThenReset'] as const)
      slack.faults.next({ kind, method: 'chat.postMessage' })
    slack.faults.next({ kind: 'http', status: 500, method: 'chat.postMessage' })
    slack.faults.next({ kind: 'rateLimit', method: 'chat.postMessage' })
    const modal = await opened(w)
    await send(w, modal, {
      ...REPORT,
      Customer: secret('Acme'),
      [WORDS]: secret('words'),
      'What have they already tried?': secret('tried'),
      'Who to call back, and how': secret('contact'),
      'Site, order or part': secret('part'),
    })
    const retries = async () => {
      for (let n = 0; n < 8; n += 1) await w.pass(20_000)
    }
    await retries()
    await act(w, 'fred', 1, 'Own it')
    await send(w, await form(w, 'fred', 1, 'Log callback'), { ...REACHED, 'What was said': secret('said') })
    const moved = { 'Next call promised by': plus(clock.now(), HOUR), Reason: secret('reason') }
    await send(w, await more(w, 'fred', 1, 'Move callback', 'Move callback'), moved)
    await w.pass(2 * HOUR)
    await retries()
    slack.faults.next({ kind: 'truncate', method: 'views.open' })
    await toldBy(w, people.rita, () => people.rita.command(`/complaint ${secret('a')}: b`, { channel: 'service' }))
    await people.rita.command(`/nonsense ${secret('x')}`, { channel: 'service' })
    await people.rita.event({ type: 'message', text: secret('event') })
    await people.rita.command('/complaint list zqnone', { channel: 'service' })
    slack.faults.next({ kind: 'error', code: 'is_archived', method: 'chat.postMessage' })
    await send(w, await form(w, 'fred', 1, 'Close out'), { ...CLOSE_OUT, 'What was done': secret('done') })
    slack.faults.next({ kind: 'error', code: 'token_revoked', method: 'chat.update' })
    await send(w, await form(w, 'fred', 1, 'Reopen'), { Reason: secret('again') })
    await w.restart()
    expect(lines.length).toBeGreaterThan(10)
    const everything = [...lines, ...printed].join('')
    expect(everything.match(/.{0,300}zq.{0,200}/)?.[0]).toBeUndefined()
    for (const name of ['rita', 'fred', 'lena']) expect(everything).not.toContain(name)
    for (const token of [slack.botToken, slack.appToken, slack.signingSecret]) expect(everything).not.toContain(token)
    for (const { url } of slack.responses) expect(everything).not.toContain(new URL(url).pathname)
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
  })
})

test.runIf(databaseKinds().includes('postgres'))('a form that fails on our side keeps what was typed', async () => {
  const { log, lines } = written()
  const w = await world({ kind: 'postgres', log })
  const { url } = w.place as { url: string }
  const modal = await opened(w)
  await modal.fill(REPORT)
  await asAdmin(url, 'alter table submissions rename to elsewhere')
  const sent = await modal.submit()
  const told = sent.errors.Customer ?? ''
  expect(told).toContain('nothing was saved')
  const reference = /Reference ([A-Z0-9]{6})/.exec(told)?.[1] ?? 'none'
  expect(lines.filter((line) => line.includes(reference))).toEqual([expect.stringContaining('"reason":"42P01"')])
  await asAdmin(url, 'alter table elsewhere rename to submissions')
  expect((await modal.submit()).outcome).toBe('closed')
  await w.settle()
  cardIn(w, 'manufacturing', 1)
})

test('requests that Slack did not sign, or signed too long ago, are refused', async () => {
  const w = await world()
  const body = new URLSearchParams({
    command: '/complaint',
    text: '',
    user_id: 'U1',
    channel_id: 'C1',
    trigger_id: 't',
  })
  const post = (at: number, secret: string, headers: Record<string, string> = {}) => {
    const hmac = createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')
    const signed = { 'x-slack-request-timestamp': String(at), 'x-slack-signature': `v0=${hmac}` }
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return get(w, '/slack/events', { method: 'POST', body: String(body), headers: { ...type, ...signed, ...headers } })
  }
  const now = Math.floor(Date.now() / 1000)
  expect((await post(now, 'another secret')).status).toBe(401)
  expect((await post(now - 301, w.slack.signingSecret)).status).toBe(401)
  expect((await post(now, w.slack.signingSecret, { 'x-slack-signature': '' })).status).toBe(401)
  expect((await post(now, w.slack.signingSecret, { 'x-slack-request-timestamp': '' })).status).toBe(401)
  expect((await get(w, '/slack/events', { method: 'POST', body: '{}' })).status).toBe(401)
  expect(w.slack.callsTo('views.open')).toEqual([])
  expect((await post(now, w.slack.signingSecret)).status).toBe(200)
})

test('whoever watches can ask how it is', async () => {
  const w = await world()
  await file(w)
  expect(await get(w, '/healthz')).toEqual({ status: 200, text: 'ok\n' })
  expect(await get(w, '/readyz?x=1')).toEqual({ status: 200, text: 'ready\n' })
  const { status, text } = await get(w, '/metrics')
  expect(status).toBe(200)
  expect(text).toMatch(/^amends_outbox_waiting 0$/m)
  expect(text).toMatch(/^amends_messages_total\{kind="card",end="sent"\} 1$/m)
  expect(text).toMatch(/^amends_interaction_seconds_count\{route="command \/complaint",failed="false"\} 1$/m)
  expect((await get(w, '/')).status).toBe(404)
  expect((await get(w, '/slack/events')).status).toBe(404)
})

test('over the socket nothing is answered at the request URL, and readiness follows the socket', async () => {
  const w = await world({ mode: 'socket' })
  expect((await get(w, '/slack/events', { method: 'POST', body: '{}' })).status).toBe(404)
  expect((await get(w, '/readyz')).text).toBe('ready\n')
  w.slack.faults.next({ kind: 'outage', method: 'apps.connections.open' })
  w.slack.sockets.drop()
  await w.slack.until(() => (w.slack.callsTo('apps.connections.open').length > 1 ? true : undefined), {
    withinMs: 5000,
  })
  expect(await get(w, '/readyz')).toEqual({ status: 503, text: 'no socket to Slack\n' })
  w.slack.faults.clear()
  await w.slack.until(() => (w.slack.sockets.count > 0 ? true : undefined), { withinMs: 10_000, what: 'a new socket' })
  await opened(w)
  expect((await get(w, '/readyz')).text).toBe('ready\n')
})

import { describe, expect, inject, test } from 'vitest'
import type { Modal } from '../../src/sandbox/person.ts'
import { asAdmin, databaseKinds } from '../support/databases.ts'
import { cardIn, file, type World, world } from '../support/world.ts'
import { Gate, quietMoment } from './gate.ts'
import { expectNoRepeats, filing, linesOf, opened, REPORT, toldBy, WORDS, withoutButton } from './support.ts'

const UNREACHABLE = 'Our database can’t be reached at the moment. Please try again in a minute.'
const KEPT = `${UNREACHABLE} Nothing you typed is lost.`

const get = async (w: World, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${w.app.port}${path}`)
  return { status: answer.status, text: await answer.text() }
}

/** Presses the form's button until it closes, as a person does who is asked to try again. */
async function patiently(modal: Modal): Promise<void> {
  for (let tries = 0; tries < 10; tries += 1) {
    const sent = await modal.submit()
    if (sent.outcome === 'closed') return
    expect(Object.values(sent.errors)).toEqual([KEPT])
  }
  throw new Error('The form never closed')
}

/** One complaint, one card, one thanks. */
async function expectFiledOnce(w: World): Promise<void> {
  await w.settle()
  await w.slack.until(() => (w.slack.directMessages(w.people.rita.id).length > 0 ? true : undefined), {
    withinMs: 10_000,
    what: 'thanks',
  })
  await w.settle()
  expect(w.slack.messages(w.slack.channel('manufacturing'))).toHaveLength(1)
  const listed = await toldBy(w, w.people.lou, () => w.people.lou.command('/complaint list', { channel: 'service' }))
  expect(listed.text).toContain('1 to 1 of 1')
  expectNoRepeats(w)
}

const onPostgres = describe.runIf(databaseKinds().includes('postgres'))

onPostgres('the database can not be reached', () => {
  test('connections break: forms keep what was typed and say so, and later file it once', async () => {
    const gate = new Gate()
    const w = await world({ kind: 'postgres', reach: gate.before })
    const { people, slack } = w
    const modal = await opened(w)
    await modal.fill(REPORT)
    expect(await get(w, '/readyz')).toEqual({ status: 200, text: 'ready\n' })
    await gate.shut()
    const sent = await modal.submit()
    expect(sent).toMatchObject({ status: 200, outcome: 'errors', errors: { Customer: KEPT } })
    expect(modal.value(WORDS)).toMatchObject({ value: 'The valve does not fit.' })
    expect(await get(w, '/readyz')).toEqual({ status: 503, text: 'the database can’t be reached\n' })
    expect((await get(w, '/healthz')).status).toBe(200)

    // A form still opens, from what was last known to be in force; what needs the rows says why not.
    const other = await opened(w, 'lou')
    await other.fill(REPORT)
    expect((await other.submit()).errors).toEqual({ Customer: KEPT })
    await other.close()
    const answer = await toldBy(w, people.fay, () => people.fay.command('/complaint list', { channel: 'service' }))
    expect(answer.text).toBe(UNREACHABLE)
    expect(slack.callsTo('chat.postMessage')).toEqual([])

    await gate.open()
    await patiently(modal)
    await expectFiledOnce(w)
    expect((await get(w, '/readyz')).status).toBe(200)
    expect(slack.problems).toEqual([])
  })

  test('it falls silent: people are answered in time, and what went on meanwhile is not done twice', async () => {
    const gate = new Gate()
    const w = await world({ kind: 'postgres', reach: gate.before })
    const { people } = w
    const modal = await opened(w)
    await modal.fill(REPORT)
    gate.hold()
    const { lou, fay } = people
    await lou.command('/complaint', { channel: 'service' })
    const [sent, , answer, ready] = await Promise.all([
      modal.submit(),
      w.slack.until(() => w.slack.openViews(lou.id)[0], { withinMs: 4000, what: 'a form' }),
      fay.command('/complaint list', { channel: 'service' }),
      get(w, '/readyz'),
    ]).finally(() => gate.open())
    expect(sent).toMatchObject({ status: 200, outcome: 'errors', errors: { Customer: KEPT } })
    expect(sent.ms).toBeLessThan(3000)
    expect(answer).toMatchObject({ timedOut: false, body: { text: UNREACHABLE } })
    expect(ready.status).toBe(503)
    expect(lou.modal().title).toBe('File a complaint')
    await patiently(modal)
    await expectFiledOnce(w)
    expect(w.slack.problems).toEqual([])
  })

  test('a button pressed meanwhile is acknowledged, and the person hears what became of it', async () => {
    const gate = new Gate()
    const w = await world({ kind: 'postgres', reach: gate.before })
    const { fred } = w.people
    await file(w)
    const card = cardIn(w, 'manufacturing', 1)
    await gate.shut()
    const answer = await toldBy(w, fred, async () => {
      expect(await fred.press(card, 'Own it')).toMatchObject({ status: 200 })
    })
    expect(answer.text).toBe(UNREACHABLE)
    const other = await toldBy(w, fred, () => fred.press(card, 'Log callback'))
    expect(other.text).toBe(UNREACHABLE)
    await gate.open()
    // The first tries may still meet the driver's pause before it connects again.
    const owned = () => (cardIn(w, 'manufacturing', 1).text.includes(fred.id) ? true : undefined)
    for (let tries = 0; tries < 10 && !owned(); tries += 1) {
      await fred.press(card, 'Own it')
      await w.slack.until(owned, { withinMs: 3000 }).catch(() => {})
    }
    await withoutButton(w, 1, 'Own it')
    expect(linesOf(w, 'manufacturing', 1)).toHaveLength(1)
  })

  test('it is renamed for a while: the same', async () => {
    const w = await world({ kind: 'postgres' })
    const { admin } = inject('postgres') ?? { admin: '' }
    const name = new URL((w.place as { url: string }).url).pathname.slice(1)
    const modal = await opened(w)
    await modal.fill(REPORT)
    await asAdmin(admin, `alter database ${name} with allow_connections false`)
    await quietMoment()
    await asAdmin(admin, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    await asAdmin(admin, `alter database ${name} rename to ${name}_away`)
    try {
      expect((await modal.submit()).errors).toEqual({ Customer: KEPT })
    } finally {
      await asAdmin(admin, `alter database ${name}_away rename to ${name}`)
      await asAdmin(admin, `alter database ${name} with allow_connections true`)
    }
    await patiently(modal)
    await expectFiledOnce(w)
  })
})

const onGate = databaseKinds().includes('postgres') ? test : test.skip

describe.each(['http', 'socket'] as const)('stopping, over %s', (mode) => {
  onGate('ends what is under way and answers it', async () => {
    const gate = new Gate()
    const w = await world({ mode, kind: 'postgres', reach: gate.before })
    const modal = await opened(w)
    await modal.fill(REPORT)
    gate.hold()
    const submitting = modal.submit()
    await w.slack.until(() => (w.slack.sockets.sent.length > 0 || mode === 'http' ? true : undefined))
    // A round trip through the same server: the form has arrived before it.
    await get(w, '/healthz')
    const stopping = w.app.stop()
    await gate.open()
    expect(await submitting).toMatchObject({ status: 200, outcome: 'closed' })
    await stopping
    await expect(get(w, '/healthz')).rejects.toThrow()
    await w.restart()
    await expectFiledOnce(w)
  })

  test('waits for deliveries, so that nothing has to be looked up or said again', async () => {
    const w = await world({ mode })
    const { slack } = w
    slack.faults.next({ kind: 'late', ms: 600, method: 'chat.postMessage' })
    await filing(w)
    await slack.until(() => (slack.callsTo('chat.postMessage').length > 0 ? true : undefined))
    await w.restart()
    await w.settle()
    expect(slack.messages(slack.channel('manufacturing'))).toHaveLength(1)
    expect(slack.directMessages(w.people.rita.id)).toHaveLength(1)
    expect(slack.callsTo('conversations.history')).toEqual([])
    expectNoRepeats(w)
  })
})

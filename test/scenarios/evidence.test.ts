import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { SECOND } from '../../src/complaint/time.ts'
import { makeLog } from '../../src/log.ts'
import { deliver } from '../../src/sandbox/app-link.ts'
import type { Json } from '../../src/sandbox/json.ts'
import type { SandboxMessage } from '../../src/sandbox/slack.ts'
import { cardIn, file, type World, withDatabase, world } from '../support/world.ts'
import { act, CLOSE_OUT, expectNoRepeats, form, linesOf, more, opened, REPORT, send, WORDS } from './support.ts'

const FILES = 'Photos or files'
const MEGABYTE = 1024 * 1024

const under = (w: World, number: number): SandboxMessage[] =>
  w.slack.thread(w.slack.channel('manufacturing'), cardIn(w, 'manufacturing', number).ts).slice(1)

const pictures = (messages: readonly SandboxMessage[]): Json[] =>
  messages.flatMap(({ blocks }) => blocks).filter(({ type }) => type === 'image')

const timeline = async (w: World, number: number): Promise<string> =>
  JSON.stringify((await more(w, 'fred', number, 'Timeline', `Timeline of #${number}`)).blocks)

const retried = async (w: World): Promise<void> => {
  for (let at = 0; at < 4; at += 1) await w.pass(10 * SECOND)
}

test('what is added to the forms is shown in the thread and listed on the timeline', async () => {
  const w = await world({ mode: 'socket' })
  const { slack } = w
  const intake = await opened(w)
  await send(w, intake, { ...REPORT, [FILES]: ['valve.jpg', 'thread.png', 'order.pdf'] })
  const [shown, ...others] = under(w, 1)
  expect(others).toEqual([])
  expect(pictures([shown as SandboxMessage])).toMatchObject([
    { slack_file: { id: expect.stringMatching(/^F/) }, alt_text: 'valve.jpg', title: { text: 'valve.jpg' } },
    { alt_text: 'thread.png' },
  ])
  expect(shown?.text).toMatch(/added 3 photos and files: .*valve\.jpg.*order\.pdf\|order\.pdf>/s)
  expect(cardIn(w, 'manufacturing', 1).text).toContain('3 photos and files')
  // Whoever reads the thread may see what is linked there.
  const pdf = slack.snapshot().files?.find(({ name }) => name === 'order.pdf')
  expect(pdf?.channels).toEqual([slack.channel('manufacturing')])

  await send(w, await form(w, 'fred', 1, 'Visit'), {
    ...{ 'Who goes': 'fay', ETA: new Date(w.clock.now().getTime() + 3_600_000), [FILES]: ['gauge.gif'] },
  })
  await send(w, await form(w, 'fred', 1, 'Close out'), { ...CLOSE_OUT, [FILES]: ['mended.jpeg'] })
  expect(pictures(under(w, 1)).map(({ alt_text }) => alt_text)).toEqual([
    ...['valve.jpg', 'thread.png', 'gauge.gif', 'mended.jpeg'],
  ])
  const listed = await timeline(w, 1)
  for (const name of ['valve.jpg', 'order.pdf', 'gauge.gif', 'mended.jpeg']) expect(listed).toContain(name)
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('a word of the owner in the thread ends their silence; files there are evidence, whoever adds them', async () => {
  const w = await world({ mode: 'socket' })
  const { slack, people, clock } = w
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  const { ts } = cardIn(w, 'manufacturing', 1)
  clock.move(3_600_000)
  const word = 'Vielleicht die Dichtung.'
  await people.fred.say('manufacturing', word, ts)
  await w.settle()
  const rows = await withDatabase(w.place, (db) => db.reader.execute(sql`select * from complaints`))
  expect(JSON.stringify(rows)).toContain('silent_since')
  await people.fay.say('manufacturing', '', ts, [slack.upload('fay', 'seal.jpg').id])
  await w.settle()
  expect(cardIn(w, 'manufacturing', 1).text).toContain('1 photo or file')
  // It can be seen there already.
  expect(pictures(under(w, 1))).toEqual([])
  expect(await timeline(w, 1)).toContain('seal.jpg')
  expect(slack.problems).toEqual([])
})

test('files of the message that is filed come along', async () => {
  const w = await world()
  const { slack, people } = w
  const files = ['leak.jpg', 'list.csv'].map((name) => slack.upload('lou', name).id)
  const ts = await slack.say('lou', 'service', 'Look at this', undefined, files)
  await people.rita.messageShortcut('file_as_complaint', slack.channel('service'), ts)
  const { [WORDS]: _, ...rest } = REPORT
  const modal = await people.rita.waitForModal()
  await send(w, modal, { ...rest, Severity: 'Serious', [FILES]: ['mine.png'] })
  const shown = under(w, 1)
  expect(shown).toHaveLength(2)
  expect(pictures(shown).map(({ alt_text }) => alt_text)).toEqual(['leak.jpg', 'mine.png'])
  expect(shown[0]?.text).toContain('with the message that was filed')
  expect(slack.callsTo('files.info').map(({ args }) => args.file)).toEqual(files)
  expect(slack.problems).toEqual([])
})

test.each(['error', 'hang', 'http'] as const)(
  'where Slack can not be asked about a file (%s), the complaint is filed, and the thread says which was not taken',
  async (kind) => {
    const w = await world()
    const { slack, people } = w
    const ts = await slack.say('lou', 'service', 'Look', undefined, [slack.upload('lou', 'leak.jpg').id])
    await people.rita.messageShortcut('file_as_complaint', slack.channel('service'), ts)
    const { [WORDS]: _, ...rest } = REPORT
    const modal = await people.rita.waitForModal()
    const plan = { error: { kind, code: 'internal_error' }, hang: { kind }, http: { kind, status: 503 } }[kind]
    slack.faults.next({ ...(plan as { kind: 'hang' }), method: 'files.info' })
    await send(w, modal, { ...rest, [FILES]: ['mine.png'] })
    expect(pictures(under(w, 1)).map(({ alt_text }) => alt_text)).toEqual(['mine.png'])
    expect(linesOf(w, 'manufacturing', 1)).toContainEqual(
      '“leak.jpg” could not be looked at and is not listed. Please add it in this thread.',
    )
  },
)

test('what is of a wrong kind or too large is refused under the field, and the form keeps everything', async () => {
  const w = await world()
  const { slack } = w
  const intake = await opened(w)
  const [exe, film] = [
    slack.upload('rita', 'setup.exe', { withApp: true }).id,
    slack.upload('rita', 'film.mov', { withApp: true, size: 51 * MEGABYTE }).id,
  ]
  await intake.fill({ ...REPORT, [FILES]: [exe, film] })
  const refused = await intake.submit()
  expect(refused.outcome).toBe('errors')
  expect(refused.errors[FILES]).toMatch(/not taken: setup\.exe.*Larger than 50 MB: film\.mov/)
  expect(slack.messages('manufacturing')).toEqual([])
  expect(intake.value(WORDS)).toMatchObject({ value: 'The valve does not fit.' })
  await send(w, intake, { [FILES]: [slack.upload('rita', 'film.mp4', { withApp: true }).id] })
  expect(linesOf(w, 'manufacturing', 1)).toHaveLength(1)

  const closing = await form(w, 'fred', 1, 'Close out')
  await closing.fill({ ...CLOSE_OUT, [FILES]: [exe] })
  expect((await closing.submit()).errors[FILES]).toContain('setup.exe')
  await closing.close()
  const { ts } = cardIn(w, 'manufacturing', 1)
  await w.people.fay.say('manufacturing', 'And this', ts, [exe])
  await w.settle()
  expect(linesOf(w, 'manufacturing', 1).at(-1)).toBe('“setup.exe” is of a kind that is not taken as evidence here.')
})

test('pictures that Slack does not show (yet) are linked in the end, and hold nothing up', async () => {
  const w = await world()
  const { slack, people } = w
  // Amends is not where the message stands: it may not see the picture.
  await slack.kick('logistics', slack.botUser)
  const photo = slack.upload('lou', 'secret.jpg').id
  const ts = await slack.say('lou', 'logistics', 'Look', undefined, [photo])
  await people.rita.messageShortcut('file_as_complaint', slack.channel('logistics'), ts)
  const { [WORDS]: _, ...rest } = REPORT
  await send(w, await people.rita.waitForModal(), { ...rest, [FILES]: ['mine.png'] })
  expect(linesOf(w, 'manufacturing', 1)).toContainEqual(expect.stringContaining('“secret.jpg” could not be looked at'))

  // One that Slack is not done with yet is shown a little later: the card is the first post, the pictures are the second.
  const notYet = { kind: 'error', code: 'invalid_blocks', every: 2 } as const
  slack.faults.next({ ...notYet, method: 'chat.postMessage', channel: slack.channel('manufacturing') })
  await send(w, await opened(w), { ...REPORT, Customer: 'Bolt', [FILES]: ['late.png'] })
  expect(pictures(under(w, 2))).toEqual([])
  await retried(w)
  expect(pictures(under(w, 2)).map(({ alt_text }) => alt_text)).toEqual(['late.png'])

  // One that is refused for good is linked.
  const gone = slack.upload('fred', 'gone.png', { withApp: true }).id
  const closing = await form(w, 'fred', 2, 'Close out')
  await closing.fill({ ...CLOSE_OUT, [FILES]: [gone] })
  slack.deleteFile(gone)
  await closing.submit()
  await w.settle()
  await retried(w)
  expect(under(w, 2).at(-1)?.text).toContain('gone.png')
  // Only what Amends could not say where it was put out.
  expect(slack.messages('ops').map(({ text }) => text)).toEqual([expect.stringContaining('Filed as')])
})

test('what is deleted in Slack is marked on the timeline, wherever it is evidence, and gone from the thread', async () => {
  const w = await world()
  const { slack, people } = w
  const photo = slack.upload('rita', 'valve.jpg', { withApp: true }).id
  const other = slack.upload('rita', 'seal.jpg', { withApp: true }).id
  await send(w, await opened(w), { ...REPORT, [FILES]: [photo] })
  await send(w, await opened(w), { ...REPORT, Customer: 'Bolt', [FILES]: [photo, other] })
  await people.rita.deleteFile(photo)
  await people.rita.resend({ copies: 2 })
  await w.settle()
  expect(under(w, 1).map(({ text }) => text)).toEqual(['No longer in Slack: “valve.jpg”.'])
  expect(pictures(under(w, 1))).toEqual([])
  expect(pictures(under(w, 2)).map(({ alt_text }) => alt_text)).toEqual(['seal.jpg'])
  for (const number of [1, 2]) {
    expect(cardIn(w, 'manufacturing', number).text.includes('1 photo or file')).toBe(number === 2)
    expect((await timeline(w, number)).split('is no longer in Slack').length - 1).toBe(1)
    slack.views.clear(people.fred.id)
  }
  await people.rita.deleteFile(slack.upload('rita', 'other.jpg').id)
  expectNoRepeats(w)
  expect(slack.problems).toEqual([])
})

test('the same event again, after a restart too, adds nothing; what others write elsewhere costs one look', async () => {
  const w = await world()
  const { slack, people } = w
  await file(w)
  const { ts } = cardIn(w, 'manufacturing', 1)
  const exe = slack.upload('fay', 'setup.exe').id
  await people.fay.say('manufacturing', 'Look', ts, [slack.upload('fay', 'seal.jpg').id, exe])
  await w.settle()
  await people.fay.resend({ copies: 2 })
  await w.settle()
  const [delivery] = slack.deliveries.filter(({ form: how }) => how === 'event').slice(-1)
  await w.restart()
  if (delivery) await deliver(slack, w.connection(), { form: delivery.form, payload: delivery.payload })
  await w.settle()
  expect(linesOf(w, 'manufacturing', 1).filter((one) => one.includes('setup.exe'))).toHaveLength(1)
  expect(cardIn(w, 'manufacturing', 1).text).toContain('1 photo or file')
  const before = (await timeline(w, 1)).length
  slack.views.clear(w.people.fred.id)

  // Not in a thread, in another thread, by a bot, an edit, a deletion, by Slack itself: none of it is ours.
  const other = await slack.say('rita', 'manufacturing', 'Lunch?')
  const channel = slack.channel('manufacturing')
  const base = { type: 'message', channel, user: people.fay.id, ts: '1772636500.000100', event_ts: '1772636500.000100' }
  const photo = { files: [slack.fileFacts(slack.upload('fay', 'x.jpg').id)] }
  const events: Json[] = [
    { ...base, ...photo },
    { ...base, ...photo, thread_ts: other },
    { ...base, ...photo, thread_ts: ts, bot_id: 'B0OTHER' },
    { ...base, ...photo, thread_ts: ts, bot_id: slack.botId, user: slack.botUser },
    { ...base, thread_ts: ts, subtype: 'message_changed', hidden: true, message: { ...base, ...photo, thread_ts: ts } },
    { ...base, thread_ts: ts, subtype: 'message_deleted', deleted_ts: ts },
    { ...base, ...photo, thread_ts: ts, subtype: 'channel_topic' },
    { type: 'message', subtype: 'message_replied', channel, ts, hidden: true, message: {} },
  ]
  for (const event of events) expect(await w.people.fay.event(event)).toMatchObject({ status: 200, timedOut: false })
  await w.settle()
  expect((await timeline(w, 1)).length).toBe(before)
  expect(slack.problems).toEqual([])
})

test('what is written in a thread is neither stored nor logged', async () => {
  const lines: string[] = []
  const log = makeLog('trace', { write: (line: string) => void lines.push(line) })
  const w = await world({ log })
  await file(w)
  await act(w, 'fred', 1, 'Own it')
  const word = 'Eyes only: the customer owes us money'
  await w.people.fred.say('manufacturing', word, cardIn(w, 'manufacturing', 1).ts)
  await w.settle()
  expect(lines.join('')).not.toContain(word)
  await withDatabase(w.place, async (db) => {
    for (const table of ['complaints', 'timeline', 'outbox', 'submissions', 'evidence'])
      expect(JSON.stringify(await db.reader.execute(sql.raw(`select * from ${table}`)))).not.toContain(word)
  })
})

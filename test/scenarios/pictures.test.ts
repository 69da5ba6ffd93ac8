import { expect, test } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { DAY, SECOND } from '../../src/complaint/time.ts'
import type { FaultPlan } from '../../src/sandbox/faults.ts'
import { type Json, objectOf, text } from '../../src/sandbox/json.ts'
import type { SandboxMessage } from '../../src/sandbox/types.ts'
import { file, type World, type WorldOptions, world } from '../support/world.ts'
import { CLOSE_OUT, form, send } from './support.ts'

const POST = 'chat.postMessage'
const MONDAY = '2026-03-09T14:00:00.000Z'

/** Of one department: each has a digest of its own, and the company's is the one looked at. */
const small = (setup: Setup): Setup => ({
  ...setup,
  departments: setup.departments.filter(({ key }) => key === 'manufacturing'),
  rootCauses: [{ key: 'defective-part', name: 'Defective part', origin: 'manufacturing', children: [] }],
})

/** A company in which something happened in the week before the digest. */
async function weekOver(options: WorldOptions = {}): Promise<World> {
  const w = await world({ setup: small, ...options })
  await closed(w)
  return w
}

/** Something of this week for the next digest. Customers differ: those of one would be of one flaw. */
async function closed(w: World): Promise<void> {
  const number = await file(w, 'rita', { Customer: `Customer since ${w.clock.now().getTime()}` })
  await send(w, await form(w, 'fred', number, 'Close out'), CLOSE_OUT)
}

const digests = ({ slack }: World): SandboxMessage[] =>
  slack.messages(slack.channel('company')).filter((message) => message.text.includes('Weekly digest'))

const imagesOf = (message: SandboxMessage | undefined): Json[] =>
  (message?.blocks ?? []).filter((block) => block.type === 'image')

/** Moves on to the next Monday's digest, until its picture has had every chance. */
async function monday(w: World, seconds = 0): Promise<void> {
  const since = w.clock.now().getTime() - Date.parse(MONDAY)
  await w.pass((Math.floor(since / (7 * DAY)) + 1) * 7 * DAY - since)
  for (let passed = 0; passed < seconds; passed += 15) await w.pass(15 * SECOND)
}

test("Monday's digest shows why it happened, in place, with the figures in words", async () => {
  const w = await weekOver({ drawn: true })
  await monday(w)
  const [digest, ...others] = digests(w)
  expect(others).toEqual([])
  const [image, ...more] = imagesOf(digest)
  expect(more).toEqual([])
  expect(text(image?.alt_text)).toBe(
    'Pareto of root causes, 1 complaint closed, 2 Mar to 9 Mar: Defective part 1, 100%.',
  )
  const file = w.slack.files.find(text(objectOf(image?.slack_file).id))
  expect(file?.mimetype).toBe('image/png')
  const png = Buffer.from(file?.base64 ?? '', 'base64')
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(1080)
  // The picture stands in the place of the bars; the figures stay.
  expect(JSON.stringify(digest?.blocks)).not.toContain('▇')
  expect(digest?.text).toContain('Defective part: 1, 100%')
  expect(w.slack.problems).toEqual([])
})

test('a file that Slack is still looking at is waited for; one that it never shows is left out', async () => {
  const w = await weekOver()
  w.slack.files.isLooking = true
  await monday(w, 30)
  expect(digests(w)).toEqual([])
  w.slack.files.isLooking = false
  await w.pass(15 * SECOND)
  expect(digests(w)).toHaveLength(1)
  expect(imagesOf(digests(w)[0])).toHaveLength(1)
  expect(w.slack.callsTo('files.completeUploadExternal')).toHaveLength(1)

  await closed(w)
  w.slack.files.isLooking = true
  await monday(w, 90)
  expect(digests(w)).toHaveLength(2)
  expect(imagesOf(digests(w)[1])).toEqual([])
  expect(JSON.stringify(digests(w)[1]?.blocks)).toContain('▇')
})

/** What goes wrong on the way to the digest, and whether its picture gets there all the same. */
const TROUBLES: [string, string, FaultPlan, 'picture' | 'bars'][] = [
  ['the bytes break off', 'upload', { kind: 'resetBefore' }, 'picture'],
  ['the bytes arrive, and their answer is lost', 'upload', { kind: 'acceptThenReset' }, 'picture'],
  ['the completion is lost', 'files.completeUploadExternal', { kind: 'acceptThenReset' }, 'picture'],
  ['there is a 429', 'files.getUploadURLExternal', { kind: 'rateLimit', retryAfter: 20 }, 'picture'],
  ['uploads are switched off', 'files.getUploadURLExternal', { kind: 'error', code: 'file_uploads_disabled' }, 'bars'],
  ['the app lacks the scope', 'files.getUploadURLExternal', { kind: 'error', code: 'missing_scope' }, 'bars'],
  ["the digest's own answer is lost", POST, { kind: 'acceptThenReset' }, 'picture'],
  ['uploads fail for two minutes', 'files.getUploadURLExternal', { kind: 'outage' }, 'bars'],
]
test('whatever goes wrong on the way, each digest stands there once, with its picture or with bars', async () => {
  const w = await world({ setup: small })
  const company = w.slack.channel('company')
  for (const [what, method, plan, shown] of TROUBLES) {
    await closed(w)
    const before = digests(w).length
    w.slack.faults.next({ ...plan, method, ...(method === POST ? { channel: company } : {}) })
    await monday(w, plan.kind === 'outage' ? 180 : plan.kind === 'error' ? 0 : 40)
    if (plan.kind === 'outage') w.slack.faults.clear()
    expect(w.slack.faults.left, what).toBe(0)
    const [digest, ...others] = digests(w).slice(before)
    expect(others, what).toEqual([])
    expect(imagesOf(digest), what).toHaveLength(shown === 'picture' ? 1 : 0)
    expect(JSON.stringify(digest?.blocks).includes('▇'), what).toBe(shown === 'bars')
  }
})

test('a digest that can not go where it belongs takes its picture along', async () => {
  const w = await weekOver()
  await w.slack.archive('company')
  await monday(w, 10)
  expect(digests(w)).toEqual([])
  const moved = w.slack.messages(w.slack.channel('ops')).filter(({ text: said }) => said.includes('Weekly digest'))
  expect(moved).toHaveLength(1)
  expect(imagesOf(moved[0])).toHaveLength(1)
})

test('a process that ends between the upload and the digest leaves one digest, with its picture', async () => {
  const w = await weekOver()
  w.slack.faults.next({ kind: 'error', code: 'token_revoked', method: POST, times: 100 })
  await monday(w, 10)
  expect(digests(w)).toEqual([])
  w.slack.faults.clear()
  await w.restart()
  for (let tries = 0; tries < 2; tries += 1) await w.pass(15 * SECOND)
  expect(digests(w)).toHaveLength(1)
  expect(imagesOf(digests(w)[0])).toHaveLength(1)
  expect(w.slack.files.all()).toHaveLength(1)
})

import { expect, test } from 'vitest'
import { SECOND } from '../../src/complaint/time.ts'
import type { FaultPlan } from '../../src/sandbox/faults.ts'
import { type Json, objectOf, text } from '../../src/sandbox/json.ts'
import type { SandboxMessage } from '../../src/sandbox/types.ts'
import { file, type World, type WorldOptions, world } from '../support/world.ts'
import { CLOSE_OUT, form, send } from './support.ts'

const MONDAY = '2026-03-09T14:00:00.000Z'

/** A company in which something happened in the week before the digest. */
async function weekOver(options: WorldOptions = {}): Promise<World> {
  const w = await world(options)
  await file(w)
  await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
  await w.settle()
  return w
}

const digests = ({ slack }: World): SandboxMessage[] =>
  slack.messages(slack.channel('company')).filter((message) => message.text.includes('Weekly digest'))

const imagesOf = (message: SandboxMessage | undefined): Json[] =>
  (message?.blocks ?? []).filter((block) => block.type === 'image')

/** Moves on until the digest's picture has had every chance. */
async function monday(w: World, seconds = 0): Promise<void> {
  await w.pass(Date.parse(MONDAY) - w.clock.now().getTime())
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

test('a file that Slack is still looking at is waited for', async () => {
  const w = await weekOver()
  w.slack.files.isLooking = true
  await monday(w, 30)
  expect(digests(w)).toEqual([])
  w.slack.files.isLooking = false
  await w.pass(15 * SECOND)
  expect(digests(w)).toHaveLength(1)
  expect(imagesOf(digests(w)[0])).toHaveLength(1)
  expect(w.slack.callsTo('files.completeUploadExternal')).toHaveLength(1)
})

test('a file that Slack never shows is left out', async () => {
  const w = await weekOver()
  w.slack.files.isLooking = true
  await monday(w, 90)
  expect(digests(w)).toHaveLength(1)
  expect(imagesOf(digests(w)[0])).toEqual([])
  expect(JSON.stringify(digests(w)[0]?.blocks)).toContain('▇')
})

/** What goes wrong on the way to the digest, and whether its picture gets there all the same. */
const TROUBLES: [string, string, FaultPlan, 'picture' | 'bars'][] = [
  ['the bytes break off', 'upload', { kind: 'resetBefore' }, 'picture'],
  ['the bytes arrive, and their answer is lost', 'upload', { kind: 'acceptThenReset' }, 'picture'],
  ['the completion is lost', 'files.completeUploadExternal', { kind: 'acceptThenReset' }, 'picture'],
  ['there is a 429', 'files.getUploadURLExternal', { kind: 'rateLimit', retryAfter: 20 }, 'picture'],
  ['uploads are switched off', 'files.getUploadURLExternal', { kind: 'error', code: 'file_uploads_disabled' }, 'bars'],
  ['the app lacks the scope', 'files.getUploadURLExternal', { kind: 'error', code: 'missing_scope' }, 'bars'],
  ['uploads fail for two minutes', 'files.getUploadURLExternal', { kind: 'outage' }, 'bars'],
]
test.each(TROUBLES)('where %s, the digest stands there once', async (_, method, plan, shown) => {
  const w = await weekOver()
  w.slack.faults.next({ ...plan, method })
  await monday(w, plan.kind === 'outage' ? 180 : plan.kind === 'error' ? 0 : 40)
  expect(digests(w)).toHaveLength(1)
  expect(imagesOf(digests(w)[0])).toHaveLength(shown === 'picture' ? 1 : 0)
  expect(JSON.stringify(digests(w)[0]?.blocks).includes('▇')).toBe(shown === 'bars')
})

test("where the digest's own answer is lost, it stands there once, with its picture", async () => {
  const w = await weekOver()
  w.slack.faults.next({ kind: 'acceptThenReset', method: 'chat.postMessage', channel: w.slack.channel('company') })
  await monday(w, 30)
  expect(w.slack.faults.left).toBe(0)
  expect(digests(w)).toHaveLength(1)
  expect(imagesOf(digests(w)[0])).toHaveLength(1)
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
  w.slack.faults.next({ kind: 'error', code: 'token_revoked', method: 'chat.postMessage', times: 100 })
  await monday(w, 10)
  expect(digests(w)).toEqual([])
  w.slack.faults.clear()
  await w.restart()
  await monday(w, 30)
  expect(digests(w)).toHaveLength(1)
  expect(imagesOf(digests(w)[0])).toHaveLength(1)
  expect(w.slack.files.all()).toHaveLength(1)
})

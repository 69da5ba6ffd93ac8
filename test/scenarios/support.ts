import { expect } from 'vitest'
import type { Modal, Person, SubmitResult } from '../../src/sandbox/person.ts'
import type { SandboxEphemeral, SandboxMessage } from '../../src/sandbox/slack.ts'
import { cardIn, type Name, type World } from '../support/world.ts'

/** What is entered, by label. */
type Fields = Parameters<Modal['fill']>[0]

/** For what follows an acknowledgement, on a machine that is busy with others. */
const PATIENCE = { withinMs: 8000 }

export const WORDS = "What happened, in the customer's words"
export const SETTLED = 'Does the customer say it is settled?'
export const DEPARTMENT = 'Department that can fix it'
export const TOLD_AT = 'When did the customer tell us?'
export const PROMISED_BY = 'Call back promised by'

export const REPORT: Fields = {
  Customer: 'Acme Corp',
  'How does the customer feel?': 'Angry',
  [WORDS]: 'The valve does not fit.',
  [DEPARTMENT]: 'Manufacturing',
}

export const CLOSE_OUT: Fields = {
  'Root cause': 'Defective part',
  'What was done': 'Replaced the valve on site.',
  'Was it fixed?': 'Fixed',
  'Could we have avoided it?': 'Yes',
  'Why none is needed': 'It was a single piece.',
  [SETTLED]: 'Yes',
}

export const REACHED: Fields = { 'How did it go?': 'Reached', 'What was said': 'They wait for us.', [SETTLED]: 'No' }

/** What `/complaint …` opens. */
export async function opened(w: World, who: Name = 'rita', command = '/complaint', channel = 'service') {
  await w.people[who].command(command, { channel })
  return w.people[who].waitForModal('file_complaint')
}

/** Files without waiting for what is said about it. */
export async function filing(w: World, fields: Fields = {}, who: Name = 'rita'): Promise<SubmitResult> {
  const form = await opened(w, who)
  await form.fill({ ...REPORT, ...fields })
  const sent = await form.submit()
  expect(sent.errors).toEqual({})
  return sent
}

/** Waits until the person sees a modal of this title. */
export async function seeing(w: World, person: Person, title: string): Promise<Modal> {
  const top = () => w.slack.openViews(person.id).at(-1)
  await w.slack.until(() => ((top()?.title as { text?: string } | null)?.text === title ? true : undefined), {
    ...PATIENCE,
    what: `a modal "${title}"`,
  })
  return person.modal()
}

/** Presses a button on the card as it stands, and waits for the modal that it opens. */
export async function form(w: World, who: Name, number: number, button: string, channel = 'manufacturing') {
  const person = w.people[who]
  await person.press(cardIn(w, channel, number), button)
  return person.waitForModal()
}

/** The same for what stands behind "More". */
export async function more(w: World, who: Name, number: number, button: string, title: string, channel?: string) {
  const modal = await form(w, who, number, 'More', channel)
  await modal.press(button)
  return seeing(w, w.people[who], title)
}

/** Fills, submits, and does what follows. */
export async function send(w: World, modal: Modal, fields: Fields): Promise<SubmitResult> {
  await modal.fill(fields)
  const sent = await modal.submit()
  expect(sent.errors).toEqual({})
  expect(['closed', 'cleared', 'updated']).toContain(sent.outcome)
  await w.settle()
  return sent
}

/** Presses a button that acts at once, and waits until the card shows it. */
export async function act(w: World, who: Name, number: number, button: string, channel = 'manufacturing', copies = 1) {
  const reply = await w.people[who].press(cardIn(w, channel, number), button, { copies })
  await withoutButton(w, number, button, channel)
  return reply
}

/** Buttons are acknowledged before their work is done: waits until this one is gone from the card. */
export async function withoutButton(w: World, number: number, button: string, channel = 'manufacturing') {
  const shows = () => JSON.stringify(cardIn(w, channel, number).blocks).includes(`"text":"${button}"`)
  await w.slack.until(() => (shows() ? undefined : true), { ...PATIENCE, what: `the card without "${button}"` })
  await w.settle()
}

/** What the person alone is told by `doing`. */
export async function toldBy(w: World, person: Person, doing: () => Promise<unknown>): Promise<SandboxEphemeral> {
  const seen = new Set(person.ephemerals().map((one) => one.ts))
  await doing()
  return w.slack.until(() => person.ephemerals().find((one) => !seen.has(one.ts)), { ...PATIENCE, what: 'an answer' })
}

/** The texts under the card. */
export function linesOf(w: World, channel: string, number: number): string[] {
  const card = cardIn(w, channel, number)
  return w.slack
    .thread(w.slack.channel(channel), card.ts)
    .filter((message) => message.ts !== card.ts)
    .map((message) => message.text)
}

/** Everything the bot has posted anywhere. */
export function posted({ slack, people, setup }: World): SandboxMessage[] {
  const channels = new Set([
    ...setup.departments.map((department) => department.channel),
    setup.channels.company,
    setup.channels.fallback,
  ])
  return [
    ...[...channels].flatMap((channel) => slack.messages(channel)),
    ...Object.values(people).flatMap((person) => slack.directMessages(person.id)),
  ].filter((message) => message.user === slack.botUser)
}

const idOf = (message: SandboxMessage): unknown =>
  (message.metadata?.event_payload as { id?: unknown } | undefined)?.id ?? 'none'

/** Nothing that the bot said stands in Slack twice. */
export function expectNoRepeats(w: World): void {
  const ids = posted(w).map(idOf)
  expect(ids).not.toContain('none')
  expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted())
}

export const unix = (instant: Date): number => Math.floor(instant.getTime() / 1000)

import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { type AppConnection, deliver, type Reply } from '../../src/sandbox/app-link.ts'
import { isJson, type Json, objectOf, objects, text } from '../../src/sandbox/json.ts'
import { firedMentions } from '../../src/sandbox/limits.ts'
import { submissionPayload } from '../../src/sandbox/payloads.ts'
import { person } from '../../src/sandbox/person.ts'
import type { SandboxMessage } from '../../src/sandbox/types.ts'
import { complaints } from '../../src/store/schema.ts'
import { type Name, PEOPLE, type World, withDatabase } from '../support/world.ts'

/** Read in place, relative to the project's root: see its README. */
export const DATA = '../shared/data'

export const hasData = existsSync(DATA)
if (!hasData) process.stderr.write(`\n!!! ${DATA} is absent: what needs real data is SKIPPED\n\n`)

const read = (file: string): string => (hasData ? readFileSync(`${DATA}/${file}`, 'utf8') : '')

export interface RealComplaint {
  readonly id: string
  readonly company: string
  readonly product: string
  readonly issue: string
  readonly narrative: string
  readonly state: string | null
}

export const realComplaints = (): RealComplaint[] =>
  read('complaints.jsonl')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => JSON.parse(row))

export const naughtyStrings = (): string[] => (hasData ? JSON.parse(read('naughty-strings.json')) : [])

/** What people type into the form, by field. */
export interface Typed {
  readonly customer: string
  readonly words: string
  readonly tried: string | null
  readonly contact: string | null
  readonly reference: string | null
}

export const TEXT_FIELDS = ['customer', 'words', 'tried', 'contact', 'reference'] as const

/** As much as Slack's input takes, no pair of surrogates torn. */
export const upTo = (limit: number, typed: string): string => typed.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')

/** How much it shows. Characters of control, white space and those that are there to be ignored show nothing. */
export const shows = (typed: string | null): typed is string =>
  typed !== null && /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u.test(typed)

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** What is kept of what was typed: everything but control characters, halves of pairs and white space around it. */
export const kept = (typed: string | null): string | null =>
  typed?.toWellFormed().replaceAll('\r\n', '\n').replaceAll('\r', '\n').replace(CONTROL, '').trim() || null

/** As Slack sends what is typed after a slash command. */
export const escapedBySlack = (typed: string): string =>
  typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const state = (view: Json): Record<string, Record<string, Json>> =>
  objectOf(view.state).values as Record<string, Record<string, Json>>

/** So much at once takes longer than Slack waits where the machine is busy: how fast it is, other tests tell. */
const patient = (w: World): AppConnection => ({ ...w.connection(), ackWithinMs: 60_000 })

/** Does it again where the bot says that it could not in time, as people would. */
async function patiently<Answer>(once: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    const answer = await once()
    if (tries === 5 || !JSON.stringify(answer).includes('Please try again in a minute.')) return answer
  }
}

/** A form as somebody has it in front of them, to be submitted over and over without being opened again. */
export class Form {
  private readonly w: World
  /** As JSON: it is read anew for each submission. */
  private readonly payload: string
  private static made = 0

  private constructor(w: World, payload: string) {
    this.w = w
    this.payload = payload
  }

  /** The form that `who` has just opened and filled in; it is closed for them. */
  static async of(w: World, who: Name): Promise<Form> {
    const view = w.slack.openViews(w.people[who].id).at(-1)
    if (!view) throw new Error(`${who} has no form open`)
    const form = new Form(w, JSON.stringify(submissionPayload(w.slack, view)))
    await w.people[who].modal().close()
    return form
  }

  /** Submits it as Slack would: its text fields hold `fields`, its metadata is about another complaint. */
  async submit(fields: Readonly<Record<string, string | null>>, metadata: Json = {}): Promise<Reply> {
    const payload: Json = JSON.parse(this.payload)
    const view = objectOf(payload.view)
    Form.made += 1
    view.id = view.root_view_id = `V0DATA${Form.made}`
    view.private_metadata = JSON.stringify({ ...JSON.parse(text(view.private_metadata)), ...metadata })
    const values = state(view)
    for (const [field, typed] of Object.entries(fields)) {
      const element = values[field]?.[field]
      if (!element) throw new Error(`The form has no field ${field}`)
      element.value = typed
    }
    return patiently(async () => {
      const [reply] = await deliver(this.w.slack, patient(this.w), { form: 'interactive', payload })
      return reply
    })
  }
}

/** The faults under the fields, or an empty object where the form was accepted; anything else is no answer of ours. */
export function faultsOf(reply: Reply): Json {
  expect(reply).toMatchObject({ status: 200, timedOut: false })
  if (reply.body === '') return {}
  expect(reply.body).toMatchObject({ response_action: 'errors' })
  return objectOf(objectOf(reply.body).errors)
}

/** Opens and fills "File a complaint" for rita, once. */
export async function filingForm(w: World): Promise<Form> {
  await w.people.rita.command('/complaint', { channel: 'service' })
  const form = await w.people.rita.waitForModal()
  await form.fill({
    Customer: 'x',
    'How does the customer feel?': 'Angry',
    "What happened, in the customer's words": 'x',
    'Department that can fix it': 'Manufacturing',
  })
  return Form.of(w, 'rita')
}

/** The same of a form behind a button of a card, or of "More". */
export async function formBehind(w: World, card: SandboxMessage, button: string, fill: Record<string, string>) {
  const { fred } = w.people
  if (button === 'Edit') {
    await fred.press(card, 'More')
    await (await fred.waitForModal()).press('Edit')
    await w.slack.until(() => fred.modal().title.startsWith('Edit') || undefined, { what: 'Edit' })
  } else await fred.press(card, button)
  const form = await fred.waitForModal()
  await form.fill(fill)
  // Choosing a root cause redraws the form; it is left once that is done.
  await w.slack.until(
    () => button !== 'Close out' || w.slack.callsTo('views.update').some(({ answer }) => answer) || undefined,
    {
      what: 'the form to be redrawn',
    },
  )
  const made = await Form.of(w, 'fred')
  while (w.slack.openViews(fred.id).length > 0) await fred.modal().close()
  return made
}

/** What people read in plain and rich text; mrkdwn holds words of ours only. */
export function readable(value: unknown): string {
  if (Array.isArray(value)) return value.map(readable).join(' ')
  if (!isJson(value)) return ''
  if (value.type === 'mrkdwn') return ''
  const own = (value.type === 'plain_text' || value.type === 'text') && typeof value.text === 'string' ? value.text : ''
  return `${own} ${Object.values(value).map(readable).join(' ')}`
}

export const squeezed = (words: string): string => words.replace(/\s+/g, '')

export interface Posted {
  readonly card: SandboxMessage
  readonly thread: readonly SandboxMessage[]
}

/** Every card of a channel with its thread, by number. */
export function cardsIn(w: World, channel: string): Map<number, Posted> {
  const threads = new Map<string, SandboxMessage[]>()
  const cards = new Map<number, Posted>()
  for (const message of w.slack.messages(channel)) {
    const { thread_ts: thread } = message
    if (thread && thread !== message.ts) threads.get(thread)?.push(message)
    else {
      const number = Number(/^#(\d+) · /.exec(message.text)?.[1])
      if (!number || !JSON.stringify(message.blocks).includes('"more"')) continue
      const replies: SandboxMessage[] = []
      threads.set(message.ts, replies)
      cards.set(number, { card: message, thread: replies })
    }
  }
  return cards
}

/** All of it stands on the card or in its thread. */
export function expectInFull({ card, thread }: Posted, typed: Partial<Typed>): void {
  const read = squeezed([card, ...thread].map(({ blocks }) => readable(blocks)).join('\n'))
  for (const words of Object.values(typed)) {
    const whole = kept(words)
    if (shows(whole) && !read.includes(squeezed(whole)))
      expect.fail(`Lost from "${card.text.slice(0, 80)}": ${JSON.stringify(words)}`)
  }
}

/** Every text in which Slack would read markup. */
function* marked(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* marked(item)
  else if (isJson(value)) {
    if (value.type === 'mrkdwn') yield text(value.text)
    else for (const field of Object.values(value)) yield* marked(field)
  }
}

/** The markup that is ours, and the entities that escape everybody else's. */
const markupOf = ({ app }: World): RegExp[] => [
  /<@U\w+>/g,
  /<!subteam\^S0MFG>/g,
  /<!date\^\d+\^\{date_short_pretty\} at \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>/g,
  new RegExp(
    `<${app.identity.home.replaceAll('.', '\\.')}archives/[CD]\\w+/p\\d+\\|((The card of )?#|systemic flaw )\\d+>`,
    'g',
  ),
  /&(amp|lt|gt);/g,
]

/**
 * Everything that was said, in any way: within Slack's limits, ringing nobody but people of the company and the usergroup
 * called, and without a character of people's words that Slack would read as markup.
 */
export function expectSound(w: World): void {
  const { slack } = w
  expect(slack.problems).toEqual([])
  const meant = new Set([...PEOPLE.map((name) => `<@${slack.user(name)}>`), '<!subteam^S0MFG>'])
  const ours = markupOf(w)
  const said = [
    ...slack.calls.filter(({ method }) => method.startsWith('chat.')).map(({ args }) => args),
    ...slack.ephemerals.map(({ text, blocks }): Json => ({ text, blocks })),
    ...slack.responses.map(({ body }) => body),
  ]
  expect(said.length).toBeGreaterThan(0)
  for (const each of said) {
    const message = { text: text(each.text), blocks: objects(each.blocks) }
    const fired = firedMentions(message).filter((mention) => !meant.has(mention))
    if (fired.length > 0) expect.fail(`Rang ${fired.join(', ')}: ${message.text.slice(0, 300)}`)
    for (const words of [message.text, ...marked(message.blocks)]) {
      const left = ours.reduce((rest, markup) => rest.replace(markup, ''), words)
      if (/[&<>]/.test(left)) expect.fail(`Not escaped: ${JSON.stringify(words.slice(0, 300))}`)
    }
  }
}

/** As many forms are submitted at once, so that their deliveries share claims. */
const TOGETHER = 10

/** Has them all submitted, some at a time. The database learns early how much there is, as one in use has. */
export async function inHandfuls<Item>(w: World, all: readonly Item[], submit: (item: Item) => Promise<void>) {
  for (let at = 0; at < all.length; at += TOGETHER) {
    await Promise.all(all.slice(at, at + TOGETHER).map(submit))
    if (at === 5 * TOGETHER) await withDatabase(w.place, (db) => db.reader.execute(sql`analyze`))
  }
}

/** What the database holds of each complaint. */
export async function storedIn(w: World): Promise<Map<number, Typed>> {
  const rows = await withDatabase(w.place, (db) => db.reader.select().from(complaints))
  return new Map(
    rows.map(({ number, customerName, words, tried, contact, reference }) => [
      number,
      { customer: customerName, words, tried, contact, reference },
    ]),
  )
}

export const keptOf = (typed: Typed): Record<(typeof TEXT_FIELDS)[number], string | null> => ({
  customer: kept(typed.customer),
  words: kept(typed.words),
  tried: kept(typed.tried),
  contact: kept(typed.contact),
  reference: kept(typed.reference),
})

/** What was said to rita alone, in answer to a command. */
export function asked(w: World, words: string): Promise<Json> {
  const rita = person(w.slack, patient(w), 'rita')
  return patiently(async () => {
    const before = rita.ephemerals().length
    await rita.command(`/complaint ${escapedBySlack(words)}`, { channel: 'service' })
    const said = rita.ephemerals()
    if (said.length !== before + 1) throw new Error(`"/complaint ${words}" was answered ${said.length - before} times`)
    return { ...said.at(-1) }
  })
}

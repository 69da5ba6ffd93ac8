import { DateTime } from 'luxon'
import { MINUTE } from '../../complaint/time.ts'
import type { Entry } from '../elements.ts'
import { shown } from '../json.ts'
import { type Modal, type Person, person } from '../person.ts'
import type { SandboxMessage } from '../types.ts'
import { elementsOf } from '../view-blocks.ts'
import { numberOnCard } from './deadlines.ts'
import { BEGINS } from './history.ts'
import { type Passing, passTo } from './passing.ts'
import { type Photo, photo } from './photos.ts'
import type { Beat, Correction, Remark, Story } from './story.ts'

/** A machine that is busy with the past answers slowly. Milliseconds. */
const PATIENCE = 30_000

const FILES = 'Photos or files'

/** When the demo begins: the newest Thursday 10:20 on the workspace's clock. */
export function beginning(now: number, timezone: string): number {
  const begins = DateTime.fromMillis(now, { zone: timezone }).set({ ...BEGINS, second: 0, millisecond: 0 })
  return (begins.toMillis() <= now ? begins : begins.minus({ weeks: 1 })).toMillis()
}

/** So many days before that, at this time of day. */
export function instantOf({ day, at }: { day: number; at: string }, begins: number, timezone: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  return DateTime.fromMillis(begins, { zone: timezone })
    .minus({ days: day })
    .set({ hour, minute, second: 0, millisecond: 0 })
    .toMillis()
}

/** So many minutes later. Whole days are the calendar's: who came at nine comes at nine when the clocks have changed, too. */
export const later = (from: number, minutes: number, timezone: string): number =>
  DateTime.fromMillis(from, { zone: timezone })
    .plus({ days: Math.floor(minutes / A_DAY) })
    .plus({ minutes: minutes % A_DAY })
    .toMillis()
const A_DAY = 24 * 60

export interface Tale {
  readonly stories: readonly Story[]
  readonly remarks: readonly Remark[]
  readonly begins: number
  readonly timezone: string
  /** Told after each event. */
  readonly onProgress: (done: number, of: number) => void
}

interface Moment {
  readonly at: number
  readonly about: string
  happen(): Promise<void>
}

/**
 * Plays the past: people use the bot through their Slack as they would, with the clock standing at each moment, and the
 * bot does what falls due in between. Returns what could not be played.
 */
export async function tell(passing: Passing, tale: Tale): Promise<string[]> {
  const faults: string[] = []
  const moments = momentsOf(new Teller(passing), tale)
  for (const [done, moment] of moments.entries()) {
    await passTo(passing, moment.at, Number.POSITIVE_INFINITY)
    if (passing.isOver()) return faults
    try {
      await moment.happen()
      await passing.app.catchUp()
    } catch (error) {
      faults.push(`${moment.about}: ${error instanceof Error ? error.message : String(error)}`)
    }
    tale.onProgress(done + 1, moments.length)
  }
  await passTo(passing, tale.begins)
  await passing.app.catchUp()
  return faults
}

function momentsOf(teller: Teller, { stories, remarks, begins, timezone }: Tale): Moment[] {
  const told = stories.flatMap((story): Moment[] => {
    const filedAt = instantOf(story, begins, timezone)
    const about = `${story.customer}, day ${story.day}`
    let number: number | undefined
    const file = async () => {
      number = await teller.file(story)
    }
    const beats = story.beats.map((beat) => ({
      at: later(filedAt, beat.after, timezone),
      about: `${about}: ${beat.does}`,
      happen: () => teller.play(number, beat, story),
    }))
    return [{ at: filedAt, about, happen: file }, ...beats]
  })
  const said = remarks.map((remark) => ({
    at: instantOf(remark, begins, timezone),
    about: remark.words,
    happen: async () => {
      await teller.as(remark.by).say(remark.in, remark.words)
    },
  }))
  return [...told, ...said].sort((a, b) => a.at - b.at)
}

class Teller {
  private readonly passing: Passing
  private readonly people = new Map<string, Person>()

  constructor(passing: Passing) {
    this.passing = passing
  }

  as(name: string): Person {
    const { slack } = this.passing
    const known = this.people.get(name) ?? person(slack, { kind: 'socket', ackWithinMs: PATIENCE }, name)
    this.people.set(name, known)
    return known
  }

  /** Returns the number it got. */
  async file(story: Story): Promise<number> {
    const { slack, app } = this.passing
    const who = this.as(story.by)
    const known = new Set(slack.everything().map(numberOnCard))
    await who.command('/complaint', { channel: 'service' })
    await this.submit(who, {
      Customer: story.customer,
      'How does the customer feel?': story.feels,
      "What happened, in the customer's words": story.words,
      'What have they already tried?': story.tried,
      'Department that can fix it': story.to,
      Severity: story.severity,
      'Who to call back, and how': story.contact,
      'Site, order or part': story.reference,
      [FILES]: this.photo(who, story.photo),
      'When did the customer tell us?': story.told === undefined ? undefined : this.inMinutes(-story.told),
      'Call back promised by': story.promise === undefined ? undefined : this.inMinutes(story.promise),
    })
    await app.catchUp()
    const card = slack.everything().find((message) => !known.has(numberOnCard(message)))
    if (!card) throw new Error('no card came')
    return Number(numberOnCard(card))
  }

  async play(number: number | undefined, beat: Beat, { customer }: Story): Promise<void> {
    if (number === undefined) throw new Error('it was not filed')
    const { slack } = this.passing
    const who = this.as(beat.by)
    const card = this.card(number)
    switch (beat.does) {
      case 'own':
        await who.press(card, 'Own it')
        return
      case 'arrive':
        await who.press(card, 'Arrived')
        return
      case 'call':
        return this.fill(who, card, 'Log callback', {
          'How did it go?': beat.went,
          'What was said': beat.said ?? undefined,
          'Does the customer say it is settled?': beat.settled ? 'Yes' : 'No',
          'Next call promised by': beat.next === undefined ? undefined : this.inMinutes(beat.next),
        })
      case 'visit':
        return this.fill(who, card, 'Visit', {
          'Who goes': beat.goes,
          ETA: this.inMinutes(beat.eta),
          'Parts in hand': beat.parts,
        })
      case 'change visit':
        return this.fill(who, this.inThread(card, 'Change visit'), 'Change visit', { ETA: this.inMinutes(beat.eta) })
      case 'fix remotely':
        return this.fill(who, card, 'Visit', { 'Instead of a trip': true, 'What was done': beat.done })
      case 'outcome':
        return this.fill(who, card, 'Outcome', { Outcome: beat.outcome, 'What was done': beat.done })
      case 'close':
        return this.fill(who, card, 'Close out', {
          'Root cause': beat.cause,
          'What was done': beat.done,
          'Was it fixed?': beat.fix,
          'Could we have avoided it?': beat.avoidable ? 'Yes' : 'No',
          'Does the customer say it is settled?': 'Yes',
          ...this.correction(beat.correction),
          [FILES]: this.photo(who, beat.photo),
        })
      case 'finish':
        await who.press(this.told(who, number, 'Done'), 'Done')
        return this.submit(who, { 'What changed?': beat.changed, 'Where is it proven?': beat.proof })
      case 'own flaw':
        await who.press(this.flaw(), 'Own it')
        return
      case 'close flaw':
        return this.fill(who, this.flaw(), 'Close out', this.correction(beat.correction))
      case 'answer':
        await who.press(this.told(who, number, 'What follows'), 'What follows')
        return this.submit(who, this.correction(beat.correction))
      case 'say':
        await who.say(card.channel, beat.words, card.ts)
        return
      case 'reopen':
        return this.fill(who, card, 'Reopen', { Reason: beat.reason })
      case 'hand over':
        return this.fill(who, card, 'Hand over', { Department: beat.to, Reason: beat.reason })
      case 'settle':
        return this.fill(who, card, 'Settle it', { 'Who takes it?': beat.takes, Owner: beat.owner })
      case 'reassign':
        await this.behindMore(who, card, 'Reassign')
        return this.submit(who, { 'To whom': beat.owner, Reason: beat.reason })
      case 'make confidential':
        await this.behindMore(who, card, 'Confidential')
        return this.submit(who, { 'Who else may see it?': beat.named.map((name) => this.as(name).id) })
      case 'set out':
        await who.press(this.inThread(card, 'On the way'), 'On the way')
        return
      case 'make good':
        await this.behindMore(who, card, 'Make good')
        return this.submit(who, { Kind: beat.how, Amount: beat.amount, Note: beat.note })
      case 'approve':
        await who.press(this.inThread(card, 'Approve'), 'Approve')
        return
      case 'stay':
        await who.press(this.inThread(card, 'Still on it'), 'Still on it')
        return
      case 'raise':
        await this.pressInMore(who, card, 'Next level')
        slack.views.clear(who.id)
        return
      case 'decline':
        return this.fill(who, this.inThread(card, 'Decline'), 'Decline', { Reason: beat.reason })
      case 'link':
        return this.link(who, card, customer)
      case 'split':
        await this.pressInMore(who, card, 'Split')
        slack.views.clear(who.id)
        return
      case 'same customer':
        await who.press(this.asked(who, number), 'Yes')
        return
      case 'rename customer':
        await this.behindMore(who, card, 'Merge customer')
        return this.submit(who, { 'Call the customer': beat.name })
      case 'erase customer':
        await this.passing.app.eraseCustomer(customer)
        return
      case 'go away': {
        const until = Math.floor(this.inMinutes(beat.minutes).getTime() / 1000)
        slack.setAbout(beat.by, { profile: { status_emoji: ':palm_tree:', status_expiration: until } })
        return
      }
    }
  }

  private async link(who: Person, card: SandboxMessage, customer: string): Promise<void> {
    const number = numberOnCard(card)
    const others = this.passing.slack
      .everything()
      .filter((message) => message.text.includes(customer.replaceAll('&', '&amp;')))
      .flatMap((message) => numberOnCard(message) ?? [])
      .filter((other) => other !== number)
    if (others.length === 0) throw new Error(`${customer} has no other complaint`)
    await this.behindMore(who, card, 'Duplicate')
    await this.submit(who, { [`Which complaint is #${number} the same as?`]: `#${Math.max(...others)}` })
  }

  private async pressInMore(who: Person, card: SandboxMessage, button: string): Promise<void> {
    await who.press(card, 'More')
    await (await this.opened(who, `More on #${numberOnCard(card)}`)).press(button)
  }

  /** Presses a button behind "More", which opens a form whose title begins with its name. */
  private async behindMore(who: Person, card: SandboxMessage, button: string): Promise<void> {
    await this.pressInMore(who, card, button)
    await this.opened(who, button)
  }

  /** The newest message in the card's thread that has this button. */
  private inThread({ channel, ts }: SandboxMessage, label: string): SandboxMessage {
    const found = this.passing.slack
      .messages(channel)
      .findLast(
        ({ thread_ts, blocks }) =>
          thread_ts === ts && elementsOf(blocks).some(({ element }) => shown(element.text) === label),
      )
    if (!found) throw new Error(`nothing in the thread offers "${label}"`)
    return found
  }

  private opened(who: Person, title: string): Promise<Modal> {
    const { slack } = this.passing
    const top = () => (slack.openViews(who.id).length > 0 ? who.modal() : undefined)
    return slack.until(() => (top()?.title.startsWith(title) ? top() : undefined), { withinMs: PATIENCE, what: title })
  }

  /** Added in a form: its id. */
  private photo({ id }: Person, name: Photo | undefined): string[] | undefined {
    return name && [this.passing.slack.upload(id, name, { content: photo(name), withApp: true }).id]
  }

  private card(number: number): SandboxMessage {
    const found = this.passing.slack.everything().findLast((message) => numberOnCard(message) === number)
    if (!found) throw new Error(`#${number} has no card`)
    return found
  }

  /** The card of the newest systemic flaw. */
  private flaw(): SandboxMessage {
    const found = this.passing.slack
      .everything()
      .findLast(({ blocks, thread_ts }) => !thread_ts && JSON.stringify(blocks).includes('"flaw_timeline"'))
    if (!found) throw new Error('no flaw was raised')
    return found
  }

  /** The newest direct message about a complaint that offers a button. */
  private told(who: Person, number: number, button: string): SandboxMessage {
    const found = who
      .directMessages()
      .findLast(({ text, blocks }) => text.startsWith(`#${number} `) && JSON.stringify(blocks).includes(`"${button}"`))
    if (!found) throw new Error(`nobody was told "${button}" of #${number}`)
    return found
  }

  /** The question whether two names are one customer's, asked after this one was filed. */
  private asked(who: Person, number: number): SandboxMessage {
    const found = who
      .directMessages()
      .findLast(({ text }) => text.startsWith('Same customer as') && text.includes(`#${number} `))
    if (!found) throw new Error(`nobody was asked about the customer of #${number}`)
    return found
  }

  private correction(correction: Correction): Record<string, Entry> {
    return typeof correction === 'string'
      ? { 'Why none is needed': correction }
      : {
          'Corrective action': correction.action,
          'Who takes it': correction.by,
          'By when': this.inMinutes(correction.days * 24 * 60),
        }
  }

  private inMinutes(minutes: number): Date {
    return new Date(Math.ceil(this.passing.clock.now() / MINUTE) * MINUTE + minutes * MINUTE)
  }

  private async fill(who: Person, card: SandboxMessage, button: string, entries: Record<string, Entry | undefined>) {
    await who.press(card, button)
    await this.submit(who, entries)
  }

  /** Fills in what the form asks for, and submits it. A form that stays open is put away, and its faults are thrown. */
  private async submit(who: Person, entries: Record<string, Entry | undefined>): Promise<void> {
    const { slack } = this.passing
    const form = await slack.until(
      (): Modal | undefined => (slack.openViews(who.id).length > 0 ? who.modal() : undefined),
      {
        withinMs: PATIENCE,
        what: 'a form',
      },
    )
    try {
      for (const [label, entry] of Object.entries(entries)) {
        if (entry === undefined) continue
        const before = slack.openViews(who.id).at(-1)?.hash
        await form.fill({ [label]: entry })
        if (!form.dispatches(label)) continue
        const redrawn = () => (slack.openViews(who.id).at(-1)?.hash === before ? undefined : true)
        await slack.until(redrawn, { withinMs: PATIENCE, what: `${label} to be taken in` })
      }
      const { outcome, errors, error } = await form.submit()
      // Updated: the form for what comes next took its place, which may as well come later.
      if (!['closed', 'cleared', 'updated'].includes(outcome))
        throw new Error(`"${form.title}" ended as ${outcome} ${error ?? JSON.stringify(errors)}`)
    } finally {
      slack.views.clear(who.id)
    }
  }
}

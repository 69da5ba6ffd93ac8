import type { Button, KnownBlock, MrkdwnElement, RichTextBlock, RichTextBlockElement } from '@slack/types'
import { type CustomerStanding, customerKey } from '../complaint/customer.ts'
import { calledFirst, nextRung } from '../complaint/ladder.ts'
import { levelOf } from '../complaint/levels.ts'
import { hoursOf, type Setup } from '../complaint/setup.ts'
import { type ClosedComplaint, type Complaint, currentVisit, type Visit } from '../complaint/types.ts'
import { hasWords, SHOWN_ON_CARD } from '../complaint/words.ts'
import { actions, button, context, header, linked, type Message, message, mrkdwn, section } from './blocks.ts'
import { NEXT_CALL, passedOver } from './call.ts'
import { callbackWords, responseWords } from './clockWords.ts'
import { correctionAgreed } from './correction.ts'
import { duplicateCard } from './duplicate.ts'
import { ACTIONS } from './ids.ts'
import { ledgerWords } from './makeGoodWords.ts'
import { mention, mentionsOf } from './people.ts'
import { bold, date, para, person, quote, rich, t } from './rich.ts'
import { clean, escaped, escapedWithin, nth, oneLine, span, times, when, within } from './text.ts'
import { causePath, departmentName, FEELING, FIX, REPORT_LABELS, SETTLEMENT, titleOf } from './words.ts'

/*
 * Slack refuses a message with more than about 13,000 characters of blocks, counted as JSON. These budgets add up to less,
 * whatever the words are made of.
 */
const WORDS = { limit: SHOWN_ON_CARD, json: 2_600 }
const DONE = { limit: 600, json: 1_300 }
const CORRECTION = { limit: 400, json: 900 }
const PARTS = 100

export interface Card extends Message {
  /** The words, or what was tried, had to be cut: they stand in full in the thread. */
  readonly cutWords: boolean
}

interface FlawLink {
  readonly number: number
  readonly link: string | null
}

interface CardOptions {
  readonly setup: Setup
  readonly now: Date
  /** Who to call back, and how, is shown only where the department works. */
  readonly showContact: boolean
  /** How its customer stands; told where there is more than this one complaint. */
  readonly customer?: CustomerStanding | null
  /** Numbers of its duplicates. */
  readonly duplicates?: readonly number[]
  /** The flaws that it is one of, with the way to their cards. */
  readonly flaws?: readonly FlawLink[]
  /** Where the card of its original stands, if it is a duplicate itself. */
  readonly originalLink?: string | null
}

/** The card: where a complaint stands, for everybody to see. */
export function card(complaint: Complaint, options: CardOptions): Card {
  const { setup, now, showContact, customer = null, duplicates = [], flaws = [], originalLink = null } = options
  if (complaint.duplicateOf !== null)
    return { ...duplicateCard(complaint, complaint.duplicateOf, originalLink), cutWords: false }
  const { words, tried } = complaint.report
  const blocks: KnownBlock[] = [
    header(titleOf(complaint)),
    story(complaint, showContact),
    { type: 'section', fields: facts(complaint, setup, now) },
    ...calling(complaint, setup, now),
    ...beingSettled(complaint, setup),
    ...(complaint.status === 'closed' ? [ending(complaint, setup)] : []),
    context(history(complaint, customer, duplicates, flaws)),
    actions(...buttons(complaint, setup)),
  ]
  const isCut = (text: string | null) => hasWords(text) && within(text, WORDS.limit, WORDS.json) !== clean(text)
  return { ...message(blocks), cutWords: isCut(words) || isCut(tried) }
}

/** The feeling first, then what happened and what was tried, then where to find the customer. */
function story({ report }: Complaint, showContact: boolean): RichTextBlock {
  const { feeling, words, tried, contact, reference } = report
  const parts: RichTextBlockElement[] = [
    para(bold(FEELING[feeling]), t('. In their words:')),
    quote(within(words, WORDS.limit, WORDS.json)),
  ]
  if (hasWords(tried)) parts.push(para(bold('Already tried')), quote(within(tried, WORDS.limit, WORDS.json)))
  if (showContact && hasWords(contact)) parts.push(para(bold(`${REPORT_LABELS.contact}: `), t(contact)))
  if (hasWords(reference)) parts.push(para(bold(`${REPORT_LABELS.reference}: `), t(reference)))
  return rich(...parts)
}

function facts(complaint: Complaint, setup: Setup, now: Date): MrkdwnElement[] {
  const level = levelOf(complaint, setup)
  const visit = currentVisit(complaint)
  const fields: [label: string, value: string][] = [
    ['Response', responseWords(complaint, now)],
    ['Callback', callbackWords(complaint, now)],
    ['Owner', complaint.owner === null ? 'Nobody yet' : mention(complaint.owner)],
    ['Filed by', mention(complaint.reporter)],
    ['Department', escaped(departmentName(setup, complaint.department))],
    ...(level ? [['Level', escaped(oneLine(level.name))] as [string, string]] : []),
    ...(visit ? [['Visit', tripWords(visit, now)] as [string, string]] : []),
    ...(complaint.makeGoods.length > 0 ? [['Made good', ledgerWords(complaint)] as [string, string]] : []),
  ]
  return fields.map(([label, value]) => mrkdwn(`*${label}*\n${value}`))
}

/** Who goes, how far they are, and what they bring. */
function tripWords({ who, eta, enRouteAt, arrivedAt, parts }: Visit, now: Date): string {
  const expected = eta && (now >= eta ? `expected since ${when(eta)}` : `ETA ${when(eta)}`)
  const far = arrivedAt ? `arrived ${when(arrivedAt)}` : [...(enRouteAt ? ['on the way'] : []), expected].join(', ')
  const brings = hasWords(parts) ? `\nParts in hand: ${escapedWithin(oneLine(parts), PARTS)}` : ''
  return `${mention(who)}, ${far}${brings}`
}

/** While nobody owns it, the card says who is called, and who comes next. */
function calling(complaint: Complaint, setup: Setup, now: Date): KnownBlock[] {
  if (complaint.status !== 'open') return []
  const called = complaint.ladder.called ?? calledFirst(complaint, setup, now)
  const call = [...mentionsOf(called), ...(called.company ? ['the company channel'] : [])].join(', ')
  const next = nextRung(complaint, hoursOf(setup, complaint.department))
  const notes = [
    ...called.passedOver.map(passedOver),
    ...(next ? [`If nobody takes it: ${NEXT_CALL[next.rung]}, ${when(next.at)}`] : []),
  ]
  return [
    ...(call === '' ? [] : [section(`Calling ${call}: who takes it?`)]),
    ...(notes.length === 0 ? [] : [context(notes.join(' · '))]),
  ]
}

export const settleButton = (number: number): Button => button('Settle it', ACTIONS.settle, String(number))

/** It stays where it is until the leads have settled who takes it. */
function beingSettled({ number, department, settling }: Complaint, setup: Setup): KnownBlock[] {
  if (!settling) return []
  const [here, there] = [department, settling.to].map((key) => escaped(departmentName(setup, key)))
  return [
    {
      ...section(
        `${mention(settling.by)} asked to hand it over to ${there}. The leads settle it; it stays with ${here}.`,
      ),
      accessory: settleButton(number),
    },
  ]
}

function ending({ closeOut, actions }: ClosedComplaint, setup: Setup): RichTextBlock {
  return rich(
    para(bold(`Closed: ${FIX[closeOut.fix]}`), t(', '), date(closeOut.at), t(', by '), person(closeOut.by)),
    para(bold('Root cause: '), t(causePath(setup, closeOut.rootCause))),
    para(bold('Arose in: '), t(departmentName(setup, closeOut.origin))),
    para(bold('Avoidable: '), t(closeOut.avoidable ? 'Yes' : 'No')),
    para(bold('The customer says it is settled: '), t(SETTLEMENT[closeOut.settled])),
    para(bold('What was done')),
    quote(within(closeOut.done, DONE.limit, DONE.json)),
    ...correctionAgreed(closeOut, actions, CORRECTION),
  )
}

function history(
  complaint: Complaint,
  customer: CustomerStanding | null,
  duplicates: readonly number[],
  flaws: readonly FlawLink[],
): string {
  const { toldAt, handOvers, reopens, source, warRooms, evidence } = complaint
  const files = evidence.filter(({ goneAt }) => goneAt === null).length
  const room = warRooms.findLast(({ channel }) => channel !== null)
  return [
    ...(customer ? standing(complaint, customer) : []),
    `The customer told us ${when(toldAt)}`,
    ...(duplicates.length > 0 ? [`Also filed as ${listed(duplicates)}`] : []),
    ...flaws.slice(-3).map(({ number, link }) => `One of ${linked(link, `systemic flaw ${number}`)}`),
    ...(handOvers > 0 ? [`Handed over ${times(handOvers)}`] : []),
    ...(reopens > 0 ? [`Reopened ${times(reopens)}`] : []),
    ...(files > 0 ? [files === 1 ? '1 photo or file' : `${files} photos and files`] : []),
    ...(room ? [`War room${room.state === 'archived' ? ' (archived)' : ''}: <#${room.channel}>`] : []),
    ...(source?.permalink ? [linked(source.permalink, 'The message it was filed from')] : []),
  ].join(' · ')
}

/** As many of them as there is room for. */
export const listed = (numbers: readonly number[]): string =>
  numbers
    .slice(0, 10)
    .map((number) => `#${number}`)
    .join(', ') + (numbers.length > 10 ? ` and ${numbers.length - 10} more` : '')

/** "3rd complaint in 60 days, 1 open", and what the customer is called by now, where the card's first line says another name. */
function standing({ report, policy }: Complaint, { name, ordinal, open }: CustomerStanding): string[] {
  const count = `${nth(ordinal)} complaint in ${span(policy.repeat.within)}, ${open} open`
  return [
    ...(customerKey(name) === customerKey(report.customer)
      ? []
      : [`Customer: ${escaped(within(oneLine(name), 120, 190))}`]),
    ...(ordinal > 1 || open > 1 ? [count] : []),
  ]
}

/** What can be done now, the likeliest first. Each button carries the complaint's number. */
export function buttons(complaint: Complaint, setup: Setup): Button[] {
  const value = String(complaint.number)
  const visit = currentVisit(complaint)
  const trip = !visit
    ? ['Visit', ACTIONS.visit]
    : visit.arrivedAt
      ? ['Outcome', ACTIONS.outcome]
      : ['Arrived', ACTIONS.arrived]
  const canHandOver = !complaint.settling && setup.departments.some(({ key }) => key !== complaint.department)
  const offered: [label: string, action: string][] =
    complaint.status === 'closed'
      ? [['Reopen', ACTIONS.reopen]]
      : [
          ...(complaint.status === 'open' ? [['Own it', ACTIONS.own] as [string, string]] : []),
          ['Log callback', ACTIONS.logCallback],
          trip as [string, string],
          ...(canHandOver ? [['Hand over', ACTIONS.handOver] as [string, string]] : []),
          ['Close out', ACTIONS.closeOut],
        ]
  return [...offered, ['More', ACTIONS.more] as const].map(([label, action], index) =>
    button(label, action, value, index === 0 ? 'primary' : undefined),
  )
}

/**
 * The words, and what was tried, in full, for the card's thread where the card had to cut them: one message each. The
 * longest that the form takes weighs half of what a message may hold.
 */
export function fullWords({ report: { words, tried } }: Complaint): Message[] {
  const inFull = (label: string, text: string) => message([rich(para(bold(label)), quote(text))])
  return [inFull("In the customer's words", words), ...(hasWords(tried) ? [inFull('Already tried', tried)] : [])]
}

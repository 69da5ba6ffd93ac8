import type { Button, KnownBlock, ModalView } from '@slack/types'
import type { TimelineEntry } from '../complaint/events.ts'
import { caseOf, type Flaw } from '../complaint/flaw.ts'
import { calledFirst, nextRung } from '../complaint/ladder.ts'
import type { FlawPicture, Picture } from '../complaint/picture.ts'
import { hoursOf, type Setup, type Severity } from '../complaint/setup.ts'
import { nextOfSilence } from '../complaint/silence.ts'
import { type Complaint, responseOf } from '../complaint/types.ts'
import type { ActionOf } from './action.ts'
import { actions, button, context, header, linked, type Message, message, mrkdwn, plain, section } from './blocks.ts'
import { NEXT_CALL, passedOver } from './call.ts'
import { responseWords } from './clockWords.ts'
import { actionInputs } from './correction.ts'
import { happened } from './happened.ts'
import { ACTIONS, MODALS } from './ids.ts'
import { modal } from './inputs.ts'
import { addressees, leadOf, mention, mentionsOf } from './people.ts'
import { image } from './pictures.ts'
import { bold, bullets, date, type Inline, para, person, quote, rich, t } from './rich.ts'
import { escaped, oneLine, span, when, within } from './text.ts'
import { causePath, departmentName, SEVERITY } from './words.ts'

/** Complaints that a flaw's card lists, the newest ones. */
export const FLAW_ROWS = 10

const CUSTOMER = { limit: 80, json: 130 }
const WORDS = { limit: 400, json: 900 }
/** Slack takes 100 blocks in a modal. */
const LINES = 40

/** What the complaints have in common: the cause, or the part or site as it was written. */
const commonOf = ({ topic: { kind, key, name } }: Flaw, setup: Setup): string =>
  kind === 'cause' ? causePath(setup, key) : oneLine(name ?? key)

/** The first line of everything about it. */
export const flawTitle = (flaw: Flaw, setup: Setup): string =>
  `Systemic flaw ${flaw.number} · ${within(commonOf(flaw, setup), 80, 120)} · ${flaw.complaints.length} complaints`

/** It as the source of a corrective action. */
export const flawAction = (flaw: Flaw, setup: Setup): ActionOf => ({
  ...{ title: flawTitle(flaw, setup), of: { flaw: flaw.number }, actions: flaw.actions },
  card: `The card of systemic flaw ${flaw.number}`,
})

interface Joined {
  readonly customers: number
  readonly newest: readonly {
    readonly number: number
    readonly customer: string
    readonly severity: Severity
    readonly status: Complaint['status']
    readonly toldAt: Date
  }[]
}

interface Card {
  readonly setup: Setup
  readonly now: Date
  readonly joined: Joined
  /** How they became more. */
  readonly trend: { readonly file: string; readonly picture: Picture | FlawPicture } | null
}

/** The card of a flaw: what holds the complaints together, which they are, and who takes it. */
export function flawCard(flaw: Flaw, { setup, now, joined, trend }: Card): Message {
  const complaint = caseOf(flaw)
  const { kind } = flaw.topic
  const count = flaw.complaints.length
  const shared = kind === 'cause' ? 'have one root cause' : 'name one part or site'
  return message([
    header(flawTitle(flaw, setup)),
    section(
      `${count} complaints of ${joined.customers === 1 ? 'one customer' : `${joined.customers} customers`} ${shared}: *${escaped(commonOf(flaw, setup))}*. ` +
        `${flaw.before === null ? '' : `It was systemic flaw ${flaw.before} before, and has come back. `}What is behind them, so that the next one does not happen?`,
    ),
    ...(trend ? [image(trend.file, trend.picture)] : []),
    rich(para(bold('Complaints')), bullets(rows(flaw, joined))),
    {
      type: 'section',
      fields: [
        mrkdwn(`*To be closed*\n${responseWords(complaint, now)}`),
        mrkdwn(`*Owner*\n${flaw.owner === null ? 'Nobody yet' : mention(flaw.owner)}`),
        mrkdwn(
          `*Department*\n${flaw.department ? escaped(departmentName(setup, flaw.department)) : 'The whole company'}`,
        ),
      ],
    },
    ...calling(flaw, setup, now),
    ...agreed(flaw),
    actions(...buttons(flaw)),
  ])
}

function rows({ complaints }: Flaw, { newest }: Joined): Inline[][] {
  const lines = newest
    .slice(0, FLAW_ROWS)
    .map(({ number, customer, severity, status, toldAt }) => [
      bold(`#${number} `),
      t(`${within(oneLine(customer), CUSTOMER.limit, CUSTOMER.json)} · ${SEVERITY[severity]} · told `),
      date(toldAt),
      t(status === 'closed' ? ' · closed' : ' · still open'),
    ])
  const more = complaints.length - lines.length
  return more > 0 ? [...lines, [t(`and ${more} more`)]] : lines
}

/** While nobody owns it, the card says who is called, and who comes next. */
function calling(flaw: Flaw, setup: Setup, now: Date): KnownBlock[] {
  if (flaw.status !== 'open') return []
  const complaint = caseOf(flaw)
  const called = flaw.ladder.called ?? calledFirst(complaint, setup, now)
  const call = [...mentionsOf(called), ...(called.company ? ['the company channel'] : [])].join(', ')
  const next = nextRung(complaint, hoursOf(setup, complaint.department))
  const notes = [
    ...called.passedOver.map(passedOver),
    ...(next ? [`If nobody takes it: ${NEXT_CALL[next.rung]}, ${when(next.at)}`] : []),
  ]
  return [
    section(call === '' ? 'Who takes it?' : `Calling ${call}: who takes it?`),
    ...(notes.length === 0 ? [] : [context(notes.join(' · '))]),
  ]
}

function agreed({ actions: all }: Flaw): KnownBlock[] {
  return all
    .slice(-2)
    .map(({ words, takenBy, dueAt, doneAt, doneBy, changed }) =>
      doneAt && doneBy
        ? rich(
            para(bold('Corrective action'), t(', done by '), person(doneBy), t(', '), date(doneAt)),
            quote(within(changed ?? words, WORDS.limit, WORDS.json)),
          )
        : rich(
            para(bold('Corrective action'), t(', taken by '), person(takenBy), t(', due '), date(dueAt)),
            quote(within(words, WORDS.limit, WORDS.json)),
          ),
    )
}

function buttons({ number, status }: Flaw): Button[] {
  const value = String(number)
  return [
    ...(status === 'open' ? [button('Own it', ACTIONS.ownFlaw, value, 'primary')] : []),
    ...(status === 'closed' ? [] : [button('Close out', ACTIONS.closeFlaw, value)]),
    button('Timeline', ACTIONS.flawTimeline, value),
  ]
}

/** A line in the card's thread for what happened. */
export function flawLine(entry: TimelineEntry, setup: Setup): Message {
  const { what, quotes } = happened(entry, setup)
  return message([
    rich(
      para(...what),
      ...quotes.flatMap(({ label, text }) => [
        ...(label === null ? [] : [para(bold(label))]),
        quote(within(text, 3_000, 9_000)),
      ]),
    ),
  ])
}

interface Told {
  readonly setup: Setup
}

const takes = ({ number }: Flaw) => actions(button('Own it', ACTIONS.ownFlaw, String(number), 'primary'))

/** In the card's thread, to whoever can take what nobody owns. */
export function flawCall(
  flaw: Flaw,
  { setup, entry, since }: Told & { readonly entry: TimelineEntry; readonly since: Date },
): Message {
  const { event, at } = entry
  const called = event.kind === 'escalated' ? event : calledFirst(caseOf(flaw), setup, at)
  const asked =
    event.kind === 'escalated'
      ? `Nobody has taken it for ${span(at.getTime() - since.getTime())}. ${called.company ? 'The company channel was told. ' : ''}Who takes it?`
      : 'Who takes it?'
  const notes = called.passedOver.map(passedOver)
  return message([
    header(flawTitle(flaw, setup)),
    section(`${mentionsOf(called).join(' ')} ${asked}`.trim()),
    ...(notes.length === 0 ? [] : [context(notes.join(' · '))]),
    takes(flaw),
  ])
}

/** The same in the company channel. */
export function flawCompanyCall(
  flaw: Flaw,
  { setup, cardLink, since, now }: Told & { cardLink: string | null; since: Date; now: Date },
): Message {
  return message([
    header(flawTitle(flaw, setup)),
    section(
      `Nobody has taken it for ${span(now.getTime() - since.getTime())}. Who can? ${linked(cardLink, `To the card of systemic flaw ${flaw.number}`)}`,
    ),
  ])
}

/** To the owner, in the channel as well: they have doubled. */
export const flawGrown = (flaw: Flaw, { setup }: Told): Message =>
  message([
    header(flawTitle(flaw, setup)),
    section(
      `${flaw.owner === null ? '' : `${mention(flaw.owner)} `}There are ${flaw.complaints.length} complaints of its kind now, twice as many as when it was raised. What helps until it is mended?`,
    ),
  ])

/** Before and after it was to be closed: to the owner or the department in the thread, and far over in the company channel. */
export function flawReminder(
  flaw: Flaw,
  { setup, now, cardLink, to }: Told & { now: Date; cardLink: string | null; to: 'owner' | 'company' },
): Message {
  const complaint = caseOf(flaw)
  const response = responseOf(complaint)
  const over = response ? now.getTime() - response.dueAt.getTime() : 0
  const due = response
    ? over < 0
      ? `is to be closed by ${when(response.dueAt)}, with a corrective action.`
      : `was to be closed by ${when(response.dueAt)}, with a corrective action. What is in the way?`
    : 'is to be closed with a corrective action.'
  const called = [...addressees(complaint, setup, now), over >= 0 ? leadOf(complaint, setup) : null]
  const mentions = [...new Set(called)].filter((one) => one !== null).join(' ')
  const owner = flaw.owner === null ? 'Nobody owns it yet.' : `Owner: ${mention(flaw.owner)}.`
  return message([
    header(flawTitle(flaw, setup)),
    section(
      to === 'owner'
        ? `${mentions} This ${due}`.trim()
        : `This ${due} ${owner} ${linked(cardLink, `To the card of systemic flaw ${flaw.number}`)}`,
    ),
  ])
}

/** In the card's thread, to an owner of whom nothing was heard; null where nobody owns it any more. */
export function flawStillOnIt(flaw: Flaw, { setup }: Told): Message | null {
  if (flaw.status !== 'owned') return null
  const complaint = caseOf(flaw)
  const next = nextOfSilence(complaint, hoursOf(setup, complaint.department))
  return message([
    header(flawTitle(flaw, setup)),
    section(`${mention(flaw.owner)} Still on it?`),
    ...(next ? [context(`A press is enough. Otherwise others are called again ${when(next.at)}.`)] : []),
    actions(button('Still on it', ACTIONS.stillOnFlaw, String(flaw.number), 'primary')),
  ])
}

/** In the place of what called or asked, once that is needed no more. */
export function flawDone(flaw: Flaw, setup: Setup): Message {
  const done =
    flaw.status === 'owned' ? `${mention(flaw.owner)} owns it` : flaw.status === 'closed' ? 'closed' : 'called anew'
  return message([header(flawTitle(flaw, setup)), section(`Done: ${done}.`)])
}

/** "Close out": with a corrective action. */
export const closeFlawModal = (flaw: Flaw, { setup }: Told): ModalView =>
  modal({
    title: `Close out flaw ${flaw.number}`,
    submit: { label: 'Close out', as: MODALS.closeFlaw },
    metadata: { flaw: flaw.number },
    blocks: [
      { type: 'section', text: plain(flawTitle(flaw, setup)) },
      ...actionInputs('What changes, so that complaints of this kind end: with who takes it, and by when.'),
    ],
  })

/** Everything that happened to it, first to last; of a long life the newest. */
export const flawTimelineModal = (flaw: Flaw, entries: readonly TimelineEntry[], { setup }: Told): ModalView =>
  modal({
    title: `Timeline of flaw ${flaw.number}`,
    metadata: { flaw: flaw.number },
    blocks: [
      { type: 'section', text: plain(flawTitle(flaw, setup)) },
      ...entries.slice(-LINES).map((entry) => {
        const { what, quotes } = happened(entry, setup)
        const who = entry.by === null ? bold('Amends') : person(entry.by)
        const said = quotes.map(({ text }) => quote(within(text, 1_000, 3_000)))
        return rich(para(date(entry.at), t(' · '), who), para(...what), ...said)
      }),
    ],
  })

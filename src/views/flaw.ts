import type { TimelineEntry } from '../complaint/events.ts'
import { caseOf, type Flaw } from '../complaint/flaw.ts'
import { calledFirst } from '../complaint/ladder.ts'
import { hoursOf, type Setup } from '../complaint/setup.ts'
import { nextOfSilence } from '../complaint/silence.ts'
import { responseOf } from '../complaint/types.ts'
import type { ActionOf } from './action.ts'
import { actions, button, context, header, linked, type Message, message, section } from './blocks.ts'
import { passedOver } from './call.ts'
import { happened } from './happened.ts'
import { ACTIONS } from './ids.ts'
import { addressees, leadOf, mention, mentionsOf } from './people.ts'
import { bold, para, quote, rich } from './rich.ts'
import { oneLine, span, when, within } from './text.ts'
import { causePath } from './words.ts'

/** What the complaints have in common: the cause, or the part or site as it was written, unless that is confidential. */
export const commonOf = ({ topic: { kind, key, name } }: Flaw, setup: Setup): string =>
  kind === 'cause' ? causePath(setup, key) : name === null ? 'One part or site' : oneLine(name)

/** The first line of everything about it. */
export const flawTitle = (flaw: Flaw, setup: Setup): string =>
  `Systemic flaw ${flaw.number} · ${within(commonOf(flaw, setup), 80, 120)} · ${flaw.complaints.length} complaints`

/** It as the source of a corrective action. */
export const flawAction = (flaw: Flaw, setup: Setup): ActionOf => ({
  ...{ title: flawTitle(flaw, setup), of: { flaw: flaw.number }, actions: flaw.actions },
  card: `The card of systemic flaw ${flaw.number}`,
})

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

import type { KnownBlock } from '@slack/types'
import type { ClockName } from '../complaint/events.ts'
import { onCallFor } from '../complaint/ladder.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Clock, Complaint } from '../complaint/types.ts'
import { actions, button, context, header, linked, type Message, message, section } from './blocks.ts'
import { callSheet } from './callSheet.ts'
import { CLOCK, clockOf, overBy, relative } from './clockWords.ts'
import { ACTIONS } from './ids.ts'
import { addressees, leadOf, mention } from './people.ts'
import { escaped, span, when } from './text.ts'
import { departmentName, titleOf } from './words.ts'

interface Reminder {
  readonly complaint: Complaint
  readonly clock: ClockName
  readonly seq: number
  /** Milliseconds from the deadline for which it was queued. */
  readonly offset: number
  readonly setup: Setup
  readonly now: Date
}

/**
 * In the card's thread, to the owner or the department; from the deadline on to the lead as well, and outside the
 * department's hours to whoever is on call, where it is critical.
 */
export function reminder(options: Reminder & { readonly showContact: boolean }): Message {
  const { complaint, clock, seq, offset, setup, now, showContact } = options
  const found = clockOf(complaint, clock, seq)
  const over = found ? overBy(found, offset, now) : offset
  const onCall = onCallFor(complaint, setup, now)
  const called = [
    ...addressees(complaint, setup, now),
    onCall === null ? null : mention(onCall),
    over >= 0 ? leadOf(complaint, setup) : null,
  ]
  const to = [...new Set(called)].filter((one) => one !== null).join(' ')
  const said = found ? sentence(clock, found, over) : 'A clock of this complaint is due.'
  const blocks: KnownBlock[] = [header(titleOf(complaint)), section(`${to} ${said}`.trim())]
  if (clock === 'callback')
    blocks.push(
      callSheet(complaint, { now, showContact }),
      actions(button('Log callback', ACTIONS.logCallback, String(complaint.number), 'primary')),
    )
  return message(blocks)
}

/** How long until, or how long over, and what helps. */
function sentence(clock: ClockName, { dueAt }: Clock, over: number): string {
  if (clock === 'callback') {
    if (over < 0) return `The customer is promised a call by ${when(dueAt)}, ${relative(over)}.`
    return over === 0
      ? `The customer is promised a call now, ${when(dueAt)}.`
      : `The customer was promised a call by ${when(dueAt)}, ${relative(over)}. Please call now: apologise, then say what happens next.`
  }
  if (over < 0) return `Somebody is to be at the customer's by ${when(dueAt)}, ${relative(over)}.`
  return over === 0
    ? `Somebody is to be at the customer's now, ${when(dueAt)}.`
    : `Somebody was to be at the customer's by ${when(dueAt)}, ${relative(over)}. Who can go, or fix it remotely?`
}

/** Far over its deadline, in the company channel: neither who to call nor the customer's words leave the department. */
export function companyReminder(options: Reminder & { readonly cardLink: string | null }): Message {
  const { complaint, clock, seq, offset, setup, now, cardLink } = options
  const found = clockOf(complaint, clock, seq)
  const over = found ? overBy(found, offset, now) : offset
  const owner = complaint.owner === null ? 'Nobody owns it yet' : `Owner: ${mention(complaint.owner)}`
  const department = escaped(departmentName(setup, complaint.department))
  return message([
    header(titleOf(complaint)),
    section(
      `${CLOCK[clock]} is ${span(over)} over${found ? `: due ${when(found.dueAt)}` : ''}. ${owner}. ${department}. ` +
        linked(cardLink, `To the card of #${complaint.number}`),
    ),
  ])
}

/** Either of them once its clock was honoured, moved or closed: it asks for nothing more, and calls nobody. */
export function reminderDone({ complaint, clock, seq }: Pick<Reminder, 'complaint' | 'clock' | 'seq'>): Message {
  const found = clockOf(complaint, clock, seq)
  return message([
    header(titleOf(complaint)),
    section(`Done: ${howDone(complaint, clock, seq)}.`),
    ...(found ? [context(`${CLOCK[clock]} was due ${when(found.dueAt)}.`)] : []),
  ])
}

/** In the thread of a card that was left behind: the clock runs on elsewhere, and this one asks for nothing more. */
export function reminderLeft(
  options: Pick<Reminder, 'complaint' | 'clock' | 'setup'> & { readonly cardLink: string | null },
): Message {
  const { complaint, clock, setup, cardLink } = options
  const there = escaped(departmentName(setup, complaint.department))
  return message([
    header(titleOf(complaint)),
    section(`${CLOCK[clock]} is with ${there} now. ${linked(cardLink, `To the card of #${complaint.number}`)}`),
  ])
}

/** How a clock ended, in mrkdwn: "called at …", "moved to …", "arrived …", "closed". */
export const howDone = (complaint: Complaint, clock: ClockName, seq: number): string =>
  (clock === 'response' ? responseDone(complaint, seq) : promiseDone(complaint, seq)) ??
  (complaint.duplicateOf === null ? 'no longer needed' : `it goes on in #${complaint.duplicateOf}`)

function responseDone({ responses, visits }: Complaint, seq: number): string | null {
  const response = responses.find((one) => one.seq === seq)
  if (!response?.endedAt) return null
  if (response.state === 'closed') return 'closed'
  if (response.state === 'superseded') return 'another deadline holds'
  const ended = response.endedAt.getTime()
  const remote = visits.some((visit) => visit.remote && visit.outcomeAt?.getTime() === ended)
  return `${remote ? 'fixed remotely' : 'arrived'} ${when(response.endedAt)}`
}

function promiseDone({ promises, callbacks, closeOut }: Complaint, seq: number): string | null {
  const promise = promises.find((one) => one.seq === seq)
  if (!promise?.endedAt) return null
  if (promise.state === 'superseded') return 'another call is promised'
  // A promise that was over when it was moved counts as missed; its reason tells that it was moved.
  if (promise.reason !== null) {
    const next = promises.find((one) => one.seq > seq)
    return next ? `moved to ${when(next.dueAt)}` : 'moved'
  }
  if (callbacks.some((call) => call.promise === seq)) return `called at ${when(promise.endedAt)}`
  return closeOut || promise.state !== 'pending' ? 'closed' : null
}

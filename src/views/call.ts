import type { TimelineEntry } from '../complaint/events.ts'
import { calledFirst, type Rung } from '../complaint/ladder.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint, PassedOver } from '../complaint/types.ts'
import { actions, button, context, header, linked, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { mention, mentionsOf } from './people.ts'
import { escaped, span } from './text.ts'
import { departmentName, titleOf } from './words.ts'

interface Call {
  readonly complaint: Complaint
  /** What on the timeline it is called for. */
  readonly entry: TimelineEntry
  /** When the ladder started. */
  readonly since: Date
  readonly setup: Setup
}

/** Who comes next, without ringing them. */
export const NEXT_CALL: Record<Rung, string> = {
  department: 'the department again',
  lead: 'the lead',
  company: 'the company channel',
}

const ROLE: Record<PassedOver['role'], string> = {
  group: 'The usergroup',
  person: 'Who stands for this level',
  lead: 'The lead',
  deputy: 'The deputy',
}
const WHY: Record<PassedOver['why'], string> = {
  away: 'is away',
  left: 'is no longer there',
  'let-go': 'had it until now',
}

/** "The lead is away". */
export const passedOver = ({ role, why }: PassedOver): string => `${ROLE[role]} ${WHY[why]}`

/** In the card's thread, to whoever can take what nobody owns. */
export function call({ complaint, entry, since, setup }: Call): Message {
  const { event, at } = entry
  const called = event.kind === 'escalated' ? event : calledFirst(complaint, setup, at)
  const to = mentionsOf(called).join(' ')
  const asked =
    event.kind === 'escalated'
      ? `Nobody has taken it for ${span(at.getTime() - since.getTime())}. ${called.company ? 'The company channel was told. ' : ''}Who takes it?`
      : 'Who takes it?'
  const notes = called.passedOver.map(passedOver)
  return message([
    header(titleOf(complaint)),
    section(`${to} ${asked}`.trim()),
    ...(notes.length === 0 ? [] : [context(notes.join(' · '))]),
    actions(button('Own it', ACTIONS.own, String(complaint.number), 'primary')),
  ])
}

/** In the company channel: neither who to call nor the customer's words leave the department. */
export function companyCall(options: Call & { readonly cardLink: string | null }): Message {
  const { complaint, entry, since, setup, cardLink } = options
  const department = escaped(departmentName(setup, complaint.department))
  return message([
    header(titleOf(complaint)),
    section(
      `Nobody in ${department} has taken it for ${span(entry.at.getTime() - since.getTime())}. Who can? ` +
        linked(cardLink, `To the card of #${complaint.number}`),
    ),
  ])
}

/** Either of them once somebody has taken it, or it went another way: it calls nobody any more. */
export function callDone({ complaint, setup }: Pick<Call, 'complaint' | 'setup'>): Message {
  const done =
    complaint.status === 'owned'
      ? `${mention(complaint.owner)} owns it`
      : complaint.status === 'closed'
        ? 'closed'
        : complaint.duplicateOf === null
          ? `called anew in ${escaped(departmentName(setup, complaint.department))}`
          : `it goes on in #${complaint.duplicateOf}`
  return message([header(titleOf(complaint)), section(`Done: ${done}.`)])
}

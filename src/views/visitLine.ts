import type { Button, KnownBlock } from '@slack/types'
import type { TimelineEntry } from '../complaint/events.ts'
import { isAwaited } from '../complaint/replanning.ts'
import type { Setup } from '../complaint/setup.ts'
import { awaitedVisit, type Complaint } from '../complaint/types.ts'
import { actions, button, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { line } from './line.ts'
import { partValue } from './metadata.ts'
import { addressees, leadOf } from './people.ts'
import { inHours, when } from './text.ts'

interface Drawn {
  readonly setup: Setup
  readonly now: Date
}

/** What can be done about a visit that somebody is still to arrive for. */
export function visitButtons(complaint: Complaint): Button[] {
  const visit = awaitedVisit(complaint)
  if (!visit) return []
  const value = partValue(complaint.number, visit.seq)
  return [
    ...(visit.enRouteAt ? [] : [button('On the way', ACTIONS.setOut, value)]),
    button('Change visit', ACTIONS.changeVisit, value),
    button('Call off visit', ACTIONS.callOffVisit, value),
  ]
}

/** A plan to go there, in the card's thread. While it stands, it can be changed here, and calls for help where it comes late. */
export function visitLine(entry: TimelineEntry, complaint: Complaint, { setup, now }: Drawn): Message {
  const said = line(entry, complaint, { setup })
  const { event } = entry
  const plan = event.kind === 'visit-planned' ? event : event.kind === 'visit-changed' ? event.after : null
  if (!plan || !('visit' in event) || !isAwaited(complaint, { visit: event.visit, eta: plan.eta })) return said
  const late = 'late' in event && event.late ? [lateness(complaint, { setup, now }, new Date(event.late))] : []
  return message([...said.blocks, ...late, actions(...visitButtons(complaint))])
}

/** To owner and lead, before the deadline does. */
function lateness(complaint: Complaint, { setup, now }: Drawn, dueAt: Date): KnownBlock {
  const to = [...new Set([...addressees(complaint, setup, now), leadOf(complaint, setup)])].filter(
    (one) => one !== null,
  )
  return section(
    `${to.join(' ')} The ETA is after the ${inHours(complaint.policy.response)}, which end ${when(dueAt)}. Can somebody be there sooner, or help from afar?`.trim(),
  )
}

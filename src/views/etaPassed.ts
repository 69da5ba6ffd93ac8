import { isAwaited } from '../complaint/replanning.ts'
import type { Setup } from '../complaint/setup.ts'
import { type Complaint, runningResponse } from '../complaint/types.ts'
import { actions, button, header, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { addressees, mention } from './people.ts'
import { when } from './text.ts'
import { visitButtons } from './visitLine.ts'
import { titleOf } from './words.ts'

interface Passed {
  readonly visit: number
  /** ISO instant. */
  readonly eta: string
}

/** To whoever goes and to the owner: nobody has arrived by the ETA. Once that has changed, it asks for nothing more. */
export function etaPassed(
  complaint: Complaint,
  passed: Passed,
  { setup, now }: { readonly setup: Setup; readonly now: Date },
): Message {
  const head = header(titleOf(complaint))
  const visit = complaint.visits.find(({ seq }) => seq === passed.visit)
  const eta = when(new Date(passed.eta))
  if (!visit || !isAwaited(complaint, passed)) return message([head, section(`Done: ${howDone(complaint, passed)}.`)])
  const to = [...new Set([mention(visit.who), ...addressees(complaint, setup, now)])]
  const due = runningResponse(complaint)?.dueAt
  return message([
    head,
    section(
      `${to.join(' ')} The ETA was ${eta}, and no arrival is noted yet. Is somebody there? If it takes longer, a new ETA helps everybody, the customer first.` +
        (due ? ` The response is due ${when(due)}.` : ''),
    ),
    actions(button('Arrived', ACTIONS.arrived, String(complaint.number), 'primary'), ...visitButtons(complaint)),
  ])
}

function howDone({ visits, status }: Complaint, { visit: seq, eta }: Passed): string {
  const visit = visits.find((one) => one.seq === seq)
  if (visit?.arrivedAt) return `arrived ${when(visit.arrivedAt)}`
  if (visit?.calledOffAt) return 'the visit was called off'
  if (visit?.eta && visit.eta.toISOString() !== eta) return `the ETA is ${when(visit.eta)} now`
  return status === 'closed' ? 'closed' : 'no longer needed'
}

import type { Setup } from '../complaint/setup.ts'
import { type Complaint, pendingPromise } from '../complaint/types.ts'
import { linked, type Message, message, section } from './blocks.ts'
import { ACKNOWLEDGED } from './openers.ts'
import { bold, date, type Inline, para, rich, t } from './rich.ts'
import { departmentName } from './words.ts'

interface Thanks {
  readonly setup: Setup
  readonly cardLink: string | null
}

/** To the reporter alone: the number, thanks, and an acknowledgement ready to send to the customer. */
export function thanks(complaint: Complaint, { setup, cardLink }: Thanks): Message {
  const promise = pendingPromise(complaint)
  const department = departmentName(setup, complaint.department)
  const acknowledgement: Inline[] = [
    t(`${ACKNOWLEDGED[complaint.report.feeling]} Thank you for telling us. `),
    ...(promise ? [t(`${department} will call you by `), date(promise.dueAt), t('. ')] : []),
    t(`Our reference is #${complaint.number}.`),
  ]
  return message([
    section(`Filed as ${linked(cardLink, `#${complaint.number}`)}. Thank you: now it can be put right.`),
    rich(para(bold('Ready to send to the customer')), {
      type: 'rich_text_quote',
      elements: acknowledgement,
    }),
  ])
}

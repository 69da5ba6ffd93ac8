import type { ModalView } from '@slack/types'
import { type Complaint, pendingPromise } from '../complaint/types.ts'
import { context } from './blocks.ts'
import { MODALS } from './ids.ts'
import { dateInput, minuteAfter, modal, textInput } from './inputs.ts'
import { when } from './text.ts'

/** "Move callback": a promise moves only by a new one, with a reason. */
export function moveCallbackModal(complaint: Complaint, { now }: { readonly now: Date }): ModalView {
  const pending = pendingPromise(complaint)
  return modal({
    title: 'Move callback',
    submit: { label: 'Move callback', as: MODALS.moveCallback },
    metadata: { complaint: complaint.number },
    blocks: [
      ...(pending ? [context(`Promised so far: ${when(pending.dueAt)}. Does the customer know that it moves?`)] : []),
      dateInput({
        field: 'promisedBy',
        label: 'Next call promised by',
        initial: minuteAfter(now, complaint.policy.callback[complaint.report.severity]),
      }),
      textInput({ field: 'reason', label: 'Reason', multiline: true }),
    ],
  })
}

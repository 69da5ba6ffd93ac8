import type { ModalView } from '@slack/types'
import type { Complaint } from '../complaint/types.ts'
import { MODALS } from './ids.ts'
import { dateInput, minuteAfter, modal, textInput } from './inputs.ts'

/** "Reopen #142": why, and when the customer is called. */
export function reopenModal(complaint: Complaint, { now }: { readonly now: Date }): ModalView {
  return modal({
    title: `Reopen #${complaint.number}`,
    submit: { label: 'Reopen', as: MODALS.reopen },
    metadata: { complaint: complaint.number },
    blocks: [
      textInput({ field: 'reason', label: 'Reason', multiline: true }),
      dateInput({
        field: 'promisedBy',
        label: 'Call back promised by',
        initial: minuteAfter(now, complaint.policy.callback[complaint.report.severity]),
      }),
    ],
  })
}

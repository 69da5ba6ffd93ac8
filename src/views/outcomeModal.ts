import type { ModalView } from '@slack/types'
import type { Complaint } from '../complaint/types.ts'
import { MODALS } from './ids.ts'
import { modal, radioInput, textInput } from './inputs.ts'
import { VISIT_OUTCOME } from './words.ts'

/** "Outcome": how the visit went. */
export function outcomeModal(complaint: Complaint): ModalView {
  return modal({
    title: 'Outcome',
    submit: { label: 'Save', as: MODALS.outcome },
    metadata: { complaint: complaint.number },
    blocks: [
      radioInput({ field: 'outcome', label: 'Outcome', of: VISIT_OUTCOME }),
      textInput({ field: 'done', label: 'What was done', multiline: true }),
    ],
  })
}

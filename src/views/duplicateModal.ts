import type { ModalView } from '@slack/types'
import type { Complaint } from '../complaint/types.ts'
import { MODALS } from './ids.ts'
import { modal, textInput } from './inputs.ts'

/** "Duplicate": which complaint it is the same as. */
export const duplicateModal = ({ number }: Complaint): ModalView =>
  modal({
    title: 'Duplicate',
    submit: { label: 'Link', as: MODALS.duplicate },
    metadata: { complaint: number },
    blocks: [
      textInput({
        field: 'original',
        label: `Which complaint is #${number} the same as?`,
        hint: 'Its number, as in #142. It goes on there, with what the customer was promised; whoever filed this one is told how it ends.',
      }),
    ],
  })

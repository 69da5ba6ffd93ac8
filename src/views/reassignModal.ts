import type { ModalView } from '@slack/types'
import type { Complaint } from '../complaint/types.ts'
import { MODALS } from './ids.ts'
import { input, modal, textInput } from './inputs.ts'

/** "Reassign #142": who owns it from now on. */
export const reassignModal = ({ number }: Complaint): ModalView =>
  modal({
    title: `Reassign #${number}`,
    submit: { label: 'Reassign', as: MODALS.reassign },
    metadata: { complaint: number },
    blocks: [
      input({ field: 'who', label: 'To whom' }, { type: 'users_select', action_id: 'who' }),
      textInput({ field: 'reason', label: 'Reason', multiline: true, optional: true }),
    ],
  })

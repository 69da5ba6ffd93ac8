import type { ModalView } from '@slack/types'
import type { Complaint } from '../complaint/types.ts'
import { MODALS } from './ids.ts'
import { dateInput, filesInput, input, modal, option, textInput } from './inputs.ts'

/** The value of the ticked box "Fixed remotely". */
export const REMOTE = 'remote'

/**
 * "Visit": who goes and when, or what was done from afar. Nothing is required by the form, since the one takes the
 * place of the other: the listener says what is missing.
 */
export function visitModal(complaint: Complaint, { by }: { readonly by: string }): ModalView {
  return modal({
    title: 'Visit',
    submit: { label: 'Save', as: MODALS.visit },
    metadata: { complaint: complaint.number },
    blocks: [
      input(
        { field: 'who', label: 'Who goes', optional: true },
        { type: 'users_select', action_id: 'who', initial_user: complaint.owner ?? by },
      ),
      dateInput({ field: 'eta', label: 'ETA', optional: true }),
      textInput({ field: 'parts', label: 'Parts in hand', optional: true }),
      input(
        { field: 'remote', label: 'Instead of a trip', optional: true },
        { type: 'checkboxes', action_id: 'remote', options: [option('Fixed remotely', REMOTE)] },
      ),
      textInput({
        field: 'done',
        label: 'What was done',
        multiline: true,
        optional: true,
        hint: 'Needed when it was fixed remotely.',
      }),
      filesInput(complaint.policy),
    ],
  })
}

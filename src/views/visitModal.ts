import type { InputBlock, ModalView } from '@slack/types'
import type { Complaint, VisitOutcome } from '../complaint/types.ts'
import { context } from './blocks.ts'
import { MODALS } from './ids.ts'
import { dateInput, filesInput, input, modal, option, textInput } from './inputs.ts'
import { VISIT_OUTCOME } from './words.ts'

/** The value of the ticked box "Fixed remotely". */
export const REMOTE = 'remote'

interface Trip {
  readonly who: string
  readonly eta: Date | null
  readonly parts: string | null
  readonly optional: boolean
}

/** Who goes, when, and with what in hand. */
export const tripInputs = ({ who, eta, parts, optional }: Trip): InputBlock[] => [
  input({ field: 'who', label: 'Who goes', optional }, { type: 'users_select', action_id: 'who', initial_user: who }),
  dateInput({ field: 'eta', label: 'ETA', optional, initial: eta }),
  textInput({
    field: 'parts',
    label: 'Parts in hand',
    optional: true,
    initial: parts,
    hint: 'Which ones, or Yes. Empty, or No, where they come without.',
  }),
]

interface About {
  readonly by: string
  /** How the visit went that this one follows. */
  readonly after?: Exclude<VisitOutcome, 'fixed'>
}

/**
 * "Visit": who goes and when, or what was done from afar. Nothing is required by the form, since the one takes the
 * place of the other: the listener says what is missing.
 */
export function visitModal(complaint: Complaint, { by, after }: About): ModalView {
  return modal({
    title: 'Visit',
    submit: { label: 'Save', as: MODALS.visit },
    close: after ? 'Not now' : 'Cancel',
    metadata: { complaint: complaint.number },
    blocks: [
      ...(after
        ? [context(`The outcome is saved: ${VISIT_OUTCOME[after].toLowerCase()}. Who goes next, and with what?`)]
        : []),
      ...tripInputs({ who: complaint.owner ?? by, eta: null, parts: null, optional: true }),
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

import type { ModalView } from '@slack/types'
import type { Complaint, CorrectiveAction } from '../complaint/types.ts'
import { plain } from './blocks.ts'
import { correctionInputs } from './correction.ts'
import { MODALS } from './ids.ts'
import { modal, textInput } from './inputs.ts'
import type { ActionRef } from './metadata.ts'
import { cut, shown } from './text.ts'
import { titleOf } from './words.ts'

const refTo = (complaint: Complaint, action: CorrectiveAction): ActionRef => ({
  ...{ complaint: complaint.number, action: action.seq },
})

/** "Corrective action": it is done. */
export const finishActionModal = (complaint: Complaint, action: CorrectiveAction): ModalView =>
  modal({
    title: 'Corrective action',
    submit: { label: 'Done', as: MODALS.finishAction },
    metadata: refTo(complaint, action),
    blocks: [
      { type: 'section', text: plain(`${titleOf(complaint)}\n${cut(shown(action.words), 1_000)}`) },
      textInput({ field: 'changed', label: 'What changed?', multiline: true }),
      textInput({
        ...{ field: 'proof', label: 'Where is it proven?' },
        hint: 'A measurement, a drawing, a changed form, where others can find it.',
      }),
    ],
  })

/** "Did it work?": the cause has come again, and something follows, or why nothing does. */
export const recurrenceModal = (complaint: Complaint, action: CorrectiveAction): ModalView =>
  modal({
    title: 'Did it work?',
    submit: { label: 'Save', as: MODALS.answerRecurrence },
    metadata: refTo(complaint, action),
    blocks: [
      {
        type: 'section',
        text: plain(
          `#${action.recurredIn ?? complaint.number} had the same cause. So far: ${cut(shown(action.changed), 1_000)}`,
        ),
      },
      ...correctionInputs(),
    ],
  })

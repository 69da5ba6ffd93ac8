import type { ModalView } from '@slack/types'
import type { CorrectiveAction } from '../complaint/types.ts'
import { type ActionOf, refTo } from './action.ts'
import { plain } from './blocks.ts'
import { correctionInputs } from './correction.ts'
import { MODALS } from './ids.ts'
import { modal, textInput } from './inputs.ts'
import { cut, shown } from './text.ts'

/** "Corrective action": it is done. */
export const finishActionModal = (source: ActionOf, action: CorrectiveAction): ModalView =>
  modal({
    title: 'Corrective action',
    submit: { label: 'Done', as: MODALS.finishAction },
    metadata: refTo(source, action),
    blocks: [
      { type: 'section', text: plain(`${source.title}\n${cut(shown(action.words), 1_000)}`) },
      textInput({ field: 'changed', label: 'What changed?', multiline: true }),
      textInput({
        ...{ field: 'proof', label: 'Where is it proven?' },
        hint: 'A measurement, a drawing, a changed form, where others can find it.',
      }),
    ],
  })

/** "Did it work?": the cause has come again, and something follows, or why nothing does. */
export const recurrenceModal = (source: ActionOf, action: CorrectiveAction): ModalView =>
  modal({
    title: 'Did it work?',
    submit: { label: 'Save', as: MODALS.answerRecurrence },
    metadata: refTo(source, action),
    blocks: [
      {
        type: 'section',
        text: plain(`${source.title}\nSo far: ${cut(shown(action.changed), 1_000)}`),
      },
      ...correctionInputs(),
    ],
  })

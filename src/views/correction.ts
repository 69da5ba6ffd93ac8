import type { InputBlock, RichTextBlockElement } from '@slack/types'
import type { CloseOut, CorrectiveAction } from '../complaint/types.ts'
import { dateInput, input, textInput } from './inputs.ts'
import { bold, date, para, person, quote, t } from './rich.ts'
import { within } from './text.ts'

export const CORRECTION_LABELS = {
  correctiveAction: 'Corrective action',
  takenBy: 'Who takes it',
  dueBy: 'By when',
  whyNone: 'Why none is needed',
} as const

/** What is to keep it from happening again, with who takes it and by when. */
export const actionInputs = (hint: string): InputBlock[] => [
  textInput({
    ...{ field: 'correctiveAction', label: CORRECTION_LABELS.correctiveAction, multiline: true, optional: true },
    hint,
  }),
  input(
    { field: 'takenBy', label: CORRECTION_LABELS.takenBy, optional: true },
    { type: 'users_select', action_id: 'takenBy' },
  ),
  dateInput({ field: 'dueBy', label: CORRECTION_LABELS.dueBy, optional: true }),
]

/** The same, or why none is needed. */
export const correctionInputs = (): InputBlock[] => [
  ...actionInputs(
    'What keeps it from happening again: with who takes it, and by when. Or say below why none is needed.',
  ),
  textInput({ field: 'whyNone', label: CORRECTION_LABELS.whyNone, multiline: true, optional: true }),
]

/** What a close-out agreed on, as lines of rich text. */
export function correctionAgreed(
  closeOut: Pick<CloseOut, 'action' | 'whyNone'>,
  actions: readonly CorrectiveAction[],
  room: { readonly limit: number; readonly json: number },
): RichTextBlockElement[] {
  const action = actions.find(({ seq }) => seq === closeOut.action)
  const quoted = (text: string) => quote(within(text, room.limit, room.json))
  if (!action)
    return closeOut.whyNone ? [para(bold('Why no corrective action is needed')), quoted(closeOut.whyNone)] : []
  const { takenBy, dueAt, doneAt, doneBy, changed } = action
  const label = bold(CORRECTION_LABELS.correctiveAction)
  return doneAt && doneBy && changed
    ? [para(label, t(', done by '), person(doneBy), t(', '), date(doneAt)), quoted(changed)]
    : [para(label, t(', taken by '), person(takenBy), t(', due '), date(dueAt)), quoted(action.words)]
}

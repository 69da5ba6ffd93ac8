import type { ModalView } from '@slack/types'
import { actionOf, isInQuestion, isOpen } from '../../complaint/correcting.ts'
import type { Refusal } from '../../complaint/refusals.ts'
import type { Complaint, CorrectiveAction } from '../../complaint/types.ts'
import { finishActionModal, recurrenceModal } from '../../views/actionModals.ts'
import { actionRefFrom } from '../../views/metadata.ts'
import { inTime } from '../trouble.ts'
import { type OnAction, pressed } from './actions.ts'
import { correctionIn, type OnSubmission, settle } from './submissions.ts'

interface Form {
  readonly deed: 'finish-action' | 'answer-recurrence'
  readonly modalOf: (complaint: Complaint, action: CorrectiveAction) => ModalView
  /** Why it doesn't apply any more, or null. */
  readonly outdated: (action: CorrectiveAction) => Refusal | null
}

/** A button that opens a form about a corrective action, while that is what it takes. */
const opens =
  ({ deed, modalOf, outdated }: Form): OnAction =>
  async ({ operations }, payload, answer) => {
    await answer.ack()
    const ref = actionRefFrom(pressed(payload))
    const look = await inTime(operations.lookAt(ref.complaint, payload.user.id))
    if (!look.ok) return answer.refuse(look.refusals)
    const action = actionOf(look.complaint, ref.action)
    if (!action) return answer.refuse([{ kind: 'no-such-action' }])
    const refusal = outdated(action) ?? look.mayNot(deed)
    await (refusal ? answer.refuse([refusal]) : answer.open(modalOf(look.complaint, action)))
  }

export const onFinishAction = opens({
  deed: 'finish-action',
  modalOf: finishActionModal,
  outdated: (action) => (isOpen(action) ? null : { kind: 'action-done-already' }),
})

export const onAnswerRecurrence = opens({
  deed: 'answer-recurrence',
  modalOf: recurrenceModal,
  outdated: (action) => (isInQuestion(action) ? null : { kind: 'nothing-to-answer' }),
})

export const onActionFinished: OnSubmission = ({ operations, clock }, { payload, fields }, answer) => {
  const { complaint, action } = actionRefFrom(payload.view.private_metadata)
  const said = { changed: fields.text('changed') ?? '', proof: fields.text('proof') ?? '' }
  const command = { kind: 'finish-action', by: payload.user.id, action, ...said } as const
  return settle(answer, operations.change(complaint, payload.view.id, command, clock()))
}

export const onRecurrenceAnswered: OnSubmission = ({ operations, clock }, { payload, fields }, answer) => {
  const { complaint, action } = actionRefFrom(payload.view.private_metadata)
  const command = { kind: 'answer-recurrence', by: payload.user.id, action, ...correctionIn(fields) } as const
  return settle(answer, operations.change(complaint, payload.view.id, command, clock()))
}

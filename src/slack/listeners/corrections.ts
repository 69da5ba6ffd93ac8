import type { ModalView } from '@slack/types'
import { actionOf, isInQuestion, isOpen } from '../../complaint/correcting.ts'
import type { Refusal } from '../../complaint/refusals.ts'
import type { Deed } from '../../complaint/roles.ts'
import type { CorrectiveAction } from '../../complaint/types.ts'
import type { FlawOutcome, PersonsFlawCommand } from '../../operations/changeFlaw.ts'
import type { PersonsCommand } from '../../operations/operations.ts'
import { type ActionOf, ofComplaint } from '../../views/action.ts'
import { finishActionModal, recurrenceModal } from '../../views/actionModals.ts'
import { flawAction } from '../../views/flaw.ts'
import { type ActionRef, actionRefFrom } from '../../views/metadata.ts'
import type { FormAnswer } from '../answer.ts'
import { inTime } from '../trouble.ts'
import { type OnAction, pressed } from './actions.ts'
import type { House } from './house.ts'
import { correctionIn, type Form, type OnSubmission } from './submissions.ts'

interface Found {
  readonly ok: true
  readonly source: ActionOf
  readonly action: CorrectiveAction | undefined
  readonly mayNot: (deed: Deed) => Refusal | null
}

/** The action that somebody speaks of, agreed for a complaint or a flaw. */
async function find(
  { operations }: House,
  ref: ActionRef,
  by: string,
): Promise<Found | { readonly ok: false; readonly refusals: readonly Refusal[] }> {
  if ('complaint' in ref) {
    const look = await inTime(operations.lookAt(ref.complaint, by))
    if (!look.ok) return look
    const { complaint, mayNot } = look
    return { ok: true, source: ofComplaint(complaint), action: actionOf(complaint, ref.action), mayNot }
  }
  const look = await inTime(operations.lookAtFlaw(ref.flaw, by))
  if (!look.ok) return look
  const { flaw, setup, mayNot } = look
  return { ok: true, source: flawAction(flaw, setup), action: actionOf(flaw, ref.action), mayNot }
}

interface Opening {
  readonly deed: 'finish-action' | 'answer-recurrence'
  readonly modalOf: (source: ActionOf, action: CorrectiveAction) => ModalView
  /** Why it doesn't apply any more, or null. */
  readonly outdated: (action: CorrectiveAction) => Refusal | null
}

/** A button that opens a form about a corrective action, while that is what it takes. */
const opens =
  ({ deed, modalOf, outdated }: Opening): OnAction =>
  async (house, payload, answer) => {
    await answer.ack()
    const found = await find(house, actionRefFrom(pressed(payload)), payload.user.id)
    if (!found.ok) return answer.refuse(found.refusals)
    const { source, action, mayNot } = found
    if (!action) return answer.refuse([{ kind: 'no-such-action' }])
    const refusal = outdated(action) ?? mayNot(deed)
    await (refusal ? answer.refuse([refusal]) : answer.open(modalOf(source, action)))
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

/** What can be asked of a complaint and of a flaw alike. */
type Common = Extract<PersonsCommand & PersonsFlawCommand, { readonly action: number }>

async function change(
  { operations, clock }: House,
  { payload }: Form,
  answer: FormAnswer,
  commandOf: (action: number) => Common,
): Promise<void> {
  const ref = actionRefFrom(payload.view.private_metadata)
  const { id } = payload.view
  const command = commandOf(ref.action)
  const done = await inTime<FlawOutcome>(
    'complaint' in ref
      ? operations.change(ref.complaint, id, command, clock())
      : operations.changeFlaw(ref.flaw, id, command, clock()),
  )
  await (done.ok ? answer.close() : answer.refuse(done.refusals))
}

export const onActionFinished: OnSubmission = (house, form, answer) => {
  const { fields, payload } = form
  const said = { changed: fields.text('changed') ?? '', proof: fields.text('proof') ?? '' }
  return change(house, form, answer, (action) => ({ kind: 'finish-action', by: payload.user.id, action, ...said }))
}

export const onRecurrenceAnswered: OnSubmission = (house, form, answer) =>
  change(house, form, answer, (action) => ({
    ...{ kind: 'answer-recurrence', by: form.payload.user.id, action },
    ...correctionIn(form.fields),
  }))

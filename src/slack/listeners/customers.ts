import { mergeCustomerModal } from '../../views/mergeCustomerModal.ts'
import { complaintOf, sameCustomerOf } from '../../views/metadata.ts'
import { sameCustomerAnswered } from '../../views/sameCustomer.ts'
import { inTime } from '../trouble.ts'
import { numberOf, type OnAction, pressed } from './actions.ts'
import { type OnSubmission, settle } from './submissions.ts'

export const onMergeCustomer: OnAction = async ({ operations }, payload, answer) => {
  await answer.ack()
  const look = await inTime(operations.lookAt(numberOf(payload), payload.user.id))
  if (!look.ok) return answer.refuse(look.refusals)
  const refusal = look.mayNot('merge-customer')
  await (refusal ? answer.refuse([refusal]) : answer.open(mergeCustomerModal(look.complaint, look.customer)))
}

export const onCustomerMerged: OnSubmission = async ({ operations, clock }, { payload, fields }, answer) => {
  const { private_metadata, id: view } = payload.view
  const into = fields.choice('into')
  await settle(
    answer,
    operations.mergeCustomer(
      {
        ...{ number: complaintOf(private_metadata), view, by: payload.user.id },
        ...{ into: into === null ? null : Number(into) || 0, name: fields.text('name') },
      },
      clock(),
    ),
  )
}

const answers =
  (same: boolean): OnAction =>
  async ({ operations, clock }, payload, answer) => {
    await answer.ack()
    const about = sameCustomerOf(pressed(payload))
    const answered = await operations.answerSameCustomer({ ...about, same, by: payload.user.id }, clock())
    await (answered.ok ? answer.settle(sameCustomerAnswered(answered.how)) : answer.refuse(answered.refusals))
  }

export const onSameCustomer = answers(true)
export const onOtherCustomer = answers(false)

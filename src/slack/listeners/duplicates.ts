import { splitOff } from '../../views/duplicate.ts'
import { complaintOf } from '../../views/metadata.ts'
import { numberOf, type OnAction } from './actions.ts'
import { type OnSubmission, settle } from './submissions.ts'

export const onLinked: OnSubmission = async ({ operations, clock }, { payload, fields }, answer) => {
  const typed = fields.text('original')
  if (typed === null) return answer.refuse([{ kind: 'missing', field: 'original' }])
  const original = /^#?\s*(\d{1,9})$/.exec(typed)?.[1]
  if (!original) return answer.refuse([{ kind: 'not-a-number', field: 'original' }])
  const number = complaintOf(payload.view.private_metadata)
  const asked = { number, view: payload.view.id, by: payload.user.id, original: Number(original) }
  await settle(answer, operations.linkDuplicate(asked, clock()))
}

export const onSplit: OnAction = async ({ operations, clock }, payload, answer) => {
  await answer.ack()
  const number = numberOf(payload)
  const done = await operations.splitDuplicate({ number, view: null, by: payload.user.id }, clock())
  await (done.ok ? answer.say(splitOff(number)) : answer.refuse(done.refusals))
}

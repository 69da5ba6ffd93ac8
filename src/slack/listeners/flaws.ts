import type { ModalView } from '@slack/types'
import type { Refusal } from '../../complaint/refusals.ts'
import type { FlawLook } from '../../operations/changeFlaw.ts'
import { closeFlawModal, flawTimelineModal } from '../../views/flawModals.ts'
import { flawOf } from '../../views/metadata.ts'
import { inTime } from '../trouble.ts'
import { numberOf, type OnAction } from './actions.ts'
import { correctionIn, type OnSubmission } from './submissions.ts'

/** A button that does its work at once. */
const carriesOut =
  (kind: 'own' | 'sign-of-life'): OnAction =>
  async ({ operations, clock }, payload, answer) => {
    await answer.ack()
    const done = await operations.changeFlaw(numberOf(payload), null, { kind, by: payload.user.id }, clock())
    if (!done.ok) await answer.refuse(done.refusals)
  }

export const onOwnFlaw = carriesOut('own')
export const onStillOnFlaw = carriesOut('sign-of-life')

type Sight = Extract<FlawLook, { ok: true }>

/** A button that opens a form or a list about a flaw, unless `whyNot` tells why it doesn't. */
const opens =
  (modalOf: (look: Sight) => ModalView, whyNot: (look: Sight) => Refusal | null = () => null): OnAction =>
  async ({ operations }, payload, answer) => {
    await answer.ack()
    const look = await inTime(operations.lookAtFlaw(numberOf(payload), payload.user.id))
    if (!look.ok) return answer.refuse(look.refusals)
    const refusal = whyNot(look)
    await (refusal ? answer.refuse([refusal]) : answer.open(modalOf(look)))
  }

export const onFlawTimeline = opens((look) => flawTimelineModal(look.flaw, look.entries, look))

export const onCloseFlaw = opens(
  (look) => closeFlawModal(look.flaw, look),
  ({ flaw, mayNot }) => (flaw.status === 'closed' ? { kind: 'closed-already' } : mayNot('close-out')),
)

export const onFlawClosed: OnSubmission = async ({ operations, clock }, { payload, fields }, answer) => {
  const { whyNone: _, ...action } = correctionIn(fields)
  const command = { kind: 'close-flaw', by: payload.user.id, ...action } as const
  const { private_metadata, id } = payload.view
  const done = await inTime(operations.changeFlaw(flawOf(private_metadata), id, command, clock()))
  await (done.ok ? answer.close() : answer.refuse(done.refusals))
}

import type { ModalView } from '@slack/types'
import type { Visit } from '../complaint/types.ts'
import { MODALS } from './ids.ts'
import { modal, textInput } from './inputs.ts'
import { tripInputs } from './visitModal.ts'

/** "Change visit": another ETA, other parts, somebody else. It knows the visit that it is about. */
export const changeVisitModal = (complaint: number, visit: Visit): ModalView =>
  modal({
    title: 'Change visit',
    submit: { label: 'Save', as: MODALS.changeVisit },
    metadata: { complaint, visit: visit.seq },
    blocks: tripInputs({ ...visit, optional: false }),
  })

/** "Call off visit": nobody goes, for a reason. */
export const callOffVisitModal = (complaint: number, visit: Visit): ModalView =>
  modal({
    title: 'Call off visit',
    submit: { label: 'Call off', as: MODALS.callOffVisit },
    metadata: { complaint, visit: visit.seq },
    blocks: [textInput({ field: 'reason', label: 'Reason', multiline: true })],
    close: 'Keep it',
  })

import type { ModalView } from '@slack/types'
import { type Complaint, currentWarRoom, pendingPromise } from '../complaint/types.ts'
import { isWarRoomDue } from '../complaint/warRoom.ts'
import { actions, button, plain } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { modal } from './inputs.ts'
import { titleOf } from './words.ts'

/** "More on #142": what is needed more rarely, as buttons. */
export function moreModal(complaint: Complaint): ModalView {
  const value = String(complaint.number)
  const movable = complaint.status !== 'closed' && pendingPromise(complaint) !== undefined
  return modal({
    title: `More on #${complaint.number}`,
    metadata: { complaint: complaint.number },
    blocks: [
      { type: 'section', text: plain(titleOf(complaint)) },
      actions(
        button('Timeline', ACTIONS.timeline, value),
        button('Edit', ACTIONS.edit, value),
        button('Merge customer', ACTIONS.mergeCustomer, value),
        ...(movable ? [button('Move callback', ACTIONS.moveCallback, value)] : []),
        ...(complaint.report.severity === 'critical' || complaint.confidential
          ? [button('Confidential', ACTIONS.confidential, value)]
          : []),
        ...(isWarRoomDue(complaint) && complaint.status !== 'closed' && !currentWarRoom(complaint)
          ? [button('War room', ACTIONS.warRoom, value)]
          : []),
      ),
    ],
  })
}

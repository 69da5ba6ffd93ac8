import type { ModalView } from '@slack/types'
import { isOpen } from '../complaint/correcting.ts'
import { heightOf, levelAbove } from '../complaint/levels.ts'
import type { Setup } from '../complaint/setup.ts'
import { type Complaint, currentWarRoom, pendingPromise } from '../complaint/types.ts'
import { isWarRoomDue } from '../complaint/warRoom.ts'
import { actions, button, plain } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { modal } from './inputs.ts'
import type { ActionRef } from './metadata.ts'
import { visitButtons } from './visitLine.ts'
import { titleOf } from './words.ts'

/** "More on #142": what is needed more rarely, as buttons. */
export function moreModal(complaint: Complaint, { setup }: { readonly setup: Setup }): ModalView {
  const value = String(complaint.number)
  const toDo = complaint.actions.find(isOpen)
  const goesOn = complaint.status !== 'closed' && complaint.duplicateOf === null
  const raisable = goesOn && levelAbove(complaint, setup) !== null
  const movable = goesOn && pendingPromise(complaint) !== undefined
  const trip = visitButtons(complaint)
  return modal({
    title: `More on #${complaint.number}`,
    metadata: { complaint: complaint.number },
    blocks: [
      { type: 'section', text: plain(titleOf(complaint)) },
      actions(
        button('Timeline', ACTIONS.timeline, value),
        button('Edit', ACTIONS.edit, value),
        ...(goesOn ? [button('Reassign', ACTIONS.reassign, value)] : []),
        ...(raisable
          ? [
              button(
                'Next level',
                ACTIONS.nextLevel,
                JSON.stringify({ complaint: complaint.number, height: heightOf(complaint, setup) }),
              ),
            ]
          : []),
        ...(movable ? [button('Move callback', ACTIONS.moveCallback, value)] : []),
        ...(goesOn
          ? [button('Make good', ACTIONS.makeGood, value), button('Duplicate', ACTIONS.duplicate, value)]
          : []),
        ...(complaint.duplicateOf === null ? [] : [button('Split', ACTIONS.split, value)]),
        button('Merge customer', ACTIONS.mergeCustomer, value),
        ...(toDo
          ? [
              button(
                'Corrective action',
                ACTIONS.finishAction,
                JSON.stringify({ complaint: complaint.number, action: toDo.seq } satisfies ActionRef),
              ),
            ]
          : []),
        ...(isWarRoomDue(complaint) && goesOn && !currentWarRoom(complaint)
          ? [button('War room', ACTIONS.warRoom, value)]
          : []),
      ),
      ...(trip.length === 0 ? [] : [actions(...trip)]),
    ],
  })
}

import type { ModalView } from '@slack/types'
import { triesInVain } from '../complaint/closing.ts'
import { TRIES_BEFORE_GIVING_UP } from '../complaint/refusals.ts'
import { leafOf, type Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { correctionInputs } from './correction.ts'
import { MODALS, OPTIONS } from './ids.ts'
import { filesInput, input, modal, radioInput, textInput } from './inputs.ts'
import { ledgerHint } from './makeGoodWords.ts'
import { departmentSelect, rootCauseSelect } from './options.ts'
import { FIX, SETTLEMENT, YES_NO } from './words.ts'

/**
 * "Close out #142". Drawn again with the root cause that was chosen, so that the origin starts at the cause's own. The
 * origin may be left empty: then it is the cause's own as well, also where nothing was drawn again in time.
 */
export function closeOutModal(
  complaint: Complaint,
  { setup, rootCause }: { readonly setup: Setup; readonly rootCause?: string },
): ModalView {
  const origin = rootCause === undefined ? null : (leafOf(setup, rootCause)?.origin ?? null)
  return modal({
    title: `Close out #${complaint.number}`,
    submit: { label: 'Close out', as: MODALS.closeOut },
    metadata: { complaint: complaint.number },
    blocks: [
      input(
        { field: 'rootCause', label: 'Root cause', dispatch: true },
        rootCauseSelect(setup, OPTIONS.rootCause, rootCause ?? null),
      ),
      input(
        {
          field: 'origin',
          label: 'Where did it arise?',
          optional: true,
          hint: "Starts at the root cause's own department, and is that one when left empty.",
          ...(rootCause === undefined ? {} : { turn: rootCause }),
        },
        departmentSelect(setup, OPTIONS.origin, origin),
      ),
      textInput({ field: 'done', label: 'What was done', multiline: true }),
      radioInput({ field: 'fix', label: 'Was it fixed?', of: FIX, hint: ledgerHint(complaint) }),
      radioInput({ field: 'avoidable', label: 'Could we have avoided it?', of: YES_NO }),
      radioInput({
        field: 'settled',
        label: 'Does the customer say it is settled?',
        of: SETTLEMENT,
        hint: `"No" keeps it open and asks for the next promise. "Could not reach" needs ${TRIES_BEFORE_GIVING_UP} tried callbacks; so far: ${triesInVain(complaint)}.`,
      }),
      ...correctionInputs(),
      filesInput(complaint.policy),
    ],
  })
}

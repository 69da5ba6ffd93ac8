import type { ModalView } from '@slack/types'
import type { CallbackOutcome, Complaint } from '../complaint/types.ts'
import { context } from './blocks.ts'
import { MODALS } from './ids.ts'
import { dateInput, minuteAfter, modal, radioInput, textInput } from './inputs.ts'
import { CALLBACK_OUTCOME, YES_NO } from './words.ts'

/** What is known already when the modal opens: close-out was answered with "No". */
export interface CallbackPreset {
  readonly outcome: CallbackOutcome
  readonly said: string | null
  readonly settled: boolean
}

/** "Log callback": how the call went, and the next promise unless the customer says it is settled. */
export function callbackModal(
  complaint: Complaint,
  { now, preset }: { readonly now: Date; readonly preset?: CallbackPreset },
): ModalView {
  const note = context(
    `The customer says it is not settled, so #${complaint.number} stays open. Please promise the next call.`,
  )
  return modal({
    title: 'Log callback',
    submit: { label: 'Log callback', as: MODALS.logCallback },
    metadata: { complaint: complaint.number },
    blocks: [
      ...(preset ? [note] : []),
      radioInput({
        field: 'outcome',
        label: 'How did it go?',
        of: CALLBACK_OUTCOME,
        initial: preset?.outcome ?? null,
      }),
      textInput({
        field: 'said',
        label: 'What was said',
        multiline: true,
        optional: true,
        initial: preset?.said ?? null,
        hint: 'Needed when the customer was reached.',
      }),
      radioInput({
        field: 'settled',
        label: 'Does the customer say it is settled?',
        of: YES_NO,
        initial: preset?.settled ? 'yes' : 'no',
      }),
      dateInput({
        field: 'promisedBy',
        label: 'Next call promised by',
        optional: true,
        initial: minuteAfter(now, complaint.policy.callback[complaint.report.severity]),
        hint: 'Needed unless the customer says it is settled.',
      }),
    ],
  })
}

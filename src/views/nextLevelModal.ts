import type { ModalView } from '@slack/types'
import { heightOf, levelAbove } from '../complaint/levels.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { context } from './blocks.ts'
import { MODALS } from './ids.ts'
import { modal, textInput } from './inputs.ts'
import { escaped, oneLine } from './text.ts'
import { REPORT_LABELS } from './words.ts'

/** "Next level", where it is not known yet what the customer has behind them. */
export function nextLevelModal(complaint: Complaint, { setup }: { readonly setup: Setup }): ModalView {
  const above = levelAbove(complaint, setup)
  return modal({
    title: 'Next level',
    submit: { label: 'Next level', as: MODALS.nextLevel },
    metadata: { complaint: complaint.number, height: heightOf(complaint, setup) },
    blocks: [
      context(`${above ? `${escaped(oneLine(above.name))} begins` : 'They begin'} where these steps end.`),
      textInput({ field: 'tried', label: REPORT_LABELS.tried, multiline: true }),
    ],
  })
}

import type { ModalView } from '@slack/types'
import type { Complaint } from '../complaint/types.ts'
import { MODALS } from './ids.ts'
import { modal, selectInput, textInput } from './inputs.ts'
import { FEELING, REPORT_LABELS, SEVERITY } from './words.ts'

/** "Edit #142": what was reported, to be corrected. It knows which edit it began from. */
export function editModal(complaint: Complaint): ModalView {
  const { number, edits, report } = complaint
  return modal({
    title: `Edit #${number}`,
    submit: { label: 'Save', as: MODALS.edit },
    metadata: { complaint: number, edits },
    blocks: [
      textInput({ field: 'customer', label: REPORT_LABELS.customer, initial: report.customer }),
      selectInput({ field: 'feeling', label: REPORT_LABELS.feeling, of: FEELING, initial: report.feeling }),
      textInput({ field: 'words', label: REPORT_LABELS.words, multiline: true, initial: report.words }),
      textInput({
        field: 'tried',
        label: REPORT_LABELS.tried,
        multiline: true,
        optional: true,
        initial: report.tried,
      }),
      selectInput({ field: 'severity', label: REPORT_LABELS.severity, of: SEVERITY, initial: report.severity }),
      textInput({ field: 'contact', label: REPORT_LABELS.contact, optional: true, initial: report.contact }),
      textInput({ field: 'reference', label: REPORT_LABELS.reference, optional: true, initial: report.reference }),
    ],
  })
}

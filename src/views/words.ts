import type { Severity } from '../complaint/setup.ts'
import { departmentOf, type Leaf, leafOf, type Setup } from '../complaint/setup.ts'
import type {
  CallbackOutcome,
  Complaint,
  Feeling,
  Fix,
  MakeGoodKind,
  Report,
  Settlement,
  VisitOutcome,
} from '../complaint/types.ts'
import { cut, oneLine } from './text.ts'

/* What the codes of the complaint are called in front of people. The labels are a contract: see PRODUCT. */

export const FEELING: Record<Feeling, string> = {
  angry: 'Angry',
  frustrated: 'Frustrated',
  worried: 'Worried',
  disappointed: 'Disappointed',
  confused: 'Confused',
  calm: 'Calm',
}

export const SEVERITY: Record<Severity, string> = { normal: 'Normal', serious: 'Serious', critical: 'Critical' }

export const CALLBACK_OUTCOME: Record<CallbackOutcome, string> = {
  reached: 'Reached',
  'left-message': 'Left a message',
  'no-answer': 'No answer',
}

export const VISIT_OUTCOME: Record<VisitOutcome, string> = {
  fixed: 'Fixed',
  diagnosed: 'Diagnosed',
  'not-fixed': 'Not fixed',
}

export const FIX: Record<Fix, string> = {
  fixed: 'Fixed',
  'made-good': 'Made good',
  'could-not-fix': 'Could not fix',
}

export const MAKE_GOOD: Record<MakeGoodKind, string> = {
  refund: 'Refund',
  replacement: 'Replacement',
  credit: 'Credit',
  visit: 'Visit',
}

export const SETTLEMENT: Record<Settlement, string> = { yes: 'Yes', no: 'No', 'could-not-reach': 'Could not reach' }

/** In the modal of a confidential complaint. */
export const WHO_SEES = { named: 'Only those it concerns', everybody: 'Everybody in the company again' } as const

export const YES_NO = { yes: 'Yes', no: 'No' } as const

/** The labels of what is reported, in "File a complaint" and in "Edit". */
export const REPORT_LABELS: Record<keyof Report, string> = {
  customer: 'Customer',
  feeling: 'How does the customer feel?',
  words: "What happened, in the customer's words",
  tried: 'What have they already tried?',
  severity: 'Severity',
  contact: 'Who to call back, and how',
  reference: 'Site, order or part',
}

const NAME = 75

/** The first line of everything about a complaint. */
export const titleOf = ({ number, report }: Complaint): string =>
  `#${number} · ${oneLine(report.customer)} · ${SEVERITY[report.severity]}`

/** What left the configuration is called by its key. */
export const departmentName = (setup: Setup, key: string): string =>
  cut(oneLine(departmentOf(setup, key)?.name ?? key), NAME)

export const parentsOf = (leaf: Leaf): string => leaf.parents.map(oneLine).join(' › ')

/** "Product › Defective part". */
export function causePath(setup: Setup, key: string): string {
  const leaf = leafOf(setup, key)
  return leaf ? cut([...leaf.parents, leaf.name].map(oneLine).join(' › '), 2 * NAME) : cut(oneLine(key), NAME)
}

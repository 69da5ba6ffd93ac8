import type { Command } from './commands.ts'
import { type Decision, Draft, fullWords, line, refuse, type Situation } from './decision.ts'
import type { Complaint, Report } from './types.ts'
import { checkReport } from './words.ts'

const REPORT_FIELDS = ['customer', 'feeling', 'words', 'tried', 'severity', 'contact', 'reference'] as const

/** Corrects what was reported. What it said before stays on the timeline. */
export function edit(complaint: Complaint, command: Extract<Command, { kind: 'edit' }>, { now }: Situation): Decision {
  const { by, edits } = command
  const report = { ...complaint.report, ...command.report }
  const [fault] = checkReport(report)
  if (fault) return refuse(fault)
  if (edits !== complaint.edits) return refuse({ kind: 'edited-meanwhile' })
  const changed = REPORT_FIELDS.filter((field) => report[field] !== complaint.report[field])
  const draft = new Draft(complaint, now, by)
  if (changed.length === 0) return draft.done('same card')

  const only = (of: Report) => Object.fromEntries(changed.map((field) => [field, of[field]])) as Partial<Report>
  draft.set({ report, edits: complaint.edits + 1 })
  const words = changed.includes('words') || changed.includes('tried')
  draft.record({ kind: 'edited', before: only(complaint.report), after: only(report) }, (entry) => [
    ...line(entry),
    ...(words ? fullWords(report) : []),
  ])
  return draft.done()
}

import type { Command } from './commands.ts'
import { type Decision, Draft, fullWords, line, refuse, type Situation } from './decision.ts'
import { firstCall } from './ladder.ts'
import { heightOf, levelAbove } from './levels.ts'
import { withoutOwner } from './owning.ts'
import type { Complaint } from './types.ts'
import { checkText, hasWords } from './words.ts'

/**
 * Raises a complaint over the steps that the customer has behind them, to the next level of its department, which is called
 * to take it. It never comes back to a lower one, whoever owns it and wherever it goes in between.
 */
export function raise(
  complaint: Complaint,
  { by, from, tried }: Extract<Command, { kind: 'next-level' }>,
  { now, setup }: Situation,
): Decision {
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  const height = heightOf(complaint, setup)
  if (from < height) return refuse({ kind: 'raised-already' })
  const above = levelAbove(complaint, setup)
  if (above === null) return refuse({ kind: 'no-next-level' })
  const known = complaint.report.tried
  const steps = hasWords(known) ? known : tried
  if (!hasWords(steps)) return refuse({ kind: 'nothing-tried', field: 'tried' })
  const fault = checkText('tried', steps, true)
  if (fault) return refuse(fault)

  const told = steps === known ? null : steps
  const draft = new Draft(complaint, now, by)
  if (told !== null) draft.set({ report: { ...complaint.report, tried: told }, edits: complaint.edits + 1 })
  draft.set({ levels: { ...complaint.levels, [complaint.department]: height + 1 } })
  draft.complaint = withoutOwner(draft.complaint, now, complaint.owner)
  draft.record({ kind: 'raised', level: above.name, tried: told }, (entry) => [
    ...line(entry),
    ...(told === null ? [] : fullWords(draft.complaint.report)),
    ...firstCall(entry, now),
  ])
  return draft.done()
}

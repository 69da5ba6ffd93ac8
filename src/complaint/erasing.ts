import type { Command } from './commands.ts'
import { type Decision, Draft, line, type Situation } from './decision.ts'
import type { Complaint } from './types.ts'
import { ERASED } from './written.ts'

type Words = string | null
const gone = <Text extends Words>(words: Text): Text => (words === null ? words : (ERASED as Text))

/**
 * Everything that people wrote is gone, and who to call back; what was done, when, by whom and why it happened stays, and
 * with it every figure and every corrective action. `customer` is what the customer is called instead; null where the name stays.
 */
export function eraseWords(
  complaint: Complaint,
  { why, customer }: Extract<Command, { kind: 'erase-words' }>,
  { now }: Situation,
): Decision {
  const { report, closeOut, promises, callbacks, visits, makeGoods, evidence, settling } = complaint
  const facts = {
    report: {
      ...report,
      customer: customer ?? report.customer,
      words: ERASED,
      tried: gone(report.tried),
      contact: null,
      reference: null,
    },
    promises: promises.map((promise) => ({ ...promise, reason: gone(promise.reason) })),
    callbacks: callbacks.map((call) => ({ ...call, said: gone(call.said) })),
    visits: visits.map((visit) => ({ ...visit, parts: gone(visit.parts), done: gone(visit.done) })),
    makeGoods: makeGoods.map((one) => ({ ...one, note: gone(one.note), reason: gone(one.reason) })),
    evidence: evidence.map((file) => ({ ...file, name: ERASED, permalink: null })),
    settling: settling && { ...settling, reason: ERASED },
  }
  const draft = new Draft(complaint, now, null)
  const ended = closeOut && { ...closeOut, done: ERASED, whyNone: gone(closeOut.whyNone) }
  const known = { report, promises, callbacks, visits, makeGoods, evidence, settling }
  const isNew = JSON.stringify({ ...known, closeOut }) !== JSON.stringify({ ...facts, closeOut: ended })
  if (!isNew && complaint.erasedAt !== null) return draft.done('same card')
  // A form that was opened before would bring the words back.
  draft.set({ ...facts, edits: complaint.edits + 1, erasedAt: now })
  if (draft.complaint.status === 'closed' && ended) draft.complaint = { ...draft.complaint, closeOut: ended }
  // An old thread is left in peace, and its card is not posted anew where it is there no more.
  const isOver = complaint.status === 'closed'
  draft.record({ kind: 'words-erased', why }, (entry) => (isOver ? [] : line(entry)))
  return draft.done(isOver ? 'same card' : 'redraw')
}

import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import type { Plan } from './events.ts'
import { attach, checkFiles } from './evidence.ts'
import { type Complaint, currentVisit, runningResponse, type Visit } from './types.ts'
import { checkText, hasWords } from './words.ts'

/** Who goes, when, and with what, as it is asked for. */
export interface Trip {
  readonly who: string
  readonly eta: Date
  readonly parts: string | null
}

export const checkTrip = ({ eta, parts }: Trip, now: Date) =>
  checkText('parts', parts, false) ?? (eta < now ? ({ kind: 'eta-passed', field: 'eta' } as const) : null)

export const planOf = ({ who, eta, parts }: Trip): Plan => ({ who, eta: eta.toISOString(), parts })

/** The running response deadline, where the ETA is after it. */
export function deadlineMissedBy(complaint: Complaint, eta: Date): string | null {
  const running = runningResponse(complaint)
  return running && eta > running.dueAt ? running.dueAt.toISOString() : null
}

const WITHOUT = /^(no|none|nothing|not yet|no parts?|without|n\/?a|[-–—]+)[.\s]*$/i

/** Whether the part is in hand: what was typed names parts, or says yes. */
export const namesParts = (parts: string | null): boolean => hasWords(parts) && !WITHOUT.test(parts.trim())

const NEW_VISIT = {
  enRouteAt: null,
  etaToldAt: null,
  arrivedAt: null,
  outcome: null,
  outcomeAt: null,
  done: null,
  calledOffAt: null,
} as const

/** Honours the response deadline, where it still runs. Returns whether that was in time, or null where none ran. */
function honourResponse(draft: Draft, now: Date, withPart: boolean | null): boolean | null {
  const running = runningResponse(draft.complaint)
  if (!running) return null
  const honoured = { ...running, state: 'honoured' as const, endedAt: now, withPart }
  draft.set({ responses: replaced(draft.complaint.responses, honoured) })
  return now <= running.dueAt
}

export function planVisit(
  complaint: Complaint,
  command: Extract<Command, { kind: 'plan-visit' }>,
  { now }: Situation,
): Decision {
  const { by, who, eta, parts, files } = command
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (currentVisit(complaint)) return refuse({ kind: 'visit-under-way' })
  const fault = checkTrip(command, now)
  if (fault) return refuse(fault)
  const [wrong] = checkFiles(files, complaint.policy)
  if (wrong) return refuse(wrong)

  const visit: Visit = {
    ...{ seq: complaint.visits.length + 1, remote: false, who, eta, parts, plannedAt: now },
    ...NEW_VISIT,
  }
  const draft = new Draft(complaint, now, by)
  draft.set({ visits: [...complaint.visits, visit] })
  const late = deadlineMissedBy(complaint, eta)
  draft.record({ kind: 'visit-planned', visit: visit.seq, ...planOf(command), late }, (entry) => [
    { kind: 'visit', visit: visit.seq, entry },
  ])
  attach(draft, files, { origin: 'visit', by, now })
  return draft.done()
}

/** What was done from afar takes the place of a trip and honours the response deadline. */
export function fixRemotely(
  complaint: Complaint,
  command: Extract<Command, { kind: 'fix-remotely' }>,
  { now }: Situation,
): Decision {
  const { by, done, files } = command
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (currentVisit(complaint)) return refuse({ kind: 'visit-under-way' })
  const fault = checkText('done', done, true) ?? checkFiles(files, complaint.policy)[0]
  if (fault) return refuse(fault)

  const seq = complaint.visits.length + 1
  const draft = new Draft(complaint, now, by)
  const inTime = honourResponse(draft, now, null)
  const visit: Visit = {
    ...{ seq, remote: true, who: by, eta: null, parts: null, plannedAt: now },
    ...NEW_VISIT,
    ...{ arrivedAt: now, outcome: 'fixed', outcomeAt: now, done },
  }
  draft.set({ visits: [...complaint.visits, visit] })
  draft.record({ kind: 'fixed-remotely', visit: seq, done, inTime }, line)
  attach(draft, files, { origin: 'visit', by, now })
  return draft.done()
}

export function arrive(complaint: Complaint, by: string, { now }: Situation): Decision {
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  const visit = currentVisit(complaint)
  if (!visit) return refuse({ kind: 'no-visit' })
  if (visit.arrivedAt) return refuse({ kind: 'arrived-already' })
  const draft = new Draft(complaint, now, by)
  const withPart = namesParts(visit.parts)
  const inTime = honourResponse(draft, now, withPart)
  draft.set({ visits: replaced(complaint.visits, { ...visit, arrivedAt: now }) })
  draft.record({ kind: 'arrived', visit: visit.seq, who: visit.who, inTime, withPart }, line)
  return draft.done()
}

export function recordOutcome(
  complaint: Complaint,
  command: Extract<Command, { kind: 'visit-outcome' }>,
  { now }: Situation,
): Decision {
  const { by, outcome, done } = command
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  const visit = currentVisit(complaint)
  if (!visit) return refuse({ kind: 'no-visit' })
  if (!visit.arrivedAt) return refuse({ kind: 'not-arrived' })
  const fault = checkText('done', done, true)
  if (fault) return refuse(fault)
  const draft = new Draft(complaint, now, by)
  draft.set({ visits: replaced(complaint.visits, { ...visit, outcome, outcomeAt: now, done }) })
  draft.record({ kind: 'visit-outcome', visit: visit.seq, outcome, done }, line)
  return draft.done()
}

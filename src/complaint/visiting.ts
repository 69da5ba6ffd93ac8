import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import { attach, checkFiles } from './evidence.ts'
import { type Complaint, currentVisit, runningResponse, type Visit } from './types.ts'
import { checkText } from './words.ts'

/** Honours the response deadline, where it still runs. Returns whether that was in time, or null where none ran. */
function honourResponse(draft: Draft, now: Date): boolean | null {
  const running = runningResponse(draft.complaint)
  if (!running) return null
  draft.set({ responses: replaced(draft.complaint.responses, { ...running, state: 'honoured', endedAt: now }) })
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
  const fault = checkText('parts', parts, false)
  if (fault) return refuse(fault)
  if (eta < now) return refuse({ kind: 'eta-passed', field: 'eta' })
  const [wrong] = checkFiles(files, complaint.policy)
  if (wrong) return refuse(wrong)

  const visit: Visit = {
    seq: complaint.visits.length + 1,
    remote: false,
    who,
    eta,
    parts,
    plannedAt: now,
    arrivedAt: null,
    outcome: null,
    outcomeAt: null,
    done: null,
  }
  const draft = new Draft(complaint, now, by)
  draft.set({ visits: [...complaint.visits, visit] })
  draft.record({ kind: 'visit-planned', visit: visit.seq, who, eta: eta.toISOString(), parts }, line)
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
  const inTime = honourResponse(draft, now)
  draft.set({
    visits: [
      ...complaint.visits,
      {
        seq,
        remote: true,
        who: by,
        eta: null,
        parts: null,
        plannedAt: now,
        arrivedAt: now,
        outcome: 'fixed',
        outcomeAt: now,
        done,
      },
    ],
  })
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
  const inTime = honourResponse(draft, now)
  draft.set({ visits: replaced(complaint.visits, { ...visit, arrivedAt: now }) })
  draft.record({ kind: 'arrived', visit: visit.seq, who: visit.who, inTime }, line)
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

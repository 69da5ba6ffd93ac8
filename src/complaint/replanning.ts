import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import type { Refusal } from './refusals.ts'
import { awaitedVisit, type Complaint, currentVisit, type Visit } from './types.ts'
import { checkTrip, deadlineMissedBy, planOf } from './visiting.ts'
import { checkText } from './words.ts'

type Planned = Visit & { readonly eta: Date }

/** The planned visit of this number, as long as nobody has arrived for it; else why it can't be changed any more. */
export function plannedVisit(complaint: Complaint, seq: number): Planned | Refusal {
  if (complaint.status === 'closed') return { kind: 'closed' }
  const visit = currentVisit(complaint)
  if (visit?.seq !== seq || visit.eta === null) return { kind: 'visit-over' }
  return visit.arrivedAt ? { kind: 'arrived-already' } : { ...visit, eta: visit.eta }
}

/** Another ETA, other parts, somebody else: who was told to go and is no longer needed is told, too. */
export function changeVisit(
  complaint: Complaint,
  command: Extract<Command, { kind: 'change-visit' }>,
  { now }: Situation,
): Decision {
  const { by, who, eta, parts } = command
  const visit = plannedVisit(complaint, command.visit)
  if ('kind' in visit) return refuse(visit)
  const draft = new Draft(complaint, now, by)
  const [before, after] = [planOf(visit), planOf(command)]
  if (before.who === after.who && before.eta === after.eta && before.parts === after.parts)
    return draft.done('same card')
  const fault = checkTrip(command, now)
  if (fault) return refuse(fault)

  const changed: Visit = {
    ...visit,
    ...{ who, eta, parts },
    enRouteAt: who === visit.who ? visit.enRouteAt : null,
    etaToldAt: before.eta === after.eta ? visit.etaToldAt : null,
  }
  draft.set({ visits: replaced(complaint.visits, changed) })
  const late = deadlineMissedBy(complaint, eta)
  draft.record({ kind: 'visit-changed', visit: visit.seq, before, after, late }, (entry) => [
    { kind: 'visit', visit: visit.seq, entry },
  ])
  return draft.done()
}

export function callOffVisit(
  complaint: Complaint,
  command: Extract<Command, { kind: 'call-off-visit' }>,
  { now }: Situation,
): Decision {
  const { by, reason } = command
  const visit = plannedVisit(complaint, command.visit)
  if ('kind' in visit) return refuse(visit)
  const fault = checkText('reason', reason, true)
  if (fault) return refuse(fault)
  const draft = new Draft(complaint, now, by)
  draft.set({ visits: replaced(complaint.visits, { ...visit, calledOffAt: now }) })
  const { who, eta } = planOf(visit)
  draft.record({ kind: 'visit-called-off', visit: visit.seq, who, eta, reason }, line)
  return draft.done()
}

export function setOut(
  complaint: Complaint,
  { by, visit: seq }: Extract<Command, { kind: 'set-out' }>,
  { now }: Situation,
): Decision {
  const visit = plannedVisit(complaint, seq)
  if ('kind' in visit) return refuse(visit)
  if (visit.enRouteAt) return refuse({ kind: 'on-the-way-already' })
  const draft = new Draft(complaint, now, by)
  draft.set({ visits: replaced(complaint.visits, { ...visit, enRouteAt: now }) })
  draft.record({ kind: 'set-out', visit: visit.seq, who: visit.who }, line)
  return draft.done()
}

/** Whether somebody is still awaited by this ETA (ISO) on this visit. */
export function isAwaited(complaint: Complaint, { visit: seq, eta }: { visit: number; eta: string }): boolean {
  const visit = awaitedVisit(complaint)
  return visit?.seq === seq && visit.eta?.toISOString() === eta
}

/** When the awaited visit has to be looked at: at its ETA, once. */
export function visitTimer(complaint: Complaint): Date | null {
  const visit = awaitedVisit(complaint)
  return visit?.etaToldAt ? null : (visit?.eta ?? null)
}

/** Tells, once, that the ETA has passed and nobody has arrived: before the deadline does. */
export function tellEta(draft: Draft, now: Date): void {
  const visit = awaitedVisit(draft.complaint)
  if (!visit?.eta || visit.etaToldAt || now < visit.eta) return
  draft.set({ visits: replaced(draft.complaint.visits, { ...visit, etaToldAt: now }) })
  const told = { visit: visit.seq, eta: visit.eta.toISOString() }
  draft.record({ kind: 'eta-passed', ...told, who: visit.who }, () => [{ kind: 'eta-passed', ...told }])
}

import type { Command } from './commands.ts'
import { beginning, type Decision, Draft, line, refuse, type Situation } from './decision.ts'
import { firstCall } from './ladder.ts'
import { leadOf } from './leads.ts'
import type { ComplaintMessage } from './messages.ts'
import { briefing, withOwner, withoutOwner } from './owning.ts'
import type { Refusal } from './refusals.ts'
import { departmentOf } from './setup.ts'
import { type Complaint, homeOf, type Ladder, type OpenComplaint } from './types.ts'
import { checkText } from './words.ts'

type HandOver = Extract<Command, { kind: 'hand-over' }>

/** Every fault of a hand-over, or an empty list. */
export function checkHandOver(complaint: Complaint, command: HandOver, { setup }: Situation): Refusal[] {
  if (complaint.status === 'closed') return [{ kind: 'closed' }]
  if (complaint.settling) return [{ kind: 'being-settled' }]
  if (complaint.handOvers !== command.handOvers) return [{ kind: 'handed-over-meanwhile' }]
  const faults: Refusal[] = []
  if (command.department === complaint.department) faults.push({ kind: 'same-department', field: 'department' })
  else if (!departmentOf(setup, command.department)) faults.push({ kind: 'unknown-department', field: 'department' })
  const reason = checkText('reason', command.reason, true)
  if (reason) faults.push(reason)
  return faults
}

/** Whether the next hand-over is the one at which the buck stops: the leads settle it. */
export const goesToLeads = ({ handOvers, policy }: Complaint): boolean => handOvers + 1 >= policy.handOvers

/**
 * Hands it to another department, where nobody owns it yet and the ladder begins anew; the customer's clocks run on. From the
 * policy's number of hand-overs on, the leads of both departments are called instead, and it stays until they have settled it.
 */
export function handOver(complaint: Complaint, command: HandOver, situation: Situation): Decision {
  const [fault] = checkHandOver(complaint, command, situation)
  if (fault) return refuse(fault)
  if (goesToLeads(complaint)) return callLeads(complaint, command, situation)
  const { by, department: to, reason } = command
  const draft = new Draft(complaint, situation.now, by)
  draft.complaint = movedTo(complaint, to, situation.now)
  const { ladder } = draft.complaint
  draft.record({ kind: 'handed-over', from: complaint.department, to, reason }, (entry) =>
    moved(complaint, entry, ladder),
  )
  return draft.done()
}

/** In the other department, at the foot of its ladder: the new card calls whoever is called first. */
const movedTo = (complaint: Complaint, department: string, now: Date): OpenComplaint =>
  withoutOwner({ ...complaint, department, handOvers: complaint.handOvers + 1, settling: null }, now)

/**
 * The new card's thread begins with what the old one's held, and each names the other. What is confidential stays where it is:
 * there no new card calls whoever is called first.
 */
const moved = (complaint: Complaint, entry: number, ladder: Ladder | null): readonly ComplaintMessage[] =>
  homeOf(complaint) === complaint.department
    ? [...beginning(complaint, entry), { kind: 'handed-on', entry }]
    : [...line(entry), ...(ladder ? firstCall(entry, ladder.startedAt) : [])]

function callLeads(complaint: Complaint, command: HandOver, { now, setup }: Situation): Decision {
  const { by, department: to, reason, gone } = command
  const from = complaint.department
  const leads = [from, to].map((department) => leadOf(setup, department, gone))
  const called = new Set(leads.flatMap((lead) => (lead === null ? setup.admins : [lead])))
  const draft = new Draft(complaint, now, by)
  draft.record({ kind: 'leads-called', from, to, reason, called: [...called] }, (entry) => [
    { kind: 'settle-call', entry, where: 'card' },
    { kind: 'settle-call', entry, where: 'other' },
    // A department without anybody to answer for it: the admins, where everybody is.
    ...(leads.includes(null) ? [{ kind: 'settle-call', entry, where: 'company' } as const] : []),
  ])
  draft.set({ settling: { to, by, reason, entry: draft.complaint.entries } })
  return draft.done()
}

/** The leads have settled who takes it: the department where it is, or the other one, with an owner or without. */
export function settle(
  complaint: Complaint,
  command: Extract<Command, { kind: 'settle' }>,
  { now, setup }: Situation,
): Decision {
  const { by, department, owner, entry, ownerGone } = command
  const { settling, department: from } = complaint
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (settling?.entry !== entry) return refuse({ kind: 'settled-already' })
  const { to } = settling
  const isTaken = department === to
  if (department !== from && !(isTaken && departmentOf(setup, to)))
    return refuse({ kind: 'unknown-department', field: 'department' })
  if (owner !== null && ownerGone) return refuse({ kind: 'owner-gone', field: 'who' })

  const draft = new Draft(complaint, now, by)
  draft.complaint = isTaken ? movedTo(complaint, to, now) : { ...complaint, settling: null }
  if (owner !== null) draft.complaint = withOwner(draft.complaint, owner, now)
  const isNew = owner !== null && (isTaken || owner !== complaint.owner)
  draft.record({ kind: 'settled', from, to, department, owner: draft.complaint.owner }, (settled) => [
    ...(isTaken
      ? moved(complaint, settled, draft.complaint.ladder)
      : [...line(settled), { kind: 'stays', entry: settled } as const]),
    ...(isNew ? briefing(owner) : []),
  ])
  return draft.done()
}

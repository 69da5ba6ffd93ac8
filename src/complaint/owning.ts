import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, type Situation } from './decision.ts'
import { ladderFrom } from './ladder.ts'
import type { ComplaintMessage } from './messages.ts'
import type { Complaint, OpenComplaint, OwnedComplaint } from './types.ts'
import { checkText } from './words.ts'

/** The complaint with an owner: its ladder ends, their silence begins to count. */
export const withOwner = (complaint: Complaint, owner: string, now: Date): OwnedComplaint => ({
  ...complaint,
  ...{ status: 'owned', owner, closeOut: null, ownedAt: complaint.ownedAt ?? now },
  ...{ ladder: null, silence: { since: now, askedAt: null } },
})

/** The complaint at the foot of its ladder; `from` is who owned it just before. Whoever calls this sees to the first call. */
export const withoutOwner = (complaint: Complaint, now: Date, from: string | null = null): OpenComplaint => ({
  ...complaint,
  ...{ status: 'open', owner: null, closeOut: null, ladder: ladderFrom(now, from), silence: null },
})

export function own(complaint: Complaint, by: string, { now }: Situation): Decision {
  switch (complaint.status) {
    case 'closed':
      return refuse({ kind: 'closed' })
    case 'owned':
      return refuse({ kind: 'owned-already', owner: complaint.owner })
    case 'open': {
      const draft = new Draft(complaint, now, by)
      draft.complaint = withOwner(complaint, by, now)
      const isNews = complaint.ownedAt !== null || complaint.handOvers > 0
      draft.record({ kind: 'owned' }, (entry) => [...line(entry), ...(isNews ? briefing(by) : [])])
      return draft.done()
    }
  }
}

/** Gives it to somebody within its department. */
export function reassign(
  complaint: Complaint,
  command: Extract<Command, { kind: 'reassign' }>,
  { now }: Situation,
): Decision {
  const { by, owner, reason, ownerGone } = command
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (owner === complaint.owner) return refuse({ kind: 'same-owner', field: 'who' })
  if (ownerGone) return refuse({ kind: 'owner-gone', field: 'who' })
  const fault = checkText('reason', reason, false)
  if (fault) return refuse(fault)

  const draft = new Draft(complaint, now, by)
  draft.complaint = withOwner(complaint, owner, now)
  draft.record({ kind: 'reassigned', from: complaint.owner, to: owner, reason }, (entry) => [
    ...line(entry),
    ...briefing(owner),
  ])
  return draft.done()
}

/** Whoever takes on what others began gets all of it at once: nobody has to tell it again. */
export const briefing = (owner: string): readonly ComplaintMessage[] => [{ kind: 'briefing', owner }]

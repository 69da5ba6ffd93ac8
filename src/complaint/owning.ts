import { type Decision, Draft, line, refuse, type Situation } from './decision.ts'
import { ladderFrom } from './ladder.ts'
import type { Complaint, OpenComplaint, OwnedComplaint } from './types.ts'

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
      draft.record({ kind: 'owned' }, line)
      return draft.done()
    }
  }
}

import { plusWorking } from './calendar.ts'
import { runningClock } from './clocks.ts'
import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, type Situation } from './decision.ts'
import { CLOCKS } from './events.ts'
import { type Absent, firstCall } from './ladder.ts'
import { withoutOwner } from './owning.ts'
import { type Hours, hoursOf } from './setup.ts'
import { plus } from './time.ts'
import type { Complaint } from './types.ts'

/*
 * An owner without a word is asked whether they are still on it, and where they don't answer, the complaint goes back to its
 * ladder. Silence counts while a clock runs and the department works; of what is critical, all the time.
 *
 * A sign of life is whatever the owner leaves on the timeline, the button of the question, and a message of theirs in the
 * card's thread.
 */

/** From when silence counts: the owner's last word, or since a clock runs. Null where nobody owns it or no clock runs. */
function quietSince(complaint: Complaint): Date | null {
  const starts = CLOCKS.flatMap((name) => runningClock(complaint, name)?.startedAt ?? [])
  if (complaint.silence === null || starts.length === 0) return null
  const running = new Date(Math.min(...starts.map((start) => start.getTime())))
  return running > complaint.silence.since ? running : complaint.silence.since
}

/** What comes of an owner's silence next, and when: they are asked, or the complaint is taken back. `hours` are the department's. */
export function nextOfSilence(
  complaint: Complaint,
  hours: Hours | null,
): { readonly kind: 'ask' | 'release'; readonly at: Date } | null {
  const since = quietSince(complaint)
  if (since === null) return null
  const { ask, release } = complaint.policy.silence
  const after = (from: Date, ms: number): Date =>
    complaint.report.severity === 'critical' ? plus(from, ms) : plusWorking(hours, from, ms)
  const askedAt = complaint.silence?.askedAt ?? null
  // A question from before the clocks were still was about them.
  if (askedAt === null || askedAt < since) return { kind: 'ask', at: after(since, ask) }
  return { kind: 'release', at: after(askedAt, release) }
}

/** Asks a silent owner, or takes the complaint back where that is due. Whoever has left is not asked first. */
export function breakSilence(draft: Draft, { now, setup }: Situation, absent: Absent): void {
  const { complaint } = draft
  if (complaint.status !== 'owned') return
  const due = nextOfSilence(complaint, hoursOf(setup, complaint.department))
  if (due === null || due.at > now) return
  const { owner, silence } = complaint
  if (due.kind === 'ask' && absent[owner] !== 'left') {
    draft.complaint = { ...complaint, silence: { ...silence, askedAt: now } }
    draft.record({ kind: 'asked', owner }, () => [{ kind: 'still-on-it', asked: now.toISOString() }])
    return
  }
  draft.complaint = withoutOwner(complaint, now, owner)
  draft.record({ kind: 'released', owner, why: due.kind === 'ask' ? 'left' : 'silent' }, (entry) => [
    ...line(entry),
    ...firstCall(entry, now),
  ])
}

/** The owner is still on it. Only an answer to the question goes on the timeline: what is said in the thread stays Slack's. */
export function giveSignOfLife(
  complaint: Complaint,
  { by }: Extract<Command, { kind: 'sign-of-life' }>,
  { now }: Situation,
): Decision {
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (complaint.status === 'open') return refuse({ kind: 'nobody-owns' })
  if (complaint.owner !== by) return refuse({ kind: 'not-owner', owner: complaint.owner })
  const draft = new Draft(complaint, now, by)
  if (complaint.silence.askedAt === null)
    draft.complaint = { ...complaint, silence: { ...complaint.silence, since: now } }
  else draft.record({ kind: 'still-on-it' }, () => [])
  return draft.done('same card')
}

import { type Absent, calledAtMost, nextRung } from './ladder.ts'
import { approversDue } from './makingGood.ts'
import { hoursOf, type Policy, type Setup } from './setup.ts'
import { nextOfSilence } from './silence.ts'
import type { Complaint } from './types.ts'

/** What Slack says of a person or, where it is there or has left, of a usergroup. */
export interface Presence {
  readonly left: boolean
  /** Emoji of the status that is set: `:palm_tree:`. */
  readonly status: string | null
  readonly doNotDisturb: boolean
}

/** Ids of those whom what is due by `now` would call or ask: nobody else's absence matters. */
export function calledBy(complaint: Complaint, setup: Setup, now: Date): string[] {
  const hours = hoursOf(setup, complaint.department)
  const isDue = (next: { readonly at: Date } | null): boolean => next !== null && next.at <= now
  return [
    ...(isDue(nextRung(complaint, hours)) ? calledAtMost(complaint, setup, now) : []),
    ...(complaint.owner !== null && isDue(nextOfSilence(complaint, hours)) ? [complaint.owner] : []),
    ...approversDue(complaint, setup, now),
  ]
}

/** Who of these is not there, by what the policy calls away. */
export const absentAmong = (
  ids: readonly string[],
  presences: ReadonlyMap<string, Presence>,
  { away }: Policy,
): Absent => {
  const why = ({ left, status, doNotDisturb }: Presence) =>
    left
      ? 'left'
      : (doNotDisturb && away.doNotDisturb) || (status !== null && away.statuses.includes(status))
        ? 'away'
        : null
  return Object.fromEntries(
    ids.flatMap((id) => {
      const presence = presences.get(id)
      const absent = presence && why(presence)
      return absent ? [[id, absent]] : []
    }),
  )
}

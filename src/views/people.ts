import { calledFirst } from '../complaint/ladder.ts'
import { departmentOf, type Setup } from '../complaint/setup.ts'
import type { Calling, Complaint } from '../complaint/types.ts'

/** Mentions ring: here is who may be rung, and nobody else is. */

export const mention = (user: string): string => `<@${user}>`

/** Those who are called, as mentions. */
export const mentionsOf = ({ group, people }: Calling): string[] => [
  ...(group === null ? [] : [`<!subteam^${group}>`]),
  ...people.map(mention),
]

/** The owner, or where nobody owns it, who is called first. */
export const addressees = (complaint: Complaint, setup: Setup, now: Date): string[] =>
  complaint.owner === null ? mentionsOf(calledFirst(complaint, setup, now)) : [mention(complaint.owner)]

export function leadOf(complaint: Complaint, setup: Setup): string | null {
  const lead = departmentOf(setup, complaint.department)?.lead
  return lead ? mention(lead) : null
}

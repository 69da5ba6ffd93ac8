import { departmentOf, type Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'

/** Mentions ring: here is who may be rung, and nobody else is. */

export const mention = (user: string): string => `<@${user}>`

/** Who a department is called by: its usergroup, else its lead; null where it has neither. */
export function callOf(setup: Setup, department: string): string | null {
  const found = departmentOf(setup, department)
  if (found?.group) return `<!subteam^${found.group}>`
  return found?.lead ? mention(found.lead) : null
}

/** The owner, or the department where nobody owns it. */
export const addressee = (complaint: Complaint, setup: Setup): string | null =>
  complaint.owner === null ? callOf(setup, complaint.department) : mention(complaint.owner)

export function leadOf(complaint: Complaint, setup: Setup): string | null {
  const lead = departmentOf(setup, complaint.department)?.lead
  return lead ? mention(lead) : null
}

import { departmentOf, type Setup } from '../../complaint/setup.ts'
import type { Complaint } from '../../complaint/types.ts'

/** Who to call back is shown where the department works, and to those who need it for their own part. */
export const maySeeContact = (complaint: Complaint, setup: Setup, person: string, channel: string | null): boolean =>
  channel === departmentOf(setup, complaint.department)?.channel ||
  person === complaint.reporter ||
  person === complaint.owner

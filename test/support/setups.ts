import { DEFAULT_POLICY } from '../../src/complaint/policy.ts'
import type { Asker } from '../../src/complaint/roles.ts'
import type { Department, Hours, Setup } from '../../src/complaint/setup.ts'
import type { Directory, Presences } from '../../src/operations/directory.ts'

export const POLICY = DEFAULT_POLICY

/** Of a close-out after which nothing has to change. */
export const NO_ACTION = {
  correctiveAction: null,
  takenBy: null,
  dueBy: null,
  whyNone: 'It was a single piece.',
} as const

export const department = (key: string, about: Partial<Department> = {}): Department => ({
  key,
  name: key,
  kind: 'fixer',
  channel: 'C0MFG',
  lead: null,
  deputy: null,
  group: null,
  members: [],
  levels: [],
  authority: null,
  hours: null,
  ...about,
})

/** Mondays to Fridays from 7 to 16 in Chicago. */
export const hours = (about: Partial<Hours> = {}): Hours => ({
  ...{ timezone: 'America/Chicago', week: 'mon-fri 07:00-16:00', holidays: null, off: [], open: [], onCall: [] },
  ...about,
})

/** Somebody who belongs everywhere: what they are refused is refused for another reason. */
export const INSIDER: Asker = {
  standing: 'colleague',
  departments: ['service', 'manufacturing', 'logistics', 'design'],
}

/** Slack says of nobody that they are not there. */
export const NOBODY_AWAY: Presences = { of: async () => new Map() }

/** A directory in which everybody belongs everywhere. */
export const everywhere = (setup: Setup): Directory => ({
  standingOf: async () => 'colleague',
  departmentsOf: async () => setup.departments.map(({ key }) => key),
})

/** A small company: somebody who hears, two who fix, one who designs. */
export const setupOf = (about: Partial<Setup> = {}): Setup => ({
  timezone: 'America/Chicago',
  currency: 'USD',
  admins: ['U0ADMIN'],
  confidential: [],
  channels: { company: 'C0COMPANY', fallback: 'C0OPS' },
  departments: [
    department('service', { name: 'Customer service', kind: 'service', channel: 'C0SERVICE' }),
    department('manufacturing', { name: 'Manufacturing', channel: 'C0MFG', lead: 'U0LEAD', group: 'S0MFG' }),
    department('logistics', { name: 'Logistics', channel: 'C0LOG', lead: 'U0LOG' }),
    department('design', { name: 'Product design', kind: 'design', channel: 'C0DESIGN', lead: 'U0DESIGN' }),
  ],
  rootCauses: [
    {
      key: 'product',
      name: 'Product',
      origin: null,
      children: [
        { key: 'defective-part', name: 'Defective part', origin: 'manufacturing', children: [] },
        { key: 'poor-design', name: 'Poor design', origin: 'design', children: [] },
      ],
    },
    {
      key: 'process',
      name: 'Process',
      origin: null,
      children: [
        { key: 'wrong-part-number', name: 'Part number transposed at order entry', origin: null, children: [] },
      ],
    },
  ],
  policy: POLICY,
  digest: { day: 'monday', time: '09:00' },
  ...about,
})

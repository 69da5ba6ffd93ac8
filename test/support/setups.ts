import type { Department, Policy, Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE } from '../../src/complaint/time.ts'

export const POLICY: Policy = {
  response: 24 * HOUR,
  callback: { normal: 4 * HOUR, serious: 2 * HOUR, critical: 1 * HOUR },
  remind: { response: [12 * HOUR, 4 * HOUR, 1 * HOUR], callback: [1 * HOUR, 15 * MINUTE], overdueEvery: 4 * HOUR },
  ladder: { normal: [15 * MINUTE, 30 * MINUTE, 60 * MINUTE], critical: [5 * MINUTE, 10 * MINUTE, 20 * MINUTE] },
  silence: { ask: 4 * HOUR, release: 30 * MINUTE },
  flaw: { complaints: 3, within: 14 * DAY },
}

export const department = (key: string, about: Partial<Department> = {}): Department => ({
  key,
  name: key,
  kind: 'fixer',
  channel: 'C0MFG',
  lead: null,
  group: null,
  authority: null,
  hours: null,
  ...about,
})

/** A small company: somebody who hears, two who fix, one who designs. */
export const setupOf = (about: Partial<Setup> = {}): Setup => ({
  timezone: 'America/Chicago',
  admins: ['U0ADMIN'],
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

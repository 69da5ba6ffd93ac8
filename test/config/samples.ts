import type { Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE } from '../../src/complaint/time.ts'
import { parseConfig } from '../../src/config/parse.ts'

/** PRODUCT.md's example, to the letter. */
export const EXAMPLE = `timezone: America/Chicago
admins: [U0ADMIN]
channels:
  company: C0COMPANY        # weekly digest, last step of the ladder
  fallback: C0OPS           # what could not be delivered where it belongs
departments:
  - key: manufacturing      # stable; name and channel may change
    name: Manufacturing
    kind: fixer             # service | fixer | design
    channel: C0MFG
    lead: U0LEAD
    group: S0MFG            # usergroup to call; optional
    authority: 500          # make-good limit, in the workspace's currency
    hours: { timezone: America/Chicago, week: "mon-fri 07:00-16:00", holidays: US }
  - { key: design, name: Product design, kind: design, channel: C0DESIGN, lead: U0DESIGN }
rootCauses:                 # a tree; leaves are picked, parents group the Pareto
  - key: product
    name: Product
    children:
      - { key: defective-part, name: Defective part, origin: manufacturing }
      - { key: poor-design, name: Poor design, origin: design }
  - key: process
    name: Process
    children:
      - { key: wrong-part-number, name: Part number transposed at order entry }
policy:                     # every key has a default; durations as 15m, 4h, 2d
  response: 24h
  callback: { normal: 4h, serious: 2h, critical: 1h }
  remind: { response: [12h, 4h, 1h], callback: [1h, 15m], overdueEvery: 4h }
  ladder: { normal: [15m, 30m, 60m], critical: [5m, 10m, 20m] }
  silence: { ask: 4h, release: 30m }
  flaw: { complaints: 3, within: 14d }
digest: { day: monday, time: "09:00" }
`

/** What the example means. */
export const EXAMPLE_SETUP: Setup = {
  timezone: 'America/Chicago',
  currency: 'USD',
  admins: ['U0ADMIN'],
  confidential: [],
  channels: { company: 'C0COMPANY', fallback: 'C0OPS' },
  departments: [
    {
      key: 'manufacturing',
      name: 'Manufacturing',
      kind: 'fixer',
      channel: 'C0MFG',
      lead: 'U0LEAD',
      deputy: null,
      group: 'S0MFG',
      members: [],
      levels: [],
      authority: 500,
      hours: {
        ...{ timezone: 'America/Chicago', week: 'mon-fri 07:00-16:00', holidays: 'US' },
        ...{ off: [], open: [], onCall: [] },
      },
    },
    {
      key: 'design',
      name: 'Product design',
      kind: 'design',
      channel: 'C0DESIGN',
      lead: 'U0DESIGN',
      deputy: null,
      group: null,
      members: [],
      levels: [],
      authority: null,
      hours: null,
    },
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
  policy: {
    response: 24 * HOUR,
    callback: { normal: 4 * HOUR, serious: 2 * HOUR, critical: HOUR },
    remind: { response: [12 * HOUR, 4 * HOUR, HOUR], callback: [HOUR, 15 * MINUTE], overdueEvery: 4 * HOUR },
    ladder: { normal: [15 * MINUTE, 30 * MINUTE, HOUR], critical: [5 * MINUTE, 10 * MINUTE, 20 * MINUTE] },
    silence: { ask: 4 * HOUR, release: 30 * MINUTE },
    flaw: { complaints: 3, within: 14 * DAY },
    action: { remind: [3 * DAY, DAY], overdueEvery: DAY, watch: 30 * DAY },
    handOvers: 3,
    makeGood: { criticalFactor: 2, answer: 30 * MINUTE },
    repeat: { within: 60 * DAY },
    away: { statuses: [':palm_tree:', ':face_with_thermometer:'], doNotDisturb: true },
    warRoom: { critical: false, people: [] },
    evidence: {
      types: ['jpg', 'jpeg', 'png', 'gif', 'heic', 'webp', 'mp4', 'mov', 'pdf', 'txt', 'csv', 'docx', 'xlsx'],
      maxMegabytes: 50,
    },
    retention: { words: null },
  },
  digest: { day: 'monday', time: '09:00' },
}

/** What the example's policy leaves to its defaults, as the export writes it. */
export const DEFAULTS = `  action: { remind: [ 3d, 24h ], overdueEvery: 24h, watch: 30d }
  handOvers: 3
  makeGood: { criticalFactor: 2, answer: 30m }
  repeat: { within: 60d }
  away: { statuses: [ ":palm_tree:", ":face_with_thermometer:" ], doNotDisturb: true }
  warRoom: { critical: false, people: [] }
  evidence: { types: [ jpg, jpeg, png, gif, heic, webp, mp4, mov, pdf, txt, csv, docx, xlsx ], maxMegabytes: 50 }
`

/** Every key that the example does without. */
export const EVERYTHING = `timezone: America/Chicago
currency: EUR
admins: [ U0ADMIN ]
confidential: [ U0BOSS, U0LAWYER ]
channels:
  company: C0COMPANY
  fallback: C0OPS
departments:
  - key: manufacturing
    name: Manufacturing
    kind: fixer
    channel: C0MFG
    lead: U0LEAD
    deputy: U0DEPUTY
    group: S0MFG
    members: [ U0FRED, U0FAY ]
    levels:
      - { name: Foremen, group: S0FOREMEN }
      - { name: Works manager, group: S0WORKS, person: U0MARGE }
    hours: { timezone: America/Chicago, week: "mon-fri 07:00-16:00", holidays: US-CA, off: [ 2026-12-24 ], open: [ 2026-11-28 ], onCall: [ { person: U0NIGHT, week: "mon-sun 16:00-07:00" } ] }
rootCauses:
  - { key: other, name: Other }
policy:
  response: 24h
  callback: { normal: 4h, serious: 2h, critical: 1h }
  remind: { response: [ 12h, 4h, 1h ], callback: [ 1h, 15m ], overdueEvery: 4h }
  ladder: { normal: [ 15m, 30m, 1h ], critical: [ 5m, 10m, 20m ] }
  silence: { ask: 4h, release: 30m }
  flaw: { complaints: 3, within: 14d }
  action: { remind: [ 2d ], overdueEvery: 2d, watch: 60d }
  handOvers: 2
  makeGood: { criticalFactor: 1.5, answer: 1h }
  repeat: { within: 30d }
  away: { statuses: [ ":wave::skin-tone-2:" ], doNotDisturb: false }
  warRoom: { critical: true, people: [ U0BOSS ] }
  evidence: { types: [ jpg, pdf ], maxMegabytes: 10 }
  retention: { words: 2y }
digest: { day: monday, time: "09:00" }
`

/** The least that is valid. */
export const SMALLEST = `timezone: UTC
channels: { company: C0COMPANY, fallback: C0OPS }
departments:
  - { key: repair, name: Repair, kind: fixer, channel: C0REPAIR }
rootCauses:
  - { key: other, name: Other }
`

/** The faults of a text; none where it is fine. */
export function faultsOf(text: string): string[] {
  const result = parseConfig(text)
  return result.ok ? [] : result.faults
}

/** The setup of a text that must be fine. */
export function setupOf(text: string): Setup {
  const result = parseConfig(text)
  if (!result.ok) throw new Error(result.faults.join('\n'))
  return result.setup
}

import { expect } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { decide } from '../../src/complaint/decide.ts'
import type { TimelineEntry } from '../../src/complaint/events.ts'
import { MOST_FILES } from '../../src/complaint/evidence.ts'
import { fileComplaint } from '../../src/complaint/filing.ts'
import { DEFAULT_POLICY } from '../../src/complaint/policy.ts'
import type { Department, RootCause, Setup } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import type { Complaint, Correction, Report, Source } from '../../src/complaint/types.ts'
import { checkMessage, firedMentions } from '../../src/sandbox/limits.ts'
import type { Message } from '../../src/views/blocks.ts'
import { INSIDER, NO_ACTION } from '../support/setups.ts'

export const NOW = new Date('2026-11-21T14:05:30Z')
export const CARD_LINK = 'https://acme.slack.com/archives/C0MFG/p1700000000000100'

export const PEOPLE = { reporter: 'U0REP', owner: 'U0OWN', lead: 'U0LEAD', goes: 'U0GOES' } as const

const department = (key: string, name: string, more: Partial<Department> = {}): Department => ({
  key,
  name,
  kind: 'fixer',
  channel: `C0${key.slice(0, 3).toUpperCase()}`,
  lead: PEOPLE.lead,
  deputy: null,
  group: null,
  members: [],
  levels: [],
  authority: null,
  hours: null,
  ...more,
})

const cause = (key: string, name: string, more: Partial<RootCause> = {}): RootCause => ({
  key,
  name,
  origin: null,
  children: [],
  ...more,
})

export const SETUP: Setup = {
  timezone: 'America/Chicago',
  currency: 'USD',
  admins: ['U0ADMIN'],
  confidential: [],
  channels: { company: 'C0COMPANY', fallback: 'C0OPS' },
  departments: [
    department('manufacturing', 'Manufacturing', {
      group: 'S0MFG',
      levels: [{ name: 'Engineers', group: 'S0ENG', person: null }],
    }),
    department('design', 'Product design', { kind: 'design', lead: 'U0DESIGN' }),
    department('yard', 'R&D <yard>', { lead: null }),
  ],
  rootCauses: [
    cause('product', 'Product', {
      children: [
        cause('defective-part', 'Defective part', { origin: 'manufacturing' }),
        cause('poor-design', 'Poor design', { origin: 'design' }),
      ],
    }),
    cause('process', 'Process', { children: [cause('wrong-part-number', 'Part number transposed at order entry')] }),
  ],
  policy: { ...DEFAULT_POLICY, ladder: { normal: [15 * MINUTE], critical: [5 * MINUTE] } },
  digest: { day: 'monday', time: '09:00' },
}

/** Departments and leaves more than a list takes. */
export const BIG_SETUP: Setup = {
  ...SETUP,
  departments: Array.from({ length: 101 }, (_, i) => department(`d${i}`, `Department ${i}`)),
  rootCauses: [
    cause('all', 'All', {
      children: Array.from({ length: 101 }, (_, i) => cause(`c${i}`, `Cause ${i}`, { origin: 'd7' })),
    }),
  ],
}

export const REPORT: Report = {
  customer: 'Acme',
  feeling: 'angry',
  words: 'The valve you sent does not fit, & our line is standing still.',
  tried: 'Turned it off and on again',
  severity: 'critical',
  contact: 'Anna, +1 555 0100',
  reference: 'Order 4711',
}

export const SOURCE: Source = {
  channel: 'C0SALES',
  ts: '1700000000.000200',
  permalink: 'https://acme.slack.com/archives/C0SALES/p1700000000000200',
}

export interface Story {
  readonly complaint: Complaint
  readonly entries: readonly TimelineEntry[]
}

/** A complaint as it is filed at NOW. */
export function filed(
  report: Partial<Report> = {},
  department = 'manufacturing',
  source: Source | null = SOURCE,
): Story {
  const { complaint, entries } = fileComplaint(
    {
      report: { ...REPORT, ...report },
      department,
      toldAt: plus(NOW, -2 * HOUR),
      promisedBy: plus(NOW, HOUR),
      reporter: PEOPLE.reporter,
      source,
    },
    142,
    { now: NOW, setup: SETUP, asker: INSIDER },
  )
  return { complaint, entries }
}

/** What becomes of it, one command a minute unless told when. */
export function become(
  story: Story,
  ...commands: readonly (Command | { readonly command: Command; readonly at: Date })[]
): Story {
  return commands.reduce<Story>(({ complaint, entries }, given) => {
    const { command, at } = 'command' in given ? given : { command: given, at: plus(NOW, entries.length * MINUTE) }
    const decision = decide(complaint, command, { now: at, setup: SETUP, asker: INSIDER })
    if (!decision.ok) throw new Error(`${command.kind} was refused: ${decision.refusal.kind}`)
    return { complaint: decision.change.complaint, entries: [...entries, ...decision.change.entries] }
  }, story)
}

export const own: Command = { kind: 'own', by: PEOPLE.owner }
export const callBack = (said: string | null = 'They wait for the part', settled = false): Command => ({
  kind: 'log-callback',
  by: PEOPLE.owner,
  outcome: 'reached',
  said,
  settled,
  promisedBy: settled ? null : plus(NOW, 5 * HOUR),
})
export const noAnswer: Command = {
  kind: 'log-callback',
  by: PEOPLE.owner,
  outcome: 'no-answer',
  said: null,
  settled: false,
  promisedBy: plus(NOW, 3 * HOUR),
}
export const move = (reason = 'They asked for tomorrow'): Command => ({
  kind: 'move-callback',
  by: PEOPLE.owner,
  promisedBy: plus(NOW, 20 * HOUR),
  reason,
})
export const plan = (parts: string | null = 'Valve 12'): Command => ({
  kind: 'plan-visit',
  by: PEOPLE.owner,
  who: PEOPLE.goes,
  eta: plus(NOW, 6 * HOUR),
  parts,
})
export const changeVisit = (about: { who?: string; eta?: Date; parts?: string | null } = {}): Command => ({
  ...{
    kind: 'change-visit',
    by: PEOPLE.owner,
    visit: 1,
    who: PEOPLE.goes,
    eta: plus(NOW, 7 * HOUR),
    parts: 'Valve 12',
  },
  ...about,
})
export const callOffVisit = (reason = 'They found the key'): Command => ({
  ...{ kind: 'call-off-visit', by: PEOPLE.owner, visit: 1, reason },
})
export const setOut: Command = { kind: 'set-out', by: PEOPLE.goes, visit: 1 }
/** Refused nowhere: manufacturing has no authority here, so that its lead is asked. */
export const makeGood = (about: { amount?: string | null; note?: string | null } = {}): Command => ({
  ...{ kind: 'make-good', by: PEOPLE.owner, how: 'refund', amount: '800', note: 'For the days they stood still' },
  ...about,
})
export const approve: Command = { kind: 'approve-make-good', by: PEOPLE.lead, makeGood: 1 }
export const decline = (reason = 'A new valve is enough'): Command => ({
  ...{ kind: 'decline-make-good', by: PEOPLE.lead, makeGood: 1, reason },
})
export const arrive: Command = { kind: 'arrive', by: PEOPLE.goes }
export const outcome = (done = 'Replaced the valve'): Command => ({
  kind: 'visit-outcome',
  by: PEOPLE.goes,
  outcome: 'fixed',
  done,
})
export const remote = (done = 'Reset it from here'): Command => ({ kind: 'fix-remotely', by: PEOPLE.owner, done })
export const edit = (report: Partial<Report>, edits = 0): Command => ({
  kind: 'edit',
  by: PEOPLE.reporter,
  report: { ...REPORT, ...report },
  edits,
})
export const close = (done = 'Sent the right valve', about: Partial<Correction> = {}): Command => ({
  kind: 'close-out',
  by: PEOPLE.owner,
  rootCause: 'defective-part',
  origin: 'manufacturing',
  done,
  fix: 'fixed',
  avoidable: true,
  settled: 'yes',
  ...NO_ACTION,
  ...about,
})
/** Agreed at a close-out. */
export const ACTION: Correction = {
  ...{ correctiveAction: 'Gauge every valve', takenBy: PEOPLE.goes, dueBy: plus(NOW, 120 * HOUR), whyNone: null },
}
export const finish = (changed = 'A gauge at the last bench', proof = 'Sheet 12'): Command => ({
  ...{ kind: 'finish-action', by: PEOPLE.goes, action: 1, changed, proof },
})
export const causeAgain: Command = { kind: 'cause-again', action: 1, complaint: 190, toldAt: plus(NOW, 30 * HOUR) }
export const answer = (about: Partial<Correction> = {}): Command => ({
  ...{ kind: 'answer-recurrence', by: PEOPLE.goes, action: 1, ...NO_ACTION, ...about },
})
export const reopen = (reason = 'It leaks again'): Command => ({
  kind: 'reopen',
  by: PEOPLE.reporter,
  reason,
  promisedBy: plus(NOW, 9 * HOUR),
  ownerGone: false,
})

export const handOver = (department = 'design', reason = 'It is the drawing', handOvers = 0): Command => ({
  ...{ kind: 'hand-over', by: PEOPLE.owner, department, reason, handOvers, gone: [] },
})
export const settle = (entry: number, department = 'design', owner: string | null = null): Command => ({
  ...{ kind: 'settle', by: PEOPLE.lead, department, owner, entry, ownerGone: false },
})
export const reassign = (owner: string = PEOPLE.goes, reason: string | null = 'Off until Monday'): Command => ({
  ...{ kind: 'reassign', by: PEOPLE.lead, owner, reason, ownerGone: false },
})

/** Handed over twice and back; the third hand-over waits for the leads. */
export const settlingStory = (reason = 'It is the drawing'): Story =>
  become(filed(), handOver(), handOver('manufacturing', 'It is the casting', 1), own, handOver('design', reason, 2))

/** As many files as Slack takes at once, pictures and others, all of this name. */
export const evidence = (name = 'valve.jpg'): Command => ({
  kind: 'add-evidence',
  by: PEOPLE.owner,
  files: Array.from({ length: MOST_FILES }, (_, at) => ({
    ...{ id: `F0SHOWN0${at}`, name },
    about: {
      ...{ ending: 'jpg', size: 1000, mimetype: at % 2 === 0 ? 'image/jpeg' : 'video/mp4' },
      permalink: at % 3 === 0 ? null : `https://acme.slack.com/files/U0OWN/F0SHOWN0${at}/valve.jpg`,
    },
  })),
})

/** The last entry of its timeline. */
export function lastOf({ entries }: Story): TimelineEntry {
  const last = entries.at(-1)
  if (!last) throw new Error('Nothing happened yet')
  return last
}

/** Everybody who may be rung by anything about a sample. */
const KNOWN = new Set([
  ...Object.values(PEOPLE).map((id) => `<@${id}>`),
  '<@U0DESIGN>',
  '<@U0ADMIN>',
  '<!subteam^S0MFG>',
  '<!subteam^S0ENG>',
  'channel:C0MFG',
])

/** Slack takes it, posted or edited, and it rings nobody but those it means. */
export function expectSound(message: Message): void {
  const { text, blocks } = message
  const faults = [
    ...checkMessage({ text, blocks }, 'update'),
    ...(text.length > 3_900 ? [`text: ${text.length} characters`] : []),
    ...firedMentions({ text, blocks }).filter((mention) => !KNOWN.has(mention)),
  ]
  // An expectation costs more than all of these checks, and there are a hundred thousand.
  if (faults.length > 0) expect(faults).toEqual([])
}

/** Everything a reader can read in blocks. */
export function readable(value: unknown): string {
  if (Array.isArray(value)) return value.map(readable).join('\n')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .map(([name, field]) => (name === 'text' && typeof field === 'string' ? field : readable(field)))
    .join('\n')
}

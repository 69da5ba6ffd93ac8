import type { Command } from './commands.ts'
import { isOpen } from './correcting.ts'
import { beginning, type Change, type Decision, Draft, line, refuse, type Situation } from './decision.ts'
import { leadOf, leadsOf } from './leads.ts'
import type { ComplaintMessage } from './messages.ts'
import type { Setup } from './setup.ts'
import { type Complaint, currentVisit, homeOf } from './types.ts'

/** What tells who may see a confidential complaint. */
type Among = Pick<Complaint, 'reporter' | 'owner' | 'department' | 'settling' | 'confidential'>

const once = (people: readonly (string | null)[]): string[] => [...new Set(people.filter((person) => person !== null))]

/** Who is named in a confidential complaint: by its form, by the configuration, or since they lead where it may go. */
export const namedAmong = ({ confidential, settling }: Among, setup: Setup): string[] =>
  confidential === null
    ? []
    : [...confidential.people, ...setup.confidential, ...(settling ? leadsOf(setup, settling.to) : [])]

/**
 * Those a confidential complaint concerns: who filed it, who owns it, who leads its department, the admins, and those who
 * are named.
 */
export const insiders = (complaint: Among, setup: Setup): string[] => {
  const { reporter, owner, department } = complaint
  return once([reporter, owner, ...leadsOf(setup, department), ...setup.admins, ...namedAmong(complaint, setup)])
}

/** What tells without further ado which confidential complaints somebody sees. */
export interface Viewer {
  readonly person: string
  readonly seesAll: boolean
  /** Keys of the departments they lead, or are the deputy of. */
  readonly leads: readonly string[]
}

export const viewerOf = (person: string, setup: Setup): Viewer => ({
  person,
  seesAll: [...setup.admins, ...setup.confidential].includes(person),
  leads: setup.departments.filter(({ key }) => leadsOf(setup, key).includes(person)).map(({ key }) => key),
})

/**
 * Makes a critical complaint confidential, or names others where it is so already. Its card leaves the department's channel
 * at once, and goes to a private channel as soon as there is one.
 */
export function makeConfidential(
  complaint: Complaint,
  { by, people }: Extract<Command, { kind: 'make-confidential' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, by)
  const named = once(people)
  if (complaint.confidential) {
    const before = complaint.confidential.people
    const [added, removed] = [without(named, before), without(before, named)]
    if (added.length + removed.length === 0) return draft.done('same card')
    draft.set({ confidential: { ...complaint.confidential, people: named } })
    draft.record({ kind: 'confidential-people', added, removed }, line)
    return draft.done()
  }
  if (complaint.report.severity !== 'critical') return refuse({ kind: 'confidential-critical' })
  draft.record({ kind: 'made-confidential', people: named }, (entry) => [
    { kind: 'withdraw-all' },
    { kind: 'confidential-open', entry },
  ])
  const entry = draft.complaint.entries
  draft.set({ confidential: { entry, people: named, state: 'asked', channel: null } })
  return draft.done()
}

const without = (people: readonly string[], others: readonly string[]): string[] =>
  people.filter((person) => !others.includes(person))

/** It is everybody's again: its card goes back to the department. */
export function liftConfidential(complaint: Complaint, by: string, { now }: Situation): Decision {
  if (!complaint.confidential) return refuse({ kind: 'not-confidential' })
  const draft = new Draft(complaint, now, by)
  draft.set({ confidential: null })
  const hasMoved = homeOf(complaint) !== complaint.department
  draft.record({ kind: 'confidential-lifted' }, (entry) => (hasMoved ? beginning(complaint, entry) : line(entry)))
  return draft.done()
}

/** Slack made the place where its card lives from now on. Where it is wanted no more, it is archived. */
export function confidentialOpened(
  complaint: Complaint,
  { entry, channel }: Extract<Command, { kind: 'confidential-opened' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, null)
  const { confidential } = complaint
  if (confidential?.entry !== entry) {
    draft.record({ kind: 'confidential-room', channel, wanted: false }, () => [{ kind: 'archive', channel }])
    return draft.done('same card')
  }
  if (confidential.state !== 'asked') return draft.done('same card')
  draft.set({ confidential: { ...confidential, state: 'open', channel } })
  draft.record({ kind: 'confidential-room', channel, wanted: true }, (told) => beginning(complaint, told))
  const decision = draft.done()
  if (!decision.ok) return decision
  const { change } = decision
  // Nobody is rung where they are not yet.
  return { ok: true, change: { ...change, messages: [{ kind: 'confidential-invite' }, ...change.messages] } }
}

/** Slack makes no place for it: it is told to one person, the nearest. */
export function confidentialRefused(
  complaint: Complaint,
  { entry, error }: Extract<Command, { kind: 'confidential-refused' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, null)
  const { confidential } = complaint
  if (confidential?.entry !== entry || confidential.state !== 'asked') return draft.done('same card')
  draft.set({ confidential: { ...confidential, state: 'refused' } })
  draft.record({ kind: 'confidential-refused', error }, (told) => beginning(complaint, told))
  return draft.done()
}

/** What a change means for who is there: whoever goes to the customer, or takes an action, is named; new ones come in, others go. */
export function keepAmong(before: Complaint, change: Change, setup: Setup): Change {
  const { confidential } = change.complaint
  if (!confidential) return change
  const takers = change.complaint.actions.filter(isOpen).map(({ takenBy }) => takenBy)
  const needed = without(
    once([currentVisit(change.complaint)?.who ?? null, ...takers]),
    insiders(change.complaint, setup),
  )
  const complaint: Complaint =
    needed.length > 0
      ? { ...change.complaint, confidential: { ...confidential, people: [...confidential.people, ...needed] } }
      : change.complaint
  if (confidential.channel === null || before.confidential?.entry !== confidential.entry)
    return { ...change, complaint }
  const [were, are] = [insiders(before, setup), insiders(complaint, setup)]
  const removed = without(were, are)
  const messages: ComplaintMessage[] = [
    // First, for the same reason.
    ...(without(are, were).length > 0 ? [{ kind: 'confidential-invite' } as const] : []),
    ...change.messages,
    ...(removed.length > 0 ? [{ kind: 'confidential-remove', people: removed } as const] : []),
  ]
  return { ...change, complaint, messages }
}

/** Whoever is told alone where there is no channel: the owner, else the lead or the deputy, else the reporter. */
export const nearestTo = ({ owner, reporter, department }: Complaint, setup: Setup): string =>
  owner ?? leadOf(setup, department) ?? reporter

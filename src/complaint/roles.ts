import type { Command } from './commands.ts'
import { namedAmong } from './confidential.ts'
import { leadsOf } from './leads.ts'
import type { Refusal } from './refusals.ts'
import { type Department, departmentOf, type Setup } from './setup.ts'
import { type Complaint, currentVisit } from './types.ts'

/*
 * Who may do what. Everybody in the company sees where a complaint stands and may take responsibility for it; what is done
 * about it is done by those who answer for it, or were there.
 */

/**
 * - `anyone`: everybody in the company; neither guests nor people of other companies
 * - `reporter`, `owner`: of this complaint
 * - `visitor`: who goes to the customer's
 * - `taker`: of one of its corrective actions; `origin`: of the department where the cause of one arose
 * - `named`: in a confidential complaint, see confidential.ts
 * - `member`: of the complaint's department, see `isMember`
 * - `lead`: of that department, or the deputy
 * - `settler`: lead or deputy of one of the two departments that settle who takes it
 * - `admin`: as configured
 */
export const ROLES = [
  ...([
    'anyone',
    'reporter',
    'visitor',
    'taker',
    'origin',
    'named',
    'member',
    'owner',
    'lead',
    'settler',
    'admin',
  ] as const),
] as const
export type Role = (typeof ROLES)[number]

/** What can be seen of a complaint. */
export const SIGHTS = ['see-card', 'see-timeline', 'see-contact', 'see-confidential'] as const
export type Sight = (typeof SIGHTS)[number]

export type Deed = 'file' | Sight | Command['kind']

interface Permission {
  /** Any of these roles will do; `clock`: no person. */
  readonly who: readonly Role[] | 'clock'
  /** After "may". */
  readonly words: string
}

const ANYONE: readonly Role[] = ['anyone']
/** Who answers for it. */
const RESPONSIBLE: readonly Role[] = ['member', 'owner', 'lead', 'admin']
/** The same, and who keeps the cause from coming back. */
const CORRECTING: readonly Role[] = ['taker', 'origin', ...RESPONSIBLE]
/** Who answers for it, and who talks to the customer. */
const IN_TOUCH: readonly Role[] = ['reporter', ...RESPONSIBLE]
const ON_THE_SPOT: readonly Role[] = ['visitor', ...IN_TOUCH]
/** Those a confidential complaint concerns: whatever is done to it, only they do it. */
const INSIDERS: readonly Role[] = ['reporter', 'named', 'owner', 'lead', 'admin']
/** Except that whoever answers for its duplicate may split that off, of which nothing is seen here. */
const BY_OUTSIDERS: readonly Deed[] = ['let-go']

/** The table. Whoever adds a command says here who may give it. */
export const PERMISSIONS: Readonly<Record<Deed, Permission>> = {
  file: { who: ANYONE, words: 'file a complaint' },
  'see-card': { who: ANYONE, words: 'see it' },
  'see-timeline': { who: ANYONE, words: 'see its timeline' },
  'see-contact': { who: [...ON_THE_SPOT, 'named'], words: 'see who to call back' },
  'see-confidential': { who: INSIDERS, words: 'see what is confidential' },
  own: { who: ANYONE, words: 'own it' },
  'hand-over': { who: RESPONSIBLE, words: 'hand it over' },
  settle: { who: ['settler', 'admin'], words: 'settle who takes it' },
  reassign: { who: ['owner', 'lead', 'admin'], words: 'reassign it' },
  'log-callback': { who: ON_THE_SPOT, words: 'log a callback' },
  'move-callback': { who: IN_TOUCH, words: 'move the callback' },
  'plan-visit': { who: IN_TOUCH, words: 'plan a visit' },
  'change-visit': { who: ON_THE_SPOT, words: 'change the visit' },
  'call-off-visit': { who: ON_THE_SPOT, words: 'call off the visit' },
  'set-out': { who: ON_THE_SPOT, words: 'say who is on the way' },
  'fix-remotely': { who: IN_TOUCH, words: 'record a remote fix' },
  arrive: { who: ON_THE_SPOT, words: 'record the arrival' },
  'visit-outcome': { who: ON_THE_SPOT, words: 'record how the visit went' },
  'make-good': { who: IN_TOUCH, words: 'make it good' },
  // Of these, whoever was asked: see `decidersOf`. A hand-over leaves that to where it was asked for.
  'approve-make-good': { who: ANYONE, words: 'approve it' },
  'decline-make-good': { who: ANYONE, words: 'decline it' },
  edit: { who: IN_TOUCH, words: 'edit it' },
  'close-out': { who: RESPONSIBLE, words: 'close it out' },
  'finish-action': { who: CORRECTING, words: 'say that it is done' },
  'answer-recurrence': { who: CORRECTING, words: 'say what follows' },
  'join-flaw': { who: 'clock', words: 'join a flaw' },
  'cause-again': { who: 'clock', words: 'ask whether it worked' },
  reopen: { who: IN_TOUCH, words: 'reopen it' },
  'make-confidential': { who: ['reporter', 'owner', 'lead', 'admin'], words: 'make it confidential' },
  'lift-confidential': { who: ['owner', 'lead', 'admin'], words: 'show it to everybody again' },
  'confidential-opened': { who: 'clock', words: 'open a private channel' },
  'confidential-refused': { who: 'clock', words: 'open a private channel' },
  'next-level': { who: RESPONSIBLE, words: 'raise it to the next level' },
  'sign-of-life': { who: ANYONE, words: 'say that they are still on it' },
  'add-evidence': { who: ANYONE, words: 'add evidence' },
  'lose-evidence': { who: 'clock', words: 'take evidence away' },
  'open-war-room': { who: IN_TOUCH, words: 'open a war room' },
  'war-room-opened': { who: 'clock', words: 'open a war room' },
  'war-room-refused': { who: 'clock', words: 'open a war room' },
  'war-room-archived': { who: 'clock', words: 'archive a war room' },
  duplicate: { who: IN_TOUCH, words: 'link it to another one' },
  split: { who: IN_TOUCH, words: 'split it off' },
  // Follows from linking or splitting another one.
  'take-on': { who: ANYONE, words: 'have a duplicate linked to it' },
  'let-go': { who: ANYONE, words: 'have a duplicate split off' },
  'point-to': { who: ANYONE, words: 'have it linked to another one' },
  'merge-customer': { who: IN_TOUCH, words: 'merge its customer' },
  'rename-customer': { who: IN_TOUCH, words: 'rename its customer' },
  'erase-words': { who: 'clock', words: 'erase its words' },
  remind: { who: 'clock', words: 'remind' },
}

/** What Slack says of whoever asks. */
export interface Asker {
  readonly standing: 'colleague' | 'guest' | 'outsider' | 'gone'
  /** Keys of the departments to which Slack says they belong: by a usergroup, or by the channel. */
  readonly departments: readonly string[]
}

/** What a decision on who may do something knows. */
export interface Standing {
  readonly setup: Setup
  /** Null where no person asks but the clock. */
  readonly asker: Asker | null
}

/** Those whom the configuration names as belonging to a department. */
export const namedIn = ({ lead, deputy, members, levels, hours }: Department): string[] =>
  [
    lead,
    deputy,
    ...members,
    ...levels.map(({ person }) => person),
    ...(hours?.onCall ?? []).map(({ person }) => person),
  ].filter((person) => person !== null)

/** A department that names neither a usergroup nor members consists of those in its channel. */
export const isItsChannel = ({ group, members }: Department): boolean => group === null && members.length === 0

/** The usergroups whose people belong to a department. */
export const groupsOf = ({ group, levels }: Department): string[] =>
  [group, ...levels.map((level) => level.group)].filter((one) => one !== null)

/** Whether somebody belongs to a department: named in its configuration, in one of its usergroups, or in its channel. */
export function isMember(key: string, person: string, { setup, asker }: Standing): boolean {
  const department = departmentOf(setup, key)
  if (!department) return false
  return namedIn(department).includes(person) || (asker?.departments.includes(key) ?? false)
}

/** The roles of whoever asks, in a complaint. */
export function rolesOf(complaint: Complaint, person: string, standing: Standing): Role[] {
  const { setup } = standing
  const holds: Readonly<Record<Role, boolean>> = {
    anyone: true,
    reporter: person === complaint.reporter,
    visitor: person === currentVisit(complaint)?.who,
    taker: complaint.actions.some(({ takenBy }) => takenBy === person),
    origin: complaint.actions.some(({ origin }) => isMember(origin, person, standing)),
    named: namedAmong(complaint, setup).includes(person),
    member: isMember(complaint.department, person, standing),
    owner: person === complaint.owner,
    lead: leadsOf(setup, complaint.department).includes(person),
    settler: isSettler(complaint, person, setup),
    admin: setup.admins.includes(person),
  }
  return ROLES.filter((role) => holds[role])
}

/** Where nobody leads either department and there are no admins, anybody. Where nothing is to be settled, whoever asks hears that. */
function isSettler({ department, settling }: Complaint, person: string, setup: Setup): boolean {
  if (!settling) return true
  const leads = leadsOf(setup, department, settling.to)
  return leads.includes(person) || [...leads, ...setup.admins].length === 0
}

/** Why somebody may do nothing at all here, or null. */
export const mayNotAct = (asker: Asker): Refusal | null =>
  asker.standing === 'colleague' ? null : { kind: 'not-a-colleague', standing: asker.standing }

/** Why somebody may not change what is in force, or null. Where no admin is named yet, whoever is there may. */
export function mayNotSetUp(person: string, setup: Setup | null, asker: Asker): Refusal | null {
  const [admin] = setup?.admins ?? []
  return mayNotAct(asker) ?? (admin && !setup?.admins.includes(person) ? { kind: 'not-admin', ask: admin } : null)
}

/** Why somebody may not do this to a complaint, or null where they may. */
export function mayNot(deed: Deed, complaint: Complaint, person: string, standing: Standing): Refusal | null {
  const { who } = PERMISSIONS[deed]
  const { asker } = standing
  if (who === 'clock' || asker === null) throw new Error(`${deed} is not asked for by a person`)
  const stranger = mayNotAct(asker)
  if (stranger) return stranger
  const roles = rolesOf(complaint, person, standing)
  const isAny = (of: readonly Role[]): boolean => of.some((role) => roles.includes(role))
  if (complaint.confidential && !isAny(INSIDERS) && !BY_OUTSIDERS.includes(deed))
    return { kind: 'confidential', ask: askInstead(['lead', 'admin'], complaint, standing.setup) }
  if (isAny(who)) return null
  return { kind: 'not-allowed', deed, ask: askInstead(who, complaint, standing.setup) }
}

/** The nearest person who may. */
function askInstead(who: readonly Role[], complaint: Complaint, setup: Setup): string | null {
  const department = departmentOf(setup, complaint.department)
  const people: readonly [Role, string | null | undefined][] = [
    ['owner', complaint.owner],
    ['lead', department?.lead ?? department?.deputy],
    ['settler', department?.lead ?? department?.deputy],
    ['admin', setup.admins[0]],
  ]
  return people.find(([role, person]) => who.includes(role) && person)?.[1] ?? null
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  anyone: 'anyone in the company',
  reporter: 'its reporter',
  visitor: 'whoever visits the customer',
  taker: 'whoever takes the corrective action',
  origin: 'the department where it arose',
  named: 'whoever is named',
  member: 'its department',
  owner: 'its owner',
  lead: 'its lead',
  settler: 'a lead of the two departments',
  admin: 'an admin',
}

/** "Only its department, its owner or an admin may close it out." Who those are, the card tells. */
export function whoMay(deed: Deed): string {
  const { who, words } = PERMISSIONS[deed]
  // The lead is one of the department.
  const named = ROLES.filter((role) => who.includes(role) && !(role === 'lead' && who.includes('member')))
  const people = named.map((role) => ROLE_WORDS[role])
  const last = people.pop() ?? 'the clock'
  const list = people.length === 0 ? `${last}` : `${people.join(', ')} or ${last}`
  return `Only ${list} may ${words}.`
}

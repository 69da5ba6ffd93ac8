import { endOfLastWindowBefore, isWorking, onCallAt, plusWorking } from './calendar.ts'
import { insiders } from './confidential.ts'
import type { Draft, Situation } from './decision.ts'
import { levelOf } from './levels.ts'
import type { ComplaintMessage } from './messages.ts'
import { type Department, departmentOf, type Hours, hoursOf, type Setup } from './setup.ts'
import { plus } from './time.ts'
import type { Calling, Complaint, Ladder, PassedOver } from './types.ts'

/*
 * Nobody owning a complaint climbs its ladder. The steps of the policy are, in this order: the department is called again,
 * then its lead, then the company channel is told. Each comes once.
 *
 * Waiting counts while the department works. The rung that the end of work would hold up is brought forward to that end, so
 * that people are called once more before they go; those after it come when the department works again. What is
 * critical waits by the clock.
 */

export const RUNGS = ['department', 'lead', 'company'] as const
export type Rung = (typeof RUNGS)[number]

/** Who can't be called, by Slack id; a usergroup has left where it is disabled or empty. Whoever is not named is there. */
export type Absent = Readonly<Record<string, 'away' | 'left'>>

/** A ladder from its foot. */
export const ladderFrom = (startedAt: Date, from: string | null = null): Ladder => ({
  ...{ startedAt, climbed: 0, from, called: null },
})

/** Calls those who are called first, in the card's thread: where a ladder starts under a card that stands already. */
export const firstCall = (entry: number, startedAt: Date): readonly ComplaintMessage[] => [
  { kind: 'call', entry, ladder: startedAt.toISOString(), climbed: 0 },
]

const waits = ({ policy: { ladder }, report }: Complaint): readonly number[] => ladder[report.severity] ?? ladder.normal

/** When a rung comes, counted from 0; null where there is none. `hours` are the department's. */
function rungAt(complaint: Complaint, index: number, hours: Hours | null): Date | null {
  const { ladder, report } = complaint
  const [wait, before] = [waits(complaint)[index], waits(complaint)[index - 1] ?? 0]
  if (ladder === null || wait === undefined || index >= RUNGS.length) return null
  if (report.severity === 'critical') return plus(ladder.startedAt, wait)
  const meant = plusWorking(hours, ladder.startedAt, wait)
  const end = endOfLastWindowBefore(hours, meant)
  return end !== null && end > plusWorking(hours, ladder.startedAt, before) ? end : meant
}

/** The rung that comes next, and when; null where somebody owns the complaint or every rung is climbed. */
export function nextRung(complaint: Complaint, hours: Hours | null): { readonly rung: Rung; readonly at: Date } | null {
  const index = complaint.ladder?.climbed ?? RUNGS.length
  const [rung, at] = [RUNGS[index], rungAt(complaint, index, hours)]
  return rung && at ? { rung, at } : null
}

/** The newest rung that is due: after downtime the ones below it are not said any more. */
function newestRung(complaint: Complaint, hours: Hours | null, now: Date): number | null {
  let newest: number | null = null
  for (let index = complaint.ladder?.climbed ?? RUNGS.length; ; index += 1) {
    const at = rungAt(complaint, index, hours)
    if (at === null || at > now) return newest
    newest = index
  }
}

/** Who is on call, for what is critical while the department is off. Null where there is nobody whom it concerns. */
export function onCallFor(complaint: Complaint, setup: Setup, now: Date): string | null {
  const { report, department, confidential } = complaint
  const hours = hoursOf(setup, department)
  if (report.severity !== 'critical' || isWorking(hours, now)) return null
  const person = onCallAt(hours, now)
  return person !== null && confidential && !insiders(complaint, setup).includes(person) ? null : person
}

/** Whom a complaint calls that nobody owns: the group or person of its level, or the department's group, or its lead. */
export function calledFirst(complaint: Complaint, setup: Setup, now: Date, absent: Absent = {}): Calling {
  const department = departmentOf(setup, complaint.department)
  // What is confidential calls none but those it concerns.
  const level = complaint.confidential ? NOBODY : levelOf(complaint, setup)
  const { group, person } = level ?? { group: department?.group ?? null, person: null }
  const gone: PassedOver[] = group !== null && absent[group] === 'left' ? [{ role: 'group', why: 'left' }] : []
  const onCall = onDuty(complaint, setup, now, absent)
  if (group !== null && gone.length === 0) return { group, people: onCall, company: false, passedOver: [] }
  const { people, passedOver } = firstThere(complaint, { person, ...standing(department) }, absent)
  return { group: null, people: merged(people, onCall), company: false, passedOver: [...gone, ...passedOver] }
}

/** Ids of everybody, persons and usergroups, whom any rung might call. */
export function calledAtMost(complaint: Complaint, setup: Setup, now: Date): string[] {
  const department = departmentOf(setup, complaint.department)
  const level = levelOf(complaint, setup)
  return [
    ...(level ? [level.group, level.person] : [department?.group]),
    ...Object.values(standing(department)),
    onCallFor(complaint, setup, now),
  ].filter((id) => typeof id === 'string')
}

function calledBy(rung: Rung, complaint: Complaint, setup: Setup, now: Date, absent: Absent): Calling {
  if (rung === 'department') return calledFirst(complaint, setup, now, absent)
  const department = departmentOf(setup, complaint.department)
  // The lead hears of it, also where their own rung was not said.
  const unheard = rung === 'lead' || (complaint.ladder?.climbed ?? 0) < RUNGS.indexOf('company')
  const { people, passedOver } = firstThere(complaint, unheard ? standing(department) : {}, absent)
  return {
    group: null,
    people: merged(people, onDuty(complaint, setup, now, absent)),
    company: rung === 'company' || people.length === 0,
    passedOver,
  }
}

const NOBODY = { group: null, person: null }

type Candidates = Readonly<Partial<Record<PassedOver['role'], string | null>>>

const standing = (department: Department | undefined): Candidates => ({
  lead: department?.lead ?? null,
  deputy: department?.deputy ?? null,
})

const merged = (...ids: readonly (readonly string[])[]): string[] => [...new Set(ids.flat())]

const onDuty = (complaint: Complaint, setup: Setup, now: Date, absent: Absent): string[] =>
  [onCallFor(complaint, setup, now)].filter((person) => person !== null && absent[person] !== 'left') as string[]

/** The first of them who can be called, and those before them who can't. */
function firstThere(
  { ladder }: Complaint,
  candidates: Candidates,
  absent: Absent,
): { readonly people: readonly string[]; readonly passedOver: readonly PassedOver[] } {
  const passedOver: PassedOver[] = []
  for (const [role, id] of Object.entries(candidates) as [PassedOver['role'], string | null][]) {
    if (id === null) continue
    const why = absent[id] ?? (id === ladder?.from ? 'let-go' : null)
    if (why === null) return { people: [id], passedOver }
    passedOver.push({ role, why })
  }
  return { people: [], passedOver }
}

/** Climbs to the newest rung that is due, if any. Where there is no lead to be called, the company channel is told at once. */
export function climb(draft: Draft, { now, setup }: Situation, absent: Absent): void {
  const { complaint } = draft
  if (complaint.status !== 'open') return
  const index = newestRung(complaint, hoursOf(setup, complaint.department), now)
  const rung = index === null ? undefined : RUNGS[index]
  if (index === null || !rung) return
  const called = calledBy(rung, complaint, setup, now, absent)
  const climbed = called.company ? RUNGS.length : index + 1
  draft.complaint = { ...complaint, ladder: { ...complaint.ladder, climbed, called } }
  const ladder = complaint.ladder.startedAt.toISOString()
  draft.record({ kind: 'escalated', rung, ...called }, (entry) => [
    { kind: 'call', entry, ladder, climbed },
    ...(called.company ? [{ kind: 'company-call', entry, ladder } as const] : []),
  ])
}

import { isOpen } from './correcting.ts'
import { type Asker, isMember } from './roles.ts'
import { type Department, departmentOf, type Setup, type Severity } from './setup.ts'
import type { Complaint } from './types.ts'

/*
 * App Home: what somebody sees of all complaints at one glance. Everybody sees what is theirs and how loaded their
 * departments are; leads see besides what nobody owns, what is overdue, and who carries how much.
 */

/** What can be listed. `filed` holds what was closed lately, too: its reporter is told what became of it. */
export const HOME_LISTS = ['owned', 'filed', 'departments', 'unowned', 'overdue', 'all'] as const
export type HomeList = (typeof HOME_LISTS)[number]

/** What somebody chose to see; it stays so until they choose otherwise. */
export interface HomeFilters {
  /** One list in full; null: an overview of what is theirs. */
  readonly list: HomeList | null
  /** Key of a department; null: any. */
  readonly department: string | null
  /** Null: any. */
  readonly severity: Severity | null
  /** Of the list, from 0. */
  readonly page: number
}

export const NO_FILTERS: HomeFilters = { list: null, department: null, severity: null, page: 0 }

/** Complaints of one list on an overview, and on a page of it. */
export const ON_OVERVIEW = 5
export const ON_PAGE = 15

/** Corrective actions on an overview. */
export const ACTIONS_ON_OVERVIEW = 3

/** One list as it is read. */
export interface HomeQuery {
  readonly list: HomeList
  /** Keys of the departments it keeps to; null: any. */
  readonly departments: readonly string[] | null
  readonly severity: Severity | null
  /** From 0. */
  readonly page: number
  readonly limit: number
}

/** What a Home consists of. Departments are keys. */
export interface HomePlan {
  /** As chosen, without what is there no more. */
  readonly filters: HomeFilters
  readonly queries: readonly HomeQuery[]
  /** Departments whose load is told. */
  readonly load: readonly string[]
  /** Departments whose load is told by person. */
  readonly loadByPerson: readonly string[]
  /** The corrective actions that are told; null: none. */
  readonly actions: {
    /** Departments whose overdue ones are told, whoever takes them. */
    readonly led: readonly string[]
    /** Those alone that are for what arose there; null: anywhere. */
    readonly origin: string | null
  } | null
  readonly isAdmin: boolean
  /** Departments in which a change may change this Home, besides one of what this person owns or filed; null: any. */
  readonly watches: readonly string[] | null
}

/** Whom, and which departments, a change of a complaint concerns. */
export interface Concerned {
  readonly people: readonly string[]
  /** Keys. */
  readonly departments: readonly string[]
}

/** In whose Homes a complaint stands, and in those of which departments it counts, by what it was and is. */
export function concerned(
  ...states: readonly Pick<Complaint, 'reporter' | 'owner' | 'department' | 'actions'>[]
): Concerned {
  const { people, departments } = concernedByActions(...states)
  return {
    people: [...new Set([...states.flatMap(({ reporter, owner }) => [reporter, owner ?? reporter]), ...people])],
    departments: [...new Set([...states.map(({ department }) => department), ...departments])],
  }
}

/** The same of corrective actions alone: those that were open in one of the states. */
export function concernedByActions(...states: readonly Pick<Complaint, 'actions'>[]): Concerned {
  const open = states.flatMap(({ actions }) => actions.filter(isOpen))
  return { people: open.map(({ takenBy }) => takenBy), departments: open.map(({ origin }) => origin) }
}

const leads = (person: string, { lead, deputy }: Department): boolean => [lead, deputy].includes(person)

/** What somebody's Home consists of. */
export function planHome(person: string, chosen: HomeFilters, setup: Setup, asker: Asker): HomePlan {
  const known = chosen.department !== null && departmentOf(setup, chosen.department) !== undefined
  const filters = known ? chosen : { ...chosen, department: null }
  const { department, severity } = filters
  const keysOf = (departments: readonly Department[]) => departments.map(({ key }) => key)
  const led = keysOf(setup.departments.filter((one) => leads(person, one)))
  const own = keysOf(setup.departments.filter(({ key }) => isMember(key, person, { setup, asker })))
  const chosenOr = <Scope>(scope: Scope) => (department === null ? scope : [department])
  const answeredFor = led.length > 0 ? led : own.length > 0 ? own : null
  const scopes: Readonly<Record<HomeList, readonly string[] | null>> = {
    owned: chosenOr(null),
    filed: chosenOr(null),
    departments: chosenOr(own),
    unowned: chosenOr(answeredFor),
    overdue: chosenOr(answeredFor),
    all: chosenOr(null),
  }
  const isAdmin = setup.admins.includes(person)
  if (filters.list !== null) {
    const { list, page } = filters
    const departments = scopes[list]
    return {
      ...{ filters, isAdmin, load: [], loadByPerson: [], actions: null },
      queries: [{ list, departments, severity, page, limit: ON_PAGE }],
      watches: list === 'owned' || list === 'filed' ? [] : departments,
    }
  }
  const lists: readonly HomeList[] = led.length > 0 ? ['owned', 'filed', 'unowned', 'overdue'] : ['owned', 'filed']
  const load = chosenOr(own)
  return {
    ...{ filters, isAdmin, load },
    queries: lists.map((list) => ({ list, departments: scopes[list], severity, page: 0, limit: ON_OVERVIEW })),
    loadByPerson: led.filter((key) => department === null || key === department),
    actions: { led, origin: department },
    watches: [...new Set([...load, ...(led.length > 0 ? (scopes.unowned ?? []) : [])])],
  }
}

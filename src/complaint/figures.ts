import { DAY } from './time.ts'

/*
 * The figures of the weekly digest: what each one is, defined once. A figure is of one week, from one digest's slot to the
 * next (see week.ts), and of one cut: the whole company, or the complaints of one fixing department. They show whether it
 * was fixed, how long that took, whether it could have been avoided and why it happened. There is none about a person's
 * speed or number of calls, and there never will be.
 */

/** So many of so many. */
export interface Part {
  readonly count: number
  readonly of: number
}

/** What is compared with the week before. Lengths of time are medians in milliseconds, null where there was nothing to measure. */
export interface Figures {
  readonly filed: number
  readonly closed: number
  readonly reopened: number
  readonly promisesKept: Part
  readonly attempted: number
  readonly moved: number
  readonly onSite: Part
  readonly toOwn: number | null
  readonly toCallback: number | null
  readonly toFixed: number | null
  readonly fixedFirstTime: Part
  readonly avoidable: Part
  /** Hand-overs, of so many complaints. */
  readonly handOvers: Part
  readonly caused: number
}

/** A bar of the Pareto: one root cause. Shares are from 0 to 1. */
export interface CauseShare {
  /** Key of the leaf. */
  readonly key: string
  readonly name: string
  /** The name of its parent in the tree; null where it has none. */
  readonly group: string | null
  readonly count: number
  readonly share: number
  /** Its share together with those of all causes before it. */
  readonly cumulative: number
}

export interface OpenSince {
  readonly number: number
  readonly customer: string
  readonly owner: string | null
  /** When the customer told us; ISO instant. */
  readonly toldAt: string
}

/** The first ones of a list that may be long, and how many there are in all. */
export interface Top<Item> {
  readonly total: number
  readonly top: readonly Item[]
}

/** What is told of the week alone. */
export interface Lists {
  /** Most frequent first. */
  readonly causes: readonly CauseShare[]
  /** Longest open first. */
  readonly oldestOpen: readonly OpenSince[]
  readonly repeatCustomers: Top<{ readonly customer: string; readonly count: number }>
  readonly reporters: Top<{ readonly user: string; readonly count: number }>
}

/** A week's figures beside those of the week before. Plain JSON: the digest carries them as they were when its slot was taken. */
export interface FiguresPair extends Lists {
  /** ISO instants: the week itself. */
  readonly from: string
  readonly to: string
  readonly week: Figures
  readonly before: Figures
}

/** Most that a list holds. */
export const LONGEST = { oldestOpen: 5, repeatCustomers: 10, reporters: 50 } as const

/** A complaint reopened this long after its first close-out, or sooner, was not fixed the first time. Milliseconds. */
export const FIRST_TIME_WITHIN = 30 * DAY

/** How far back from the end of the week a customer's complaints make it a repeat customer. Milliseconds. */
export const REPEAT_WITHIN = 60 * DAY

export interface Definition {
  /** As people read it. */
  readonly name: string
  readonly formula: string
  readonly unit: 'complaints' | 'promises' | 'share' | 'per complaint' | 'median time' | 'list'
  /** The rule of PRODUCT it serves. */
  readonly rule: string
}

const RULES = {
  promise: "A promised call is made, to the minute, or moved with the customer's knowledge: nobody is let down.",
  site: "Somebody stands at the customer's site within 24 hours.",
  act: 'Apologise, then act.',
  responsibility: 'Take responsibility; no passing the buck.',
  hoops: "Don't make them jump through the same hoops twice.",
  gifts: 'Complaints are gifts: the reporter is thanked, and volume is never a black mark.',
  measure: 'Measure whether it was fixed, how long that took, whether it was avoidable, and why it happened.',
  caused: 'The department that caused it rarely hears a word.',
  open: 'Transparency and access to information.',
} as const

/** "In the week" is from its first instant up to, but without, its last. Complaints are as they stand when the figures are read. */
export const DEFINITIONS: Readonly<Record<keyof Figures | keyof Lists, Definition>> = {
  filed: {
    name: 'Filed',
    formula: 'Complaints filed in the week.',
    unit: 'complaints',
    rule: RULES.gifts,
  },
  closed: {
    name: 'Closed',
    formula: 'Complaints closed in the week and not reopened since.',
    unit: 'complaints',
    rule: RULES.measure,
  },
  reopened: {
    name: 'Reopened',
    formula: 'Complaints reopened in the week; one reopened more than once counts where it was reopened last.',
    unit: 'complaints',
    rule: RULES.measure,
  },
  promisesKept: {
    name: 'Promised calls made in time',
    formula:
      'Of the callback promises due in the week that were kept or missed, those kept; one still pending at the end of the week was missed. Attempted and moved ones do not count.',
    unit: 'share',
    rule: RULES.promise,
  },
  attempted: {
    name: 'Tried in time',
    formula: 'Callback promises due in the week for which a call was tried by then, but the customer was not reached.',
    unit: 'promises',
    rule: RULES.promise,
  },
  moved: {
    name: 'Moved',
    formula:
      'Callback promises due in the week that were replaced, before they were due, by another one with a reason.',
    unit: 'promises',
    rule: RULES.promise,
  },
  onSite: {
    name: 'On site in time',
    formula:
      'Of the response deadlines honoured in the week or due in it, those honoured no later than due. One that ended because its complaint was closed before it was due does not count.',
    unit: 'share',
    rule: RULES.site,
  },
  toOwn: {
    name: 'To own',
    formula: 'Median time from filing to the first owner, of the complaints first owned in the week.',
    unit: 'median time',
    rule: RULES.responsibility,
  },
  toCallback: {
    name: 'To first callback',
    formula: 'Median time from filing to the first callback tried, of the complaints where that was in the week.',
    unit: 'median time',
    rule: RULES.act,
  },
  toFixed: {
    name: 'To fixed',
    formula:
      'Median time from the moment the customer told us to the close-out, of the complaints closed in the week as fixed or made good.',
    unit: 'median time',
    rule: RULES.measure,
  },
  fixedFirstTime: {
    name: 'Fixed first time',
    formula:
      'Of the complaints whose first close-out was in the week and said fixed, those not reopened within 30 days of it, as far as is known at the end of the week.',
    unit: 'share',
    rule: RULES.hoops,
  },
  avoidable: {
    name: 'Avoidable',
    formula: 'Of the complaints closed in the week, those that could have been avoided.',
    unit: 'share',
    rule: RULES.measure,
  },
  handOvers: {
    name: 'Hand-overs per complaint',
    formula:
      'Times that the complaints closed in the week went to another department, per complaint closed; for a department, of those that it closed in the end.',
    unit: 'per complaint',
    rule: RULES.responsibility,
  },
  caused: {
    name: 'Caused',
    formula: 'Complaints closed in the week whose cause arose in the department; for the company, in any.',
    unit: 'complaints',
    rule: RULES.caused,
  },
  causes: {
    name: 'Why it happened',
    formula:
      'The complaints closed in the week by root cause, most frequent first, each with its share and the share reached so far; for a department, of those whose cause arose there.',
    unit: 'list',
    rule: RULES.measure,
  },
  oldestOpen: {
    name: 'Open the longest',
    formula:
      'The 5 complaints not closed, filed before the end of the week, whose customers told us first. Confidential ones are left out, as in the other lists of names.',
    unit: 'list',
    rule: RULES.open,
  },
  repeatCustomers: {
    name: 'Came back to us',
    formula:
      'Customers with two or more complaints filed in the 60 days before the end of the week, at least one of them in the week; most complaints first, the first 10 by name.',
    unit: 'list',
    rule: RULES.hoops,
  },
  reporters: {
    name: 'Thanks',
    formula: 'The people who filed complaints in the week, most first, the first 50 by name.',
    unit: 'list',
    rule: RULES.gifts,
  },
}

/** A week in which nothing happened. */
export const NO_FIGURES: Figures = {
  filed: 0,
  closed: 0,
  reopened: 0,
  promisesKept: { count: 0, of: 0 },
  attempted: 0,
  moved: 0,
  onSite: { count: 0, of: 0 },
  toOwn: null,
  toCallback: null,
  toFixed: null,
  fixedFirstTime: { count: 0, of: 0 },
  avoidable: { count: 0, of: 0 },
  handOvers: { count: 0, of: 0 },
  caused: 0,
}

export const NO_LISTS: Lists = {
  causes: [],
  oldestOpen: [],
  repeatCustomers: { total: 0, top: [] },
  reporters: { total: 0, top: [] },
}

/** Bars in order, with their shares: the most frequent first, equal ones by key. */
export function pareto(counts: readonly Pick<CauseShare, 'key' | 'name' | 'group' | 'count'>[]): CauseShare[] {
  const total = counts.reduce((sum, cause) => sum + cause.count, 0)
  let reached = 0
  return [...counts]
    .sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
    .map(({ key, name, group, count }) => {
      reached += count
      return { key, name, group, count, share: count / total, cumulative: reached / total }
    })
}

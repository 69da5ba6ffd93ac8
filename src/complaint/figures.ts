import type { Span } from './period.ts'
import { DEFAULT_CURRENCY } from './policy.ts'
import { DAY } from './time.ts'

/*
 * The figures of the digest, the report and everything else: what each one is, defined once. A figure is of one period
 * (a week goes from one digest's slot to the next, see week.ts) and of one cut: the whole company, or the complaints of one
 * fixing department. They show whether it was fixed, how long that took, whether it could have been avoided and why it
 * happened. There is none about a person's speed or number of calls, and there never will be.
 */

/** So many of so many. */
export interface Part {
  readonly count: number
  readonly of: number
}

/**
 * What is compared with the period before. Lengths of time are in milliseconds, null where there was nothing to measure: the
 * median, and what nine in ten stayed within.
 */
export interface Figures {
  readonly filed: number
  readonly closed: number
  readonly reopened: number
  readonly promisesKept: Part
  readonly attempted: number
  readonly moved: number
  readonly onSite: Part
  readonly withPart: Part
  readonly toOwn: number | null
  readonly toOwn90th: number | null
  readonly toCallback: number | null
  readonly toCallback90th: number | null
  readonly toFixed: number | null
  readonly toFixed90th: number | null
  readonly fixedFirstTime: Part
  readonly avoidable: Part
  /** Hand-overs, of so many complaints. */
  readonly handOvers: Part
  readonly caused: number
  readonly cameBack: number
  /** In the smallest unit of the pair's currency. */
  readonly makeGoodCost: number
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

/** A clock that ran out while its complaint is not closed. */
export interface Overdue {
  readonly number: number
  readonly customer: string
  readonly owner: string | null
  /** ISO instant. */
  readonly dueAt: string
}

/** Complaints closed, by the department where their cause arose. */
export interface OriginShare {
  /** Key of the department. */
  readonly key: string
  readonly name: string
  readonly count: number
  /** From 0 to 1. */
  readonly share: number
}

/** What is on a department's hands. */
export interface Load {
  /** Complaints not closed. */
  readonly open: number
  /** Of these, with a clock that ran out. */
  readonly overdue: number
  /** Of these, with nobody who owns them. */
  readonly unowned: number
}

/** The first ones of a list that may be long, and how many there are in all. */
export interface Top<Item> {
  readonly total: number
  readonly top: readonly Item[]
}

/** What is told of the period alone, as it is at its end. */
export interface Lists {
  readonly load: Load
  /** Most frequent first, as are the origins. */
  readonly causes: readonly CauseShare[]
  readonly origins: readonly OriginShare[]
  /** Longest over first. */
  readonly overdue: Top<Overdue>
  /** Longest open first. */
  readonly oldestOpen: readonly OpenSince[]
  readonly repeatCustomers: Top<{ readonly customer: string; readonly count: number }>
  readonly reporters: Top<{ readonly user: string; readonly count: number }>
}

/** A period's figures beside those of the one before. Plain JSON: the digest carries them as they were when its slot was taken. */
export interface FiguresPair extends Lists {
  readonly span: Span
  /** ISO instants: the period itself. */
  readonly from: string
  readonly to: string
  /** Of the cost of make-goods: the workspace's, when they were read. */
  readonly currency: string
  readonly period: Figures
  readonly before: Figures
}

/** What one customer, cause or department was given, in the smallest unit of the currency. */
export interface Cost {
  /** Null for what is not known yet: the cause of a complaint that is open. */
  readonly key: string | null
  readonly name: string | null
  readonly amount: number
  /** How many make-goods that were, those without an amount too. */
  readonly count: number
}

/** The dearest first. */
export type Costs = Readonly<Record<'customer' | 'cause' | 'department', readonly Cost[]>>

/** Most that a list holds. */
export const LONGEST = { overdue: 5, oldestOpen: 5, repeatCustomers: 10, reporters: 50, costs: 5 } as const

/** A complaint reopened this long after its first close-out, or sooner, was not fixed the first time. Milliseconds. */
export const FIRST_TIME_WITHIN = 30 * DAY

/** How far back from the end of a shorter period a customer's complaints make it a repeat customer. Milliseconds. */
export const REPEAT_WITHIN = 60 * DAY

export interface Definition {
  /** As people read it. */
  readonly name: string
  readonly formula: string
  readonly unit: 'complaints' | 'promises' | 'customers' | 'share' | 'per complaint' | 'time' | 'money' | 'list'
  /** Which way is better; null where neither is, as with how much was filed. */
  readonly better: 'more' | 'less' | null
  /** The rule of PRODUCT it serves. */
  readonly rule: string
}

const RULES = {
  promise: "A promised call is made, to the minute, or moved with the customer's knowledge: nobody is let down.",
  site: "Somebody stands at the customer's site within 24 hours, with the part in hand if possible.",
  act: 'Apologise, then act.',
  responsibility: 'Take responsibility; no passing the buck.',
  settle: 'Let staff settle the worst at once.',
  hoops: "Don't make them jump through the same hoops twice.",
  gifts: 'Complaints are gifts: the reporter is thanked, and volume is never a black mark.',
  measure: 'Measure whether it was fixed, how long that took, whether it was avoidable, and why it happened.',
  caused: 'The department that caused it rarely hears a word.',
  open: 'Transparency and access to information.',
  overwhelmed: "The fixers are overwhelmed: every department's open load is visible.",
} as const

/** "In the period" is from its first instant up to, but without, its last. Complaints are as they stand when the figures are read. */
export const DEFINITIONS: Readonly<Record<keyof Figures | keyof Lists, Definition>> = {
  filed: {
    name: 'Filed',
    formula: 'Complaints filed in the period. A duplicate counts with its original, once.',
    unit: 'complaints',
    better: null,
    rule: RULES.gifts,
  },
  closed: {
    name: 'Closed',
    formula: 'Complaints closed in the period and not reopened since.',
    unit: 'complaints',
    better: null,
    rule: RULES.measure,
  },
  reopened: {
    name: 'Reopened',
    formula: 'Complaints reopened in the period; one reopened more than once counts where it was reopened last.',
    unit: 'complaints',
    better: 'less',
    rule: RULES.measure,
  },
  promisesKept: {
    name: 'Promised calls made in time',
    formula:
      'Of the callback promises due in the period that were kept or missed, those kept; one still pending at the end of the period was missed. A duplicate’s pending one counts in the original, where it holds. Attempted and moved ones do not count.',
    unit: 'share',
    better: 'more',
    rule: RULES.promise,
  },
  attempted: {
    name: 'Tried in time',
    formula:
      'Callback promises due in the period for which a call was tried by then, but the customer was not reached.',
    unit: 'promises',
    better: null,
    rule: RULES.promise,
  },
  moved: {
    name: 'Moved',
    formula:
      'Callback promises due in the period that were replaced, before they were due, by another one with a reason.',
    unit: 'promises',
    better: null,
    rule: RULES.promise,
  },
  onSite: {
    name: 'On site in time',
    formula:
      'Of the response deadlines honoured in the period or due in it, those honoured no later than due. One that ended because its complaint was closed before it was due does not count, nor does the one that stands still in a duplicate.',
    unit: 'share',
    better: 'more',
    rule: RULES.site,
  },
  withPart: {
    name: 'With the part in hand',
    formula:
      'Of the response deadlines honoured in time (see above) by somebody on site, those where "Parts in hand" named parts, or said yes, at the arrival. Remote fixes do not count.',
    unit: 'share',
    better: 'more',
    rule: RULES.site,
  },
  toOwn: {
    name: 'To own',
    formula: 'Time from filing to the first owner, of the complaints first owned in the period: the median.',
    unit: 'time',
    better: 'less',
    rule: RULES.responsibility,
  },
  toOwn90th: {
    name: 'To own, nine in ten',
    formula:
      'Time from filing to the first owner, of the complaints first owned in the period: what nine in ten stayed within, the 90th percentile between the nearest two.',
    unit: 'time',
    better: 'less',
    rule: RULES.responsibility,
  },
  toCallback: {
    name: 'To first callback',
    formula:
      'Time from filing to the first callback tried, of the complaints where that was in the period: the median.',
    unit: 'time',
    better: 'less',
    rule: RULES.act,
  },
  toCallback90th: {
    name: 'To first callback, nine in ten',
    formula:
      'Time from filing to the first callback tried, of the complaints where that was in the period: what nine in ten stayed within, the 90th percentile between the nearest two.',
    unit: 'time',
    better: 'less',
    rule: RULES.act,
  },
  toFixed: {
    name: 'To fixed',
    formula:
      'Time from the moment the customer told us to the close-out, of the complaints closed in the period as fixed or made good: the median.',
    unit: 'time',
    better: 'less',
    rule: RULES.measure,
  },
  toFixed90th: {
    name: 'To fixed, nine in ten',
    formula:
      'Time from the moment the customer told us to the close-out, of the complaints closed in the period as fixed or made good: what nine in ten stayed within, the 90th percentile between the nearest two.',
    unit: 'time',
    better: 'less',
    rule: RULES.measure,
  },
  fixedFirstTime: {
    name: 'Fixed first time',
    formula:
      'Of the complaints whose first close-out was in the period and said fixed, those not reopened within 30 days of it, as far as is known at the end of the period.',
    unit: 'share',
    better: 'more',
    rule: RULES.hoops,
  },
  avoidable: {
    name: 'Avoidable',
    formula: 'Of the complaints closed in the period, those that could have been avoided.',
    unit: 'share',
    better: 'less',
    rule: RULES.measure,
  },
  handOvers: {
    name: 'Hand-overs per complaint',
    formula:
      'Times that the complaints closed in the period went to another department, per complaint closed; for a department, of those that it closed in the end.',
    unit: 'per complaint',
    better: 'less',
    rule: RULES.responsibility,
  },
  caused: {
    name: 'Caused',
    formula: 'Complaints closed in the period whose cause arose in the department; for the company, in any.',
    unit: 'complaints',
    better: null,
    rule: RULES.caused,
  },
  makeGoodCost: {
    name: 'Make-good cost',
    formula:
      "The amounts of the make-goods granted in the period, in the workspace's currency; of a department, those that it granted or its lead did. Those without an amount count nothing.",
    unit: 'money',
    better: null,
    rule: RULES.settle,
  },
  cameBack: {
    name: 'Customers who came back',
    formula:
      'Customers with two or more complaints, duplicates not counted, filed in the period (in the 60 days before its end, where it is shorter), at least one of them in the period.',
    unit: 'customers',
    better: 'less',
    rule: RULES.hoops,
  },
  load: {
    name: 'On our hands',
    formula:
      'Complaints not closed and no duplicates, filed before the end of the period; of these, those with a clock that had run out by then, and those that nobody owns.',
    unit: 'complaints',
    better: null,
    rule: RULES.overwhelmed,
  },
  causes: {
    name: 'Why it happened',
    formula:
      'The complaints closed in the period by root cause, most frequent first, each with its share and the share reached so far; for a department, of those whose cause arose there.',
    unit: 'list',
    better: null,
    rule: RULES.measure,
  },
  origins: {
    name: 'Where it arose',
    formula:
      'The complaints closed in the period by the department where their cause arose, most first, each with its share; for a department, of those that it closed.',
    unit: 'list',
    better: null,
    rule: RULES.caused,
  },
  overdue: {
    name: 'Overdue',
    formula:
      'The complaints not closed with a clock that had run out by the end of the period, longest over first, the first 5.',
    unit: 'list',
    better: null,
    rule: RULES.promise,
  },
  oldestOpen: {
    name: 'Open the longest',
    formula:
      'The 5 complaints not closed and no duplicates, filed before the end of the period, whose customers told us first.',
    unit: 'list',
    better: null,
    rule: RULES.open,
  },
  repeatCustomers: {
    name: 'Came back to us',
    formula: 'The customers who came back to us (see above), most complaints first, the first 10 by name.',
    unit: 'list',
    better: null,
    rule: RULES.hoops,
  },
  reporters: {
    name: 'Thanks',
    formula: 'The people who filed complaints in the period, duplicates too, most first, the first 50 by name.',
    unit: 'list',
    better: null,
    rule: RULES.gifts,
  },
}

/** A period in which nothing happened. */
export const NO_FIGURES: Figures = {
  filed: 0,
  closed: 0,
  reopened: 0,
  promisesKept: { count: 0, of: 0 },
  attempted: 0,
  moved: 0,
  onSite: { count: 0, of: 0 },
  withPart: { count: 0, of: 0 },
  toOwn: null,
  toOwn90th: null,
  toCallback: null,
  toCallback90th: null,
  toFixed: null,
  toFixed90th: null,
  fixedFirstTime: { count: 0, of: 0 },
  avoidable: { count: 0, of: 0 },
  handOvers: { count: 0, of: 0 },
  caused: 0,
  makeGoodCost: 0,
  cameBack: 0,
}

export const NO_LISTS: Lists = {
  load: { open: 0, overdue: 0, unowned: 0 },
  causes: [],
  origins: [],
  overdue: { total: 0, top: [] },
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

/** What an older version wrote down lacks the figures that came later, and knew of weeks alone. */
export const completed = (
  known: Partial<FiguresPair> & Pick<FiguresPair, 'from' | 'to'> & { readonly week?: Partial<Figures> },
): FiguresPair => {
  const { week, ...pair } = known
  return {
    ...{ span: 'week', currency: DEFAULT_CURRENCY, ...NO_LISTS, ...pair },
    period: { ...NO_FIGURES, ...week, ...pair.period },
    before: { ...NO_FIGURES, ...pair.before },
  }
}

/** The most frequent first, equal ones by key. */
export function shares(counts: readonly Omit<OriginShare, 'share'>[]): OriginShare[] {
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  return [...counts]
    .sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
    .map(({ key, name, count }) => ({ key, name, count, share: count / total }))
}

/** A figure as a number, a share from 0 to 1; null where there is nothing to measure. */
export const numberOf = (value: Figures[keyof Figures]): number | null =>
  typeof value === 'object' && value !== null ? (value.of === 0 ? null : value.count / value.of) : value

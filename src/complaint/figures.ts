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
  readonly actionsDone: Part
  readonly actionsEffective: Part
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

/** A corrective action that was due and is not done. */
export interface OverdueAction {
  /** What it was agreed for, by number: a complaint, or a systemic flaw. */
  readonly complaint: number | null
  readonly flaw: number | null
  /** How it begins. */
  readonly words: string
  readonly takenBy: string
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
  /** Longest over first; of a department, those for what arose there. */
  readonly overdueActions: Top<OverdueAction>
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
export const LONGEST = {
  overdue: 5,
  overdueActions: 3,
  oldestOpen: 5,
  repeatCustomers: 10,
  reporters: 50,
  costs: 5,
} as const

/** A complaint reopened this long after its first close-out, or sooner, was not fixed the first time. Milliseconds. */
export const FIRST_TIME_WITHIN = 30 * DAY

/** How far back from the end of a shorter period a customer's complaints make it a repeat customer. Milliseconds. */
export const REPEAT_WITHIN = 60 * DAY

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
  actionsDone: { count: 0, of: 0 },
  actionsEffective: { count: 0, of: 0 },
  cameBack: 0,
}

export const NO_LISTS: Lists = {
  load: { open: 0, overdue: 0, unowned: 0 },
  causes: [],
  origins: [],
  overdue: { total: 0, top: [] },
  overdueActions: { total: 0, top: [] },
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

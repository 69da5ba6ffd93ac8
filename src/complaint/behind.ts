import type { Period } from './period.ts'

/** The lists of complaints that stand behind figures, each named after its figure. */
export const BEHIND = [
  'filed',
  'closed',
  'reopened',
  'promisesKept',
  'attempted',
  'moved',
  'onSite',
  'withPart',
  'toOwn',
  'toCallback',
  'toFixed',
  'fixedFirstTime',
  'avoidable',
  'handOvers',
  'caused',
  'makeGoodCost',
  'cameBack',
  'open',
  'overdue',
  'unowned',
] as const
export type Behind = (typeof BEHIND)[number]

/** Corrective actions that were overdue at an instant and are not done; of one origin department, or of all (null). */
export interface OverdueActions {
  readonly at: Date
  readonly department: string | null
}

/** Which list: of what is measured against a promise, a deadline or a fix, those that fell short. */
export interface ListBehind {
  readonly figure: Behind
  readonly period: Period
  /** Key of the department whose cut it is; null for the company. */
  readonly department: string | null
}

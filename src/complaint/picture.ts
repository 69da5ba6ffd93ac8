import type { CauseShare, Part } from './figures.ts'

/** What is drawn, as plain figures: JSON that a message carries, from when they were read. Instants are ISO, UTC. */
export type Picture = ParetoPicture | TrendPicture | LoadPicture | FlawPicture

/** Why it happened: the causes of what was closed, and the share reached with each. */
export interface ParetoPicture {
  readonly kind: 'pareto'
  /** The department where the causes arose; null for the whole company. */
  readonly department: string | null
  readonly from: string
  readonly to: string
  readonly timezone: string
  /** Most frequent first. */
  readonly causes: readonly CauseShare[]
}

export interface WeekKept {
  readonly from: string
  readonly to: string
  /** Of the promised calls due in the week, those made in time. */
  readonly kept: Part
}

/** Whether the calls we promised were made, week by week. */
export interface TrendPicture {
  readonly kind: 'trend'
  readonly timezone: string
  /** Oldest first. */
  readonly weeks: readonly WeekKept[]
}

export interface DepartmentLoad {
  readonly name: string
  /** Complaints not closed. */
  readonly open: number
  /** Of these, with a clock that ran out. */
  readonly overdue: number
  /** Of these, with nobody who owns them. */
  readonly unowned: number
}

/** What each department has on its hands. */
export interface LoadPicture {
  readonly kind: 'load'
  /** ISO instant. */
  readonly at: string
  readonly timezone: string
  readonly departments: readonly DepartmentLoad[]
}

export interface WeekCount {
  readonly from: string
  readonly to: string
  readonly count: number
}

/** Complaints of one kind, week by week: what it is called stands beside it. */
export interface FlawPicture {
  readonly kind: 'flaw'
  readonly timezone: string
  /** Oldest first, up to when the flaw was raised. */
  readonly weeks: readonly WeekCount[]
}

/** Most bars of one picture; what is left is drawn as one. */
export const MOST_BARS = { causes: 6, departments: 12 } as const

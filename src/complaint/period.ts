/** `from` is inside, `to` is not. */
export interface Period {
  readonly from: Date
  readonly to: Date
}

/** The period that figures are about, and the one it is compared with. */
export interface Periods {
  readonly period: Period
  readonly before: Period
}

export const SPANS = ['week', 'month', 'quarter'] as const
export type Span = (typeof SPANS)[number]

import { departmentOf, type Level, type Setup } from './setup.ts'
import type { Complaint } from './types.ts'

const levelsOf = (complaint: Complaint, setup: Setup): readonly Level[] =>
  departmentOf(setup, complaint.department)?.levels ?? []

/**
 * How many levels up a complaint is in its department; 0 is the department itself. Where levels were taken out of the
 * configuration, the highest that is left counts.
 */
export const heightOf = (complaint: Complaint, setup: Setup): number =>
  Math.min(complaint.levels[complaint.department] ?? 0, levelsOf(complaint, setup).length)

/** The level that a complaint has reached; null for the department itself. */
export const levelOf = (complaint: Complaint, setup: Setup): Level | null =>
  levelsOf(complaint, setup)[heightOf(complaint, setup) - 1] ?? null

/** The level that it can be raised to; null where there is none. */
export const levelAbove = (complaint: Complaint, setup: Setup): Level | null =>
  levelsOf(complaint, setup)[heightOf(complaint, setup)] ?? null

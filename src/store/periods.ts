import { type SQL, sql } from 'drizzle-orm'
import { FIRST_TIME_WITHIN, REPEAT_WITHIN } from '../complaint/figures.ts'
import type { Period } from '../complaint/period.ts'
import { HOUR, plus } from '../complaint/time.ts'

/* What happened in a period, as conditions on rows: the figures count by these, and the lists behind them are found by these. */

// Both drivers take text, and only one of them takes dates.
export const instant = (date: Date): SQL => sql`${date.toISOString()}::timestamptz`

export const within = (column: SQL, { from, to }: Period): SQL =>
  sql`(${column} >= ${instant(from)} and ${column} < ${instant(to)})`

/** Of complaints. */
export const filedIn = (period: Period): SQL => within(sql`filed_at`, period)
/** A duplicate counts with its original. */
export const filedAnewIn = (period: Period): SQL => sql`(duplicate_of is null and ${filedIn(period)})`
export const closedIn = (period: Period): SQL => within(sql`closed_at`, period)
export const reopenedIn = (period: Period): SQL => within(sql`reopened_at`, period)
export const ownedIn = (period: Period): SQL => within(sql`owned_at`, period)
export const mendedIn = (period: Period): SQL => sql`fix in ('fixed', 'made-good') and ${closedIn(period)}`
export const firstFixedIn = (period: Period): SQL =>
  sql`first_fix = 'fixed' and ${within(sql`first_closed_at`, period)}`

/** Of those: not so after all, as far as is known at the end of the period. In hours: a day is not always 24 of them. */
export const reopenedSoon = ({ to }: Period): SQL => sql`(first_reopened_at < ${instant(to)}
  and first_reopened_at <= first_closed_at + make_interval(hours => ${sql.raw(String(FIRST_TIME_WITHIN / HOUR))})) is true`

/** Of promises. */
export const dueIn = (period: Period): SQL => within(sql`due_at`, period)
export const isKeptOrMissed = sql`state in ('kept', 'missed', 'pending')`

/** A duplicate's clocks stand still: what its customer was promised counts where it holds, in the original. */
const runsItself = (workspace: string): SQL =>
  sql`(select duplicate_of from complaints c where c.workspace = ${workspace} and c.number = complaint) is null`
/** Of promises and of responses. */
export const promiseCounts = (workspace: string): SQL => sql`(state <> 'pending' or ${runsItself(workspace)})`
export const answerCounts = (workspace: string): SQL => sql`(state <> 'running' or ${runsItself(workspace)})`

/** Of responses: each counts once, where it is known how it went. */
export const answeredIn = (period: Period): SQL =>
  sql`(${isEarly} and ${within(sql`ended_at`, period)} or not (${isEarly}) and ${dueIn(period)})`
const isEarly = sql`state = 'honoured' and ended_at < due_at`
export const isAnswerCounted = sql`state <> 'superseded' and not (state = 'closed' and ended_at < due_at)`
export const isAnsweredInTime = sql`state = 'honoured' and ended_at <= due_at`

/** Of corrective actions that were done: when it is known whether they worked. */
export const JUDGED_AT = sql`coalesce(recurred_at, watched_until)`

/** Of complaints, those on our hands; wherever load is told, it is this. */
export const IS_OPEN = sql`status <> 'closed' and duplicate_of is null`
export const IS_UNOWNED = sql`owner is null`
export const openAt = (at: Date): SQL => sql`${IS_OPEN} and filed_at < ${instant(at)}`
/** A clock has run out from its deadline on. */
export const overdueAt = (at: Date): SQL => sql`next_deadline <= ${instant(at)}`
/** The same of corrective actions. */
export const actionOverdueAt = (at: Date): SQL => sql`due_at <= ${instant(at)}`

/** In which a customer's complaints make it one that came back. */
export function cameBackWithin({ from, to }: Period): Period {
  const back = plus(to, -REPEAT_WITHIN)
  return { from: back < from ? back : from, to }
}

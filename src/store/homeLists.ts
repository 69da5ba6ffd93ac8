import { type SQL, sql } from 'drizzle-orm'
import type { HomeQuery } from '../complaint/home.ts'
import { DAY, plus } from '../complaint/time.ts'
import type { Reader } from './database.ts'
import { rowsOf } from './migrate.ts'
import { IS_OPEN, IS_UNOWNED, instant, overdueAt } from './periods.ts'

/** What was closed longer ago is left out of what somebody filed. Milliseconds. */
const CLOSED_LATELY = 14 * DAY

export interface FoundComplaint {
  readonly number: number
  /** Where its card stands, once posted. */
  readonly card: { readonly channel: string; readonly ts: string } | null
}

/** A page of a list: where the one asked for lies past the end, the last one. */
export interface HomePage {
  readonly found: readonly FoundComplaint[]
  readonly page: number
  readonly total: number
}

const oneOf = (texts: readonly string[]): SQL =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(texts)}::text::jsonb))`

function conditionOf({ list, departments, severity }: HomeQuery, person: string, now: Date): SQL {
  const lately = instant(plus(now, -CLOSED_LATELY))
  const only: Readonly<Record<HomeQuery['list'], SQL>> = {
    owned: sql`${IS_OPEN} and owner = ${person}`,
    // A duplicate goes with its original.
    filed: sql`reporter = ${person} and (closed_at is null or closed_at > ${lately})
      and not exists (select 1 from complaints o
        where o.workspace = complaints.workspace and o.number = complaints.duplicate_of and o.closed_at <= ${lately})`,
    departments: IS_OPEN,
    unowned: sql`${IS_OPEN} and ${IS_UNOWNED}`,
    overdue: sql`${IS_OPEN} and ${overdueAt(now)}`,
    all: IS_OPEN,
  }
  return sql`${only[list]}
    ${departments === null ? sql`` : sql`and department = any(${oneOf(departments)})`}
    ${severity === null ? sql`` : sql`and severity = ${severity}`}`
}

/** The soonest deadline first, those without a running clock last, and after them what is closed. */
export async function readHomePage(
  db: Reader,
  workspace: string,
  person: string,
  query: HomeQuery,
  now: Date,
): Promise<HomePage> {
  const { page, limit } = query
  const rows = rowsOf<{ number: number; channel: string | null; ts: string | null; total: number; page: number }>(
    await db.execute(sql`
      with found as (
        select number, card_channel, card_ts, next_deadline, closed_at from complaints
        where workspace = ${workspace} and ${conditionOf(query, person, now)}),
      counted as (
        select count(*)::int as total, least(${page}::int, greatest(count(*)::int - 1, 0) / ${limit}::int) as page from found)
      select number, card_channel as channel, card_ts as ts, total, page from found, counted
      order by closed_at desc nulls first, next_deadline, number
      offset (select page * ${limit}::int from counted) limit ${limit}`),
  )
  return {
    found: rows.map(({ number, channel, ts }) => ({ number, card: channel && ts ? { channel, ts } : null })),
    page: rows[0]?.page ?? 0,
    total: rows[0]?.total ?? 0,
  }
}

/** How many complaints are open, and how they stand. */
export interface Load {
  readonly open: number
  readonly unowned: number
  readonly overdue: number
}

const LOAD = (now: Date): SQL => sql`count(*)::int as open, count(*) filter (where ${IS_UNOWNED})::int as unowned,
  count(*) filter (where ${overdueAt(now)})::int as overdue`

/** The open load of departments, by their keys; one without any is not there. */
export async function readLoad(
  db: Reader,
  workspace: string,
  departments: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Load>> {
  if (departments.length === 0) return new Map()
  const rows = rowsOf<Load & { department: string }>(
    await db.execute(sql`
      select department, ${LOAD(now)} from complaints
      where workspace = ${workspace} and ${IS_OPEN} and department = any(${oneOf(departments)}) group by department`),
  )
  return new Map(rows.map(({ department, ...load }) => [department, load]))
}

export interface PersonsLoad extends Load {
  readonly person: string
}

/** Who owns how much in these departments, the most first. */
export async function readLoadByPerson(
  db: Reader,
  workspace: string,
  departments: readonly string[],
  limit: number,
  now: Date,
): Promise<readonly PersonsLoad[]> {
  if (departments.length === 0) return []
  return rowsOf<PersonsLoad>(
    await db.execute(sql`
      select owner as person, ${LOAD(now)} from complaints
      where workspace = ${workspace} and ${IS_OPEN} and owner is not null and department = any(${oneOf(departments)})
      group by owner order by count(*) desc, owner limit ${limit}`),
  )
}

/** The next deadline to pass of what somebody owns or filed, or of what is in these departments (null: in any). */
export async function readNextDeadline(
  db: Reader,
  workspace: string,
  person: string,
  departments: readonly string[] | null,
  now: Date,
): Promise<Date | null> {
  const [row] = rowsOf<{ at: string | Date }>(
    await db.execute(sql`
      select next_deadline as at from complaints
      where workspace = ${workspace} and ${IS_OPEN} and next_deadline > ${instant(now)}
        ${departments === null ? sql`` : sql`and (owner = ${person} or reporter = ${person} or department = any(${oneOf(departments)}))`}
      order by next_deadline limit 1`),
  )
  return row ? new Date(row.at) : null
}

import { type SQL, sql } from 'drizzle-orm'
import { type Cost, type Costs, LONGEST } from '../complaint/figures.ts'
import type { Period } from '../complaint/period.ts'
import type { Reader } from './database.ts'
import { rowsOf } from './migrate.ts'

/** Nobody's name is told of what is confidential. */
const OPENLY = sql`(select * from granted where not is_confidential) openly`

/**
 * What the make-goods granted in a span of time came to, in one currency: by customer, by root cause (of complaints closed
 * since; null while it is not known) and by the department that granted them. The dearest of each first.
 */
export async function readCosts(db: Reader, workspace: string, { from, to }: Period, currency: string): Promise<Costs> {
  // Both drivers take text, and only one of them takes dates.
  const instant = (date: Date): SQL => sql`${date.toISOString()}::timestamptz`
  const ranked = (key: SQL, name: SQL, rows = sql`granted`) => sql`(
    select coalesce(json_agg(x order by amount desc, count desc, key), '[]') from (
      select ${key}::text as key, ${name} as name, coalesce(sum(amount), 0) as amount, count(*) as count
      from ${rows} group by ${key}
      order by coalesce(sum(amount), 0) desc, count(*) desc, ${key} limit ${LONGEST.costs}
    ) x)`
  const found = await db.execute(sql`
    with granted as materialized (
      select g.amount, g.department, c.customer, c.root_cause as cause, c.is_confidential
      from make_goods g join complaints c on c.workspace = ${workspace} and c.number = g.complaint
      where g.workspace = ${workspace} and g.state = 'granted' and g.currency = ${currency}
        and g.decided_at >= ${instant(from)} and g.decided_at < ${instant(to)}
    )
    select json_build_object(
      'customer', ${ranked(sql`customer`, sql`(select coalesce(called, name) from customers where workspace = ${workspace} and id = customer)`, OPENLY)},
      'cause', ${ranked(sql`cause`, sql`coalesce((select name from root_causes where workspace = ${workspace} and key = cause), cause)`)},
      'department', ${ranked(sql`department`, sql`coalesce((select name from departments d where workspace = ${workspace} and d.key = department), department)`)}
    )::text as costs`)
  const [row] = rowsOf<{ costs: string }>(found)
  const costs: Record<keyof Costs, Cost[]> = row ? JSON.parse(row.costs) : { customer: [], cause: [], department: [] }
  return costs
}

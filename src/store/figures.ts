import { type SQL, sql } from 'drizzle-orm'
import {
  type CauseShare,
  FIRST_TIME_WITHIN,
  type Figures,
  type FiguresPair,
  type Lists,
  LONGEST,
  NO_FIGURES,
  NO_LISTS,
  pareto,
  REPEAT_WITHIN,
} from '../complaint/figures.ts'
import type { WeekKept } from '../complaint/picture.ts'
import { HOUR, plus } from '../complaint/time.ts'
import type { Week, Weeks } from '../complaint/week.ts'
import type { Reader } from './database.ts'
import { rowsOf } from './migrate.ts'

/** The figures as complaint/figures.ts defines them, of the company and of every department by its key, in one round trip. */
export async function readFigures(
  db: Reader,
  workspace: string,
  weeks: Weeks,
): Promise<{ company: FiguresPair; departments: Record<string, FiguresPair> }> {
  const rows = rowsOf<{ department: string | null; part: string }>(await db.execute(figuresQuery(workspace, weeks)))
  const of = (department: string | null): FiguresPair =>
    pairOf(
      weeks,
      rows.filter((row) => row.department === department).map((row) => JSON.parse(row.part) as Found),
    )
  const keys = new Set(rows.flatMap((row) => row.department ?? []))
  return { company: of(null), departments: Object.fromEntries([...keys].map((key) => [key, of(key)])) }
}

/** Of each week, how many promised calls were made in time: the same figure, of the whole company, over many weeks. */
export async function readPromisesKept(db: Reader, workspace: string, weeks: readonly Week[]): Promise<WeekKept[]> {
  const [first, last] = [weeks[0], weeks.at(-1)]
  if (!first || !last) return []
  const starts = sql.join(
    weeks.map(({ from }) => instant(from)),
    sql`, `,
  )
  const rows = rowsOf<{ week: number; kept: number; due: number }>(
    await db.execute(sql`
      select width_bucket(due_at, array[${starts}])::int as week, ${many(sql`state = 'kept'`)}::int as kept, count(*)::int as due
      from promises
      where workspace = ${workspace} and ${within(sql`due_at`, { from: first.from, to: last.to })}
        and state in ('kept', 'missed', 'pending')
      group by 1`),
  )
  return weeks.map(({ from, to }, index) => {
    const found = rows.find(({ week }) => week === index + 1)
    const kept = { count: found?.kept ?? 0, of: found?.due ?? 0 }
    return { from: from.toISOString(), to: to.toISOString(), kept }
  })
}

type FoundLists = Omit<Lists, 'causes' | 'oldestOpen'> & {
  causes: Pick<CauseShare, 'key' | 'name' | 'group' | 'count'>[]
  oldestOpen: { number: number; customer: string; owner: string | null; toldAt: number }[]
}

/** What one part of the statement tells about one cut. */
type Found = Partial<FoundLists & { week: Partial<Figures>; before: Partial<Figures> }>

function pairOf({ week }: Weeks, parts: readonly Found[]): FiguresPair {
  const found: Found = Object.assign({}, ...parts)
  return {
    from: week.from.toISOString(),
    to: week.to.toISOString(),
    week: Object.assign({}, NO_FIGURES, ...parts.map((part) => part.week)),
    before: Object.assign({}, NO_FIGURES, ...parts.map((part) => part.before)),
    causes: pareto(found.causes ?? []),
    oldestOpen: (found.oldestOpen ?? []).map((open) => ({ ...open, toldAt: new Date(open.toldAt).toISOString() })),
    repeatCustomers: found.repeatCustomers ?? NO_LISTS.repeatCustomers,
    reporters: found.reporters ?? NO_LISTS.reporters,
  }
}

// Both drivers take text, and only one of them takes dates.
const instant = (date: Date): SQL => sql`${date.toISOString()}::timestamptz`

const within = (column: SQL, { from, to }: Week): SQL =>
  sql`(${column} >= ${instant(from)} and ${column} < ${instant(to)})`

/** A figure as JSON: how many rows there are of which `what` is true. */
const many = (what: SQL): SQL => sql`count(*) filter (where ${what})`
const part = (what: SQL, of: SQL): SQL =>
  sql`json_build_object('count', ${many(sql`${of} and ${what}`)}, 'of', ${many(of)})`
/** Whole milliseconds, so that the mean of the middle two is the same in every arithmetic. */
const median = (from: SQL, to: SQL, of: SQL): SQL =>
  sql`percentile_cont(0.5) within group (order by round(date_part('epoch', ${to} - ${from}) * 1000)) filter (where ${of})`

/** The same figures of the week and of the week before. */
const both = ({ week, before }: Weeks, figures: (week: Week) => SQL): SQL =>
  sql`json_build_object('week', json_build_object(${figures(week)}), 'before', json_build_object(${figures(before)}))::text`

/**
 * One statement, whose rows are parts to be laid on top of each other: `department` null is the company. Every table is
 * read by ranges of indexes: complaints once, as `recent`, and once more by when they were filed, in an index alone.
 *
 * It must not lean on estimates: what happened last week lies beyond the newest statistics, so Postgres takes it for one
 * row, and would join by going through everything again for each row (84 s instead of 0.3 s, with a million complaints).
 */
export function figuresQuery(workspace: string, weeks: Weeks): SQL {
  const all: Week = { from: weeks.before.from, to: weeks.week.to }
  const longer: Week = { from: plus(all.to, -REPEAT_WITHIN), to: all.to }
  const closed = (week: Week) => within(sql`closed_at`, week)

  const ofFilings = (week: Week) => sql`'filed', ${many(within(sql`filed_at`, week))}`
  const ofComplaints = (week: Week) => {
    const fixed = sql`fix in ('fixed', 'made-good') and ${closed(week)}`
    const firstFixed = sql`first_fix = 'fixed' and ${within(sql`first_closed_at`, week)}`
    // In hours: a day is not always 24 of them.
    const again = sql`first_reopened_at < ${instant(week.to)}
      and first_reopened_at <= first_closed_at + make_interval(hours => ${sql.raw(String(FIRST_TIME_WITHIN / HOUR))})`
    return sql`
      'closed', ${many(closed(week))},
      'reopened', ${many(within(sql`reopened_at`, week))},
      'toOwn', ${median(sql`filed_at`, sql`owned_at`, within(sql`owned_at`, week))},
      'toFixed', ${median(sql`told_at`, sql`closed_at`, fixed)},
      'fixedFirstTime', ${part(sql`(${again}) is not true`, firstFixed)},
      'avoidable', ${part(sql`avoidable`, closed(week))},
      'handOvers', json_build_object('count', coalesce(sum(hand_overs) filter (where ${closed(week)}), 0), 'of', ${many(closed(week))})`
  }
  const ofPromises = (week: Week) => {
    const due = within(sql`due_at`, week)
    return sql`
      'promisesKept', ${part(sql`state = 'kept'`, sql`state in ('kept', 'missed', 'pending') and ${due}`)},
      'attempted', ${many(sql`state = 'attempted' and ${due}`)},
      'moved', ${many(sql`state = 'moved' and ${due}`)}`
  }
  const ofResponses = (week: Week) => {
    const counts = sql`(${within(sql`due_at`, week)} or state = 'honoured' and ${within(sql`ended_at`, week)})
      and not (state = 'closed' and ended_at < due_at)`
    return sql`'onSite', ${part(sql`state = 'honoured' and ended_at <= due_at`, counts)}`
  }
  const ofCallbacks = (week: Week) => sql`'toCallback', ${median(sql`filed_at`, sql`at`, within(sql`at`, week))}`
  const ofCauses = (week: Week) => sql`'caused', ${many(closed(week))}`

  /** Rows of `table` with the department and the filing of their complaint, which few of them have to look up. */
  const withComplaint = (table: SQL, where: SQL): SQL => {
    const lookUp = (column: SQL): SQL =>
      sql`(select ${column} from complaints where workspace = ${workspace} and number = complaint)`
    // A full join, which is never carried out by going through all of one side for each row of the other. What only
    // `recent` holds comes along and counts nowhere: it has no times.
    return sql`(
      select t.*, coalesce(r.department, ${lookUp(sql`department`)}) as department,
        coalesce(r.filed_at, ${lookUp(sql`filed_at`)}) as filed_at
      from (select * from ${table} where workspace = ${workspace} and ${where}) t
      full join recent r on r.number = t.complaint
    ) t`
  }

  return sql`
    with recent as materialized (
      select number, department, filed_at, told_at, owned_at, reopened_at, closed_at, root_cause, origin, fix, avoidable, hand_overs,
        first_closed_at, first_fix, first_reopened_at
      from complaints
      where workspace = ${workspace} and (
        ${within(sql`owned_at`, all)} or ${closed(all)} or ${within(sql`reopened_at`, all)}
        -- One that was never reopened was closed for the first time when it was closed.
        or ${within(sql`first_closed_at`, all)} and first_reopened_at is not null)
    ),
    oldest as materialized (
      select d.key as department, o.* from departments d cross join lateral (
        select number, customer_name, owner, told_at from complaints c
        where c.workspace = ${workspace} and c.department = d.key and status <> 'closed'
          and told_at < ${instant(all.to)} and filed_at < ${instant(all.to)} and not is_confidential
        order by told_at, number limit ${LONGEST.oldestOpen}
      ) o where d.workspace = ${workspace}
    )

    select key as department, '{}' as part from departments where workspace = ${workspace}

    union all
    select department, ${both(weeks, ofComplaints)} from recent group by rollup (department)

    union all
    select department, ${both(weeks, ofFilings)}
    from complaints where workspace = ${workspace} and ${within(sql`filed_at`, all)} group by rollup (department)

    union all
    select department, ${both(weeks, ofPromises)}
    from ${withComplaint(sql`promises`, within(sql`due_at`, all))} group by rollup (department)

    union all
    select department, ${both(weeks, ofResponses)}
    from ${withComplaint(sql`responses`, sql`(${within(sql`due_at`, all)} or state = 'honoured' and ${within(sql`ended_at`, all)})`)}
    group by rollup (department)

    union all
    select department, ${both(weeks, ofCallbacks)}
    from ${withComplaint(sql`callbacks`, sql`seq = 1 and ${within(sql`at`, all)}`)} group by rollup (department)

    union all
    select origin, ${both(weeks, ofCauses)} from recent where ${closed(all)} group by rollup (origin)

    union all
    select x.origin, json_build_object('causes', json_agg(json_build_object('key', x.root_cause, 'count', x.count,
      'name', coalesce(leaf.name, x.root_cause), 'group', parent.name)))::text
    from (
      select origin, root_cause, count(*) from recent where ${closed(weeks.week)}
      group by grouping sets ((root_cause), (origin, root_cause))
    ) x
    left join root_causes leaf on leaf.workspace = ${workspace} and leaf.key = x.root_cause
    left join root_causes parent on parent.workspace = ${workspace} and parent.key = leaf.parent
    group by x.origin

    union all
    select department, json_build_object('oldestOpen', json_agg(json_build_object('number', number,
      'customer', customer_name, 'owner', owner, 'toldAt', round(date_part('epoch', told_at) * 1000))
      order by told_at, number))::text
    from (
      select * from oldest
      union all
      (select null, number, customer_name, owner, told_at from oldest order by told_at, number limit ${LONGEST.oldestOpen})
    ) x group by department

    union all
    select department, json_build_object('reporters', json_build_object('total', max(total), 'top',
      json_agg(json_build_object('user', reporter, 'count', count) order by place)))::text
    from (
      select department, reporter, count(*), count(*) over (partition by department) as total,
        row_number() over (partition by department order by count(*) desc, reporter collate "C") as place
      from complaints where workspace = ${workspace} and ${within(sql`filed_at`, weeks.week)} and not is_confidential
      group by grouping sets ((reporter), (department, reporter))
    ) x where place <= ${LONGEST.reporters} group by department

    union all
    select department, json_build_object('repeatCustomers', json_build_object('total', max(total), 'top',
      json_agg(json_build_object('customer', (select coalesce(called, name) from customers where workspace = ${workspace} and id = customer),
        'count', count) order by place)))::text
    from (
      select department, customer, count(*), count(*) over (partition by department) as total,
        row_number() over (partition by department order by count(*) desc, customer) as place
      from complaints where workspace = ${workspace} and ${within(sql`filed_at`, longer)} and not is_confidential
        -- "is true" keeps this a look into a hash; as a join it may go wrong as above.
        and (customer in (select customer from complaints
          where workspace = ${workspace} and ${within(sql`filed_at`, weeks.week)} and not is_confidential)) is true
      group by grouping sets ((customer), (department, customer))
      having count(*) > 1 and max(filed_at) >= ${instant(weeks.week.from)}
    ) x where place <= ${LONGEST.repeatCustomers} group by department`
}

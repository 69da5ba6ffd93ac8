import { type SQL, sql } from 'drizzle-orm'
import { LONGEST } from '../complaint/figures.ts'
import type { Period, Periods } from '../complaint/period.ts'
import {
  actionOverdueAt,
  answerCounts,
  answeredIn,
  cameBackWithin,
  closedIn,
  dueIn,
  filedAnewIn,
  filedIn,
  firstFixedIn,
  IS_UNOWNED,
  instant,
  isAnswerCounted,
  isAnsweredInTime,
  isKeptOrMissed,
  JUDGED_AT,
  mendedIn,
  openAt,
  overdueAt,
  ownedIn,
  promiseCounts,
  reopenedIn,
  reopenedSoon,
  within,
} from './periods.ts'

/** A figure as JSON: how many rows there are of which `what` is true. */
export const many = (what: SQL): SQL => sql`count(*) filter (where ${what})`
const part = (what: SQL, of: SQL): SQL =>
  sql`json_build_object('count', ${many(sql`${of} and ${what}`)}, 'of', ${many(of)})`
/** The median, and what nine in ten stayed within; whole milliseconds go in, so that the result is the same in every arithmetic. */
const times = (from: SQL, to: SQL, of: SQL): SQL =>
  sql`percentile_cont(array[0.5, 0.9]::float8[]) within group (order by ${epoch(sql`(${to} - ${from})`)}) filter (where ${of})`

const epoch = (at: SQL): SQL => sql`round(date_part('epoch', ${at}) * 1000)`

/** The same figures of the period and of the one before. */
const both = ({ period, before }: Periods, figures: (period: Period) => SQL): SQL =>
  sql`json_build_object('period', json_build_object(${figures(period)}), 'before', json_build_object(${figures(before)}))::text`

/** Of complaints, what is on our hands at an instant. */
const loadAt = (at: Date): SQL => sql`json_build_object('open', count(*),
  'overdue', ${many(overdueAt(at))}, 'unowned', ${many(IS_UNOWNED)})`

/**
 * One statement, whose rows are parts to be laid on top of each other: `department` null is the company. Every table is
 * read by ranges of indexes: complaints once, as `recent`, and once more by when they were filed, in an index alone.
 *
 * It must not lean on estimates: what happened lately lies beyond the newest statistics, so Postgres takes it for one
 * row, and would join by going through everything again for each row (84 s instead of 0.3 s, with a million complaints).
 */
export function figuresQuery(workspace: string, periods: Periods, currency: string): SQL {
  const all: Period = { from: periods.before.from, to: periods.period.to }
  const repeat = { period: cameBackWithin(periods.period), before: cameBackWithin(periods.before) }

  const ofFilings = (period: Period) => sql`'filed', ${many(filedAnewIn(period))}`
  const ofComplaints = (period: Period) => sql`
    'closed', ${many(closedIn(period))},
    'reopened', ${many(reopenedIn(period))},
    'toOwn', ${times(sql`filed_at`, sql`owned_at`, ownedIn(period))},
    'toFixed', ${times(sql`told_at`, sql`closed_at`, mendedIn(period))},
    'fixedFirstTime', ${part(sql`not (${reopenedSoon(period)})`, firstFixedIn(period))},
    'avoidable', ${part(sql`avoidable`, closedIn(period))},
    'handOvers', json_build_object('count', coalesce(sum(hand_overs) filter (where ${closedIn(period)}), 0), 'of', ${many(closedIn(period))})`
  const ofPromises = (period: Period) => sql`
    'promisesKept', ${part(sql`state = 'kept'`, sql`${isKeptOrMissed} and ${dueIn(period)}`)},
    'attempted', ${many(sql`state = 'attempted' and ${dueIn(period)}`)},
    'moved', ${many(sql`state = 'moved' and ${dueIn(period)}`)}`
  const ofResponses = (period: Period) => {
    const counts = sql`${answeredIn(period)} and ${isAnswerCounted}`
    return sql`
      'onSite', ${part(isAnsweredInTime, counts)},
      'withPart', ${part(sql`with_part`, sql`${counts} and ${isAnsweredInTime} and with_part is not null`)}`
  }
  const ofCallbacks = (period: Period) => sql`'toCallback', ${times(sql`filed_at`, sql`at`, within(sql`at`, period))}`
  const ofMakeGoods = (period: Period) =>
    sql`'makeGoodCost', coalesce(sum(amount) filter (where ${within(sql`decided_at`, period)}), 0)`
  const ofActionsDue = (period: Period) =>
    sql`'actionsDone', ${part(sql`done_at < ${instant(period.to)}`, dueIn(period))}`
  const ofActionsJudged = (period: Period) =>
    sql`'actionsEffective', ${part(sql`recurred_at is null`, within(JUDGED_AT, period))}`
  const ofCauses = (period: Period) => sql`'caused', ${many(closedIn(period))}`

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
        ${ownedIn(all)} or ${closedIn(all)} or ${reopenedIn(all)}
        -- One that was never reopened was closed for the first time when it was closed.
        or ${within(sql`first_closed_at`, all)} and first_reopened_at is not null)
    ),
    oldest as materialized (
      select d.key as department, o.* from departments d cross join lateral (
        select number, customer_name, owner, told_at from complaints c
        where c.workspace = ${workspace} and c.department = d.key and ${openAt(all.to)} and told_at < ${instant(all.to)} and not is_confidential
        order by told_at, number limit ${LONGEST.oldestOpen}
      ) o where d.workspace = ${workspace}
    ),
    late as materialized (
      select department, number, customer_name, owner, next_deadline, is_confidential from complaints
      where workspace = ${workspace} and ${openAt(all.to)} and ${overdueAt(all.to)}
    ),
    late_actions as materialized (
      select origin, id, complaint, flaw, left(words, 100) as words, taken_by, due_at,
        (select is_confidential from complaints where workspace = ${workspace} and number = complaint) is true as is_confidential
      from corrective_actions where workspace = ${workspace} and done_at is null and ${actionOverdueAt(all.to)}
    )

    select key as department, '{}' as part from departments where workspace = ${workspace}

    union all
    select department, ${both(periods, ofComplaints)} from recent group by rollup (department)

    union all
    select department, ${both(periods, ofFilings)}
    from complaints where workspace = ${workspace} and ${filedAnewIn(all)} group by rollup (department)

    union all
    select department, ${both(periods, ofPromises)}
    from ${withComplaint(sql`promises`, sql`${dueIn(all)} and ${promiseCounts(workspace)}`)} group by rollup (department)

    union all
    select department, ${both(periods, ofResponses)}
    from ${withComplaint(sql`responses`, sql`${answeredIn(all)} and ${answerCounts(workspace)}`)}
    group by rollup (department)

    union all
    select department, ${both(periods, ofCallbacks)}
    from ${withComplaint(sql`callbacks`, sql`seq = 1 and ${within(sql`at`, all)}`)} group by rollup (department)

    union all
    select department, ${both(periods, ofMakeGoods)}
    from make_goods
    where workspace = ${workspace} and state = 'granted' and currency = ${currency} and ${within(sql`decided_at`, all)}
    group by rollup (department)

    union all
    select origin, ${both(periods, ofActionsDue)}
    from corrective_actions where workspace = ${workspace} and ${dueIn(all)} group by rollup (origin)

    union all
    select origin, ${both(periods, ofActionsJudged)}
    from corrective_actions where workspace = ${workspace} and done_at is not null and ${within(JUDGED_AT, all)}
    group by rollup (origin)

    union all
    select origin, ${both(periods, ofCauses)} from recent where ${closedIn(all)} group by rollup (origin)

    union all
    select x.origin, json_build_object('causes', json_agg(json_build_object('key', x.root_cause, 'count', x.count,
      'name', coalesce(leaf.name, x.root_cause), 'group', parent.name)))::text
    from (
      select origin, root_cause, count(*) from recent where ${closedIn(periods.period)}
      group by grouping sets ((root_cause), (origin, root_cause))
    ) x
    left join root_causes leaf on leaf.workspace = ${workspace} and leaf.key = x.root_cause
    left join root_causes parent on parent.workspace = ${workspace} and parent.key = leaf.parent
    group by x.origin

    union all
    select x.department, json_build_object('origins', json_agg(json_build_object('key', x.origin, 'count', x.count,
      'name', coalesce(arose.name, x.origin))))::text
    from (
      select department, origin, count(*) from recent where ${closedIn(periods.period)}
      group by grouping sets ((origin), (department, origin))
    ) x
    left join departments arose on arose.workspace = ${workspace} and arose.key = x.origin
    group by x.department

    union all
    select department, json_build_object('load', ${loadAt(all.to)})::text
    from complaints where workspace = ${workspace} and ${openAt(all.to)}
    group by rollup (department)

    union all
    select department, json_build_object('overdue', json_build_object('total', max(total), 'top',
      coalesce(json_agg(json_build_object('number', number, 'customer', customer_name, 'owner', owner, 'dueAt', ${epoch(sql`next_deadline`)})
        order by place) filter (where not is_confidential), '[]'::json)))::text
    from (
      select *, count(*) over (partition by department) as total,
        row_number() over (partition by department, is_confidential order by next_deadline, number) as place
      from (select * from late union all select null, number, customer_name, owner, next_deadline, is_confidential from late) x
    ) x where place <= ${LONGEST.overdue} group by department

    union all
    select origin, json_build_object('overdueActions', json_build_object('total', max(total), 'top',
      coalesce(json_agg(json_build_object('complaint', complaint, 'flaw', flaw, 'words', words, 'takenBy', taken_by,
        'dueAt', ${epoch(sql`due_at`)}) order by place) filter (where not is_confidential), '[]'::json)))::text
    from (
      select *, count(*) over (partition by origin) as total,
        row_number() over (partition by origin, is_confidential order by due_at, id) as place
      from (select * from late_actions union all select null, id, complaint, flaw, words, taken_by, due_at, is_confidential from late_actions) x
    ) x where place <= ${LONGEST.overdueActions} group by origin

    union all
    select department, json_build_object('oldestOpen', json_agg(json_build_object('number', number,
      'customer', customer_name, 'owner', owner, 'toldAt', ${epoch(sql`told_at`)})
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
      from complaints where workspace = ${workspace} and ${filedIn(periods.period)} and not is_confidential
      group by grouping sets ((reporter), (department, reporter))
    ) x where place <= ${LONGEST.reporters} group by department

    union all
    select department, json_build_object(
      'period', json_build_object('cameBack', ${many(sql`is_now`)}),
      'before', json_build_object('cameBack', ${many(sql`was_before`)}),
      'repeatCustomers', json_build_object('total', ${many(sql`is_now`)}, 'top', coalesce(json_agg(json_build_object(
        'customer', (select coalesce(called, name) from customers where workspace = ${workspace} and id = customer),
        'count', count) order by place) filter (where is_now and place <= ${LONGEST.repeatCustomers}), '[]'::json)))::text
    from (
      select *, row_number() over (partition by department, is_now order by count desc, customer) as place
      from (
        select department, customer, ${many(filedIn(repeat.period))} as count,
          ${many(filedIn(repeat.period))} > 1 and bool_or(${filedIn(periods.period)}) as is_now,
          ${many(filedIn(repeat.before))} > 1 and bool_or(${filedIn(periods.before)}) as was_before
        from complaints
        where workspace = ${workspace} and ${filedAnewIn({ from: repeat.before.from, to: all.to })} and not is_confidential
          -- "is true" keeps this a look into a hash; as a join it may go wrong as above.
          and (customer in (select customer from complaints
            where workspace = ${workspace} and ${filedAnewIn(all)})) is true
        group by grouping sets ((customer), (department, customer))
        having count(*) > 1
      ) x
    ) x group by department`
}

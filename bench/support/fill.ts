import type { Sql } from 'postgres'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { CAUSES, COMPANY, WORKSPACE } from './company.ts'
import { connect } from './postgres.ts'

const DEPARTMENTS = COMPANY.departments.map(({ key }) => key)

/**
 * Writes rows in bulk: without the checks that the rows' origin makes needless, and with the indexes built once, at the
 * end. What comes out is as if it had stood there for long: vacuumed, analysed, on disk.
 */
async function inBulk(url: string, work: (sql: Sql) => Promise<void>): Promise<void> {
  const sql = connect(url)
  try {
    const [role] = await sql<{ is_superuser: string }[]>`show is_superuser`
    const maySkip = role?.is_superuser === 'on'
    if (maySkip) await sql`set session_replication_role = replica`
    await sql`set synchronous_commit = off`
    await sql`set maintenance_work_mem = '512MB'`
    // The same number for the same row, in every run.
    await sql`
      create function pg_temp.pick(n int, what int, choices int) returns int language sql immutable
      return ((hashint4extended(n, what) & 2147483647) % choices)`
    const indexes = await sql<{ name: string; definition: string }[]>`
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class c on c.oid = i.indrelid
      where c.relnamespace = 'public'::regnamespace
        and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)`
    for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
    await work(sql)
    for (const { definition } of indexes) await sql.unsafe(definition)
    await sql`vacuum (freeze, analyze)`
    if (maySkip) await sql`checkpoint`
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const insertCustomers = (sql: Sql, count: number, now: Date) => sql`
  insert into customers (workspace, id, key, name, first_seen_at) overriding system value
  select ${WORKSPACE}, i, 'customer' || i, 'Customer ' || i, ${plus(now, -800 * DAY)}
  from generate_series(1, ${count}::int) i`

const WORDS = 'The valve that came this morning is half an inch too wide, so the line has stood still since seven.'
const DONE = 'Sent the right part by courier and stayed on the line until it ran.'

/** When an owner was heard last: within three hours. */
const heard = (sql: Sql, now: Date) => sql`(${now}::timestamptz - make_interval(secs => pg_temp.pick(i, 21, 10800)))`

/** An instant as JSON holds it. */
export const iso = (sql: Sql, at: ReturnType<Sql>) =>
  sql`to_char(${at} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

interface Open {
  readonly from: number
  readonly count: number
  /** Of these, so many have a reminder due, spread evenly. */
  readonly due: number
}

/**
 * Open complaints, half of them owned, told within the last half day; what is due is an hour late. Whoever owns one was heard
 * within the last hours; what nobody owns has its ladder behind it.
 */
async function insertOpen(sql: Sql, { from, count, due }: Open, customers: number, now: Date): Promise<void> {
  const rows = sql`
    select i, i % 2 = 1 as owned, ${due} > 0 and i % ${Math.floor(count / Math.max(due, 1))} = 0 as late,
      ${plus(now, -HOUR)}::timestamptz - make_interval(secs => pg_temp.pick(i, 1, 36000)) as told
    from generate_series(${from}::int, ${from + count - 1}::int) i`
  await sql`
    insert into complaints (workspace, number, status, customer, customer_name, feeling, words, tried, severity, contact,
      reference, department, reporter, owner, told_at, filed_at, owned_at, ladder, silent_since, policy, entries,
      next_deadline)
    select ${WORKSPACE}, i, case when owned then 'owned' else 'open' end, c, 'Customer ' || c, 'angry', ${WORDS}, null,
      'normal', 'Joe, +1 555 0100', 'Order ' || i, (${DEPARTMENTS}::text[])[1 + pg_temp.pick(i, 3, ${DEPARTMENTS.length})],
      'U0R' || pg_temp.pick(i, 4, 200), case when owned then 'U0W' || pg_temp.pick(i, 5, 300) end, told, told,
      case when owned then told end,
      case when not owned then jsonb_build_object('startedAt', ${iso(sql, sql`told`)}, 'climbed', 3, 'from', null, 'called', null) end,
      case when owned then ${heard(sql, now)} end, ${sql.json(COMPANY.policy as never)}, 1, told + interval '24 hours'
    from (select *, 1 + pg_temp.pick(i, 2, ${customers}) as c from (${rows}) r) x`
  await sql`
    insert into responses (workspace, complaint, seq, started_at, due_at, reminded_to, company_told_at, state)
    select ${WORKSPACE}, i, 1, case when late then ${plus(now, -29 * HOUR)} else told end,
      case when late then ${plus(now, -5 * HOUR)} else told + interval '24 hours' end,
      case when late then ${plus(now, -2 * HOUR)} else told end, case when late then ${plus(now, -HOUR)}::timestamptz end,
      'running' from (${rows}) x`
  await sql`
    insert into promises (workspace, complaint, seq, started_at, due_at, reminded_to, promised_by, state)
    select ${WORKSPACE}, i, 1, told, ${plus(now, 12 * HOUR)}::timestamptz + (now_to_told), told, 'U0R1', 'pending'
    from (select *, ${now}::timestamptz - told as now_to_told from (${rows}) r) x`
  await sql`
    insert into timers (workspace, complaint, name, at)
    select ${WORKSPACE}, i, name, case name when 'callback' then ${plus(now, 11 * HOUR)}::timestamptz + (${now}::timestamptz - told)
      else case when late then ${plus(now, -HOUR)} else told + interval '12 hours' end end
    from (${rows}) x, (values ('response'), ('callback')) clock (name)`
  await sql`
    insert into timers (workspace, complaint, name, at)
    select ${WORKSPACE}, i, 'silence', ${heard(sql, now)} + interval '4 hours' from (${rows}) x where owned`
  await sql`
    insert into timeline (workspace, complaint, seq, at, by, event)
    select ${WORKSPACE}, i, 1, told, 'U0R1', '{"kind":"filed","feeling":"angry","promisedFor":"2026-01-01T00:00:00.000Z","promise":1}'
    from (${rows}) x`
  await sql`update workspaces set last_number = ${from + count - 1}`
}

/** Closed complaints of the last two years, each with its response, its promises and its callbacks; one in 20 was reopened. */
async function insertClosed(sql: Sql, count: number, customers: number, now: Date): Promise<void> {
  const minutes = (what: number, most: number) => sql`make_interval(mins => pg_temp.pick(i, ${what}, ${most}))`
  const rows = sql`
    select *, least(case when again then reopened + ${minutes(5, 2880)} else first_closed end, ${now}::timestamptz) as closed
    from (
      select *, first_closed + ${minutes(4, 20_000)} as reopened
      from (
        select *, least(filed + ${minutes(3, 7200)}, ${now}::timestamptz) as first_closed,
          pg_temp.pick(i, 6, 20) = 0 and filed < ${plus(now, -30 * DAY)} as again,
          1 + pg_temp.pick(i, 7, ${customers}) as customer, 1 + pg_temp.pick(i, 8, ${CAUSES.length}) as cause
        from (
          select i, ${now}::timestamptz - (${count}::int - i + 1) * (interval '728 days' / ${count}::int) as filed
          from generate_series(1, ${count}::int) i
        ) a
      ) b
    ) c`
  await sql`
    insert into complaints (workspace, number, status, customer, customer_name, feeling, words, tried, severity, contact,
      reference, department, reporter, owner, told_at, filed_at, owned_at, policy, reopens, reopened_at, entries, closed_at,
      closed_by, root_cause, origin, done, fix, avoidable, settled, action, why_none, first_closed_at, first_fix, first_reopened_at)
    select ${WORKSPACE}, i, 'closed', customer, 'Customer ' || customer, 'angry', ${WORDS}, null, 'normal', null,
      'Order ' || i, (${DEPARTMENTS}::text[])[1 + pg_temp.pick(i, 9, ${DEPARTMENTS.length})],
      'U0R' || pg_temp.pick(i, 10, 200), owner, filed - ${minutes(12, 60)}, filed, least(filed + ${minutes(13, 45)}, closed),
      ${sql.json(COMPANY.policy as never)}, again::int, case when again then reopened end, 6, closed, owner,
      (${CAUSES.map(({ key }) => key)}::text[])[cause], (${CAUSES.map(({ origin }) => origin)}::text[])[cause], ${DONE}, fix,
      pg_temp.pick(i, 14, 3) = 0, 'yes',
      case when pg_temp.pick(i, 22, 5) = 0 then 1 end, case when pg_temp.pick(i, 22, 5) <> 0 then 'It was a single piece' end, first_closed, fix, case when again then reopened end
    from (
      select *, 'U0W' || pg_temp.pick(i, 11, 300) as owner,
        (array['fixed', 'fixed', 'fixed', 'made-good', 'not-fixed'])[1 + pg_temp.pick(i, 15, 5)] as fix
      from (${rows}) r
    ) x`
  await sql`
    insert into responses (workspace, complaint, seq, started_at, due_at, ended_at, reminded_to, state)
    select ${WORKSPACE}, i, 1, filed, filed + interval '24 hours', least(filed + ${minutes(16, 1800)}, closed), filed,
      case when pg_temp.pick(i, 17, 10) = 0 then 'closed' else 'honoured' end
    from (${rows}) x`
  await sql`
    insert into promises (workspace, complaint, seq, started_at, due_at, ended_at, reminded_to, promised_by, state, reason)
    select ${WORKSPACE}, i, seq, filed, filed + seq * interval '4 hours', filed + seq * interval '3 hours', filed, 'U0R1',
      case when seq = 2 then 'kept' else (array['kept', 'kept', 'kept', 'kept', 'kept', 'missed', 'attempted', 'moved'])
        [1 + pg_temp.pick(i, 18, 8)] end, null
    from (${rows}) x, generate_series(1, 1 + (pg_temp.pick(i, 19, 3) = 0)::int) seq`
  await sql`
    insert into callbacks (workspace, complaint, seq, at, by, outcome, said, settled, promise)
    select ${WORKSPACE}, i, seq, filed + seq * interval '1 hour' + ${minutes(20, 120)}, 'U0W1', 'reached', ${DONE}, seq = 2, seq
    from (${rows}) x, generate_series(1, 1 + (pg_temp.pick(i, 19, 3) = 0)::int) seq`
}

/** One complaint in five has a corrective action: done within its two weeks, mostly, and one in ten of those did not work. */
const insertActions = (sql: Sql, now: Date) => sql`
  insert into corrective_actions (workspace, complaint, seq, words, taken_by, agreed_by, root_cause, origin, started_at, due_at,
    reminded_to, done_at, done_by, changed, proof, watched_until, recurred_at, recurred_in)
  select workspace, number, 1, ${DONE}, owner, owner, root_cause, origin, closed_at, closed_at + interval '14 days', closed_at,
    done_at, case when is_done then owner end, case when is_done then ${DONE} end, case when is_done then 'Sheet 12' end,
    done_at + interval '30 days', case when again then done_at + interval '9 days' end, case when again then number end
  from (
    select *, done_at is not null as is_done, done_at < ${plus(now, -9 * DAY)} and pg_temp.pick(number, 24, 10) = 0 as again
    from (
      select *, case when pg_temp.pick(number, 23, 200) <> 0 and closed_at < ${plus(now, -20 * DAY)}
        then closed_at + make_interval(hours => pg_temp.pick(number, 25, 480)) end as done_at
      from complaints where status = 'closed' and pg_temp.pick(number, 22, 5) = 0
    ) a
  ) b`

export const fillOpen = (url: string, count: number, due: number, now: Date): Promise<void> =>
  inBulk(url, async (sql) => {
    const customers = Math.max(100, count / 20)
    await insertCustomers(sql, customers, now)
    await insertOpen(sql, { from: 1, count, due }, customers, now)
  })

/** A few that are still open stand beside the closed ones. */
export const fillClosed = (url: string, count: number, now: Date): Promise<void> =>
  inBulk(url, async (sql) => {
    const customers = count / 20
    await insertCustomers(sql, customers, now)
    await insertClosed(sql, count, customers, now)
    await insertActions(sql, now)
    await insertOpen(sql, { from: count + 1, count: 2_000, due: 0 }, customers, now)
  })

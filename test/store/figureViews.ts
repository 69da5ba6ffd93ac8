import { type SQL, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import {
  type Figures,
  type FiguresPair,
  type Lists,
  NO_LISTS,
  pareto,
  REPEAT_WITHIN,
} from '../../src/complaint/figures.ts'
import type { Period } from '../../src/complaint/period.ts'
import { plus } from '../../src/complaint/time.ts'
import type { Reader } from '../../src/store/database.ts'
import { rowsOf } from '../../src/store/migrate.ts'

const share = (counts: string): string =>
  `json_build_object('count', count(*) filter (where ${counts}), 'of', count(*))`
const time = (share: number): string => `percentile_cont(${share}) within group (order by milliseconds)`

/** How a program that reads the views comes to each figure: the view, and what its comment says. */
const READ: Record<Exclude<keyof Figures, 'cameBack'>, readonly [view: string, value: string]> = {
  filed: ['filed', 'count(*)'],
  closed: ['closed', 'count(*)'],
  reopened: ['reopened', 'count(*)'],
  promisesKept: ['promises_kept', share('kept')],
  attempted: ['attempted', 'count(*)'],
  moved: ['moved', 'count(*)'],
  onSite: ['on_site', share('in_time')],
  toOwn: ['to_own', time(0.5)],
  toOwn90th: ['to_own_90th', time(0.9)],
  toCallback: ['to_callback', time(0.5)],
  toCallback90th: ['to_callback_90th', time(0.9)],
  toFixed: ['to_fixed', time(0.5)],
  toFixed90th: ['to_fixed_90th', time(0.9)],
  fixedFirstTime: ['fixed_first_time', share('(reopened_at < :end) is not true')],
  avoidable: ['avoidable', share('avoidable')],
  handOvers: ['hand_overs', "json_build_object('count', coalesce(sum(hand_overs), 0), 'of', count(*))"],
  caused: ['caused', 'count(*)'],
  actionsDone: ['actions_done', share('done_at < :end')],
  actionsEffective: ['actions_effective', share('worked')],
  withPart: ['with_part', share('with_part')],
  makeGoodCost: ['make_good_cost', "coalesce(sum(amount) filter (where currency = ':currency'), 0)"],
}
export const LIST_VIEWS: Readonly<Record<keyof Lists, string>> = {
  load: 'load',
  causes: 'causes',
  origins: 'origins',
  overdue: 'overdue',
  overdueActions: 'overdue_actions',
  oldestOpen: 'oldest_open',
  repeatCustomers: 'repeat_customers',
  reporters: 'reporters',
}
export const FIGURE_VIEWS = [...Object.values(READ).map(([view]) => view), ...Object.values(LIST_VIEWS), 'came_back']

/** The views come to the same figures, of the company and of each department. */
export async function expectViewsAgree(
  db: Reader,
  workspace: string,
  period: Period,
  { company, departments }: { company: FiguresPair; departments: Record<string, FiguresPair> },
): Promise<void> {
  const end = `'${period.to.toISOString()}'::timestamptz`
  const within = (column: string) => `${column} >= '${period.from.toISOString()}' and ${column} < ${end}`
  const of = (view: string) => `from figures.${view} where workspace = '${workspace}'`
  const parts = Object.entries(READ).map(([figure, [view, value]]) => {
    return `select '${figure}' as figure, department, (${value.replaceAll(':end', end).replaceAll(':currency', company.currency)})::text as value ${of(view)} and ${within('at')} group by rollup (department)`
  })
  const lists = [
    `select 'causes', department, json_agg(x)::text from (select department, root_cause as key, root_cause_name as name, root_cause_group as group, count(*) ${of('causes')} and ${within('at')} group by grouping sets ((2, 3, 4), (1, 2, 3, 4))) x group by department`,
    `select 'origins', department, json_agg(x order by count desc, key)::text from (select department, origin as key, origin_name as name, count(*) ${of('origins')} and ${within('at')} group by grouping sets ((2, 3), (1, 2, 3))) x group by department`,
    `select 'load', department, json_build_object('open', count(*), 'overdue', count(*) filter (where due_at <= ${end}), 'unowned', count(*) filter (where unowned))::text ${of('load')} and at < ${end} group by rollup (department)`,
    `select 'overdue', department, count(*)::text ${of('overdue')} and at <= ${end} and filed_at < ${end} group by rollup (department)`,
    `select 'overdueActions', department, count(*)::text ${of('overdue_actions')} and at <= ${end} group by rollup (department)`,
    `select 'oldestOpen', null, coalesce(json_agg(complaint order by at, complaint), '[]')::text from (select * ${of('oldest_open')} and at < ${end} and filed_at < ${end} order by at, complaint limit 5) x`,
    `select 'repeatCustomers', null, count(*)::text from (select customer ${of('repeat_customers')} and at < ${end} and at >= '${plus(period.to, -REPEAT_WITHIN).toISOString()}' group by customer having count(*) > 1 and max(at) >= '${period.from.toISOString()}') x`,
    `select 'reporters', null, count(distinct reporter)::text ${of('reporters')} and ${within('at')}`,
  ]
  const query: SQL = sql.raw([...parts, ...lists].join('\nunion all\n'))
  const rows = rowsOf<{ figure: string; department: string | null; value: string | null }>(await db.execute(query))
  const read = (figure: string, department: string | null): unknown => {
    const row = rows.find((one) => one.figure === figure && one.department === department)
    return row?.value == null ? undefined : JSON.parse(row.value)
  }
  for (const [department, figures] of [[null, company] as const, ...Object.entries(departments)]) {
    const none = (figure: keyof typeof READ) =>
      typeof figures.period[figure] === 'object' && figures.period[figure]
        ? { count: 0, of: 0 }
        : figure.startsWith('to')
          ? null
          : 0
    for (const figure of Object.keys(READ) as (keyof typeof READ)[])
      expect([department, figure, read(figure, department) ?? none(figure)]).toEqual([
        department,
        figure,
        figures.period[figure],
      ])
    const causes = (read('causes', department) ?? []) as Lists['causes']
    expect(pareto(causes)).toEqual(figures.causes)
    const origins = (read('origins', department) ?? []) as Lists['origins']
    expect(origins.map(({ key, name, count }) => ({ key, name, count }))).toEqual(
      figures.origins.map(({ key, name, count }) => ({ key, name, count })),
    )
    expect(read('load', department) ?? NO_LISTS.load).toEqual(figures.load)
    expect(read('overdue', department) ?? 0).toBe(figures.overdue.total)
    expect(read('overdueActions', department) ?? 0).toBe(figures.overdueActions.total)
  }
  expect(read('oldestOpen', null)).toEqual(company.oldestOpen.map(({ number }) => number))
  expect(read('repeatCustomers', null)).toBe(company.repeatCustomers.total)
  expect(read('repeatCustomers', null)).toBe(company.period.cameBack)
  expect(read('reporters', null)).toBe(company.reporters.total)
}

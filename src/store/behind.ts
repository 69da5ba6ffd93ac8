import { type SQL, sql } from 'drizzle-orm'
import type { Behind, ListBehind } from '../complaint/behind.ts'
import type { Period } from '../complaint/period.ts'
import { DEFAULT_CURRENCY } from '../complaint/policy.ts'
import {
  answerCounts,
  answeredIn,
  cameBackWithin,
  closedIn,
  dueIn,
  filedAnewIn,
  filedIn,
  firstFixedIn,
  IS_UNOWNED,
  isAnswerCounted,
  isAnsweredInTime,
  mendedIn,
  openAt,
  overdueAt,
  ownedIn,
  promiseCounts,
  reopenedIn,
  reopenedSoon,
  within,
} from './periods.ts'

/** The numbers of the complaints behind a figure, each once, with its place: the smallest comes first, equal ones by number. */
export function numbersBehind(workspace: string, { figure, period, department }: ListBehind): SQL {
  const ours = department === null ? sql`true` : sql`department = ${department}`
  const complaints = (place: SQL, where: SQL, which = ours): SQL =>
    sql`select number, ${place} as place from complaints where workspace = ${workspace} and ${which} and ${where}`
  /** Complaints with such rows in `table`, by the first of them. */
  const withRows = (table: SQL, at: SQL, where: SQL): SQL => sql`
    select number, place from (
      select complaint, min(${at}) as place from ${table} where workspace = ${workspace} and ${where} group by complaint
    ) t join complaints on workspace = ${workspace} and number = complaint and ${ours}`
  const lists: Record<Behind, () => SQL> = {
    filed: () => complaints(sql`filed_at`, filedAnewIn(period)),
    closed: () => complaints(sql`closed_at`, closedIn(period)),
    reopened: () => complaints(sql`reopened_at`, reopenedIn(period)),
    promisesKept: () =>
      withRows(
        sql`promises`,
        sql`due_at`,
        sql`state in ('missed', 'pending') and ${dueIn(period)} and ${promiseCounts(workspace)}`,
      ),
    attempted: () => withRows(sql`promises`, sql`due_at`, sql`state = 'attempted' and ${dueIn(period)}`),
    moved: () => withRows(sql`promises`, sql`due_at`, sql`state = 'moved' and ${dueIn(period)}`),
    onSite: () =>
      withRows(
        sql`responses`,
        sql`due_at`,
        sql`${answeredIn(period)} and ${isAnswerCounted} and ${answerCounts(workspace)} and not (${isAnsweredInTime})`,
      ),
    withPart: () =>
      withRows(
        sql`responses`,
        sql`due_at`,
        sql`${answeredIn(period)} and ${isAnswerCounted} and ${isAnsweredInTime} and not with_part`,
      ),
    toOwn: () => complaints(sql`filed_at - owned_at`, ownedIn(period)),
    toCallback: () => sql`
      select number, filed_at - at as place
      from callbacks c join complaints p on p.workspace = c.workspace and number = complaint and ${ours}
      where c.workspace = ${workspace} and seq = 1 and ${within(sql`at`, period)}`,
    toFixed: () => complaints(sql`told_at - closed_at`, mendedIn(period)),
    fixedFirstTime: () => complaints(sql`first_reopened_at`, sql`${firstFixedIn(period)} and ${reopenedSoon(period)}`),
    avoidable: () => complaints(sql`closed_at`, sql`avoidable and ${closedIn(period)}`),
    handOvers: () => complaints(sql`-hand_overs`, sql`hand_overs > 0 and ${closedIn(period)}`),
    caused: () =>
      complaints(sql`closed_at`, closedIn(period), department === null ? sql`true` : sql`origin = ${department}`),
    makeGoodCost: () => sql`
      select complaint as number, -coalesce(sum(amount), 0) as place from make_goods
      where workspace = ${workspace} and ${ours} and state = 'granted' and ${within(sql`decided_at`, period)} and currency =
        coalesce((select settings->>'currency' from workspaces where workspace = ${workspace}), ${DEFAULT_CURRENCY})
      group by complaint`,
    cameBack: () => ofRepeatCustomers(workspace, period, ours),
    open: () => complaints(sql`told_at`, openAt(period.to)),
    overdue: () => complaints(sql`next_deadline`, sql`${openAt(period.to)} and ${overdueAt(period.to)}`),
    unowned: () => complaints(sql`told_at`, sql`${openAt(period.to)} and ${IS_UNOWNED}`),
  }
  return lists[figure]()
}

/** Customer by customer, those with the most first. */
const ofRepeatCustomers = (workspace: string, period: Period, ours: SQL): SQL => sql`
  select number, row(-many, customer, filed_at) as place from (
    select number, customer, filed_at, count(*) over of_customer as many,
      bool_or(${filedIn(period)}) over of_customer as is_now
    from complaints where workspace = ${workspace} and ${ours} and ${filedAnewIn(cameBackWithin(period))} and not is_confidential
    window of_customer as (partition by customer)
  ) x where many > 1 and is_now`

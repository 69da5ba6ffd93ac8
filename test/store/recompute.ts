import type { Behind, ListBehind } from '../../src/complaint/behind.ts'
import {
  FIRST_TIME_WITHIN,
  type Figures,
  type FiguresPair,
  type Lists,
  LONGEST,
  REPEAT_WITHIN,
} from '../../src/complaint/figures.ts'
import type { Period, Periods, Span } from '../../src/complaint/period.ts'
import type {
  callbacks,
  complaints,
  correctiveActions,
  makeGoods,
  promises,
  responses,
} from '../../src/store/schema.ts'

/** What happened, as rows; `customers` are names, and a complaint's customer is the place of one of them. */
export interface History {
  readonly customers: readonly string[]
  /** What is confidential the database says itself. */
  readonly complaints: readonly Omit<typeof complaints.$inferSelect, 'isConfidential'>[]
  readonly promises: readonly (typeof promises.$inferSelect)[]
  readonly responses: readonly (typeof responses.$inferSelect)[]
  readonly callbacks: readonly (typeof callbacks.$inferSelect)[]
  readonly makeGoods: readonly (typeof makeGoods.$inferSelect)[]
  /** In the order in which they were agreed on. */
  readonly actions: readonly (typeof correctiveActions.$inferSelect)[]
  readonly causes: ReadonlyMap<string, { name: string; group: string | null }>
  /** Names of departments by their keys. */
  readonly departments: ReadonlyMap<string, string>
}

/** The figures once more, by the sentences of complaint/figures.ts and without SQL. `department` null is the company. */
export function recompute(history: History, span: Span, periods: Periods, department: string | null): FiguresPair {
  const { from, to } = periods.period
  return {
    span,
    from: from.toISOString(),
    to: to.toISOString(),
    currency: 'USD',
    period: figuresOf(history, periods.period, department),
    before: figuresOf(history, periods.before, department),
    ...listsOf(history, periods.period, department),
  }
}

const within = (at: Date | null, { from, to }: Period): boolean => at !== null && at >= from && at < to

const part = <Row>(rows: readonly Row[], counts: (row: Row) => boolean) => ({
  count: rows.filter(counts).length,
  of: rows.length,
})

/** By the nearest two, and as far between them as `share` lies between their places. */
function percentile(lengths: readonly number[], share: number): number | null {
  const sorted = [...lengths].sort((one, other) => one - other)
  const place = share * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return low === undefined || high === undefined ? null : low + (place - Math.floor(place)) * (high - low)
}

const between = (from: Date, to: Date | null): number => (to?.getTime() ?? Number.NaN) - from.getTime()

/** A clock that stands still in a duplicate, or has been taken over by its original. */
const restsIn = (
  { complaints }: History,
  { complaint, state }: { readonly complaint: number; readonly state: string },
  running: 'pending' | 'running',
): boolean =>
  state === 'superseded' ||
  (state === running && complaints.some(({ number, duplicateOf }) => number === complaint && duplicateOf !== null))

const isCounted = ({ state, dueAt, endedAt }: History['responses'][number], period: Period): boolean =>
  within(state === 'honoured' && endedAt !== null && endedAt < dueAt ? endedAt : dueAt, period) &&
  !(state === 'closed' && endedAt !== null && endedAt < dueAt)

const wasInTime = ({ state, dueAt, endedAt }: History['responses'][number]): boolean =>
  state === 'honoured' && endedAt !== null && endedAt <= dueAt

/** As far as is known at the end of the period. */
const stayedFixed = (
  { firstClosedAt, firstReopenedAt }: Pick<History['complaints'][number], 'firstClosedAt' | 'firstReopenedAt'>,
  period: Period,
): boolean =>
  firstReopenedAt === null ||
  firstReopenedAt >= period.to ||
  between(firstClosedAt ?? firstReopenedAt, firstReopenedAt) > FIRST_TIME_WITHIN

function figuresOf(history: History, period: Period, department: string | null): Figures {
  const everything = new Map(history.complaints.map((complaint) => [complaint.number, complaint]))
  const ours = history.complaints.filter((complaint) => department === null || complaint.department === department)
  const here = (row: { complaint: number }): boolean =>
    department === null || everything.get(row.complaint)?.department === department
  const closed = ours.filter((complaint) => within(complaint.closedAt, period))
  const counted = ours.filter(({ duplicateOf }) => duplicateOf === null)
  const due = history.promises.filter(
    (promise) => here(promise) && within(promise.dueAt, period) && !restsIn(history, promise, 'pending'),
  )
  const deadlines = history.responses.filter(
    (response) => here(response) && isCounted(response, period) && !restsIn(history, response, 'running'),
  )
  const firstFixed = ours.filter(
    (complaint) => complaint.firstFix === 'fixed' && within(complaint.firstClosedAt, period),
  )
  const toOwn = ours
    .filter(({ ownedAt }) => within(ownedAt, period))
    .map(({ filedAt, ownedAt }) => between(filedAt, ownedAt))
  const toCallback = history.callbacks
    .filter((call) => here(call) && call.seq === 1 && within(call.at, period))
    .map((call) => between(everything.get(call.complaint)?.filedAt ?? call.at, call.at))
  const toFixed = closed
    .filter(({ fix }) => fix !== 'could-not-fix')
    .map(({ toldAt, closedAt }) => between(toldAt, closedAt))
  return {
    filed: counted.filter((complaint) => within(complaint.filedAt, period)).length,
    closed: closed.length,
    reopened: ours.filter((complaint) => within(complaint.reopenedAt, period)).length,
    promisesKept: part(
      due.filter((promise) => promise.state !== 'attempted' && promise.state !== 'moved'),
      (promise) => promise.state === 'kept',
    ),
    attempted: due.filter((promise) => promise.state === 'attempted').length,
    moved: due.filter((promise) => promise.state === 'moved').length,
    onSite: part(deadlines, wasInTime),
    withPart: part(
      deadlines.filter((response) => wasInTime(response) && response.withPart !== null),
      (response) => response.withPart === true,
    ),
    toOwn: percentile(toOwn, 0.5),
    toOwn90th: percentile(toOwn, 0.9),
    toCallback: percentile(toCallback, 0.5),
    toCallback90th: percentile(toCallback, 0.9),
    toFixed: percentile(toFixed, 0.5),
    toFixed90th: percentile(toFixed, 0.9),
    fixedFirstTime: part(firstFixed, (complaint) => stayedFixed(complaint, period)),
    avoidable: part(closed, ({ avoidable }) => avoidable === true),
    handOvers: { count: closed.reduce((sum, { handOvers }) => sum + handOvers, 0), of: closed.length },
    caused: causedBy(history, period, department).length,
    cameBack: repeatCustomersOf(counted.filter(isTold), period).length,
    actionsDone: part(
      actionsFor(history, department).filter(({ dueAt }) => within(dueAt, period)),
      ({ doneAt }) => doneAt !== null && doneAt < period.to,
    ),
    actionsEffective: part(
      actionsFor(history, department).filter(
        ({ doneAt, watchedUntil, recurredAt }) => doneAt !== null && within(recurredAt ?? watchedUntil, period),
      ),
      ({ recurredAt }) => recurredAt === null,
    ),
    makeGoodCost: history.makeGoods
      .filter(
        (one) =>
          one.state === 'granted' &&
          one.currency === 'USD' &&
          within(one.decidedAt, period) &&
          (department === null || one.department === department),
      )
      .reduce((sum, { amount }) => sum + (amount ?? 0), 0),
  }
}

const actionsFor = ({ actions }: History, department: string | null) =>
  actions.filter(({ origin }) => department === null || origin === department)

const causedBy = ({ complaints }: History, period: Period, department: string | null) =>
  complaints.filter(
    (complaint) => within(complaint.closedAt, period) && (department === null || complaint.origin === department),
  )

function countBy<Row, Key extends string | number>(rows: readonly Row[], keyOf: (row: Row) => Key): [Key, number][] {
  const counts = new Map<Key, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return [...counts].sort(([key, count], [otherKey, other]) => other - count || (key < otherKey ? -1 : 1))
}

/** What is confidential is counted, and named nowhere. */
const isTold = ({ confidential }: History['complaints'][number]): boolean => confidential === null

function repeatCustomersOf(ours: History['complaints'], period: Period): [customer: number, count: number][] {
  const back = new Date(period.to.getTime() - REPEAT_WITHIN)
  const long = { from: back < period.from ? back : period.from, to: period.to }
  const lately = ours.filter((complaint) => within(complaint.filedAt, long))
  return countBy(lately, (complaint) => complaint.customer).filter(
    ([customer, count]) =>
      count >= 2 && lately.some((complaint) => complaint.customer === customer && within(complaint.filedAt, period)),
  )
}

/** The numbers of the complaints in the list behind a figure, ascending. */
export function recomputeBehind(history: History, { figure, period, department }: ListBehind): number[] {
  const ours = history.complaints.filter((complaint) => department === null || complaint.department === department)
  const counted = ours.filter(({ duplicateOf }) => duplicateOf === null)
  const open = counted.filter(({ status, filedAt }) => status !== 'closed' && filedAt < period.to)
  const rows = <Row extends { complaint: number }>(all: readonly Row[], is: (row: Row) => boolean): number[] =>
    ours.map(({ number }) => number).filter((number) => all.some((row) => row.complaint === number && is(row)))
  const due = (...states: string[]) =>
    rows(
      history.promises,
      (promise) =>
        states.includes(promise.state) && within(promise.dueAt, period) && !restsIn(history, promise, 'pending'),
    )
  const those = (is: (complaint: History['complaints'][number]) => boolean, of = ours): number[] =>
    of.filter(is).map(({ number }) => number)
  const repeats = new Set(repeatCustomersOf(counted.filter(isTold), period).map(([customer]) => customer))
  const long = { from: new Date(Math.min(period.from.getTime(), period.to.getTime() - REPEAT_WITHIN)), to: period.to }
  const lists: Record<Behind, () => number[]> = {
    filed: () => those(({ filedAt }) => within(filedAt, period), counted),
    closed: () => those(({ closedAt }) => within(closedAt, period)),
    reopened: () => those(({ reopenedAt }) => within(reopenedAt, period)),
    promisesKept: () => due('missed', 'pending'),
    attempted: () => due('attempted'),
    moved: () => due('moved'),
    onSite: () =>
      rows(
        history.responses,
        (response) => isCounted(response, period) && !wasInTime(response) && !restsIn(history, response, 'running'),
      ),
    withPart: () =>
      rows(
        history.responses,
        (response) => isCounted(response, period) && wasInTime(response) && response.withPart === false,
      ),
    toOwn: () => those(({ ownedAt }) => within(ownedAt, period)),
    toCallback: () => rows(history.callbacks, ({ seq, at }) => seq === 1 && within(at, period)),
    toFixed: () => those(({ closedAt, fix }) => within(closedAt, period) && fix !== 'could-not-fix'),
    fixedFirstTime: () =>
      those(
        (complaint) =>
          complaint.firstFix === 'fixed' && within(complaint.firstClosedAt, period) && !stayedFixed(complaint, period),
      ),
    avoidable: () => those(({ closedAt, avoidable }) => within(closedAt, period) && avoidable === true),
    handOvers: () => those(({ closedAt, handOvers }) => within(closedAt, period) && handOvers > 0),
    caused: () => causedBy(history, period, department).map(({ number }) => number),
    makeGoodCost: () =>
      history.complaints
        .map(({ number }) => number)
        .filter((number) =>
          history.makeGoods.some(
            (one) =>
              one.complaint === number &&
              one.state === 'granted' &&
              one.currency === 'USD' &&
              within(one.decidedAt, period) &&
              (department === null || one.department === department),
          ),
        ),
    cameBack: () =>
      those(({ customer, filedAt }) => repeats.has(customer) && within(filedAt, long), counted.filter(isTold)),
    open: () => those(() => true, open),
    overdue: () => those(({ nextDeadline }) => nextDeadline !== null && nextDeadline <= period.to, open),
    unowned: () => those(({ owner }) => owner === null, open),
  }
  return lists[figure]().sort((one, other) => one - other)
}

const instantOf = (date: Date | null): string => date?.toISOString() ?? ''

function listsOf(history: History, period: Period, department: string | null): Lists {
  const ours = history.complaints.filter((complaint) => department === null || complaint.department === department)
  const counted = ours.filter(({ duplicateOf }) => duplicateOf === null)
  const open = counted.filter(({ status, filedAt }) => status !== 'closed' && filedAt < period.to)
  const late = open.filter(({ nextDeadline }) => nextDeadline !== null && nextDeadline <= period.to)
  const lateActions = actionsFor(history, department).filter(
    ({ doneAt, dueAt }) => doneAt === null && dueAt <= period.to,
  )
  const closed = ours.filter((complaint) => within(complaint.closedAt, period))
  const repeats = repeatCustomersOf(counted.filter(isTold), period)
  const reporters = countBy(
    ours.filter(isTold).filter((complaint) => within(complaint.filedAt, period)),
    (complaint) => complaint.reporter,
  )
  const caused = causedBy(history, period, department)
  const causes = countBy(caused, (complaint) => complaint.rootCause ?? '')
  return {
    load: { open: open.length, overdue: late.length, unowned: open.filter(({ owner }) => owner === null).length },
    causes: causes.map(([key, count], place) => ({
      key,
      name: history.causes.get(key)?.name ?? key,
      group: history.causes.get(key)?.group ?? null,
      count,
      share: count / caused.length,
      cumulative: causes.slice(0, place + 1).reduce((sum, [, more]) => sum + more, 0) / caused.length,
    })),
    origins: countBy(closed, ({ origin }) => origin ?? '').map(([key, count]) => ({
      key,
      name: history.departments.get(key) ?? key,
      count,
      share: count / closed.length,
    })),
    overdue: {
      total: late.length,
      top: late
        .filter(isTold)
        .sort(
          (one, other) =>
            instantOf(one.nextDeadline).localeCompare(instantOf(other.nextDeadline)) || one.number - other.number,
        )
        .slice(0, LONGEST.overdue)
        .map(({ number, customerName: customer, owner, nextDeadline }) => ({
          ...{ number, customer, owner, dueAt: instantOf(nextDeadline) },
        })),
    },
    overdueActions: {
      total: lateActions.length,
      top: lateActions
        .filter(({ complaint }) => history.complaints.every((one) => one.number !== complaint || isTold(one)))
        .sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime() || one.id - other.id)
        .slice(0, LONGEST.overdueActions)
        .map(({ complaint, flaw, words, takenBy, dueAt }) => ({
          ...{ complaint, flaw, words, takenBy, dueAt: dueAt.toISOString() },
        })),
    },
    oldestOpen: open
      .filter(isTold)
      .filter(({ toldAt }) => toldAt < period.to)
      .sort((one, other) => one.toldAt.getTime() - other.toldAt.getTime() || one.number - other.number)
      .slice(0, LONGEST.oldestOpen)
      .map(({ number, customerName, owner, toldAt }) => ({
        number,
        customer: customerName,
        owner,
        toldAt: toldAt.toISOString(),
      })),
    repeatCustomers: {
      total: repeats.length,
      top: repeats
        .slice(0, LONGEST.repeatCustomers)
        .map(([customer, count]) => ({ customer: history.customers[customer] ?? '', count })),
    },
    reporters: {
      total: reporters.length,
      top: reporters.slice(0, LONGEST.reporters).map(([user, count]) => ({ user, count })),
    },
  }
}

import {
  FIRST_TIME_WITHIN,
  type Figures,
  type FiguresPair,
  type Lists,
  LONGEST,
  REPEAT_WITHIN,
} from '../../src/complaint/figures.ts'
import type { Period, Periods, Span } from '../../src/complaint/period.ts'
import type { callbacks, complaints, makeGoods, promises, responses } from '../../src/store/schema.ts'

/** What happened, as rows; `customers` are names, and a complaint's customer is the place of one of them. */
export interface History {
  readonly customers: readonly string[]
  /** What is confidential the database says itself. */
  readonly complaints: readonly Omit<typeof complaints.$inferSelect, 'isConfidential'>[]
  readonly promises: readonly (typeof promises.$inferSelect)[]
  readonly responses: readonly (typeof responses.$inferSelect)[]
  readonly callbacks: readonly (typeof callbacks.$inferSelect)[]
  readonly makeGoods: readonly (typeof makeGoods.$inferSelect)[]
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

const wasInTime = ({ state, endedAt, dueAt }: History['responses'][number]): boolean =>
  state === 'honoured' && endedAt !== null && endedAt <= dueAt

function figuresOf(history: History, period: Period, department: string | null): Figures {
  const everything = new Map(history.complaints.map((complaint) => [complaint.number, complaint]))
  const ours = history.complaints.filter((complaint) => department === null || complaint.department === department)
  const here = (row: { complaint: number }): boolean =>
    department === null || everything.get(row.complaint)?.department === department
  const closed = ours.filter((complaint) => within(complaint.closedAt, period))
  const counted = ours.filter(({ duplicateOf }) => duplicateOf === null)
  const rests = (row: { complaint: number }): boolean => (everything.get(row.complaint)?.duplicateOf ?? null) !== null
  const due = history.promises.filter(
    (promise) =>
      here(promise) &&
      within(promise.dueAt, period) &&
      promise.state !== 'superseded' &&
      !(promise.state === 'pending' && rests(promise)),
  )
  const deadlines = history.responses.filter(
    (response) =>
      here(response) &&
      response.state !== 'superseded' &&
      !(response.state === 'running' && rests(response)) &&
      (within(response.dueAt, period) || (response.state === 'honoured' && within(response.endedAt, period))) &&
      !(response.state === 'closed' && response.endedAt !== null && response.endedAt < response.dueAt),
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
    fixedFirstTime: part(
      firstFixed,
      ({ firstClosedAt, firstReopenedAt }) =>
        firstReopenedAt === null ||
        firstReopenedAt >= period.to ||
        between(firstClosedAt ?? firstReopenedAt, firstReopenedAt) > FIRST_TIME_WITHIN,
    ),
    avoidable: part(closed, ({ avoidable }) => avoidable === true),
    handOvers: { count: closed.reduce((sum, { handOvers }) => sum + handOvers, 0), of: closed.length },
    caused: causedBy(history, period, department).length,
    cameBack: repeatCustomersOf(counted.filter(isTold), period).length,
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

const instantOf = (date: Date | null): string => date?.toISOString() ?? ''

function listsOf(history: History, period: Period, department: string | null): Lists {
  const ours = history.complaints.filter((complaint) => department === null || complaint.department === department)
  const counted = ours.filter(({ duplicateOf }) => duplicateOf === null)
  const open = counted.filter(({ status, filedAt }) => status !== 'closed' && filedAt < period.to)
  const late = open.filter(({ nextDeadline }) => nextDeadline !== null && nextDeadline < period.to)
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

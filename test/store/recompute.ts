import {
  FIRST_TIME_WITHIN,
  type Figures,
  type FiguresPair,
  type Lists,
  LONGEST,
  REPEAT_WITHIN,
} from '../../src/complaint/figures.ts'
import type { Week, Weeks } from '../../src/complaint/week.ts'
import type { callbacks, complaints, promises, responses } from '../../src/store/schema.ts'

/** What happened, as rows; `customers` are names, and a complaint's customer is the place of one of them. */
export interface History {
  readonly customers: readonly string[]
  /** What is confidential the database says itself. */
  readonly complaints: readonly Omit<typeof complaints.$inferSelect, 'isConfidential'>[]
  readonly promises: readonly (typeof promises.$inferSelect)[]
  readonly responses: readonly (typeof responses.$inferSelect)[]
  readonly callbacks: readonly (typeof callbacks.$inferSelect)[]
  readonly causes: ReadonlyMap<string, { name: string; group: string | null }>
}

/** The figures once more, by the sentences of complaint/figures.ts and without SQL. `department` null is the company. */
export function recompute(history: History, weeks: Weeks, department: string | null): FiguresPair {
  const { from, to } = weeks.week
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    week: figuresOf(history, weeks.week, department),
    before: figuresOf(history, weeks.before, department),
    ...listsOf(history, weeks.week, department),
  }
}

const within = (at: Date | null, { from, to }: Week): boolean => at !== null && at >= from && at < to

const part = <Row>(rows: readonly Row[], counts: (row: Row) => boolean) => ({
  count: rows.filter(counts).length,
  of: rows.length,
})

function median(lengths: readonly number[]): number | null {
  const sorted = [...lengths].sort((one, other) => one - other)
  const low = sorted[Math.floor((sorted.length - 1) / 2)]
  const high = sorted[Math.ceil((sorted.length - 1) / 2)]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

const between = (from: Date, to: Date | null): number => (to?.getTime() ?? Number.NaN) - from.getTime()

function figuresOf(history: History, week: Week, department: string | null): Figures {
  const everything = new Map(history.complaints.map((complaint) => [complaint.number, complaint]))
  const ours = history.complaints.filter((complaint) => department === null || complaint.department === department)
  const here = (row: { complaint: number }): boolean =>
    department === null || everything.get(row.complaint)?.department === department
  const closed = ours.filter((complaint) => within(complaint.closedAt, week))
  const due = history.promises.filter((promise) => here(promise) && within(promise.dueAt, week))
  const deadlines = history.responses.filter(
    (response) =>
      here(response) &&
      (within(response.dueAt, week) || (response.state === 'honoured' && within(response.endedAt, week))) &&
      !(response.state === 'closed' && response.endedAt !== null && response.endedAt < response.dueAt),
  )
  const firstFixed = ours.filter((complaint) => complaint.firstFix === 'fixed' && within(complaint.firstClosedAt, week))
  return {
    filed: ours.filter((complaint) => within(complaint.filedAt, week)).length,
    closed: closed.length,
    reopened: ours.filter((complaint) => within(complaint.reopenedAt, week)).length,
    promisesKept: part(
      due.filter((promise) => promise.state !== 'attempted' && promise.state !== 'moved'),
      (promise) => promise.state === 'kept',
    ),
    attempted: due.filter((promise) => promise.state === 'attempted').length,
    moved: due.filter((promise) => promise.state === 'moved').length,
    onSite: part(
      deadlines,
      (response) => response.state === 'honoured' && response.endedAt !== null && response.endedAt <= response.dueAt,
    ),
    toOwn: median(
      ours.filter(({ ownedAt }) => within(ownedAt, week)).map(({ filedAt, ownedAt }) => between(filedAt, ownedAt)),
    ),
    toCallback: median(
      history.callbacks
        .filter((call) => here(call) && call.seq === 1 && within(call.at, week))
        .map((call) => between(everything.get(call.complaint)?.filedAt ?? call.at, call.at)),
    ),
    toFixed: median(
      closed.filter(({ fix }) => fix !== 'could-not-fix').map(({ toldAt, closedAt }) => between(toldAt, closedAt)),
    ),
    fixedFirstTime: part(
      firstFixed,
      ({ firstClosedAt, firstReopenedAt }) =>
        firstReopenedAt === null ||
        firstReopenedAt >= week.to ||
        between(firstClosedAt ?? firstReopenedAt, firstReopenedAt) > FIRST_TIME_WITHIN,
    ),
    avoidable: part(closed, ({ avoidable }) => avoidable === true),
    handOvers: { count: closed.reduce((sum, { handOvers }) => sum + handOvers, 0), of: closed.length },
    caused: causedBy(history, week, department).length,
  }
}

const causedBy = ({ complaints }: History, week: Week, department: string | null) =>
  complaints.filter(
    (complaint) => within(complaint.closedAt, week) && (department === null || complaint.origin === department),
  )

function countBy<Row, Key extends string | number>(rows: readonly Row[], keyOf: (row: Row) => Key): [Key, number][] {
  const counts = new Map<Key, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return [...counts].sort(([key, count], [otherKey, other]) => other - count || (key < otherKey ? -1 : 1))
}

function listsOf(history: History, week: Week, department: string | null): Lists {
  // What is confidential is counted, and named nowhere.
  const ours = history.complaints.filter(
    (complaint) => complaint.confidential === null && (department === null || complaint.department === department),
  )
  const filed = ours.filter((complaint) => within(complaint.filedAt, week))
  const lately = ours.filter((complaint) =>
    within(complaint.filedAt, { from: new Date(week.to.getTime() - REPEAT_WITHIN), to: week.to }),
  )
  const repeats = countBy(lately, (complaint) => complaint.customer).filter(
    ([customer, count]) => count >= 2 && filed.some((complaint) => complaint.customer === customer),
  )
  const reporters = countBy(filed, (complaint) => complaint.reporter)
  const caused = causedBy(history, week, department)
  const causes = countBy(caused, (complaint) => complaint.rootCause ?? '')
  return {
    causes: causes.map(([key, count], place) => ({
      key,
      name: history.causes.get(key)?.name ?? key,
      group: history.causes.get(key)?.group ?? null,
      count,
      share: count / caused.length,
      cumulative: causes.slice(0, place + 1).reduce((sum, [, more]) => sum + more, 0) / caused.length,
    })),
    oldestOpen: ours
      .filter(({ status, filedAt, toldAt }) => status !== 'closed' && filedAt < week.to && toldAt < week.to)
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

import { type SQL, sql } from 'drizzle-orm'
import type { Reader } from './database.ts'
import { rowsOf } from './migrate.ts'

/** What can be taken out, row by row. */
export const EXPORTS = ['complaints', 'promises', 'causes'] as const
export type Export = (typeof EXPORTS)[number]

/** From its first instant up to, but without, its last; null: as far as there is anything. */
export interface ExportRange {
  readonly from: Date | null
  readonly to: Date | null
}

/** Instants are ISO 8601 in UTC. */
export type ExportedValue = string | number | boolean | null
export type ExportedRow = Readonly<Record<string, ExportedValue>>

/** Rows at a time: what is held in memory, however many there are in all. */
const PAGE = 2000

interface Source {
  /** What each column holds, in the order in which they are written. Names are kept for good; new ones come last. */
  readonly columns: Readonly<Record<string, string>>
  /** Whose rows these are, by the name that the columns have for it. */
  readonly of: readonly [table: string, alias: string]
  /** What else the columns speak of. */
  readonly joined: string
  /** What a range is about; indexed after the workspace. */
  readonly at: string
  /** Tells rows of one instant apart. */
  readonly key: readonly string[]
}

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
const plain = (table: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `${table}.${name}`]))
const instants = (table: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, iso(`${table}.${name}`)]))
const nameOf = (table: 'departments' | 'root_causes', key: string): string =>
  `(select x.name from ${table} x where x.workspace = c.workspace and x.key = ${key})`

/** Left empty where the complaint is confidential: an export goes where it likes. */
const unlessConfidential = (columns: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(columns).map(([name, held]) => [name, `case when not c.is_confidential then ${held} end`]),
  )

const DEPARTMENT = { department: 'c.department', department_name: nameOf('departments', 'c.department') }
const CAUSE = {
  root_cause: 'c.root_cause',
  root_cause_name: nameOf('root_causes', 'c.root_cause'),
  root_cause_group: nameOf(
    'root_causes',
    '(select y.parent from root_causes y where y.workspace = c.workspace and y.key = c.root_cause)',
  ),
  origin: 'c.origin',
  origin_name: nameOf('departments', 'c.origin'),
}

const SOURCES: Record<Export, Source> = {
  complaints: {
    columns: {
      ...plain('c', 'number', 'status', 'severity'),
      ...unlessConfidential({
        // A bigint is text to one driver and a number to the other.
        customer_id: 'c.customer::float8',
        customer: 'coalesce(u.called, u.name)',
        customer_as_written: 'c.customer_name',
        ...plain('c', 'feeling', 'words', 'tried', 'contact', 'reference'),
      }),
      ...DEPARTMENT,
      ...unlessConfidential(plain('c', 'reporter', 'owner')),
      ...instants('c', 'told_at', 'filed_at', 'owned_at', 'first_closed_at', 'reopened_at'),
      reopens: 'c.reopens',
      ...instants('c', 'closed_at'),
      ...unlessConfidential(plain('c', 'closed_by')),
      ...CAUSE,
      ...unlessConfidential(plain('c', 'done')),
      ...plain('c', 'fix', 'avoidable', 'settled'),
      confidential: 'c.is_confidential',
    },
    of: ['complaints', 'c'],
    joined: 'join customers u on u.workspace = c.workspace and u.id = c.customer',
    at: 'c.filed_at',
    key: ['c.number'],
  },
  promises: {
    columns: {
      complaint: 'p.complaint',
      promise: 'p.seq',
      state: 'p.state',
      ...DEPARTMENT,
      severity: 'c.severity',
      ...unlessConfidential({ promised_by: 'p.promised_by' }),
      promised_at: iso('p.started_at'),
      ...instants('p', 'due_at', 'ended_at'),
      ...unlessConfidential({ reason: 'p.reason' }),
    },
    of: ['promises', 'p'],
    joined: 'join complaints c on c.workspace = p.workspace and c.number = p.complaint',
    at: 'p.due_at',
    key: ['p.complaint', 'p.seq'],
  },
  causes: {
    columns: {
      complaint: 'c.number',
      ...instants('c', 'closed_at'),
      ...CAUSE,
      ...DEPARTMENT,
      severity: 'c.severity',
      ...unlessConfidential(plain('c', 'reference')),
      ...plain('c', 'fix', 'avoidable', 'settled'),
      ...unlessConfidential({ customer_id: 'c.customer::float8' }),
    },
    of: ['complaints', 'c'],
    joined: '',
    at: 'c.closed_at',
    key: ['c.number'],
  },
}

export const columnsOf = (what: Export): readonly string[] => Object.keys(SOURCES[what].columns)

/** Where the next page begins: after this instant and this key. */
type Page = readonly [at: string, ...key: number[]]

/**
 * Everything of the range, by time. Read a page after the other, each as the database is by then: nothing is held open
 * meanwhile, and what changes in between is told as it was before or as it is after.
 */
export async function* exported(
  db: Reader,
  workspace: string,
  what: Export,
  { from, to }: ExportRange,
): AsyncGenerator<ExportedRow> {
  const { columns, of, joined, at, key } = SOURCES[what]
  const [table, alias] = of
  const order = sql.raw([at, ...key].join(', '))
  const listed = sql.join(
    Object.entries(columns).map(([name, column]) => sql`${sql.raw(column)} as ${sql.identifier(name)}`),
    sql`, `,
  )
  const bounds = [
    sql.raw(`${at} is not null`),
    ...(from ? [sql`${sql.raw(at)} >= ${instantOf(from.toISOString())}`] : []),
    ...(to ? [sql`${sql.raw(at)} < ${instantOf(to.toISOString())}`] : []),
  ]
  for (let last: Page | null = null; ; ) {
    const after: SQL = last
      ? sql` and ${sql.raw(at)} >= ${instantOf(last[0])} and (${order}) > ${placeOf(last)}`
      : sql``
    const rows: (ExportedRow & { page: Page })[] = rowsOf(
      await db.execute(sql`
        select ${listed}, json_build_array(${sql.raw(iso(at))}, ${sql.raw(key.join(', '))}) as page
        -- The page first: everything else is looked up for its rows alone.
        from (
          select * from ${sql.raw(`${table} ${alias}`)}
          where workspace = ${workspace} and ${sql.join(bounds, sql` and `)}${after}
          order by ${order} limit ${PAGE}
        ) ${sql.raw(`${alias} ${joined}`)}
        order by ${order}`),
    )
    for (const { page, ...row } of rows) {
      last = page
      yield row
    }
    if (rows.length < PAGE) return
  }
}

const instantOf = (iso: string): SQL => sql`${iso}::timestamptz`
const placeOf = ([at, ...key]: Page): SQL => sql`(${instantOf(at)}, ${sql.raw(key.map(Number).join(', '))})`

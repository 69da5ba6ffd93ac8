import { sql } from 'drizzle-orm'
import {
  type CauseShare,
  type Figures,
  type FiguresPair,
  type Lists,
  NO_FIGURES,
  NO_LISTS,
  type OpenSince,
  type OriginShare,
  type Overdue,
  type OverdueAction,
  type Part,
  pareto,
  shares,
  type Top,
} from '../complaint/figures.ts'
import type { Period, Periods, Span } from '../complaint/period.ts'
import type { WeekKept } from '../complaint/picture.ts'
import type { Reader } from './database.ts'
import { figuresQuery, many } from './figuresQuery.ts'
import { rowsOf } from './migrate.ts'
import { dueIn, instant, isKeptOrMissed, promiseCounts } from './periods.ts'

/** The figures as complaint/figures.ts defines them, of the company and of every department by its key, in one round trip. */
export async function readFigures(
  db: Reader,
  workspace: string,
  span: Span,
  periods: Periods,
  currency: string,
): Promise<{ company: FiguresPair; departments: Record<string, FiguresPair> }> {
  const rows = rowsOf<{ department: string | null; part: string }>(
    await db.execute(figuresQuery(workspace, periods, currency)),
  )
  const of = (department: string | null): FiguresPair =>
    pairOf(
      { span, currency },
      periods.period,
      rows.filter((row) => row.department === department).map((row) => JSON.parse(row.part) as Found),
    )
  const keys = new Set(rows.flatMap((row) => row.department ?? []))
  return { company: of(null), departments: Object.fromEntries([...keys].map((key) => [key, of(key)])) }
}

/** Of each week, how many promised calls were made in time: the same figure, of the whole company, over many weeks. */
export async function readPromisesKept(db: Reader, workspace: string, weeks: readonly Period[]): Promise<WeekKept[]> {
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
      where workspace = ${workspace} and ${dueIn({ from: first.from, to: last.to })} and ${isKeptOrMissed}
        and ${promiseCounts(workspace)}
      group by 1`),
  )
  return weeks.map(({ from, to }, index) => {
    const found = rows.find(({ week }) => week === index + 1)
    const kept = { count: found?.kept ?? 0, of: found?.due ?? 0 }
    return { from: from.toISOString(), to: to.toISOString(), kept }
  })
}

type FoundLists = Pick<Lists, 'load' | 'repeatCustomers' | 'reporters'> & {
  causes: Pick<CauseShare, 'key' | 'name' | 'group' | 'count'>[]
  origins: Pick<OriginShare, 'key' | 'name' | 'count'>[]
  overdue: Top<Omit<Overdue, 'dueAt'> & { dueAt: number }>
  overdueActions: Top<Omit<OverdueAction, 'dueAt'> & { dueAt: number }>
  oldestOpen: (Omit<OpenSince, 'toldAt'> & { toldAt: number })[]
}

/** Lengths of time come as two: the median, and what nine in ten stayed within. */
type FoundFigures = Readonly<Record<string, Part | number | null | readonly [number, number]>>

/** What one part of the statement tells about one cut. */
type Found = Partial<FoundLists & { period: FoundFigures; before: FoundFigures }>

function pairOf(
  about: Pick<FiguresPair, 'span' | 'currency'>,
  { from, to }: Period,
  parts: readonly Found[],
): FiguresPair {
  const found: Found = Object.assign({}, ...parts)
  const iso = (instant: number): string => new Date(instant).toISOString()
  return {
    ...about,
    from: from.toISOString(),
    to: to.toISOString(),
    period: figuresOf(parts.map((part) => part.period ?? {})),
    before: figuresOf(parts.map((part) => part.before ?? {})),
    load: found.load ?? NO_LISTS.load,
    causes: pareto(found.causes ?? []),
    origins: shares(found.origins ?? []),
    overdue: dated(found.overdue),
    overdueActions: dated(found.overdueActions),
    oldestOpen: (found.oldestOpen ?? []).map((open) => ({ ...open, toldAt: iso(open.toldAt) })),
    repeatCustomers: found.repeatCustomers ?? NO_LISTS.repeatCustomers,
    reporters: found.reporters ?? NO_LISTS.reporters,
  }
}

const dated = <Item extends { readonly dueAt: number }>({ total, top }: Top<Item> = { total: 0, top: [] }) => ({
  total,
  top: top.map((over) => ({ ...over, dueAt: new Date(over.dueAt).toISOString() })),
})

function figuresOf(parts: readonly FoundFigures[]): Figures {
  const known = parts.flatMap((part) =>
    Object.entries(part).flatMap(([key, value]) =>
      Array.isArray(value)
        ? [
            [key, value[0]],
            [`${key}90th`, value[1]],
          ]
        : [[key, value]],
    ),
  )
  return { ...NO_FIGURES, ...Object.fromEntries(known) }
}

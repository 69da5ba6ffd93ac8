import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { ListBehind } from '../complaint/behind.ts'
import type { Viewer } from '../complaint/confidential.ts'
import { numbersBehind } from './behind.ts'
import type { Reader } from './database.ts'
import { rowsOf } from './migrate.ts'
import { IS_OPEN, overdueAt } from './periods.ts'
import { complaints } from './schema.ts'

/** A row of a list: what tells complaints apart at a glance. */
export interface ListedComplaint {
  readonly number: number
  /** Confidential, and none of the reader's: neither its customer nor its words nor its owner are told. */
  readonly hidden: boolean
  readonly customer: string
  readonly severity: (typeof complaints.$inferSelect)['severity']
  readonly status: (typeof complaints.$inferSelect)['status']
  /** Key of the department. */
  readonly department: string
  readonly owner: string | null
  readonly nextDeadline: Date | null
  readonly duplicateOf: number | null
  /** The first of the customer's words. */
  readonly excerpt: string
}

/** Whether somebody sees a complaint: the same as `insiders` says. */
export function visibleTo({ person, seesAll, leads }: Viewer): SQL {
  if (seesAll) return sql`true`
  const isTheirs =
    leads.length === 0
      ? sql`false`
      : or(
          inArray(complaints.department, [...leads]),
          inArray(sql`coalesce(${complaints.settling}->>'to', '')`, [...leads]),
        )
  return sql`(not ${complaints.isConfidential} or ${complaints.reporter} = ${person}
    or coalesce(${complaints.owner} = ${person}, false) or ${isTheirs}
    or jsonb_exists(${complaints.confidential}->'people', ${person}))`
}

const listed = (viewer: Viewer) => ({
  number: complaints.number,
  hidden: sql<boolean>`not ${visibleTo(viewer)}`,
  customer: complaints.customerName,
  severity: complaints.severity,
  status: complaints.status,
  department: complaints.department,
  owner: complaints.owner,
  nextDeadline: complaints.nextDeadline,
  duplicateOf: complaints.duplicateOf,
  excerpt: sql<string>`left(${complaints.words}, 200)`,
})

/** Without what the reader may not see. */
const shown = (rows: readonly ListedComplaint[]): ListedComplaint[] =>
  rows.map((row) => (row.hidden ? { ...row, customer: '', excerpt: '', owner: null } : row))

export type OpenFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'mine'; readonly person: string }
  | { readonly kind: 'overdue'; readonly now: Date }
  | { readonly kind: 'department'; readonly key: string }

const conditionOf = (filter: OpenFilter): SQL | undefined => {
  switch (filter.kind) {
    case 'all':
      return undefined
    case 'mine':
      return eq(complaints.owner, filter.person)
    case 'overdue':
      return overdueAt(filter.now)
    case 'department':
      return eq(complaints.department, filter.key)
  }
}

const at = (workspace: string, condition: SQL | undefined) =>
  and(eq(complaints.workspace, workspace), IS_OPEN, condition)

/** Complaints that are not closed and no duplicates, the soonest deadline first, those without a running clock last. */
export async function readOpen(
  db: Reader,
  workspace: string,
  viewer: Viewer,
  filter: OpenFilter,
  offset: number,
  limit: number,
): Promise<ListedComplaint[]> {
  const rows = await db
    .select(listed(viewer))
    .from(complaints)
    .where(at(workspace, conditionOf(filter)))
    .orderBy(asc(complaints.nextDeadline), asc(complaints.number))
    .offset(offset)
    .limit(limit)
  return shown(rows)
}

export async function countOpen(db: Reader, workspace: string, filter: OpenFilter): Promise<number> {
  const [row] = await db
    .select({ open: sql<number>`count(*)::int` })
    .from(complaints)
    .where(at(workspace, conditionOf(filter)))
  return row?.open ?? 0
}

/**
 * Complaints, closed ones too, whose customer by any of its names, or whose words, order or part hold the text as it is typed, newest first. One that
 * somebody may not see is not found.
 */
export function readMatching(
  db: Reader,
  workspace: string,
  viewer: Viewer,
  text: string,
  offset: number,
  limit: number,
): Promise<ListedComplaint[]> {
  const pattern = `%${text.replace(/[\\%_]/g, (wild) => `\\${wild}`)}%`
  return db
    .select(listed(viewer))
    .from(complaints)
    .where(
      and(
        eq(complaints.workspace, workspace),
        visibleTo(viewer),
        sql`(${complaints.customerName} ilike ${pattern} or ${complaints.words} ilike ${pattern} or ${complaints.reference} ilike ${pattern}
          or ${complaints.customer} in (select coalesce(merged_into, id) from customers
            where workspace = ${workspace} and (name ilike ${pattern} or called ilike ${pattern})))`,
      ),
    )
    .orderBy(desc(complaints.number))
    .offset(offset)
    .limit(limit)
}

/** The complaints behind a figure, as they stand now. */
export async function readBehind(
  db: Reader,
  workspace: string,
  viewer: Viewer,
  behind: ListBehind,
  offset: number,
  limit: number,
): Promise<ListedComplaint[]> {
  const found = sql`(${numbersBehind(workspace, behind)})`
  const rows = await db
    .select(listed(viewer))
    .from(complaints)
    .innerJoin(sql`${found} behind`, sql`behind.number = ${complaints.number}`)
    .where(eq(complaints.workspace, workspace))
    .orderBy(sql`behind.place`, asc(complaints.number))
    .offset(offset)
    .limit(limit)
  return shown(rows)
}

export async function countBehind(db: Reader, workspace: string, behind: ListBehind): Promise<number> {
  const [row] = rowsOf<{ count: number }>(
    await db.execute(sql`select count(*)::int as count from (${numbersBehind(workspace, behind)}) behind`),
  )
  return row?.count ?? 0
}

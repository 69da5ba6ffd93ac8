import { and, asc, desc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { HomePlan } from '../complaint/home.ts'
import type { Severity } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import type { Reader } from './database.ts'
import type { FlawCardPlace } from './flaws.ts'
import { complaints, flawComplaints, flaws } from './schema.ts'

/** The flaws that a complaint is one of, with where their cards stand. */
export async function readFlawsOf(
  db: Reader,
  workspace: string,
  complaint: number,
): Promise<{ number: number; card: FlawCardPlace | null }[]> {
  const rows = await db
    .select({ number: flaws.number, channel: flaws.cardChannel, ts: flaws.cardTs })
    .from(flaws)
    .innerJoin(
      flawComplaints,
      and(eq(flawComplaints.workspace, flaws.workspace), eq(flawComplaints.flaw, flaws.number)),
    )
    .where(and(eq(flaws.workspace, workspace), eq(flawComplaints.complaint, complaint)))
    .orderBy(asc(flaws.number))
  return rows.map(({ number, channel, ts }) => ({ number, card: channel && ts ? { channel, ts } : null }))
}

/**
 * Numbers of the flaws that stand in somebody's Home, the soonest to be closed first: those that they own, and those that nobody
 * owns in the departments that they lead. Beside them how many there are in all.
 */
export async function readFlawsFor(
  db: Reader,
  workspace: string,
  person: string,
  { led, department }: NonNullable<HomePlan['learning']>,
  limit: number,
): Promise<{ found: number[]; total: number }> {
  const isLed = led.length === 0 ? sql`false` : and(eq(flaws.status, 'open'), inArray(flaws.department, [...led]))
  const rows = await db
    .select({ number: flaws.number, total: sql<number>`(count(*) over ())::int` })
    .from(flaws)
    .where(
      and(
        eq(flaws.workspace, workspace),
        ne(flaws.status, 'closed'),
        isNull(flaws.endedAt),
        department === null ? undefined : eq(flaws.department, department),
        or(eq(flaws.owner, person), isLed),
      ),
    )
    .orderBy(sql`${flaws.responses} #>> '{-1,dueAt}'`, asc(flaws.number))
    .limit(limit)
  return { found: rows.map(({ number }) => number), total: rows[0]?.total ?? 0 }
}

/** A complaint of a flaw, as its card names it. */
export interface FlawComplaint {
  readonly number: number
  readonly customer: string
  readonly severity: Severity
  readonly status: Complaint['status']
  readonly toldAt: Date
}

/** The newest complaints of a flaw, without those that are confidential, which are counted, and how many customers it has in all. */
export async function readFlawComplaints(
  db: Reader,
  workspace: string,
  number: number,
  limit: number,
): Promise<{ customers: number; confidential: number; newest: FlawComplaint[] }> {
  const joined = and(
    eq(complaints.workspace, workspace),
    isNull(complaints.duplicateOf),
    sql`${complaints.number} in (select complaint from flaw_complaints where workspace = ${workspace} and flaw = ${number})`,
  )
  const [[counted], newest] = await Promise.all([
    db
      .select({
        customers: sql<number>`count(distinct ${complaints.customer})::int`,
        confidential: sql<number>`count(*) filter (where is_confidential)::int`,
      })
      .from(complaints)
      .where(joined),
    db
      .select({
        number: complaints.number,
        customer: complaints.customerName,
        severity: complaints.severity,
        status: complaints.status,
        toldAt: complaints.toldAt,
      })
      .from(complaints)
      .where(and(joined, sql`not is_confidential`))
      .orderBy(desc(complaints.toldAt), desc(complaints.number))
      .limit(limit),
  ])
  return { customers: counted?.customers ?? 0, confidential: counted?.confidential ?? 0, newest }
}

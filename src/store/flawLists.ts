import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Flaw, FlawTopic } from '../complaint/flaw.ts'
import type { Severity } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import type { Reader } from './database.ts'
import type { FlawCardPlace } from './flaws.ts'
import { complaints, flaws } from './schema.ts'

/** A flaw, for a list or for the card of one of its complaints. */
export interface ListedFlaw {
  readonly number: number
  readonly topic: FlawTopic
  readonly status: Flaw['status']
  /** Key of the department that answers for it. */
  readonly department: string | null
  readonly owner: string | null
  readonly complaints: number
  readonly raisedAt: Date
  readonly card: FlawCardPlace | null
}

const listed = {
  number: flaws.number,
  kind: flaws.kind,
  key: flaws.key,
  name: flaws.name,
  status: flaws.status,
  department: flaws.department,
  owner: flaws.owner,
  raisedAt: flaws.raisedAt,
  channel: flaws.cardChannel,
  ts: flaws.cardTs,
  complaints: sql<number>`(select count(*)::int from flaw_complaints c where c.workspace = flaws.workspace and c.flaw = flaws.number)`,
}

async function readListed(db: Reader, where: SQL | undefined): Promise<ListedFlaw[]> {
  const rows = await db.select(listed).from(flaws).where(where).orderBy(asc(flaws.number))
  return rows.map(({ kind, key, name, channel, ts, ...row }) => ({
    ...row,
    topic: { kind, key, name },
    card: channel && ts ? { channel, ts } : null,
  }))
}

/** The flaws that a complaint is one of. */
export const readFlawsOf = (db: Reader, workspace: string, complaint: number): Promise<ListedFlaw[]> =>
  readListed(
    db,
    and(
      eq(flaws.workspace, workspace),
      sql`${flaws.number} in (select flaw from flaw_complaints where workspace = ${workspace} and complaint = ${complaint})`,
    ),
  )

/** Flaws that are not over: of one department, or all of them. */
export const readLiveFlaws = (db: Reader, workspace: string, department: string | null): Promise<ListedFlaw[]> =>
  readListed(
    db,
    and(
      eq(flaws.workspace, workspace),
      isNull(flaws.endedAt),
      department === null ? undefined : eq(flaws.department, department),
    ),
  )

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

import { and, eq, inArray, not, sql } from 'drizzle-orm'
import type { Department, RootCause, Setup } from '../complaint/setup.ts'
import type { Reader, Tx } from './database.ts'
import { complaints, departments, rootCauses, workspaces } from './schema.ts'
import { hoursFrom, settingsFrom } from './stored.ts'

/** What is in force, with the version that grows with every change of it. */
export interface SetupInForce {
  readonly version: number
  readonly setup: Setup
  /** When something was first put in force. */
  readonly configuredAt: Date
}

export async function readVersion(db: Reader, workspace: string): Promise<number> {
  const [row] = await db
    .select({ version: workspaces.version })
    .from(workspaces)
    .where(eq(workspaces.workspace, workspace))
  return row?.version ?? 0
}

/** What is in force in a workspace, or null before anything is. */
export async function readSetup(db: Reader, workspace: string): Promise<SetupInForce | null> {
  const [head] = await db.select().from(workspaces).where(eq(workspaces.workspace, workspace))
  if (!head?.settings || !head.configuredAt) return null
  const [places, causes] = await Promise.all([
    db.select().from(departments).where(eq(departments.workspace, workspace)).orderBy(departments.position),
    db.select().from(rootCauses).where(eq(rootCauses.workspace, workspace)).orderBy(rootCauses.position),
  ])
  const live = causes.filter((cause) => !cause.retired)
  const treeBelow = (parent: string | null): RootCause[] =>
    live
      .filter((cause) => cause.parent === parent)
      .map(({ key, name, origin }) => ({ key, name, origin, children: treeBelow(key) }))
  return {
    version: head.version,
    configuredAt: head.configuredAt,
    setup: {
      ...settingsFrom(head.settings),
      departments: places.filter((place) => !place.retired).map(toDepartment),
      rootCauses: treeBelow(null),
    },
  }
}

const toDepartment = (row: typeof departments.$inferSelect): Department => ({
  key: row.key,
  name: row.name,
  kind: row.kind,
  channel: row.channel,
  lead: row.lead,
  deputy: row.deputy,
  group: row.usergroup,
  members: row.members,
  levels: row.levels,
  authority: row.authority,
  hours: row.hours && hoursFrom(row.hours),
})

/** Holds what is in force until the transaction ends: nothing is filed, and nothing else put in force, meanwhile. */
export async function lockWorkspace(tx: Tx, workspace: string): Promise<void> {
  // Before anything is in force there is no row to hold.
  await tx.insert(workspaces).values({ workspace }).onConflictDoNothing()
  await tx.select().from(workspaces).where(eq(workspaces.workspace, workspace)).for('update')
}

/** Departments that a new setup would take away although complaints in them are still open; the number of those. */
export async function openInRemoved(
  db: Reader,
  workspace: string,
  kept: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db
    .select({ department: complaints.department, open: sql<number>`count(*)::int` })
    .from(complaints)
    .where(
      and(
        eq(complaints.workspace, workspace),
        sql`${complaints.status} <> 'closed' and ${complaints.duplicateOf} is null`,
        not(inArray(complaints.department, [...kept])),
      ),
    )
    .groupBy(complaints.department)
  return new Map(rows.map((row) => [row.department, row.open]))
}

/** Puts a setup in force: all of it, or, with the transaction, nothing. What is no longer in it is retired, not deleted. */
export async function writeSetup(tx: Tx, workspace: string, setup: Setup, now: Date): Promise<void> {
  const { departments: places, rootCauses: causes, ...settings } = setup
  await tx
    .insert(workspaces)
    .values({ workspace, version: 1, settings, configuredAt: now })
    .onConflictDoUpdate({
      target: workspaces.workspace,
      set: {
        version: sql`${workspaces.version} + 1`,
        settings,
        configuredAt: sql`coalesce(${workspaces.configuredAt}, excluded.configured_at)`,
      },
    })
  await tx.update(departments).set({ retired: true }).where(eq(departments.workspace, workspace))
  await tx.update(rootCauses).set({ retired: true }).where(eq(rootCauses.workspace, workspace))
  await tx
    .insert(departments)
    .values(places.map(({ group, ...place }, position) => ({ ...place, usergroup: group, workspace, position })))
    .onConflictDoUpdate({
      target: [departments.workspace, departments.key],
      set: {
        name: sql`excluded.name`,
        kind: sql`excluded.kind`,
        channel: sql`excluded.channel`,
        lead: sql`excluded.lead`,
        deputy: sql`excluded.deputy`,
        usergroup: sql`excluded.usergroup`,
        members: sql`excluded.members`,
        levels: sql`excluded.levels`,
        authority: sql`excluded.authority`,
        hours: sql`excluded.hours`,
        position: sql`excluded.position`,
        retired: sql`false`,
      },
    })
  await tx
    .insert(rootCauses)
    .values(flatten(causes, null).map((cause, position) => ({ ...cause, workspace, position })))
    .onConflictDoUpdate({
      target: [rootCauses.workspace, rootCauses.key],
      set: {
        parent: sql`excluded.parent`,
        name: sql`excluded.name`,
        origin: sql`excluded.origin`,
        position: sql`excluded.position`,
        retired: sql`false`,
      },
    })
}

const flatten = (
  causes: readonly RootCause[],
  parent: string | null,
): { key: string; parent: string | null; name: string; origin: string | null }[] =>
  causes.flatMap(({ key, name, origin, children }) => [{ key, parent, name, origin }, ...flatten(children, key)])

/** Every workspace that has something in force. */
export async function readWorkspaces(db: Reader): Promise<string[]> {
  const rows = await db.select({ workspace: workspaces.workspace }).from(workspaces).where(sql`settings is not null`)
  return rows.map((row) => row.workspace)
}

/** Gives out the workspace's next complaint number, and tells the version in force, with the row locked until commit. */
export async function nextNumber(tx: Tx, workspace: string): Promise<{ number: number; version: number } | null> {
  const [row] = await tx
    .update(workspaces)
    .set({ lastNumber: sql`${workspaces.lastNumber} + 1` })
    .where(eq(workspaces.workspace, workspace))
    .returning({ number: workspaces.lastNumber, version: workspaces.version })
  return row ?? null
}

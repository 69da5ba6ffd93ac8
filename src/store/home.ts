import { and, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { type Concerned, type HomeFilters, NO_FILTERS } from '../complaint/home.ts'
import type { Asker } from '../complaint/roles.ts'
import { earliest, HOUR, plus } from '../complaint/time.ts'
import type { Reader, Tx } from './database.ts'
import { home, outbox } from './schema.ts'

/** A Home follows every change for so long after it was opened, or something in it pressed; then it rests. Milliseconds, as is the other. */
export const HOME_FOLLOWS = 12 * HOUR
/** A burst of changes is drawn as one: a Home is not drawn again sooner than this. */
export const BETWEEN_HOMES = 700

export type HomeRow = typeof home.$inferSelect

export async function readHome(db: Reader, workspace: string, person: string): Promise<HomeRow | null> {
  const [row] = await db
    .select()
    .from(home)
    .where(and(eq(home.workspace, workspace), eq(home.person, person)))
  return row ?? null
}

/** Notes that somebody looks at their Home, and what they chose to see in it; it is drawn at once. */
export async function lookHome(
  tx: Tx,
  workspace: string,
  person: string,
  { asker, chosen }: { readonly asker: Asker; readonly chosen: Partial<HomeFilters> },
  now: Date,
): Promise<void> {
  const choice = JSON.stringify(chosen)
  await tx
    .insert(home)
    .values({ workspace, person, openedAt: now, asker, filters: { ...NO_FILTERS, ...chosen } })
    .onConflictDoUpdate({
      target: [home.workspace, home.person],
      // What stands there may be gone from Slack, and what a menu shows is Slack's: it is put in place anew.
      set: { openedAt: now, asker, filters: sql`${home.filters} || ${choice}::text::jsonb`, shown: null },
    })
  await queueHome(tx, workspace, person, now)
}

/** Has a Home, whose row is held, drawn at once. */
async function queueHome(tx: Tx, workspace: string, person: string, now: Date): Promise<void> {
  const at = instant(now)
  await tx.execute(sql`
    update outbox set not_before = ${at}
    where workspace = ${workspace} and lane = ${laneOf(person)} and state = 'pending' and fence = 0 and not_before > ${at}`)
  await tx.execute(
    sql`${INTO_OUTBOX} values (${workspace}, ${laneOf(person)}, 'home', ${toDraw('home', person)}, ${at}, ${at})`,
  )
}

/** Has those Homes drawn again that tell of what changed, of people who have looked at theirs lately. */
export async function touchHomes(
  tx: Tx,
  workspace: string,
  { people, departments }: Concerned,
  now: Date,
): Promise<void> {
  await drawAgain(
    tx,
    workspace,
    sql`(person in (select jsonb_array_elements_text(${JSON.stringify(people)}::text::jsonb)) or watches is null
      or watches ?| array(select jsonb_array_elements_text(${JSON.stringify(departments)}::text::jsonb)))`,
    now,
  )
}

/** The same for all, where what is in force changed. */
export const touchAllHomes = (tx: Tx, workspace: string, now: Date): Promise<void> =>
  drawAgain(tx, workspace, sql`true`, now)

/**
 * Each change adds a row of its own: it waits for no other change, and none for it. What waits when a Home is drawn, is done
 * with it.
 */
async function drawAgain(tx: Tx, workspace: string, which: SQL, now: Date): Promise<void> {
  const at = instant(now)
  await tx
    .execute(sql`
      ${INTO_OUTBOX}
      select workspace, 'home:' || person, 'home', jsonb_build_object('kind', 'home', 'person', person), ${at},
        greatest(${at}, published_at + ${BETWEEN_HOMES} * interval '1 millisecond')
      from home where workspace = ${workspace} and opened_at > ${instant(plus(now, -HOME_FOLLOWS))} and ${which}`)
    .execute()
}

const instant = (date: Date): SQL => sql`${date.toISOString()}::timestamptz`
const laneOf = (person: string): string => `home:${person}`
/** Of its own: what waits for hours keeps nothing waiting. */
const laterLaneOf = (person: string): string => `home-later:${person}`
const toDraw = (kind: 'home' | 'home-later', person: string): SQL =>
  sql`${JSON.stringify({ kind, person })}::text::jsonb`
const INTO_OUTBOX = sql`insert into outbox (workspace, lane, kind, message, queued_at, not_before)`

/** What waits for a Home to be drawn. Read before it is composed: each was queued for a change that it will show. */
export async function readWaiting(db: Reader, workspace: string, person: string): Promise<number[]> {
  const rows = await db
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        inArray(outbox.lane, [laneOf(person), laterLaneOf(person)]),
        eq(outbox.state, 'pending'),
      ),
    )
  return rows.map(({ id }) => id)
}

/** What stands in a Home from now on, and when it will next look different with nobody doing anything. */
export interface Published extends Pick<HomeRow, 'hash' | 'shown' | 'watches'> {
  readonly nextChange: Date | null
}

/** Ends the lease of a Home that was drawn, with all that waited for it. Does nothing where somebody else draws it by now. */
export async function writePublished(
  tx: Tx,
  leased: Lease,
  { workspace, person, openedAt }: HomeRow,
  waited: readonly number[],
  { nextChange, ...stands }: Published,
  now: Date,
): Promise<void> {
  await holdHome(tx, workspace, person)
  if (!(await endLease(tx, leased))) return
  if (waited.length > 0)
    await tx
      .delete(outbox)
      .where(and(eq(outbox.workspace, workspace), inArray(outbox.id, [...waited]), eq(outbox.state, 'pending')))
  await tx
    .update(home)
    .set({ ...stands, publishedAt: now })
    .where(and(eq(home.workspace, workspace), eq(home.person, person)))
  const restsAt = openedAt && plus(openedAt, HOME_FOLLOWS)
  const next = restsAt && restsAt > now ? earliest([nextChange, restsAt]) : null
  if (next)
    await tx.execute(sql`
      ${INTO_OUTBOX} values (${workspace}, ${laterLaneOf(person)}, 'home-later', ${toDraw('home-later', person)},
        ${instant(now)}, ${instant(next)})`)
}

/** It is later: the Home is drawn. */
export async function drawLater(tx: Tx, leased: Lease, person: string, now: Date): Promise<void> {
  await holdHome(tx, leased.workspace, person)
  if (await endLease(tx, leased)) await queueHome(tx, leased.workspace, person, now)
}

/** Slack takes no Home for this person: none is drawn until they open it again. */
export async function leaveHome(tx: Tx, workspace: string, person: string): Promise<void> {
  await tx
    .update(home)
    .set({ openedAt: null })
    .where(and(eq(home.workspace, workspace), eq(home.person, person)))
}

/** Before any of its rows in the outbox, so that nobody waits for each other. */
async function holdHome(tx: Tx, workspace: string, person: string): Promise<void> {
  await tx
    .select()
    .from(home)
    .where(and(eq(home.workspace, workspace), eq(home.person, person)))
    .for('update')
}

type Lease = Pick<typeof outbox.$inferSelect, 'workspace' | 'id' | 'fence'>

/** Nobody asks for it later. False where somebody else holds it by now. */
async function endLease(tx: Tx, { workspace, id, fence }: Lease): Promise<boolean> {
  const ended = await tx
    .delete(outbox)
    .where(
      and(eq(outbox.workspace, workspace), eq(outbox.id, id), eq(outbox.fence, fence), eq(outbox.state, 'sending')),
    )
    .returning({ id: outbox.id })
  return ended.length > 0
}

import { and, eq, sql } from 'drizzle-orm'
import { type Concerned, type HomeFilters, NO_FILTERS } from '../complaint/home.ts'
import type { Asker } from '../complaint/roles.ts'
import { HOUR, plus } from '../complaint/time.ts'
import type { Reader, Tx } from './database.ts'
import { home, ONE_HOME, outbox } from './schema.ts'

/** A Home follows every change for so long after it was opened, or something in it pressed. Milliseconds, as is the other. */
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
  await queueHome(tx, workspace, person, now, now)
}

/** Has a Home drawn at `at`, or earlier where it waits to be. */
export async function queueHome(tx: Tx, workspace: string, person: string, at: Date, now: Date): Promise<void> {
  await tx.execute(sql`
    ${INTO_OUTBOX} values (${workspace}, ${laneOf(person)}, 'home', ${JSON.stringify({ kind: 'home', person })}::text::jsonb,
      ${now.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz) ${ONCE}`)
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

async function drawAgain(tx: Tx, workspace: string, which: ReturnType<typeof sql>, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`
  // In the order of people, so that two changes at once wait for each other rather than both for ever.
  await tx
    .execute(sql`
      ${INTO_OUTBOX}
      select workspace, 'home:' || person, 'home', jsonb_build_object('kind', 'home', 'person', person), ${at},
        greatest(${at}, published_at + ${BETWEEN_HOMES} * interval '1 millisecond')
      from home where workspace = ${workspace} and opened_at > ${plus(now, -HOME_FOLLOWS).toISOString()}::timestamptz and ${which}
      order by person ${ONCE}`)
    .execute()
}

const laneOf = (person: string): string => `home:${person}`
const INTO_OUTBOX = sql`insert into outbox (workspace, lane, kind, message, queued_at, not_before)`
/** Updating the one that waits keeps it from being taken, and drawn, before this change has committed. */
const ONCE = sql`on conflict (workspace, lane) where ${ONE_HOME} do update
  set queued_at = excluded.queued_at, not_before = least(outbox.not_before, excluded.not_before)`

/** What stands in a Home from now on, and when it will next look different with nobody doing anything. */
export interface Published extends Pick<HomeRow, 'hash' | 'shown' | 'watches'> {
  readonly nextChange: Date | null
}

export async function writePublished(
  tx: Tx,
  { workspace, person, openedAt }: HomeRow,
  { nextChange, ...stands }: Published,
  now: Date,
): Promise<void> {
  await tx
    .update(home)
    .set({ ...stands, publishedAt: now })
    .where(and(eq(home.workspace, workspace), eq(home.person, person)))
  if (nextChange && openedAt && nextChange < plus(openedAt, HOME_FOLLOWS))
    await queueHome(tx, workspace, person, nextChange, now)
}

/** Slack takes no Home for this person: none is drawn until they open it again. */
export async function leaveHome(tx: Tx, workspace: string, person: string): Promise<void> {
  await tx
    .update(home)
    .set({ openedAt: null })
    .where(and(eq(home.workspace, workspace), eq(home.person, person)))
}

/** Ends the lease of a Home that was drawn; nobody asks for it later. False where somebody else holds it by now. */
export async function endDrawing(
  tx: Tx,
  row: Pick<typeof outbox.$inferSelect, 'workspace' | 'id' | 'fence'>,
): Promise<boolean> {
  const ended = await tx
    .delete(outbox)
    .where(
      and(
        eq(outbox.workspace, row.workspace),
        eq(outbox.id, row.id),
        eq(outbox.fence, row.fence),
        eq(outbox.state, 'sending'),
      ),
    )
    .returning({ id: outbox.id })
  return ended.length > 0
}

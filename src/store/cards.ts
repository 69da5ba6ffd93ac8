import { and, asc, eq, sql } from 'drizzle-orm'
import type { Reader, Tx } from './database.ts'
import { rowsOf } from './migrate.ts'
import { complaints, formerCards } from './schema.ts'

/** A card in Slack. */
export interface CardPlace {
  readonly channel: string
  readonly ts: string
  /** Where it belongs, or did: see `homeOf`. */
  readonly home: string
}

/** Where a complaint's card stands, or null before it is posted. */
export async function readCardPlace(db: Reader, workspace: string, number: number): Promise<CardPlace | null> {
  const [row] = await db
    .select({
      channel: complaints.cardChannel,
      ts: complaints.cardTs,
      home: sql<string>`coalesce(${complaints.cardHome}, ${complaints.department})`,
    })
    .from(complaints)
    .where(and(eq(complaints.workspace, workspace), eq(complaints.number, number)))
  return row ? placeOf(row.channel, row.ts, row.home) : null
}

export const placeOf = (channel: string | null, ts: string | null, home: string): CardPlace | null =>
  channel && ts ? { channel, ts, home } : null

/** Before there were hand-overs, no card said whose it is: here it does, where the complaint leaves that department. */
export const nameCard = (tx: Tx, workspace: string, number: number, department: string): Promise<unknown> =>
  tx
    .execute(
      sql`update complaints set card_home = ${department}
        where workspace = ${workspace} and number = ${number} and card_ts is not null and card_home is null`,
    )
    .execute()

/** Where its card stood before, the oldest first. */
export async function readFormerCards(db: Reader, workspace: string, number: number): Promise<CardPlace[]> {
  return db
    .select({ channel: formerCards.channel, ts: formerCards.ts, home: formerCards.home })
    .from(formerCards)
    .where(and(eq(formerCards.workspace, workspace), eq(formerCards.complaint, number)))
    .orderBy(asc(formerCards.leftAt), asc(formerCards.ts))
}

/** Its card stands here from now on, or nowhere; where it stood before, `left`, is kept. */
export async function moveCard(
  tx: Tx,
  workspace: string,
  number: number,
  { left, to }: { readonly left: CardPlace | null; readonly to: CardPlace | null },
  now: Date,
): Promise<void> {
  if (left)
    await tx
      .insert(formerCards)
      .values({ workspace, complaint: number, ...left, leftAt: now })
      .onConflictDoNothing()
  await writeCardPlace(tx, workspace, number, to)
}

/** Somebody deleted its card: there is no place to keep. */
export const forgetCard = (tx: Tx, workspace: string, number: number): Promise<void> =>
  writeCardPlace(tx, workspace, number, null)

async function writeCardPlace(tx: Tx, workspace: string, number: number, place: CardPlace | null): Promise<void> {
  await tx
    .update(complaints)
    .set({
      cardChannel: place?.channel ?? null,
      cardTs: place?.ts ?? null,
      cardHome: place?.home ?? null,
    })
    .where(and(eq(complaints.workspace, workspace), eq(complaints.number, number)))
}

/** The complaint whose card stands there, or stood: people may still write in that one's thread. Null where there is none. */
export async function readByCard(
  db: Reader,
  workspace: string,
  { channel, ts }: Pick<CardPlace, 'channel' | 'ts'>,
): Promise<{ number: number; owner: string | null } | null> {
  const [found] = rowsOf<{ number: number; owner: string | null }>(
    await db.execute(sql`
      select number, owner from complaints where workspace = ${workspace} and card_channel = ${channel} and card_ts = ${ts}
      union all
      select number, owner from former_cards f join complaints c on c.workspace = f.workspace and c.number = f.complaint
      where f.workspace = ${workspace} and f.channel = ${channel} and f.ts = ${ts}
      limit 1`),
  )
  return found ?? null
}

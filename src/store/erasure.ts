import { and, asc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { customerKey } from '../complaint/customer.ts'
import type { TimelineEvent } from '../complaint/events.ts'
import { ERASED, withoutWords } from '../complaint/written.ts'
import type { Reader, Tx } from './database.ts'
import type { Message } from './message.ts'
import { rowsOf } from './migrate.ts'
import { MAY_BE_SAID, type Said } from './outbox.ts'
import {
  complaints,
  correctiveActions,
  customerBlocks,
  customerChanges,
  customers,
  flaws,
  outbox,
  timeline,
} from './schema.ts'

/** A customer with every name by which it is known. */
export interface ErasableCustomer {
  readonly id: number
  /** Ids of its names, its own among them. */
  readonly names: readonly number[]
  /** As they were written, and what it is called. */
  readonly spelt: readonly string[]
}

/** What an erased customer is called: the number tells it from others that were erased. */
export const erasedName = (id: number): string => `Erased customer ${id}`

/** Keys hold no capitals: nobody can write a name that leads here. */
const erasedKey = (id: number): string => `ERASED ${id}`

/** The customer who is, or was, known by this name; null where there is none. */
export async function readErasable(db: Reader, workspace: string, name: string): Promise<ErasableCustomer | null> {
  const rows = await db
    .select({
      id: customers.id,
      root: sql<string>`coalesce(merged_into, id)`,
      name: customers.name,
      called: customers.called,
    })
    .from(customers)
    .where(
      and(
        eq(customers.workspace, workspace),
        sql`erased_at is null`,
        sql`coalesce(merged_into, id) = (select coalesce(merged_into, id) from customers where workspace = ${workspace} and key = ${customerKey(name)})`,
      ),
    )
    .orderBy(asc(customers.id))
  const [first] = rows
  if (!first) return null
  const spelt = rows.flatMap((row) => [row.called, row.name]).filter((one) => one !== null)
  return { id: Number(first.root), names: rows.map(({ id }) => id), spelt: [...new Set(spelt)] }
}

export interface ErasableComplaint {
  readonly number: number
  readonly status: (typeof complaints.$inferSelect)['status']
}

export function readComplaintsOf(db: Reader, workspace: string, customer: number): Promise<ErasableComplaint[]> {
  return db
    .select({ number: complaints.number, status: complaints.status })
    .from(complaints)
    .where(and(eq(complaints.workspace, workspace), eq(complaints.customer, customer)))
    .orderBy(asc(complaints.number))
}

/** Complaints closed before `before` that still have their words, with their duplicates; the longest closed first. */
export async function readClosedBefore(db: Reader, workspace: string, before: Date, limit: number): Promise<number[]> {
  const isOver = (of: SQL): SQL =>
    sql`${of}.status = 'closed' and ${of}.closed_at < ${before.toISOString()}::timestamptz`
  const rows = await db.execute(sql`
    select number from (
      select c.number, c.closed_at from complaints c
      where c.workspace = ${workspace} and c.erased_at is null and ${isOver(sql`c`)}
      union all
      select d.number, o.closed_at from complaints d
      join complaints o on o.workspace = d.workspace and o.number = d.duplicate_of
      where d.workspace = ${workspace} and d.duplicate_of is not null and d.erased_at is null and ${isOver(sql`o`)}
    ) over order by closed_at limit ${limit}`)
  return rowsOf<{ number: number }>(rows).map(({ number }) => number)
}

/** Takes people's words out of what was written on a complaint's timeline. Call with the complaint under lock. */
export async function eraseTimeline(tx: Tx, workspace: string, number: number, keepsName: boolean): Promise<void> {
  const rows = await tx
    .select({ seq: timeline.seq, event: timeline.event })
    .from(timeline)
    .where(and(eq(timeline.workspace, workspace), eq(timeline.complaint, number)))
  for (const { seq, event } of rows) await rewrite(tx, workspace, number, seq, event, withoutWords(event, keepsName))
}

async function rewrite(
  tx: Tx,
  workspace: string,
  complaint: number,
  seq: number,
  before: TimelineEvent,
  event: TimelineEvent,
): Promise<void> {
  if (JSON.stringify(before) === JSON.stringify(event)) return
  await tx
    .update(timeline)
    .set({ event })
    .where(and(eq(timeline.workspace, workspace), eq(timeline.complaint, complaint), eq(timeline.seq, seq)))
}

/**
 * Takes a customer's names away, once no complaint of theirs bears one. False where one was filed meanwhile. Call under
 * `holdMerging`.
 */
export async function eraseNames(
  tx: Tx,
  workspace: string,
  { id, names }: ErasableCustomer,
  now: Date,
): Promise<boolean> {
  const theirs = and(eq(customers.workspace, workspace), or(eq(customers.id, id), eq(customers.mergedInto, id)))
  // Whoever files under one of the names waits here, and finds it gone.
  const held = await tx.select({ id: customers.id }).from(customers).where(theirs).for('update')
  const left = await tx
    .select({ number: complaints.number })
    .from(complaints)
    .where(
      and(eq(complaints.workspace, workspace), eq(complaints.customer, id), sql`customer_name <> ${erasedName(id)}`),
    )
    .limit(1)
  if (left.length > 0 || held.length !== names.length) return false
  for (const name of names)
    await tx
      .update(customers)
      .set({ key: erasedKey(name), name: erasedName(id), called: null, erasedAt: now })
      .where(and(eq(customers.workspace, workspace), eq(customers.id, name)))
  await tx
    .delete(customerBlocks)
    .where(and(eq(customerBlocks.workspace, workspace), inArray(customerBlocks.customer, [...names])))
  await tx
    .update(customerChanges)
    .set({ before: ERASED, after: ERASED })
    .where(
      and(
        eq(customerChanges.workspace, workspace),
        or(inArray(customerChanges.customer, [...names]), inArray(customerChanges.into, [...names])),
      ),
    )
  return true
}

/**
 * Takes their names from flaws by a part or site, where all whose complaints make them are erased by now: a site may be a
 * customer's own. Returns which these are. Call after `eraseNames`, under `holdFlaws`.
 */
export async function eraseFlaws(tx: Tx, workspace: string, { id }: ErasableCustomer): Promise<number[]> {
  const joined = sql`select flaw from flaw_complaints j
    join complaints c on c.workspace = ${workspace} and c.number = j.complaint
    join customers u on u.workspace = ${workspace} and u.id = c.customer
    where j.workspace = ${workspace}`
  const rows = await tx
    .update(flaws)
    .set({ key: sql`'ERASED ' || number`, name: ERASED })
    .where(
      and(
        eq(flaws.workspace, workspace),
        eq(flaws.kind, 'reference'),
        sql`number in (${joined} and c.customer = ${id})`,
        sql`number not in (${joined} and u.erased_at is null)`,
      ),
    )
    .returning({ number: flaws.number })
  return rows.map(({ number }) => number)
}

/** Takes the names out of edits by which a complaint became another customer's. */
export async function eraseFromEdits(tx: Tx, workspace: string, { id, spelt }: ErasableCustomer): Promise<void> {
  // All timelines are gone through.
  await tx.execute(sql`set local statement_timeout = 0`)
  const rows = await tx
    .select({ complaint: timeline.complaint, seq: timeline.seq, event: timeline.event })
    .from(timeline)
    .where(
      and(
        eq(timeline.workspace, workspace),
        sql`event->>'kind' = 'edited' and coalesce(event->'before'->>'customer', event->'after'->>'customer') is not null`,
      ),
    )
  const without = renaming(spelt, erasedName(id))
  for (const { complaint, seq, event } of rows)
    await rewrite(tx, workspace, complaint, seq, event, without(event) as TimelineEvent)
}

/** Takes the names out of digests. Returns those that stand in Slack, with their details, and every question about one of the names. */
export async function eraseFromMessages(
  tx: Tx,
  workspace: string,
  { id, names, spelt }: ErasableCustomer,
): Promise<Said[]> {
  const without = renaming(spelt, erasedName(id))
  const about = inArray(
    sql`(message->>'name')::bigint`,
    names.map((name) => sql`${name}::bigint`),
  )
  const other = inArray(
    sql`(message->>'other')::bigint`,
    names.map((name) => sql`${name}::bigint`),
  )
  const rows = await tx
    .select()
    .from(outbox)
    .where(
      and(
        eq(outbox.workspace, workspace),
        or(inArray(outbox.kind, ['digest', 'digest-details']), and(eq(outbox.kind, 'same-customer'), or(about, other))),
      ),
    )
    .orderBy(asc(outbox.id))
    .for('update')
  const said: Said[] = []
  const renamed = new Set<number>()
  for (const row of rows) {
    const message = without(row.message) as Message
    const { kind } = message
    if (kind === 'digest' && JSON.stringify(message) === JSON.stringify(row.message)) continue
    // They come after their digest, whose names they tell.
    if (kind === 'digest-details' && !renamed.has(message.digest)) continue
    renamed.add(row.id)
    await tx
      .update(outbox)
      .set({ message })
      .where(and(eq(outbox.workspace, workspace), eq(outbox.id, row.id)))
    if (MAY_BE_SAID.includes(row.state)) said.push({ id: row.id, lane: row.lane, complaint: row.complaint, flaw: null })
  }
  return said
}

/** Gives whatever is called by one of these names, as a `customer`, another one. */
function renaming(spelt: readonly string[], name: string): (value: unknown) => unknown {
  const keys = spelt.map(customerKey)
  const isTheirs = (one: unknown): boolean => typeof one === 'string' && keys.includes(customerKey(one))
  /** A name, or a list of customers by their names. */
  const called = (customer: unknown): unknown => {
    if (!Array.isArray(customer)) return isTheirs(customer) ? name : customer
    return customer.map((one) => (isTheirs(one?.name) ? { ...one, name } : one))
  }
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, key === 'customer' ? called(one) : renamed(one)]),
    )
  }
  return renamed
}

/** What stays in Slack, where only people can take it away. */
export interface LeftInSlack {
  /** Slack's addresses of photos and files. */
  readonly files: readonly string[]
  /** Ids of channels that are named after the customer. */
  readonly rooms: readonly string[]
  /** Addresses of messages that complaints were filed from. */
  readonly sources: readonly string[]
}

export async function readLeftInSlack(db: Reader, workspace: string, customer: number): Promise<LeftInSlack> {
  const of = sql`(select number from complaints where workspace = ${workspace} and customer = ${customer})`
  const one = async (query: ReturnType<typeof sql>): Promise<string[]> =>
    rowsOf<{ one: string }>(await db.execute(query)).map((row) => row.one)
  return {
    files: await one(
      sql`select distinct coalesce(permalink, file) as one from evidence where workspace = ${workspace} and complaint in ${of} and gone_at is null order by 1`,
    ),
    rooms: await one(
      sql`select distinct channel as one from war_rooms where workspace = ${workspace} and complaint in ${of} and channel is not null order by 1`,
    ),
    sources: await one(
      sql`select distinct source_permalink as one from complaints where workspace = ${workspace} and customer = ${customer} and source_permalink is not null order by 1`,
    ),
  }
}

/** Where one of the names stands among words that stay. */
export interface Mentions {
  /** Numbers of other customers' complaints. */
  readonly complaints: readonly number[]
  /** Corrective actions, by what they were agreed for. */
  readonly actions: readonly { readonly complaint: number | null; readonly flaw: number | null }[]
}

/** The first ones of each. */
export async function readMentions(
  db: Reader,
  workspace: string,
  { id, spelt }: ErasableCustomer,
  limit: number,
): Promise<Mentions> {
  const patterns = spelt.map((name) => `%${name.replace(/[\\%_]/g, (wild) => `\\${wild}`)}%`)
  const named = (words: SQL): SQL | undefined => or(...patterns.map((pattern) => sql`${words} ilike ${pattern}`))
  const inComplaints = await db
    .select({ number: complaints.number })
    .from(complaints)
    .where(
      and(
        eq(complaints.workspace, workspace),
        sql`customer <> ${id}`,
        named(sql`concat_ws(' ', words, tried, contact, reference, done)`),
      ),
    )
    .orderBy(asc(complaints.number))
    .limit(limit)
  const { complaint, flaw } = correctiveActions
  const inActions = await db
    .selectDistinct({ complaint, flaw })
    .from(correctiveActions)
    .where(and(eq(correctiveActions.workspace, workspace), named(sql`concat_ws(' ', words, changed, proof)`)))
    .orderBy(asc(complaint), asc(flaw))
    .limit(limit)
  return { complaints: inComplaints.map(({ number }) => number), actions: inActions }
}

import { and, eq, type SQL, sql } from 'drizzle-orm'
import { blockingKeys, keysOfSimilar, unlikenessTo } from '../complaint/similar.ts'
import type { Reader, Tx } from './database.ts'
import { rowsOf } from './migrate.ts'
import { insertRows } from './rows.ts'
import { customerBlocks, customers, sameCustomer } from './schema.ts'

/** Files a name under its blocking keys. */
export async function writeBlocks(tx: Tx, workspace: string, customer: number, name: string): Promise<void> {
  await insertRows(
    tx,
    customerBlocks,
    blockingKeys(name).map((block) => ({ workspace, block, customer })),
    sql`on conflict do nothing`,
  )
}

/** Files names from before there were blocking keys under theirs, some at a time. Returns how many. */
export async function keyNames(tx: Tx, limit: number): Promise<number> {
  const found = await tx
    .select({ workspace: customers.workspace, id: customers.id, name: customers.name })
    .from(customers)
    .where(eq(customers.keyed, false))
    .limit(limit)
    .for('update', { skipLocked: true })
  const blocks = found.flatMap(({ workspace, id, name }) =>
    blockingKeys(name).map((block) => ({ workspace, block, customer: id })),
  )
  await insertRows(tx, customerBlocks, blocks, sql`on conflict do nothing`)
  const ids = JSON.stringify(found.map(({ id }) => id))
  // Ids are the whole database's: one is never given out twice.
  await tx.execute(sql`
    update customers set keyed = true
    where id in (select jsonb_array_elements_text(${ids}::text::jsonb)::bigint)`)
  return found.length
}

export interface SimilarName {
  readonly id: number
  readonly customer: number
  readonly name: string
}

/** More under the same blocking keys than this are not looked at. */
const MOST_CANDIDATES = 5_000

/** Names under the blocking keys of those like this one. */
export const similarQuery = (workspace: string, name: string): SQL => sql`
  select c.id, coalesce(c.merged_into, c.id) as customer, c.name
  from (
    select distinct customer from customer_blocks
    where workspace = ${workspace}
      and block in (select jsonb_array_elements_text(${JSON.stringify(keysOfSimilar(name))}::text::jsonb))
    limit ${MOST_CANDIDATES}
  ) b
  -- One by one: taken together, they would be joined by going through all customers.
  cross join lateral (select * from customers where workspace = ${workspace} and id = b.customer limit 1) c`

/** Whether nothing is known of a customer but what is confidential: then their name tells it, and is told to nobody else. */
export const isHidden = (workspace: string, customer: SQL): SQL => sql`(
  not exists (select 1 from complaints where workspace = ${workspace} and customer = ${customer} and not is_confidential)
  and exists (select 1 from complaints where workspace = ${workspace} and customer = ${customer}))`

/** Names that may be the same customer's as this one, the likest first, those first that are known longer. */
export async function readSimilar(db: Reader, workspace: string, name: string): Promise<SimilarName[]> {
  const unlikeness = unlikenessTo(name)
  const similar = rowsOf<SimilarName>(await db.execute(similarQuery(workspace, name)))
    .flatMap(({ id, customer, name: like }) => {
      const typos = unlikeness(like)
      return typos === null ? [] : [{ row: { id: Number(id), customer: Number(customer), name: like }, typos }]
    })
    .sort((one, other) => one.typos - other.typos || one.row.id - other.row.id)
    .map(({ row }) => row)
  const hidden = await readHidden(db, workspace, similar)
  return similar.filter(({ customer }) => !hidden.includes(customer))
}

async function readHidden(db: Reader, workspace: string, similar: readonly SimilarName[]): Promise<number[]> {
  if (similar.length === 0) return []
  const ids = JSON.stringify([...new Set(similar.map(({ customer }) => customer))])
  const rows = rowsOf<{ id: number }>(
    await db.execute(sql`
      select id from (select jsonb_array_elements_text(${ids}::text::jsonb)::bigint as id) c
      where ${isHidden(workspace, sql`c.id`)}`),
  )
  return rows.map(({ id }) => Number(id))
}

/** A name as it was first written. @throws where there is none by this id. */
export async function readName(db: Reader, workspace: string, id: number): Promise<string> {
  const [row] = await db
    .select({ name: customers.name })
    .from(customers)
    .where(and(eq(customers.workspace, workspace), eq(customers.id, id)))
  if (!row) throw new Error(`There is no name ${id}`)
  return row.name
}

/** The customers of the names asked about before, whatever was answered. */
export async function readAsked(db: Reader, workspace: string, name: number): Promise<number[]> {
  const rows = rowsOf<{ customer: number }>(
    await db.execute(sql`
      select coalesce(c.merged_into, c.id) as customer from same_customer s
      join customers c on c.workspace = s.workspace and c.id = case when s.one = ${name} then s.other else s.one end
      where s.workspace = ${workspace} and (s.one = ${name} or s.other = ${name})`),
  )
  return rows.map(({ customer }) => Number(customer))
}

const inOrder = (name: number, other: number) => ({ one: Math.min(name, other), other: Math.max(name, other) })

/** Notes that two names are asked about. False where they were before. */
export async function writeAsked(
  tx: Tx,
  workspace: string,
  complaint: number,
  names: readonly [number, number],
  now: Date,
): Promise<boolean> {
  const asked = await tx
    .insert(sameCustomer)
    .values({ workspace, complaint, askedAt: now, ...inOrder(...names) })
    .onConflictDoNothing()
    .returning({ one: sameCustomer.one })
  return asked.length > 0
}

/** Notes the answer. False where it was answered before, or never asked. */
export async function writeAnswer(
  tx: Tx,
  workspace: string,
  names: readonly [number, number],
  answer: { readonly same: boolean; readonly by: string },
  now: Date,
): Promise<boolean> {
  const { one, other } = inOrder(...names)
  const answered = await tx
    .update(sameCustomer)
    .set({ same: answer.same, answeredBy: answer.by, answeredAt: now })
    .where(
      and(
        eq(sameCustomer.workspace, workspace),
        eq(sameCustomer.one, one),
        eq(sameCustomer.other, other),
        sql`same is null`,
      ),
    )
    .returning({ one: sameCustomer.one })
  return answered.length > 0
}

/** Notes that names like this one were looked for. */
export async function markCompared(tx: Tx, workspace: string, name: number, now: Date): Promise<void> {
  await tx
    .update(customers)
    .set({ comparedAt: now })
    .where(and(eq(customers.workspace, workspace), eq(customers.id, name)))
}

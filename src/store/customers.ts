import { and, eq, type SQL, sql } from 'drizzle-orm'
import { type Customer, type CustomerStanding, customerKey } from '../complaint/customer.ts'
import type { TimelineEvent } from '../complaint/events.ts'
import { DEFAULT_POLICY } from '../complaint/policy.ts'
import type { Reader, Tx } from './database.ts'
import { rowsOf } from './migrate.ts'
import { customerChanges, customers } from './schema.ts'
import { isHidden, writeBlocks } from './similarNames.ts'

/** A name by which a customer is known. */
export interface KnownName {
  /** Of the name itself. */
  readonly id: number
  /** Of the customer: another one where the name was merged into it. */
  readonly customer: number
  /** Whether similar names were looked for. */
  readonly compared: boolean
  readonly isNew: boolean
}

/** The known name like this, case and spacing ignored, or a new one. Held until the transaction ends: no merge goes past it. */
export async function knownCustomer(tx: Tx, workspace: string, name: string, now: Date): Promise<KnownName> {
  const [row] = await tx
    .insert(customers)
    .values({ workspace, key: customerKey(name), name, firstSeenAt: now, keyed: true })
    .onConflictDoUpdate({
      target: [customers.workspace, customers.key],
      set: { name: sql`${customers.name}` },
    })
    .returning({
      id: customers.id,
      mergedInto: customers.mergedInto,
      comparedAt: customers.comparedAt,
      isNew: sql<boolean>`xmax = 0`,
    })
  if (!row) throw new Error('A customer was neither found nor made')
  if (row.isNew) await writeBlocks(tx, workspace, row.id, name)
  return { id: row.id, customer: row.mergedInto ?? row.id, compared: row.comparedAt !== null, isNew: row.isNew }
}

const CALLED = sql`coalesce(root.called, root.name)`
const ROOT = sql`customers root on root.workspace = c.workspace and root.id = coalesce(c.merged_into, c.id)`

async function readCustomers(db: Reader, query: SQL): Promise<Customer[]> {
  const rows = rowsOf<{ id: number; name: string }>(await db.execute(query))
  return rows.map(({ id, name }) => ({ id: Number(id), name }))
}

/** The customer that a name belongs to by now, by the id of either; null where it was erased. */
export async function readCustomer(db: Reader, workspace: string, id: number): Promise<Customer | null> {
  const [found] = await readCustomers(
    db,
    sql`select root.id, ${CALLED} as name from customers c join ${ROOT} where c.workspace = ${workspace} and c.id = ${id} and root.erased_at is null`,
  )
  return found ?? null
}

/** The customer of a complaint. */
export async function readCustomerOf(db: Reader, workspace: string, complaint: number): Promise<Customer | null> {
  const [found] = await readCustomers(
    db,
    sql`select root.id, ${CALLED} as name
      from complaints t join customers c on c.workspace = t.workspace and c.id = t.customer join ${ROOT}
      where t.workspace = ${workspace} and t.number = ${complaint}`,
  )
  return found ?? null
}

/** How the customer of a complaint stands by the complaint's own policy, or null where there is no such complaint. */
export async function readStanding(db: Reader, workspace: string, complaint: number): Promise<CustomerStanding | null> {
  const within = sql`coalesce((t.policy->'repeat'->>'within')::float8, ${DEFAULT_POLICY.repeat.within}::float8)`
  const [found] = rowsOf<CustomerStanding>(
    await db.execute(sql`
      select c.id, coalesce(c.called, c.name) as name,
        (select count(*)::int from complaints o
          where o.workspace = t.workspace and o.customer = t.customer and o.filed_at <= t.filed_at
            and o.filed_at > t.filed_at - ${within} * interval '1 millisecond'
            and (o.filed_at < t.filed_at or o.number <= t.number)
            and (o.duplicate_of is null or o.number = t.number)) as ordinal,
        (select count(*)::int from complaints o
          where o.workspace = t.workspace and o.customer = t.customer and o.status <> 'closed'
            and o.duplicate_of is null) as open
      from complaints t join customers c on c.workspace = t.workspace and c.id = t.customer
      where t.workspace = ${workspace} and t.number = ${complaint}`),
  )
  return found ? { ...found, id: Number(found.id) } : null
}

/** Customers with what was typed in one of their names, those first whose name begins with it. Holds a limit's worth. */
export function readNamed(db: Reader, workspace: string, typed: string, limit: number): Promise<Customer[]> {
  const text = typed.replace(/[\\%_]/g, (wild) => `\\${wild}`)
  return readCustomers(
    db,
    sql`select root.id, ${CALLED} as name from (
        select coalesce(merged_into, id) as id, min(case when name ilike ${`${text}%`} or called ilike ${`${text}%`} then 0 else 1 end) as place
        from customers where workspace = ${workspace} and erased_at is null and (name ilike ${`%${text}%`} or called ilike ${`%${text}%`})
        group by 1 order by 2, 1 limit ${limit}
      ) found join customers root on root.workspace = ${workspace} and root.id = found.id
      where not ${isHidden(workspace, sql`found.id`)}
      order by found.place, ${CALLED}, root.id`,
  )
}

/** One merging at a time in a workspace: taken before any row is, since a merge holds many. Held until the transaction ends. */
export async function holdMerging(tx: Tx, workspace: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`merging ${workspace}`}, 0))`)
}

interface ChangedCustomer {
  /** The complaint from which it was done, whose own entry is written already. */
  readonly complaint: number
  readonly by: string
  readonly now: Date
}

/** Makes one customer another's: its complaints count as theirs and say so, its names lead there. Call under `holdMerging`. */
export async function mergeCustomers(
  tx: Tx,
  workspace: string,
  customer: Customer,
  into: Customer,
  { complaint, by, now }: ChangedCustomer,
): Promise<void> {
  const event: TimelineEvent = { kind: 'customer-merged', customer: customer.name, into: into.name }
  const move = () =>
    tx.execute(sql`
      with moved as (
        update complaints set customer = ${into.id}, entries = entries + case when number = ${complaint} then 0 else 1 end
        where workspace = ${workspace} and customer = ${customer.id} returning number, entries)
      insert into timeline (workspace, complaint, seq, at, by, event)
      select ${workspace}, number, entries, ${now.toISOString()}::timestamptz, ${by}, ${JSON.stringify(event)}::text::jsonb
      from moved where number <> ${complaint}`)
  // Complaints are held before names, as by everybody else. What was being filed meanwhile is moved after.
  await move()
  await tx.execute(sql`
    update customers set merged_into = ${into.id}
    where workspace = ${workspace} and (id = ${customer.id} or merged_into = ${customer.id})`)
  await move()
  await tx.insert(customerChanges).values({
    ...{ workspace, complaint, by, at: now, customer: customer.id, into: into.id },
    ...{ before: customer.name, after: into.name },
  })
}

/** Calls a customer something else. False where that is another customer's name. Call under `holdMerging`. */
export async function renameCustomer(
  tx: Tx,
  workspace: string,
  customer: Customer,
  name: string,
  { complaint, by, now }: ChangedCustomer,
): Promise<boolean> {
  const known = await knownCustomer(tx, workspace, name, now)
  if (known.customer !== customer.id) {
    if (!known.isNew) return false
    await tx
      .update(customers)
      .set({ mergedInto: customer.id, comparedAt: now })
      .where(and(eq(customers.workspace, workspace), eq(customers.id, known.id)))
  }
  await tx
    .update(customers)
    .set({ called: name })
    .where(and(eq(customers.workspace, workspace), eq(customers.id, customer.id)))
  await tx.insert(customerChanges).values({
    ...{ workspace, complaint, by, at: now, customer: customer.id, into: null },
    ...{ before: customer.name, after: name },
  })
  return true
}

import { sql } from 'drizzle-orm'
import { customerKey } from '../complaint/customer.ts'
import type { Tx } from './database.ts'
import { customers } from './schema.ts'

/** The known customer by this name, case and spacing ignored, or a new one. */
export async function knownCustomer(tx: Tx, workspace: string, name: string, now: Date): Promise<number> {
  const [row] = await tx
    .insert(customers)
    .values({ workspace, key: customerKey(name), name, firstSeenAt: now })
    .onConflictDoUpdate({ target: [customers.workspace, customers.key], set: { name: sql`${customers.name}` } })
    .returning({ id: customers.id })
  if (!row) throw new Error('A customer was neither found nor made')
  return row.id
}

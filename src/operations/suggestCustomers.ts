import type { Customer } from '../complaint/customer.ts'
import { readCustomer, readCustomerOf, readNamed } from '../store/customers.ts'
import type { Database } from '../store/database.ts'
import { readSimilar } from '../store/similarNames.ts'

/** Options of a select that Slack takes. */
const MOST = 100

/** Customers whom a complaint's own may be: by what was typed, or those with similar names before anything is. */
export async function suggestCustomers(
  db: Database,
  workspace: string,
  number: number,
  typed: string,
): Promise<Customer[]> {
  const own = await readCustomerOf(db.reader, workspace, number)
  if (!own) return []
  const found =
    typed.trim() === ''
      ? await likest(db, workspace, own)
      : await readNamed(db.reader, workspace, typed.trim(), MOST + 1)
  return found.filter(({ id }) => id !== own.id).slice(0, MOST)
}

async function likest(db: Database, workspace: string, own: Customer): Promise<Customer[]> {
  const similar = await readSimilar(db.reader, workspace, own.name)
  const ids = [...new Set(similar.map(({ customer }) => customer))].slice(0, MOST)
  const known = await Promise.all(ids.map((id) => readCustomer(db.reader, workspace, id)))
  return known.filter((customer) => customer !== null)
}

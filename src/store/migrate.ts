import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { reasonOf } from '../reason.ts'
import { StartFault } from '../startFault.ts'
import type { Reader } from './database.ts'
import * as schema from './schema.ts'

export const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url))

/** Any number, the same in every version of Amends. */
const LOCK = 4_663_014

/** By the hash that it had: a migration that was mended for databases on which it failed, and did the same on all others. */
const MENDED: Readonly<Record<string, string>> = {
  '526bca65b88c884350b3dfe1a0cd587b108af889f339c7ae89f7c05f0eea0e4f':
    'c473efe6e379e41677f0e85f62d2a7c05fc3d65003ccc990d68c916d44a61eba',
}

/** Drizzle's migrator takes no lock: processes that start together take turns here. */
export async function migrateUnderLock(url: string): Promise<void> {
  const client = postgres(url, { max: 1, connect_timeout: 5, fetch_types: false, onnotice: () => {} })
  try {
    await client`select pg_advisory_lock(${LOCK})`
    await migrateOver(client)
  } catch (error) {
    if (error instanceof StartFault) throw error
    throw new StartFault(`DATABASE_URL: the database could not be opened or migrated (${reasonOf(error)}).`, {
      cause: error,
    })
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** Migrates what a client is connected to. @throws StartFault where that is not possible without loss. */
export async function migrateOver(client: postgres.Sql): Promise<void> {
  const db = drizzle(client, { schema, casing: 'snake_case' })
  await refuseNewer(db)
  await migrate(db, { migrationsFolder: MIGRATIONS })
  await refuseSkipped(db)
}

async function appliedHashes(db: Reader): Promise<string[]> {
  const [found] = rowsOf<{ there: boolean }>(
    await db.execute(sql`select to_regclass('drizzle.__drizzle_migrations') is not null as there`),
  )
  if (!found?.there) return []
  return rowsOf<{ hash: string }>(await db.execute(sql`select hash from drizzle.__drizzle_migrations`)).map(
    ({ hash }) => MENDED[hash] ?? hash,
  )
}

/** A raw result is an array from one driver and holds one in the other. */
export function rowsOf<Row>(result: unknown): Row[] {
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[]
}

async function refuseNewer(db: Reader): Promise<void> {
  const known = new Set(readMigrationFiles({ migrationsFolder: MIGRATIONS }).map((migration) => migration.hash))
  if ((await appliedHashes(db)).some((hash) => !known.has(hash)))
    throw new StartFault(
      'This database was used by a newer version of Amends. Start that version, or restore a backup.',
    )
}

/** Drizzle passes over a migration older than the newest one applied, without a word. */
async function refuseSkipped(db: Reader): Promise<void> {
  const applied = new Set(await appliedHashes(db))
  const skipped = readMigrationFiles({ migrationsFolder: MIGRATIONS }).filter(
    (migration) => !applied.has(migration.hash),
  )
  if (skipped.length > 0)
    throw new StartFault(`${skipped.length} migrations of this version do not fit the database. Restore a backup.`)
}

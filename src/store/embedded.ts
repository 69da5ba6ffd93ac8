import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { tryLock } from 'fs-native-extensions'
import { reasonOf } from '../reason.ts'
import { StartFault } from '../startFault.ts'
import type { Database, Tx } from './database.ts'
import { MIGRATIONS, refuseNewer, refuseSkipped } from './migrate.ts'
import * as schema from './schema.ts'

/** The Postgres inside PGlite 0.5; a directory made by another major version does not open. */
const POSTGRES_MAJOR = '18'

/**
 * Opens the embedded Postgres in `directory`, which one process has to itself: two on one directory lose rows without an
 * error. The lock is the operating system's and goes with the process, however that ends.
 * @throws StartFault where the directory is in use, can't be written or belongs to another version.
 */
export async function openEmbedded(directory: string): Promise<Database> {
  const unlock = await lock(directory)
  try {
    const found = await readFile(join(directory, 'postgres', 'PG_VERSION'), 'utf8').catch(() => null)
    if (found !== null && found.trim() !== POSTGRES_MAJOR)
      throw new StartFault(
        `DATA_DIR: ${directory} was made by Postgres ${found.trim()}, this version of Amends holds Postgres ${POSTGRES_MAJOR}. Start the version of Amends that made it, dump it, and restore it into a new directory.`,
      )
    const client = readingOnce(await PGlite.create({ dataDir: join(directory, 'postgres'), parsers: AS_TEXT }))
    const db = drizzle(client, { schema, casing: 'snake_case' })
    await refuseNewer(db)
    await migrate(db, { migrationsFolder: MIGRATIONS })
    await refuseSkipped(db)
    return {
      kind: 'embedded',
      transaction: (work) => db.transaction((tx) => work(tx as unknown as Tx)),
      reader: db,
      ping: async () => {
        await client.query('select 1')
      },
      // Autovacuum never runs in PGlite.
      maintain: async () => {
        await client.exec('vacuum')
        await client.exec('analyze')
        await client.exec('checkpoint')
      },
      close: async () => {
        await client.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    if (error instanceof StartFault) throw error
    throw new StartFault(`DATA_DIR: the database in ${directory} could not be opened (${reasonOf(error)}).`, {
      cause: error,
    })
  }
}

/** What drizzle reads itself: instants, intervals, days, and arrays of these and of numbers. */
const AS_TEXT = Object.fromEntries(
  [types.TIMESTAMP, types.TIMESTAMPTZ, types.INTERVAL, types.DATE, 1231, 1115, 1185, 1187, 1182].map((type) => [
    type,
    (text: string) => text,
  ]),
)

/**
 * Drizzle asks for the same with every statement, for which PGlite copies what it knows of all types: half of the time that a
 * statement takes.
 */
function readingOnce(client: PGlite): PGlite {
  const without = <Asked extends Pick<PGlite, 'query'>>(asked: Asked): Asked => {
    const query = asked.query.bind(asked)
    asked.query = (text, parameters, { parsers: _, ...options } = {}) => query(text, parameters, options)
    return asked
  }
  const transaction = client.transaction.bind(client)
  client.transaction = (work) => transaction((tx) => work(without(tx)))
  return without(client)
}

async function lock(directory: string): Promise<() => Promise<void>> {
  try {
    await mkdir(directory, { recursive: true })
    const file = await open(join(directory, 'amends.lock'), 'a+')
    if (tryLock(file.fd)) return () => file.close()
    await file.close()
  } catch (error) {
    throw new StartFault(`DATA_DIR: ${directory} can't be written (${reasonOf(error)}).`, { cause: error })
  }
  throw new StartFault(
    `DATA_DIR: another Amends is using ${directory}. Stop it first, or use Postgres (DATABASE_URL), which takes several.`,
  )
}

import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Duplex } from 'node:stream'
import { PGlite } from '@electric-sql/pglite'
import { tryLock } from 'fs-native-extensions'
import postgres from 'postgres'
import { reasonOf } from '../reason.ts'
import { StartFault } from '../startFault.ts'
import type { Database } from './database.ts'
import { migrateOver } from './migrate.ts'
import { databaseOver, preparing } from './postgres.ts'

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
    const server = await PGlite.create({ dataDir: join(directory, 'postgres') })
    const client = preparing(postgres(inProcess(server)))
    await migrateOver(client)
    return databaseOver('embedded', client, {
      // Autovacuum never runs in PGlite.
      maintain: async () => {
        for (const command of ['vacuum', 'analyze', 'checkpoint']) await client.unsafe(command)
      },
      close: async () => {
        await client.end({ timeout: 5 })
        await server.close()
        await unlock()
      },
    })
  } catch (error) {
    await unlock()
    if (error instanceof StartFault) throw error
    throw new StartFault(`DATA_DIR: the database in ${directory} could not be opened (${reasonOf(error)}).`, {
      cause: error,
    })
  }
}

/**
 * How postgres.js reaches a server in this process: over its one connection, as it would over a network. PGlite's own client
 * prepares each statement anew, which takes up to ten times as long.
 */
function inProcess(server: PGlite): postgres.Options<never> {
  const socket = async (): Promise<Duplex> => {
    // A connection that was lost may have left a transaction, and each leaves the statements that it prepared.
    for (const command of ['rollback', 'discard all']) await server.exec(command)
    return new Wire(server)
  }
  // What the environment says of another server (PGSSL, PGMAX, …) is not for this one.
  const options = { max: 1, ssl: false, user: 'postgres', database: 'postgres', fetch_types: false, onnotice: () => {} }
  return { ...options, ...{ socket } }
}

/** What is written to it in whole messages, as postgres.js does, the server carries out; what it answers is read. */
class Wire extends Duplex {
  /** As a socket has it: postgres.js looks at it before it ends one. */
  readyState: 'open' | 'closed' = 'open'
  private readonly server: PGlite

  constructor(server: PGlite) {
    super()
    this.server = server
  }

  override _write(messages: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    const answers: Buffer[] = []
    // They lie in the server's own memory until it goes on.
    const onRawData = (answer: Uint8Array) => answers.push(Buffer.from(answer))
    this.server.execProtocolRawStream(messages, { onRawData }).then(() => {
      if (answers.length > 0) this.push(Buffer.concat(answers))
      done()
    }, done)
  }

  override _read(): void {}

  override _final(done: () => void): void {
    this.readyState = 'closed'
    done()
    this.destroy()
  }
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

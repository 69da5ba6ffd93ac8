import { execFile } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import postgres, { type Sql } from 'postgres'
import { putInForce } from '../../src/operations/putInForce.ts'
import { migrateUnderLock } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { COMPANY, WORKSPACE } from './company.ts'

const run = promisify(execFile)

export interface Server {
  readonly version: string
  /** A database of its own with the company's setup in force; its address. */
  company(name: string): Promise<string>
  drop(name: string): Promise<void>
  stop(): Promise<void>
}

/** A Postgres of its own, or databases of their own on the one that BENCH_DATABASE_URL names. */
export async function startPostgres(): Promise<Server> {
  const given = process.env.BENCH_DATABASE_URL
  const directory = given ? null : await mkdtemp(join(tmpdir(), 'amends-bench-'))
  const url = given ?? (await run('.ci/postgres', [directory ?? ''])).stdout.trim()
  const admin = connect(url)
  const made = new Set<string>()
  const [row] = await admin<{ server_version: string }[]>`show server_version`
  // A checkpoint in the middle of a measurement is no fault of what is measured. On somebody else's server it is theirs to say.
  if (directory) {
    await admin`alter system set max_wal_size = '16GB'`
    await admin`alter system set checkpoint_timeout = '1h'`
    await admin`select pg_reload_conf()`
  }
  const named = (name: string): string => `amends_bench_${process.pid}_${name}`
  const drop = async (name: string) => {
    await admin.unsafe(`drop database if exists ${named(name)} with (force)`)
    made.delete(name)
  }
  return {
    version: row?.server_version ?? 'unknown',
    drop,
    company: async (name) => {
      await admin.unsafe(`create database ${named(name)}`)
      made.add(name)
      const address = new URL(url)
      address.pathname = `/${named(name)}`
      await putCompanyInForce(address.href)
      return address.href
    },
    stop: async () => {
      if (!directory) for (const name of made) await drop(name)
      await admin.end({ timeout: 5 })
      if (directory) await run('.ci/postgres', ['stop', directory])
    },
  }
}

/** postgres.js as anybody would use it. `settings` are Postgres' own, of the session. */
export const connect = (url: string, max = 1, settings: Record<string, string> = {}): Sql =>
  postgres(url, { max, onnotice: () => {}, connection: settings })

async function putCompanyInForce(url: string): Promise<void> {
  await migrateUnderLock(url)
  const db = await openPostgres(url)
  try {
    await putInForce(db, WORKSPACE, COMPANY, new Date())
  } finally {
    await db.close()
  }
}

import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { inject, onTestFinished } from 'vitest'
import type { DatabasePlace } from '../../src/config/environment.ts'
import { openDatabase } from '../../src/openDatabase.ts'
import type { Database } from '../../src/store/database.ts'
import { rowsOf } from '../../src/store/migrate.ts'

export type DatabaseKind = 'postgres' | 'embedded'

/** The kinds that can be tested here: both, or the embedded one alone where there is no Postgres. */
export const databaseKinds = (): DatabaseKind[] => (inject('postgres') ? ['postgres', 'embedded'] : ['embedded'])

/** The faster kind that there is. */
export const anyKind = (): DatabaseKind => databaseKinds()[0] ?? 'embedded'

/** Few connections: each costs the server as much as a world does. */
export function databaseUrl(admin: string, name: string): string {
  const url = new URL(admin)
  url.pathname = `/${name}`
  url.searchParams.set('max', '4')
  return url.href
}

/**
 * A migrated database for one test to itself. With `spoilt` the test leaves more than rows behind, and it is taken away
 * afterwards; else, on Postgres, it is emptied for another test, which takes a tenth of what making one does.
 */
export async function freshPlace(
  kind: DatabaseKind = anyKind(),
  { spoilt = false }: { spoilt?: boolean } = {},
): Promise<DatabasePlace> {
  if (kind === 'embedded') {
    const directory = await mkdtemp(join(tmpdir(), 'amends-data-'))
    await cp(inject('embedded'), directory, { recursive: true })
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    return { kind, directory }
  }
  const url = await takePostgres()
  onTestFinished(() => (spoilt ? undefined : giveBack(url)))
  return { kind, url }
}

/** Emptied databases that no test has. */
const spare: string[] = []

/** The address of an empty, migrated database. Those that are left are taken away after the run. */
export async function takePostgres(): Promise<string> {
  const another = spare.pop()
  if (another) return another
  const server = inject('postgres')
  if (!server) throw new Error('No Postgres to test on')
  const name = `${server.template}_${randomUUID().replaceAll('-', '')}`
  await asAdmin(server.admin, `create database ${name} template ${server.template}`)
  const url = new URL(server.admin)
  url.pathname = `/${name}`
  // Each connection costs the server ten milliseconds.
  url.searchParams.set('max', '4')
  return url.href
}

export async function giveBack(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    await client.begin(async (tx) => {
      await tx.unsafe((await tx.unsafe<{ emptying: string }[]>(EMPTYING))[0]?.emptying ?? '')
    })
  } finally {
    await client.end()
  }
  spare.push(url)
}

/**
 * The statements that empty every table, whatever refers to it, and begin every sequence anew. Truncating writes new files,
 * which takes a hundred times as long.
 */
const EMPTYING = `
  select 'set local session_replication_role = replica;' || string_agg(statement, ';') as emptying from (
    select format('delete from %I', tablename) as statement from pg_tables where schemaname = 'public'
    union all
    select format('alter sequence %I restart', sequencename) from pg_sequences where schemaname = 'public'
  ) statements`

export async function asAdmin(admin: string, statement: string): Promise<void> {
  const client = postgres(admin, { max: 1, onnotice: () => {} })
  try {
    await client.unsafe(statement)
  } finally {
    await client.end()
  }
}

/** An open database that one test has to itself. */
export async function freshDatabase(kind: DatabaseKind = anyKind()): Promise<Database> {
  if (kind === 'embedded') return emptiedEmbedded()
  const db = await openDatabase(await freshPlace(kind))
  onTestFinished(() => db.close())
  return db
}

let opened: Promise<Database> | undefined

/** The embedded database that this worker keeps open, since opening one takes a second of the processor; emptied for who asks. */
export async function emptiedEmbedded(): Promise<Database> {
  opened ??= openInRun()
  const db = await opened
  await db.transaction(async (tx) => {
    const [found] = rowsOf<{ emptying: string }>(await tx.execute(sql.raw(EMPTYING)))
    for (const statement of found?.emptying.split(';') ?? []) await tx.execute(sql.raw(statement))
  })
  return db
}

/** In the run's own directory, which is taken away after the last test: workers are not told when they end. */
async function openInRun(): Promise<Database> {
  const directory = await mkdtemp(join(inject('run'), 'embedded-'))
  await cp(inject('embedded'), directory, { recursive: true })
  return openDatabase({ kind: 'embedded', directory })
}

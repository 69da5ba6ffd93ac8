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

/** A migrated database of its own for one test, taken away after it. */
export async function freshPlace(kind: DatabaseKind = anyKind()): Promise<DatabasePlace> {
  if (kind === 'embedded') {
    const directory = await mkdtemp(join(tmpdir(), 'amends-data-'))
    await cp(inject('embedded'), directory, { recursive: true })
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    return { kind, directory }
  }
  const server = inject('postgres')
  if (!server) throw new Error('No Postgres to test on')
  const name = `amends_${randomUUID().replaceAll('-', '')}`
  await asAdmin(server.admin, `create database ${name} template ${server.template}`)
  onTestFinished(() => asAdmin(server.admin, `drop database if exists ${name} with (force)`))
  const url = new URL(server.admin)
  url.pathname = `/${name}`
  return { kind, url: url.href }
}

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
    const tables = rowsOf<{ name: string }>(
      await tx.execute(sql`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`),
    ).map(({ name }) => name)
    await tx.execute(sql.raw(`truncate ${tables.join(', ')} restart identity cascade`))
  })
  return db
}

/** In the run's own directory, which is taken away after the last test: workers are not told when they end. */
async function openInRun(): Promise<Database> {
  const directory = await mkdtemp(join(inject('run'), 'embedded-'))
  await cp(inject('embedded'), directory, { recursive: true })
  return openDatabase({ kind: 'embedded', directory })
}

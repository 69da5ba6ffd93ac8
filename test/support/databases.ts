import { randomUUID } from 'node:crypto'
import { cpSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { inject, onTestFinished } from 'vitest'
import type { DatabasePlace } from '../../src/config/environment.ts'
import { openDatabase } from '../../src/openDatabase.ts'
import type { Database } from '../../src/store/database.ts'

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
    copyEmbedded(directory)
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    return { kind, directory }
  }
  const url = await takePostgres()
  onTestFinished(() => (spoilt ? undefined : giveBack(url)))
  return { kind, url }
}

/** Puts a migrated embedded database there. A thousand files: one by one, in promises, it takes three times as long. */
export const copyEmbedded = (directory: string): void => cpSync(inject('embedded'), directory, { recursive: true })

/** Emptied databases that no test has. */
const spare: string[] = []

/** The address of an empty, migrated database. Those that are left are taken away after the run. */
async function takePostgres(): Promise<string> {
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
  const client = postgres(url, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    await client`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`
    await client.unsafe(`do $$ ${EMPTYING} $$`)
  } finally {
    await client.end()
  }
  spare.push(url)
}

/**
 * Empties every table, whatever refers to it. Truncating writes new files, which takes a hundred times as long as deleting a few rows;
 * but what is deleted is still gone through by the tests that follow.
 */
const EMPTYING = `
  declare name text;
  begin
    set local session_replication_role = replica;
    for name in select tablename from pg_tables where schemaname = 'public' loop
      if pg_relation_size(name::regclass) > 250000 then execute format('truncate %I cascade', name);
      elsif pg_relation_size(name::regclass) > 0 then execute format('delete from %I', name); end if;
    end loop;
    for name in select sequencename from pg_sequences where schemaname = 'public' loop perform setval(name::regclass, 1, false); end loop;
  end`

export async function asAdmin(admin: string, statement: string): Promise<void> {
  const client = postgres(admin, { max: 1, fetch_types: false, onnotice: () => {} })
  try {
    await client.unsafe(statement)
  } finally {
    await client.end()
  }
}

interface Lent {
  readonly place: DatabasePlace
  readonly db: Database
}

/** Open databases that nobody has: opening the embedded one takes a second of the processor, one on Postgres a tenth. */
const idle: Record<DatabaseKind, Lent[]> = { postgres: [], embedded: [] }
const lent = new Map<DatabasePlace, Database>()

/** An open database, emptied, that nobody else has until it is returned. */
export async function borrow(kind: DatabaseKind): Promise<Lent & { giveBack(): void }> {
  const taken = idle[kind].pop() ?? (await makeOne(kind))
  await taken.db.transaction((tx) => tx.execute(sql.raw(`do $$ ${EMPTYING} $$`)))
  lent.set(taken.place, taken.db)
  const giveBack = () => {
    lent.delete(taken.place)
    idle[kind].push(taken)
  }
  return { ...taken, giveBack }
}

/** In the run's own directory, which is taken away after the last test: workers are not told when they end. */
async function makeOne(kind: DatabaseKind): Promise<Lent> {
  if (kind === 'postgres') {
    const place = { kind, url: await takePostgres() }
    return { place, db: await openDatabase(place) }
  }
  const directory = await mkdtemp(join(inject('run'), 'embedded-'))
  copyEmbedded(directory)
  const place = { kind, directory }
  return { place, db: await openDatabase(place) }
}

/** What is open already stays so when it is closed here. */
export async function openPlace(place: DatabasePlace): Promise<Database> {
  const open = lent.get(place)
  return open ? { ...open, close: async () => {} } : openDatabase(place)
}

/** Where an open database is that one test has to itself. */
export async function borrowedPlace(kind: DatabaseKind = anyKind()): Promise<DatabasePlace> {
  const { place, giveBack } = await borrow(kind)
  onTestFinished(giveBack)
  return place
}

/** An open database that one test has to itself. */
export async function freshDatabase(kind: DatabaseKind = anyKind()): Promise<Database> {
  return openPlace(await borrowedPlace(kind))
}

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/openDatabase.ts'
import { reasonOf } from '../../src/reason.ts'
import { isUnreachable } from '../../src/slack/trouble.ts'
import { StartFault } from '../../src/startFault.ts'
import { knownCustomer } from '../../src/store/customers.ts'
import type { Reader } from '../../src/store/database.ts'
import { MIGRATIONS, rowsOf } from '../../src/store/migrate.ts'
import { anyKind, asAdmin, databaseKinds, databaseUrl, freshDatabase, freshPlace } from '../support/databases.ts'
import { withDatabase } from '../support/world.ts'

const NOW = new Date('2026-03-04T15:00:00Z')

const first = async <Row>(db: Reader, query: ReturnType<typeof sql>): Promise<Row> => {
  const [row] = rowsOf<Row>(await db.execute(query))
  if (!row) throw new Error('No row')
  return row
}

describe.runIf(anyKind() === 'postgres')('Postgres', () => {
  test('a backend that dies inside a transaction takes all of it along', async () => {
    const place = await freshPlace('postgres')
    if (place.kind !== 'postgres') throw new Error('Not Postgres')
    const db = await openDatabase(place)
    onTestFinished(() => db.close())
    let stray: Promise<unknown> = Promise.resolve()
    const work = db.transaction((tx) => {
      const statements = async () => {
        await knownCustomer(tx, 'T1', 'before', NOW)
        const { pid } = await first<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`)
        await asAdmin(place.url, `select pg_terminate_backend(${pid})`)
        // The pool opens the connection anew for whoever comes next.
        for (let round = 0; round < 3; round += 1)
          await Promise.all(Array.from({ length: 20 }, () => db.reader.execute(sql`select 1`).catch(() => {})))
        await knownCustomer(tx, 'T1', 'after', NOW)
      }
      const run = statements()
      stray = run.then(
        () => 'nothing',
        (error: unknown) => error,
      )
      return run
    })
    await expect(work).rejects.toThrow()
    expect(reasonOf(await stray)).toBe('25006')
    // The person is told "not now", and may try again: nothing was saved.
    expect(isUnreachable(await stray)).toBe(true)
    expect(await db.reader.query.customers.findMany()).toEqual([])
    await db.transaction((tx) => knownCustomer(tx, 'T1', 'again', NOW))
    expect(await db.reader.query.customers.findMany()).toHaveLength(1)
  })

  test('what is not in a writing transaction can not write', async () => {
    const db = await freshDatabase('postgres')
    const written = db.reader.execute(sql`insert into submissions values ('T1', 'V1', now(), null)`)
    await expect(written).rejects.toMatchObject({ cause: { code: '25006' } })
  })

  test('a statement and a silent transaction end by themselves', async () => {
    const db = await freshDatabase('postgres')
    const shows = async (setting: string) => {
      const inTransaction = await db.transaction((tx) => first<Record<string, string>>(tx, sql.raw(`show ${setting}`)))
      expect(await first(db.reader, sql.raw(`show ${setting}`))).toEqual(inTransaction)
      return inTransaction[setting]
    }
    expect(await shows('statement_timeout')).toBe('30s')
    expect(await shows('idle_in_transaction_session_timeout')).toBe('10s')
    expect(await shows('application_name')).toBe('amends')
    expect(await shows('jit')).toBe('off')
  })

  test('several that start together on an empty database migrate it once', async () => {
    const admin = inject('postgres')?.admin ?? ''
    const name = `amends_${randomUUID().replaceAll('-', '')}`
    await asAdmin(admin, `create database ${name}`)
    onTestFinished(() => asAdmin(admin, `drop database if exists ${name} with (force)`))
    const url = databaseUrl(admin, name)
    // Each takes its turn by a connection of its own, as processes do, and sooner than processes would.
    const opened = await Promise.all([1, 2, 3].map(() => openDatabase({ kind: 'postgres', url })))
    onTestFinished(async () => {
      await Promise.all(opened.map((db) => db.close()))
    })
    const journal = JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8')) as { entries: unknown[] }
    for (const { reader } of opened) {
      const applied = await first<{ count: string }>(reader, sql`select count(*) from drizzle.__drizzle_migrations`)
      expect(Number(applied.count)).toBe(journal.entries.length)
    }
  })

  test('a server that is not there is one line, without the address', async () => {
    const place = { kind: 'postgres', url: 'postgres://amends:secret@127.0.0.1:1/amends' } as const
    const error = await openDatabase(place).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartFault)
    expect((error as Error).message).toBe('DATABASE_URL: the database could not be opened or migrated (ECONNREFUSED).')
  })

  test('a password that is refused is one line', async () => {
    const place = await freshPlace('postgres')
    if (place.kind !== 'postgres') throw new Error('Not Postgres')
    const url = new URL(place.url)
    url.username = 'nobody_of_this_name'
    const error = await openDatabase({ kind: 'postgres', url: url.href }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartFault)
    expect((error as Error).message).toMatch(/^DATABASE_URL: .*\(28000\)\.$/)
  })

  test('a database that a newer version used is refused with one line', async () => {
    const place = await freshPlace('postgres', { spoilt: true })
    const leave = sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a later version', 4102444800000)`
    await withDatabase(place, (db) => db.transaction((tx) => tx.execute(leave)))
    const error = await openDatabase(place).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(StartFault)
    expect((error as Error).message).toMatch(/^This database was used by a newer version of Amends\.[^\n]*$/)
  })

  test('many transactions at once wait for their turn instead of failing', async () => {
    const db = await freshDatabase('postgres')
    const names = Array.from({ length: 60 }, (_, at) => `customer ${at % 20}`)
    await Promise.all(names.map((name) => db.transaction((tx) => knownCustomer(tx, 'T1', name, NOW))))
    expect(await db.reader.query.customers.findMany()).toHaveLength(20)
  })
})

test.each(databaseKinds())('a migration that was passed over is refused with one line (%s)', async (kind) => {
  const place = await freshPlace(kind, { spoilt: true })
  // As if another branch's migration had been applied later than ours, and ours never.
  const forget = sql`delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)`
  const date = sql`update drizzle.__drizzle_migrations set created_at = 4102444800000`
  const more = sql`insert into drizzle.__drizzle_migrations (hash, created_at) select hash, 4102444800000 from drizzle.__drizzle_migrations limit 1`
  const only = await withDatabase(place, (db) =>
    db.transaction(async (tx) => {
      await tx.execute(forget)
      await tx.execute(date)
      await tx.execute(more)
      return rowsOf(await tx.execute(sql`select 1 from drizzle.__drizzle_migrations`)).length === 0
    }),
  )
  // With one migration there is none to pass over: it is applied again, onto tables that are there.
  const error = await openDatabase(place).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(StartFault)
  expect((error as Error).message).toMatch(
    only ? /^[^\n]*\(\w+\)\.$/ : /^\d+ migrations of this version do not fit[^\n]*$/,
  )
})

import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { MIGRATIONS, migrateUnderLock } from '../../src/store/migrate.ts'
import { anyKind, asAdmin } from '../support/databases.ts'

/* What earlier versions left behind is taken along. */

/** A closed complaint, and rows beside it: whatever each column takes. */
const CLOSED: Record<string, string> = {
  ...{ status: "'closed'", root_cause: "'x'", origin: "'x'", done: "'x'", fix: "'fixed'", avoidable: 'true' },
  ...{ settled: "'yes'", closed_at: 'now()', closed_by: "'x'", owner: "'x'", owned_at: 'now()' },
  ...{ severity: "'normal'", feeling: "'angry'" },
}
const anyOf = (type: string): string =>
  type.startsWith('timestamp')
    ? 'now()'
    : type === 'text'
      ? "'x'"
      : type === 'boolean'
        ? 'false'
        : type === 'jsonb'
          ? "'{}'"
          : '1'

test.runIf(anyKind() === 'postgres')(
  'complaints closed before corrective actions were asked for stay closed; names with digits are to be filed anew',
  async () => {
    const admin = inject('postgres')?.admin ?? ''
    const name = `amends_${randomUUID().replaceAll('-', '')}`
    await asAdmin(admin, `create database ${name}`)
    onTestFinished(() => asAdmin(admin, `drop database if exists ${name} with (force)`))
    const url = Object.assign(new URL(admin), { pathname: `/${name}` }).href
    const client = postgres(url, { max: 1, onnotice: () => {} })
    onTestFinished(() => client.end())

    const earlier = await mkdtemp(join(tmpdir(), 'amends-earlier-'))
    onTestFinished(() => rm(earlier, { recursive: true }))
    await cp(MIGRATIONS, earlier, { recursive: true })
    const journal = join(earlier, 'meta', '_journal.json')
    const { entries, ...rest } = JSON.parse(await readFile(journal, 'utf8')) as { entries: { idx: number }[] }
    await writeFile(journal, JSON.stringify({ ...rest, entries: entries.filter(({ idx }) => idx < 15) }))
    await migrate(drizzle(client), { migrationsFolder: earlier })

    const columns = await client<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns
    where table_name = 'complaints' and is_nullable = 'NO' and column_default is null`
    const row = { ...Object.fromEntries(columns.map((column) => [column.name, anyOf(column.type)])), ...CLOSED }
    await client.unsafe(`set session_replication_role = replica`)
    await client.unsafe(`insert into complaints (${Object.keys(row)}) values (${Object.values(row)})`)
    await client`
    insert into customers (workspace, id, key, name, first_seen_at, keyed) overriding system value
    select 'x', row_number() over (), name, name, now(), true from (values ('Flat 12'), ('Oak'), ('Åkerö')) as names (name)`
    await client`insert into customer_blocks select workspace, '3.0.' || key, id from customers`

    await migrateUnderLock(url)
    const names = await client`
    select name, keyed, exists (select 1 from customer_blocks where customer = id) as filed from customers order by id`
    expect(names.map(({ name: one, keyed, filed }) => [one, keyed, filed])).toEqual([
      ['Flat 12', false, false],
      ['Oak', true, true],
      ['Åkerö', false, false],
    ])
    const stored = await client`select status, why_none from complaints`
    expect([...stored]).toEqual([{ status: 'closed', why_none: 'Closed before corrective actions were asked for.' }])
    // The migration as it was before it thought of them.
    await client`
    update drizzle.__drizzle_migrations set hash = '526bca65b88c884350b3dfe1a0cd587b108af889f339c7ae89f7c05f0eea0e4f'
    where hash = 'c473efe6e379e41677f0e85f62d2a7c05fc3d65003ccc990d68c916d44a61eba'`
    await migrateUnderLock(url)
  },
)

import { chmod, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { openDatabase } from '../../src/openDatabase.ts'
import { StartFault } from '../../src/startFault.ts'
import { knownCustomer } from '../../src/store/customers.ts'
import { freshPlace } from '../support/databases.ts'
import { amends, SLOW } from '../support/process.ts'

const NOW = new Date('2026-03-04T15:00:00Z')
const ofLaterVersion = sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a later version', 4102444800000)`
const EXPORT = ['config', 'export', '--workspace', 'T1']

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'amends-data-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  return directory
}

const open = (directory: string) => openDatabase({ kind: 'embedded', directory })

const faultOf = async (directory: string): Promise<string> => {
  const opened = await open(directory).catch((error: unknown) => error)
  if (opened instanceof StartFault) return opened.message
  throw new Error(`No fault of the start: ${String(opened)}`)
}

const ELSEWHERE = { PGSSL: 'require', PGHOST: 'db.example.com', PGUSER: 'else', PGDATABASE: 'else', PGPASSWORD: 'else' }

describe('embedded database', () => {
  test('takes one process, keeps what was committed, and says when it is newer or damaged', SLOW, async () => {
    const place = await freshPlace('embedded')
    if (place.kind !== 'embedded') throw new Error('Not embedded')
    const { directory } = place
    // Seconds, where else a connection lives for 45 minutes at least.
    vi.stubEnv('PGMAX_LIFETIME', '1')
    // Of another server, in the same environment.
    for (const [name, value] of Object.entries(ELSEWHERE)) vi.stubEnv(name, value)
    onTestFinished(() => {
      vi.unstubAllEnvs()
    })
    const first = await open(directory)
    const file = () => first.transaction((tx) => knownCustomer(tx, 'T1', 'Acme', NOW))
    await file()
    const { code, stderr, stdout } = await amends(EXPORT, { DATA_DIR: directory })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      `DATA_DIR: another Amends is using ${directory}. Stop it first, or use Postgres (DATABASE_URL), which takes several.\n`,
    )
    // Within one process, too.
    expect(await faultOf(directory)).toContain('another Amends is using')
    const prepared = sql`select statement from pg_prepared_statements where statement like 'insert into "customers"%'`
    await expect.poll(() => first.reader.execute(prepared), { timeout: 10_000 }).toHaveLength(0)
    // Over its next connection, which has nothing of the one before.
    await file()
    await first.maintain()
    await first.close()

    const again = await open(directory)
    expect(await again.reader.query.customers.findMany()).toMatchObject([{ name: 'Acme' }])
    await again.transaction((tx) => tx.execute(ofLaterVersion))
    await again.close()

    expect(await faultOf(directory)).toMatch(/^This database was used by a newer version of Amends\.[^\n]*$/)

    await truncate(join(directory, 'postgres', 'global', 'pg_control'), 10)
    expect(await faultOf(directory)).toMatch(/^DATA_DIR: the database in [^\n]+ could not be opened \([^\n]+\)\.$/)
  })

  test('made by another Postgres is one line that says what to do', async () => {
    const directory = await emptyDirectory()
    await mkdir(join(directory, 'postgres'))
    await writeFile(join(directory, 'postgres', 'PG_VERSION'), '17\n')
    expect(await faultOf(directory)).toBe(
      `DATA_DIR: ${directory} was made by Postgres 17, this version of Amends holds Postgres 18. Start the version of Amends that made it, dump it, and restore it into a new directory.`,
    )
    // The lock was given back: nobody is using it.
    expect(await faultOf(directory)).toContain('made by Postgres 17')
  })

  test.each([
    ['under a file', 'file/data'],
    ['a file', 'file'],
  ])('in a place that can not be written (%s) is one line', async (_, place) => {
    const directory = await emptyDirectory()
    await writeFile(join(directory, 'file'), '')
    expect(await faultOf(join(directory, place))).toMatch(/^DATA_DIR: [^\n]+ can't be written \(E[A-Z]+\)\.$/)
  })

  // Nothing is forbidden to root.
  test.skipIf(process.getuid?.() === 0)('in a folder of somebody else is one line', async () => {
    const directory = await emptyDirectory()
    await chmod(directory, 0o500)
    expect(await faultOf(directory)).toMatch(/^DATA_DIR: [^\n]+ can't be written \(EACCES\)\.$/)
  })
})

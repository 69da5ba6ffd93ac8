import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { insiders, viewerOf } from '../../src/complaint/confidential.ts'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { find, listOpen } from '../../src/operations/look.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { readComplaint } from '../../src/store/complaints.ts'
import { readNamed } from '../../src/store/customers.ts'
import type { Database } from '../../src/store/database.ts'
import { InForce } from '../../src/store/inForce.ts'
import type { OpenFilter } from '../../src/store/lists.ts'
import { readSimilar } from '../../src/store/similarNames.ts'
import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { INSIDER, NO_ACTION, SEES_ALL, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-04T15:00:00Z')

interface Filed {
  readonly customer?: string
  readonly words?: string
  readonly reference?: string | null
  readonly department?: string
  /** Hours from now until the call that is promised. */
  readonly within?: number
}

/** A workspace with these complaints, numbered from 1. */
async function workspaceWith(db: Database, workspace: string, filed: readonly Filed[]) {
  const inForce = new InForce()
  await putInForce(db, workspace, setupOf(), NOW)
  for (const [at, { customer = 'Acme', words = 'It leaks.', reference = null, ...about }] of filed.entries()) {
    const report = {
      customer,
      words,
      reference,
      feeling: 'calm',
      tried: null,
      severity: 'normal',
      contact: null,
    } as const
    const filing = {
      report,
      department: about.department ?? 'manufacturing',
      toldAt: NOW,
      promisedBy: plus(NOW, (about.within ?? 4) * HOUR),
      reporter: 'U0RITA',
      source: null,
    }
    const outcome = await fileComplaint(db, inForce, { workspace, view: `V${at}`, filing, asker: INSIDER }, NOW)
    expect(outcome).toMatchObject({ ok: true, number: at + 1 })
  }
  const change = (number: number, command: Parameters<typeof changeComplaint>[2]['command'], now = NOW) =>
    changeComplaint(db, inForce, { workspace, number, view: null, command, asker: INSIDER }, now)
  return {
    change,
    own: (number: number, by: string) => change(number, { kind: 'own', by }),
    close: (number: number) =>
      change(number, {
        kind: 'close-out',
        by: 'U0FRED',
        rootCause: 'defective-part',
        origin: 'manufacturing',
        done: 'Replaced.',
        fix: 'fixed',
        avoidable: false,
        settled: 'yes',
        ...NO_ACTION,
      }),
    listed: async (filter: OpenFilter, page = 0) => {
      const { rows, more, total } = await listOpen(db, workspace, SEES_ALL, filter, page)
      return { numbers: rows.map((row) => row.number), more, total }
    },
    found: async (text: string, page = 0) => {
      const { rows, more } = await find(db, workspace, SEES_ALL, text, page)
      return { numbers: rows.map((row) => row.number), more }
    },
  }
}

describe.each(databaseKinds())('lists (%s)', (kind) => {
  const database = sharedDatabase(kind)

  test('the soonest deadline first, equal ones by number, ten a page, those without a clock last', async () => {
    const hours = [9, 3, 3, 8, 7, 6, 5, 4, 3, 2, 1, 10]
    const w = await workspaceWith(
      database(),
      'T1',
      hours.map((within) => ({ within })),
    )
    // Both clocks end, and it stays open: settled on the phone, fixed from afar.
    await w.change(11, {
      kind: 'log-callback',
      by: 'U0FRED',
      outcome: 'reached',
      said: 'Fine.',
      settled: true,
      promisedBy: null,
    })
    await w.change(11, { kind: 'fix-remotely', by: 'U0FRED', done: 'Told them how.' })
    expect(await w.listed({ kind: 'all' })).toEqual({ numbers: [10, 2, 3, 9, 8, 7, 6, 5, 4, 1], more: true, total: 12 })
    expect(await w.listed({ kind: 'all' }, 1)).toEqual({ numbers: [12, 11], more: false, total: 12 })
    expect(await w.listed({ kind: 'all' }, 2)).toEqual({ numbers: [], more: false, total: 12 })
  })

  test('mine, overdue, of a department: open ones only, of this workspace only', async () => {
    const w = await workspaceWith(database(), 'T2', [
      { within: 1 },
      { within: 2, department: 'logistics' },
      { within: 3 },
      { within: 4 },
    ])
    const other = await workspaceWith(database(), 'T3', [{ within: 1 }])
    await other.own(1, 'U0FRED')
    await w.own(3, 'U0FRED')
    await w.own(4, 'U0FRED')
    await w.close(4)
    expect(await w.listed({ kind: 'mine', person: 'U0FRED' })).toMatchObject({ numbers: [3], total: 1 })
    expect(await w.listed({ kind: 'department', key: 'logistics' })).toMatchObject({ numbers: [2], total: 1 })
    expect(await w.listed({ kind: 'department', key: 'nowhere' })).toMatchObject({ numbers: [], total: 0 })
    // To the millisecond: from its deadline on, as on its card.
    const overdue = (now: Date) => w.listed({ kind: 'overdue', now })
    expect(await overdue(plus(NOW, HOUR - 1))).toMatchObject({ numbers: [] })
    expect(await overdue(plus(NOW, HOUR))).toMatchObject({ numbers: [1], total: 1 })
    expect(await overdue(plus(NOW, 4 * HOUR + 1))).toMatchObject({ numbers: [1, 2, 3], total: 3 })
  })

  test('find takes what is typed to the letter, in either case, wherever it stands, newest first', async () => {
    const w = await workspaceWith(database(), 'T4', [
      { words: '100% of the valves leak' },
      { words: '1000 valves' },
      { reference: 'PN_4711' },
      { reference: 'PN-4711' },
      { customer: 'C:\\Acme\\Works' },
      { words: 'it\'s "quoted"; drop table complaints; --' },
      { customer: 'ÄRGER GmbH', words: 'Ventil' },
      { words: `${'x'.repeat(250)}needle` },
    ])
    await w.close(1)
    expect((await w.found('100%')).numbers).toEqual([1])
    expect((await w.found('%')).numbers).toEqual([1])
    expect((await w.found('VALVES')).numbers).toEqual([2, 1])
    expect((await w.found('pn_4711')).numbers).toEqual([3])
    expect((await w.found('_')).numbers).toEqual([3])
    expect((await w.found('\\')).numbers).toEqual([5])
    expect((await w.found('acme\\w')).numbers).toEqual([5])
    expect((await w.found('\\%')).numbers).toEqual([])
    expect((await w.found("'")).numbers).toEqual([6])
    expect((await w.found('"; drop')).numbers).toEqual([6])
    expect((await w.found('ärger')).numbers).toEqual([7])
    expect((await w.found('needle')).numbers).toEqual([8])
    expect((await find(database(), 'T4', SEES_ALL, 'needle', 0)).rows[0]?.excerpt).toBe('x'.repeat(200))
    expect((await w.found('nothing like it')).numbers).toEqual([])
  })

  test('find has pages, too', async () => {
    const w = await workspaceWith(
      database(),
      'T5',
      Array.from({ length: 11 }, () => ({})),
    )
    expect(await w.found('leaks')).toEqual({ numbers: [11, 10, 9, 8, 7, 6, 5, 4, 3, 2], more: true })
    expect(await w.found('leaks', 1)).toEqual({ numbers: [1], more: false })
  })

  test('show of what is confidential what the rules show, to everybody by themselves', async () => {
    const setup = setupOf({ confidential: ['U0BOSS'] })
    const db = database()
    const w = await workspaceWith(db, 'T6', [
      {},
      {},
      { department: 'design' },
      { department: 'logistics' },
      { customer: 'Hush & Co' },
      { customer: 'Hush Corp' },
    ])
    await w.own(2, 'U0FRED')
    const keep = (number: number, people: readonly string[], more = sql`settling = null`) =>
      db.transaction((tx) => {
        const confidential = JSON.stringify({ entry: 2, people, state: 'refused', channel: null })
        return tx.execute(
          sql`update complaints set confidential = ${confidential}::text::jsonb, ${more} where workspace = 'T6' and number = ${number}`,
        )
      })
    await keep(2, ['U0NAMED', "it's"])
    await keep(3, [])
    await keep(4, [], sql`settling = '{"to": "design", "by": "U0X", "reason": "Ours?", "entry": 3}'::jsonb`)
    await keep(5, [])
    await keep(6, ['U0NAMED'])
    const complaints = await Promise.all([1, 2, 3, 4, 5, 6].map((number) => readComplaint(db.reader, 'T6', number)))
    const people = [
      'U0RITA',
      'U0FRED',
      'U0NAMED',
      "it's",
      'U0LEAD',
      'U0LOG',
      'U0DESIGN',
      'U0ADMIN',
      'U0BOSS',
      'U0FAY',
      '',
    ]
    for (const person of people) {
      const sees = complaints.flatMap((one) =>
        one && (!one.confidential || insiders(one, setup).includes(person)) ? [one.number] : [],
      )
      const viewer = viewerOf(person, setup)
      const { rows } = await listOpen(db, 'T6', viewer, { kind: 'all' }, 0)
      expect(rows).toHaveLength(6)
      for (const { number, hidden, customer, excerpt, owner } of rows) {
        expect([person, number, hidden]).toEqual([person, number, !sees.includes(number)])
        if (hidden) expect({ customer, excerpt, owner }).toEqual({ customer: '', excerpt: '', owner: null })
      }
      const found = await find(db, 'T6', viewer, 'leaks', 0)
      expect(found.rows.map(({ number }) => number).sort()).toEqual(sees)
    }
    // Nor is a customer suggested of whom nothing else is known.
    expect((await readSimilar(db.reader, 'T6', 'Hush Corporation')).map(({ name }) => name)).toEqual([])
    expect(await readNamed(db.reader, 'T6', 'hush', 10)).toEqual([])
    await db.transaction((tx) =>
      tx.execute(sql`update complaints set confidential = null where workspace = 'T6' and number = 6`),
    )
    expect((await readSimilar(db.reader, 'T6', 'Hush Corporation')).map(({ name }) => name)).toEqual(['Hush Corp'])
    expect((await readNamed(db.reader, 'T6', 'hush', 10)).map(({ name }) => name)).toEqual(['Hush Corp'])
  })
})

const GATE = 'complaints_gate'
const CLOSE_OUT = {
  closed_at: 'now()',
  closed_by: `'U0FRED'`,
  root_cause: `'defective-part'`,
  origin: `'design'`,
  done: `'Replaced.'`,
  fix: `'fixed'`,
  avoidable: 'true',
  settled: `'yes'`,
  why_none: `'It was a single piece.'`,
}
/** Closes #1 by hand, leaving one thing out. */
const closingWithout = (missing: string): string => {
  const columns = { status: `'closed'`, owner: `'U0FRED'`, ...CLOSE_OUT, [missing]: 'null' }
  const set = Object.entries(columns).map(([column, value]) => `${column} = ${value}`)
  return `update complaints set ${set.join(', ')} where number = 1 and workspace = 'T1'`
}

describe.each(databaseKinds())('what no code may write (%s)', (kind) => {
  const database = sharedDatabase(kind)

  /** The name of what refuses it; the drivers spell it differently. */
  const refusedBy = async (statement: string): Promise<string> => {
    const written = database().transaction((tx) => tx.execute(sql.raw(statement)))
    return written.then(
      () => 'nothing',
      (error: unknown) => {
        const { constraint, constraint_name } = ((error as Error).cause ?? error) as Record<string, string | undefined>
        return constraint ?? constraint_name ?? String(error)
      },
    )
  }

  test('the gate, the one owner, the one promise and the one customer hold in the database, too', async () => {
    const w = await workspaceWith(database(), 'T1', [{}, {}])
    await w.own(2, 'U0FRED')
    for (const missing of Object.keys(CLOSE_OUT)) expect(await refusedBy(closingWithout(missing)), missing).toBe(GATE)
    expect(await refusedBy(`update complaints set status = 'closed' where number = 2`)).toBe(GATE)
    expect(await refusedBy(`update complaints set status = 'done' where number = 2`)).toBe('complaints_status')
    expect(await refusedBy(`update complaints set status = 'owned' where number = 1`)).toBe('complaints_owner')
    expect(await refusedBy(`update complaints set owner = null where number = 2`)).toBe('complaints_owner')
    expect(await refusedBy(`update complaints set owner = 'U0FRED' where number = 1`)).toBe('complaints_owner')
    expect(
      await refusedBy(
        `insert into promises select workspace, complaint, 2, started_at, due_at, null, reminded_to, null, promised_by, state, null from promises where complaint = 1`,
      ),
    ).toBe('promises_one_pending')
    expect(
      await refusedBy(
        `insert into customers (workspace, key, name, first_seen_at) select workspace, key, 'Another', now() from customers`,
      ),
    ).toBe('customers_by_key')
    expect(await refusedBy(`insert into timeline values ('T1', 77, 1, now(), null, '{}')`)).toMatch(/timeline.*fk/)
    expect(await refusedBy(`delete from complaints where number = 1`)).toMatch(/fk/)
    // Two are one complaint's by their workspace and number.
    expect(await refusedBy(`update complaints set number = 1 where number = 2`)).toMatch(/pk|fk/)
    expect(await refusedBy(`select 1`)).toBe('nothing')
  })

  test('spellings of one customer are one customer', async () => {
    await workspaceWith(database(), 'T2', [
      { customer: 'Acme Corp' },
      { customer: '  ACME\u00a0\u200bcorp' },
      { customer: 'Ａｃｍｅ Ｃｏｒｐ' },
      { customer: 'Acme Corporation' },
    ])
    const customers = await database().reader.query.customers.findMany({
      where: (row, { eq }) => eq(row.workspace, 'T2'),
      orderBy: (row, { asc }) => asc(row.id),
    })
    expect(customers.map(({ name }) => name)).toEqual(['Acme Corp', 'Acme Corporation'])
  })
})

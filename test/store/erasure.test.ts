import { eq, getTableColumns, getTableName, is, sql } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import type { Report } from '../../src/complaint/types.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { eraseCustomer, eraseOldOnce, lookAtErasure } from '../../src/operations/erase.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { linkDuplicate } from '../../src/operations/linkDuplicate.ts'
import { mergeCustomer } from '../../src/operations/mergeCustomer.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { suggestCustomers } from '../../src/operations/suggestCustomers.ts'
import { readComplaint, readTimeline } from '../../src/store/complaints.ts'
import type { Database } from '../../src/store/database.ts'
import { columnsOf, exported } from '../../src/store/exports.ts'
import { InForce } from '../../src/store/inForce.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { claim, mark, prune, queue } from '../../src/store/outbox.ts'
import * as schema from '../../src/store/schema.ts'
import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { INSIDER, NO_ACTION, POLICY, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-04T15:00:00.123Z')
const SECRET = /zebra/i

const MORE = { tried: 'Zebra tape', contact: 'zebra@example.com', reference: 'Zebra Road' }
const NOTHING_MORE = { tried: null, contact: null, reference: null }

async function company(db: Database, workspace: string, keeps: number | null = null) {
  const inForce = new InForce()
  const setup = setupOf({ policy: { ...POLICY, retention: { words: keeps } } })
  await putInForce(db, workspace, setup, plus(NOW, -400 * DAY))
  let forms = 0
  const w = {
    async file(customer: string, now = NOW, words = 'Zebra words'): Promise<number> {
      forms += 1
      const more = words === 'Plain words' ? NOTHING_MORE : MORE
      const report: Report = { customer, words, feeling: 'calm', severity: 'normal', ...more }
      const filing = {
        ...{ report, department: 'manufacturing', toldAt: now, promisedBy: plus(now, 4 * HOUR) },
        ...{ reporter: 'U0RITA', source: null },
      }
      const filed = await fileComplaint(db, inForce, { workspace, view: `V${forms}`, filing, asker: INSIDER }, now)
      if (!filed.ok) throw new Error(JSON.stringify(filed))
      return filed.number
    },
    async change(number: number, command: Command, now = NOW): Promise<void> {
      const done = await changeComplaint(db, inForce, { workspace, number, view: null, asker: INSIDER, command }, now)
      if (!done.ok) throw new Error(JSON.stringify(done))
    },
    close: (number: number, now = NOW) =>
      w.change(
        number,
        {
          ...{ kind: 'close-out', by: 'U0FRED', rootCause: 'defective-part', origin: 'design', done: 'Zebra done' },
          ...{ fix: 'fixed', avoidable: false, settled: 'yes', ...NO_ACTION, whyNone: 'Zebra once' },
        } as const,
        now,
      ),
    link: (number: number, original: number) =>
      linkDuplicate(db, inForce, { workspace, number, view: null, asker: INSIDER, by: 'U0LENA', original }, NOW),
    merge: (number: number, into: number | null, name: string | null) =>
      mergeCustomer(db, inForce, { workspace, number, view: null, asker: INSIDER, by: 'U0LENA', into, name }, NOW),
    /** A flaw by a part or site, with a corrective action that names it. */
    flaw: (number: number, name: string, joined: readonly number[]) =>
      db.transaction(async (tx) => {
        await tx.insert(schema.flaws).values({
          ...{ workspace, number, kind: 'reference', key: name.toLowerCase(), name, policy: POLICY, status: 'owned' },
          ...{ owner: 'U0DESIGN', raisedAt: NOW, responses: [], raisedWith: joined.length, entries: 1 },
        })
        await tx
          .insert(schema.flawComplaints)
          .values(joined.map((complaint) => ({ workspace, flaw: number, complaint, joinedAt: NOW })))
        await tx.insert(schema.correctiveActions).values({
          ...{
            workspace,
            flaw: number,
            seq: 1,
            words: `Mend ${name}`,
            takenBy: 'U1',
            agreedBy: 'U1',
            origin: 'design',
          },
          ...{ startedAt: NOW, dueAt: NOW, remindedTo: NOW },
        })
      }),
    erase: (name: string) => eraseCustomer(db, workspace, name, NOW),
    look: (name: string) => lookAtErasure(db, workspace, name),
    customer: async (number: number) => (await readComplaint(db.reader, workspace, number))?.report.customer,
    /** Rows that hold the secret, by their table. */
    async left(): Promise<string[]> {
      const found: string[] = []
      for (const table of Object.values(schema).filter((one) => is(one, PgTable))) {
        const rows = rowsOf<{ row: string }>(
          await db.reader.execute(sql`select to_json(t)::text as row from ${table} t where workspace = ${workspace}`),
        )
        found.push(...rows.filter(({ row }) => SECRET.test(row)).map(({ row }) => `${getTableName(table)} ${row}`))
      }
      return found
    },
    kinds: async (number: number) => (await readTimeline(db.reader, workspace, number)).map(({ event }) => event.kind),
  }
  return w
}

describe.each(databaseKinds())('erasure (%s)', (kind) => {
  const database = sharedDatabase(kind)

  test('every name of a customer goes, with all its complaints, and nothing of anybody else', async () => {
    const db = database()
    const w = await company(db, 'T1')
    await w.file('Zebra')
    await w.file('Striped Horse Zebra')
    await w.file('Bolt', NOW, 'Plain words')
    const other = (await w.look('Zebra'))?.customer.id ?? 0
    expect(await w.merge(2, other, 'Zebra & Sons')).toMatchObject({ ok: true })
    // It was written on another one's complaint for a while, and stands among another one's words.
    await w.change(3, { kind: 'edit', by: 'U0RITA', edits: 0, report: { customer: 'Zebra' } })
    await w.change(3, { kind: 'edit', by: 'U0RITA', edits: 1, report: { customer: 'Bolt' } })
    await w.file('Cable', NOW, 'The same as Zebra & Sons')
    // A site of its own, and a part that others have, too.
    await w.flaw(1, 'Zebra Road', [1, 2])
    await w.flaw(2, 'KV-220', [1, 3])
    expect(await w.look('striped horse ZEBRA')).toMatchObject({
      customer: { id: other, spelt: ['Zebra & Sons', 'Zebra', 'Striped Horse Zebra'] },
      complaints: [{ number: 1 }, { number: 2 }],
      mentions: { complaints: [4], actions: [{ complaint: null, flaw: 1 }] },
    })
    await w.erase('Striped Horse Zebra')
    const left = await w.left()
    expect(left.filter((row) => !/"(number|complaint)":4|^corrective_actions/.test(row))).toEqual([])
    const flaws = await db.reader.select().from(schema.flaws).where(eq(schema.flaws.workspace, 'T1'))
    expect(flaws.map(({ name }) => name).toSorted()).toEqual(['(erased)', 'KV-220'])
    expect(await w.customer(1)).toBe(`Erased customer ${other}`)
    expect(await w.customer(3)).toBe('Bolt')
    expect(await suggestCustomers(db, 'T1', 3, 'zeb')).toEqual([])
    expect(await suggestCustomers(db, 'T1', 3, 'Erased')).toEqual([])
    expect(await w.look('Zebra')).toBeNull()
    expect(await w.look(`Erased customer ${other}`)).toBeNull()
    expect(await w.erase('Zebra')).toBe(0)
    // Under the erased one's new name one files as under any other.
    await w.file(`Erased customer ${other}`)
    expect((await w.look(`Erased customer ${other}`))?.customer.id).not.toBe(other)
    const [counted] = rowsOf<{ count: number }>(
      await db.reader.execute(
        sql`select count(*)::int as count from complaints where workspace = 'T1' and customer = ${other}`,
      ),
    )
    expect(counted?.count).toBe(2)
  })

  test('interrupted, it carries on; what is filed meanwhile goes as well', async () => {
    const db = database()
    const w = await company(db, 'T2')
    for (let at = 0; at < 5; at += 1) await w.file('Zebra')
    // As far as it came: the words of one, and no name yet.
    await w.close(1, plus(NOW, -50 * DAY))
    const keeps = await company(db, 'T2', 30 * DAY)
    expect(await eraseOldOnce(db, NOW)).toBe(1)
    expect(await w.kinds(1)).toContain('words-erased')
    const [redrawn] = await Promise.all(
      [w.erase('Zebra'), keeps.file('zebra'), w.file('ZEBRA ', NOW)].map(async (one) => one),
    )
    expect(redrawn).toEqual(expect.any(Number))
    while (await w.look('zebra')) await w.erase('zebra')
    expect(await w.left()).toEqual([])
  })

  test('messages that stand in Slack, or may, are said anew behind whatever is under way; the others are composed without', async () => {
    const db = database()
    const w = await company(db, 'T3')
    await w.file('Zebra')
    const take = async () => (await db.transaction((tx) => claim(tx, 'T3', NOW, MINUTE, 1)))[0]
    const card = await take()
    let thanks = card
    while (thanks && thanks.kind !== 'thanks') {
      const { id } = thanks
      const end = thanks === card ? { state: 'sent', channel: 'C1', ts: String(id) } : { state: 'dropped' }
      const row = thanks
      await db.transaction((tx) => mark(tx, row, end as Parameters<typeof mark>[2]))
      thanks = await take()
    }
    if (!card || !thanks) throw new Error('Nothing to send')
    const underWay = thanks
    const lane = `complaint:1`
    const line = { lane, complaint: 1, message: { kind: 'line', entry: 1 } } as const
    await db.transaction((tx) => queue(tx, 'T3', [line], NOW))
    expect(await w.erase('Zebra')).toBe(1)
    const waiting = rowsOf<{ kind: string; posted: string | null }>(
      await db.reader.execute(
        sql`select kind, message->>'posted' as posted from outbox where workspace = 'T3' and state = 'pending' order by id`,
      ),
    )
    expect(waiting.map(({ kind }) => kind)).toEqual(['line', 'card', 'line', 'without-words', 'without-words'])
    expect(Number(waiting.at(-2)?.posted)).toBe(thanks.id)
    // News goes first, however much there is to say anew.
    await db.transaction((tx) => mark(tx, underWay, { state: 'sent', channel: 'D1', ts: '1.2' }))
    const redraw = { lane: 'complaint:9', complaint: 1, message: { kind: 'without-words', posted: card.id } } as const
    await db.transaction((tx) => queue(tx, 'T3', [redraw], plus(NOW, -DAY)))
    expect((await take())?.kind).toBe('line')
  })

  test('what was said stays known until it is erased, however old', async () => {
    const db = database()
    const w = await company(db, 'T4')
    await w.file('Zebra', NOW, 'Zebra words '.repeat(120))
    for (;;) {
      const [row] = await db.transaction((tx) => claim(tx, 'T4', NOW, MINUTE, 1))
      if (!row) break
      await db.transaction((tx) => mark(tx, row, { state: 'sent', channel: 'C1', ts: String(row.id) }))
    }
    await db.transaction((tx) => prune(tx, plus(NOW, 900 * DAY)))
    // The words in full, in two parts, and the thanks.
    expect(await w.erase('Zebra')).toBe(3)
  })

  test('by the policy, the longest closed go, and names stay', async () => {
    const db = database()
    const w = await company(db, 'T5', 365 * DAY)
    for (const ago of [365, 366, 400, 10])
      await w.close(await w.file('Acme', plus(NOW, -ago * DAY), 'Zebra words'), plus(NOW, -ago * DAY))
    await w.file('Acme', plus(NOW, -500 * DAY))
    expect(await eraseOldOnce(db, NOW)).toBe(2)
    expect(await eraseOldOnce(db, NOW)).toBe(0)
    const words = rowsOf<{ words: string; customer: string }>(
      await db.reader.execute(
        sql`select words, customer_name as customer from complaints where workspace = 'T5' order by number`,
      ),
    )
    expect(words).toEqual(
      ['Zebra words', '(erased)', '(erased)', 'Zebra words', 'Zebra words'].map((one) => ({
        words: one,
        customer: 'Acme',
      })),
    )
    // Reopened and closed again, it has words again.
    await w.change(2, { kind: 'reopen', by: 'U0RITA', reason: 'Zebra', promisedBy: plus(NOW, HOUR), ownerGone: false })
    await w.close(2)
    expect(await eraseOldOnce(db, plus(NOW, 366 * DAY))).toBe(3)
    // What rests as its duplicate goes with it.
    const [original, same] = [await w.file('Acme'), await w.file('Acme')]
    await w.link(same, original)
    await w.close(original)
    expect(await eraseOldOnce(db, plus(NOW, 365 * DAY))).toBe(0)
    expect(await eraseOldOnce(db, plus(NOW, 366 * DAY))).toBe(2)
    expect(await eraseOldOnce(db, plus(NOW, 366 * DAY))).toBe(0)
    expect((await readComplaint(db.reader, 'T5', same))?.report.words).toBe('(erased)')
  })

  test('exports tell all of a range once, page by page, and what was erased without its words', async () => {
    const db = database()
    const w = await company(db, 'T6')
    await w.file('=Zebra', plus(NOW, -DAY))
    await w.close(1, NOW)
    await w.file('Acme', plus(NOW, DAY), 'Plain words')
    // Many of one instant, over more than one page: two of them where a statement takes long, else three.
    const many = kind === 'postgres' ? 4500 : 2500
    await db.transaction((tx) =>
      tx.execute(sql`
        insert into complaints (workspace, number, status, customer, customer_name, feeling, words, severity, department, reporter,
          told_at, filed_at, policy, entries)
        select workspace, 10 + n, 'open', customer, customer_name, feeling, words, severity, department, reporter,
          told_at, ${NOW.toISOString()}::timestamptz + (n / 1500) * interval '1 ms', policy, 1
        from complaints, generate_series(1, ${many}) n where workspace = 'T6' and number = 2`),
    )
    const all = async (what: 'complaints' | 'promises' | 'causes', from: Date | null, to: Date | null) => {
      const rows: Record<string, unknown>[] = []
      for await (const row of exported(db.reader, 'T6', what, { from, to })) rows.push(row)
      return rows
    }
    const numbers = (await all('complaints', null, null)).map(({ number }) => number)
    expect(numbers).toEqual([1, ...Array.from({ length: many }, (_, at) => at + 11), 2])
    expect(await all('complaints', NOW, plus(NOW, 1))).toHaveLength(1499)
    const [first] = await all('complaints', plus(NOW, -2 * DAY), NOW)
    expect(Object.keys(first ?? {})).toEqual(columnsOf('complaints'))
    expect(first).toMatchObject({
      ...{ number: 1, customer: '=Zebra', words: 'Zebra words', reopens: 0, avoidable: false, owner: 'U0FRED' },
      ...{ department: 'manufacturing', department_name: 'Manufacturing', origin_name: 'Product design' },
      ...{ filed_at: '2026-03-03T15:00:00.123Z', closed_at: '2026-03-04T15:00:00.123Z', root_cause_group: 'Product' },
    })
    expect(await all('promises', null, NOW)).toEqual([
      expect.objectContaining({
        complaint: 1,
        promise: 1,
        state: 'missed',
        due_at: '2026-03-03T19:00:00.123Z',
        reason: null,
      }),
    ])
    expect(await all('causes', NOW, null)).toEqual([
      expect.objectContaining({ complaint: 1, root_cause: 'defective-part', origin: 'design', fix: 'fixed' }),
    ])
    // Of what is confidential they tell nobody and nothing, but that it is there.
    const confidential = JSON.stringify({ entry: 1, people: [], state: 'refused', channel: null })
    const keep = (how: string | null) =>
      db.transaction((tx) =>
        tx.execute(sql`update complaints set confidential = ${how}::text::jsonb where workspace = 'T6' and number = 1`),
      )
    await keep(confidential)
    const kept = [
      await all('complaints', null, plus(NOW, -1)),
      await all('promises', null, NOW),
      await all('causes', NOW, null),
    ]
    expect(kept.map((rows) => rows.length)).toEqual([1, 1, 1])
    expect(kept[0]).toMatchObject([{ number: 1, severity: 'normal', customer_id: null, confidential: true }])
    expect(JSON.stringify(kept)).not.toMatch(/zebra|U0/i)
    await keep(null)

    await w.erase('=Zebra')
    const after = await all('complaints', null, plus(NOW, -1))
    expect(after).toMatchObject([
      { number: 1, words: '(erased)', tried: '(erased)', contact: null, closed_by: 'U0FRED' },
    ])
    expect(JSON.stringify(after)).not.toMatch(SECRET)
  })
})

/** Columns whose text nobody wrote: keys, Slack's ids, our own words. Everything else in text or JSON is erased. */
const NOT_WRITTEN: Readonly<Record<string, readonly string[]>> = {
  complaints: [
    ...[
      'status',
      'feeling',
      'severity',
      'department',
      'reporter',
      'owner',
      'levels',
      'ladder',
      'policy',
      'fix',
      'settled',
    ],
    ...[
      'sourceChannel',
      'sourceTs',
      'sourcePermalink',
      'closedBy',
      'rootCause',
      'origin',
      'firstFix',
      'cardChannel',
      'cardTs',
      'cardHome',
      'confidential',
    ],
  ],
  formerCards: ['channel', 'ts', 'home'],
  responses: ['state'],
  promises: ['state', 'promisedBy'],
  callbacks: ['by', 'outcome'],
  visits: ['who', 'outcome'],
  evidence: ['file', 'mimetype', 'origin', 'addedBy'],
  makeGoods: ['kind', 'currency', 'department', 'askedBy', 'state', 'approver', 'decidedBy'],
  warRooms: ['state', 'channel'],
  // What the company changes belongs to the cause, not to the customer.
  correctiveActions: ['words', 'takenBy', 'agreedBy', 'rootCause', 'origin', 'doneBy', 'changed', 'proof', 'answer'],
  complaintTopics: ['kind'],
  flaws: [
    ...['kind', 'department', 'policy', 'status', 'owner', 'ladder', 'responses'],
    ...['closedBy', 'cardChannel', 'cardTs'],
  ],
  flawComplaints: [],
  flawTimeline: ['by', 'event'],
  timeline: ['by'],
  timers: ['name'],
  submissions: ['view'],
  customerChanges: ['by'],
  sameCustomer: ['answeredBy'],
  outbox: ['lane', 'kind', 'state', 'channel', 'ts', 'file', 'redirected', 'error'],
  home: ['person', 'asker', 'filters', 'watches', 'hash', 'shown'],
  // What is in force, and nothing of customers.
  ...{ workspaces: ['settings'], digests: [] },
  departments: ['key', 'name', 'kind', 'channel', 'lead', 'deputy', 'usergroup', 'members', 'levels', 'hours'],
  rootCauses: ['key', 'parent', 'name', 'origin'],
}
const ERASED: Readonly<Record<string, readonly string[]>> = {
  complaints: ['customerName', 'words', 'tried', 'contact', 'reference', 'done', 'settling', 'whyNone'],
  promises: ['reason'],
  callbacks: ['said'],
  visits: ['parts', 'done'],
  makeGoods: ['note', 'reason'],
  evidence: ['name', 'permalink'],
  complaintTopics: ['key', 'name'],
  timeline: ['event'],
  customers: ['key', 'name', 'called'],
  // What several customers have in common is no longer one's own.
  flaws: ['key', 'name'],
  customerBlocks: ['block'],
  customerChanges: ['before', 'after'],
  outbox: ['message'],
}

test('of every column in which words can stand it is known whether an erasure takes them', () => {
  for (const [name, table] of Object.entries(schema).filter(([, one]) => is(one, PgTable))) {
    const columns = Object.entries(getTableColumns(table as PgTable))
      .filter(([key, { dataType }]) => key !== 'workspace' && ['string', 'json'].includes(dataType))
      .map(([key]) => key)
    expect([name, [...(NOT_WRITTEN[name] ?? []), ...(ERASED[name] ?? [])].sort()]).toEqual([name, columns.sort()])
  }
})

import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { keepHouse } from '../../src/operations/keepHouse.ts'
import { find } from '../../src/operations/look.ts'
import { mergeCustomer } from '../../src/operations/mergeCustomer.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { answerSameCustomer } from '../../src/operations/sameCustomer.ts'
import { suggestCustomers } from '../../src/operations/suggestCustomers.ts'
import { readTimeline } from '../../src/store/complaints.ts'
import { readCustomerOf, readStanding } from '../../src/store/customers.ts'
import type { Database } from '../../src/store/database.ts'
import { InForce } from '../../src/store/inForce.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { keyNames, readSimilar, similarQuery } from '../../src/store/similarNames.ts'
import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { INSIDER, NO_ACTION, SEES_ALL, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-04T15:00:00.123Z')

/** A workspace in which complaints are filed by the name of their customer. */
async function workspaceIn(db: Database, workspace: string) {
  const inForce = new InForce()
  await putInForce(db, workspace, setupOf(), plus(NOW, -400 * DAY))
  let forms = 0
  const rows = async (query: ReturnType<typeof sql>) => rowsOf<Record<string, unknown>>(await db.reader.execute(query))
  const w = {
    async file(customer: string, now = NOW): Promise<number> {
      forms += 1
      const report = { customer, words: 'It leaks.', feeling: 'calm', tried: null, severity: 'normal' } as const
      const filing = {
        report: { ...report, contact: null, reference: null },
        ...{
          department: 'manufacturing',
          toldAt: now,
          promisedBy: plus(now, 4 * HOUR),
          reporter: 'U0RITA',
          source: null,
        },
      }
      const filed = await fileComplaint(db, inForce, { workspace, view: `V${forms}`, filing, asker: INSIDER }, now)
      if (!filed.ok) throw new Error(JSON.stringify(filed))
      return filed.number
    },
    close: (number: number, now = NOW) =>
      changeComplaint(
        db,
        inForce,
        {
          ...{ workspace, number, view: null, asker: INSIDER },
          command: {
            ...{ kind: 'close-out', by: 'U0FRED', rootCause: 'defective-part', origin: 'design', done: 'Replaced.' },
            ...{ fix: 'fixed', avoidable: false, settled: 'yes', ...NO_ACTION },
          } as const,
        },
        now,
      ),
    edit: (number: number, customer: string, edits = 0) =>
      changeComplaint(
        db,
        inForce,
        {
          workspace,
          number,
          view: null,
          asker: INSIDER,
          command: { kind: 'edit', by: 'U0RITA', report: { customer }, edits },
        },
        NOW,
      ),
    merge: (number: number, into: number | null, name: string | null = null) =>
      mergeCustomer(db, inForce, { workspace, number, view: null, asker: INSIDER, by: 'U0LENA', into, name }, NOW),
    answer: (complaint: number, pair: readonly [number, number], same: boolean) =>
      answerSameCustomer(
        db,
        inForce,
        { workspace, complaint, name: pair[0], other: pair[1], same, by: 'U0RITA', asker: INSIDER },
        NOW,
      ),
    customerOf: async (number: number) => {
      const customer = await readCustomerOf(db.reader, workspace, number)
      if (!customer) throw new Error(`No customer of ${number}`)
      return customer
    },
    standing: (number: number) => readStanding(db.reader, workspace, number),
    events: async (number: number) =>
      (await readTimeline(db.reader, workspace, number)).map(({ seq, event }) => [seq, event.kind] as const),
    /** The pairs of names that were asked about, in the order of the complaints. */
    asked: async () =>
      (
        await rows(sql`
        select message->>'name' as name, message->>'other' as other, complaint from outbox
        where workspace = ${workspace} and kind = 'same-customer' order by id`)
      ).map(({ name, other, complaint }) => ({ complaint, pair: [Number(name), Number(other)] as const })),
    found: async (text: string) => (await find(db, workspace, SEES_ALL, text, 0)).rows.map(({ number }) => number),
    rows,
  }
  return w
}

describe.each(databaseKinds())('customers (%s)', (kind) => {
  const database = sharedDatabase(kind)

  test('how a customer stands: in their order, within the policy’s time, with those still open', async () => {
    const w = await workspaceIn(database(), 'T1')
    const days = [-70, -60, -59, -30, 0, 0]
    for (const ago of days) await w.file('Acme', plus(NOW, ago * DAY))
    await w.file('Apex')
    await w.close(1)
    await w.close(5)
    const standings = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((number) => w.standing(number)))
    expect(standings.map((standing) => standing?.ordinal)).toEqual([1, 2, 3, 4, 3, 4, 1])
    expect(standings.map((standing) => standing?.open)).toEqual([4, 4, 4, 4, 4, 4, 1])
  })

  test('a near match is asked about once, in both directions, and No is remembered', async () => {
    const w = await workspaceIn(database(), 'T2')
    await w.file('Acme Corp')
    expect(await w.asked()).toEqual([])
    await w.file('Acme Corporation')
    const [first] = await w.asked()
    const [acme, longer] = [await w.customerOf(1), await w.customerOf(2)]
    expect(first).toEqual({ complaint: 2, pair: [longer.id, acme.id] })
    // Neither name asks again, answered or not.
    for (const name of ['Acme Corporation', 'ACME corp', 'acme  corporation']) await w.file(name)
    expect(await w.asked()).toHaveLength(1)
    expect(await w.answer(2, [longer.id, acme.id], false)).toEqual({ ok: true, how: 'kept-apart' })
    expect(await w.answer(2, [acme.id, longer.id], true)).toEqual({ ok: true, how: 'answered' })
    await w.file('Acme Corp')
    expect(await w.asked()).toHaveLength(1)
    expect((await w.customerOf(6)).id).toBe(acme.id)
    expect((await w.customerOf(2)).id).toBe(longer.id)
    expect(await w.standing(6)).toMatchObject({ ordinal: 3, open: 3 })
  })

  test('Yes makes the two one: complaints, timelines, names', async () => {
    const w = await workspaceIn(database(), 'T3')
    await w.file('Acme Corp', plus(NOW, -2 * DAY))
    await w.file('Acme Corporation', plus(NOW, -DAY))
    await w.file('Acme Corporation')
    await w.close(1)
    const [asked] = await w.asked()
    if (!asked) throw new Error('Nothing was asked')
    expect(await w.answer(2, asked.pair, true)).toEqual({ ok: true, how: 'merged' })
    expect(await w.customerOf(3)).toEqual({ id: asked.pair[1], name: 'Acme Corp' })
    expect(await w.standing(3)).toEqual({ id: asked.pair[1], name: 'Acme Corp', ordinal: 3, open: 2 })
    // Each complaint of the merged one says so; those of the other have nothing new to say.
    expect((await w.events(2)).at(-1)).toEqual([2, 'customer-merged'])
    expect((await w.events(3)).at(-1)).toEqual([2, 'customer-merged'])
    expect((await w.events(1)).map(([, event]) => event)).not.toContain('customer-merged')
    // What was written stays, and both names lead there.
    expect(await w.found('corporation')).toEqual([3, 2, 1])
    const again = await w.file('ACME CORPORATION')
    expect((await w.customerOf(again)).id).toBe(asked.pair[1])
    expect(await w.events(again)).toEqual([[1, 'filed']])
    expect(await w.asked()).toHaveLength(1)
    expect(await w.answer(2, asked.pair, true)).toEqual({ ok: true, how: 'answered' })
    // A changed complaint counts on where the merge left off.
    await w.edit(3, 'Acme Corp')
    expect(await w.events(3)).toEqual([
      [1, 'filed'],
      [2, 'customer-merged'],
      [3, 'edited'],
    ])
  })

  test('after No, the next likely name is asked about, and never a customer twice', async () => {
    const w = await workspaceIn(database(), 'T4')
    for (const name of ['Orchard Heating', 'Orchart Heating Ltd', 'Orcherd Heating']) await w.file(name)
    const [orchard, orcherd] = [await w.customerOf(1), await w.customerOf(3)]
    await w.merge(2, orchard.id)
    await w.file('Orchards Heating')
    const orchards = await w.customerOf(4)
    const asked = async () => (await w.asked()).filter(({ complaint }) => complaint === 4).map(({ pair }) => pair)
    expect(await asked()).toEqual([[orchards.id, orchard.id]])
    // "Orchart" is Orchard by another name, and Orcherd is two typos away.
    await w.answer(4, [orchards.id, orchard.id], false)
    expect(await asked()).toHaveLength(1)
    await w.file('Orchird Heating')
    const orchird = await w.customerOf(5)
    const about = async () => (await w.asked()).filter(({ complaint }) => complaint === 5).map(({ pair }) => pair[1])
    for (const other of [orchard.id, orcherd.id]) {
      expect((await about()).at(-1)).toBe(other)
      await w.answer(5, [orchird.id, other], false)
    }
    expect(await about()).toHaveLength(2)
  })

  test('merges in a row, and back and forth at once, end as one customer', async () => {
    const w = await workspaceIn(database(), 'T5')
    for (const name of ['Aster', 'Birch', 'Cedar']) await w.file(name)
    const [a, b, c] = await Promise.all([1, 2, 3].map(async (number) => (await w.customerOf(number)).id))
    expect(await w.merge(1, b ?? 0)).toMatchObject({ ok: true })
    expect(await w.merge(2, c ?? 0)).toMatchObject({ ok: true })
    for (const number of [1, 2, 3]) expect(await w.customerOf(number)).toEqual({ id: c, name: 'Cedar' })
    expect((await w.events(1)).map(([seq, event]) => `${seq} ${event}`)).toEqual([
      '1 filed',
      '2 customer-merged',
      '3 customer-merged',
    ])
    for (const into of [a, b, c])
      expect(await w.merge(3, into ?? 0)).toEqual({ ok: false, refusals: [{ kind: 'same-customer', field: 'into' }] })
    expect(await w.merge(3, 987_654)).toEqual({ ok: false, refusals: [{ kind: 'unknown-customer', field: 'into' }] })
    expect(await w.merge(3, null)).toEqual({ ok: false, refusals: [{ kind: 'missing', field: 'into' }] })
    expect((await w.customerOf(await w.file('ASTER'))).id).toBe(c)
    expect(await w.found('cedar')).toEqual([4, 3, 2, 1])
    const ledger = await w.rows(sql`
      select before, after, complaint, by from customer_changes where workspace = 'T5' order by id`)
    expect(ledger).toEqual([
      { before: 'Aster', after: 'Birch', complaint: 1, by: 'U0LENA' },
      { before: 'Birch', after: 'Cedar', complaint: 2, by: 'U0LENA' },
    ])

    for (const name of ['Dune', 'Elm']) await w.file(name)
    const [d, e] = await Promise.all([5, 6].map(async (number) => (await w.customerOf(number)).id))
    const both = await Promise.all([w.merge(5, e ?? 0), w.merge(6, d ?? 0)])
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    expect((await w.customerOf(5)).id).toBe((await w.customerOf(6)).id)
  })

  test('filing and editing go on while customers are merged, and nothing is left behind', async () => {
    const w = await workspaceIn(database(), 'T6')
    for (let at = 0; at < 6; at += 1) await w.file('Fern')
    await w.file('Gorse')
    const gorse = await w.customerOf(7)
    await Promise.all([
      ...[1, 2, 3].map(() => w.file('Fern')),
      w.merge(1, gorse.id),
      ...[4, 5].map((number) => w.edit(number, 'Gorse')),
      ...[1, 2, 3].map(() => w.file('fern')),
      w.close(6),
      w.edit(2, 'FERN'),
    ])
    const numbers = Array.from({ length: 13 }, (_, at) => at + 1)
    for (const number of numbers) {
      expect((await w.customerOf(number)).id, `#${number}`).toBe(gorse.id)
      const seqs = (await w.events(number)).map(([seq]) => seq)
      expect(seqs).toEqual(seqs.map((_, at) => at + 1))
    }
    expect(
      await w.rows(sql`select number from complaints where workspace = 'T6' and entries <>
      (select count(*) from timeline t where t.workspace = 'T6' and t.complaint = number)`),
    ).toEqual([])
  })

  test('renamed: called so everywhere, found by every name, and never by another customer’s', async () => {
    const w = await workspaceIn(database(), 'T7')
    await w.file('Heath')
    await w.file('Ivy')
    const heath = await w.customerOf(1)
    expect(await w.merge(1, null, 'Heather & Co')).toMatchObject({ ok: true })
    expect(await w.customerOf(1)).toEqual({ id: heath.id, name: 'Heather & Co' })
    expect((await w.events(1)).at(-1)).toEqual([2, 'customer-renamed'])
    for (const name of ['heather & co', 'HEATH']) expect((await w.customerOf(await w.file(name))).id).toBe(heath.id)
    expect(await w.found('heather')).toEqual([4, 3, 1])
    expect(await w.merge(1, null, 'ivy')).toEqual({ ok: false, refusals: [{ kind: 'name-taken', field: 'name' }] })
    expect(await w.merge(1, null, 'Heather & Co')).toMatchObject({ ok: true, entries: [] })
    expect(await w.merge(1, null, 'Heath')).toMatchObject({ ok: true })
    // Both at once.
    expect(await w.merge(2, heath.id, 'Heath & Ivy')).toMatchObject({ ok: true })
    expect(await w.customerOf(1)).toEqual({ id: heath.id, name: 'Heath & Ivy' })
    expect((await w.events(2)).map(([, event]) => event)).toEqual(['filed', 'customer-merged', 'customer-renamed'])
    expect(await w.asked()).toEqual([])
  })

  test('refused as a whole: a name that is taken undoes the merge with it', async () => {
    const w = await workspaceIn(database(), 'T8')
    for (const name of ['Juniper', 'Kale', 'Larch']) await w.file(name)
    const [juniper, kale] = [await w.customerOf(1), await w.customerOf(2)]
    expect(await w.merge(1, kale.id, 'larch')).toMatchObject({ ok: false })
    expect((await w.customerOf(1)).id).toBe(juniper.id)
    expect(await w.events(1)).toHaveLength(1)
  })

  test('suggests by any name, beginnings first, and before anything is typed the likest', async () => {
    const w = await workspaceIn(database(), 'T9')
    for (const name of ['Maple Works', 'Old Maple', 'Nettle', 'Maple Work Ltd', '50% Off']) await w.file(name)
    await w.merge(3, (await w.customerOf(2)).id)
    const suggest = async (typed: string) =>
      (await suggestCustomers(database(), 'T9', 1, typed)).map(({ name }) => name)
    expect(await suggest('')).toEqual(['Maple Work Ltd'])
    expect(await suggest('maple')).toEqual(['Maple Work Ltd', 'Old Maple'])
    expect(await suggest('nettle')).toEqual(['Old Maple'])
    expect(await suggest('%')).toEqual(['50% Off'])
    expect(await suggest('nobody')).toEqual([])
    expect(await suggestCustomers(database(), 'T9', 99, 'maple')).toEqual([])
  })

  test('names from before are made ready by the housekeeping', async () => {
    const w = await workspaceIn(database(), 'T10')
    await w.file('Old Oak Limited')
    await w.rows(sql`select 1`)
    await database().transaction(async (tx) => {
      await tx.execute(sql`delete from customer_blocks where workspace = 'T10'`)
      await tx.execute(sql`update customers set keyed = false, compared_at = null where workspace = 'T10'`)
    })
    await w.file('Old Oak')
    expect(await w.asked()).toEqual([])
    await keepHouse(database(), NOW)
    await w.file('Old Oak Limited')
    expect((await w.asked()).map(({ complaint }) => complaint)).toEqual([3])
  })
})

describe.skipIf(!databaseKinds().includes('postgres'))('among very many', () => {
  const database = sharedDatabase('postgres')

  test('similar names are found by an index, never by going through all', { timeout: 180_000 }, async () => {
    const db = database()
    const w = await workspaceIn(db, 'T1')
    const parts = 'North South Old New Royal Grand First Union City Valley River Lake Bright Silver Iron Oak Pine Stone'
    const trades = 'Plumbing Heating Motors Foods Dental Logistics Roofing Paints Glass Tools Bank Credit Travel Farms'
    const names = parts
      .split(' ')
      .flatMap((part, at) =>
        trades
          .split(' ')
          .flatMap((trade, place) =>
            Array.from(
              { length: 2 },
              (_, n) => `${part} ${trade} ${((at * 37 + place * 101 + n * 977) ** 2).toString(36)}`,
            ),
          ),
      )
    await db.transaction(async (tx) => {
      await tx.execute(sql`
        insert into customers (workspace, key, name, first_seen_at)
        select 'T1', lower(name), name, now() from jsonb_array_elements_text(${JSON.stringify(names)}::text::jsonb) name
        on conflict do nothing`)
      while ((await keyNames(tx, 5_000)) > 0);
    })
    await w.rows(sql`select 1`)
    await db.transaction((tx) => tx.execute(sql`analyze customers, customer_blocks`))
    const typed = `${names[321]} Ltd`.replace('r', '')
    expect((await readSimilar(db.reader, 'T1', typed)).map(({ name }) => name)).toContain(names[321])
    // Among these few going through all would be cheaper: shown is that it need not.
    const plan = await db.transaction(async (tx) => {
      await tx.execute(sql`set local enable_seqscan = off`)
      const lines = rowsOf<Record<string, unknown>>(await tx.execute(sql`explain ${similarQuery('T1', typed)}`))
      return lines.map((row) => Object.values(row)[0]).join('\n')
    })
    expect(plan).toMatch(/customer_blocks_\w*pk/)
    expect(plan).not.toMatch(/Seq Scan/)
  })
})

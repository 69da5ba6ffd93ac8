import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { concerned, type HomeQuery, NO_FILTERS } from '../../src/complaint/home.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import type { Database, Tx } from '../../src/store/database.ts'
import {
  BETWEEN_HOMES,
  drawLater,
  HOME_FOLLOWS,
  leaveHome,
  lookHome,
  readHome,
  readWaiting,
  touchAllHomes,
  touchHomes,
  writePublished,
} from '../../src/store/home.ts'
import { readHomePage, readLoad, readLoadByPerson, readNextDeadline } from '../../src/store/homeLists.ts'
import { InForce } from '../../src/store/inForce.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { claim, countWaiting, mark } from '../../src/store/outbox.ts'
import { databaseKinds } from '../support/databases.ts'
import { openMany } from '../support/many.ts'
import { sharedDatabase } from '../support/process.ts'
import { INSIDER, NO_ACTION, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-04T15:00:00Z')
const SETUP = setupOf()

const query = (about: Partial<HomeQuery>): HomeQuery => ({
  ...{ list: 'owned', departments: null, severity: null, page: 0, limit: 5 },
  ...about,
})

/** Who waits to be drawn, and since when at the soonest: "person in 700". */
async function waiting(db: Database, workspace: string): Promise<string[]> {
  const rows = rowsOf<{ person: string; soonest: string | Date }>(
    await db.reader.execute(sql`
      select message->>'person' as person, min(not_before) as soonest from outbox
      where workspace = ${workspace} and kind in ('home', 'home-later') and state = 'pending' group by 1 order by 1`),
  )
  return rows.map((row) => `${row.person} in ${new Date(row.soonest).getTime() - NOW.getTime()}`)
}

describe.each(databaseKinds())('Homes (%s)', (kind) => {
  const database = sharedDatabase(kind)
  let workspaces = 0
  const fresh = () => {
    workspaces += 1
    return { db: database(), workspace: `T${workspaces}` }
  }

  test('lists by whose they are, the soonest deadline first, a page at a time', async () => {
    const { db, workspace } = fresh()
    await putInForce(db, workspace, SETUP, NOW)
    await openMany(db, workspace, SETUP, { count: 12, owner: 'U0FRED' }, NOW)
    const inForce = new InForce()
    const change = (number: number, command: Parameters<typeof changeComplaint>[2]['command'], now = NOW) =>
      changeComplaint(db, inForce, { workspace, number, view: null, command, asker: INSIDER }, now)
    const close: Command = {
      ...({ kind: 'close-out', by: 'U0FRED', rootCause: 'defective-part', origin: 'manufacturing' } as const),
      ...({ done: 'Replaced.', fix: 'fixed', avoidable: false, settled: 'yes', ...NO_ACTION } as const),
    }
    for (const number of [3, 4]) expect(await change(number, close)).toMatchObject({ ok: true })
    await db.transaction((tx) =>
      tx.execute(sql`
        update complaints set closed_at = ${plus(NOW, -15 * DAY).toISOString()}::timestamptz where workspace = ${workspace} and number = 4`),
    )
    await db.transaction((tx) =>
      tx.execute(sql`
        update complaints set status = 'open', owner = null, severity = 'critical', department = 'logistics'
        where workspace = ${workspace} and number in (1, 2)`),
    )
    const list = async (about: Partial<HomeQuery>, person = 'U0FRED', now = NOW) => {
      const { found, page, total } = await readHomePage(db.reader, workspace, person, query(about), now)
      return `${found.map(({ number }) => number).join(' ')} | page ${page} of ${total}`
    }
    expect(await list({})).toBe('5 6 7 8 9 | page 0 of 8')
    expect(await list({ page: 1 })).toBe('10 11 12 | page 1 of 8')
    // Past the end, the last page.
    expect(await list({ page: 7 })).toBe('10 11 12 | page 1 of 8')
    expect(await list({ departments: [] })).toBe(' | page 0 of 0')
    expect(await list({ departments: ['logistics'] })).toBe(' | page 0 of 0')
    // What was closed lately comes last, what was closed long ago not at all.
    expect(await list({ list: 'filed', limit: 20 }, 'U0RITA')).toBe('1 2 5 6 7 8 9 10 11 12 3 | page 0 of 11')
    expect(await list({ list: 'filed' })).toBe(' | page 0 of 0')
    expect(await list({ list: 'unowned' })).toBe('1 2 | page 0 of 2')
    expect(await list({ list: 'unowned', departments: ['manufacturing'] })).toBe(' | page 0 of 0')
    expect(await list({ list: 'departments', departments: ['logistics', 'manufacturing'] })).toMatch(/of 10$/)
    expect(await list({ list: 'all', severity: 'critical' })).toBe('1 2 | page 0 of 2')
    expect(await list({ list: 'overdue' })).toBe(' | page 0 of 0')
    const later = plus(NOW, HOUR + 5 * MINUTE)
    expect(await list({ list: 'overdue' }, 'U0FRED', later)).toBe('1 2 5 6 | page 0 of 4')
    expect((await readHomePage(db.reader, workspace, 'U0FRED', query({}), NOW)).found[0]?.card).toBeNull()

    const both = ['manufacturing', 'logistics', 'design']
    expect(await readLoad(db.reader, workspace, both, later)).toEqual(
      new Map([
        ['manufacturing', { open: 8, unowned: 0, overdue: 2 }],
        ['logistics', { open: 2, unowned: 2, overdue: 2 }],
      ]),
    )
    expect(await readLoad(db.reader, workspace, [], later)).toEqual(new Map())
    // A duplicate is its reporter's, as long as its original is not closed for long; it counts nowhere.
    const duplicateOf = (original: number) =>
      db.transaction((tx) =>
        tx.execute(
          sql`update complaints set duplicate_of = ${original} where workspace = ${workspace} and number = 12`,
        ),
      )
    await duplicateOf(3)
    expect(await list({ list: 'filed', limit: 20 }, 'U0RITA')).toMatch(/ 11 12 3 /)
    expect(await list({ page: 1 })).toBe('10 11 | page 1 of 7')
    expect((await readLoad(db.reader, workspace, ['manufacturing'], later)).get('manufacturing')?.open).toBe(7)
    await duplicateOf(4)
    expect(await list({ list: 'filed', limit: 20 }, 'U0RITA')).toMatch(/ 11 3 /)
    await db.transaction((tx) =>
      tx.execute(sql`update complaints set duplicate_of = null where workspace = ${workspace}`),
    )
    const byPerson = await readLoadByPerson(db.reader, workspace, both, 20, later)
    expect(byPerson).toEqual([{ person: 'U0FRED', open: 8, unowned: 0, overdue: 2 }])
    expect(await readLoadByPerson(db.reader, workspace, ['logistics'], 20, later)).toEqual([])

    const next = (person: string, departments: readonly string[] | null, now = NOW) =>
      readNextDeadline(db.reader, workspace, person, departments, now)
    expect(await next('U0RITA', [])).toEqual(plus(NOW, HOUR))
    expect(await next('U0FRED', [])).toEqual(plus(NOW, HOUR + 4 * MINUTE))
    expect(await next('U0FRED', ['logistics'])).toEqual(plus(NOW, HOUR))
    expect(await next('U0ANY', ['design'])).toBeNull()
    expect(await next('U0ANY', null, plus(NOW, HOUR))).toEqual(plus(NOW, HOUR + MINUTE))
    expect(await next('U0ANY', null, plus(NOW, DAY))).toBeNull()
  })

  test('are drawn when looked at, at once; what was chosen stays', async () => {
    const { db, workspace } = fresh()
    const look = (chosen: Parameters<typeof lookHome>[3]['chosen'], now = NOW) =>
      db.transaction((tx) => lookHome(tx, workspace, 'U0FRED', { asker: INSIDER, chosen }, now))
    await look({})
    expect(await readHome(db.reader, workspace, 'U0FRED')).toMatchObject({ filters: NO_FILTERS, openedAt: NOW })
    await look({ list: 'owned', department: 'design', page: 2 })
    await look({ severity: 'critical', page: 0 }, plus(NOW, SECOND))
    expect(await readHome(db.reader, workspace, 'U0FRED')).toMatchObject({
      filters: { list: 'owned', department: 'design', severity: 'critical', page: 0 },
      ...{ openedAt: plus(NOW, SECOND), asker: INSIDER, watches: null, shown: null },
    })
    // It is no message that waits for Slack.
    expect(await waiting(db, workspace)).toEqual(['U0FRED in 0'])
    expect(await countWaiting(db.reader, workspace)).toBe(0)
  })

  test('of those whom a change concerns are drawn again, once for a burst, if they looked lately', async () => {
    const { db, workspace } = fresh()
    const clear = () => db.transaction((tx) => tx.execute(sql`delete from outbox where workspace = ${workspace}`))
    for (const [person, watches, ago] of [
      ['U0B', ['manufacturing'], 0],
      ['U0A', [], HOUR],
      ['U0C', ['design'], 0],
      ['U0D', null, 0],
      ['U0E', ['manufacturing'], HOME_FOLLOWS],
      ['U0F', ['manufacturing'], 0],
    ] as const) {
      await db.transaction(async (tx) => {
        await lookHome(tx, workspace, person, { asker: INSIDER, chosen: {} }, plus(NOW, -ago))
        const watched = watches === null ? null : JSON.stringify(watches)
        await tx.execute(sql`
          update home set watches = ${watched}::text::jsonb, published_at = ${NOW.toISOString()}::timestamptz
          where workspace = ${workspace} and person = ${person}`)
      })
    }
    await db.transaction((tx) => leaveHome(tx, workspace, 'U0F'))
    await clear()
    const touch = (people: string[], departments: string[], now = NOW) =>
      db.transaction((tx) => touchHomes(tx, workspace, { people, departments }, now))
    await touch(['U0A', 'U0GONE'], ['manufacturing'])
    expect(await waiting(db, workspace)).toEqual(['U0A', 'U0B', 'U0D'].map((who) => `${who} in ${BETWEEN_HOMES}`))
    await touch(['U0A'], ['manufacturing'], plus(NOW, 100))
    expect(await waiting(db, workspace)).toEqual(['U0A', 'U0B', 'U0D'].map((who) => `${who} in ${BETWEEN_HOMES}`))
    await clear()
    await touch([], ['design'], plus(NOW, 5 * SECOND))
    expect(await waiting(db, workspace)).toEqual(['U0C in 5000', 'U0D in 5000'])
    await clear()
    await db.transaction((tx) => touchAllHomes(tx, workspace, plus(NOW, MINUTE)))
    expect(await waiting(db, workspace)).toEqual(['U0A', 'U0B', 'U0C', 'U0D'].map((who) => `${who} in 60000`))
  })

  test('wait for the next deadline, unless something comes before it; one being drawn is drawn once more', async () => {
    const { db, workspace } = fresh()
    await db.transaction((tx) => lookHome(tx, workspace, 'U0FRED', { asker: INSIDER, chosen: {} }, NOW))
    const take = async (now: Date) => (await db.transaction((tx) => claim(tx, workspace, now, MINUTE, 10)))[0]
    type Row = NonNullable<Awaited<ReturnType<typeof take>>>
    const waited = () => readWaiting(db.reader, workspace, 'U0FRED')
    const write = async (row: Row, done: number[], nextChange: Date | null, now: Date) => {
      const home = (await readHome(db.reader, workspace, 'U0FRED')) ?? expect.fail('no Home')
      const stands = { watches: ['design'], hash: 'h', shown: 's', nextChange }
      await db.transaction((tx) => writePublished(tx, row, home, done, stands, now))
    }
    const touch = (now: Date) =>
      db.transaction((tx) => touchHomes(tx, workspace, { people: [], departments: ['design'] }, now))

    const first = (await take(NOW)) ?? expect.fail('nothing to draw')
    const before = await waited()
    await touch(NOW)
    await write(first, before, plus(NOW, HOUR), NOW)
    expect(await waiting(db, workspace)).toEqual(['U0FRED in 0'])
    // Whoever lost the lease has no say.
    await write(first, await waited(), null, NOW)
    expect(await waited()).toHaveLength(2)
    const second = (await take(NOW)) ?? expect.fail('nothing to draw')
    await write(second, await waited(), plus(NOW, HOUR), NOW)
    expect(await waited()).toHaveLength(1)
    expect(await waiting(db, workspace)).toEqual(['U0FRED in 3600000'])
    expect(await take(plus(NOW, HOUR - 1))).toBeUndefined()
    await touch(plus(NOW, MINUTE))
    expect(await waiting(db, workspace)).toEqual(['U0FRED in 60000'])
    const third = (await take(plus(NOW, MINUTE))) ?? expect.fail('nothing to draw')
    // Slack has no time: what waits to be tried again goes first, and stands for what came meanwhile.
    await db.transaction((tx) => mark(tx, third, { state: 'pending', notBefore: plus(NOW, 2 * MINUTE) }))
    await touch(plus(NOW, MINUTE))
    expect(await take(plus(NOW, MINUTE + SECOND))).toBeUndefined()
    const again = (await take(plus(NOW, 2 * MINUTE))) ?? expect.fail('nothing to draw')
    expect(again.id).toBe(third.id)
    // Nobody looks any more by then: it rests, and nothing comes after that.
    await write(again, await waited(), plus(NOW, HOME_FOLLOWS + 1), plus(NOW, 2 * MINUTE))
    expect(await waiting(db, workspace)).toEqual([`U0FRED in ${HOME_FOLLOWS}`])
    expect(await waited()).toHaveLength(1)

    await touch(plus(NOW, 3 * MINUTE))
    const fourth = (await take(plus(NOW, 3 * MINUTE))) ?? expect.fail('nothing to draw')
    await write(fourth, await waited(), plus(NOW, HOUR), plus(NOW, 3 * MINUTE))
    const later = (await take(plus(NOW, HOUR))) ?? expect.fail('nothing is later')
    expect(later.message).toEqual({ kind: 'home-later', person: 'U0FRED' })
    await db.transaction((tx) => drawLater(tx, later, 'U0FRED', plus(NOW, HOUR)))
    const last = (await take(plus(NOW, HOUR))) ?? expect.fail('nothing to draw')
    expect(last.message).toEqual({ kind: 'home', person: 'U0FRED' })
    await write(last, await waited(), null, plus(NOW, HOME_FOLLOWS))
    expect(await waited()).toEqual([])
  })

  // The embedded database has one transaction at a time.
  test.runIf(kind === 'postgres')('of the same people, no two changes wait for each other', async () => {
    const { db, workspace } = fresh()
    for (const person of ['U0A', 'U0B'])
      await db.transaction((tx) => lookHome(tx, workspace, person, { asker: INSIDER, chosen: {} }, NOW))
    const touch = (tx: Tx, person: string) => touchHomes(tx, workspace, { people: [person], departments: [] }, NOW)
    await db.transaction(async (one) => {
      await touch(one, 'U0A')
      await db.transaction(async (other) => {
        await touch(other, 'U0B')
        await touch(other, 'U0A')
      })
      await touch(one, 'U0B')
    })
    // One look, and four changes: what is not drawn yet is concerned by all.
    expect(await readWaiting(db.reader, workspace, 'U0A')).toHaveLength(5)
  })

  test('are concerned by what is filed and done', async () => {
    const { db, workspace } = fresh()
    await putInForce(db, workspace, SETUP, NOW)
    await openMany(db, workspace, SETUP, { count: 1 }, NOW)
    await db.transaction(async (tx) => {
      await lookHome(tx, workspace, 'U0FRED', { asker: INSIDER, chosen: {} }, NOW)
      await tx.execute(sql`update home set watches = '[]' where workspace = ${workspace}`)
      await tx.execute(sql`delete from outbox where workspace = ${workspace}`)
    })
    const command = { kind: 'own', by: 'U0FRED' } as const
    const outcome = await changeComplaint(
      db,
      new InForce(),
      { workspace, number: 1, view: null, command, asker: INSIDER },
      NOW,
    )
    expect(outcome.ok && outcome.complaint && concerned(outcome.complaint)).toEqual({
      people: ['U0RITA', 'U0FRED'],
      departments: ['manufacturing'],
    })
    expect(await waiting(db, workspace)).toEqual(['U0FRED in 0'])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Filing } from '../../src/complaint/commands.ts'
import { fileComplaint as decideFiling } from '../../src/complaint/filing.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { openDatabase } from '../../src/openDatabase.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { queueRemindersOnce } from '../../src/operations/queueReminders.ts'
import { insertComplaint, readComplaint } from '../../src/store/complaints.ts'
import { knownCustomer } from '../../src/store/customers.ts'
import { InForce } from '../../src/store/inForce.ts'
import { MIGRATIONS } from '../../src/store/migrate.ts'
import { nextNumber, readSetup, readVersion, readWorkspaces } from '../../src/store/setup.ts'
import { anyKind, databaseKinds, freshPlace } from '../support/databases.ts'
import { sharedDatabase, someoneWaits } from '../support/process.ts'
import { department, hours, INSIDER, NO_ACTION, NOBODY_AWAY, POLICY, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-04T15:00:00Z')
const LATER = plus(NOW, HOUR)

/** What the migration says. */
const upgrade = (): string[] => {
  const name = readdirSync(MIGRATIONS).find((file) => file.endsWith('look-again.sql')) ?? ''
  return readFileSync(join(MIGRATIONS, name), 'utf8').split('--> statement-breakpoint')
}

const FULL: Setup = setupOf({
  admins: ['U0ADMIN', 'U0OTTO'],
  confidential: ['U0BOSS'],
  departments: [
    department('service', { kind: 'service', name: 'Customer "service" & more', channel: 'C0SERVICE' }),
    department('manufacturing', {
      lead: 'U0LEAD',
      deputy: 'U0DEPUTY',
      group: 'S0MFG',
      members: ['U0FRED', 'U0FAY'],
      levels: [
        { name: 'Foremen', group: 'S0FOREMEN', person: null },
        { name: 'Works manager', group: null, person: 'U0MARGE' },
      ],
      authority: 500,
      hours: hours({
        ...{ holidays: 'US-TX', off: ['2026-12-24'], open: ['2026-11-28'] },
        onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }],
      }),
    }),
    department('design', { kind: 'design' }),
  ],
  policy: { ...POLICY, remind: { ...POLICY.remind, callback: [] } },
  digest: { day: 'friday', time: '23:59' },
})

const filing = (about: Partial<Filing> = {}): Filing => ({
  report: {
    customer: 'Acme',
    feeling: 'angry',
    words: 'It leaks.',
    tried: null,
    severity: 'normal',
    contact: null,
    reference: null,
  },
  department: 'logistics',
  toldAt: NOW,
  promisedBy: plus(NOW, 4 * HOUR),
  reporter: 'U0RITA',
  source: null,
  ...about,
})

const without = (key: string, setup = setupOf()): Setup => ({
  ...setup,
  departments: setup.departments.filter((place) => place.key !== key),
})

describe.each(databaseKinds())('what is in force (%s)', (kind) => {
  const database = sharedDatabase(kind)

  test('is nothing, then what was put, to the letter', async () => {
    const db = database()
    expect(await readSetup(db.reader, 'T1')).toBeNull()
    expect(await readVersion(db.reader, 'T1')).toBe(0)
    expect(await putInForce(db, 'T1', FULL, NOW)).toEqual({ ok: true, changed: true })
    expect(await readSetup(db.reader, 'T1')).toEqual({ version: 1, setup: FULL, configuredAt: NOW })
    expect(await readWorkspaces(db.reader)).toEqual(['T1'])
    expect(await readSetup(db.reader, 'T2')).toBeNull()
  })

  test('stays as it is where the same is put again, and grows a version with every change', async () => {
    const db = database()
    await putInForce(db, 'T3', FULL, NOW)
    expect(await putInForce(db, 'T3', structuredClone(FULL), LATER)).toEqual({ ok: true, changed: false })
    expect(await readVersion(db.reader, 'T3')).toBe(1)
    const changed = { ...FULL, timezone: 'Europe/Berlin' }
    expect(await putInForce(db, 'T3', changed, LATER)).toEqual({ ok: true, changed: true })
    expect(await readSetup(db.reader, 'T3')).toEqual({ version: 2, setup: changed, configuredAt: NOW })
  })

  test('retires what was left out, and takes it back under the same key', async () => {
    const db = database()
    await putInForce(db, 'T4', setupOf(), NOW)
    const smaller: Setup = { ...without('design'), rootCauses: setupOf().rootCauses.slice(1) }
    await putInForce(db, 'T4', smaller, LATER)
    expect((await readSetup(db.reader, 'T4'))?.setup).toEqual(smaller)
    const retired = await db.reader.query.departments.findFirst({
      where: (row, { and, eq }) => and(eq(row.workspace, 'T4'), eq(row.key, 'design')),
    })
    expect(retired).toMatchObject({ name: 'Product design', retired: true })

    const [service, ...others] = setupOf().departments
    const again: Setup = setupOf({
      departments: [...others.toReversed(), { ...department('service'), name: 'Renamed', channel: 'C0NEW' }],
      rootCauses: [{ key: 'poor-design', name: 'A leaf at the top', origin: null, children: setupOf().rootCauses }],
    })
    // A leaf became the parent of all: no key may stand twice.
    const tree = again.rootCauses.map((cause) => ({ ...cause, key: 'everything' }))
    await putInForce(db, 'T4', { ...again, rootCauses: tree }, LATER)
    expect((await readSetup(db.reader, 'T4'))?.setup).toEqual({ ...again, rootCauses: tree })
    expect(service?.name).toBe('Customer service')
  })

  test('hours that change have the clocks looked at again', async () => {
    const db = database()
    const inForce = new InForce()
    await putInForce(db, 'T9', setupOf(), NOW)
    for (const place of ['manufacturing', 'logistics']) {
      const filed = filing({ department: place, promisedBy: plus(NOW, 100 * HOUR) })
      await fileComplaint(db, inForce, { workspace: 'T9', view: place, filing: filed, asker: INSIDER }, NOW)
    }
    const timers = async () => {
      const rows = await db.reader.query.timers.findMany({ where: (timer, { eq }) => eq(timer.workspace, 'T9') })
      return rows.map(({ complaint, name, at }) => [complaint, name, at.toISOString()].join(' ')).sort()
    }
    const [callback, response] = ['callback 2026-03-08T18:00:00.000Z', 'response 2026-03-05T03:00:00.000Z']
    const ladder = 'ladder 2026-03-04T15:15:00.000Z'
    const second = [`2 ${callback}`, `2 ${ladder}`, `2 ${response}`]
    expect(await timers()).toEqual([`1 ${callback}`, `1 ${ladder}`, `1 ${response}`, ...second])

    const departments = setupOf().departments.map((one) =>
      one.key === 'manufacturing' ? { ...one, hours: hours() } : one,
    )
    await putInForce(db, 'T9', setupOf({ departments }), plus(NOW, MINUTE))
    expect(await timers()).toHaveLength(7)
    expect(await queueRemindersOnce(db, inForce, 'T9', NOBODY_AWAY, plus(NOW, 2 * MINUTE))).toBe(1)
    // It is Wednesday; work ends at 16 in Chicago, and on Friday before the promise on Sunday.
    const [sooner, tonight] = ['callback 2026-03-06T22:00:00.000Z', 'response 2026-03-04T22:00:00.000Z']
    expect(await timers()).toEqual([`1 ${sooner}`, `1 ${ladder}`, `1 ${tonight}`, ...second])
    await putInForce(db, 'T9', setupOf({ departments, timezone: 'UTC' }), plus(NOW, 3 * MINUTE))
    expect(await queueRemindersOnce(db, inForce, 'T9', NOBODY_AWAY, plus(NOW, 3 * MINUTE))).toBe(0)
  })

  test('what was open before there were ladders gets its timers, and begins with them when it is upgraded', async () => {
    const db = database()
    const inForce = new InForce()
    await putInForce(db, 'T10', setupOf(), NOW)
    for (const number of [1, 2, 3])
      await fileComplaint(db, inForce, { workspace: 'T10', view: `V${number}`, filing: filing(), asker: INSIDER }, NOW)
    const own = (number: number) => ({ workspace: 'T10', number, view: null, asker: INSIDER })
    await changeComplaint(db, inForce, { ...own(2), command: { kind: 'own', by: 'U0FRED' } }, NOW)
    await db.transaction(async (tx) => {
      await tx.execute(
        sql`update complaints set ladder = null, silent_since = null where workspace = 'T10' and number < 3`,
      )
      await tx.execute(sql`delete from timers where workspace = 'T10' and name in ('ladder', 'silence')`)
      for (const statement of upgrade()) await tx.execute(sql.raw(statement))
    })
    const now = new Date(Date.now() + MINUTE)
    expect(await queueRemindersOnce(db, inForce, 'T10', NOBODY_AWAY, now)).toBe(3)
    const [open, owned, kept] = await Promise.all([1, 2, 3].map((number) => readComplaint(db.reader, 'T10', number)))
    const begun = (at: Date | undefined) => expect(Math.abs((at?.getTime() ?? 0) - Date.now())).toBeLessThan(HOUR)
    begun(open?.ladder?.startedAt)
    begun(owned?.silence?.since)
    expect(kept?.ladder?.startedAt).toEqual(NOW)
    expect(open?.ladder?.climbed).toBe(0)
    const timers = await db.reader.query.timers.findMany({ where: (timer, { eq }) => eq(timer.workspace, 'T10') })
    const at = (complaint: number, name: string) =>
      timers.find((one) => one.complaint === complaint && one.name === name)?.at
    expect(at(1, 'ladder')).toEqual(plus(open?.ladder?.startedAt ?? NOW, 15 * MINUTE))
    expect(at(2, 'silence')).toEqual(plus(owned?.silence?.since ?? NOW, 4 * HOUR))
    expect(timers.map(({ name }) => name)).not.toContain('look again')
  })

  test('keeps a department that has complaints open', async () => {
    const db = database()
    const inForce = new InForce()
    await putInForce(db, 'T5', setupOf(), NOW)
    for (const view of ['V1', 'V2'])
      await fileComplaint(db, inForce, { workspace: 'T5', view, filing: filing(), asker: INSIDER }, NOW)
    await fileComplaint(
      db,
      inForce,
      { workspace: 'T5', view: 'V3', filing: filing({ department: 'design' }), asker: INSIDER },
      NOW,
    )

    const refused = await putInForce(db, 'T5', without('logistics', without('design')), LATER)
    expect(refused).toMatchObject({ ok: false })
    expect(refused.ok ? [] : refused.faults.toSorted()).toEqual([
      `departments: "design" still has 1 open complaint and can't be left out yet`,
      `departments: "logistics" still has 2 open complaints and can't be left out yet`,
    ])
    expect(await readSetup(db.reader, 'T5')).toMatchObject({ version: 1, setup: setupOf() })

    const close = {
      kind: 'close-out',
      by: 'U0FRED',
      rootCause: 'defective-part',
      origin: 'manufacturing',
      done: 'Replaced.',
      fix: 'fixed',
      avoidable: true,
      settled: 'yes',
      ...NO_ACTION,
    } as const
    for (const number of [1, 2])
      await changeComplaint(db, inForce, { workspace: 'T5', number, view: null, command: close, asker: INSIDER }, LATER)
    expect(await putInForce(db, 'T5', without('logistics'), LATER)).toEqual({ ok: true, changed: true })
    // What was filed in it still stands, and what is filed now can't go there.
    const late = await fileComplaint(
      db,
      inForce,
      { workspace: 'T5', view: 'V4', filing: filing(), asker: INSIDER },
      NOW,
    )
    expect(late).toEqual({ ok: false, refusals: [{ kind: 'unknown-department', field: 'department' }] })
  })

  test('is seen by a process that kept an older version', async () => {
    const db = database()
    const inForce = new InForce()
    await putInForce(db, 'T6', setupOf(), NOW)
    expect(await inForce.read(db.reader, 'T6')).toEqual(setupOf())
    await putInForce(db, 'T6', FULL, LATER)
    expect(inForce.lastKnown('T6')).toEqual(setupOf())
    expect(await inForce.read(db.reader, 'T6')).toEqual(FULL)
    expect(await inForce.read(db.reader, 'T7')).toBeNull()
  })

  test('is put in force once by many at the same time', async () => {
    const db = database()
    await Promise.all([1, 2, 3, 4].map(() => putInForce(db, 'T8', FULL, NOW)))
    expect((await readSetup(db.reader, 'T8'))?.setup).toEqual(FULL)
  })
})

test.runIf(anyKind() === 'postgres')('a department that is being filed into is not left out meanwhile', async () => {
  const place = await freshPlace('postgres')
  const [one, other] = await Promise.all([openDatabase(place), openDatabase(place)])
  onTestFinished(async () => {
    await Promise.all([one.close(), other.close()])
  })
  await putInForce(one, 'T1', setupOf(), NOW)
  let leaving: ReturnType<typeof putInForce> | undefined
  // As fileComplaint does, with the change of what is in force begun before it commits.
  await one.transaction(async (tx) => {
    const { customer } = await knownCustomer(tx, 'T1', 'Acme', NOW)
    const next = await nextNumber(tx, 'T1')
    const change = decideFiling(filing(), next?.number ?? 0, { now: NOW, setup: setupOf(), asker: INSIDER })
    await insertComplaint(tx, 'T1', change, customer, null)
    leaving = putInForce(other, 'T1', without('logistics'), LATER)
    // It reads while this is not committed, and then waits for the workspace's row.
    await someoneWaits(one)
  })
  expect(await leaving).toMatchObject({ ok: false })
})

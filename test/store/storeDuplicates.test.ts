import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { linkDuplicate, splitDuplicate } from '../../src/operations/linkDuplicate.ts'
import { find, listOpen } from '../../src/operations/look.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { readComplaint, readTimeline } from '../../src/store/complaints.ts'
import { readStanding } from '../../src/store/customers.ts'
import type { Database } from '../../src/store/database.ts'
import { InForce } from '../../src/store/inForce.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { INSIDER, NO_ACTION, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-04T15:00:00.123Z')

/** Complaints numbered from 1, each with its call promised so many hours from now. */
async function workspaceWith(db: Database, workspace: string, promised: readonly number[]) {
  const inForce = new InForce()
  await putInForce(db, workspace, setupOf(), NOW)
  for (const [at, hours] of promised.entries()) {
    const report = { customer: 'Acme', words: 'It leaks.', feeling: 'calm', tried: null, severity: 'normal' } as const
    const filing = {
      report: { ...report, contact: null, reference: null },
      ...{ department: 'manufacturing', toldAt: NOW, promisedBy: plus(NOW, hours * HOUR) },
      ...{ reporter: 'U0RITA', source: null },
    }
    await fileComplaint(db, inForce, { workspace, view: `V${at}`, filing, asker: INSIDER }, NOW)
  }
  const asked = (number: number) => ({ workspace, number, view: null, asker: INSIDER, by: 'U0RITA' })
  const complaint = async (number: number) => {
    const found = await readComplaint(db.reader, workspace, number)
    if (!found) throw new Error(`No #${number}`)
    return found
  }
  return {
    complaint,
    link: (number: number, original: number, now = NOW) =>
      linkDuplicate(db, inForce, { ...asked(number), original }, now),
    split: (number: number, now = NOW) => splitDuplicate(db, inForce, asked(number), now),
    change: (number: number, command: Command, now = NOW) =>
      changeComplaint(db, inForce, { ...asked(number), command }, now),
    pending: async (number: number) =>
      (await complaint(number)).promises.find(({ state }) => state === 'pending')?.dueAt ?? null,
    timers: async (number: number) =>
      rowsOf<{ name: string }>(
        await db.reader.execute(
          sql`select name from timers where workspace = ${workspace} and complaint = ${number} order by name`,
        ),
      ).map(({ name }) => name),
    events: async (number: number) => (await readTimeline(db.reader, workspace, number)).map(({ event }) => event.kind),
    listed: async () => (await listOpen(db, workspace, { kind: 'all' }, 0)).rows.map(({ number }) => number),
    found: async (text: string) =>
      (await find(db, workspace, text, 0)).rows.map(({ number, duplicateOf }) => [number, duplicateOf]),
    standing: (number: number) => readStanding(db.reader, workspace, number),
  }
}

const CLOSE_OUT: Command = {
  ...{ kind: 'close-out', by: 'U0FRED', rootCause: 'defective-part', origin: 'design', done: 'Replaced.' },
  ...{ fix: 'fixed', avoidable: false, settled: 'yes', ...NO_ACTION },
}

describe.each(databaseKinds())('duplicates (%s)', (kind) => {
  const database = sharedDatabase(kind)

  test('one rests and is counted once, the sooner promise holds, and both go on when it is split off', async () => {
    const w = await workspaceWith(database(), 'T1', [4, 2])
    const before = await w.complaint(2)
    expect(await w.link(2, 1)).toMatchObject({ ok: true, complaint: { duplicateOf: 1 } })
    expect(await w.timers(2)).toEqual([])
    expect(await w.pending(1)).toEqual(plus(NOW, 2 * HOUR))
    expect(await w.listed()).toEqual([1])
    expect(await w.found('leaks')).toEqual([
      [2, 1],
      [1, null],
    ])
    expect(await w.standing(1)).toMatchObject({ ordinal: 1, open: 1 })
    expect(await w.split(2, plus(NOW, HOUR))).toMatchObject({ ok: true })
    expect(await w.pending(1)).toEqual(plus(NOW, 4 * HOUR))
    const { promises, responses } = await w.complaint(2)
    expect({ promises, responses }).toEqual({ promises: before.promises, responses: before.responses })
    expect(await w.timers(2)).toEqual(['callback', 'ladder', 'response'])
    expect(await w.listed()).toEqual([2, 1])
    expect(await w.events(1)).toEqual(['filed', 'taken-on', 'let-go'])
    expect(await w.events(2)).toEqual(['filed', 'linked', 'split'])
  })

  test('there are no chains: what is linked to a duplicate is linked to its original, and takes its own along', async () => {
    const w = await workspaceWith(database(), 'T2', [9, 8, 7, 6])
    expect(await w.link(3, 2)).toMatchObject({ ok: true })
    expect(await w.link(2, 1)).toMatchObject({ ok: true })
    expect(await w.link(4, 3)).toMatchObject({ ok: true })
    for (const number of [2, 3, 4]) expect((await w.complaint(number)).duplicateOf).toBe(1)
    expect(await w.pending(1)).toEqual(plus(NOW, 6 * HOUR))
    // What the others were promised holds on.
    await w.split(4)
    expect(await w.pending(1)).toEqual(plus(NOW, 7 * HOUR))
  })

  test('refuses what is no duplicate', async () => {
    const w = await workspaceWith(database(), 'T3', [4, 4, 4])
    const itself = { ok: false, refusals: [{ kind: 'duplicate-of-itself', field: 'original' }] }
    expect(await w.link(1, 1)).toEqual(itself)
    expect(await w.link(1, 99)).toEqual({ ok: false, refusals: [{ kind: 'no-such-complaint', number: 99 }] })
    expect(await w.split(1)).toEqual({ ok: false, refusals: [{ kind: 'not-duplicate' }] })
    await w.link(2, 1)
    expect(await w.link(1, 2)).toEqual(itself)
    await w.change(3, CLOSE_OUT)
    expect(await w.link(1, 3)).toMatchObject({ ok: false, refusals: [{ kind: 'original-closed' }] })
    expect((await w.complaint(1)).duplicateOf).toBeNull()
    expect(await w.change(2, { kind: 'own', by: 'U0FRED' })).toEqual({
      ok: false,
      refusals: [{ kind: 'duplicate', of: 1 }],
    })
  })

  test('two that link each other at once make one duplicate, and linking meets a closing', async () => {
    const w = await workspaceWith(database(), 'T4', [4, 4, 4, 4])
    const both = await Promise.all([w.link(1, 2), w.link(2, 1)])
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true])
    const [linked, closed] = await Promise.all([w.link(4, 3), w.change(3, CLOSE_OUT)])
    expect(closed.ok).toBe(true)
    // Either the link came first and the close-out told its reporter, or it was refused.
    expect((await w.complaint(4)).duplicateOf).toBe(linked.ok ? 3 : null)
    const splits = await Promise.all([w.split(1), w.split(2), w.split(1)])
    expect(splits.filter(({ ok }) => ok)).toHaveLength(1)
  })
})

import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { noticeTopicsOnce } from '../../src/operations/noticeTopics.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { queueRemindersOnce } from '../../src/operations/queueReminders.ts'
import { countOpenActions, readOpenActions } from '../../src/store/actions.ts'
import { readComplaint } from '../../src/store/complaints.ts'
import type { Database } from '../../src/store/database.ts'
import { InForce } from '../../src/store/inForce.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { INSIDER, NO_ACTION, NOBODY_AWAY, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-04T15:00:00.123Z')
const on = (day: number): Date => plus(NOW, day * DAY)

async function workspaceIn(db: Database, workspace: string) {
  const inForce = new InForce()
  await putInForce(db, workspace, setupOf(), NOW)
  let forms = 0
  const change = async (number: number, command: Command, now: Date) => {
    const done = await changeComplaint(db, inForce, { workspace, number, view: null, asker: INSIDER, command }, now)
    if (!done.ok) throw new Error(JSON.stringify(done.refusals))
  }
  return {
    change,
    sweep: async (now: Date) =>
      (await queueRemindersOnce(db, inForce, workspace, NOBODY_AWAY, now)) +
      (await noticeTopicsOnce(db, inForce, workspace, now)),
    actionsOf: async (number: number) => (await readComplaint(db.reader, workspace, number))?.actions ?? [],
    queued: async (kind: string) =>
      rowsOf<{ state: string }>(
        await db.reader.execute(
          sql`select state from outbox where workspace = ${workspace} and kind = ${kind} order by id`,
        ),
      ).map(({ state }) => state),
    /** Files it and closes it an hour later. */
    async closed(told: Date, rootCause = 'poor-design', due: Date | null = null, takenBy = 'U0TAKER'): Promise<number> {
      forms += 1
      const report = { customer: 'Acme', words: 'It leaks.', feeling: 'calm', tried: null, severity: 'normal' } as const
      const filing = {
        report: { ...report, contact: null, reference: null },
        ...{ department: 'manufacturing', toldAt: told, promisedBy: plus(told, 4 * HOUR) },
        ...{ reporter: 'U0RITA', source: null },
      }
      const view = `${workspace}${forms}`
      const filed = await fileComplaint(db, inForce, { workspace, view, filing, asker: INSIDER }, told)
      if (!filed.ok) throw new Error(JSON.stringify(filed))
      const correction = due ? { correctiveAction: 'Draw it anew.', takenBy, dueBy: due, whyNone: null } : NO_ACTION
      await change(
        filed.number,
        {
          ...{ kind: 'close-out', by: 'U0FRED', rootCause, origin: 'design', done: 'Replaced.', fix: 'fixed' },
          ...{ avoidable: false, settled: 'yes', ...correction },
        },
        plus(told, HOUR),
      )
      return filed.number
    },
  }
}

const finish = (action = 1): Command => ({
  ...{ kind: 'finish-action', by: 'U0TAKER', action, changed: 'Drawn anew.', proof: 'Drawing 12b' },
})

describe.each(databaseKinds())('corrective actions on %s', (kind) => {
  const db = sharedDatabase(kind)

  test('the same cause, told while one is watched, asks about it once, and in the order they were told', async () => {
    const w = await workspaceIn(db(), 'TA1')
    const number = await w.closed(on(0), 'poor-design', on(5))
    const early = await w.closed(on(1))
    await w.change(number, finish(), on(2))
    expect([early, ...(await w.actionsOf(number)).map(({ recurredIn }) => recurredIn)]).toEqual([2, null])
    // Another cause, or told before, or too late: nothing is asked.
    await w.closed(on(3), 'defective-part')
    await w.closed(on(1.5))
    await w.closed(on(33))
    expect(await w.sweep(on(34))).toBeGreaterThanOrEqual(0)
    expect(await w.queued('action-question')).toEqual([])
    const [later, sooner] = [await w.closed(on(31)), await w.closed(on(30))]
    expect([later, sooner]).toEqual([6, 7])
    await Promise.all([w.sweep(on(34)), w.sweep(on(34))])
    expect(await w.queued('action-question')).toHaveLength(1)
    expect(await w.actionsOf(number)).toMatchObject([{ recurredIn: sooner, recurredAt: on(34) }])
    await w.sweep(on(35))
    expect(await w.queued('action-question')).toHaveLength(1)
  })

  test('what asks for one is taken back when it is done, and kept until then', async () => {
    const w = await workspaceIn(db(), 'TA2')
    const number = await w.closed(on(0), 'poor-design', on(5))
    expect(await w.queued('action')).toEqual(['pending'])
    await w.sweep(on(6))
    expect([await w.queued('action-reminder'), await w.queued('action-overdue')]).toEqual([['pending'], ['pending']])
    await w.change(number, finish(), on(6.5))
    for (const kind of ['action', 'action-reminder', 'action-overdue'])
      expect(await w.queued(kind)).toEqual(['dropped'])
    expect(await w.sweep(on(40))).toBe(0)
  })

  test('lists tell what is to be done, the soonest due first', async () => {
    const w = await workspaceIn(db(), 'TA3')
    const first = await w.closed(on(0), 'poor-design', on(9))
    const second = await w.closed(on(0), 'defective-part', on(5), 'U0OTHER')
    const done = await w.closed(on(0), 'poor-design', on(4))
    await w.change(done, finish(), on(1))
    const { reader } = db()
    const listed = async (filter: Parameters<typeof readOpenActions>[2]) => {
      const rows = await readOpenActions(reader, 'TA3', filter, 0, 10)
      expect(await countOpenActions(reader, 'TA3', filter)).toBe(rows.length)
      return rows.map(({ complaint }) => complaint)
    }
    expect(await listed({ kind: 'origin', department: 'design' })).toEqual([second, first])
    expect(await listed({ kind: 'taken-by', person: 'U0TAKER' })).toEqual([first])
    expect(await listed({ kind: 'overdue', now: on(6), department: null })).toEqual([second])
    expect(await listed({ kind: 'overdue', now: on(10), department: 'design' })).toEqual([second, first])
    expect(await listed({ kind: 'overdue', now: on(10), department: 'logistics' })).toEqual([])
    expect(await readOpenActions(reader, 'TA3', { kind: 'taken-by', person: 'U0OTHER' }, 0, 10)).toEqual([
      {
        ...{
          complaint: second,
          flaw: null,
          seq: 1,
          customer: 'Acme',
          words: 'Draw it anew.',
          takenBy: 'U0OTHER',
          dueAt: on(5),
        },
        ...{ rootCause: 'defective-part', origin: 'design' },
      },
    ])
  })
})

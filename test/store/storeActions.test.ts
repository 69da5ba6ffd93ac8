import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { OverdueActions } from '../../src/complaint/behind.ts'
import type { Command } from '../../src/complaint/commands.ts'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { noticeTopicsOnce } from '../../src/operations/noticeTopics.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { queueRemindersOnce } from '../../src/operations/queueReminders.ts'
import { countOverdueActions, readActionsFor, readOverdueActions } from '../../src/store/actions.ts'
import { readComplaint, readTimeline, readTimelineEntry } from '../../src/store/complaints.ts'
import { readNaming, withoutConfidential } from '../../src/store/confidential.ts'
import type { Database } from '../../src/store/database.ts'
import { InForce } from '../../src/store/inForce.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { INSIDER, NO_ACTION, NOBODY_AWAY, SEES_ALL, setupOf } from '../support/setups.ts'

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

    // What is confidential is named to nobody by another one's timeline, nor by what was said of it.
    const last = async () => (await readTimeline(db().reader, 'TA1', number)).at(-1)
    expect((await last())?.event).toEqual({ kind: 'cause-again', action: 1, complaint: sooner })
    await db().transaction((tx) =>
      tx.execute(sql`update outbox set state = 'sent' where workspace = 'TA1' and kind in ('line', 'action-question')`),
    )
    const naming = async (of: number) =>
      (await readNaming(db().reader, 'TA1', of)).map(({ complaint, flaw }) => ({ complaint, flaw }))
    // All of them make a flaw, besides.
    const [question, flaw] = [
      { complaint: number, flaw: null },
      { complaint: null, flaw: 1 },
    ]
    expect(await naming(sooner)).toEqual([question, question, flaw])
    expect(await naming(later)).not.toContainEqual(question)
    await db().transaction((tx) =>
      tx.execute(sql`update complaints set confidential = '{"entry": 2, "people": [], "state": "refused", "channel": null}'
        where workspace = 'TA1' and number = ${sooner}`),
    )
    const hidden = { kind: 'cause-again', action: 1, complaint: null }
    expect((await last())?.event).toEqual(hidden)
    expect((await readTimelineEntry(db().reader, 'TA1', number, (await last())?.seq ?? 0))?.event).toEqual(hidden)
    const [action] = await w.actionsOf(number)
    expect(action && (await withoutConfidential(db().reader, 'TA1', action)).recurredIn).toBeNull()
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

  test('lists tell what is overdue, the longest first; a Home what is theirs to do or answer for', async () => {
    const w = await workspaceIn(db(), 'TA3')
    const first = await w.closed(on(0), 'poor-design', on(9))
    const second = await w.closed(on(0), 'defective-part', on(5), 'U0OTHER')
    const done = await w.closed(on(0), 'poor-design', on(4))
    await w.change(done, finish(), on(1))
    const { reader } = db()
    const overdue = async (at: Date, department: string | null = null, viewer = SEES_ALL) => {
      const which: OverdueActions = { at, department }
      const rows = await readOverdueActions(reader, 'TA3', viewer, which, 0, 10)
      expect(await countOverdueActions(reader, 'TA3', which)).toBe(rows.length)
      return rows
    }
    expect(await overdue(plus(on(5), -1))).toEqual([])
    expect(await overdue(on(6))).toEqual([
      {
        ...{ hidden: false, complaint: second, flaw: null, seq: 1, customer: 'Acme', words: 'Draw it anew.' },
        ...{ takenBy: 'U0OTHER', dueAt: on(5) },
      },
    ])
    expect((await overdue(on(10), 'design')).map(({ complaint }) => complaint)).toEqual([second, first])
    expect(await overdue(on(10), 'logistics')).toEqual([])

    const homeOf = async (person: string, led: string[], now: Date, department: string | null = null) => {
      const { found, total, nextDue } = await readActionsFor(reader, 'TA3', person, { led, department }, 1, now)
      return [found.map(({ complaint }) => complaint), total, nextDue]
    }
    expect(await homeOf('U0TAKER', [], on(1))).toEqual([[first], 1, on(9)])
    expect(await homeOf('U0TAKER', [], on(1), 'logistics')).toEqual([[], 0, null])
    expect(await homeOf('U0LEAD', ['design'], on(1))).toEqual([[], 0, on(5)])
    expect(await homeOf('U0LEAD', ['design'], on(5))).toEqual([[second], 1, on(9)])
    expect(await homeOf('U0TAKER', ['design'], on(6))).toEqual([[second], 2, on(9)])

    // Of what is confidential a stranger to it sees that there is one, and a lead's Home nothing.
    await db().transaction((tx) =>
      tx.execute(sql`update complaints set confidential = '{"entry": 2, "people": ["U0OTHER"], "state": "refused", "channel": null}'
        where workspace = 'TA3' and number = ${second}`),
    )
    expect(await overdue(on(6), null, { person: 'U0ANY', seesAll: false, leads: [] })).toMatchObject([
      { hidden: true, customer: null, words: '', takenBy: '' },
    ])
    expect(await overdue(on(6), null, { person: 'U0OTHER', seesAll: false, leads: [] })).toMatchObject([
      { hidden: false, words: 'Draw it anew.' },
    ])
    expect(await homeOf('U0LEAD', ['design'], on(6))).toEqual([[], 0, on(9)])
    expect(await homeOf('U0OTHER', [], on(6))).toEqual([[second], 1, null])
  })
})

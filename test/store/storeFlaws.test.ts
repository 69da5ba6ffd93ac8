import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import type { Severity } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { carryOut, changeComplaint, hold } from '../../src/operations/changeComplaint.ts'
import { changeFlaw, type PersonsFlawCommand } from '../../src/operations/changeFlaw.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { linkDuplicate, splitDuplicate } from '../../src/operations/linkDuplicate.ts'
import { noticeTopicsOnce } from '../../src/operations/noticeTopics.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { remindFlawsOnce } from '../../src/operations/remindFlaws.ts'
import { readActionsFor } from '../../src/store/actions.ts'
import { readTimeline } from '../../src/store/complaints.ts'
import type { Database, Reader } from '../../src/store/database.ts'
import { readFlawComplaints, readFlawsFor, readFlawsOf } from '../../src/store/flawLists.ts'
import { readFlaw, readFlawTimeline, writeFlawPlace } from '../../src/store/flaws.ts'
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
  const notice = async (now: Date, presences = NOBODY_AWAY) =>
    (await noticeTopicsOnce(db, inForce, workspace, now)) +
    (await remindFlawsOnce(db, inForce, workspace, presences, now))
  const w = {
    inForce,
    change,
    notice,
    /** Its card stands in Slack, and whatever else was to be said of it. */
    posted: (number: number) =>
      db.transaction(async (tx) => {
        await writeFlawPlace(tx, workspace, number, { channel: 'C0DESIGN', ts: '1.1' })
        await tx.execute(sql`update outbox set state = 'sent', channel = 'C0DESIGN', ts = '1.' || id
          where workspace = ${workspace} and flaw = ${number} and state = 'pending'`)
      }),
    async file(reference: string | null, at: Date, customer = 'Acme', severity: Severity = 'normal'): Promise<number> {
      forms += 1
      const report = { customer, words: 'It leaks.', feeling: 'calm', tried: null, severity } as const
      const filing = {
        report: { ...report, contact: null, reference },
        ...{ department: 'manufacturing', toldAt: at, promisedBy: plus(at, 4 * HOUR) },
        ...{ reporter: 'U0RITA', source: null },
      }
      const view = `${workspace}${forms}`
      const filed = await fileComplaint(db, inForce, { workspace, view, filing, asker: INSIDER }, at)
      if (!filed.ok) throw new Error(JSON.stringify(filed))
      return filed.number
    },
    close: (number: number, at: Date, rootCause = 'poor-design') =>
      change(
        number,
        {
          ...{ kind: 'close-out', by: 'U0FRED', rootCause, origin: 'design', done: 'Replaced.', fix: 'fixed' },
          ...{ avoidable: false, settled: 'yes', ...NO_ACTION },
        },
        at,
      ),
    async flaw(number: number, command: PersonsFlawCommand, at: Date) {
      const done = await changeFlaw(db, inForce, { workspace, number, view: null, asker: INSIDER, command }, at)
      if (!done.ok) throw new Error(JSON.stringify(done.refusals))
      await notice(at)
    },
    seen: (number: number) => readFlaw(db.reader, workspace, number),
    live: async () =>
      rowsOf<{ number: number; key: string }>(
        await db.reader.execute(
          sql`select number, key from flaws where workspace = ${workspace} and ended_at is null order by number`,
        ),
      ).map(({ number, key }) => [number, key]),
    queued: async (flaw: number) =>
      rowsOf<{ kind: string }>(
        await db.reader.execute(
          sql`select kind from outbox where workspace = ${workspace} and flaw = ${flaw} and state = 'pending' order by id`,
        ),
      ).map(({ kind }) => kind),
    /** Filed, one a day, and noticed. */
    async three(reference: string | null, from: number): Promise<number[]> {
      const numbers: number[] = []
      for (const day of [0, 1, 2]) numbers.push(await w.file(reference, on(from + day), `Customer ${day}`))
      await notice(on(from + 2))
      return numbers
    },
  }
  return w
}

/** Whether a statement waits for a lock. */
async function isWaiting(reader: Reader): Promise<boolean> {
  const [row] = rowsOf<{ waits: boolean }>(
    await reader.execute(
      sql`select count(*) > 0 as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  )
  return row?.waits ?? false
}

async function waited(until: () => Promise<boolean>): Promise<void> {
  while (!(await until())) await new Promise((resolve) => setTimeout(resolve, 5))
}

const CLOSE = { kind: 'close-flaw', by: 'U0DESIGN', correctiveAction: 'Draw it anew.', takenBy: 'U0TAKER' } as const
const FINISH = {
  kind: 'finish-action',
  by: 'U0TAKER',
  action: 1,
  changed: 'Drawn anew.',
  proof: 'Drawing 12b',
} as const

describe.each(databaseKinds())('systemic flaws on %s', (kind) => {
  const db = sharedDatabase(kind)

  test('three complaints about one part raise one, however many look at once; the others join it', async () => {
    const w = await workspaceIn(db(), 'TF1')
    const numbers = [
      await w.file('KV-220, lot 1', on(0)),
      await w.file('kv 220', on(1), 'Bolt'),
      await w.file('Part no. KV220', on(2)),
    ]
    await Promise.all([w.notice(on(2)), w.notice(on(2)), w.notice(on(2))])
    expect(await w.live()).toEqual([[1, 'kv220']])
    expect(await w.queued(1)).toEqual(['picture', 'card'])
    expect(await w.seen(1)).toMatchObject({
      complaints: numbers,
      raisedWith: 3,
      topic: { name: 'KV-220' },
    })
    const events = async (number: number) =>
      (await readTimeline(db().reader, 'TF1', number)).map(({ event }) => event.kind)
    for (const number of numbers) expect(await events(number)).toEqual(['filed', 'joined-flaw'])
    expect(await readFlawsOf(db().reader, 'TF1', 2)).toEqual([{ number: 1, card: null }])
    expect(await readFlawComplaints(db().reader, 'TF1', 1, 2)).toMatchObject({
      ...{ customers: 2, newest: [{ number: 3 }, { number: 2 }] },
    })

    const fourth = await w.file('KV-220', on(20))
    await w.notice(on(20))
    expect((await w.seen(1))?.complaints).toEqual([...numbers, fourth])
    expect((await readFlawTimeline(db().reader, 'TF1', 1)).slice(0, 2).map(({ event }) => event.kind)).toEqual([
      'flaw-raised',
      'complaint-joined',
    ])
    expect(await w.notice(on(20))).toBe(0)
  })

  test('by cause once that is named; what one flaw holds already raises no other', async () => {
    const w = await workspaceIn(db(), 'TF2')
    const numbers = [
      await w.file(null, on(0)),
      await w.file(null, on(0)),
      await w.file(null, on(0)),
      await w.file(null, on(0)),
    ]
    await w.notice(on(0))
    for (const number of numbers.slice(0, 2)) await w.close(number, on(1))
    await w.close(numbers[2] ?? 0, on(1), 'defective-part')
    await w.notice(on(1))
    expect(await w.live()).toEqual([])
    // Reopened, it is not of that cause any more; closed again with another, it is of that one.
    await w.change(
      numbers[2] ?? 0,
      { kind: 'reopen', by: 'U0RITA', reason: 'Again.', promisedBy: on(3), ownerGone: false },
      on(2),
    )
    await w.close(numbers[2] ?? 0, on(2.5))
    await w.notice(on(2.5))
    expect(await w.live()).toEqual([[1, 'poor-design']])
    // The same three by their part.
    for (const [index, number] of numbers.slice(0, 3).entries())
      await w.change(
        number,
        { kind: 'edit', by: 'U0RITA', report: { reference: 'KV-220' }, edits: index === 2 ? 0 : 0 },
        on(2.6),
      )
    await w.notice(on(2.6))
    expect(await w.live()).toEqual([[1, 'poor-design']])
    await w.change(numbers[3] ?? 0, { kind: 'edit', by: 'U0RITA', report: { reference: 'KV-220' }, edits: 0 }, on(2.7))
    await w.notice(on(2.7))
    expect(await w.live()).toEqual([
      [1, 'poor-design'],
      [2, 'kv220'],
    ])
  })

  test('a duplicate does not count', async () => {
    const w = await workspaceIn(db(), 'TF3')
    const [first] = [await w.file('KV-220', on(0)), await w.file('KV-220', on(0)), await w.file('KV-220', on(0))]
    await w.change(3, { kind: 'duplicate', by: 'U0RITA', of: first ?? 0 }, on(0.1))
    await w.notice(on(0.2))
    expect(await w.live()).toEqual([])
  })

  test('closed, it lives until its action is done; it is raised again when it comes back', async () => {
    const w = await workspaceIn(db(), 'TF4')
    await w.three('KV-220', 0)
    await w.flaw(1, { kind: 'own', by: 'U0DESIGN' }, on(2.1))
    await w.flaw(1, { ...CLOSE, dueBy: on(9) }, on(2.2))
    expect(await w.queued(1)).toContain('action')
    const asked = { led: [], department: 'design' }
    expect(await readActionsFor(db().reader, 'TF4', 'U0TAKER', asked, 10, on(3))).toMatchObject({
      found: [{ flaw: 1, complaint: null, seq: 1, customer: null }],
      total: 1,
    })
    await w.file('KV-220', on(4))
    await w.notice(on(4))
    expect(await w.seen(1)).toMatchObject({ status: 'closed', endedAt: null, complaints: [1, 2, 3, 4] })
    await w.flaw(1, FINISH, on(6))
    expect(await w.seen(1)).toMatchObject({ endedAt: on(6) })
    expect(await w.queued(1)).not.toContain('action')

    // One more: did it work? Three more: it has come back.
    await w.file('KV-220', on(8))
    await w.notice(on(8))
    expect(await w.queued(1)).toContain('action-question')
    expect(await w.live()).toEqual([])
    await w.file('KV-220', on(9))
    await w.file('KV-220', on(10))
    await w.notice(on(10))
    expect(await w.live()).toEqual([[2, 'kv220']])
    expect(await w.seen(2)).toMatchObject({ before: 1, complaints: [5, 6, 7] })
  })

  test('what is confidential counts, and gives neither its name to a flaw nor its row', async () => {
    const w = await workspaceIn(db(), 'TF6')
    const secretly = async (reference: string, day: number) => {
      const number = await w.file(reference, on(day), 'Hush & Co', 'critical')
      await w.change(number, { kind: 'make-confidential', by: 'U0RITA', people: [] }, on(day))
      await w.notice(on(day))
    }
    for (const day of [0, 1, 2]) await secretly('Kv-220', day)
    expect(await w.live()).toEqual([])
    await w.file('KV 220', on(3))
    await w.notice(on(3))
    expect(await w.seen(1)).toMatchObject({ topic: { name: 'KV 220' }, complaints: [1, 2, 3, 4] })
    expect(await readFlawComplaints(db().reader, 'TF6', 1, 10)).toMatchObject({
      ...{ customers: 2, confidential: 3, newest: [{ number: 4, customer: 'Acme' }] },
    })
  })

  test('what becomes confidential takes its name along, where none else tells it, and brings it back', async () => {
    const w = await workspaceIn(db(), 'TF7')
    for (const day of [0, 1, 2]) await w.file('KV-220', on(day), 'Acme', 'critical')
    await w.notice(on(2))
    for (const number of [1, 2, 3])
      await w.change(number, { kind: 'make-confidential', by: 'U0RITA', people: [] }, on(2))
    expect(await w.seen(1)).toMatchObject({ topic: { name: null }, complaints: [1, 2, 3] })
    expect(await readFlawComplaints(db().reader, 'TF7', 1, 10)).toMatchObject({ confidential: 3, newest: [] })
    await w.change(2, { kind: 'lift-confidential', by: 'U0LEAD' }, on(2))
    expect(await w.seen(1)).toMatchObject({ topic: { name: 'KV-220' } })
    // Each time its card is drawn anew.
    await w.posted(1)
    await w.change(2, { kind: 'make-confidential', by: 'U0RITA', people: [] }, on(2))
    expect(await w.queued(1)).toEqual(['card'])
  })

  test('a duplicate that joined counts with its original; what was reopened stays', async () => {
    const w = await workspaceIn(db(), 'TF8')
    const numbers = await w.three('KV-220', 0)
    await w.posted(1)
    const link = { workspace: 'TF8', asker: INSIDER, view: null, by: 'U0RITA' }
    expect(await linkDuplicate(db(), w.inForce, { ...link, number: 3, original: 1 }, on(2))).toMatchObject({ ok: true })
    expect(await w.seen(1)).toMatchObject({ complaints: [1, 2], raisedWith: 3 })
    expect(await readFlawComplaints(db().reader, 'TF8', 1, 10)).toMatchObject({
      newest: [{ number: 2 }, { number: 1 }],
      customers: 2,
    })
    expect(await w.queued(1)).toEqual(['card'])
    expect(await splitDuplicate(db(), w.inForce, { ...link, number: 3 }, on(2))).toMatchObject({ ok: true })
    await w.notice(on(2))
    expect((await w.seen(1))?.complaints).toEqual(numbers)
    for (const number of numbers) await w.close(number, on(3), number === 3 ? 'defective-part' : 'poor-design')
    await w.change(1, { kind: 'reopen', by: 'U0RITA', reason: 'Again.', promisedBy: on(4), ownerGone: false }, on(3.1))
    await w.notice(on(3.1))
    expect((await w.seen(1))?.complaints).toEqual(numbers)
    expect(await w.live()).toEqual([[1, 'kv220']])
  })

  test('where they have doubled its trend is drawn anew, and somebody is called', async () => {
    const w = await workspaceIn(db(), 'TF9')
    await w.three('KV-220', 0)
    await w.posted(1)
    for (const minute of [1, 2, 3]) {
      await w.file('KV-220', plus(on(2), minute * MINUTE))
      await w.notice(plus(on(2), minute * MINUTE))
    }
    expect(await w.queued(1)).toEqual(['card', 'line', 'line', 'picture', 'line', 'line', 'call'])
    expect(await w.seen(1)).toMatchObject({ complaints: [1, 2, 3, 4, 5, 6], raisedWith: 6 })
  })

  test('a complaint that changes while it is looked at is looked at anew, and nobody waits for each other', async () => {
    const w = await workspaceIn(db(), 'TF12')
    for (const day of [0, 1, 2]) await w.file('KV-220', on(day))
    const looking: Promise<number>[] = []
    await db().transaction(async (tx) => {
      const held = { workspace: 'TF12', number: 3, view: null, asker: INSIDER }
      const complaint = await hold(tx, w.inForce, held, on(2))
      // It waits for this complaint, with the third of a kind at hand.
      if (kind === 'postgres') {
        looking.push(w.notice(on(2)))
        await waited(() => isWaiting(db().reader))
      }
      await carryOut(tx, complaint, { kind: 'edit', by: 'U0RITA', report: { reference: 'GV-50' }, edits: 0 })
    })
    await Promise.all(looking)
    expect(await w.live()).toEqual([])
    await w.notice(on(2))
    await w.file('KV-220', on(2.1))
    await w.notice(on(2.1))
    expect(await w.seen(1)).toMatchObject({ complaints: [1, 2, 4] })
  })

  test('who is away is passed over, and whoever leads sees it in their Home until somebody owns it', async () => {
    const w = await workspaceIn(db(), 'TF10')
    await w.three('KV-220', 0)
    const away = { of: async () => new Map([['U0DESIGN', { left: true, status: null, doNotDisturb: false }]]) }
    await w.notice(plus(on(2), 31 * MINUTE), away)
    const entries = await readFlawTimeline(db().reader, 'TF10', 1)
    expect(entries.at(-1)?.event).toMatchObject({
      ...{ kind: 'escalated', company: true, passedOver: [{ role: 'lead', why: 'left' }] },
    })
    const homeOf = (person: string, led: string[], department: string | null = null) =>
      readFlawsFor(db().reader, 'TF10', person, { led, department }, 5)
    expect(await homeOf('U0DESIGN', ['design'])).toEqual({ found: [1], total: 1 })
    expect(await homeOf('U0DESIGN', ['design'], 'logistics')).toEqual({ found: [], total: 0 })
    expect(await homeOf('U0LEAD', ['manufacturing'])).toEqual({ found: [], total: 0 })
    await w.flaw(1, { kind: 'own', by: 'U0FAY' }, on(2.1))
    expect(await homeOf('U0DESIGN', ['design'])).toEqual({ found: [], total: 0 })
    expect(await homeOf('U0FAY', [])).toEqual({ found: [1], total: 1 })
    await w.flaw(1, { ...CLOSE, dueBy: on(9) }, on(2.2))
    expect(await homeOf('U0FAY', [])).toEqual({ found: [], total: 0 })
  })

  test('cut short after any of its steps, it is made up for, and nothing is said twice', async () => {
    // Each complaint is looked at, and comes to say that it joined.
    for (const cut of kind === 'postgres' ? [0, 1, 2, 3, 4, 5] : [1, 4]) {
      const workspace = `TF11C${cut}`
      const w = await workspaceIn(db(), workspace)
      for (const day of [0, 1, 2]) await w.file('KV-220', on(day))
      let done = 0
      // The process dies before this transaction commits: so does every other one after it.
      const dying: Database = {
        ...db(),
        transaction: (work) =>
          db().transaction(async (tx) => {
            const result = await work(tx)
            done += 1
            if (done > cut) throw new Error('Killed')
            return result
          }),
      }
      await expect(noticeTopicsOnce(dying, w.inForce, workspace, on(2))).rejects.toThrow('could not be looked at')
      await w.notice(on(2))
      expect(await w.notice(on(2))).toBe(0)
      expect(await w.live()).toEqual([[1, 'kv220']])
      expect(await w.seen(1)).toMatchObject({ complaints: [1, 2, 3], entries: 1 })
      expect(await w.queued(1)).toEqual(['picture', 'card'])
      for (const number of [1, 2, 3])
        expect((await readTimeline(db().reader, workspace, number)).map(({ event }) => event.kind)).toEqual([
          'filed',
          'joined-flaw',
        ])
    }
  })

  test('it does what is due by the clock, once', async () => {
    const w = await workspaceIn(db(), 'TF5')
    await w.three('KV-220', 0)
    const at = plus(on(2), HOUR)
    await Promise.all([w.notice(at), w.notice(at)])
    expect((await w.queued(1)).filter((kind) => kind.includes('call'))).toEqual(['call', 'company-call'])
    await w.flaw(1, { kind: 'own', by: 'U0DESIGN' }, plus(at, 1))
    expect((await w.queued(1)).filter((kind) => kind.includes('call'))).toEqual([])
    expect(await w.seen(1)).toMatchObject({ status: 'owned', owner: 'U0DESIGN', ladder: null })
  })
})

import { describe, expect, onTestFinished, test } from 'vitest'
import { MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import { openDatabase } from '../../src/openDatabase.ts'
import type { Database } from '../../src/store/database.ts'
import type { Message } from '../../src/store/message.ts'
import {
  claim,
  complaintLane,
  countWaiting,
  mark,
  nextDue,
  prune,
  queue,
  readQueued,
  withdrawReminders,
} from '../../src/store/outbox.ts'
import { anyKind, databaseKinds, freshPlace } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'

const NOW = new Date('2026-03-04T15:00:00Z')
const LEASE = 60 * SECOND

const line = (entry: number): Message => ({ kind: 'line', entry })
const card: Message = { kind: 'card', home: 'manufacturing' }
const reminder = (seq: number): Message => ({ kind: 'reminder', clock: 'callback', seq, offset: 0 })

/** The outbox of one workspace, in few words. */
function outboxOf(db: Database, workspace: string) {
  return {
    put: (complaint: number, ...messages: Message[]) =>
      db.transaction((tx) =>
        queue(
          tx,
          workspace,
          messages.map((message) => ({ lane: complaintLane(complaint), complaint, message })),
          NOW,
        ),
      ),
    take: (now = NOW, limit = 10) => db.transaction((tx) => claim(tx, workspace, now, LEASE, limit)),
    mark: (row: Parameters<typeof mark>[1], end: Parameters<typeof mark>[2]) =>
      db.transaction((tx) => mark(tx, row, end)),
    states: async () => {
      const rows = await db.reader.query.outbox.findMany({
        where: (row, { eq }) => eq(row.workspace, workspace),
        orderBy: (row, { asc }) => asc(row.id),
      })
      return rows.map((row) => row.state)
    },
  }
}

function only<Row>(rows: readonly Row[]): Row {
  const [row, ...others] = rows
  if (!row || others.length > 0) throw new Error(`One was expected, not ${rows.length}`)
  return row
}

describe.each(databaseKinds())('outbox (%s)', (kind) => {
  const database = sharedDatabase(kind)
  let workspaces = 0
  const fresh = () => {
    workspaces += 1
    const workspace = `T${workspaces}`
    return { workspace, db: database(), ...outboxOf(database(), workspace) }
  }

  test('lanes go out in order, one message at a time, beside each other', async () => {
    const { put, take, mark } = fresh()
    await put(1, card, line(1), line(2))
    await put(2, card, line(1))
    const first = await take()
    expect(first.map(({ lane, kind }) => [lane, kind])).toEqual([
      ['complaint:1', 'card'],
      ['complaint:2', 'card'],
    ])
    expect(first.map(({ wasUnknown, attempts, fence }) => ({ wasUnknown, attempts, fence }))).toEqual([
      { wasUnknown: false, attempts: 1, fence: 1 },
      { wasUnknown: false, attempts: 1, fence: 1 },
    ])
    expect(await take()).toEqual([])
    for (const row of first) if (row.complaint === 1) expect(await mark(row, { state: 'sent', sentAt: NOW })).toBe(true)
    const next = only(await take())
    expect(next.message).toEqual(line(1))
    // One that has to wait holds up its lane, and only that.
    await mark(next, { state: 'pending', notBefore: plus(NOW, MINUTE) })
    expect(await take(plus(NOW, 59 * SECOND))).toEqual([])
    expect(only((await take(plus(NOW, MINUTE))).filter(({ complaint }) => complaint === 1)).message).toEqual(line(1))
  })

  test('no more are taken than asked for, the longest due first, of this workspace', async () => {
    const mine = fresh()
    const other = fresh()
    await other.put(1, card)
    for (const complaint of [3, 1, 2]) await mine.put(complaint, card)
    expect((await mine.take(NOW, 2)).map(({ complaint }) => complaint)).toEqual([3, 1])
    expect((await mine.take(NOW, 2)).map(({ complaint }) => complaint)).toEqual([2])
    expect(await mine.take(NOW, 0)).toEqual([])
  })

  test('a lease that ran out is taken over as unknown, and its old holder has no say any more', async () => {
    const { put, take, mark, states } = fresh()
    await put(1, line(1))
    const old = only(await take())
    expect(await take(plus(NOW, LEASE))).toEqual([])
    const taken = only(await take(plus(NOW, LEASE + 1)))
    expect(taken).toMatchObject({ id: old.id, wasUnknown: true, fence: 2, attempts: 2, dispatchedAt: NOW })
    expect(await mark(old, { state: 'sent', sentAt: NOW })).toBe(false)
    expect(await mark(old, { state: 'dead' })).toBe(false)
    expect(await states()).toEqual(['sending'])
    expect(await mark(taken, { state: 'sent', channel: 'C1', ts: '1.1' })).toBe(true)
    expect(await mark(taken, { state: 'pending' })).toBe(false)
    expect(await states()).toEqual(['sent'])
  })

  test('an unknown one stays unknown until it is settled; its window begins with the first dispatch', async () => {
    const { db, workspace, put, take, mark } = fresh()
    await put(1, line(1))
    const first = only(await take())
    await mark(first, { state: 'unknown', notBefore: plus(NOW, MINUTE), error: 'no_answer' })
    expect(await take()).toEqual([])
    const again = only(await take(plus(NOW, MINUTE)))
    expect(again).toMatchObject({ wasUnknown: true, dispatchedAt: NOW, error: 'no_answer' })
    expect(await countWaiting(db.reader, workspace)).toBe(1)
    await mark(again, { state: 'sent', channel: 'C1', ts: '1.1' })
    expect(await readQueued(db.reader, workspace, again.id)).toMatchObject({ state: 'sent', channel: 'C1', ts: '1.1' })
    expect(await countWaiting(db.reader, workspace)).toBe(0)
  })

  test('a card waits once, however often it is to be redrawn', async () => {
    const { put, take, mark, states } = fresh()
    await put(1, card, line(1))
    await put(1, card, line(2))
    expect(await states()).toEqual(['pending', 'pending', 'pending'])
    const drawing = only(await take())
    // What changes while it is drawn is drawn after it.
    await put(1, card, line(3))
    await put(1, card)
    expect(await states()).toEqual(['sending', 'pending', 'pending', 'pending', 'pending'])
    // The one that goes back to waiting keeps its place, and the later one has its own.
    await mark(drawing, { state: 'pending', notBefore: NOW })
    await put(1, card)
    expect(await states()).toEqual(['pending', 'pending', 'pending', 'pending', 'pending'])
    expect(only(await take())).toMatchObject({ id: drawing.id, wasUnknown: false })
  })

  test('a reminder of a clock that ended is taken back, or told where it stands', async () => {
    const { db, workspace, put, take, mark, states } = fresh()
    await put(1, reminder(1))
    await mark(only(await take()), { state: 'sent', channel: 'C1', ts: '1.1' })
    await put(1, { kind: 'company-reminder', clock: 'callback', seq: 1, offset: 0 }, reminder(1), reminder(2), line(1))
    await put(2, reminder(1))
    const posted = await db.transaction((tx) => withdrawReminders(tx, workspace, 1, 'callback', 1))
    expect(posted).toHaveLength(1)
    expect(await states()).toEqual(['sent', 'dropped', 'dropped', 'pending', 'pending', 'pending'])
    expect(await db.transaction((tx) => withdrawReminders(tx, workspace, 1, 'response', 2))).toEqual([])
    expect(await states()).toEqual(['sent', 'dropped', 'dropped', 'pending', 'pending', 'pending'])
  })

  test('what was queued in a transaction that throws is not queued', async () => {
    const { db, workspace, states } = fresh()
    const queued = db.transaction(async (tx) => {
      await queue(tx, workspace, [{ lane: complaintLane(1), complaint: 1, message: card }], NOW)
      throw new Error('no')
    })
    await expect(queued).rejects.toThrow('no')
    expect(await states()).toEqual([])
  })

  test('what was sent is forgotten in the end, what waits and what reminds is not', async () => {
    const { db, workspace, put, take, mark, states } = fresh()
    await put(1, card)
    await put(2, reminder(1))
    for (const row of await take()) await mark(row, { state: 'sent' })
    await put(3, card)
    await db.transaction((tx) => prune(tx, NOW))
    expect(await states()).toEqual(['sent', 'sent', 'pending'])
    await db.transaction((tx) => prune(tx, plus(NOW, 1)))
    expect(await states()).toEqual(['sent', 'pending'])
    expect(await nextDue(db.reader, workspace)).toEqual(NOW)
  })

  test('many that take at once take each message once', async () => {
    const { put, take } = fresh()
    for (let complaint = 1; complaint <= 30; complaint += 1) await put(complaint, card, line(1))
    const taken = (await Promise.all(Array.from({ length: 8 }, () => take()))).flat()
    const lanes = taken.map(({ lane }) => lane)
    expect(new Set(lanes).size).toBe(lanes.length)
    expect(taken.every((row) => row.kind === 'card')).toBe(true)
    // Whoever came upon rows that another one was just taking left them: they are taken next.
    const rest = [...(await take()), ...(await take()), ...(await take())]
    expect(new Set([...lanes, ...rest.map(({ lane }) => lane)]).size).toBe(30)
    expect(lanes.length + rest.length).toBe(30)
  })
})

describe.runIf(anyKind() === 'postgres')('outbox, with two processes', () => {
  async function two() {
    const place = await freshPlace('postgres')
    const [one, other] = await Promise.all([openDatabase(place), openDatabase(place)])
    onTestFinished(async () => {
      await Promise.all([one.close(), other.close()])
    })
    return { one: { db: one, ...outboxOf(one, 'T1') }, other: { db: other, ...outboxOf(other, 'T1') } }
  }

  /** Runs `meanwhile` while a transaction has queued a card of complaint 1 and not committed yet. */
  async function whileQueueing(db: Database, meanwhile: () => Promise<void>): Promise<void> {
    await db.transaction(async (tx) => {
      await queue(tx, 'T1', [{ lane: complaintLane(1), complaint: 1, message: card }], NOW)
      await meanwhile()
    })
  }

  test('a card that is taken while a change commits is drawn again after it', async () => {
    const { one, other } = await two()
    await one.put(1, card)
    // Drawn from what is committed: the change under way is not in it yet.
    await whileQueueing(one.db, async () => {
      for (const row of await other.take()) await other.mark(row, { state: 'sent' })
    })
    expect(only(await other.take()).kind).toBe('card')
  })

  test('a card goes back to waiting while a change that redraws it commits', async () => {
    const { one, other } = await two()
    await one.put(1, card)
    const drawing = only(await other.take())
    await whileQueueing(one.db, async () => {
      expect(await other.mark(drawing, { state: 'pending', notBefore: NOW })).toBe(true)
    })
    const again = only(await other.take())
    expect(again).toMatchObject({ id: drawing.id, kind: 'card' })
    await other.mark(again, { state: 'sent' })
    expect(only(await other.take()).kind).toBe('card')
  })
})

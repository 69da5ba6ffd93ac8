import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { composeDigest } from '../../src/delivery/composeDigest.ts'
import { queueDigestsOnce } from '../../src/operations/queueDigests.ts'
import { sendReport } from '../../src/operations/report.ts'
import type { Database } from '../../src/store/database.ts'
import { InForce } from '../../src/store/inForce.ts'
import { complaints, customers, outbox, promises } from '../../src/store/schema.ts'
import { writeSetup } from '../../src/store/setup.ts'
import { databaseKinds, freshDatabase } from '../support/databases.ts'
import { POLICY, setupOf } from '../support/setups.ts'

const MONDAY = new Date('2026-03-09T14:00:00Z')
const WEEKS_BEFORE = new Date('2026-02-01T00:00:00Z')

const inForce = (db: Database, workspace: string, since: Date, about: Partial<Setup> = {}): Promise<void> =>
  db.transaction((tx) => writeSetup(tx, workspace, setupOf(about), since))

/** One complaint, with a promise kept and one missed in each of these weeks before the digest. */
async function weeksOfPromises(db: Database, workspace: string, weeks: readonly number[]): Promise<void> {
  await db.transaction(async (tx) => {
    const customer = { workspace, key: 'acme', name: 'Acme', firstSeenAt: WEEKS_BEFORE }
    const [row] = await tx.insert(customers).values(customer).returning({ id: customers.id })
    await tx.insert(complaints).values({
      ...{ workspace, number: 1, status: 'open', customer: row?.id ?? 0, customerName: 'Acme', feeling: 'angry' },
      ...{ words: 'It leaks', severity: 'normal', department: 'manufacturing', reporter: 'U1', policy: POLICY },
      ...{ toldAt: WEEKS_BEFORE, filedAt: WEEKS_BEFORE, entries: 1 },
    })
    const clock = { workspace, complaint: 1, promisedBy: 'U1', startedAt: WEEKS_BEFORE, remindedTo: WEEKS_BEFORE }
    await tx.insert(promises).values(
      weeks.flatMap((week) => {
        const dueAt = plus(MONDAY, -week * 7 * DAY + DAY)
        return [
          { ...clock, seq: week * 2, dueAt, endedAt: dueAt, state: 'kept' as const },
          { ...clock, seq: week * 2 + 1, dueAt, endedAt: dueAt, state: 'missed' as const },
        ]
      }),
    )
  })
}

const queuedIn = (db: Database, workspace: string) =>
  db.reader.select().from(outbox).where(eq(outbox.workspace, workspace)).orderBy(outbox.id)

const digestsIn = async (db: Database, workspace: string) =>
  (await queuedIn(db, workspace)).filter(({ kind }) => kind === 'digest')

describe.each(databaseKinds())('the weekly digest, in %s', (kind) => {
  it('is queued once for the company and once for each department, with the figures of its week', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE)
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, -1))).toBe(5)
    expect(await queueDigestsOnce(db, new InForce(), MONDAY)).toBe(5)
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, HOUR))).toBe(0)
    // Each with its details, in two parts, in its thread.
    const all = await queuedIn(db, 'T1')
    for (const digest of all.filter(({ kind }) => kind === 'digest')) {
      const details = all.filter(({ message }) => message.kind === 'digest-details' && message.digest === digest.id)
      expect(details.map(({ lane }) => lane)).toEqual([digest.lane, digest.lane])
    }
    const rows = (await digestsIn(db, 'T1')).slice(5)
    expect(rows.map(({ lane }) => lane)).toEqual([
      'digest:company',
      'digest:service',
      'digest:manufacturing',
      'digest:logistics',
      'digest:design',
    ])
    for (const { message } of rows)
      expect(message).toMatchObject({
        kind: 'digest',
        slot: MONDAY.toISOString(),
        figures: { from: '2026-03-02T15:00:00.000Z', to: MONDAY.toISOString(), period: { filed: 0 } },
      })
  })

  it('brings the pictures of its company first: why it happened, and the promises of weeks in which there were any', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE)
    await weeksOfPromises(db, 'T1', [1, 2, 4, 5])
    expect(await queueDigestsOnce(db, new InForce(), MONDAY)).toBe(5)
    const [trend, company, ...others] = await queuedIn(db, 'T1')
    expect(trend).toMatchObject({ lane: 'digest:company', kind: 'picture', complaint: null })
    expect(trend?.message).toMatchObject({ picture: { kind: 'trend', timezone: 'America/Chicago' } })
    const picture = trend?.message.kind === 'picture' ? trend.message.picture : null
    const weeks = picture?.kind === 'trend' ? picture.weeks : []
    // It begins with the first week of which there is something to tell.
    expect(weeks.map(({ kept }) => `${kept.count}/${kept.of}`)).toEqual(['1/2', '1/2', '0/0', '1/2', '1/2'])
    expect(company?.message).toMatchObject({ kind: 'digest', department: null, pictures: [trend?.id] })
    for (const { message } of others) expect(message).not.toHaveProperty('pictures')
  })

  it('says so to whoever asked for it where the department has left the configuration meanwhile', async () => {
    const db = await freshDatabase(kind)
    const setup = setupOf()
    await inForce(db, 'T1', WEEKS_BEFORE)
    await sendReport(db, 'T1', setup, { span: 'week', department: 'design', at: MONDAY, to: 'U0LOU' }, MONDAY)
    const [report, details] = (await queuedIn(db, 'T1')).filter(({ kind }) => kind !== 'picture')
    if (!report || !details) throw new Error('No report was queued')
    const left = { ...setup, departments: setup.departments.filter(({ key }) => key !== 'design') }
    const composing = { db: db.reader, setup: left }
    const said = { text: 'That department has left the configuration meanwhile.' }
    expect(await composeDigest(report, composing)).toMatchObject({ kind: 'post', channel: 'U0LOU', said })
    expect(await composeDigest(details, composing)).toBeNull()
  })

  it('is queued once by two processes at once', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE)
    const queued = await Promise.all([
      queueDigestsOnce(db, new InForce(), MONDAY),
      queueDigestsOnce(db, new InForce(), MONDAY),
    ])
    expect(queued.sort()).toEqual([0, 5])
    expect(await digestsIn(db, 'T1')).toHaveLength(5)
  })

  it('is caught up with the newest slot alone, and owed for none before something was in force', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', MONDAY)
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, HOUR))).toBe(0)
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, 25 * 24 * HOUR))).toBe(5)
    const [row] = await queuedIn(db, 'T1')
    expect(row?.message).toMatchObject({ slot: '2026-03-30T14:00:00.000Z' })
  })

  it('is not owed again for the same week when the schedule moves, to an earlier hour or a later day', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE)
    await queueDigestsOnce(db, new InForce(), MONDAY)
    await inForce(db, 'T1', MONDAY, { digest: { day: 'monday', time: '08:00' } })
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, HOUR))).toBe(0)
    await inForce(db, 'T1', MONDAY, { digest: { day: 'tuesday', time: '09:00' } })
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, 2 * DAY))).toBe(0)
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, 8 * DAY))).toBe(5)
    // Moved by half a week, there is news by then.
    await inForce(db, 'T1', MONDAY, { digest: { day: 'saturday', time: '09:00' } })
    expect(await queueDigestsOnce(db, new InForce(), plus(MONDAY, 12 * DAY))).toBe(5)
  })

  it('reaches the other workspaces when it fails in one', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE, { timezone: 'Nowhere/Nothing' })
    await inForce(db, 'T2', WEEKS_BEFORE)
    await expect(queueDigestsOnce(db, new InForce(), MONDAY)).rejects.toThrow('1 of 2 workspaces got no digest')
    expect(await digestsIn(db, 'T2')).toHaveLength(5)
  })
})

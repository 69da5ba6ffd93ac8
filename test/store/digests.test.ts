import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { queueDigestsOnce } from '../../src/operations/queueDigests.ts'
import type { Database } from '../../src/store/database.ts'
import { outbox } from '../../src/store/schema.ts'
import { writeSetup } from '../../src/store/setup.ts'
import { databaseKinds, freshDatabase } from '../support/databases.ts'
import { setupOf } from '../support/setups.ts'

const MONDAY = new Date('2026-03-09T14:00:00Z')
const WEEKS_BEFORE = new Date('2026-02-01T00:00:00Z')

const inForce = (db: Database, workspace: string, since: Date, about: Partial<Setup> = {}): Promise<void> =>
  db.transaction((tx) => writeSetup(tx, workspace, setupOf(about), since))

const queuedIn = (db: Database, workspace: string) =>
  db.reader.select().from(outbox).where(eq(outbox.workspace, workspace)).orderBy(outbox.id)

describe.each(databaseKinds())('the weekly digest, in %s', (kind) => {
  it('is queued once for the company and once for each department, with the figures of its week', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE)
    expect(await queueDigestsOnce(db, plus(MONDAY, -1))).toBe(5)
    expect(await queueDigestsOnce(db, MONDAY)).toBe(5)
    expect(await queueDigestsOnce(db, plus(MONDAY, HOUR))).toBe(0)
    const rows = (await queuedIn(db, 'T1')).slice(5)
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
        figures: { from: '2026-03-02T15:00:00.000Z', to: MONDAY.toISOString(), week: { filed: 0 } },
      })
  })

  it('is queued once by two processes at once', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE)
    const queued = await Promise.all([queueDigestsOnce(db, MONDAY), queueDigestsOnce(db, MONDAY)])
    expect(queued.sort()).toEqual([0, 5])
    expect(await queuedIn(db, 'T1')).toHaveLength(5)
  })

  it('is caught up with the newest slot alone, and owed for none before something was in force', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', MONDAY)
    expect(await queueDigestsOnce(db, plus(MONDAY, HOUR))).toBe(0)
    expect(await queueDigestsOnce(db, plus(MONDAY, 25 * 24 * HOUR))).toBe(5)
    const [row] = await queuedIn(db, 'T1')
    expect(row?.message).toMatchObject({ slot: '2026-03-30T14:00:00.000Z' })
  })

  it('is not owed again when the schedule moves to an earlier hour', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE)
    await queueDigestsOnce(db, MONDAY)
    await inForce(db, 'T1', MONDAY, { digest: { day: 'monday', time: '08:00' } })
    expect(await queueDigestsOnce(db, plus(MONDAY, HOUR))).toBe(0)
  })

  it('reaches the other workspaces when it fails in one', async () => {
    const db = await freshDatabase(kind)
    await inForce(db, 'T1', WEEKS_BEFORE, { timezone: 'Nowhere/Nothing' })
    await inForce(db, 'T2', WEEKS_BEFORE)
    await expect(queueDigestsOnce(db, MONDAY)).rejects.toThrow('1 of 2 workspaces got no digest')
    expect(await queuedIn(db, 'T2')).toHaveLength(5)
  })
})

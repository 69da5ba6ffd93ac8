import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/complaint/policy.ts'
import type { Policy } from '../../src/complaint/setup.ts'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { readComplaint } from '../../src/store/complaints.ts'
import { InForce } from '../../src/store/inForce.ts'
import { readSetup } from '../../src/store/setup.ts'
import { policyFrom, type Stored } from '../../src/store/stored.ts'
import { filing } from '../rules/given.ts'
import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { department, hours, INSIDER, setupOf } from '../support/setups.ts'

const NOW = new Date('2026-03-02T15:00:00Z')

describe('a policy as it was stored', () => {
  test.each<[string, Stored<Policy>, Partial<Policy>]>([
    ['whole', { ...DEFAULT_POLICY, handOvers: 7 }, { handOvers: 7 }],
    ['of nothing at all', {}, {}],
    [
      'with a key that lacks some of its own',
      { silence: { ask: HOUR } },
      { silence: { ask: HOUR, release: HOUR / 2 } },
    ],
    ['with an empty list', { warRoom: { critical: true, people: [] } }, { warRoom: { critical: true, people: [] } }],
    [
      'without some',
      { response: HOUR, flaw: { complaints: 9, within: DAY } },
      { response: HOUR, flaw: { complaints: 9, within: DAY } },
    ],
  ])('%s takes its defaults', (_, stored, whole) => {
    expect(policyFrom(stored)).toEqual({ ...DEFAULT_POLICY, ...whole })
  })

  test('keeps a false and a nought', () => {
    const stored = { away: { doNotDisturb: false, statuses: [] }, handOvers: 0 }
    expect(policyFrom(stored)).toMatchObject(stored)
  })
})

describe.each(databaseKinds())('what an older version wrote (%s)', (kind) => {
  const database = sharedDatabase(kind)

  test('is read with the defaults of what came later, and is in force already', async () => {
    const db = database()
    const setup = setupOf({ departments: [department('manufacturing', { hours: hours() }), department('design')] })
    await putInForce(db, 'T1', setup, NOW)
    const request = {
      workspace: 'T1',
      view: 'V1',
      filing: filing({ toldAt: NOW, promisedBy: plus(NOW, HOUR) }),
      asker: INSIDER,
    }
    expect(await fileComplaint(db, new InForce(), request, NOW)).toMatchObject({ ok: true, number: 1 })
    const newer = sql.raw(`array['handOvers', 'makeGood', 'repeat', 'away', 'warRoom', 'evidence']`)
    await db.transaction(async (tx) => {
      await tx.execute(sql`update complaints set policy = policy - ${newer} where workspace = 'T1'`)
      await tx.execute(
        sql`update departments set hours = hours - array['off', 'open', 'onCall'] where workspace = 'T1'`,
      )
      await tx.execute(
        sql`update workspaces set settings = jsonb_set(settings - 'confidential', '{policy}', (settings->'policy') - ${newer}) where workspace = 'T1'`,
      )
    })
    expect((await readComplaint(db.reader, 'T1', 1))?.policy).toEqual(DEFAULT_POLICY)
    expect((await readSetup(db.reader, 'T1'))?.setup).toEqual(setup)
    expect(await putInForce(db, 'T1', setup, NOW)).toEqual({ ok: true, changed: false })
  })
})

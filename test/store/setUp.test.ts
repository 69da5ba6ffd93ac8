import { describe, expect, test } from 'vitest'
import type { Asker } from '../../src/complaint/roles.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { changeSetup, type LookUp, lookAtSetup, type Piece, type Setting } from '../../src/operations/setUp.ts'
import type { Database } from '../../src/store/database.ts'
import { InForce } from '../../src/store/inForce.ts'
import { readSetup } from '../../src/store/setup.ts'
import { databaseKinds, freshDatabase } from '../support/databases.ts'
import { INSIDER, setupOf } from '../support/setups.ts'

/* Setup by setup form: several at once, the same form twice, and what Slack does not know. */

const NOW = new Date('2026-03-04T15:00:00Z')
const fine: LookUp = async () => ({ faults: [], warnings: [] })

const at = (value: unknown, ...path: (string | number)[]): Setting => ({ path, value })

const START: readonly Setting[] = [
  ...[at('UTC', 'timezone'), at('C0ALL', 'channels', 'company'), at('C0OPS', 'channels', 'fallback')],
  ...[at('Making', 'departments', 0, 'name'), at('fixer', 'departments', 0, 'kind')],
  ...[at('C0MAKE', 'departments', 0, 'channel'), at(['Wrong part'], 'rootCauses')],
]
const called = (name: string): Setting[] => [at(name, 'name'), at('fixer', 'kind'), at(`C0${name}`, 'channel')]

async function company(kind: 'postgres' | 'embedded') {
  return admins(await freshDatabase(kind))
}

/** Somebody fills in a form that was opened now, or before. */
function admins(db: Database) {
  const inForce = new InForce()
  const opened = async (piece: Piece, by = 'U0ADMIN', asker: Asker = INSIDER) => {
    const look = await lookAtSetup(db, inForce, { workspace: 'T1', by, asker })
    if (!look.ok) return look
    const found = look.piece(piece)
    if (!found) throw new Error('Not there')
    return (view: string, settings: readonly Setting[] | null, lookUp = fine) =>
      changeSetup(
        db,
        inForce,
        lookUp,
        { ...{ workspace: 'T1', by, asker, view }, piece, settings, mark: found.mark },
        NOW,
      )
  }
  const change = async (piece: Piece, view: string, settings: readonly Setting[], lookUp = fine) => {
    const form = await opened(piece)
    if (typeof form !== 'function') throw new Error(JSON.stringify(form))
    return form(view, settings, lookUp)
  }
  return { opened, change, read: async () => (await readSetup(db.reader, 'T1'))?.setup, db }
}

const kindsOf = (outcomes: readonly object[]): unknown[] =>
  outcomes.map((outcome) => ('refusals' in outcome ? (outcome.refusals as { kind: string }[])[0]?.kind : 'ok'))

describe.each(databaseKinds())('in %s', (kind) => {
  test('two who begin at once: one does, and the other is told', async () => {
    const { opened, read } = await company(kind)
    const forms = await Promise.all(['U0ONE', 'U0TWO'].map((by) => opened({ kind: 'start' }, by)))
    const sent = await Promise.all(
      forms.map((form, which) =>
        typeof form === 'function' ? form(`V${which}`, [...START, at([`U0${which}`], 'admins')]) : form,
      ),
    )
    expect(kindsOf(sent).sort()).toEqual(['not-admin', 'ok'])
    expect((await read())?.admins).toEqual([`U0${sent.findIndex(({ ok }) => ok)}`])
  })

  test('what is added at once is all there; the same form twice adds once', async () => {
    const { change, read, db } = await company(kind)
    await putInForce(db, 'T1', setupOf({ admins: ['U0ADMIN'] }), NOW)
    const before = (await read())?.departments.length ?? 0
    const add = { kind: 'department', key: null } as const
    const names = ['Paint', 'Glue', 'Rope']
    const sent = await Promise.all(
      [...names, 'Rope'].map((name) => change(add, `V${name}`, called(name.toUpperCase()))),
    )
    expect(kindsOf(sent)).toEqual(['ok', 'ok', 'ok', 'ok'])
    expect(
      (await read())?.departments
        .slice(before)
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['glue', 'paint', 'rope'])
    // By another form it is a department of the same name.
    expect(await change(add, 'V9', called('ROPE'))).toMatchObject({ ok: false, faults: [{ path: ['name'] }] })
  })

  test('one of two who change the same is told, and may not change it when they are an admin no more', async () => {
    const { opened, read, db } = await company(kind)
    await putInForce(db, 'T1', setupOf({ admins: ['U0ADMIN', 'U0OTHER'] }), NOW)
    const forms = await Promise.all(['U0ADMIN', 'U0OTHER', 'U0OTHER'].map((by) => opened({ kind: 'company' }, by)))
    const [first, second, third] = forms
    if (typeof first !== 'function' || typeof second !== 'function' || typeof third !== 'function') throw new Error()
    const both = await Promise.all([first('V1', [at('UTC', 'timezone')]), second('V2', [at('Asia/Tokyo', 'timezone')])])
    expect(kindsOf(both).sort()).toEqual(['ok', 'setup-changed'])
    await putInForce(db, 'T1', setupOf({ admins: ['U0ADMIN'] }), NOW)
    expect(kindsOf([await third('V3', [at('Asia/Tokyo', 'timezone')])])).toEqual(['not-admin'])
    expect((await read())?.admins).toEqual(['U0ADMIN'])
    expect(await opened({ kind: 'company' }, 'U0NOBODY')).toEqual({
      ok: false,
      refusals: [{ kind: 'not-admin', ask: 'U0ADMIN' }],
    })
    expect(kindsOf([await opened({ kind: 'company' }, 'U0ADMIN', { standing: 'guest', departments: [] })])).toEqual([
      'not-a-colleague',
    ])
  })

  test('what Slack does not know is not put in force, what it could not say is told', async () => {
    const { change, read, db } = await company(kind)
    await putInForce(db, 'T1', setupOf({ admins: ['U0ADMIN'] }), NOW)
    const before = await read()
    const add = { kind: 'department', key: null } as const
    const place = ['departments', before?.departments.length ?? 0, 'channel']
    const unknown: LookUp = async () => ({ faults: [{ path: place, message: 'no such channel' }], warnings: [] })
    expect(await change(add, 'V1', called('ROPE'), unknown)).toMatchObject({
      faults: [{ path: ['channel'], message: 'no such channel' }],
    })
    expect(await read()).toEqual(before)
    const silent: LookUp = async () => ({ faults: [], warnings: [{ path: [], message: 'could not check' }] })
    expect(await change(add, 'V1', called('ROPE'), silent)).toMatchObject({ ok: true, warnings: ['could not check'] })
  })
})

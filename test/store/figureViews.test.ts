import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { DEFINITIONS } from '../../src/complaint/definitions.ts'
import { NO_FIGURES, NO_LISTS } from '../../src/complaint/figures.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { freshDatabase } from '../support/databases.ts'
import { FIGURE_VIEWS } from './figureViews.ts'
import { action, at, callback, complaint, history, makeGood, promise, response, store } from './histories.ts'

test('every figure is defined and has its view, which tells what it is, and nothing of what is confidential', async () => {
  const db = await freshDatabase('embedded')
  const views = rowsOf<{ name: string; told: string | null }>(
    await db.reader.execute(
      sql`select relname as name, obj_description(oid) as told from pg_class where relnamespace = 'figures'::regnamespace and relkind = 'v'`,
    ),
  )
  expect(views.map(({ name }) => name).sort()).toEqual([...FIGURE_VIEWS].sort())
  for (const { told } of views) expect(told).toMatch(/^[A-Z][^:]+: /)
  for (const key of [...Object.keys(NO_FIGURES), ...Object.keys(NO_LISTS)]) expect(DEFINITIONS).toHaveProperty(key)

  const about = {
    ...({
      confidential: { entry: 1, people: ['U0SECRET'], state: 'refused', channel: null },
      feeling: 'worried',
    } as const),
    ...{ customerName: 'U0SECRET', words: 'U0SECRET', reporter: 'U0SECRET', owner: 'U0SECRET', filedAt: at(1) },
  }
  const secret = { takenBy: 'U0SECRET', agreedBy: 'U0SECRET', words: 'U0SECRET' }
  await store(
    db,
    history({
      complaints: [
        complaint(1, { ...about, nextDeadline: at(2), ownedAt: at(2) }),
        complaint(2, { ...about, closedAt: at(3), closedBy: 'U0SECRET' }),
      ],
      promises: [{ ...promise(1, 'missed', at(2)), promisedBy: 'U0SECRET' }],
      responses: [response(1, 'honoured', at(2), at(1), true)],
      callbacks: [{ ...callback(1, 1, at(1)), by: 'U0SECRET' }],
      makeGoods: [makeGood(1, 100, at(1), { askedBy: 'U0SECRET', decidedBy: 'U0SECRET' })],
      actions: [action(1, secret)],
    }),
  )
  // As README has it: a role that may read the views, and nothing else.
  await db.transaction(async (tx) => {
    await tx.execute(sql`create role reports`)
    await tx.execute(sql`grant usage on schema figures to reports`)
    await tx.execute(sql`grant select on all tables in schema figures to reports`)
  })
  const asReports = (statement: string): Promise<{ row: string }[]> =>
    db.transaction(async (tx) => {
      await tx.execute(sql`set local role reports`)
      return rowsOf<{ row: string }>(await tx.execute(sql.raw(statement)))
    })
  let read = 0
  for (const { name } of views)
    for (const { row } of await asReports(`select to_json(v)::text as row from figures.${name} v`)) {
      expect(row, name).not.toMatch(/U0SECRET|worried/)
      read += 1
    }
  expect(read).toBeGreaterThan(15)
  for (const statement of ['select words as row from complaints', "delete from figures.filed returning '' as row"])
    await expect(asReports(statement)).rejects.toThrow()
})

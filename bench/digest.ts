import { writeFile } from 'node:fs/promises'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Sql } from 'postgres'
import { digestSlot, lastWeeks, weeksBefore } from '../src/complaint/week.ts'
import { TREND_WEEKS } from '../src/operations/queueDigests.ts'
import { readFigures, readPromisesKept } from '../src/store/figures.ts'
import { figuresQuery } from '../src/store/figuresQuery.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { COMPANY, WORKSPACE } from './support/company.ts'
import { connect } from './support/postgres.ts'
import type { Measured } from './support/report.ts'
import { alternate, median, timed } from './support/rounds.ts'

const ROUNDS = 7
const WARM_UP = 1

/** All that one digest reads of a million closed complaints, against the one statement of its figures, at its best, sent by postgres.js. */
export async function measureDigest(url: string, now: Date): Promise<Measured[]> {
  const { digest, timezone } = COMPANY
  const slot = digestSlot(digest, timezone, now)
  const periods = weeksBefore(digest, timezone, slot)
  const weeks = lastWeeks(digest, timezone, slot, TREND_WEEKS)
  const { sql: statement, params } = new PgDialect({ casing: 'snake_case' }).sqlToQuery(
    figuresQuery(WORKSPACE, periods, 'USD'),
  )
  const db = await openPostgres(url)
  // Compiling what runs once a week takes longer than running it.
  const sql = connect(url, 1, { jit: 'off' })
  const send = (text: string) => sql.unsafe(text, params as never[], { prepare: true })
  try {
    const { company } = await readFigures(db.reader, WORKSPACE, 'week', periods, 'USD')
    const [known] = await sql<{ filed: number; closed: number }[]>`
      select count(*) filter (where filed_at >= ${periods.period.from} and filed_at < ${periods.period.to})::int as filed,
        count(*) filter (where closed_at >= ${periods.period.from} and closed_at < ${periods.period.to})::int as closed
      from complaints where workspace = ${WORKSPACE}`
    if (company.period.filed !== known?.filed || company.period.closed !== known.closed || known.filed === 0)
      throw new Error('The figures are not those of the table')

    const found = await alternate(
      ROUNDS + WARM_UP,
      () =>
        timed(async () => {
          await readFigures(db.reader, WORKSPACE, 'week', periods, 'USD')
          await readPromisesKept(db.reader, WORKSPACE, weeks)
        }),
      () => timed(() => send(statement)),
    )
    await writePlan(sql, await send(`explain (analyze, buffers, summary) ${statement}`))
    return [
      {
        name: 'digest over 1,000,000 closed, against the statement of its figures alone',
        unit: 'ms',
        ours: median(found.ours.slice(WARM_UP)),
        baseline: median(found.baseline.slice(WARM_UP)),
        goal: { of: 'ratio', is: 'under', value: 1.5 },
      },
    ]
  } finally {
    await db.close()
    await sql.end({ timeout: 5 })
  }
}

async function writePlan(sql: Sql, plan: Iterable<Record<string, string>>): Promise<void> {
  const [row] = await sql<{ version: string }[]>`select version()`
  const lines = [...plan].map((line) => line['QUERY PLAN'])
  await writeFile('bench/digest-plan.txt', `${[row?.version, '', ...lines].join('\n')}\n`)
}

import type { Sql } from 'postgres'
import { HOUR, plus } from '../src/complaint/time.ts'
import type { Presences } from '../src/operations/directory.ts'
import { queueRemindersOnce } from '../src/operations/queueReminders.ts'
import { InForce } from '../src/store/inForce.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { WORKSPACE } from './support/company.ts'
import { connect } from './support/postgres.ts'
import type { Measured } from './support/report.ts'
import { alternate, median, timed } from './support/rounds.ts'

/** Slack is not asked here. */
const NOBODY_KNOWN: Presences = { of: async () => new Map() }

export const DUE = 100
const ROUNDS = 9
const WARM_UP = 2

/** One sweep that finds 100 complaints due among a million open ones, against the same among a thousand. */
export async function measureSweep(urls: { million: string; thousand: string }, now: Date): Promise<Measured[]> {
  const million = await sweeping(urls.million, now)
  const thousand = await sweeping(urls.thousand, now)
  try {
    const found = await alternate(ROUNDS + WARM_UP, million.round, thousand.round)
    return [
      {
        name: `sweep of ${DUE} due among 1,000,000 open, against 1,000`,
        unit: 'ms',
        ours: median(found.ours.slice(WARM_UP)),
        baseline: median(found.baseline.slice(WARM_UP)),
        goal: { of: 'ratio', is: 'under', value: 1.5 },
      },
    ]
  } finally {
    await Promise.all([million.close(), thousand.close()])
  }
}

async function sweeping(url: string, now: Date) {
  const sql = connect(url)
  const db = await openPostgres(url)
  const inForce = new InForce()
  const rows = await sql<{ complaint: number }[]>`select complaint from timers where at <= ${now}`
  const due = rows.map((row) => row.complaint)
  if (due.length !== DUE) throw new Error(`${due.length} timers are due, not ${DUE}`)
  return {
    round: async (): Promise<number> => {
      await arm(sql, due, now)
      let swept = 0
      const took = await timed(async () => {
        swept = await queueRemindersOnce(db, inForce, WORKSPACE, NOBODY_KNOWN, now)
      })
      if (swept !== DUE) throw new Error(`${swept} complaints were swept, not ${DUE}`)
      return took
    },
    close: async () => {
      await db.close()
      await sql.end({ timeout: 5 })
    },
  }
}

/** Makes the last reminder, an hour old, be due once more. */
async function arm(sql: Sql, due: readonly number[], now: Date): Promise<void> {
  const numbers = sql.array([...due])
  await sql`
    update responses set reminded_to = ${plus(now, -2 * HOUR)}
    where workspace = ${WORKSPACE} and complaint = any(${numbers}::int[])`
  await sql`
    update timers set at = ${plus(now, -HOUR)}
    where workspace = ${WORKSPACE} and complaint = any(${numbers}::int[]) and name = 'response'`
}

import type { Sql } from 'postgres'
import { HOUR, MINUTE, plus } from '../src/complaint/time.ts'
import type { Presences } from '../src/operations/directory.ts'
import { queueRemindersOnce } from '../src/operations/queueReminders.ts'
import { InForce } from '../src/store/inForce.ts'
import { openPostgres } from '../src/store/postgres.ts'
import { WORKSPACE } from './support/company.ts'
import { iso } from './support/fill.ts'
import { connect } from './support/postgres.ts'
import type { Measured } from './support/report.ts'
import { alternate, median, timed } from './support/rounds.ts'

export const DUE = 100
const ROUNDS = 9
const WARM_UP = 2

/** Slack is not asked here. */
const NOBODY_AWAY: Presences = { of: async () => new Map() }

/** Makes something fall due in 100 complaints, and does so again each time. */
interface Sweep {
  readonly name: string
  /** Complaints that are taken for it, all over the table. */
  readonly taken: (sql: Sql, now: Date) => ReturnType<Sql>
  readonly arm: (sql: Sql, numbers: readonly number[], now: Date) => Promise<unknown>
}

const isOf = (sql: Sql, numbers: readonly number[]) =>
  sql`workspace = ${WORKSPACE} and complaint = any(${sql.array([...numbers])}::int[])`
const isNumbered = (sql: Sql, numbers: readonly number[]) =>
  sql`workspace = ${WORKSPACE} and number = any(${sql.array([...numbers])}::int[])`

/** Only this timer of theirs counts. */
async function only(sql: Sql, name: string, numbers: readonly number[], at: Date): Promise<void> {
  await sql`delete from timers where ${isOf(sql, numbers)} and name = ${name}`
  await sql`
    insert into timers (workspace, complaint, name, at)
    select ${WORKSPACE}, number, ${name}, ${at} from unnest(${sql.array([...numbers])}::int[]) number`
}

/** Told early enough that four hours of silence fit in since. */
const quiet = (sql: Sql, now: Date) => sql`told_at < ${plus(now, -6 * HOUR)}`

const SWEEPS: readonly Sweep[] = [
  {
    name: 'due reminders',
    taken: (sql, now) => sql`number in (select complaint from timers where name = 'response' and at <= ${now})`,
    // The last reminder, an hour old, is due once more.
    arm: async (sql, numbers, now) => {
      await sql`update responses set reminded_to = ${plus(now, -2 * HOUR)} where ${isOf(sql, numbers)}`
      await only(sql, 'response', numbers, plus(now, -HOUR))
    },
  },
  {
    name: 'rungs of ladders',
    taken: (sql) => sql`status = 'open'`,
    arm: async (sql, numbers, now) => {
      const startedAt = iso(sql, sql`${plus(now, -20 * MINUTE)}::timestamptz`)
      await sql`
        update complaints set ladder = jsonb_build_object('startedAt', ${startedAt}, 'climbed', 0, 'from', null, 'called', null)
        where ${isNumbered(sql, numbers)}`
      await only(sql, 'ladder', numbers, plus(now, -5 * MINUTE))
    },
  },
  {
    name: 'silent owners, half of them asked before,',
    taken: (sql, now) => sql`status = 'owned' and ${quiet(sql, now)}`,
    arm: async (sql, numbers, now) => {
      await sql`
        update complaints set status = 'owned', owner = 'U0W1', ladder = null, silent_since = ${plus(now, -5 * HOUR)},
          silence_asked_at = case when number = any(${sql.array(numbers.filter((_, at) => at % 2 === 0))}::int[])
            then ${plus(now, -HOUR)}::timestamptz end
        where ${isNumbered(sql, numbers)}`
      await only(sql, 'silence', numbers, plus(now, -10 * MINUTE))
    },
  },
]

/** Sweeps that find 100 complaints due among a million open ones, each against the same among a thousand. */
export async function measureSweep(urls: { million: string; thousand: string }, now: Date): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const sweep of SWEEPS) {
    const million = await sweeping(urls.million, sweep, now)
    const thousand = await sweeping(urls.thousand, sweep, now)
    try {
      const found = await alternate(ROUNDS + WARM_UP, million.round, thousand.round)
      measured.push({
        name: `sweep of ${DUE} ${sweep.name} among 1,000,000 open complaints, against 1,000`,
        unit: 'ms',
        ours: median(found.ours.slice(WARM_UP)),
        baseline: median(found.baseline.slice(WARM_UP)),
        goal: { of: 'ratio', is: 'under', value: 1.5 },
      })
    } finally {
      await Promise.all([million.close(), thousand.close()])
    }
  }
  return measured
}

async function sweeping(url: string, { name, taken, arm }: Sweep, now: Date) {
  const sql = connect(url)
  const db = await openPostgres(url)
  const inForce = new InForce()
  const rows = await sql<{ number: number }[]>`
    select number from complaints where workspace = ${WORKSPACE} and ${taken(sql, now)} order by hashint4(number) limit ${DUE}`
  const numbers = rows.map((row) => row.number)
  if (numbers.length !== DUE) throw new Error(`${numbers.length} complaints for ${name}, not ${DUE}`)
  return {
    round: async (): Promise<number> => {
      await arm(sql, numbers, now)
      let swept = 0
      const took = await timed(async () => {
        swept = await queueRemindersOnce(db, inForce, WORKSPACE, NOBODY_AWAY, now)
      })
      if (swept !== DUE) throw new Error(`${swept} complaints were swept for ${name}, not ${DUE}`)
      return took
    },
    close: async () => {
      await db.close()
      await sql.end({ timeout: 5 })
    },
  }
}

import type { Sql } from 'postgres'
import { Client, sendAll } from './support/client.ts'
import { WORKSPACE } from './support/company.ts'
import { filing, submission } from './support/payloads.ts'
import { connect } from './support/postgres.ts'
import { startBot, startSlack } from './support/processes.ts'
import type { Measured } from './support/report.ts'
import { alternate, median, timed } from './support/rounds.ts'
import { writeComplaint } from './support/writing.ts'

const ROUNDS = 5
/** With posts held, it is the filing alone that is measured; with posts answered at once, the bot also posts them meanwhile. */
const CASES = [
  { posts: 'hold', concurrency: 1, count: 150 },
  { posts: 'hold', concurrency: 8, count: 300 },
  { posts: 'release', concurrency: 1, count: 80 },
  { posts: 'release', concurrency: 8, count: 160 },
] as const satisfies readonly Case[]
const WARM_UP = 400

interface Case {
  readonly posts: 'hold' | 'release'
  readonly concurrency: number
  readonly count: number
}

/** Milliseconds for each complaint. Processor time hardly changes with what else the machine does, the clock's does. */
interface Spent {
  readonly clock: number
  readonly cpu: number
}

const TABLES = ['complaints', 'customers', 'responses', 'promises', 'timeline', 'timers', 'outbox', 'submissions']

/**
 * Complaints filed a second, from the submitted form to the HTTP answer after the commit, against the same rows written
 * by postgres.js with no bot.
 */
export async function measureIntake(databases: { ours: string; baseline: string }): Promise<Measured[]> {
  const slack = await startSlack()
  const bot = await startBot({ database: databases.ours, apiUrl: slack.apiUrl })
  const client = new Client(bot.port)
  const looking = connect(databases.ours)
  const rows = connect(databases.baseline, 10)
  const filed = { ours: 0, baseline: 0 }
  const ours = async ({ posts, concurrency, count }: Case): Promise<Spent> => {
    const now = new Date()
    const forms = Array.from({ length: count }, () => {
      filed.ours += 1
      return submission(filing(filed.ours, now), now)
    })
    await slack.posts(posts)
    const before = await bot.child.cpu()
    const { total } = await sendAll(client, forms, concurrency)
    const cpu = (await bot.child.cpu()) - before
    // What was held back need not be posted any more, only to be out of the baseline's way.
    if (posts === 'hold') await looking`update outbox set state = 'dropped' where state = 'pending'`
    await slack.posts('release')
    await delivered(looking)
    return { clock: total / count, cpu: cpu / count }
  }
  const baseline = async ({ concurrency, count }: Omit<Case, 'posts'>): Promise<Spent> => {
    const now = new Date()
    const waiting = Array.from({ length: count }, () => {
      filed.baseline += 1
      return filing(filed.baseline, now)
    }).values()
    const before = process.cpuUsage()
    const total = await timed(() =>
      Promise.all(
        Array.from({ length: concurrency }, async () => {
          for (const next of waiting) await writeComplaint(rows, WORKSPACE, next, now)
        }),
      ),
    )
    const { user, system } = process.cpuUsage(before)
    return { clock: total / count, cpu: (user + system) / 1000 / count }
  }
  try {
    const warmUp = { posts: 'release', concurrency: 8, count: WARM_UP } as const
    await ours(warmUp)
    await baseline(warmUp)
    // As autovacuum does within a minute: until then, statements are planned for empty tables.
    await Promise.all([looking`analyze`, rows`analyze`])
    const measured: Measured[] = []
    for (const each of CASES) {
      const found = await alternate(
        ROUNDS,
        () => ours(each),
        () => baseline(each),
      )
      const how = `${each.concurrency} at once${each.posts === 'hold' ? '' : ', and posted meanwhile'}`
      measured.push({
        name: `complaints filed, ${how}`,
        unit: 'a second',
        ours: 1000 / median(found.ours.map(({ clock }) => clock)),
        baseline: 1000 / median(found.baseline.map(({ clock }) => clock)),
        // What is said in Slack meanwhile is no part of the commit.
        goal: each.posts === 'hold' ? { of: 'ratio', is: 'at least', value: 0.6 } : null,
      })
      measured.push({
        name: 'node’s processor time for each',
        unit: 'ms',
        ours: median(found.ours.map(({ cpu }) => cpu)),
        baseline: median(found.baseline.map(({ cpu }) => cpu)),
        goal: null,
      })
    }
    await refuseUnequal(looking, rows)
    return measured
  } finally {
    client.close()
    await bot.child.stop()
    await slack.stop()
    await Promise.all([looking.end({ timeout: 5 }), rows.end({ timeout: 5 })])
  }
}

/** What the bot says about what it filed must not fall into the baseline's turn. */
async function delivered(sql: Sql): Promise<void> {
  for (;;) {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from outbox where state in ('pending', 'sending', 'unknown')`
    if (row?.waiting === 0) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The comparison is one of equal work: the same number of rows in every table. */
async function refuseUnequal(ours: Sql, baseline: Sql): Promise<void> {
  for (const table of TABLES) {
    const count = async (sql: Sql) =>
      (await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(table)}`)[0]?.rows
    const [one, other] = await Promise.all([count(ours), count(baseline)])
    if (one !== other) throw new Error(`${table}: ${one} rows of ours, ${other} of the baseline's`)
  }
}

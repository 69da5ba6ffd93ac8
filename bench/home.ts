import { setTimeout as wait } from 'node:timers/promises'
import { Client } from './support/client.ts'
import { homeOpened } from './support/payloads.ts'
import { connect } from './support/postgres.ts'
import { startBot, startSlack } from './support/processes.ts'
import type { Measured } from './support/report.ts'
import { median, percentile, timed } from './support/rounds.ts'

const WARM_UP = 10
const ROUNDS = 60
/** Leads every department of the company. */
const LEAD = 'U0LEAD'

/**
 * The Home of a lead who owns 1,000 open complaints, with 1,000 more that nobody in their departments owns: from the event
 * that they look at it to the call that puts it in place. The database holds 2,000 open ones, every other one owned.
 */
export async function measureHome(database: string): Promise<Measured[]> {
  const sql = connect(database)
  await sql`update complaints set owner = ${LEAD}, silent_since = owned_at where status = 'owned'`
  await sql`
    update complaints set ladder = jsonb_build_object('startedAt', filed_at, 'climbed', 3, 'from', null, 'called', null)
    where status = 'open'`
  await sql`analyze complaints`
  const slack = await startSlack()
  const bot = await startBot({ database, apiUrl: slack.apiUrl })
  const client = new Client(bot.port)
  try {
    const took: number[] = []
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const published = slack.published(round + 1)
      took.push(await timed(async () => Promise.all([client.send(homeOpened(LEAD)), published])))
      // What stands there already, noted and the same, is not published again.
      while ((await sql`select 1 from outbox where state = 'sending'`).length > 0) await wait(5)
    }
    const measured = took.slice(WARM_UP)
    return [
      {
        ...{ name: 'Home of a lead with 1,000 open, from looking to publishing', unit: 'ms' },
        ...{ ours: median(measured), baseline: null, goal: { of: 'ours', is: 'under', value: 150 } },
      },
      {
        ...{ name: 'the same, 95 of 100', unit: 'ms' },
        ...{ ours: percentile(measured, 95), baseline: null, goal: { of: 'ours', is: 'under', value: 150 } },
      },
    ]
  } finally {
    client.close()
    await sql.end({ timeout: 5 })
    await bot.child.stop()
    await slack.stop()
  }
}

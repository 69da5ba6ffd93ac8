import { sql } from 'drizzle-orm'
import { fileComplaint } from '../../src/complaint/filing.ts'
import type { Setup, Severity } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import type { Report } from '../../src/complaint/types.ts'
import { insertComplaint } from '../../src/store/complaints.ts'
import { knownCustomer } from '../../src/store/customers.ts'
import type { Database } from '../../src/store/database.ts'
import { INSIDER } from './setups.ts'

interface Many {
  readonly count: number
  readonly owner?: string
  readonly reporter?: string
  readonly department?: string
  readonly severity?: Severity
}

/** Files so many complaints and has them owned, without a word to anybody: the calls promised a minute apart, the first in an hour. */
export async function openMany(
  db: Database,
  workspace: string,
  setup: Setup,
  { count, owner, reporter = 'U0RITA', department = 'manufacturing', severity = 'normal' }: Many,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const { customer } = await knownCustomer(tx, workspace, 'Acme', now)
    const numbers = Array.from({ length: count }, (_, at) => at + 1)
    for (const number of numbers) {
      const report: Report = {
        ...{ customer: 'Acme', feeling: 'angry' as const, words: 'The valve does not fit.', tried: null },
        ...{ severity, contact: null, reference: null },
      }
      const promisedBy = plus(now, HOUR + (number - 1) * MINUTE)
      const filing = { report, department, toldAt: now, promisedBy, reporter, source: null }
      await insertComplaint(
        tx,
        workspace,
        fileComplaint(filing, number, { now, setup, asker: INSIDER }),
        customer,
        null,
      )
    }
    await tx.execute(sql`update workspaces set last_number = ${count} where workspace = ${workspace}`)
    if (owner)
      await tx.execute(sql`
        update complaints set status = 'owned', owner = ${owner}, owned_at = filed_at, ladder = null, silent_since = filed_at
        where workspace = ${workspace}`)
    await tx.execute(sql`delete from timers where workspace = ${workspace} and name not in ('callback', 'response')`)
  })
}

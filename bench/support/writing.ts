import type { Sql } from 'postgres'
import type { Filing } from '../../src/complaint/commands.ts'
import { customerKey } from '../../src/complaint/customer.ts'
import { plus } from '../../src/complaint/time.ts'
import { COMPANY } from './company.ts'

let views = 0

/**
 * The rows of one filed complaint, written as one would by hand: two batches of statements in a transaction, each sent
 * without waiting for the answers of its own.
 */
export async function writeComplaint(sql: Sql, workspace: string, filing: Filing, now: Date): Promise<void> {
  const { report, department, reporter, toldAt, promisedBy } = filing
  const { policy } = COMPANY
  const due = plus(toldAt, policy.response)
  views += 1
  const view = `V${views}`
  const json = (value: object) => sql.json(value as never)
  await sql.begin(async (tx) => {
    const [[workspaceRow], [customerRow]] = await Promise.all([
      tx<{ last_number: number }[]>`
        update workspaces set last_number = last_number + 1 where workspace = ${workspace} returning last_number`,
      tx<{ id: string }[]>`
        insert into customers ${tx({ workspace, key: customerKey(report.customer), name: report.customer, first_seen_at: now })}
        on conflict (workspace, key) do update set name = customers.name returning id`,
    ])
    const number = workspaceRow?.last_number ?? 0
    const of = { workspace, complaint: number }
    const clock = { ended_at: null, reminded_to: now, company_told_at: null }
    const message = (kind: string, more: object = {}) => ({
      ...{
        ...of,
        lane: `complaint:${number}`,
        kind,
        message: json({ kind, ...more }),
        queued_at: now,
        not_before: now,
      },
    })
    await Promise.all([
      tx`insert into complaints ${tx({
        ...{ workspace, number, status: 'open', customer: customerRow?.id ?? '', customer_name: report.customer },
        ...{ feeling: report.feeling, words: report.words, tried: report.tried, severity: report.severity },
        ...{ contact: report.contact, reference: report.reference, department, reporter, owner: null },
        ladder: json({ startedAt: now.toISOString(), climbed: 0, from: null, called: null }),
        ...{ told_at: toldAt, filed_at: now, owned_at: null, policy: json(policy), edits: 0, reopens: 0 },
        ...{ reopened_at: null, entries: 1, next_deadline: promisedBy },
      })}`,
      tx`insert into responses ${tx({ ...of, ...clock, seq: 1, started_at: toldAt, due_at: due, state: 'running' })}`,
      tx`insert into promises ${tx({
        ...{ ...of, ...clock, seq: 1, started_at: now, due_at: promisedBy },
        ...{ promised_by: reporter, state: 'pending', reason: null },
      })}`,
      tx`insert into timeline ${tx({
        ...{ ...of, seq: 1, at: now, by: reporter },
        event: json({ kind: 'filed', feeling: report.feeling, promisedFor: promisedBy.toISOString(), promise: 1 }),
      })}`,
      tx`insert into timers ${tx([
        { ...of, name: 'response', at: plus(due, -(policy.remind.response[0] ?? 0)) },
        { ...of, name: 'callback', at: plus(promisedBy, -(policy.remind.callback[0] ?? 0)) },
        { ...of, name: 'ladder', at: plus(now, policy.ladder.normal[0] ?? 0) },
      ])}`,
      tx`insert into submissions ${tx({ ...of, view, at: now })}`,
      tx`insert into outbox ${tx([message('card'), message('thanks')])}`,
    ])
  })
}

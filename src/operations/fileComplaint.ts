import type { Filing } from '../complaint/commands.ts'
import { checkFiling, fileComplaint as decide } from '../complaint/filing.ts'
import { concerned } from '../complaint/home.ts'
import type { Asker } from '../complaint/roles.ts'
import { hoursOf } from '../complaint/setup.ts'
import { insertComplaint } from '../store/complaints.ts'
import { knownCustomer } from '../store/customers.ts'
import type { Database } from '../store/database.ts'
import { touchHomes } from '../store/home.ts'
import type { InForce } from '../store/inForce.ts'
import { complaintLane, queue } from '../store/outbox.ts'
import { nextNumber } from '../store/setup.ts'
import { readSubmission, takeSubmission } from '../store/submissions.ts'
import { type Outcome, Refused, Repeated, refused } from './outcome.ts'
import { askSameCustomer } from './sameCustomer.ts'

export interface FileRequest {
  readonly workspace: string
  /** Slack's id of the form: the same one delivered twice files one complaint. */
  readonly view: string
  readonly filing: Filing
  /** The reporter, as Slack knows them. */
  readonly asker: Asker
}

/** Files a complaint: the rows, the timeline and everything to be said commit together. */
export async function fileComplaint(db: Database, inForce: InForce, request: FileRequest, now: Date): Promise<Outcome> {
  const { workspace, view, filing, asker } = request
  try {
    return await db.transaction(async (tx) => {
      const [next, name] = await Promise.all([
        nextNumber(tx, workspace),
        knownCustomer(tx, workspace, filing.report.customer, now),
      ])
      const setup = next && (await inForce.read(tx, workspace, next.version))
      if (!setup) throw new Refused([{ kind: 'not-set-up' }])
      const situation = { now, setup, asker }
      const faults = checkFiling(filing, situation)
      if (faults.length > 0) throw new Refused(faults)
      const change = decide(filing, next.number, situation)
      const { number, department } = change.complaint
      const [first] = await Promise.all([
        takeSubmission(tx, workspace, view, number, now),
        insertComplaint(tx, workspace, change, name.customer, hoursOf(setup, department)),
        queue(
          tx,
          workspace,
          change.messages.map((message) => ({ lane: complaintLane(number), complaint: number, message })),
          now,
        ),
        touchHomes(tx, workspace, concerned(change.complaint), now),
      ])
      if (!first) throw new Repeated()
      if (!name.compared) await askSameCustomer(tx, workspace, number, name, now)
      return { ok: true, number, complaint: change.complaint, entries: change.entries }
    })
  } catch (error) {
    if (!(error instanceof Repeated || error instanceof Refused)) throw error
    // What was filed in time is filed, also where its form comes again too late for the times in it.
    const number = await readSubmission(db.reader, workspace, view)
    return number === null ? refused(error) : { ok: true, number, complaint: null, entries: [] }
  }
}

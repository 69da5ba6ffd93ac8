import type { Command, Filing } from '../complaint/commands.ts'
import type { Customer, CustomerStanding } from '../complaint/customer.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { changeComplaint } from './changeComplaint.ts'
import { fileComplaint } from './fileComplaint.ts'
import { find, type ListedComplaint, listOpen, lookAt, lookBack, type OpenFilter, type Page } from './look.ts'
import { lookAtCustomer, lookAtStanding, suggestCustomers } from './lookAtCustomer.ts'
import { type MergeRequest, mergeCustomer } from './mergeCustomer.ts'
import type { Outcome } from './outcome.ts'
import { type Answered, type AnswerRequest, answerSameCustomer } from './sameCustomer.ts'

export type { ListedComplaint, OpenFilter }

/** Everything that can be asked for in one workspace. `now` is the caller's. */
export interface Operations {
  file(view: string, filing: Filing, now: Date): Promise<Outcome>
  change(number: number, view: string | null, command: Command, now: Date): Promise<Outcome>
  mergeCustomer(asked: Omit<MergeRequest, 'workspace'>, now: Date): Promise<Outcome>
  answerSameCustomer(answer: Omit<AnswerRequest, 'workspace'>, now: Date): Promise<Answered>
  lookAtCustomer(number: number): Promise<Customer | null>
  lookAtStanding(complaint: Complaint): Promise<CustomerStanding | null>
  suggestCustomers(number: number, typed: string): Promise<Customer[]>
  lookAt(number: number): Promise<Complaint | null>
  lookBack(number: number): Promise<TimelineEntry[]>
  listOpen(filter: OpenFilter, page: number): Promise<Page & { total: number }>
  find(text: string, page: number): Promise<Page>
  /** What is in force, or null before anything is. */
  setup(): Promise<Setup | null>
  /** The last setup seen by this process, without asking the database. */
  lastSetup(): Setup | null
}

/** `committed` is called after each change, so that what it queued goes out at once. */
export const operationsIn = (db: Database, inForce: InForce, workspace: string, committed: () => void): Operations => {
  const thenSend = async <Known extends { readonly ok: boolean }>(outcome: Promise<Known>): Promise<Known> => {
    const known = await outcome
    if (known.ok) committed()
    return known
  }
  return {
    file: (view, filing, now) => thenSend(fileComplaint(db, inForce, { workspace, view, filing }, now)),
    change: (number, view, command, now) =>
      thenSend(changeComplaint(db, inForce, { workspace, number, view, command }, now)),
    mergeCustomer: (asked, now) => thenSend(mergeCustomer(db, inForce, { workspace, ...asked }, now)),
    answerSameCustomer: (answer, now) => thenSend(answerSameCustomer(db, inForce, { workspace, ...answer }, now)),
    lookAtCustomer: (number) => lookAtCustomer(db, workspace, number),
    lookAtStanding: (complaint) => lookAtStanding(db, workspace, complaint),
    suggestCustomers: (number, typed) => suggestCustomers(db, workspace, number, typed),
    lookAt: (number) => lookAt(db, workspace, number),
    lookBack: (number) => lookBack(db, workspace, number),
    listOpen: (filter, page) => listOpen(db, workspace, filter, page),
    find: (text, page) => find(db, workspace, text, page),
    setup: () => inForce.read(db.reader, workspace),
    lastSetup: () => inForce.lastKnown(workspace),
  }
}

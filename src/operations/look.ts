import type { ListBehind, OverdueActions } from '../complaint/behind.ts'
import type { Viewer } from '../complaint/confidential.ts'
import type { CustomerStanding } from '../complaint/customer.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Refusal } from '../complaint/refusals.ts'
import { type Asker, type Deed, mayNot } from '../complaint/roles.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { countOverdueActions, type ListedAction, readOverdueActions } from '../store/actions.ts'
import { readComplaint, readDuplicates, readTimeline } from '../store/complaints.ts'
import { readStanding } from '../store/customers.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import {
  countBehind,
  countOpen,
  type ListedComplaint,
  type OpenFilter,
  readBehind,
  readMatching,
  readOpen,
} from '../store/lists.ts'

export type { ListedComplaint, OpenFilter }

export const PAGE = 10

export interface Page {
  readonly rows: readonly ListedComplaint[]
  /** From 0. */
  readonly page: number
  readonly more: boolean
}

/** What somebody sees of a complaint. */
export interface Sight {
  readonly ok: true
  readonly complaint: Complaint
  readonly setup: Setup
  /** How its customer stands. */
  readonly customer: CustomerStanding
  /** Numbers of its duplicates. */
  readonly duplicates: readonly number[]
  /** Whether they may see who to call back, and how. */
  readonly showContact: boolean
  /** Why they may not do this to it, or null where they may. */
  readonly mayNot: (deed: Deed) => Refusal | null
}

/** That, or why they see nothing of it. */
export type Look = Sight | { readonly ok: false; readonly refusals: readonly Refusal[] }

export type LookBack =
  | (Sight & { readonly entries: readonly TimelineEntry[] })
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

export interface Looking {
  readonly workspace: string
  readonly number: number
  /** Who looks. */
  readonly by: string
  readonly asker: Asker
}

const lookFor = async (db: Database, inForce: InForce, looking: Looking, deed: Deed): Promise<Look> => {
  const { workspace, number, by, asker } = looking
  const [setup, complaint, customer, duplicates] = await Promise.all([
    inForce.read(db.reader, workspace),
    readComplaint(db.reader, workspace, number),
    readStanding(db.reader, workspace, number),
    readDuplicates(db.reader, workspace, number),
  ])
  if (!setup) return { ok: false, refusals: [{ kind: 'not-set-up' }] }
  if (!complaint || !customer) return { ok: false, refusals: [{ kind: 'no-such-complaint', number }] }
  const standing = { setup, asker }
  const refusal = mayNot(deed, complaint, by, standing)
  if (refusal) return { ok: false, refusals: [refusal] }
  return {
    ok: true,
    complaint,
    setup,
    customer,
    duplicates,
    showContact: mayNot('see-contact', complaint, by, standing) === null,
    mayNot: (asked) => mayNot(asked, complaint, by, standing),
  }
}

/** Where a complaint stands, for the eyes of one person. */
export const lookAt = (db: Database, inForce: InForce, looking: Looking): Promise<Look> =>
  lookFor(db, inForce, looking, 'see-card')

/** The same with its timeline. */
export async function lookBack(db: Database, inForce: InForce, looking: Looking): Promise<LookBack> {
  const [look, entries] = await Promise.all([
    lookFor(db, inForce, looking, 'see-timeline'),
    readTimeline(db.reader, looking.workspace, looking.number),
  ])
  return look.ok ? { ...look, entries } : look
}

const pageOf = (found: readonly ListedComplaint[], page: number): Page => ({
  rows: found.slice(0, PAGE),
  page,
  more: found.length > PAGE,
})

export async function listOpen(
  db: Database,
  workspace: string,
  viewer: Viewer,
  filter: OpenFilter,
  page: number,
): Promise<Page & { total: number }> {
  const [found, total] = await Promise.all([
    readOpen(db.reader, workspace, viewer, filter, page * PAGE, PAGE + 1),
    countOpen(db.reader, workspace, filter),
  ])
  return { ...pageOf(found, page), total }
}

export async function find(db: Database, workspace: string, viewer: Viewer, text: string, page: number): Promise<Page> {
  return pageOf(await readMatching(db.reader, workspace, viewer, text, page * PAGE, PAGE + 1), page)
}

/** Corrective actions that are overdue. */
export async function listOverdueActions(
  db: Database,
  workspace: string,
  viewer: Viewer,
  overdue: OverdueActions,
  page: number,
): Promise<{ rows: readonly ListedAction[]; more: boolean; total: number }> {
  const [found, total] = await Promise.all([
    readOverdueActions(db.reader, workspace, viewer, overdue, page * PAGE, PAGE + 1),
    countOverdueActions(db.reader, workspace, overdue),
  ])
  return { rows: found.slice(0, PAGE), more: found.length > PAGE, total }
}

/** The complaints behind a figure. */
export async function listBehind(
  db: Database,
  workspace: string,
  viewer: Viewer,
  behind: ListBehind,
  page: number,
): Promise<Page & { total: number }> {
  const [found, total] = await Promise.all([
    readBehind(db.reader, workspace, viewer, behind, page * PAGE, PAGE + 1),
    countBehind(db.reader, workspace, behind),
  ])
  return { ...pageOf(found, page), total }
}

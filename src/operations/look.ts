import type { TimelineEntry } from '../complaint/events.ts'
import type { Complaint } from '../complaint/types.ts'
import { readComplaint, readTimeline } from '../store/complaints.ts'
import type { Database } from '../store/database.ts'
import { countOpen, type ListedComplaint, type OpenFilter, readMatching, readOpen } from '../store/lists.ts'

export type { ListedComplaint, OpenFilter }

export const PAGE = 10

export interface Page {
  readonly rows: readonly ListedComplaint[]
  /** From 0. */
  readonly page: number
  readonly more: boolean
}

export const lookAt = (db: Database, workspace: string, number: number): Promise<Complaint | null> =>
  readComplaint(db.reader, workspace, number)

export const lookBack = (db: Database, workspace: string, number: number): Promise<TimelineEntry[]> =>
  readTimeline(db.reader, workspace, number)

const pageOf = (found: readonly ListedComplaint[], page: number): Page => ({
  rows: found.slice(0, PAGE),
  page,
  more: found.length > PAGE,
})

export async function listOpen(
  db: Database,
  workspace: string,
  filter: OpenFilter,
  page: number,
): Promise<Page & { total: number }> {
  const [found, total] = await Promise.all([
    readOpen(db.reader, workspace, filter, page * PAGE, PAGE + 1),
    countOpen(db.reader, workspace, filter),
  ])
  return { ...pageOf(found, page), total }
}

export async function find(db: Database, workspace: string, text: string, page: number): Promise<Page> {
  return pageOf(await readMatching(db.reader, workspace, text, page * PAGE, PAGE + 1), page)
}

import type { Command, Filing } from '../complaint/commands.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { readByCard, readWithEvidence } from '../store/complaints.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { changeComplaint } from './changeComplaint.ts'
import { fileComplaint } from './fileComplaint.ts'
import { find, type ListedComplaint, listOpen, lookAt, lookBack, type OpenFilter, type Page } from './look.ts'
import type { Outcome } from './outcome.ts'

export type { ListedComplaint, OpenFilter }

/** Everything that can be asked for in one workspace. `now` is the caller's. */
export interface Operations {
  file(view: string, filing: Filing, now: Date): Promise<Outcome>
  change(number: number, view: string | null, command: Command, now: Date): Promise<Outcome>
  /** The complaint in whose card's thread something was said, and who owns it. */
  heardAt(channel: string, thread: string): Promise<{ readonly number: number; readonly owner: string | null } | null>
  /** Slack says that a file is there no more: it is so wherever it is evidence. */
  loseFile(file: string, now: Date): Promise<void>
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
  const thenSend = async (outcome: Promise<Outcome>): Promise<Outcome> => {
    const known = await outcome
    if (known.ok) committed()
    return known
  }
  return {
    file: (view, filing, now) => thenSend(fileComplaint(db, inForce, { workspace, view, filing }, now)),
    change: (number, view, command, now) =>
      thenSend(changeComplaint(db, inForce, { workspace, number, view, command }, now)),
    heardAt: (channel, ts) => readByCard(db.reader, workspace, { channel, ts }),
    loseFile: async (file, now) => {
      for (const number of await readWithEvidence(db.reader, workspace, file))
        await thenSend(
          changeComplaint(
            db,
            inForce,
            { workspace, number, view: null, command: { kind: 'lose-evidence', file } },
            now,
          ),
        )
    },
    lookAt: (number) => lookAt(db, workspace, number),
    lookBack: (number) => lookBack(db, workspace, number),
    listOpen: (filter, page) => listOpen(db, workspace, filter, page),
    find: (text, page) => find(db, workspace, text, page),
    setup: () => inForce.read(db.reader, workspace),
    lastSetup: () => inForce.lastKnown(workspace),
  }
}

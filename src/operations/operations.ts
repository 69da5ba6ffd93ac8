import type { ListBehind, OverdueActions } from '../complaint/behind.ts'
import type { Command, Filing } from '../complaint/commands.ts'
import { type Viewer, viewerOf } from '../complaint/confidential.ts'
import type { Customer } from '../complaint/customer.ts'
import type { FiguresPair } from '../complaint/figures.ts'
import type { HomeFilters } from '../complaint/home.ts'
import type { Refusal } from '../complaint/refusals.ts'
import { type Asker, mayNotAct } from '../complaint/roles.ts'
import type { Setup } from '../complaint/setup.ts'
import type { ListedAction } from '../store/actions.ts'
import { readByCard } from '../store/cards.ts'
import { readWithEvidence } from '../store/complaints.ts'
import type { Database } from '../store/database.ts'
import { lookHome } from '../store/home.ts'
import type { InForce } from '../store/inForce.ts'
import { changeComplaint } from './changeComplaint.ts'
import { changeFlaw, type FlawLook, type FlawOutcome, lookAtFlaw, type PersonsFlawCommand } from './changeFlaw.ts'
import type { Directory } from './directory.ts'
import { fileComplaint } from './fileComplaint.ts'
import { type LinkRequest, linkDuplicate, type SplitRequest, splitDuplicate } from './linkDuplicate.ts'
import {
  find,
  type ListedComplaint,
  type Look,
  type LookBack,
  listBehind,
  listOpen,
  listOverdueActions,
  lookAt,
  lookBack,
  type OpenFilter,
  type Page,
} from './look.ts'
import { type MergeRequest, mergeCustomer } from './mergeCustomer.ts'
import type { Outcome } from './outcome.ts'
import { type ReportAsked, readReport, sendReport } from './report.ts'
import { type Answered, type AnswerRequest, answerSameCustomer } from './sameCustomer.ts'
import { changeSetup, type LookUp, lookAtSetup, type SetupChanged, type SetupLook, type SetupRequest } from './setUp.ts'
import { suggestCustomers } from './suggestCustomers.ts'

export type { PieceFault, Setting, SetupSight } from './setUp.ts'
export type { ListedComplaint, OpenFilter }

/** What a person asks of a complaint; the clock's commands are not theirs to give. */
export type PersonsCommand = Extract<Command, { readonly by: string }>

/** Everything that can be asked for in one workspace. `now` is the caller's, `by` is whoever asks. */
export interface Operations {
  /** Why somebody may neither do nor see anything here, or null where they may. */
  turnsAway(by: string): Promise<Refusal | null>
  file(view: string, filing: Filing, now: Date): Promise<Outcome>
  change(number: number, view: string | null, command: PersonsCommand, now: Date): Promise<Outcome>
  linkDuplicate(asked: Omit<LinkRequest, 'workspace' | 'asker'>, now: Date): Promise<Outcome>
  splitDuplicate(asked: Omit<SplitRequest, 'workspace' | 'asker'>, now: Date): Promise<Outcome>
  changeFlaw(number: number, view: string | null, command: PersonsFlawCommand, now: Date): Promise<FlawOutcome>
  lookAtFlaw(number: number, by: string): Promise<FlawLook>
  mergeCustomer(asked: Omit<MergeRequest, 'workspace' | 'asker'>, now: Date): Promise<Outcome>
  answerSameCustomer(answer: Omit<AnswerRequest, 'workspace' | 'asker'>, now: Date): Promise<Answered>
  /** Whom a complaint's customer may be merged into. */
  suggestCustomers(number: number, typed: string): Promise<readonly Customer[]>
  /** The complaint in whose card's thread something was said, and who owns it. */
  heardAt(channel: string, thread: string): Promise<{ readonly number: number; readonly owner: string | null } | null>
  /** Slack says that a file is there no more: it is so wherever it is evidence. */
  loseFile(file: string, now: Date): Promise<void>
  lookAt(number: number, by: string): Promise<Look>
  lookBack(number: number, by: string): Promise<LookBack>
  listOpen(filter: OpenFilter, page: number, by: string): Promise<Page & { total: number }>
  find(text: string, page: number, by: string): Promise<Page>
  listBehind(behind: ListBehind, page: number, by: string): Promise<Page & { total: number }>
  listOverdueActions(
    overdue: OverdueActions,
    page: number,
    by: string,
  ): Promise<{ rows: readonly ListedAction[]; more: boolean; total: number }>
  /** @throws where there is no such department. */
  report(asked: ReportAsked): Promise<FiguresPair>
  sendReport(asked: ReportAsked & { readonly to: string }, now: Date): Promise<void>
  lookAtSetup(by: string): Promise<SetupLook>
  changeSetup(asked: Omit<SetupRequest, 'workspace' | 'asker'>, now: Date): Promise<SetupChanged>
  /** Shows somebody their Home, with what they chose to see in it; the rest stays as they chose it before. */
  showHome(by: string, chosen: Partial<HomeFilters>, now: Date): Promise<void>
  /** What is in force, or null before anything is. */
  setup(): Promise<Setup | null>
  /** The last setup seen by this process, without asking the database. */
  lastSetup(): Setup | null
}

export interface OperationsOptions {
  readonly db: Database
  readonly inForce: InForce
  readonly workspace: string
  readonly directory: Directory
  readonly lookUp: LookUp
  /** Called after each change, so that what it queued goes out at once. */
  readonly committed: () => void
}

export const operationsIn = ({
  db,
  inForce,
  workspace,
  directory,
  lookUp,
  committed,
}: OperationsOptions): Operations => {
  const thenSend = async <Known extends { readonly ok: boolean }>(outcome: Promise<Known>): Promise<Known> => {
    const known = await outcome
    if (known.ok) committed()
    return known
  }
  /** Slack is asked before any transaction begins. */
  const askerOf = async (person: string): Promise<Asker> => {
    const setup = await inForce.read(db.reader, workspace)
    const [standing, departments] = await Promise.all([
      directory.standingOf(person),
      setup ? directory.departmentsOf(person, setup) : [],
    ])
    return { standing, departments }
  }
  const viewer = async (person: string): Promise<Viewer> => {
    const setup = await inForce.read(db.reader, workspace)
    return setup ? viewerOf(person, setup) : { person, seesAll: false, leads: [] }
  }
  const inForceNow = async (): Promise<Setup> => {
    const setup = await inForce.read(db.reader, workspace)
    if (!setup) throw new Error('Nothing is in force')
    return setup
  }
  /** The same where no department matters. */
  const standingOf = async (person: string): Promise<Asker> => ({
    standing: await directory.standingOf(person),
    departments: [],
  })
  return {
    turnsAway: async (by) => mayNotAct(await standingOf(by)),
    file: async (view, filing, now) => {
      const asker = await standingOf(filing.reporter)
      return thenSend(fileComplaint(db, inForce, { workspace, view, filing, asker }, now))
    },
    change: async (number, view, command, now) => {
      const asker = await askerOf(command.by)
      return thenSend(changeComplaint(db, inForce, { workspace, number, view, command, asker }, now))
    },
    linkDuplicate: async (asked, now) =>
      thenSend(linkDuplicate(db, inForce, { workspace, asker: await askerOf(asked.by), ...asked }, now)),
    splitDuplicate: async (asked, now) =>
      thenSend(splitDuplicate(db, inForce, { workspace, asker: await askerOf(asked.by), ...asked }, now)),
    changeFlaw: async (number, view, command, now) => {
      const asker = await askerOf(command.by)
      return thenSend(changeFlaw(db, inForce, { workspace, number, view, command, asker }, now))
    },
    lookAtFlaw: async (number, by) => lookAtFlaw(db, inForce, { workspace, number, by, asker: await askerOf(by) }),
    mergeCustomer: async (asked, now) =>
      thenSend(mergeCustomer(db, inForce, { workspace, asker: await askerOf(asked.by), ...asked }, now)),
    answerSameCustomer: async (answer, now) =>
      thenSend(answerSameCustomer(db, inForce, { workspace, asker: await askerOf(answer.by), ...answer }, now)),
    suggestCustomers: (number, typed) => suggestCustomers(db, workspace, number, typed),
    heardAt: (channel, ts) => readByCard(db.reader, workspace, { channel, ts }),
    loseFile: async (file, now) => {
      const command = { kind: 'lose-evidence', file } as const
      for (const number of await readWithEvidence(db.reader, workspace, file))
        await thenSend(changeComplaint(db, inForce, { workspace, number, view: null, command, asker: null }, now))
    },
    lookAt: async (number, by) => lookAt(db, inForce, { workspace, number, by, asker: await askerOf(by) }),
    lookBack: async (number, by) => lookBack(db, inForce, { workspace, number, by, asker: await askerOf(by) }),
    listOpen: async (filter, page, by) => listOpen(db, workspace, await viewer(by), filter, page),
    find: async (text, page, by) => find(db, workspace, await viewer(by), text, page),
    report: async (asked) => (await readReport(db, workspace, await inForceNow(), asked)).figures,
    sendReport: async (asked, now) => {
      await sendReport(db, workspace, await inForceNow(), asked, now)
      committed()
    },
    listBehind: async (behind, page, by) => listBehind(db, workspace, await viewer(by), behind, page),
    listOverdueActions: async (overdue, page, by) => listOverdueActions(db, workspace, await viewer(by), overdue, page),
    lookAtSetup: async (by) => lookAtSetup(db, inForce, { workspace, by, asker: await standingOf(by) }),
    changeSetup: async (asked, now) => {
      const request = { workspace, asker: await standingOf(asked.by), ...asked }
      return thenSend(changeSetup(db, inForce, lookUp, request, now))
    },
    showHome: async (by, chosen, now) => {
      const asker = await askerOf(by)
      await db.transaction((tx) => lookHome(tx, workspace, by, { asker, chosen }, now))
      committed()
    },
    setup: () => inForce.read(db.reader, workspace),
    lastSetup: () => inForce.lastKnown(workspace),
  }
}

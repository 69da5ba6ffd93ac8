import { isOpen } from './correcting.ts'
import type { Policy } from './setup.ts'
import type { TopicKind } from './topics.ts'
import type {
  ClosedComplaint,
  CloseOut,
  Complaint,
  CorrectiveAction,
  OpenComplaint,
  OwnedComplaint,
  ResponseDeadline,
} from './types.ts'

/*
 * Too many complaints with one root cause, or about one part or site, come from a flaw in what we make or in how we work. It
 * is owned, laddered and timed like a complaint: to those rules it is a complaint that no customer made (see `caseOf`). It is
 * closed with a corrective action, and lives until that is done: as long, complaints of the same kind join it.
 */

/** What holds them together. */
export interface FlawTopic {
  readonly kind: TopicKind
  /** Of a cause: the key of the leaf. Of a part or site: its normalised name. */
  readonly key: string
  /** A part or site as it was written, null where that is confidential; a cause is called by the configuration. */
  readonly name: string | null
}

interface Facts {
  /** Per workspace, from 1. */
  readonly number: number
  readonly topic: FlawTopic
  /** Key of the design department that answers for it; null where there is none: then the company channel is told. */
  readonly department: string | null
  readonly policy: Policy
  readonly raisedAt: Date
  readonly ownedAt: Date | null
  readonly responses: readonly ResponseDeadline[]
  readonly actions: readonly CorrectiveAction[]
  /** Numbers of the complaints, in the order in which they joined. */
  readonly complaints: readonly number[]
  /** How many they were when it was raised last: doubled, it is raised again. */
  readonly raisedWith: number
  /** The flaw that came back with it, by its number. */
  readonly before: number | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  /** When it was over: closed, with every action done. */
  readonly endedAt: Date | null
  /** Entries on its timeline so far. */
  readonly entries: number
}

type Held<Of extends Complaint> = Pick<Of, 'status' | 'owner' | 'ladder' | 'silence'>
export type Flaw = Facts & (Held<OpenComplaint> | Held<OwnedComplaint> | Held<ClosedComplaint>)

/** Whether complaints of the same kind still join it. */
export const isLive = ({ endedAt }: Flaw): boolean => endedAt === null

/** Whether it is closed, and what was agreed on is done. */
export const isOver = ({ status, actions }: Flaw): boolean => status === 'closed' && !actions.some(isOpen)

const NO_CUSTOMER = {
  report: {
    ...{ customer: '', feeling: 'calm', words: '', tried: null, severity: 'normal', contact: null, reference: null },
  },
  ...{ reporter: '', source: null, duplicateOf: null, levels: {}, promises: [], callbacks: [], visits: [] },
  ...{ makeGoods: [], warRooms: [], evidence: [], edits: 0, reopens: 0, reopenedAt: null, erasedAt: null },
  ...{ handOvers: 0, settling: null, confidential: null },
} as const satisfies Partial<Complaint>

/** A flaw as the rules of complaints know it: no customer made it, and nothing is promised to anybody. */
export function caseOf(flaw: Flaw): Complaint {
  const { number, topic, policy, raisedAt, ownedAt, responses, actions, entries } = flaw
  const department = flaw.department ?? ''
  const told = { department, toldAt: raisedAt, filedAt: raisedAt }
  const facts = { ...NO_CUSTOMER, ...told, number, policy, ownedAt, responses, actions, entries }
  switch (flaw.status) {
    case 'open':
      return { ...facts, status: 'open', owner: null, closeOut: null, ladder: flaw.ladder, silence: null }
    case 'owned':
      return { ...facts, status: 'owned', owner: flaw.owner, closeOut: null, ladder: null, silence: flaw.silence }
    case 'closed': {
      const closeOut: CloseOut = {
        ...{ rootCause: topic.key, origin: department, done: '', fix: 'fixed', avoidable: true, settled: 'yes' },
        ...{ action: actions.length, whyNone: null, at: flaw.closedAt ?? raisedAt, by: flaw.owner },
      }
      return { ...facts, status: 'closed', owner: flaw.owner, closeOut, ladder: null, silence: null }
    }
  }
}

/** The flaw with what those rules made of it. */
export function fromCase(flaw: Flaw, complaint: Complaint): Flaw {
  const { ownedAt, responses, actions, entries } = complaint
  const facts = { ...flaw, ownedAt, responses, actions, entries }
  switch (complaint.status) {
    case 'open':
      return { ...facts, status: 'open', owner: null, ladder: complaint.ladder, silence: null }
    case 'owned':
      return { ...facts, status: 'owned', owner: complaint.owner, ladder: null, silence: complaint.silence }
    case 'closed':
      return { ...facts, status: 'closed', owner: complaint.owner, ladder: null, silence: null }
  }
}

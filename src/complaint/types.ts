import type { Policy, Severity } from './setup.ts'

/*
 * Glossary
 *
 * complaint          the tracked issue, numbered per workspace (#142)
 * reporter           filed it
 * owner              the one accountable person
 * response deadline  somebody at the customer's site, or a remote fix recorded, by then; from when the customer told us
 * callback promise   a call promised to the customer for an instant; a row in the ledger, whatever became of it
 * callback           a call that was tried, however it went
 * visit              a trip to the customer, or the remote fix that takes its place
 * evidence           a photo or file that shows what happened; it stays Slack's, and is only spoken of here
 * war room           a channel of its own for a critical complaint, archived when it closes
 * make-good          what the customer is given to settle it: within the department's authority at once, else by its lead
 * corrective action  what keeps the cause from coming back: who does it, by when, and what came of it
 * close-out          why it happened, where it arose, what was done: nothing closes without it
 * ladder             who is called while nobody owns a complaint, rung by rung
 * silence            how long an owner has been without a word
 * level              a department's next people, for what has the first steps behind it
 * timeline           append-only record of everything that happened to a complaint
 */

export const FEELINGS = ['angry', 'frustrated', 'worried', 'disappointed', 'confused', 'calm'] as const
export type Feeling = (typeof FEELINGS)[number]

/** What was reported, as it stands after edits. Strings are people's own words, never Slack markup. */
export interface Report {
  readonly customer: string
  readonly feeling: Feeling
  readonly words: string
  readonly tried: string | null
  readonly severity: Severity
  /** Who to call back, and how; shown only where the department works. */
  readonly contact: string | null
  /** Site, order or part. */
  readonly reference: string | null
}

/** A hand-over that the leads of both departments are to settle: until then the complaint stays where it is. */
export interface Settling {
  /** Key of the department it is to go to. */
  readonly to: string
  readonly by: string
  readonly reason: string
  /** Where it stands on the timeline. */
  readonly entry: number
}

/** The message a complaint was filed from. */
export interface Source {
  readonly channel: string
  readonly ts: string
  readonly permalink: string | null
}

/**
 * A clock that reminds. Reminders meant for `remindedTo` or before have been dealt with; it lies ahead of now where one was
 * brought forward.
 */
export interface Clock {
  readonly seq: number
  readonly startedAt: Date
  readonly dueAt: Date
  readonly remindedTo: Date
  /** Set once the company channel has been told that this clock is far over. */
  readonly companyToldAt: Date | null
}

/**
 * - `running`: nobody was there yet
 * - `honoured`: a person arrived, or a remote fix was recorded
 * - `closed`: the complaint closed without
 * - `superseded`: gave way to a duplicate's sooner one, or was a duplicate's and went back with it
 */
export type ResponseState = 'running' | 'honoured' | 'closed' | 'superseded'

export interface ResponseDeadline extends Clock {
  readonly state: ResponseState
  readonly endedAt: Date | null
  /** Whether whoever arrived had the part in hand; null where nobody went. */
  readonly withPart: boolean | null
}

/**
 * - `pending`: not yet called
 * - `kept`: the customer was reached by then
 * - `missed`: the customer was not called by then
 * - `attempted`: called by then, but not reached
 * - `moved`: replaced before it was due by another promise, with a reason
 * - `superseded`: gave way to a duplicate's sooner one, or was a duplicate's and went back with it
 */
export const PROMISE_STATES = ['pending', 'kept', 'missed', 'attempted', 'moved', 'superseded'] as const
export type PromiseState = (typeof PROMISE_STATES)[number]

export interface CallbackPromise extends Clock {
  readonly promisedBy: string
  readonly state: PromiseState
  readonly endedAt: Date | null
  /** Why it was moved. */
  readonly reason: string | null
}

export const CALLBACK_OUTCOMES = ['reached', 'left-message', 'no-answer'] as const
export type CallbackOutcome = (typeof CALLBACK_OUTCOMES)[number]

export interface Callback {
  readonly seq: number
  readonly at: Date
  readonly by: string
  readonly outcome: CallbackOutcome
  readonly said: string | null
  readonly settled: boolean
  /** The promise this call answered, where one was pending. */
  readonly promise: number | null
}

export const VISIT_OUTCOMES = ['fixed', 'diagnosed', 'not-fixed'] as const
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number]

export interface Visit {
  readonly seq: number
  /** No trip: fixed from afar, arrived and outcome recorded at once. */
  readonly remote: boolean
  readonly who: string
  readonly eta: Date | null
  readonly parts: string | null
  readonly plannedAt: Date
  readonly enRouteAt: Date | null
  /** Set once it was told that the ETA had passed; another ETA is told anew. */
  readonly etaToldAt: Date | null
  readonly arrivedAt: Date | null
  readonly outcome: VisitOutcome | null
  readonly outcomeAt: Date | null
  /** What was done. */
  readonly done: string | null
  readonly calledOffAt: Date | null
}

/** Where evidence came from: the form it was added to, the message that was filed, or the card's thread. */
export const EVIDENCE_ORIGINS = ['filing', 'message', 'visit', 'close-out', 'thread'] as const
export type EvidenceOrigin = (typeof EVIDENCE_ORIGINS)[number]

/** A photo or file in Slack. */
export interface Evidence {
  readonly seq: number
  /** Slack's id. */
  readonly file: string
  readonly name: string
  readonly mimetype: string
  /** Bytes. */
  readonly size: number
  readonly permalink: string | null
  readonly origin: EvidenceOrigin
  readonly addedAt: Date
  readonly addedBy: string
  /** When Slack said that it is there no more. */
  readonly goneAt: Date | null
}

/**
 * - `asked`: Slack has not made the channel yet
 * - `open`, `archived`: the channel is there
 * - `refused`: Slack did not make it
 */
export const WAR_ROOM_STATES = ['asked', 'open', 'refused', 'archived'] as const
export type WarRoomState = (typeof WAR_ROOM_STATES)[number]

export interface WarRoom {
  readonly seq: number
  readonly state: WarRoomState
  readonly askedAt: Date
  readonly channel: string | null
}

export const MAKE_GOODS = ['refund', 'replacement', 'credit', 'visit'] as const
export type MakeGoodKind = (typeof MAKE_GOODS)[number]

/** Who is asked about a make-good, one after the other, until somebody answers. */
export const APPROVERS = ['lead', 'deputy', 'company'] as const
export type Approver = (typeof APPROVERS)[number]

/**
 * - `asked`: above the department's authority, waits for an answer
 * - `granted`: at once, or by who was asked
 * - `declined`: with a reason
 */
export const MAKE_GOOD_STATES = ['asked', 'granted', 'declined'] as const

/** A row of the ledger: none ever leaves it, and one that is decided never changes. */
export interface MakeGood {
  readonly seq: number
  readonly kind: MakeGoodKind
  /** In the smallest unit of its currency; null where it has no price. */
  readonly amount: number | null
  readonly currency: string
  readonly note: string | null
  /** Key of the department whose authority it is measured by, and whose lead is asked: a hand-over changes neither. */
  readonly department: string
  readonly askedBy: string
  readonly askedAt: Date
  readonly state: (typeof MAKE_GOOD_STATES)[number]
  /** Who was asked last; null where nobody had to be. */
  readonly approver: Approver | null
  /** When the next one is asked, unless there is an answer by then. */
  readonly answerDueAt: Date | null
  readonly decidedBy: string | null
  readonly decidedAt: Date | null
  /** Why it was declined. */
  readonly reason: string | null
}

export const FIXES = ['fixed', 'made-good', 'could-not-fix'] as const
export type Fix = (typeof FIXES)[number]

export const SETTLEMENTS = ['yes', 'no', 'could-not-reach'] as const
export type Settlement = (typeof SETTLEMENTS)[number]

export interface CloseOut {
  /** Key of a leaf of the tree of root causes. */
  readonly rootCause: string
  /** Key of the department where the cause arose. */
  readonly origin: string
  readonly done: string
  readonly fix: Fix
  readonly avoidable: boolean
  readonly settled: Exclude<Settlement, 'no'>
  /** The corrective action that was agreed, by its `seq`; or why none is needed. One of both is there. */
  readonly action: number | null
  readonly whyNone: string | null
  readonly at: Date
  readonly by: string
}

/** What is to keep it from happening again, as it is asked for: the first three, or the last. */
export interface Correction {
  readonly correctiveAction: string | null
  readonly takenBy: string | null
  readonly dueBy: Date | null
  readonly whyNone: string | null
}

/** Kept on after its complaint is closed: it ends with what changed, and for a while it is seen whether that worked. */
export interface CorrectiveAction extends Pick<Clock, 'seq' | 'startedAt' | 'dueAt' | 'remindedTo'> {
  /** What is to be done. */
  readonly words: string
  readonly takenBy: string
  readonly agreedBy: string
  /** Key of the leaf it is to end; null where it is for a part or a site. */
  readonly rootCause: string | null
  /** Key of the department where that arose, or that answers for it. */
  readonly origin: string
  /** When the origin department's lead was told that it is overdue. */
  readonly leadToldAt: Date | null
  readonly doneAt: Date | null
  readonly doneBy: string | null
  readonly changed: string | null
  /** Where that can be seen. */
  readonly proof: string | null
  /** A complaint of the same cause told by then, and after it was done, means that it did not work. */
  readonly watchedUntil: Date | null
  readonly recurredAt: Date | null
  /** The number of that complaint. */
  readonly recurredIn: number | null
  /** When "Did it work?" was answered: by another action, or with why none is needed. */
  readonly answeredAt: Date | null
  readonly answer: string | null
}

/** The escalation ladder of a complaint that nobody owns. */
export interface Ladder {
  /** Waiting counts from here. */
  readonly startedAt: Date
  /** Rungs dealt with. Each is climbed once. */
  readonly climbed: number
  /** Who owned it just before, and is called after others. */
  readonly from: string | null
  /** Whom the last rung called; null before the first. */
  readonly called: Calling | null
}

/** Whom a rung calls. Ids are Slack's. */
export interface Calling {
  readonly group: string | null
  readonly people: readonly string[]
  /** The company channel is told. */
  readonly company: boolean
  readonly passedOver: readonly PassedOver[]
}

/**
 * Who would have been called, by what they are there:
 * - `away`: by Slack's do-not-disturb or a status
 * - `left`: deactivated, or a usergroup that is disabled or empty
 * - `let-go`: owned it just before
 */
export interface PassedOver {
  readonly role: 'group' | 'person' | 'lead' | 'deputy'
  readonly why: 'away' | 'left' | 'let-go'
}

/** How long an owner has been without a word. */
export interface Silence {
  /** The last sign of life. */
  readonly since: Date
  /** When they were asked whether they are still on it. */
  readonly askedAt: Date | null
}

interface Facts {
  readonly number: number
  readonly report: Report
  /** Key of the department that can fix it; a hand-over changes it. */
  readonly department: string
  /** Times it went to another department. */
  readonly handOvers: number
  readonly settling: Settling | null
  readonly reporter: string
  readonly toldAt: Date
  readonly filedAt: Date
  /** The policy in force when it was filed. */
  readonly policy: Policy
  readonly source: Source | null
  /** The complaint that it is the same as: it rests while that one goes on. */
  readonly duplicateOf: number | null
  readonly ownedAt: Date | null
  /** The level reached in each department, by its key: 1 is the first of its levels. It never falls. */
  readonly levels: Readonly<Record<string, number>>
  /** First to last; the last one counts. A reopened complaint has another. */
  readonly responses: readonly ResponseDeadline[]
  readonly promises: readonly CallbackPromise[]
  readonly callbacks: readonly Callback[]
  readonly visits: readonly Visit[]
  readonly makeGoods: readonly MakeGood[]
  readonly warRooms: readonly WarRoom[]
  readonly actions: readonly CorrectiveAction[]
  readonly evidence: readonly Evidence[]
  /** Times it was edited; tells an edit that began before another one ended. */
  readonly edits: number
  readonly reopens: number
  readonly reopenedAt: Date | null
  /** When what people wrote was erased, where nothing was written since. */
  readonly erasedAt: Date | null
  /** Entries on the timeline so far. */
  readonly entries: number
}

export type OpenComplaint = Facts & {
  readonly status: 'open'
  readonly owner: null
  readonly closeOut: null
  readonly ladder: Ladder
  readonly silence: null
}
export type OwnedComplaint = Facts & {
  readonly status: 'owned'
  readonly owner: string
  readonly closeOut: null
  readonly ladder: null
  readonly silence: Silence
}
export type ClosedComplaint = Facts & {
  readonly status: 'closed'
  readonly owner: string
  readonly closeOut: CloseOut
  readonly ladder: null
  readonly silence: null
}
export type Complaint = OpenComplaint | OwnedComplaint | ClosedComplaint

/** The response deadline that counts now: the last one. */
export const responseOf = (complaint: Complaint): ResponseDeadline | undefined => complaint.responses.at(-1)

export const runningResponse = (complaint: Complaint): ResponseDeadline | undefined =>
  complaint.responses.find((response) => response.state === 'running')

export const pendingPromise = (complaint: Complaint): CallbackPromise | undefined =>
  complaint.promises.find((promise) => promise.state === 'pending')

/** The visit under way: planned or arrived, without an outcome, and not called off. A close-out ends what was under way. */
export const currentVisit = ({ visits, reopenedAt }: Complaint): Visit | undefined =>
  visits.find(
    ({ outcome, calledOffAt, plannedAt }) =>
      outcome === null && calledOffAt === null && (reopenedAt === null || plannedAt > reopenedAt),
  )

/** The visit that somebody is still to arrive for. */
export function awaitedVisit(complaint: Complaint): Visit | undefined {
  const visit = complaint.status === 'closed' ? undefined : currentVisit(complaint)
  return visit?.arrivedAt ? undefined : visit
}
/** The war room that was asked for or is open. A close-out ends it, whether Slack has archived it yet or not. */
export const currentWarRoom = ({ status, warRooms, reopenedAt }: Complaint): WarRoom | undefined =>
  status === 'closed'
    ? undefined
    : warRooms.find(
        ({ state, askedAt }) =>
          (state === 'asked' || state === 'open') && (reopenedAt === null || askedAt >= reopenedAt),
      )

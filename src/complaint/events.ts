import type { Rung } from './ladder.ts'
import type {
  Approver,
  CallbackOutcome,
  Calling,
  CloseOut,
  EvidenceOrigin,
  Feeling,
  MakeGoodKind,
  Report,
  VisitOutcome,
} from './types.ts'

/**
 * What happened to a complaint, as the timeline keeps it for ever. Instants inside are ISO 8601 strings: the timeline
 * is stored as JSON and must read back equal.
 */
export type TimelineEvent =
  | { readonly kind: 'filed'; readonly feeling: Feeling; readonly promisedFor: string; readonly promise: number }
  | { readonly kind: 'owned' }
  /** Departments are named by their keys. */
  | { readonly kind: 'handed-over'; readonly from: string; readonly to: string; readonly reason: string }
  /** The hand-over that goes to the leads of both departments instead. */
  | {
      readonly kind: 'leads-called'
      readonly from: string
      readonly to: string
      readonly reason: string
      /** Who is to settle it. */
      readonly called: readonly string[]
    }
  | {
      readonly kind: 'settled'
      readonly from: string
      readonly to: string
      /** Which of the two takes it. */
      readonly department: string
      readonly owner: string | null
    }
  | { readonly kind: 'reassigned'; readonly from: string | null; readonly to: string; readonly reason: string | null }
  | {
      readonly kind: 'callback-logged'
      readonly outcome: CallbackOutcome
      readonly said: string | null
      readonly settled: boolean
      /** What the call made of the promise that was pending. */
      readonly promise: { readonly seq: number; readonly state: 'kept' | 'missed' | 'attempted' } | null
      readonly nextFor: string | null
    }
  | {
      readonly kind: 'promise-moved'
      readonly from: string
      readonly to: string
      readonly reason: string
      /** A promise that was already over can't be moved: it was missed. */
      readonly missed: boolean
    }
  | {
      readonly kind: 'visit-planned'
      readonly visit: number
      readonly who: string
      readonly eta: string
      readonly parts: string | null
      /** The response deadline that the ETA is after; absent in entries from before this was noted. */
      readonly late?: string | null
    }
  | {
      readonly kind: 'visit-changed'
      readonly visit: number
      readonly before: Plan
      readonly after: Plan
      readonly late: string | null
    }
  | { readonly kind: 'set-out'; readonly visit: number; readonly who: string }
  | {
      readonly kind: 'visit-called-off'
      readonly visit: number
      readonly who: string
      readonly eta: string
      readonly reason: string
    }
  /** Nobody had arrived by then. */
  | { readonly kind: 'eta-passed'; readonly visit: number; readonly who: string; readonly eta: string }
  | { readonly kind: 'fixed-remotely'; readonly visit: number; readonly done: string; readonly inTime: boolean | null }
  | {
      readonly kind: 'arrived'
      readonly visit: number
      readonly who: string
      readonly inTime: boolean | null
      /** With the part in hand; absent in entries from before this was noted. */
      readonly withPart?: boolean
    }
  | { readonly kind: 'visit-outcome'; readonly visit: number; readonly outcome: VisitOutcome; readonly done: string }
  | ({ readonly kind: 'make-good-granted'; readonly note: string | null } & Given)
  | ({ readonly kind: 'make-good-asked'; readonly note: string | null; readonly approver: Approver } & Given)
  /** Whoever was asked has not answered: the next one is. */
  | { readonly kind: 'make-good-waits'; readonly makeGood: number; readonly approver: Approver }
  | ({ readonly kind: 'make-good-approved'; readonly askedBy: string } & Given)
  | ({ readonly kind: 'make-good-declined'; readonly askedBy: string; readonly reason: string } & Given)
  | { readonly kind: 'edited'; readonly before: Partial<Report>; readonly after: Partial<Report> }
  | ({ readonly kind: 'closed' } & Omit<CloseOut, 'at' | 'by'>)
  | { readonly kind: 'made-confidential'; readonly people: readonly string[] }
  | { readonly kind: 'confidential-people'; readonly added: readonly string[]; readonly removed: readonly string[] }
  /** Slack made the channel; `wanted`: it was still confidential by then. */
  | { readonly kind: 'confidential-room'; readonly channel: string; readonly wanted: boolean }
  | { readonly kind: 'confidential-refused'; readonly error: string }
  | { readonly kind: 'confidential-lifted' }
  | {
      readonly kind: 'action-agreed'
      readonly action: number
      readonly words: string
      readonly takenBy: string
      readonly due: string
    }
  /** `offset`: milliseconds from when it is due. */
  | { readonly kind: 'action-reminded'; readonly action: number; readonly offset: number; readonly lead: boolean }
  | {
      readonly kind: 'action-done'
      readonly action: number
      readonly changed: string
      readonly proof: string
      readonly inTime: boolean
    }
  /** `complaint` is null where that one is confidential, and is not told. */
  | { readonly kind: 'cause-again'; readonly action: number; readonly complaint: number | null }
  /** `next`: the action that follows, or null with why none is needed. */
  | {
      readonly kind: 'recurrence-answered'
      readonly action: number
      readonly next: number | null
      readonly whyNone: string | null
    }
  /** It is one of those that make a flaw. */
  | { readonly kind: 'joined-flaw'; readonly flaw: number }
  /** Of a flaw: `complaints` is how many, `before` the number of the one that came back. */
  | {
      readonly kind: 'flaw-raised'
      readonly complaints: number
      readonly again: boolean
      readonly before: number | null
    }
  /** The same. */
  | { readonly kind: 'complaint-joined'; readonly complaint: number | null }
  | { readonly kind: 'flaw-closed' }
  | { readonly kind: 'reopened'; readonly reason: string; readonly promisedFor: string; readonly ownerGone: boolean }
  | { readonly kind: 'linked'; readonly of: number }
  /** When the clocks run out that are others since: ISO instants, null where it is as it was. */
  | {
      readonly kind: 'taken-on'
      readonly duplicate: number
      readonly promisedFor: string | null
      readonly respondBy: string | null
    }
  | { readonly kind: 'split'; readonly from: number }
  | {
      readonly kind: 'let-go'
      readonly duplicate: number
      readonly promisedFor: string | null
      readonly respondBy: string | null
    }
  | {
      readonly kind: 'evidence-added'
      readonly origin: EvidenceOrigin
      readonly files: readonly { readonly seq: number; readonly name: string }[]
    }
  | {
      readonly kind: 'evidence-refused'
      readonly files: readonly { readonly name: string; readonly why: 'type' | 'size' | 'unseen' | 'too-many' }[]
    }
  | { readonly kind: 'evidence-gone'; readonly file: number; readonly name: string }
  /** The customer, so called, counts as another one from then on. On the timeline of each of its complaints. */
  | { readonly kind: 'customer-merged'; readonly customer: string; readonly into: string }
  | { readonly kind: 'customer-renamed'; readonly before: string; readonly after: string }
  | { readonly kind: 'war-room-asked'; readonly room: number }
  | { readonly kind: 'war-room-opened'; readonly room: number; readonly channel: string }
  /** `error` is Slack's code. */
  | { readonly kind: 'war-room-refused'; readonly room: number; readonly error: string }
  | { readonly kind: 'war-room-archived'; readonly room: number; readonly channel: string }
  | {
      readonly kind: 'reminded'
      readonly clock: ClockName
      readonly seq: number
      /** Milliseconds from the deadline: negative before, 0 at it, positive over. */
      readonly offset: number
      readonly company: boolean
    }
  /** Whether they are still on it. */
  | { readonly kind: 'asked'; readonly owner: string }
  | { readonly kind: 'still-on-it' }
  | { readonly kind: 'released'; readonly owner: string; readonly why: 'silent' | 'left' }
  | {
      readonly kind: 'raised'
      /** The name of the level. */
      readonly level: string
      /** What the customer has tried, where it was told only now. */
      readonly tried: string | null
    }
  /** As the customer asked, or because it was closed as long ago as the policy keeps words. */
  | { readonly kind: 'words-erased'; readonly why: 'asked' | 'retention' }
  | ({ readonly kind: 'escalated'; readonly rung: Rung } & Calling)

/** What the customer is given; the amount is in the currency's smallest unit. */
export interface Given {
  readonly makeGood: number
  readonly how: MakeGoodKind
  readonly amount: number | null
  readonly currency: string
}

/** Who goes, when (ISO), and with what in hand. */
export interface Plan {
  readonly who: string
  readonly eta: string
  readonly parts: string | null
}

export const CLOCKS = ['response', 'callback'] as const
export type ClockName = (typeof CLOCKS)[number]

/** An event with its place on the timeline. `by` is a Slack user id, or null where the clock did it. */
export interface TimelineEntry {
  readonly seq: number
  readonly at: Date
  readonly by: string | null
  readonly event: TimelineEvent
}

import type { Customer } from './customer.ts'
import type { Clocks } from './duplicating.ts'
import type { Absent } from './ladder.ts'
import type {
  CallbackOutcome,
  Correction,
  Fix,
  MakeGoodKind,
  Report,
  Settlement,
  Source,
  VisitOutcome,
} from './types.ts'

/** A photo or file that somebody adds, as Slack speaks of it; without `about` where Slack could not be asked about it. */
export interface GivenFile {
  /** Slack's id. */
  readonly id: string
  readonly name: string
  readonly about: {
    /** `jpg`: of the name, or what Slack takes it for where the name has none. */
    readonly ending: string
    readonly mimetype: string
    /** Bytes. */
    readonly size: number
    readonly permalink: string | null
  } | null
}

/** What a person reports when filing. */
export interface Filing {
  readonly report: Report
  readonly department: string
  readonly toldAt: Date
  readonly promisedBy: Date
  readonly reporter: string
  readonly source: Source | null
  /** Added in the form. */
  readonly files?: readonly GivenFile[]
  /** They came with the message that is filed. */
  readonly filesOfMessage?: readonly GivenFile[]
}

/** What can be asked of a complaint that exists; `by` is the Slack user id of whoever asks. */
export type Command =
  | { readonly kind: 'own'; readonly by: string }
  | {
      readonly kind: 'hand-over'
      readonly by: string
      /** Key of the department it goes to. */
      readonly department: string
      readonly reason: string
      /** The hand-overs it began from. */
      readonly handOvers: number
      /** Of the people who would have to settle it, those who have left the company. */
      readonly gone: readonly string[]
    }
  | {
      readonly kind: 'settle'
      readonly by: string
      /** Key of the department that takes it. */
      readonly department: string
      /** Null: whoever owns it there, or nobody yet. */
      readonly owner: string | null
      /** The entry on the timeline that is being settled. */
      readonly entry: number
      /** This person can't own anything: gone from the company, or no person. */
      readonly ownerGone: boolean
    }
  | {
      readonly kind: 'reassign'
      readonly by: string
      readonly owner: string
      readonly reason: string | null
      readonly ownerGone: boolean
    }
  | {
      readonly kind: 'log-callback'
      readonly by: string
      readonly outcome: CallbackOutcome
      readonly said: string | null
      readonly settled: boolean
      readonly promisedBy: Date | null
    }
  | { readonly kind: 'move-callback'; readonly by: string; readonly promisedBy: Date; readonly reason: string }
  | {
      readonly kind: 'plan-visit'
      readonly by: string
      readonly who: string
      readonly eta: Date
      readonly parts: string | null
      readonly files?: readonly GivenFile[]
    }
  | {
      readonly kind: 'fix-remotely'
      readonly by: string
      readonly done: string
      readonly files?: readonly GivenFile[]
    }
  | {
      readonly kind: 'change-visit'
      readonly by: string
      /** The visit it is about: another one may be planned by now. */
      readonly visit: number
      readonly who: string
      readonly eta: Date
      readonly parts: string | null
    }
  | { readonly kind: 'call-off-visit'; readonly by: string; readonly visit: number; readonly reason: string }
  | { readonly kind: 'set-out'; readonly by: string; readonly visit: number }
  | { readonly kind: 'arrive'; readonly by: string }
  | { readonly kind: 'visit-outcome'; readonly by: string; readonly outcome: VisitOutcome; readonly done: string }
  | {
      readonly kind: 'make-good'
      readonly by: string
      readonly how: MakeGoodKind
      /** As it was typed. */
      readonly amount: string | null
      readonly note: string | null
    }
  | { readonly kind: 'approve-make-good'; readonly by: string; readonly makeGood: number }
  | { readonly kind: 'decline-make-good'; readonly by: string; readonly makeGood: number; readonly reason: string }
  | {
      readonly kind: 'edit'
      readonly by: string
      /** What is left out stays as it is. */
      readonly report: Partial<Report>
      /** The edit it began from. */
      readonly edits: number
    }
  | ({
      readonly kind: 'close-out'
      readonly by: string
      readonly rootCause: string
      readonly origin: string
      readonly done: string
      readonly fix: Fix
      readonly avoidable: boolean
      readonly settled: Settlement
      readonly files?: readonly GivenFile[]
    } & Correction)
  /** A corrective action is done: what changed, and where that can be seen. */
  | {
      readonly kind: 'finish-action'
      readonly by: string
      readonly action: number
      readonly changed: string
      readonly proof: string
    }
  /** What follows where a corrective action did not work. */
  | ({ readonly kind: 'answer-recurrence'; readonly by: string; readonly action: number } & Correction)
  /** It is one of those that make a flaw, by its number. */
  | { readonly kind: 'join-flaw'; readonly flaw: number }
  /** Another complaint was closed with the cause that a corrective action was to end; the customer told us then. */
  | {
      readonly kind: 'cause-again'
      readonly action: number
      readonly complaint: number
      readonly toldAt: Date
    }
  | {
      readonly kind: 'reopen'
      readonly by: string
      readonly reason: string
      readonly promisedBy: Date
      /** The old owner has left the company. */
      readonly ownerGone: boolean
    }
  /** Makes it confidential, or names others. `people` are those named besides whom it concerns anyway. */
  | { readonly kind: 'make-confidential'; readonly by: string; readonly people: readonly string[] }
  | { readonly kind: 'lift-confidential'; readonly by: string }
  /** Slack has made the place where a confidential complaint's card lives, or will not make one. */
  | { readonly kind: 'confidential-opened'; readonly entry: number; readonly channel: string }
  | { readonly kind: 'confidential-refused'; readonly entry: number; readonly error: string }
  /** It is the same complaint as another one, by its number: never a duplicate itself. */
  | { readonly kind: 'duplicate'; readonly by: string; readonly of: number }
  | { readonly kind: 'split'; readonly by: string }
  /** What linking and splitting means for the others: the original, and the duplicates of what became one. */
  | { readonly kind: 'take-on'; readonly by: string; readonly duplicate: number; readonly clocks: Clocks }
  | {
      readonly kind: 'let-go'
      readonly by: string
      readonly duplicate: number
      readonly clocks: Clocks
      readonly others: readonly Clocks[]
    }
  | { readonly kind: 'point-to'; readonly by: string; readonly of: number }
  /** Files in the card's thread. */
  | { readonly kind: 'add-evidence'; readonly by: string; readonly files: readonly GivenFile[] }
  /** Slack says that a file is there no more. */
  | { readonly kind: 'lose-evidence'; readonly file: string }
  /** `customer`: what the customer is called from now on; null where its name stays. */
  | { readonly kind: 'erase-words'; readonly why: 'asked' | 'retention'; readonly customer: string | null }
  | { readonly kind: 'merge-customer'; readonly by: string; readonly customer: Customer; readonly into: Customer }
  | { readonly kind: 'rename-customer'; readonly by: string; readonly customer: Customer; readonly name: string }
  | { readonly kind: 'open-war-room'; readonly by: string }
  /** Slack has made the channel of a war room, will not make it, or has archived it. */
  | { readonly kind: 'war-room-opened'; readonly room: number; readonly channel: string }
  | { readonly kind: 'war-room-refused'; readonly room: number; readonly error: string }
  | { readonly kind: 'war-room-archived'; readonly room: number }
  /** The owner says that they are still on it, or says anything at all in the card's thread. */
  | { readonly kind: 'sign-of-life'; readonly by: string }
  | {
      readonly kind: 'next-level'
      readonly by: string
      /** How high it was when this was asked for: two who press together raise it once. */
      readonly from: number
      /** What the customer has tried already, where that is not known yet. */
      readonly tried: string | null
    }
  /** The clock looks: whatever is due is done. Who is not named absent is taken to be there. */
  | { readonly kind: 'remind'; readonly absent?: Absent }

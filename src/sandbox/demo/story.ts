import type { Where, Who } from './company.ts'
import type { Photo } from './photos.ts'

export type Department = 'Order entry' | 'Warehouse' | 'Manufacturing' | 'Product design' | 'Customer service'

/** One thing that happens to a complaint, so many minutes after it was filed. */
export type Beat = { readonly after: number; readonly by: Who } & (
  | { readonly does: 'own' }
  | {
      readonly does: 'call'
      readonly went: 'Reached' | 'Left a message' | 'No answer'
      readonly said: string | null
      /** Minutes from this call to the next promised one; absent: as the form proposes. Settled: none. */
      readonly next?: number
      readonly settled?: boolean
    }
  /** `eta`: minutes from now. */
  | { readonly does: 'visit'; readonly goes: Who; readonly eta: number; readonly parts: string }
  /** Another ETA, so many minutes from now. */
  | { readonly does: 'change visit'; readonly eta: number }
  | { readonly does: 'fix remotely'; readonly done: string }
  | { readonly does: 'set out' }
  | { readonly does: 'arrive' }
  | { readonly does: 'outcome'; readonly outcome: 'Fixed' | 'Diagnosed' | 'Not fixed'; readonly done: string }
  | {
      readonly does: 'close'
      readonly cause: string
      readonly done: string
      readonly fix: 'Fixed' | 'Made good' | 'Could not fix'
      readonly avoidable: boolean
      readonly correction: Correction
      readonly photo?: Photo
    }
  /** The corrective action of this complaint is done. */
  | { readonly does: 'finish'; readonly changed: string; readonly proof: string }
  /** The systemic flaw that the complaint is one of. */
  | { readonly does: 'own flaw' }
  | { readonly does: 'close flaw'; readonly correction: Exclude<Correction, string> }
  /** What follows where it did not work. */
  | { readonly does: 'answer'; readonly correction: Correction }
  /** In the thread of the card. */
  | { readonly does: 'say'; readonly words: string }
  | { readonly does: 'reopen'; readonly reason: string }
  | { readonly does: 'hand over'; readonly to: Department; readonly reason: string }
  /** The hand-over that the leads settle: which department takes it, and who owns it there. */
  | { readonly does: 'settle'; readonly takes: Department; readonly owner: Who }
  | { readonly does: 'reassign'; readonly owner: Who; readonly reason: string }
  /** Among those it concerns, and these. */
  | { readonly does: 'make confidential'; readonly named: readonly Who[] }
  | { readonly does: 'make good'; readonly how: 'Refund' | 'Credit'; readonly amount: string; readonly note: string }
  | { readonly does: 'approve' }
  | { readonly does: 'raise' }
  | { readonly does: 'stay' }
  | { readonly does: 'decline'; readonly reason: string }
  /** Linked as a duplicate of the same customer's complaint before it. */
  | { readonly does: 'link' }
  | { readonly does: 'split' }
  /** Yes, its customer is the one whose name is so like it. */
  | { readonly does: 'same customer' }
  | { readonly does: 'rename customer'; readonly name: string }
  /** As its customer asked. */
  | { readonly does: 'erase customer' }
  /** Away for so many minutes, as their status says. */
  | { readonly does: 'go away'; readonly minutes: number }
)

/** A corrective action, due so many days from then; or why none is needed. */
export type Correction = { readonly action: string; readonly by: Who; readonly days: number } | string

/** A complaint, from its filing on. */
export interface Story {
  /** Days before the demo begins, and the time of that day. */
  readonly day: number
  readonly at: string
  readonly by: Who
  readonly to: Department
  readonly customer: string
  readonly feels: 'Angry' | 'Frustrated' | 'Worried' | 'Disappointed' | 'Confused' | 'Calm'
  readonly words: string
  readonly tried?: string
  readonly severity?: 'Serious' | 'Critical'
  readonly contact?: string
  readonly reference?: string
  readonly photo?: Photo
  /** Minutes from when the customer told us to the filing. */
  readonly told?: number
  /** The call promised at filing, in minutes; absent: as the form proposes. */
  readonly promise?: number
  readonly beats: readonly Beat[]
}

/** Somebody writes in a channel. */
export interface Remark {
  readonly day: number
  readonly at: string
  readonly by: Who
  readonly in: Where
  readonly words: string
}

export const own = (by: Who, after: number): Beat => ({ by, after, does: 'own' })

export const reached = (by: Who, after: number, said: string, next = 8 * 60): Beat => ({
  ...{ by, after, does: 'call', went: 'Reached', said, next },
})

export const settled = (by: Who, after: number, said: string): Beat => ({
  ...{ by, after, does: 'call', went: 'Reached', said, settled: true },
})

export const missed = (by: Who, after: number, went: 'Left a message' | 'No answer', next?: number): Beat => ({
  ...{ by, after, does: 'call', went, said: null },
  ...(next === undefined ? {} : { next }),
})

export const visit = (by: Who, after: number, goes: Who, eta: number, parts: string): Beat => ({
  ...{ by, after, does: 'visit', goes, eta, parts },
})

export const visitChanged = (by: Who, after: number, eta: number): Beat => ({ by, after, does: 'change visit', eta })

export const remotely = (by: Who, after: number, done: string): Beat => ({ by, after, does: 'fix remotely', done })

export const setOut = (by: Who, after: number): Beat => ({ by, after, does: 'set out' })

export const arrived = (by: Who, after: number): Beat => ({ by, after, does: 'arrive' })

export const outcome = (by: Who, after: number, how: 'Fixed' | 'Diagnosed' | 'Not fixed', done: string): Beat => ({
  ...{ by, after, does: 'outcome', outcome: how, done },
})

export const closed = (
  by: Who,
  after: number,
  cause: string,
  done: string,
  {
    fix = 'Fixed',
    avoidable = true,
    correction = 'What was done takes care of it.',
    photo,
  }: {
    fix?: 'Fixed' | 'Made good' | 'Could not fix'
    avoidable?: boolean
    correction?: Correction
    photo?: Photo
  } = {},
): Beat => ({ by, after, does: 'close', cause, done, fix, avoidable, correction, ...(photo ? { photo } : {}) })

export const finished = (by: Who, after: number, changed: string, proof: string): Beat => ({
  ...{ by, after, does: 'finish', changed, proof },
})

export const ownedFlaw = (by: Who, after: number): Beat => ({ by, after, does: 'own flaw' })

export const closedFlaw = (by: Who, after: number, correction: Exclude<Correction, string>): Beat => ({
  ...{ by, after, does: 'close flaw', correction },
})

export const answered = (by: Who, after: number, correction: Correction): Beat => ({
  ...{ by, after, does: 'answer', correction },
})

export const said = (by: Who, after: number, words: string): Beat => ({ by, after, does: 'say', words })

export const reopened = (by: Who, after: number, reason: string): Beat => ({ by, after, does: 'reopen', reason })

export const handedOver = (by: Who, after: number, to: Department, reason: string): Beat => ({
  ...{ by, after, does: 'hand over', to, reason },
})

export const leadsSettled = (by: Who, after: number, takes: Department, owner: Who): Beat => ({
  ...{ by, after, does: 'settle', takes, owner },
})

export const reassigned = (by: Who, after: number, owner: Who, reason: string): Beat => ({
  ...{ by, after, does: 'reassign', owner, reason },
})
export const madeGood = (by: Who, after: number, how: 'Refund' | 'Credit', amount: string, note: string): Beat => ({
  ...{ by, after, does: 'make good', how, amount, note },
})

export const approved = (by: Who, after: number): Beat => ({ by, after, does: 'approve' })

/** To the next level, where it is known what the customer has tried. */
export const raised = (by: Who, after: number): Beat => ({ by, after, does: 'raise' })

/** Still on it. */
export const stillOnIt = (by: Who, after: number): Beat => ({ by, after, does: 'stay' })

export const declined = (by: Who, after: number, reason: string): Beat => ({ by, after, does: 'decline', reason })

export const linked = (by: Who, after: number): Beat => ({ by, after, does: 'link' })

export const split = (by: Who, after: number): Beat => ({ by, after, does: 'split' })

export const sameCustomer = (by: Who, after: number): Beat => ({ by, after, does: 'same customer' })

export const renamed = (by: Who, after: number, name: string): Beat => ({ by, after, does: 'rename customer', name })

export const erased = (by: Who, after: number): Beat => ({ by, after, does: 'erase customer' })

export const away = (by: Who, after: number, minutes: number): Beat => ({ by, after, does: 'go away', minutes })

export const confidential = (by: Who, after: number, ...named: Who[]): Beat => ({
  ...{ by, after, does: 'make confidential', named },
})

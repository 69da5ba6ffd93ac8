import type { TimelineEntry, TimelineEvent } from './events.ts'
import type { ComplaintMessage } from './messages.ts'
import type { Refusal } from './refusals.ts'
import type { Standing } from './roles.ts'
import { type Complaint, homeOf, type Report } from './types.ts'
import { hasWords, SHOWN_ON_CARD } from './words.ts'
import { isWritten } from './written.ts'

/** What a decision knows beside the complaint and the command. */
export interface Situation extends Standing {
  readonly now: Date
}

/** What becomes of a complaint: its next state, what goes on the timeline, what is to be said. */
export interface Change {
  readonly complaint: Complaint
  readonly entries: readonly TimelineEntry[]
  readonly messages: readonly ComplaintMessage[]
}

export type Decision =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly refusal: Refusal }

export const refuse = (refusal: Refusal): Decision => ({ ok: false, refusal })

/** Collects one decision's changes: each `record` is an entry on the timeline, with the messages that entry calls for. */
export class Draft {
  complaint: Complaint
  readonly entries: TimelineEntry[] = []
  readonly messages: ComplaintMessage[] = []
  private readonly at: Date
  private readonly by: string | null

  constructor(complaint: Complaint, at: Date, by: string | null) {
    this.complaint = complaint
    this.at = at
    this.by = by
  }

  /** Changes facts that every status has. A change of status replaces `complaint` as a whole. */
  set(facts: Partial<Omit<Complaint, 'status' | 'owner' | 'closeOut' | 'ladder' | 'silence'>>): void {
    this.complaint = { ...this.complaint, ...facts }
  }

  /** Appends to the timeline and queues what `say` makes of the entry's number. What the owner does is a sign of life. */
  record(event: TimelineEvent, say: (entry: number) => readonly ComplaintMessage[]): void {
    if (this.complaint.status === 'owned' && this.complaint.owner === this.by)
      this.complaint = { ...this.complaint, silence: { since: this.at, askedAt: null } }
    if (isWritten(event)) this.set({ erasedAt: null })
    const seq = this.complaint.entries + 1
    this.entries.push({ seq, at: this.at, by: this.by, event })
    this.messages.push(...say(seq))
    this.set({ entries: seq })
  }

  /** The decision, with the card redrawn unless the change left it as it was. */
  done(redraw: 'redraw' | 'same card' = 'redraw'): Decision {
    const messages =
      redraw === 'redraw' ? [{ kind: 'card', home: homeOf(this.complaint) } as const, ...this.messages] : this.messages
    return { ok: true, change: { complaint: this.complaint, entries: this.entries, messages } }
  }
}

/** A line in the card's thread. */
export const line = (entry: number): readonly ComplaintMessage[] => [{ kind: 'line', entry }]

/** Replaces the row with this `seq`. */
export const replaced = <Row extends { readonly seq: number }>(rows: readonly Row[], row: Row): Row[] =>
  rows.map((old) => (old.seq === row.seq ? row : old))

/** The words in full, what happened and what they have tried, where a card may have to cut one of them. */
export function fullWords({ words, tried }: Report): readonly ComplaintMessage[] {
  if (Math.max(words.length, tried?.length ?? 0) <= SHOWN_ON_CARD) return []
  return [{ kind: 'full-words', part: 0 }, ...(hasWords(tried) ? [{ kind: 'full-words', part: 1 } as const] : [])]
}

/** How the thread of a card begins that takes another one's place: with what that one's held, and why it is here. */
export const beginning = ({ report, evidence }: Complaint, entry: number): readonly ComplaintMessage[] => [
  ...fullWords(report),
  ...line(entry),
  ...(evidence.some(({ goneAt }) => goneAt === null) ? [{ kind: 'evidence', entry } as const] : []),
]

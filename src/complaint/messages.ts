import type { ClockName } from './events.ts'
import type { Approver } from './types.ts'

/**
 * What is to be said in Slack, as an intent: delivery turns it into words when it is sent, from what is true by then.
 * The messages of one complaint go out in the order in which they were queued.
 */
export type ComplaintMessage =
  /** The card in this home (see `homeOf`): posted there the first time, edited in place as long as it is the complaint's. Without: wherever it is. */
  | { readonly kind: 'card'; readonly home?: string }
  /** The reporter's words in full, in the card's thread, where the card had to cut them: one of several parts, from 0. */
  | { readonly kind: 'full-words'; readonly part: number }
  /** To the reporter alone: the number, thanks, an acknowledgement ready to send. */
  | { readonly kind: 'thanks' }
  /** In the thread of the message it was filed from. */
  | { readonly kind: 'source'; readonly entry: number }
  /** A line in the card's thread for an entry of the timeline. */
  | { readonly kind: 'line'; readonly entry: number }
  /** The same in the thread of the card that was left behind by a hand-over. */
  | { readonly kind: 'handed-on'; readonly entry: number }
  /** Calls the leads to settle a hand-over: in the card's thread, in the other department, or in the company channel. */
  | { readonly kind: 'settle-call'; readonly entry: number; readonly where: 'card' | 'other' | 'company' }
  /** To the other department, which the complaint did not go to. */
  | { readonly kind: 'stays'; readonly entry: number }
  /** To a new owner alone: the call sheet and the timeline so far, so that nobody has to tell it again. */
  | { readonly kind: 'briefing'; readonly owner: string }
  /** The same for a plan to go there, with the buttons that change it as long as it stands. */
  | { readonly kind: 'visit'; readonly visit: number; readonly entry: number }
  /** Nobody has arrived by the ETA (ISO instant). */
  | { readonly kind: 'eta-passed'; readonly visit: number; readonly eta: string }
  /** A make-good that waits for an answer: to who is asked now. */
  | { readonly kind: 'make-good-asked'; readonly makeGood: number; readonly approver: Approver }
  /** The same in the company channel, once neither lead nor deputy has answered. */
  | { readonly kind: 'make-good-company'; readonly makeGood: number }
  | { readonly kind: 'reminder'; readonly clock: ClockName; readonly seq: number; readonly offset: number }
  /** The same clock, far over, said in the company channel. */
  | { readonly kind: 'company-reminder'; readonly clock: ClockName; readonly seq: number; readonly offset: number }
  /** In the card's thread, to the owner, who was asked then (ISO instant). */
  | { readonly kind: 'still-on-it'; readonly asked: string }
  /**
   * In the card's thread, to whoever can take what nobody owns. `ladder` tells which one by its start (ISO instant),
   * `climbed` how many of its rungs were dealt with by then.
   */
  | { readonly kind: 'call'; readonly entry: number; readonly ladder: string; readonly climbed: number }
  /** The same, said in the company channel. */
  | { readonly kind: 'company-call'; readonly entry: number; readonly ladder: string }
  /** To the origin department's channel: what it caused. */
  | { readonly kind: 'origin'; readonly entry: number }
  /** What was posted about it is taken back, but for what people were told alone; its war room is archived. */
  | { readonly kind: 'withdraw-all' }
  /** A place for the card of a confidential complaint, and who comes into it and goes. */
  | { readonly kind: 'confidential-open'; readonly entry: number }
  | { readonly kind: 'confidential-invite' }
  | { readonly kind: 'confidential-remove'; readonly people: readonly string[] }
  /** A channel that nobody needs any more. */
  | { readonly kind: 'archive'; readonly channel: string }
  /** Photos and files shown in the card's thread: those that were added with this entry, or all, where the card is a new one. */
  | { readonly kind: 'evidence'; readonly entry: number }
  /** A channel for the people who work on a critical complaint: made, with the right people in it, and archived at the close. */
  | { readonly kind: 'war-room-open'; readonly room: number }
  | { readonly kind: 'war-room-invite'; readonly room: number }
  /** What it is about, with the way to the card; pinned. */
  | { readonly kind: 'war-room-brief'; readonly room: number }
  | { readonly kind: 'war-room-archive'; readonly room: number }
  /** To whoever takes a corrective action: what it is, and by when. */
  | { readonly kind: 'action'; readonly action: number }
  | { readonly kind: 'action-reminder'; readonly action: number; readonly offset: number }
  /** To the origin department's channel and its lead, once. */
  | { readonly kind: 'action-overdue'; readonly action: number; readonly offset: number }
  /** To whoever took it: did it work? */
  | { readonly kind: 'action-question'; readonly action: number }
  /** To the reporter alone: how it ended, with thanks. */
  | { readonly kind: 'ending'; readonly entry: number }

/** What is said of a flaw: like of a complaint, where it has the same. */
export type FlawMessage =
  | ComplaintMessage
  /** In the card's thread and in its channel, to the owner: the complaints have doubled. */
  | { readonly kind: 'flaw-grown'; readonly entry: number }

import type { Costs, FiguresPair } from '../complaint/figures.ts'
import type { FlawMessage } from '../complaint/messages.ts'
import type { Picture } from '../complaint/picture.ts'

/** Everything the outbox can hold. What belongs to one complaint names it in the row. */
export type Message =
  | FlawMessage
  /** A reminder that was posted and is no longer needed: marked done where it stands. */
  | { readonly kind: 'reminder-done'; readonly reminder: number }
  /** A card that was left behind: it shows where the complaint is now, and nothing else. */
  | { readonly kind: 'pointer'; readonly channel: string; readonly ts: string }
  /** A message that was posted, by its id, drawn anew in its place: what it shows has changed. */
  | { readonly kind: 'redraw'; readonly message: number }
  /** How the original of a duplicate ended, or that it is open again, told where the duplicate came from. */
  | { readonly kind: 'followed'; readonly original: number; readonly entry: number; readonly to: 'reporter' | 'source' }
  /** Asks whoever filed it whether the name they wrote is the customer of another one; ids of names. */
  | { readonly kind: 'same-customer'; readonly name: number; readonly other: number }
  /** A message that was posted, taken back. */
  | { readonly kind: 'withdraw'; readonly message: number }
  /** A message that was posted (its id in the outbox), or the card, said anew where it stands, without the words that were erased. */
  | { readonly kind: 'without-words'; readonly posted: number | 'card' }
  /** A message that was posted, pinned where it stands. */
  | { readonly kind: 'pin'; readonly channel: string; readonly ts: string }
  /** Somebody's Home, drawn anew; `home-later` when it will look different with nobody doing anything. */
  | { readonly kind: 'home' | 'home-later'; readonly person: string }
  /** Uploaded, to be shown by a message that is queued after it in its lane. */
  | { readonly kind: 'picture'; readonly picture: Picture }
  /**
   * The weekly digest of the week before `slot` (ISO instant), for the company or for one department (its key); with `to`,
   * a report of the period so far, for that person alone.
   */
  | {
      readonly kind: 'digest'
      readonly slot: string
      readonly department: string | null
      readonly figures: FiguresPair
      /** What the week's make-goods were about; the company's digest alone tells. */
      readonly costs: Costs | null
      /** The ids of its pictures in the outbox. */
      readonly pictures?: readonly number[]
      readonly to?: string
    }
  /** In the thread of the digest that was queued under this id. */
  | { readonly kind: 'digest-details'; readonly digest: number; readonly part: 'figures' | 'lists' }

import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { type Message, message } from './blocks.ts'
import { happened } from './happened.ts'
import { bold, link, para, quote, rich } from './rich.ts'
import { within } from './text.ts'

const QUOTE = { limit: 3_000, json: 9_000 }

interface Line {
  readonly setup: Setup
  /** To another thread in which it went on, or was before. */
  readonly also?: { readonly words: string; readonly link: string | null } | null | undefined
}

/** A line in the card's thread for what happened. */
export function line(entry: TimelineEntry, _complaint: Complaint, { setup, also = null }: Line): Message {
  const { what, quotes } = happened(entry, setup)
  // The card shows what an edit made of the words, the timeline keeps what they were.
  const told = entry.event.kind === 'edited' ? [] : quotes
  return message([
    rich(
      para(...what),
      ...told.flatMap(({ label, text }) => [
        ...(label === null ? [] : [para(bold(label))]),
        quote(within(text, QUOTE.limit, QUOTE.json)),
      ]),
      ...(also ? [para(link(also.link, also.words))] : []),
    ),
  ])
}

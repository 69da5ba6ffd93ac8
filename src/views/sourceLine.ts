import type { TimelineEntry } from '../complaint/events.ts'
import type { Complaint } from '../complaint/types.ts'
import { linked, type Message, message, section } from './blocks.ts'
import { FIX } from './words.ts'

/** In the thread of the message it was filed from, where anybody may read: the number and how it stands, no more. */
export function sourceLine(
  complaint: Complaint,
  { event }: TimelineEntry,
  { cardLink }: { readonly cardLink: string | null },
): Message {
  const number = linked(cardLink, `#${complaint.number}`)
  switch (event.kind) {
    case 'filed':
      return message([section(`Filed as ${number}`)])
    case 'closed':
      return message([section(`${number} is closed: ${FIX[event.fix].toLowerCase()}.`)])
    case 'reopened':
      return message([section(`${number} is open again.`)])
    default:
      return message([section(`There is news of ${number}.`)])
  }
}

import { type Message, message, section } from './blocks.ts'
import { escaped } from './text.ts'

/** To the person alone, with the reference that stands in the log too. */
export const unexpected = (reference: string): Message =>
  message([
    section(
      `Something went wrong on our side, and nothing was changed. Please try again. If it happens again, an admin can look it up: reference ${escaped(reference)}.`,
    ),
  ])

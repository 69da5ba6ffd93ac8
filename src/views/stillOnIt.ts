import { hoursOf, type Setup } from '../complaint/setup.ts'
import { nextOfSilence } from '../complaint/silence.ts'
import type { Complaint } from '../complaint/types.ts'
import { actions, button, context, header, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { mention } from './people.ts'
import { when } from './text.ts'
import { titleOf } from './words.ts'

/** In the card's thread, to an owner of whom nothing was heard; null where nobody owns it any more. */
export function stillOnIt(complaint: Complaint, { setup }: { readonly setup: Setup }): Message | null {
  if (complaint.status !== 'owned') return null
  const next = nextOfSilence(complaint, hoursOf(setup, complaint.department))
  return message([
    header(titleOf(complaint)),
    section(`${mention(complaint.owner)} Still on it?`),
    ...(next
      ? [context(`A press, or a word here, is enough. Otherwise others are called again ${when(next.at)}.`)]
      : []),
    actions(button('Still on it', ACTIONS.stillOnIt, String(complaint.number), 'primary')),
  ])
}

/** The question once it is answered, one way or the other. */
export function stillOnItDone(complaint: Complaint): Message {
  const done =
    complaint.status === 'owned'
      ? `${mention(complaint.owner)} is on it`
      : complaint.status === 'closed'
        ? 'closed'
        : 'back on the ladder'
  return message([header(titleOf(complaint)), section(`Done: ${done}.`)])
}

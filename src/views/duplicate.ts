import type { TimelineEntry } from '../complaint/events.ts'
import type { Complaint } from '../complaint/types.ts'
import { actions, button, header, linked, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { mention } from './people.ts'
import { bold, para, quote, rich, t } from './rich.ts'
import { within } from './text.ts'
import { FIX, titleOf } from './words.ts'

const DONE = { limit: 3_000, json: 9_000 }

/** In the place of a duplicate's card: the way to the one that goes on. */
export function duplicateCard(complaint: Complaint, of: number, originalLink: string | null): Message {
  const { number, reporter } = complaint
  return message([
    header(titleOf(complaint)),
    section(
      `The same complaint as ${linked(originalLink, `#${of}`)}, which goes on there. Filed by ${mention(reporter)}.`,
    ),
    actions(button('Open', ACTIONS.show, String(of)), button('More', ACTIONS.more, String(number))),
  ])
}

/** A short answer to whoever split it off. */
export const splitOff = (number: number): Message =>
  message([section(`#${number} goes on by itself again, and its clocks run as they did.`)])

/** The same where the original is confidential and none of theirs: that it is over, with thanks, and no more. */
export const followedBare = (complaint: Complaint, original: number): Message =>
  message([
    header(titleOf(complaint)),
    section(
      `#${complaint.number} is the same complaint as #${original}, which is closed. That one is confidential, so what was done stays among those it concerns.`,
    ),
    rich(para(t(THANKS))),
  ])

const THANKS = 'Thank you for filing it: it told us that it mattered.'

interface Followed {
  readonly original: Complaint
  /** The original's. */
  readonly entry: TimelineEntry
  readonly originalLink: string | null
}

/** To a duplicate's reporter alone: how its original ended, with thanks. */
export function followed(complaint: Complaint, { original, entry: { event }, originalLink }: Followed): Message {
  if (event.kind !== 'closed') throw new Error(`No close-out to tell of: ${event.kind}`)
  const owner = original.owner === null ? '' : ` ${mention(original.owner)} saw it through.`
  return message([
    header(titleOf(complaint)),
    section(
      `#${complaint.number} is the same complaint as ${linked(originalLink, `#${original.number}`)}, which is closed: ${FIX[event.fix].toLowerCase()}.${owner}`,
    ),
    rich(para(bold('What was done')), quote(within(event.done, DONE.limit, DONE.json)), para(t(THANKS))),
  ])
}

import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { header, linked, type Message, message, section } from './blocks.ts'
import { correctionAgreed } from './correction.ts'
import { bold, para, quote, rich, t } from './rich.ts'
import { span, within } from './text.ts'
import { causePath, departmentName, FEELING, FIX, titleOf } from './words.ts'

const WORDS = { limit: 900, json: 2_400 }

interface Told {
  readonly setup: Setup
  readonly cardLink: string | null
}

/** To the department where the cause arose: what it came to for the customer, and what mended it. Nobody is blamed. */
export function originTold(complaint: Complaint, entry: TimelineEntry, { setup, cardLink }: Told): Message {
  const { event, at } = entry
  if (event.kind !== 'closed') throw new Error(`No close-out to tell of: ${event.kind}`)
  const department = departmentName(setup, complaint.department)
  return message([
    header(titleOf(complaint)),
    section(
      'The cause of this complaint was found here. You are told so that it can be mended where it began; nobody is blamed.',
    ),
    rich(
      para(bold('Root cause: '), t(causePath(setup, event.rootCause))),
      para(bold('How the customer felt: '), t(FEELING[complaint.report.feeling])),
      para(bold('What it came to, in their words')),
      quote(within(complaint.report.words, WORDS.limit, WORDS.json)),
      para(
        bold('What was done'),
        t(
          `, by ${department}: ${FIX[event.fix].toLowerCase()}, ${span(at.getTime() - complaint.toldAt.getTime())} after the customer told us`,
        ),
      ),
      quote(within(event.done, WORDS.limit, WORDS.json)),
      para(bold('Could we have avoided it? '), t(event.avoidable ? 'Yes' : 'No')),
      ...correctionAgreed(event, complaint.actions, WORDS),
    ),
    section(linked(cardLink, `The card of #${complaint.number}`)),
  ])
}

import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { header, linked, type Message, message, section } from './blocks.ts'
import { correctionAgreed } from './correction.ts'
import { mention } from './people.ts'
import { bold, para, quote, rich, t } from './rich.ts'
import { within } from './text.ts'
import { causePath, departmentName, FIX, SETTLEMENT, titleOf } from './words.ts'

const DONE = { limit: 3_000, json: 7_000 }
const CORRECTION = { limit: 800, json: 2_400 }

interface Ending {
  readonly setup: Setup
  readonly cardLink: string | null
}

/** To the reporter alone: how it ended, with thanks. */
export function ending(complaint: Complaint, { event }: TimelineEntry, { setup, cardLink }: Ending): Message {
  if (event.kind !== 'closed') throw new Error(`No close-out to tell of: ${event.kind}`)
  const owner = complaint.owner === null ? '' : ` ${mention(complaint.owner)} saw it through.`
  return message([
    header(titleOf(complaint)),
    section(`${linked(cardLink, `#${complaint.number}`)} is closed: ${FIX[event.fix].toLowerCase()}.${owner}`),
    rich(
      para(bold('What was done')),
      quote(within(event.done, DONE.limit, DONE.json)),
      para(
        bold('Root cause: '),
        t(`${causePath(setup, event.rootCause)}, arose in ${departmentName(setup, event.origin)}`),
      ),
      para(bold('The customer says it is settled: '), t(SETTLEMENT[event.settled])),
      ...correctionAgreed(event, complaint.actions, CORRECTION),
      para(t('Thank you for filing it: without you nobody would have known.')),
    ),
  ])
}

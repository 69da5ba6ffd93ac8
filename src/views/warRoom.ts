import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { header, linked, type Message, message, section } from './blocks.ts'
import { bold, para, quote, rich, t } from './rich.ts'
import { escaped, within } from './text.ts'
import { departmentName, FEELING, titleOf } from './words.ts'

const WORDS = { limit: 3_000, json: 9_000 }

interface Brief {
  readonly setup: Setup
  readonly cardLink: string | null
}

/** Pinned in the war room: what it is about, and where the card is that tells how it stands. Who to call stays with the department. */
export function warRoomBrief({ report, ...complaint }: Complaint, { setup, cardLink }: Brief): Message {
  return message([
    header(titleOf({ report, ...complaint })),
    rich(
      para(bold(FEELING[report.feeling]), t('. In their words:')),
      quote(within(report.words, WORDS.limit, WORDS.json)),
    ),
    section(
      `This room is for #${complaint.number} alone, and is archived when it closes. ` +
        `${linked(cardLink, 'The card')} in ${escaped(departmentName(setup, complaint.department))} tells how it stands; what is done is recorded there.`,
    ),
  ])
}

/** To whoever asked for it. */
export const warRoomAsked = (): Message =>
  message([section('The war room is being made. Its link comes in the thread of the card.')])

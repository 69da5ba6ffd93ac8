import type { KnownBlock } from '@slack/types'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { actions, button, context, header, linked, type Message, message, section } from './blocks.ts'
import { callSheet } from './callSheet.ts'
import { happened } from './happened.ts'
import { ACTIONS } from './ids.ts'
import { bold, date, type Inline, para, quote, rich, t } from './rich.ts'
import { within } from './text.ts'
import { titleOf } from './words.ts'

/** What Slack takes in one message is about 13,000 characters of blocks; the call sheet and the rest come first. */
const LONGEST = 11_500
const QUOTE = { limit: 300, json: 600 }

interface Briefing {
  readonly entries: readonly TimelineEntry[]
  readonly setup: Setup
  readonly now: Date
  readonly showContact: boolean
  readonly cardLink: string | null
}

/** To somebody who takes on what others began: the call sheet and the timeline so far, so that nobody has to tell it again. */
export function briefing(complaint: Complaint, { entries, setup, now, showContact, cardLink }: Briefing): Message {
  const { number } = complaint
  const before: KnownBlock[] = [
    header(titleOf(complaint)),
    section(
      `You own ${linked(cardLink, `#${number}`)} now. Here is all there is to know, so that nobody has to tell it twice.`,
    ),
    callSheet(complaint, { now, showContact }),
  ]
  const after = actions(
    button('Log callback', ACTIONS.logCallback, String(number), 'primary'),
    button('Timeline', ACTIONS.timeline, String(number)),
  )
  const room = LONGEST - JSON.stringify([...before, after]).length
  const told = entries.filter(({ event }) => event.kind !== 'reminded')
  const kept = newestWithin(
    told.map((entry) => blockOf(entry, setup)),
    room,
  )
  const left = told.length - kept.length
  return message([
    ...before,
    rich(para(bold('What happened so far'))),
    ...(left > 0
      ? [context(`The ${left === 1 ? 'first entry is' : `first ${left} entries are`} on the timeline.`)]
      : []),
    ...kept,
    after,
  ])
}

const MOST = 40

/** As many as there is room for, the newest of them, in their order. */
function newestWithin(blocks: readonly KnownBlock[], room: number): KnownBlock[] {
  let left = room
  const from = blocks.findLastIndex((block, index) => {
    left -= JSON.stringify(block).length + 1
    return left < 0 || blocks.length - index > MOST
  })
  return blocks.slice(from + 1)
}

function blockOf(entry: TimelineEntry, setup: Setup): KnownBlock {
  const { what, quotes } = happened(entry, setup)
  const line: Inline[] = [date(entry.at), t(' · '), ...what]
  // What an edit made of the words, the call sheet shows.
  const told = entry.event.kind === 'edited' ? [] : quotes
  return rich(para(...line), ...told.map(({ text }) => quote(within(text, QUOTE.limit, QUOTE.json))))
}

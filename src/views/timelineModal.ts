import type { Button, KnownBlock, ModalView } from '@slack/types'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { hasWords } from '../complaint/words.ts'
import { actions, button, context, plain } from './blocks.ts'
import { happened } from './happened.ts'
import { ACTIONS } from './ids.ts'
import { modal } from './inputs.ts'
import type { TimelinePage } from './metadata.ts'
import { bold, date, para, person, quote, rich, t } from './rich.ts'
import { split } from './text.ts'
import { REPORT_LABELS, titleOf } from './words.ts'

/** Slack takes 100 blocks and 250 KB in a modal; the title and the paging stand there too. */
const PAGE = { blocks: 90, bytes: 180_000 }
const PIECE = { limit: 2_900, json: 9_000 }

interface Timeline {
  readonly setup: Setup
  /** From 0. One that is not there shows the nearest. */
  readonly page: number
  /** Who to call back is shown only where the department works, here too. */
  readonly showContact: boolean
}

/** Everything that happened, first to last. Long words go on over as many blocks and pages as they need. */
export function timelineModal(
  complaint: Complaint,
  entries: readonly TimelineEntry[],
  { setup, page, showContact }: Timeline,
): ModalView {
  const pages = paged(entries.flatMap((entry) => blocksOf(entry, setup, showContact)))
  const current = Math.min(Math.max(page, 0), pages.length - 1)
  return modal({
    title: `Timeline of #${complaint.number}`,
    metadata: { complaint: complaint.number },
    blocks: [
      { type: 'section', text: plain(titleOf(complaint)) },
      ...(pages[current] ?? []),
      ...paging(complaint.number, current, pages.length),
    ],
  })
}

function blocksOf(entry: TimelineEntry, setup: Setup, showContact: boolean): KnownBlock[] {
  const { what, quotes } = happened(entry, setup)
  const who = entry.by === null ? bold('Amends') : person(entry.by)
  const readable = quotes.filter(({ label }) => showContact || !label?.startsWith(REPORT_LABELS.contact))
  return [
    rich(para(date(entry.at), t(' · '), who), para(...what)),
    ...readable.flatMap(({ label, text }) => inFull(label, text)),
  ]
}

function inFull(label: string | null, text: string): KnownBlock[] {
  const pieces = hasWords(text) ? split(text, PIECE.limit, PIECE.json).filter(hasWords) : [text]
  return pieces.map((piece, index) => rich(...(label && index === 0 ? [para(bold(label))] : []), quote(piece)))
}

function paged(blocks: readonly KnownBlock[]): KnownBlock[][] {
  const pages: KnownBlock[][] = [[]]
  let bytes = 0
  for (const block of blocks) {
    const size = Buffer.byteLength(JSON.stringify(block))
    const page = pages.at(-1) ?? []
    if (page.length > 0 && (page.length >= PAGE.blocks || bytes + size > PAGE.bytes)) {
      pages.push([block])
      bytes = size
    } else {
      page.push(block)
      bytes += size
    }
  }
  return pages
}

function paging(complaint: number, page: number, pages: number): KnownBlock[] {
  if (pages === 1) return []
  const to = (label: string, action: string, wanted: number): Button =>
    button(label, action, JSON.stringify({ complaint, page: wanted } satisfies TimelinePage))
  return [
    context(`Page ${page + 1} of ${pages}`),
    actions(
      ...(page > 0 ? [to('Previous', ACTIONS.timelinePreviousPage, page - 1)] : []),
      ...(page < pages - 1 ? [to('Next', ACTIONS.timelinePage, page + 1)] : []),
    ),
  ]
}

import type { ImageBlock } from '@slack/types'
import type { TimelineEntry } from '../complaint/events.ts'
import { MOST_FILES } from '../complaint/evidence.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint, Evidence } from '../complaint/types.ts'
import { ERASED } from '../complaint/written.ts'
import { type Message, message, plain } from './blocks.ts'
import { happened } from './happened.ts'
import { bullets, type Inline, isWeb, para, rich, t } from './rich.ts'
import { cut, oneLine } from './text.ts'

/** What Slack shows in an image block of the files that it keeps. */
const SHOWN = ['image/png', 'image/jpeg', 'image/gif']
const NAME = 200

export interface ShownEvidence extends Message {
  /** Links to files stand in it: Slack lets those who read it see them only where the message unfurls them. */
  readonly unfurls: boolean
}

interface Options {
  readonly setup: Setup
  /** False where Slack has refused to show the pictures: then they are linked like everything else. */
  readonly pictures: boolean
}

/**
 * In the card's thread: pictures to be seen, other files as links. Those that were added with this entry; where it is another
 * one, those so far, of which the newest are shown. Null where all of it is gone again.
 */
export function evidence(
  { evidence: all }: Complaint,
  entry: TimelineEntry,
  { setup, pictures }: Options,
): ShownEvidence | null {
  const { event } = entry
  const added = event.kind === 'evidence-added' ? event.files.map(({ seq }) => seq) : null
  const present = all.filter((file) => isThere(file) && (added?.includes(file.seq) ?? true))
  if (present.length === 0) return null
  const there = present.slice(-MOST_FILES)
  const what = added ? happened(entry, setup).what : [t(SO_FAR(present.length))]
  const isShown = ({ mimetype }: Evidence) => pictures && SHOWN.includes(mimetype)
  const linked = there.filter((file) => !isShown(file))
  const list = linked.length > 0 ? [bullets(linked.map((file) => [link(file)]))] : []
  return {
    ...message([rich(para(...what), ...list), ...there.filter(isShown).map(picture)]),
    unfurls: linked.length > 0,
  }
}

/** What was erased is shown nowhere any more, also where Slack has it still. */
const isThere = ({ goneAt, name }: Evidence): boolean => goneAt === null && name !== ERASED

/** In the place of photos and files that are all gone; null where none is. */
export function evidenceGone({ evidence: all }: Complaint, { event }: TimelineEntry): Message | null {
  const added = event.kind === 'evidence-added' ? event.files.map(({ seq }) => seq) : null
  const gone = all.filter(({ seq, goneAt }) => goneAt !== null && (added?.includes(seq) ?? true))
  if (gone.length === 0) return null
  const names = gone.slice(-MOST_FILES).map((file) => `“${nameOf(file)}”`)
  return message([rich(para(t(`No longer in Slack: ${names.join(', ')}.`)))])
}

const SO_FAR = (many: number): string =>
  many > MOST_FILES ? `Photos and files so far, the newest ${MOST_FILES} of ${many}:` : 'Photos and files so far:'

const nameOf = ({ name }: Evidence): string => cut(oneLine(name), NAME)

const link = (file: Evidence): Inline =>
  isWeb(file.permalink) ? { type: 'link', url: file.permalink, text: nameOf(file) } : t(nameOf(file))

const picture = (file: Evidence): ImageBlock => ({
  type: 'image',
  slack_file: { id: file.file },
  alt_text: nameOf(file),
  title: plain(nameOf(file)),
})

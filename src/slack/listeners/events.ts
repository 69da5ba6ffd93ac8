import { type EventPayload, fileDeletedEvent, messageEvent } from '../payloads.ts'
import { lookAtFiles } from './files.ts'
import type { House } from './house.ts'

/** People write: with files, into a channel as well, or just so. Edits, deletions and what Slack itself tells are others. */
const WRITTEN = [undefined, null, 'file_share', 'thread_broadcast']

/** A word in the thread of a card: a sign of life where it is the owner's; files are evidence, whoever adds them. */
export async function onMessage(
  { operations, client, clock }: House,
  { event, event_id }: EventPayload,
): Promise<void> {
  const { channel, user, bot_id, subtype, ts, thread_ts, files } = messageEvent.parse(event)
  if (!thread_ts || thread_ts === ts || !user || bot_id || !WRITTEN.includes(subtype)) return
  const about = await operations.heardAt(channel, thread_ts)
  if (!about) return
  const alive = { kind: 'sign-of-life', by: user } as const
  if ('flaw' in about) {
    if (user === about.owner) await operations.changeFlaw(about.flaw, null, alive, clock())
    return
  }
  const { complaint: number, owner } = about
  if (user === owner) await operations.change(number, null, alive, clock())
  if (!files || files.length === 0) return
  const given = await lookAtFiles(client, files)
  await operations.change(number, `event:${event_id}`, { kind: 'add-evidence', by: user, files: given }, clock())
}

export const onFileDeleted = ({ operations, clock }: House, { event }: EventPayload): Promise<void> =>
  operations.loseFile(fileDeletedEvent.parse(event).file_id, clock())

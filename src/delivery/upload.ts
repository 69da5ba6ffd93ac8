import type { WebClient } from '@slack/web-api'
import type { Picture } from '../complaint/picture.ts'
import { SECOND } from '../complaint/time.ts'
import type { Tx } from '../store/database.ts'
import { readFlawPlace } from '../store/flaws.ts'
import { leaveOut, type OutboxRow, readQueued, readUploaded } from '../store/outbox.ts'
import { type Fate, fateOnChannel } from './fate.ts'

/** A picture that has not made it into Slack by then is left out of the message that waits for it. From queueing on; milliseconds. */
export const PICTURE_IN_TIME = 120 * SECOND
/** Slack refuses messages with a file that it is still looking at. For how long that is waited for, and between the tries; milliseconds. */
const SHOWN_IN_TIME = 60 * SECOND
const BETWEEN_TRIES = 3 * SECOND

/** As PNG. Rejects where it can't be drawn. */
export type Draw = (picture: Picture) => Promise<Uint8Array>

/** The typed method leaves open what its other name tells. */
type Taken = Awaited<ReturnType<WebClient['filesUploadV2']>>

class NotDrawn extends Error {}

/**
 * Draws a picture, uploads it and returns Slack's id of the file. It is shared nowhere, so that nobody sees it before a
 * message shows it, and an upload that is done again leaves nothing behind that anybody would see twice.
 */
export async function upload(client: WebClient, draw: Draw, picture: Picture): Promise<{ readonly file: string }> {
  const png = await draw(picture).catch((error: unknown) => {
    throw new NotDrawn('A picture could not be drawn', { cause: error })
  })
  const name = `${picture.kind}.png`
  const taken = (await client.files.uploadV2({ file: Buffer.from(png), filename: name, title: name })) as Taken
  const file = taken.files[0]?.files?.[0]?.id
  if (!file) throw new Error('Slack took a file without saying which it is')
  return { file }
}

/** A message waits for it, so that nothing is waited for but what passes in seconds. */
export function fateOfUpload(thrown: unknown): Fate {
  return thrown instanceof NotDrawn ? { kind: 'refused', error: 'not_drawn' } : fateOnChannel(thrown)
}

/**
 * When to send a message again that Slack refused, where that may be for its pictures: Slack is given time to look at
 * them, then they are left out. Milliseconds from now; null where it has none.
 */
export async function delayForPictures(tx: Tx, row: OutboxRow, now: Date): Promise<number | null> {
  const { workspace } = row
  const shown = await readUploaded(tx, workspace, await picturesOf(tx, row))
  if (shown.length === 0) return null
  const newest = Math.max(...shown.map(({ sentAt }) => sentAt.getTime()))
  if (now.getTime() - newest < SHOWN_IN_TIME) return BETWEEN_TRIES
  await leaveOut(
    tx,
    workspace,
    shown.map(({ id }) => id),
  )
  return 0
}

/** The ids of the pictures that a message shows. */
async function picturesOf(tx: Tx, { workspace, message, kind, flaw }: OutboxRow): Promise<readonly number[]> {
  const said = message.kind === 'digest-details' ? (await readQueued(tx, workspace, message.digest))?.message : message
  if (said?.kind === 'digest') return said.pictures ?? []
  if (kind !== 'card' || flaw === null) return []
  const { picture } = await readFlawPlace(tx, workspace, flaw)
  return picture === null ? [] : [picture]
}

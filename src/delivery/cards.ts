import { concerned, concernedByFlaw } from '../complaint/home.ts'
import { homeOf } from '../complaint/types.ts'
import { forgetCard, moveCard, readCardPlace, readFormerCards } from '../store/cards.ts'
import { readWithCard } from '../store/complaints.ts'
import type { Tx } from '../store/database.ts'
import { readFlaw, writeFlawPicture, writeFlawPlace } from '../store/flaws.ts'
import { touchHomes } from '../store/home.ts'
import { complaintLane, type OutboxRow, queue } from '../store/outbox.ts'
import type { Place } from './call.ts'

/** The card was posted: it stands here from now on, and whatever stood for it before points to it. */
export async function cardPosted(tx: Tx, row: OutboxRow, { channel, ts }: Place, now: Date): Promise<void> {
  const { workspace, complaint: number, flaw, message } = row
  if (ts === null || message.kind !== 'card') return
  if (flaw !== null) await flawPosted(tx, workspace, flaw, { channel, ts }, now)
  if (number === null) return
  const read = await readWithCard(tx, workspace, number)
  if (!read) return
  const { complaint, place: left } = read
  await moveCard(tx, workspace, number, { left, to: { channel, ts, home: message.home ?? homeOf(complaint) } }, now)
  // Homes lead to it.
  await touchHomes(tx, workspace, concerned(complaint), now)
  await pointToCard(tx, row, now)
}

/** The cards of its complaints lead to a flaw's own. */
async function flawPosted(
  tx: Tx,
  workspace: string,
  flaw: number,
  place: { readonly channel: string; readonly ts: string },
  now: Date,
): Promise<void> {
  await writeFlawPlace(tx, workspace, flaw, place)
  const found = await readFlaw(tx, workspace, flaw)
  await queue(
    tx,
    workspace,
    (found?.complaints ?? []).map((complaint) => ({
      ...{ lane: complaintLane(complaint), complaint, message: { kind: 'card' as const } },
    })),
    now,
  )
  if (found) await touchHomes(tx, workspace, concernedByFlaw(found), now)
}

/** Slack has a picture: where it is a flaw's, its card shows it from now on. */
export async function pictureTaken(tx: Tx, { id, workspace, lane, flaw }: OutboxRow, now: Date): Promise<void> {
  if (flaw === null) return
  await writeFlawPicture(tx, workspace, flaw, id)
  await queue(tx, workspace, [{ lane, complaint: null, flaw, message: { kind: 'card' } }], now)
}

/** Somebody deleted the card: there is no place to keep. */
export async function cardGone(tx: Tx, { workspace, complaint, flaw }: OutboxRow): Promise<void> {
  if (complaint !== null) await forgetCard(tx, workspace, complaint)
  if (flaw !== null) await writeFlawPlace(tx, workspace, flaw, null)
}

/** The card could be posted nowhere: all the same, the one that another department had is no longer theirs. */
export async function cardRefused(tx: Tx, row: OutboxRow, now: Date): Promise<void> {
  const { workspace, complaint: number, message } = row
  if (number === null || message.kind !== 'card') return
  const place = await readCardPlace(tx, workspace, number)
  if (!place || place.home === (message.home ?? place.home)) return
  await moveCard(tx, workspace, number, { left: place, to: null }, now)
  await pointToCard(tx, row, now)
}

async function pointToCard(tx: Tx, { workspace, complaint, lane }: OutboxRow, now: Date): Promise<void> {
  if (complaint === null) return
  const former = await readFormerCards(tx, workspace, complaint)
  const pointers = former.map(({ channel, ts }) => ({ kind: 'pointer', channel, ts }) as const)
  await queue(
    tx,
    workspace,
    pointers.map((message) => ({ lane, complaint, message })),
    now,
  )
}

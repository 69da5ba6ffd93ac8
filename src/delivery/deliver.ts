import type { WebClient } from '@slack/web-api'
import type { Command } from '../complaint/commands.ts'
import { plus, SECOND } from '../complaint/time.ts'
import { readWithCard } from '../store/complaints.ts'
import type { Database, Tx } from '../store/database.ts'
import { drawLater } from '../store/home.ts'
import type { InForce } from '../store/inForce.ts'
import type { Message } from '../store/message.ts'
import { CALLS, claim, mark, type OutboxRow, queue } from '../store/outbox.ts'
import { type Call, isSaying, type Place, perform } from './call.ts'
import { cardGone, cardPosted, cardRefused, pictureTaken } from './cards.ts'
import { compose, isOver, PICTURE_TRIES } from './compose.ts'
import { delayAfter, type Fate, fateOf, fateOnChannel, GIVE_UP_AFTER } from './fate.ts'
import { followingFrom, followingRefusal, isOnChannel } from './following.ts'
import { composeHome, homePublished, homeRefused, type PublishCall, publishHome } from './home.ts'
import { lookUp } from './lookup.ts'
import { type Draw, delayForPictures, fateOfUpload, PICTURE_IN_TIME, upload } from './upload.ts'

/** A lease outlives the longest call by far. Milliseconds. */
const LEASE = 60 * SECOND
/** What was just posted may not be found at once. */
const BEFORE_LOOKUP = 3 * SECOND
/** Lookups that Slack refuses before the message is posted again without: a repeat is better than a loss. */
const LOOKUPS = 3
const BATCH = 10

type Claimed = OutboxRow & { wasUnknown: boolean; version: number }

export interface Delivery {
  readonly db: Database
  readonly inForce: InForce
  readonly workspace: string
  readonly home: string
  /** Who we are in Slack. */
  readonly botUser: string
  /** Its own client: no retries, rejects 429s, has a timeout. */
  readonly client: WebClient
  readonly draw: Draw
  readonly clock: () => Date
  /** Carries out what follows for a complaint from Slack's answer, in the transaction that marks the message. */
  readonly change: (tx: Tx, number: number, command: Command, now: Date) => Promise<void>
  /** Told once the workspace's token no longer works. */
  readonly onStop: (error: string) => void
  /** Told of each message's end, for logs and metrics. */
  readonly onEnd: (row: OutboxRow, end: string, error: string | null) => void
}

/** Sends what is due: the first message of each lane, once. Returns how many were taken on. */
export async function deliverOnce(delivery: Delivery): Promise<number> {
  const { db, workspace, clock } = delivery
  const rows = await db.transaction((tx) => claim(tx, workspace, clock(), LEASE, BATCH))
  await Promise.all(rows.map((row) => deliver(delivery, row)))
  return rows.length
}

async function deliver(delivery: Delivery, row: Claimed): Promise<void> {
  const { db, inForce, workspace, home, botUser, clock } = delivery
  if (row.message.kind === 'home-later') {
    const { person } = row.message
    return db.transaction((tx) => drawLater(tx, row, person, clock()))
  }
  let call: Call | null
  let over: boolean
  try {
    const setup = await inForce.read(db.reader, workspace, row.version)
    const about = row.complaint === null ? null : await readWithCard(db.reader, workspace, row.complaint)
    over = await isOver(db.reader, row, about?.complaint)
    const known = { db: db.reader, now: clock(), home }
    if (row.message.kind === 'home') call = await composeHome(workspace, row.message.person, { ...known, setup })
    else if (setup) call = await compose(row, { ...known, setup, botUser }, about)
    else throw new Error('A message is queued in a workspace where nothing is in force')
  } catch (error) {
    await end(delivery, row, { kind: 'again', error: 'not_composed' }, waitingAs(row))
    throw error
  }
  if (!call) return drop(delivery, row)
  if (row.wasUnknown) {
    const found = await findPosted(delivery, row, call)
    if (found.place) return settle(delivery, row, call, found.place)
    if (found.fate) return end(delivery, row, found.fate, 'unknown')
  }
  if (over) return drop(delivery, row)
  if (call.kind === 'queue') return replaceWith(delivery, row, call.messages)
  if (call.kind === 'publish') return publish(delivery, row, call)
  let place: Place | { readonly file: string }
  try {
    place =
      call.kind === 'upload'
        ? await upload(delivery.client, delivery.draw, call.picture)
        : await perform(delivery.client, call, idOf(row))
  } catch (thrown) {
    const fate =
      call.kind === 'upload'
        ? fateOfUpload(thrown)
        : isSaying(call)
          ? withoutPictures(row, fateOf(thrown))
          : fateOnChannel(thrown)
    return end(delivery, row, fate, fate.kind === 'unknown' && call.kind === 'post' ? 'unknown' : 'pending')
  }
  // Should this fail, the lease runs out, and the message is found in Slack before it is posted again.
  await settle(delivery, row, call, place)
}

async function publish(delivery: Delivery, row: Claimed, call: PublishCall): Promise<void> {
  const { client, db, clock, onEnd } = delivery
  let hash: string | null
  try {
    hash = await publishHome(client, call)
  } catch (thrown) {
    return end(delivery, row, fateOf(thrown), 'pending')
  }
  await db.transaction((tx) => homePublished(tx, row, call, hash, clock()))
  onEnd(row, call.isSame ? 'unchanged' : 'sent', null)
}
const withoutPictures = ({ kind, attempts }: OutboxRow, fate: Fate): Fate =>
  kind === 'evidence' && fate.kind === 'refused' && fate.error === 'invalid_blocks' && attempts <= PICTURE_TRIES
    ? { kind: 'again', error: fate.error }
    : fate

const waitingAs = (row: Claimed): 'unknown' | 'pending' => (row.wasUnknown ? 'unknown' : 'pending')

const idOf = ({ workspace, id }: OutboxRow): string => `${workspace}:${id}`

/** Where an earlier dispatch posted it, or why that can't be told yet; neither where it is to be posted. */
async function findPosted(
  { client }: Delivery,
  row: Claimed,
  call: Call,
): Promise<{ place?: Place | null; fate?: Fate }> {
  if (call.kind !== 'post' || !row.dispatchedAt) return {}
  try {
    return { place: await lookUp(client, call, idOf(row), row.dispatchedAt) }
  } catch (thrown) {
    const fate = fateOf(thrown)
    return fate.kind === 'refused' && row.attempts > LOOKUPS
      ? {}
      : { fate: fate.kind === 'refused' ? { ...fate, kind: 'unknown' } : fate }
  }
}

async function drop({ db, onEnd }: Delivery, row: OutboxRow): Promise<void> {
  await db.transaction((tx) => mark(tx, row, { state: 'dropped' }))
  onEnd(row, 'dropped', null)
}

/** Nothing is said: these take its place, at the end of its lane. */
async function replaceWith(
  { db, clock, onEnd }: Delivery,
  row: OutboxRow,
  messages: readonly Message[],
): Promise<void> {
  const { workspace, lane, complaint } = row
  const now = clock()
  await db.transaction(async (tx) => {
    if (!(await mark(tx, row, { state: 'sent', sentAt: now, error: null }))) return
    const queued = messages.map((message) => ({ lane, complaint, message }))
    await queue(tx, workspace, queued, now)
  })
  onEnd(row, 'sent', null)
}

/** It stands in Slack: said in one transaction with what follows from that. */
async function settle(
  { db, clock, change, onEnd }: Delivery,
  row: OutboxRow,
  call: Call,
  place: Place | { readonly file: string },
): Promise<void> {
  const now = clock()
  await db.transaction(async (tx) => {
    if (!(await mark(tx, row, { state: 'sent', sentAt: now, ...place, error: null }))) return
    if ('file' in place) return pictureTaken(tx, row, now)
    if (call.kind === 'post') await cardPosted(tx, row, place, now)
    const { command, message } = followingFrom(row, place)
    if (command && row.complaint !== null) await change(tx, row.complaint, command, now)
    if (message) await queueAfter(tx, row, message, now)
    // It became untrue while it was on the way: it was posted all the same, and is marked done at once.
    if (CALLS.includes(row.kind) && (await isOver(tx, row)))
      await queueAfter(tx, row, { kind: 'reminder-done', reminder: row.id }, now)
  })
  onEnd(row, 'sent', null)
}

/** What follows in the same lane. */
const queueAfter = (tx: Tx, { workspace, lane, complaint, flaw }: OutboxRow, message: Message, now: Date) =>
  queue(tx, workspace, [{ lane, complaint, ...(flaw === null ? {} : { flaw }), message }], now)

/** Ends a try that did not succeed. `waiting` is what the message waits as, where it is tried again. */
async function end(delivery: Delivery, row: OutboxRow, fate: Fate, waiting: 'pending' | 'unknown'): Promise<void> {
  const { db, clock, onStop, onEnd } = delivery
  const giveUp = (tx: Tx, error: string) => refuse(delivery, tx, row, error, now)
  const now = clock()
  const given = row.kind === 'picture' ? PICTURE_IN_TIME : GIVE_UP_AFTER * (row.redirected ? 2 : 1)
  const spent = now.getTime() - row.queuedAt.getTime() > given
  const wait = (tx: Tx, ms: number, attempts = row.attempts) =>
    mark(tx, row, { state: waiting, notBefore: plus(now, ms), attempts, error: 'error' in fate ? fate.error : null })
  await db.transaction(async (tx) => {
    switch (fate.kind) {
      case 'wait':
        if (spent && row.kind === 'picture') return giveUp(tx, 'ratelimited')
        return wait(tx, fate.delay, row.attempts - 1)
      case 'stop':
        return wait(tx, delayAfter(row.attempts))
      case 'again':
        return spent ? giveUp(tx, fate.error) : wait(tx, delayAfter(row.attempts))
      case 'unknown':
        return spent ? giveUp(tx, fate.error) : wait(tx, Math.max(BEFORE_LOOKUP, delayAfter(row.attempts)))
      case 'gone':
        // Somebody deleted the card: it is posted anew, and lives on there.
        if (row.kind !== 'card') return mark(tx, row, { state: 'dead', error: fate.error })
        await cardGone(tx, row)
        return mark(tx, row, { state: 'pending', notBefore: now, error: fate.error })
      case 'refused': {
        const delay = fate.error === 'invalid_blocks' ? await delayForPictures(tx, row, now) : null
        return delay === null ? giveUp(tx, fate.error) : wait(tx, delay, row.attempts - 1)
      }
    }
  })
  if (fate.kind === 'stop') onStop(fate.error)
  onEnd(row, fate.kind, 'error' in fate ? fate.error : null)
}

/** What stands in one place only, and is of no use in another channel. */
const ONLY_THERE: readonly OutboxRow['kind'][] = [
  'reminder-done',
  'redraw',
  'without-words',
  'picture',
  'pointer',
  'handed-on',
  'home',
]

/**
 * What is refused where it belongs goes to the fallback channel; what is refused there, too, stays in the database, as does
 * what is not said but done.
 */
async function refuse({ change }: Delivery, tx: Tx, row: OutboxRow, error: string, now: Date): Promise<void> {
  const dead = row.redirected !== null || ONLY_THERE.includes(row.kind) || isOnChannel(row)
  if (!dead) {
    await mark(tx, row, { state: 'pending', notBefore: now, redirected: error, error, attempts: 0 })
    return
  }
  if (!(await mark(tx, row, { state: 'dead', error }))) return
  await cardRefused(tx, row, now)
  await homeRefused(tx, row)
  const command = followingRefusal(row, error)
  if (command && row.complaint !== null) await change(tx, row.complaint, command, now)
}

import type { FlawTopic } from '../complaint/flaw.ts'
import { flawIn, raiseFlaw } from '../complaint/flawing.ts'
import type { FlawPicture } from '../complaint/picture.ts'
import { hoursOf, type Setup } from '../complaint/setup.ts'
import { DAY, plus } from '../complaint/time.ts'
import { readWatched } from '../store/actions.ts'
import type { Database, Tx } from '../store/database.ts'
import {
  holdFlaws,
  insertFlaw,
  isOneFlaw,
  type Joined,
  markNoted,
  nextFlawNumber,
  readDueFlaws,
  readEndedFlaw,
  readLiveFlaw,
  readUnnoted,
  writeFlawPicture,
} from '../store/flaws.ts'
import type { InForce } from '../store/inForce.ts'
import { markNoticed, readCounted, readUnnoticed, type UnnoticedTopic } from '../store/topics.ts'
import { changeWithin } from './changeComplaint.ts'
import { changeFlawWithin, queueOfFlaw } from './changeFlaw.ts'

/** Looked at in one sweep; more wait for the next one, seconds later. */
const SWEEP = 500

/**
 * Looks at what complaints have come to be about, and does what follows for others: where a cause came again that a
 * corrective action was to end, it is asked whether that worked; too many of a kind raise a flaw, or join the one they are of. Then
 * complaints come to say so themselves, and flaws do what is due by the clock. Each step done again changes nothing, so that
 * several processes may look at once, and what was cut short is made up for. Returns how much was looked at.
 */
export async function noticeTopicsOnce(db: Database, inForce: InForce, workspace: string, now: Date): Promise<number> {
  const faults: unknown[] = []
  let looked = 0
  const each = async <Item>(items: readonly Item[], look: (item: Item) => Promise<void>): Promise<void> => {
    for (const item of items) {
      looked += 1
      await look(item).catch((error: unknown) => faults.push(error))
    }
  }
  await each(await readUnnoticed(db.reader, workspace, SWEEP), async (topic) => {
    await doubtActions(db, inForce, workspace, topic, now)
    await db.transaction(async (tx) => {
      await holdFlaws(tx, workspace)
      if (await markNoticed(tx, workspace, topic, now)) await lookForFlaw(tx, inForce, workspace, topic, now)
    })
  })
  await each(await readUnnoted(db.reader, workspace, SWEEP), (joined) =>
    db.transaction((tx) => note(tx, inForce, workspace, joined, now)),
  )
  await each(await readDueFlaws(db.reader, workspace, now, SWEEP), (number) =>
    db.transaction((tx) => changeFlawWithin(tx, inForce, workspace, number, { kind: 'remind' }, now)),
  )
  if (faults.length > 0) throw new AggregateError(faults, `${faults.length} of ${looked} could not be looked at`)
  return looked
}

async function doubtActions(
  db: Database,
  inForce: InForce,
  workspace: string,
  topic: UnnoticedTopic,
  now: Date,
): Promise<void> {
  const { complaint, toldAt } = topic
  for (const watched of await readWatched(db.reader, workspace, topic, toldAt)) {
    const command = { kind: 'cause-again', action: watched.action, complaint, toldAt } as const
    await db.transaction(async (tx) => {
      if (watched.complaint !== null)
        await changeWithin(tx, inForce, { workspace, number: watched.complaint, command }, now)
      if (watched.flaw !== null) await changeFlawWithin(tx, inForce, workspace, watched.flaw, command, now)
    })
  }
}

/** A complaint joins the flaw of its kind, or raises it where there are enough of them. */
async function lookForFlaw(
  tx: Tx,
  inForce: InForce,
  workspace: string,
  topic: UnnoticedTopic,
  now: Date,
): Promise<void> {
  const setup = await inForce.read(tx, workspace)
  if (!setup) return
  const live = await readLiveFlaw(tx, workspace, topic)
  if (live !== null) {
    const command = { kind: 'join', complaints: [topic.complaint] } as const
    return changeFlawWithin(tx, inForce, workspace, live, command, now)
  }
  const { within } = setup.policy.flaw
  const last = await readEndedFlaw(tx, workspace, topic)
  const counted = await readCounted(tx, workspace, topic, plus(topic.countedAt, -within))
  const complaints = flawIn(counted, setup.policy.flaw, topic.countedAt, last?.endedAt ?? null)
  if (complaints === null || (await isOneFlaw(tx, workspace, complaints))) return
  const { kind, key } = topic
  const open = counted.find(({ complaint, isConfidential }) => !isConfidential && complaints.includes(complaint))
  // Then the name of the part or site would tell of them.
  if (kind === 'reference' && !open) return
  const name = open?.name ?? null
  await raise(tx, workspace, setup, { topic: { kind, key, name }, complaints, before: last?.number ?? null }, now)
}

async function raise(
  tx: Tx,
  workspace: string,
  setup: Setup,
  about: { readonly topic: FlawTopic; readonly complaints: readonly number[]; readonly before: number | null },
  now: Date,
): Promise<void> {
  const number = await nextFlawNumber(tx, workspace)
  const change = raiseFlaw(number, about, { now, setup, asker: null })
  await insertFlaw(tx, workspace, change, hoursOf(setup, change.flaw.department ?? ''), now)
  const picture = await trendOf(tx, workspace, setup, about.topic, now)
  // Queued before the card, which waits for it.
  const [shown] = await queueOfFlaw(tx, workspace, number, [{ kind: 'picture', picture }], now)
  if (shown !== undefined) await writeFlawPicture(tx, workspace, number, shown)
  await queueOfFlaw(tx, workspace, number, change.messages, now)
}

/** How many weeks the trend goes back. */
const TREND_WEEKS = 8

async function trendOf(
  tx: Tx,
  workspace: string,
  { timezone }: Setup,
  topic: FlawTopic,
  now: Date,
): Promise<FlawPicture> {
  const start = plus(now, -TREND_WEEKS * 7 * DAY)
  const counted = await readCounted(tx, workspace, topic, start)
  const weeks = Array.from({ length: TREND_WEEKS }, (_, week) => {
    const [from, to] = [plus(start, week * 7 * DAY), plus(start, (week + 1) * 7 * DAY)]
    const count = counted.filter(({ countedAt }) => countedAt > from && countedAt <= to).length
    return { from: from.toISOString(), to: to.toISOString(), count }
  })
  return { kind: 'flaw', timezone, weeks }
}

/** A complaint comes to say that it is one of those that make a flaw. */
async function note(tx: Tx, inForce: InForce, workspace: string, joined: Joined, now: Date): Promise<void> {
  const { complaint: number, flaw } = joined
  if (!(await markNoted(tx, workspace, joined, now))) return
  await changeWithin(tx, inForce, { workspace, number, command: { kind: 'join-flaw', flaw } }, now)
}

import type { FlawTopic } from '../complaint/flaw.ts'
import { flawIn, raiseFlaw } from '../complaint/flawing.ts'
import { concernedByFlaw } from '../complaint/home.ts'
import { hoursOf, type Setup } from '../complaint/setup.ts'
import { plus } from '../complaint/time.ts'
import { readWatched } from '../store/actions.ts'
import type { Database, Tx } from '../store/database.ts'
import {
  holdFlaws,
  insertFlaw,
  isOneFlaw,
  type Joined,
  markNoted,
  nextFlawNumber,
  readEndedFlaw,
  readLiveFlaw,
  readUnnoted,
} from '../store/flaws.ts'
import { touchHomes } from '../store/home.ts'
import type { InForce } from '../store/inForce.ts'
import { isUnnoticed, markNoticed, readCounted, readUnnoticed, type UnnoticedTopic } from '../store/topics.ts'
import { changeWithin } from './changeComplaint.ts'
import { changeFlawWithin, queueOfFlaw } from './changeFlaw.ts'
import { drawTrend } from './flawTrend.ts'

/** Looked at in one sweep; more wait for the next one, seconds later. */
const SWEEP = 500

/** The complaint has changed while it was looked at: it is looked at anew. */
class NotSoAnyMore extends Error {}

/**
 * Looks at what complaints have come to be about, and does what follows for others: where a cause came again that a
 * corrective action was to end, it is asked whether that worked; too many of a kind raise a flaw, or join the one they are of. Then
 * complaints come to say so themselves. Each step done again changes nothing, so that
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
    await db
      .transaction(async (tx) => {
        await holdFlaws(tx, workspace)
        if (!(await isUnnoticed(tx, workspace, topic))) return
        await lookForFlaw(tx, inForce, workspace, topic, now)
        // Last: whoever changes the complaint holds it first, and its topics then.
        if (!(await markNoticed(tx, workspace, topic, now))) throw new NotSoAnyMore()
      })
      .catch((error: unknown) => {
        if (!(error instanceof NotSoAnyMore)) throw error
      })
  })
  await each(await readUnnoted(db.reader, workspace, SWEEP), (joined) =>
    db.transaction((tx) => note(tx, inForce, workspace, joined, now)),
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
  const [setup, live] = await Promise.all([inForce.read(tx, workspace), readLiveFlaw(tx, workspace, topic)])
  if (!setup) return
  if (live !== null) {
    const command = { kind: 'join', complaints: [topic.complaint] } as const
    return changeFlawWithin(tx, inForce, workspace, live, command, now)
  }
  const counted = await readCounted(tx, workspace, topic, plus(topic.countedAt, -setup.policy.flaw.within))
  const since = (endedAt: Date | null) => flawIn(counted, setup.policy.flaw, topic.countedAt, endedAt)
  // Mostly it is the first of its kind.
  if (since(null) === null) return
  const last = await readEndedFlaw(tx, workspace, topic)
  const complaints = since(last?.endedAt ?? null)
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
  await drawTrend(tx, workspace, setup, change.flaw, now)
  await queueOfFlaw(tx, workspace, number, change.messages, now)
  await touchHomes(tx, workspace, concernedByFlaw(change.flaw), now)
}

/** A complaint comes to say that it is one of those that make a flaw. */
async function note(tx: Tx, inForce: InForce, workspace: string, joined: Joined, now: Date): Promise<void> {
  const { complaint: number, flaw } = joined
  if (!(await markNoted(tx, workspace, joined, now))) return
  await changeWithin(tx, inForce, { workspace, number, command: { kind: 'join-flaw', flaw } }, now)
}

import { decide } from '../complaint/decide.ts'
import type { Setup } from '../complaint/setup.ts'
import { plus } from '../complaint/time.ts'
import { readComplaint } from '../store/complaints.ts'
import { holdMerging } from '../store/customers.ts'
import type { Database, Tx } from '../store/database.ts'
import {
  type ErasableComplaint,
  type ErasableCustomer,
  erasedName,
  eraseFlaws,
  eraseFromEdits,
  eraseFromMessages,
  eraseNames,
  eraseTimeline,
  type LeftInSlack,
  type Mentions,
  readClosedBefore,
  readComplaintsOf,
  readErasable,
  readLeftInSlack,
  readMentions,
} from '../store/erasure.ts'
import { holdFlaws } from '../store/flaws.ts'
import { complaintLane, readSaid, readSaidOfFlaw } from '../store/outbox.ts'
import { readSetup, readWorkspaces } from '../store/setup.ts'
import { commit } from './changeComplaint.ts'
import { queueOfFlaw } from './changeFlaw.ts'
import { type SaidAnew, sayAnew } from './sayAnew.ts'

/** What erasing a customer means, before it is done. */
export interface Erasure {
  readonly customer: ErasableCustomer
  readonly complaints: readonly ErasableComplaint[]
  readonly left: LeftInSlack
  readonly mentions: Mentions
}

const MOST_MENTIONS = 20

/** What would go, and what would not; null where nobody is known by this name. */
export async function lookAtErasure({ reader }: Database, workspace: string, name: string): Promise<Erasure | null> {
  const customer = await readErasable(reader, workspace, name)
  if (!customer) return null
  const [complaints, left, mentions] = await Promise.all([
    readComplaintsOf(reader, workspace, customer.id),
    readLeftInSlack(reader, workspace, customer.id),
    readMentions(reader, workspace, customer, MOST_MENTIONS),
  ])
  return { customer, complaints, left, mentions }
}

/**
 * Erases a customer: its names, and on each of its complaints everything that people wrote and who to call back. What was
 * said in Slack is said anew without it. A complaint at a time, so that nobody waits for long: whatever interrupts it, the
 * same again carries on. Returns how many messages in Slack are to be changed.
 */
export async function eraseCustomer(db: Database, workspace: string, name: string, now: Date): Promise<number> {
  const setup = await mustBeSetUp(db, workspace)
  let redrawn = 0
  for (;;) {
    const customer = await readErasable(db.reader, workspace, name)
    if (!customer) return redrawn
    const called = erasedName(customer.id)
    for (const { number } of await readComplaintsOf(db.reader, workspace, customer.id))
      redrawn += await db.transaction((tx) => eraseComplaint(tx, { workspace, setup, number, customer: called }, now))
    await db.transaction((tx) => eraseFromEdits(tx, workspace, customer))
    redrawn += await db.transaction(async (tx) => {
      await holdMerging(tx, workspace)
      if (!(await eraseNames(tx, workspace, customer, now))) return 0
      // A card that was drawn meanwhile names the customer as it was known.
      const theirs = await readComplaintsOf(tx, workspace, customer.id)
      await sayAnew(
        tx,
        workspace,
        theirs.map(({ number }) => cardOf(number)),
        now,
      )
      const said = await eraseFromMessages(tx, workspace, customer)
      // Nothing joins a flaw meanwhile.
      await holdFlaws(tx, workspace)
      for (const flaw of await eraseFlaws(tx, workspace, customer)) {
        said.push(...(await readSaidOfFlaw(tx, workspace, flaw)))
        await queueOfFlaw(tx, workspace, flaw, [{ kind: 'without-words', posted: 'card' }], now)
      }
      return sayAnew(tx, workspace, said, now)
    })
  }
}

async function mustBeSetUp(db: Database, workspace: string): Promise<Setup> {
  const inForce = await readSetup(db.reader, workspace)
  if (!inForce) throw new Error(`Nothing is in force in ${workspace}`)
  return inForce.setup
}

/** Most complaints whose words go in one night: their messages in Slack are changed one by one. */
const MOST_A_NIGHT = 1_000

/** Erases the words of complaints that were closed longer ago than the policy keeps them. Returns how many these are. */
export async function eraseOldOnce(db: Database, now: Date): Promise<number> {
  let erased = 0
  for (const workspace of await readWorkspaces(db.reader)) {
    const setup = (await readSetup(db.reader, workspace))?.setup
    const keeps = setup?.policy.retention.words
    if (!setup || !keeps) continue
    const numbers = await readClosedBefore(db.reader, workspace, plus(now, -keeps), MOST_A_NIGHT)
    for (const number of numbers)
      await db.transaction((tx) => eraseComplaint(tx, { workspace, setup, number, customer: null }, now))
    erased += numbers.length
  }
  return erased
}

interface OneErasure {
  readonly workspace: string
  readonly setup: Setup
  readonly number: number
  /** What the customer is called instead; null where the policy asks, and the name stays. */
  readonly customer: string | null
}

/** Returns how many messages in Slack are to be changed. */
async function eraseComplaint(tx: Tx, { workspace, setup, number, customer }: OneErasure, now: Date): Promise<number> {
  const before = await readComplaint(tx, workspace, number, 'lock')
  if (!before) throw new Error(`There is no complaint ${number}`)
  const situation = { now, setup, asker: null }
  const command = { kind: 'erase-words', why: customer === null ? 'retention' : 'asked', customer } as const
  const decision = decide(before, command, situation)
  if (!decision.ok) throw new Error(`The words of complaint ${number} stay: ${decision.refusal.kind}`)
  await eraseTimeline(tx, workspace, number, customer === null)
  if (decision.change.entries.length === 0) return 0
  const said = await readSaid(tx, workspace, number)
  await commit(tx, workspace, before, decision.change, situation)
  const card = decision.change.complaint.status === 'closed' ? [cardOf(number)] : []
  return sayAnew(tx, workspace, [...card, ...said], now)
}

const cardOf = (number: number): SaidAnew => ({
  ...{ id: 'card', lane: complaintLane(number), complaint: number, flaw: null },
})

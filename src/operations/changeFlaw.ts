import { checkCorrection, checkFinish } from '../complaint/correcting.ts'
import type { Situation } from '../complaint/decision.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import { caseOf, type Flaw } from '../complaint/flaw.ts'
import { checkCloseFlaw, decideFlaw, type FlawChange, type FlawCommand } from '../complaint/flawing.ts'
import { concernedByFlaw } from '../complaint/home.ts'
import type { FlawMessage } from '../complaint/messages.ts'
import type { Refusal } from '../complaint/refusals.ts'
import { type Asker, type Deed, mayNot } from '../complaint/roles.ts'
import { hoursOf, type Setup } from '../complaint/setup.ts'
import type { Database, Tx } from '../store/database.ts'
import { readFlawsOf } from '../store/flawLists.ts'
import { readFlaw, readFlawTimeline, updateFlaw } from '../store/flaws.ts'
import { touchHomes } from '../store/home.ts'
import type { InForce } from '../store/inForce.ts'
import type { Message } from '../store/message.ts'
import { flawLane, queue } from '../store/outbox.ts'
import { takeSubmission } from '../store/submissions.ts'
import { drawTrend } from './flawTrend.ts'
import { Refused, Repeated, refused } from './outcome.ts'
import { takeBack } from './takeBack.ts'

/** What a person asks of a flaw; the clock's commands are not theirs to give. */
export type PersonsFlawCommand = Extract<FlawCommand, { readonly by: string }>

export interface FlawRequest {
  readonly workspace: string
  readonly number: number
  /** Slack's id of the form, where one was submitted: delivered twice it is carried out once. */
  readonly view: string | null
  readonly asker: Asker
  readonly command: PersonsFlawCommand
}

export type FlawOutcome = { readonly ok: true } | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Carries out a person's command on a flaw, alone with it. */
export async function changeFlaw(
  db: Database,
  inForce: InForce,
  { workspace, number, view, asker, command }: FlawRequest,
  now: Date,
): Promise<FlawOutcome> {
  try {
    return await db.transaction(async (tx): Promise<FlawOutcome> => {
      if (view && !(await takeSubmission(tx, workspace, view, null, now))) throw new Repeated()
      const [setup, before] = await Promise.all([inForce.read(tx, workspace), readFlaw(tx, workspace, number, 'lock')])
      if (!setup) throw new Refused([{ kind: 'not-set-up' }])
      if (!before) throw new Refused([{ kind: 'no-such-flaw', number }])
      const situation = { now, setup, asker }
      const decision = decideFlaw(before, command, situation)
      if (!decision.ok) throw new Refused(everyFault(command, situation, decision.refusal))
      await commitFlaw(tx, workspace, before, decision.change, situation)
      return { ok: true }
    })
  } catch (error) {
    return refused(error, number)
  }
}

/** The same by the clock, in a transaction of somebody else's, where nobody is told a refusal: then nothing changes. */
export async function changeFlawWithin(
  tx: Tx,
  inForce: InForce,
  workspace: string,
  number: number,
  command: FlawCommand,
  now: Date,
): Promise<void> {
  const [setup, before] = await Promise.all([inForce.read(tx, workspace), readFlaw(tx, workspace, number, 'lock')])
  if (!setup || !before) return
  const situation = { now, setup, asker: null }
  const decision = decideFlaw(before, command, situation)
  if (decision.ok) await commitFlaw(tx, workspace, before, decision.change, situation)
}

/** Forms with several fields show each fault under its own. */
function everyFault(command: FlawCommand, { now }: Situation, first: Refusal): readonly Refusal[] {
  if (!('field' in first)) return [first]
  if (command.kind === 'close-flaw') return checkCloseFlaw(command, now)
  if (command.kind === 'finish-action') return checkFinish(command)
  return command.kind === 'answer-recurrence' ? checkCorrection(command, now) : [first]
}

/** Writes a decision and queues what it says. */
async function commitFlaw(
  tx: Tx,
  workspace: string,
  before: Flaw,
  change: FlawChange,
  { now, setup }: Situation,
): Promise<void> {
  const { flaw, messages } = change
  await updateFlaw(tx, workspace, before, change, hoursOf(setup, flaw.department ?? ''), now)
  if (flaw.raisedWith > before.raisedWith) await drawTrend(tx, workspace, setup, flaw, now)
  const over = await takeBack(tx, workspace, { flaw: flaw.number }, caseOf(before), caseOf(flaw))
  const done = over.map((reminder) => ({ kind: 'reminder-done', reminder }) as const)
  await queueOfFlaw(tx, workspace, flaw.number, [...messages, ...done], now)
  await touchHomes(tx, workspace, concernedByFlaw(before, flaw), now)
}

export async function queueOfFlaw(
  tx: Tx,
  workspace: string,
  number: number,
  messages: readonly (FlawMessage | Message)[],
  now: Date,
): Promise<number[]> {
  return queue(
    tx,
    workspace,
    messages.map((message) => ({ lane: flawLane(number), complaint: null, flaw: number, message })),
    now,
  )
}

/** The cards of a complaint's flaws show it as it is by now. */
export async function redrawFlaws(tx: Tx, workspace: string, complaint: number, now: Date): Promise<void> {
  for (const { number, card } of await readFlawsOf(tx, workspace, complaint))
    if (card) await queueOfFlaw(tx, workspace, number, [{ kind: 'card' }], now)
}

/** What somebody sees of a flaw, or why they see nothing of it. */
export type FlawLook =
  | {
      readonly ok: true
      readonly flaw: Flaw
      readonly setup: Setup
      readonly entries: readonly TimelineEntry[]
      /** Why they may not do this, or null where they may. */
      readonly mayNot: (deed: Deed) => Refusal | null
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }

/** Where a flaw stands, with its timeline, for the eyes of one person. */
export async function lookAtFlaw(
  db: Database,
  inForce: InForce,
  { workspace, number, by, asker }: { workspace: string; number: number; by: string; asker: Asker },
): Promise<FlawLook> {
  const [setup, flaw, entries] = await Promise.all([
    inForce.read(db.reader, workspace),
    readFlaw(db.reader, workspace, number),
    readFlawTimeline(db.reader, workspace, number),
  ])
  if (!setup) return { ok: false, refusals: [{ kind: 'not-set-up' }] }
  if (!flaw) return { ok: false, refusals: [{ kind: 'no-such-flaw', number }] }
  const refusal = mayNot('see-card', caseOf(flaw), by, { setup, asker })
  if (refusal) return { ok: false, refusals: [refusal] }
  return { ok: true, flaw, setup, entries, mayNot: (deed) => mayNot(deed, caseOf(flaw), by, { setup, asker }) }
}

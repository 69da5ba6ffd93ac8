import { checkCloseOut } from '../complaint/closing.ts'
import type { Command } from '../complaint/commands.ts'
import { checkCorrection, checkFinish } from '../complaint/correcting.ts'
import { decide } from '../complaint/decide.ts'
import type { Change, Situation } from '../complaint/decision.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import { checkFiles } from '../complaint/evidence.ts'
import { checkHandOver } from '../complaint/handing.ts'
import { concerned } from '../complaint/home.ts'
import { checkMakeGood } from '../complaint/makingGood.ts'
import type { ComplaintMessage } from '../complaint/messages.ts'
import type { Refusal } from '../complaint/refusals.ts'
import type { Asker } from '../complaint/roles.ts'
import { hoursOf } from '../complaint/setup.ts'
import { shownByFlaws, subjectsChanged } from '../complaint/subjects.ts'
import type { Complaint } from '../complaint/types.ts'
import { checkReport } from '../complaint/words.ts'
import { readDuplicates, readWithCard, updateComplaint } from '../store/complaints.ts'
import { readNaming } from '../store/confidential.ts'
import type { Database, Tx } from '../store/database.ts'
import { readDigestsNaming } from '../store/digests.ts'
import { touchHomes } from '../store/home.ts'
import type { InForce } from '../store/inForce.ts'
import type { Message } from '../store/message.ts'
import { complaintLane, postedAbout, postedEvidence, queue } from '../store/outbox.ts'
import { takeSubmission } from '../store/submissions.ts'
import { redrawFlaws } from './changeFlaw.ts'
import { type Outcome, Refused, Repeated, refused } from './outcome.ts'
import { sayAnew } from './sayAnew.ts'
import { takeBack } from './takeBack.ts'

/** Who asks for something, of which complaint, with which form. */
export interface Asked {
  readonly workspace: string
  readonly number: number
  /** Slack's id of the form, where one was submitted: delivered twice it is carried out once. */
  readonly view: string | null
  /** Whoever asks; null for the clock. */
  readonly asker: Asker | null
}

export interface ChangeRequest extends Asked {
  readonly command: Command
}

/** A complaint under lock, and what is known to decide on it. */
export interface Held {
  readonly workspace: string
  readonly before: Complaint
  readonly situation: Situation
}

/** Carries out a command on a complaint, alone with it: whoever comes second decides on what the first one left. */
export async function changeComplaint(
  db: Database,
  inForce: InForce,
  request: ChangeRequest,
  now: Date,
): Promise<Outcome> {
  try {
    return await db.transaction(async (tx) => {
      const { complaint, entries } = await carryOut(tx, await hold(tx, inForce, request, now), request.command)
      return { ok: true, number: complaint.number, complaint, entries }
    })
  } catch (error) {
    return refused(error, request.number)
  }
}

/** Takes the form's turn and the complaint's lock. @throws Repeated, Refused */
export async function hold(
  tx: Tx,
  inForce: InForce,
  { workspace, number, view, asker }: Asked,
  now: Date,
): Promise<Held> {
  if (view && !(await takeSubmission(tx, workspace, view, number, now))) throw new Repeated()
  const { setup, before } = await readLocked(tx, inForce, workspace, number)
  if (!setup) throw new Refused([{ kind: 'not-set-up' }])
  if (!before) throw new Refused([{ kind: 'no-such-complaint', number }])
  return { workspace, before, situation: { now, setup, asker } }
}

async function readLocked(tx: Tx, inForce: InForce, workspace: string, number: number) {
  const read = await readWithCard(tx, workspace, number, 'lock')
  return { setup: await inForce.read(tx, workspace, read?.version), before: read?.complaint ?? null }
}

/** Decides, writes and queues. @throws Refused */
export async function carryOut(tx: Tx, { workspace, before, situation }: Held, command: Command): Promise<Change> {
  const decision = decide(before, command, situation)
  if (!decision.ok) throw new Refused(everyFault(before, command, situation, decision.refusal))
  await commit(tx, workspace, before, decision.change, situation)
  return decision.change
}

/** The same in a transaction of somebody else's, where nobody is told a refusal: then nothing changes. */
export async function changeWithin(
  tx: Tx,
  inForce: InForce,
  { workspace, number, command }: Omit<ChangeRequest, 'view' | 'asker'>,
  now: Date,
): Promise<void> {
  const { setup, before } = await readLocked(tx, inForce, workspace, number)
  if (!setup || !before) return
  const situation = { now, setup, asker: null }
  const decision = decide(before, command, situation)
  if (decision.ok) await commit(tx, workspace, before, decision.change, situation)
}

/** Forms with several fields show each fault under its own; the others have one at a time. */
function everyFault(complaint: Complaint, command: Command, situation: Situation, first: Refusal): readonly Refusal[] {
  if (!('field' in first)) return [first]
  if (command.kind === 'close-out') return checkCloseOut(complaint, command, situation)
  if (command.kind === 'hand-over') return checkHandOver(complaint, command, situation)
  if (command.kind === 'make-good') return checkMakeGood(complaint, command, situation)
  if (command.kind === 'finish-action') return checkFinish(command)
  if (command.kind === 'answer-recurrence') return checkCorrection(command, situation.now)
  const inFiles = 'files' in command ? checkFiles(command.files, complaint.policy) : []
  if (inFiles.length > 0 && first.kind.startsWith('file-')) return inFiles
  const inReport = command.kind === 'edit' ? checkReport({ ...complaint.report, ...command.report }) : []
  return inReport.length > 0 ? inReport : [first]
}

/** Writes a decision and queues what it says; what was asked for and is no longer needed is taken back. */
export async function commit(
  tx: Tx,
  workspace: string,
  before: Complaint,
  change: Change,
  { now, setup }: Situation,
): Promise<void> {
  const { complaint } = change
  await updateComplaint(tx, workspace, before, change, hoursOf(setup, complaint.department), now)
  const over = await takeBack(tx, workspace, complaint.number, before, complaint)
  const done: Message[] = over.map((reminder) => ({ kind: 'reminder-done', reminder }))
  for (const subject of subjectsChanged(before, complaint)) {
    const shown = await postedAbout(tx, workspace, complaint.number, subject)
    done.push(...shown.map((message) => ({ kind: 'redraw', message }) as const))
  }
  if (change.entries.some(({ event }) => event.kind === 'evidence-gone'))
    for (const message of await postedEvidence(tx, workspace, complaint.number)) done.push({ kind: 'redraw', message })
  const told = change.entries.findLast(({ event }) => event.kind === 'closed' || event.kind === 'reopened')
  if (told) await tellDuplicates(tx, workspace, complaint, told, now)
  const messages: readonly (ComplaintMessage | Message)[] = [...change.messages, ...done]
  await queue(
    tx,
    workspace,
    messages.map((message) => ({ lane: complaintLane(complaint.number), complaint: complaint.number, message })),
    now,
  )
  if (complaint.confidential && !before.confidential)
    for (const read of [readDigestsNaming, readNaming])
      await sayAnew(tx, workspace, await read(tx, workspace, complaint.number), now)
  if (shownByFlaws(before) !== shownByFlaws(complaint)) await redrawFlaws(tx, workspace, complaint.number, now)
  await touchHomes(tx, workspace, concerned(before, complaint), now)
}

/** Whoever filed a duplicate hears of what became of its original. */
async function tellDuplicates(
  tx: Tx,
  workspace: string,
  { number }: Complaint,
  { seq: entry, event }: TimelineEntry,
  now: Date,
): Promise<void> {
  const followed = { kind: 'followed', original: number, entry } as const
  const messages: readonly Message[] = [
    ...(event.kind === 'closed' ? [{ ...followed, to: 'reporter' } as const] : []),
    { ...followed, to: 'source' },
  ]
  for (const complaint of await readDuplicates(tx, workspace, number))
    await queue(
      tx,
      workspace,
      messages.map((message) => ({ lane: complaintLane(complaint), complaint, message })),
      now,
    )
}

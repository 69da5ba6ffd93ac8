import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import { firstCall } from './ladder.ts'
import { withoutOwner } from './owning.ts'
import {
  type CallbackPromise,
  type Clock,
  type Complaint,
  currentVisit,
  pendingPromise,
  type ResponseDeadline,
  runningResponse,
} from './types.ts'
import { archiveWarRoom } from './warRoom.ts'

/*
 * A duplicate is the same complaint filed again. It rests: its clocks stand still in its ledger, nobody is reminded of them,
 * and it can only be corrected, added to or split off; what somebody was asked about it is answered. What its customer was promised holds in the original from then on, where it
 * is sooner than what was promised there. Split off, it goes on with its clocks as they were, and the original gets its own
 * back; the customer's clocks never stopped.
 */

/** The clocks that run in a complaint, or stand still in a duplicate. */
export interface Clocks {
  readonly promise: CallbackPromise | null
  readonly response: ResponseDeadline | null
}

export const clocksOf = (complaint: Complaint): Clocks => ({
  promise: pendingPromise(complaint) ?? null,
  response: runningResponse(complaint) ?? null,
})

/** What can still be done to a duplicate. */
const ALLOWED: readonly Command['kind'][] = [
  'split',
  'point-to',
  'edit',
  'add-evidence',
  'merge-customer',
  'rename-customer',
  'approve-make-good',
  'decline-make-good',
  'finish-action',
  'answer-recurrence',
]

/** Why this can't be done to a duplicate, or null where it can. */
export const restsFor = ({ duplicateOf }: Complaint, command: Command): Decision | null =>
  duplicateOf === null || !('by' in command) || ALLOWED.includes(command.kind)
    ? null
    : refuse({ kind: 'duplicate', of: duplicateOf })

/** Lays it to rest. What is under way at the customer's is ended first: nobody would see to it any more. */
export function duplicate(
  complaint: Complaint,
  { by, of }: Extract<Command, { kind: 'duplicate' }>,
  { now }: Situation,
): Decision {
  if (of === complaint.number) return refuse({ kind: 'duplicate-of-itself', field: 'original' })
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (currentVisit(complaint)) return refuse({ kind: 'visit-under-way' })
  const draft = new Draft(complaint, now, by)
  draft.complaint = { ...anew(complaint, now), duplicateOf: of, settling: null }
  draft.record({ kind: 'linked', of }, line)
  draft.messages.push(...archiveWarRoom(complaint))
  return draft.done()
}

/** Its ladder, or its owner's silence, from the start: whoever was called or asked is so no more. */
function anew(complaint: Complaint, now: Date): Complaint {
  if (complaint.status === 'open') return withoutOwner(complaint, now)
  return complaint.status === 'owned' ? { ...complaint, silence: { since: now, askedAt: null } } : complaint
}

/** What was a duplicate of a complaint that is one itself by now points to the original of both. */
export function pointTo(
  complaint: Complaint,
  { by, of }: Extract<Command, { kind: 'point-to' }>,
  { now }: Situation,
): Decision {
  if (complaint.duplicateOf === null) return refuse({ kind: 'not-duplicate' })
  const draft = new Draft(complaint, now, by)
  draft.set({ duplicateOf: of })
  draft.record({ kind: 'linked', of }, line)
  return draft.done()
}

/** The original takes on what a duplicate's customer was promised. A closed one can't keep a promise. */
export function takeOn(
  complaint: Complaint,
  { by, duplicate, clocks }: Extract<Command, { kind: 'take-on' }>,
  { now }: Situation,
): Decision {
  if (complaint.status === 'closed')
    return refuse({ kind: 'original-closed', field: 'original', number: complaint.number })
  const draft = new Draft(complaint, now, by)
  runBySooner(draft, clocks, now)
  draft.record({ kind: 'taken-on', duplicate, ...changedClocks(complaint, draft.complaint) }, line)
  return draft.done()
}

/** It goes on by itself. Nobody could own it while it rested, so its ladder, or its owner's silence, begins anew. */
export function split(complaint: Complaint, by: string, { now }: Situation): Decision {
  const { duplicateOf } = complaint
  if (duplicateOf === null) return refuse({ kind: 'not-duplicate' })
  const draft = new Draft(complaint, now, by)
  draft.complaint = { ...anew(complaint, now), duplicateOf: null }
  draft.record({ kind: 'split', from: duplicateOf }, (entry) => [
    ...line(entry),
    ...(complaint.status === 'open' ? firstCall(entry, now) : []),
  ])
  return draft.done()
}

/** The original lets a duplicate go, whose clocks go back to it; `others` are those of the duplicates that stay. */
export function letGo(
  complaint: Complaint,
  { by, duplicate, clocks, others }: Extract<Command, { kind: 'let-go' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, by)
  giveBack(draft, clocks, now)
  if (complaint.status !== 'closed') for (const staying of others) runBySooner(draft, staying, now)
  draft.record({ kind: 'let-go', duplicate, ...changedClocks(complaint, draft.complaint) }, line)
  return draft.done()
}

/** A clock that is over already calls the customer as it is, and is not replaced. */
const isSooner = (clock: Clock, own: Clock, now: Date): boolean => clock.dueAt < own.dueAt && own.dueAt > now

function runBySooner(draft: Draft, { promise, response }: Clocks, now: Date): void {
  const pending = pendingPromise(draft.complaint)
  if (promise && (!pending || isSooner(promise, pending, now)))
    draft.set({ promises: succeeded(draft.complaint.promises, pending, promise, now) })
  const running = runningResponse(draft.complaint)
  if (response && running && isSooner(response, running, now))
    draft.set({ responses: succeeded(draft.complaint.responses, running, response, now) })
}

/** Where the clock that runs is the duplicate's, the one before it runs again. */
function giveBack(draft: Draft, { promise, response }: Clocks, now: Date): void {
  const pending = pendingPromise(draft.complaint)
  if (pending && promise && isSame(pending, promise)) {
    const before = draft.complaint.promises[pending.seq - 2]
    const own = before?.state === 'superseded' ? ({ ...before, state: 'pending', endedAt: null } as const) : null
    draft.set({ promises: succeeded(draft.complaint.promises, pending, own, now) })
  }
  const running = runningResponse(draft.complaint)
  if (running && response && isSame(running, response)) {
    const before = draft.complaint.responses[running.seq - 2]
    const own = before?.state === 'superseded' ? ({ ...before, state: 'running', endedAt: null } as const) : null
    if (own) draft.set({ responses: succeeded(draft.complaint.responses, running, own, now) })
  }
}

const isSame = (one: Clock, other: Clock): boolean =>
  one.dueAt.getTime() === other.dueAt.getTime() && one.startedAt.getTime() === other.startedAt.getTime()

/** The clocks with the one that runs superseded by another. */
function succeeded<Row extends CallbackPromise | ResponseDeadline>(
  rows: readonly Row[],
  running: Row | undefined,
  next: Row | null,
  now: Date,
): Row[] {
  const ended = running ? replaced(rows, { ...running, state: 'superseded', endedAt: now }) : [...rows]
  return next ? [...ended, { ...next, seq: rows.length + 1 }] : ended
}

/** When the clocks that were not those before run out; null for one that is as it was. */
function changedClocks(before: Complaint, after: Complaint) {
  const changed = (old: Clock | null, young: Clock | null): string | null =>
    young && young.seq !== old?.seq ? young.dueAt.toISOString() : null
  const [was, is] = [clocksOf(before), clocksOf(after)]
  return { promisedFor: changed(was.promise, is.promise), respondBy: changed(was.response, is.response) }
}

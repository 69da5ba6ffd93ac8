import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import { checkPromise, withPromise } from './promising.ts'
import { type CallbackOutcome, type CallbackPromise, type Complaint, pendingPromise } from './types.ts'
import { checkText } from './words.ts'

/** How a pending promise ends with a call: only a customer who was reached in time was called as promised. */
export function endOfPromise(promise: CallbackPromise, outcome: CallbackOutcome, now: Date): CallbackPromise {
  const inTime = now <= promise.dueAt
  const state = !inTime ? 'missed' : outcome === 'reached' ? 'kept' : 'attempted'
  return { ...promise, state, endedAt: now }
}

export function logCallback(
  complaint: Complaint,
  command: Extract<Command, { kind: 'log-callback' }>,
  { now }: Situation,
): Decision {
  const { by, outcome, said, settled, promisedBy } = command
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (settled && outcome !== 'reached') return refuse({ kind: 'settled-unreached', field: 'settled' })
  const fault = checkText('said', said, outcome === 'reached') ?? (settled ? null : checkPromise(promisedBy, now))
  if (fault) return refuse(fault)

  const pending = pendingPromise(complaint)
  const ended = pending && endOfPromise(pending, outcome, now)
  const ledger = ended ? replaced(complaint.promises, ended) : complaint.promises
  const next = settled ? null : promisedBy
  const draft = new Draft(complaint, now, by)
  draft.set({
    promises: next ? withPromise(ledger, by, next, now) : ledger,
    callbacks: [
      ...complaint.callbacks,
      { seq: complaint.callbacks.length + 1, at: now, by, outcome, said, settled, promise: pending?.seq ?? null },
    ],
  })
  draft.record(
    {
      kind: 'callback-logged',
      outcome,
      said,
      settled,
      promise: ended ? { seq: ended.seq, state: ended.state as 'kept' | 'missed' | 'attempted' } : null,
      nextFor: next?.toISOString() ?? null,
    },
    line,
  )
  return draft.done()
}

/** A promise moves only by a new one with a reason. One whose time has passed was missed, and stays so in the ledger. */
export function moveCallback(
  complaint: Complaint,
  command: Extract<Command, { kind: 'move-callback' }>,
  { now }: Situation,
): Decision {
  const { by, promisedBy, reason } = command
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  const pending = pendingPromise(complaint)
  if (!pending) return refuse({ kind: 'no-promise' })
  const fault = checkPromise(promisedBy, now) ?? checkText('reason', reason, true)
  if (fault) return refuse(fault)

  const missed = now > pending.dueAt
  const ended: CallbackPromise = { ...pending, state: missed ? 'missed' : 'moved', endedAt: now, reason }
  const draft = new Draft(complaint, now, by)
  draft.set({ promises: withPromise(replaced(complaint.promises, ended), by, promisedBy, now) })
  draft.record(
    { kind: 'promise-moved', from: pending.dueAt.toISOString(), to: promisedBy.toISOString(), reason, missed },
    line,
  )
  return draft.done()
}

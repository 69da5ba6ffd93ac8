import { endOfPromise } from './calling.ts'
import type { Command } from './commands.ts'
import { actionFrom, agree, checkCorrection } from './correcting.ts'
import { type Decision, Draft, refuse, replaced, type Situation } from './decision.ts'
import { attach, checkFiles } from './evidence.ts'
import { firstCall } from './ladder.ts'
import { withOwner, withoutOwner } from './owning.ts'
import { checkPromise, withPromise } from './promising.ts'
import { type Refusal, TRIES_BEFORE_GIVING_UP } from './refusals.ts'
import { departmentOf, leafOf } from './setup.ts'
import { plus } from './time.ts'
import { type CloseOut, type Complaint, pendingPromise, runningResponse } from './types.ts'
import { archiveWarRoom } from './warRoom.ts'
import { checkText } from './words.ts'

/** Calls tried in vain since the customer was last reached, or since it was reopened. */
export function triesInVain(complaint: Complaint): number {
  const since = complaint.reopenedAt
  const reached = complaint.callbacks.findLastIndex((call) => call.outcome === 'reached')
  return complaint.callbacks.slice(reached + 1).filter((call) => since === null || call.at > since).length
}

type CloseCommand = Extract<Command, { kind: 'close-out' }>

/**
 * The gate: nothing closes without a root cause, an origin, what was done, a customer whose last promise is settled, and a
 * corrective action or why none is needed.
 */
export function checkCloseOut(complaint: Complaint, command: CloseCommand, { now, setup }: Situation): Refusal[] {
  if (complaint.status === 'closed') return [{ kind: 'closed' }]
  const faults: Refusal[] = []
  if (!leafOf(setup, command.rootCause)) faults.push({ kind: 'unknown-cause', field: 'rootCause' })
  if (!departmentOf(setup, command.origin)) faults.push({ kind: 'unknown-department', field: 'origin' })
  const done = checkText('done', command.done, true)
  if (done) faults.push(done)
  const tries = triesInVain(complaint)
  if (command.settled === 'no') faults.push({ kind: 'not-settled', field: 'settled' })
  if (command.settled === 'could-not-reach' && tries < TRIES_BEFORE_GIVING_UP)
    faults.push({ kind: 'too-few-tries', field: 'settled', tries })
  return [...faults, ...checkCorrection(command, now), ...checkFiles(command.files, complaint.policy)]
}

/** Closes it. Whoever closes what nobody owns becomes its owner: somebody answers for every complaint. */
export function closeOut(complaint: Complaint, command: CloseCommand, situation: Situation): Decision {
  const { now } = situation
  const [fault] = checkCloseOut(complaint, command, situation)
  if (fault) return refuse(fault)
  const { by, rootCause, origin, done, fix, avoidable, settled, files } = command
  if (complaint.status === 'closed' || settled === 'no') throw new Error('The gate let through what it should hold')

  const draft = new Draft(complaint, now, by)
  const owner = complaint.owner ?? by
  if (complaint.owner === null) {
    draft.set({ ownedAt: complaint.ownedAt ?? now })
    draft.record({ kind: 'owned' }, () => [])
  }
  const pending = pendingPromise(complaint)
  if (pending) {
    const ended = endOfPromise(pending, settled === 'yes' ? 'reached' : 'no-answer', now)
    draft.set({ promises: replaced(complaint.promises, ended) })
  }
  const running = runningResponse(complaint)
  if (running) draft.set({ responses: replaced(complaint.responses, { ...running, state: 'closed', endedAt: now }) })
  const action = actionFrom(command, { seq: complaint.actions.length + 1, rootCause, origin, agreedBy: by }, now)
  const correction = { action: action?.seq ?? null, whyNone: action ? null : command.whyNone }
  const answers = { rootCause, origin, done, fix, avoidable, settled, ...correction }
  const facts: CloseOut = { ...answers, at: now, by }
  draft.complaint = {
    ...draft.complaint,
    status: 'closed',
    owner,
    closeOut: facts,
    ladder: null,
    silence: null,
    settling: null,
  }
  draft.record({ kind: 'closed', ...answers }, (entry) => [
    { kind: 'line', entry },
    { kind: 'ending', entry },
    { kind: 'origin', entry },
    ...(complaint.source ? [{ kind: 'source', entry } as const] : []),
    ...archiveWarRoom(complaint),
  ])
  if (action) agree(draft, action)
  attach(draft, files, { origin: 'close-out', by, now })
  return draft.done()
}

/** Reopens it with a promise and a new response clock, for the old owner, or for nobody where that person has left. */
export function reopen(
  complaint: Complaint,
  command: Extract<Command, { kind: 'reopen' }>,
  { now }: Situation,
): Decision {
  const { by, reason, promisedBy, ownerGone } = command
  if (complaint.status !== 'closed') return refuse({ kind: 'not-closed' })
  const fault = checkText('reason', reason, true) ?? checkPromise(promisedBy, now)
  if (fault) return refuse(fault)

  const draft = new Draft(complaint, now, by)
  const facts = {
    reopens: complaint.reopens + 1,
    reopenedAt: now,
    promises: withPromise(complaint.promises, by, promisedBy, now),
    responses: [
      ...complaint.responses,
      {
        seq: complaint.responses.length + 1,
        startedAt: now,
        dueAt: plus(now, complaint.policy.response),
        remindedTo: now,
        companyToldAt: null,
        state: 'running' as const,
        endedAt: null,
        withPart: null,
      },
    ],
  }
  const reopened = { ...complaint, ...facts }
  draft.complaint = ownerGone ? withoutOwner(reopened, now) : withOwner(reopened, complaint.owner, now)
  draft.record({ kind: 'reopened', reason, promisedFor: promisedBy.toISOString(), ownerGone }, (entry) => [
    { kind: 'line', entry },
    ...(ownerGone ? firstCall(entry, now) : []),
    ...(complaint.source ? [{ kind: 'source', entry } as const] : []),
  ])
  return draft.done()
}

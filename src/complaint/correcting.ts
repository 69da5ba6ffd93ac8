import { newestReminder, nextReminder, type Reminding, remindedTo } from './clocks.ts'
import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import type { Refusal } from './refusals.ts'
import { type Hours, hoursOf, type Policy } from './setup.ts'
import { DAY, plus } from './time.ts'
import type { Complaint, Correction, CorrectiveAction } from './types.ts'
import { checkText, hasWords } from './words.ts'

/*
 * What keeps a cause from coming back. Each close-out agrees on a corrective action or says why none is needed. Whoever takes
 * the action is reminded of it until it is done, whatever becomes of the complaint; where the same cause comes again
 * while it is watched, it did not work, and they are asked what follows.
 */

/** A corrective action may be due this far from now at most. Milliseconds. */
const FURTHEST = 365 * DAY

/** Every fault of it: an action with who takes it and by when, or why none is needed. */
export function checkCorrection({ correctiveAction, takenBy, dueBy, whyNone }: Correction, now: Date): Refusal[] {
  if (!hasWords(correctiveAction)) {
    const asked: Refusal = { kind: 'no-correction', field: 'correctiveAction' }
    const fault = hasWords(whyNone) ? checkText('whyNone', whyNone, true) : asked
    return fault ? [fault] : []
  }
  const faults: (Refusal | null)[] = [
    checkText('correctiveAction', correctiveAction, true),
    takenBy === null ? { kind: 'missing', field: 'takenBy' } : null,
    checkDue(dueBy, now),
    hasWords(whyNone) ? { kind: 'action-and-none', field: 'whyNone' } : null,
  ]
  return faults.filter((fault) => fault !== null)
}

function checkDue(dueBy: Date | null, now: Date): Refusal | null {
  if (dueBy === null) return { kind: 'missing', field: 'dueBy' }
  if (dueBy <= now) return { kind: 'due-passed', field: 'dueBy' }
  return dueBy > plus(now, FURTHEST) ? { kind: 'due-too-far', field: 'dueBy' } : null
}

/** The action that a correction without faults asks for; null where it says why none is needed. */
export function actionFrom(
  { correctiveAction, takenBy, dueBy }: Correction,
  about: Pick<CorrectiveAction, 'seq' | 'rootCause' | 'origin' | 'agreedBy'>,
  now: Date,
): CorrectiveAction | null {
  if (!hasWords(correctiveAction) || takenBy === null || dueBy === null) return null
  return {
    ...about,
    ...{ words: correctiveAction, takenBy, startedAt: now, dueAt: dueBy, remindedTo: now, leadToldAt: null },
    ...{ doneAt: null, doneBy: null, changed: null, proof: null, watchedUntil: null },
    ...{ recurredAt: null, recurredIn: null, answeredAt: null, answer: null },
  }
}

export const isOpen = ({ doneAt }: CorrectiveAction): boolean => doneAt === null

/** Whether it is still to be answered if it worked. */
export const isInQuestion = ({ recurredAt, answeredAt }: CorrectiveAction): boolean =>
  recurredAt !== null && answeredAt === null

const reminding = ({ action }: Policy, { startedAt }: CorrectiveAction, hours: Hours | null): Reminding => ({
  ...{ offsets: action.remind, overdueEvery: action.overdueEvery, hours, severity: 'normal', start: startedAt },
})

/** When the first of the actions that are not done reminds next; null where all are. `hours` are the department's. */
export function nextActionOf(
  { actions, policy }: Pick<Complaint, 'actions' | 'policy'>,
  hours: Hours | null,
): Date | null {
  const next = actions.filter(isOpen).map((action) => nextReminder(action, reminding(policy, action, hours)).getTime())
  return next.length === 0 ? null : new Date(Math.min(...next))
}

/** A corrective action of which it is time to remind; null where it is not. The lead is told once, when it is overdue. */
export function remindedAction(
  action: CorrectiveAction,
  policy: Policy,
  hours: Hours | null,
  now: Date,
): { readonly action: CorrectiveAction; readonly offset: number; readonly lead: boolean } | null {
  const offset = isOpen(action) ? newestReminder(action, reminding(policy, action, hours), now) : null
  if (offset === null) return null
  const lead = offset > 0 && action.leadToldAt === null
  const leadToldAt = lead ? now : action.leadToldAt
  return { action: { ...action, remindedTo: remindedTo(action, offset, now), leadToldAt }, offset, lead }
}

type Finish = { readonly by: string; readonly changed: string; readonly proof: string }

/** Every fault of what is said at its end. */
export const checkFinish = ({ changed, proof }: Pick<Finish, 'changed' | 'proof'>): Refusal[] =>
  [checkText('changed', changed, true), checkText('proof', proof, true)].filter((fault) => fault !== null)

export const finished = (
  action: CorrectiveAction,
  { by, changed, proof }: Finish,
  policy: Policy,
  now: Date,
): CorrectiveAction => ({
  ...action,
  ...{ doneAt: now, doneBy: by, changed, proof, watchedUntil: plus(now, policy.action.watch) },
})

/** Whether a complaint of the same cause, told then, means that an action did not work. It is asked about once. */
export const failsWith = ({ doneAt, watchedUntil, recurredAt }: CorrectiveAction, toldAt: Date): boolean =>
  doneAt !== null && watchedUntil !== null && recurredAt === null && toldAt > doneAt && toldAt <= watchedUntil

/** The complaint's action of this number. */
export const actionOf = ({ actions }: Pick<Complaint, 'actions'>, seq: number): CorrectiveAction | undefined =>
  actions.find((action) => action.seq === seq)

/** Puts an agreed action on the complaint, and tells whoever takes it. */
export function agree(draft: Draft, action: CorrectiveAction): void {
  const { seq, words, takenBy, dueAt } = action
  draft.set({ actions: [...draft.complaint.actions, action] })
  draft.record({ kind: 'action-agreed', action: seq, words, takenBy, due: dueAt.toISOString() }, (entry) => [
    ...line(entry),
    { kind: 'action', action: seq },
  ])
}

const put = (draft: Draft, action: CorrectiveAction): void =>
  draft.set({ actions: replaced(draft.complaint.actions, action) })

/** Reminds of each action that is due for it. Its department's hours are the complaint's. */
export function remindOfActions(draft: Draft, { now, setup }: Situation): void {
  const { policy, department, actions } = draft.complaint
  for (const one of actions) {
    const reminded = remindedAction(one, policy, hoursOf(setup, department), now)
    if (reminded === null) continue
    const { action, offset, lead } = reminded
    put(draft, action)
    const told = { action: action.seq, offset }
    draft.record({ kind: 'action-reminded', ...told, lead }, () => [
      { kind: 'action-reminder', ...told },
      ...(lead ? [{ kind: 'action-overdue', ...told } as const] : []),
    ])
  }
}

export function finishAction(
  complaint: Complaint,
  command: Extract<Command, { kind: 'finish-action' }>,
  { now }: Situation,
): Decision {
  const action = actionOf(complaint, command.action)
  if (!action) return refuse({ kind: 'no-such-action' })
  if (!isOpen(action)) return refuse({ kind: 'action-done-already' })
  const [fault] = checkFinish(command)
  if (fault) return refuse(fault)
  const { by, changed, proof } = command
  const draft = new Draft(complaint, now, by)
  put(draft, finished(action, command, complaint.policy, now))
  draft.record({ kind: 'action-done', action: action.seq, changed, proof, inTime: now <= action.dueAt }, line)
  return draft.done()
}

/** The cause has come again: whoever took the action is asked whether it worked. */
export function causeAgain(
  complaint: Complaint,
  { action: seq, complaint: number, toldAt }: Extract<Command, { kind: 'cause-again' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, null)
  const action = actionOf(complaint, seq)
  if (!action || !failsWith(action, toldAt)) return draft.done('same card')
  put(draft, { ...action, recurredAt: now, recurredIn: number })
  draft.record({ kind: 'cause-again', action: seq, complaint: number }, (entry) => [
    ...line(entry),
    { kind: 'action-question', action: seq },
  ])
  return draft.done()
}

export function answerRecurrence(
  complaint: Complaint,
  command: Extract<Command, { kind: 'answer-recurrence' }>,
  { now }: Situation,
): Decision {
  const action = actionOf(complaint, command.action)
  if (!action) return refuse({ kind: 'no-such-action' })
  if (!isInQuestion(action)) return refuse({ kind: 'nothing-to-answer' })
  const [fault] = checkCorrection(command, now)
  if (fault) return refuse(fault)
  const { by } = command
  const { rootCause, origin } = action
  const next = actionFrom(command, { seq: complaint.actions.length + 1, rootCause, origin, agreedBy: by }, now)
  const whyNone = next ? null : command.whyNone
  const draft = new Draft(complaint, now, by)
  put(draft, { ...action, answeredAt: now, answer: whyNone })
  draft.record({ kind: 'recurrence-answered', action: action.seq, next: next?.seq ?? null, whyNone }, line)
  if (next) agree(draft, next)
  return draft.done()
}

/** The complaint's side of it: its card and timeline say that it is one of those that make a flaw. */
export function joinFlaw(
  complaint: Complaint,
  { flaw }: Extract<Command, { kind: 'join-flaw' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, null)
  draft.record({ kind: 'joined-flaw', flaw }, line)
  return draft.done()
}

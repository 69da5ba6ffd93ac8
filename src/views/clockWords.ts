import type { ClockName } from '../complaint/events.ts'
import { MINUTE } from '../complaint/time.ts'
import { type CallbackPromise, type Clock, type Complaint, responseOf } from '../complaint/types.ts'
import { span, when } from './text.ts'

/** What each clock asks for. */
export const CLOCK: Record<ClockName, string> = {
  response: "Somebody at the customer's",
  callback: 'The promised call',
}

/** The clock of this name and number, running or over. */
export const clockOf = (complaint: Complaint, name: ClockName, seq: number): Clock | undefined =>
  (name === 'response' ? complaint.responses : complaint.promises).find((clock) => clock.seq === seq)

/** How the response deadline stands, in mrkdwn. */
export function responseWords(complaint: Complaint, now: Date): string {
  const response = responseOf(complaint)
  if (!response) return 'No deadline'
  const { state, dueAt, endedAt } = response
  if (state === 'running') return now >= dueAt ? `*Overdue* since ${when(dueAt)}` : `Due ${when(dueAt)}`
  if (state === 'closed' || !endedAt) return 'Ended with the close-out'
  return `${endedAt > dueAt ? 'Honoured late' : 'Honoured'}, ${when(endedAt)}`
}

/** How the promised call stands, in mrkdwn. */
export function callbackWords(complaint: Complaint, now: Date): string {
  const promise = complaint.promises.at(-1)
  if (!promise) return 'None promised'
  const { state, dueAt, endedAt } = promise
  if (state === 'pending') return now >= dueAt ? `*Overdue* since ${when(dueAt)}` : `Promised by ${when(dueAt)}`
  return `${PROMISE[state]}, ${when(endedAt ?? dueAt)}`
}

/** What became of a promise, in a word or two. */
export const PROMISE: Record<Exclude<CallbackPromise['state'], 'pending'>, string> = {
  kept: 'Kept',
  missed: 'Missed',
  attempted: 'Tried in time, not reached',
  moved: 'Moved',
  superseded: 'Replaced by another one',
}

/** Reminders are posted a little after they fall due: closer than this, they speak of the hour they were meant for. */
const LATENESS = 2 * MINUTE

/** Milliseconds over the deadline (negative: still to go), as a reminder says it. */
export function overBy(clock: Pick<Clock, 'dueAt'>, offset: number, now: Date): number {
  const real = now.getTime() - clock.dueAt.getTime()
  return Math.abs(real - offset) <= LATENESS ? offset : real
}

/** "in 1 h", "now", "4 h ago". */
export const relative = (over: number): string =>
  Math.abs(over) < MINUTE ? 'now' : over < 0 ? `in ${span(over)}` : `${span(over)} ago`

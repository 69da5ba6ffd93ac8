import { nextReminder, remindingOf, runningClock } from './clocks.ts'
import { nextActionOf } from './correcting.ts'
import { CLOCKS, type ClockName } from './events.ts'
import { nextRung } from './ladder.ts'
import { makeGoodTimer } from './makingGood.ts'
import { visitTimer } from './replanning.ts'
import type { Hours } from './setup.ts'
import { nextOfSilence } from './silence.ts'
import type { Complaint } from './types.ts'

export type TimerName = ClockName | 'ladder' | 'silence' | 'visit' | 'make-good' | 'action'

/** When a complaint has to be looked at next, and for what: the sweep reads nothing else. `hours` are its department's. */
export function timersOf(complaint: Complaint, hours: Hours | null): Partial<Record<TimerName, Date>> {
  const timers: Partial<Record<TimerName, Date>> = {}
  const makeGood = makeGoodTimer(complaint)
  if (makeGood) timers['make-good'] = makeGood
  const action = nextActionOf(complaint, hours)
  if (action) timers.action = action
  if (complaint.duplicateOf !== null) return timers
  for (const name of CLOCKS) {
    const clock = runningClock(complaint, name)
    if (clock) timers[name] = nextReminder(clock, remindingOf(complaint, name, clock, hours))
  }
  const rung = nextRung(complaint, hours)
  if (rung) timers.ladder = rung.at
  const visit = visitTimer(complaint)
  if (visit) timers.visit = visit
  const silence = nextOfSilence(complaint, hours)
  if (silence) timers.silence = silence.at
  return timers
}

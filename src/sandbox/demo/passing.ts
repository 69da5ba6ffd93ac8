import type { RunningApp } from '../../app.ts'
import { HOUR } from '../../complaint/time.ts'
import type { SandboxSlack } from '../types.ts'
import type { DemoClock } from './clock.ts'
import { nextStop } from './deadlines.ts'

export interface Passing {
  readonly clock: DemoClock
  readonly slack: SandboxSlack
  readonly app: RunningApp
  readonly timezone: string
  /** Asked between steps: true ends it where it is. */
  readonly isOver: () => boolean
}

/**
 * Lets time go by until `until`, stopping wherever something may fall due, so that each thing happens when it would. What
 * is due at `until` itself is left to the caller. `longest` bounds a leap: what can't be read off the cards is that late.
 */
export async function passTo(passing: Passing, until: number, longest = HOUR): Promise<void> {
  const { clock, slack, app, timezone, isOver } = passing
  for (;;) {
    if (isOver()) return
    const stop = Math.min(nextStop(slack, clock.now(), timezone), clock.now() + longest)
    if (stop >= until) break
    clock.moveTo(stop)
    await app.catchUp()
  }
  clock.moveTo(until)
}

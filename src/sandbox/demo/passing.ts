import type { RunningApp } from '../../app.ts'
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

/** Lets time go by until `until`, stopping wherever something may fall due, so that each thing happens when it would. */
export async function passTo(passing: Passing, until: number): Promise<void> {
  const { clock, slack, app, timezone, isOver } = passing
  while (clock.now() < until && !isOver()) {
    clock.moveTo(nextStop(slack, clock.now(), until, timezone))
    await app.catchUp()
  }
}

import type { Presence } from '../complaint/absence.ts'
import type { Asker } from '../complaint/roles.ts'
import type { Setup } from '../complaint/setup.ts'

/** Who is who in Slack. It always answers, and in time: where Slack does not, with what it said last. */
export interface Directory {
  standingOf(person: string): Promise<Asker['standing']>
  /** Keys of the departments whose usergroups, or whose channel, hold this person. */
  departmentsOf(person: string, setup: Setup): Promise<readonly string[]>
}

/** Who is there now, by Slack. It always answers, and in time: of whom Slack says nothing, nothing is told. */
export interface Presences {
  of(ids: readonly string[]): Promise<ReadonlyMap<string, Presence>>
}

import { HOME_LISTS, type HomeFilters } from '../../complaint/home.ts'
import { SEVERITIES } from '../../complaint/setup.ts'
import { ANY } from '../../views/options.ts'
import { type ActionPayload, type EventPayload, homeOpenedEvent } from '../payloads.ts'
import { type OnAction, pressed } from './actions.ts'
import { openFiling } from './command.ts'
import type { House } from './house.ts'

/** Somebody looks at their Home. What it shows is drawn by delivery, as after every change. */
export async function onHomeOpened({ operations, clock }: House, { event }: EventPayload): Promise<void> {
  const { user, tab } = homeOpenedEvent.parse(event)
  if (tab === 'home') await operations.showHome(user, {}, clock())
}

export const onFileHere: OnAction = async (house, payload, answer) => {
  await answer.ack()
  await openFiling(house, answer, payload.user.id, {})
}

/** A menu or a button that chooses what is shown; a list begins with its first page. */
const shows =
  (chosen: (payload: ActionPayload) => Partial<HomeFilters>): OnAction =>
  async ({ operations, clock }, payload, answer) => {
    await answer.ack()
    await operations.showHome(payload.user.id, { page: 0, ...chosen(payload) }, clock())
  }

const chosenIn = (payload: ActionPayload): string | null =>
  payload.actions[0]?.selected_option?.value ?? payload.actions[0]?.value ?? null

const known = <Choice extends string>(choices: readonly Choice[], value: string | null): Choice | null =>
  choices.find((choice) => choice === value) ?? null

export const onList = shows((payload) => ({ list: known(HOME_LISTS, chosenIn(payload)) }))
export const onSeverity = shows((payload) => ({ severity: known(SEVERITIES, chosenIn(payload)) }))

/** A department that is not there is none: a Home leaves it out. */
export const onDepartment = shows((payload) => {
  const department = chosenIn(payload)
  return { department: department === ANY ? null : department }
})
export const onLoad = shows((payload) => ({ list: 'departments', department: pressed(payload) }))
export const onPage = shows((payload) => ({ page: Math.max(0, Number.parseInt(pressed(payload), 10) || 0) }))

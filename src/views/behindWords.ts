import type { Behind, ListBehind } from '../complaint/behind.ts'
import type { Setup } from '../complaint/setup.ts'
import { departmentName } from './words.ts'

/** What the list behind a figure is called. */
export const BEHIND_NAME: Readonly<Record<Behind, string>> = {
  filed: 'Filed',
  closed: 'Closed',
  reopened: 'Reopened',
  promisesKept: 'Promised calls not made in time',
  attempted: 'Tried in time, and not reached',
  moved: 'Promised calls that were moved',
  onSite: 'Nobody on site in time',
  withPart: 'On site without the part',
  toOwn: 'First owned, the slowest first',
  toCallback: 'First called back, the slowest first',
  toFixed: 'Fixed, the slowest first',
  fixedFirstTime: 'Reopened after they were fixed',
  avoidable: 'Could have been avoided',
  handOvers: 'Handed over, most often first',
  caused: 'Caused',
  makeGoodCost: 'Made good, the dearest first',
  cameBack: 'From customers who came back',
  open: 'On our hands',
  overdue: 'Overdue',
  unowned: 'With nobody yet',
}

/** "Caused in Manufacturing, 2 Mar to 9 Mar"; what is on our hands has but an end. */
export function behindTitle({ figure, period, department }: ListBehind, setup: Setup): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: setup.timezone, day: 'numeric', month: 'short' })
  const [from, to] = [format.format(period.from), format.format(period.to)]
  const where = department === null ? '' : `${figure === 'caused' ? ' in ' : ', '}${departmentName(setup, department)}`
  const isStanding = figure === 'open' || figure === 'overdue' || figure === 'unowned'
  return `${BEHIND_NAME[figure]}${where}, ${isStanding ? `by ${to}` : `${from} to ${to}`}`
}

import type { KnownBlock } from '@slack/types'
import { leavesOf, type Setup } from '../complaint/setup.ts'
import { button, header, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { cut, escaped, oneLine } from './text.ts'

/** For admins: what is in force, what in it leaves a complaint without somebody to call, and the way to change it. */
export function homeSetup(setup: Setup): KnownBlock[] {
  const { departments, rootCauses } = setup
  const leaderless = departments.filter(({ lead, deputy }) => lead === null && deputy === null)
  const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`
  const facts = `${count(departments.length, 'department', 'departments')}, ${count(leavesOf(rootCauses).length, 'root cause', 'root causes')}.`
  const names = cut(leaderless.map(({ name }) => oneLine(name)).join(', '), 500)
  return [
    header('Setup'),
    {
      ...section([facts, ...(leaderless.length > 0 ? [`Without a lead: ${escaped(names)}.`] : [])].join(' ')),
      accessory: button('Setup', ACTIONS.setup, 'home'),
    },
  ]
}

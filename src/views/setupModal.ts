import type { KnownBlock, ModalView, SectionBlock } from '@slack/types'
import { DEPARTMENT_KINDS, leavesOf, type Setup } from '../complaint/setup.ts'
import { button, context, header, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { modal } from './inputs.ts'
import type { SetupButton, SetupList } from './metadata.ts'
import { mention } from './people.ts'
import { escaped, shown, span } from './text.ts'

interface Shown {
  /** What came of the last change. */
  readonly notices?: readonly string[]
}

/** What is in force, with the ways to change it. */
export const setupModal = (setup: Setup, { notices = [] }: Shown = {}): ModalView =>
  modal({
    title: 'Setup',
    metadata: {},
    blocks: [
      ...noticed(notices),
      header('Company'),
      opening(companyOf(setup), 'Edit', { piece: { kind: 'company' } }),
      header('Departments'),
      listing(departmentsOf(setup), 'Departments', 'departments'),
      header('Root causes'),
      listing(causesOf(setup), 'Root causes', 'causes'),
      header('Policy'),
      opening(policyOf(setup), 'Edit', { piece: { kind: 'policy' } }),
      context('`amends config export` prints all of it as a file, and `amends config apply` puts a file in force.'),
    ],
  })

/** What came of a change, above what is shown then. */
export const noticed = (notices: readonly string[]): KnownBlock[] =>
  notices.slice(0, MOST_NOTICES).map((notice) => context(escaped(shown(notice))))

const MOST_NOTICES = 10
const MOST_ADMINS = 20

const withButton = (text: string, accessory: NonNullable<SectionBlock['accessory']>): SectionBlock => ({
  ...section(text),
  accessory,
})

const opening = (text: string, label: string, opens: SetupButton): SectionBlock =>
  withButton(text, button(label, ACTIONS.setupForm, JSON.stringify(opens)))

const listing = (text: string, label: string, list: SetupList['list']): SectionBlock =>
  withButton(text, button(label, ACTIONS.setupList, JSON.stringify({ list, page: 0 } satisfies SetupList)))

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

function companyOf({ timezone, admins, channels }: Setup): string {
  const more = admins.length > MOST_ADMINS ? ` and ${admins.length - MOST_ADMINS} more` : ''
  return [
    admins.length === 0
      ? 'Nobody is named as an admin: until somebody is, anyone in the company can change this.'
      : `Admins: ${admins.slice(0, MOST_ADMINS).map(mention).join(', ')}${more}`,
    `Company channel <#${channels.company}>, fallback channel <#${channels.fallback}>`,
    `Time zone ${escaped(timezone)}`,
  ].join('\n')
}

function departmentsOf({ departments }: Setup): string {
  const kinds = DEPARTMENT_KINDS.map((kind) => [kind, departments.filter((one) => one.kind === kind).length] as const)
  const leaderless = departments.filter(({ lead, deputy }) => lead === null && deputy === null).length
  return [
    `${count(departments.length, 'department')}: ${kinds.map(([kind, n]) => `${n} ${kind}`).join(', ')}`,
    ...(leaderless > 0 ? [`${leaderless} without a lead`] : []),
  ].join('\n')
}

function causesOf({ rootCauses }: Setup): string {
  const leaves = leavesOf(rootCauses).length
  const groups = rootCauses.filter(({ children }) => children.length > 0).length
  return `${count(leaves, 'root cause')}${groups > 0 ? ` in ${count(groups, 'group')}` : ''}`
}

function policyOf({ policy, digest }: Setup): string {
  const { normal, serious, critical } = policy.callback
  return [
    `Somebody at the customer’s within ${span(policy.response)}`,
    `Callback within ${span(normal)}; serious ${span(serious)}, critical ${span(critical)}`,
    `Weekly digest on ${digest.day.charAt(0).toUpperCase()}${digest.day.slice(1)} at ${digest.time}`,
  ].join('\n')
}

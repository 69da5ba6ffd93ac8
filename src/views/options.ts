import type { ExternalSelect, InputBlock, PlainTextElement, PlainTextOption, StaticSelect } from '@slack/types'
import type { Customer } from '../complaint/customer.ts'
import { type Leaf, leafOf, leavesOf, type Setup } from '../complaint/setup.ts'
import { plain } from './blocks.ts'
import { option } from './inputs.ts'
import { oneLine } from './text.ts'
import { departmentName, parentsOf } from './words.ts'

export interface OptionGroup {
  readonly label: PlainTextElement
  readonly options: PlainTextOption[]
}

/** Longest list Slack takes; a longer one is searched as the person types. */
const MOST = 100

const matches = (query: string, ...names: string[]): boolean => {
  const wanted = query.trim().toLowerCase()
  return names.some((name) => name.toLowerCase().includes(wanted))
}

const departmentOption = (setup: Setup, key: string): PlainTextOption => option(departmentName(setup, key), key)

const leafOption = (leaf: Leaf): PlainTextOption => option(oneLine(leaf.name), leaf.key)

/** Leaves under the path of their parents, in the order of the configuration. */
function grouped(leaves: readonly Leaf[]): OptionGroup[] {
  const groups = new Map<string, PlainTextOption[]>()
  for (const leaf of leaves) {
    const label = parentsOf(leaf) || 'General'
    groups.set(label, [...(groups.get(label) ?? []), leafOption(leaf)])
  }
  return [...groups].map(([label, options]) => ({ label: plain(label, 75), options }))
}

/** The answer to what was typed into a select of departments. */
export const departmentOptions = (setup: Setup, query: string): { options: PlainTextOption[] } => ({
  options: setup.departments
    .filter((department) => matches(query, department.name, department.key))
    .slice(0, MOST)
    .map((department) => departmentOption(setup, department.key)),
})

/** The answer to what was typed into the select of root causes. */
export function rootCauseOptions(
  setup: Setup,
  query: string,
): { option_groups: OptionGroup[] } | { options: PlainTextOption[] } {
  const found = leavesOf(setup.rootCauses)
    .filter((leaf) => matches(query, leaf.name, leaf.key, ...leaf.parents))
    .slice(0, MOST)
  return found.length === 0 ? { options: [] } : { option_groups: grouped(found) }
}

/** On a Home, what stands for any department, and for any severity. */
export const ANY = '*'

/** The answer to what was typed into the select of departments on a Home. */
export function homeDepartmentOptions(setup: Setup, query: string): { options: PlainTextOption[] } {
  const all = matches(query, ALL_DEPARTMENTS) ? [option(ALL_DEPARTMENTS, ANY)] : []
  return { options: [...all, ...departmentOptions(setup, query).options].slice(0, MOST) }
}

const ALL_DEPARTMENTS = 'All departments'

/** A select of one department or all; listed where they fit. */
export function homeDepartmentSelect(
  setup: Setup,
  action: string,
  chosen: string | null,
): StaticSelect | ExternalSelect {
  const initial_option = chosen === null ? option(ALL_DEPARTMENTS, ANY) : departmentOption(setup, chosen)
  const placeholder = plain('Department')
  return isListed(setup.departments.length + 1)
    ? { type: 'static_select', action_id: action, placeholder, ...homeDepartmentOptions(setup, ''), initial_option }
    : { type: 'external_select', action_id: action, placeholder, min_query_length: 0, initial_option }
}

/** Customers to choose from, by what they are called. */
export const customerOptions = (customers: readonly Customer[]): { options: PlainTextOption[] } => ({
  options: customers.slice(0, MOST).map(({ id, name }) => option(oneLine(name), String(id))),
})

const isListed = (length: number): boolean => length > 0 && length <= MOST

/** A select of departments, listed where they fit; `chosen` is where it starts. */
export function departmentSelect(setup: Setup, action: string, chosen: string | null = null): InputBlock['element'] {
  const known = setup.departments.some((department) => department.key === chosen)
  const initial = chosen !== null && known ? { initial_option: departmentOption(setup, chosen) } : {}
  return isListed(setup.departments.length)
    ? { type: 'static_select', action_id: action, ...departmentOptions(setup, ''), ...initial }
    : { type: 'external_select', action_id: action, min_query_length: 0, ...initial }
}

/** A select of the leaves, grouped by their parents. */
export function rootCauseSelect(setup: Setup, action: string, chosen: string | null = null): InputBlock['element'] {
  const leaves = leavesOf(setup.rootCauses)
  const leaf = chosen === null ? undefined : leafOf(setup, chosen)
  const initial = leaf ? { initial_option: leafOption(leaf) } : {}
  return isListed(leaves.length)
    ? { type: 'static_select', action_id: action, option_groups: grouped(leaves), ...initial }
    : { type: 'external_select', action_id: action, min_query_length: 0, ...initial }
}

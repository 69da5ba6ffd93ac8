import type { RootCause, Setup } from '../../src/complaint/setup.ts'
import { department, setupOf } from '../../test/support/setups.ts'

export const WORKSPACE = 'T0BENCH'

const NAMES = [
  'service',
  'manufacturing',
  'logistics',
  'design',
  'quality',
  'field',
  'billing',
  'sales',
  'packing',
  'it',
]

const causes: RootCause[] = ['product', 'process', 'people', 'supplier'].map((group) => ({
  key: group,
  name: group,
  origin: null,
  children: Array.from({ length: 8 }, (_, leaf) => ({
    key: `${group}-${leaf}`,
    name: `${group} ${leaf}`,
    origin: NAMES[leaf] ?? null,
    children: [],
  })),
}))

/** A company with ten departments and 32 root causes. */
export const COMPANY: Setup = setupOf({
  departments: NAMES.map((name) => department(name, { name, channel: `C0${name.toUpperCase()}`, lead: 'U0LEAD' })),
  rootCauses: causes,
})

/** Where a cause arises, by its key. */
export const CAUSES: readonly { key: string; origin: string }[] = causes.flatMap((group) =>
  group.children.map(({ key, origin }) => ({ key, origin: origin ?? 'service' })),
)

import { DEFAULT_POLICY } from '../complaint/policy.ts'
import { parseDuration } from './durations.ts'
import { type Fault, type Path, pathText, show } from './faults.ts'

const MAX_LEAVES = 1000

type Dict = Readonly<Record<string, unknown>>
const dictOf = (value: unknown): Dict =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Dict) : {}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/**
 * Faults that no single place shows: keys used twice, origins that are no department, reminders longer than what they
 * warn of. Looks at the raw data, so that they are reported together with whatever else is wrong.
 */
export function spanningFaults(raw: unknown): Fault[] {
  const root = dictOf(raw)
  return [...departmentFaults(root), ...causeFaults(root), ...policyFaults(dictOf(root.policy))]
}

function departmentFaults(root: Dict): Fault[] {
  const departments = listOf(root.departments).map((department, index) => ({
    department: dictOf(department),
    path: ['departments', index],
  }))
  const keys = departments.map(({ department, path }) => ({ value: department.key, path: [...path, 'key'] }))
  const names = departments.map(({ department, path }) => ({ value: department.name, path: [...path, 'name'] }))
  return [
    ...repeated(keys, (key) => key),
    ...repeated(names, (name) => name.trim().toLowerCase()),
    ...departments.flatMap(({ department, path }) => [
      ...levelFaults(department, path),
      ...hoursFaults(dictOf(department.hours), [...path, 'hours']),
    ]),
  ]
}

function levelFaults(department: Dict, path: Path): Fault[] {
  const levels = listOf(department.levels).map((level, index) => ({
    level: dictOf(level),
    path: [...path, 'levels', index],
  }))
  const names = levels.map(({ level, path }) => ({ value: level.name, path: [...path, 'name'] }))
  const { deputy, lead } = department
  return [
    ...(typeof deputy === 'string' && deputy === lead
      ? [{ path: [...path, 'deputy'], message: `${show(deputy)} is the lead already` }]
      : []),
    ...repeated(names, (name) => name.trim().toLowerCase()),
    ...levels.flatMap(({ level, path }) =>
      level.name !== undefined && level.group === undefined && level.person === undefined
        ? [{ path, message: 'calls nobody; expected a group or a person' }]
        : [],
    ),
  ]
}

function hoursFaults(hours: Dict, path: Path): Fault[] {
  const off = new Set(listOf(hours.off))
  return listOf(hours.open).flatMap((date, index) =>
    typeof date === 'string' && off.has(date)
      ? [{ path: [...path, 'open', index], message: `${show(date)} is among the dates off` }]
      : [],
  )
}

interface Cause {
  readonly cause: Dict
  readonly path: Path
}

function causeFaults(root: Dict): Fault[] {
  const causes = causesIn(root.rootCauses, ['rootCauses'])
  const keys = causes.map(({ cause, path }) => ({ value: cause.key, path: [...path, 'key'] }))
  const leaves = causes.filter(({ cause }) => listOf(cause.children).length === 0).length
  const tooMany = leaves > MAX_LEAVES ? [{ path: ['rootCauses'], message: `has more than ${MAX_LEAVES} leaves` }] : []
  const departments = listOf(root.departments)
    .map((department) => dictOf(department).key)
    .filter((key) => typeof key === 'string')
  const known = new Set(departments)
  return [...tooMany, ...repeated(keys, (key) => key), ...causes.flatMap((cause) => originFaults(cause, known))]
}

function causesIn(value: unknown, path: Path): Cause[] {
  return listOf(value).flatMap((item, index) => {
    const cause = dictOf(item)
    const here = [...path, index]
    return [{ cause, path: here }, ...causesIn(cause.children, [...here, 'children'])]
  })
}

function originFaults({ cause, path }: Cause, departments: ReadonlySet<string>): Fault[] {
  const faults: Fault[] = []
  if ('children' in cause && cause.children === undefined) {
    faults.push({ path: [...path, 'children'], message: 'is empty; a leaf has no children key' })
  }
  const { origin } = cause
  if (origin === undefined) return faults
  if (listOf(cause.children).length > 0) {
    faults.push({ path: [...path, 'origin'], message: 'is for leaves only; this cause has children' })
  } else if (typeof origin === 'string' && departments.size > 0 && !departments.has(origin)) {
    const some = [...departments].slice(0, 8).join(', ')
    const more = departments.size > 8 ? ', …' : ''
    faults.push({
      path: [...path, 'origin'],
      message: `${show(origin)} is not the key of a department; there are ${some}${more}`,
    })
  }
  return faults
}

/** Each second use of what must be used once, naming the first. Other things than text are the schema's to refuse. */
function repeated(uses: readonly { value: unknown; path: Path }[], same: (value: string) => string): Fault[] {
  const first = new Map<string, Path>()
  return uses.flatMap(({ value, path }) => {
    if (typeof value !== 'string' || value === '') return []
    const earlier = first.get(same(value))
    if (earlier) return [{ path, message: `${show(value)} is taken by ${pathText(earlier)}` }]
    first.set(same(value), path)
    return []
  })
}

/** Milliseconds; the default where nothing is written, undefined where what is written is no duration. */
function durationOf(value: unknown, whenMissing?: number): number | undefined {
  if (value === undefined) return whenMissing
  const result = typeof value === 'string' ? parseDuration(value) : undefined
  return result?.ok ? result.ms : undefined
}

function policyFaults(policy: Dict): Fault[] {
  const remind = dictOf(policy.remind)
  const ladder = dictOf(policy.ladder)
  const callback = dictOf(policy.callback)
  const { callback: promises } = DEFAULT_POLICY
  // A promise shorter than an offset only does without that reminder; one that no promise can use is a slip.
  const calls = (['normal', 'serious', 'critical'] as const).map((level) =>
    durationOf(callback[level], promises[level]),
  )
  const longestCall = calls.reduce((a, b) => (a === undefined || b === undefined ? undefined : Math.max(a, b)))
  return [
    ...offsetFaults(remind.response, ['policy', 'remind', 'response'], {
      limit: durationOf(policy.response, DEFAULT_POLICY.response),
      name: 'policy.response',
    }),
    ...offsetFaults(remind.callback, ['policy', 'remind', 'callback'], {
      limit: longestCall,
      name: 'the longest of policy.callback',
    }),
    ...ladderFaults(ladder.normal, ['policy', 'ladder', 'normal']),
    ...ladderFaults(ladder.serious, ['policy', 'ladder', 'serious']),
    ...ladderFaults(ladder.critical, ['policy', 'ladder', 'critical']),
  ]
}

function offsetFaults(value: unknown, path: Path, deadline: { limit: number | undefined; name: string }): Fault[] {
  const offsets = listOf(value).map((item) => durationOf(item))
  return offsets.flatMap((offset, index): Fault[] => {
    if (offset === undefined) return []
    const here = [...path, index]
    const written = show(listOf(value)[index])
    if (offsets.indexOf(offset) < index) return [{ path: here, message: `${written} is in the list already` }]
    if (deadline.limit === undefined || offset < deadline.limit) return []
    return [{ path: here, message: `${written} is not shorter than ${deadline.name}, which it warns of` }]
  })
}

function ladderFaults(value: unknown, path: Path): Fault[] {
  const steps = listOf(value).map((item) => durationOf(item))
  return steps.flatMap((step, index): Fault[] => {
    const before = steps[index - 1]
    if (step === undefined || before === undefined || step > before) return []
    return [{ path: [...path, index], message: `${show(listOf(value)[index])} is not later than the step before it` }]
  })
}

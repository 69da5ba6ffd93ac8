import type { Setup } from '../complaint/setup.ts'
import { written } from './format.ts'

/**
 * What differs between two setups, one line each, for the person who applied the second:
 * `departments.design: added`, `policy.response: 24h -> 12h`. Empty where they are equal.
 */
export function describeChanges(before: Setup, after: Setup): string[] {
  const lines = changesAt('', written(before), written(after))
  const orderOnly = lines.length === 0 && JSON.stringify(written(before)) !== JSON.stringify(written(after))
  return orderOnly ? ['the order changed'] : lines
}

function changesAt(path: string, before: unknown, after: unknown): string[] {
  const [old, now] = [childrenOf(before), childrenOf(after)]
  if (!old || !now) {
    const [from, to] = [oneLine(before), oneLine(after)]
    return from === to ? [] : [`${path}: ${changeOf(from, to)}`]
  }
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return names.flatMap((name) => changesAt(path === '' ? name : `${path}.${name}`, old.get(name), now.get(name)))
}

function changeOf(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === '' ? 'added' : `added, ${to}`
  if (to === undefined) return 'removed'
  return `${from || 'a group'} -> ${to || 'a group'}`
}

/** A map's values by key, the members of a list of departments or causes by theirs; undefined for anything else. */
function childrenOf(value: unknown): Map<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const keyed = value.length > 0 && value.every((item) => item !== null && typeof item === 'object' && 'key' in item)
    return keyed ? new Map(value.map((item) => [String(item.key), item])) : undefined
  }
  return value !== null && typeof value === 'object' ? new Map(Object.entries(value)) : undefined
}

function oneLine(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (Array.isArray(value)) {
    // Departments and causes have keys, and are told one by one; levels and people on call stand in a list.
    return value.some((item) => typeof item === 'object' && 'key' in item) ? '' : `[${value.map(inList).join(', ')}]`
  }
  if (value !== null && typeof value === 'object') return 'name' in value ? String(value.name) : JSON.stringify(value)
  return String(value)
}

const inList = (item: unknown): string =>
  typeof item === 'object' && item !== null ? Object.values(item).join(' ') : String(item)

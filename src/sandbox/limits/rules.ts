/** A few words for writing Slack's schemas down as tables: every rule looks at one value and names what Slack refuses. */

export type Surface = 'message' | 'modal' | 'home'
export type Json = Record<string, unknown>

export interface Checking {
  readonly surface: Surface
  readonly found: string[]
}

export type Rule = (value: unknown, at: string, checking: Checking) => void
/** A rule about an object whose fields have been looked at already: fields that go together, or not. */
export type Also = (object: Json, at: string, checking: Checking) => void
/** Field names to rules; a name that ends in `?` may be left out. Any other field is refused, as Slack does. */
export type Shape = Record<string, Rule>

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export function refuse(checking: Checking, at: string, why: string): void {
  checking.found.push(at === '' ? why : `${at}: ${why}`)
}

const path = (at: string, field: string): string => (at === '' ? field : `${at}.${field}`)

export function string(max: number, min = 1): Rule {
  return (value, at, checking) => {
    if (typeof value !== 'string') return refuse(checking, at, 'must be a string')
    if (min > 0 && value.trim() === '') return refuse(checking, at, 'empty, Slack refuses it')
    if (value.length > max) refuse(checking, at, `${value.length} characters, Slack takes ${max}`)
  }
}

/** A string that has to pass a test, `wanted` in words. */
export function like(wanted: string, test: (value: string) => boolean, max = 3000): Rule {
  return (value, at, checking) => {
    if (typeof value !== 'string' || !test(value)) return refuse(checking, at, `${show(value)}, Slack takes ${wanted}`)
    string(max, 0)(value, at, checking)
  }
}

export const oneOf = (...allowed: (string | number)[]): Rule => {
  return (value, at, checking) => {
    if (!allowed.some((one) => one === value))
      refuse(checking, at, `${show(value)}, Slack takes ${allowed.join(' or ')}`)
  }
}

export const boolean: Rule = (value, at, checking) => {
  if (typeof value !== 'boolean') refuse(checking, at, 'must be true or false')
}

export function integer(min: number, max: number): Rule {
  return (value, at, checking) => {
    if (!Number.isInteger(value) || (value as number) < min || (value as number) > max)
      refuse(checking, at, `${show(value)}, Slack takes a whole number from ${min} to ${max}`)
  }
}

export const number: Rule = (value, at, checking) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(checking, at, 'must be a number')
}

export function list(rule: Rule, min: number, max: number, what = 'items'): Rule {
  return (value, at, checking) => {
    if (!Array.isArray(value)) return refuse(checking, at, 'must be a list')
    if (value.length > max) refuse(checking, at, `${value.length} ${what}, Slack takes ${max}`)
    if (value.length < min) refuse(checking, at, `${value.length} ${what}, Slack wants at least ${min}`)
    value.forEach((item, index) => {
      rule(item, `${at}[${index}]`, checking)
    })
  }
}

export function object(shape: Shape, ...also: Also[]): Rule {
  const rules = new Map(Object.entries(shape).map(([name, rule]) => [name.replace(/\?$/, ''), rule]))
  const required = Object.keys(shape).filter((name) => !name.endsWith('?'))
  return (value, at, checking) => {
    if (!isObject(value)) return refuse(checking, at, 'must be an object')
    for (const name of required) if (value[name] === undefined) refuse(checking, path(at, name), 'missing')
    for (const [name, field] of Object.entries(value)) {
      if (field === undefined) continue
      const rule = rules.get(name)
      if (rule) rule(field, path(at, name), checking)
      else refuse(checking, path(at, name), 'no such field')
    }
    for (const check of also) check(value, at, checking)
  }
}

/** An object told apart by its `type`, which `among` looks at. */
export const kind = (shape: Shape, ...also: Also[]): Rule => object({ type: () => {}, ...shape }, ...also)

export function among(what: string, kinds: Record<string, Rule>): Rule {
  return (value, at, checking) => {
    if (!isObject(value)) return refuse(checking, at, `must be an object, a kind of ${what}`)
    const rule = typeof value.type === 'string' && Object.hasOwn(kinds, value.type) ? kinds[value.type] : undefined
    if (rule) rule(value, at, checking)
    else refuse(checking, path(at, 'type'), `${show(value.type)} is no ${what} that may stand here`)
  }
}

export function only(surfaces: readonly Surface[], rule: Rule): Rule {
  return (value, at, checking) => {
    if (!surfaces.includes(checking.surface)) {
      const what = isObject(value) ? String(value.type) : 'this'
      return refuse(checking, at, `${what} is not for a ${checking.surface}, only for a ${surfaces.join(' or ')}`)
    }
    rule(value, at, checking)
  }
}

export const oneAndOnlyOne = (...names: string[]): Also => {
  return (value, at, checking) => {
    const given = names.filter((name) => value[name] !== undefined)
    if (given.length !== 1)
      refuse(checking, at, `${given.join(' and ') || 'nothing'} given, Slack takes one of ${names.join(', ')}`)
  }
}

export function unique(values: Iterable<[at: string, value: unknown]>, what: string, checking: Checking): void {
  const first = new Map<unknown, string>()
  for (const [at, value] of values) {
    if (value === undefined) continue
    const before = first.get(value)
    if (before === undefined) first.set(value, at)
    else refuse(checking, at, `${what} ${show(value)} is also at ${before}, Slack wants it once`)
  }
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

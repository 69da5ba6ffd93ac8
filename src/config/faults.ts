/** Where in the configuration: keys and indices from the root. */
export type Path = readonly (string | number)[]

/** One thing that is wrong, where, and what is expected there. */
export interface Fault {
  readonly path: Path
  readonly message: string
}

/** `departments[2].channel`; a key that is not a plain word is quoted: `policy["a b"]`. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(part)) return `[${show(part)}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')
}

/** One line: the path, a colon and what is wrong. */
export const faultText = (fault: Fault): string =>
  fault.path.length === 0 ? fault.message : `${pathText(fault.path)}: ${fault.message}`

/** A value as a fault names it: one line, not long. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null || value === undefined) return 'nothing'
  return Array.isArray(value) ? 'a list' : 'a map'
}

import { createHash } from 'node:crypto'
import type { Setup } from '../complaint/setup.ts'
import type { Path } from './faults.ts'
import { written } from './format.ts'

/*
 * The configuration as plain data, a piece at a time: what a form shows and changes. What the form does not hold stays as
 * it is. Whether the whole of it may be put in force then, `checkConfig` says.
 */

/**
 * A piece of the configuration. Without a key: one that is still to be added; `start`: the first of everything; `calling`:
 * who is called in a department besides, its levels and who is on call.
 */
export type Piece =
  | { readonly kind: 'start' | 'company' | 'policy' }
  | { readonly kind: 'department' | 'cause'; readonly key: string | null }
  | { readonly kind: 'calling'; readonly key: string }

/** What is to stand at a place in a piece; undefined: nothing. */
export interface Setting {
  readonly path: Path
  readonly value: unknown
}

/** What is wrong with a piece, and where in it; null: elsewhere in the configuration, or everywhere. */
export interface PieceFault {
  readonly path: Path | null
  readonly message: string
}

export type Plain = Record<string, unknown>

export const plainOf = (setup: Setup | null): Plain => (setup ? structuredClone(written(setup)) : {})

export const listOf = (value: unknown): Plain[] => (Array.isArray(value) ? value : [])

/** A root cause in the tree. */
export interface Node {
  readonly cause: Plain
  /** The list that it stands in. */
  readonly among: Plain[]
  readonly parent: Plain | null
  readonly path: Path
}

/** Every root cause, parents before what stands under them. */
export function nodesIn(all: Plain): Node[] {
  const below = (among: Plain[], parent: Plain | null, path: Path): Node[] =>
    among.flatMap((cause, index) => {
      const here = [...path, index]
      return [{ cause, among, parent, path: here }, ...below(listOf(cause.children), cause, [...here, 'children'])]
    })
  return below(listOf(all.rootCauses), null, ['rootCauses'])
}

export const departmentsIn = (all: Plain): Plain[] => listOf(all.departments)

export const nodeOf = (all: Plain, key: unknown): Node | undefined =>
  nodesIn(all).find(({ cause }) => cause.key === key)

/** What a form shows of a piece, by path; null where it is not there any more. A cause's parent stands at `under`. */
export function contentsOf(all: Plain, piece: Piece): Plain | null {
  switch (piece.kind) {
    case 'start':
    case 'company':
    case 'policy':
      return all
    case 'department':
    case 'calling':
      return piece.key === null ? {} : (departmentsIn(all).find(({ key }) => key === piece.key) ?? null)
    case 'cause': {
      if (piece.key === null) return {}
      const node = nodeOf(all, piece.key)
      return node ? { ...node.cause, under: node.parent?.key } : null
    }
  }
}

/** Equal as long as nobody changed the piece; with `whole` also what stands under a root cause. */
export function markOf(all: Plain, piece: Piece, { whole = false } = {}): string {
  const contents = contentsOf(all, piece)
  const { departments: _d, rootCauses: _r, policy, digest, ...company } = all
  const { children: _c, ...alone } = contents ?? {}
  const held = {
    ...{ start: all, company, policy: { policy, digest }, department: contents, calling: contents },
    cause: whole ? contents : alone,
  }[piece.kind]
  return createHash('sha256').update(JSON.stringify(held)).digest('base64url').slice(0, 22)
}

/** Puts a value where it belongs, or takes it away. Maps and lists come into being on the way. */
export function put(into: Plain, [first, ...rest]: Path, value: unknown): void {
  if (first === undefined) return
  if (rest.length === 0) {
    if (value === undefined) delete into[first]
    else into[first] = value
    return
  }
  const next = into[first]
  if (value === undefined && next === undefined) return
  const inside = (typeof next === 'object' && next !== null ? next : typeof rest[0] === 'number' ? [] : {}) as Plain
  into[first] = inside
  put(inside, rest, value)
}

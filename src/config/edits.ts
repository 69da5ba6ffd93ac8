import { type Fault, faultText, type Path, show } from './faults.ts'
import { keyFor } from './keys.ts'
import {
  contentsOf,
  departmentsIn,
  listOf,
  type Node,
  nodeOf,
  nodesIn,
  type Piece,
  type PieceFault,
  type Plain,
  put,
  type Setting,
} from './pieces.ts'

export type Edited =
  /** `base`: where the piece stands in all of it; one that was added has its key by now. `entered`: see `faultsOfPiece`. */
  | { readonly ok: true; readonly all: Plain; readonly base: Path; readonly piece: Piece; readonly entered?: Entered }
  | { readonly ok: false; readonly faults: readonly PieceFault[] }
  /** Somebody took the piece away. */
  | { readonly ok: false; readonly gone: true }

/** Where in the form a value was entered that stands at this path of the piece. */
type Entered = (path: Path) => Path

const refused = (path: Path | null, message: string): Edited => ({ ok: false, faults: [{ path, message }] })
const GONE: Edited = { ok: false, gone: true }

/** The configuration with a piece of it changed, or added. `before` is not touched. */
export function withPiece(before: Plain, piece: Piece, settings: readonly Setting[]): Edited {
  const all = structuredClone(before)
  switch (piece.kind) {
    case 'start':
      return started(all, settings)
    case 'company':
    case 'policy':
      for (const { path, value } of settings) put(all, path, value)
      return { ok: true, all, base: [], piece }
    case 'department':
      return withDepartment(all, piece.key, settings)
    case 'calling':
      return withCalling(all, piece, settings)
    case 'cause':
      return withCause(all, piece.key, settings)
  }
}

function started(all: Plain, settings: readonly Setting[]): Edited {
  for (const { path, value } of settings) put(all, path, value)
  for (const department of departmentsIn(all)) department.key = keyFor(department.name, 'department', new Set())
  const names = Array.isArray(all.rootCauses) ? all.rootCauses : []
  const taken = new Set<unknown>()
  all.rootCauses = names.map((name: unknown) => {
    const key = keyFor(name, 'cause', taken)
    taken.add(key)
    return { key, name }
  })
  return { ok: true, all, base: [], piece: { kind: 'start' } }
}

function withDepartment(all: Plain, key: string | null, settings: readonly Setting[]): Edited {
  const departments = departmentsIn(all)
  const department = key === null ? {} : contentsOf(all, { kind: 'department', key })
  if (!department) return GONE
  for (const { path, value } of settings) put(department, path, value)
  const others = departments.filter((other) => other !== department)
  if (others.some(({ name }) => isSame(name, department.name)))
    return refused(['name'], `${show(department.name)} is what another department is called`)
  if (isEmpty(department.hours)) delete department.hours
  if (key === null) {
    department.key ??= keyFor(department.name, 'department', new Set(others.map((other) => other.key)))
    departments.push(department)
  }
  all.departments = departments
  const piece = { kind: 'department', key: String(department.key) } as const
  return { ok: true, all, base: ['departments', departments.indexOf(department)], piece }
}

/** Rows that were left empty are taken out. */
function withCalling(all: Plain, piece: Extract<Piece, { kind: 'calling' }>, settings: readonly Setting[]): Edited {
  const department = contentsOf(all, piece)
  if (!department) return GONE
  for (const { path, value } of settings) put(department, path, value)
  const levels = withoutEmptyRows(department, 'levels')
  const onCall = withoutEmptyRows(department.hours, 'onCall')
  const entered: Entered = (path) => {
    const [rows, at] = path[0] === 'levels' ? [levels, 1] : [onCall, 2]
    return path.map((part, index) => (index === at && typeof part === 'number' ? (rows[part] ?? part) : part))
  }
  return { ok: true, all, base: ['departments', departmentsIn(all).indexOf(department)], piece, entered }
}

/** Returns which rows stay, by where they stood. */
function withoutEmptyRows(holder: unknown, list: string): number[] {
  const rows = Array.from(listOf(valueIn(holder, list)))
  const kept = rows.flatMap((row, index) => (row === undefined || isEmpty(row) ? [] : [index]))
  if (kept.length > 0)
    put(
      holder as Plain,
      [list],
      kept.map((index) => rows[index]),
    )
  else if (rows.length > 0) put(holder as Plain, [list], undefined)
  return kept
}

const valueIn = (holder: unknown, key: string): unknown =>
  typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined

const isSame = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string' && one.trim().toLowerCase() === other.trim().toLowerCase()

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0

function withCause(all: Plain, key: string | null, settings: readonly Setting[]): Edited {
  const node = key === null ? null : nodeOf(all, key)
  if (node === undefined) return GONE
  const under = settings.find(({ path }) => path[0] === 'under')
  const parent = under?.value === undefined ? null : nodeOf(all, under.value)
  if (parent === undefined) return refused(['under'], 'This cause is not there any more')
  const cause = node?.cause ?? {}
  for (const { path, value } of settings) if (path[0] !== 'under') put(cause, path, value)
  cause.key ??= keyFor(cause.name, 'cause', new Set(nodesIn(all).map((other) => other.cause.key)))
  const stays = under === undefined || (node?.parent ?? null) === (parent?.cause ?? null)
  if (!(node && stays)) {
    if (parent && holds(cause, parent.cause)) return refused(['under'], 'It can’t stand under itself')
    if (parent?.cause.origin !== undefined)
      return refused(
        ['under'],
        `${show(parent.cause.name)} says where it arises, which only a cause with nothing under it can: take that away first`,
      )
    if (node) takeOut(node)
    const among = parent ? parent.cause : all
    const list = parent ? 'children' : 'rootCauses'
    among[list] = [...listOf(among[list]), cause]
  }
  const path = nodesIn(all).find((other) => other.cause === cause)?.path ?? []
  return { ok: true, all, base: path, piece: { kind: 'cause', key: String(cause.key) } }
}

const holds = (cause: Plain, other: Plain): boolean =>
  cause === other || nodesIn({ rootCauses: cause.children }).some((below) => below.cause === other)

/** A parent whose last child goes is a leaf again. */
function takeOut({ cause, among, parent }: Node): void {
  among.splice(among.indexOf(cause), 1)
  if (parent && among.length === 0) delete parent.children
}

/** The configuration without a department, or without a root cause and what stands under it. */
export function withoutPiece(before: Plain, piece: Piece): Edited {
  const all = structuredClone(before)
  if (piece.kind === 'department') {
    const departments = departmentsIn(all)
    const left = departments.filter(({ key }) => key !== piece.key)
    if (left.length === departments.length) return GONE
    if (left.length === 0) return refused(null, 'It is the only department. Add another one first.')
    const causes = nodesIn(all).filter(({ cause }) => cause.origin === piece.key)
    if (causes.length > 0) return refused(null, arisesThere(causes))
    all.departments = left
    return { ok: true, all, base: ['departments'], piece }
  }
  const node = piece.kind === 'cause' ? nodeOf(all, piece.key) : undefined
  if (!node) return GONE
  if (!node.parent && node.among.length === 1)
    return refused(null, 'There would be no root cause left. Add another one first.')
  takeOut(node)
  return { ok: true, all, base: ['rootCauses'], piece }
}

function arisesThere(causes: readonly Node[]): string {
  const names = causes.slice(0, 3).map(({ cause }) => show(cause.name))
  const more = causes.length > 3 ? ` and ${causes.length - 3} more` : ''
  return `Root causes say that they arise there: ${names.join(', ')}${more}. Change where those arise first.`
}

/** Faults of the whole configuration, as faults of the piece that stands at `base`, where they were entered. */
export const faultsOfPiece = (faults: readonly Fault[], base: Path, entered: Entered = (path) => path): PieceFault[] =>
  faults.map((fault) => {
    const inside = base.every((part, index) => fault.path[index] === part)
    return inside
      ? { path: entered(fault.path.slice(base.length)), message: fault.message }
      : { path: null, message: faultText(fault) }
  })

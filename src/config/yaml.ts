import { type Document, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, visit, type YAMLMap } from 'yaml'
import type { Path } from './faults.ts'

/** Largest configuration taken, in bytes of UTF-8. */
export const LARGEST_FILE = 1_000_000
/** Each use of an anchor, counted with the uses inside it: stops "billion laughs". */
const MAX_ALIASES = 2_000
/** The largest sensible file (1000 departments, 1000 root causes) stays well below. */
const MAX_NODES = 200_000
const MAX_DEPTH = 40
const TOO_DEEP = 'the file is nested too deeply'

export type YamlResult =
  | {
      readonly ok: true
      /** Plain data. A key without a value (`lead:`) is there with `undefined`, as if it were left out. */
      readonly value: unknown
      /** Where the thing at the path stands in the text; a missing thing stands where its parent does. */
      readonly offsetOf: (path: Path) => number
    }
  | { readonly ok: false; readonly faults: string[] }

/** Reads one YAML document. Syntax faults come with line and column, all of them. */
export function readYaml(text: string): YamlResult {
  const refused = (fault: string): YamlResult => ({ ok: false, faults: [fault] })
  if (Buffer.byteLength(text) > LARGEST_FILE) return refused('the file is larger than 1 MB')
  const lines = new LineCounter()
  const source = text.replace(/^\uFEFF/, '')
  try {
    const document = parseDocument(source, {
      lineCounter: lines,
      prettyErrors: false,
      // Ours looks each key up once; the library's compares every pair, minutes for a large map.
      uniqueKeys: false,
      logLevel: 'error',
    })
    // The parser's own stack ran out: it reports that as one more error for each level.
    if (document.errors.some((error) => /call stack/.test(error.message))) return refused(TOO_DEEP)
    const faults = [...syntaxFaults(document), ...keyAndAliasFaults(document)].sort((a, b) => a.offset - b.offset)
    if (faults.length > 0) return { ok: false, faults: faults.map((fault) => located(lines, fault)) }
    const value = plainCopy(document.toJS({ maxAliasCount: MAX_ALIASES }), { nodes: 0 }, 0)
    return { ok: true, value, offsetOf: offsetsIn(document) }
  } catch (error) {
    if (error instanceof TooMuch) return refused(error.message)
    if (error instanceof RangeError) return refused(TOO_DEEP)
    // The library's own guard against aliases that multiply.
    if (error instanceof ReferenceError) return refused('the file repeats too much through aliases (*name)')
    throw error
  }
}

interface SyntaxFault {
  readonly offset: number
  readonly message: string
}

class TooMuch extends Error {}

function located(lines: LineCounter, fault: SyntaxFault): string {
  const { line, col } = lines.linePos(fault.offset)
  // Line 0: a fault of the empty text.
  return `line ${Math.max(line, 1)}, column ${Math.max(col, 1)}: ${fault.message.replace(/\s+/g, ' ')}`
}

function syntaxFaults(document: Document.Parsed): SyntaxFault[] {
  return [...document.errors, ...document.warnings].map((error) => ({
    offset: error.pos[0],
    message:
      error.code === 'MULTIPLE_DOCS' ? 'a second document begins; one file holds one configuration' : error.message,
  }))
}

function keyAndAliasFaults(document: Document.Parsed): SyntaxFault[] {
  const faults: SyntaxFault[] = []
  const anchors = new Set<string>()
  visit(document, {
    Alias: (_, alias) => {
      if (anchors.has(alias.source)) return
      faults.push({
        offset: alias.range?.[0] ?? 0,
        message: `*${alias.source} stands for nothing: no &${alias.source} before it`,
      })
    },
    Value: (_, node) => {
      if (node.anchor) anchors.add(node.anchor)
      if (!isMap(node)) return
      const seen = new Set<string>()
      for (const { key } of node.items) {
        if (!isScalar(key)) {
          const offset = key !== null && typeof key === 'object' && 'range' in key ? (key.range as number[])[0] : 0
          faults.push({ offset: offset ?? 0, message: 'a key must be a plain word' })
          continue
        }
        const name = String(key.value)
        if (seen.has(name)) {
          faults.push({
            offset: key.range?.[0] ?? 0,
            message: `the key ${JSON.stringify(name)} stands twice in the same map`,
          })
        }
        seen.add(name)
      }
    },
  })
  return faults
}

/** Counts what aliases unfold to, and ends those that hold themselves. */
function plainCopy(value: unknown, seen: { nodes: number }, depth: number): unknown {
  seen.nodes += 1
  if (seen.nodes > MAX_NODES) throw new TooMuch('the file holds too much, or repeats too much through aliases (*name)')
  if (depth > MAX_DEPTH) throw new TooMuch('the file is nested too deeply, or an alias (*name) holds itself')
  if (Array.isArray(value)) return value.map((item) => plainCopy(item, seen, depth + 1))
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, item === null ? undefined : plainCopy(item, seen, depth + 1)]),
  )
}

/** Looks each map's keys up once: a file of 100,000 unknown keys is refused in a second, not in a minute. */
function offsetsIn(document: Document.Parsed): (path: Path) => number {
  const pairs = new Map<YAMLMap, Map<string, Pair>>()
  const pairOf = (map: YAMLMap, key: string): Pair | undefined => {
    const known =
      pairs.get(map) ?? new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair]))
    pairs.set(map, known)
    return known.get(key)
  }
  return (path) => {
    let node: unknown = document.contents
    let offset = 0
    for (const part of path) {
      // Neither map nor list: a scalar, a missing node, or an alias, whose target was written elsewhere but is used here.
      const pair = isMap(node) ? pairOf(node, String(part)) : undefined
      const item = isSeq(node) && typeof part === 'number' ? node.items[part] : undefined
      offset = rangeStart(pair?.key ?? item) ?? offset
      node = pair?.value ?? item
    }
    return offset
  }
}

function rangeStart(node: unknown): number | undefined {
  const range = node !== null && typeof node === 'object' && 'range' in node ? node.range : undefined
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : undefined
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The font that pictures are drawn with; no other is looked for, so that they are the same on every machine. */
export const FAMILY = 'DejaVu Sans'

const require = createRequire(import.meta.url)

const FILES = {
  normal: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
} as const

export const FONT_FILES = Object.values(FILES)

export type Weight = keyof typeof FILES

/** What a font can draw, and how wide. */
interface Face {
  /** In ems; null where it has no glyph. */
  advance(codePoint: number): number | null
}

const faces = new Map<Weight, Face>()

function face(weight: Weight): Face {
  const known = faces.get(weight)
  if (known) return known
  const read = readFace(readFileSync(FILES[weight]))
  faces.set(weight, read)
  return read
}

/** Reads the two tables of a TrueType file that tell which glyph a character has, and how far each glyph reaches. */
function readFace(file: Buffer): Face {
  const tables = new Map<string, number>()
  for (let index = 0; index < file.readUInt16BE(4); index += 1) {
    const at = 12 + index * 16
    tables.set(file.toString('latin1', at, at + 4), file.readUInt32BE(at + 8))
  }
  const table = (name: string): number => tables.get(name) ?? Number.NaN
  const em = file.readUInt16BE(table('head') + 18)
  const lastAdvance = file.readUInt16BE(table('hhea') + 34) - 1
  const glyphs = readGlyphs(file, table('cmap'))
  return {
    advance(codePoint) {
      const glyph = glyphs.get(codePoint)
      return glyph ? file.readUInt16BE(table('hmtx') + Math.min(glyph, lastAdvance) * 4) / em : null
    },
  }
}

/** Characters and their glyphs, from the subtable that holds all of Unicode (format 12). */
function readGlyphs(file: Buffer, cmap: number): ReadonlyMap<number, number> {
  const glyphs = new Map<number, number>()
  for (let index = 0; index < file.readUInt16BE(cmap + 2); index += 1) {
    const at = cmap + file.readUInt32BE(cmap + 4 + index * 8 + 4)
    if (file.readUInt16BE(at) !== 12) continue
    for (let group = 0; group < file.readUInt32BE(at + 12); group += 1) {
      const [first = 0, last = 0, glyph = 0] = [0, 4, 8].map((field) => file.readUInt32BE(at + 16 + group * 12 + field))
      for (let character = first; character <= last; character += 1) glyphs.set(character, glyph + character - first)
    }
  }
  return glyphs
}

export const hasGlyph = (character: string): boolean => face('normal').advance(character.codePointAt(0) ?? 0) !== null

/** About how wide `text` is, in the unit of `size`: kerning and shaping change little. */
export function widthOf(text: string, size: number, weight: Weight = 'normal'): number {
  let ems = 0
  for (const character of text)
    if (!/\p{M}/u.test(character)) ems += face(weight).advance(character.codePointAt(0) ?? 0) ?? 0.6
  return ems * size
}

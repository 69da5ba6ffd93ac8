import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { MOST_BARS, type Picture } from '../../src/complaint/picture.ts'
import { altOf } from '../../src/pictures/alt.ts'
import { widthOf } from '../../src/pictures/font.ts'
import { drawable, setInLines } from '../../src/pictures/names.ts'
import { pngOf } from '../../src/pictures/png.ts'
import { COLOUR, WIDTH } from '../../src/pictures/sheet.ts'
import { svgOf } from '../../src/pictures/svg.ts'
import { naughtyStrings } from '../data/support.ts'
import { anyCharacters } from '../support/anyText.ts'
import { busy, eightWeeks, flawOf, load, none, one, paretoOf, trendOf, twoHundred } from './samples.ts'

const PICTURES: [string, Picture][] = [
  ['the causes of a busy week', busy],
  ['the one cause of a quiet week', one],
  ['no cause at all', none],
  ['two hundred causes', twoHundred],
  ['eight weeks of promises, one without any', eightWeeks],
  ['thirteen weeks of very many promises', trendOf(...Array.from({ length: 13 }, () => [123_456, 234_567] as const))],
  ['no week', trendOf()],
  ['the load of four departments', load],
  ['the weeks of a flaw', flawOf(0, 0, 1, 0, 0, 2, 1, 4)],
  ['a flaw of very many complaints', flawOf(...Array.from({ length: 8 }, () => 123_456))],
  ['the load of nobody', { ...load, departments: [] }],
]

interface Line {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly size: number
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** Every line of text with the place that it takes. */
function linesOf(svg: string): Line[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', text = '']) => {
    const value = (pattern: RegExp): string => pattern.exec(attributes)?.[1] ?? ''
    const size = Number(value(/font-size="([\d.]+)px"/))
    const width = widthOf(unescaped(text), size, value(/font-weight="(\w+)"/) === 'bold' ? 'bold' : 'normal')
    const anchor = value(/text-anchor="(\w+)"/)
    const left =
      Number(value(/translate\(([-\d.]+),/)) - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
    return { text: unescaped(text), left, right: left + width, size }
  })
}

/** Looks into a PNG as a viewer does: its size, and its pixels unpacked. */
function decoded(png: Uint8Array): { width: number; height: number; bytes: number } {
  const file = Buffer.from(png)
  expect(file.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n')
  const parts: Buffer[] = []
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  return {
    ...{ width: file.readUInt32BE(16), height: file.readUInt32BE(20) },
    bytes: inflateSync(Buffer.concat(parts)).length,
  }
}

const heightOf = (svg: string): number => Number(/<svg [^>]*height="(\d+)"/.exec(svg)?.[1])

describe('a picture', () => {
  test.each(PICTURES)('of %s is drawn, the same each time, and said in words', async (_, picture) => {
    const svg = await svgOf(picture)
    expect(await svgOf(picture)).toBe(svg)
    expect(`${altOf(picture)}\n\n${svg.replaceAll('><', '>\n<')}`).toMatchSnapshot()
  })

  test.each(PICTURES)('of %s is legible at the width of a phone', async (_, picture) => {
    const svg = await svgOf(picture)
    expect(svg).toContain(`viewBox="0 0 ${WIDTH} `)
    for (const { text, left, right, size } of linesOf(svg)) {
      expect(size, text).toBeGreaterThanOrEqual(11)
      expect(left, text).toBeGreaterThanOrEqual(0)
      expect(right, text).toBeLessThanOrEqual(WIDTH)
    }
  })

  test.each(PICTURES)('of %s is a PNG of three pixels to a unit', async (_, picture) => {
    const svg = await svgOf(picture)
    const { width, height, bytes } = decoded(pngOf(svg))
    expect({ width, height }).toEqual({ width: 1080, height: heightOf(svg) * 3 })
    expect(bytes).toBeGreaterThanOrEqual(height * width)
  })

  it('has a background of its own', async () => {
    expect(await svgOf(busy)).toContain(`fill="${COLOUR.paper}"`)
  })

  it('has colours with enough contrast on it', () => {
    const { paper, ink, faint, blue, vermilion } = COLOUR
    for (const text of [ink, faint]) expect(contrast(text, paper)).toBeGreaterThan(4.5)
    for (const line of [blue, vermilion]) expect(contrast(line, paper)).toBeGreaterThan(3)
    expect(contrast(COLOUR.sky, vermilion)).toBeGreaterThan(2.5)
  })
})

function contrast(one: string, other: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe('names', () => {
  test.each([
    ['Defective part', 'Defective part'],
    ['  two \n lines\t', 'two lines'],
    ['🔥 Overheating 🔥', 'Overheating'],
    ['عيب في الصمام', 'عيب في الصمام'],
    ['חלק פגום', 'חלק פגום'],
    ['Ventil undicht, größer', 'Ventil undicht, größer'],
    ['клапан не подходит', 'клапан не подходит'],
    ['\u202eevlav', 'evlav'],
    ['Z̸̡̢̛͚̙̱a̶̢͠lgo', 'Z̡̢a̢͠lgo'],
    ['日本製 valve 3000', '… valve 3000'],
    ['部品の欠陥', null],
    ['👩‍👩‍👧‍👦', null],
    ['\u200b\ufeff', null],
    ['', null],
    ['\ud800 lone', 'lone'],
  ])('%j is drawn as %j', (name, drawn) => {
    expect(drawable(name)?.normalize('NFD') ?? null).toBe(drawn?.normalize('NFD') ?? null)
  })

  it('that can not be drawn point to the text', async () => {
    const svg = await svgOf(
      paretoOf([
        ['Poor design', 2],
        ['部品の欠陥', 1],
      ]),
    )
    expect(linesOf(svg).map(({ text }) => text)).toContain('Cause 2, named in the text')
    expect(altOf(paretoOf([['部品の欠陥', 1]]))).toContain('部品の欠陥 1, 100%')
  })

  test.each([
    ['short', ['short']],
    ['Part number transposed at order entry', ['Part number', 'transposed…']],
    ['Kurbelwellenpositionssensor', ['Kurbelwellenp', 'ositionssens…']],
    ['a Kurbelwellenpositionssensor', ['a Kurbelwelle', 'npositionss…']],
  ])('%j is set in two lines of 100', (name, lines) => {
    const set = setInLines(name, { width: 100, size: 14, lines: 2 })
    expect(set).toEqual(lines)
    for (const line of set) expect(widthOf(line, 14)).toBeLessThanOrEqual(100)
  })

  const typed = fc.oneof(
    anyCharacters(300),
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.constantFrom(
      '<script>alert(1)</script>',
      '</text>',
      '&amp;',
      ']]>',
      '"',
      "'",
      '{datum.x}',
      '{{signal}}',
      '__proto__',
    ),
  )
  const holdsUp = async (picture: Picture, { painted }: { painted: boolean }): Promise<void> => {
    const svg = await svgOf(picture)
    expect(svg).not.toMatch(/<script|�/)
    for (const { text, left, right } of linesOf(svg)) {
      expect(left, text).toBeGreaterThanOrEqual(0)
      expect(right, text).toBeLessThanOrEqual(WIDTH)
    }
    if (painted) expect(decoded(pngOf(svg)).width).toBe(1080)
    expect(altOf(picture).length).toBeLessThanOrEqual(2000)
    expect(altOf(picture)).not.toMatch(/\p{Cc}|\p{Cs}/u)
  }
  const loadOf = (names: readonly string[]): Picture => ({
    ...load,
    departments: names.map((name, index) => ({ name, open: index * 99, overdue: index, unowned: index })),
  })
  const ofAll = (names: readonly string[]): Picture[] => [
    paretoOf(
      names.map((name, index) => [name, 1_000_000 - index * 1000]),
      names[0] ?? null,
    ),
    loadOf(names),
  ]

  it('whatever people call things, it is drawn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(typed, { minLength: 1, maxLength: 9 }), async (names) => {
        for (const picture of ofAll(names)) await holdsUp(picture, { painted: true })
      }),
      { numRuns: 4 },
    )
  })

  it('the naughty ones, too', async () => {
    const naughty = naughtyStrings().map((name) => name.slice(0, 300))
    const most = MOST_BARS.departments
    // To paint one takes half a second.
    for (let at = 0; at < naughty.length; at += most)
      await holdsUp(loadOf(naughty.slice(at, at + most)), { painted: at % (10 * most) === 0 })
  }, 120_000)
})

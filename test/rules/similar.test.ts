import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockingKeys, coreOf, keysOfSimilar, typosBetween, unlikenessTo } from '../../src/complaint/similar.ts'
import { anyCharacters } from '../support/anyText.ts'

const DATA = new URL('../../../shared/data/', import.meta.url)
const hasData = existsSync(DATA)
const read = (file: string): string => readFileSync(new URL(file, DATA), 'utf8')

const unlikeness = (one: string, other: string) => unlikenessTo(one)(other)

const isFound = (stored: string, asked: string): boolean => {
  const keys = new Set(keysOfSimilar(asked))
  return blockingKeys(stored).some((key) => keys.has(key))
}

describe('names that may be one customer’s', () => {
  it.each<[string, string, number]>([
    ['Acme Corp', 'Acme Corporation', 0],
    ['Acme', 'ACME, Inc.', 0],
    ['Acme GmbH', 'Acme Ltd.', 0],
    ['Müller GmbH & Co. KG', 'Muller', 0],
    ['Müller', 'Mueller', 1],
    ['The Kettle Company', 'Kettle Co.', 0],
    ['Harrow & Sons', 'Harrow and Sons', 0],
    ['U.S. Bancorp', 'US BANCORP', 0],
    ['Citibank, N.A.', 'Citibank', 0],
    ['Herbert P. Sears Co., Inc.', 'Herbert P Sears', 0],
    ['Chrysler (FCA US LLC)', 'CHRYSLER GROUP LLC', 0],
    ['GENERAL MOTORS CORP.', 'General Motors LLC', 0],
    ['General Motors', 'Genral Motors', 1],
    ['General Motors', 'General Motor', 1],
    ['General Motors Works', 'Genearl Mtoors Works', 2],
    ['Smith, John', 'John Smith', 0],
    ['Kettle Vance', 'KettleVance', 0],
    ['Orchard Heating Supply', 'Orchid Heating Supply', 2],
    ['O’Brien Plumbing', "O'Brien Plumbing", 0],
    ['日本電気株式会社', '日本電気', 0],
    ['ООО Ромашка', 'Ромашка', 0],
    ['Société Générale S.A.', 'Societe Generale', 0],
    ['Plant 12 Ltd', 'Plant 12', 0],
    ['McDonald’s', 'McDonalds Corp', 0],
  ])('%s and %s, %i typos', (one, other, typos) => {
    expect(unlikeness(one, other)).toBe(typos)
    expect(unlikeness(other, one)).toBe(typos)
    expect(isFound(one, other)).toBe(true)
    expect(isFound(other, one)).toBe(true)
  })

  it.each([
    ['Acme', 'Acne'],
    ['Acme', 'Apex'],
    ['Plant 1', 'Plant 2'],
    ['Store #12', 'Store #21'],
    ['General Motors', 'General Mills'],
    ['Hyundai Motor America', 'Hyundai Motor Company'],
    ['General Motors', 'General Motors Financial Company, Inc.'],
    ['Citibank', 'Regions Bank'],
    ['日本電気', '日本電信'],
    ['Honda', 'Mazda'],
    ['Orchard Heating', 'Orchid Heating'],
    ['👍', '👎'],
    ['👍', '👍👍'],
    ['Acme', ''],
  ])('%s and %s are two', (one, other) => {
    expect(unlikeness(one, other)).toBeNull()
    expect(unlikeness(other, one)).toBeNull()
  })

  it.each([
    ['The Company', 'the'],
    ['Group Holding Inc.', 'groupholdinginc'],
    ['(Kansas)', 'kansas'],
    ['(Kansas) Inc.', 'kansas'],
    ['***', ''],
    ['Berlin-Wheeler, Inc. (Kansas)', 'berlinwheeler'],
  ])('the core of %s is %j: something is always left', (name, core) => {
    expect(coreOf(name)).toBe(core)
  })

  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['abc', 'ab', 1],
    ['abc', 'xbc', 1],
    ['abcd', 'badc', 2],
    ['kitten', 'sitting', 3],
    ['abc', 'wxyz', 3],
  ])('from %j to %j it is %i typos, three at most', (one, other, typos) => {
    expect(typosBetween([...one], [...other], 2)).toBe(typos)
  })

  it('are found by their keys, whatever the typos', () => {
    const letter = fc.constantFrom(...'abcdé12日')
    const core = fc.array(letter, { minLength: 1, maxLength: 24 })
    const typo = fc.record({ at: fc.nat(24), how: fc.constantFrom('in', 'out', 'other', 'swap'), letter })
    const withTypo = (
      letters: readonly string[],
      { at, how, letter: by }: { at: number; how: string; letter: string },
    ) => {
      const place = at % letters.length
      const [left, here, right] = [letters.slice(0, place), letters[place] ?? '', letters.slice(place + 1)]
      if (how === 'in') return [...left, by, here, ...right]
      if (how === 'out') return [...left, ...right]
      if (how === 'other') return [...left, by, ...right]
      return [...left, ...right.slice(0, 1), here, ...right.slice(1)]
    }
    let similar = 0
    fc.assert(
      fc.property(core, fc.array(typo, { maxLength: 3 }), (letters, typos) => {
        const other = typos.reduce<readonly string[]>((so, one) => (so.length > 0 ? withTypo(so, one) : so), letters)
        const [name, written] = [letters.join(''), other.join('')]
        const unlike = unlikeness(name, written)
        expect(unlikeness(written, name)).toBe(unlike)
        if (unlike === null) return
        similar += 1
        expect(isFound(name, written), `${name} by ${written}`).toBe(true)
        expect(isFound(written, name), `${written} by ${name}`).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(similar).toBeGreaterThan(75)
  })

  it('are not even looked at where their digits differ', () => {
    expect(isFound('Flat 12, Linden Court', 'Flat 12 Linden Curt')).toBe(true)
    for (const other of ['Flat 14 Linden Court', 'Flat Linden Court', 'Flat 120 Linden Court'])
      expect(isFound('Flat 12 Linden Court', other), other).toBe(false)
  })

  it('of very many digits are found, and cut between characters', () => {
    for (const name of ['𐒠'.repeat(50), `1${'𐒠'.repeat(50)}`, `Flat ${'7'.repeat(300)}`]) {
      expect(isFound(name, `${name} Ltd`)).toBe(true)
      for (const key of blockingKeys(name)) expect(key).not.toMatch(/\p{Cs}/u)
    }
  })

  it('are few keys, short ones, for any string', () => {
    fc.assert(
      fc.property(anyCharacters(400), (name) => {
        for (const key of [...blockingKeys(name), ...keysOfSimilar(name)]) {
          expect(key.length).toBeLessThan(300)
          // Half a character is refused by the database, and the complaint with it.
          expect(key).not.toMatch(/\p{Cs}/u)
        }
        expect(blockingKeys(name).length).toBeLessThanOrEqual(6)
        expect(keysOfSimilar(name).length).toBeLessThanOrEqual(130)
        expect(unlikeness(name, name)).toBe(coreOf(name) === '' ? null : 0)
      }),
    )
  })
})

describe.skipIf(!hasData)('real names', () => {
  const companies = (): string[] => [
    ...new Set(
      read('complaints.jsonl')
        .trim()
        .split('\n')
        .flatMap((line) => (JSON.parse(line) as { company: string | null }).company ?? []),
    ),
  ]

  it('of companies: the same ones are seen, and no others', () => {
    const names = companies()
    expect(names.length).toBeGreaterThan(70)
    const seen = names.flatMap((one, index) =>
      names.slice(index + 1).flatMap((other) => (unlikeness(one, other) === null ? [] : [[coreOf(one), one, other]])),
    )
    expect(new Set(seen.map(([core]) => core))).toEqual(
      new Set(['fordmotor', 'generalmotors', 'chrysler', 'toyotamotor', 'hyundaimotor', 'honda', 'subaruamerica']),
    )
    for (const [, one = '', other = ''] of seen) expect(isFound(one, other)).toBe(true)
  })

  it('that break software harm nothing', () => {
    const naughty: string[] = JSON.parse(read('naughty-strings.json'))
    for (const name of naughty) {
      expect(unlikeness(name, name)).toBe(coreOf(name) === '' ? null : 0)
      if (coreOf(name) !== '') expect(isFound(name, `${name} Inc`)).toBe(true)
      for (const key of blockingKeys(name)) expect(Buffer.byteLength(key)).toBeLessThan(2_000)
    }
  })
})

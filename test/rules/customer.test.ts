import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { customerKey } from '../../src/complaint/customer.ts'
import { checkReport, checkText, hasWords, TEXT_LIMITS, type TextField } from '../../src/complaint/words.ts'
import { anyText } from '../support/anyText.ts'
import { REPORT } from './given.ts'

describe('two spellings of one customer', () => {
  it.each([
    ['case', 'ACME Ltd', 'acme ltd'],
    ['white space between', 'Acme  Ltd', 'AcmeLtd'],
    ['white space around', '  Acme\t\n', 'Acme'],
    ['a space that does not break', 'Acme\u00a0Ltd', 'Acme Ltd'],
    ['an ideographic space', '日本\u3000電気', '日本電気'],
    ['a space of no width', 'Ac\u200bme', 'Acme'],
    ['a joiner of no width', 'Ac\u200dme', 'Acme'],
    ['a soft hyphen', 'Ac\u00adme', 'Acme'],
    ['a byte order mark', '\ufeffAcme', 'Acme'],
    ['marks of direction', '\u202eAcme\u202c', 'Acme'],
    ['a variation selector', 'Acme\ufe0f', 'Acme'],
    ['a control character', 'Ac\u0000me\u0007', 'Acme'],
    ['composed and decomposed', 'Caf\u00e9', 'Cafe\u0301'],
    ['full width', 'ＡＣＭＥ', 'acme'],
    ['a ligature', 'ﬁne', 'fine'],
    ['half-width katakana', 'ｶﾞｽ', 'ガス'],
    ['Cyrillic case', 'ГАЗПРОМ', 'Газпром'],
    ['Greek case, one word', 'ΟΔΟΣ', 'οδος'],
    ['Greek case, two words: a final sigma inside', 'ΟΔΟΣ ΑΒΓ', 'Οδος Αβγ'],
    ['German case: a sharp s has two letters for a capital', 'STRASSE', 'Straße'],
    ['Turkish case: a dotted capital I', 'İSTANBUL', 'istanbul'],
    ['an accent behind what does not show', 'Cafe\u200b\u0301', 'Café'],
  ])('differ in %s', (_, one, other) => {
    expect(customerKey(one)).toBe(customerKey(other))
    expect(customerKey(one)).not.toBe('')
  })

  it.each([
    ['Acme', 'Acne'],
    ['Acme', 'Acme 2'],
    ['Acme', 'Acmé'],
    ['Acme & Co', 'Acme Co'],
    ['A-1', 'A1'],
    ['👩', '👨'],
    ['日本', '中国'],
  ])('%s and %s are two customers', (one, other) => {
    expect(customerKey(one)).not.toBe(customerKey(other))
  })

  it('is short and whole however long the name is', () => {
    for (const name of ['a'.repeat(100_000), '😀'.repeat(5_000), `a${'😀'.repeat(5_000)}`, '\ufdfa'.repeat(5_000)]) {
      const key = customerKey(name)
      expect(key.length).toBeLessThanOrEqual(400)
      expect(key.isWellFormed()).toBe(true)
      expect(Buffer.byteLength(key)).toBeLessThan(2_700)
    }
  })

  it('looks at what shows, however much stands before it that does not', () => {
    expect(customerKey(`${'\u200b'.repeat(10_000)}Acme`)).toBe('acme')
  })

  it('takes half a character', () => {
    expect(customerKey('Acme \ud83d').isWellFormed()).toBe(true)
  })

  it('is its own key, and does not see white space or case in the Latin alphabet', () => {
    const word = fc.string({ unit: fc.constantFrom(...'aZéÖñ1-&.'), minLength: 1 })
    const gap = fc.string({ unit: fc.constantFrom(' ', '\t', '\u00a0', '\u200b', '\u2060', '\n') })
    fc.assert(
      fc.property(fc.array(fc.tuple(word, gap)), (parts) => {
        const name = parts.flat().join('')
        const key = customerKey(parts.map(([letters]) => letters).join(''))
        for (const spelling of [name, name.toUpperCase(), name.toLowerCase(), name.normalize('NFD'), key])
          expect(customerKey(spelling)).toBe(key)
      }),
    )
  })

  it('never fails and never grows', () => {
    fc.assert(
      fc.property(anyText(0, 60), (name) => {
        const key = customerKey(name)
        expect(key.length).toBeLessThanOrEqual(400)
        expect(key).not.toMatch(/\p{White_Space}|\p{Default_Ignorable_Code_Point}|\p{Cc}/u)
      }),
    )
  })
})

describe('hasWords', () => {
  it.each(['a', ' a ', '\u200ba', '0', '-', '.', '👍', '日', 'é', '\u0301e'])('sees %j', (text) => {
    expect(hasWords(text)).toBe(true)
  })

  it.each([
    null,
    '',
    ' ',
    '\n\t\r',
    '\u00a0',
    '\u200b\u200c\u200d\u2060\ufeff',
    '\u3000',
    '\u00ad',
    '\u0000',
    '\u3164',
    '\uffa0',
    '\u{e0020}',
    '\u2800',
  ])('sees nothing in %j', (text) => {
    expect(hasWords(text)).toBe(false)
  })
})

describe('the longest each text may be', () => {
  it.each(Object.entries(TEXT_LIMITS) as [TextField, number][])('%s: %i', (field, limit) => {
    expect(checkText(field, 'a'.repeat(limit), true)).toBeNull()
    expect(checkText(field, 'a'.repeat(limit + 1), true)).toEqual({ kind: 'too-long', field, limit })
    expect(checkText(field, 'a'.repeat(limit + 1), false)).toEqual({ kind: 'too-long', field, limit })
    expect(checkText(field, ' ', true)).toEqual({ kind: 'missing', field })
    expect(checkText(field, ' ', false)).toBeNull()
    expect(checkText(field, null, true)).toEqual({ kind: 'missing', field })
    expect(checkText(field, null, false)).toBeNull()
  })

  it("are PRODUCT's", () => {
    expect(TEXT_LIMITS).toMatchObject({ customer: 120, words: 3000, tried: 3000, contact: 200, reference: 200 })
  })

  it('of a report are checked together', () => {
    expect(checkReport(REPORT)).toEqual([])
    expect(checkReport({ ...REPORT, customer: '', words: '', tried: ' ' })).toEqual([
      { kind: 'missing', field: 'customer' },
      { kind: 'missing', field: 'words' },
    ])
  })
})

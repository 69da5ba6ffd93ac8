import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { referencesIn } from '../../src/complaint/references.ts'
import { anyText } from '../support/anyText.ts'

const keys = (field: string | null) => referencesIn(field).map(({ key }) => key)

describe('parts and sites in "Site, order or part"', () => {
  it.each<[string | null, string[]]>([
    [null, []],
    ['', []],
    ['KV-220', ['kv220']],
    ['kv 220', ['kv220']],
    [' KV–220. ', ['kv220']],
    ['KV-220, lot 0618', ['kv220']],
    ['Part no. KV-220', ['kv220']],
    ['PN 4711', ['4711']],
    ['P/N: 4711', ['4711']],
    ['SKU#4711', ['4711']],
    ['part number 4711; Pump house 2', ['4711', 'pumphouse2']],
    ['Block C, GV-50', ['blockc', 'gv50']],
    ['Site: Harbour North', ['harbournorth']],
    ['KV-220, flat 14, KV 220', ['kv220', 'flat14']],
    // What belongs to one purchase, or is a batch of a part, is no part.
    ['Order 48102', []],
    ['Purchase order no. 7', []],
    ['Invoice 7719', []],
    ['lot 0611', []],
    ['S/N 12345', []],
    ['RMA 5', []],
    // A word that only begins like one of those is one of its own.
    ['Orderly Street 5', ['orderlystreet5']],
    ['Lottery hall', ['lotteryhall']],
    ['A1', []],
    ['Größe XL', ['größexl']],
    ['ＫＶ－２２０', ['kv220']],
    ['<!channel>', ['channel']],
  ])('%j', (field, found) => {
    expect(keys(field)).toEqual(found)
  })

  it('are called as they were written', () => {
    expect(referencesIn('part no. KV-220, Pump house 2')).toEqual([
      { key: 'kv220', name: 'KV-220' },
      { key: 'pumphouse2', name: 'Pump house 2' },
    ])
  })

  it('of any text are few, short, and found again by their own names', () => {
    fc.assert(
      fc.property(anyText(0, 200), (field) => {
        const found = referencesIn(field)
        expect(found.length).toBeLessThanOrEqual(5)
        for (const { key, name } of found) {
          expect(key.length).toBeLessThanOrEqual(100)
          expect(key).toMatch(/^[\p{L}\p{N}\uFFFD]{3,}$/u)
          expect(name.length).toBeLessThanOrEqual(100)
        }
      }),
    )
  })
})

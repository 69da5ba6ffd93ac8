import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalsOf, LARGEST_AMOUNT, moneyWords, readAmount, timesOver, unitsOf } from '../../src/complaint/money.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'

const read = (typed: string, currency = 'USD'): number | Refusal['kind'] => {
  const result = readAmount(typed, currency)
  return result.ok ? result.amount : result.refusal.kind
}

describe('an amount that is typed', () => {
  it.each<[typed: string, currency: string, amount: number]>([
    ['120', 'USD', 12_000],
    ['1,200.50', 'USD', 120_050],
    ['1,200', 'USD', 120_000],
    ['1200.5', 'USD', 120_050],
    ['1 200,50', 'USD', 120_050],
    ['1.200,50', 'EUR', 120_050],
    ['1’200.50', 'CHF', 120_050],
    ["1'200.50", 'CHF', 120_050],
    ['1\u00a0200,50', 'EUR', 120_050],
    ['1\u202f200,5', 'EUR', 120_050],
    ['1.200.000', 'EUR', 120_000_000],
    ['12,5', 'EUR', 1_250],
    ['.50', 'USD', 50],
    ['0.01', 'USD', 1],
    ['007', 'USD', 700],
    ['+5', 'USD', 500],
    ['$1,200', 'USD', 120_000],
    ['1200 usd', 'USD', 120_000],
    ['USD 1200', 'USD', 120_000],
    ['€50', 'EUR', 5_000],
    ['50€', 'EUR', 5_000],
    ['£ 3.99', 'GBP', 399],
    ['CA$5', 'CAD', 500],
    ['$5', 'CAD', 500],
    ['１，２００', 'USD', 120_000],
    ['1,200', 'JPY', 1_200],
    ['F\u202fCFA 1200', 'XOF', 1_200],
    ['1 200 F CFA', 'XOF', 1_200],
    ['¥1200', 'JPY', 1_200],
    ['1.2345', 'KWD', Number.NaN],
    ['1.23', 'KWD', 1_230],
    ['1,200.500', 'KWD', 1_200_500],
    ['999,999,999.99', 'USD', 99_999_999_999],
    ['1,000,000,000', 'USD', 100_000_000_000],
  ])('%s in %s', (typed, currency, amount) => {
    expect(read(typed, currency)).toEqual(Number.isNaN(amount) ? 'not-an-amount' : amount)
  })

  it.each<[typed: string, currency: string, kind: Refusal['kind']]>([
    ['abc', 'USD', 'not-an-amount'],
    ['', 'USD', 'not-an-amount'],
    ['$', 'USD', 'not-an-amount'],
    ['1e9', 'USD', 'not-an-amount'],
    ['0x10', 'USD', 'not-an-amount'],
    ['Infinity', 'USD', 'not-an-amount'],
    ['NaN', 'USD', 'not-an-amount'],
    ['5 or 6', 'USD', 'not-an-amount'],
    ['about 50', 'USD', 'not-an-amount'],
    ['50%', 'USD', 'not-an-amount'],
    ['€50', 'USD', 'not-an-amount'],
    ['50 GBP', 'USD', 'not-an-amount'],
    // Twelve hundred, or one and a fifth?
    ['1.200', 'USD', 'not-an-amount'],
    ['1.200', 'JPY', 'not-an-amount'],
    ['1,200', 'KWD', 'not-an-amount'],
    ['5.005', 'USD', 'not-an-amount'],
    ['1200.50', 'JPY', 'not-an-amount'],
    ['1,20,000', 'USD', 'not-an-amount'],
    ['1,2,3', 'USD', 'not-an-amount'],
    ['1..5', 'USD', 'not-an-amount'],
    ['1.200.50', 'USD', 'not-an-amount'],
    ['5.', 'USD', 'not-an-amount'],
    ['٥٠', 'USD', 'not-an-amount'],
    ['5\n6', 'USD', 'not-an-amount'],
    ['=1+1', 'USD', 'not-an-amount'],
    ['-5', 'USD', 'amount-not-positive'],
    ['−5', 'USD', 'amount-not-positive'],
    ['$-5', 'USD', 'amount-not-positive'],
    ['-$5', 'USD', 'amount-not-positive'],
    ['0', 'USD', 'amount-not-positive'],
    ['0.00', 'USD', 'amount-not-positive'],
    ['1,000,000,001', 'USD', 'amount-too-large'],
    ['9'.repeat(40), 'USD', 'amount-too-large'],
  ])('%s in %s is refused', (typed, currency, kind) => {
    expect(read(typed, currency)).toBe(kind)
  })

  it('reads back what is written, to the smallest unit, in every currency', () => {
    const currencies = fc.constantFrom(...Intl.supportedValuesOf('currency'))
    fc.assert(
      fc.property(currencies, fc.nat(Number.MAX_SAFE_INTEGER), (currency, any) => {
        const amount = 1 + (any % (LARGEST_AMOUNT * 10 ** decimalsOf(currency)))
        const written = moneyWords(amount, currency)
        const result = readAmount(written, currency)
        // What could be meant otherwise is not guessed at.
        if (!result.ok) expect(written.replace(/[^\d.,]/g, '')).toMatch(/^\d{1,3}[.,]\d{3}$/)
        else expect(result.amount).toBe(amount)
      }),
    )
  })

  it('never makes anything but a whole number above nothing', () => {
    const typed = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789.,' -$€e") }))
    fc.assert(
      fc.property(typed, (text) => {
        const result = readAmount(text, 'USD')
        if (result.ok) expect(Number.isSafeInteger(result.amount) && result.amount > 0).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('an amount', () => {
  it.each([
    [0, 'USD', '$0.00'],
    [5, 'USD', '$0.05'],
    [120_050, 'USD', '$1,200.50'],
    [120_050, 'EUR', '€1,200.50'],
    [1_200, 'JPY', '¥1,200'],
    [1_200_500, 'KWD', 'KWD\u00a01,200.500'],
    [99_999_999_999, 'USD', '$999,999,999.99'],
  ])('%d of %s is %s', (amount, currency, words) => {
    expect(moneyWords(amount, currency)).toBe(words)
  })

  it.each([
    [500, 2, 'USD', 100_000],
    [500, 1.1, 'USD', 55_000],
    [333, 1.1, 'USD', 36_630],
    [5, 1.5, 'JPY', 7],
    [1, 1.005, 'USD', 100],
    [0, 2, 'USD', 0],
    [2_147_483_647, 100, 'KWD', 214_748_364_700_000],
  ])('%d, %d times over in %s, is no more than that', (units, factor, currency, amount) => {
    expect(timesOver(units, factor, currency)).toBe(amount)
    expect(unitsOf(units, currency)).toBe(units * 10 ** decimalsOf(currency))
  })
})

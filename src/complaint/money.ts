import type { Refusal } from './refusals.ts'

/*
 * Amounts are whole numbers of a currency's smallest unit: cents of USD, yen of JPY. No arithmetic on fractions.
 */

/** What is typed, read as an amount, or why it can't be. */
export type ReadAmount =
  | { readonly ok: true; readonly amount: number }
  | { readonly ok: false; readonly refusal: Refusal }

/** Most that is taken, in whole units of the currency: more is a slip of the finger. */
export const LARGEST_AMOUNT = 1_000_000_000

const formats = new Map<string, Intl.NumberFormat>()

function formatOf(currency: string): Intl.NumberFormat {
  const known = formats.get(currency)
  if (known) return known
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency })
  formats.set(currency, format)
  return format
}

/** How many decimals a currency has: 2 for USD, none for JPY. */
export const decimalsOf = (currency: string): number => formatOf(currency).resolvedOptions().maximumFractionDigits ?? 2

const smallestIn = (currency: string): number => 10 ** decimalsOf(currency)

/** Whole units of a currency as an amount. */
export const unitsOf = (units: number, currency: string): number => units * smallestIn(currency)

/** An amount as people read it: "$1,200.50". */
export const moneyWords = (amount: number, currency: string): string =>
  formatOf(currency).format(amount / smallestIn(currency))

/** A whole number of units, so many times over, as an amount: never more than that, and no less for a fraction's sake. */
export const timesOver = (units: number, factor: number, currency: string): number =>
  Math.floor(Number((unitsOf(units, currency) * factor).toPrecision(15)))

/** A number as it is typed in this currency, for people to go by. */
export const exampleIn = (currency: string): string =>
  decimalsOf(currency) === 0 ? '1,200' : `1,200.50${'0'.repeat(decimalsOf(currency) - 2)}`

/**
 * Reads what somebody typed into "Amount": `1,200.50`, `1 200,5`, `$1200`, `1200 USD`. Where it could mean two amounts
 * (`1.200`), or is in another currency, it is not guessed at.
 */
export function readAmount(typed: string, currency: string): ReadAmount {
  const refuse = (refusal: Refusal): ReadAmount => ({ ok: false, refusal })
  const unclear: Refusal = { kind: 'not-an-amount', field: 'amount', currency }
  const text = withoutSymbol(typed.normalize('NFKC').trim(), currency)
  const [, sign, body = ''] = /^([-−–+]?)\s*(.*)$/su.exec(text) ?? []
  const parts = numberIn(body, decimalsOf(currency))
  if (!parts) return refuse(unclear)
  const { whole, fraction } = parts
  if (whole.length > 15 || Number(whole) > LARGEST_AMOUNT) return refuse({ kind: 'amount-too-large', field: 'amount' })
  const amount = unitsOf(Number(whole), currency) + Number(fraction.padEnd(decimalsOf(currency), '0') || '0')
  if (amount === 0 || (sign !== '' && sign !== '+')) return refuse({ kind: 'amount-not-positive', field: 'amount' })
  return { ok: true, amount }
}

const symbols = new Map<string, readonly string[]>()

/** How a currency is written, the longest first. */
function symbolsOf(currency: string): readonly string[] {
  const known = symbols.get(currency)
  if (known) return known
  const shown = (currencyDisplay: 'symbol' | 'narrowSymbol', locale: string) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay })
      .formatToParts(0)
      .find(({ type }) => type === 'currency')?.value
  const all = [currency, shown('symbol', 'en'), shown('symbol', 'en-US'), shown('narrowSymbol', 'en-US')]
  const written = all.filter((one) => one !== undefined).map((one) => one.normalize('NFKC'))
  const sorted = [...new Set(written)].sort((a, b) => b.length - a.length)
  symbols.set(currency, sorted)
  return sorted
}

/** Without the currency's own code or symbol before or after the number; a sign may stand before it. */
function withoutSymbol(text: string, currency: string): string {
  for (const symbol of symbolsOf(currency)) {
    const [, sign = '', rest = ''] = /^([-−–+]?)\s*(.*)$/su.exec(text) ?? []
    if (rest.toUpperCase().startsWith(symbol.toUpperCase())) return `${sign}${rest.slice(symbol.length).trim()}`
    if (rest.toUpperCase().endsWith(symbol.toUpperCase())) return `${sign}${rest.slice(0, -symbol.length).trim()}`
  }
  return text
}

/** Digits with thousands set apart, and decimals: by point or comma, whichever is not the other. */
function numberIn(body: string, decimals: number): { whole: string; fraction: string } | null {
  const plain = (whole: string, fraction = '') => ({ whole: whole.replace(/\D/g, ''), fraction })
  // A lone group after a point, or after a comma where there are three decimals, may be either.
  if (decimals === 3 ? /^\d{1,3}[.,]\d{3}$/.test(body) : /^\d{1,3}\.\d{3}$/.test(body)) return null
  if (/^\d+$/.test(body) || /^\d{1,3}(?:([.,'’ ])\d{3})(?:\1\d{3})*$/.test(body)) return plain(body)
  const [, whole, mark, fraction = ''] = /^(.*?)([.,])(\d+)$/.exec(body) ?? []
  if (whole === undefined || mark === undefined || fraction.length > decimals) return null
  const grouped =
    mark === '.' ? /^(?:\d*|\d{1,3}(?:([,'’ ])\d{3})(?:\1\d{3})*)$/ : /^(?:\d*|\d{1,3}(?:([.'’ ])\d{3})(?:\1\d{3})*)$/
  return grouped.test(whole) ? plain(whole === '' ? '0' : whole, fraction) : null
}

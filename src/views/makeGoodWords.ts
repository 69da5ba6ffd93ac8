import type { Given } from '../complaint/events.ts'
import { grantedOn } from '../complaint/makingGood.ts'
import { moneyWords } from '../complaint/money.ts'
import type { Complaint } from '../complaint/types.ts'
import { MAKE_GOOD } from './words.ts'

/** "a refund of $310.00", "a replacement", "a replacement worth $40.00". */
export function givenWords({ how, amount, currency }: Pick<Given, 'how' | 'amount' | 'currency'>): string {
  const what = `a ${MAKE_GOOD[how].toLowerCase()}`
  if (amount === null) return what
  return `${what} ${how === 'refund' || how === 'credit' ? 'of' : 'worth'} ${moneyWords(amount, currency)}`
}

/** What was granted on a complaint: "$310.00, replacement"; null where nothing was. */
function granted(complaint: Complaint): string | null {
  const { sums, unpriced } = grantedOn(complaint)
  const parts = [
    ...[...sums].map(([currency, amount]) => moneyWords(amount, currency)),
    ...[...unpriced].map((how) => MAKE_GOOD[how].toLowerCase()),
  ]
  return parts.length === 0 ? null : parts.join(', ')
}

const waiting = ({ makeGoods }: Complaint): string[] =>
  makeGoods.filter(({ state }) => state === 'asked').map((one) => givenWords({ ...one, how: one.kind }))

const isAre = (waiting: readonly string[]): string => (waiting.length === 1 ? 'waits' : 'wait')

/** The ledger of a complaint in a few words, for its card. */
export function ledgerWords(complaint: Complaint): string {
  const asked = waiting(complaint)
  const open = asked.length === 0 ? [] : [`${asked.join(', ')} ${isAre(asked)} for an answer`]
  return [granted(complaint) ?? 'Nothing granted', ...open].join(' · ')
}

/** How "Made good" stands to the ledger, where it is chosen. */
export function ledgerHint(complaint: Complaint): string {
  const sum = granted(complaint)
  const asked = waiting(complaint)
  const known = sum === null ? 'Nothing is granted yet: More, then Make good, does it.' : `Granted so far: ${sum}.`
  return asked.length === 0 ? known : `${known} Still to be answered: ${asked.join(', ')}.`
}

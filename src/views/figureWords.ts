import { DEFINITIONS, type Definition } from '../complaint/definitions.ts'
import { type Figures, type FiguresPair, numberOf, type Part } from '../complaint/figures.ts'
import { moneyWords } from '../complaint/money.ts'
import type { Span } from '../complaint/period.ts'
import type { Setup } from '../complaint/setup.ts'
import { inHours, many, span as spanOf } from './text.ts'

/* Figures as people read them, each beside the same figure of the period before. */

export type FigureKey = keyof Figures

/** "this week", "so far this month". */
export const thisPeriod = (span: Span, isSoFar: boolean): string => `${isSoFar ? 'so far ' : ''}this ${span}`

export const periodBefore = (span: Span): string => `the ${span} before`

export function nameOf(key: FigureKey, setup: Setup): string {
  if (key === 'onSite') return `On site within ${inHours(setup.policy.response)}`
  const { name, unit } = DEFINITIONS[key]
  return unit === 'time' ? `Time ${name.charAt(0).toLowerCase()}${name.slice(1)}` : name
}

/** Whole per cent, of which 0 and 100 mean none and all. */
export const percent = (share: number): number =>
  share === 0 || share === 1 ? share * 100 : Math.min(99, Math.max(1, Math.round(share * 100)))

/** Two decimals at most: "0.4". */
const mean = (share: number): string => String(Number(share.toFixed(2)))

const partWords = ({ count, of }: Part, unit: Definition['unit']): string =>
  unit === 'per complaint'
    ? `${count} in ${of} closed, ${mean(count / of)}`
    : `${count} of ${of}, ${percent(count / of)}%`

/** By its unit. */
const wordsOf = (value: number, unit: Definition['unit'], currency: string): string =>
  unit === 'time' ? spanOf(value) : unit === 'money' ? moneyWords(value, currency) : String(value)

/** A figure alone: "12 of 15, 80%", "2 h", "3". Null where there is nothing to measure. */
export function figureWords(key: FigureKey, figures: Figures, currency: string): string | null {
  const value = figures[key]
  if (value === null) return null
  if (typeof value === 'object') return value.of === 0 ? null : partWords(value, DEFINITIONS[key].unit)
  return wordsOf(value, DEFINITIONS[key].unit, currency)
}

/** Nothing happened: there is nothing to compare with. */
const isEmpty = ({ filed, closed, promisesKept }: Figures): boolean =>
  filed === 0 && closed === 0 && promisesKept.of === 0

/** The same, and how it was before. Null where there is nothing to tell of either. */
export function comparedWords(key: FigureKey, { span, period, before, currency }: FiguresPair): string | null {
  const [now, was] = [figureWords(key, period, currency), isEmpty(before) ? null : figureWords(key, before, currency)]
  const [value, old] = [numberOf(period[key]) ?? 0, numberOf(before[key]) ?? 0]
  const than = periodBefore(span)
  if (now === null) return was === null ? null : `nothing to measure; ${than} ${was}`
  const isNone = value === 0 && (typeof period[key] === 'number' || DEFINITIONS[key].unit === 'per complaint')
  if (isNone && old === 0) return null
  if (was === null) return now
  if (now === was) return `${now}, as ${than}`
  const way = value === old ? 'the same share as' : value > old ? 'up from' : 'down from'
  return typeof period[key] === 'object' ? `${now}; ${way} ${than} (${was})` : `${now}, ${way} ${was} ${than}`
}

/** Promises that were neither kept nor missed. */
export function besides({ attempted, moved }: Figures): string | null {
  const parts = [
    attempted > 0 ? `${attempted} tried in time without reaching the customer` : '',
    moved > 0 ? `${moved} moved, with a reason` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? null : parts.join('; ')
}

/** What is worth telling of a change: shares by points, times by minutes and by a tenth, the rest by one. */
const NOTICED = { share: 0.05, time: 5 * 60_000, ratio: 0.1 } as const
/** Most told each way. */
const MOST = 3

export interface Change {
  readonly key: FigureKey
  /** "80%, up from 64%". */
  readonly words: string
}

/** What got better and what got worse since the period before, the largest change first. */
export function changes({ period, before }: FiguresPair): { better: Change[]; worse: Change[] } {
  if (isEmpty(before)) return { better: [], worse: [] }
  const found = (Object.keys(period) as FigureKey[]).flatMap((key) => {
    const { better, unit } = DEFINITIONS[key]
    const [now, was] = [numberOf(period[key]), numberOf(before[key])]
    // The promises stand in the first sentence; what nine in ten stayed within goes with its median.
    if (better === null || now === null || was === null || key === 'promisesKept' || key.endsWith('90th')) return []
    const by = now - was
    const size = unit === 'share' ? Math.abs(by) : Math.abs(by) / Math.max(now, was, 1)
    const isNoticed =
      unit === 'share'
        ? size >= NOTICED.share
        : unit === 'time'
          ? Math.abs(by) >= NOTICED.time && size >= NOTICED.ratio
          : by !== 0
    if (!isNoticed) return []
    const short = (value: number): string =>
      unit === 'share' ? `${percent(value)}%` : unit === 'time' ? spanOf(value) : mean(value)
    const words = `${short(now)}, ${by > 0 ? 'up' : 'down'} from ${short(was)}`
    return [{ key, words, size, isBetter: by > 0 === (better === 'more') }]
  })
  const told = (isBetter: boolean): Change[] =>
    found
      .filter((change) => change.isBetter === isBetter)
      .sort((one, other) => other.size - one.size)
      .slice(0, MOST)
      .map(({ key, words }) => ({ key, words }))
  return { better: told(true), worse: told(false) }
}

/** Complaints as words: "1 complaint". */
export const complaintsOf = (count: number): string => many(count, 'complaint', 'complaints')

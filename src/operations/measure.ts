import { DEFINITIONS } from '../complaint/definitions.ts'
import { type Figures, type FiguresPair, type Load, numberOf } from '../complaint/figures.ts'
import { decimalsOf } from '../complaint/money.ts'
import { DEFAULT_CURRENCY } from '../complaint/policy.ts'
import { DAY, plus, SECOND } from '../complaint/time.ts'
import type { Database } from '../store/database.ts'
import { readFigures } from '../store/figures.ts'
import type { InForce } from '../store/inForce.ts'

/** The last days that are measured. */
const DAYS = 7

export interface Measurement {
  /**
   * The figures of the last 7 days as the digest defines them: shares from 0 to 1, times in seconds, money in whole units of
   * the workspace's currency. Those with something to measure.
   */
  readonly figures: Readonly<Partial<Record<keyof Figures, number>>>
  /** What is on each department's hands, by its key. */
  readonly loads: Readonly<Record<string, Load>>
  /** How many complaints closed in the last 7 days arose in each department, by its key. */
  readonly caused: Readonly<Record<string, number>>
}

/** Reads what whoever watches from outside Slack wants to know. */
export async function measure(db: Database, inForce: InForce, workspace: string, now: Date): Promise<Measurement> {
  const currency = (await inForce.read(db.reader, workspace))?.currency ?? DEFAULT_CURRENCY
  const [from, before] = [plus(now, -DAYS * DAY), plus(now, -2 * DAYS * DAY)]
  const periods = { period: { from, to: now }, before: { from: before, to: from } }
  const { company, departments } = await readFigures(db.reader, workspace, 'week', periods, currency)
  const ofEach = <Value>(value: (figures: FiguresPair) => Value): Record<string, Value> =>
    Object.fromEntries(Object.entries(departments).map(([key, figures]) => [key, value(figures)]))
  return {
    figures: inUnits(company),
    loads: ofEach(({ load }) => load),
    caused: ofEach(({ period }) => period.caused),
  }
}

function inUnits({ period, currency }: FiguresPair): Measurement['figures'] {
  const sizes: Partial<Record<string, number>> = { time: SECOND, money: 10 ** decimalsOf(currency) }
  return Object.fromEntries(
    (Object.keys(period) as (keyof Figures)[]).flatMap((key) => {
      const number = numberOf(period[key])
      return number === null ? [] : [[key, number / (sizes[DEFINITIONS[key].unit] ?? 1)]]
    }),
  )
}

import { pareto } from '../../src/complaint/figures.ts'
import type { FlawPicture, LoadPicture, ParetoPicture, TrendPicture, WeekKept } from '../../src/complaint/picture.ts'
import { DAY } from '../../src/complaint/time.ts'

export const causesOf = (counts: readonly (readonly [name: string, count: number])[]) =>
  pareto(
    counts.map(([name, count], index) => ({ key: `k${String(index).padStart(3, '0')}`, name, group: null, count })),
  )

export const paretoOf = (
  counts: readonly (readonly [name: string, count: number])[],
  department: string | null = null,
): ParetoPicture => ({
  ...{ kind: 'pareto', department, timezone: 'America/Chicago', causes: causesOf(counts) },
  ...{ from: '2026-03-02T15:00:00.000Z', to: '2026-03-09T14:00:00.000Z' },
})

export const busy = paretoOf([
  ['Defective part', 15],
  ['Part number transposed at order entry', 9],
  ['Poor design', 6],
  ['Carrier late', 4],
  ['Damaged on the way because the pallet was stacked three high and nobody had marked it as fragile', 3],
  ['Wrong address', 2],
  ['Unclear manual', 1],
  ['Unclear label', 1],
  ['Lost in the warehouse', 1],
])

export const one = paretoOf([['Defective part', 1]], 'Manufacturing')
export const none = paretoOf([])

/** A tree as long as a tree gets. */
export const twoHundred = paretoOf(Array.from({ length: 200 }, (_, n) => [`Cause ${n + 1}`, 1_000_000 - n]))

const FIRST = Date.parse('2026-01-12T15:00:00.000Z')

export const weekOf = (place: number, count: number, of: number): WeekKept => ({
  ...{
    from: new Date(FIRST + place * 7 * DAY).toISOString(),
    to: new Date(FIRST + (place + 1) * 7 * DAY).toISOString(),
  },
  kept: { count, of },
})

export const trendOf = (...kept: readonly (readonly [count: number, of: number])[]): TrendPicture => ({
  ...{ kind: 'trend', timezone: 'America/Chicago' },
  weeks: kept.map(([count, of], place) => weekOf(place, count, of)),
})

export const eightWeeks = trendOf([20, 31], [25, 33], [0, 0], [28, 36], [30, 36], [33, 36], [36, 36], [31, 34])

export const flawOf = (...counts: readonly number[]): FlawPicture => ({
  ...{ kind: 'flaw', timezone: 'America/Chicago' },
  weeks: counts.map((count, place) => {
    const { from, to } = weekOf(place, 0, 0)
    return { from, to, count }
  }),
})

export const load: LoadPicture = {
  ...{ kind: 'load', at: '2026-03-09T14:00:00.000Z', timezone: 'America/Chicago' },
  departments: [
    { name: 'Customer service', open: 0, overdue: 0, unowned: 0 },
    { name: 'Logistics', open: 12, overdue: 0, unowned: 1 },
    { name: 'Manufacturing', open: 41, overdue: 6, unowned: 2 },
    { name: 'Product design', open: 3, overdue: 3, unowned: 0 },
  ],
}

import type { Mark, Spec } from 'vega'
import type { TrendPicture, WeekKept } from '../complaint/picture.ts'
import { widthOf } from './font.ts'
import {
  alternative,
  COLOUR,
  day,
  heading,
  INNER,
  type Label,
  MARGIN,
  percent,
  SMALL,
  sheet,
  WIDTH,
  whole,
} from './sheet.ts'

const PLOT = 84
const NARROWEST = 40
const SMALLEST = 11
/** Most weeks that can be told apart. */
const MOST = 13

const lastOf = ({ weeks }: TrendPicture): WeekKept[] => weeks.slice(-MOST)
const shareOf = ({ kept }: WeekKept): number => kept.count / kept.of

/** The share of promised calls that were made in time, week by week. A week in which none fell due is a gap. */
export function trend(picture: TrendPicture): Spec {
  const weeks = lastOf(picture)
  const top = heading(['Promised calls made in time'], 'by week; dashed: all of them')
  const [full, none] = [top.bottom + 8, top.bottom + 8 + PLOT]
  const step = INNER / Math.max(1, weeks.length)
  const points = weeks.map((week, index) => ({
    ...{ x: MARGIN + step * (index + 0.5), of: week.kept.of, share: week.kept.of === 0 ? 0 : shareOf(week) },
  }))
  // Where columns are too narrow for words, every second or third has them, the newest always.
  const every = Math.ceil(NARROWEST / step)
  const labels = weeks.flatMap((week, index): Label[] => {
    if ((weeks.length - 1 - index) % every !== 0) return []
    const { x = 0, share = 0, of = 0 } = points[index] ?? {}
    const line = { x, align: 'center', colour: COLOUR.faint } as const
    const counts = `${whole(week.kept.count)}/${whole(of)}`
    const fits = widthOf(counts, SMALL) <= step * every - 2
    return [
      of === 0
        ? { ...line, text: 'none', y: none + 21, size: SMALL }
        : { ...line, text: `${percent(share)}%`, y: none + 21, size: SMALL, colour: COLOUR.ink, weight: 'bold' },
      ...(of > 0 && fits ? [{ ...line, text: counts, y: none + 38, size: SMALL }] : []),
      { ...line, text: day(week.from, picture.timezone), y: none + 54, size: SMALLEST },
    ]
  })
  return sheet(none + 66, [...top.labels, ...labels], {
    data: [{ name: 'points', values: points }],
    scales: [{ name: 'share', type: 'linear', domain: [0, 1], range: [none, full] }],
    marks: weeks.length > 0 ? [ruleMark(0, []), ruleMark(1, [3, 3]), lineMark, pointMark] : [],
  })
}

const ruleMark = (share: number, dash: number[]): Mark => ({
  type: 'rule',
  encode: {
    enter: {
      ...{ x: { value: MARGIN }, x2: { value: WIDTH - MARGIN }, y: { scale: 'share', value: share } },
      ...{ stroke: { value: COLOUR.rule }, strokeDash: { value: dash } },
    },
  },
})

const place = { x: { field: 'x' }, y: { scale: 'share', field: 'share' }, defined: { signal: 'datum.of > 0' } }

const lineMark: Mark = {
  type: 'line',
  from: { data: 'points' },
  encode: { enter: { ...place, stroke: { value: COLOUR.blue }, strokeWidth: { value: 2.5 } } },
}

const pointMark: Mark = {
  type: 'symbol',
  from: { data: 'points' },
  encode: {
    enter: {
      ...{ x: place.x, y: place.y, size: { value: 56 }, opacity: { signal: 'datum.of > 0 ? 1 : 0' } },
      ...{ fill: { value: COLOUR.paper }, stroke: { value: COLOUR.blue }, strokeWidth: { value: 2.5 } },
    },
  },
}

export function trendAlt(picture: TrendPicture, most: number): string {
  const figures = lastOf(picture).map((week) => {
    const when = `week of ${day(week.from, picture.timezone)}`
    const { count, of } = week.kept
    return of === 0 ? `${when} none due` : `${when} ${percent(shareOf(week))}%, ${whole(count)} of ${whole(of)}`
  })
  return alternative('Promised calls made in time, week by week', figures, most)
}

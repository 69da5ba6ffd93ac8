import type { Mark, Spec } from 'vega'
import type { FlawPicture } from '../complaint/picture.ts'
import {
  alternative,
  COLOUR,
  day,
  heading,
  INNER,
  type Label,
  MARGIN,
  many,
  SMALL,
  sheet,
  TEXT,
  WIDTH,
  whole,
} from './sheet.ts'

const PLOT = 64
const BAR = 22
const SMALLEST = 11

/** A bar for each week, small: that they become more is to be seen at a glance. */
export function flaw({ weeks, timezone }: FlawPicture): Spec {
  const total = weeks.reduce((sum, { count }) => sum + count, 0)
  const top = heading([`${many(total, 'complaint', 'complaints')} of this kind`], `in ${weeks.length} weeks, by week`)
  const base = top.bottom + 20 + PLOT
  const most = Math.max(1, ...weeks.map(({ count }) => count))
  const step = INNER / Math.max(1, weeks.length)
  const bars = weeks.map(({ count }, index) => ({
    ...{ x: MARGIN + step * (index + 0.5) - BAR / 2, count },
    y: base - (count / most) * PLOT,
  }))
  const labels = weeks.flatMap((week, index): Label[] => {
    const x = MARGIN + step * (index + 0.5)
    // A bar is too narrow for each week's date; the newest has one always.
    const dated = (weeks.length - 1 - index) % 2 === 0
    return [
      ...(week.count > 0
        ? [
            {
              text: whole(week.count),
              x,
              y: (bars[index]?.y ?? base) - 6,
              size: TEXT,
              weight: 'bold',
              align: 'center',
            } as const,
          ]
        : []),
      ...(dated
        ? [
            {
              text: day(week.from, timezone),
              x,
              y: base + 17,
              size: SMALLEST,
              colour: COLOUR.faint,
              align: 'center',
            } as const,
          ]
        : []),
    ]
  })
  return sheet(base + SMALL + 14, [...top.labels, ...labels], {
    data: [{ name: 'bars', values: bars.filter(({ count }) => count > 0) }],
    marks: [barMark(base), ruleMark(base)],
  })
}

const barMark = (base: number): Mark => ({
  type: 'rect',
  from: { data: 'bars' },
  encode: {
    enter: {
      ...{ x: { field: 'x' }, width: { value: BAR }, y: { field: 'y' }, y2: { value: base } },
      fill: { value: COLOUR.vermilion },
    },
  },
})

const ruleMark = (base: number): Mark => ({
  type: 'rule',
  encode: {
    enter: {
      ...{ x: { value: MARGIN }, x2: { value: WIDTH - MARGIN }, y: { value: base } },
      stroke: { value: COLOUR.rule },
    },
  },
})

export function flawAlt({ weeks, timezone }: FlawPicture, most: number): string {
  const figures = weeks.map(({ from, count }) => `week of ${day(from, timezone)} ${whole(count)}`)
  return alternative('Complaints of this kind, week by week', figures, most)
}

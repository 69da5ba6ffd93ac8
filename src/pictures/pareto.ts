import type { Mark, Spec } from 'vega'
import { MOST_BARS, type ParetoPicture } from '../complaint/picture.ts'
import { widthOf } from './font.ts'
import { drawable, setInLines, spoken } from './names.ts'
import {
  alternative,
  COLOUR,
  day,
  heading,
  INNER,
  type Label,
  MARGIN,
  many,
  percent,
  SMALL,
  sheet,
  TEXT,
  TITLE,
  WIDTH,
  whole,
} from './sheet.ts'

/** The line of shares stands beside the bars, so that neither hides the other or a name. */
const LINE = { left: 276, right: WIDTH - MARGIN - 8 } as const
const NAMES = LINE.left - 22 - MARGIN
const BAR = 16
const LEADING = 18
const BETWEEN = 12

interface Row {
  readonly name: string
  readonly count: number
  readonly cumulative: number
  readonly isRest: boolean
}

/** The most frequent causes, and what is left in one. */
function rowsOf({ causes }: ParetoPicture, nameOf: (name: string, place: number) => string): Row[] {
  const rows = causes.slice(0, MOST_BARS.causes).map(({ name, count, cumulative }, index) => ({
    ...{ name: nameOf(name, index + 1), count, cumulative, isRest: false },
  }))
  const rest = causes.slice(MOST_BARS.causes)
  if (rest.length === 0) return rows
  const count = rest.reduce((sum, cause) => sum + cause.count, 0)
  return [...rows, { name: many(rest.length, 'other cause', 'other causes'), count, cumulative: 1, isRest: true }]
}

const totalOf = ({ causes }: ParetoPicture): number => causes.reduce((sum, { count }) => sum + count, 0)

const title = ({ department }: ParetoPicture): string =>
  department === null ? 'Why it happened' : `Caused in ${drawable(department) ?? 'this department'}`

const under = (picture: ParetoPicture): string =>
  `${many(totalOf(picture), 'complaint', 'complaints')} closed, ${day(picture.from, picture.timezone)} to ${day(picture.to, picture.timezone)}`

/** A Pareto picture: a bar for each cause, and beside them the line of the share reached with those above. */
export function pareto(picture: ParetoPicture): Spec {
  const top = heading(
    setInLines(title(picture), { width: INNER, size: TITLE, weight: 'bold', lines: 2 }),
    under(picture),
  )
  const labels: Label[] = [...top.labels]
  const rows = rowsOf(picture, (name, place) => drawable(name) ?? `Cause ${place}, named in the text`)
  const most = Math.max(1, ...rows.map(({ count }) => count))
  const total = totalOf(picture)
  const figure = ({ count }: Row): string => `${whole(count)} · ${percent(count / total)}%`
  const figures = Math.max(0, ...rows.map((row) => widthOf(figure(row), TEXT, 'bold')))

  let y = top.bottom + (rows.length > 0 ? LEADING + 4 : 0)
  const bars = rows.map((row) => {
    const name = setInLines(row.name, { width: NAMES, size: TEXT, lines: 2 })
    for (const [line, text] of name.entries())
      labels.push({
        text,
        x: MARGIN,
        y: y + 13 + line * LEADING,
        size: TEXT,
        colour: row.isRest ? COLOUR.faint : COLOUR.ink,
      })
    const at = y + name.length * LEADING + 1
    const length = Math.max(2, (row.count / most) * (NAMES - figures - 8))
    labels.push({ text: figure(row), x: MARGIN + length + 8, y: at + 13, size: TEXT, weight: 'bold' })
    y = at + BAR + BETWEEN
    return { ...row, y: at, middle: at + BAR / 2, length }
  })
  if (rows.length > 0)
    labels.push({
      text: 'share so far',
      x: WIDTH - MARGIN,
      y: top.bottom + 14,
      size: SMALL,
      colour: COLOUR.faint,
      align: 'right',
    })
  for (const { cumulative, middle } of bars) {
    const isRight = cumulative >= 0.4
    const x = LINE.left + cumulative * (LINE.right - LINE.left) + (isRight ? -9 : 9)
    labels.push({ text: `${percent(cumulative)}%`, x, y: middle + 4.5, size: SMALL, align: isRight ? 'right' : 'left' })
  }
  return sheet(y + 4, labels, {
    data: [{ name: 'bars', values: bars }],
    scales: [{ name: 'share', type: 'linear', domain: [0, 1], range: [LINE.left, LINE.right] }],
    marks:
      bars.length > 0 ? [barMark, wholeMark(bars[0]?.middle ?? 0, bars.at(-1)?.middle ?? 0), lineMark, pointMark] : [],
  })
}

const barMark: Mark = {
  type: 'rect',
  from: { data: 'bars' },
  encode: {
    enter: {
      ...{ x: { value: MARGIN }, width: { field: 'length' }, y: { field: 'y' }, height: { value: BAR } },
      fill: [{ test: 'datum.isRest', value: COLOUR.sky }, { value: COLOUR.blue }],
      stroke: { value: COLOUR.blue },
    },
  },
}

/** Where all of them are reached. */
const wholeMark = (from: number, to: number): Mark => ({
  type: 'rule',
  encode: {
    enter: {
      ...{ x: { scale: 'share', value: 1 }, y: { value: from - BAR }, y2: { value: to + BAR } },
      ...{ stroke: { value: COLOUR.rule }, strokeDash: { value: [3, 3] } },
    },
  },
})

const lineMark: Mark = {
  type: 'line',
  from: { data: 'bars' },
  encode: {
    enter: {
      ...{ x: { scale: 'share', field: 'cumulative' }, y: { field: 'middle' } },
      ...{ stroke: { value: COLOUR.vermilion }, strokeWidth: { value: 2.5 } },
    },
  },
}

const pointMark: Mark = {
  type: 'symbol',
  from: { data: 'bars' },
  encode: {
    enter: {
      ...{ x: { scale: 'share', field: 'cumulative' }, y: { field: 'middle' }, size: { value: 56 } },
      ...{ fill: { value: COLOUR.paper }, stroke: { value: COLOUR.vermilion }, strokeWidth: { value: 2.5 } },
    },
  },
}

export function paretoAlt(picture: ParetoPicture, most: number): string {
  const total = totalOf(picture)
  const { department } = picture
  const shown = `Pareto of root causes${department === null ? '' : ` that arose in ${spoken(department)}`}, ${under(picture)}`
  return alternative(
    shown,
    rowsOf(picture, (name, place) => spoken(name) || `cause ${place}`).map(
      ({ name, count, cumulative }, index) =>
        `${name} ${whole(count)}, ${percent(count / total)}%${index === 0 ? '' : `, ${percent(cumulative)}% so far`}`,
    ),
    most,
  )
}

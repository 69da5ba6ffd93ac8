import type { Mark, Spec } from 'vega'
import { type DepartmentLoad, type LoadPicture, MOST_BARS } from '../complaint/picture.ts'
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
  SMALL,
  sheet,
  TEXT,
  whole,
} from './sheet.ts'

const BAR = 16
const LEADING = 18
const BETWEEN = 14

/** Those with the most first, equal ones by name; what is left in one. */
function rowsOf({ departments }: LoadPicture, nameOf: (name: string, place: number) => string): DepartmentLoad[] {
  const sorted = [...departments].sort((a, b) => b.open - a.open || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const rows = sorted
    .slice(0, MOST_BARS.departments)
    .map((one, index) => ({ ...one, name: nameOf(one.name, index + 1) }))
  const rest = sorted.slice(MOST_BARS.departments)
  if (rest.length === 0) return rows
  const sum = (of: (load: DepartmentLoad) => number): number => rest.reduce((all, load) => all + of(load), 0)
  return [
    ...rows,
    {
      name: many(rest.length, 'other department', 'other departments'),
      ...{
        open: sum(({ open }) => open),
        overdue: sum(({ overdue }) => overdue),
        unowned: sum(({ unowned }) => unowned),
      },
    },
  ]
}

const inWords = ({ open, overdue, unowned }: DepartmentLoad): string =>
  [
    `${whole(open)} open`,
    overdue > 0 ? `${whole(overdue)} overdue` : '',
    unowned > 0 ? `${whole(unowned)} with nobody yet` : '',
  ]
    .filter((part) => part !== '')
    .join(', ')

const total = ({ departments }: LoadPicture): string =>
  `${many(
    departments.reduce((sum, { open }) => sum + open, 0),
    'complaint',
    'complaints',
  )} open`

/** A bar for each department: what is open, and how much of it is overdue, which stands first and is dark. */
export function load(picture: LoadPicture): Spec {
  const top = heading(
    ['Open by department'],
    `${total(picture)} on ${day(picture.at, picture.timezone)}; dark: overdue`,
  )
  const labels: Label[] = [...top.labels]
  const rows = rowsOf(picture, (name, place) => drawable(name) ?? `Department ${place}`)
  const most = Math.max(1, ...rows.map(({ open }) => open))
  let y = top.bottom + 2
  const bars = rows.flatMap((row) => {
    const name = setInLines(row.name, { width: INNER, size: TEXT, lines: 2 })
    for (const [line, text] of name.entries()) labels.push({ text, x: MARGIN, y: y + 13 + line * LEADING, size: TEXT })
    const at = y + name.length * LEADING + 1
    labels.push({ text: inWords(row), x: MARGIN, y: at + BAR + 15, size: SMALL, colour: COLOUR.faint })
    y = at + BAR + 15 + BETWEEN
    const width = (part: number): number => (part === 0 ? 0 : Math.max(2, (part / most) * INNER))
    const overdue = width(row.overdue)
    const both = [
      { width: width(row.open), y: at, colour: COLOUR.sky, frame: COLOUR.blue },
      { width: overdue, y: at, colour: COLOUR.vermilion, frame: COLOUR.vermilion },
    ]
    return both.filter((bar) => bar.width > 0)
  })
  return sheet(y + 2, labels, { data: [{ name: 'bars', values: bars }], marks: [barMark] })
}

const barMark: Mark = {
  type: 'rect',
  from: { data: 'bars' },
  encode: {
    enter: {
      ...{ x: { value: MARGIN }, width: { field: 'width' }, y: { field: 'y' }, height: { value: BAR } },
      ...{ fill: { field: 'colour' }, stroke: { field: 'frame' } },
    },
  },
}

export function loadAlt(picture: LoadPicture, most: number): string {
  const rows = rowsOf(picture, (name, place) => spoken(name) || `department ${place}`)
  return alternative(
    `Open complaints by department on ${day(picture.at, picture.timezone)}, ${total(picture)}`,
    rows.map((row) => `${row.name} ${inWords(row)}`),
    most,
  )
}

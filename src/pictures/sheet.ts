import type { Mark, Spec } from 'vega'
import { FAMILY, type Weight } from './font.ts'

/*
 * Pictures are laid out 360 units wide, the width at which a phone shows them: a unit is about a CSS pixel there, and no
 * text is smaller than 11. They have a background of their own, so that they read the same in light and dark.
 */

export const WIDTH = 360
export const MARGIN = 14
export const INNER = WIDTH - 2 * MARGIN

/** From the palette of Okabe and Ito, which people with any kind of colour vision tell apart; also told apart by lightness. */
export const COLOUR = {
  paper: '#ffffff',
  ink: '#1a1a1a',
  faint: '#595959',
  rule: '#bdbdbd',
  blue: '#0072b2',
  sky: '#8fcbef',
  vermilion: '#c04f00',
} as const

/** A line of text; `y` is its base line. */
export interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly weight?: Weight
  readonly colour?: string
  readonly align?: 'left' | 'center' | 'right'
}

export const TITLE = 16
export const TEXT = 14
export const SMALL = 12

const field = (name: string) => ({ field: name })

const labelMark: Mark = {
  type: 'text',
  from: { data: 'labels' },
  encode: {
    enter: {
      ...{ text: field('text'), x: field('x'), y: field('y') },
      ...{ fontSize: field('size'), fontWeight: field('weight'), fill: field('colour'), align: field('align') },
      font: { value: FAMILY },
    },
  },
}

/** A sheet of the usual width: its labels, and whatever else is drawn on it, beneath them. */
export function sheet(
  height: number,
  labels: readonly Label[],
  drawn: { data?: Spec['data']; scales?: Spec['scales']; marks?: Mark[] } = {},
): Spec {
  const values = labels.map((label) => ({ weight: 'normal', colour: COLOUR.ink, align: 'left', ...label }))
  return {
    ...{ width: WIDTH, height: Math.ceil(height), padding: 0, autosize: 'none', background: COLOUR.paper },
    data: [{ name: 'labels', values }, ...(drawn.data ?? [])],
    scales: drawn.scales ?? [],
    marks: [...(drawn.marks ?? []), labelMark],
  }
}

/** The first two lines: what is shown, and of when. Returns where the rest begins. */
export function heading(title: readonly string[], under: string): { labels: Label[]; bottom: number } {
  const labels: Label[] = title.map((text, line) => ({
    ...{ text, x: MARGIN, y: 26 + line * 20, size: TITLE, weight: 'bold' },
  }))
  const y = 26 + (title.length - 1) * 20 + 19
  labels.push({ text: under, x: MARGIN, y, size: SMALL, colour: COLOUR.faint })
  return { labels, bottom: y + 12 }
}

export const whole = (count: number): string => count.toLocaleString('en-US')

export const many = (count: number, one: string, others: string): string =>
  `${whole(count)} ${count === 1 ? one : others}`

/** Whole per cent, of which 0 and 100 mean none and all. */
export const percent = (share: number): number =>
  share === 0 || share === 1 ? share * 100 : Math.min(99, Math.max(1, Math.round(share * 100)))

/** "2 Mar", on the workspace's clock. */
export const day = (instant: string, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short' }).format(new Date(instant))

/** An alternative text: what is shown, and as many of its figures as fit into `most` characters of JSON. */
export function alternative(shown: string, figures: readonly string[], most: number): string {
  let text = shown
  for (const figure of figures) {
    const longer = `${text}${text === shown ? ': ' : '; '}${figure}`
    if (JSON.stringify(longer).length >= most) break
    text = longer
  }
  return `${text}.`
}

import type { Picture } from '../complaint/picture.ts'
import { flawAlt } from './flaw.ts'
import { loadAlt } from './load.ts'
import { paretoAlt } from './pareto.ts'
import { trendAlt } from './trend.ts'

/** The longest alternative text that Slack takes. */
const LONGEST = 2000

/** What a picture shows, in words, with as many of its figures as fit into `most` characters of JSON. */
export function altOf(picture: Picture, most = LONGEST): string {
  switch (picture.kind) {
    case 'pareto':
      return paretoAlt(picture, most)
    case 'trend':
      return trendAlt(picture, most)
    case 'flaw':
      return flawAlt(picture, most)
    case 'load':
      return loadAlt(picture, most)
  }
}

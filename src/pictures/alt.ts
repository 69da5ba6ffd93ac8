import type { Picture } from '../complaint/picture.ts'
import { loadAlt } from './load.ts'
import { paretoAlt } from './pareto.ts'
import { trendAlt } from './trend.ts'

/** What a picture shows, in words, with its figures; within what Slack takes. */
export function altOf(picture: Picture): string {
  switch (picture.kind) {
    case 'pareto':
      return paretoAlt(picture)
    case 'trend':
      return trendAlt(picture)
    case 'load':
      return loadAlt(picture)
  }
}

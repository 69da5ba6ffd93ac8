import { parse, View } from 'vega'
import type { Picture } from '../complaint/picture.ts'
import { flaw } from './flaw.ts'
import { load } from './load.ts'
import { pareto } from './pareto.ts'
import { trend } from './trend.ts'

/** The picture as SVG: the same figures make the same text. */
export function svgOf(picture: Picture): Promise<string> {
  return new View(parse(specOf(picture)), { renderer: 'none' }).toSVG()
}

function specOf(picture: Picture) {
  switch (picture.kind) {
    case 'pareto':
      return pareto(picture)
    case 'trend':
      return trend(picture)
    case 'flaw':
      return flaw(picture)
    case 'load':
      return load(picture)
  }
}

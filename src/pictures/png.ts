import { Resvg } from '@resvg/resvg-js'
import { FAMILY, FONT_FILES } from './font.ts'
import { WIDTH } from './sheet.ts'

/** Pixels to a unit: sharp on a phone, and in full screen. */
export const SCALE = 3

/** @throws where the SVG can't be read. */
export function pngOf(svg: string): Uint8Array {
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'width', value: WIDTH * SCALE },
    font: { loadSystemFonts: false, fontFiles: FONT_FILES, defaultFontFamily: FAMILY },
  })
  return drawn.render().asPng()
}

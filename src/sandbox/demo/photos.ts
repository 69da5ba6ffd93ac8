import { Resvg } from '@resvg/resvg-js'

/** What the people of the demo took a photo of: drawn, as nobody was there with a camera. */
const DRAWN = {
  'thread-lot-0611.png': `
    <rect width="640" height="420" fill="#5d6468"/>
    <rect x="40" y="120" width="330" height="180" rx="14" fill="#c9a24b"/>
    <g fill="#8a6a25">${teeth(24)}</g>
    <rect x="390" y="90" width="26" height="240" fill="#e3e6e8"/>
    <path d="M416 90 h150 v30 h-120 v180 h120 v30 h-150 z" fill="#b8bec2"/>
    <circle cx="372" cy="210" r="46" fill="none" stroke="#d8392b" stroke-width="9"/>`,
  'wet-flange.png': `
    <rect width="640" height="420" fill="#3f4a44"/>
    <rect y="160" width="640" height="90" fill="#8d989c"/>
    <rect x="280" y="100" width="34" height="210" fill="#b3bdc1"/><rect x="318" y="100" width="34" height="210" fill="#a4aeb2"/>
    <g fill="#5d666a">${[120, 180, 240, 290].map((y) => `<rect x="264" y="${y}" width="104" height="12"/>`).join('')}</g>
    <path d="M316 312 q-16 40 0 52 q16 -12 0 -52z" fill="#8fd0ee"/>
    <ellipse cx="322" cy="388" rx="150" ry="18" fill="#7fb9d6" opacity="0.75"/>`,
} as const

export type Photo = keyof typeof DRAWN

/** PNG. */
export function photo(name: Photo): Buffer {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420">${DRAWN[name]}</svg>`
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng()
}

function teeth(step: number): string {
  const count = Math.floor(300 / step)
  return Array.from({ length: count }, (_, at) => `<rect x="${60 + at * step}" y="106" width="9" height="208"/>`).join(
    '',
  )
}

import { deflateSync, inflateSync } from 'node:zlib'

/* Chromium writes its pictures in 16 million colours; a page has some hundred. A palette makes them a third as large. */

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_COLOURS = 256

/** The same picture as a PNG with a palette. Takes what Chromium writes: 8 bits a channel, not interlaced. */
export function small(png: Buffer): Buffer {
  const { width, height, colours } = read(png)
  const { palette, indexOf } = paletteOf(colours)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = indexOf.get(colours[y * width + x] ?? 0) ?? 0
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255]))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function read(png: Buffer): { width: number; height: number; colours: Uint32Array } {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === 6 ? 4 : 3
  const data: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const raw = inflateSync(Buffer.concat(data))
  const stride = width * channels
  const colours = new Uint32Array(width * height)
  let above: Buffer = Buffer.alloc(stride)
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1)
    const line = raw.subarray(start + 1, start + 1 + stride)
    unfilter(raw[start] ?? 0, line, above, channels)
    for (let x = 0; x < width; x += 1) colours[y * width + x] = line.readUIntBE(x * channels, 3)
    above = line
  }
  return { width, height, colours }
}

/** PNG's five ways to write a line as differences, undone in place. */
function unfilter(way: number, line: Buffer, above: Buffer, channels: number): void {
  for (let at = 0; at < line.length; at += 1) {
    const left = at >= channels ? (line[at - channels] ?? 0) : 0
    const up = above[at] ?? 0
    const corner = at >= channels ? (above[at - channels] ?? 0) : 0
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][way] ?? 0
    line[at] = ((line[at] ?? 0) + guess) & 255
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

/** The colours seen most; every other one becomes the nearest of them. */
function paletteOf(colours: Uint32Array): { palette: number[]; indexOf: Map<number, number> } {
  const seen = new Map<number, number>()
  for (const colour of colours) seen.set(colour, (seen.get(colour) ?? 0) + 1)
  const palette = [...seen]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_COLOURS)
    .map(([colour]) => colour)
  const indexOf = new Map(palette.map((colour, index) => [colour, index]))
  for (const colour of seen.keys()) if (!indexOf.has(colour)) indexOf.set(colour, nearest(colour, palette))
  return { palette, indexOf }
}

function nearest(colour: number, palette: readonly number[]): number {
  const far = (other: number) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((colour >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, other] of palette.entries()) {
    const distance = far(other)
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc >>> 0
})

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  let crc = 0xffffffff
  for (const byte of body) crc = (TABLE[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8)
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4)
  return framed
}

import { text } from 'node:stream/consumers'
import type { Picture } from '../complaint/picture.ts'
import { pngOf } from './png.ts'
import { svgOf } from './svg.ts'

/* A process of its own, for one picture: its figures come in as JSON, the PNG goes out. */
process.stdout.write(pngOf(await svgOf(JSON.parse(await text(process.stdin)) as Picture)))

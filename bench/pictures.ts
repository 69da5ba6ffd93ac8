import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { pareto } from '../src/complaint/figures.ts'
import type { ParetoPicture } from '../src/complaint/picture.ts'
import { pngOf } from '../src/pictures/png.ts'
import { svgOf } from '../src/pictures/svg.ts'
import type { Measured } from './support/report.ts'
import { median, timed } from './support/rounds.ts'

const WARM_UP = 3
const ROUNDS = 15
const PROCESSES = 5

const picture: ParetoPicture = {
  ...{ kind: 'pareto', department: null, timezone: 'America/Chicago' },
  ...{ from: '2026-03-02T15:00:00.000Z', to: '2026-03-09T14:00:00.000Z' },
  causes: pareto(
    Array.from({ length: 200 }, (_, n) => ({
      ...{ key: `cause-${n}`, name: `Part number transposed at order entry, case ${n}`, group: null, count: 400 - n },
    })),
  ),
}

/** A Pareto picture of 200 causes, from its figures to its PNG; and the same by the process that draws it for the bot. */
export async function measurePictures(): Promise<Measured[]> {
  const drawn: number[] = []
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
    drawn.push(await timed(async () => pngOf(await svgOf(picture))))
  const whole: number[] = []
  for (let round = 0; round < PROCESSES; round += 1) whole.push(await timed(drawInProcess))
  return [
    {
      ...{
        name: 'a Pareto picture, from figures to PNG',
        unit: 'ms',
        ours: median(drawn.slice(WARM_UP)),
        baseline: null,
      },
      goal: { of: 'ours', is: 'under', value: 150 },
    },
    {
      ...{
        name: 'the same, with the start of its process',
        unit: 'ms',
        ours: median(whole),
        baseline: null,
        goal: null,
      },
    },
  ]
}

/** As src/pictures/draw.ts has it drawn. */
async function drawInProcess(): Promise<void> {
  const drawing = new URL('../src/pictures/drawing.js', import.meta.url)
  const child = spawn(process.execPath, [drawing.pathname], { stdio: ['pipe', 'pipe', 'inherit'], env: {} })
  child.stdin.end(JSON.stringify(picture))
  const png = await buffer(child.stdout)
  if (png.length < 10_000) throw new Error('That is no picture')
}

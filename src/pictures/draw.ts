import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import type { Picture } from '../complaint/picture.ts'

/** Longest that a picture may take. Milliseconds. */
const PATIENCE = 30_000
const LARGEST = 10_000_000

/**
 * Draws a picture as PNG, in a process of its own: what it takes to draw is needed for a moment in a week, would stay
 * in memory, and is native code, whose faults end the process that it runs in. That process is told nothing but the figures.
 * @throws where it can't be drawn.
 */
export function draw(picture: Picture): Promise<Uint8Array> {
  const drawing = createRequire(import.meta.url).resolve('#drawing')
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [drawing],
      { encoding: 'buffer', env: {}, timeout: PATIENCE, maxBuffer: LARGEST, windowsHide: true },
      (error, png) => (error ? reject(new Error('A picture could not be drawn', { cause: error })) : resolve(png)),
    )
    // Where it ended before it had read everything, its end is what counts.
    child.stdin?.on('error', () => {})
    child.stdin?.end(JSON.stringify(picture))
  })
}

import { type Demo, type DemoOptions, startDemo } from '../../src/sandbox/demo/demo.ts'
import { takeDirectory } from '../../src/sandbox/demo/directory.ts'
import { DemoServer } from '../../src/sandbox/demo/serve.ts'

/** Nobody gives up on a machine that is busy with others. Milliseconds. */
const PATIENCE = 120_000

export interface RunningDemo {
  readonly demo: Demo
  /** With a slash at its end. */
  readonly url: string
  stop(): Promise<void>
}

interface Telling extends Required<Pick<DemoOptions, 'stories' | 'remarks'>> {
  readonly timezone?: string
  /** Puts a database there that was made already, which saves making one. */
  readonly prepare?: (bot: string) => Promise<void> | void
}

/** The demo in this process, with a past as long as its stories; the page is the one in `dist`. */
export async function runDemo(data: string, { prepare, ...telling }: Telling): Promise<RunningDemo> {
  const directory = await takeDirectory(data, { fresh: false })
  if (!directory.kept) await prepare?.(directory.bot)
  const server = await DemoServer.listen(null, 0, Promise.resolve())
  const demo = await startDemo({ directory, port: server.port, patience: PATIENCE, ...telling })
  server.show(demo)
  let running = true
  const stop = async () => {
    if (!running) return
    running = false
    await server.close()
    await demo.stop()
  }
  const faults = await demo.ready
  if (faults.length === 0) return { demo, url: server.url, stop }
  await stop()
  throw new Error(`Of the past, this could not be played: ${faults.join('; ')}`)
}

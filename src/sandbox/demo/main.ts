#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { Command, InvalidArgumentError } from 'commander'
import { reasonOf } from '../../reason.ts'
import { StartFault } from '../../startFault.ts'
import type { Demo } from './demo.ts'
import { type DemoDirectory, takeDirectory } from './directory.ts'
import { buildPage, isStale } from './page.ts'
import type { DemoServer } from './serve.ts'

const PREFERRED_PORT = 4080
/** Ending in order takes a moment; longer than this nobody waits. Milliseconds. */
const TIME_TO_STOP = 15_000

interface Options {
  readonly port?: number
  readonly open: boolean
  readonly fresh: boolean
  readonly data: string
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

function portOf(words: string): number {
  const port = Number(words)
  if (!/^\d+$/.test(words) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('It is a number from 1 to 65535.')
  return port
}

async function run(options: Options): Promise<void> {
  let directory: DemoDirectory | undefined
  let server: DemoServer | undefined
  let demo: Demo | undefined
  const building = new AbortController()
  let stopping: Promise<void> | undefined
  const stop = (code: number): Promise<void> => {
    stopping ??= (async () => {
      building.abort()
      // A past that was broken off is played anew next time: there is nothing to put away.
      if (!demo?.hasBegun()) process.exit(code)
      setTimeout(() => process.exit(code || 1), TIME_TO_STOP).unref()
      await server?.close()
      await demo.stop()
      process.exit(code)
    })().catch((error: unknown) => {
      say(`The demo could not end in order (${reasonOf(error)}).`)
      process.exit(1)
    })
    return stopping
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))
  const failed = (error: unknown): Promise<void> => {
    if (stopping) return stopping
    say(error instanceof StartFault ? oneLine(error.message) : `Something unexpected happened (${reasonOf(error)}).`)
    if (process.env.DEBUG && error instanceof Error) say(String(error.stack))
    return stop(1)
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error) => void failed(error))

  try {
    directory = await takeDirectory(options.data, { fresh: options.fresh })
    const page = pageBuilt(building.signal)
    page.catch(() => {})
    const { DemoServer } = await import('./serve.ts')
    server = await DemoServer.listen(options.port ?? null, directory.kept?.port ?? PREFERRED_PORT, page)
    // It takes a second: what keeps the demo from starting is said before.
    const { startDemo } = await import('./demo.ts')
    demo = await startDemo({ directory, port: server.port, logLevel: process.env.LOG_LEVEL ?? 'silent' })
    server.show(demo)
    await page
    process.stdout.write(`${server.url}\n`)
    if (options.open) openBrowser(server.url)
    for (const fault of await demo.ready) say(`Of the past, this could not be played: ${fault}`)
  } catch (error) {
    await failed(error)
  }
}

async function pageBuilt(signal: AbortSignal): Promise<void> {
  if (!(await isStale())) return
  await buildPage(signal).catch((error: unknown) => {
    if (!signal.aborted) throw new StartFault(`The page could not be built: ${(error as Error).message}`)
  })
}

const oneLine = (words: string): string => words.replace(/\s*\n\s*/g, ' ')

/** The platform's opener; where there is none, or no display, the line with the address is enough. */
function openBrowser(url: string): void {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return
  const [command, ...given] =
    platform === 'darwin' ? ['open'] : platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  const opener = spawn(command, [...given, url], { stdio: 'ignore', detached: true })
  opener.on('error', () => {})
  opener.unref()
}

await new Command('demo')
  .description('Amends in a Slack of its own, in the browser, on this machine alone.')
  .option('--port <number>', 'the port of the page (default: a free one)', portOf)
  .option('--no-open', 'opens no browser')
  .option('--fresh', 'starts over: forgets what is in the directory', false)
  .option('--data <directory>', 'where its data is kept', 'demo-data')
  .action(run)
  .parseAsync()

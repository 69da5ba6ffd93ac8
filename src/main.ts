#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import type { RunningApp } from './app.ts'
import { configCommands } from './cli/config.ts'
import { eraseCommand } from './cli/erase.ts'
import { exportCommand } from './cli/export.ts'
import { readEnvironment } from './config/environment.ts'
import { fault, makeLog } from './log.ts'
import { StartFault } from './startFault.ts'

/** Slack's retries and a supervisor's patience fit into this. Milliseconds. */
const TIME_TO_STOP = 9_500

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

async function start(): Promise<void> {
  const read = readEnvironment(process.env)
  if (!read.ok) {
    for (const line of read.faults) say(line)
    say('README.md tells how to make the Slack app and where each of these is found.')
    process.exitCode = 1
    return
  }
  const log = makeLog(read.environment.logLevel)
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      // A database connection that breaks may throw outside any promise: what is committed is safe, so end and be started again.
      log.fatal(fault(error), event)
      process.exit(1)
    })
  let app: RunningApp | null = null
  let stopping = false
  const stop = (signal: string) => {
    if (!app) process.exit(0)
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), TIME_TO_STOP).unref()
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error(fault(error), 'could not stop in order')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal))
  // Everything else that can be asked for does without the half second that this takes.
  const { startApp } = await import('./app.ts')
  app = await startApp({ environment: read.environment, log, clock: () => new Date() })
}

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
const program = new Command('amends')
  .description('Turns customers’ complaints into owned, timed, root-caused issues, in Slack.')
  .version(version)
program.command('start').description('migrates the database, then serves').action(start)
configCommands(program, process)
exportCommand(program, process)
eraseCommand(program, process)

try {
  await program.parseAsync()
} catch (error) {
  say(error instanceof StartFault ? error.message : `Something unexpected happened (${fault(error).reason}).`)
  if (!(error instanceof StartFault)) say(fault(error).at.join('\n'))
  process.exit(1)
}

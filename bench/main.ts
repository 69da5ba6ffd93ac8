import { cp, rm, writeFile } from 'node:fs/promises'
import { measureAcknowledgement } from './acknowledgement.ts'
import { measureDigest } from './digest.ts'
import { measureExport } from './export.ts'
import { measureFootprint } from './footprint.ts'
import { measureHome } from './home.ts'
import { measureIntake } from './intake.ts'
import { measurePictures } from './pictures.ts'
import { profile } from './profile.ts'
import { fillClosed, fillOpen } from './support/fill.ts'
import { type Server, startPostgres } from './support/postgres.ts'
import { startSlack, stopAll } from './support/processes.ts'
import { judge, type Measured, machine, table } from './support/report.ts'
import { DUE, measureSweep } from './sweep.ts'

/*
 * Measures what the goals speak of; what is compared is measured side by side, in one run. `npm run bench` runs
 * everything, `npm run bench sweep digest` some of it, `npm run bench profile` where the bot's time goes. From the repository's root.
 */

type Part = (server: Server) => Promise<Measured[]>

/** Fewer, to see whether it works: what it says then means nothing. */
const MILLION = Number(process.env.BENCH_ROWS ?? 1_000_000)

const acknowledgement: Part = async (server) => {
  const slack = await startSlack()
  return measureAcknowledgement({ database: await server.company('acknowledgement'), apiUrl: slack.apiUrl })
}

const footprint: Part = async (server) => {
  const slack = await startSlack()
  return measureFootprint({ database: await server.company('footprint'), apiUrl: slack.apiUrl })
}

const intake: Part = async (server) =>
  measureIntake({ ours: await server.company('intake'), baseline: await server.company('rows') })

const sweep: Part = async (server) => {
  const now = new Date()
  const [million, thousand] = [await server.company('million'), await server.company('thousand')]
  await Promise.all([fillOpen(million, MILLION, DUE, now), fillOpen(thousand, 1_000, DUE, now)])
  return measureSweep({ million, thousand }, now)
}

const digest: Part = async (server) => {
  const now = new Date()
  const closed = await server.company('closed')
  await fillClosed(closed, MILLION, now)
  return measureDigest(closed, now)
}

const exporting: Part = async (server) => {
  const now = new Date()
  const [million, thousand] = [await server.company('rows_out'), await server.company('few_out')]
  await Promise.all([fillClosed(million, MILLION, now), fillClosed(thousand, 1_000, now)])
  return measureExport({ million, thousand })
}

const home: Part = async (server) => {
  const company = await server.company('home')
  await fillOpen(company, 2_000, 0, new Date())
  return measureHome(company)
}

const pictures: Part = () => measurePictures()

const PARTS: Readonly<Record<string, Part>> = {
  acknowledgement,
  intake,
  footprint,
  sweep,
  digest,
  home,
  pictures,
  export: exporting,
}

const say = (text: string) => process.stderr.write(`${text}\n`)

async function run(names: readonly string[]): Promise<void> {
  // Compiled files look for the migrations beside them, as the package's do.
  const migrations = new URL('../drizzle', import.meta.url)
  await rm(migrations, { recursive: true, force: true })
  await cp('drizzle', migrations, { recursive: true })

  const server = await startPostgres()
  const stop = async () => {
    await stopAll()
    await server.stop()
  }
  const end = (why: unknown) => {
    say(why instanceof Error ? (why.stack ?? why.message) : String(why))
    void stop().finally(() => process.exit(1))
  }
  for (const event of ['SIGINT', 'SIGTERM', 'uncaughtException', 'unhandledRejection'] as const)
    process.once(event, end)
  try {
    if (names[0] === 'profile') return void process.stdout.write(await profile(server))
    const measured: Measured[] = []
    for (const name of names) {
      const part = PARTS[name]
      if (!part) throw new Error(`There is no "${name}". There are: ${Object.keys(PARTS).join(', ')}.`)
      const from = performance.now()
      try {
        measured.push(...(await part(server)))
      } catch (error) {
        say(`${name} FAILED: ${error instanceof Error ? error.stack : String(error)}`)
        process.exitCode = 1
      }
      await stopAll()
      say(`${name}: ${((performance.now() - from) / 1000).toFixed(0)} s`)
    }
    const results = measured.map(judge)
    const about = { date: new Date().toISOString(), machine: machine(server.version) }
    process.stdout.write(`\n${table(results)}\n\n${JSON.stringify(about.machine)}\n`)
    await writeFile('bench/results.json', `${JSON.stringify({ ...about, results }, null, 2)}\n`)
  } finally {
    await stop()
  }
}

const asked = process.argv.slice(2)
await run(asked.length > 0 ? asked : Object.keys(PARTS))

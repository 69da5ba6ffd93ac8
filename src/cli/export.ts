import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { stringify } from 'csv-stringify'
import { StartFault } from '../startFault.ts'
import { columnsOf, EXPORTS, type Export, type ExportedRow, exported } from '../store/exports.ts'
import { readSetup } from '../store/setup.ts'
import { instantIn } from './instant.ts'
import { atWorkspace, type Terminal, WORKSPACE, type WorkspaceOption } from './workspace.ts'

const FORMATS = ['csv', 'jsonl'] as const
type Format = (typeof FORMATS)[number]

interface Options extends WorkspaceOption {
  readonly from?: string
  readonly to?: string
  readonly format: Format
}

/** `amends export complaints | promises | causes`, to standard output. */
export function exportCommand(program: Command, terminal: Terminal): void {
  const range = 'a day (2026-03-01, in the workspace’s time zone) or an instant (2026-03-01T08:00:00Z)'
  program
    .command('export')
    .argument('<what>', EXPORTS.join(', '), oneOf(EXPORTS))
    .description('writes rows for a spreadsheet or another program to standard output')
    .option('--from <when>', `the first: ${range}`)
    .option('--to <when>', 'up to, but without: the same')
    .addOption(new Option('--format <format>').choices(FORMATS).default('csv'))
    .option(...WORKSPACE)
    .action((what: Export, options: Options) =>
      atWorkspace(terminal, options, async ({ db, workspace }) => {
        const setup = (await readSetup(db.reader, workspace))?.setup
        if (!setup)
          throw new StartFault('Nothing is in force yet: put a file in force with `amends config apply FILE`.')
        const within = (option: '--from' | '--to', text: string | undefined) =>
          text === undefined ? null : instantIn(text, setup.timezone, option)
        const range = { from: within('--from', options.from), to: within('--to', options.to) }
        if (range.from && range.to && range.from >= range.to)
          throw new StartFault('--to: expected a day or an instant after --from')
        await write(exported(db.reader, workspace, what, range), columnsOf(what), options.format, terminal)
      }),
    )
}

const oneOf =
  <Word extends string>(words: readonly Word[]) =>
  (typed: string): Word => {
    const found = words.find((word) => word === typed)
    if (!found) throw new InvalidArgumentError(`Allowed choices are ${words.join(', ')}.`)
    return found
  }

/** As fast as whoever reads takes it; the end of a reader that has seen enough (`| head`) is no fault. */
async function write(
  rows: AsyncIterable<ExportedRow>,
  columns: readonly string[],
  format: Format,
  { stdout }: Terminal,
): Promise<void> {
  try {
    await pipeline(Readable.from(rows), format === 'csv' ? asCsv(columns) : asLines(), stdout, { end: false })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error
  }
}

/** RFC 4180. What a spreadsheet would take for a formula gets an apostrophe in front. */
const asCsv = (columns: readonly string[]) =>
  stringify({
    ...{ header: true, columns: [...columns], record_delimiter: 'windows', escape_formulas: true },
    cast: { boolean: (value) => (value ? 'true' : 'false') },
  })

const asLines = (): Transform =>
  new Transform({
    writableObjectMode: true,
    transform: (row: ExportedRow, _encoding, done) => done(null, `${JSON.stringify(row)}\n`),
  })

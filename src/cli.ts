import type { Command } from 'commander'
import { applyFile, type ConfigDeps, checkFile, exportConfig } from './config/commands.ts'
import { type ConfigEnvironment, readConfigEnvironment } from './config/environment.ts'
import { readConfigFile } from './config/file.ts'
import { checkingClient } from './config/verify.ts'
import { makeLog } from './log.ts'
import { openDatabase } from './openDatabase.ts'
import { putInForce } from './operations/putInForce.ts'
import { identify } from './slack/identity.ts'
import { StartFault } from './startFault.ts'
import { readSetup, readWorkspaces } from './store/setup.ts'

/** What a command reads and where it writes: the process, or a test's own. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
  exitCode?: number | string | null | undefined
}

interface WorkspaceOption {
  readonly workspace?: string
}

const WORKSPACE = ['--workspace <id>', 'Slack’s team id (T…), where there is no SLACK_BOT_TOKEN to ask with'] as const

/** `amends config check | apply | export`. */
export function configCommands(program: Command, terminal: Terminal): void {
  const config = program.command('config').description('departments, root causes and policy')
  config
    .command('check <file>')
    .description('reports every fault with its path')
    .action(async (file: string) => {
      terminal.exitCode = await checkFile(file, talking(terminal, readEnvironmentOrFault(terminal)))
    })
  config
    .command('apply <file>')
    .description('puts the file in force: all of it or nothing')
    .option(...WORKSPACE)
    .action((file: string, options: WorkspaceOption) => withStore(terminal, options, (deps) => applyFile(file, deps)))
  config
    .command('export')
    .description('prints what is in force')
    .option(...WORKSPACE)
    .action((options: WorkspaceOption) => withStore(terminal, options, exportConfig))
}

function readEnvironmentOrFault({ env }: Terminal): ConfigEnvironment {
  const read = readConfigEnvironment(env)
  if (!read.ok) throw new StartFault(read.faults.join('\n'))
  return read.environment
}

function talking({ stdout, stderr }: Terminal, { slack }: ConfigEnvironment): Omit<ConfigDeps, 'store'> {
  return {
    readFile: readConfigFile,
    print: (text) => stdout.write(`${text}\n`),
    printError: (text) => stderr.write(`${text}\n`),
    ...(slack ? { client: checkingClient(slack.botToken, slack.apiUrl) } : {}),
  }
}

async function withStore(
  terminal: Terminal,
  { workspace: named }: WorkspaceOption,
  run: (deps: ConfigDeps) => Promise<number>,
): Promise<void> {
  const environment = readEnvironmentOrFault(terminal)
  const deps = talking(terminal, environment)
  const db = await openDatabase(environment.database)
  try {
    const workspace = named ?? (await workspaceOf(deps, await readWorkspaces(db.reader)))
    terminal.exitCode = await run({
      ...deps,
      store: {
        putSetup: async (setup) => {
          const put = await putInForce(db, workspace, setup, new Date())
          return put.ok ? (put.changed ? 'changed' : 'unchanged') : { refused: put.faults }
        },
        getSetup: async () => (await readSetup(db.reader, workspace))?.setup ?? null,
      },
    })
  } finally {
    await db.close()
  }
}

/** The token says which workspace it is; without one, a database that knows just one does. */
async function workspaceOf({ client }: Omit<ConfigDeps, 'store'>, known: readonly string[]): Promise<string> {
  if (client) return (await identify(client, makeLog('silent'))).team
  const [only, ...others] = known
  if (only && others.length === 0) return only
  throw new StartFault(
    'SLACK_BOT_TOKEN is not set: it tells which workspace this is for. Or name it with --workspace T….',
  )
}

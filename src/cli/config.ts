import type { Command } from 'commander'
import { applyFile, type ConfigDeps, checkFile, exportConfig } from '../config/commands.ts'
import type { ConfigEnvironment } from '../config/environment.ts'
import { readConfigFile } from '../config/file.ts'
import { checkingClient } from '../config/verify.ts'
import { putInForce } from '../operations/putInForce.ts'
import { readSetup } from '../store/setup.ts'
import { atWorkspace, readEnvironmentOrFault, type Terminal, WORKSPACE, type WorkspaceOption } from './workspace.ts'

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

function talking({ stdout, stderr }: Terminal, { slack }: ConfigEnvironment): Omit<ConfigDeps, 'store'> {
  return {
    readFile: readConfigFile,
    print: (text) => stdout.write(`${text}\n`),
    printError: (text) => stderr.write(`${text}\n`),
    ...(slack ? { client: checkingClient(slack.botToken, slack.apiUrl) } : {}),
  }
}

const withStore = (
  terminal: Terminal,
  option: WorkspaceOption,
  run: (deps: ConfigDeps) => Promise<number>,
): Promise<void> =>
  atWorkspace(terminal, option, async ({ db, workspace, environment }) => {
    terminal.exitCode = await run({
      ...talking(terminal, environment),
      store: {
        putSetup: async (setup) => {
          const put = await putInForce(db, workspace, setup, new Date())
          return put.ok ? (put.changed ? 'changed' : 'unchanged') : { refused: put.faults }
        },
        getSetup: async () => (await readSetup(db.reader, workspace))?.setup ?? null,
      },
    })
  })

import { type ConfigEnvironment, readConfigEnvironment } from '../config/environment.ts'
import { checkingClient } from '../config/verify.ts'
import { makeLog } from '../log.ts'
import { openDatabase } from '../openDatabase.ts'
import { identify } from '../slack/identity.ts'
import { StartFault } from '../startFault.ts'
import type { Database } from '../store/database.ts'
import { readWorkspaces } from '../store/setup.ts'

/** What a command reads and where it writes: the process, or a test's own. */
export interface Terminal {
  readonly env: NodeJS.ProcessEnv
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stdout: NodeJS.WritableStream
  readonly stderr: NodeJS.WritableStream
  exitCode?: number | string | null | undefined
}

export interface WorkspaceOption {
  readonly workspace?: string
}

export const WORKSPACE = [
  '--workspace <id>',
  'Slack’s team id (T…), where there is no SLACK_BOT_TOKEN to ask with',
] as const

/** @throws StartFault with every fault. */
export function readEnvironmentOrFault({ env }: Terminal): ConfigEnvironment {
  const read = readConfigEnvironment(env)
  if (!read.ok) throw new StartFault(read.faults.join('\n'))
  return read.environment
}

export interface AtWorkspace {
  readonly environment: ConfigEnvironment
  readonly db: Database
  /** Slack's team id. */
  readonly workspace: string
}

/** Runs `work` on the database that the environment names, for the workspace meant. */
export async function atWorkspace<Result>(
  terminal: Terminal,
  { workspace: named }: WorkspaceOption,
  work: (at: AtWorkspace) => Promise<Result>,
): Promise<Result> {
  const environment = readEnvironmentOrFault(terminal)
  const db = await openDatabase(environment.database)
  try {
    const workspace = named ?? (await workspaceOf(environment, await readWorkspaces(db.reader)))
    return await work({ environment, db, workspace })
  } finally {
    await db.close()
  }
}

/** The token says which workspace it is; without one, a database that knows just one does. */
async function workspaceOf({ slack }: ConfigEnvironment, known: readonly string[]): Promise<string> {
  if (slack) return (await identify(checkingClient(slack.botToken, slack.apiUrl), makeLog('silent'))).team
  const [only, ...others] = known
  if (only && others.length === 0) return only
  throw new StartFault(
    'SLACK_BOT_TOKEN is not set: it tells which workspace this is for. Or name it with --workspace T….',
  )
}

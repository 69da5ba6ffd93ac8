import type { WebClient } from '@slack/web-api'
import type { Setup } from '../complaint/setup.ts'
import { leavesOf } from '../complaint/setup.ts'
import { describeChanges } from './changes.ts'
import { formatConfig } from './format.ts'
import { parseConfig } from './parse.ts'
import { verifyAgainstSlack } from './verify.ts'
import { LARGEST_FILE } from './yaml.ts'

/** What `amends config …` needs from outside. */
export interface ConfigDeps {
  /** `readConfigFile`, which stops reading at the largest size taken. */
  readonly readFile: (path: string) => Promise<Uint8Array | string>
  /** One line (or the exported file) to stdout; a line end is added. */
  readonly print: (text: string) => void
  /** One line to stderr; a line end is added. */
  readonly printError: (text: string) => void
  readonly store: {
    /** May refuse what the file alone cannot show: a department taken away with complaints open in it. */
    readonly putSetup: (setup: Setup) => Promise<'changed' | 'unchanged' | { readonly refused: readonly string[] }>
    readonly getSetup: () => Promise<Setup | null>
  }
  /** Given: channels, people and usergroups are looked up in Slack as well. See `checkingClient`. */
  readonly client?: WebClient
}

/** The process's exit code: 1 where something is wrong. */
export type ExitCode = 0 | 1

/** `amends config check FILE`: every fault to stderr, or that it is fine. */
export async function checkFile(path: string, deps: Omit<ConfigDeps, 'store'>): Promise<ExitCode> {
  const setup = await checked(path, deps)
  if (!setup) return 1
  deps.print(`${path}: fine. ${summary(setup)}`)
  return 0
}

/**
 * `amends config apply FILE`: checks, then puts the whole file in force or nothing of it. A store that fails throws: that is
 * not a fault of the file.
 */
export async function applyFile(path: string, deps: ConfigDeps): Promise<ExitCode> {
  const setup = await checked(path, deps)
  if (!setup) return 1
  const before = await deps.store.getSetup()
  const outcome = await deps.store.putSetup(setup)
  if (typeof outcome === 'object') {
    refuse(path, outcome.refused, deps)
    return 1
  }
  if (outcome === 'unchanged') {
    deps.print(`${path}: already in force. ${summary(setup)}`)
    return 0
  }
  deps.print(`${path}: in force. ${summary(setup)}`)
  for (const change of before ? describeChanges(before, setup) : []) deps.print(`  ${change}`)
  return 0
}

/** `amends config export`: what is in force, as a file that `apply` takes. */
export async function exportConfig(deps: Pick<ConfigDeps, 'print' | 'printError' | 'store'>): Promise<ExitCode> {
  const setup = await deps.store.getSetup()
  if (!setup) {
    deps.printError('Nothing is in force yet: put a file in force with `amends config apply FILE`.')
    return 1
  }
  deps.print(formatConfig(setup).trimEnd())
  return 0
}

/** The file's setup; or undefined, with all that is wrong said on stderr. */
async function checked(path: string, deps: Omit<ConfigDeps, 'store'>): Promise<Setup | undefined> {
  const text = await textOf(path, deps)
  if (!text.ok) {
    deps.printError(`${path}: ${text.fault}`)
    return undefined
  }
  const parsed = parseConfig(text.text)
  if (!parsed.ok) return refuse(path, parsed.faults, deps)
  if (!deps.client) return parsed.setup
  const { faults, warnings } = await verifyAgainstSlack(parsed.setup, deps.client)
  for (const warning of warnings) deps.printError(`warning: ${warning}`)
  return faults.length > 0 ? refuse(path, faults, deps) : parsed.setup
}

function refuse(path: string, faults: readonly string[], deps: Pick<ConfigDeps, 'printError'>): undefined {
  deps.printError(`${path}: ${counted(faults.length, 'fault')}`)
  for (const fault of faults) deps.printError(fault)
}

type Text = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: string }

async function textOf(path: string, deps: Pick<ConfigDeps, 'readFile'>): Promise<Text> {
  let content: Uint8Array | string
  try {
    content = await deps.readFile(path)
  } catch (error) {
    return { ok: false, fault: unreadable(error) }
  }
  if (typeof content === 'string') return { ok: true, text: content }
  if (content.length > LARGEST_FILE) return { ok: false, fault: 'the file is larger than 1 MB' }
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(content) }
  } catch {
    return { ok: false, fault: 'the file is not UTF-8 text; save it as UTF-8' }
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read by this user',
  EPERM: 'the file may not be read by this user',
  EISDIR: 'this is a folder, not a file',
  ENOTDIR: 'there is no such file',
}

function unreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return UNREADABLE[code] ?? `the file cannot be read${code === '' ? '' : ` (${code})`}`
}

const summary = (setup: Setup): string =>
  `${counted(setup.departments.length, 'department')}, ${counted(leavesOf(setup.rootCauses).length, 'root cause')}.`

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

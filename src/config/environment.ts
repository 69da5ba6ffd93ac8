/** The environment's variables, read once, at the start. No fault repeats a value: any of them may be a secret. */

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export type Variables = Readonly<Record<string, string | undefined>>

/** How Slack reaches us: it calls our HTTP port, or we hold sockets to it. */
export type SlackMode =
  | { readonly kind: 'http'; readonly signingSecret: string }
  | { readonly kind: 'socket'; readonly appToken: string }

export type DatabasePlace =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'embedded'; readonly directory: string }

/** What `amends start` runs with. */
export interface Environment {
  readonly slack: {
    readonly botToken: string
    /** Ends with a slash. */
    readonly apiUrl: string
    readonly mode: SlackMode
  }
  /** In Socket Mode too, for `/healthz` and `/metrics`. 0: any free one. */
  readonly port: number
  readonly database: DatabasePlace
  readonly logLevel: LogLevel
}

/** What `amends config …` runs with: Slack only where there is a token to ask it with. */
export interface ConfigEnvironment {
  readonly slack: { readonly botToken: string; readonly apiUrl: string } | null
  readonly database: DatabasePlace
  readonly logLevel: LogLevel
}

export type EnvironmentResult<T> =
  | { readonly ok: true; readonly environment: T }
  | { readonly ok: false; readonly faults: string[] }

/** The environment of `amends start`, or every fault of it at once, by name. */
export function readEnvironment(env: Variables): EnvironmentResult<Environment> {
  const faults: string[] = []
  const botToken = botTokenOf(env, faults)
  if (botToken === undefined && !isSet(env, 'SLACK_BOT_TOKEN')) {
    faults.push("SLACK_BOT_TOKEN is not set: the bot token (xoxb-…) from your Slack app's page, OAuth & Permissions.")
  }
  const mode = modeOf(env, faults)
  const apiUrl = apiUrlOf(env, faults)
  const port = portOf(env, faults)
  const database = databaseOf(env, faults)
  const logLevel = logLevelOf(env, faults)
  if (faults.length > 0 || botToken === undefined || mode === undefined) return { ok: false, faults }
  return { ok: true, environment: { slack: { botToken, apiUrl, mode }, port, database, logLevel } }
}

/** The environment of `amends config …`: the database, and Slack's token and address where they are set. */
export function readConfigEnvironment(env: Variables): EnvironmentResult<ConfigEnvironment> {
  const faults: string[] = []
  const botToken = botTokenOf(env, faults)
  const apiUrl = apiUrlOf(env, faults)
  const database = databaseOf(env, faults)
  const logLevel = logLevelOf(env, faults)
  if (faults.length > 0) return { ok: false, faults }
  return { ok: true, environment: { slack: botToken === undefined ? null : { botToken, apiUrl }, database, logLevel } }
}

/** A line `NAME=` in an env file means "not set", and so do blanks. */
const settingOf = (env: Variables, name: string): string | undefined => {
  const value = env[name]
  return value === undefined || value.trim() === '' ? undefined : value
}

const isSet = (env: Variables, name: string): boolean => settingOf(env, name) !== undefined

function secretOf(env: Variables, name: string, faults: string[]): string | undefined {
  const value = settingOf(env, name)
  if (value === undefined || !/\s/.test(value)) return value
  faults.push(`${name} contains white space: copy it again, without spaces or line breaks around it.`)
  return undefined
}

function botTokenOf(env: Variables, faults: string[]): string | undefined {
  const token = secretOf(env, 'SLACK_BOT_TOKEN', faults)
  const other = token?.startsWith('xapp-') ? 'an app-level token (xapp-…)' : undefined
  const person = token?.startsWith('xoxp-') ? "a person's token (xoxp-…)" : undefined
  if (other ?? person) {
    faults.push(
      `SLACK_BOT_TOKEN holds ${other ?? person}: the bot token (xoxb-…) is on your Slack app's page, OAuth & Permissions.`,
    )
  }
  return token
}

function modeOf(env: Variables, faults: string[]): SlackMode | undefined {
  const appToken = secretOf(env, 'SLACK_APP_TOKEN', faults)
  const signingSecret = secretOf(env, 'SLACK_SIGNING_SECRET', faults)
  if (appToken?.startsWith('xoxb-') || appToken?.startsWith('xoxp-')) {
    faults.push(
      "SLACK_APP_TOKEN holds another kind of token: the app-level token (xapp-…) is on your Slack app's page, Basic Information.",
    )
  }
  if (appToken !== undefined) return { kind: 'socket', appToken }
  if (signingSecret !== undefined) return { kind: 'http', signingSecret }
  if (!isSet(env, 'SLACK_APP_TOKEN') && !isSet(env, 'SLACK_SIGNING_SECRET')) {
    faults.push(
      "SLACK_SIGNING_SECRET is not set: the signing secret from your Slack app's page, Basic Information; " +
        'or set SLACK_APP_TOKEN (xapp-…, same page, App-Level Tokens) for Socket Mode.',
    )
  }
  return undefined
}

const SLACK_API = 'https://slack.com/api/'

function apiUrlOf(env: Variables, faults: string[]): string {
  const value = settingOf(env, 'SLACK_API_URL')?.trim()
  if (value === undefined) return SLACK_API
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !/^https?:\/\//i.test(value) || url.search !== '' || url.hash !== '') {
    faults.push(`SLACK_API_URL is not a http:// or https:// address: leave it out for Slack's own, ${SLACK_API}.`)
    return SLACK_API
  }
  return value.endsWith('/') ? value : `${value}/`
}

const DEFAULT_PORT = 3000

function portOf(env: Variables, faults: string[]): number {
  const value = settingOf(env, 'PORT')?.trim()
  if (value === undefined) return DEFAULT_PORT
  const port = /^[0-9]{1,5}$/.test(value) ? Number(value) : Number.NaN
  if (port <= 65_535) return port
  faults.push(
    `PORT is not a whole number from 0 to 65535: the port to listen on, ${DEFAULT_PORT} where it is left out.`,
  )
  return DEFAULT_PORT
}

function databaseOf(env: Variables, faults: string[]): DatabasePlace {
  const url = settingOf(env, 'DATABASE_URL')?.trim()
  if (url === undefined) return { kind: 'embedded', directory: settingOf(env, 'DATA_DIR') ?? 'data' }
  if (!isPostgresUrl(url)) {
    faults.push(
      'DATABASE_URL is not an address like postgres://user:password@host:5432/database ' +
        '(percent-encode special characters in the password): leave it out for the embedded database in DATA_DIR.',
    )
  }
  return { kind: 'postgres', url }
}

/** What the postgres package can take apart; several hosts, separated by commas, included. */
function isPostgresUrl(url: string): boolean {
  const match = /^postgres(?:ql)?:\/\/([^\s?/]*)(\S*)$/.exec(url)
  if (!match) return false
  const [, authority = '', rest = ''] = match
  const at = authority.lastIndexOf('@') + 1
  const firstHost = authority.slice(at).split(',')[0] ?? ''
  if (authority === '' && rest.length < 2) return false
  try {
    decodeURIComponent(authority)
  } catch {
    return false
  }
  return URL.canParse(`postgres://${authority.slice(0, at)}${firstHost}${rest}`)
}

function logLevelOf(env: Variables, faults: string[]): LogLevel {
  const value = settingOf(env, 'LOG_LEVEL')?.trim().toLowerCase()
  const level = value === undefined ? 'info' : LOG_LEVELS.find((known) => known === value)
  if (level) return level
  faults.push(`LOG_LEVEL is not one of ${LOG_LEVELS.join(', ')}: info where it is left out.`)
  return 'info'
}

import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api'

/** What became of one question to Slack. */
export type Answer<T> =
  | { readonly state: 'answered'; readonly data: T }
  /** Slack's own word for why not: `channel_not_found`. */
  | { readonly state: 'refused'; readonly code: string }
  /** Nothing was learnt. `lasting`: asking the same method for something else would end no better. */
  | { readonly state: 'unknown'; readonly why: string; readonly lasting: boolean }
  | { readonly state: 'unauthorised'; readonly code: string }

const UNAUTHORISED = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'app_uninstalled',
])

/** Refusals of the method, whatever it is asked about. */
const OF_THE_METHOD = new Set([
  'missing_scope',
  'unknown_method',
  'not_allowed_token_type',
  'no_permission',
  'access_denied',
  'ekm_access_denied',
  'method_deprecated',
  'deprecated_endpoint',
  'paid_teams_only',
  'plan_upgrade_required',
  'team_access_not_granted',
  'two_factor_setup_required',
  'org_login_required',
  'request_timeout',
  'service_unavailable',
])

const silent = () => {}
const SILENT: Logger = {
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  setLevel: silent,
  setName: silent,
  getLevel: () => LogLevel.ERROR,
}

/**
 * A client for looking things up while a person waits: one retry, a timeout, and rate limits handed to `ask`, which waits
 * only as long as there is time. It writes no log lines.
 */
export function checkingClient(botToken: string, apiUrl: string): WebClient {
  return new WebClient(botToken, {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 1, minTimeout: 500, maxTimeout: 500 },
    timeout: 8_000,
    rejectRateLimitedCalls: true,
    logger: SILENT,
  })
}

/** Asks until Slack says yes or no, or `deadline` aborts; waits out rate limits. Never throws. */
export async function ask<T>(call: () => Promise<T>, deadline: AbortSignal): Promise<Answer<T>> {
  while (!deadline.aborted) {
    try {
      return { state: 'answered', data: await before(deadline, call()) }
    } catch (error) {
      if (deadline.aborted) break
      if (!(error instanceof WebAPIRateLimitedError)) return failureOf(error)
      // Aborted: the loop ends by itself.
      await sleep(Math.max(error.retryAfter, 0.1) * 1_000, undefined, { signal: deadline }).catch(silent)
    }
  }
  return { state: 'unknown', why: 'there was no time left', lasting: true }
}

async function before<T>(deadline: AbortSignal, work: Promise<T>): Promise<T> {
  let stop = silent
  const over = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('no time left'))
    deadline.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, over])
  } finally {
    deadline.removeEventListener('abort', stop)
  }
}

function failureOf(error: unknown): Answer<never> {
  if (error instanceof WebAPIPlatformError) return refusalOf(error)
  if (error instanceof WebAPIHTTPError) return { state: 'unknown', why: `HTTP ${error.statusCode}`, lasting: true }
  const why = error instanceof WebAPIRequestError ? causeOf(error.original) : 'an answer that makes no sense'
  return { state: 'unknown', why, lasting: true }
}

function refusalOf({ data }: WebAPIPlatformError): Answer<never> {
  const { error: code, needed } = data as { error: string; needed?: unknown }
  // A body cut short arrives here as "the code": not a refusal, and not for a person's eyes.
  if (!/^[a-z][a-z0-9_]{1,60}$/.test(code)) {
    return { state: 'unknown', why: 'an answer that makes no sense', lasting: false }
  }
  if (UNAUTHORISED.has(code)) return { state: 'unauthorised', code }
  if (!OF_THE_METHOD.has(code)) return { state: 'refused', code }
  const scope = code === 'missing_scope' && typeof needed === 'string' ? `, it needs ${needed}` : ''
  return { state: 'unknown', why: `${code}${scope}`, lasting: true }
}

/** fetch hides the reason in the cause of its error. */
function causeOf(error: Error): string {
  if (error.name === 'TimeoutError') return 'no answer in time'
  const cause = error.cause instanceof Error && 'code' in error.cause ? ` (${String(error.cause.code)})` : ''
  return `no connection${cause}`
}

import { HOUR, MINUTE, SECOND } from '../complaint/time.ts'

/** What is to become of a message after a call. Durations are milliseconds. */
export type Fate =
  /** Slack asked to wait: this does not count as a try. */
  | { readonly kind: 'wait'; readonly delay: number }
  /** It was surely not posted, and may be tried again. */
  | { readonly kind: 'again'; readonly error: string }
  /** It may have been posted: to be looked up before it is posted again. */
  | { readonly kind: 'unknown'; readonly error: string }
  /** Refused for good where it was to go. */
  | { readonly kind: 'refused'; readonly error: string }
  /** The message that was to be edited is not there any more. */
  | { readonly kind: 'gone'; readonly error: string }
  /** Nothing can be sent in this workspace until a person has mended its token. */
  | { readonly kind: 'stop'; readonly error: string }

const STOPPING = [
  'token_revoked',
  'token_expired',
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'app_uninstalled',
  'team_disabled',
]
const AMBIGUOUS = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable']
const RATE_LIMITED = ['ratelimited', 'rate_limited', 'message_limit_exceeded']
/** They pass: the workspace is being moved into an organisation, or an admin adds what the app may do. */
const PASSING = ['team_added_to_org', 'org_login_required', 'missing_scope']
const GONE = ['message_not_found', 'cant_update_message', 'edit_window_closed']
/** Network errors from before anything reached Slack. */
const UNSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']

/** How long to wait where Slack doesn't say. */
export const RETRY_AFTER = 5 * SECOND
/** From queueing on: what could not be sent by then goes to the fallback channel. */
export const GIVE_UP_AFTER = 24 * HOUR

const DELAYS = [1 * SECOND, 2 * SECOND, 5 * SECOND, 15 * SECOND, 30 * SECOND, 1 * MINUTE, 2 * MINUTE, 5 * MINUTE]

/** How long to wait after the `attempts`-th try. Milliseconds. */
export const delayAfter = (attempts: number): number =>
  DELAYS[Math.min(Math.max(attempts, 1), DELAYS.length) - 1] ?? 5 * MINUTE

interface CallError {
  readonly code?: unknown
  readonly statusCode?: unknown
  readonly retryAfter?: unknown
  readonly data?: { readonly error?: unknown }
  readonly original?: unknown
  readonly cause?: unknown
}

/** The code with which Slack refused a call; null where it did not. */
export function refusalOf(thrown: unknown): string | null {
  const { code, data } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as CallError
  return code === 'slack_webapi_platform_error' && typeof data?.error === 'string' ? data.error : null
}

/** What a failed call of web-api means. Whatever can't be told for sure is `unknown`; no text of Slack's answer is kept. */
export function fateOf(thrown: unknown): Fate {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as CallError
  switch (error.code) {
    case 'slack_webapi_rate_limited_error':
      return { kind: 'wait', delay: typeof error.retryAfter === 'number' ? error.retryAfter * SECOND : RETRY_AFTER }
    case 'slack_webapi_platform_error':
      return fateOfAnswer(error.data?.error)
    case 'slack_webapi_http_error':
      return { kind: 'unknown', error: `http_${String(error.statusCode)}` }
    default: {
      const network = networkCode(error)
      return network && UNSENT.includes(network)
        ? { kind: 'again', error: network }
        : { kind: 'unknown', error: network ?? 'no_answer' }
    }
  }
}

/** The same for what is done besides saying something: what passes only when a person does something about it ends it at once. */
export function fateOnChannel(thrown: unknown): Fate {
  const fate = fateOf(thrown)
  return fate.kind === 'again' && PASSING.includes(fate.error) ? { kind: 'refused', error: fate.error } : fate
}

function fateOfAnswer(answer: unknown): Fate {
  // A body that was cut short stands here as it came: no refusal, and full of people's words.
  if (typeof answer !== 'string' || !/^[a-z][a-z0-9_]{1,60}$/.test(answer))
    return { kind: 'unknown', error: 'unreadable_answer' }
  if (STOPPING.includes(answer)) return { kind: 'stop', error: answer }
  if (AMBIGUOUS.includes(answer)) return { kind: 'unknown', error: answer }
  if (RATE_LIMITED.includes(answer)) return { kind: 'wait', delay: RETRY_AFTER }
  if (PASSING.includes(answer)) return { kind: 'again', error: answer }
  if (GONE.includes(answer)) return { kind: 'gone', error: answer }
  return { kind: 'refused', error: answer }
}

function networkCode(error: CallError): string | null {
  for (let at: unknown = error.original ?? error.cause ?? error, depth = 0; at && depth < 5; depth += 1) {
    const { code, cause } = at as { code?: unknown; cause?: unknown }
    if (typeof code === 'string' && code !== 'slack_webapi_request_error') return code
    at = cause
  }
  return null
}

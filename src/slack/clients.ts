import { WebClient } from '@slack/web-api'
import { SECOND } from '../complaint/time.ts'
import { type Log, libraryLog } from '../log.ts'

/** How long a call may take before its outcome counts as unknown. Milliseconds. */
const DELIVERY_TIMEOUT = 15 * SECOND
/** A trigger lives 3 s. */
const INTERACTION_TIMEOUT = 3 * SECOND

export interface ClientOptions {
  readonly token: string
  readonly slackApiUrl: string
  readonly log: Log
}

/** A 429 without Retry-After comes out of web-api as a plain error: here it gets the one that Slack usually sends. */
async function withRetryAfter(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  if (response.status !== 429 || response.headers.has('retry-after')) return response
  const headers = new Headers(response.headers)
  headers.set('retry-after', '5')
  return new Response(response.body, { status: 429, headers })
}

/**
 * Never retries by itself: what was accepted before the connection broke would be posted again. Interactions and deliveries
 * have a client each, since one 429 stops every call of a client.
 */
function client({ token, slackApiUrl, log }: ClientOptions, timeout: number): WebClient {
  return new WebClient(token, {
    slackApiUrl,
    timeout,
    fetch: withRetryAfter,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: libraryLog(log, 'web-api'),
  })
}

export const deliveryClient = (options: ClientOptions): WebClient => client(options, DELIVERY_TIMEOUT)
export const interactionClient = (options: ClientOptions): WebClient => client(options, INTERACTION_TIMEOUT)

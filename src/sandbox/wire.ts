import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FaultPlan } from './faults.ts'
import { isJson, type Json, maybeJson } from './json.ts'

/** Arguments that a form carries as JSON text (docs.slack.dev, "Using the Slack Web API"). */
const ENCODED_AS_JSON = ['blocks', 'attachments', 'view', 'metadata', 'unfurls', 'files', 'event', 'profile', 'prompts']

/** By its events: iterating over it takes a tenth more of the processor's time for a whole call. */
export function readBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => resolve(Buffer.concat(chunks)))
    message.on('error', reject)
  })
}

/** The arguments of a call, from its query and its form or JSON body. */
export function parseArgs(query: URLSearchParams, contentType: string, body: string): Json {
  const fromQuery = Object.fromEntries(query)
  if (contentType.includes('application/json')) {
    const parsed = maybeJson(body)
    return decode({ ...fromQuery, ...(isJson(parsed) ? parsed : {}) })
  }
  if (contentType.includes('multipart/form-data')) return fromQuery
  return decode({ ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) })
}

function decode(args: Json): Json {
  const decoded: Json = { ...args }
  for (const field of ENCODED_AS_JSON) {
    const value = decoded[field]
    if (typeof value === 'string' && value !== '') decoded[field] = maybeJson(value)
  }
  return decoded
}

/** `Authorization: Bearer …`, or the `token` argument. */
export function tokenOf(request: IncomingMessage, args: Json): string | undefined {
  const header = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim()
  return header || (typeof args.token === 'string' && args.token !== '' ? args.token : undefined)
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  headers: Record<string, string> = {},
  status = 200,
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(body))
}

/** A TCP reset, not a polite end. */
function reset(response: ServerResponse): void {
  const socket: Socket | null = response.socket
  socket?.resetAndDestroy()
}

/**
 * Answers as the fault says. `carryOut` does what was asked; it is not called for faults that happen before Slack
 * has done anything.
 */
export async function answerWithFault(
  fault: FaultPlan,
  response: ServerResponse,
  carryOut: () => Promise<Json>,
): Promise<Json | undefined> {
  switch (fault.kind) {
    case 'resetBefore':
    case 'outage':
      reset(response)
      return undefined
    case 'hang':
      return undefined
    case 'rateLimit': {
      const seconds = fault.retryAfter ?? 1
      const body = { ok: false, error: 'ratelimited' }
      sendJson(response, body, seconds === 'none' ? {} : { 'retry-after': String(seconds) }, 429)
      return body
    }
    case 'http':
      response.writeHead(fault.status, { 'content-type': 'text/plain' })
      response.end(`Status ${fault.status}`)
      return undefined
    case 'error': {
      const body = { ok: false, error: fault.code }
      sendJson(response, body)
      return body
    }
    case 'acceptThenReset': {
      const body = await carryOut()
      reset(response)
      return body
    }
    case 'late': {
      const body = await carryOut()
      setTimeout(() => {
        if (!response.destroyed) sendJson(response, body)
      }, fault.ms).unref()
      return body
    }
    case 'garble': {
      const body = await carryOut()
      const half = JSON.stringify(body).slice(0, -10)
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(half)
      return body
    }
    case 'truncate': {
      const body = await carryOut()
      const whole = Buffer.from(JSON.stringify(body))
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
      response.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => response.socket?.destroy())
      return body
    }
  }
}

import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { isJson, type Json, maybeJson } from './json.ts'
import type { EnvelopeType } from './sockets.ts'
import type { SandboxSlack } from './types.ts'

/** How Slack reaches the app: its request URL, or Socket Mode. */
export type AppConnection =
  | {
      kind: 'http'
      /** Like http://127.0.0.1:3000/slack/events */
      url: string
      /** Milliseconds until Slack gives up on an answer. Absent: 3000. */
      ackWithinMs?: number
      copies?: () => number
    }
  | {
      kind: 'socket'
      ackWithinMs?: number
      /** How often everything is sent, where that is more than once. */
      copies?: () => number
    }

/** docs.slack.dev, "Handling user interaction": acknowledge within three seconds. */
const ACK_WITHIN_MS = 3000

/** What Slack sends: a command is a form, an interaction is JSON in a form's field, an event is JSON. */
export interface Delivery {
  form: 'command' | 'interactive' | 'event'
  payload: Json
  /** Slack's retries of an event: attempt 1 to 3. */
  retry?: { attempt: number; reason: string }
}

export interface Reply {
  /** HTTP status; over Socket Mode 200 for an ack. 0: no answer at all. */
  status: number
  /** What the ack carried: parsed when it is JSON, '' when empty. */
  body: unknown
  /** Until the answer, or until Slack gave up. */
  ms: number
  /** No answer within 3 s, which people see as `error`. */
  timedOut: boolean
  /** What Slack tells the person, like 'operation_timeout'. */
  error?: string
}

/** Sends the same thing `copies` times at once: over HTTP as requests, over Socket Mode as one envelope sent again. */
export async function deliver(
  slack: SandboxSlack,
  app: AppConnection,
  delivery: Delivery,
  { copies = 1 }: { copies?: number } = {},
): Promise<[Reply, ...Reply[]]> {
  const within = app.ackWithinMs ?? ACK_WITHIN_MS
  const envelope = slack.sockets.envelope(envelopeType(delivery), delivery.payload, delivery.retry)
  const one = async (): Promise<Reply> => {
    const from = performance.now()
    if (app.kind === 'http') return post(slack, app.url, delivery, within)
    const connected = slack.sockets.count > 0
    const payload = await slack.sockets.send(envelope, within)
    const ms = performance.now() - from
    if (payload) return { status: 200, body: Object.keys(payload).length === 0 ? '' : payload, ms, timedOut: false }
    return { status: 0, body: '', ms, timedOut: connected, error: connected ? 'operation_timeout' : 'dispatch_failed' }
  }
  const length = Math.max(copies, app.copies?.() ?? 1, 1)
  const at = slack.now()
  const recorded = async () => {
    const reply = await one()
    slack.deliveries.push({ ...delivery, at, reply })
    return reply
  }
  const [first, ...rest] = await Promise.all(Array.from({ length }, recorded))
  return [first as Reply, ...rest]
}

function envelopeType(delivery: Delivery): EnvelopeType {
  const types = { command: 'slash_commands', interactive: 'interactive', event: 'events_api' } as const
  return types[delivery.form]
}

function encode({ form, payload }: Delivery): { body: string; contentType: string } {
  if (form === 'event') return { body: JSON.stringify(payload), contentType: 'application/json' }
  const fields = form === 'interactive' ? { payload: JSON.stringify(payload) } : payload
  const body = new URLSearchParams(
    Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString()
  return { body, contentType: 'application/x-www-form-urlencoded' }
}

/** docs.slack.dev, "Verifying requests from Slack": v0=HMAC-SHA256 of v0:timestamp:body. Signed at the real time. */
function sign(secret: string, body: string): { 'x-slack-request-timestamp': string; 'x-slack-signature': string } {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` }
}

function post(slack: SandboxSlack, url: string, delivery: Delivery, within: number): Promise<Reply> {
  const from = performance.now()
  const { body, contentType } = encode(delivery)
  const { retry } = delivery
  const headers = {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    ...sign(slack.signingSecret, body),
    ...(retry ? { 'x-slack-retry-num': String(retry.attempt), 'x-slack-retry-reason': retry.reason } : {}),
  }
  return new Promise((resolve) => {
    const end = (reply: Omit<Reply, 'ms'>) => {
      clearTimeout(timer)
      resolve({ ...reply, ms: performance.now() - from })
    }
    const failed = () => end({ status: 0, body: '', timedOut: false, error: 'dispatch_failed' })
    const sending = request(url, { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', failed)
      response.on('end', () => {
        const status = response.statusCode ?? 0
        const answer = maybeJson(Buffer.concat(chunks).toString())
        end({ status, body: answer, timedOut: false, ...(status === 200 ? {} : { error: 'dispatch_failed' }) })
      })
    })
    const timer = setTimeout(() => {
      end({ status: 0, body: '', timedOut: true, error: 'operation_timeout' })
      sending.destroy()
    }, within)
    sending.on('error', failed)
    sending.end(body)
  })
}

/** The fields of an ack, when it has any. */
export function ackFields(reply: Reply): Json {
  return isJson(reply.body) ? reply.body : {}
}

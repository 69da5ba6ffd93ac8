import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { isJson, type Json, maybeJson, text } from './json.ts'
import { APP_ID } from './workspace.ts'

/** docs.slack.dev, "Using Socket Mode": up to ten connections an app. */
const MOST_CONNECTIONS = 10
/** Slack pings its clients; they give up on a connection that goes silent after the first. */
const PING_MS = 10_000

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api'

export interface Envelope {
  envelope_id: string
  type: EnvelopeType
  payload: Json
  accepts_response_payload: boolean
  retry_attempt?: number
  retry_reason?: string
}

interface Connection {
  socket: WebSocket
  /** Those who wait for the ack of an envelope, in the order in which it was sent here. */
  waiting: Map<string, ((payload: Json) => void)[]>
}

/** Slack's side of Socket Mode: one WebSocket server; each envelope goes to one of the connections, in turns. */
export class Sockets {
  private readonly server = new WebSocketServer({ noServer: true })
  private connections: Connection[] = []
  private readonly tickets = new Set<string>()
  private turn = 0
  private readonly url: () => string
  private readonly changed: () => void
  private readonly pings = setInterval(() => this.ping(), PING_MS).unref()
  /** Every envelope sent; one sent twice is here twice. */
  readonly sent: Envelope[] = []

  constructor(url: () => string, changed: () => void) {
    this.url = url
    this.changed = changed
  }

  /** How many are connected. */
  get count(): number {
    return this.connections.length
  }

  /** What apps.connections.open answers: good for one connection. */
  issueUrl(): string {
    const ticket = randomUUID()
    this.tickets.add(ticket)
    return `${this.url().replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${APP_ID}`
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://sandbox').searchParams.get('ticket') ?? ''
    if (!this.tickets.delete(ticket)) {
      stream.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n')
      return
    }
    this.server.handleUpgrade(request, stream, head, (socket) => this.join(socket))
  }

  private join(socket: WebSocket): void {
    const connection: Connection = { socket, waiting: new Map() }
    if (this.connections.length >= MOST_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }))
      socket.close()
      return
    }
    this.connections.push(connection)
    socket.on('message', (data) => acknowledge(connection, maybeJson(data.toString())))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      this.connections = this.connections.filter((other) => other !== connection)
      this.changed()
    })
    const about = { num_connections: this.connections.length, connection_info: { app_id: APP_ID } }
    socket.send(
      JSON.stringify({ type: 'hello', ...about, debug_info: { host: 'sandbox', approximate_connection_time: 18060 } }),
    )
    this.changed()
  }

  /** A new envelope around a payload. */
  envelope(type: EnvelopeType, payload: Json, retry?: { attempt: number; reason: string }): Envelope {
    return {
      envelope_id: randomUUID(),
      type,
      payload,
      accepts_response_payload: type !== 'events_api',
      ...(type === 'events_api' ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' } : {}),
    }
  }

  /**
   * Sends to the connection whose turn it is and waits for its ack. Undefined: nobody is connected, or no ack within
   * `withinMs`. The same envelope can be sent again.
   */
  async send(envelope: Envelope, withinMs: number): Promise<Json | undefined> {
    const open = this.connections.filter((connection) => connection.socket.readyState === connection.socket.OPEN)
    const connection = open[this.turn++ % Math.max(open.length, 1)]
    if (!connection) return undefined
    return new Promise((resolve) => {
      const waiting = connection.waiting.get(envelope.envelope_id) ?? []
      const acked = (payload: Json) => {
        clearTimeout(timer)
        resolve(payload)
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(acked), 1)
        resolve(undefined)
      }, withinMs)
      waiting.push(acked)
      connection.waiting.set(envelope.envelope_id, waiting)
      this.sent.push(envelope)
      connection.socket.send(JSON.stringify(envelope))
    })
  }

  /** Asks clients to reconnect. 'warning' comes some 10 s before Slack ends a connection, the other just before. */
  disconnect(reason: 'refresh_requested' | 'warning' | 'link_disabled' = 'refresh_requested'): void {
    for (const { socket } of this.connections) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } }))
    }
  }

  /** Cuts the oldest `count` connections without a word (all, when absent). */
  drop(count = this.connections.length): void {
    for (const { socket } of this.connections.slice(0, count)) socket.terminate()
  }

  close(): void {
    clearInterval(this.pings)
    this.drop()
    this.server.close()
  }

  private ping(): void {
    for (const { socket } of this.connections) socket.ping('Ping from sandbox')
  }
}

function acknowledge(connection: Connection, message: unknown): void {
  if (!isJson(message)) return
  const resolve = connection.waiting.get(text(message.envelope_id))?.shift()
  resolve?.(isJson(message.payload) ? message.payload : {})
}

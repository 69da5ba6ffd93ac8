import type { App, Receiver, ReceiverEvent } from '@slack/bolt'
import { SocketModeClient } from '@slack/socket-mode'
import { SECOND } from '../complaint/time.ts'
import { fault, type Log, libraryLog } from '../log.ts'

const DELAYS = [0, 1 * SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND]

interface SlackEvent {
  readonly body: ReceiverEvent['body']
  readonly ack: (response?: unknown) => Promise<void>
  readonly retry_num?: number
  readonly retry_reason?: string
}

export interface SocketOptions {
  readonly appToken: string
  readonly slackApiUrl: string
  readonly log: Log
  /** Told whether the socket stands. */
  readonly onConnected: (connected: boolean) => void
}

/**
 * Socket Mode for Bolt. Bolt's own receiver reconnects after 5 s at the earliest and 44 minutes at the latest, and a failed
 * reconnect or an envelope without an event ends the process: here it reconnects at once, then ever slower up to 30 s, for
 * as long as it takes.
 */
export class SocketReceiver implements Receiver {
  private readonly options: SocketOptions
  private readonly client: SocketModeClient
  private app: App | undefined
  private stopping = false
  private failures = 0
  private timer: NodeJS.Timeout | undefined

  constructor(options: SocketOptions) {
    this.options = options
    this.client = new SocketModeClient({
      appToken: options.appToken,
      autoReconnectEnabled: false,
      logger: libraryLog(options.log, 'socket-mode'),
      clientOptions: {
        slackApiUrl: options.slackApiUrl,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 10 * SECOND,
      },
    })
    this.guardEnvelopes()
    this.client.on('slack_event', (event: SlackEvent) => {
      this.receive(event).catch((error: unknown) => options.log.error(fault(error), 'an envelope could not be handled'))
    })
    this.client.on('connected', () => {
      this.failures = 0
      options.onConnected(true)
    })
    this.client.on('disconnected', () => {
      options.onConnected(false)
      this.reconnect()
    })
  }

  init(app: App): void {
    this.app = app
  }

  async start(): Promise<void> {
    this.stopping = false
    await this.connect()
  }

  async stop(): Promise<void> {
    this.stopping = true
    clearTimeout(this.timer)
    await this.client.disconnect().catch(() => {})
  }

  private async connect(): Promise<void> {
    try {
      await this.client.start()
    } catch (error) {
      this.options.log.warn(fault(error), 'the socket could not be opened')
      this.reconnect()
    }
  }

  private reconnect(): void {
    if (this.stopping || this.timer) return
    const delay = DELAYS[Math.min(this.failures, DELAYS.length - 1)] ?? 0
    this.failures += 1
    this.timer = setTimeout(() => {
      this.timer = undefined
      void this.connect()
    }, delay)
  }

  /** socket-mode reads `payload.event.type` of every event envelope; some, like app_rate_limited, hold no event. */
  private guardEnvelopes(): void {
    const [handle] = this.client.listeners('ws_message') as ((data: unknown, isBinary: boolean) => Promise<void>)[]
    if (!handle) throw new Error('socket-mode no longer emits ws_message')
    this.client.removeAllListeners('ws_message')
    this.client.on('ws_message', (data: unknown, isBinary: boolean) => {
      handle
        .call(this.client, isBinary ? data : withEvent(String(data)), isBinary)
        .catch((error: unknown) => this.options.log.warn(fault(error), 'an envelope could not be read'))
    })
  }

  private async receive({ body, ack, retry_num, retry_reason }: SlackEvent): Promise<void> {
    if (body.event?.type === NO_EVENT) {
      this.options.log.warn({ payload: String(body.type) }, 'an envelope without an event')
      return ack({})
    }
    await this.app?.processEvent({
      body,
      ack: async (response?: unknown) => ack(response ?? {}),
      ...(retry_num === undefined ? {} : { retryNum: retry_num }),
      ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
    })
  }
}

const NO_EVENT = 'none'

/** The envelope as it came, with an event put in where it has none. */
function withEvent(data: string): string {
  try {
    const envelope = JSON.parse(data) as { type?: string; payload?: { event?: unknown } }
    if (envelope.type !== 'events_api' || envelope.payload?.event) return data
    return JSON.stringify({ ...envelope, payload: { ...envelope.payload, event: { type: NO_EVENT } } })
  } catch {
    return data
  }
}

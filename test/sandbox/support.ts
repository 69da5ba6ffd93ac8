import { App, LogLevel } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { afterEach } from 'vitest'
import { type SandboxSlack, type SandboxSlackOptions, startSandboxSlack } from '../../src/sandbox/slack.ts'

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

export function atEnd(end: () => Promise<unknown>): void {
  ends.push(end)
}

export async function sandbox(options: SandboxSlackOptions = {}): Promise<SandboxSlack> {
  const slack = await startSandboxSlack(options)
  atEnd(() => slack.close())
  return slack
}

/** Silent, and it tries once: a fault is seen as it is. */
export function client(slack: SandboxSlack, token = slack.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 300,
    logLevel: LogLevel.ERROR,
    logger: quiet,
  })
}

export const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
}

/** A real Bolt app that listens on a free port. */
export async function bolt(slack: SandboxSlack, set: (app: App) => void, ackWithinMs?: number) {
  const app = new App({
    token: slack.botToken,
    signingSecret: slack.signingSecret,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  })
  set(app)
  const server = await app.start(0)
  atEnd(() => app.stop())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    kind: 'http' as const,
    url: `http://127.0.0.1:${port}/slack/events`,
    ...(ackWithinMs ? { ackWithinMs } : {}),
  }
}

/** The error code of a call that Slack refused. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  const failure: unknown = await call.then(
    () => new Error('it was accepted'),
    (cause: unknown) => cause,
  )
  const data = (failure as { data?: { error?: string } }).data
  return data?.error ?? String((failure as Error).message)
}

export const plain = (text: string) => ({ type: 'plain_text' as const, text })
export const option = (text: string, value = text.toLowerCase()) => ({ text: plain(text), value })

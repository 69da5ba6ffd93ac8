import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { SIGNING_SECRET } from './processes.ts'

/** A request as Slack sends it. Signed when it is made, so make it within minutes of sending it. */
export interface Signed {
  readonly body: string
  readonly headers: Readonly<Record<string, string | number>>
}

export const signed = (form: Record<string, string>): Signed =>
  withSignature(new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded')

/** Events come as JSON. */
export const signedJson = (event: unknown): Signed => withSignature(JSON.stringify(event), 'application/json')

function withSignature(body: string, contentType: string): Signed {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex')
  return {
    body,
    headers: {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
  }
}

export class Client {
  private readonly port: number
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 })

  constructor(port: number) {
    this.port = port
  }

  /** Milliseconds until the whole answer was there. Rejects unless it is an empty 200: that is what "done" looks like. */
  send({ body, headers }: Signed): Promise<number> {
    return new Promise((resolve, reject) => {
      const from = performance.now()
      const { port, agent } = this
      const sending = request({ port, host: '127.0.0.1', path: '/slack/events', method: 'POST', headers, agent })
      sending.once('response', (response) => {
        let answer = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          answer += chunk
        })
        response.once('end', () => {
          const took = performance.now() - from
          if (response.statusCode === 200 && answer === '') resolve(took)
          else reject(new Error(`Answered ${response.statusCode}: ${answer.slice(0, 300)}`))
        })
      })
      sending.once('error', (error: NodeJS.ErrnoException) => {
        // A connection that stood idle may be closed by the server as it is used again: that is no answer.
        if (sending.reusedSocket && error.code === 'ECONNRESET') this.send({ body, headers }).then(resolve, reject)
        else reject(error)
      })
      sending.end(body)
    })
  }

  close(): void {
    this.agent.destroy()
  }
}

/** A form that is answered with "please try again" is sent again, so often. */
const TRIES = 5

async function sendUntilTaken(client: Client, request: Signed): Promise<number> {
  const from = performance.now()
  for (let tries = 1; ; tries += 1) {
    try {
      await client.send(request)
      return performance.now() - from
    } catch (error) {
      if (tries === TRIES) throw error
      process.stderr.write(`sent again: ${(error as Error).message}\n`)
    }
  }
}

/** Sends one after the other, `concurrency` at a time. How long each took, and all of them together; milliseconds. */
export async function sendAll(
  client: Client,
  requests: readonly Signed[],
  concurrency: number,
): Promise<{ each: number[]; total: number }> {
  const each: number[] = []
  const waiting = requests.values()
  const from = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      for (const next of waiting) each.push(await sendUntilTaken(client, next))
    }),
  )
  return { each, total: performance.now() - from }
}

/** Sends so many a second, whether or not the earlier ones are answered. How long each took. */
export async function sendAtRate(client: Client, requests: readonly Signed[], perSecond: number): Promise<number[]> {
  const from = performance.now()
  const answers: Promise<number>[] = []
  for (const [index, next] of requests.entries()) {
    const wait = from + (index * 1000) / perSecond - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const answer = client.send(next)
    // Heard of below, where all of them are waited for.
    answer.catch(() => {})
    answers.push(answer)
  }
  return Promise.all(answers)
}

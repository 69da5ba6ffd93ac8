import type { ServerResponse } from 'node:http'

/** Changes come in crowds; the page is told of each crowd once. Milliseconds. */
const GATHER = 40
const HEARTBEAT = 15_000

/** Server-sent events: one `changed` after whatever changed. */
export class Changes {
  private readonly listening = new Set<ServerResponse>()
  private gathering: NodeJS.Timeout | undefined
  private readonly heartbeat = setInterval(() => this.send(': \n\n'), HEARTBEAT).unref()

  join(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': \n\n')
    this.listening.add(response)
    response.on('close', () => this.listening.delete(response))
  }

  tell(): void {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined
      this.send('event: changed\ndata: {}\n\n')
    }, GATHER).unref()
  }

  close(): void {
    clearInterval(this.heartbeat)
    clearTimeout(this.gathering)
    for (const response of this.listening) response.end()
  }

  private send(text: string): void {
    for (const response of this.listening) response.write(text)
  }
}

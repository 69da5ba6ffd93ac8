import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import type { DatabasePlace } from '../../src/config/environment.ts'

/**
 * Between two ticks of the bot's schedule, when it asks the database nothing: postgres.js may throw outside any promise where
 * a connection breaks under a query, which ends the process (that is what the crash tests are for).
 */
export const quietMoment = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, (1_500 - (Date.now() % 1_000)) % 1_000))

/** Stands between the bot and its Postgres: open, shut (connections break), or holding (nothing passes, nothing breaks). */
export class Gate {
  private readonly pairs = new Set<{ inner: Socket; outer: Socket }>()
  private state: 'open' | 'shut' | 'held' = 'open'
  private readonly server = createServer((outer) => this.pass(outer))
  private target = { host: '', port: 0 }
  private port = 0

  /** For `world({ reach: gate.before })`. */
  readonly before = async (place: DatabasePlace): Promise<DatabasePlace> => {
    if (place.kind !== 'postgres') throw new Error('There is no way to a database in this process to be shut')
    const url = new URL(place.url)
    this.target = { host: url.hostname, port: Number(url.port || 5432) }
    await this.listen(0)
    onTestFinished(() => this.end())
    this.port = (this.server.address() as AddressInfo).port
    url.hostname = '127.0.0.1'
    url.port = String(this.port)
    return { kind: 'postgres', url: url.href }
  }

  async shut(): Promise<void> {
    await quietMoment()
    this.end()
  }

  private end(): void {
    this.state = 'shut'
    this.server.close()
    for (const { inner, outer } of this.pairs) {
      inner.destroy()
      outer.destroy()
    }
  }

  hold(): void {
    this.state = 'held'
    for (const { inner, outer } of this.pairs) {
      inner.pause()
      outer.pause()
    }
  }

  async open(): Promise<void> {
    if (this.state === 'shut') await this.listen(this.port)
    this.state = 'open'
    for (const { inner, outer } of this.pairs) {
      inner.resume()
      outer.resume()
    }
  }

  private listen(port: number): Promise<void> {
    return new Promise((resolve) => this.server.listen(port, '127.0.0.1', resolve))
  }

  private pass(outer: Socket): void {
    const inner = connect(this.target)
    const pair = { inner, outer }
    this.pairs.add(pair)
    const end = () => {
      this.pairs.delete(pair)
      inner.destroy()
      outer.destroy()
    }
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      from.on('data', (data) => to.write(data))
      from.on('error', end)
      from.on('close', end)
    }
    if (this.state === 'held') {
      inner.pause()
      outer.pause()
    }
  }
}

import { EventEmitter } from 'node:events'

/** Lets a test wait for what it wants to see, without sleeping: it looks again whenever something happened. */
export class Happenings {
  private readonly emitter = new EventEmitter().setMaxListeners(0)

  readonly changed = (): void => {
    this.emitter.emit('changed')
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.emitter.on('changed', listener)
    return () => this.emitter.off('changed', listener)
  }

  /** Resolves with the first thing other than undefined that `look` returns; rejects when it throws, or in the end. */
  async until<T>(
    look: () => T | undefined,
    { withinMs = 2000, what = 'what was waited for' }: { withinMs?: number; what?: string } = {},
  ): Promise<T> {
    const first = look()
    if (first !== undefined) return first
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        clearInterval(often)
        this.emitter.off('changed', again)
      }
      const again = () => {
        try {
          const seen = look()
          if (seen === undefined) return
          stop()
          resolve(seen)
        } catch (cause) {
          stop()
          reject(cause)
        }
      }
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`Not within ${withinMs} ms: ${what}`))
      }, withinMs)
      // What the app does without calling Slack is not heard here.
      const often = setInterval(again, 20)
      this.emitter.on('changed', again)
    })
  }
}

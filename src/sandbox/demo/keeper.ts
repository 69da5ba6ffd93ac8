import type { SandboxSlack } from '../types.ts'

/** Writing it down takes longer the more there is. Milliseconds. */
const EVERY = 1_000

/** Writes the workspace down soon after something changed, one writing at a time. */
export class Keeper {
  private readonly slack: SandboxSlack
  private readonly write: () => Promise<void>
  private stopListening = (): void => {}
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(slack: SandboxSlack, write: () => Promise<void>) {
    this.slack = slack
    this.write = write
  }

  start(): void {
    this.stopListening = this.slack.onChange(() => {
      this.timer ??= setTimeout(() => {
        this.timer = undefined
        // A full disk is no reason to end; the next change tries again.
        this.keep().catch(() => {})
      }, EVERY)
    })
  }

  keep(): Promise<void> {
    this.writing = this.writing.catch(() => {}).then(this.write)
    return this.writing
  }

  async end(): Promise<void> {
    this.stopListening()
    clearTimeout(this.timer)
    await this.keep()
  }
}

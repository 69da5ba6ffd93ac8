interface Memory {
  /** How long an answer holds. Milliseconds, as are the others. */
  readonly fresh: number
  /** How long nobody asks again after no answer came. */
  readonly pause: number
  /** How long whoever reads waits for an answer. */
  readonly patience: number
  readonly clock: () => Date
  readonly onFault: (error: unknown) => void
}

/** An answer from outside, asked for when it is read and no longer fresh. Where none comes, the last one holds. */
export class Remembered<Value> {
  private readonly ask: (last: Value | undefined) => Promise<Value>
  private readonly memory: Memory
  private last: Value | undefined
  /** Until then nobody asks. */
  private holdsUntil = Number.NEGATIVE_INFINITY
  private asking: Promise<void> | undefined

  constructor(ask: (last: Value | undefined) => Promise<Value>, memory: Memory) {
    this.ask = ask
    this.memory = memory
  }

  /** The last answer; undefined where there never was one. Never rejects, and never takes longer than our patience. */
  async read(): Promise<Value | undefined> {
    const { clock, patience } = this.memory
    if (clock().getTime() < this.holdsUntil) return this.last
    this.asking ??= this.askAgain().finally(() => {
      this.asking = undefined
    })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience)
    })
    await Promise.race([this.asking, late])
    clearTimeout(timer)
    return this.last
  }

  private async askAgain(): Promise<void> {
    const { fresh, pause, clock, onFault } = this.memory
    try {
      this.last = await this.ask(this.last)
      this.holdsUntil = clock().getTime() + fresh
    } catch (error) {
      this.holdsUntil = clock().getTime() + pause
      onFault(error)
    }
  }
}

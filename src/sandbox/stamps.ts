/** The times by which Slack names messages: seconds with six decimals, by the sandbox's clock, each later than the last. */
export class Stamps {
  readonly now: () => number
  private last: number

  /** `last`: the newest one that was given out before, where the workspace is an older one. */
  constructor(now: () => number, last = '0') {
    this.now = now
    this.last = micros(last)
  }

  next(): string {
    this.last = Math.max(Math.floor(this.now() * 1000), this.last + 1)
    return stampOf(this.last)
  }

  /** The newest one given out. */
  get newest(): string {
    return stampOf(this.last)
  }
}

const stampOf = (whole: number): string =>
  `${Math.floor(whole / 1_000_000)}.${String(whole % 1_000_000).padStart(6, '0')}`

/** A ts ('1700000000.000123', or a plain number of seconds) in whole microseconds. */
export function micros(ts: unknown): number {
  const [seconds = '0', fraction = ''] = String(ts).split('.')
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

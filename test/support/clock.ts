/** A clock that moves only when told to. */
export class TestClock {
  private at: number

  constructor(start: Date | string) {
    this.at = new Date(start).getTime()
  }

  now = (): Date => new Date(this.at)

  /** Moves by so many milliseconds; backwards where negative. */
  move(ms: number): Date {
    this.at += ms
    return this.now()
  }

  set(instant: Date | string): void {
    this.at = new Date(instant).getTime()
  }
}

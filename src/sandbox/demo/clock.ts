/** The workspace's clock: the machine's, moved. It stands still while the past is told. */
export class DemoClock {
  private offset = 0
  private standing: number | null = null

  /** Milliseconds since 1970. */
  readonly now = (): number => this.standing ?? Date.now() + this.offset
  readonly date = (): Date => new Date(this.now())

  /** Shows this instant, and stays there until it is moved or let go. */
  stand(at: number): void {
    this.standing = at
  }

  /** Shows this instant, and goes on from there unless it stands. */
  moveTo(at: number): void {
    if (this.standing === null) this.offset = at - Date.now()
    else this.standing = at
  }

  /** Goes on from where it stands. */
  letGo(): void {
    if (this.standing === null) return
    this.offset = this.standing - Date.now()
    this.standing = null
  }
}

/** Keeps apart what needs the workspace to itself (time going by) from what people do in it. First come, first served. */
export class Gate {
  private last: Promise<unknown> = Promise.resolve()
  private readonly inside = new Set<Promise<unknown>>()

  /** Once whoever is alone has gone. */
  async together<Result>(work: () => Promise<Result>): Promise<Result> {
    await this.last
    const doing = work()
    const ended = doing.catch(() => {}).finally(() => this.inside.delete(ended))
    this.inside.add(ended)
    return doing
  }

  /** Once everybody has gone. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const doing = this.last.then(async () => {
      while (this.inside.size > 0) await Promise.all(this.inside)
      return work()
    })
    this.last = doing.catch(() => {})
    return doing
  }
}

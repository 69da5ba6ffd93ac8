/**
 * What can go wrong between us and Slack:
 * - rateLimit: 429, with Retry-After in seconds, or without it
 * - acceptThenReset: the call is carried out, then the connection is reset before the answer
 * - resetBefore: the connection is reset and nothing was carried out
 * - truncate: carried out, and the 200 breaks off before its content-length
 * - garble: carried out, and the 200 is complete but holds half of its JSON
 * - late: carried out, answered after `ms`
 * - error: `{ ok: false, error: code }`, nothing carried out
 * - http: that status, nothing carried out
 * - hang: the connection is accepted and never answered, nothing carried out
 * - outage: every matching call is reset, until `clear`
 */
export type FaultPlan =
  | { kind: 'rateLimit'; retryAfter?: number | 'none' }
  | { kind: 'acceptThenReset' | 'resetBefore' | 'truncate' | 'garble' | 'hang' | 'outage' }
  | { kind: 'late'; ms: number }
  | { kind: 'error'; code: string }
  | { kind: 'http'; status: number }

export type FaultKind = FaultPlan['kind']

export type Fault = FaultPlan & {
  /** Absent: any. A response_url is called 'response_url'. */
  method?: string
  /** Absent: any. */
  channel?: string
  /** How many calls it meets. Absent: 1; for an outage, all. */
  times?: number
  /** Meets only each so-manieth of the calls that match. */
  every?: number
}

/** Faults still to come. The oldest that matches a call is used first, one use a call. */
export class Faults {
  private waiting: { fault: Fault; left: number; seen: number }[] = []

  next(fault: Fault): void {
    const left = fault.times ?? (fault.kind === 'outage' ? Number.POSITIVE_INFINITY : 1)
    this.waiting.push({ fault, left, seen: 0 })
  }

  clear(): void {
    this.waiting = []
  }

  /** Takes back a fault that was given to `next`. */
  remove(fault: Fault): void {
    this.waiting = this.waiting.filter((entry) => entry.fault !== fault)
  }

  /** How many uses are left; infinite during an outage. */
  get left(): number {
    return this.waiting.reduce((sum, entry) => sum + entry.left, 0)
  }

  take(method: string, channel: string): Fault | undefined {
    const entry = this.waiting.find((one) => {
      const { fault } = one
      const matches =
        (fault.method === undefined || fault.method === method) &&
        (fault.channel === undefined || fault.channel === channel)
      if (matches) one.seen += 1
      return matches && one.seen % (fault.every ?? 1) === 0
    })
    if (!entry) return undefined
    entry.left -= 1
    if (entry.left <= 0) this.waiting = this.waiting.filter((other) => other !== entry)
    return entry.fault
  }
}

import type { Fault, Faults } from '../faults.ts'
import type { FaultName } from '../web/contract.ts'

export const FAULTS = ['duplicates', '429', 'reset', 'outage'] as const satisfies readonly FaultName[]

const FOREVER = Number.POSITIVE_INFINITY
const WRITES = ['chat.postMessage', 'chat.update']

/** What the sandbox's faults are for each switch; duplicates are made where payloads are sent. */
const PLANS: Record<FaultName, readonly Fault[]> = {
  duplicates: [],
  // Every second one, so that something comes through in the end.
  '429': WRITES.map((method) => ({ kind: 'rateLimit', retryAfter: 2, method, every: 2, times: FOREVER })),
  reset: WRITES.map((method) => ({ kind: 'acceptThenReset', method, every: 2, times: FOREVER })),
  outage: [{ kind: 'outage' }],
}

/** Troubles that last until they are switched off. */
export class Troubles {
  private readonly faults: Faults
  private readonly on = new Map<FaultName, readonly Fault[]>()

  constructor(faults: Faults) {
    this.faults = faults
  }

  get names(): FaultName[] {
    return FAULTS.filter((name) => this.on.has(name))
  }

  /** How often everything is sent to the app. */
  readonly copies = (): number => (this.on.has('duplicates') ? 2 : 1)

  switch(name: FaultName, on: boolean): void {
    for (const fault of this.on.get(name) ?? []) this.faults.remove(fault)
    this.on.delete(name)
    if (!on) return
    const plans = PLANS[name].map((fault) => ({ ...fault }))
    for (const fault of plans) this.faults.next(fault)
    this.on.set(name, plans)
  }
}

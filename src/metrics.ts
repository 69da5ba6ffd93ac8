import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Measured {
  /** How many messages wait. */
  readonly waiting: () => Promise<number>
  /** Undefined where they can't be had at the moment. */
  readonly figures: () => Promise<
    | {
        readonly figures: Readonly<Record<string, number>>
        readonly loads: Readonly<Record<string, Readonly<Record<'open' | 'overdue' | 'unowned', number>>>>
        readonly caused: Readonly<Record<string, number>>
      }
    | undefined
  >
}

/** What `/metrics` shows, in Prometheus' units: seconds and counts. Nothing of it is about one person. */
export function makeMetrics({ waiting, figures }: Measured) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const outbox = new Gauge({
    name: 'amends_outbox_waiting',
    help: 'Messages that are queued and not yet sent',
    registers,
    async collect() {
      this.set(await waiting().catch(() => Number.NaN))
    },
  })
  new Gauge({
    name: 'amends_figure',
    help: 'Figures of the last 7 days as the digest defines them, at most 5 minutes old: shares from 0 to 1, times in seconds, money in whole units',
    labelNames: ['figure'] as const,
    registers,
    async collect() {
      const found = await figures()
      this.reset()
      for (const [figure, value] of Object.entries(found?.figures ?? {})) this.set({ figure }, value)
    },
  })
  new Gauge({
    name: 'amends_complaints',
    help: "Complaints on a department's hands, at most 5 minutes old",
    labelNames: ['department', 'state'] as const,
    registers,
    async collect() {
      const found = await figures()
      this.reset()
      for (const [department, load] of Object.entries(found?.loads ?? {}))
        for (const [state, count] of Object.entries(load)) this.set({ department, state }, count)
    },
  })
  new Gauge({
    name: 'amends_caused',
    help: 'Complaints closed in the last 7 days by the department where their cause arose, at most 5 minutes old',
    labelNames: ['department'] as const,
    registers,
    async collect() {
      const found = await figures()
      this.reset()
      for (const [department, count] of Object.entries(found?.caused ?? {})) this.set({ department }, count)
    },
  })
  return {
    registry,
    outbox,
    interactions: new Histogram({
      name: 'amends_interaction_seconds',
      help: 'From what Slack sent until it was dealt with',
      labelNames: ['route', 'failed'] as const,
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    messages: new Counter({
      name: 'amends_messages_total',
      help: 'What became of the messages taken on, by kind',
      labelNames: ['kind', 'end'] as const,
      registers,
    }),
    swept: new Counter({ name: 'amends_reminders_swept_total', help: 'Complaints with a reminder due', registers }),
    connected: new Gauge({ name: 'amends_socket_connected', help: '1 while the socket to Slack stands', registers }),
  }
}

export type Metrics = ReturnType<typeof makeMetrics>

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { DEFINITIONS, type Figures, type FiguresPair, numberOf } from './complaint/figures.ts'
import { SECOND } from './complaint/time.ts'

export interface Measured {
  /** How many messages wait. */
  readonly waiting: () => Promise<number>
  /** Undefined where they can't be had at the moment. */
  readonly figures: () => Promise<{ company: FiguresPair; departments: Record<string, FiguresPair> } | undefined>
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
    help: 'The figures of the last 7 days as the digest defines them, at most 5 minutes old: shares from 0 to 1, times in seconds; none where there is nothing to measure',
    labelNames: ['figure'] as const,
    registers,
    async collect() {
      const found = await figures()
      this.reset()
      for (const [figure, value] of Object.entries(found?.company.period ?? {})) {
        const number = numberOf(value)
        const isTime = DEFINITIONS[figure as keyof Figures].unit === 'time'
        if (number !== null) this.set({ figure }, isTime ? number / SECOND : number)
      }
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
      for (const [department, { load }] of Object.entries(found?.departments ?? {}))
        for (const [state, count] of Object.entries(load)) this.set({ department, state }, count)
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

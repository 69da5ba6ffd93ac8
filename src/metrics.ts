import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What `/metrics` shows, in Prometheus' units: seconds and counts. */
export function makeMetrics(waiting: () => Promise<number>) {
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

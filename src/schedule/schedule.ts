import { type ScheduledTask, schedule } from 'node-cron'

/** What is done on a clock. Each finds whatever is due by then, so that a tick may be late, lost or doubled. */
export interface Jobs {
  readonly deliver: () => void
  readonly remind: () => Promise<void>
  readonly digest: () => Promise<void>
  readonly checkToken: () => Promise<void>
  readonly maintain: () => Promise<void>
}

const LINES = {
  deliver: '* * * * * *',
  remind: '*/5 * * * * *',
  digest: '*/20 * * * * *',
  checkToken: '*/30 * * * * *',
  maintain: '17 3 * * *',
} as const satisfies Record<keyof Jobs, string>

/** Runs the jobs on their lines, once each at the start: what fell due before it is found then. Returns how to stop it. */
export function startSchedule(jobs: Jobs, onFault: (job: string, error: unknown) => void): () => Promise<void> {
  const quiet = { info() {}, warn() {}, error() {}, debug() {} }
  const underWay = new Set<Promise<void>>()
  const run = (name: keyof Jobs): Promise<void> => {
    const work = Promise.resolve()
      .then(() => jobs[name]())
      .catch((error: unknown) => onFault(name, error))
      .finally(() => underWay.delete(work))
    underWay.add(work)
    return work
  }
  const tasks: ScheduledTask[] = (Object.keys(LINES) as (keyof Jobs)[]).map((name) =>
    schedule(LINES[name], () => run(name), {
      name,
      noOverlap: true,
      timezone: 'UTC',
      logger: quiet,
      suppressMissedWarning: true,
    }),
  )
  for (const name of ['remind', 'digest', 'deliver'] as const) void run(name)
  return async () => {
    for (const task of tasks) await task.destroy()
    while (underWay.size > 0) await Promise.allSettled(underWay)
  }
}

import type { FiguresPair } from '../complaint/figures.ts'
import type { Picture, WeekKept } from '../complaint/picture.ts'
import type { Setup } from '../complaint/setup.ts'
import { digestSlot, lastWeeks, weeksBefore } from '../complaint/week.ts'
import type { Database } from '../store/database.ts'
import { isDigestSent, takeDigestSlot } from '../store/digests.ts'
import { readFigures, readPromisesKept } from '../store/figures.ts'
import { readCosts } from '../store/makeGoods.ts'
import { queue } from '../store/outbox.ts'
import { type InForce, readSetup, readWorkspaces } from '../store/setup.ts'

/**
 * Queues the weekly digests that are due and not sent yet, and returns how many messages that makes. Of weeks that were
 * missed, only the newest is told. A workspace that fails leaves the others theirs.
 * @throws AggregateError with what failed, once every workspace has had its turn.
 */
export async function queueDigestsOnce(db: Database, now: Date): Promise<number> {
  let queued = 0
  const failures: unknown[] = []
  const workspaces = await readWorkspaces(db.reader)
  for (const workspace of workspaces) {
    try {
      const inForce = await readSetup(db.reader, workspace)
      if (inForce) queued += await queueDigests(db, workspace, inForce, now)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${workspaces.length} workspaces got no digest`)
  return queued
}

async function queueDigests(db: Database, workspace: string, inForce: InForce, now: Date): Promise<number> {
  const { setup, configuredAt } = inForce
  const slot = digestSlot(setup.digest, setup.timezone, now)
  if (slot <= configuredAt || (await isDigestSent(db.reader, workspace, slot))) return 0
  return db.transaction(async (tx) => {
    if (!(await takeDigestSlot(tx, workspace, slot, now))) return 0
    const weeks = lastWeeks(setup.digest, setup.timezone, slot, TREND_WEEKS)
    const periods = weeksBefore(setup.digest, setup.timezone, slot)
    const { company, departments } = await readFigures(tx, workspace, 'week', periods, setup.currency)
    const costs = await readCosts(tx, workspace, periods.period, setup.currency)
    const drawn = picturesOf(setup, company, await readPromisesKept(tx, workspace, weeks))
    const lane = (department: string | null) => ({ lane: `digest:${department ?? 'company'}`, complaint: null })
    const pictures = await queue(
      tx,
      workspace,
      drawn.map((picture) => ({ ...lane(null), message: { kind: 'picture' as const, picture } })),
      now,
    )
    const digests = [{ department: null, figures: company, costs, pictures }, ...cutsOf(setup, departments)].map(
      (about) => ({
        ...lane(about.department),
        message: { kind: 'digest' as const, slot: slot.toISOString(), ...about },
      }),
    )
    await queue(tx, workspace, digests, now)
    return digests.length
  })
}

/** How many weeks the trend goes back. */
const TREND_WEEKS = 8
/** With fewer weeks in which promises fell due there is no trend to see. */
const FEWEST_WEEKS = 3

/** What the company's digest shows: how the promises go, and why it happened. */
function picturesOf({ timezone }: Setup, { from, to, causes }: FiguresPair, weeks: readonly WeekKept[]): Picture[] {
  const since = weeks.slice(weeks.findIndex(({ kept }) => kept.of > 0))
  const isTrend = weeks.filter(({ kept }) => kept.of > 0).length >= FEWEST_WEEKS
  return [
    ...(isTrend ? [{ kind: 'trend' as const, timezone, weeks: since }] : []),
    ...(causes.length > 0 ? [{ kind: 'pareto' as const, department: null, from, to, timezone, causes }] : []),
  ]
}

/** Every department in force has its digest, a quiet week or not. */
const cutsOf = (setup: Setup, departments: Record<string, FiguresPair>) =>
  setup.departments.flatMap(({ key }) => {
    const figures = departments[key]
    return figures ? [{ department: key, figures, costs: null }] : []
  })

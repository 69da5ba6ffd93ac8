import type { FiguresPair } from '../complaint/figures.ts'
import type { Setup } from '../complaint/setup.ts'
import { digestSlot, lastWeeks, weeksBefore } from '../complaint/week.ts'
import type { Database } from '../store/database.ts'
import { isDigestSent, takeDigestSlot } from '../store/digests.ts'
import { readFigures, readPromisesKept } from '../store/figures.ts'
import type { InForce } from '../store/inForce.ts'
import { readCosts } from '../store/makeGoods.ts'
import { readWorkspaces, type SetupInForce } from '../store/setup.ts'
import { type Digested, pictureOf, picturesOf, queueDigest } from './queueDigest.ts'

/**
 * Queues the weekly digests that are due and not sent yet, and returns how many there are. Of weeks that were
 * missed, only the newest is told. A workspace that fails leaves the others theirs.
 * @throws AggregateError with what failed, once every workspace has had its turn.
 */
export async function queueDigestsOnce(db: Database, inForce: InForce, now: Date): Promise<number> {
  let queued = 0
  const failures: unknown[] = []
  const workspaces = await readWorkspaces(db.reader)
  for (const workspace of workspaces) {
    try {
      const current = await inForce.readWhole(db.reader, workspace)
      if (current) queued += await queueDigests(db, workspace, current, now)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${workspaces.length} workspaces got no digest`)
  return queued
}

async function queueDigests(
  db: Database,
  workspace: string,
  { setup, configuredAt }: SetupInForce,
  now: Date,
): Promise<number> {
  const slot = digestSlot(setup.digest, setup.timezone, now)
  if (slot <= configuredAt || (await isDigestSent(db.reader, workspace, slot))) return 0
  return db.transaction(async (tx) => {
    if (!(await takeDigestSlot(tx, workspace, slot, now))) return 0
    const periods = weeksBefore(setup.digest, setup.timezone, slot)
    const { company, departments } = await readFigures(tx, workspace, 'week', periods, setup.currency)
    const weeks = await readPromisesKept(tx, workspace, lastWeeks(setup.digest, setup.timezone, slot, TREND_WEEKS))
    const loads = Object.fromEntries(Object.entries(departments).map(([key, { load }]) => [key, load]))
    const costs = await readCosts(tx, workspace, periods.period, setup.currency)
    const digests = [
      { department: null, figures: company, costs, pictures: picturesOf(setup, company, weeks, loads) },
      ...cutsOf(setup, departments),
    ]
    for (const digest of digests) await queueDigest(tx, workspace, digest, now)
    return digests.length
  })
}

/** How many weeks the trend goes back. */
export const TREND_WEEKS = 8

/** Every department in force has its digest, a quiet week or not. */
const cutsOf = ({ departments, timezone }: Setup, cuts: Record<string, FiguresPair>): Digested[] =>
  departments.flatMap(({ key, name }) => {
    const figures = cuts[key]
    return figures ? [{ department: key, figures, costs: null, pictures: pictureOf(timezone, name, figures) }] : []
  })

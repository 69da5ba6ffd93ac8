import type { FiguresPair } from '../complaint/figures.ts'
import type { Setup } from '../complaint/setup.ts'
import { digestSlot, weeksBefore } from '../complaint/week.ts'
import type { Database } from '../store/database.ts'
import { isDigestSent, takeDigestSlot } from '../store/digests.ts'
import { readFigures } from '../store/figures.ts'
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
    const weeks = weeksBefore(setup.digest, setup.timezone, slot)
    const { company, departments } = await readFigures(tx, workspace, weeks, setup.currency)
    const costs = await readCosts(tx, workspace, weeks.week, setup.currency)
    const digests = [{ department: null, figures: company, costs }, ...cutsOf(setup, departments)].map((about) => ({
      lane: `digest:${about.department ?? 'company'}`,
      complaint: null,
      message: { kind: 'digest' as const, slot: slot.toISOString(), ...about },
    }))
    await queue(tx, workspace, digests, now)
    return digests.length
  })
}

/** Every department in force has its digest, a quiet week or not. */
const cutsOf = (setup: Setup, departments: Record<string, FiguresPair>) =>
  setup.departments.flatMap(({ key }) => {
    const figures = departments[key]
    return figures ? [{ department: key, figures, costs: null }] : []
  })

import type { FiguresPair } from '../complaint/figures.ts'
import type { Periods, Span } from '../complaint/period.ts'
import { departmentOf, type Setup } from '../complaint/setup.ts'
import { soFar } from '../complaint/soFar.ts'
import { digestSlot, lastWeeks } from '../complaint/week.ts'
import type { Database } from '../store/database.ts'
import { readFigures, readPromisesKept } from '../store/figures.ts'
import { readCosts } from '../store/makeGoods.ts'
import { takeSubmission } from '../store/submissions.ts'
import { pictureOf, picturesOf, queueDigest } from './queueDigest.ts'
import { TREND_WEEKS } from './queueDigests.ts'

/** The period so far, of the whole company or one department, as the digest would have it. */
export interface ReportAsked {
  readonly span: Span
  /** Key of the department; null for the whole company. */
  readonly department: string | null
  /** The end of the period. */
  readonly at: Date
}

/** @throws where there is no such department. */
export async function readReport(db: Database, workspace: string, setup: Setup, asked: ReportAsked) {
  const periods: Periods = soFar(asked.span, setup, asked.at)
  const { company, departments } = await readFigures(db.reader, workspace, asked.span, periods, setup.currency)
  const figures: FiguresPair | undefined = asked.department === null ? company : departments[asked.department]
  if (!figures) throw new Error('A report was asked of a department that is not there')
  return { figures, departments, period: periods.period }
}

/** Sends somebody a report with its pictures and its details, once, however often the same one is asked for. */
export async function sendReport(
  db: Database,
  workspace: string,
  setup: Setup,
  asked: ReportAsked & { readonly to: string },
  now: Date,
): Promise<void> {
  const { span, department: key, at, to } = asked
  const { figures, departments, period } = await readReport(db, workspace, setup, asked)
  const loads = Object.fromEntries(Object.entries(departments).map(([department, { load }]) => [department, load]))
  const weeks = lastWeeks(setup.digest, setup.timezone, digestSlot(setup.digest, setup.timezone, at), TREND_WEEKS)
  const pictures =
    key === null
      ? picturesOf(setup, figures, await readPromisesKept(db.reader, workspace, weeks), loads)
      : pictureOf(setup.timezone, departmentOf(setup, key)?.name ?? key, figures)
  const costs = key === null ? await readCosts(db.reader, workspace, period, setup.currency) : null
  await db.transaction(async (tx) => {
    const once = ['report', to, span, key ?? '', at.toISOString()].join(' ')
    if (!(await takeSubmission(tx, workspace, once, null, now))) return
    await queueDigest(tx, workspace, { department: key, figures, costs, pictures, to }, now)
  })
}

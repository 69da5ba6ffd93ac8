import type { Costs, FiguresPair, Load } from '../complaint/figures.ts'
import type { Picture, WeekKept } from '../complaint/picture.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Tx } from '../store/database.ts'
import type { Message } from '../store/message.ts'
import { queue } from '../store/outbox.ts'

export interface Digested {
  /** Key of the department whose cut it is; null for the whole company. */
  readonly department: string | null
  readonly figures: FiguresPair
  /** What the period's make-goods were about; of the whole company alone. */
  readonly costs: Costs | null
  readonly pictures: readonly Picture[]
  /** For this person alone: a report of the period so far. */
  readonly to?: string
}

/** Queues a digest: its pictures, itself, and its details, which stand in its thread. */
export async function queueDigest(tx: Tx, workspace: string, about: Digested, now: Date): Promise<void> {
  const { department, figures, costs, pictures: drawn, to } = about
  const lane = to === undefined ? `digest:${department ?? 'company'}` : `report:${to}`
  const say = (messages: readonly Message[]): Promise<number[]> =>
    queue(
      tx,
      workspace,
      messages.map((message) => ({ lane, complaint: null, message })),
      now,
    )
  const pictures = await say(drawn.map((picture) => ({ kind: 'picture', picture })))
  const message: Message = {
    ...{ kind: 'digest', slot: figures.to, department, figures, costs },
    ...(pictures.length > 0 ? { pictures } : {}),
    ...(to === undefined ? {} : { to }),
  }
  const [digest] = await say([message])
  if (digest === undefined) return
  await say((['figures', 'lists'] as const).map((part) => ({ kind: 'digest-details', digest, part })))
}

/** With fewer weeks in which promises fell due there is no trend to see; with fewer causes or departments, nothing to compare. */
const FEWEST = { weeks: 3, causes: 2, departments: 2 } as const

/** Why it happened, how the promises go, and what everybody has on their hands. */
export function picturesOf(
  { timezone, departments }: Pick<Setup, 'timezone' | 'departments'>,
  figures: FiguresPair,
  weeks: readonly WeekKept[],
  loads: Readonly<Record<string, Load>>,
): Picture[] {
  const since = weeks.slice(weeks.findIndex(({ kept }) => kept.of > 0))
  const isTrend = weeks.filter(({ kept }) => kept.of > 0).length >= FEWEST.weeks
  const loaded = departments.flatMap(({ key, name }) => {
    const load = loads[key]
    return load && load.open > 0 ? [{ name, ...load }] : []
  })
  return [
    ...causesOf(timezone, null, figures),
    ...(isTrend ? [{ kind: 'trend' as const, timezone, weeks: since }] : []),
    ...(loaded.length < FEWEST.departments
      ? []
      : [{ kind: 'load' as const, at: figures.to, timezone, departments: loaded }]),
  ]
}

/** The same for one department: what arose there. */
export const pictureOf = (timezone: string, department: string, figures: FiguresPair): Picture[] =>
  figures.causes.length < FEWEST.causes ? [] : causesOf(timezone, department, figures)

const causesOf = (timezone: string, department: string | null, { from, to, causes }: FiguresPair): Picture[] =>
  causes.length === 0 ? [] : [{ kind: 'pareto', department, from, to, timezone, causes }]

import { SPANS, type Span } from '../../complaint/period.ts'
import type { Department, Setup } from '../../complaint/setup.ts'
import { notThere } from '../../views/refused.ts'
import { report } from '../../views/report.ts'
import { cut } from '../../views/text.ts'
import type { Answer } from '../answer.ts'
import type { House } from './house.ts'

/** What `report [week|month|quarter] [department]` shows, to the person who asked alone. */
export async function showReport(house: House, answer: Answer, person: string, words: string): Promise<void> {
  const { operations, clock } = house
  await answer.ack()
  const [refusal, setup] = await Promise.all([operations.turnsAway(person), operations.setup()])
  if (refusal) return answer.refuse([refusal])
  if (!setup) return answer.refuse([{ kind: 'not-set-up' }])
  const asked = readReport(words, setup)
  if (typeof asked === 'string') return answer.say(notThere(asked))
  const { span, department } = asked
  const figures = await operations.report({ span, department: department?.key ?? null, at: clock() })
  await answer.say(report(figures, { setup, department }))
}

/** What was asked for, or a sentence that says what can be. */
function readReport(words: string, setup: Setup): { span: Span; department: Department | null } | string {
  const [first = '', ...others] = words.toLowerCase().split(/\s+/)
  const span = SPANS.find((one) => one === first)
  const wanted = (span ? others : [first, ...others]).join(' ')
  if (wanted === '') return { span: span ?? 'week', department: null }
  const department = setup.departments.find(({ key, name }) => key === wanted || name.toLowerCase() === wanted)
  if (department) return { span: span ?? 'week', department }
  const names = setup.departments.map(({ name }) => name).join(', ')
  return `There is no report "${cut(words, 100)}". There are: report, report week, report month and report quarter, each with a department after it if you like: ${names}.`
}

import type { SectionBlock } from '@slack/types'
import type { Behind } from '../complaint/behind.ts'
import type { FiguresPair } from '../complaint/figures.ts'
import type { Department } from '../complaint/setup.ts'
import { BEHIND_NAME } from './behindWords.ts'
import { button, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { behindQuery, type ListPage, overdueActionsQuery } from './metadata.ts'

/** A figure in mrkdwn, with the button that opens the list behind it. */
export function seeThem(
  text: string,
  figure: Behind,
  { from, to }: Pick<FiguresPair, 'from' | 'to'>,
  { department }: { readonly department: Department | null },
): SectionBlock {
  const period = { from: new Date(from), to: new Date(to) }
  const query = behindQuery({ figure, period, department: department?.key ?? null })
  return seeList(text, query, BEHIND_NAME[figure].toLowerCase())
}

/** The same for the corrective actions that are overdue. */
export function seeActions(
  text: string,
  { to }: Pick<FiguresPair, 'to'>,
  { department }: { readonly department: Department | null },
): SectionBlock {
  const query = overdueActionsQuery({ at: new Date(to), department: department?.key ?? null })
  return seeList(text, query, 'overdue corrective actions')
}

function seeList(text: string, query: string, what: string): SectionBlock {
  const value = JSON.stringify({ query, page: 0 } satisfies ListPage)
  const label = `See them: ${what}`
  return { ...section(text), accessory: { ...button('See them', ACTIONS.seeThem, value), accessibility_label: label } }
}

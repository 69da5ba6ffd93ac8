import type { SectionBlock } from '@slack/types'
import type { OverdueActions } from '../complaint/behind.ts'
import type { Setup } from '../complaint/setup.ts'
import { button, context, header, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { paging, ROWS_A_PAGE } from './list.ts'
import type { ActionRef } from './metadata.ts'
import { mention } from './people.ts'
import { escaped, oneLine, span, when, within } from './text.ts'
import { departmentName } from './words.ts'

/** A corrective action that is not done, for a list. */
export interface ActionRow {
  /** Of a confidential complaint, and none of the reader's. */
  readonly hidden: boolean
  /** What it was agreed for, by number. */
  readonly complaint: number | null
  readonly flaw: number | null
  readonly seq: number
  /** Of the complaint. */
  readonly customer: string | null
  readonly words: string
  readonly takenBy: string
  readonly dueAt: Date
}

const CUSTOMER = { limit: 80, json: 130 }
const WORDS = { limit: 200, json: 400 }

/** What it is for, what it is, who takes it and how it stands, with the button that says that it is done. */
export function actionRow(row: ActionRow, now: Date): SectionBlock {
  const { complaint, flaw, seq, customer, words, takenBy, dueAt } = row
  const over = now.getTime() - dueAt.getTime()
  const due = over > 0 ? `*Overdue by ${span(over)}*` : `Due ${when(dueAt)}`
  if (row.hidden) return section(`*Of a confidential complaint*\n${due}`)
  const of =
    complaint === null
      ? `Systemic flaw ${flaw}`
      : `#${complaint} · ${within(oneLine(customer ?? ''), CUSTOMER.limit, CUSTOMER.json)}`
  const ref = { ...(complaint === null ? { flaw } : { complaint }), action: seq } as ActionRef
  return {
    ...section(
      `*${escaped(of)}*\n${escaped(within(oneLine(words), WORDS.limit, WORDS.json))}\n${due}, taken by ${mention(takenBy)}`,
    ),
    accessory: button('Done', ACTIONS.finishAction, JSON.stringify(ref)),
  }
}

interface List {
  readonly overdue: OverdueActions
  readonly setup: Setup
  /** Comes back with the buttons that turn the page. */
  readonly query: string
  readonly rows: readonly ActionRow[]
  /** From 0. */
  readonly page: number
  readonly hasMore: boolean
  readonly total: number
  readonly now: Date
}

/** Overdue corrective actions, each with the button that says that it is done. */
export function actionList({ overdue, setup, query, rows, page, hasMore, total, now }: List): Message {
  const where = overdue.department === null ? '' : `, ${departmentName(setup, overdue.department)}`
  const title = header(`Overdue corrective actions${where}`)
  if (rows.length === 0) return message([title, section('All of them are done by now.')])
  const first = page * ROWS_A_PAGE + 1
  return message([
    title,
    ...rows.map((row) => actionRow(row, now)),
    context(`${first} to ${first + rows.length - 1} of ${total}`),
    ...paging(query, page, hasMore),
  ])
}

import type { Button, KnownBlock } from '@slack/types'
import type { Severity } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { actions, button, context, header, type Message, message, section } from './blocks.ts'
import { ACTIONS, COMMAND } from './ids.ts'
import type { ListPage } from './metadata.ts'
import { mention } from './people.ts'
import { escaped, oneLine, shown, span, when, within } from './text.ts'
import { SEVERITY } from './words.ts'

export const ROWS_A_PAGE = 10

export interface ListRow {
  readonly number: number
  /** Confidential, and none of the reader's. */
  readonly hidden: boolean
  readonly customer: string
  readonly severity: Severity
  readonly status: Complaint['status']
  /** Its name. */
  readonly department: string
  readonly owner: string | null
  readonly nextDeadline: Date | null
  /** Its original, where it is a duplicate. */
  readonly duplicateOf?: number | null
  /** From the customer's words. */
  readonly excerpt: string
}

interface List {
  readonly title: string
  /** Comes back with the buttons that turn the page. */
  readonly query: string
  /** Those of this page. */
  readonly rows: readonly ListRow[]
  /** From 0. */
  readonly page: number
  readonly hasMore: boolean
  readonly total?: number
  readonly now: Date
  /** What is said where there is nothing to list. */
  readonly empty?: string
}

/** Complaints in a list, each with a button to its card. */
export function list({ title, query, rows, page, hasMore, total, now, empty }: List): Message {
  if (rows.length === 0)
    return message([
      header(title),
      section(escaped(empty ?? `Nothing to list here. ${COMMAND} help shows what else can be typed.`)),
    ])
  const first = page * ROWS_A_PAGE + 1
  const range = `${first} to ${first + rows.length - 1}${total === undefined ? '' : ` of ${total}`}`
  return message([
    header(title),
    ...rows.slice(0, ROWS_A_PAGE).flatMap((row) => rowOf(row, now)),
    context(range),
    ...paging(query, page, hasMore),
  ])
}

/** Ten rows of the worst text must stay within what one message holds. */
const CUSTOMER = { limit: 120, json: 190 }
const EXCERPT = { limit: 120, json: 190 }

function rowOf(row: ListRow, now: Date): KnownBlock[] {
  const department = escaped(within(oneLine(row.department), 75, 100))
  if (row.hidden) return [section(`#${row.number} · Confidential`), context(department)]
  const customer = within(oneLine(row.customer), CUSTOMER.limit, CUSTOMER.json)
  const excerpt = within(oneLine(row.excerpt), EXCERPT.limit, EXCERPT.json)
  const title = `#${row.number} · ${customer} · ${SEVERITY[row.severity]}\n${shown(excerpt)}`
  const owner = row.owner === null ? 'Nobody yet' : mention(row.owner)
  return [
    {
      type: 'section',
      text: { type: 'plain_text', text: title, emoji: false },
      accessory: button('Open', ACTIONS.show, String(row.number)),
    },
    context([department, owner, deadline(row, now)].join(' · ')),
  ]
}

function deadline({ status, nextDeadline, duplicateOf }: ListRow, now: Date): string {
  if (duplicateOf) return `Duplicate of #${duplicateOf}`
  if (status === 'closed') return 'Closed'
  if (!nextDeadline) return 'No clock running'
  const over = now.getTime() - nextDeadline.getTime()
  return over > 0 ? `*Overdue by ${span(over)}*` : `Next deadline ${when(nextDeadline)}`
}

/** Longest value of a button, as it weighs in the message. */
const VALUE = 1_100

export function paging(query: string, page: number, hasMore: boolean): KnownBlock[] {
  if (page === 0 && !hasMore) return []
  const to = (label: string, action: string, wanted: number): Button =>
    button(label, action, JSON.stringify({ query, page: wanted } satisfies ListPage))
  const buttons = [
    ...(page > 0 ? [to('Previous', ACTIONS.previousPage, page - 1)] : []),
    ...(hasMore ? [to('Next', ACTIONS.page, page + 1)] : []),
  ]
  const tooLong = buttons.some(({ value }) => JSON.stringify(value).length > VALUE)
  return tooLong
    ? [context('There are more. Fewer words make a list whose pages can be turned.')]
    : [actions(...buttons)]
}

import type { ExternalSelect, KnownBlock, ModalView, PlainTextOption } from '@slack/types'
import type { Department, RootCause, Setup } from '../complaint/setup.ts'
import { actions, button, context, plain, section } from './blocks.ts'
import { ACTIONS, OPTIONS } from './ids.ts'
import { modal, option } from './inputs.ts'
import type { SetupButton, SetupList, SetupPiece } from './metadata.ts'
import { mention } from './people.ts'
import { noticed } from './setupModal.ts'
import { placedCauses } from './setupOptions.ts'
import { cut, escaped, oneLine } from './text.ts'

/** To the form of one that is not on this page. */
const FIND: ExternalSelect = {
  ...{ type: 'external_select', action_id: OPTIONS.setupFind, min_query_length: 0 },
  placeholder: plain('Find one to edit'),
}

/** Rows on a page. */
const ROWS = 20
const NAME = 200

/** What the menu of a row offers. */
export const ROW = { edit: 'edit', calling: 'calling', below: 'below', remove: 'remove' } as const

/** Departments or root causes, a page at a time; a page that is not there shows the nearest. */
export function setupList(setup: Setup, { list, page }: SetupList, notices: readonly string[] = []): ModalView {
  const rows = list === 'departments' ? setup.departments.map(departmentRow) : causeRows(setup)
  const pages = Math.max(1, Math.ceil(rows.length / ROWS))
  const current = Math.min(Math.max(page, 0), pages - 1)
  const isCauses = list === 'causes'
  const add: SetupButton = { piece: { kind: isCauses ? 'cause' : 'department', key: null } }
  return modal({
    title: isCauses ? 'Root causes' : 'Departments',
    metadata: { list, page: current } satisfies SetupList,
    blocks: [
      ...noticed(notices),
      actions(
        button(isCauses ? 'Add root cause' : 'Add department', ACTIONS.setupForm, JSON.stringify(add), 'primary'),
        ...(pages > 1 ? [FIND] : []),
      ),
      ...rows.slice(current * ROWS, (current + 1) * ROWS),
      ...paging(list, current, pages),
    ],
  })
}

/** On which page of its list a piece stands; null where it is in none. */
export function pageOf(setup: Setup, piece: SetupPiece): number | null {
  if (!('key' in piece)) return null
  const all = piece.kind === 'cause' ? placedCauses(setup.rootCauses).map(({ cause }) => cause) : setup.departments
  const place = all.findIndex(({ key }) => key === piece.key)
  return place < 0 ? null : Math.floor(place / ROWS)
}

function departmentRow({ key, name, kind, channel, lead }: Department): KnownBlock {
  const led = lead === null ? 'no lead' : `lead ${mention(lead)}`
  return row(`department:${key}`, `${bold(name)}\n${kind} · <#${channel}> · ${led}`, [
    option('Edit', ROW.edit),
    option('Levels and on call', ROW.calling),
    option('Retire', ROW.remove),
  ])
}

const causeRows = (setup: Setup): KnownBlock[] => {
  const names = new Map(setup.departments.map((department) => [department.key, department.name]))
  return placedCauses(setup.rootCauses).map(({ cause, above }) =>
    row(`cause:${cause.key}`, causeText(cause, above, names), [
      option('Edit', ROW.edit),
      ...(cause.origin === null ? [option('Add below', ROW.below)] : []),
      option('Remove', ROW.remove),
    ]),
  )
}

function causeText(
  { name, origin, children }: RootCause,
  above: readonly string[],
  names: ReadonlyMap<string, string>,
) {
  const path = above.map((one) => `${escaped(cut(oneLine(one), NAME))} › `).join('')
  const arises = origin === null ? '' : `\narises in ${escaped(oneLine(names.get(origin) ?? origin))}`
  return `${path}${bold(name)}${children.length > 0 ? `\n${children.length} under it` : arises}`
}

const bold = (name: string): string => `*${escaped(cut(oneLine(name), NAME))}*`

const row = (id: string, text: string, options: PlainTextOption[]): KnownBlock => ({
  ...section(text),
  block_id: id,
  accessory: { type: 'overflow', action_id: ACTIONS.setupRow, options },
})

function paging(list: SetupList['list'], page: number, pages: number): KnownBlock[] {
  if (pages === 1) return []
  const to = (label: string, action: string, wanted: number) =>
    button(label, action, JSON.stringify({ list, page: wanted } satisfies SetupList))
  return [
    context(`Page ${page + 1} of ${pages}`),
    actions(
      ...(page > 0 ? [to('Previous', ACTIONS.setupPreviousPage, page - 1)] : []),
      ...(page < pages - 1 ? [to('Next', ACTIONS.setupPage, page + 1)] : []),
    ),
  ]
}

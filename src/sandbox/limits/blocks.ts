import { accessory, actionElement, contextElement, inputElement } from './elements.ts'
import { onePicture, picture, plain, text } from './objects.ts'
import { richText } from './rich-text.ts'
import type { Also, Checking, Json, Rule, Shape } from './rules.ts'
import { among, boolean, isObject, kind, list, number, object, oneOf, only, refuse, string, unique } from './rules.ts'

const block = (shape: Shape, ...also: Also[]): Rule => kind({ 'block_id?': string(255), ...shape }, ...also)

const textOrFields: Also = (section, at, checking) => {
  if (section.text === undefined && section.fields === undefined)
    refuse(checking, at, 'neither text nor fields, Slack wants one')
}

const distinctActionIds: Also = (actions, at, checking) => {
  const elements = Array.isArray(actions.elements) ? actions.elements : []
  const ids = elements.map((one, index): [string, unknown] => [
    `${at}.elements[${index}].action_id`,
    isObject(one) ? one.action_id : undefined,
  ])
  unique(ids, 'action_id', checking)
}

const inputFits: Also = (input, at, checking) => {
  const element = isObject(input.element) ? input.element : {}
  if (element.type === 'file_input' && input.dispatch_action === true)
    refuse(checking, `${at}.dispatch_action`, 'does not go with file_input')
}

/** A menu hands out a response_url from an input of a modal, nowhere else. */
const noResponseUrl: Also = (holder, at, checking) => {
  const elements = Array.isArray(holder.elements) ? holder.elements : [holder.accessory]
  if (elements.some((one) => isObject(one) && one.response_url_enabled === true))
    refuse(checking, at, 'response_url_enabled is only for input blocks')
}

const cell = among('table cell', {
  raw_text: kind({ text: string(10_000) }),
  raw_number: kind({ value: number, text: string(10_000) }),
  rich_text: richText,
})

const anyBlock = among('block', {
  header: block({ text: plain(150) }),
  section: block(
    {
      'text?': text(3000),
      'fields?': list(text(2000), 1, 10, 'fields'),
      'accessory?': accessory,
      'expand?': boolean,
    },
    textOrFields,
    noResponseUrl,
  ),
  context: block({ elements: list(contextElement, 1, 10, 'elements') }),
  actions: block({ elements: list(actionElement, 1, 25, 'elements') }, distinctActionIds, noResponseUrl),
  divider: block({}),
  image: block({ ...picture, 'title?': plain(2000) }, onePicture),
  input: block(
    {
      label: plain(2000),
      'hint?': plain(2000),
      'optional?': boolean,
      'dispatch_action?': boolean,
      element: inputElement,
    },
    inputFits,
  ),
  rich_text: richText,
  alert: only(['modal'], block({ text: text(200), 'level?': oneOf('default', 'info', 'warning', 'error', 'success') })),
  markdown: only(['message'], block({ text: string(12_000) })),
  table: only(
    ['message'],
    block({
      rows: list(list(cell, 1, 20, 'cells'), 1, 100, 'rows'),
      'column_settings?': list(
        object({ 'align?': oneOf('left', 'center', 'right'), 'is_wrapped?': boolean }),
        0,
        20,
        'columns',
      ),
    }),
  ),
})

/** Every object inside, itself included. */
function objectsIn(value: unknown, found: Json[] = []): Json[] {
  if (Array.isArray(value)) for (const item of value) objectsIn(item, found)
  else if (isObject(value)) {
    found.push(value)
    for (const field of Object.values(value)) if (typeof field === 'object') objectsIn(field, found)
  }
  return found
}

const lengthOfTexts = (value: unknown): number =>
  objectsIn(value).reduce((sum, one) => sum + (typeof one.text === 'string' ? one.text.length : 0), 0)

/** Limits on all blocks of one type together. */
const together = [
  { type: 'table', most: 1, what: 'tables', count: () => 1 },
  { type: 'table', most: 10_000, what: 'characters in table cells', count: lengthOfTexts },
  { type: 'markdown', most: 12_000, what: 'characters in markdown blocks', count: lengthOfTexts },
]

export function checkBlocks(blocks: unknown, checking: Checking): void {
  list(anyBlock, 0, checking.surface === 'message' ? 50 : 100, 'blocks')(blocks, 'blocks', checking)
  if (!Array.isArray(blocks)) return
  const given = blocks.filter(isObject)
  unique(
    blocks.map((one, index) => [`blocks[${index}].block_id`, isObject(one) ? one.block_id : undefined]),
    'block_id',
    checking,
  )
  for (const { type, most, what, count } of together) {
    const sum = given.filter((one) => one.type === type).reduce((all, one) => all + count(one), 0)
    if (sum > most) refuse(checking, 'blocks', `${sum} ${what}, Slack takes ${most}`)
  }
  const focused = objectsIn(blocks).filter((one) => one.focus_on_load === true).length
  if (focused > 1) refuse(checking, 'blocks', `${focused} elements with focus_on_load, Slack takes 1`)
}

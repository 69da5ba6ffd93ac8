import { randomBytes } from 'node:crypto'
import { isJson, type Json, objects, text } from './json.ts'

/** An interactive element and the block it stands in. */
export interface Placed {
  block: Json
  element: Json
}

/** Every element a person can press, choose from or type into, in the order they are shown. */
export function elementsOf(blocks: Json[]): Placed[] {
  return blocks.flatMap((block) =>
    [block.element, block.accessory, ...objects(block.elements)]
      .filter(isJson)
      .filter((element) => text(element.action_id) !== '')
      .map((element) => ({ block, element })),
  )
}

/** A copy in which every block has a block_id and every interactive element an action_id, as Slack makes them up. */
export function withBlockIds(blocks: Json[]): Json[] {
  return structuredClone(blocks).map((block) => {
    for (const element of [
      block.element,
      block.accessory,
      ...(block.type === 'actions' ? objects(block.elements) : []),
    ]) {
      if (isJson(element) && element.type !== 'image' && !text(element.action_id)) element.action_id = madeUp()
    }
    return text(block.block_id) ? block : { ...block, block_id: madeUp() }
  })
}

function madeUp(): string {
  return randomBytes(4).toString('base64url').slice(0, 5)
}

/** What an element holds before anybody touched it; undefined for those that hold nothing (buttons, overflows). */
export function initialState(element: Json): Json | undefined {
  const type = text(element.type)
  const orNull = (value: unknown) => value ?? null
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: orNull(element.initial_value) }
    case 'rich_text_input':
      return { type, rich_text_value: orNull(element.initial_value) }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: orNull(element.initial_option) }
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] }
    case 'users_select':
      return { type, selected_user: orNull(element.initial_user) }
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] }
    case 'conversations_select':
      return { type, selected_conversation: orNull(element.initial_conversation) }
    case 'multi_conversations_select':
      return { type, selected_conversations: element.initial_conversations ?? [] }
    case 'channels_select':
      return { type, selected_channel: orNull(element.initial_channel) }
    case 'multi_channels_select':
      return { type, selected_channels: element.initial_channels ?? [] }
    case 'datepicker':
      return { type, selected_date: orNull(element.initial_date) }
    case 'timepicker':
      return { type, selected_time: orNull(element.initial_time) }
    case 'file_input':
      return { type, files: [] }
    case 'datetimepicker':
      return { type, selected_date_time: orNull(element.initial_date_time) }
    default:
      return undefined
  }
}

/** What a client sent as an element's state, with nothing but the field that an element of this type holds. */
export function stateGiven(element: Json, given: Json): Json {
  const initial = initialState(element)
  if (!initial) return {}
  const [key] = Object.keys(initial).filter((name) => name !== 'type')
  return key && given[key] !== undefined ? { type: initial.type, [key]: given[key] } : initial
}

export type Values = Record<string, Record<string, Json>>

/**
 * The state of these blocks. What a person entered before survives an update of the view when its block_id, action_id
 * and type are still there (docs.slack.dev, "Modals": keep both ids to keep the input).
 */
export function stateOf(blocks: Json[], before: Values = {}): Values {
  const values: Values = {}
  for (const { block, element } of elementsOf(blocks)) {
    const initial = initialState(element)
    if (!initial) continue
    const blockId = text(block.block_id)
    const actionId = text(element.action_id)
    const kept = before[blockId]?.[actionId]
    values[blockId] = { ...values[blockId], [actionId]: kept && kept.type === initial.type ? kept : initial }
  }
  return values
}

import { type Json, objects, text } from '../../json.ts'
import type { ElementState } from '../contract.ts'

/** Of an element, by its type: where its state keeps what it holds, and where the element says what it begins with. */
const KEEPS: Record<string, readonly [state: string, initial: string]> = {
  plain_text_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  file_input: ['files', 'initial_files'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
}

/** What it holds: as its state has it, else as it begins; null when nothing. */
export function held(element: Json, state: ElementState | undefined): unknown {
  const keeps = KEEPS[text(element.type)]
  if (!keeps) return null
  return (state ? state[keeps[0]] : element[keeps[1]]) ?? null
}

/** The state of an element that holds this. */
export const holding = (element: Json, value: unknown): ElementState => ({
  type: text(element.type),
  [KEEPS[text(element.type)]?.[0] ?? 'value']: value,
})

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** An option as a state carries it. */
export function chosen(option: Json): Json {
  const { url: _url, ...rest } = option
  return rest
}

export interface OptionGroup {
  readonly label: string | null
  readonly options: Json[]
}

/** Options by group; those outside any group have none. */
export function groupsOf(element: Json): OptionGroup[] {
  const groups = objects(element.option_groups).map((group) => ({
    label: text((group.label as Json | undefined)?.text),
    options: objects(group.options),
  }))
  return groups.length > 0 ? groups : [{ label: null, options: objects(element.options) }]
}

export const optionsOf = (element: Json): Json[] => groupsOf(element).flatMap(({ options }) => options)

/** What Slack's own client says before it sends a form; undefined when it is fine. */
export function faultOf(block: Json, element: Json, state: ElementState | undefined): string | undefined {
  const value = held(element, state)
  if (isEmpty(value)) return block.optional === true ? undefined : 'Please complete this required field.'
  const words = text(value)
  const least = element.min_length
  if (typeof least === 'number' && words.length < least) return `Please enter at least ${least} characters.`
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(words)) return 'Please enter a valid email address.'
  if (element.type === 'url_text_input' && !URL.canParse(words)) return 'Please enter a valid URL.'
  if (element.type !== 'number_input') return undefined
  const isNumber = /^-?\d+(\.\d+)?$/.test(words) && (element.is_decimal_allowed === true || /^-?\d+$/.test(words))
  if (!isNumber) return 'Please enter a valid number.'
  const { min_value: lowest, max_value: highest } = element
  if (lowest !== undefined && Number(words) < Number(lowest))
    return `Please enter a number of at least ${String(lowest)}.`
  if (highest !== undefined && Number(words) > Number(highest))
    return `Please enter a number of at most ${String(highest)}.`
  return undefined
}

import { endingOf } from './file-book.ts'
import { type Json, objects, shown, text } from './json.ts'
import { elementsOf, type Placed } from './view-blocks.ts'

/** What a person enters. Options by their visible text; people and channels by id or name; null empties the field. */
export type Entry = string | number | boolean | Date | string[] | null

/** Turns names into ids, and asks the app for the options of an external select. */
export interface Lookup {
  user(nameOrId: string): string
  channel(nameOrId: string): string
  /** A file by its id, or a new one of that name, given to the app. */
  file(nameOrId: string): Json
  suggest(placed: Placed, typed: string): Promise<Json[]>
}

export function optionsOf(element: Json): Json[] {
  return [...objects(element.options), ...objects(element.option_groups).flatMap((group) => objects(group.options))]
}

/** `name` is an action_id, or what a person reads: on the button, in the menu, or as a placeholder. */
export function findElement(blocks: Json[], name: string): Placed {
  const all = elementsOf(blocks)
  const reads = ({ element }: Placed) => [shown(element.text), shown(element.placeholder)]
  const found =
    all.find(({ element }) => text(element.action_id) === name) ??
    all.find((placed) => reads(placed).includes(name)) ??
    all.find(({ element }) => optionsOf(element).some((option) => shown(option.text) === name))
  if (found) return found
  const there = all.map((placed) => `${text(placed.element.action_id)} "${reads(placed).join('')}"`).join(', ')
  throw new Error(`Nothing here is called "${name}"; there is ${there || 'nothing to press'}`)
}

/** The state of an element (as in view.state.values) once a person has entered this. Throws for what they could not. */
export async function enter(placed: Placed, entry: Entry, lookup: Lookup, label: string): Promise<Json> {
  const { element } = placed
  const type = text(element.type)
  const many = Array.isArray(entry) ? entry : entry === null ? [] : [String(entry)]
  const one = entry === null ? null : String(entry)
  if (typeof element.max_selected_items === 'number' && many.length > element.max_selected_items) {
    throw new Error(`"${label}" takes ${element.max_selected_items}, not ${many.length}`)
  }
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return { type, value: one === null || one === '' ? null : fitting(element, one, label) }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: one === null ? null : pick(optionsOf(element), one, label) }
    case 'external_select':
      return { type, selected_option: one === null ? null : await pickExternal(placed, one, lookup, label) }
    case 'multi_static_select':
      return { type, selected_options: many.map((words) => pick(optionsOf(element), words, label)) }
    case 'multi_external_select':
      return {
        type,
        selected_options: await Promise.all(many.map((words) => pickExternal(placed, words, lookup, label))),
      }
    case 'checkboxes': {
      const all = optionsOf(element)
      if (typeof entry === 'boolean') return { type, selected_options: entry ? all.map(selected) : [] }
      return { type, selected_options: many.map((words) => pick(all, words, label)) }
    }
    case 'users_select':
      return { type, selected_user: one === null ? null : lookup.user(one) }
    case 'multi_users_select':
      return { type, selected_users: many.map(lookup.user) }
    case 'conversations_select':
      return { type, selected_conversation: one === null ? null : lookup.channel(one) }
    case 'multi_conversations_select':
      return { type, selected_conversations: many.map(lookup.channel) }
    case 'channels_select':
      return { type, selected_channel: one === null ? null : lookup.channel(one) }
    case 'multi_channels_select':
      return { type, selected_channels: many.map(lookup.channel) }
    case 'datepicker':
      return {
        type,
        selected_date:
          entry instanceof Date ? entry.toISOString().slice(0, 10) : formed(one, /^\d{4}-\d\d-\d\d$/, label),
      }
    case 'timepicker':
      return { type, selected_time: formed(one, /^\d\d:\d\d$/, label) }
    case 'file_input':
      return { type, files: filesFor(element, many, lookup, label) }
    case 'datetimepicker':
      return { type, selected_date_time: seconds(entry, label) }
    default:
      throw new Error(`"${label}" is a ${type}, which a sandbox person cannot fill`)
  }
}

/** Slack's field takes no more characters than max_length. */
function fitting(element: Json, words: string, label: string): string {
  const most = typeof element.max_length === 'number' ? element.max_length : 3000
  if (words.length > most) throw new Error(`"${label}" takes ${most} characters, not ${words.length}`)
  return words
}

/** Slack's client looks at how many there are and how they end; what comes by its id has gone round it. */
function filesFor(element: Json, given: string[], lookup: Lookup, label: string): Json[] {
  const most = typeof element.max_files === 'number' ? element.max_files : 10
  if (given.length > most) throw new Error(`"${label}" takes ${most} files, not ${given.length}`)
  const endings = Array.isArray(element.filetypes) ? element.filetypes.map(String) : undefined
  return given.map((one) => {
    const isNew = !/^F[0-9A-Z]{10}$/.test(one)
    if (isNew && endings && !endings.includes(endingOf(one)))
      throw new Error(`"${label}" takes ${endings.join(', ')}, not "${one}"`)
    return lookup.file(one)
  })
}

function formed(words: string | null, shape: RegExp, label: string): string | null {
  if (words !== null && !shape.test(words)) throw new Error(`"${label}" does not take "${words}"`)
  return words
}

function seconds(entry: Entry, label: string): number | null {
  if (entry === null) return null
  if (entry instanceof Date) return Math.floor(entry.getTime() / 1000)
  if (typeof entry === 'number' && Number.isInteger(entry) && String(entry).length === 10) return entry
  throw new Error(`"${label}" takes a Date, or seconds with 10 digits`)
}

function pick(options: Json[], words: string, label: string): Json {
  const found = options.find((option) => shown(option.text) === words)
  if (found) return selected(found)
  const there = options.map((option) => `"${shown(option.text)}"`).join(', ')
  throw new Error(`"${label}" has no option "${words}"; there is ${there || 'none'}`)
}

function selected(option: Json): Json {
  const { url: _url, ...rest } = option
  return structuredClone(rest)
}

/** Types the words, then picks the option that reads so. Slack asks the app only from min_query_length characters on. */
async function pickExternal(placed: Placed, words: string, lookup: Lookup, label: string): Promise<Json> {
  const { min_query_length: given } = placed.element
  const least = typeof given === 'number' ? given : 3
  if (words.length < least)
    throw new Error(`"${label}" asks for options from ${least} characters on, not for "${words}"`)
  return pick(await lookup.suggest(placed, words), words, label)
}

export function isEmpty(state: Json | undefined): boolean {
  const { type: _type, ...held } = state ?? {}
  const [value] = Object.values(held)
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** What Slack's own client says about an input before it sends the view; undefined when it is fine. */
export function complaintAbout(block: Json, state: Json | undefined): string | undefined {
  const element = block.element as Json
  if (isEmpty(state)) return block.optional === true ? undefined : 'Please complete this required field.'
  const value = text(state?.value)
  const { min_length: least, min_value: lowest, max_value: highest } = element
  if (typeof least === 'number' && value.length < least) return `Please enter at least ${least} characters.`
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Please enter a valid email address.'
  if (element.type === 'url_text_input' && !URL.canParse(value)) return 'Please enter a valid URL.'
  if (element.type !== 'number_input') return undefined
  const wrong = Number.isNaN(Number(value)) || (element.is_decimal_allowed !== true && !/^-?\d+$/.test(value))
  if (wrong) return 'Please enter a valid number.'
  if (lowest !== undefined && Number(value) < Number(lowest))
    return `Please enter a number of at least ${String(lowest)}.`
  if (highest !== undefined && Number(value) > Number(highest))
    return `Please enter a number of at most ${String(highest)}.`
  return undefined
}

import {
  actionId,
  boxOption,
  channelId,
  chosenAmongOptions,
  confirm,
  conversationId,
  distinctValues,
  onePicture,
  option,
  optionGroup,
  optionsOrGroups,
  overflowOption,
  picture,
  plain,
  text,
  url,
  userId,
} from './objects.ts'
import { richText } from './rich-text.ts'
import type { Also, Rule, Shape } from './rules.ts'
import { among, boolean, integer, kind, like, list, object, oneOf, only, refuse, string } from './rules.ts'

const acting: Shape = { 'action_id?': actionId }
const confirming: Shape = { ...acting, 'confirm?': confirm }
const focusing: Shape = { ...confirming, 'focus_on_load?': boolean }
const placing: Shape = { ...focusing, 'placeholder?': plain(150) }
const typing: Shape = {
  ...acting,
  'focus_on_load?': boolean,
  'placeholder?': plain(150),
  'dispatch_action_config?': object({
    'trigger_actions_on?': list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2),
  }),
}

const date = like('a date YYYY-MM-DD', (value) => {
  const moment = new Date(`${value}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && moment.getTime() > 0 && moment.toISOString().startsWith(value)
})
const time = like('a time HH:mm', (value) => /^([01]\d|2[0-3]):[0-5]\d$/.test(value))
const zone = like('an IANA time zone', (value) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined
  } catch {
    return false
  }
})
const numeral = like('a number in a string', (value) => /^-?\d+(\.\d+)?$/.test(value))

/** Numbers, or numerals, that must not fall from left to right: a least, the value itself, a most. */
const rising = (...names: string[]): Also => {
  return (value, at, checking) => {
    const given = names.filter((name) => value[name] !== undefined)
    for (const [index, name] of given.slice(1).entries()) {
      const before = given[index] ?? ''
      if (Number(value[before]) > Number(value[name])) refuse(checking, `${at}.${before}`, `is more than ${name}`)
    }
  }
}

const initialValueFits: Also = (input, at, checking) => {
  if (typeof input.initial_value !== 'string') return
  const max = typeof input.max_length === 'number' ? input.max_length : 3000
  if (input.initial_value.length > max)
    refuse(checking, `${at}.initial_value`, `${input.initial_value.length} characters, the input takes ${max}`)
}

const wholeUnlessDecimal: Also = (input, at, checking) => {
  if (input.is_decimal_allowed !== false) return
  for (const name of ['initial_value', 'min_value', 'max_value'])
    if (String(input[name] ?? '').includes('.')) refuse(checking, `${at}.${name}`, 'decimals are not allowed here')
}

const notMoreThanMayBeChosen: Also = (menu, at, checking) => {
  const max = menu.max_selected_items
  for (const [name, chosen] of Object.entries(menu))
    if (name.startsWith('initial_') && Array.isArray(chosen) && typeof max === 'number' && chosen.length > max)
      refuse(checking, `${at}.${name}`, `${chosen.length} chosen, max_selected_items is ${max}`)
}

const filter = object(
  {
    'include?': list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    'exclude_external_shared_channels?': boolean,
    'exclude_bot_users?': boolean,
  },
  (value, at, checking) => {
    if (Object.values(value).every((one) => one === undefined)) refuse(checking, at, 'an empty filter')
  },
)

const staticOptions: Shape = {
  'options?': list(option, 1, 100, 'options'),
  'option_groups?': list(optionGroup, 1, 100, 'option groups'),
}
const responding: Shape = { 'response_url_enabled?': only(['modal'], boolean) }
const conversations: Shape = { 'default_to_current_conversation?': boolean, 'filter?': filter }

/** One table for the menus that come in two kinds: what a single one adds, and what it starts with. */
const menus: Record<string, { add: Shape; single?: Shape; initial: string; of: Rule; also: Also[] }> = {
  static_select: {
    add: staticOptions,
    initial: 'initial_option',
    of: option,
    also: [optionsOrGroups, distinctValues, chosenAmongOptions],
  },
  external_select: { add: { 'min_query_length?': integer(0, 100) }, initial: 'initial_option', of: option, also: [] },
  users_select: { add: {}, initial: 'initial_user', of: userId, also: [] },
  channels_select: { add: {}, single: responding, initial: 'initial_channel', of: channelId, also: [] },
  conversations_select: {
    add: conversations,
    single: responding,
    initial: 'initial_conversation',
    of: conversationId,
    also: [],
  },
}

const selects: Record<string, Rule> = {}
for (const [type, { add, single, initial, of, also }] of Object.entries(menus)) {
  selects[type] = kind({ ...placing, ...add, ...single, [`${initial}?`]: of }, ...also)
  selects[`multi_${type}`] = kind(
    { ...placing, ...add, 'max_selected_items?': integer(1, 1000), [`${initial}s?`]: list(of, 1, 100, 'chosen') },
    notMoreThanMayBeChosen,
    ...also,
  )
}

const boxes = list(boxOption, 1, 10, 'options')

const pickers: Record<string, Rule> = {
  ...selects,
  checkboxes: kind(
    { ...focusing, options: boxes, 'initial_options?': list(boxOption, 1, 10, 'chosen') },
    distinctValues,
    chosenAmongOptions,
  ),
  radio_buttons: kind(
    { ...focusing, options: boxes, 'initial_option?': boxOption },
    distinctValues,
    chosenAmongOptions,
  ),
  datepicker: kind({ ...placing, 'initial_date?': date }),
  timepicker: kind({ ...placing, 'initial_time?': time, 'timezone?': zone }),
}

const datetimepicker: Record<string, Rule> = {
  datetimepicker: kind({ ...focusing, 'initial_date_time?': integer(1_000_000_000, 9_999_999_999) }),
}

const pressed: Record<string, Rule> = {
  button: kind({
    ...confirming,
    text: plain(75),
    'value?': string(2000),
    'url?': url,
    'style?': oneOf('primary', 'danger'),
    'accessibility_label?': string(75),
  }),
  overflow: kind({ ...confirming, options: list(overflowOption, 1, 5, 'options') }, distinctValues),
}

const image: Record<string, Rule> = { image: kind(picture, onePicture) }

const written: Record<string, Rule> = {
  plain_text_input: kind(
    {
      ...typing,
      'initial_value?': string(3000, 0),
      'multiline?': boolean,
      'min_length?': integer(0, 3000),
      'max_length?': integer(1, 3000),
    },
    rising('min_length', 'max_length'),
    initialValueFits,
  ),
  email_text_input: kind({ ...typing, 'initial_value?': string(3000, 0) }),
  url_text_input: kind({ ...typing, 'initial_value?': string(3000, 0) }),
  number_input: kind(
    {
      ...typing,
      is_decimal_allowed: boolean,
      'initial_value?': numeral,
      'min_value?': numeral,
      'max_value?': numeral,
    },
    rising('min_value', 'initial_value', 'max_value'),
    wholeUnlessDecimal,
  ),
  rich_text_input: kind(
    { ...typing, 'initial_value?': richText, 'min_lines?': integer(1, 100), 'max_lines?': integer(1, 100) },
    rising('min_lines', 'max_lines'),
  ),
  file_input: only(
    ['modal'],
    kind({ ...acting, 'filetypes?': list(string(50), 1, 100), 'max_files?': integer(1, 10) }),
  ),
}

export const actionElement = among('actions element', { ...pressed, ...pickers, ...datetimepicker })
export const accessory = among('section accessory', { ...image, ...pressed, ...pickers })
export const inputElement = among('input element', { ...pickers, ...datetimepicker, ...written })
export const contextElement = among('context element', { ...image, plain_text: text(3000), mrkdwn: text(3000) })

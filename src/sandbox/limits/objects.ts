/** Composition objects: text, options, confirmations, pictures. */
import { isDeepStrictEqual } from 'node:util'
import type { Also, Json, Rule } from './rules.ts'
import { boolean, isObject, like, list, object, oneAndOnlyOne, oneOf, refuse, string, unique } from './rules.ts'

const extras = { plain_text: ['emoji'], mrkdwn: ['verbatim'] } as const
type TextType = keyof typeof extras

const besideText = Object.fromEntries(
  Object.entries(extras).map(([type, names]) => [
    type,
    object({ type: () => {}, ...Object.fromEntries(names.map((name) => [`${name}?`, boolean])) }),
  ]),
) as Record<TextType, Rule>

function textObject(types: readonly TextType[], max: number): Rule {
  const ofText = string(max)
  return (value, at, checking) => {
    if (!isObject(value)) return refuse(checking, at, `must be a text object, ${types.join(' or ')}`)
    const type = types.find((one) => one === value.type)
    if (!type) return refuse(checking, at, `${JSON.stringify(value.type)} text, Slack takes ${types.join(' or ')}`)
    ofText(value.text, at, checking)
    const { text: _, ...rest } = value
    besideText[type](rest, at, checking)
  }
}

export const plain = (max: number): Rule => textObject(['plain_text'], max)
export const text = (max: number): Rule => textObject(['plain_text', 'mrkdwn'], max)

export const actionId = string(255)
export const url = like('an address', (value) => URL.canParse(value))
export const webAddress = like('an http(s) address', (value) => /^https?:\/\//i.test(value) && URL.canParse(value))
export const userId = like('a user id', (value) => /^[UW][A-Z0-9]+$/.test(value))
export const usergroupId = like('a usergroup id', (value) => /^S[A-Z0-9]+$/.test(value))
export const channelId = like('a channel id', (value) => /^[CG][A-Z0-9]+$/.test(value))
export const conversationId = like('a conversation id', (value) => /^[CGD][A-Z0-9]+$/.test(value))

export const confirm = object({
  title: plain(100),
  text: text(300),
  confirm: plain(30),
  deny: plain(30),
  'style?': oneOf('primary', 'danger'),
})

// Slack's pages say 75 for a value in some places and 150 in others.
const optionOf = (words: Rule, more: Record<string, Rule> = {}): Rule =>
  object({ text: words, value: string(75), 'description?': words, ...more })

export const option = optionOf(plain(75))
export const boxOption = optionOf(text(75))
export const overflowOption = optionOf(plain(75), { 'url?': url })

export const optionGroup = object({ label: plain(75), options: list(option, 1, 100, 'options') })

/** The options of a menu with where each stands, also those in groups. */
function* choices(menu: Json, at: string): Generator<[at: string, option: unknown]> {
  const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
  const prefix = at === '' ? '' : `${at}.`
  for (const [index, one] of asList(menu.options).entries()) yield [`${prefix}options[${index}]`, one]
  for (const [group, each] of asList(menu.option_groups).entries())
    for (const [index, one] of asList(isObject(each) ? each.options : []).entries())
      yield [`${prefix}option_groups[${group}].options[${index}]`, one]
}

export const optionsOrGroups = oneAndOnlyOne('options', 'option_groups')

export const distinctValues: Also = (menu, at, checking) => {
  const values = [...choices(menu, at)].map(([place, one]): [string, unknown] => [
    `${place}.value`,
    isObject(one) ? one.value : undefined,
  ])
  unique(values, 'value', checking)
}

const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null))

/** What is chosen from the start must be, letter for letter, among the options. */
export const chosenAmongOptions: Also = (menu, at, checking) => {
  const offered = [...choices(menu, at)].map(([, one]) => asSent(one))
  const several = Array.isArray(menu.initial_options) ? menu.initial_options : []
  const chosen: [string, unknown][] = several.map((one, index) => [`${at}.initial_options[${index}]`, one])
  if (menu.initial_option !== undefined) chosen.push([`${at}.initial_option`, menu.initial_option])
  for (const [place, one] of chosen)
    if (!offered.some((each) => isDeepStrictEqual(each, asSent(one))))
      refuse(checking, place, 'is not exactly one of the options')
}

const fileId: Rule = (value, at, checking) => {
  if (typeof value !== 'string' || !/^F[A-Z0-9]{8,}$/.test(value)) refuse(checking, at, 'must be the id of a file')
}
const slackFile = object({ 'id?': fileId, 'url?': url }, oneAndOnlyOne('id', 'url'))

export const picture = { 'image_url?': webAddress, 'slack_file?': slackFile, alt_text: string(2000) }
export const onePicture = oneAndOnlyOne('image_url', 'slack_file')

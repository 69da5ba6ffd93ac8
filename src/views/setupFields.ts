import type { PlainTextOption } from '@slack/types'
import { DEPARTMENT_KINDS, WEEKDAYS } from '../complaint/setup.ts'
import { OPTIONS } from './ids.ts'
import { option } from './inputs.ts'
import type { SetupPiece } from './metadata.ts'

/** How a value of the configuration is entered. `list`: with commas between; `lines`: one a line. */
export type SetupInput =
  | { readonly kind: 'text' | 'number' | 'list' | 'lines' | 'yes' | 'channel' | 'person' | 'people' | 'search' }
  | { readonly kind: 'choice'; readonly of: Readonly<Record<string, string>> }

/** One input of the setup's forms, and where in its piece of the configuration the value stands. */
export interface SetupField {
  /** `block_id` and `action_id`. */
  readonly id: string
  readonly label: string
  readonly path: readonly (string | number)[]
  readonly input: SetupInput
  readonly optional?: boolean
  readonly hint?: string
  /** Longest text. */
  readonly most?: number
  /** By what its options are asked for, where several ask for the same. */
  readonly options?: string
  /** An empty list is left out, so that the default holds or the value of another key. */
  readonly leftOut?: boolean
}

const NAME = { input: { kind: 'text' }, most: 75 } as const
const TEXT = { input: { kind: 'text' }, most: 75 } as const
const LIST = { input: { kind: 'list' }, optional: true } as const
const CHANNEL = { input: { kind: 'channel' } } as const
const PEOPLE = { input: { kind: 'people' }, optional: true } as const
const PERSON = { input: { kind: 'person' }, optional: true } as const
const NUMBER = { input: { kind: 'number' }, most: 12 } as const

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const wordsOf = (words: readonly string[]) => Object.fromEntries(words.map((word) => [word, capital(word)]))

const TIMEZONE = { id: 'timezone', label: 'Time zone', path: ['timezone'], ...TEXT, hint: 'Like America/Chicago' }
const ADMINS = { id: 'admins', label: 'Admins', path: ['admins'], input: { kind: 'people' } } as const
const COMPANY_CHANNEL = {
  ...{ id: 'company', label: 'Company channel', path: ['channels', 'company'], ...CHANNEL },
  hint: 'Gets the weekly digest, and calls that nobody answered',
}
const FALLBACK_CHANNEL = {
  ...{ id: 'fallback', label: 'Fallback channel', path: ['channels', 'fallback'], ...CHANNEL },
  hint: 'Gets what could not be delivered where it belongs',
}
const KIND = {
  ...{ id: 'kind', label: 'Kind', path: ['kind'] },
  input: { kind: 'choice', of: wordsOf(DEPARTMENT_KINDS) },
  hint: 'Service hears customers, a fixer fixes, design changes what is made',
} as const
const KEY = {
  ...{ id: 'key', label: 'Key', path: ['key'], ...TEXT, optional: true },
  hint: 'For the configuration file; stays for good. Empty: made from the name',
}

const START: readonly SetupField[] = [
  TIMEZONE,
  ADMINS,
  COMPANY_CHANNEL,
  FALLBACK_CHANNEL,
  { id: 'name', label: 'First department', path: ['departments', 0, 'name'], ...NAME },
  { ...KIND, path: ['departments', 0, 'kind'] },
  { id: 'channel', label: 'Its channel', path: ['departments', 0, 'channel'], ...CHANNEL },
  { id: 'lead', label: 'Its lead', path: ['departments', 0, 'lead'], ...PERSON },
  {
    ...{ id: 'causes', label: 'Root causes', path: ['rootCauses'], input: { kind: 'lines' } },
    hint: 'One a line, like Wrong part delivered. They can be grouped later',
  },
]

const COMPANY: readonly SetupField[] = [
  TIMEZONE,
  ADMINS,
  COMPANY_CHANNEL,
  FALLBACK_CHANNEL,
  { id: 'confidential', label: 'Who may see confidential complaints', path: ['confidential'], ...PEOPLE },
  { id: 'currency', label: 'Currency of make-goods', path: ['currency'], ...TEXT, hint: 'Like USD or EUR' },
]

const DEPARTMENT: readonly SetupField[] = [
  { id: 'name', label: 'Name', path: ['name'], ...NAME },
  KEY,
  KIND,
  { id: 'channel', label: 'Channel', path: ['channel'], ...CHANNEL },
  { id: 'lead', label: 'Lead', path: ['lead'], ...PERSON },
  { id: 'deputy', label: 'Deputy', path: ['deputy'], ...PERSON },
  {
    ...{ id: OPTIONS.usergroup, label: 'Usergroup to call', path: ['group'] },
    input: { kind: 'search' },
  },
  { id: 'members', label: 'Members', path: ['members'], ...PEOPLE, hint: 'Besides those of the usergroup' },
  {
    ...{ id: 'authority', label: 'Make-good limit', path: ['authority'], ...NUMBER, optional: true },
    hint: 'What is granted without asking the lead',
  },
  {
    ...{ id: 'week', label: 'Working hours', path: ['hours', 'week'], input: { kind: 'text' }, optional: true },
    hint: 'Like mon-fri 07:00-16:00. Empty, with all below: always',
  },
  { id: 'zone', label: 'Time zone of these hours', path: ['hours', 'timezone'], ...TEXT, optional: true },
  {
    ...{ id: 'holidays', label: 'Holidays of', path: ['hours', 'holidays'], ...TEXT, optional: true },
    hint: 'A country like US, or a region like US-CA',
  },
  { id: 'off', label: 'Days off', path: ['hours', 'off'], ...LIST, leftOut: true, hint: 'Like 2026-12-24, 2026-12-31' },
  { id: 'open', label: 'Days worked all the same', path: ['hours', 'open'], ...LIST, leftOut: true },
]

/** A form holds so many levels, and people on call. */
const MOST_ROWS = 10

const levelFields = (row: number): SetupField[] => [
  { id: `level-${row}`, label: `Level ${row + 1}`, path: ['levels', row, 'name'], ...NAME, optional: true },
  { id: `level-${row}-person`, label: 'Who is called there', path: ['levels', row, 'person'], ...PERSON },
  {
    ...{ id: `level-${row}-group`, label: 'Or which usergroup', path: ['levels', row, 'group'] },
    ...{ input: { kind: 'search' }, options: OPTIONS.usergroup },
  },
]

const onCallFields = (row: number): SetupField[] => [
  { id: `on-call-${row}`, label: `On call ${row + 1}`, path: ['hours', 'onCall', row, 'person'], ...PERSON },
  {
    ...{ id: `on-call-${row}-week`, label: 'From when to when', path: ['hours', 'onCall', row, 'week'] },
    ...{ input: { kind: 'text' }, optional: true, hint: 'Like mon-sun 16:00-07:00' },
  },
]

/** Rows for what is there and for one more; without knowing what is there, all that a form can have. */
function callingFields(contents: Readonly<Record<string, unknown>>): SetupField[] {
  const isKnown = contents.key !== undefined
  const rows = (list: unknown, fieldsOf: (row: number) => SetupField[]): SetupField[] => {
    const there = Array.isArray(list) ? list.length : 0
    if (there > MOST_ROWS) return []
    const count = isKnown ? Math.min(there + 1, MOST_ROWS) : MOST_ROWS
    return Array.from({ length: count }, (_, row) => fieldsOf(row)).flat()
  }
  const { levels, hours } = contents
  // Outside its hours: without any there is no such time.
  const hasHours = !isKnown || hours !== undefined
  return [...rows(levels, levelFields), ...(hasHours ? rows(valueAt(contents, ['hours', 'onCall']), onCallFields) : [])]
}

const CAUSE: readonly SetupField[] = [
  { id: 'name', label: 'Name', path: ['name'], ...NAME },
  KEY,
  {
    id: OPTIONS.under,
    label: 'Under',
    path: ['under'],
    input: { kind: 'search' },
  },
  {
    ...{ id: OPTIONS.arises, label: 'Where it usually arises', path: ['origin'] },
    input: { kind: 'search' },
  },
]

const duration = (id: string, label: string, path: readonly string[], hint?: string): SetupField => ({
  ...{ id, label, path: ['policy', ...path], ...TEXT },
  ...(hint ? { hint } : {}),
})
const durations = (id: string, label: string, path: readonly string[], hint?: string): SetupField => ({
  ...{ id, label, path: ['policy', ...path], ...LIST },
  ...(hint ? { hint } : {}),
})
const number = (id: string, label: string, ...path: string[]): SetupField => ({
  ...{ id, label, path: ['policy', ...path], ...NUMBER },
})
const yes = (id: string, label: string, ...path: string[]): SetupField => ({
  ...{ id, label, path: ['policy', ...path], input: { kind: 'yes' } },
})

const POLICY: readonly SetupField[] = [
  duration('response', 'Somebody at the customer’s within', ['response']),
  duration('callbackNormal', 'Callback within: normal', ['callback', 'normal']),
  duration('callbackSerious', 'Callback within: serious', ['callback', 'serious']),
  duration('callbackCritical', 'Callback within: critical', ['callback', 'critical']),
  durations('remindResponse', 'Remind before the response deadline', ['remind', 'response'], 'Like 12h, 4h, 1h'),
  durations('remindCallback', 'Remind before a callback', ['remind', 'callback']),
  duration('overdueEvery', 'Once over a deadline, remind every', ['remind', 'overdueEvery']),
  durations('ladderNormal', 'Nobody owns it, call again after: normal', ['ladder', 'normal']),
  {
    ...durations('ladderSerious', 'The same: serious', ['ladder', 'serious'], 'Empty: as normal'),
    leftOut: true,
  },
  durations('ladderCritical', 'The same: critical', ['ladder', 'critical']),
  duration('silenceAsk', 'Ask a silent owner after', ['silence', 'ask'], 'Of working hours'),
  duration('silenceRelease', 'Back to the ladder after another', ['silence', 'release']),
  number('flawComplaints', 'Complaints that make a systemic flaw', 'flaw', 'complaints'),
  duration('flawWithin', 'Within', ['flaw', 'within']),
  number('handOvers', 'The hand-over that goes to both leads', 'handOvers'),
  number('criticalFactor', 'Make-good limit of a critical complaint, times', 'makeGood', 'criticalFactor'),
  duration('makeGoodAnswer', 'The lead answers a make-good within', ['makeGood', 'answer']),
  duration('repeatWithin', 'Count a customer’s complaints within', ['repeat', 'within']),
  durations('awayStatuses', 'Statuses that mean away', ['away', 'statuses'], 'Emoji like :palm_tree:'),
  yes('awayDoNotDisturb', 'Does do-not-disturb mean away?', 'away', 'doNotDisturb'),
  yes('warRoomCritical', 'A war room for each critical complaint?', 'warRoom', 'critical'),
  {
    ...{ id: 'warRoomPeople', label: 'Who joins every war room', path: ['policy', 'warRoom', 'people'], ...PEOPLE },
    hint: 'Besides owner, reporter and leads',
  },
  durations('evidenceTypes', 'Files taken as evidence', ['evidence', 'types'], 'Endings like jpg, pdf'),
  number('evidenceMegabytes', 'Largest file, in megabytes', 'evidence', 'maxMegabytes'),
  {
    ...duration('retentionWords', 'Erase customers’ words after', ['retention', 'words'], 'Empty: never'),
    optional: true,
  },
  {
    ...{ id: 'digestDay', label: 'Day of the weekly digest', path: ['digest', 'day'] },
    input: { kind: 'choice', of: wordsOf(WEEKDAYS) },
  },
  { id: 'digestTime', label: 'Time of the weekly digest', path: ['digest', 'time'], ...TEXT, hint: 'Like 09:00' },
]

/** The inputs of a piece's form. What one can't hold is left out of it, and stays as it is. */
export function setupFields(piece: SetupPiece, contents: Readonly<Record<string, unknown>>): SetupField[] {
  const calling = piece.kind === 'calling' ? callingFields(contents) : []
  const all = { start: START, company: COMPANY, policy: POLICY, department: DEPARTMENT, calling, cause: CAUSE }[
    piece.kind
  ]
  const isNew = !('key' in piece) || piece.key === null
  return all.filter((field) => {
    if (field === KEY) return isNew
    if (field.id === OPTIONS.arises && contents.children !== undefined) return false
    return fits(field, valueAt(contents, field.path))
  })
}

/** The value of the option that stands for nothing. */
export const NONE = '-'

const NONE_WORDS: Readonly<Record<string, string>> = {
  [OPTIONS.usergroup]: 'No usergroup',
  [OPTIONS.under]: 'Nothing: it stands at the top',
  [OPTIONS.arises]: 'Nowhere in particular',
}

/** The option of a search that stands for nothing. */
export const noneOf = (id: string): PlainTextOption => option(NONE_WORDS[id] ?? 'None', NONE)

export const LONGEST_TEXT = 3_000
const MOST_PEOPLE = 100

function fits({ input, most = LONGEST_TEXT }: SetupField, value: unknown): boolean {
  if (Array.isArray(value)) {
    if (input.kind === 'people') return value.length <= MOST_PEOPLE
    return value.join(', ').length <= most
  }
  return typeof value !== 'string' || value.length <= most
}

/** What stands at a path; undefined where nothing does. */
export const valueAt = (contents: unknown, path: SetupField['path']): unknown =>
  path.reduce<unknown>(
    (inside, part) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, part) : undefined),
    contents,
  )

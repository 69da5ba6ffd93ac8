import type { InputBlock, KnownBlock, ModalView, MultiUsersSelect, PlainTextInput, PlainTextOption } from '@slack/types'
import type { Setup } from '../complaint/setup.ts'
import { context, plain, section } from './blocks.ts'
import { MODALS, OPTIONS } from './ids.ts'
import { modal, option } from './inputs.ts'
import type { SetupFormMetadata, SetupPiece } from './metadata.ts'
import { LONGEST_TEXT, noneOf, type SetupField, setupFields, valueAt } from './setupFields.ts'
import { allDepartmentOptions, causeOptions } from './setupOptions.ts'
import { clean, cut, escaped, oneLine } from './text.ts'

type Contents = Readonly<Record<string, unknown>>

interface SetupForm extends SetupFormMetadata {
  readonly contents: Contents
  /** Null before anything is in force. */
  readonly setup: Setup | null
  /** What Slack calls the usergroups that stand there, by id, as far as that is known. */
  readonly usergroups?: ReadonlyMap<string, string>
}

/** A form that adds a piece of the configuration, or changes it. */
export function setupForm({ piece, mark, page, contents, setup, usergroups = new Map() }: SetupForm): ModalView {
  const isNew = 'key' in piece && piece.key === null
  return modal({
    title: titleOf(piece),
    submit: { label: piece.kind === 'start' ? 'Set up' : isNew ? 'Add' : 'Save', as: MODALS.setup },
    metadata: { piece, mark, page } satisfies SetupFormMetadata,
    blocks: [
      ...introduction(piece),
      ...setupFields(piece, contents).map((field) =>
        inputOf(field, valueAt(contents, field.path), { setup, usergroups, piece }),
      ),
      ...kept(piece, contents),
    ],
  })
}

function titleOf(piece: SetupPiece): string {
  switch (piece.kind) {
    case 'start':
      return 'Set up Amends'
    case 'company':
      return 'Company'
    case 'policy':
      return 'Policy'
    case 'department':
      return piece.key === null ? 'Add department' : 'Edit department'
    case 'calling':
      return 'Levels and on call'
    case 'cause':
      return piece.key === null ? 'Add root cause' : 'Edit root cause'
  }
}

function introduction({ kind }: SetupPiece): KnownBlock[] {
  if (kind === 'start')
    return [section('With this it can begin; everything else has a default and can be changed later.')]
  if (kind === 'calling')
    return [
      context(
        'Levels, lowest first, take what has the first steps behind it. Whoever is on call hears of what is critical outside the working hours. A row that is emptied is taken away.',
      ),
    ]
  return kind === 'policy'
    ? [context('Lengths of time as 15m, 4h or 2d. A complaint keeps the policy that was in force when it was filed.')]
    : []
}

/** What a department has that its form does not show, or can't have yet. */
function kept({ kind }: SetupPiece, contents: Contents): KnownBlock[] {
  if (kind === 'calling' && contents.hours === undefined)
    return [context('Who is on call can be named once it has working hours.')]
  const hidden = [
    ...(valueAt(contents, ['levels']) ? ['levels'] : []),
    ...(valueAt(contents, ['hours', 'onCall']) ? ['people on call'] : []),
  ]
  return kind === 'department' && hidden.length > 0
    ? [context(`Its ${hidden.join(' and ')} stay as they are; “Levels and on call” in its menu changes them.`)]
    : []
}

interface About {
  readonly setup: Setup | null
  readonly usergroups: ReadonlyMap<string, string>
  readonly piece: SetupPiece
}

const inputOf = (field: SetupField, value: unknown, about: About): InputBlock => ({
  type: 'input',
  block_id: field.id,
  label: plain(field.label),
  element: elementOf(field, value, about),
  ...(field.optional ? { optional: true } : {}),
  ...(field.hint ? { hint: plain(field.hint, 2000) } : {}),
})

function elementOf({ id, input, most, options }: SetupField, value: unknown, about: About): InputBlock['element'] {
  switch (input.kind) {
    case 'text':
    case 'number':
      return textElement(id, value === undefined ? '' : String(value), most)
    case 'list':
    case 'lines':
      return {
        ...textElement(id, Array.isArray(value) ? value.join(input.kind === 'list' ? ', ' : '\n') : '', most),
        multiline: input.kind === 'lines',
      }
    case 'yes':
      return choiceElement(id, YES_NO, value === true ? 'yes' : value === false ? 'no' : null)
    case 'choice':
      return choiceElement(id, input.of, typeof value === 'string' && value in input.of ? value : null)
    case 'channel':
      return {
        ...{ type: 'conversations_select', action_id: id },
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(typeof value === 'string' ? { initial_conversation: value } : {}),
      }
    // A list of one, since Slack lets it be emptied again.
    case 'person':
      return { ...peopleElement(id, typeof value === 'string' ? [value] : []), max_selected_items: 1 }
    case 'people':
      return peopleElement(id, Array.isArray(value) ? value.map(String) : [])
    case 'search':
      return searchElement(options ?? id, typeof value === 'string' ? value : null, about)
  }
}

const YES_NO = { yes: 'Yes', no: 'No' }

const textElement = (id: string, text: string, most = LONGEST_TEXT): PlainTextInput => ({
  ...{ type: 'plain_text_input', action_id: id, max_length: most },
  ...(text === '' ? {} : { initial_value: clean(text) }),
})

function choiceElement(id: string, of: Readonly<Record<string, string>>, chosen: string | null): InputBlock['element'] {
  const options = Object.entries(of).map(([value, label]) => option(label, value))
  const initial = options.find(({ value }) => value === chosen)
  return { type: 'static_select', action_id: id, options, ...(initial ? { initial_option: initial } : {}) }
}

const peopleElement = (id: string, people: readonly string[]): MultiUsersSelect => ({
  ...{ type: 'multi_users_select', action_id: id },
  ...(people.length > 0 ? { initial_users: [...people] } : {}),
})

/** Options that are searched as the person types, the first of which is that there is none. */
function searchElement(id: string, chosen: string | null, about: About): InputBlock['element'] {
  return {
    ...{ type: 'external_select', action_id: id, min_query_length: 0 },
    initial_option: chosen === null ? noneOf(id) : optionOf(id, chosen, about),
  }
}

function optionOf(id: string, chosen: string, { setup, usergroups, piece }: About): PlainTextOption {
  if (id === OPTIONS.usergroup) return option(usergroups.get(chosen) ?? chosen, chosen)
  const key = 'key' in piece ? piece.key : null
  const known = setup ? (id === OPTIONS.under ? causeOptions(setup, key) : allDepartmentOptions(setup)) : []
  return known.find(({ value }) => value === chosen) ?? option(chosen, chosen)
}

interface Removal extends SetupFormMetadata {
  readonly name: string
  /** How many root causes go with it. */
  readonly below: number
}

/** Asks once more before a piece is taken away. */
export function setupRemoval({ piece, mark, page, name, below }: Removal): ModalView {
  const isDepartment = piece.kind === 'department'
  const label = isDepartment ? 'Retire' : 'Remove'
  const bold = `*${escaped(cut(oneLine(name), 100))}*`
  const with_ = below === 0 ? '' : `, and ${below === 1 ? 'the one' : `the ${below}`} under it`
  return modal({
    title: isDepartment ? 'Retire department' : 'Remove root cause',
    submit: { label, as: MODALS.setupRemoval },
    metadata: { piece, mark, page } satisfies SetupFormMetadata,
    blocks: [
      section(
        isDepartment
          ? `${bold} takes no complaints any more. What was filed there stays, and it can be added again under its key.`
          : `${bold}${with_} can’t be picked any more. Complaints that were closed with it keep it.`,
      ),
    ],
  })
}

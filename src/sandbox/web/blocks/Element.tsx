import { type Json, objects, text } from '../../json.ts'
import { useDemo } from '../demo.ts'
import { Icon } from '../parts/Icon.tsx'
import { Menu } from '../parts/Menu.tsx'
import { fromLocalField, toLocalField } from '../text/dates.ts'
import { plainWords } from '../text/Text.tsx'
import { ExternalSelect } from './ExternalSelect.tsx'
import { FileInput } from './FileInput.tsx'
import { useSurface } from './surface.ts'
import { chosen, groupsOf, held, holding } from './values.ts'

/** What ties an element to the label, hint and error of its input. */
export interface Field {
  readonly id: string
  readonly labelledBy: string
  readonly describedBy: string
  readonly required: boolean
  readonly invalid: boolean
}

export interface ElementProps {
  readonly block: Json
  readonly element: Json
  /** Absent where it stands in a section or among actions. */
  readonly field?: Field
}

/** The attributes that name and describe a control. */
export function naming({ block, element, field }: ElementProps) {
  const error = field?.invalid ? { 'aria-invalid': true } : {}
  if (!field) return { 'aria-label': plainWords(element.placeholder) || plainWords(block.text) }
  return {
    id: field.id,
    'aria-required': field.required,
    ...(field.describedBy ? { 'aria-describedby': field.describedBy } : {}),
    ...error,
  }
}

/** The same for a group of controls. */
const groupNaming = ({ block, element, field }: ElementProps) =>
  field
    ? {
        'aria-labelledby': field.labelledBy,
        ...(field.describedBy ? { 'aria-describedby': field.describedBy } : {}),
      }
    : { 'aria-label': plainWords(element.placeholder) || plainWords(block.text) || 'Choose' }

/** In a section or among actions everything tells the app; in an input, where the block says so. */
export const tells = ({ block, field }: ElementProps): boolean => !field || block.dispatch_action === true

/** One interactive element of Block Kit. */
export function Element(props: ElementProps) {
  switch (props.element.type) {
    case 'button':
    case 'workflow_button':
      return <Button {...props} />
    case 'overflow':
      return <Overflow {...props} />
    case 'static_select':
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return <Select {...props} />
    case 'external_select':
      return <ExternalSelect {...props} />
    case 'radio_buttons':
      return <Radios {...props} />
    case 'checkboxes':
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_conversations_select':
    case 'multi_channels_select':
      return <Ticks {...props} />
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return <TextInput {...props} />
    case 'datetimepicker':
    case 'datepicker':
    case 'timepicker':
      return <DateInput {...props} />
    case 'file_input':
      return <FileInput {...props} />
    default:
      return <p class="unknown">The demo does not draw "{text(props.element.type)}".</p>
  }
}

function Button({ block, element }: ElementProps) {
  const surface = useSurface()
  const isBusy = surface.isBusy(block, element)
  const style = element.style === 'primary' || element.style === 'danger' ? element.style : ''
  const url = text(element.url)
  const press = () => {
    if (isBusy) return
    if (/^https?:/i.test(url)) window.open(url, '_blank', 'noopener')
    const { text: words, value, style: given } = element
    surface.use(block, element, {
      ...{ type: 'button', text: words },
      ...(value === undefined ? {} : { value }),
      ...(given === undefined ? {} : { style: given }),
    })
  }
  return (
    <button
      type="button"
      class={`button ${style}`}
      aria-busy={isBusy}
      aria-label={text(element.accessibility_label) || undefined}
      onClick={press}
    >
      {plainWords(element.text)}
    </button>
  )
}

function Overflow({ block, element }: ElementProps) {
  const surface = useSurface()
  const items = objects(element.options).map((option, index) => ({
    key: text(option.value) || String(index),
    label: plainWords(option.text),
    run: () => {
      if (/^https?:/i.test(text(option.url))) window.open(text(option.url), '_blank', 'noopener')
      surface.use(block, element, { type: 'overflow', selected_option: chosen(option) })
    },
  }))
  return (
    <Menu name="More options" items={items} className="button square" busy={surface.isBusy(block, element)}>
      <Icon name="dots" />
    </Menu>
  )
}

interface Choice {
  readonly value: string
  readonly label: string
  readonly note: string
  /** As the state holds it. */
  readonly held: unknown
}

/** What can be chosen, by group: the element's own options, or people, or channels. */
function useChoices(element: Json): { label: string | null; choices: Choice[] }[] {
  const { state } = useDemo()
  const type = text(element.type)
  if (type.includes('users_select')) {
    const people = state.users.filter(({ isBot }) => !isBot)
    return [
      {
        label: null,
        choices: people.map(({ id, realName, name }) => ({ value: id, label: realName || name, note: '', held: id })),
      },
    ]
  }
  if (type.includes('conversations_select') || type.includes('channels_select')) {
    const channels = state.channels.filter(({ kind, isArchived }) => kind === 'channel' && !isArchived)
    return [
      { label: null, choices: channels.map(({ id, name }) => ({ value: id, label: `#${name}`, note: '', held: id })) },
    ]
  }
  return groupsOf(element).map(({ label, options }) => ({
    label,
    choices: options.map((option) => ({
      value: text(option.value),
      label: plainWords(option.text),
      note: plainWords(option.description),
      held: chosen(option),
    })),
  }))
}

const valueIn = (of: unknown): string => (typeof of === 'string' ? of : text((of as Json | null)?.value))

function Select(props: ElementProps) {
  const { block, element, field } = props
  const surface = useSurface()
  const groups = useChoices(element)
  const current = valueIn(held(element, surface.valueOf(block, element)))
  const empty = plainWords(element.placeholder) || 'Select an option'
  const choose = (value: string) => {
    const found = groups.flatMap(({ choices }) => choices).find((one) => one.value === value)
    surface.change(block, element, holding(element, found?.held ?? null), tells(props) && found !== undefined)
  }
  return (
    <select
      {...naming(props)}
      class={current === '' ? 'select empty' : 'select'}
      value={current}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="" disabled={field?.required ?? true}>
        {empty}
      </option>
      {groups.map(({ label, choices }, index) => {
        const options = choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))
        return label === null ? (
          options
        ) : (
          <optgroup key={index} label={label}>
            {options}
          </optgroup>
        )
      })}
    </select>
  )
}

function Radios(props: ElementProps) {
  const { block, element, field } = props
  const surface = useSurface()
  const [group] = useChoices(element)
  const current = valueIn(held(element, surface.valueOf(block, element)))
  const name = `${text(block.block_id)} ${text(element.action_id)}`
  return (
    <div class="choices" role="radiogroup" aria-required={field?.required ?? false} {...groupNaming(props)}>
      {group?.choices.map((one) => (
        <label key={one.value} class="choice">
          <input
            type="radio"
            name={name}
            value={one.value}
            checked={one.value === current}
            onChange={() => surface.change(block, element, holding(element, one.held), tells(props))}
          />
          <span>
            {one.label}
            {one.note && <span class="note">{one.note}</span>}
          </span>
        </label>
      ))}
    </div>
  )
}

/** Checkboxes; the selects that take several are drawn so, too. */
function Ticks(props: ElementProps) {
  const { block, element } = props
  const surface = useSurface()
  const groups = useChoices(element)
  const now = held(element, surface.valueOf(block, element))
  const current = Array.isArray(now) ? now.map(valueIn) : []
  const all = groups.flatMap(({ choices }) => choices)
  const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY)
  const toggle = (value: string, on: boolean) => {
    const wanted = all.filter((one) => (one.value === value ? on : current.includes(one.value)))
    const next = holding(
      element,
      wanted.map((one) => one.held),
    )
    surface.change(block, element, next, tells(props))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend in place of the input's label
    <div class={all.length > 8 ? 'choices many' : 'choices'} role="group" {...groupNaming(props)}>
      {all.map((one) => (
        <label key={one.value} class="choice">
          <input
            type="checkbox"
            value={one.value}
            checked={current.includes(one.value)}
            disabled={!current.includes(one.value) && current.length >= most}
            onChange={(event) => toggle(one.value, event.currentTarget.checked)}
          />
          <span>
            {one.label}
            {one.note && <span class="note">{one.note}</span>}
          </span>
        </label>
      ))}
    </div>
  )
}

function TextInput(props: ElementProps) {
  const { block, element } = props
  const surface = useSurface()
  const value = String(held(element, surface.valueOf(block, element)) ?? '')
  const { trigger_actions_on: on = ['on_enter_pressed'] } = (element.dispatch_action_config ?? {}) as Json
  const hears = (what: string) => tells(props) && Array.isArray(on) && on.includes(what)
  const state = (words: string) => holding(element, words === '' ? null : words)
  const shared = {
    ...naming(props),
    class: 'text',
    value,
    placeholder: plainWords(element.placeholder),
    onInput: (event: Event) => {
      const { value: words } = event.currentTarget as HTMLInputElement
      surface.change(block, element, state(words), hears('on_character_entered'))
    },
    ...(typeof element.max_length === 'number' ? { maxLength: element.max_length } : {}),
  }
  if (element.multiline === true) return <textarea {...shared} rows={4} />
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.isComposing || !hears('on_enter_pressed')) return
    event.preventDefault()
    surface.change(block, element, state(value), true)
  }
  const modes = { email_text_input: 'email', url_text_input: 'url', number_input: 'decimal' } as const
  const inputMode = modes[element.type as keyof typeof modes] ?? 'text'
  return <input {...shared} type="text" inputMode={inputMode} autocomplete="off" onKeyDown={enter} />
}

/** The browser's own fields, in the reader's own zone. */
function DateInput(props: ElementProps) {
  const { block, element } = props
  const surface = useSurface()
  const now = held(element, surface.valueOf(block, element))
  const isMoment = element.type === 'datetimepicker'
  const type = isMoment ? 'datetime-local' : element.type === 'datepicker' ? 'date' : 'time'
  const value = isMoment ? (typeof now === 'number' ? toLocalField(now) : '') : text(now)
  return (
    <input
      {...naming(props)}
      class="text date"
      type={type}
      value={value}
      onChange={(event) => {
        const entered = event.currentTarget.value
        const next = isMoment ? fromLocalField(entered) : entered || null
        if (isMoment && next !== null && now !== null && toLocalField(Number(now)) === entered) return
        surface.change(block, element, holding(element, next), tells(props) && next !== null)
      }}
    />
  )
}

/** The words of what is chosen, for a select that asks the app. */
export const wordsOfOption = (option: unknown): string => plainWords((option as Json | null)?.text)

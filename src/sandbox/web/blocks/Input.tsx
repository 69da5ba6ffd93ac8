import { useId } from 'preact/hooks'
import { isJson, type Json, objectOf, text } from '../../json.ts'
import { plainWords } from '../text/Text.tsx'
import { Element } from './Element.tsx'
import { useSurface } from './surface.ts'

/** Several controls under one label: it names their group, not one of them. */
const isGroup = (element: Json): boolean =>
  ['radio_buttons', 'checkboxes'].includes(text(element.type)) || text(element.type).startsWith('multi_')

/** An input with its label, hint and error. */
export function Input({ block }: { block: Json }) {
  const id = useId()
  const error = useSurface().errorOf(block)
  const element = objectOf(block.element)
  const label = plainWords(block.label)
  const optional = block.optional === true
  const hint = isJson(block.hint) ? plainWords(block.hint) : ''
  const describedBy = [optional && `${id}-optional`, hint && `${id}-hint`, error && `${id}-error`]
    .filter(Boolean)
    .join(' ')
  return (
    <div class={error ? 'block input invalid' : 'block input'}>
      <div class="label">
        {isGroup(element) ? (
          <span id={`${id}-label`}>{label}</span>
        ) : (
          <label id={`${id}-label`} for={id}>
            {label}
          </label>
        )}
        {optional && (
          <span id={`${id}-optional`} class="optional">
            (optional)
          </span>
        )}
      </div>
      <Element
        block={block}
        element={element}
        field={{ id, labelledBy: `${id}-label`, describedBy, required: !optional, invalid: error !== undefined }}
      />
      {hint && (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} class="error" role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

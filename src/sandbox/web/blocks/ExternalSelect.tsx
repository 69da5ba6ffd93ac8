import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { Json } from '../../json.ts'
import type { Done } from '../contract.ts'
import { type ElementProps, naming, tells, wordsOfOption } from './Element.tsx'
import { useSurface } from './surface.ts'
import { held, holding } from './values.ts'

type Options = NonNullable<Done['options']>

/** After the last key: nobody wants an answer for every letter. */
const PAUSE_MS = 150

/** A select that asks the app for its options as the person types. */
export function ExternalSelect(props: ElementProps) {
  const { block, element, field } = props
  const surface = useSurface()
  const id = useId()
  const current = held(element, surface.valueOf(block, element)) as Json | null
  /** What is being typed; null while nothing is. */
  const [typed, setTyped] = useState<string | null>(null)
  const [options, setOptions] = useState<Options | null>(null)
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const least = typeof element.min_query_length === 'number' ? element.min_query_length : 3
  const isOpen = typed !== null
  const isAsking = isOpen && typed.length >= least
  const asked = useRef(0)

  // Asked again for other words only.
  useEffect(() => {
    asked.current += 1
    const mine = asked.current
    setOptions(null)
    if (!isAsking) return
    const timer = setTimeout(async () => {
      const found = await surface.suggest(block, element, typed)
      if (mine !== asked.current) return
      setOptions(found)
      setAt(0)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, isAsking])

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })

  const choose = (option: Options[number] | undefined) => {
    if (!option) return
    setTyped(null)
    const selected = { text: { type: 'plain_text', text: option.text, emoji: false }, value: option.value }
    surface.change(block, element, holding(element, selected), tells(props))
  }

  const keys = (event: KeyboardEvent) => {
    const last = (options?.length ?? 0) - 1
    if (!isOpen) {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      setTyped('')
    } else if (event.key === 'ArrowDown') setAt(at >= last ? 0 : at + 1)
    else if (event.key === 'ArrowUp') setAt(at <= 0 ? Math.max(last, 0) : at - 1)
    else if (event.key === 'Enter') choose(options?.[at])
    else if (event.key === 'Escape') setTyped(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const edit = (words: string) => {
    if (words === '' && field && !field.required && current)
      surface.change(block, element, holding(element, null), false)
    setTyped(words)
  }

  return (
    <div class="combobox">
      <input
        {...naming(props)}
        class="select typed"
        type="text"
        role="combobox"
        autocomplete="off"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && options?.[at] ? `${id}-${at}` : undefined}
        placeholder={wordsOfOption({ text: element.placeholder }) || 'Select an option'}
        value={typed ?? wordsOfOption(current)}
        onInput={(event) => edit(event.currentTarget.value)}
        onClick={() => setTyped(typed ?? '')}
        onBlur={() => setTyped(null)}
        onKeyDown={keys}
      />
      {/* The list is always there, so that what controls it can name it. */}
      <div ref={list} id={`${id}-list`} class="listbox" role="listbox" aria-label="Options" hidden={!isOpen}>
        {options?.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
          <div
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            {option.group && option.group !== options[index - 1]?.group && (
              <span class="group" aria-hidden="true">
                {option.group}
              </span>
            )}
            {option.text}
          </div>
        ))}
      </div>
      {isOpen && (options === null || options.length === 0) && (
        <p class="listbox empty" role="status">
          {!isAsking ? `Type at least ${least} characters` : options === null ? 'Looking…' : 'No results'}
        </p>
      )}
    </div>
  )
}

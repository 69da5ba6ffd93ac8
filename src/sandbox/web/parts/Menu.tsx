import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'

export interface MenuItem {
  readonly key: string
  readonly label: string
  readonly note?: string
  readonly danger?: boolean
  run(): void
}

interface Props {
  /** The button's name. */
  readonly name: string
  readonly items: readonly MenuItem[]
  readonly className?: string
  readonly children: ComponentChildren
  readonly busy?: boolean
}

/** A button that opens a menu: arrows, Home, End, Escape; it lies above everything, modals included. */
export function Menu({ name, items, className = 'quiet', children, busy = false }: Props) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const menu = list.current
    const from = button.current
    if (!isOpen || !menu || !from) return
    menu.showPopover()
    const anchor = from.getBoundingClientRect()
    const { offsetWidth: width, offsetHeight: height } = menu
    const below = anchor.bottom + 4 + height <= innerHeight
    menu.style.left = `${Math.max(8, Math.min(anchor.right - width, innerWidth - width - 8))}px`
    menu.style.top = `${below ? anchor.bottom + 4 : Math.max(8, anchor.top - height - 4)}px`
    menu.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true })
    const away = (event: Event) => {
      if (!(event.target instanceof Node) || !(menu.contains(event.target) || from.contains(event.target)))
        setOpen(false)
    }
    document.addEventListener('pointerdown', away, true)
    document.addEventListener('scroll', away, true)
    return () => {
      document.removeEventListener('pointerdown', away, true)
      document.removeEventListener('scroll', away, true)
    }
  }, [isOpen])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }

  const move = (event: KeyboardEvent) => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const at = all.indexOf(document.activeElement as HTMLElement)
    const last = all.length - 1
    const to: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    }
    const next = to[event.key]
    if (next !== undefined) all[next]?.focus()
    else if (event.key === 'Escape') close()
    else if (event.key === 'Tab') setOpen(false)
    else return
    if (event.key !== 'Tab') event.preventDefault()
    event.stopPropagation()
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class={className}
        aria-label={name}
        title={name}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-busy={busy}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' && !isOpen) {
            event.preventDefault()
            setOpen(true)
          }
        }}
      >
        {children}
      </button>
      {isOpen && (
        <div ref={list} id={id} class="menu" role="menu" aria-label={name} popover="manual" onKeyDown={move}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              class={item.danger ? 'danger' : ''}
              onClick={() => {
                close()
                item.run()
              }}
            >
              {item.label}
              {item.note && <span class="note">{item.note}</span>}
            </button>
          ))}
        </div>
      )}
    </>
  )
}

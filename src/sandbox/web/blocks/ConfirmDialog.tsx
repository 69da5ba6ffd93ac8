import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import type { Json } from '../../json.ts'
import { openDialog } from '../parts/openDialog.ts'
import { plainWords, TextObject } from '../text/Text.tsx'

/** Slack asks before it does what an element with `confirm` stands for. */
export function ConfirmDialog({ confirm, answer }: { confirm: Json; answer: (yes: boolean) => void }) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    return dialog.current ? openDialog(dialog.current) : undefined
  }, [])
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    answer(false)
  }
  return (
    <dialog
      ref={dialog}
      class="modal small"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onKeyDown={keys}
      onCancel={(event) => {
        event.preventDefault()
        event.stopPropagation()
        answer(false)
      }}
    >
      <header>
        <h2 id={`${id}-title`}>{plainWords(confirm.title) || 'Are you sure?'}</h2>
      </header>
      <div id={`${id}-text`} class="modal-body">
        <TextObject of={confirm.text} />
      </div>
      <footer>
        <button type="button" class="button" onClick={() => answer(false)}>
          {plainWords(confirm.deny) || 'Cancel'}
        </button>
        <button
          type="button"
          class={confirm.style === 'danger' ? 'button danger' : 'button primary'}
          onClick={() => answer(true)}
        >
          {plainWords(confirm.confirm) || 'Confirm'}
        </button>
      </footer>
    </dialog>
  )
}

import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { objectOf, text } from '../../json.ts'
import type { SandboxView } from '../../types.ts'
import { faultOf } from '../blocks/values.ts'
import { useDemo } from '../demo.ts'
import { plainWords } from '../text/Text.tsx'
import { Icon } from './Icon.tsx'
import { Notice } from './Notice.tsx'
import { openDialog } from './openDialog.ts'
import { ViewBlocks, valuesOf } from './ViewBlocks.tsx'

const INPUTS = 'input:not([disabled]), select, textarea'

/** The stack of modals: the topmost is seen; closing it shows the one below. */
export function Modals() {
  const { state } = useDemo()
  const top = state.modals.at(-1)
  return top ? <Dialog view={top} depth={state.modals.length} /> : null
}

function Dialog({ view, depth }: { view: SandboxView; depth: number }) {
  const { perform, note } = useDemo()
  const titleId = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const where = `view ${view.id}`

  useLayoutEffect(() => {
    return dialog.current ? openDialog(dialog.current) : undefined
  }, [])

  // Another view on top: begin at its first input, or at the top where there is nothing to enter.
  // Once for each view.
  useEffect(() => {
    const first = dialog.current?.querySelector<HTMLElement>(`.modal-body :is(${INPUTS}, button)`)
    ;(first ?? dialog.current?.querySelector<HTMLElement>('footer button'))?.focus()
    dialog.current?.querySelector('.modal-body')?.scrollTo(0, 0)
  }, [view.id])

  const close = () => {
    note(where, null)
    void perform({ do: 'close', view: view.id }, where)
  }

  return (
    <dialog
      ref={dialog}
      class="modal"
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        close()
      }}
      onCancel={(event) => {
        if (event.target !== dialog.current) return
        event.preventDefault()
        close()
      }}
    >
      <Form key={view.id} view={view} titleId={titleId} where={where} close={close} depth={depth} />
    </dialog>
  )
}

interface FormProps {
  readonly view: SandboxView
  readonly titleId: string
  readonly where: string
  readonly depth: number
  close(): void
}

function Form({ view, titleId, where, close, depth }: FormProps) {
  const { perform, kept } = useDemo()
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({})
  const [isSending, setSending] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  const show = (found: Readonly<Record<string, string>>) => {
    setErrors(found)
    // Once they stand there: on to the first field that is wrong.
    setTimeout(() => form.current?.querySelector<HTMLElement>(`.invalid :is(${INPUTS})`)?.focus())
  }

  const submit = async (event: Event) => {
    event.preventDefault()
    if (isSending || !view.submit) return
    const values = valuesOf(view, kept)
    const faults = view.blocks
      .filter(({ type }) => type === 'input')
      .flatMap((block) => {
        const element = objectOf(block.element)
        const fault = faultOf(block, element, values[text(block.block_id)]?.[text(element.action_id)])
        return fault === undefined ? [] : [[text(block.block_id), fault]]
      })
    if (faults.length > 0) return show(Object.fromEntries(faults))
    setErrors({})
    setSending(true)
    const done = await perform({ do: 'submit', view: view.id, values }, where)
    setSending(false)
    if (done.errors) show(done.errors)
  }

  const mend = (block: string) => {
    if (!(block in errors)) return
    const { [block]: _mended, ...rest } = errors
    setErrors(rest)
  }

  return (
    <form ref={form} noValidate onSubmit={submit}>
      <header>
        <h2 id={titleId}>{plainWords(view.title)}</h2>
        {depth > 1 && <span class="note">Closing leads back</span>}
        <button type="button" class="quiet" aria-label="Dismiss" title="Dismiss" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div class="modal-body" tabIndex={0}>
        <ViewBlocks view={view} target={{ in: 'view', view: view.id }} where={where} errors={errors} changed={mend} />
      </div>
      <Notice where={where} />
      <footer>
        <button type="button" class="button" onClick={close}>
          {plainWords(view.close) || (view.submit ? 'Cancel' : 'Close')}
        </button>
        {view.submit && (
          <button type="submit" class="button primary" aria-busy={isSending}>
            {plainWords(view.submit)}
          </button>
        )}
      </footer>
    </form>
  )
}

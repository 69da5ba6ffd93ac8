import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { upload } from '../api.ts'
import { type OwnDeed, useDemo, useKept } from '../demo.ts'
import { Icon } from './Icon.tsx'
import { Menu } from './Menu.tsx'
import { Notice } from './Notice.tsx'

interface Props {
  readonly channel: string
  /** The textbox's name. */
  readonly name: string
  readonly thread?: string
}

export function Composer({ channel, name, thread }: Props) {
  const { state, as, perform, note } = useDemo()
  const kept = useKept()
  const id = useId()
  const box = useRef<HTMLTextAreaElement>(null)
  const [isSending, setSending] = useState(false)
  const where = `composer ${channel} ${thread ?? ''}`
  const draftKey = `${as} ${channel} ${thread ?? ''}`
  const words = kept.draft(draftKey)
  const typing = /^\/\S*/.exec(words)?.[0]
  const hints =
    typing === undefined
      ? []
      : state.commands.filter(({ command }) =>
          words.length > typing.length ? command === typing : command.startsWith(typing),
        )
  const globals = state.shortcuts
    .filter(({ type }) => type === 'global')
    .map(({ id: shortcut, name: label }) => ({
      key: shortcut,
      label,
      run: () => void perform({ do: 'global-shortcut', id: shortcut }, where),
    }))

  /** Sent as they are chosen, with the words that stand there by then. */
  const share = async (input: HTMLInputElement) => {
    const given = [...(input.files ?? [])]
    input.value = ''
    if (given.length === 0 || isSending) return
    setSending(true)
    try {
      const facts = await Promise.all(given.map((file) => upload(file, { as, withApp: false })))
      const files = facts.map(({ id: file }) => String(file))
      const done = await perform(
        { do: 'say', channel, text: words.trim(), files, ...(thread ? { thread } : {}) },
        where,
      )
      if (!done.error) kept.setDraft(draftKey, '')
    } catch (cause) {
      note(where, cause instanceof Error ? cause.message : 'That did not work.')
    }
    setSending(false)
  }

  // As tall as its words, where CSS cannot do it.
  useEffect(() => {
    const area = box.current
    if (!area || CSS.supports('field-sizing', 'content')) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight}px`
  }, [words])

  const complete = (command: string) => {
    kept.setDraft(draftKey, `${command} `)
    box.current?.focus()
  }

  const deedOf = (): OwnDeed | string => {
    if (typing === undefined || thread !== undefined)
      return { do: 'say', channel, text: words.trim(), ...(thread ? { thread } : {}) }
    if (!state.commands.some(({ command }) => command === typing))
      return `${typing} is not a valid command. Messages that start with "/" are taken for commands.`
    return { do: 'command', channel, text: words.trim() }
  }

  const send = async () => {
    if (words.trim() === '' || isSending) return
    const deed = deedOf()
    if (typeof deed === 'string') return note(where, deed)
    setSending(true)
    // Gone from the box at once, as in Slack; back when it could not be done.
    kept.setDraft(draftKey, '')
    const done = await perform(deed, where)
    if (done.error && kept.draft(draftKey) === '') kept.setDraft(draftKey, words)
    setSending(false)
  }

  const keys = (event: KeyboardEvent) => {
    if (event.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send()
    } else if (event.key === 'Tab' && !event.shiftKey && hints[0] && words === typing && words !== hints[0].command) {
      event.preventDefault()
      complete(hints[0].command)
    }
  }

  return (
    <div class="composer">
      <Notice where={where} />
      {hints.length > 0 && thread === undefined && (
        <div id={`${id}-hint`} class="command-hint">
          {hints.map(({ command, hint, description }) => (
            <button key={command} type="button" onClick={() => complete(command)}>
              <strong>{command}</strong> <span class="usage">{hint}</span>
              <span class="note">{description}</span>
            </button>
          ))}
        </div>
      )}
      <div class="composer-box">
        {globals.length > 0 && (
          <Menu name="Shortcuts" items={globals}>
            <Icon name="bolt" />
          </Menu>
        )}
        <label class="quiet attach" title="Attach files">
          <Icon name="clip" />
          <input
            type="file"
            multiple
            aria-label={`Attach files: ${name}`}
            onChange={(event) => void share(event.currentTarget)}
          />
        </label>
        <textarea
          ref={box}
          rows={1}
          aria-label={name}
          aria-describedby={hints.length > 0 ? `${id}-hint` : undefined}
          placeholder={name}
          value={words}
          onInput={(event) => kept.setDraft(draftKey, event.currentTarget.value)}
          onKeyDown={keys}
        />
        <button
          type="button"
          class="quiet send"
          aria-label="Send"
          title="Send"
          aria-busy={isSending}
          aria-disabled={words.trim() === ''}
          onClick={send}
        >
          <Icon name="send" />
        </button>
      </div>
    </div>
  )
}

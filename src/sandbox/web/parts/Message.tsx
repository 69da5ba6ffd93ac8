import { useState } from 'preact/hooks'
import { type Json, text } from '../../json.ts'
import type { SandboxEphemeral, SandboxMessage } from '../../types.ts'
import { Blocks } from '../blocks/Blocks.tsx'
import { type Surface, SurfaceContext } from '../blocks/surface.ts'
import { useActing } from '../blocks/useActing.tsx'
import type { ElementState, Target } from '../contract.ts'
import { appOf, useDemo, userOf } from '../demo.ts'
import { dateOfTs, inFull, timeOf } from '../text/dates.ts'
import { Mrkdwn } from '../text/Text.tsx'
import { Avatar } from './Avatar.tsx'
import { Icon } from './Icon.tsx'
import { Menu } from './Menu.tsx'
import { Notice } from './Notice.tsx'

export type Shown = SandboxMessage | SandboxEphemeral

export const isEphemeral = (message: Shown): message is SandboxEphemeral => 'ephemeral' in message

interface Props {
  readonly message: Shown
  /** Its replies, where they are not shown along with it. */
  readonly replies?: readonly SandboxMessage[]
  /** It is being looked for: the address names it. */
  readonly isSought?: boolean
  /** In the thread's own pane. */
  readonly inThread?: boolean
}

export function Message({ message, replies = [], isSought = false, inThread = false }: Props) {
  const { state, as, now, go, perform } = useDemo()
  const onlyMine = isEphemeral(message)
  const author = onlyMine ? appOf(state) : userOf(state, message.user)
  const name = author?.realName || author?.name || (onlyMine ? 'Amends' : message.user)
  const date = dateOfTs(message.ts)
  const isApp = onlyMine || author?.isBot === true || (!onlyMine && message.bot_id !== undefined)
  const where = `message ${message.channel} ${message.ts}`
  const thread = message.thread_ts ?? message.ts
  const openThread = () => go({ kind: 'channel', channel: message.channel, thread })
  const broadcast = !onlyMine && message.reply_broadcast === true && !inThread

  const shortcuts = state.shortcuts
    .filter(({ type }) => type === 'message')
    .map(({ id, name: label }) => ({
      key: id,
      label,
      note: appOf(state)?.realName ?? 'App',
      run: () => void perform({ do: 'message-shortcut', id, channel: message.channel, ts: message.ts }, where),
    }))

  const own = !onlyMine && message.user === as ? (message.files ?? []).filter(({ mode }) => mode !== 'tombstone') : []
  const deletions = own.map((file) => ({
    key: text(file.id),
    label: `Delete ${text(file.name)}`,
    danger: true,
    run: () => void perform({ do: 'delete-file', file: text(file.id) }, where),
  }))
  const actions = [...shortcuts, ...deletions]

  return (
    <article
      id={`m${message.ts}`}
      class={`message${onlyMine ? ' ephemeral' : ''}${isSought ? ' sought' : ''}`}
      aria-label={`${name}, ${timeOf(date)}`}
    >
      <Avatar user={author} id={author?.id ?? message.user} />
      <div class="message-body">
        {onlyMine && (
          <p class="aside">
            <Icon name="eye" /> Only visible to you
          </p>
        )}
        <p class="byline">
          <strong>{name}</strong>
          {isApp && <span class="badge">App</span>}
          <time dateTime={date.toISOString()} title={inFull(date)}>
            {timeOf(date)}
          </time>
        </p>
        {broadcast && (
          <p class="aside">
            replied to{' '}
            <button type="button" class="link" onClick={openThread}>
              a thread
            </button>
          </p>
        )}
        <Content message={message} where={where} />
        {!onlyMine && message.edited && <span class="edited">(edited)</span>}
        <Notice where={where} />
        {replies.length > 0 && <Replies replies={replies} now={now} open={openThread} />}
      </div>
      {onlyMine ? (
        <div class="message-tools">
          <button
            type="button"
            class="quiet"
            aria-label="Dismiss message"
            title="Dismiss message"
            onClick={() => perform({ do: 'dismiss', channel: message.channel, ts: message.ts }, where)}
          >
            <Icon name="close" />
          </button>
        </div>
      ) : (
        <div class="message-tools">
          {!inThread && (
            <button
              type="button"
              class="quiet"
              aria-label="Reply in thread"
              title="Reply in thread"
              onClick={openThread}
            >
              <Icon name="reply" />
            </button>
          )}
          {actions.length > 0 && (
            <Menu name="More actions" items={actions}>
              <Icon name="dots" />
            </Menu>
          )}
        </div>
      )}
    </article>
  )
}

/** What was shared with a message; of what was deleted, that it was. */
function Files({ files }: { files: readonly Json[] }) {
  return (
    <>
      {files.map((file) =>
        file.mode === 'tombstone' ? (
          <p key={text(file.id)} class="note">
            This file was deleted.
          </p>
        ) : text(file.mimetype).startsWith('image/') ? (
          <figure key={text(file.id)} class="block picture">
            <figcaption>{text(file.name)}</figcaption>
            <img src={`/demo/files/${encodeURIComponent(text(file.id))}`} alt={text(file.name)} />
          </figure>
        ) : (
          <p key={text(file.id)}>
            <a href={`/demo/files/${encodeURIComponent(text(file.id))}`} target="_blank" rel="noreferrer">
              {text(file.name)}
            </a>
          </p>
        ),
      )}
    </>
  )
}

function Replies({ replies, now, open }: { replies: readonly SandboxMessage[]; now: Date; open: () => void }) {
  const { state } = useDemo()
  const last = replies.at(-1)
  const authors = [...new Set(replies.map(({ user }) => user))].slice(0, 4)
  return (
    <button type="button" class="replies" onClick={open}>
      {authors.map((id) => (
        <Avatar key={id} user={userOf(state, id)} id={id} />
      ))}
      <span class="count">{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</span>
      {last && <span class="note">Last reply {lastReply(dateOfTs(last.ts), now)}</span>}
    </button>
  )
}

function lastReply(date: Date, now: Date): string {
  const minutes = Math.round((now.getTime() - date.getTime()) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.round(minutes / 60)
  return hours < 24 ? `${hours} h ago` : `${Math.round(hours / 24)} d ago`
}

function Content({ message, where }: { message: Shown; where: string }) {
  const target: Target = {
    in: isEphemeral(message) ? 'ephemeral' : 'message',
    channel: message.channel,
    ts: message.ts,
  }
  const { dialog, ...acting } = useActing(target, where)
  const [held, setHeld] = useState<Record<string, ElementState>>({})
  if (message.blocks.length === 0)
    return (
      <div class="blocks">
        <Mrkdwn source={message.text} />
        {!isEphemeral(message) && <Files files={message.files ?? []} />}
      </div>
    )
  const key = (block: Json, element: Json) => `${text(block.block_id)} ${text(element.action_id)}`
  const surface: Surface = {
    ...acting,
    valueOf: (block, element) => held[key(block, element)],
    change: (block, element, state, tells) => {
      setHeld((before) => ({ ...before, [key(block, element)]: state }))
      if (tells) acting.use(block, element, state)
    },
    errorOf: () => undefined,
  }
  return (
    <SurfaceContext.Provider value={surface}>
      <Blocks blocks={message.blocks} />
      {dialog}
    </SurfaceContext.Provider>
  )
}

import { useEffect, useRef } from 'preact/hooks'
import { appChannel, channelLabel, useDemo } from '../demo.ts'
import { Composer } from './Composer.tsx'
import { AppTabs } from './Home.tsx'
import { Icon } from './Icon.tsx'
import { Log } from './Log.tsx'

/** A channel, or a conversation: its messages, and those that only the acting person sees. */
export function Channel({ id, sought }: { id: string; sought?: string | undefined }) {
  const { state, as } = useDemo()
  const channel = state.channels.find((one) => one.id === id)
  if (!channel)
    return (
      <main class="pane">
        <p class="empty">This conversation isn't there, or you are not in it.</p>
      </main>
    )
  const label = channelLabel(channel)
  const isApp = appChannel(state)?.id === id
  const messages = [...state.messages, ...state.ephemerals]
    .filter((message) => message.channel === id)
    .filter(
      (message) =>
        message.thread_ts === undefined ||
        message.thread_ts === message.ts ||
        ('reply_broadcast' in message && message.reply_broadcast === true),
    )
    .sort((a, b) => (a.ts < b.ts ? -1 : 1))
  return (
    <main class="pane" aria-labelledby="place">
      <header class="pane-head">
        <h1 id="place">{label}</h1>
        {channel.topic && <p class="topic">{channel.topic}</p>}
        {isApp && <AppTabs current="messages" />}
      </header>
      {messages.length === 0 && <p class="empty">Nothing has been said here yet.</p>}
      <Log key={`${as} ${id}`} name={`Messages in ${label}`} messages={messages} sought={sought} />
      {channel.isArchived ? (
        <p class="archived">{label} is archived: it can be read, and nothing more is said in it.</p>
      ) : channel.isReadOnly ? (
        <p class="archived">{label} takes no messages here.</p>
      ) : (
        <Composer key={`${as} ${id}`} channel={id} name={`Message ${label}`} />
      )}
    </main>
  )
}

/** A thread beside its channel. */
export function Thread({ channel: id, ts, sought }: { channel: string; ts: string; sought?: string | undefined }) {
  const { state, as, go } = useDemo()
  const channel = state.channels.find((one) => one.id === id)
  const label = channel ? channelLabel(channel) : ''
  const messages = [...state.messages, ...state.ephemerals]
    .filter((message) => message.channel === id && (message.ts === ts || message.thread_ts === ts))
    .sort((a, b) => (a.ts < b.ts ? -1 : 1))
  const pane = useRef<HTMLElement>(null)
  // A thread is opened to be answered.
  useEffect(() => pane.current?.querySelector('textarea')?.focus({ preventScroll: true }), [ts])
  const close = () => {
    go({ kind: 'channel', channel: id })
    // Back to where it was opened from, once that is in reach again.
    setTimeout(() => document.querySelector<HTMLElement>(`main [id="m${ts}"] .replies`)?.focus())
  }
  return (
    <aside
      ref={pane}
      class="pane thread"
      aria-label="Thread"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
    >
      <header class="pane-head">
        <h2>Thread</h2>
        <p class="topic">{label}</p>
        <button type="button" class="quiet" aria-label="Close thread" title="Close thread" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {messages.length === 0 && <p class="empty">This thread isn't there any more.</p>}
      <Log key={`${as} ${ts}`} name={`Thread in ${label}`} messages={messages} sought={sought} inThread />
      {channel && !channel.isArchived && messages.length > 0 && (
        <Composer key={`${as} ${ts}`} channel={id} thread={ts} name={`Reply in ${label}`} />
      )}
    </aside>
  )
}

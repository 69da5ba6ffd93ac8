import type { ComponentChildren } from 'preact'
import { isJson, type Json, text } from '../../json.ts'
import { useDemo, userOf } from '../demo.ts'
import { placeOfLink } from '../place.ts'
import { capital, formatDate, inFull } from './dates.ts'
import { withEmoji } from './emoji.ts'
import { type Node, parse } from './mrkdwn.ts'

/** A link: to a message of this workspace it leads there on this page, any other opens a page of its own. */
export function Link({ url, children }: { url: string; children: ComponentChildren }) {
  const { go } = useDemo()
  const place = placeOfLink(url)
  if (place) {
    const follow = (event: Event) => {
      event.preventDefault()
      go(place)
    }
    return (
      <a href={url} onClick={follow}>
        {children}
      </a>
    )
  }
  if (!/^(https?:|mailto:)/i.test(url)) return <span>{children}</span>
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  )
}

export function UserMention({ id, label = '' }: { id: string; label?: string }) {
  const { state, as } = useDemo()
  const user = userOf(state, id)
  return <span class={id === as ? 'mention me' : 'mention'}>@{user?.name ?? (label.replace(/^@/, '') || id)}</span>
}

export function GroupMention({ id, label = '' }: { id: string; label?: string }) {
  const { state } = useDemo()
  const group = state.usergroups.find((one) => one.id === id)
  return <span class="mention">@{group?.handle ?? (label.replace(/^@/, '') || id)}</span>
}

export function ChannelMention({ id, label = '' }: { id: string; label?: string }) {
  const { state, go } = useDemo()
  const channel = state.channels.find((one) => one.id === id)
  const name = `#${channel?.name ?? (label || id)}`
  if (!channel) return <span class="mention">{name}</span>
  const follow = (event: Event) => {
    event.preventDefault()
    go({ kind: 'channel', channel: id })
  }
  return (
    <a class="mention" href={`#/${id}`} onClick={follow}>
      {name}
    </a>
  )
}

interface Moment {
  seconds: number
  format: string
  url?: string | null
  fallback?: string
  first?: boolean
}

/** An instant in the reader's own zone. */
export function Moment({ seconds, format, url, fallback = '', first = false }: Moment) {
  const { now } = useDemo()
  const date = new Date(seconds * 1000)
  if (Number.isNaN(date.getTime())) return <>{fallback}</>
  const words = formatDate(seconds, format, now)
  const time = (
    <time dateTime={date.toISOString()} title={inFull(date)}>
      {first ? capital(words) : words}
    </time>
  )
  return url ? <Link url={url}>{time}</Link> : time
}

const STYLE_TAG = { bold: 'strong', italic: 'em', strike: 's' } as const

export function Nodes({ nodes, emoji = true }: { nodes: readonly Node[]; emoji?: boolean }) {
  return <>{nodes.map((node, index) => drawn(node, index, emoji))}</>
}

function drawn(node: Node, key: number, emoji: boolean): ComponentChildren {
  switch (node.kind) {
    case 'text':
      return emoji ? withEmoji(node.text) : node.text
    case 'style': {
      const Tag = STYLE_TAG[node.style]
      return (
        <Tag key={key}>
          <Nodes nodes={node.of} emoji={emoji} />
        </Tag>
      )
    }
    case 'code':
      return <code key={key}>{node.text}</code>
    case 'pre':
      return <pre key={key}>{node.text}</pre>
    case 'quote':
      return (
        <blockquote key={key}>
          <Nodes nodes={node.of} emoji={emoji} />
        </blockquote>
      )
    case 'link':
      return (
        <Link key={key} url={node.url}>
          {node.text}
        </Link>
      )
    case 'user':
      return <UserMention key={key} id={node.id} label={node.text} />
    case 'usergroup':
      return <GroupMention key={key} id={node.id} label={node.text} />
    case 'channel':
      return <ChannelMention key={key} id={node.id} label={node.text} />
    case 'everyone':
      return (
        <span key={key} class="mention me">
          {node.text.startsWith('@') ? node.text : `@${node.text}`}
        </span>
      )
    case 'date':
      return <Moment key={key} {...node} />
  }
}

/** A message's text, or any mrkdwn. */
export const Mrkdwn = ({ source }: { source: string }) => (
  <span class="words">
    <Nodes nodes={parse(source)} />
  </span>
)

/** A text object of Block Kit. */
export function TextObject({ of }: { of: unknown }) {
  if (!isJson(of)) return null
  if (of.type === 'mrkdwn') return <Mrkdwn source={text(of.text)} />
  return <span class="words">{plainWords(of)}</span>
}

/** A plain_text object's words; a mrkdwn's as they are written. */
export function plainWords(of: unknown): string {
  const words = isJson(of) ? text(of.text) : ''
  return (of as Json | undefined)?.emoji === false ? words : withEmoji(words)
}

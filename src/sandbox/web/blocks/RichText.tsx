import type { ComponentChildren, JSX } from 'preact'
import { type Json, objectOf, objects, text } from '../../json.ts'
import { emojiOf } from '../text/emoji.ts'
import { ChannelMention, GroupMention, Link, Moment, UserMention } from '../text/Text.tsx'

export function RichText({ block }: { block: Json }) {
  return <div class="rich">{parts(objects(block.elements))}</div>
}

function parts(elements: Json[]): ComponentChildren {
  const drawn: ComponentChildren[] = []
  for (let at = 0; at < elements.length; at += 1) {
    const element = elements[at] as Json
    if (element.type !== 'rich_text_list') {
      drawn.push(part(element, at))
      continue
    }
    // Slack sends a list inside a list as a list of its own, further in.
    let end = at + 1
    while (elements[end]?.type === 'rich_text_list' && Number(elements[end]?.indent ?? 0) > 0) end += 1
    drawn.push(list(elements.slice(at, end), at))
    at = end - 1
  }
  return drawn
}

function part(element: Json, key: number): ComponentChildren {
  const inside = objects(element.elements)
  switch (element.type) {
    case 'rich_text_section':
      return (
        <p key={key} class="words">
          {inlines(inside)}
        </p>
      )
    case 'rich_text_quote':
      return (
        <blockquote key={key} class="words">
          {inlines(inside)}
        </blockquote>
      )
    case 'rich_text_preformatted':
      return <pre key={key}>{inlines(inside)}</pre>
    default:
      return null
  }
}

/** A list, and those further in that follow it. */
function list(lists: Json[], key: number): JSX.Element {
  const [outer = {}, ...inner] = lists
  const indent = Number(outer.indent ?? 0)
  const items = objects(outer.elements)
  const Tag = outer.style === 'ordered' ? 'ol' : 'ul'
  const start = outer.style === 'ordered' && Number(outer.offset ?? 0) > 0 ? { start: Number(outer.offset) + 1 } : {}
  return (
    <Tag key={key} {...start} class={outer.border === 1 ? 'bordered' : ''}>
      {items.map((item, index) => (
        <li key={index} class="words">
          {item.type === 'rich_text_section' ? inlines(objects(item.elements)) : part(item, 0)}
          {index === items.length - 1 && inner.length > 0 && list(deeper(inner, indent), 0)}
        </li>
      ))}
    </Tag>
  )
}

const deeper = (lists: Json[], indent: number): Json[] =>
  lists.map((one) => ({ ...one, indent: Math.max(Number(one.indent ?? 0), indent + 1) }))

const inlines = (elements: Json[]): ComponentChildren => elements.map((element, index) => inline(element, index))

const STYLE_TAGS = [
  ['code', 'code'],
  ['strike', 's'],
  ['underline', 'u'],
  ['italic', 'em'],
  ['bold', 'strong'],
] as const

function inline(element: Json, key: number): ComponentChildren {
  const style = objectOf(element.style)
  return STYLE_TAGS.reduce<ComponentChildren>(
    (inner, [name, Tag]) => (style[name] === true ? <Tag key={key}>{inner}</Tag> : inner),
    bare(element, key),
  )
}

function bare(element: Json, key: number): ComponentChildren {
  switch (element.type) {
    case 'text':
      return text(element.text)
    case 'user':
      return <UserMention key={key} id={text(element.user_id)} />
    case 'usergroup':
      return <GroupMention key={key} id={text(element.usergroup_id)} />
    case 'channel':
      return <ChannelMention key={key} id={text(element.channel_id)} />
    case 'broadcast':
      return (
        <span key={key} class="mention me">
          @{text(element.range)}
        </span>
      )
    case 'link':
      return (
        <Link key={key} url={text(element.url)}>
          {text(element.text) || text(element.url)}
        </Link>
      )
    case 'date':
      return (
        <Moment
          key={key}
          seconds={Number(element.timestamp)}
          format={text(element.format)}
          url={text(element.url) || null}
          fallback={text(element.fallback)}
          first={key === 0}
        />
      )
    case 'emoji':
      return emojiOf(text(element.name)) ?? `:${text(element.name)}:`
    case 'color':
      return (
        <span key={key}>
          <span class="swatch" style={{ background: text(element.value) }} aria-hidden="true" /> {text(element.value)}
        </span>
      )
    default:
      return text(element.text)
  }
}

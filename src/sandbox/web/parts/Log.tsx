import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { SandboxMessage } from '../../types.ts'
import { useDemo } from '../demo.ts'
import { dateOfTs, dayOf } from '../text/dates.ts'
import { isEphemeral, Message, type Shown } from './Message.tsx'

/** A broadcast reply is not a parent; a parent may carry its own ts as thread_ts. */
function repliesTo(messages: readonly SandboxMessage[], { ts, thread_ts }: SandboxMessage): SandboxMessage[] {
  if (thread_ts !== undefined && thread_ts !== ts) return []
  return messages.filter((reply) => reply.thread_ts === ts && reply.ts !== ts)
}

interface Props {
  readonly name: string
  readonly messages: readonly Shown[]
  readonly sought?: string | undefined
  readonly inThread?: boolean
}

/** So near the end that new messages should come into view. */
const NEAR_END_PX = 120

/** Messages, oldest first. It stays at the newest unless the reader has gone back, or looks for one. */
export function Log({ name, messages, sought, inThread = false }: Props) {
  const { state, now } = useDemo()
  const log = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const last = messages.at(-1)?.ts
  const isSoughtHere = sought !== undefined && messages.some(({ ts }) => ts === sought)

  // Whenever something was added or changed.
  useLayoutEffect(() => {
    if (log.current && atEnd.current && !isSoughtHere) log.current.scrollTop = log.current.scrollHeight
  }, [last, messages])

  useEffect(() => {
    if (!isSoughtHere) return
    atEnd.current = false
    log.current?.querySelector(`[id="m${sought}"]`)?.scrollIntoView({ block: 'center' })
  }, [sought, isSoughtHere])

  let day = ''
  return (
    <div
      ref={log}
      class="log"
      role="log"
      aria-label={name}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
      }}
    >
      {messages.map((message, index) => {
        const today = dayOf(dateOfTs(message.ts), now)
        const isNewDay = today !== day
        day = today
        const replies = inThread || isEphemeral(message) ? [] : repliesTo(state.messages, message)
        return [
          isNewDay && !inThread && (
            <div key={`day ${today}`} class="day">
              <span>{today}</span>
            </div>
          ),
          <Message
            key={message.ts}
            message={message}
            replies={replies}
            isSought={message.ts === sought}
            inThread={inThread}
          />,
          inThread && index === 0 && messages.length > 1 && (
            <div key="replies" class="day thread-count">
              <span>{messages.length === 2 ? '1 reply' : `${messages.length - 1} replies`}</span>
            </div>
          ),
        ]
      })}
    </div>
  )
}

import type { Command } from '../complaint/commands.ts'
import type { Message } from '../store/message.ts'
import type { OutboxRow } from '../store/outbox.ts'
import type { Place } from './call.ts'

/* What Slack's answer to a message means for its complaint, and what is sent next. */

const ON_CHANNELS: readonly Message['kind'][] = [
  ...(['war-room-open', 'war-room-invite', 'war-room-archive', 'pin'] as const),
  ...(['confidential-open', 'confidential-invite', 'confidential-remove', 'archive', 'withdraw'] as const),
]

/** Whether it is done to a channel, and not said: there is no other place for it. */
export const isOnChannel = ({ kind }: OutboxRow): boolean => ON_CHANNELS.includes(kind)

export function followingFrom(
  { message }: OutboxRow,
  { channel, ts }: Place,
): { readonly command?: Command; readonly message?: Message } {
  switch (message.kind) {
    case 'war-room-open':
      return { command: { kind: 'war-room-opened', room: message.room, channel } }
    case 'confidential-open':
      return { command: { kind: 'confidential-opened', entry: message.entry, channel } }
    case 'war-room-brief':
      return ts ? { message: { kind: 'pin', channel, ts } } : {}
    case 'war-room-archive':
      return { command: { kind: 'war-room-archived', room: message.room } }
    default:
      return {}
  }
}

/** What follows from a refusal for good. */
export function followingRefusal({ message }: OutboxRow, error: string): Command | null {
  switch (message.kind) {
    case 'war-room-open':
      return { kind: 'war-room-refused', room: message.room, error }
    case 'confidential-open':
      return { kind: 'confidential-refused', entry: message.entry, error }
    default:
      return null
  }
}

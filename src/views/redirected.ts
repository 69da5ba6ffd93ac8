import { type Message, section } from './blocks.ts'
import { cut, escaped } from './text.ts'

const WHY: Readonly<Record<string, string>> = {
  is_archived: 'the channel is archived',
  channel_not_found: 'the channel is gone, or Amends may not see it',
  not_in_channel: 'Amends is not in the channel. Inviting it helps',
  restricted_action: 'posting there is restricted',
  restricted_action_read_only_channel: 'the channel is read-only',
  restricted_action_thread_only_channel: 'only threads can be posted there',
  restricted_action_non_threadable_channel: 'there are no threads in this channel',
  user_not_found: 'this person is not in the workspace',
  user_disabled: 'this person has left the workspace',
  cannot_dm_bot: 'a bot can not be written to',
  messages_tab_disabled: 'this person can not be written to by Amends',
  msg_too_long: 'Slack found it too long',
  msg_blocks_too_long: 'Slack found it too long',
  refused_there: 'it was refused there',
  invalid_blocks: 'Slack refused its form',
}

interface Redirected {
  /** The channel, or the user, where it belongs. */
  readonly where: string
  /** Slack's error code. */
  readonly why: string
}

/** The same message for the fallback channel, with a note of where it could not be posted, and why. */
export function redirected(view: Message, { where, why }: Redirected): Message {
  const place = /^[CG][A-Z0-9]+$/.test(where) ? `in <#${where}>` : 'as a direct message'
  const note = `Could not be posted ${place}: ${Object.hasOwn(WHY, why) ? WHY[why] : `Slack answered “${escaped(cut(why, 60))}”`}.`
  return { text: `${note}\n${view.text}`, blocks: [section(note), ...view.blocks] }
}

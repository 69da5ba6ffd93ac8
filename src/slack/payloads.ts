import { z } from 'zod'

/*
 * What of Slack's payloads is read here; everything else may be there, and isn't looked at. Text comes from people:
 * characters that Postgres can't hold (NUL) and halves of surrogate pairs are taken out, as are control characters, which
 * Slack's blocks would have to spell out six times as long.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

export const clean = (text: string): string => text.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROL, '')

const text = z.string().transform(clean)
const person = z.object({ id: z.string() })
const option = z.object({ value: z.string() })

/** A file of Slack's. What it is may have to be asked for. */
export const filePayload = z.object({
  id: z.string(),
  name: text.nullish(),
  title: text.nullish(),
  mimetype: z.string().nullish(),
  filetype: z.string().nullish(),
  size: z.number().nullish(),
  permalink: z.string().nullish(),
  mode: z.string().nullish(),
  file_access: z.string().nullish(),
})
export type FilePayload = z.infer<typeof filePayload>

const stateValue = z.object({
  type: z.string(),
  value: text.nullish(),
  selected_option: option.nullish(),
  selected_options: z.array(option).nullish(),
  selected_user: z.string().nullish(),
  selected_users: z.array(z.string()).nullish(),
  selected_conversation: z.string().nullish(),
  selected_date_time: z.number().nullish(),
  files: z.array(filePayload).nullish(),
})

const view = z.object({
  id: z.string(),
  type: z.string().optional(),
  callback_id: z.string(),
  private_metadata: z.string().default(''),
  hash: z.string().optional(),
  root_view_id: z.string().nullish(),
  previous_view_id: z.string().nullish(),
  state: z.object({ values: z.record(z.string(), z.record(z.string(), stateValue)) }).optional(),
})
export type ViewPayload = z.infer<typeof view>

export const commandPayload = z.object({
  command: z.string(),
  text: text.default(''),
  user_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string(),
})
export type CommandPayload = z.infer<typeof commandPayload>

export const shortcutPayload = z.object({
  type: z.literal('shortcut'),
  callback_id: z.string(),
  trigger_id: z.string(),
  user: person,
})
export type ShortcutPayload = z.infer<typeof shortcutPayload>

export const messageShortcutPayload = z.object({
  type: z.literal('message_action'),
  callback_id: z.string(),
  trigger_id: z.string(),
  user: person,
  channel: z.object({ id: z.string() }),
  message_ts: z.string(),
  message: z.object({ text: text.nullish(), user: z.string().nullish(), files: z.array(filePayload).nullish() }),
})
export type MessageShortcutPayload = z.infer<typeof messageShortcutPayload>

export const actionPayload = z.object({
  type: z.literal('block_actions'),
  trigger_id: z.string(),
  user: person,
  channel: z.object({ id: z.string() }).nullish(),
  view: view.nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        block_id: z.string().nullish(),
        value: z.string().nullish(),
        selected_option: option.nullish(),
      }),
    )
    .min(1),
})
export type ActionPayload = z.infer<typeof actionPayload>

export const submissionPayload = z.object({ type: z.literal('view_submission'), user: person, view })
export type SubmissionPayload = z.infer<typeof submissionPayload>

export const suggestionPayload = z.object({
  type: z.literal('block_suggestion'),
  user: person,
  action_id: z.string(),
  value: text.default(''),
  view: view.nullish(),
})
export type SuggestionPayload = z.infer<typeof suggestionPayload>

export const eventPayload = z.object({
  type: z.literal('event_callback'),
  event_id: z.string(),
  event: z.looseObject({ type: z.string() }),
})
export type EventPayload = z.infer<typeof eventPayload>

/** Somebody looks at one of the app's tabs. */
export const homeOpenedEvent = z.object({ user: z.string(), tab: z.string() })
/** A message in a channel, without its text: that is none of ours. */
export const messageEvent = z.object({
  subtype: z.string().nullish(),
  channel: z.string(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  ts: z.string(),
  thread_ts: z.string().nullish(),
  files: z.array(filePayload).nullish(),
})

export const fileDeletedEvent = z.object({ file_id: z.string() })

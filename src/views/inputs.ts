import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types'
import { MOST_FILES } from '../complaint/evidence.ts'
import type { Field } from '../complaint/refusals.ts'
import type { Policy } from '../complaint/setup.ts'
import { MINUTE } from '../complaint/time.ts'
import { hasWords, TEXT_LIMITS, type TextField } from '../complaint/words.ts'
import { plain } from './blocks.ts'
import { clean, cut, unix } from './text.ts'

/**
 * One input a field. `action_id` is the field's name and `block_id` too, save that a block whose initial value must be
 * able to change while the modal is open carries more after a colon: Slack keeps what was typed while both ids stay.
 */
interface Frame {
  readonly field: Field
  readonly label: string
  readonly optional?: boolean
  readonly hint?: string | null
  /** Tells us at once when it changes. */
  readonly dispatch?: boolean
  /** What follows the colon in `block_id`. */
  readonly turn?: string
}

export const blockIdOf = (field: Field, turn?: string): string =>
  turn === undefined ? field : cut(`${field}:${turn}`, 255)

export const input = (frame: Frame, element: InputBlock['element']): InputBlock => ({
  type: 'input',
  block_id: blockIdOf(frame.field, frame.turn),
  label: plain(frame.label),
  element,
  ...(frame.optional ? { optional: true } : {}),
  ...(frame.hint ? { hint: plain(frame.hint, 2000) } : {}),
  ...(frame.dispatch ? { dispatch_action: true } : {}),
})

type TextFrame = Frame & { readonly field: TextField; readonly initial?: string | null; readonly multiline?: boolean }

export function textInput({ initial = null, multiline = false, ...frame }: TextFrame): InputBlock {
  const limit = TEXT_LIMITS[frame.field]
  return input(frame, {
    type: 'plain_text_input',
    action_id: frame.field,
    multiline,
    max_length: limit,
    ...(hasWords(initial) ? { initial_value: cut(clean(initial), limit) } : {}),
  })
}

/** Photos and files that show what happened, of the kinds that the policy takes. */
export const filesInput = ({ evidence }: Policy): InputBlock =>
  input(
    {
      ...{ field: 'files', label: 'Photos or files', optional: true },
      hint: `Up to ${MOST_FILES}. They are shown in the thread of the card.`,
    },
    { type: 'file_input', action_id: 'files', filetypes: [...evidence.types], max_files: MOST_FILES },
  )

/** A date and time; starts empty unless told where. */
export const dateInput = ({ initial = null, ...frame }: Frame & { readonly initial?: Date | null }): InputBlock =>
  input(frame, {
    type: 'datetimepicker',
    action_id: frame.field,
    ...(initial ? { initial_date_time: unix(initial) } : {}),
  })

/** People, as many as are wanted. */
export const peopleInput = ({ initial, ...frame }: Frame & { readonly initial: readonly string[] }): InputBlock =>
  input(frame, {
    type: 'multi_users_select',
    action_id: frame.field,
    ...(initial.length > 0 ? { initial_users: [...initial] } : {}),
  })

export const option = (label: string, value: string): PlainTextOption => ({ text: plain(label, 75), value })

type ChoiceFrame<Value extends string> = Frame & {
  readonly of: Readonly<Record<Value, string>>
  readonly initial?: Value | null
}

function choices<Value extends string>(of: Readonly<Record<Value, string>>, initial: Value | null) {
  const options = (Object.entries(of) as [Value, string][]).map(([value, label]) => option(label, value))
  return { options, ...(initial === null ? {} : { initial_option: option(of[initial], initial) }) }
}

/** One of a few, folded away. */
export const selectInput = <V extends string>({ of, initial = null, ...frame }: ChoiceFrame<V>): InputBlock =>
  input(frame, { type: 'static_select', action_id: frame.field, ...choices(of, initial) })

/** One of two or three, open to see. */
export const radioInput = <V extends string>({ of, initial = null, ...frame }: ChoiceFrame<V>): InputBlock =>
  input(frame, { type: 'radio_buttons', action_id: frame.field, ...choices(of, initial) })

interface Modal {
  readonly title: string
  readonly blocks: KnownBlock[]
  /** With it the modal is submitted, under this `callback_id`. */
  readonly submit?: { readonly label: string; readonly as: string }
  readonly metadata: unknown
  readonly close?: string
}

export const modal = ({ title, blocks, submit, metadata, close }: Modal): ModalView => ({
  type: 'modal',
  title: plain(title, 24),
  close: plain(close ?? (submit ? 'Cancel' : 'Close'), 24),
  ...(submit ? { callback_id: submit.as, submit: plain(submit.label, 24) } : {}),
  private_metadata: JSON.stringify(metadata),
  blocks,
})

export const floorToMinute = (instant: Date): Date => new Date(Math.floor(instant.getTime() / MINUTE) * MINUTE)

/** The instant `ms` from now, up to the next whole minute: pickers know no seconds, and no promise is shortened. */
export const minuteAfter = (now: Date, ms: number): Date => new Date(Math.ceil((now.getTime() + ms) / MINUTE) * MINUTE)

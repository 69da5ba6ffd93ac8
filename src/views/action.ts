import type { KnownBlock } from '@slack/types'
import { departmentOf, type Setup } from '../complaint/setup.ts'
import type { Complaint, CorrectiveAction } from '../complaint/types.ts'
import { actions, button, context, header, linked, type Message, message, section } from './blocks.ts'
import { overBy, relative } from './clockWords.ts'
import { ACTIONS } from './ids.ts'
import type { ActionRef } from './metadata.ts'
import { mention } from './people.ts'
import { bold, para, quote, rich, t } from './rich.ts'
import { span, when, within } from './text.ts'
import { causePath, departmentName, titleOf } from './words.ts'

const WORDS = { limit: 1_000, json: 3_000 }

/** What an action was agreed for, as everything said about the action names it. */
export interface ActionOf {
  readonly title: string
  readonly of: { readonly complaint: number } | { readonly flaw: number }
  readonly actions: readonly CorrectiveAction[]
  /** Of the link to its card. */
  readonly card: string
}

export const ofComplaint = (complaint: Complaint): ActionOf => ({
  ...{ title: titleOf(complaint), of: { complaint: complaint.number }, actions: complaint.actions },
  card: `The card of #${complaint.number}`,
})

interface About {
  readonly source: ActionOf
  readonly action: CorrectiveAction
  readonly setup: Setup
  readonly cardLink: string | null
}

export const refTo = ({ of }: ActionOf, action: CorrectiveAction): ActionRef => ({ ...of, action: action.seq })

/** What it is, and why; the same in everything said about it. */
const story = ({ source, action, setup, cardLink }: About): KnownBlock[] => [
  rich(
    para(bold('Corrective action')),
    quote(within(action.words, WORDS.limit, WORDS.json)),
    ...(action.rootCause === null
      ? []
      : [
          para(
            bold('Root cause: '),
            t(`${causePath(setup, action.rootCause)}, arose in ${departmentName(setup, action.origin)}`),
          ),
        ]),
  ),
  ...(cardLink ? [context(linked(cardLink, source.card))] : []),
]

const doneButton = ({ source, action }: About) =>
  actions(button('Done', ACTIONS.finishAction, JSON.stringify(refTo(source, action)), 'primary'))

/** To whoever takes it, when it is agreed. */
export function actionAgreed(about: About): Message {
  const { source, action } = about
  const by = action.agreedBy === action.takenBy ? '' : ` ${mention(action.agreedBy)} asks you to.`
  return message([
    header(source.title),
    section(
      `${mention(action.takenBy)} You take what keeps this from happening again, by ${when(action.dueAt)}.${by} Thank you.`,
    ),
    ...story(about),
    doneButton(about),
  ])
}

type Timed = About & { readonly offset: number; readonly now: Date }

/** To whoever takes it, before it is due and after. */
export function actionReminder(about: Timed): Message {
  const { source, action, offset, now } = about
  const over = overBy(action, offset, now)
  const due =
    over > 0
      ? `was due ${when(action.dueAt)}, ${relative(over)}. What is in the way? The lead can help.`
      : `is due ${when(action.dueAt)}, ${relative(over)}.`
  return message([
    header(source.title),
    section(`${mention(action.takenBy)} Your corrective action ${due}`),
    ...story(about),
    doneButton(about),
  ])
}

/** To the department where the cause arose, and its lead. */
export function actionOverdue(about: Timed): Message {
  const { source, action, setup, now } = about
  const lead = departmentOf(setup, action.origin)?.lead ?? null
  const to = lead === null ? '' : `${mention(lead)} `
  const over = span(now.getTime() - action.dueAt.getTime())
  return message([
    header(source.title),
    section(
      `${to}A corrective action is ${over} overdue: due ${when(action.dueAt)}, taken by ${mention(action.takenBy)}. What helps to get it done?`,
    ),
    ...story(about),
    doneButton(about),
  ])
}

/** To whoever took it: the cause has come again. */
export function actionQuestion(about: About): Message {
  const { source, action } = about
  const done = action.doneAt ? `, done ${when(action.doneAt)}` : ''
  const recurred = action.recurredIn === null ? '' : `, with #${action.recurredIn}`
  return message([
    header(source.title),
    section(
      `${mention(action.takenBy)} The same cause has come again${recurred}${done === '' ? '' : ' after your corrective action'}${done}. Did it work? What follows?`,
    ),
    ...story(about),
    actions(button('What follows', ACTIONS.answerRecurrence, JSON.stringify(refTo(source, action)), 'primary')),
  ])
}

/** Any of them once there is nothing left to do about it. */
export function actionSettled({ source, action }: Pick<About, 'source' | 'action'>, kind: string): Message {
  const next = source.actions.find(
    ({ startedAt }) => action.answeredAt !== null && startedAt.getTime() === action.answeredAt.getTime(),
  )
  const answered = next ? `${mention(next.takenBy)} takes what follows` : 'no further action is needed'
  const done =
    kind === 'action-question'
      ? answered
      : `the corrective action is done${action.doneAt ? `, ${when(action.doneAt)}` : ''}`
  return message([header(source.title), section(`Done: ${done}.`)])
}

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

interface About {
  readonly complaint: Complaint
  readonly action: CorrectiveAction
  readonly setup: Setup
  readonly cardLink: string | null
}

const refTo = ({ complaint, action }: About): string =>
  JSON.stringify({ complaint: complaint.number, action: action.seq } satisfies ActionRef)

/** What it is, and why; the same in everything said about it. */
const story = ({ complaint, action, setup, cardLink }: About): KnownBlock[] => [
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
  ...(cardLink ? [context(linked(cardLink, `The card of #${complaint.number}`))] : []),
]

const doneButton = (about: About) => actions(button('Done', ACTIONS.finishAction, refTo(about), 'primary'))

/** To whoever takes it, when it is agreed. */
export function actionAgreed(about: About): Message {
  const { complaint, action } = about
  const by = action.agreedBy === action.takenBy ? '' : ` ${mention(action.agreedBy)} asks you to.`
  return message([
    header(titleOf(complaint)),
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
  const { complaint, action, offset, now } = about
  const over = overBy(action, offset, now)
  const due =
    over > 0
      ? `was due ${when(action.dueAt)}, ${relative(over)}. What is in the way? The lead can help.`
      : `is due ${when(action.dueAt)}, ${relative(over)}.`
  return message([
    header(titleOf(complaint)),
    section(`${mention(action.takenBy)} Your corrective action ${due}`),
    ...story(about),
    doneButton(about),
  ])
}

/** To the department where the cause arose, and its lead. */
export function actionOverdue(about: Timed): Message {
  const { complaint, action, setup, now } = about
  const lead = departmentOf(setup, action.origin)?.lead ?? null
  const to = lead === null ? '' : `${mention(lead)} `
  const over = span(now.getTime() - action.dueAt.getTime())
  return message([
    header(titleOf(complaint)),
    section(
      `${to}A corrective action is ${over} overdue: due ${when(action.dueAt)}, taken by ${mention(action.takenBy)}. What helps to get it done?`,
    ),
    ...story(about),
    doneButton(about),
  ])
}

/** To whoever took it: the cause has come again. */
export function actionQuestion(about: About): Message {
  const { complaint, action } = about
  const done = action.doneAt ? `, done ${when(action.doneAt)}` : ''
  return message([
    header(titleOf(complaint)),
    section(
      `${mention(action.takenBy)} The same cause has come again, with #${action.recurredIn}${done === '' ? '' : ' after your corrective action'}${done}. Did it work? What follows?`,
    ),
    ...story(about),
    actions(button('What follows', ACTIONS.answerRecurrence, refTo(about), 'primary')),
  ])
}

/** Any of them once there is nothing left to do about it. */
export function actionSettled({ complaint, action }: Pick<About, 'complaint' | 'action'>, kind: string): Message {
  const next = complaint.actions.find(
    ({ startedAt }) => action.answeredAt !== null && startedAt.getTime() === action.answeredAt.getTime(),
  )
  const answered = next ? `${mention(next.takenBy)} takes what follows` : 'no further action is needed'
  const done =
    kind === 'action-question'
      ? answered
      : `the corrective action is done${action.doneAt ? `, ${when(action.doneAt)}` : ''}`
  return message([header(titleOf(complaint)), section(`Done: ${done}.`)])
}

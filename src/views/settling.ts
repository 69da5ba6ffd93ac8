import type { ModalView } from '@slack/types'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { actions, button, context, header, linked, type Message, message, section } from './blocks.ts'
import { happened } from './happened.ts'
import { ACTIONS, MODALS } from './ids.ts'
import { input, modal, radioInput } from './inputs.ts'
import { mention } from './people.ts'
import { para, quote, rich } from './rich.ts'
import { escaped, within } from './text.ts'
import { departmentName, titleOf } from './words.ts'

/* The hand-over at which the buck stops: its leads settle who takes it. */

const REASON = { limit: 500, json: 1_500 }

interface Call {
  readonly setup: Setup
  /** To the card, where the call does not stand in its thread. */
  readonly cardLink: string | null
  /** Why it is to be handed over is for the departments, not for everybody. */
  readonly showReason: boolean
}

/** Calls the leads to settle it between them. */
export function settleCall(complaint: Complaint, entry: TimelineEntry, { setup, cardLink, showReason }: Call): Message {
  const { event } = entry
  if (event.kind !== 'leads-called') throw new Error(`Nothing to settle: ${event.kind}`)
  const { what, quotes } = happened(entry, setup)
  const here = escaped(departmentName(setup, complaint.department))
  const owner = complaint.owner === null ? '' : `, and ${mention(complaint.owner)} owns it`
  const called = event.called.map(mention).join(' ')
  return message([
    header(titleOf(complaint)),
    section(`${called} Please settle between you who takes it. Until then it stays with ${here}${owner}.`.trim()),
    rich(
      para(...what),
      ...(showReason ? quotes.map(({ text }) => quote(within(text, REASON.limit, REASON.json))) : []),
    ),
    actions(button('Settle it', ACTIONS.settle, String(complaint.number), 'primary')),
    ...(cardLink === null ? [] : [section(linked(cardLink, `To the card of #${complaint.number}`))]),
  ])
}

/** The call once it is settled, or closed: it asks for nothing more, and calls nobody. */
export function settleDone(
  complaint: Complaint,
  { setup, cardLink }: { readonly setup: Setup; readonly cardLink: string | null },
): Message {
  const here = escaped(departmentName(setup, complaint.department))
  const how =
    complaint.status === 'closed'
      ? 'Closed'
      : complaint.duplicateOf === null
        ? `Settled: it is with ${here}`
        : `It goes on in #${complaint.duplicateOf}`
  return message([
    header(titleOf(complaint)),
    section(`${how}. ${linked(cardLink, `To the card of #${complaint.number}`)}`),
  ])
}

/** "Who takes #142?": one of the two departments, with an owner or without. It knows what it settles. */
export function settleModal(
  { number, department, owner, settling }: Complaint,
  { setup }: { readonly setup: Setup },
): ModalView {
  if (!settling) throw new Error(`Nothing of #${number} is to be settled`)
  const { to, by, reason, entry } = settling
  const keys = [department, ...(setup.departments.some(({ key }) => key === to) ? [to] : [])]
  return modal({
    title: `Who takes #${number}?`,
    submit: { label: 'Settle it', as: MODALS.settle },
    metadata: { complaint: number, entry },
    blocks: [
      context(`${mention(by)} asked to hand it over to ${escaped(departmentName(setup, to))}:`),
      rich(quote(within(reason, REASON.limit, REASON.json))),
      radioInput({
        field: 'department',
        label: 'Who takes it?',
        of: Object.fromEntries(keys.map((key) => [key, departmentName(setup, key)])),
      }),
      input(
        {
          ...{ field: 'who', label: 'Owner', optional: true },
          hint:
            owner === null
              ? 'Without one, the department is called.'
              : 'Left empty: its owner, where it stays; else the department is called.',
        },
        { type: 'users_select', action_id: 'who' },
      ),
    ],
  })
}

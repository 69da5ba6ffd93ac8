import type { ModalView } from '@slack/types'
import { grantedUnasked, limitOf } from '../complaint/makingGood.ts'
import { exampleIn, moneyWords } from '../complaint/money.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint, MakeGood } from '../complaint/types.ts'
import { context } from './blocks.ts'
import { MODALS } from './ids.ts'
import { modal, selectInput, textInput } from './inputs.ts'
import { givenWords } from './makeGoodWords.ts'
import { escaped } from './text.ts'
import { departmentName, MAKE_GOOD } from './words.ts'

/** "Make good": what the customer is given. */
export function makeGoodModal(complaint: Complaint, { setup }: { readonly setup: Setup }): ModalView {
  return modal({
    title: 'Make good',
    submit: { label: 'Make good', as: MODALS.makeGood },
    metadata: { complaint: complaint.number },
    blocks: [
      context(limitWords(complaint, setup)),
      selectInput({ field: 'how', label: 'Kind', of: MAKE_GOOD }),
      textInput({
        field: 'amount',
        label: 'Amount',
        optional: true,
        hint: `In ${setup.currency}, such as ${exampleIn(setup.currency)}. Needed for a refund and a credit.`,
      }),
      textInput({ field: 'note', label: 'Note', multiline: true, optional: true }),
    ],
  })
}

/** What a department may grant on a complaint without asking, in mrkdwn. */
export function limitWords(complaint: Complaint, setup: Setup, department = complaint.department): string {
  const name = escaped(departmentName(setup, department))
  const limit = limitOf(complaint, setup, department)
  if (limit === null) return `${name} asks its lead about each make-good.`
  const spent = grantedUnasked({ ...complaint, department }, setup.currency)
  const so = spent === 0 ? '' : `; so far ${moneyWords(spent, setup.currency)}`
  return `${name} may grant up to ${moneyWords(limit, setup.currency)} on this complaint without asking its lead${so}.`
}

/** "Decline": why a make-good is not granted. */
export const declineModal = (complaint: number, asked: MakeGood): ModalView =>
  modal({
    title: 'Decline',
    submit: { label: 'Decline', as: MODALS.decline },
    metadata: { complaint, makeGood: asked.seq },
    blocks: [
      context(`Asked for: ${givenWords({ ...asked, how: asked.kind })}.`),
      textInput({ field: 'reason', label: 'Reason', multiline: true }),
    ],
  })

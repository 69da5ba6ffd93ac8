import type { KnownBlock } from '@slack/types'
import { personOf } from '../complaint/makingGood.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Approver, Complaint, MakeGood } from '../complaint/types.ts'
import { hasWords } from '../complaint/words.ts'
import { actions, button, context, header, linked, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import { limitWords } from './makeGoodModal.ts'
import { givenWords } from './makeGoodWords.ts'
import { partValue } from './metadata.ts'
import { mention } from './people.ts'
import { quote, rich } from './rich.ts'
import { within } from './text.ts'
import { titleOf } from './words.ts'

const QUOTE = { limit: 1_000, json: 3_000 }
/** Most admins that are called at once. */
const ADMINS = 5

interface Asking {
  readonly makeGood: number
  readonly setup: Setup
}

/** In the card's thread: who is asked, for what, with the answer a press away. Once there is one, it stands there instead. */
export function makeGoodAsked(
  complaint: Complaint,
  { makeGood, approver, setup }: Asking & { approver: Approver },
): Message {
  const asked = found(complaint, makeGood)
  if (asked.state !== 'asked') return message([section(answered(asked)), ...quoted(asked.reason)])
  return message([
    section(`${called(asked, approver, setup)} ${asking(asked)}`.trim()),
    ...quoted(asked.note),
    context(limitWords(complaint, setup, asked.department)),
    answers(complaint, asked),
  ])
}

/** In the company channel, where neither lead nor deputy has answered: what people typed stays with the department. */
export function makeGoodCompany(
  complaint: Complaint,
  { makeGood, setup, cardLink }: Asking & { readonly cardLink: string | null },
): Message {
  const asked = found(complaint, makeGood)
  const link = linked(cardLink, `To the card of #${complaint.number}`)
  if (asked.state !== 'asked') return message([header(titleOf(complaint)), section(`${answered(asked)} ${link}`)])
  const waits = `${called(asked, 'company', setup)} This waits for an answer: ${asking(asked)} ${link}`
  return message([header(titleOf(complaint)), section(waits.trim()), answers(complaint, asked)])
}

function found({ number, makeGoods }: Complaint, seq: number): MakeGood {
  const asked = makeGoods.find((one) => one.seq === seq)
  if (!asked) throw new Error(`Complaint ${number} has no make-good ${seq}`)
  return asked
}

/** Who is asked on a approver; the last one is the admins'. */
function called({ department, askedBy }: MakeGood, approver: Approver, setup: Setup): string {
  const person = personOf(setup, department, approver)
  const admins = setup.admins.filter((admin) => admin !== askedBy).slice(0, ADMINS)
  return (person === null ? admins : [person]).map(mention).join(' ')
}

const givenOf = (asked: MakeGood): string => givenWords({ ...asked, how: asked.kind })

const asking = (asked: MakeGood): string => `${mention(asked.askedBy)} asks for *${givenOf(asked)}*.`

function answered(asked: MakeGood): string {
  const how = asked.state === 'granted' ? 'approved' : 'declined'
  const by = asked.decidedBy === null ? '' : ` by ${mention(asked.decidedBy)}`
  return `${mention(asked.askedBy)} asked for *${givenOf(asked)}*: ${how}${by}.`
}

const quoted = (text: string | null): KnownBlock[] =>
  hasWords(text) ? [rich(quote(within(text, QUOTE.limit, QUOTE.json)))] : []

function answers({ number }: Complaint, { seq }: MakeGood): KnownBlock {
  const value = partValue(number, seq)
  return actions(button('Approve', ACTIONS.approve, value, 'primary'), button('Decline', ACTIONS.decline, value))
}

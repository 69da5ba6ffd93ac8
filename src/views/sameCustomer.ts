import { actions, button, context, type Message, message, section } from './blocks.ts'
import { ACTIONS } from './ids.ts'
import type { SameCustomer } from './metadata.ts'
import { bold, para, rich, t } from './rich.ts'
import { escaped } from './text.ts'

interface Names {
  /** As it was written on the complaint. */
  readonly name: string
  /** The name it is like. */
  readonly other: string
  /** What the customer of that name is called by now. */
  readonly called: string
}

/** To whoever filed it, once of each pair of names. */
export function sameCustomer(about: SameCustomer, { name, other, called }: Names): Message {
  const value = JSON.stringify(about)
  return message([
    rich(
      para(bold(`Same customer as ${other}?`)),
      para(
        t(
          `You filed #${about.complaint} for ${name}.${called === other ? '' : ` ${other} is called ${called} by now.`}`,
        ),
      ),
    ),
    actions(button('Yes', ACTIONS.sameCustomer, value), button('No', ACTIONS.otherCustomer, value)),
    context('Yes counts their complaints together. What was written on them stays.'),
  ])
}

const ANSWERED = {
  merged: 'Thank you. They are one customer from now on.',
  'kept-apart': 'Thank you. They stay two customers, and this is not asked again.',
  answered: 'This was settled in the meantime. Thank you.',
} as const

/** In the place of the question, once it is answered. */
export const sameCustomerAnswered = (how: keyof typeof ANSWERED): Message => message([section(escaped(ANSWERED[how]))])

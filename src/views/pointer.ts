import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { linked, type Message, message, section } from './blocks.ts'
import { escaped } from './text.ts'
import { departmentName } from './words.ts'

/** What is left of a card whose complaint went elsewhere: where to, and neither the customer's words nor who to call back. */
export function pointer(
  { number, department }: Complaint,
  { setup, cardLink }: { readonly setup: Setup; readonly cardLink: string | null },
): Message {
  const there = escaped(departmentName(setup, department))
  return message([section(`*#${number}* is now with ${there}. ${linked(cardLink, 'To its card')}`)])
}

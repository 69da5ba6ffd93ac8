import { context, header, type Message, message, section } from './blocks.ts'
import { COMMAND } from './ids.ts'

const TYPED: readonly [typed: string, does: string][] = [
  ['', 'file a complaint'],
  ['Acme: wrong valve delivered', 'the same, with the customer and their words filled in'],
  ['142', 'where #142 stands; #142 works as well'],
  ['list', 'what is open, the soonest deadline first'],
  ['list mine', 'what I own'],
  ['list overdue', 'what has run over its time'],
  ['list manufacturing', 'what is open with one department'],
  ['find valve', 'search customers, words, orders and parts'],
  ['report', 'the week so far in figures; `report month`, `report quarter manufacturing` as well'],
  ['setup', 'departments, root causes and policy, for admins'],
  ['help', 'this'],
]

/** What can be typed, with examples. */
export function help(): Message {
  const lines = TYPED.map(([typed, does]) => `• \`${`${COMMAND} ${typed}`.trim()}\`: ${does}`)
  return message([
    header('What can be typed'),
    section(lines.join('\n')),
    context(
      'A message can be filed as it stands: choose *File as complaint* among its shortcuts. Answers to what is typed are seen by you alone.',
    ),
  ])
}

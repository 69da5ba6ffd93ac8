import type { Tx } from '../store/database.ts'
import { queue, type Said } from '../store/outbox.ts'

/** A message that stands in Slack, or may; or a card, which is known by what it is of. */
export type SaidAnew = Omit<Said, 'id'> & { readonly id: number | 'card' }

/** Has messages say what they would say by now. Returns how many these are. */
export async function sayAnew(tx: Tx, workspace: string, said: readonly SaidAnew[], now: Date): Promise<number> {
  await queue(
    tx,
    workspace,
    said.map(({ id, ...about }) => ({ ...about, message: { kind: 'without-words' as const, posted: id } })),
    now,
  )
  return said.length
}

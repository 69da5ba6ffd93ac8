import type { Command } from '../../src/complaint/commands.ts'
import type { Model } from './model.ts'

/* Who may do what, told once more for the model: in random lives everybody but U0DAN belongs to every department. */

export const ADMIN = 'U0ADMIN'
const STRANGER = 'U0DAN'
const LEADS: Readonly<Record<string, readonly string[]>> = {
  manufacturing: ['U0LEAD', 'U0DEPUTY'],
  logistics: ['U0LOG'],
  design: ['U0DESIGN'],
}

export const leadsOf = (department: string): readonly string[] => LEADS[department] ?? []

const BY_ANYONE: readonly Command['kind'][] = [
  ...(['own', 'sign-of-life', 'add-evidence', 'take-on', 'let-go', 'point-to'] as const),
  ...(['approve-make-good', 'decline-make-good'] as const),
]
const BY_VISITOR: readonly Command['kind'][] = [
  ...(['log-callback', 'arrive', 'visit-outcome', 'change-visit', 'call-off-visit', 'set-out'] as const),
]

const BY_TAKER: readonly Command['kind'][] = ['finish-action', 'answer-recurrence']

/** Who settles a hand-over; null where none is to be settled, which everybody may be told. */
const settlersOf = ({ department, settling }: Model): readonly string[] | null =>
  settling === null ? null : [...leadsOf(department), ...leadsOf(settling), ADMIN]

/** Whom a complaint concerns, named or not. */
export const concernedBy = (model: Model): readonly (string | null)[] => [
  ...['U0REPORTER', ADMIN, model.owner],
  ...leadsOf(model.department),
  ...(settlersOf(model) ?? []),
]

export function mayNot(model: Model, { by, kind }: Extract<Command, { by: string }>): string | null {
  const { owner, department, visitor, takers, named } = model
  if (named && kind !== 'let-go' && ![...concernedBy(model), ...named].includes(by)) return 'confidential'
  const answers = [owner, ...leadsOf(department), ADMIN]
  const only: Partial<Record<Command['kind'], readonly (string | null)[] | null>> = {
    settle: settlersOf(model),
    reassign: answers,
    'make-confidential': [...answers, 'U0REPORTER'],
    'lift-confidential': answers,
  }
  const allowed = only[kind]
  if (allowed) return allowed.includes(by) ? null : 'not-allowed'
  const isFree =
    kind === 'settle' ||
    BY_ANYONE.includes(kind) ||
    (by === visitor && BY_VISITOR.includes(kind)) ||
    (takers.includes(by) && BY_TAKER.includes(kind))
  return by !== STRANGER || by === owner || isFree ? null : 'not-allowed'
}

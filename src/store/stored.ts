import { DEFAULT_CURRENCY, DEFAULT_POLICY } from '../complaint/policy.ts'
import type { Hours, Policy, Setup } from '../complaint/setup.ts'
import type { Ladder, ResponseDeadline } from '../complaint/types.ts'

/** What a JSON column may hold: an older version of Amends wrote it without the keys that came later. */
export type Stored<Whole> = {
  readonly [Key in keyof Whole]?: Whole[Key] extends readonly unknown[] | string | number | boolean | null
    ? Whole[Key]
    : Partial<Whole[Key]>
}

export type StoredHours = Pick<Hours, 'timezone' | 'week' | 'holidays'> & Partial<Hours>
type Settings = Pick<Setup, 'timezone' | 'currency' | 'admins' | 'confidential' | 'channels' | 'policy' | 'digest'>
export type StoredSettings = Omit<Settings, 'currency' | 'confidential' | 'policy'> &
  Partial<Pick<Settings, 'currency' | 'confidential'>> & { readonly policy: Stored<Policy> }

/** The policy of a snapshot: what its version did not know yet takes its default. */
export function policyFrom(stored: Stored<Policy>): Policy {
  const whole = Object.entries(DEFAULT_POLICY).map(([key, standard]) => {
    const kept: unknown = stored[key as keyof Policy]
    return [key, isMap(standard) ? { ...standard, ...(isMap(kept) && kept) } : (kept ?? standard)]
  })
  return Object.fromEntries(whole)
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

export const hoursFrom = (stored: StoredHours): Hours => ({ off: [], open: [], onCall: [], ...stored })

export const settingsFrom = (stored: StoredSettings): Settings => ({
  currency: DEFAULT_CURRENCY,
  confidential: [],
  ...stored,
  policy: policyFrom(stored.policy),
})

/** A ladder as JSON: its start is an ISO instant. */
export type StoredLadder = Omit<Ladder, 'startedAt'> & { readonly startedAt: string }

export const storedLadder = (ladder: Ladder): StoredLadder => ({ ...ladder, startedAt: ladder.startedAt.toISOString() })

export const ladderOf = (stored: StoredLadder): Ladder => ({ ...stored, startedAt: new Date(stored.startedAt) })

/** A response deadline as JSON: its instants are ISO. */
export type StoredResponse = {
  readonly [Key in keyof ResponseDeadline]: ResponseDeadline[Key] extends Date
    ? string
    : ResponseDeadline[Key] extends Date | null
      ? string | null
      : ResponseDeadline[Key]
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const instant = (at: string | null): Date | null => (at === null ? null : new Date(at))

export const storedResponse = ({
  startedAt,
  dueAt,
  remindedTo,
  companyToldAt,
  endedAt,
  ...rest
}: ResponseDeadline): StoredResponse => ({
  ...rest,
  ...{ startedAt: startedAt.toISOString(), dueAt: dueAt.toISOString(), remindedTo: remindedTo.toISOString() },
  ...{ companyToldAt: iso(companyToldAt), endedAt: iso(endedAt) },
})

export const responseOf = ({
  startedAt,
  dueAt,
  remindedTo,
  companyToldAt,
  endedAt,
  ...rest
}: StoredResponse): ResponseDeadline => ({
  ...rest,
  ...{ startedAt: new Date(startedAt), dueAt: new Date(dueAt), remindedTo: new Date(remindedTo) },
  ...{ companyToldAt: instant(companyToldAt), endedAt: instant(endedAt) },
})

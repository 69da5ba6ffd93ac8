import { referencesIn } from './references.ts'
import type { Complaint } from './types.ts'

/** By root cause, or by the part or site that is named. */
export const TOPIC_KINDS = ['cause', 'reference'] as const
export type TopicKind = (typeof TOPIC_KINDS)[number]

/** What a complaint is about, by which complaints belong together. */
export interface Topic {
  readonly kind: TopicKind
  /** Of a cause: the key of the leaf. Of a part or site: its normalised name. */
  readonly key: string
  /** A part or site as it was written. */
  readonly name: string | null
  /** When it came to be known. */
  readonly countedAt: Date
}

/** Everything that a complaint is about, as far as is known by now. A duplicate is about nothing of its own. */
export function topicsOf({ duplicateOf, closeOut, report, filedAt }: Complaint): Topic[] {
  if (duplicateOf !== null) return []
  return [
    ...(closeOut ? [{ kind: 'cause' as const, key: closeOut.rootCause, name: null, countedAt: closeOut.at }] : []),
    ...referencesIn(report.reference).map((found) => ({ kind: 'reference' as const, ...found, countedAt: filedAt })),
  ]
}

/** When the customer told us of what it is about: anew where it was reopened. */
export const toldOf = ({ reopenedAt, toldAt }: Complaint): Date => reopenedAt ?? toldAt

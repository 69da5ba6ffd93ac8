import type { Complaint } from './types.ts'

/** What a complaint is about, by which complaints belong together. */
export interface Subject {
  readonly kind: 'cause'
  /** Of a cause: the key of the leaf. */
  readonly key: string
  /** When it came to be known. */
  readonly countedAt: Date
}

/** Everything that a complaint is about, as far as is known by now. */
export const subjectsOf = ({ closeOut }: Complaint): Subject[] =>
  closeOut === null ? [] : [{ kind: 'cause', key: closeOut.rootCause, countedAt: closeOut.at }]

/** When the customer told us of what it is about: anew where it was reopened. */
export const toldOf = ({ reopenedAt, toldAt }: Complaint): Date => reopenedAt ?? toldAt

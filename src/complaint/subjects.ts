import type { ComplaintMessage } from './messages.ts'
import { awaitedVisit, type Complaint, type Visit } from './types.ts'

/** A part of a complaint that messages show as it was when they were sent. */
export interface Subject {
  readonly part: 'visit' | 'makeGood'
  readonly seq: number
}

/** The messages that show it; each names it in a field of the part's name. */
export const SHOWING = {
  visit: ['visit', 'eta-passed'],
  makeGood: ['make-good-asked', 'make-good-company'],
} as const satisfies Record<Subject['part'], readonly ComplaintMessage['kind'][]>

/** What is no longer as messages show it. */
export function subjectsChanged(before: Complaint, after: Complaint): Subject[] {
  const visit = awaitedVisit(before)
  return [
    ...(visit && shown(visit) !== shown(awaitedVisit(after)) ? [{ part: 'visit', seq: visit.seq } as const] : []),
    ...before.makeGoods
      .filter(
        ({ state, seq }) => state === 'asked' && after.makeGoods.some((one) => one.seq === seq && one.state !== state),
      )
      .map(({ seq }) => ({ part: 'makeGood', seq }) as const),
  ]
}

const shown = (visit: Visit | undefined): string =>
  JSON.stringify([visit?.seq, visit?.who, visit?.eta, visit?.parts, visit?.enRouteAt])

/** What the cards of flaws show of it. */
export const shownByFlaws = ({ report, status, confidential, duplicateOf }: Complaint): string =>
  JSON.stringify([report.customer, report.severity, status === 'closed', confidential === null, duplicateOf === null])

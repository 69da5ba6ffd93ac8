import { plusWorking } from './calendar.ts'
import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import type { Given } from './events.ts'
import type { Absent } from './ladder.ts'
import type { ComplaintMessage } from './messages.ts'
import { readAmount, timesOver } from './money.ts'
import type { Refusal } from './refusals.ts'
import { departmentOf, hoursOf, type Setup } from './setup.ts'
import { earliest } from './time.ts'
import { APPROVERS, type Approver, type Complaint, type MakeGood, type MakeGoodKind } from './types.ts'
import { checkText, hasWords } from './words.ts'

type Asked = Extract<Command, { kind: 'make-good' }>

/** What has no price of its own may be left without an amount; money may not. */
const NEEDS_AMOUNT: Readonly<Record<MakeGood['kind'], boolean>> = {
  refund: true,
  credit: true,
  replacement: false,
  visit: false,
}

function amountIn({ how, amount }: Asked, currency: string): { amount: number | null; fault: Refusal | null } {
  if (!hasWords(amount)) return { amount: null, fault: NEEDS_AMOUNT[how] ? { kind: 'missing', field: 'amount' } : null }
  const read = readAmount(amount, currency)
  return read.ok ? { amount: read.amount, fault: null } : { amount: null, fault: read.refusal }
}

/** Every fault of a make-good that is asked for, or an empty list. */
export function checkMakeGood(complaint: Complaint, command: Asked, { setup }: Situation): Refusal[] {
  if (complaint.status === 'closed') return [{ kind: 'closed' }]
  const faults = [amountIn(command, setup.currency).fault, checkText('note', command.note, false)]
  return faults.filter((fault) => fault !== null)
}

/**
 * Up to how much a department (the complaint's own) may grant on it without asking, in the currency's smallest unit; null where it may
 * grant nothing. More where it is critical, by the policy it was filed under.
 */
export function limitOf(complaint: Complaint, setup: Setup, department = complaint.department): number | null {
  const { report, policy } = complaint
  const authority = departmentOf(setup, department)?.authority ?? null
  const factor = report.severity === 'critical' ? policy.makeGood.criticalFactor : 1
  return authority === null ? null : timesOver(authority, factor, setup.currency)
}

/** What a complaint's department has granted on it without asking: many small ones are no way past the limit. */
export const grantedUnasked = ({ makeGoods, department }: Complaint, currency: string): number =>
  makeGoods
    .filter((one) => one.approver === null && one.department === department && one.currency === currency)
    .reduce((sum, one) => sum + (one.amount ?? 0), 0)

/** Grants it at once where it is within the department's authority, else asks its lead. */
export function makeGood(complaint: Complaint, command: Asked, situation: Situation): Decision {
  const { now, setup } = situation
  const [fault] = checkMakeGood(complaint, command, situation)
  if (fault) return refuse(fault)
  const { by, how, note } = command
  const { department } = complaint
  const { currency } = setup
  const { amount } = amountIn(command, currency)
  const limit = limitOf(complaint, setup)
  const within = limit !== null && grantedUnasked(complaint, currency) + (amount ?? 0) <= limit
  const row = {
    ...{ seq: complaint.makeGoods.length + 1, kind: how, amount, currency, note, department },
    ...{ askedBy: by, askedAt: now, reason: null },
  }
  const draft = new Draft(complaint, now, by)
  if (within) {
    const granted: MakeGood = {
      ...row,
      ...{ state: 'granted', approver: null, answerDueAt: null, decidedBy: by, decidedAt: now },
    }
    draft.set({ makeGoods: [...complaint.makeGoods, granted] })
    draft.record({ kind: 'make-good-granted', ...givenIn(granted), note }, line)
    return draft.done()
  }
  const [approver = 'company'] = approversFor(setup, department, by)
  const asked: MakeGood = {
    ...row,
    ...{ state: 'asked', approver, answerDueAt: answerDue(complaint, department, approver, situation) },
    ...{ decidedBy: null, decidedAt: null },
  }
  draft.set({ makeGoods: [...complaint.makeGoods, asked] })
  draft.record({ kind: 'make-good-asked', ...givenIn(asked), note, approver }, () => asking(asked.seq, approver))
  return draft.done()
}

const givenIn = ({ seq, kind, amount, currency }: MakeGood): Given => ({ makeGood: seq, how: kind, amount, currency })

const asking = (makeGood: number, approver: Approver): readonly ComplaintMessage[] => [
  { kind: 'make-good-asked', makeGood, approver },
  ...(approver === 'company' ? [{ kind: 'make-good-company', makeGood } as const] : []),
]

/** Who that is in a department; null for the company channel, and where there is nobody. */
export function personOf(setup: Setup, department: string, approver: Approver): string | null {
  return approver === 'company' ? null : (departmentOf(setup, department)?.[approver] ?? null)
}

/** Whom to ask about a make-good: nobody about their own, and nobody who is known not to be there. */
const approversFor = (setup: Setup, department: string, askedBy: string, absent: Absent = {}): Approver[] =>
  APPROVERS.filter((approver) => {
    const person = personOf(setup, department, approver)
    return approver === 'company' || (person !== null && person !== askedBy && absent[person] === undefined)
  })

/** The time to answer is the department's working time; what is critical goes by the clock. After the company nobody is left. */
function answerDue(complaint: Complaint, department: string, of: Approver, { now, setup }: Situation): Date | null {
  if (of === 'company') return null
  const hours = complaint.report.severity === 'critical' ? null : hoursOf(setup, department)
  return plusWorking(hours, now, complaint.policy.makeGood.answer)
}

/** Asks the next one where whoever was asked has not answered in time. Each is asked once. */
export function askNextApprovers(draft: Draft, situation: Situation, absent: Absent): void {
  const { now, setup } = situation
  for (const asked of draft.complaint.makeGoods) {
    const { seq, department, askedBy, approver: last, answerDueAt } = asked
    if (last === null || answerDueAt === null || answerDueAt > now) continue
    const isAfter = (approver: Approver) => APPROVERS.indexOf(approver) > APPROVERS.indexOf(last)
    const [approver = 'company'] = approversFor(setup, department, askedBy, absent).filter(isAfter)
    const waiting = { ...asked, approver, answerDueAt: answerDue(draft.complaint, department, approver, situation) }
    draft.set({ makeGoods: replaced(draft.complaint.makeGoods, waiting) })
    draft.record({ kind: 'make-good-waits', makeGood: seq, approver }, () => asking(seq, approver))
  }
}

/** Ids of those who may be asked next about what was not answered by `now`. */
export const approversDue = ({ makeGoods }: Complaint, setup: Setup, now: Date): string[] =>
  makeGoods
    .filter(({ answerDueAt }) => answerDueAt !== null && answerDueAt <= now)
    .flatMap(({ department }) => APPROVERS.map((approver) => personOf(setup, department, approver)))
    .filter((person) => person !== null)

/** When the first unanswered make-good has to be looked at. */
export const makeGoodTimer = ({ makeGoods }: Complaint): Date | null =>
  earliest(makeGoods.map(({ answerDueAt }) => answerDueAt))

/**
 * The people who may decide a make-good: lead, deputy and admins, and not whoever asked for it, as long as there is
 * anybody else.
 */
export function decidersOf(setup: Setup, { department, askedBy }: MakeGood): string[] {
  const lead = personOf(setup, department, 'lead')
  const deputy = personOf(setup, department, 'deputy')
  const all = [...new Set([...[lead, deputy].filter((one) => one !== null), ...setup.admins])]
  const others = all.filter((person) => person !== askedBy)
  return others.length > 0 ? others : all
}

/** The make-good of this number where this person may decide it now; else why not. */
export function checkDeciding(complaint: Complaint, seq: number, by: string, setup: Setup): MakeGood | Refusal {
  const found = complaint.makeGoods.find((one) => one.seq === seq)
  if (!found) return { kind: 'no-make-good' }
  if (found.state !== 'asked')
    return { kind: 'decided-already', by: found.decidedBy ?? found.askedBy, state: found.state }
  const deciders = decidersOf(setup, found)
  // Where there is neither lead nor deputy nor admin, anybody else answers for the company.
  const may = deciders.length > 0 ? deciders.includes(by) : by !== found.askedBy
  if (may) return found
  const [first] = deciders
  return { kind: 'not-yours-to-decide', of: first === undefined || setup.admins.includes(first) ? null : first }
}

/** Approves or declines; also once the complaint is closed or handed over: what was asked is answered. */
export function decideMakeGood(
  complaint: Complaint,
  command: Extract<Command, { kind: 'approve-make-good' | 'decline-make-good' }>,
  { now, setup }: Situation,
): Decision {
  const { by } = command
  const asked = checkDeciding(complaint, command.makeGood, by, setup)
  if (!('seq' in asked)) return refuse(asked)
  const decided = { ...asked, answerDueAt: null, decidedBy: by, decidedAt: now }
  const draft = new Draft(complaint, now, by)
  const { askedBy } = asked
  if (command.kind === 'approve-make-good') {
    draft.set({ makeGoods: replaced(complaint.makeGoods, { ...decided, state: 'granted' }) })
    draft.record({ kind: 'make-good-approved', ...givenIn(asked), askedBy }, line)
    return draft.done()
  }
  const { reason } = command
  const fault = checkText('reason', reason, true)
  if (fault) return refuse(fault)
  draft.set({ makeGoods: replaced(complaint.makeGoods, { ...decided, state: 'declined', reason }) })
  draft.record({ kind: 'make-good-declined', ...givenIn(asked), askedBy, reason }, line)
  return draft.done()
}

/** What was granted on a complaint: sums in smallest units by currency, and the kinds that have no price. */
export function grantedOn({ makeGoods }: Complaint): {
  sums: ReadonlyMap<string, number>
  unpriced: ReadonlySet<MakeGoodKind>
} {
  const sums = new Map<string, number>()
  const unpriced = new Set<MakeGoodKind>()
  for (const { state, kind, amount, currency } of makeGoods) {
    if (state !== 'granted') continue
    if (amount === null) unpriced.add(kind)
    else sums.set(currency, (sums.get(currency) ?? 0) + amount)
  }
  return { sums, unpriced }
}

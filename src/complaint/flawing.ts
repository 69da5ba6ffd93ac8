import type { Command } from './commands.ts'
import { actionFrom, agree, checkCorrection } from './correcting.ts'
import { decide } from './decide.ts'
import { Draft, replaced, type Situation } from './decision.ts'
import type { TimelineEntry } from './events.ts'
import { caseOf, type Flaw, type FlawTopic, fromCase, isLive, isOver } from './flaw.ts'
import { firstCall, ladderFrom, RUNGS } from './ladder.ts'
import type { FlawMessage } from './messages.ts'
import { withOwner } from './owning.ts'
import type { Refusal } from './refusals.ts'
import { mayNot } from './roles.ts'
import { leafOf, type Policy, type Setup } from './setup.ts'
import { plus } from './time.ts'
import { type Correction, type Ladder, type ResponseDeadline, runningResponse } from './types.ts'

/** A complaint of one kind, for counting. */
export interface Counted {
  readonly complaint: number
  /** When its kind came to be known: at the close-out by cause, at the filing by part and site. */
  readonly countedAt: Date
  readonly toldAt: Date
}

/**
 * The complaints that make a flaw with the one that was counted at `now`, in the order in which they were counted; null where they
 * are too few. What a customer told us before the same flaw was over last (`endedAt`) was of that one.
 */
export function flawIn(
  counted: readonly Counted[],
  { complaints, within }: Policy['flaw'],
  now: Date,
  endedAt: Date | null,
): number[] | null {
  const recent = counted
    .filter(
      ({ countedAt, toldAt }) => countedAt <= now && countedAt > plus(now, -within) && (!endedAt || toldAt > endedAt),
    )
    .toSorted((a, b) => a.countedAt.getTime() - b.countedAt.getTime() || a.complaint - b.complaint)
  return recent.length < complaints ? null : recent.map(({ complaint }) => complaint)
}

/** Where a cause arises, if that designs; else the first department that does. Null where none designs. */
export function designerOf({ kind, key }: FlawTopic, setup: Setup): string | null {
  const origin = kind === 'cause' ? leafOf(setup, key)?.origin : null
  const designs = setup.departments.filter((department) => department.kind === 'design')
  return (designs.find((department) => department.key === origin) ?? designs[0])?.key ?? null
}

export interface FlawChange {
  readonly flaw: Flaw
  readonly entries: readonly TimelineEntry[]
  readonly messages: readonly FlawMessage[]
}
export type FlawDecision =
  | { readonly ok: true; readonly change: FlawChange }
  | { readonly ok: false; readonly refusal: Refusal }

/** What can be asked of a flaw. */
export type FlawCommand =
  | Extract<
      Command,
      { kind: 'own' | 'sign-of-life' | 'finish-action' | 'answer-recurrence' | 'cause-again' | 'remind' }
    >
  | ({ readonly kind: 'close-flaw'; readonly by: string } & Omit<Correction, 'whyNone'>)
  /** Complaints of its kind. */
  | { readonly kind: 'join'; readonly complaints: readonly number[] }

/** To be closed by then: as long as somebody may take to be at a customer's. */
const deadline = (seq: number, policy: Policy, now: Date): ResponseDeadline => ({
  ...{ seq, startedAt: now, dueAt: plus(now, policy.response), remindedTo: now, companyToldAt: null },
  ...{ state: 'running', endedAt: null, withPart: null },
})

/** Where nobody designs, the company channel is told, and there is nobody else to climb to. */
const ladderOf = (department: string | null, now: Date): Ladder =>
  department === null ? { ...ladderFrom(now), climbed: RUNGS.length } : ladderFrom(now)

/** A flaw that is seen for the first time, or again after it was over. */
export function raiseFlaw(
  number: number,
  {
    topic,
    complaints,
    before,
  }: { readonly topic: FlawTopic; readonly complaints: readonly number[]; readonly before: number | null },
  { now, setup }: Situation,
): FlawChange {
  const flaw: Flaw = {
    ...{ number, topic, department: designerOf(topic, setup), policy: setup.policy },
    ...{ status: 'open', owner: null, ladder: ladderOf(designerOf(topic, setup), now), silence: null },
    ...{ raisedAt: now, ownedAt: null, responses: [deadline(1, setup.policy, now)], actions: [] },
    ...{ complaints, raisedWith: complaints.length, before },
    ...{ closedAt: null, closedBy: null, endedAt: null, entries: 0 },
  }
  const draft = new Draft(caseOf(flaw), now, null)
  draft.record({ kind: 'flaw-raised', complaints: complaints.length, again: false, before }, () => [])
  return changed(flaw, draft, now)
}

const refuse = (refusal: Refusal): FlawDecision => ({ ok: false, refusal })

/** The rule of every command on a flaw. */
export function decideFlaw(flaw: Flaw, command: FlawCommand, situation: Situation): FlawDecision {
  switch (command.kind) {
    case 'join':
      return { ok: true, change: join(flaw, command.complaints, situation) }
    case 'close-flaw':
      return close(flaw, command, situation)
    default: {
      const decision = decide(caseOf(flaw), command, situation)
      if (!decision.ok) return decision
      const { complaint, entries } = decision.change
      // The card of a flaw tells all that whoever takes it on has to know.
      const messages = decision.change.messages.filter(({ kind }) => kind !== 'briefing')
      return { ok: true, change: { flaw: ended(fromCase(flaw, complaint), situation.now), entries, messages } }
    }
  }
}

const ended = (flaw: Flaw, now: Date): Flaw => (isLive(flaw) && isOver(flaw) ? { ...flaw, endedAt: now } : flaw)

/** What a draft of its case came to, with the card drawn anew. */
const changed = (flaw: Flaw, draft: Draft, now: Date, more: readonly FlawMessage[] = []): FlawChange => ({
  flaw: ended(fromCase(flaw, draft.complaint), now),
  entries: draft.entries,
  messages: [{ kind: 'card' }, ...draft.messages, ...more],
})

/** Complaints of its kind join it; where they have doubled since it was raised, it is raised again. */
function join(flaw: Flaw, complaints: readonly number[], { now }: Situation): FlawChange {
  const fresh = complaints.filter((complaint) => !flaw.complaints.includes(complaint))
  if (fresh.length === 0 || !isLive(flaw)) return { flaw, entries: [], messages: [] }
  const all = [...flaw.complaints, ...fresh]
  const draft = new Draft(caseOf(flaw), now, null)
  for (const complaint of fresh)
    draft.record({ kind: 'complaint-joined', complaint }, (entry) => [{ kind: 'line', entry }])
  const joined = { ...flaw, complaints: all }
  if (all.length < 2 * flaw.raisedWith) return changed(joined, draft, now)

  const { complaint } = draft
  const raised: FlawMessage[] = []
  if (complaint.status === 'open') draft.complaint = { ...complaint, ladder: ladderOf(flaw.department, now) }
  if (complaint.status === 'closed') {
    const responses = [...complaint.responses, deadline(complaint.responses.length + 1, complaint.policy, now)]
    draft.complaint = withOwner({ ...complaint, responses }, complaint.owner, now)
  }
  draft.record({ kind: 'flaw-raised', complaints: all.length, again: true, before: null }, (entry) => {
    if (complaint.status === 'open') return [{ kind: 'line', entry }, ...firstCall(entry, now)]
    raised.push({ kind: 'flaw-grown', entry })
    return []
  })
  return changed({ ...joined, raisedWith: all.length }, draft, now, raised)
}

/** Every fault of what is agreed on: a flaw is closed with a corrective action. */
export const checkCloseFlaw = (command: Omit<Correction, 'whyNone'>, now: Date): Refusal[] =>
  checkCorrection({ ...command, whyNone: null }, now)

/** Closes it with a corrective action. Whoever closes what nobody owns becomes its owner. */
function close(flaw: Flaw, command: Extract<FlawCommand, { kind: 'close-flaw' }>, situation: Situation): FlawDecision {
  const { now, setup } = situation
  const { by } = command
  const complaint = caseOf(flaw)
  const refusal = mayNot('close-out', complaint, by, situation)
  if (refusal) return refuse(refusal)
  if (complaint.status === 'closed') return refuse({ kind: 'closed-already' })
  const [fault] = checkCloseFlaw(command, now)
  if (fault) return refuse(fault)

  const draft = new Draft(complaint, now, by)
  if (complaint.owner === null) draft.record({ kind: 'owned' }, () => [])
  const running = runningResponse(complaint)
  const { kind, key } = flaw.topic
  const rootCause = kind === 'cause' ? key : null
  const origin = (rootCause && leafOf(setup, rootCause)?.origin) ?? flaw.department ?? ''
  const asked = { ...command, whyNone: null }
  const action = actionFrom(asked, { seq: flaw.actions.length + 1, rootCause, origin, agreedBy: by }, now)
  if (!action) throw new Error('The gate let through what it should hold')
  const closed = {
    ...flaw,
    ...{ status: 'closed' as const, owner: complaint.owner ?? by, ladder: null, silence: null },
    ...{ ownedAt: flaw.ownedAt ?? now, closedAt: now, closedBy: by, entries: draft.complaint.entries },
    responses: running ? replaced(flaw.responses, { ...running, state: 'honoured', endedAt: now }) : flaw.responses,
  }
  draft.complaint = caseOf(closed)
  draft.record({ kind: 'flaw-closed' }, (entry) => [{ kind: 'line', entry }])
  agree(draft, action)
  return { ok: true, change: changed(closed, draft, now) }
}

import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { caseOf, type Flaw, isLive, isOver } from '../../src/complaint/flaw.ts'
import { decideFlaw, type FlawCommand, raiseFlaw } from '../../src/complaint/flawing.ts'
import type { ComplaintMessage } from '../../src/complaint/messages.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import { INSIDER } from '../support/setups.ts'
import { FILED, frozen, SETUP } from './given.ts'
import {
  actionsRemindRightly,
  climbsRightly,
  clocksAgree,
  holdsTogether,
  remindsRightly,
  silenceIsFair,
} from './invariants.ts'
import type { Happening } from './walking.ts'

/* What is true of every flaw, whatever is done in whatever order, and whatever the clock does. */

const person = fc.constantFrom('U0ANN', 'U0BOB')
const seq = fc.constantFrom(1, 1, 2)
const words = fc.constantFrom('Some words', 'Some words', ' ')

type Ask = (now: Date) => FlawCommand
const due = (now: Date, days: number): Date => plus(now, days * DAY)
const asks: fc.Arbitrary<Ask> = fc.oneof(
  {
    weight: 2,
    arbitrary: person.map(
      (by): Ask =>
        () => ({ kind: 'own', by }),
    ),
  },
  {
    weight: 1,
    arbitrary: person.map(
      (by): Ask =>
        () => ({ kind: 'sign-of-life', by }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }).map(
      (complaints): Ask =>
        () => ({ kind: 'join', complaints: [...new Set(complaints)] }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ by: person, days: fc.integer({ min: -1, max: 20 }), correctiveAction: words }).map(
      ({ days, ...closing }): Ask =>
        (now) => ({ kind: 'close-flaw', ...closing, takenBy: 'U0ANN', dueBy: due(now, days) }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.record({ by: person, action: seq, changed: words }).map(
      (finish): Ask =>
        () => ({ kind: 'finish-action', ...finish, proof: 'Sheet 1' }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.record({ action: seq, days: fc.integer({ min: -1, max: 28 }) }).map(
      ({ action, days }): Ask =>
        (now) => ({ kind: 'cause-again', action, complaint: 77, toldAt: due(now, days) }),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.record({ by: person, action: seq, whyNone: fc.constantFrom(null, 'No need') }).map(
      ({ whyNone, ...answer }): Ask =>
        (now) => ({
          ...{ kind: 'answer-recurrence', ...answer, whyNone, takenBy: 'U0BOB', dueBy: due(now, 3) },
          correctiveAction: whyNone === null ? 'Another' : null,
        }),
    ),
  },
  { weight: 5, arbitrary: fc.constant<Ask>(() => ({ kind: 'remind' })) },
)
const pass = fc.oneof(
  fc.integer({ min: 1, max: 40 * MINUTE }),
  fc.integer({ min: 1, max: 30 * HOUR }),
  fc.integer({ min: 1, max: 9 * DAY }),
  fc.integer({ min: -2 * HOUR, max: -1 }),
)

it('whatever is done to a flaw', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(fc.array(fc.record({ ask: asks, pass }), { maxLength: 40, size: 'max' }), (steps) => {
      const about = {
        topic: { kind: 'reference', key: 'kv220', name: 'KV-220' },
        complaints: [1, 2, 3],
        before: null,
      } as const
      const raised = raiseFlaw(1, about, { now: FILED, setup: SETUP, asker: null })
      let flaw: Flaw = raised.flaw
      let now = FILED
      // To the rules of complaints it is one.
      const timeline = [...raised.entries]
      const happenings: Happening[] = []
      for (const step of steps) {
        now = plus(now, step.pass)
        const command = step.ask(now)
        const decision = decideFlaw(frozen(flaw), frozen(command), { now, setup: SETUP, asker: INSIDER })
        seen.add(`${command.kind} ${decision.ok ? 'accepted' : decision.refusal.kind}`)
        if (!decision.ok) continue
        const { flaw: after, entries, messages } = decision.change
        timeline.push(...entries)
        happenings.push({
          ...{ before: caseOf(flaw), after: caseOf(after), command: command as Command, now },
          decision: {
            ok: true,
            change: { complaint: caseOf(after), entries, messages: messages as ComplaintMessage[] },
          },
        })
        for (const { event } of entries) seen.add(event.kind)
        expectSound(flaw, after)
        if (after.entries !== flaw.entries + entries.length) throw new Error('every entry is counted')
        if (entries.length === 0 && command.kind !== 'sign-of-life' && messages.length > 0)
          throw new Error('nothing is said where nothing happened')
        const again = entries.filter(({ event }) => event.kind === 'flaw-raised')
        if (again.length > 0 && after.complaints.length < 2 * flaw.raisedWith)
          throw new Error('it is raised again only where they have doubled')
        if (again.length === 0 && after.complaints.length >= 2 * flaw.raisedWith)
          throw new Error('where they have doubled it is raised again')
        flaw = after
      }
      remindsRightly(timeline, happenings, () => null)
      actionsRemindRightly(happenings, null)
      climbsRightly(happenings, true)
      silenceIsFair(happenings, true)
    }),
    { numRuns: 300 },
  )
  for (const reached of [
    'close-flaw accepted',
    'join accepted',
    'finish-action accepted',
    'cause-again',
    'flaw-raised',
  ])
    expect(seen).toContain(reached)
  for (const reached of ['escalated', 'asked', 'released', 'reminded', 'action-reminded', 'recurrence-answered'])
    expect(seen).toContain(reached)
})

function must(truth: boolean, rule: string): void {
  if (!truth) throw new Error(rule)
}

function expectSound(before: Flaw, after: Flaw): void {
  const complaint = caseOf(after)
  if (after.status !== 'closed') {
    holdsTogether({
      ...complaint,
      reopens: complaint.responses.length - 1,
      reopenedAt: complaint.responses.length > 1 ? FILED : null,
    })
    clocksAgree(complaint, null)
  }
  must(new Set(after.complaints).size === after.complaints.length, 'a complaint joins once')
  must(
    before.complaints.every((one, at) => after.complaints[at] === one),
    'no complaint leaves',
  )
  must(isLive(before) || after.complaints.length === before.complaints.length, 'nothing joins what is over')
  must(after.status !== 'closed' || after.actions.length > 0, 'closed means a corrective action')
  must(after.status !== 'closed' || after.closedAt !== null, 'closed says when')
  must(isLive(before) || !isLive(after), 'what was over stays so')
  must(!isLive(after) || !isOver(after), 'closed and done is over')
  must(after.raisedWith >= before.raisedWith, 'what raised it is never fewer')
  must(
    isLive(after) ||
      after.actions.some(({ doneAt }) => doneAt === null) ||
      Object.keys(timersOf(complaint, null)).length === 0,
    'what is over waits for nothing',
  )
}

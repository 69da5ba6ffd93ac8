import { describe, expect, it } from 'vitest'
import type { Flaw } from '../../src/complaint/flaw.ts'
import { caseOf, isLive } from '../../src/complaint/flaw.ts'
import {
  type Counted,
  decideFlaw,
  designerOf,
  type FlawChange,
  type FlawCommand,
  flawIn,
  raiseFlaw,
} from '../../src/complaint/flawing.ts'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import { department, INSIDER, setupOf } from '../support/setups.ts'
import { AN_ACTION, at, frozen, SETUP } from './given.ts'

const CAUSE = { kind: 'cause', key: 'defective-part', name: null } as const
const PART = { kind: 'reference', key: 'kv220', name: 'KV-220' } as const
const { whyNone: _, ...ACTION } = AN_ACTION

const raise = (about: Partial<Parameters<typeof raiseFlaw>[1]> = {}, now = at(0), setup = SETUP): FlawChange =>
  frozen(raiseFlaw(3, { topic: PART, complaints: [1, 2, 3], before: null, ...about }, { now, setup, asker: null }))

function when(flaw: Flaw, command: FlawCommand, now = at(1)): FlawChange {
  const decision = decideFlaw(frozen(flaw), frozen(command), { now, setup: SETUP, asker: INSIDER })
  if (!decision.ok) throw new Error(`Refused: ${JSON.stringify(decision.refusal)}`)
  return decision.change
}
const refusal = (flaw: Flaw, command: FlawCommand, now = at(1), setup = SETUP) => {
  const decision = decideFlaw(flaw, command, { now, setup, asker: INSIDER })
  return decision.ok ? null : decision.refusal
}
const own: FlawCommand = { kind: 'own', by: 'U0DESIGN' }
const close: FlawCommand = { kind: 'close-flaw', by: 'U0DESIGN', ...ACTION }
const finish: FlawCommand = {
  ...{ kind: 'finish-action', by: 'U0TAKER', action: 1, changed: 'Drawn anew.', proof: 'Drawing 12b' },
}
const join = (...complaints: number[]): FlawCommand => ({ kind: 'join', complaints })
const kinds = ({ messages }: FlawChange) => messages.map(({ kind }) => kind)
const events = ({ entries }: FlawChange) => entries.map(({ event }) => event.kind)
const owned = () => when(raise().flaw, own).flaw
const closed = () => when(owned(), close, at(2)).flaw
const over = () => when(closed(), finish, at(48)).flaw

describe('a flaw is seen', () => {
  const policy = { complaints: 3, within: 14 * DAY }
  const counted = (complaint: number, daysAgo: number, toldDaysAgo = daysAgo): Counted => ({
    ...{ complaint, countedAt: plus(at(0), -daysAgo * DAY), toldAt: plus(at(0), -toldDaysAgo * DAY) },
  })

  it.each<[string, Counted[], Date | null, number[] | null]>([
    ['in three', [counted(5, 13), counted(7, 2), counted(9, 0)], null, [5, 7, 9]],
    ['not in two', [counted(5, 13), counted(9, 0)], null, null],
    ['not over a longer time', [counted(5, 14), counted(7, 2), counted(9, 0)], null, null],
    ['to the millisecond', [counted(5, 14 - 2e-8), counted(7, 2), counted(9, 0)], null, [5, 7, 9]],
    ['not in what came later', [counted(5, 3), counted(9, 0), counted(10, -1)], null, null],
    ['in the order in which they were counted', [counted(9, 0), counted(7, 2), counted(5, 3)], null, [5, 7, 9]],
    [
      'not in what was told before it was over',
      [counted(5, 3, 9), counted(7, 2), counted(9, 0)],
      plus(at(0), -5 * DAY),
      null,
    ],
    [
      'again in what was told after',
      [counted(5, 3, 4), counted(7, 2), counted(9, 0)],
      plus(at(0), -5 * DAY),
      [5, 7, 9],
    ],
  ])('%s', (_, complaints, endedAt, found) => {
    expect(flawIn(complaints, policy, at(0), endedAt)).toEqual(found)
  })

  it('by the policy', () => {
    expect(flawIn([counted(9, 0)], { complaints: 1, within: DAY }, at(0), null)).toEqual([9])
    expect(flawIn([counted(5, 20), counted(9, 0)], { complaints: 2, within: 30 * DAY }, at(0), null)).toEqual([5, 9])
  })
})

describe('it is given to', () => {
  const designs = (key: string) => department(key, { kind: 'design' })
  it.each([
    ['the department that designs', PART, [department('manufacturing'), designs('design')], 'design'],
    ['the first of several', PART, [designs('valves'), designs('pumps')], 'valves'],
    [
      'the one where the cause arises',
      { ...CAUSE, key: 'poor-design' },
      [designs('valves'), designs('design')],
      'design',
    ],
    [
      'a designer, where the cause arises in one that does not design',
      CAUSE,
      [department('manufacturing'), designs('valves')],
      'valves',
    ],
    ['nobody, where nobody designs', PART, [department('manufacturing')], null],
  ])('%s', (_, topic, departments, found) => {
    expect(designerOf(topic, setupOf({ departments }))).toBe(found)
  })
})

describe('a flaw that was raised', () => {
  it('is nobody’s, has a card, and is to be closed in the time of a response', () => {
    const change = raise()
    expect(change.flaw).toMatchObject({
      number: 3,
      status: 'open',
      owner: null,
      department: 'design',
      complaints: [1, 2, 3],
    })
    expect(change.flaw.responses).toMatchObject([{ dueAt: at(24), state: 'running' }])
    expect(kinds(change)).toEqual(['card'])
    expect(change.entries.map(({ event }) => event)).toEqual([
      { kind: 'flaw-raised', complaints: 3, again: false, before: null },
    ])
    expect(timersOf(caseOf(change.flaw), null)).toEqual({ response: at(12), ladder: at(0.25) })
  })

  it('climbs the ladder of a complaint until somebody owns it', () => {
    let flaw = raise().flaw
    const called: string[] = []
    for (const minutes of [15, 30, 60]) {
      const change = when(flaw, { kind: 'remind' }, at(minutes / 60))
      called.push(...change.entries.flatMap(({ event }) => (event.kind === 'escalated' ? [event.rung] : [])))
      flaw = change.flaw
    }
    expect(called).toEqual(['department', 'lead', 'company'])
    expect(timersOf(caseOf(owned()), null).ladder).toBeUndefined()
    expect(refusal(owned(), { kind: 'own', by: 'U0BOB' })).toEqual({ kind: 'owned-already', owner: 'U0DESIGN' })
  })

  it('of nobody who designs calls nobody but the company channel, where its card is', () => {
    const setup = setupOf({ departments: [department('manufacturing')] })
    const { flaw } = raise({}, at(0), setup)
    expect(timersOf(caseOf(flaw), null)).toEqual({ response: at(12) })
  })

  it('asks a silent owner, and is called for anew', () => {
    const asked = when(owned(), { kind: 'remind' }, at(5))
    expect(events(asked)).toEqual(['asked'])
    const released = when(asked.flaw, { kind: 'remind' }, at(5.5))
    expect(released.flaw).toMatchObject({ status: 'open', owner: null })
    // Whoever owns it next is told by its card.
    expect(kinds(when(released.flaw, { kind: 'own', by: 'U0BOB' }, at(6)))).toEqual(['card', 'line'])
    expect(when(asked.flaw, { kind: 'sign-of-life', by: 'U0DESIGN' }, at(5.1)).flaw).toMatchObject({
      silence: { since: at(5.1), askedAt: null },
    })
  })

  it('reminds before it was to be closed and after, and of what is far over the company', () => {
    const reminded = (hours: number) =>
      when(owned(), { kind: 'remind' }, at(hours)).messages.filter(({ kind }) => kind.endsWith('reminder'))
    expect(reminded(12)).toEqual([{ kind: 'reminder', clock: 'response', seq: 1, offset: -12 * HOUR }])
    expect(reminded(28).map(({ kind }) => kind)).toEqual(['reminder', 'company-reminder'])
  })
})

describe('more complaints of its kind', () => {
  it('join, each once', () => {
    const change = when(raise().flaw, join(4, 2, 5))
    expect(change.flaw.complaints).toEqual([1, 2, 3, 4, 5])
    expect(events(change)).toEqual(['complaint-joined', 'complaint-joined'])
    expect(kinds(change)).toEqual(['card', 'line', 'line'])
    expect(when(change.flaw, join(4))).toMatchObject({ entries: [], messages: [] })
  })

  it('raise it again where they have doubled: the ladder starts anew', () => {
    const change = when(raise().flaw, join(4, 5, 6), at(5))
    expect(events(change).at(-1)).toBe('flaw-raised')
    expect(kinds(change).slice(-2)).toEqual(['line', 'call'])
    expect(change.flaw).toMatchObject({ raisedWith: 6, ladder: { startedAt: at(5), climbed: 0 } })
    // Next at twelve.
    const more = when(change.flaw, join(7, 8, 9, 10, 11))
    expect(events(more)).not.toContain('flaw-raised')
    expect(events(when(more.flaw, join(12)))).toContain('flaw-raised')
  })

  it('tell the owner where they have doubled', () => {
    const change = when(owned(), join(4, 5, 6), at(5))
    expect(kinds(change).at(-1)).toBe('flaw-grown')
    expect(change.flaw).toMatchObject({ status: 'owned', owner: 'U0DESIGN' })
  })

  it('join what is closed until its action is done, and open it again where they have doubled', () => {
    const joined = when(closed(), join(4), at(5))
    expect(joined.flaw.status).toBe('closed')
    const grown = when(joined.flaw, join(5, 6), at(6))
    expect(grown.flaw).toMatchObject({ status: 'owned', owner: 'U0DESIGN' })
    expect(grown.flaw.responses).toMatchObject([{ state: 'honoured' }, { state: 'running', dueAt: at(30) }])
    expect(kinds(grown).at(-1)).toBe('flaw-grown')
    const again = when(grown.flaw, { ...close, correctiveAction: 'Another.' }, at(7)).flaw
    expect(again.actions.map(({ seq, words }) => [seq, words])).toEqual([
      [1, 'Gauge every thread.'],
      [2, 'Another.'],
    ])
  })

  it('do not join what is over', () => {
    expect(when(over(), join(4), at(50))).toMatchObject({ entries: [], messages: [], flaw: { complaints: [1, 2, 3] } })
  })
})

describe('it is closed', () => {
  it('with a corrective action, whose taker is told', () => {
    const change = when(owned(), close, at(2))
    expect(change.flaw).toMatchObject({
      ...{ status: 'closed', owner: 'U0DESIGN', closedAt: at(2), closedBy: 'U0DESIGN', endedAt: null },
      responses: [{ state: 'honoured', endedAt: at(2) }],
      actions: [{ seq: 1, rootCause: null, origin: 'design', takenBy: 'U0TAKER' }],
    })
    expect(events(change)).toEqual(['flaw-closed', 'action-agreed'])
    expect(kinds(change)).toEqual(['card', 'line', 'line', 'action'])
    expect(isLive(change.flaw)).toBe(true)
  })

  it('of a cause: where that arises', () => {
    const flaw = when(raise({ topic: CAUSE }).flaw, own).flaw
    expect(when(flaw, close).flaw.actions).toMatchObject([{ rootCause: 'defective-part', origin: 'manufacturing' }])
  })

  it('by whoever closes it, who owns it then', () => {
    const change = when(raise().flaw, close)
    expect(change.flaw).toMatchObject({ status: 'closed', owner: 'U0DESIGN', ownedAt: at(1) })
    expect(events(change)).toEqual(['owned', 'flaw-closed', 'action-agreed'])
    expect(change.flaw.entries).toBe(4)
  })

  it.each([
    ['without an action', { ...close, correctiveAction: null }, 'no-correction'],
    ['with an action of nobody', { ...close, takenBy: null }, 'missing'],
    ['with an action that is due already', { ...close, dueBy: at(0) }, 'due-passed'],
  ] as const)('not %s', (_, command, kind) => {
    expect(refusal(owned(), command)).toMatchObject({ kind })
  })

  it('once', () => {
    expect(refusal(closed(), close, at(3))).toEqual({ kind: 'closed-already' })
    expect(refusal(closed(), own, at(3))).toMatchObject({ kind: 'closed' })
  })

  it('by those who answer for it', () => {
    const stranger = { now: at(1), setup: SETUP, asker: { standing: 'colleague', departments: [] } } as const
    const decision = decideFlaw(owned(), { ...close, by: 'U0STRANGER' } as FlawCommand, stranger)
    expect(decision).toMatchObject({ ok: false, refusal: { kind: 'not-allowed', ask: 'U0DESIGN' } })
    expect(decideFlaw(raise().flaw, { kind: 'own', by: 'U0STRANGER' }, stranger)).toMatchObject({ ok: true })
  })

  it('and is over when its action is done; where it comes back, it is asked whether that worked', () => {
    expect(over()).toMatchObject({ endedAt: at(48) })
    const asked = when(over(), { kind: 'cause-again', action: 1, complaint: 9, toldAt: at(60) }, at(61))
    expect(kinds(asked)).toEqual(['card', 'line', 'action-question'])
    expect(asked.flaw.endedAt).toEqual(at(48))
    const { flaw } = raise({ complaints: [9, 10, 11], before: 3 }, at(90))
    expect(flaw.before).toBe(3)
  })
})

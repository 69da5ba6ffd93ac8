import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import {
  arrive,
  at,
  CARD,
  closed,
  closeOut,
  filed,
  fixRemotely,
  given,
  iso,
  line,
  owned,
  planVisit,
  reopen,
  run,
  visitOutcome,
} from './given.ts'

const planned = () => run(owned(), [planVisit(), at(1)])
const arrived = () => run(planned(), [arrive(), at(10)])
const visited = () => run(arrived(), [visitOutcome(), at(11)])
const long = 'a'.repeat(3001)

describe('plan-visit', () => {
  it('records who goes, when, and with what in hand', () => {
    given(owned())
      .when(planVisit(), at(1))
      .becomes({
        visits: [
          {
            ...{ seq: 1, remote: false, who: 'U0FIXER', eta: at(10), parts: 'Valve', plannedAt: at(1) },
            ...{ enRouteAt: null, etaToldAt: null, arrivedAt: null, outcome: null, outcomeAt: null, done: null },
            calledOffAt: null,
          },
        ],
        responses: [{ state: 'running' }],
      })
      .records({ kind: 'visit-planned', visit: 1, who: 'U0FIXER', eta: iso(10), parts: 'Valve', late: null })
      .says(CARD, { kind: 'visit', visit: 1, entry: 3 })
  })

  it('needs no owner and no parts', () => {
    given(filed())
      .when(planVisit({ parts: null }))
      .becomes({ status: 'open', visits: [{ parts: null }] })
  })

  it('can be followed by another one, once it is known how it went', () => {
    given(visited())
      .when(planVisit({ eta: at(20) }), at(12))
      .becomes({
        visits: [
          { seq: 1, outcome: 'fixed' },
          { seq: 2, outcome: null },
        ],
      })
  })

  it.each([
    ['after the response deadline, says so', at(24, 1), iso(24)],
    ['to the minute, does not', at(24), null],
  ])('with an ETA %s', (_, eta, late) => {
    given(owned())
      .when(planVisit({ eta }))
      .records({ kind: 'visit-planned', visit: 1, who: 'U0FIXER', eta: eta.toISOString(), parts: 'Valve', late })
  })

  it('once the response was honoured, no ETA is late', () => {
    given(visited())
      .when(planVisit({ eta: at(48) }), at(12))
      .records({ kind: 'visit-planned', visit: 2, who: 'U0FIXER', eta: iso(48), parts: 'Valve', late: null })
  })

  it('takes an ETA of this instant', () => {
    given(owned())
      .when(planVisit({ eta: at(1) }), at(1))
      .accepts()
  })

  it.each<[string, Complaint, Command, Refusal]>([
    ['an ETA gone by', owned(), planVisit({ eta: at(12, -1) }), { kind: 'eta-passed', field: 'eta' }],
    [
      'a long list of parts',
      owned(),
      planVisit({ eta: at(12), parts: 'a'.repeat(201) }),
      { kind: 'too-long', field: 'parts', limit: 200 },
    ],
    ['a second visit while one is planned', planned(), planVisit({ eta: at(20) }), { kind: 'visit-under-way' }],
    ['a second visit while one is there', arrived(), planVisit({ eta: at(20) }), { kind: 'visit-under-way' }],
    ['a visit to a closed one', closed(), planVisit({ eta: at(20) }), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint).when(command, at(12)).refuses(refusal)
  })
})

describe('arrive', () => {
  it.each([
    ['in time', at(10), true],
    ['to the minute', at(24), true],
    ['1 ms late', at(24, 1), false],
  ])('%s honours the response deadline', (_, now, inTime) => {
    given(planned())
      .when(arrive(), now)
      .becomes({
        visits: [{ arrivedAt: now, outcome: null }],
        responses: [{ seq: 1, dueAt: at(24), state: 'honoured', endedAt: now, withPart: true }],
      })
      .records({ kind: 'arrived', visit: 1, who: 'U0FIXER', inTime, withPart: true })
      .says(CARD, line(4))
  })

  it.each([
    ['Valve 12', true],
    ['yes', true],
    ['none needed', true],
    [null, false],
    ['', false],
    [' ', false],
    ['No', false],
    ['none.', false],
    ['no parts', false],
    ['Not yet', false],
    ['n/a', false],
    ['--', false],
  ])('with "%s" in hand honours it with the part: %s', (parts, withPart) => {
    given(run(owned(), [planVisit({ parts }), at(1)]))
      .when(arrive(), at(10))
      .becomes({ responses: [{ state: 'honoured', withPart }] })
  })

  it('a second time honours nothing more', () => {
    const complaint = run(visited(), [planVisit({ eta: at(20) }), at(12)])
    given(complaint)
      .when(arrive(), at(20))
      .becomes({ responses: [{ endedAt: at(10) }] })
      .records({ kind: 'arrived', visit: 2, who: 'U0FIXER', inTime: null, withPart: true })
  })

  it('after a reopening honours the new deadline and leaves the old one', () => {
    const reopened = run(visited(), [closeOut(), at(12)], [reopen(), at(13)])
    given(run(reopened, [planVisit({ eta: at(20) }), at(14)]))
      .when(arrive(), at(37, 1))
      .becomes({
        responses: [
          { state: 'honoured', endedAt: at(10) },
          { seq: 2, dueAt: at(37), state: 'honoured', endedAt: at(37, 1) },
        ],
      })
      .records({ kind: 'arrived', visit: 2, who: 'U0FIXER', inTime: false, withPart: true })
  })

  it.each<[string, Complaint, Refusal]>([
    ['where nobody goes', owned(), { kind: 'no-visit' }],
    ['after the visit', visited(), { kind: 'no-visit' }],
    ['twice', arrived(), { kind: 'arrived-already' }],
    ['where it is closed', run(planned(), [closeOut(), at(2)]), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, refusal) => {
    given(complaint).when(arrive(), at(12)).refuses(refusal)
  })
})

describe('visit-outcome', () => {
  it.each(['fixed', 'diagnosed', 'not-fixed'] as const)('%s is recorded with what was done', (outcome) => {
    given(arrived())
      .when(visitOutcome({ outcome }), at(11))
      .becomes({ visits: [{ arrivedAt: at(10), outcome, outcomeAt: at(11), done: 'New valve.' }] })
      .records({ kind: 'visit-outcome', visit: 1, outcome, done: 'New valve.' })
      .says(CARD, line(5))
  })

  it.each<[string, Complaint, Command, Refusal]>([
    ['where nobody goes', owned(), visitOutcome(), { kind: 'no-visit' }],
    ['before the arrival', planned(), visitOutcome(), { kind: 'not-arrived' }],
    ['twice', visited(), visitOutcome(), { kind: 'no-visit' }],
    ['with nothing done', arrived(), visitOutcome({ done: '' }), { kind: 'missing', field: 'done' }],
    ['with a blank', arrived(), visitOutcome({ done: '\u200b' }), { kind: 'missing', field: 'done' }],
    ['too long', arrived(), visitOutcome({ done: long }), { kind: 'too-long', field: 'done', limit: 3000 }],
    ['where it is closed', run(arrived(), [closeOut(), at(11)]), visitOutcome(), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint).when(command, at(12)).refuses(refusal)
  })
})

describe('fix-remotely', () => {
  it.each([
    ['in time', at(2), true],
    ['to the minute', at(24), true],
    ['1 ms late', at(24, 1), false],
  ])('%s takes the place of a trip', (_, now, inTime) => {
    given(owned())
      .when(fixRemotely(), now)
      .becomes({
        visits: [
          {
            ...{ seq: 1, remote: true, who: 'U0OWNER', eta: null, parts: null, plannedAt: now, arrivedAt: now },
            ...{ enRouteAt: null, etaToldAt: null, calledOffAt: null },
            ...{ outcome: 'fixed', outcomeAt: now, done: 'Reset it from here.' },
          },
        ],
        responses: [{ state: 'honoured', endedAt: now, withPart: null }],
      })
      .records({ kind: 'fixed-remotely', visit: 1, done: 'Reset it from here.', inTime })
      .says(CARD, line(3))
  })

  it('after a visit honours nothing more', () => {
    given(visited())
      .when(fixRemotely(), at(12))
      .becomes({ responses: [{ endedAt: at(10) }], visits: [{ seq: 1 }, { seq: 2 }] })
      .records({ kind: 'fixed-remotely', visit: 2, done: 'Reset it from here.', inTime: null })
  })

  it.each<[string, Complaint, Command, Refusal]>([
    ['with nothing done', owned(), fixRemotely(''), { kind: 'missing', field: 'done' }],
    ['with a blank', owned(), fixRemotely('\u00ad \n'), { kind: 'missing', field: 'done' }],
    ['too long', owned(), fixRemotely(long), { kind: 'too-long', field: 'done', limit: 3000 }],
    ['while a visit is planned', planned(), fixRemotely(), { kind: 'visit-under-way' }],
    ['where it is closed', closed(), fixRemotely(), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint).when(command, at(12)).refuses(refusal)
  })
})

describe('a visit that was under way at the close-out', () => {
  // Else the new response clock could be honoured only by an arrival that never was, or by one from before it began.
  it.each<[string, Complaint, Date]>([
    ['planned', planned(), at(2)],
    ['at the site', arrived(), at(10.5)],
  ])('(%s) is over when it is reopened: the next one can be planned', (_, complaint, now) => {
    const reopened = run(complaint, [closeOut(), now], [reopen(), at(12)])
    given(reopened)
      .when(planVisit({ eta: at(20) }), at(13))
      .accepts()
    expect(run(reopened, [fixRemotely(), at(13)]).responses).toMatchObject([{}, { state: 'honoured' }])
  })
})

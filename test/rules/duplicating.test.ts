import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { DEFAULT_POLICY } from '../../src/complaint/policy.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import {
  arrive,
  at,
  CARD,
  closed,
  closeOut,
  duplicate,
  edit,
  file,
  filed,
  given,
  iso,
  letGo,
  line,
  mergeCustomer,
  moveCallback,
  own,
  owned,
  planVisit,
  REPORT,
  reached,
  remind,
  renameCustomer,
  reopen,
  run,
  split,
  takeOn,
  visitOutcome,
} from './given.ts'

const linked = (complaint: Complaint = filed(), hours = 1): Complaint => run(complaint, [duplicate(), at(hours)])
/** Filed as #143, its call promised for so many hours after, its customer told so many hours before. */
const other = (promised: number, told = 0): Complaint => ({
  ...file({ promisedBy: at(promised), toldAt: at(-told) }).complaint,
  number: 143,
})
const settled = (): Complaint => run(owned(), [reached({ settled: true, promisedBy: null }), at(0.5)])

describe('a duplicate', () => {
  it('points to its original, and is told so', () => {
    given(filed())
      .when(duplicate())
      .becomes({ duplicateOf: 100, status: 'open', owner: null })
      .records({ kind: 'linked', of: 100 })
      .says(CARD, line(2))
  })

  it('rests: no timer, no deadline, no reminder, while its ledger stays as it was', () => {
    const resting = linked()
    expect(timersOf(resting, null)).toEqual({})
    given(resting).when(remind, at(200)).changesNothing()
    const { promises, responses } = filed()
    expect(resting).toMatchObject({ promises, responses })
  })

  it('keeps its owner', () => {
    given(owned()).when(duplicate()).becomes({ duplicateOf: 100, status: 'owned', owner: 'U0OWNER' })
  })

  it('takes the war room with it', () => {
    const policy = { ...DEFAULT_POLICY, warRoom: { critical: true, people: [] } }
    const critical = { ...filed({ report: { ...REPORT, severity: 'critical' } }), policy }
    const room = run(critical, [{ kind: 'open-war-room', by: 'U0REPORTER' }, at(0.1)])
    given(room).when(duplicate()).says(CARD, line(3), { kind: 'war-room-archive', room: 1 })
  })

  it('is none of itself, of a closed one’s state, or while somebody is on their way to the customer', () => {
    given(filed()).when(duplicate(142)).refuses({ kind: 'duplicate-of-itself', field: 'original' })
    given(closed()).when(duplicate(), at(2)).refuses({ kind: 'closed' })
    const under = run(owned(), [planVisit(), at(0.5)])
    given(under).when(duplicate()).refuses({ kind: 'visit-under-way' })
    const arrived = run(under, [arrive(), at(0.6)])
    given(arrived).when(duplicate()).refuses({ kind: 'visit-under-way' })
    given(run(arrived, [visitOutcome(), at(0.7)]))
      .when(duplicate())
      .accepts()
  })

  it.each<[string, Command]>([
    ['owned', own()],
    ['called about', reached()],
    ['moved', moveCallback()],
    ['visited', planVisit()],
    ['closed', closeOut()],
    ['reopened', reopen()],
    ['linked again', duplicate(101)],
    ['linked to', takeOn(other(3))],
  ])('is not %s', (_, command) => {
    given(linked()).when(command, at(2)).refuses({ kind: 'duplicate', of: 100 })
  })

  it('can be corrected, its customer merged and renamed', () => {
    for (const command of [edit({ feeling: 'calm' }), mergeCustomer(), renameCustomer('Acme 2')])
      given(linked()).when(command, at(2)).becomes({ duplicateOf: 100 })
  })

  it('follows its original to the original of that', () => {
    given(linked())
      .when({ kind: 'point-to', by: 'U0ANN', of: 99 }, at(2))
      .becomes({ duplicateOf: 99 })
      .records({ kind: 'linked', of: 99 })
    given(filed()).when({ kind: 'point-to', by: 'U0ANN', of: 99 }).refuses({ kind: 'not-duplicate' })
  })
})

describe('split off', () => {
  it('it is as it was, with its clocks running on', () => {
    const { promises, responses } = filed()
    given(linked())
      .when(split(), at(9))
      .becomes({ duplicateOf: null, status: 'open', promises, responses })
      .records({ kind: 'split', from: 100 })
      .says(CARD, line(3), { kind: 'call', entry: 3, ladder: iso(9), climbed: 0 })
    expect(timersOf(run(linked(), [split(), at(9)]), null).callback).toEqual(at(3))
  })

  it('what fell due meanwhile is told once', () => {
    const again = run(linked(filed(), 0.1), [split(), at(30)])
    given(again)
      .when(remind, at(30))
      .records(
        { kind: 'reminded', clock: 'response', seq: 1, offset: 4 * 3_600_000, company: true },
        { kind: 'reminded', clock: 'callback', seq: 1, offset: 24 * 3_600_000, company: true },
      )
  })

  it('the owner is asked for a word from then on', () => {
    const resting = linked(owned())
    given(resting)
      .when(split(), at(9))
      .becomes({ status: 'owned', owner: 'U0OWNER', silence: { since: at(9), askedAt: null } })
  })

  it('is what only a duplicate can be', () => {
    given(filed()).when(split()).refuses({ kind: 'not-duplicate' })
  })
})

describe('the original', () => {
  const pending = (complaint: Complaint) => complaint.promises.find(({ state }) => state === 'pending')
  const running = (complaint: Complaint) => complaint.responses.find(({ state }) => state === 'running')

  it('keeps its own promise where that is no later', () => {
    for (const hours of [4, 5, 24])
      given(filed())
        .when(takeOn(other(hours)))
        .becomes({ promises: filed().promises, responses: filed().responses })
        .records({ kind: 'taken-on', duplicate: 143, promisedFor: null, respondBy: null })
        .says(CARD, line(2))
  })

  it('takes on a sooner promise, and its own gives way', () => {
    const taken = given(filed()).when(takeOn(other(3)))
    taken.records({ kind: 'taken-on', duplicate: 143, promisedFor: iso(3), respondBy: null })
    expect(taken.complaint.promises).toMatchObject([
      { seq: 1, state: 'superseded', endedAt: at(1), dueAt: at(4) },
      { seq: 2, state: 'pending', endedAt: null, dueAt: at(3), startedAt: at(0), promisedBy: 'U0REPORTER' },
    ])
  })

  it('takes on a promise where it had none, also one that is over', () => {
    expect(pending(run(settled(), [takeOn(other(3)), at(1)]))).toMatchObject({ seq: 2, dueAt: at(3) })
    const late = run(settled(), [takeOn(other(1)), at(9)])
    expect(pending(late)).toMatchObject({ dueAt: at(1) })
    // Reminders go on where they were.
    given(late).when(remind, at(9)).accepts()
  })

  it('that calls already for a call that is over goes on doing so', () => {
    given(filed())
      .when(takeOn(other(3)), at(5))
      .becomes({ promises: filed().promises })
      .records({ kind: 'taken-on', duplicate: 143, promisedFor: null, respondBy: null })
  })

  it('takes on a sooner response deadline, unless somebody was there already', () => {
    const taken = given(filed()).when(takeOn(other(5, 2)))
    taken.records({ kind: 'taken-on', duplicate: 143, promisedFor: null, respondBy: iso(22) })
    expect(taken.complaint.responses).toMatchObject([
      { seq: 1, state: 'superseded', dueAt: at(24) },
      { seq: 2, state: 'running', dueAt: at(22) },
    ])
    const there = run(owned(), [planVisit(), at(0.3)], [arrive(), at(0.5)])
    given(there)
      .when(takeOn(other(5, 2)))
      .becomes({ responses: there.responses })
  })

  it('must not be closed', () => {
    given(closed())
      .when(takeOn(other(3)), at(2))
      .refuses({ kind: 'original-closed', field: 'original', number: 142 })
  })

  it('gets its own clocks back when the duplicate goes', () => {
    const both = run(filed(), [takeOn(other(3, 2)), at(1)])
    const back = given(both).when(letGo(other(3, 2)), at(2))
    back.records({ kind: 'let-go', duplicate: 143, promisedFor: iso(4), respondBy: iso(24) })
    expect(back.complaint.promises.map(({ state }) => state)).toEqual(['superseded', 'superseded', 'pending'])
    expect(pending(back.complaint)).toMatchObject({ dueAt: at(4), endedAt: null })
    expect(running(back.complaint)).toMatchObject({ dueAt: at(24), endedAt: null })
  })

  it('that had none before is promised none after', () => {
    const taken = run(settled(), [takeOn(other(3)), at(1)])
    const back = given(taken).when(letGo(other(3)), at(2))
    expect(pending(back.complaint)).toBeUndefined()
    back.records({ kind: 'let-go', duplicate: 143, promisedFor: null, respondBy: null })
  })

  it('keeps what it promised since', () => {
    const called = run(filed(), [takeOn(other(3)), at(1)], [reached(), at(2)])
    given(called)
      .when(letGo(other(3)), at(2.5))
      .becomes({ promises: called.promises, responses: called.responses })
  })

  it('goes by the sooner clocks of the duplicates that stay', () => {
    const both = run(filed(), [takeOn(other(2)), at(1)], [takeOn(other(3)), at(1.2)])
    expect(pending(both)).toMatchObject({ dueAt: at(2) })
    const back = run(both, [letGo(other(2), [other(3)]), at(1.5)])
    expect(pending(back)).toMatchObject({ dueAt: at(3) })
    expect(pending(run(back, [letGo(other(3)), at(1.6)]))).toMatchObject({ dueAt: at(4) })
  })

  it('lets one go after it closed, without a clock', () => {
    const ended = run(owned(), [takeOn(other(3)), at(0.5)], [closeOut(), at(1)])
    given(ended)
      .when(letGo(other(3), [other(2)]), at(2))
      .becomes({ status: 'closed', promises: ended.promises, responses: ended.responses })
      .records({ kind: 'let-go', duplicate: 143, promisedFor: null, respondBy: null })
  })

  it('kept in time, the promise that was taken on counts as kept', () => {
    const called = run(filed(), [takeOn(other(3)), at(1)], [reached(), at(2.9)])
    expect(called.promises.map(({ state }) => state)).toEqual(['superseded', 'kept', 'pending'])
  })
})

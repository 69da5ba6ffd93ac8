import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import {
  arrive,
  at,
  CARD,
  callOffVisit,
  changeVisit,
  closeOut,
  fixRemotely,
  given,
  iso,
  line,
  owned,
  planVisit,
  remind,
  reopen,
  run,
  setOut,
  visitOutcome,
} from './given.ts'

/** U0FIXER goes, ETA 10 h after filing, with a valve in hand. */
const planned = () => run(owned(), [planVisit(), at(1)])
const onTheWay = () => run(planned(), [setOut(), at(8)])
const arrived = () => run(planned(), [arrive(), at(10)])
const calledOff = () => run(planned(), [callOffVisit(), at(2)])
const next = () =>
  run(arrived(), [visitOutcome({ outcome: 'diagnosed' }), at(11)], [planVisit({ eta: at(20) }), at(12)])
const before = { who: 'U0FIXER', eta: iso(10), parts: 'Valve' }

describe('change-visit', () => {
  it.each<[string, Parameters<typeof changeVisit>[0], object, string | null]>([
    ['another ETA', { eta: at(12) }, { eta: iso(12) }, null],
    ['one after the response deadline', { eta: at(24, 1) }, { eta: iso(24, 1) }, iso(24)],
    ['somebody else', { eta: at(10), who: 'U0OTHER' }, { who: 'U0OTHER' }, null],
    ['no parts after all', { eta: at(10), parts: null }, { parts: null }, null],
  ])('%s takes the place of the plan, which stays on the timeline', (_, about, after, late) => {
    given(planned())
      .when(changeVisit(about), at(2))
      .becomes({ visits: [{ seq: 1, plannedAt: at(1), arrivedAt: null }], responses: [{ state: 'running' }] })
      .records({ kind: 'visit-changed', visit: 1, before, after: { ...before, ...after }, late })
      .says(CARD, { kind: 'visit', visit: 1, entry: 4 })
  })

  it('to what it is already changes nothing', () => {
    given(planned())
      .when(changeVisit({ eta: at(10) }), at(2))
      .changesNothing()
  })

  it('leaves who is on the way on the way; somebody else is not', () => {
    given(onTheWay())
      .when(changeVisit({ eta: at(11) }), at(9))
      .becomes({ visits: [{ enRouteAt: at(8) }] })
    given(onTheWay())
      .when(changeVisit({ who: 'U0OTHER' }), at(9))
      .becomes({ visits: [{ enRouteAt: null }] })
  })

  it.each<[string, Complaint, Command, Refusal]>([
    ['after the arrival', arrived(), changeVisit({ eta: at(20) }), { kind: 'arrived-already' }],
    ['once it was called off', calledOff(), changeVisit({ eta: at(20) }), { kind: 'visit-over' }],
    ['where another one is planned by now', next(), changeVisit({ eta: at(20) }), { kind: 'visit-over' }],
    ['of one that never was', owned(), changeVisit({ eta: at(20) }), { kind: 'visit-over' }],
    ['to an ETA gone by', planned(), changeVisit({ eta: at(12, -1) }), { kind: 'eta-passed', field: 'eta' }],
    [
      'with a long list of parts',
      planned(),
      changeVisit({ eta: at(20), parts: 'a'.repeat(201) }),
      { kind: 'too-long', field: 'parts', limit: 200 },
    ],
    ['where it is closed', run(planned(), [closeOut(), at(2)]), changeVisit({ eta: at(20) }), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint).when(command, at(12)).refuses(refusal)
  })
})

describe('call-off-visit', () => {
  it('ends the visit with a reason, and leaves the response clock running', () => {
    given(planned())
      .when(callOffVisit(), at(2))
      .becomes({ visits: [{ calledOffAt: at(2), arrivedAt: null, outcome: null }], responses: [{ state: 'running' }] })
      .records({
        ...{ kind: 'visit-called-off', visit: 1, who: 'U0FIXER', eta: iso(10) },
        reason: 'They found the key themselves.',
      })
      .says(CARD, line(4))
  })

  it('makes room for the next one, or for a remote fix', () => {
    given(calledOff())
      .when(planVisit({ eta: at(20) }), at(3))
      .becomes({ visits: [{ seq: 1 }, { seq: 2 }] })
    given(calledOff())
      .when(fixRemotely(), at(3))
      .becomes({ responses: [{ state: 'honoured' }] })
  })

  it.each<[string, Complaint, Command, Refusal]>([
    ['without a reason', planned(), callOffVisit({ reason: ' ' }), { kind: 'missing', field: 'reason' }],
    ['after the arrival', arrived(), callOffVisit(), { kind: 'arrived-already' }],
    ['twice', calledOff(), callOffVisit(), { kind: 'visit-over' }],
    ['where it is closed', run(planned(), [closeOut(), at(2)]), callOffVisit(), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint).when(command, at(12)).refuses(refusal)
  })

  it('leaves nothing to arrive for', () => {
    given(calledOff()).when(arrive(), at(10)).refuses({ kind: 'no-visit' })
  })
})

describe('set-out', () => {
  it('notes who is on the way', () => {
    given(planned())
      .when(setOut(), at(8))
      .becomes({ visits: [{ enRouteAt: at(8), arrivedAt: null }], responses: [{ state: 'running' }] })
      .records({ kind: 'set-out', visit: 1, who: 'U0FIXER' })
      .says(CARD, line(4))
  })

  it('is not needed for an arrival', () => {
    expect(arrived().visits).toMatchObject([{ enRouteAt: null, arrivedAt: at(10) }])
    expect(run(onTheWay(), [arrive(), at(10)]).visits).toMatchObject([{ enRouteAt: at(8), arrivedAt: at(10) }])
  })

  it.each<[string, Complaint, Command, Refusal]>([
    ['twice', onTheWay(), setOut(), { kind: 'on-the-way-already' }],
    ['after the arrival', arrived(), setOut(), { kind: 'arrived-already' }],
    ['once it was called off', calledOff(), setOut(), { kind: 'visit-over' }],
    ['where it is closed', run(planned(), [closeOut(), at(2)]), setOut(), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint).when(command, at(12)).refuses(refusal)
  })
})

describe('an ETA that passes without an arrival', () => {
  const told = { visit: 1, eta: iso(10) }
  const timer = (complaint: Complaint) => timersOf(complaint, null).visit
  // The promised call was made, and the owner was heard, so that nothing else is due by then.
  const quiet = (complaint: Complaint): Complaint =>
    complaint.status === 'owned'
      ? { ...complaint, promises: [], silence: { since: at(9), askedAt: null } }
      : { ...complaint, promises: [] }

  it('is told once, at the ETA, and the card says so', () => {
    expect(timer(planned())).toEqual(at(10))
    given(quiet(planned())).when(remind, at(10, -1)).changesNothing()
    const passed = given(quiet(planned()))
      .when(remind, at(10))
      .records({ kind: 'eta-passed', who: 'U0FIXER', ...told })
      .says(CARD, { kind: 'eta-passed', ...told })
      .becomes({ visits: [{ etaToldAt: at(10) }] }).complaint
    expect(timer(passed)).toBeUndefined()
    given(passed).when(remind, at(11)).changesNothing()
  })

  it('is told again of another ETA, and not of another pair of hands', () => {
    const passed = run(quiet(planned()), [remind, at(10)])
    expect(timer(run(passed, [changeVisit({ eta: at(11.5) }), at(11)]))).toEqual(at(11.5))
    expect(timer(run(planned(), [changeVisit({ eta: at(10), who: 'U0OTHER' }), at(9)]))).toEqual(at(10))
  })

  it.each<[string, Complaint]>([
    ['where nobody goes', owned()],
    ['after the arrival', arrived()],
    ['once it was called off', calledOff()],
    ['of a remote fix', run(owned(), [fixRemotely(), at(1)])],
    ['where it is closed', run(planned(), [closeOut(), at(2)])],
    ['of a visit from before it was closed and reopened', run(planned(), [closeOut(), at(2)], [reopen(), at(3)])],
  ])('is not told %s', (_, complaint) => {
    expect(timer(complaint)).toBeUndefined()
    given({ ...quiet(complaint), responses: [] } as Complaint)
      .when(remind, at(11))
      .changesNothing()
  })
})

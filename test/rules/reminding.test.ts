import { describe, expect, it } from 'vitest'
import type { ClockName, TimelineEvent } from '../../src/complaint/events.ts'
import { onCallFor } from '../../src/complaint/ladder.ts'
import type { Policy, Severity } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE } from '../../src/complaint/time.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { hours, POLICY, setupOf } from '../support/setups.ts'
import {
  at,
  CARD,
  climbed,
  closed,
  closeOut,
  edit,
  FILED,
  file,
  fixRemotely,
  given,
  filed as justFiled,
  moveCallback,
  own,
  REPORT,
  reached,
  remind,
  reopen,
  run,
} from './given.ts'
import { setupWith } from './walking.ts'

/** Filed, with its ladder behind it. */
const filed = (...about: Parameters<typeof justFiled>) => climbed(justFiled(...about))

const reminded = (clock: ClockName, offset: number, company = false, seq = 1): TimelineEvent => ({
  kind: 'reminded',
  ...{ clock, seq, offset, company },
})
/** Only the response clock runs, and nobody owns it who could be asked whether they are still on it. */
const silent = () => run(filed(), [reached({ settled: true }), at(0.5)])

describe('remind', () => {
  it('before anything is due does nothing', () => {
    given(filed()).when(remind, FILED).changesNothing()
    given(filed()).when(remind, at(3, -1)).changesNothing()
  })

  it('sends a warning, by nobody, and leaves the card', () => {
    const warned = given(filed()).when(remind, at(3))
    warned
      .becomes({ promises: [{ remindedTo: at(3), companyToldAt: null, state: 'pending' }] })
      .records(reminded('callback', -HOUR))
      .says({ kind: 'reminder', clock: 'callback', seq: 1, offset: -HOUR })
    expect(warned.change.entries).toMatchObject([{ seq: 2, at: at(3), by: null }])
  })

  it('at the deadline redraws the card: it is overdue from now on', () => {
    given(silent())
      .when(remind, at(24))
      .records(reminded('response', 0))
      .says(CARD, { kind: 'reminder', clock: 'response', seq: 1, offset: 0 })
  })

  it('4 h over tells the company too', () => {
    const told = { clock: 'response', seq: 1, offset: 4 * HOUR } as const
    given(silent())
      .when(remind, at(28))
      .becomes({ responses: [{ companyToldAt: at(28), remindedTo: at(28), state: 'running' }] })
      .records(reminded('response', 4 * HOUR, true))
      .says(CARD, { kind: 'reminder', ...told }, { kind: 'company-reminder', ...told })
  })

  it('tells the company once', () => {
    given(run(silent(), [remind, at(28)]))
      .when(remind, at(32))
      .becomes({ responses: [{ companyToldAt: at(28) }] })
      .records(reminded('response', 8 * HOUR))
  })

  it('of both clocks at once speaks for each', () => {
    given(filed({ promisedBy: at(13) }))
      .when(remind, at(12))
      .records(reminded('response', -12 * HOUR), reminded('callback', -HOUR))
  })

  it('after downtime sends the newest of each clock, never a flood', () => {
    const after = given(filed()).when(remind, at(48))
    after.records(reminded('response', 24 * HOUR, true), reminded('callback', 44 * HOUR, true))
    given(after.complaint).when(remind, at(48)).changesNothing()
    given(after.complaint)
      .when(remind, at(52))
      .records(reminded('response', 28 * HOUR), reminded('callback', 48 * HOUR))
  })

  it('after downtime that ended before the deadline sends the newest warning alone', () => {
    given(silent()).when(remind, at(23.5)).records(reminded('response', -HOUR))
  })

  it('repeats nothing when the clock was put back', () => {
    given(run(silent(), [remind, at(20)]))
      .when(remind, at(13))
      .changesNothing()
  })

  it.each<[string, Complaint]>([
    ['honoured', run(silent(), [fixRemotely(), at(1)])],
    ['closed', closed()],
  ])('is silent about what was %s', (_, complaint) => {
    given(complaint).when(remind, at(100)).changesNothing()
  })

  it('of a moved promise speaks for the new one', () => {
    const moved = run(filed(), [fixRemotely(), at(1)], [moveCallback({ promisedBy: at(8) }), at(3.5)])
    given(moved).when(remind, at(7, -1)).changesNothing()
    given(moved)
      .when(remind, at(7))
      .records(reminded('callback', -HOUR, false, 2))
  })

  it('of a reopened one speaks for the new clocks', () => {
    const reopened = climbed(
      run(
        run(silent(), [remind, at(28)]),
        [closeOut(), at(29)],
        [reopen({ promisedBy: at(300), ownerGone: true }), at(30)],
      ),
    )
    given(reopened)
      .when(remind, at(42))
      .records(reminded('response', -12 * HOUR, false, 2))
    given(reopened)
      .when(remind, at(58))
      .records(reminded('response', 4 * HOUR, true, 2))
  })

  it('of one that was late when filed begins with the next multiple, and tells the company', () => {
    const complaint = filed({ toldAt: at(-26), promisedBy: at(100) })
    given(complaint).when(remind, at(2, -1)).changesNothing()
    given(complaint)
      .when(remind, at(2))
      .records(reminded('response', 4 * HOUR, true))
  })

  it('is not shaken by what else happens', () => {
    const busy = run(silent(), [remind, at(12)], [edit({ feeling: 'calm' }), at(13)])
    given(busy).when(remind, at(14)).changesNothing()
    given(run(filed({ promisedBy: at(100) }), [remind, at(12)], [own(), at(12.5)]))
      .when(remind, at(13))
      .changesNothing()
  })
})

/** Every reminder of both clocks, ticking as often as a scheduler would that looks every minute. */
function heard(complaint: Complaint, hours: number): [ClockName, number, boolean][] {
  const events: [ClockName, number, boolean][] = []
  let now = complaint
  for (let minute = 1; minute <= hours * 60; minute += 1) {
    const { change } = given(now).when(remind, at(0, minute * MINUTE))
    now = change.complaint
    for (const { event } of change.entries)
      if (event.kind === 'reminded') events.push([event.clock, event.offset / HOUR, event.company])
  }
  return events
}

const under = (policy: Partial<Policy['remind']>) =>
  file({ promisedBy: at(700) }, FILED, setupOf({ policy: { ...POLICY, remind: { ...POLICY.remind, ...policy } } }))
    .complaint

describe("every reminder, by PRODUCT's list", () => {
  it('of a response that nobody honours', () => {
    expect(heard(filed({ promisedBy: at(700) }), 40)).toEqual([
      ['response', -12, false],
      ['response', -4, false],
      ['response', -1, false],
      ['response', 0, false],
      ['response', 4, true],
      ['response', 8, false],
      ['response', 12, false],
      ['response', 16, false],
    ])
  })

  it('of a call that nobody makes', () => {
    expect(heard(run(filed(), [fixRemotely(), at(0)]), 13)).toEqual([
      ['callback', -1, false],
      ['callback', -0.25, false],
      ['callback', 0, false],
      ['callback', 4, true],
      ['callback', 8, false],
    ])
  })

  it.each<[string, Partial<Policy['remind']>, [number, boolean][]]>([
    ['no warnings', { response: [] }, [0, 4, 8].map((hours) => [hours, hours === 4])],
    [
      'every hour',
      { response: [HOUR], overdueEvery: HOUR },
      [-1, 0, 1, 2, 3, 4, 5, 6, 7, 8].map((hours) => [hours, hours === 4]),
    ],
    ['unsorted', { response: [HOUR, 4 * HOUR, 2 * HOUR] }, [-4, -2, -1, 0, 4, 8].map((hours) => [hours, hours === 4])],
  ])('by a policy with %s', (_, policy, expected) => {
    expect(heard(under(policy), 32.5)).toEqual(expected.map(([offset, company]) => ['response', offset, company]))
  })

  it('by a policy that repeats every three hours tells the company at the first that is 4 h over or more', () => {
    expect(heard(under({ response: [], overdueEvery: 3 * HOUR }), 33.5)).toEqual([
      ['response', 0, false],
      ['response', 3, false],
      ['response', 6, true],
      ['response', 9, false],
    ])
  })
})

describe('in a department that works from Monday to Friday, 7 to 16', () => {
  // FILED is Monday at 9; 97 h later it is Friday at 10.
  const place = hours({ onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }] })
  const setup = setupWith(place, POLICY)
  const onFriday = (severity: Severity) =>
    climbed(file({ report: { ...REPORT, severity }, toldAt: at(97), promisedBy: at(400) }, at(97), setup).complaint)

  it('what would come over the weekend comes when work ends on Friday, once, and the deadline when it is', () => {
    const friday = given(onFriday('normal'), setup).when(remind, at(103))
    friday
      .becomes({ responses: [{ dueAt: at(121), remindedTo: at(120) }] })
      .records(reminded('response', -HOUR))
      .says({ kind: 'reminder', clock: 'response', seq: 1, offset: -HOUR })
    for (const later of [103, 109, 117, 120]) given(friday.complaint, setup).when(remind, at(later)).changesNothing()
    given(friday.complaint, setup).when(remind, at(121)).records(reminded('response', 0))
  })

  it('what is critical comes at any hour', () => {
    const complaint = onFriday('critical')
    given(complaint, setup).when(remind, at(103)).changesNothing()
    const night = given(complaint, setup)
      .when(remind, at(109))
      .records(reminded('response', -12 * HOUR))
    given(night.complaint, setup)
      .when(remind, at(117))
      .records(reminded('response', -4 * HOUR))
  })

  it.each<[string, Severity, Date, string | null]>([
    ['critical, at night', 'critical', at(109), 'U0NIGHT'],
    ['critical, in working hours', 'critical', at(98), null],
    ['critical, when nobody is on call', 'critical', at(120), null],
    ['normal, at night', 'normal', at(109), null],
  ])('%s: on call', (_, severity, now, person) => {
    expect(onCallFor(onFriday(severity), setup, now)).toBe(person)
  })
})

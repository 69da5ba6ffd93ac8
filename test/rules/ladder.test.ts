import { describe, expect, it } from 'vitest'
import type { Filing } from '../../src/complaint/commands.ts'
import type { TimelineEvent } from '../../src/complaint/events.ts'
import { type Absent, nextRung } from '../../src/complaint/ladder.ts'
import type { Department, Hours, Setup, Severity } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Calling, Complaint } from '../../src/complaint/types.ts'
import { hours as hoursOf, POLICY, setupOf } from '../support/setups.ts'
import { at, CARD, closed, FILED, file, filed, given, own, owned, REPORT, reopen, run } from './given.ts'

const minutes = (count: number): Date => plus(FILED, count * MINUTE)
const look = (absent: Absent = {}) => ({ kind: 'remind', absent }) as const

/** Manufacturing, otherwise; every rung is far from the reminders. */
const setupWith = (about: Partial<Department>, policy: Partial<Setup['policy']> = {}): Setup => {
  const { departments, ...setup } = setupOf({ policy: { ...POLICY, ...policy } })
  return { ...setup, departments: departments.map((one) => (one.key === 'manufacturing' ? { ...one, ...about } : one)) }
}
const filedAs = (severity: Severity, setup = setupOf(), now = FILED, about: Partial<Filing> = {}): Complaint =>
  file({ toldAt: now, promisedBy: plus(now, 300 * HOUR), report: { ...REPORT, severity }, ...about }, now, setup)
    .complaint

const calling = (about: Partial<Calling> = {}): Calling => ({
  ...{ group: null, people: [], company: false, passedOver: [] },
  ...about,
})
const GROUP = calling({ group: 'S0MFG' })
const LEAD = calling({ people: ['U0LEAD'] })
const COMPANY = calling({ company: true })

/** What is called at each look. */
function called(complaint: Complaint, looks: readonly Date[], setup = setupOf(), absent: Absent = {}) {
  let now = complaint
  return looks.map((instant) => {
    const { change } = given(now, setup).when(look(absent), instant)
    now = change.complaint
    return change.entries.flatMap(({ event }) => (event.kind === 'escalated' ? [event] : []))
  })
}
const escalated = (rung: 'department' | 'lead' | 'company', whom: Calling): TimelineEvent => ({
  ...{ kind: 'escalated', rung },
  ...whom,
})

describe('the ladder of what nobody owns', () => {
  it.each<[Severity, number[]]>([
    ['normal', [15, 30, 60]],
    ['serious', [15, 30, 60]],
    ['critical', [5, 10, 20]],
  ])('%s: the department again, its lead, the company, each once', (severity, steps) => {
    const around = steps.flatMap((step) => [plus(minutes(step), -1), minutes(step), plus(minutes(step), 1)])
    expect(called(filedAs(severity), around)).toEqual([
      ...[[], [escalated('department', GROUP)], []],
      ...[[], [escalated('lead', LEAD)], []],
      ...[[], [escalated('company', COMPANY)], []],
    ])
  })

  it('of a serious one goes by steps of its own, where the policy has them', () => {
    const setup = setupWith({}, { ladder: { ...POLICY.ladder, serious: [7 * MINUTE] } })
    expect(called(filedAs('serious', setup), [minutes(6), minutes(7), minutes(700)], setup)).toEqual([
      [],
      [escalated('department', GROUP)],
      [],
    ])
  })

  it('goes by the policy it was filed under', () => {
    const later = setupWith({}, { ladder: { normal: [MINUTE], critical: [MINUTE] } })
    expect(called(filedAs('normal'), [minutes(2), minutes(15)], later).map((events) => events.length)).toEqual([0, 1])
  })

  it('after downtime says the newest rung alone, and the lead hears of it', () => {
    const told = { ...COMPANY, people: ['U0LEAD'] }
    expect(called(filedAs('normal'), [minutes(500), minutes(501)])).toEqual([[escalated('company', told)], []])
    expect(called(filedAs('normal'), [minutes(31)])).toEqual([[escalated('lead', LEAD)]])
  })

  it('is said in the thread, and in the company channel at the last; the card shows it', () => {
    const ladder = FILED.toISOString()
    const first = given(filedAs('normal')).when(look(), minutes(15))
    first
      .becomes({ ladder: { startedAt: FILED, climbed: 1, called: GROUP } })
      .says(CARD, { kind: 'call', entry: 2, ladder, climbed: 1 })
    const last = given(run(first.complaint, [look(), minutes(30)])).when(look(), minutes(60))
    last.says(CARD, { kind: 'call', entry: 4, ladder, climbed: 3 }, { kind: 'company-call', entry: 4, ladder })
  })

  it('ends with an owner, and does not go on', () => {
    given(filed())
      .when(own(), minutes(16))
      .becomes({ ladder: null, silence: { since: minutes(16), askedAt: null } })
    given(owned()).when(look(), at(2)).changesNothing()
    given(closed()).when(look(), at(2)).changesNothing()
    expect(nextRung(owned(), null)).toBeNull()
    expect(timersOf(closed(), null)).toEqual({})
  })

  it('starts anew where what was closed is reopened without its owner, and calls at once', () => {
    const reopened = given(closed()).when(reopen({ ownerGone: true, promisedBy: at(300) }), at(2))
    reopened
      .becomes({ status: 'open', ladder: { startedAt: at(2), climbed: 0, from: null, called: null } })
      .says(CARD, { kind: 'line', entry: 4 }, { kind: 'call', entry: 4, ladder: at(2).toISOString(), climbed: 0 })
    given(reopened.complaint).when(look(), at(2.25)).records(escalated('department', GROUP))
    given(closed())
      .when(reopen(), at(2))
      .becomes({ ladder: null, silence: { since: at(2), askedAt: null } })
  })

  it('of what became critical meanwhile goes on where it stands, by the shorter steps', () => {
    const critical = { kind: 'edit', by: 'U0EDITOR', report: { severity: 'critical' }, edits: 0 } as const
    const edited = run(filedAs('normal'), [look(), minutes(15)], [critical, minutes(16)])
    given(edited).when(look(), minutes(17)).records(escalated('lead', LEAD))
  })
})

describe('who is called', () => {
  it.each<[string, Partial<Department>, Absent, Calling[]]>([
    ['everybody is there', {}, {}, [GROUP, LEAD, COMPANY]],
    [
      'the usergroup is disabled: the lead',
      {},
      { S0MFG: 'left' },
      [calling({ people: ['U0LEAD'], passedOver: [{ role: 'group', why: 'left' }] }), LEAD, COMPANY],
    ],
    ['no usergroup: the lead', { group: null }, {}, [LEAD, LEAD, COMPANY]],
    [
      'the lead is away: the deputy',
      { deputy: 'U0DEPUTY' },
      { U0LEAD: 'away' },
      [GROUP, calling({ people: ['U0DEPUTY'], passedOver: [{ role: 'lead', why: 'away' }] }), COMPANY],
    ],
    [
      'the lead has left, and there is no deputy: the company hears of it at once, and not again',
      {},
      { U0LEAD: 'left' },
      [GROUP, calling({ company: true, passedOver: [{ role: 'lead', why: 'left' }] })],
    ],
    [
      'both are away',
      { deputy: 'U0DEPUTY' },
      { U0LEAD: 'away', U0DEPUTY: 'away' },
      [
        GROUP,
        calling({
          company: true,
          passedOver: [
            { role: 'lead', why: 'away' },
            { role: 'deputy', why: 'away' },
          ],
        }),
      ],
    ],
    ['no lead', { lead: null }, {}, [GROUP, COMPANY]],
    ['a deputy alone', { lead: null, deputy: 'U0DEPUTY' }, {}, [GROUP, calling({ people: ['U0DEPUTY'] }), COMPANY]],
    ['nobody at all: the room, then the company', { lead: null, group: null }, {}, [calling(), COMPANY]],
  ])('%s', (_, about, absent, expected) => {
    const setup = setupWith(about)
    const steps = called(filedAs('normal', setup), [minutes(15), minutes(30), minutes(60)], setup, absent)
    expect(steps.flat().map(({ kind: _, rung: __, ...whom }) => whom)).toEqual(expected)
  })

  it('of a department that is no longer there: the company, in the end', () => {
    const setup = { ...setupOf(), departments: [] }
    const steps = called(filedAs('normal'), [minutes(15), minutes(30), minutes(60)], setup)
    expect(steps.flat().map(({ company }) => company)).toEqual([false, true])
  })
})

/** Monday to Friday, 7 to 16 in Chicago, where FILED is Monday, 9:00. */
const PLACE = hoursOf()
/** On this Monday (or so many days later), at this time in Chicago (UTC-6). */
const on = (day: number, time: string): Date => plus(new Date(`2026-03-02T${time}:00-06:00`), day * 24 * HOUR)

describe('in a department that works from Monday to Friday, 7 to 16', () => {
  it.each<[string, Date, Partial<Hours>, Date[]]>([
    ['in the middle of the day', on(0, '10:00'), {}, [on(0, '10:15'), on(0, '10:30'), on(0, '11:00')]],
    [
      'shortly before the end: once more before they go, then when they are back',
      on(0, '15:50'),
      {},
      [on(0, '16:00'), on(1, '07:20'), on(1, '07:50')],
    ],
    ['the lead hears of it before the night', on(0, '15:40'), {}, [on(0, '15:55'), on(0, '16:00'), on(1, '07:40')]],
    ['at night', on(0, '22:00'), {}, [on(1, '07:15'), on(1, '07:30'), on(1, '08:00')]],
    ['at the very end', on(0, '16:00'), {}, [on(1, '07:15'), on(1, '07:30'), on(1, '08:00')]],
    [
      'on Friday: the first before the weekend, the others on Monday',
      on(4, '15:55'),
      {},
      // Summer begins on that Sunday.
      [on(4, '16:00'), on(7, '06:25'), on(7, '06:55')],
    ],
    [
      'before lunch',
      on(0, '11:50'),
      { week: 'mon-fri 07:00-12:00, 13:00-16:00' },
      [on(0, '12:00'), on(0, '13:20'), on(0, '13:50')],
    ],
    [
      'on the eve of a day off',
      on(0, '15:50'),
      { off: ['2026-03-03'] },
      [on(0, '16:00'), on(2, '07:20'), on(2, '07:50')],
    ],
    [
      'in windows shorter than the steps: at the end of the last one before',
      on(0, '07:00'),
      { week: 'mon-fri 07:00-07:10, 08:00-08:10, 09:00-09:10, 10:00-17:00' },
      [on(0, '07:10'), on(0, '09:10'), on(0, '10:30')],
    ],
  ])('%s', (_, now, about, expected) => {
    const setup = setupWith({ hours: hoursOf({ ...PLACE, ...about }) })
    const place = setup.departments.find(({ key }) => key === 'manufacturing')?.hours ?? null
    let complaint = filedAs('normal', setup, now)
    for (const instant of expected) {
      expect(nextRung(complaint, place)?.at).toEqual(instant)
      expect(called(complaint, [plus(instant, -1)], setup)).toEqual([[]])
      const climbed = given(complaint, setup).when(look(), instant)
      expect(climbed.change.entries.filter(({ event }) => event.kind === 'escalated')).toHaveLength(1)
      complaint = climbed.complaint
    }
  })

  it('what is critical waits by the clock, at any hour, and calls who is on call', () => {
    const setup = setupWith({ hours: { ...PLACE, onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }] } })
    const night = on(0, '23:00')
    const steps = [5, 10, 20].map((step) => plus(night, step * MINUTE))
    expect(called(filedAs('critical', setup, night), steps, setup, { U0NIGHT: 'away', U0LEAD: 'away' })).toEqual([
      [escalated('department', calling({ group: 'S0MFG', people: ['U0NIGHT'] }))],
      [escalated('lead', calling({ people: ['U0NIGHT'], company: true, passedOver: [{ role: 'lead', why: 'away' }] }))],
      [],
    ])
    const byDay = called(filedAs('critical', setup), [minutes(5)], setup)
    expect(byDay).toEqual([[escalated('department', GROUP)]])
  })
})

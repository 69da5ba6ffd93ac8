import { describe, expect, it } from 'vitest'
import { absentAmong, calledBy, type Presence } from '../../src/complaint/absence.ts'
import type { Department, Setup } from '../../src/complaint/setup.ts'
import { MINUTE, plus } from '../../src/complaint/time.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { hours, POLICY, setupOf } from '../support/setups.ts'
import { at, FILED, file, filed, given, makeGood, owned, REPORT, remind, run } from './given.ts'

const LEVELS = [
  { name: 'Engineers', group: 'S0ENG', person: null },
  { name: 'The one who drew it', group: null, person: 'U0BOB' },
]
const setupWith = (about: Partial<Department>): Setup => {
  const { departments, ...setup } = setupOf()
  return {
    ...setup,
    departments: departments.map((one) =>
      one.key === 'manufacturing' ? { ...one, deputy: 'U0DEPUTY', ...about } : one,
    ),
  }
}
const SETUP = setupWith({})
const minutes = (count: number): Date => plus(FILED, count * MINUTE)
const raised = (height: number): Complaint => ({ ...filed(), levels: { manufacturing: height } })

describe('whom what is due would call', () => {
  const critical = file({ report: { ...REPORT, severity: 'critical' } }).complaint
  const onCall = hours({ week: 'sat 09:00-10:00', onCall: [{ person: 'U0NIGHT', week: 'mon-sun 00:00-24:00' }] })
  const asked = run(owned(), [makeGood({ amount: '800' }), at(1)])

  it.each<[string, Complaint, Setup, Date, string[]]>([
    ['before the first rung: nobody', filed(), SETUP, plus(minutes(15), -1), []],
    ['at the first rung', filed(), SETUP, minutes(15), ['S0MFG', 'U0LEAD', 'U0DEPUTY']],
    ['at the last one', filed(), SETUP, minutes(60), ['S0MFG', 'U0LEAD', 'U0DEPUTY']],
    ['no usergroup, no deputy', filed(), setupWith({ group: null, deputy: null }), minutes(15), ['U0LEAD']],
    ['of a level', raised(1), setupWith({ levels: LEVELS }), minutes(15), ['S0ENG', 'U0LEAD', 'U0DEPUTY']],
    ['of the next one', raised(2), setupWith({ levels: LEVELS }), minutes(15), ['U0BOB', 'U0LEAD', 'U0DEPUTY']],
    ['on call', critical, setupWith({ hours: onCall }), minutes(5), ['S0MFG', 'U0LEAD', 'U0DEPUTY', 'U0NIGHT']],
    ['a department that is gone', filed(), { ...SETUP, departments: [] }, minutes(15), []],
    ['an owner who was heard lately', owned(), SETUP, at(4), []],
    ['a silent one', owned(), SETUP, at(4.25), ['U0OWNER']],
    ['a make-good that may still be answered', asked, SETUP, plus(at(1.5), -1), []],
    ['one that was not answered', asked, SETUP, at(1.5), ['U0LEAD', 'U0DEPUTY']],
  ])('%s', (_, complaint, setup, now, ids) => {
    expect(calledBy(complaint, setup, now)).toEqual(ids)
  })
})

describe('who is not there', () => {
  const there: Presence = { left: false, status: null, doNotDisturb: false }
  const away = (policy: Partial<typeof POLICY.away>) => ({ ...POLICY, away: { ...POLICY.away, ...policy } })

  it.each<[string, Partial<Presence>, typeof POLICY, 'away' | 'left' | undefined]>([
    ['somebody at work', {}, POLICY, undefined],
    ['somebody who has left', { left: true }, POLICY, 'left'],
    ['somebody who left in a do-not-disturb', { left: true, doNotDisturb: true }, POLICY, 'left'],
    ['do not disturb', { doNotDisturb: true }, POLICY, 'away'],
    ['do not disturb, where that does not count', { doNotDisturb: true }, away({ doNotDisturb: false }), undefined],
    ['on holiday', { status: ':palm_tree:' }, POLICY, 'away'],
    ['a status that says nothing', { status: ':coffee:' }, POLICY, undefined],
    ['one that the file names', { status: ':coffee:' }, away({ statuses: [':coffee:'] }), 'away'],
    ['on holiday, where that does not count', { status: ':palm_tree:' }, away({ statuses: [] }), undefined],
  ])('%s', (_, about, policy, absent) => {
    const presences = new Map([['U0LEAD', { ...there, ...about }]])
    expect(absentAmong(['U0LEAD'], presences, policy)).toEqual(absent ? { U0LEAD: absent } : {})
  })

  it('nobody, where Slack does not say', () => {
    expect(absentAmong(['U0LEAD', 'S0MFG'], new Map(), POLICY)).toEqual({})
  })

  it('and then everybody is called', () => {
    const called = given(filed(), SETUP).when(remind, minutes(30)).change.entries
    expect(called.map(({ event }) => event)).toMatchObject([{ kind: 'escalated', people: ['U0LEAD'], passedOver: [] }])
  })
})

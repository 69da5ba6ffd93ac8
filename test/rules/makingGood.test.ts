import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { decidersOf, grantedOn } from '../../src/complaint/makingGood.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import type { Department, Setup } from '../../src/complaint/setup.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { hours, setupOf } from '../support/setups.ts'
import {
  approve,
  at,
  CARD,
  closed,
  closeOut,
  decidePurely,
  decline,
  filed,
  given,
  line,
  makeGood,
  owned,
  REPORT,
  remind,
} from './given.ts'

/** Manufacturing may grant 500; U0LEAD leads it, U0DEPUTY stands in, U0ADMIN looks after the workspace. */
const where = (about: Partial<Department> = {}, setup: Partial<Setup> = {}): Setup => {
  const base = setupOf(setup)
  const standing = { authority: 500, deputy: 'U0DEPUTY', ...about }
  const departments = base.departments.map((one) => (one.key === 'manufacturing' ? { ...one, ...standing } : one))
  return { ...base, departments }
}
const SETUP = where()

function then(complaint: Complaint, setup: Setup, ...commands: readonly (readonly [Command, Date])[]): Complaint {
  return commands.reduce((before, [command, now]) => {
    const decision = decidePurely(before, command, now, setup)
    if (!decision.ok) throw new Error(`${command.kind}: ${decision.refusal.kind}`)
    return decision.change.complaint
  }, complaint)
}

const dear = (about: Parameters<typeof makeGood>[0] = {}) => makeGood({ amount: '800', ...about })
/** A refund of 800, asked for by the owner an hour after filing. */
const asked = (setup = SETUP, about: Parameters<typeof makeGood>[0] = {}) => then(owned(), setup, [dear(about), at(1)])
const what = { makeGood: 1, how: 'refund', amount: 80_000, currency: 'USD' } as const
/** Nothing else is due. */
const quiet = (complaint: Complaint): Complaint => ({ ...complaint, promises: [], responses: [] }) as Complaint

describe('make-good within the authority', () => {
  it('is granted at once, and told in the thread', () => {
    given(owned(), SETUP)
      .when(makeGood({ amount: '$500.00' }), at(1))
      .becomes({
        makeGoods: [
          {
            ...{ seq: 1, kind: 'refund', amount: 50_000, currency: 'USD', note: 'For the trouble.' },
            ...{ department: 'manufacturing', askedBy: 'U0OWNER', askedAt: at(1), state: 'granted' },
            ...{ approver: null, answerDueAt: null, decidedBy: 'U0OWNER', decidedAt: at(1), reason: null },
          },
        ],
      })
      .records({ kind: 'make-good-granted', ...what, amount: 50_000, note: 'For the trouble.' })
      .says(CARD, line(3))
  })

  it.each<[string, Parameters<typeof makeGood>[0], Setup]>([
    ['a replacement without an amount', { how: 'replacement', amount: null }, SETUP],
    ['a visit without an amount', { how: 'visit', amount: ' ' }, where({ authority: 0 })],
    ['a credit of no more than the limit', { how: 'credit', amount: '499.99' }, SETUP],
    ['an amount in the workspace’s currency', { amount: '¥500' }, where({}, { currency: 'JPY' })],
  ])('%s', (_, about, setup) => {
    given(filed(), setup)
      .when(makeGood(about), at(1))
      .becomes({ makeGoods: [{ state: 'granted' }] })
  })

  it('is higher for what is critical, by the policy it was filed under', () => {
    const critical = owned({ report: { ...REPORT, severity: 'critical' } })
    const later = where({}, { policy: { ...SETUP.policy, makeGood: { ...SETUP.policy.makeGood, criticalFactor: 1 } } })
    given(critical, later)
      .when(makeGood({ amount: '1000' }))
      .becomes({ makeGoods: [{ state: 'granted' }] })
    given(critical, SETUP)
      .when(makeGood({ amount: '1000.01' }))
      .becomes({ makeGoods: [{ state: 'asked' }] })
    given(owned(), SETUP)
      .when(makeGood({ amount: '500.01' }))
      .becomes({ makeGoods: [{ state: 'asked' }] })
  })

  it('is that of a complaint: many small ones are no way past it, and what was approved does not count', () => {
    const once = then(owned(), SETUP, [makeGood({ amount: '300' }), at(1)])
    given(once, SETUP)
      .when(makeGood({ amount: '200' }), at(2))
      .becomes({ makeGoods: [{}, { state: 'granted' }] })
    given(once, SETUP)
      .when(makeGood({ amount: '200.01' }), at(2))
      .becomes({ makeGoods: [{}, { state: 'asked' }] })
    given(then(asked(), SETUP, [approve(), at(2)]), SETUP)
      .when(makeGood({ amount: '500' }), at(3))
      .becomes({ makeGoods: [{}, { state: 'granted' }] })
  })

  it.each<[string, Parameters<typeof makeGood>[0], Refusal]>([
    ['a refund without an amount', { amount: null }, { kind: 'missing', field: 'amount' }],
    ['a credit without an amount', { how: 'credit', amount: '\u200b' }, { kind: 'missing', field: 'amount' }],
    ['what is no amount', { amount: '1e9' }, { kind: 'not-an-amount', field: 'amount', currency: 'USD' }],
    ['less than nothing', { how: 'visit', amount: '-5' }, { kind: 'amount-not-positive', field: 'amount' }],
    ['a long note', { note: 'a'.repeat(1001) }, { kind: 'too-long', field: 'note', limit: 1000 }],
  ])('%s is refused', (_, about, refusal) => {
    given(owned(), SETUP).when(makeGood(about)).refuses(refusal)
  })

  it('is not for what is closed', () => {
    given(closed(), SETUP).when(makeGood(), at(2)).refuses({ kind: 'closed' })
  })
})

describe('make-good above the authority', () => {
  it('asks the lead', () => {
    given(owned(), SETUP)
      .when(dear(), at(1))
      .becomes({ makeGoods: [{ state: 'asked', approver: 'lead', answerDueAt: at(1.5), decidedBy: null }] })
      .records({ kind: 'make-good-asked', ...what, note: 'For the trouble.', approver: 'lead' })
      .says(CARD, { kind: 'make-good-asked', makeGood: 1, approver: 'lead' })
  })

  it.each<[string, Setup, string, 'lead' | 'deputy' | 'company']>([
    ['of a department without any asks about everything', where({ authority: null }), 'U0OWNER', 'lead'],
    ['of a lead asks the deputy', SETUP, 'U0LEAD', 'deputy'],
    ['of a deputy asks the lead', SETUP, 'U0DEPUTY', 'lead'],
    ['of a lead without a deputy asks the company', where({ deputy: null }), 'U0LEAD', 'company'],
    ['where there is no lead asks the deputy', where({ lead: null }), 'U0OWNER', 'deputy'],
    ['where there is neither asks the company', where({ lead: null, deputy: null }), 'U0OWNER', 'company'],
  ])('%s', (_, setup, by, approver) => {
    const messages = [{ kind: 'make-good-asked', makeGood: 1, approver } as const]
    given(owned(), setup)
      .when(dear({ by }), at(1))
      .becomes({ makeGoods: [{ approver, answerDueAt: approver === 'company' ? null : at(1.5) }] })
      .says(CARD, ...messages, ...(approver === 'company' ? [{ kind: 'make-good-company', makeGood: 1 } as const] : []))
  })

  it('without an amount is asked about where there is no authority', () => {
    given(owned(), where({ authority: null }))
      .when(makeGood({ how: 'replacement', amount: null }))
      .becomes({ makeGoods: [{ state: 'asked', amount: null }] })
  })

  it('unanswered, goes to the deputy, then to the company channel, each once', () => {
    const start = quiet(asked())
    expect(timersOf(start, null)['make-good']).toEqual(at(1.5))
    given(start, SETUP).when(remind, at(1.5, -1)).changesNothing()
    const deputy = given(start, SETUP)
      .when(remind, at(1.5))
      .becomes({ makeGoods: [{ state: 'asked', approver: 'deputy', answerDueAt: at(2) }] })
      .records({ kind: 'make-good-waits', makeGood: 1, approver: 'deputy' })
      .says(CARD, { kind: 'make-good-asked', makeGood: 1, approver: 'deputy' }).complaint
    const company = given(deputy, SETUP)
      .when(remind, at(2))
      .becomes({ makeGoods: [{ state: 'asked', approver: 'company', answerDueAt: null }] })
      .says(
        CARD,
        { kind: 'make-good-asked', makeGood: 1, approver: 'company' },
        { kind: 'make-good-company', makeGood: 1 },
      ).complaint
    expect(timersOf(company, null)['make-good']).toBeUndefined()
    given(company, SETUP).when(remind, at(20)).changesNothing()
  })

  it('after downtime goes to the next one, and gives that one their time', () => {
    given(quiet(asked()), SETUP)
      .when(remind, at(9))
      .becomes({ makeGoods: [{ approver: 'deputy', answerDueAt: at(9.5) }] })
  })

  it('passes over who is away, and who asked for it', () => {
    given(quiet(asked()), SETUP)
      .when({ kind: 'remind', absent: { U0DEPUTY: 'away' } }, at(1.5))
      .becomes({ makeGoods: [{ approver: 'company' }] })
    given(quiet(asked(SETUP, { by: 'U0DEPUTY' })), SETUP)
      .when(remind, at(1.5))
      .becomes({ makeGoods: [{ approver: 'company' }] })
  })

  it('goes on by the setup in force: a deputy who came later is asked, one who has left is not', () => {
    given(quiet(asked(where({ deputy: null }))), SETUP)
      .when(remind, at(1.5))
      .becomes({ makeGoods: [{ approver: 'deputy' }] })
    given(quiet(asked()), where({ deputy: null }))
      .when(remind, at(1.5))
      .becomes({ makeGoods: [{ approver: 'company' }] })
  })

  it('gives the lead working time to answer; what is critical goes by the clock', () => {
    // FILED is 09:00 in Chicago: 9 hours later is 18:00, two hours after work; the next day begins at 22 h.
    const setup = where({ hours: hours() })
    given(owned(), setup)
      .when(dear(), at(9))
      .becomes({ makeGoods: [{ answerDueAt: at(22.5) }] })
    given(owned({ report: { ...REPORT, severity: 'critical' } }), setup)
      .when(dear({ amount: '5000' }), at(9))
      .becomes({ makeGoods: [{ answerDueAt: at(9.5) }] })
  })

  it('each for itself, where several wait', () => {
    const two = quiet(then(asked(), SETUP, [dear({ amount: '900' }), at(1.25)]))
    expect(timersOf(two, null)['make-good']).toEqual(at(1.5))
    given(two, SETUP)
      .when(remind, at(1.5))
      .becomes({ makeGoods: [{ approver: 'deputy' }, { approver: 'lead', answerDueAt: at(1.75) }] })
    given(then(two, SETUP, [approve('U0LEAD', 2), at(1.3)]), SETUP)
      .when(approve(), at(1.4))
      .becomes({
        makeGoods: [
          { state: 'granted', amount: 80_000 },
          { state: 'granted', amount: 90_000 },
        ],
      })
  })
})

describe('the answer', () => {
  it.each(['U0LEAD', 'U0DEPUTY', 'U0ADMIN'])('of %s approves it', (by) => {
    given(asked(), SETUP)
      .when(approve(by), at(1.2))
      .becomes({ makeGoods: [{ state: 'granted', decidedBy: by, decidedAt: at(1.2), answerDueAt: null }] })
      .records({ kind: 'make-good-approved', ...what, askedBy: 'U0OWNER' })
      .says(CARD, line(4))
  })

  it('declines it with a reason', () => {
    given(asked(), SETUP)
      .when(decline(), at(1.2))
      .becomes({ makeGoods: [{ state: 'declined', decidedBy: 'U0LEAD', reason: 'A new valve is enough.' }] })
      .records({ kind: 'make-good-declined', ...what, askedBy: 'U0OWNER', reason: 'A new valve is enough.' })
      .says(CARD, line(4))
    given(asked(), SETUP)
      .when(decline('U0LEAD', { reason: ' ' }), at(1.2))
      .refuses({ kind: 'missing', field: 'reason' })
  })

  it('can be given whoever was asked last', () => {
    const company = then(asked(), SETUP, [remind, at(2)], [remind, at(3)])
    for (const by of ['U0LEAD', 'U0DEPUTY', 'U0ADMIN']) given(company, SETUP).when(approve(by), at(4)).accepts()
  })

  it('is given once: whoever comes second is told', () => {
    const approved = then(asked(), SETUP, [approve(), at(1.2)])
    const already = { kind: 'decided-already', by: 'U0LEAD', state: 'granted' } as const
    given(approved, SETUP).when(approve('U0DEPUTY'), at(1.2)).refuses(already)
    given(approved, SETUP).when(decline('U0ADMIN'), at(1.2)).refuses(already)
    given(then(asked(), SETUP, [decline(), at(1.2)]), SETUP)
      .when(approve('U0ADMIN'), at(1.3))
      .refuses({ kind: 'decided-already', by: 'U0LEAD', state: 'declined' })
  })

  it.each<[string, Setup, string, Refusal]>([
    ['of the owner', SETUP, 'U0OWNER', { kind: 'not-yours-to-decide', of: 'U0LEAD' }],
    ['of anybody else', SETUP, 'U0FIXER', { kind: 'not-yours-to-decide', of: 'U0LEAD' }],
    ['of another department’s lead', SETUP, 'U0LOG', { kind: 'not-yours-to-decide', of: 'U0LEAD' }],
    [
      'where admins alone decide',
      where({ lead: null, deputy: null }),
      'U0OWNER',
      { kind: 'not-yours-to-decide', of: null },
    ],
  ])('%s is refused', (_, setup, by, refusal) => {
    const complaint = asked(setup)
    given(complaint, setup).when(approve(by), at(1.2)).refuses(refusal)
    given(complaint, setup).when(decline(by), at(1.2)).refuses(refusal)
  })

  it('is nobody’s own, as long as anybody else can give it', () => {
    const byLead = (setup: Setup) => asked(setup, { by: 'U0LEAD' })
    given(byLead(SETUP), SETUP).when(approve(), at(1.2)).refuses({ kind: 'not-yours-to-decide', of: 'U0DEPUTY' })
    const adminsOnly = where({ deputy: null })
    given(byLead(adminsOnly), adminsOnly).when(approve(), at(1.2)).refuses({ kind: 'not-yours-to-decide', of: null })
    given(byLead(adminsOnly), adminsOnly).when(approve('U0ADMIN'), at(1.2)).accepts()
    const alone = where({ deputy: null }, { admins: [] })
    given(byLead(alone), alone).when(approve(), at(1.2)).accepts()
    const alsoAdmin = where({ deputy: null }, { admins: ['U0LEAD'] })
    given(byLead(alsoAdmin), alsoAdmin).when(approve(), at(1.2)).accepts()
  })

  it('where there is nobody to give it is anybody’s but the asker’s', () => {
    const nobody = where({ lead: null, deputy: null }, { admins: [] })
    given(asked(nobody), nobody).when(approve('U0OWNER'), at(1.2)).refuses({ kind: 'not-yours-to-decide', of: null })
    given(asked(nobody), nobody).when(approve('U0FIXER'), at(1.2)).accepts()
  })

  it('to what was never asked is refused', () => {
    given(owned(), SETUP).when(approve('U0LEAD', 7)).refuses({ kind: 'no-make-good' })
  })

  it('can be given after the close-out, and is still asked for', () => {
    const shut = then(asked(), SETUP, [closeOut(), at(1.2)])
    expect(shut.makeGoods).toMatchObject([{ state: 'asked', answerDueAt: at(1.5) }])
    given(shut, SETUP)
      .when(remind, at(1.5))
      .becomes({ status: 'closed', makeGoods: [{ approver: 'deputy' }] })
    given(shut, SETUP)
      .when(approve(), at(1.3))
      .becomes({ status: 'closed', makeGoods: [{ state: 'granted' }] })
  })

  it('after a hand-over is still given where it was asked for', () => {
    const handedOver = { ...asked(), department: 'logistics' } as Complaint
    given(handedOver, SETUP).when(approve('U0LOG'), at(1.2)).refuses({ kind: 'not-yours-to-decide', of: 'U0LEAD' })
    given(handedOver, SETUP)
      .when(approve(), at(1.2))
      .becomes({ makeGoods: [{ state: 'granted', department: 'manufacturing' }] })
    // A department that is gone leaves it to the admins.
    const gone = { ...SETUP, departments: SETUP.departments.filter(({ key }) => key !== 'manufacturing') }
    given(handedOver, gone).when(approve(), at(1.2)).refuses({ kind: 'not-yours-to-decide', of: null })
    given(handedOver, gone).when(approve('U0ADMIN'), at(1.2)).accepts()
  })

  it('is nobody’s twice on the list of who may give it', () => {
    const doubled = where({ deputy: null }, { admins: ['U0LEAD', 'U0ADMIN'] })
    const [row] = asked(doubled).makeGoods
    expect(row && decidersOf(doubled, row)).toEqual(['U0LEAD', 'U0ADMIN'])
  })
})

describe('what was granted on a complaint', () => {
  it('is summed by currency, in whole cents; what has no price is named', () => {
    const one = then(
      owned(),
      SETUP,
      [makeGood({ amount: '0.10' }), at(1)],
      [makeGood({ amount: '0.20', how: 'credit' }), at(1)],
      [makeGood({ amount: null, how: 'replacement' }), at(1)],
      [dear(), at(1)],
      [dear({ amount: '700' }), at(1)],
      [decline('U0LEAD', { makeGood: 4 }), at(1)],
    )
    const euros = then(one, where({}, { currency: 'EUR' }), [makeGood({ amount: '5' }), at(2)])
    const { sums, unpriced } = grantedOn(euros)
    expect([...sums]).toEqual([
      ['USD', 30],
      ['EUR', 500],
    ])
    expect([...unpriced]).toEqual(['replacement'])
  })
})

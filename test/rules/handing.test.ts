import { describe, expect, it } from 'vitest'
import { goesToLeads } from '../../src/complaint/handing.ts'
import type { ComplaintMessage } from '../../src/complaint/messages.ts'
import type { Department } from '../../src/complaint/setup.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { POLICY, setupOf } from '../support/setups.ts'
import {
  arrive,
  at,
  CARD,
  cardOf,
  closed,
  closeOut,
  FULL_WORDS,
  filed,
  given,
  handOver,
  line,
  own,
  owned,
  planVisit,
  reached,
  remind,
  reopen,
  run,
  SETUP,
  settle,
} from './given.ts'

const TO_LOGISTICS = { from: 'manufacturing', to: 'logistics', reason: 'The valve is right; the wrong box was sent.' }
const handedOn = (entry: number): ComplaintMessage => ({ kind: 'handed-on', entry })
const call = (entry: number, where: 'card' | 'other' | 'company'): ComplaintMessage => ({
  kind: 'settle-call',
  entry,
  where,
})

/** Handed over twice and back with manufacturing, owned there. */
const twice = (): Complaint =>
  run(
    owned(),
    [handOver(), at(0.5)],
    [handOver({ department: 'manufacturing', handOvers: 1 }), at(0.6)],
    [own(), at(0.7)],
  )

/** The third hand-over was asked for, to logistics. */
const settling = (about: Parameters<typeof handOver>[0] = {}): Complaint =>
  run(twice(), [handOver({ handOvers: 2, ...about }), at(0.8)])

const withDepartments = (change: (department: Department) => Partial<Department>, admins = SETUP.admins) =>
  setupOf({ admins, departments: SETUP.departments.map((one) => ({ ...one, ...change(one) })) })

describe('hand over', () => {
  it('takes it to another department, where nobody owns it yet, and tells both', () => {
    given(owned())
      .when(handOver())
      .becomes({ department: 'logistics', status: 'open', owner: null, handOvers: 1, settling: null })
      .records({ kind: 'handed-over', ...TO_LOGISTICS })
      .says(cardOf('logistics'), ...FULL_WORDS, line(3), handedOn(3))
  })

  it.each([
    ['nobody owns', filed()],
    ['somebody owns', owned()],
    ['somebody is on the way to', run(owned(), [planVisit(), at(0.5)], [arrive(), at(0.6)])],
  ])('leaves the customer’s clocks of what %s as they are', (_, complaint) => {
    const { promises, responses, visits, callbacks, toldAt, policy, ownedAt } = complaint
    given(complaint).when(handOver()).becomes({ promises, responses, visits, callbacks, toldAt, policy, ownedAt })
  })

  it('a clock goes on reminding where it left off', () => {
    const complaint = run(owned(), [handOver(), at(2)], [own('U0LOU'), at(2.5)])
    given(complaint)
      .when(remind, at(3))
      .records({ kind: 'reminded', clock: 'callback', seq: 1, offset: -3_600_000, company: false })
    given(run(complaint, [remind, at(3)]))
      .when(remind, at(3, 1))
      .changesNothing()
  })

  it('the department must be another one that is there, and the reason must say something', () => {
    given(owned())
      .when(handOver({ by: 'U0ANYBODY' }))
      .accepts()
    given(owned())
      .when(handOver({ department: 'manufacturing' }))
      .refuses({
        ...{ kind: 'same-department', field: 'department' },
      })
    given(owned())
      .when(handOver({ department: 'gone' }))
      .refuses({ kind: 'unknown-department', field: 'department' })
    given(owned())
      .when(handOver({ reason: ' \u200b ' }))
      .refuses({ kind: 'missing', field: 'reason' })
    given(owned())
      .when(handOver({ reason: 'a'.repeat(501) }))
      .refuses({
        ...{ kind: 'too-long', field: 'reason', limit: 500 },
      })
  })

  it('takes what there is to see along', () => {
    const about = { ending: 'jpg', mimetype: 'image/jpeg', size: 1000, permalink: null }
    const files = [{ id: 'F0VALVE', name: 'valve.jpg', about }]
    const seen = run(owned(), [{ kind: 'add-evidence', by: 'U0REP', files }, at(0.4)])
    given(seen)
      .when(handOver(), at(0.5))
      .says(cardOf('logistics'), ...FULL_WORDS, line(4), { kind: 'evidence', entry: 4 }, handedOn(4))
    const gone = run(seen, [{ kind: 'lose-evidence', file: 'F0VALVE' }, at(0.5)])
    given(gone)
      .when(handOver(), at(0.6))
      .says(cardOf('logistics'), ...FULL_WORDS, line(5), handedOn(5))
  })

  it('to a department whose usergroup was deleted calls its lead', () => {
    const setup = withDepartments(({ key }) => (key === 'logistics' ? { group: 'S0LOG' } : {}))
    given(run(owned(), [handOver(), at(0.5)]), setup)
      .when({ kind: 'remind', absent: { S0LOG: 'left' } }, at(0.75))
      .becomes({ ladder: { climbed: 1, called: { people: ['U0LOG'], passedOver: [{ role: 'group', why: 'left' }] } } })
  })

  it('of what is closed is refused', () => {
    given(closed()).when(handOver(), at(2)).refuses({ kind: 'closed' })
  })

  it('of two at once the second is refused: its form was filled in before the first', () => {
    const once = run(owned(), [handOver(), at(1)])
    given(once)
      .when(handOver({ department: 'design' }))
      .refuses({ kind: 'handed-over-meanwhile' })
    given(once)
      .when(handOver({ department: 'design', handOvers: 1 }))
      .accepts()
  })

  it('is counted for good, also through closing and reopening', () => {
    const complaint = run(twice(), [closeOut(), at(1)], [reopen({ ownerGone: true }), at(2)])
    expect(complaint).toMatchObject({ handOvers: 2, department: 'manufacturing' })
    expect(goesToLeads(complaint)).toBe(true)
  })

  it('in the department where it arrives is owned by whoever takes it, who hears all of it', () => {
    given(run(filed(), [handOver(), at(1)]))
      .when(own('U0LOU'), at(2))
      .becomes({ status: 'owned', owner: 'U0LOU', ownedAt: at(2) })
      .says(cardOf('logistics'), line(3), { kind: 'briefing', owner: 'U0LOU' })
  })
})

describe('the third hand-over', () => {
  it('stays where it is, with its owner, and calls both leads', () => {
    const complaint = twice()
    given(complaint)
      .when(handOver({ handOvers: 2, by: 'U0FAY' }))
      .becomes({ ...complaint, entries: 6, settling: { ...SETTLING, entry: 6 } })
      .records({ kind: 'leads-called', ...TO_LOGISTICS, called: ['U0LEAD', 'U0LOG'] })
      .says(CARD, call(6, 'card'), call(6, 'other'))
  })

  const SETTLING = { to: 'logistics', by: 'U0FAY', reason: TO_LOGISTICS.reason }

  it.each([
    [1, 0, true],
    [2, 0, false],
    [2, 1, true],
    [3, 1, false],
    [3, 2, true],
    [3, 7, true],
    [100, 98, false],
  ])('by a policy of %i, after %i: %s', (handOvers, before, goes) => {
    const complaint = { ...owned(), policy: { ...POLICY, handOvers }, handOvers: before }
    expect(goesToLeads(complaint)).toBe(goes)
    given(complaint)
      .when(handOver({ handOvers: before }))
      .becomes({ handOvers: before + (goes ? 0 : 1), department: goes ? 'manufacturing' : 'logistics' })
  })

  it('goes by the policy that the complaint was filed under, whatever is in force since', () => {
    const strict = setupOf({ policy: { ...POLICY, handOvers: 1 } })
    given(owned(), strict).when(handOver()).becomes({ department: 'logistics', settling: null })
  })

  it('while it is being settled is not asked for again', () => {
    given(settling())
      .when(handOver({ handOvers: 2, department: 'design' }))
      .refuses({ kind: 'being-settled' })
  })

  it('leaves everything else to be done meanwhile', () => {
    const { settling: before } = settling()
    given(settling()).when(reached()).becomes({ settling: before })
    given(settling()).when(remind, at(4)).becomes({ settling: before })
  })

  it('of a complaint that closes first needs no settling any more', () => {
    given(settling()).when(closeOut()).becomes({ status: 'closed', settling: null })
    const reopened = run(settling(), [closeOut(), at(1)], [reopen(), at(2)])
    given(reopened).when(settle(6), at(3)).refuses({ kind: 'settled-already' })
  })

  const none = { lead: null, deputy: null }
  const of = (key: string, about: Partial<Department>) =>
    withDepartments((department) => (department.key === key ? about : {}))
  it.each<[what: string, setup: ReturnType<typeof of>, gone: string[], called: string[], calls: ComplaintMessage[]]>([
    ['no lead: its deputy', of('logistics', { lead: null, deputy: 'U0DEP' }), [], ['U0LEAD', 'U0DEP'], []],
    ['a lead who has left: the deputy', of('manufacturing', { deputy: 'U0DEP' }), ['U0LEAD'], ['U0DEP', 'U0LOG'], []],
    [
      'neither: the admins, in the company channel',
      of('logistics', none),
      [],
      ['U0LEAD', 'U0ADMIN'],
      [call(6, 'company')],
    ],
    [
      'both have left: the admins',
      of('logistics', { deputy: 'U0DEP' }),
      ['U0LOG', 'U0DEP'],
      ['U0LEAD', 'U0ADMIN'],
      [call(6, 'company')],
    ],
    ['one lead of both: called once', of('logistics', { lead: 'U0LEAD' }), [], ['U0LEAD'], []],
    ['nobody anywhere: the admins, once', withDepartments(() => none), [], ['U0ADMIN'], [call(6, 'company')]],
    ['not even an admin: the company channel', withDepartments(() => none, []), [], [], [call(6, 'company')]],
  ])('%s', (_, setup, gone, called, calls) => {
    given(twice(), setup)
      .when(handOver({ handOvers: 2, gone }))
      .records({ kind: 'leads-called', ...TO_LOGISTICS, called })
      .says(CARD, call(6, 'card'), call(6, 'other'), ...calls)
  })
})

describe('the leads settle it', () => {
  it('the other department takes it: a hand-over like the others', () => {
    given(settling())
      .when(settle(6))
      .becomes({ department: 'logistics', status: 'open', owner: null, handOvers: 3, settling: null })
      .records({ kind: 'settled', from: 'manufacturing', to: 'logistics', department: 'logistics', owner: null })
      .says(cardOf('logistics'), ...FULL_WORDS, line(7), handedOn(7))
  })

  it('with an owner, who hears all of it', () => {
    given(settling())
      .when(settle(6, { owner: 'U0LOU' }))
      .becomes({ department: 'logistics', status: 'owned', owner: 'U0LOU', handOvers: 3 })
      .says(cardOf('logistics'), ...FULL_WORDS, line(7), handedOn(7), { kind: 'briefing', owner: 'U0LOU' })
  })

  it('it stays, with its owner, and the other department is told', () => {
    given(settling())
      .when(settle(6, { by: 'U0LEAD', department: 'manufacturing' }))
      .becomes({ department: 'manufacturing', status: 'owned', owner: 'U0OWNER', handOvers: 2, settling: null })
      .records({
        ...{ kind: 'settled', from: 'manufacturing', to: 'logistics', department: 'manufacturing', owner: 'U0OWNER' },
      })
      .says(CARD, line(7), { kind: 'stays', entry: 7 })
  })

  it('it stays, with another owner', () => {
    given(settling())
      .when(settle(6, { department: 'manufacturing', owner: 'U0FAY' }))
      .becomes({ owner: 'U0FAY', department: 'manufacturing', handOvers: 2 })
      .says(CARD, line(7), { kind: 'stays', entry: 7 }, { kind: 'briefing', owner: 'U0FAY' })
  })

  it('it stays, and nobody owns it as before', () => {
    const unowned = run(
      filed(),
      [handOver(), at(0.5)],
      [handOver({ department: 'manufacturing', handOvers: 1 }), at(0.6)],
      [handOver({ handOvers: 2 }), at(0.8)],
    )
    given(unowned)
      .when(settle(4, { department: 'manufacturing' }))
      .becomes({ status: 'open', owner: null, settling: null })
  })

  it('runs the customer’s clocks on', () => {
    const { promises, responses } = settling()
    given(settling()).when(settle(6)).becomes({ promises, responses })
  })

  it('a third, a fourth, a fifth time: each goes to the leads', () => {
    const taken = run(settling(), [settle(6), at(1)])
    given(taken)
      .when(handOver({ department: 'design', handOvers: 3 }), at(2))
      .becomes({ handOvers: 3 })
    const stayed = run(settling(), [settle(6, { department: 'manufacturing' }), at(1)])
    given(stayed)
      .when(handOver({ handOvers: 2 }), at(2))
      .becomes({ department: 'manufacturing', handOvers: 2 })
  })

  it.each([
    ['the lead of the one', 'U0LEAD', true],
    ['the lead of the other', 'U0LOG', true],
    ['a deputy', 'U0DEP', true],
    ['an admin', 'U0ADMIN', true],
    ['the lead of a third department', 'U0DESIGN', false],
    ['its owner, who leads nothing', 'U0OWNER', false],
    ['anybody', 'U0ANYBODY', false],
  ])('%s may: %3$s', (_, by, may) => {
    const setup = withDepartments(({ key }) => (key === 'logistics' ? { deputy: 'U0DEP' } : {}))
    const result = given(settling(), setup).when(settle(6, { by }))
    if (may) result.accepts()
    else result.refuses({ kind: 'not-allowed', deed: 'settle', ask: 'U0LEAD' })
  })

  it('a lead who owns it may', () => {
    const lead = run(
      filed(),
      [handOver(), at(0.1)],
      [handOver({ department: 'manufacturing', handOvers: 1 }), at(0.2)],
      [own('U0LEAD'), at(0.3)],
      [handOver({ by: 'U0LEAD', handOvers: 2 }), at(0.4)],
    )
    given(lead)
      .when(settle(5, { by: 'U0LEAD', department: 'manufacturing' }))
      .becomes({ owner: 'U0LEAD', status: 'owned' })
  })

  it('where nobody leads and nobody is admin, anybody may', () => {
    const setup = withDepartments(() => ({ lead: null, deputy: null }), [])
    given(settling(), setup)
      .when(settle(6, { by: 'U0ANYBODY' }))
      .accepts()
  })

  it('a lead who was replaced meanwhile may not any more, and the new one may', () => {
    const setup = withDepartments(({ key }) => (key === 'logistics' ? { lead: 'U0NEWLOG' } : {}))
    given(settling(), setup).when(settle(6)).refuses({ kind: 'not-allowed', deed: 'settle', ask: 'U0LEAD' })
    given(settling(), setup)
      .when(settle(6, { by: 'U0NEWLOG' }))
      .accepts()
  })

  it('once: the second of two leads is told so', () => {
    const complaint = run(settling(), [settle(6), at(1)])
    given(complaint)
      .when(settle(6, { by: 'U0LEAD', department: 'manufacturing' }))
      .refuses({ kind: 'settled-already' })
  })

  it('what their form was about, and not the next one', () => {
    const again = run(
      settling(),
      [settle(6, { department: 'manufacturing' }), at(1)],
      [handOver({ handOvers: 2 }), at(2)],
    )
    given(again).when(settle(6), at(3)).refuses({ kind: 'settled-already' })
    given(again).when(settle(8), at(3)).accepts()
  })

  it('for one of the two, and for somebody who is there', () => {
    given(settling())
      .when(settle(6, { department: 'design' }))
      .refuses({ kind: 'unknown-department', field: 'department' })
    given(settling())
      .when(settle(6, { owner: 'U0GONE', ownerGone: true }))
      .refuses({ kind: 'owner-gone', field: 'who' })
  })

  it('where the other department has left the configuration it can only stay', () => {
    const setup = setupOf({ departments: SETUP.departments.filter(({ key }) => key !== 'logistics') })
    given(settling(), setup)
      .when(settle(6, { by: 'U0LEAD' }))
      .refuses({ kind: 'unknown-department', field: 'department' })
    given(settling(), setup)
      .when(settle(6, { by: 'U0LEAD', department: 'manufacturing' }))
      .accepts()
  })
})

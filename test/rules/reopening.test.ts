import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import {
  at,
  CARD,
  closed,
  closeOut,
  filed,
  given,
  iso,
  line,
  own,
  owned,
  planVisit,
  remind,
  reopen,
  run,
} from './given.ts'

describe('reopen', () => {
  const reopening = { kind: 'reopened', reason: 'It broke again.', promisedFor: iso(30) } as const

  it('goes back to its owner, with a promise and a new response clock', () => {
    const before = closed()
    given(before)
      .when(reopen(), at(26))
      .becomes({
        ...{ status: 'owned', owner: 'U0OWNER', closeOut: null, reopens: 1, reopenedAt: at(26), ownedAt: at(0.25) },
        responses: [
          before.responses[0],
          {
            ...{ seq: 2, startedAt: at(26), dueAt: at(50), remindedTo: at(26) },
            ...{ companyToldAt: null, state: 'running', endedAt: null },
          },
        ],
        promises: [
          before.promises[0],
          { seq: 2, promisedBy: 'U0REOPENER', startedAt: at(26), dueAt: at(30), state: 'pending', endedAt: null },
        ],
      })
      .records({ ...reopening, ownerGone: false })
      .says(CARD, line(4))
  })

  it('goes to nobody where the owner has left', () => {
    given(closed())
      .when(reopen({ ownerGone: true }), at(26))
      .becomes({ status: 'open', owner: null, closeOut: null, reopens: 1 })
      .records({ ...reopening, ownerGone: true })
  })

  it('tells the message it was filed from', () => {
    given(closed({ source: { channel: 'C0TALK', ts: '1.2', permalink: null } }))
      .when(reopen(), at(26))
      .says(CARD, line(4), { kind: 'source', entry: 4 })
  })

  it('starts the company channel and the reminders afresh', () => {
    const late = run(owned(), [remind, at(28)], [closeOut(), at(29)])
    expect(late.responses).toMatchObject([{ companyToldAt: at(28) }])
    given(late)
      .when(reopen(), at(29.5))
      .becomes({ responses: [{}, { companyToldAt: null, remindedTo: at(29.5) }] })
  })

  it('can happen again and again, each with its own clocks', () => {
    const again = run(
      ...[closed(), [reopen(), at(26)] as const],
      ...[[closeOut(), at(27)] as const, [reopen(), at(28)] as const],
      [closeOut(), at(29)],
    )
    expect(again.reopens).toBe(2)
    expect(again.responses.map(({ seq, state }) => [seq, state])).toEqual([1, 2, 3].map((seq) => [seq, 'closed']))
    expect(again.promises.map(({ seq, state }) => [seq, state])).toEqual([1, 2, 3].map((seq) => [seq, 'kept']))
  })

  it('with nobody to own it can be owned and closed by another', () => {
    const complaint = run(closed(), [reopen({ ownerGone: true }), at(26)])
    given(run(complaint, [own('U0NEW'), at(27)]))
      .when(closeOut(), at(28))
      .becomes({ owner: 'U0NEW' })
    given(complaint)
      .when(closeOut(), at(28))
      .becomes({ owner: 'U0CLOSER', ownedAt: at(0.25) })
  })

  it.each<[string, Complaint, Command, Refusal]>([
    ['no reason', closed(), reopen({ reason: '' }), { kind: 'missing', field: 'reason' }],
    ['a blank reason', closed(), reopen({ reason: ' \u200b' }), { kind: 'missing', field: 'reason' }],
    [
      'a reason too long',
      closed(),
      reopen({ reason: 'a'.repeat(501) }),
      { kind: 'too-long', field: 'reason', limit: 500 },
    ],
    [
      'a promise for now',
      closed(),
      reopen({ promisedBy: at(26) }),
      { kind: 'promise-not-after-now', field: 'promisedBy' },
    ],
    [
      'a promise too far away',
      closed(),
      reopen({ promisedBy: at(746, 1) }),
      { kind: 'promise-too-far', field: 'promisedBy' },
    ],
    ['one that is owned', owned(), reopen(), { kind: 'not-closed' }],
    ['one that is open', filed(), reopen(), { kind: 'not-closed' }],
    ['one that has a visit', run(filed(), [planVisit(), at(1)]), reopen(), { kind: 'not-closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint).when(command, at(26)).refuses(refusal)
  })
})

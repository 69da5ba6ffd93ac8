import { describe, expect, it } from 'vitest'
import { at, CARD, closed, closeOut, filed, given, handOver, line, own, owned, reassign, reopen, run } from './given.ts'

describe('own', () => {
  it('makes me the owner of what nobody owns', () => {
    given(filed())
      .when(own('U0OWNER'), at(0.25))
      .becomes({ status: 'owned', owner: 'U0OWNER', ownedAt: at(0.25), closeOut: null, entries: 2 })
      .records({ kind: 'owned' })
      .says(CARD, line(2))
  })

  it('keeps on running both clocks', () => {
    const complaint = filed()
    given(complaint).when(own()).becomes({ promises: complaint.promises, responses: complaint.responses })
  })

  it('names the one who came first', () => {
    given(owned()).when(own('U0SECOND')).refuses({ kind: 'owned-already', owner: 'U0OWNER' })
  })

  it('is refused to the owner too', () => {
    given(owned()).when(own('U0OWNER')).refuses({ kind: 'owned-already', owner: 'U0OWNER' })
  })

  it('is refused where it is closed', () => {
    given(closed()).when(own(), at(2)).refuses({ kind: 'closed' })
  })

  it('after a reopening that found no owner keeps when it was first owned', () => {
    const complaint = run(owned(), [closeOut(), at(1)], [reopen({ ownerGone: true }), at(2)])
    given(complaint)
      .when(own('U0NEW'), at(3))
      .becomes({ status: 'owned', owner: 'U0NEW', ownedAt: at(0.25) })
  })
})

describe('reassign', () => {
  it('gives it to somebody else in the department, who hears all of it', () => {
    given(owned())
      .when(reassign({ reason: 'Off until Monday.' }))
      .becomes({ status: 'owned', owner: 'U0NEW', ownedAt: at(0.25), department: 'manufacturing', handOvers: 0 })
      .records({ kind: 'reassigned', from: 'U0OWNER', to: 'U0NEW', reason: 'Off until Monday.' })
      .says(CARD, line(3), { kind: 'briefing', owner: 'U0NEW' })
  })

  it('gives somebody what nobody owns yet', () => {
    given(filed())
      .when(reassign())
      .becomes({ status: 'owned', owner: 'U0NEW', ownedAt: at(1) })
      .records({ kind: 'reassigned', from: null, to: 'U0NEW', reason: null })
  })

  it('keeps on running both clocks', () => {
    const { promises, responses } = owned()
    given(owned()).when(reassign()).becomes({ promises, responses })
  })

  it.each([
    ['its owner', 'U0OWNER', true],
    ['the lead', 'U0LEAD', true],
    ['an admin', 'U0ADMIN', true],
    ['the lead of another department', 'U0LOG', false],
    ['its reporter', 'U0REPORTER', false],
    ['anybody', 'U0ANYBODY', false],
  ])('%s may: %3$s', (_, by, may) => {
    const result = given(owned()).when(reassign({ by }))
    if (may) result.accepts()
    else result.refuses({ kind: 'not-allowed', deed: 'reassign', ask: 'U0OWNER' })
  })

  it('an owner who has given it away may not give it away again', () => {
    const handed = run(owned(), [reassign({ by: 'U0OWNER' }), at(1)])
    given(handed)
      .when(reassign({ by: 'U0OWNER', owner: 'U0THIRD' }), at(2))
      .refuses({ kind: 'not-allowed', deed: 'reassign', ask: 'U0NEW' })
  })

  it('is refused for who owns it, for who has left, and where it is closed', () => {
    given(owned())
      .when(reassign({ owner: 'U0OWNER' }))
      .refuses({ kind: 'same-owner', field: 'who' })
    given(owned())
      .when(reassign({ ownerGone: true }))
      .refuses({ kind: 'owner-gone', field: 'who' })
    given(closed()).when(reassign(), at(2)).refuses({ kind: 'closed' })
    given(owned())
      .when(reassign({ reason: 'a'.repeat(501) }))
      .refuses({ kind: 'too-long', field: 'reason', limit: 500 })
  })
})

describe('whoever takes on what others began', () => {
  it.each([
    ['what was never owned: there is nothing to tell', filed(), false],
    ['what was handed over', run(filed(), [handOver(), at(0.5)]), true],
    ['what was owned before', run(owned(), [closeOut(), at(0.5)], [reopen({ ownerGone: true }), at(0.6)]), true],
  ])('%s', (_, complaint, told) => {
    const { messages } = given(complaint).when(own('U0NEXT')).change
    expect(messages.filter(({ kind }) => kind === 'briefing')).toEqual(
      told ? [{ kind: 'briefing', owner: 'U0NEXT' }] : [],
    )
  })
})

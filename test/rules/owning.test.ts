import { describe, it } from 'vitest'
import { at, CARD, closed, closeOut, filed, given, line, own, owned, reopen, run } from './given.ts'

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

import { describe, expect, it } from 'vitest'
import { at, CARD, closed, filed, given, line, mergeCustomer, renameCustomer } from './given.ts'

describe('merging a customer', () => {
  it('is told by name, and leaves what was written and the clocks alone', () => {
    const before = filed()
    given(before)
      .when(mergeCustomer())
      .becomes({ ...before, entries: 2 })
      .records({ kind: 'customer-merged', customer: 'Acme', into: 'Acme Corp' })
      .says(CARD, line(2))
  })

  it('into itself is refused', () => {
    given(filed())
      .when(mergeCustomer({ into: { id: 2, name: 'Acme' } }))
      .refuses({ kind: 'same-customer', field: 'into' })
  })

  it('goes for a closed complaint, too', () => {
    const { closeOut } = closed()
    given(closed()).when(mergeCustomer(), at(2)).becomes({ status: 'closed', closeOut })
  })
})

describe('renaming a customer', () => {
  it('is told by both names', () => {
    given(filed())
      .when(renameCustomer('Acme International'))
      .becomes({ report: filed().report })
      .records({ kind: 'customer-renamed', before: 'Acme', after: 'Acme International' })
      .says(CARD, line(2))
  })

  it('to what it is called already does nothing', () => {
    given(filed()).when(renameCustomer('Acme')).changesNothing()
  })

  it.each([
    ['', { kind: 'missing', field: 'name' }],
    ['\u200b ', { kind: 'missing', field: 'name' }],
    ['a'.repeat(121), { kind: 'too-long', field: 'name', limit: 120 }],
  ] as const)('to %j is refused', (name, refusal) => {
    given(filed()).when(renameCustomer(name)).refuses(refusal)
  })

  it('names who did it', () => {
    expect(given(filed()).when(renameCustomer('Acme 2', 'U0ANN')).change.entries).toMatchObject([{ by: 'U0ANN' }])
  })
})

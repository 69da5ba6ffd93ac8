import { describe, expect, it } from 'vitest'
import type { ComplaintMessage } from '../../src/complaint/messages.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import type { Report } from '../../src/complaint/types.ts'
import { at, CARD, closed, edit, FULL_WORDS, filed, given, line, REPORT, run } from './given.ts'

describe('edit', () => {
  it.each<[string, Partial<Report>, Partial<Report>]>([
    ['the customer', { customer: 'Acme Ltd' }, { customer: 'Acme' }],
    ['how the customer is written', { customer: 'ACME' }, { customer: 'Acme' }],
    ['the feeling', { feeling: 'calm' }, { feeling: 'angry' }],
    ['the severity', { severity: 'critical' }, { severity: 'normal' }],
    ['the contact', { contact: 'Ann, 555 1234' }, { contact: null }],
    ['the reference', { reference: null }, { reference: 'Order 7' }],
    ['two at once', { feeling: 'calm', reference: 'Order 8' }, { feeling: 'angry', reference: 'Order 7' }],
  ])('records %s, before and after, and nothing else', (_, after, before) => {
    given(filed())
      .when(edit(after))
      .becomes({ report: { ...REPORT, ...after }, edits: 1, entries: 2 })
      .records({ kind: 'edited', before, after })
      .says(CARD, line(2))
  })

  const short = 'x'.repeat(1200)
  const long = 'x'.repeat(1201)
  it.each<[string, Partial<Report>, readonly ComplaintMessage[]]>([
    ['the words', { words: long }, FULL_WORDS],
    ['the words, short as they are', { tried: long, words: short }, FULL_WORDS],
    ['the words alone', { tried: null }, FULL_WORDS.slice(0, 1)],
    ['nothing that the card shows in full', { words: short, tried: short }, []],
  ])('puts %s into the thread in full', (_, after, full) => {
    given(filed())
      .when(edit(after))
      .says(CARD, line(2), ...full)
  })

  it('that changes nothing does nothing', () => {
    given(filed()).when(edit({})).changesNothing()
    given(filed()).when(edit(REPORT)).changesNothing()
    given(filed())
      .when(edit({ feeling: 'angry', contact: null }))
      .changesNothing()
  })

  it('given in full records only what is new', () => {
    given(filed())
      .when(edit({ ...REPORT, feeling: 'calm' }))
      .becomes({ report: { ...REPORT, feeling: 'calm' } })
      .records({ kind: 'edited', before: { feeling: 'angry' }, after: { feeling: 'calm' } })
  })

  it('is refused where another one ended in the meantime', () => {
    const complaint = run(filed(), [edit({ feeling: 'calm' }), at(1)])
    given(complaint)
      .when(edit({ customer: 'Acme Ltd' }, 0))
      .refuses({ kind: 'edited-meanwhile' })
    given(complaint)
      .when(edit({ feeling: 'calm', customer: 'Acme Ltd' }, 1))
      .becomes({ edits: 2 })
  })

  it.each<[string, Partial<Report>, Refusal]>([
    ['no customer', { customer: '\u200b' }, { kind: 'missing', field: 'customer' }],
    ['no words', { words: ' ' }, { kind: 'missing', field: 'words' }],
    ['too long a customer', { customer: 'a'.repeat(121) }, { kind: 'too-long', field: 'customer', limit: 120 }],
    ['too many words', { words: 'a'.repeat(3001) }, { kind: 'too-long', field: 'words', limit: 3000 }],
    ['too much tried', { tried: 'a'.repeat(3001) }, { kind: 'too-long', field: 'tried', limit: 3000 }],
    ['too long a contact', { contact: 'a'.repeat(201) }, { kind: 'too-long', field: 'contact', limit: 200 }],
    ['too long a reference', { reference: 'a'.repeat(201) }, { kind: 'too-long', field: 'reference', limit: 200 }],
  ])('with %s is refused', (_, about, refusal) => {
    given(filed()).when(edit(about)).refuses(refusal)
  })

  it('of the severity leaves the clocks and the policy as they were', () => {
    const { responses, promises, policy } = filed()
    given(filed())
      .when(edit({ severity: 'critical' }))
      .becomes({ responses, promises, policy })
  })

  it('of a closed one corrects the record, and it stays closed', () => {
    const { closeOut } = closed()
    const edited = given(closed()).when(edit({ customer: 'Acme Ltd' }), at(2))
    edited.becomes({ status: 'closed', closeOut })
    expect(edited.change.entries).toMatchObject([{ by: 'U0EDITOR', at: at(2) }])
  })
})

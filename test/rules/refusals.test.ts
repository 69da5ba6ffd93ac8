import { describe, expect, it } from 'vitest'
import { type Refusal, sentence, TRIES_BEFORE_GIVING_UP } from '../../src/complaint/refusals.ts'
import { TEXT_LIMITS } from '../../src/complaint/words.ts'
import { POLICY } from '../support/setups.ts'

/** One of each kind. A kind without one does not compile. */
const EACH: { readonly [Kind in Refusal['kind']]: Extract<Refusal, { kind: Kind }> } = {
  missing: { kind: 'missing', field: 'customer' },
  'too-long': { kind: 'too-long', field: 'words', limit: 3000 },
  'told-in-future': { kind: 'told-in-future', field: 'toldAt' },
  'told-too-long-ago': { kind: 'told-too-long-ago', field: 'toldAt' },
  'promise-not-after-now': { kind: 'promise-not-after-now', field: 'promisedBy' },
  'promise-too-far': { kind: 'promise-too-far', field: 'promisedBy' },
  'unknown-department': { kind: 'unknown-department', field: 'origin' },
  'unknown-cause': { kind: 'unknown-cause', field: 'rootCause' },
  'settled-unreached': { kind: 'settled-unreached', field: 'settled' },
  'eta-passed': { kind: 'eta-passed', field: 'eta' },
  'not-settled': { kind: 'not-settled', field: 'settled' },
  'too-few-tries': { kind: 'too-few-tries', field: 'settled', tries: 2 },
  'no-correction': { kind: 'no-correction', field: 'correctiveAction' },
  'action-and-none': { kind: 'action-and-none', field: 'whyNone' },
  'due-passed': { kind: 'due-passed', field: 'dueBy' },
  'due-too-far': { kind: 'due-too-far', field: 'dueBy' },
  'no-such-action': { kind: 'no-such-action' },
  'action-done-already': { kind: 'action-done-already' },
  'nothing-to-answer': { kind: 'nothing-to-answer' },
  'owned-already': { kind: 'owned-already', owner: 'U0123456789' },
  'same-owner': { kind: 'same-owner', field: 'who' },
  'owner-gone': { kind: 'owner-gone', field: 'who' },
  'same-department': { kind: 'same-department', field: 'department' },
  'handed-over-meanwhile': { kind: 'handed-over-meanwhile' },
  'being-settled': { kind: 'being-settled' },
  'settled-already': { kind: 'settled-already' },
  'nobody-owns': { kind: 'nobody-owns' },
  'not-owner': { kind: 'not-owner', owner: 'U0123456789' },
  'no-next-level': { kind: 'no-next-level' },
  'raised-already': { kind: 'raised-already' },
  'nothing-tried': { kind: 'nothing-tried', field: 'tried' },
  closed: { kind: 'closed' },
  'closed-already': { kind: 'closed-already' },
  'no-such-flaw': { kind: 'no-such-flaw', number: 999_999 },
  'not-closed': { kind: 'not-closed' },
  'no-promise': { kind: 'no-promise' },
  'visit-under-way': { kind: 'visit-under-way' },
  'no-visit': { kind: 'no-visit' },
  'visit-over': { kind: 'visit-over' },
  'on-the-way-already': { kind: 'on-the-way-already' },
  'arrived-already': { kind: 'arrived-already' },
  'not-arrived': { kind: 'not-arrived' },
  'not-an-amount': { kind: 'not-an-amount', field: 'amount', currency: 'USD' },
  'amount-not-positive': { kind: 'amount-not-positive', field: 'amount' },
  'amount-too-large': { kind: 'amount-too-large', field: 'amount' },
  'no-make-good': { kind: 'no-make-good' },
  'decided-already': { kind: 'decided-already', by: 'U0123456789', state: 'declined' },
  'not-yours-to-decide': { kind: 'not-yours-to-decide', of: 'U0123456789' },
  'edited-meanwhile': { kind: 'edited-meanwhile' },
  'file-type': { kind: 'file-type', field: 'files', name: 'valve.exe', types: POLICY.evidence.types },
  'file-size': { kind: 'file-size', field: 'files', name: 'valve.mov', megabytes: 50 },
  'not-allowed': { kind: 'not-allowed', deed: 'visit-outcome', ask: 'U0123456789' },
  'not-a-colleague': { kind: 'not-a-colleague', standing: 'guest' },
  confidential: { kind: 'confidential', ask: 'U0123456789' },
  'confidential-critical': { kind: 'confidential-critical' },
  'not-confidential': { kind: 'not-confidential' },
  'war-room-confidential': { kind: 'war-room-confidential' },
  'no-war-rooms': { kind: 'no-war-rooms' },
  'not-critical': { kind: 'not-critical' },
  'war-room-already': { kind: 'war-room-already', channel: 'C0123456789' },
  'no-such-complaint': { kind: 'no-such-complaint', number: 999_999 },
  'not-a-number': { kind: 'not-a-number', field: 'original' },
  duplicate: { kind: 'duplicate', of: 142 },
  'duplicate-of-itself': { kind: 'duplicate-of-itself', field: 'original' },
  'original-closed': { kind: 'original-closed', field: 'original', number: 142 },
  'duplicate-confidential': { kind: 'duplicate-confidential', field: 'original' },
  'not-duplicate': { kind: 'not-duplicate' },
  'same-customer': { kind: 'same-customer', field: 'into' },
  'unknown-customer': { kind: 'unknown-customer', field: 'into' },
  'name-taken': { kind: 'name-taken', field: 'name' },
  'not-set-up': { kind: 'not-set-up' },
  'not-admin': { kind: 'not-admin', ask: 'U0ADMIN' },
  'setup-changed': { kind: 'setup-changed' },
  'setup-gone': { kind: 'setup-gone' },
  'department-in-use': { kind: 'department-in-use', open: 3 },
}

describe('the sentence of a refusal', () => {
  it.each(Object.values(EACH))('$kind', (refusal) => {
    const said = sentence(refusal)
    expect(said).toMatch(/^(<@U|[A-Z])/)
    expect(said).toMatch(/[.?]$/)
    expect(said.length).toBeLessThanOrEqual(150)
    expect(said).not.toMatch(/!|undefined|null|NaN|\bfailed\b|\berror\b|\binvalid\b/i)
    // No markup but a mention: what people typed is never in it.
    expect(said.replace(/<@U\w+>|<#C\w+>/, '')).not.toMatch(/[<>*_`]/)
  })

  it('is another one for each', () => {
    const sentences = Object.values(EACH).map(sentence)
    expect(new Set(sentences).size).toBe(sentences.length)
  })

  it.each([
    [0, '0 are logged'],
    [1, '1 is logged'],
    [2, '2 are logged'],
  ])('counts %i tries', (tries, words) => {
    const said = sentence({ kind: 'too-few-tries', field: 'settled', tries })
    expect(said).toContain(words)
    expect(said).toContain(String(TRIES_BEFORE_GIVING_UP))
  })

  it('writes a limit as people do', () => {
    expect(sentence({ kind: 'too-long', field: 'words', limit: TEXT_LIMITS.words })).toContain('3,000')
  })

  it('names the owner and the number', () => {
    expect(sentence({ kind: 'owned-already', owner: 'U0OWNER' })).toContain('<@U0OWNER>')
    expect(sentence({ kind: 'no-such-complaint', number: 142 })).toContain('#142')
  })
})

import { describe, expect, it } from 'vitest'
import type { Filing } from '../../src/complaint/commands.ts'
import { checkFiling } from '../../src/complaint/filing.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import { DAY, HOUR } from '../../src/complaint/time.ts'
import { FEELINGS } from '../../src/complaint/types.ts'
import { INSIDER, POLICY, setupOf } from '../support/setups.ts'
import { at, CARD, FILED, FULL_WORDS, file, filing, frozen, iso, REPORT, SETUP } from './given.ts'

const faultsOf = (about: Partial<Filing>, setup = SETUP) =>
  checkFiling(frozen(filing(about)), frozen({ now: FILED, setup, asker: INSIDER }))
const reporting = (about: Partial<Filing['report']>): Partial<Filing> => ({ report: { ...REPORT, ...about } })

describe('what is filed', () => {
  it.each<[string, Partial<Filing>, Refusal]>([
    ['no customer', reporting({ customer: '' }), { kind: 'missing', field: 'customer' }],
    ['a blank customer', reporting({ customer: ' \t\u200b' }), { kind: 'missing', field: 'customer' }],
    ['a long customer', reporting({ customer: 'a'.repeat(121) }), { kind: 'too-long', field: 'customer', limit: 120 }],
    ['no words', reporting({ words: '' }), { kind: 'missing', field: 'words' }],
    ['words that do not show', reporting({ words: '\u2060\n\ufeff' }), { kind: 'missing', field: 'words' }],
    ['long words', reporting({ words: 'a'.repeat(3001) }), { kind: 'too-long', field: 'words', limit: 3000 }],
    ['long tried', reporting({ tried: 'a'.repeat(3001) }), { kind: 'too-long', field: 'tried', limit: 3000 }],
    ['a long contact', reporting({ contact: 'a'.repeat(201) }), { kind: 'too-long', field: 'contact', limit: 200 }],
    [
      'a long reference',
      reporting({ reference: 'a'.repeat(201) }),
      { kind: 'too-long', field: 'reference', limit: 200 },
    ],
    ['no such department', { department: 'gone' }, { kind: 'unknown-department', field: 'department' }],
    ['told in 1 ms', { toldAt: at(0, 1) }, { kind: 'told-in-future', field: 'toldAt' }],
    ['told 30 days and 1 ms ago', { toldAt: at(-720, -1) }, { kind: 'told-too-long-ago', field: 'toldAt' }],
    ['a call promised for now', { promisedBy: FILED }, { kind: 'promise-not-after-now', field: 'promisedBy' }],
    ['a call promised for then', { promisedBy: at(-1) }, { kind: 'promise-not-after-now', field: 'promisedBy' }],
    [
      'a call promised in 30 days and 1 ms',
      { promisedBy: at(720, 1) },
      { kind: 'promise-too-far', field: 'promisedBy' },
    ],
  ])('%s is refused under its field', (_, about, refusal) => {
    expect(faultsOf(about)).toEqual([refusal])
  })

  it.each<[string, Partial<Filing>]>([
    ['the longest texts', { report: longest() }],
    ['nothing that can be left out', reporting({ tried: null, contact: null, reference: null })],
    ['told now', { toldAt: FILED }],
    ['told 30 days ago', { toldAt: at(-720) }],
    ['a call promised for the next millisecond', { promisedBy: at(0, 1) }],
    ['a call promised in 30 days', { promisedBy: at(720) }],
    ['a department that only hears complaints', { department: 'service' }],
    ...FEELINGS.map((feeling): [string, Partial<Filing>] => [`a customer who is ${feeling}`, reporting({ feeling })]),
  ])('%s is taken', (_, about) => {
    expect(faultsOf(about)).toEqual([])
  })

  it('names every fault at once, each under its own field', () => {
    const faults = faultsOf({
      report: {
        ...REPORT,
        customer: ' ',
        words: '',
        tried: 'a'.repeat(3001),
        contact: 'a'.repeat(201),
        reference: 'a'.repeat(201),
      },
      department: 'gone',
      toldAt: at(1),
      promisedBy: at(-1),
    })
    const fields = faults.map((fault) => 'field' in fault && fault.field)
    expect(fields).toEqual(['customer', 'words', 'tried', 'contact', 'reference', 'department', 'toldAt', 'promisedBy'])
  })
})

function longest(): Filing['report'] {
  const [long, short] = ['a'.repeat(3000), 'a'.repeat(200)]
  return { ...REPORT, customer: 'a'.repeat(120), words: long, tried: long, contact: short, reference: short }
}

describe('a complaint that was just filed', () => {
  it('is open, nobody owns it, and holds what was reported', () => {
    const { complaint } = file()
    expect(complaint).toEqual({
      ...{ number: 142, status: 'open', owner: null, closeOut: null, ownedAt: null },
      ...{ report: REPORT, department: 'manufacturing', reporter: 'U0REPORTER', source: null, policy: POLICY },
      ...{ entries: 1, levels: {}, silence: null, handOvers: 0, settling: null, duplicateOf: null, erasedAt: null },
      ladder: { startedAt: FILED, climbed: 0, from: null, called: null },
      ...{
        toldAt: FILED,
        filedAt: FILED,
        callbacks: [],
        visits: [],
        makeGoods: [],
        warRooms: [],
        confidential: null,
        actions: [],
        evidence: [],
        edits: 0,
        reopens: 0,
        reopenedAt: null,
      },
      responses: [
        {
          ...{ seq: 1, startedAt: FILED, dueAt: at(24), remindedTo: FILED },
          ...{ companyToldAt: null, state: 'running', endedAt: null, withPart: null },
        },
      ],
      promises: [
        {
          ...{ seq: 1, promisedBy: 'U0REPORTER', startedAt: FILED, dueAt: at(4), remindedTo: FILED },
          ...{ companyToldAt: null, state: 'pending', endedAt: null, reason: null },
        },
      ],
    })
  })

  it('begins its timeline with who filed it, and says so', () => {
    const { entries, messages } = file()
    const event = { kind: 'filed', feeling: 'angry', promisedFor: iso(4), promise: 1 } as const
    expect(entries).toEqual([{ seq: 1, at: FILED, by: 'U0REPORTER', event }])
    expect(messages).toEqual([CARD, ...FULL_WORDS, { kind: 'thanks' }])
    expect(file(reporting({ words: 'It leaks.' })).messages).toEqual([CARD, { kind: 'thanks' }])
  })

  it('answers the message it was filed from', () => {
    const source = { channel: 'C0TALK', ts: '1.2', permalink: null }
    const { complaint, messages } = file({ source })
    expect(complaint.source).toEqual(source)
    expect(messages.at(-1)).toEqual({ kind: 'source', entry: 1 })
  })

  it('runs its response clock from when the customer told us, the promise from now', () => {
    const { complaint } = file({ toldAt: at(-20), promisedBy: at(2) })
    expect(complaint.responses).toMatchObject([{ startedAt: at(-20), dueAt: at(4), remindedTo: FILED }])
    expect(complaint.promises).toMatchObject([{ startedAt: FILED, dueAt: at(2), remindedTo: FILED }])
  })

  it('may be late already when it is filed', () => {
    expect(file({ toldAt: at(-720) }).complaint.responses).toMatchObject([{ dueAt: at(-696), state: 'running' }])
  })

  it('keeps the policy that is in force now', () => {
    const policy = { ...POLICY, response: 2 * DAY, remind: { ...POLICY.remind, overdueEvery: HOUR } }
    const { complaint } = file({}, FILED, setupOf({ policy }))
    expect(complaint.policy).toEqual(policy)
    expect(complaint.responses).toMatchObject([{ dueAt: at(48) }])
  })
})

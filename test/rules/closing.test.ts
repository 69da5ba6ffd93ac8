import { describe, expect, it } from 'vitest'
import { checkCloseOut, triesInVain } from '../../src/complaint/closing.ts'
import type { Command } from '../../src/complaint/commands.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import type { CloseOut, Complaint, PromiseState } from '../../src/complaint/types.ts'
import { INSIDER, NO_ACTION } from '../support/setups.ts'
import {
  at,
  CARD,
  closed,
  closeOut,
  filed,
  fixRemotely,
  given,
  leftMessage,
  line,
  noAnswer,
  owned,
  reached,
  reopen,
  run,
  SETUP,
  type Step,
} from './given.ts'

const ANSWERS: Omit<CloseOut, 'at' | 'by'> = {
  ...{ rootCause: 'defective-part', origin: 'manufacturing', done: 'Replaced the valve.' },
  ...{ fix: 'fixed' as const, avoidable: true, settled: 'yes' as const },
  ...{ action: null, whyNone: NO_ACTION.whyNone },
}
const ENDING = (entry: number) =>
  [CARD, line(entry), { kind: 'ending', entry } as const, { kind: 'origin', entry } as const] as const

/** So many calls in vain, one each ten minutes. */
const tries = (count: number, from = 1): Step[] =>
  Array.from({ length: count }, (_, index) => [index % 2 ? leftMessage() : noAnswer(), at(from + index / 6)] as const)

describe('close-out', () => {
  it('closes with why, where, what was done, and that it is settled', () => {
    given(owned())
      .when(closeOut(), at(3))
      .becomes({ status: 'closed', owner: 'U0OWNER', closeOut: { ...ANSWERS, at: at(3), by: 'U0CLOSER' } })
      .records({ kind: 'closed', ...ANSWERS })
      .says(...ENDING(3))
  })

  it.each([
    { fix: 'made-good' },
    { fix: 'could-not-fix' },
    { avoidable: false },
    { rootCause: 'poor-design', origin: 'design' },
    { rootCause: 'wrong-part-number', origin: 'service' },
    { origin: 'logistics' },
  ] as const)('takes %j', (about) => {
    given(owned())
      .when(closeOut(about))
      .becomes({ closeOut: about })
      .records({ kind: 'closed', ...ANSWERS, ...about })
  })

  it('of one that nobody owns makes the closer its owner', () => {
    given(filed())
      .when(closeOut(), at(1))
      .becomes({ status: 'closed', owner: 'U0CLOSER', ownedAt: at(1), entries: 3 })
      .records({ kind: 'owned' }, { kind: 'closed', ...ANSWERS })
      .says(...ENDING(3))
  })

  it('tells the message it was filed from', () => {
    const source = { channel: 'C0TALK', ts: '1.2', permalink: 'https://x' }
    given(owned({ source }))
      .when(closeOut())
      .says(...ENDING(3), { kind: 'source', entry: 3 })
  })

  it('ends the running response clock without honouring it', () => {
    given(owned())
      .when(closeOut(), at(30))
      .becomes({ responses: [{ state: 'closed', endedAt: at(30) }] })
  })

  it('leaves a response deadline that was honoured', () => {
    given(run(owned(), [fixRemotely(), at(2)]))
      .when(closeOut(), at(3))
      .becomes({ responses: [{ state: 'honoured', endedAt: at(2) }] })
  })

  it.each<[string, Complaint, Command, Date, PromiseState]>([
    ['settled in time', owned(), closeOut(), at(4), 'kept'],
    ['settled late', owned(), closeOut(), at(4, 1), 'missed'],
    ['not reached, in time', run(owned(), ...tries(3)), closeOut({ settled: 'could-not-reach' }), at(8), 'attempted'],
    ['not reached, late', run(owned(), ...tries(3)), closeOut({ settled: 'could-not-reach' }), at(8, 1), 'missed'],
  ])('%s ends the pending promise', (_, complaint, command, now, state) => {
    const { promises } = given(complaint).when(command, now).complaint
    expect(promises.at(-1)).toMatchObject({ state, endedAt: now })
    expect(promises.slice(0, -1)).toEqual(complaint.promises.slice(0, -1))
  })

  it('leaves a ledger in which nothing was pending', () => {
    const complaint = run(owned(), [reached({ settled: true }), at(1)])
    given(complaint).when(closeOut(), at(2)).becomes({ promises: complaint.promises })
  })
})

describe('the gate', () => {
  it.each<[string, Command, Refusal]>([
    ['no root cause', closeOut({ rootCause: '' }), { kind: 'unknown-cause', field: 'rootCause' }],
    ['a root cause that is gone', closeOut({ rootCause: 'gone' }), { kind: 'unknown-cause', field: 'rootCause' }],
    ['a parent, not a leaf', closeOut({ rootCause: 'product' }), { kind: 'unknown-cause', field: 'rootCause' }],
    ['no origin', closeOut({ origin: '' }), { kind: 'unknown-department', field: 'origin' }],
    ['an origin that is gone', closeOut({ origin: 'gone' }), { kind: 'unknown-department', field: 'origin' }],
    ['nothing done', closeOut({ done: '' }), { kind: 'missing', field: 'done' }],
    ['a blank done', closeOut({ done: '\u2060 ' }), { kind: 'missing', field: 'done' }],
    ['too much done', closeOut({ done: 'a'.repeat(3001) }), { kind: 'too-long', field: 'done', limit: 3000 }],
    ['a customer who says no', closeOut({ settled: 'no' }), { kind: 'not-settled', field: 'settled' }],
    [
      'a customer nobody tried to reach',
      closeOut({ settled: 'could-not-reach' }),
      { kind: 'too-few-tries', field: 'settled', tries: 0 },
    ],
  ])('holds %s', (_, command, refusal) => {
    given(owned()).when(command).refuses(refusal)
    given(filed()).when(command).refuses(refusal)
  })

  it('names everything that is missing at once', () => {
    const command = closeOut({ rootCause: 'product', origin: 'gone', done: '', settled: 'no' })
    if (command.kind !== 'close-out') throw new Error('It is another command')
    const faults = checkCloseOut(owned(), command, { now: at(1), setup: SETUP, asker: INSIDER })
    expect(faults).toEqual([
      { kind: 'unknown-cause', field: 'rootCause' },
      { kind: 'unknown-department', field: 'origin' },
      { kind: 'missing', field: 'done' },
      { kind: 'not-settled', field: 'settled' },
    ])
  })

  it('holds what is closed already, whatever else is missing', () => {
    given(closed())
      .when(closeOut({ rootCause: 'gone' }), at(2))
      .refuses({ kind: 'closed' })
  })
})

describe('a customer who could not be reached', () => {
  const giveUp = closeOut({ settled: 'could-not-reach' })
  const reopened = () => run(owned(), ...tries(3), [giveUp, at(2)], [reopen(), at(3)])
  const reopenedAtOnce = () => {
    const tried = run(owned(), ...tries(2), [noAnswer(), at(2)])
    return run(tried, [giveUp, at(2)], [reopen(), at(2)])
  }

  it.each<[string, Complaint, number]>([
    ['never called', owned(), 0],
    ['1 try', run(owned(), ...tries(1)), 1],
    ['2 tries', run(owned(), ...tries(2)), 2],
    ['2 tries since they were reached', run(owned(), ...tries(3), [reached(), at(2)], ...tries(2, 3)), 2],
    ['reached just now', run(owned(), ...tries(3), [reached(), at(2)]), 0],
    ['reached and settled just now', run(owned(), ...tries(3), [reached({ settled: true }), at(2)]), 0],
    ['reopened', reopened(), 0],
    ['reopened within the millisecond', reopenedAtOnce(), 0],
    ['2 tries since it was reopened', run(reopened(), ...tries(2, 4)), 2],
  ])('%s: it stays open', (_, complaint, count) => {
    expect(triesInVain(complaint)).toBe(count)
    given(complaint).when(giveUp, at(5)).refuses({ kind: 'too-few-tries', field: 'settled', tries: count })
  })

  it.each<[string, Complaint, number]>([
    ['3 tries', run(owned(), ...tries(3)), 3],
    ['4 tries', run(owned(), ...tries(4)), 4],
    // Several processes may run, and their clocks differ.
    ['3 tries on a clock that is behind', run(filed(), ...tries(3, -0.5)), 3],
    ['3 tries of one that nobody owns', run(filed(), ...tries(3)), 3],
    ['3 tries since they were reached', run(owned(), [reached(), at(0.5)], ...tries(3)), 3],
    ['3 tries since it was reopened', run(reopened(), ...tries(3, 4)), 3],
  ])('%s: it may be closed', (_, complaint, count) => {
    expect(triesInVain(complaint)).toBe(count)
    given(complaint)
      .when(giveUp, at(5))
      .becomes({ status: 'closed', closeOut: { settled: 'could-not-reach' } })
  })
})

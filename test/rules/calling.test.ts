import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import type { CallbackOutcome, PromiseState } from '../../src/complaint/types.ts'
import {
  at,
  CARD,
  closed,
  given,
  iso,
  leftMessage,
  line,
  moveCallback,
  noAnswer,
  owned,
  reached,
  run,
} from './given.ts'

describe('log-callback', () => {
  it.each<[CallbackOutcome, string, Date, PromiseState]>([
    ['reached', 'well in time', at(1), 'kept'],
    ['reached', 'to the minute', at(4), 'kept'],
    ['reached', '1 ms late', at(4, 1), 'missed'],
    ['left-message', 'in time', at(4), 'attempted'],
    ['left-message', 'late', at(4, 1), 'missed'],
    ['no-answer', 'in time', at(4), 'attempted'],
    ['no-answer', 'late', at(4, 1), 'missed'],
  ])('%s %s: the promise due at 4', (outcome, _, now, state) => {
    given(owned())
      .when(reached({ outcome, said: 'A word' }), now)
      .becomes({
        callbacks: [{ seq: 1, at: now, by: 'U0OWNER', outcome, said: 'A word', settled: false, promise: 1 }],
        promises: [
          { seq: 1, dueAt: at(4), state, endedAt: now },
          { seq: 2, dueAt: at(8), state: 'pending', endedAt: null, startedAt: now, remindedTo: now },
        ],
      })
      .records({
        kind: 'callback-logged',
        ...{ outcome, said: 'A word', settled: false, nextFor: iso(8) },
        promise: { seq: 1, state: state as 'kept' | 'missed' | 'attempted' },
      })
      .says(CARD, line(3))
  })

  it('that says it is settled needs no next call, and takes none', () => {
    const settled = given(owned()).when(reached({ settled: true }))
    settled.records({
      kind: 'callback-logged',
      ...{ outcome: 'reached', said: 'They wait for the new valve.', settled: true, nextFor: null },
      promise: { seq: 1, state: 'kept' },
    })
    expect(settled.complaint.promises).toMatchObject([{ state: 'kept' }])
    expect(settled.complaint.status).toBe('owned')
  })

  it('leaves the response clock running: a call is not somebody standing there', () => {
    given(owned())
      .when(reached({ settled: true }))
      .becomes({ responses: [{ state: 'running' }] })
  })

  it('without a promise pending promises the next call', () => {
    const complaint = run(owned(), [reached({ settled: true, promisedBy: null }), at(1)])
    given(complaint)
      .when(noAnswer(), at(2))
      .becomes({
        callbacks: [{ promise: 1 }, { seq: 2, promise: null }],
        promises: [{ state: 'kept' }, { seq: 2, state: 'pending', dueAt: at(8) }],
      })
      .records({
        kind: 'callback-logged',
        ...{ outcome: 'no-answer', said: null, settled: false, promise: null, nextFor: iso(8) },
      })
  })

  it('may be logged by anybody, not the owner alone', () => {
    given(owned())
      .when(reached({ by: 'U0OTHER' }))
      .becomes({ owner: 'U0OWNER', callbacks: [{ by: 'U0OTHER' }] })
  })

  const long = 'a'.repeat(3001)
  it.each<[string, Command, Refusal]>([
    ['reached, with nothing said', reached({ said: null }), { kind: 'missing', field: 'said' }],
    ['reached, with a blank said', reached({ said: ' \u200d ' }), { kind: 'missing', field: 'said' }],
    ['reached, too much said', reached({ said: long }), { kind: 'too-long', field: 'said', limit: 3000 }],
    ['not reached, too much said', noAnswer({ said: long }), { kind: 'too-long', field: 'said', limit: 3000 }],
    ['no next call', reached({ promisedBy: null }), { kind: 'missing', field: 'promisedBy' }],
    ['no next call after no answer', noAnswer({ promisedBy: null }), { kind: 'missing', field: 'promisedBy' }],
    ['next call now', reached({ promisedBy: at(1) }), { kind: 'promise-not-after-now', field: 'promisedBy' }],
    [
      'next call in 30 days and 1 ms',
      reached({ promisedBy: at(721, 1) }),
      { kind: 'promise-too-far', field: 'promisedBy' },
    ],
    ['settled by a message left', leftMessage({ settled: true }), { kind: 'settled-unreached', field: 'settled' }],
    ['settled by no answer', noAnswer({ settled: true }), { kind: 'settled-unreached', field: 'settled' }],
  ])('%s is refused', (_, command, refusal) => {
    given(owned()).when(command, at(1)).refuses(refusal)
  })

  it.each<[string, Command]>([
    ['a message left without a word about it', leftMessage({ said: null })],
    ['the longest that can be said', reached({ said: 'a'.repeat(3000) })],
    ['a next call within the millisecond', reached({ promisedBy: at(1, 1) })],
    ['a next call in 30 days', reached({ promisedBy: at(721) })],
  ])('%s is taken', (_, command) => {
    given(owned()).when(command, at(1)).accepts()
  })

  it('is refused where it is closed', () => {
    given(closed()).when(reached(), at(2)).refuses({ kind: 'closed' })
  })
})

describe('move-callback', () => {
  it.each<[string, Date, PromiseState]>([
    ['in time', at(1), 'moved'],
    ['to the minute', at(4), 'moved'],
    ['1 ms late', at(4, 1), 'missed'],
  ])('%s: the promise stays in the ledger', (_, now, state) => {
    const reason = 'They are in a meeting until then.'
    given(owned())
      .when(moveCallback(), now)
      .becomes({
        promises: [
          { seq: 1, dueAt: at(4), state, endedAt: now, reason },
          { seq: 2, dueAt: at(8), state: 'pending', promisedBy: 'U0OWNER', startedAt: now, reason: null },
        ],
        callbacks: [],
      })
      .records({ kind: 'promise-moved', from: iso(4), to: iso(8), reason, missed: state === 'missed' })
      .says(CARD, line(3))
  })

  it('moves it nearer as well', () => {
    given(owned())
      .when(moveCallback({ promisedBy: at(2) }))
      .becomes({ promises: [{}, { dueAt: at(2) }] })
  })

  it.each<[string, Command, Refusal]>([
    ['no reason', moveCallback({ reason: '' }), { kind: 'missing', field: 'reason' }],
    ['a blank reason', moveCallback({ reason: '\u00a0\u200b' }), { kind: 'missing', field: 'reason' }],
    ['a reason too long', moveCallback({ reason: 'a'.repeat(501) }), { kind: 'too-long', field: 'reason', limit: 500 }],
    ['a time gone by', moveCallback({ promisedBy: at(1) }), { kind: 'promise-not-after-now', field: 'promisedBy' }],
    ['a time too far', moveCallback({ promisedBy: at(721, 1) }), { kind: 'promise-too-far', field: 'promisedBy' }],
  ])('%s is refused', (_, command, refusal) => {
    given(owned()).when(command, at(1)).refuses(refusal)
  })

  it('is refused where no call is promised', () => {
    const complaint = run(owned(), [reached({ settled: true }), at(1)])
    given(complaint).when(moveCallback(), at(2)).refuses({ kind: 'no-promise' })
  })

  it('is refused where it is closed', () => {
    given(closed()).when(moveCallback(), at(2)).refuses({ kind: 'closed' })
  })
})

import { describe, expect, it } from 'vitest'
import { checkCorrection, checkFinish } from '../../src/complaint/correcting.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Complaint, Correction } from '../../src/complaint/types.ts'
import { hours, NO_ACTION } from '../support/setups.ts'
import {
  AN_ACTION,
  answerRecurrence,
  at,
  CARD,
  causeAgain,
  closeOut,
  finishAction,
  given,
  iso,
  line,
  owned,
  remind,
  reopen,
  run,
} from './given.ts'

const DAYS = 24
/** Closed an hour after filing with an action that is due a week after it. */
const agreed = (): Complaint => run(owned(), [closeOut(AN_ACTION), at(1)])
/** Done on day 5. */
const done = (): Complaint => run(agreed(), [finishAction(), at(5 * DAYS)])
/** The cause came again with #190, told on day 10. */
const inQuestion = (): Complaint => run(done(), [causeAgain(at(10 * DAYS)), at(11 * DAYS)])

const kinds = (faults: readonly Refusal[]) =>
  faults.map((fault) => `${fault.kind} ${'field' in fault ? fault.field : ''}`)

describe('a close-out', () => {
  it.each<[string, Partial<Correction>, string[]]>([
    ['an action, with who and when', {}, []],
    ['why none is needed', NO_ACTION, []],
    ['neither', { ...NO_ACTION, whyNone: null }, ['no-correction correctiveAction']],
    [
      'nothing but blanks',
      { ...NO_ACTION, correctiveAction: ' ', whyNone: '\u200b' },
      ['no-correction correctiveAction'],
    ],
    ['who and when of nothing', { correctiveAction: null }, ['no-correction correctiveAction']],
    ['an action of nobody', { takenBy: null }, ['missing takenBy']],
    ['an action some day', { dueBy: null }, ['missing dueBy']],
    ['an action alone', { takenBy: null, dueBy: null }, ['missing takenBy', 'missing dueBy']],
    ['one due now', { dueBy: at(1) }, ['due-passed dueBy']],
    ['one due in a year', { dueBy: at(1 + 365 * DAYS) }, []],
    ['one due later still', { dueBy: at(1 + 365 * DAYS, 1) }, ['due-too-far dueBy']],
    ['both', { whyNone: 'A single piece.' }, ['action-and-none whyNone']],
    ['too many words', { correctiveAction: 'a'.repeat(1001) }, ['too-long correctiveAction']],
    ['too many reasons', { ...NO_ACTION, whyNone: 'a'.repeat(1001) }, ['too-long whyNone']],
  ])('with %s', (_, about, faults) => {
    const correction = { ...AN_ACTION, ...about }
    expect(kinds(checkCorrection(correction, at(1)))).toEqual(faults)
    const asked = given(owned()).when(closeOut(correction), at(1))
    if (faults.length === 0) asked.becomes({ status: 'closed' })
    else expect(asked.decision).toMatchObject({ ok: false, refusal: { kind: faults[0]?.split(' ')[0] } })
  })

  it('agrees on an action, and tells whoever takes it', () => {
    const said = given(owned()).when(closeOut(AN_ACTION), at(1))
    said.becomes({
      closeOut: { action: 1, whyNone: null },
      actions: [
        {
          ...{ seq: 1, words: 'Gauge every thread.', takenBy: 'U0TAKER', agreedBy: 'U0CLOSER' },
          ...{ rootCause: 'defective-part', origin: 'manufacturing', dueAt: at(7 * DAYS), doneAt: null },
        },
      ],
    })
    expect(said.change.entries.map(({ event }) => event.kind)).toEqual(['closed', 'action-agreed'])
    expect(said.change.messages.slice(-2)).toEqual([line(4), { kind: 'action', action: 1 }])
    given(owned())
      .when(closeOut(), at(1))
      .becomes({ closeOut: { action: null, whyNone: NO_ACTION.whyNone }, actions: [] })
  })

  it('after a reopening asks again, and keeps what was agreed before', () => {
    const reopened = run(agreed(), [reopen(), at(20)])
    given(reopened)
      .when(closeOut({ whyNone: null }), at(21))
      .refuses({ kind: 'no-correction', field: 'correctiveAction' })
    given(reopened)
      .when(closeOut(AN_ACTION), at(21))
      .becomes({ closeOut: { action: 2 }, actions: [{ seq: 1, doneAt: null }, { seq: 2 }] })
  })
})

describe('a corrective action', () => {
  it.each([
    [4 * DAYS, -3 * DAYS, false],
    [6 * DAYS, -1 * DAYS, false],
    [7 * DAYS, 0, false],
    [8 * DAYS, 1 * DAYS, true],
    // After downtime the newest is said, and the lead hears of it.
    [12.5 * DAYS, 5 * DAYS, true],
  ])('reminds %i h after filing', (when, offset, lead) => {
    const told = { action: 1, offset: offset * 3_600_000 }
    given(agreed())
      .when(remind, at(when))
      .records({ kind: 'action-reminded', ...told, lead })
      .says({ kind: 'action-reminder', ...told }, ...(lead ? [{ kind: 'action-overdue', ...told } as const] : []))
    given(agreed()).when(remind, at(when, -1)).accepts()
  })

  it('reminds once each, and tells the lead once', () => {
    const late = run(agreed(), [remind, at(8 * DAYS)])
    given(late)
      .when(remind, at(8 * DAYS, 1))
      .changesNothing()
    given(late)
      .when(remind, at(9 * DAYS))
      .says({ kind: 'action-reminder', action: 1, offset: 2 * DAYS * 3_600_000 })
  })

  it('is looked at when it reminds next, also after its complaint is closed', () => {
    expect(timersOf(agreed(), null)).toEqual({ action: at(4 * DAYS) })
    expect(timersOf(done(), null)).toEqual({})
    // Filed on a Monday at 9: of a Monday a week later the day before is a Sunday.
    const shop = hours({ week: 'mon-fri 07:00-16:00' })
    expect(timersOf(run(agreed(), [remind, at(4 * DAYS)]), shop)).toEqual({ action: at(4 * DAYS + 7) })
  })

  it('goes on while its complaint is open again', () => {
    expect(timersOf(run(agreed(), [reopen(), at(20)]), null).action).toEqual(at(4 * DAYS))
  })

  it('is done with what changed and where that is proven', () => {
    given(agreed())
      .when(finishAction(), at(5 * DAYS))
      .becomes({
        actions: [
          {
            ...{ doneAt: at(5 * DAYS), doneBy: 'U0TAKER', changed: 'A gauge at the last bench.', proof: 'Sheet 12.' },
            watchedUntil: at(35 * DAYS),
          },
        ],
      })
      .records({
        ...{ kind: 'action-done', action: 1, changed: 'A gauge at the last bench.', proof: 'Sheet 12.', inTime: true },
      })
    given(agreed())
      .when(finishAction(), at(7 * DAYS, 1))
      .becomes({ actions: [{ doneAt: at(7 * DAYS, 1) }] })
    expect(kinds(checkFinish({ changed: ' ', proof: '' }))).toEqual(['missing changed', 'missing proof'])
    given(agreed())
      .when(finishAction({ proof: ' ' }))
      .refuses({ kind: 'missing', field: 'proof' })
    given(done())
      .when(finishAction(), at(6 * DAYS))
      .refuses({ kind: 'action-done-already' })
    given(agreed())
      .when(finishAction({ action: 2 }))
      .refuses({ kind: 'no-such-action' })
    given(done())
      .when(remind, at(20 * DAYS))
      .changesNothing()
  })
})

describe('where the same cause comes again', () => {
  it.each([
    ['told before it was done', at(5 * DAYS), 0],
    ['told right after', at(5 * DAYS, 1), 1],
    ['told 30 days after', at(35 * DAYS), 1],
    ['told later', at(35 * DAYS, 1), 0],
  ])('%s', (_, toldAt, asks) => {
    const result = given(done()).when(causeAgain(toldAt), at(36 * DAYS))
    if (asks === 0) return result.changesNothing()
    result
      .becomes({ actions: [{ recurredAt: at(36 * DAYS), recurredIn: 190, answeredAt: null }] })
      .records({ kind: 'cause-again', action: 1, complaint: 190 })
      .says(CARD, line(6), { kind: 'action-question', action: 1 })
  })

  it('before it is done, or a second time, nothing is asked', () => {
    given(agreed())
      .when(causeAgain(at(3)), at(4))
      .changesNothing()
    given(inQuestion())
      .when(causeAgain(at(12 * DAYS)), at(13 * DAYS))
      .changesNothing()
    given(done())
      .when(causeAgain(at(6 * DAYS), { action: 7 }), at(13 * DAYS))
      .changesNothing()
  })

  it('the question is answered by another action, which is reminded of like the first', () => {
    const dueBy = at(20 * DAYS)
    const result = given(inQuestion()).when(answerRecurrence({ ...AN_ACTION, dueBy }), at(12 * DAYS))
    result
      .becomes({
        actions: [
          { answeredAt: at(12 * DAYS), answer: null },
          { seq: 2, rootCause: 'defective-part', origin: 'manufacturing', agreedBy: 'U0TAKER', dueAt: dueBy },
        ],
      })
      .records(
        { kind: 'recurrence-answered', action: 1, next: 2, whyNone: null },
        { kind: 'action-agreed', action: 2, words: 'Gauge every thread.', takenBy: 'U0TAKER', due: iso(20 * DAYS) },
      )
    expect(timersOf(result.complaint, null)).toEqual({ action: at(17 * DAYS) })
  })

  it('or by why none is needed', () => {
    given(inQuestion())
      .when(answerRecurrence(), at(12 * DAYS))
      .becomes({ actions: [{ answeredAt: at(12 * DAYS), answer: NO_ACTION.whyNone }] })
      .records({ kind: 'recurrence-answered', action: 1, next: null, whyNone: NO_ACTION.whyNone })
    given(inQuestion())
      .when(answerRecurrence({ whyNone: null }), at(12 * DAYS))
      .refuses({ kind: 'no-correction', field: 'correctiveAction' })
    given(done()).when(answerRecurrence()).refuses({ kind: 'nothing-to-answer' })
    given(inQuestion())
      .when(answerRecurrence({ action: 3 }))
      .refuses({ kind: 'no-such-action' })
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import type { TimelineEntry } from '../../src/complaint/events.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { ERASED, isWritten, withoutWords } from '../../src/complaint/written.ts'
import { happened } from '../../src/views/happened.ts'
import {
  arrive,
  at,
  CARD,
  closeOut,
  edit,
  file,
  filed,
  given,
  iso,
  line,
  moveCallback,
  own,
  planVisit,
  reached,
  run,
  SETUP,
  type Step,
  visitOutcome,
} from './given.ts'
import { forwardLives, live } from './walking.ts'

const erase = (customer: string | null = 'Erased customer 7'): Command => ({
  ...{ kind: 'erase-words', customer },
  why: customer === null ? 'retention' : 'asked',
})
const PHOTO = { id: 'F0ONE', name: 'secret.jpg' }
const about = { ending: 'jpg', mimetype: 'image/jpeg', size: 1, permalink: 'https://acme.slack.com/files/secret' }

const LIFE: readonly Step[] = [
  [own(), at(0.5)],
  [moveCallback({ reason: 'secret' }), at(1)],
  [reached({ said: 'secret' }), at(2)],
  [planVisit({ parts: 'secret', files: [{ ...PHOTO, about }] }), at(3)],
  [arrive(), at(11)],
  [visitOutcome({ done: 'secret' }), at(12)],
  [edit({ words: 'secret', tried: 'secret', contact: 'secret', reference: 'secret', customer: 'Secret Ltd' }), at(13)],
  [closeOut({ done: 'secret' }), at(14)],
]

describe('erasing', () => {
  const whole = run(filed(), ...LIFE)
  const { complaint: without, entries, messages } = given(whole).when(erase(), at(99)).change

  it('leaves nothing that somebody wrote', () => {
    expect(JSON.stringify(without)).not.toMatch(/secret|valve/i)
    expect(without.report).toEqual({
      ...whole.report,
      ...{ customer: 'Erased customer 7', words: ERASED, tried: ERASED, contact: null, reference: null },
    })
    expect(without.evidence).toMatchObject([{ file: 'F0ONE', name: ERASED, permalink: null, size: 1 }])
    expect(without.closeOut).toEqual({ ...whole.closeOut, done: ERASED, whyNone: ERASED })
  })

  it('leaves what was done when, by whom and why, and with it every figure', () => {
    const figures = ({ status, promises, responses, callbacks, visits, closeOut, reopens, ownedAt }: Complaint) => ({
      ...{ status, responses, reopens, ownedAt, cause: closeOut?.rootCause, origin: closeOut?.origin },
      promises: promises.map(({ reason: _, ...promise }) => promise),
      callbacks: callbacks.map(({ said: _, ...call }) => call),
      visits: visits.map(({ parts: _, done: __, ...visit }) => visit),
    })
    expect(figures(without)).toEqual(figures(whole))
  })

  it('is said on the timeline; old threads are left in peace', () => {
    expect(entries.map(({ event, by }) => ({ event, by }))).toEqual([
      { event: { kind: 'words-erased', why: 'asked' }, by: null },
    ])
    expect(messages).toEqual([])
    expect(without.erasedAt).toEqual(at(99))
  })

  it('of one that is not closed is said in the thread, and the card is drawn anew', () => {
    given(filed()).when(erase(), at(1)).records({ kind: 'words-erased', why: 'asked' }).says(CARD, line(2))
  })

  it('by the policy leaves the name', () => {
    given(whole).when(erase(null), at(99)).records({ kind: 'words-erased', why: 'retention' }).says()
    expect(given(whole).when(erase(null), at(99)).complaint.report.customer).toBe('Secret Ltd')
  })

  it('twice is once, until somebody writes something again', () => {
    given(without).when(erase(), at(100)).records().says()
    const again: Command = {
      ...{ kind: 'reopen', by: 'U0REPORTER', reason: 'secret', promisedBy: at(110), ownerGone: false },
    }
    const reopened = run(without, [again, at(101)])
    expect(reopened.erasedAt).toBeNull()
    given(reopened)
      .when(erase(), at(102))
      .records({ kind: 'words-erased', why: 'asked' })
      .says(CARD, line(reopened.entries + 1))
  })

  it('an edit that began before brings nothing back', () => {
    const open = filed()
    given(run(open, [erase(), at(1)]))
      .when(edit({ words: 'secret' }, open.edits), at(2))
      .refuses({ kind: 'edited-meanwhile' })
  })
})

describe('the timeline without words', () => {
  const told = (events: readonly TimelineEntry[], keepsName: boolean) =>
    events.map((entry) => ({ ...entry, event: withoutWords(entry.event, keepsName) }))

  it('names the customer only where the name stays', () => {
    const event = {
      kind: 'edited',
      before: { customer: 'Acme', severity: 'normal' },
      after: { customer: 'Bolt', severity: 'serious' },
    } as const
    expect(withoutWords(event, true)).toEqual(event)
    expect(withoutWords(event, false)).toEqual({
      kind: 'edited',
      before: { customer: ERASED, severity: 'normal' },
      after: { customer: ERASED, severity: 'serious' },
    })
    const merged = { kind: 'customer-merged', customer: 'Acme', into: 'Acme Corp' } as const
    expect(withoutWords(merged, true)).toEqual(merged)
    expect(withoutWords(merged, false)).toEqual({ ...merged, customer: ERASED, into: ERASED })
  })

  it('keeps what nobody wrote', () => {
    const { entries } = file()
    expect(told(entries, false)).toEqual(entries)
    expect(entries.some(({ event }) => isWritten(event))).toBe(false)
    expect(
      withoutWords({ kind: 'promise-moved', from: iso(4), to: iso(8), reason: 'secret', missed: false }, false),
    ).toEqual({
      ...{ kind: 'promise-moved', from: iso(4), to: iso(8), reason: ERASED, missed: false },
    })
  })

  it('holds no words, whatever happened, and can still be read', () => {
    fc.assert(
      fc.property(forwardLives, (life) => {
        for (const entry of told(live(life, () => {}).timeline, false)) {
          // What the company changes belongs to the cause, not to the customer.
          if (['action-agreed', 'action-done', 'recurrence-answered'].includes(entry.event.kind)) continue
          const left = JSON.stringify([entry, happened(entry, SETUP)])
          for (const words of ['Some words', 'aaaa', 'The valve', 'Turned', 'Order 7', '.jpg', 'Acme'])
            if (left.includes(words)) throw new Error(`${words} is left: ${left}`)
        }
      }),
      { numRuns: 60 },
    )
  })
})

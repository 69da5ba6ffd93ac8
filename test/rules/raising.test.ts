import { describe, expect, it } from 'vitest'
import { heightOf, levelAbove, levelOf } from '../../src/complaint/levels.ts'
import type { Level, Setup } from '../../src/complaint/setup.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { setupOf } from '../support/setups.ts'
import {
  at,
  CARD,
  closed,
  closeOut,
  filed,
  given as givenIn,
  line,
  nextLevel,
  own,
  owned,
  REPORT,
  reopen,
  run,
} from './given.ts'

const ENGINEERS: Level = { name: 'Engineers', group: 'S0ENG', person: null }
const ARCHITECT: Level = { name: 'Architect', group: null, person: 'U0ARCH' }

const setupWith = (...levels: readonly Level[]): Setup => {
  const { departments, ...setup } = setupOf()
  return {
    ...setup,
    departments: departments.map((one) => (one.key === 'manufacturing' ? { ...one, levels, deputy: 'U0DEPUTY' } : one)),
  }
}
const SETUP = setupWith(ENGINEERS, ARCHITECT)
const given = (complaint: Complaint, setup = SETUP) => givenIn(complaint, setup)
const untried = () => owned({ report: { ...REPORT, tried: null } })
const raised = (complaint: Complaint = owned()): Complaint => given(complaint).when(nextLevel(), at(1)).complaint
const look = (absent = {}) => ({ kind: 'remind', absent }) as const

describe('next level', () => {
  it('raises with one press what has the first steps behind it, and calls the people there', () => {
    given(owned())
      .when(nextLevel(), at(1))
      .becomes({ status: 'open', owner: null, levels: { manufacturing: 1 }, edits: 0 })
      .becomes({ ladder: { startedAt: at(1), climbed: 0, from: 'U0OWNER', called: null } })
      .becomes({ promises: owned().promises, responses: owned().responses })
      .records({ kind: 'raised', level: 'Engineers', tried: null })
      .says(CARD, line(3), { kind: 'call', entry: 3, ladder: at(1).toISOString(), climbed: 0 })
  })

  it('is for what nobody owns, too', () => {
    given(filed())
      .when(nextLevel({ by: 'U0REPORTER' }), at(1))
      .becomes({ status: 'open', levels: { manufacturing: 1 } })
  })

  it('asks what was tried where that is not known, and keeps it', () => {
    given(untried()).when(nextLevel(), at(1)).refuses({ kind: 'nothing-tried', field: 'tried' })
    given(untried())
      .when(nextLevel({ tried: ' ' }), at(1))
      .refuses({ kind: 'nothing-tried', field: 'tried' })
    const long = 'a'.repeat(3001)
    given(untried())
      .when(nextLevel({ tried: long }), at(1))
      .refuses({ kind: 'too-long', field: 'tried', limit: 3000 })
    given(untried())
      .when(nextLevel({ tried: 'New tape.' }), at(1))
      .becomes({ report: { tried: 'New tape.' }, edits: 1, levels: { manufacturing: 1 } })
      .records({ kind: 'raised', level: 'Engineers', tried: 'New tape.' })
  })

  it('does not take the place of what was told before', () => {
    given(owned())
      .when(nextLevel({ tried: 'Other steps.' }), at(1))
      .becomes({ report: { tried: REPORT.tried } })
  })

  it('goes up level by level, and ends', () => {
    const twice = given(raised()).when(nextLevel({ from: 1 }), at(2))
    twice.becomes({ levels: { manufacturing: 2 } }).records({ kind: 'raised', level: 'Architect', tried: null })
    given(twice.complaint)
      .when(nextLevel({ from: 2 }), at(3))
      .refuses({ kind: 'no-next-level' })
    given(owned(), setupWith()).when(nextLevel(), at(1)).refuses({ kind: 'no-next-level' })
    given(closed()).when(nextLevel(), at(2)).refuses({ kind: 'closed' })
  })

  it('pressed by two at once raises it once', () => {
    given(raised())
      .when(nextLevel({ by: 'U0OTHER' }), at(1, 1))
      .refuses({ kind: 'raised-already' })
  })

  it('is never lost again: not with a new owner, a close-out or a reopening', () => {
    const height = (complaint: Complaint) => heightOf(complaint, SETUP)
    const taken = run(raised(), [own('U0ENGINEER'), at(2)])
    const over = run(taken, [closeOut(), at(3)])
    const again = run(over, [reopen({ ownerGone: true }), at(4)])
    expect([taken, over, again].map(height)).toEqual([1, 1, 1])
    expect(levelOf(again, SETUP)).toEqual(ENGINEERS)
  })

  it('outlives a configuration with fewer levels: the highest that is left counts', () => {
    const top = given(raised()).when(nextLevel({ from: 1 }), at(2)).complaint
    expect(levelOf(top, setupWith(ENGINEERS))).toEqual(ENGINEERS)
    expect(levelAbove(top, setupWith(ENGINEERS))).toBeNull()
    expect(levelOf(top, setupWith())).toBeNull()
    expect(levelOf(top, SETUP)).toEqual(ARCHITECT)
  })
})

describe('the ladder of a level', () => {
  const calls = (complaint: Complaint, absent = {}) =>
    given(complaint)
      .when(look(absent), at(2, 15 * 60_000))
      .change.entries.flatMap(({ event }) => (event.kind === 'escalated' ? [event] : []))

  it('calls its group again', () => {
    expect(calls(given(filed()).when(nextLevel(), at(2)).complaint)).toMatchObject([{ group: 'S0ENG', people: [] }])
  })

  it('or its person, and where they are away, the lead', () => {
    const once = given(filed()).when(nextLevel(), at(1)).complaint
    const top = given(once).when(nextLevel({ from: 1 }), at(2)).complaint
    expect(calls(top)).toMatchObject([{ group: null, people: ['U0ARCH'], passedOver: [] }])
    expect(calls(top, { U0ARCH: 'away' })).toMatchObject([
      { people: ['U0LEAD'], passedOver: [{ role: 'person', why: 'away' }] },
    ])
  })

  it('does not call first the lead who had it until now', () => {
    const byLead = run(filed(), [own('U0LEAD'), at(1)])
    const freed = given(byLead).when(nextLevel({ by: 'U0LEAD' }), at(2)).complaint
    const rung = given(freed)
      .when(look(), at(2.5))
      .change.entries.map(({ event }) => event)
    expect(rung).toMatchObject([{ rung: 'lead', people: ['U0DEPUTY'], passedOver: [{ role: 'lead', why: 'let-go' }] }])
  })
})

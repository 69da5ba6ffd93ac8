import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import type { Absent } from '../../src/complaint/ladder.ts'
import { type Hours, hoursOf as hoursIn, type Severity } from '../../src/complaint/setup.ts'
import { nextOfSilence } from '../../src/complaint/silence.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { hours as hoursOf, POLICY, setupOf } from '../support/setups.ts'
import {
  at,
  CARD,
  closed,
  closeOut,
  FILED,
  file,
  filed,
  fixRemotely,
  given,
  line,
  own,
  owned,
  planVisit,
  REPORT,
  reached,
  reopen,
  run,
  signOfLife,
} from './given.ts'
import { setupWith } from './walking.ts'

const look = (absent: Absent = {}): Command => ({ kind: 'remind', absent })
/** Owned a quarter of an hour after it was filed; the promise is far away. */
const quiet = (severity: Severity = 'normal'): Complaint =>
  owned({ promisedBy: at(700), report: { ...REPORT, severity } })
const asked = (severity: Severity = 'normal'): Complaint => run(quiet(severity), [look(), at(4.25)])
/** No clock runs. */
const still = (): Complaint => run(quiet(), [reached({ settled: true }), at(0.5)], [fixRemotely(), at(0.5)])

describe('an owner without a word', () => {
  it('is asked after 4 h, once', () => {
    given(quiet()).when(look(), at(4.25, -1)).changesNothing()
    const question = given(quiet()).when(look(), at(4.25))
    question
      .becomes({ status: 'owned', silence: { since: at(0.25), askedAt: at(4.25) } })
      .records({ kind: 'asked', owner: 'U0OWNER' })
      .says({ kind: 'still-on-it', asked: at(4.25).toISOString() })
    given(question.complaint).when(look(), at(4.75, -1)).changesNothing()
  })

  it('who does not answer within 30 min loses it to the ladder, and what was done stays', () => {
    const before = asked()
    const gone = given(before).when(look(), at(4.75))
    gone
      .becomes({ status: 'open', owner: null, silence: null, ownedAt: at(0.25) })
      .becomes({ promises: before.promises, responses: before.responses })
      .becomes({ ladder: { startedAt: at(4.75), climbed: 0, from: 'U0OWNER', called: null } })
      .records({ kind: 'released', owner: 'U0OWNER', why: 'silent' })
      .says(CARD, line(4), { kind: 'call', entry: 4, ladder: at(4.75).toISOString(), climbed: 0 })
    given(gone.complaint).when(own('U0OWNER'), at(5)).becomes({ status: 'owned', owner: 'U0OWNER' })
  })

  it('who has left is not asked', () => {
    given(quiet())
      .when(look({ U0OWNER: 'left' }), at(4.25))
      .becomes({ status: 'open' })
      .records({ kind: 'released', owner: 'U0OWNER', why: 'left' })
  })

  it('who is away is asked: somebody has to go on', () => {
    given(quiet())
      .when(look({ U0OWNER: 'away' }), at(4.25))
      .records({ kind: 'asked', owner: 'U0OWNER' })
  })

  it('after downtime is asked first, whatever time has passed', () => {
    const late = given(quiet()).when(look(), at(11))
    late.records({ kind: 'asked', owner: 'U0OWNER' })
    given(late.complaint).when(look(), at(11.5)).becomes({ status: 'open' })
  })

  it('goes by the policy it was filed under', () => {
    const setup = setupOf({ policy: { ...POLICY, silence: { ask: HOUR, release: MINUTE } } })
    const { complaint } = file({ promisedBy: at(700) }, FILED, setup)
    const first = given(run(complaint, [own(), at(0.25)])).when(look(), at(1.25))
    first.records({ kind: 'asked', owner: 'U0OWNER' })
    given(first.complaint).when(look(), at(1.25, MINUTE)).becomes({ status: 'open' })
  })

  it('is not asked while no clock runs', () => {
    given(still()).when(look(), at(300)).changesNothing()
    expect(timersOf(still(), null)).toEqual({})
  })

  it('once a clock runs again is counted from there', () => {
    const again = run(still(), [reached({ by: 'U0OTHER', promisedBy: at(700) }), at(20)])
    expect(nextOfSilence(again, null)).toEqual({ kind: 'ask', at: at(24) })
  })

  it('who was asked about clocks that have ended is asked anew, not let go', () => {
    const settledByOther = run(asked(), [fixRemotely(), at(4.3)])
    const other = { by: 'U0OTHER' }
    const ended = run(
      run(settledByOther, [look(), at(8.3)]),
      [reached({ ...other, settled: true }), at(8.4)],
      [reached({ ...other, promisedBy: at(700) }), at(30)],
    )
    expect(ended.silence?.askedAt).toEqual(at(8.3))
    expect(nextOfSilence(ended, null)).toEqual({ kind: 'ask', at: at(34) })
  })
})

describe('a sign of life', () => {
  it.each<[string, Command]>([
    ['the button', signOfLife()],
    ['a call', reached({ promisedBy: at(700) })],
    ['a visit planned', planVisit()],
  ])('%s answers the question', (_, command) => {
    const answered = given(asked()).when(command, at(4.5))
    answered.becomes({ status: 'owned', silence: { since: at(4.5), askedAt: null } })
    given(answered.complaint).when(look(), at(8.5, -1)).changesNothing()
    given(answered.complaint).when(look(), at(8.5)).records({ kind: 'asked', owner: 'U0OWNER' })
  })

  it('that answers goes on the timeline, one that nobody asked for does not', () => {
    given(asked()).when(signOfLife(), at(4.5)).records({ kind: 'still-on-it' }).says()
    given(quiet())
      .when(signOfLife(), at(3))
      .becomes({ silence: { since: at(3), askedAt: null } })
      .records()
      .says()
  })

  it('is not what others do', () => {
    given(asked())
      .when(reached({ by: 'U0OTHER', promisedBy: at(700) }), at(4.5))
      .becomes({ silence: { since: at(0.25), askedAt: at(4.25) } })
  })

  it('who comes first wins: the owner just in time, or the clock', () => {
    const kept = run(asked(), [signOfLife(), at(4.75, -1)])
    given(kept).when(look(), at(4.75)).changesNothing()
    const gone = run(asked(), [look(), at(4.75)])
    given(gone).when(signOfLife(), at(4.75, 1)).refuses({ kind: 'nobody-owns' })
  })

  it.each<[string, Complaint, Command, object]>([
    ['somebody else', quiet(), signOfLife('U0OTHER'), { kind: 'not-owner', owner: 'U0OWNER' }],
    ['of what nobody owns', filed(), signOfLife(), { kind: 'nobody-owns' }],
    ['of what is closed', closed(), signOfLife(), { kind: 'closed' }],
  ])('%s is refused', (_, complaint, command, refusal) => {
    given(complaint)
      .when(command, at(2))
      .refuses(refusal as never)
  })

  it('counts anew from a new owner and from a reopening', () => {
    const released = run(asked(), [look(), at(4.75)], [own('U0NEXT'), at(5)])
    expect(released.silence).toEqual({ since: at(5), askedAt: null })
    const reopened = run(run(asked(), [closeOut(), at(4.3)]), [reopen({ promisedBy: at(700) }), at(40)])
    expect(nextOfSilence(reopened, null)).toEqual({ kind: 'ask', at: at(44) })
  })
})

describe('in a department that works from Monday to Friday, 7 to 16', () => {
  // FILED is Monday at 9: it is owned at 9:15 (or so many hours later), and at 16 it is 7 h after FILED.
  it.each<[string, Severity, number, Partial<Hours>, Date, Date]>([
    ['within the day', 'normal', 0.25, {}, at(4.25), at(4.75)],
    ['over the night, the question', 'normal', 5, {}, at(24), at(24.5)],
    ['over the night, the answer', 'normal', 2.75, {}, at(6.75), at(22.25)],
    ['critical: all the time counts', 'critical', 5, {}, at(9), at(9.5)],
    ['over a weekend and into summer', 'normal', 101, {}, at(167), at(167.5)],
    ['over a day off', 'normal', 5, { off: ['2026-03-03'] }, at(48), at(48.5)],
    ['over lunch', 'normal', 0.5, { week: 'mon-fri 07:00-12:00, 13:00-16:00' }, at(5.5), at(6)],
  ])('%s', (_, severity, from, about, ask, release) => {
    const setup = setupWith(hoursOf(about), POLICY)
    const place = hoursIn(setup, 'manufacturing')
    const filedAt = at(from)
    const filing = { toldAt: filedAt, promisedBy: plus(filedAt, 29 * DAY), report: { ...REPORT, severity } }
    const complaint = run(file(filing, filedAt, setup).complaint, [own(), filedAt])
    expect(nextOfSilence(complaint, place)).toEqual({ kind: 'ask', at: ask })
    const question = given(complaint, setup).when(look(), ask)
    expect(question.change.entries.map(({ event }) => event.kind)).toContain('asked')
    expect(nextOfSilence(question.complaint, place)).toEqual({ kind: 'release', at: release })
    given(question.complaint, setup).when(look(), release).becomes({ status: 'open' })
  })
})

import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { checkFiling, fileComplaint } from '../../src/complaint/filing.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { warRoomName, warRoomPeople } from '../../src/complaint/warRoom.ts'
import { department, hours, POLICY, setupOf } from '../support/setups.ts'
import { at, CARD, closeOut, FILED, filing, given, handOver, line, own, REPORT, reopen, run } from './given.ts'

const SETUP = setupOf({ policy: { ...POLICY, warRoom: { critical: true, people: ['U0BOSS'] } } })
const CRITICAL = { ...REPORT, severity: 'critical' } as const

function filed(report = CRITICAL as Complaint['report'], setup = SETUP) {
  const asked = filing({ report })
  expect(checkFiling(asked, { now: FILED, setup, asker: null })).toEqual([])
  return fileComplaint(asked, 142, { now: FILED, setup, asker: null })
}

const made: Command = { kind: 'war-room-opened', room: 1, channel: 'C0ROOM' }
const refused: Command = { kind: 'war-room-refused', room: 1, error: 'missing_scope' }
const archived: Command = { kind: 'war-room-archived', room: 1 }
const ask: Command = { kind: 'open-war-room', by: 'U0ANN' }

const asked = filed().complaint
const open = run(asked, [made, at(0.1)])
const without = run(asked, [refused, at(0.1)])

describe('a war room', () => {
  it.each([
    ['critical', true, true],
    ['serious', true, false],
    ['normal', true, false],
    ['critical', false, false],
  ] as const)('of a %s complaint, where the policy says %s: %s', (severity, critical, comes) => {
    const setup = setupOf({ policy: { ...POLICY, warRoom: { critical, people: [] } } })
    const { complaint, messages } = filed({ ...REPORT, severity }, setup)
    expect(complaint.warRooms).toEqual(comes ? [{ seq: 1, state: 'asked', askedAt: FILED, channel: null }] : [])
    expect(messages.filter(({ kind }) => kind.startsWith('war-room'))).toEqual(
      comes ? [{ kind: 'war-room-open', room: 1 }] : [],
    )
  })

  it('once made is told in the thread and on the card, with people invited and a message that says what it is about', () => {
    given(asked)
      .when(made, at(0.1))
      .becomes({ warRooms: [{ seq: 1, state: 'open', askedAt: FILED, channel: 'C0ROOM' }] })
      .records({ kind: 'war-room-opened', room: 1, channel: 'C0ROOM' })
      .says(CARD, line(2), { kind: 'war-room-invite', room: 1 }, { kind: 'war-room-brief', room: 1 })
  })

  it('is told once, however often Slack makes it', () => {
    given(open).when(made, at(0.2)).changesNothing()
    given(open)
      .when({ ...made, channel: 'C0OTHER' }, at(0.2))
      .changesNothing()
  })

  it('that Slack does not make leaves a line that says why, and can be asked for again', () => {
    given(asked)
      .when(refused, at(0.1))
      .becomes({ warRooms: [{ seq: 1, state: 'refused', askedAt: FILED, channel: null }] })
      .records({ kind: 'war-room-refused', room: 1, error: 'missing_scope' })
      .says(line(2))
    given(without)
      .when(ask, at(0.2))
      .becomes({ warRooms: [{ seq: 1 }, { seq: 2, state: 'asked', askedAt: at(0.2) }] })
      .records({ kind: 'war-room-asked', room: 2 })
      .says({ kind: 'war-room-open', room: 2 })
    given(open).when(refused, at(0.2)).changesNothing()
  })

  it('is asked for once', () => {
    given(asked).when(ask).refuses({ kind: 'war-room-already', channel: null })
    given(open).when(ask).refuses({ kind: 'war-room-already', channel: 'C0ROOM' })
  })

  it('is not for others, nor where the policy knows none, nor for what is closed', () => {
    given(filed(REPORT).complaint).when(ask).refuses({ kind: 'not-critical' })
    given(filed(CRITICAL, setupOf()).complaint).when(ask).refuses({ kind: 'no-war-rooms' })
    given(run(open, [closeOut(), at(1)]))
      .when(ask, at(2))
      .refuses({ kind: 'closed' })
  })

  it('is for what became critical later, and for what has come back', () => {
    const edit: Command = { kind: 'edit', by: 'U0ANN', report: { severity: 'critical' }, edits: 0 }
    given(run(filed(REPORT).complaint, [edit, at(0.1)]))
      .when(ask)
      .becomes({ warRooms: [{ seq: 1, state: 'asked' }] })
    const back = run(open, [closeOut(), at(1)], [archived, at(1)], [reopen(), at(2)])
    given(back)
      .when(ask, at(3))
      .becomes({
        warRooms: [
          { seq: 1, state: 'archived' },
          { seq: 2, state: 'asked' },
        ],
      })
  })

  it('takes in whoever takes the complaint on', () => {
    given(open).when(own()).says(CARD, line(3), { kind: 'war-room-invite', room: 1 })
    given(asked).when(own()).says(CARD, line(2))
  })

  it('takes in who leads the department that it is handed over to', () => {
    for (const complaint of [open, run(open, [own(), at(0.2)])]) {
      const moved = given(complaint).when(handOver()).change
      expect(moved.messages.filter(({ kind }) => kind === 'war-room-invite')).toEqual([
        { kind: 'war-room-invite', room: 1 },
      ])
      expect(warRoomPeople(moved.complaint, SETUP, FILED)).toContain('U0LOG')
    }
  })

  it('is archived at the close, with the way to what was said there', () => {
    const closing = given(run(open, [own(), at(0.5)])).when(closeOut(), at(1))
    expect(closing.change.messages).toContainEqual({ kind: 'war-room-archive', room: 1 })
    given(closing.complaint)
      .when(archived, at(1, 1))
      .becomes({ warRooms: [{ seq: 1, state: 'archived', channel: 'C0ROOM' }] })
      .records({ kind: 'war-room-archived', room: 1, channel: 'C0ROOM' })
      .says(CARD, line(5))
    given(asked).when(archived).changesNothing()
  })

  it('that comes after the close, or after a reopening, is archived at once', () => {
    const closed = run(asked, [own(), at(0.5)], [closeOut(), at(1)])
    const late = [line(4), { kind: 'war-room-archive', room: 1 }] as const
    given(closed)
      .when(made, at(1, 1))
      .becomes({ warRooms: [{ state: 'open' }] })
      .says(CARD, ...late)
    const reopened = run(closed, [reopen(), at(2)])
    given(reopened).when(made, at(3)).says(CARD, line(5), { kind: 'war-room-archive', room: 1 })
    given(reopened)
      .when(ask, at(3))
      .becomes({ warRooms: [{ seq: 1 }, { seq: 2 }] })
  })
})

describe('in it are', () => {
  const NIGHT = '2026-03-03T04:00:00Z'
  const onCall = hours({ week: 'mon-fri 07:00-16:00', onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }] })
  const people = (complaint: Complaint, about: Parameters<typeof department>[1], when = FILED) =>
    warRoomPeople(complaint, setupOf({ departments: [department('manufacturing', about)] }), when)

  it('those who answer for it, each once, and whom the policy names', () => {
    expect(people(asked, { lead: 'U0LEAD', deputy: 'U0DEPUTY' })).toEqual([
      ...['U0REPORTER', 'U0LEAD', 'U0DEPUTY', 'U0BOSS'],
    ])
    expect(people(run(asked, [own('U0LEAD'), at(1)]), { lead: 'U0LEAD' })).toEqual(['U0LEAD', 'U0REPORTER', 'U0BOSS'])
  })

  it('whoever is on call then', () => {
    expect(people(asked, { hours: onCall }, new Date(NIGHT))).toContain('U0NIGHT')
    expect(people(asked, { hours: onCall }, FILED)).not.toContain('U0NIGHT')
  })

  it('somebody, also where the department has nobody, or is gone', () => {
    expect(people(asked, {})).toEqual(['U0REPORTER', 'U0BOSS'])
    expect(warRoomPeople(asked, setupOf({ departments: [] }), FILED)).toEqual(['U0REPORTER', 'U0BOSS'])
  })
})

describe('its name', () => {
  it.each([
    ['Acme', 'complaint-142-acme'],
    ['Harrow & Sons, Ltd.', 'complaint-142-harrow-sons-ltd'],
    ['Müller Söhne', 'complaint-142-muller-sohne'],
    ['  -- ', 'complaint-142'],
    ['株式会社', 'complaint-142'],
    ['x'.repeat(120), `complaint-142-${'x'.repeat(64)}`],
    ['<!channel> #general @here', 'complaint-142-channel-general-here'],
  ])('for %s', (customer, name) => {
    expect(warRoomName({ ...asked, report: { ...CRITICAL, customer } })).toBe(name)
    expect(name).toMatch(/^[a-z0-9-]{1,78}$/)
  })
})

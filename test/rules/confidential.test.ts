import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { insiders, nearestTo, viewerOf } from '../../src/complaint/confidential.ts'
import { decide } from '../../src/complaint/decide.ts'
import { calledFirst } from '../../src/complaint/ladder.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { department, POLICY, setupOf } from '../support/setups.ts'
import {
  at,
  CARD,
  cardOf,
  closed,
  closeOut,
  confidentialOpened,
  duplicate,
  FULL_WORDS,
  filed,
  given,
  handOver,
  iso,
  letGo,
  liftConfidential,
  line,
  makeConfidential,
  own,
  owned,
  planVisit,
  REPORT,
  remind,
  reopen,
  run,
  SETUP,
  takeOn,
} from './given.ts'

const critical = { report: { ...REPORT, severity: 'critical' as const } }
const asked = (people: readonly string[] = []): Complaint => run(owned(critical), [makeConfidential(people), at(0.5)])
const kept = (people: readonly string[] = []): Complaint =>
  run(asked(people), [confidentialOpened(asked().entries), at(0.6)])

/** The card among those it concerns, since this entry. */
const AMONG = (entry: number) => cardOf(`confidential ${entry}`)

describe('a critical complaint', () => {
  it('is made confidential among those it concerns and those named', () => {
    const complaint = owned(critical)
    given(complaint)
      .when(makeConfidential(['U0QUALITY', 'U0QUALITY']))
      .becomes({ confidential: { entry: 3, people: ['U0QUALITY'], state: 'asked', channel: null } })
      .records({ kind: 'made-confidential', people: ['U0QUALITY'] })
      .says(CARD, { kind: 'withdraw-all' }, { kind: 'confidential-open', entry: 3 })
  })

  it.each([
    ['that is not critical', owned()],
    [
      'that was, before it was corrected',
      run(owned(critical), [{ kind: 'edit', by: 'U0OWNER', report: { severity: 'serious' }, edits: 0 }, at(0.5)]),
    ],
  ])('one %s is not', (_, complaint) => {
    given(complaint).when(makeConfidential()).refuses({ kind: 'confidential-critical' })
  })

  it('stays so whatever becomes of its severity', () => {
    const complaint = run(kept(), [{ kind: 'edit', by: 'U0OWNER', report: { severity: 'serious' }, edits: 0 }, at(1)])
    expect(complaint.confidential).not.toBeNull()
    given(complaint)
      .when(makeConfidential(['U0QUALITY']))
      .records({
        ...{ kind: 'confidential-people', added: ['U0QUALITY'], removed: [] },
      })
  })

  it('can be made so when it is closed, too', () => {
    given(closed(critical)).when(makeConfidential(), at(2)).becomes({ status: 'closed' })
  })

  it('is no duplicate, and has none: it would be heard of through the other', () => {
    given(kept()).when(duplicate()).refuses({ kind: 'duplicate-confidential', field: 'original' })
    given(kept()).when(takeOn(filed())).refuses({ kind: 'duplicate-confidential', field: 'original' })
    given(run(filed(critical), [duplicate(), at(0.5)]))
      .when(makeConfidential())
      .refuses({ kind: 'duplicate', of: 100 })
  })

  it('lets a duplicate go that was linked before, whoever answers for that one', () => {
    const linked = run(owned(critical), [takeOn(filed()), at(0.4)], [makeConfidential(), at(0.5)])
    const colleague = { standing: 'colleague', departments: [] } as const
    const ask = (command: Command) =>
      decide(linked, { ...command, by: 'U0ELSEWHERE' } as Command, { now: at(1), setup: SETUP, asker: colleague })
    expect(ask(letGo(filed()))).toMatchObject({ ok: true })
    expect(ask(takeOn(filed()))).toMatchObject({ ok: false, refusal: { kind: 'confidential' } })
  })

  it('has no war room beside it', () => {
    const policy = { ...POLICY, warRoom: { critical: true, people: [] } }
    const room = { seq: 1, state: 'open', askedAt: at(0), channel: 'C0ROOM' } as const
    const complaint: Complaint = { ...owned(critical), policy, warRooms: [room] }
    const confidential = given(complaint).when(makeConfidential()).complaint
    given(confidential).when({ kind: 'open-war-room', by: 'U0OWNER' }, at(2)).refuses({ kind: 'war-room-confidential' })
    const archived = run(confidential, [{ kind: 'war-room-archived', room: 1 }, at(2)])
    given(run(archived, [closeOut({ by: 'U0OWNER' }), at(3)]))
      .when(reopen({ by: 'U0OWNER' }), at(4))
      .becomes({ warRooms: [{ ...room, state: 'archived' }] })
  })
})

describe('its channel', () => {
  it('takes the card, the full words, and the word that it is confidential', () => {
    given(asked(['U0QUALITY']))
      .when(confidentialOpened(3))
      .becomes({ confidential: { entry: 3, people: ['U0QUALITY'], state: 'open', channel: 'C0AMONG' } })
      .records({ kind: 'confidential-room', channel: 'C0AMONG', wanted: true })
      .says({ kind: 'confidential-invite' }, AMONG(3), ...FULL_WORDS, line(4))
  })

  it('takes the photos along, and keeps the card when it is handed over', () => {
    const about = { ending: 'jpg', mimetype: 'image/jpeg', size: 1000, permalink: null }
    const add = {
      kind: 'add-evidence',
      by: 'U0REPORTER',
      files: [{ id: 'F0VALVE', name: 'valve.jpg', about }],
    } as const
    const room = given(run(owned(critical), [add, at(0.4)], [makeConfidential(), at(0.5)])).when(confidentialOpened(4))
    room.says({ kind: 'confidential-invite' }, AMONG(4), ...FULL_WORDS, line(5), { kind: 'evidence', entry: 5 })
    given(room.complaint)
      .when(handOver({ by: 'U0OWNER' }), at(2))
      .says(
        // Its card is no new one: whoever is called first is called below it.
        ...[{ kind: 'confidential-invite' } as const, AMONG(4), line(6)],
        ...[
          { kind: 'call', entry: 6, ladder: iso(2), climbed: 0 } as const,
          { kind: 'confidential-remove', people: ['U0OWNER', 'U0LEAD'] } as const,
        ],
      )
  })

  it('that comes twice is taken once', () => {
    given(kept()).when(confidentialOpened(3, 'C0OTHER')).changesNothing()
  })

  it('that comes too late is archived', () => {
    given(run(asked(), [liftConfidential(), at(0.6)]))
      .when(confidentialOpened(3))
      .becomes({ confidential: null })
      .records({ kind: 'confidential-room', channel: 'C0AMONG', wanted: false })
      .says({ kind: 'archive', channel: 'C0AMONG' })
  })

  it('that Slack does not make leaves the card to one person', () => {
    given(asked())
      .when({ kind: 'confidential-refused', entry: 3, error: 'restricted_action' })
      .becomes({ confidential: { entry: 3, people: [], state: 'refused', channel: null } })
      .says(AMONG(3), ...FULL_WORDS, line(4))
    given(kept()).when({ kind: 'confidential-refused', entry: 3, error: 'restricted_action' }).changesNothing()
  })

  it('loses whom the form names no more, and gains whom it names', () => {
    given(kept(['U0QUALITY', 'U0BOSS']))
      .when(makeConfidential(['U0BOSS', 'U0LAWYER'], 'U0OWNER'))
      .records({ kind: 'confidential-people', added: ['U0LAWYER'], removed: ['U0QUALITY'] })
      .says({ kind: 'confidential-invite' }, AMONG(3), line(5), { kind: 'confidential-remove', people: ['U0QUALITY'] })
    given(kept(['U0BOSS']))
      .when(makeConfidential(['U0BOSS']))
      .changesNothing()
  })

  it('keeps whom it concerns anyway, named or not', () => {
    given(kept(['U0LEAD']))
      .when(makeConfidential([]))
      .says(AMONG(3), line(5))
  })

  it('gains whoever takes it, and whoever goes to the customer', () => {
    const unowned = run(filed(critical), [makeConfidential(['U0QUALITY']), at(0.1)], [confidentialOpened(2), at(0.2)])
    given(unowned).when(own('U0QUALITY')).says(AMONG(2), line(4))
    given(unowned).when(own('U0FIXER')).refuses({ kind: 'confidential', ask: 'U0LEAD' })
    given(kept())
      .when(planVisit({ who: 'U0FIXER' }))
      .becomes({ confidential: { entry: 3, people: ['U0FIXER'], state: 'open', channel: 'C0AMONG' } })
      .says({ kind: 'confidential-invite' }, AMONG(3), { kind: 'visit', visit: 1, entry: 5 })
    given(kept())
      .when(planVisit({ who: 'U0LEAD' }))
      .says(AMONG(3), { kind: 'visit', visit: 1, entry: 5 })
  })

  it('names who was on the way already', () => {
    const complaint = run(owned(critical), [planVisit({ who: 'U0FIXER' }), at(0.4)])
    given(complaint)
      .when(makeConfidential())
      .becomes({
        confidential: { entry: 4, people: ['U0FIXER'], state: 'asked', channel: null },
      })
  })
})

describe('lifted', () => {
  it('it is everybody’s again', () => {
    given(kept(['U0QUALITY']))
      .when(liftConfidential())
      .becomes({ confidential: null })
      .records({ kind: 'confidential-lifted' })
      .says(CARD, ...FULL_WORDS, line(5))
    given(asked()).when(liftConfidential()).says(CARD, line(4))
    given(owned(critical)).when(liftConfidential()).refuses({ kind: 'not-confidential' })
  })

  it('not by the reporter, nor by whoever was named', () => {
    for (const by of ['U0REPORTER', 'U0QUALITY'])
      given(kept(['U0QUALITY']))
        .when(liftConfidential(by))
        .refuses({
          ...{ kind: 'not-allowed', deed: 'lift-confidential', ask: 'U0OWNER' },
        })
  })
})

describe('those it concerns', () => {
  const setup = setupOf({
    confidential: ['U0BOSS'],
    departments: [department('manufacturing', { lead: 'U0LEAD', deputy: 'U0DEPUTY', group: 'S0MFG' })],
  })

  it('are who filed it, who owns it, its lead and deputy, the admins, and those named', () => {
    expect(insiders(asked(['U0QUALITY', 'U0LEAD']), setup)).toEqual([
      'U0REPORTER',
      'U0OWNER',
      'U0LEAD',
      'U0DEPUTY',
      'U0ADMIN',
      'U0QUALITY',
      'U0BOSS',
    ])
  })

  it('are told one by one where there is no channel: the nearest of them', () => {
    expect(nearestTo(asked(), setup)).toBe('U0OWNER')
    const unowned = run(filed(critical), [makeConfidential(), at(0.1)])
    expect(nearestTo(unowned, setup)).toBe('U0LEAD')
    expect(nearestTo(unowned, setupOf({ departments: [] }))).toBe('U0REPORTER')
  })

  it('are known to lists', () => {
    expect(viewerOf('U0DEPUTY', setup)).toEqual({ person: 'U0DEPUTY', seesAll: false, leads: ['manufacturing'] })
    for (const person of ['U0BOSS', 'U0ADMIN']) expect(viewerOf(person, setup).seesAll).toBe(true)
    expect(viewerOf('U0OWNER', setup)).toEqual({ person: 'U0OWNER', seesAll: false, leads: [] })
  })

  it('alone are called while nobody owns it', () => {
    const unowned = run(filed(critical), [makeConfidential([], 'U0LEAD'), at(0.01)])
    expect(calledFirst(unowned, SETUP, at(1))).toMatchObject({ group: null, people: ['U0LEAD'] })
    given(unowned)
      .when(remind, at(0.1))
      .records({
        ...{ kind: 'escalated', rung: 'department', group: null, people: ['U0LEAD'], company: false, passedOver: [] },
      })
  })
})

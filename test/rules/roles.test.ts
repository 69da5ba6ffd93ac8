import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { decide } from '../../src/complaint/decide.ts'
import { sentence } from '../../src/complaint/refusals.ts'
import {
  type Asker,
  type Deed,
  isMember,
  mayNot,
  PERMISSIONS,
  ROLES,
  type Role,
  rolesOf,
} from '../../src/complaint/roles.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { department, hours, INSIDER, NO_ACTION, setupOf } from '../support/setups.ts'
import { AN_ACTION, at, closed, closeOut, filed, own, owned, planVisit, reopen, run } from './given.ts'

const COLLEAGUE: Asker = { standing: 'colleague', departments: [] }

const SETUP = setupOf({
  departments: [
    department('manufacturing', {
      ...{ lead: 'U0LEAD', deputy: 'U0DEPUTY', group: 'S0MFG', members: ['U0NAMED'] },
      levels: [
        { name: 'Experts', group: null, person: 'U0EXPERT' },
        { name: 'Engineers', group: 'S0ENG', person: null },
      ],
      hours: hours({ onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }] }),
    }),
    department('logistics', { lead: 'U0LOG' }),
    department('design', { kind: 'design', lead: 'U0DESIGN' }),
  ],
})

/** Somebody of each role, and of no other; the owner is on the way to a customer while the leads settle who takes it. */
const WHO: Readonly<Record<Role, string>> = {
  anyone: 'U0STRANGER',
  reporter: 'U0REPORTER',
  visitor: 'U0FIXER',
  taker: 'U0TAKER',
  origin: 'U0DESIGN',
  named: 'U0QUALITY',
  member: 'U0NAMED',
  owner: 'U0OWNER',
  lead: 'U0LEAD',
  settler: 'U0LOG',
  admin: 'U0ADMIN',
}
const underWay = (): Complaint => {
  const complaint = run(owned(), [closeOut({ ...AN_ACTION, origin: 'design' }), at(0.3)], [reopen(), at(0.4)])
  return {
    ...run(complaint, [planVisit(), at(0.5)]),
    settling: { to: 'logistics', by: 'U0OWNER', reason: 'Wrong box.', entry: 3 },
  }
}

const TABLE = `
                       anyone    reporter  visitor   taker     origin    named     member    owner     lead      settler   admin
  file                 yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  see-card             yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  see-timeline         yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  see-contact          no        yes       yes       no        no        no        yes       yes       yes       no        yes
  see-confidential     no        yes       no        no        no        no        no        yes       yes       no        yes
  own                  yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  hand-over            no        no        no        no        no        no        yes       yes       yes       no        yes
  settle               no        no        no        no        no        no        no        no        yes       yes       yes
  reassign             no        no        no        no        no        no        no        yes       yes       no        yes
  log-callback         no        yes       yes       no        no        no        yes       yes       yes       no        yes
  move-callback        no        yes       no        no        no        no        yes       yes       yes       no        yes
  plan-visit           no        yes       no        no        no        no        yes       yes       yes       no        yes
  change-visit         no        yes       yes       no        no        no        yes       yes       yes       no        yes
  call-off-visit       no        yes       yes       no        no        no        yes       yes       yes       no        yes
  set-out              no        yes       yes       no        no        no        yes       yes       yes       no        yes
  fix-remotely         no        yes       no        no        no        no        yes       yes       yes       no        yes
  arrive               no        yes       yes       no        no        no        yes       yes       yes       no        yes
  visit-outcome        no        yes       yes       no        no        no        yes       yes       yes       no        yes
  make-good            no        yes       no        no        no        no        yes       yes       yes       no        yes
  approve-make-good    yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  decline-make-good    yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  edit                 no        yes       no        no        no        no        yes       yes       yes       no        yes
  close-out            no        no        no        no        no        no        yes       yes       yes       no        yes
  reopen               no        yes       no        no        no        no        yes       yes       yes       no        yes
  make-confidential    no        yes       no        no        no        no        no        yes       yes       no        yes
  lift-confidential    no        no        no        no        no        no        no        yes       yes       no        yes
  next-level           no        no        no        no        no        no        yes       yes       yes       no        yes
  sign-of-life         yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  open-war-room        no        yes       no        no        no        no        yes       yes       yes       no        yes
  duplicate            no        yes       no        no        no        no        yes       yes       yes       no        yes
  split                no        yes       no        no        no        no        yes       yes       yes       no        yes
  take-on              yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  let-go               yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  point-to             yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  merge-customer       no        yes       no        no        no        no        yes       yes       yes       no        yes
  rename-customer      no        yes       no        no        no        no        yes       yes       yes       no        yes
  add-evidence         yes       yes       yes       yes       yes       yes       yes       yes       yes       yes       yes
  lose-evidence        clock
  war-room-opened      clock
  war-room-refused     clock
  war-room-archived    clock
  remind               clock
  erase-words          clock
  finish-action        no        no        no        yes       yes       no        yes       yes       yes       no        yes
  answer-recurrence    no        no        no        yes       yes       no        yes       yes       yes       no        yes
  cause-again          clock
  confidential-opened  clock
  confidential-refused clock
  join-flaw            clock     clock     clock     clock     clock     clock     clock     clock     clock     clock     clock
`

const [columns = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const cells = rows.flatMap(([deed, ...row]) =>
  columns.map((role, column) => [deed as Deed, role as Role, row[column] ?? row[0]] as const),
)

describe('who may do what', () => {
  it.each(cells)('%s, %s: %s', (deed, role, may) => {
    const asked = () => mayNot(deed, underWay(), WHO[role], { setup: SETUP, asker: COLLEAGUE })
    if (may === 'clock') return expect(asked).toThrow()
    const refusal = asked()
    expect(refusal === null ? 'yes' : 'no').toBe(may)
    if (refusal) expect(refusal).toMatchObject({ kind: 'not-allowed', deed })
  })

  const among = (): Complaint => ({
    ...underWay(),
    confidential: { entry: 3, people: [WHO.named], state: 'asked', channel: null },
  })

  it.each(cells.filter(([, , may]) => may !== 'clock'))('%s, %s, of what is confidential', (deed, role, may) => {
    const refusal = mayNot(deed, among(), WHO[role], { setup: SETUP, asker: COLLEAGUE })
    // Nobody is kept from splitting their own off from it.
    if (deed === 'let-go') expect(refusal).toBeNull()
    else if (['anyone', 'visitor', 'taker', 'origin', 'member'].includes(role))
      expect(refusal).toEqual({ kind: 'confidential', ask: 'U0LEAD' })
    // Whoever may have to settle it counts as named.
    else if (role === 'named' || role === 'settler')
      expect(refusal === null).toBe(may === 'yes' || /see-con/.test(deed))
    else expect(refusal === null ? 'yes' : 'no').toBe(may)
  })

  it('says all of it', () => {
    expect(columns).toEqual(ROLES)
    expect(rows.map(([deed]) => deed).sort()).toEqual(Object.keys(PERMISSIONS).sort())
    expect(cells).toHaveLength(rows.length * columns.length)
  })

  it('takes people for what they are', () => {
    const standing = { setup: SETUP, asker: COLLEAGUE }
    for (const [role, person] of Object.entries(WHO))
      expect(rolesOf(among(), person, standing)).toEqual(
        ROLES.filter(
          (one) =>
            ['anyone', role].includes(one) ||
            (role === 'lead' && ['member', 'settler'].includes(one)) ||
            (role === 'settler' && one === 'named'),
        ),
      )
  })

  it('does not let nobody do what people do', () => {
    expect(() => mayNot('own', filed(), 'U0ADMIN', { setup: SETUP, asker: null })).toThrow()
  })
})

describe('the rules', () => {
  const closeOut: Command = {
    ...{
      kind: 'close-out',
      by: 'U0STRANGER',
      rootCause: 'defective-part',
      origin: 'manufacturing',
      done: 'New valve.',
    },
    ...{ fix: 'fixed', avoidable: true, settled: 'yes', ...NO_ACTION },
  }
  const ask = (complaint: Complaint, command: Command, asker: Asker = COLLEAGUE, setup: Setup = SETUP) =>
    decide(complaint, command, { now: at(1), setup, asker })

  it('refuse a stranger, and say who may and whom to ask', () => {
    const decision = ask(owned(), closeOut)
    expect(decision).toMatchObject({ ok: false, refusal: { kind: 'not-allowed', ask: 'U0OWNER' } })
    expect(decision.ok ? '' : sentence(decision.refusal)).toBe(
      'Only its department, its owner or an admin may close it out. Please ask <@U0OWNER>.',
    )
  })

  it.each<[string, Partial<Setup>, string | null]>([
    ['the lead', {}, 'U0LEAD'],
    ['an admin, where there is no lead', { departments: [department('manufacturing', { group: 'S0' })] }, 'U0ADMIN'],
    ['nobody, where there is neither', { departments: [], admins: [] }, null],
  ])('point to %s while nobody owns it', (_, setup, whom) => {
    const decision = ask(filed(), closeOut, COLLEAGUE, { ...SETUP, ...setup })
    expect(decision).toMatchObject({ ok: false, refusal: { kind: 'not-allowed', ask: whom } })
  })

  it('let anybody in the company take it, who then may do the rest', () => {
    const complaint = run(filed(), [own('U0STRANGER'), at(0.1)])
    expect(ask(complaint, closeOut)).toMatchObject({ ok: true })
  })

  it('let the reporter reopen what others closed', () => {
    const reopen: Command = {
      ...{ kind: 'reopen', by: 'U0REPORTER', reason: 'They rang again.', promisedBy: at(5), ownerGone: false },
    }
    expect(ask(closed(), reopen)).toMatchObject({ ok: true })
    expect(ask(closed(), { ...reopen, by: 'U0STRANGER' })).toMatchObject({ ok: false })
  })

  it.each(['guest', 'outsider', 'gone'] as const)('let a %s do nothing, whatever they were', (standing) => {
    const asker = { ...INSIDER, standing }
    for (const by of ['U0STRANGER', 'U0OWNER', 'U0LEAD', 'U0ADMIN'])
      expect(ask(owned(), { ...closeOut, by } as Command, asker)).toEqual({
        ok: false,
        refusal: { kind: 'not-a-colleague', standing },
      })
    expect(ask(filed(), own(), asker)).toMatchObject({ ok: false, refusal: { kind: 'not-a-colleague' } })
  })

  it('let the clock remind', () => {
    expect(decide(owned(), { kind: 'remind' }, { now: at(3), setup: SETUP, asker: null })).toMatchObject({ ok: true })
  })
})

describe('a department', () => {
  const is = (person: string, departments: readonly string[] = [], key = 'manufacturing') =>
    isMember(key, person, { setup: SETUP, asker: { standing: 'colleague', departments } })

  it.each(['U0LEAD', 'U0DEPUTY', 'U0NAMED', 'U0EXPERT', 'U0NIGHT'])('holds %s, whom it names', (person) => {
    expect(is(person)).toBe(true)
    expect(is(person, [], 'logistics')).toBe(false)
  })

  it('holds those whom Slack counts to it', () => {
    expect(is('U0STRANGER')).toBe(false)
    expect(is('U0STRANGER', ['manufacturing'])).toBe(true)
    expect(is('U0STRANGER', ['logistics'])).toBe(false)
  })

  it('that is there no more holds nobody', () => {
    expect(is('U0LEAD', ['gone'], 'gone')).toBe(false)
  })

  it('counts its deputy as a lead', () => {
    expect(rolesOf(owned(), 'U0DEPUTY', { setup: SETUP, asker: COLLEAGUE })).toContain('lead')
  })
})

import type { ModalView } from '@slack/types'
import { describe, expect, it } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { withPiece } from '../../src/config/edits.ts'
import { checkConfig } from '../../src/config/parse.ts'
import { contentsOf, nodesIn, type Piece, plainOf } from '../../src/config/pieces.ts'
import { objectOf, text } from '../../src/sandbox/json.ts'
import { checkView } from '../../src/sandbox/limits.ts'
import { initialState } from '../../src/sandbox/view-blocks.ts'
import { Fields } from '../../src/slack/fields.ts'
import { submissionPayload } from '../../src/slack/payloads.ts'
import { settingsIn, shownIn } from '../../src/slack/settings.ts'
import { setupForm, setupRemoval } from '../../src/views/setupForm.ts'
import { setupList } from '../../src/views/setupList.ts'
import { setupModal } from '../../src/views/setupModal.ts'
import { EXAMPLE_SETUP } from '../config/samples.ts'
import { naughtyStrings } from '../data/support.ts'
import { BIG_SETUP } from './samples.ts'

const sound = (view: ModalView): ModalView => {
  expect(checkView(view)).toEqual([])
  return view
}

const formOf = (setup: Setup, piece: Piece, all = plainOf(setup)): ModalView =>
  sound(setupForm({ piece, mark: 'm', page: 0, contents: contentsOf(all, piece) ?? {}, setup }))

/** The form as Slack sends it, with nothing touched. */
function untouched(view: ModalView): Fields {
  const values = view.blocks.flatMap((block) => {
    if (block.type !== 'input' || !('element' in block)) return []
    const element = objectOf(block.element)
    return [[text(block.block_id), { [text(element.action_id)]: initialState(element) }] as const]
  })
  const state = { values: Object.fromEntries(values) }
  const payload = { type: 'view_submission', user: { id: 'U1' }, view: { ...view, id: 'V1', state } }
  return new Fields(submissionPayload.parse(payload).view)
}

const piecesOf = (setup: Setup): Piece[] => [
  { kind: 'company' },
  { kind: 'policy' },
  ...setup.departments.map(({ key }): Piece => ({ kind: 'department', key })),
  ...setup.departments.map(({ key }): Piece => ({ kind: 'calling', key })),
  ...nodesIn(plainOf(setup)).map(({ cause }): Piece => ({ kind: 'cause', key: String(cause.key) })),
]

const FULL: Setup = {
  ...EXAMPLE_SETUP,
  confidential: ['U0COUNSEL'],
  departments: EXAMPLE_SETUP.departments.map((one) => ({
    ...one,
    deputy: 'U0DEPUTY',
    members: ['U0ONE', 'U0TWO'],
    levels: [{ name: 'Experts', group: null, person: 'U0EXPERT' }],
    hours: one.hours && {
      ...one.hours,
      ...{ off: ['2026-12-24'], open: ['2026-12-27'], onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }] },
    },
  })),
  policy: {
    ...EXAMPLE_SETUP.policy,
    ladder: { ...EXAMPLE_SETUP.policy.ladder, serious: [60_000] },
    warRoom: { critical: true, people: ['U0BOSS'] },
  },
}

const MANY = Array.from({ length: 101 }, (_, at) => `U0${String(at).padStart(5, '0')}`)
/** More than a form can hold. */
const HUGE: Setup = {
  ...FULL,
  confidential: MANY,
  departments: FULL.departments.map((one) => ({
    ...one,
    members: MANY,
    levels: MANY.slice(0, 11).map((person, at) => ({ name: `Level ${at}`, group: null, person })),
    hours: {
      ...{ timezone: 'UTC', week: 'mon-fri 09:00-17:00', holidays: null, open: [] },
      onCall: MANY.slice(0, 10).map((person) => ({ person, week: 'mon-sun 17:00-09:00' })),
      off: Array.from({ length: 300 }, (_, at) => new Date(Date.UTC(2026, 0, at + 1)).toISOString().slice(0, 10)),
    },
  })),
}

describe('a form opened and saved', () => {
  it.each(
    Object.entries({ EXAMPLE_SETUP, FULL, HUGE }).flatMap(([name, setup]) =>
      piecesOf(setup).map((piece) => [name, piece, setup] as const),
    ),
  )('changes nothing: %s %j', (_, piece, setup) => {
    const fields = untouched(formOf(setup, piece))
    const edited = withPiece(plainOf(setup), piece, settingsIn(fields, shownIn(fields, piece)))
    if (!edited.ok) throw new Error(JSON.stringify(edited))
    expect(checkConfig(edited.all)).toEqual({ ok: true, setup })
  })
})

const readable = (blocks: readonly unknown[]): string => JSON.stringify(blocks)

describe('the lists', () => {
  it('show hundreds, a page at a time', () => {
    const departments = Array.from({ length: 500 }, (_, at) => ({
      ...(EXAMPLE_SETUP.departments[0] as Setup['departments'][number]),
      ...{ key: `d${at}`, name: `Department ${at}` },
    }))
    const setup = { ...EXAMPLE_SETUP, departments }
    const seen = new Set<string>()
    for (let page = 0; page < 25; page += 1)
      for (const [, name] of readable(sound(setupList(setup, { list: 'departments', page })).blocks).matchAll(
        /\*(Department \d+)\*/g,
      ))
        seen.add(name ?? '')
    expect(seen.size).toBe(500)
    expect(readable(setupList(setup, { list: 'departments', page: 99 }).blocks)).toContain('Page 25 of 25')
    sound(setupModal(setup))
    expect(readable(setupModal(setup).blocks)).toContain('500 departments: 0 service, 500 fixer, 0 design')
  })

  it('show the tree with the path to each', () => {
    const shown = readable(sound(setupList(EXAMPLE_SETUP, { list: 'causes', page: 0 })).blocks)
    expect(shown).toContain('Product › *Defective part*\\narises in Manufacturing')
    expect(shown).toContain('*Process*\\n1 under it')
    sound(setupList(BIG_SETUP, { list: 'causes', page: 4 }))
  })

  it('say where nobody is named', () => {
    expect(readable(setupModal({ ...EXAMPLE_SETUP, admins: [] }).blocks)).toContain('Nobody is named as an admin')
    expect(readable(setupModal({ ...EXAMPLE_SETUP, admins: MANY }).blocks)).toContain('and 81 more')
  })
})

/** As many names as the rules let in. */
function accepted(names: readonly string[]): string[] {
  const plain = plainOf(EXAMPLE_SETUP)
  const known = names.map((name) => name.trim().toLowerCase())
  return names.filter((name, at) => {
    if (known.indexOf(known[at] ?? '') !== at) return false
    const edited = withPiece(plain, { kind: 'department', key: 'design' }, [{ path: ['name'], value: name }])
    return edited.ok && checkConfig(edited.all).ok
  })
}

/** Department and root cause are called so. */
function calledSo(names: readonly string[]): Setup {
  const [example] = EXAMPLE_SETUP.departments
  if (!example) throw new Error('No example')
  return {
    ...EXAMPLE_SETUP,
    departments: names.map((name, at) => ({ ...example, key: `d${at}`, name })),
    rootCauses: names.map((name, at) => ({
      ...{ key: `c${at}`, name, origin: null },
      children: [{ key: `below-${at}`, name, origin: `d${at}`, children: [] }],
    })),
  }
}

it('names of any kind stand in it as words', { timeout: 60_000 }, () => {
  const given = naughtyStrings()
  const names = accepted(given)
  const setup = calledSo(names)
  if (given.length > 0) expect(setup.departments.length).toBeGreaterThan(300)
  for (const list of ['departments', 'causes'] as const)
    for (let page = 0; page <= setup.departments.length / 10; page += 1) {
      const view = sound(setupList(setup, { list, page }, [given[page] ?? 'x']))
      expect(readable(view.blocks).replace(/<@U0\w+>|<#C0\w+>/g, '')).not.toMatch(/<[!@#]/)
    }
  // A form names everything that can be chosen in it: a few at a time are as good.
  for (let from = 0; from < names.length; from += 20) {
    const some = calledSo(names.slice(from, from + 20))
    const all = plainOf(some)
    for (const [at, { name }] of some.departments.entries()) {
      formOf(some, { kind: 'department', key: `d${at}` }, all)
      formOf(some, { kind: 'cause', key: `below-${at}` }, all)
      sound(setupRemoval({ ...{ mark: 'm', page: 0, below: 1, name }, piece: { kind: 'cause', key: `c${at}` } }))
    }
  }
  sound(setupModal(setup, { notices: given }))
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leavesOf, type Setup } from '../../src/complaint/setup.ts'
import { faultsOfPiece, withoutPiece, withPiece } from '../../src/config/edits.ts'
import { keyFor } from '../../src/config/keys.ts'
import { checkConfig } from '../../src/config/parse.ts'
import { markOf, nodesIn, type Piece, type Plain, plainOf, type Setting } from '../../src/config/pieces.ts'
import { anyCharacters } from '../support/anyText.ts'
import { EXAMPLE_SETUP } from './samples.ts'

const EXAMPLE = plainOf(EXAMPLE_SETUP)

const at = (path: string, value: unknown): Setting => ({ path: path.split('.'), value })
const department = (key: string | null): Piece => ({ kind: 'department', key })
const cause = (key: string | null): Piece => ({ kind: 'cause', key })

/** What is in force then, or what is wrong. */
function changed(piece: Piece, settings: readonly Setting[] | null, all: Plain = EXAMPLE): Setup | unknown {
  const edited = settings === null ? withoutPiece(all, piece) : withPiece(all, piece, settings)
  if (!edited.ok) return 'gone' in edited ? 'gone' : edited.faults
  const checked = checkConfig(edited.all)
  return checked.ok ? checked.setup : faultsOfPiece(checked.faults, edited.base, edited.entered)
}

const departments = (result: unknown) => (result as Setup).departments
const treeOf = (result: unknown): string[] =>
  nodesIn(plainOf(result as Setup)).map(({ cause: one, parent }) => `${parent?.key ?? ''}/${one.key}`)

const NEW_DEPARTMENT = [at('name', 'Größe & Farbe'), at('kind', 'fixer'), at('channel', 'C0PAINT')]

describe('who is called in a department', () => {
  const calling: Piece = { kind: 'calling', key: 'manufacturing' }
  const row = (list: string, index: number, about: Record<string, unknown>): Setting[] =>
    Object.entries(about).map(([key, value]) => ({ path: [...list.split('.'), index, key], value }))
  const level = (index: number, name?: string, person?: string, group?: string) =>
    row('levels', index, { name, person, group })
  const onCall = (index: number, person?: string, week?: string) => row('hours.onCall', index, { person, week })
  const both = changed(calling, [
    ...[...level(0, 'Bench', 'U0BENCH'), ...level(1, 'Engineers', undefined, 'S0ENG'), ...level(2)],
    ...[...onCall(0, 'U0NIGHT', 'mon-sun 16:00-07:00'), ...onCall(1)],
  ])

  it('is named a row at a time, and the rest stays', () => {
    const [made, design] = departments(both)
    expect(made).toEqual({
      ...EXAMPLE_SETUP.departments[0],
      levels: [
        { name: 'Bench', group: null, person: 'U0BENCH' },
        { name: 'Engineers', group: 'S0ENG', person: null },
      ],
      hours: {
        ...EXAMPLE_SETUP.departments[0]?.hours,
        onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }],
      },
    })
    expect(design).toEqual(EXAMPLE_SETUP.departments[1])
  })

  it('is taken away with a row that is emptied', () => {
    const before = plainOf(both as Setup)
    const [made] = departments(changed(calling, [...level(0), ...onCall(0)], before))
    expect(made?.levels.map(({ name }) => name)).toEqual(['Engineers'])
    expect(made?.hours?.onCall).toEqual([])
    expect(departments(changed(calling, [...level(0), ...level(1), ...onCall(0)], before))[0]).toEqual(
      EXAMPLE_SETUP.departments[0],
    )
  })

  it('has its faults where they were entered', () => {
    const before = plainOf(both as Setup)
    expect(
      changed(
        calling,
        [...level(0), ...level(1, 'Engineers'), ...level(2, 'Engineers', 'U0X'), ...onCall(0, 'U0Y')],
        before,
      ),
    ).toEqual([
      { path: ['hours', 'onCall', 0, 'week'], message: expect.stringContaining('is missing') },
      { path: ['levels', 2, 'name'], message: expect.stringContaining('is taken by') },
      { path: ['levels', 1], message: expect.stringContaining('calls nobody') },
    ])
    expect(changed({ kind: 'calling', key: 'gone' }, level(0, 'x'))).toBe('gone')
  })
})

describe('a department', () => {
  it('is added with a key made from its name, after the others', () => {
    const [, , added] = departments(changed(department(null), NEW_DEPARTMENT))
    expect(added).toMatchObject({ key: 'grosse-farbe', name: 'Größe & Farbe', lead: null, hours: null, levels: [] })
  })

  it('takes a key of its own', () => {
    expect(departments(changed(department(null), [...NEW_DEPARTMENT, at('key', 'paint')]))[2]?.key).toBe('paint')
    expect(changed(department(null), [...NEW_DEPARTMENT, at('key', 'design')])).toEqual([
      { path: ['key'], message: '"design" is taken by departments[1].key' },
    ])
  })

  it('is changed where the form says so, and stays in all else', () => {
    const before = plainOf({
      ...EXAMPLE_SETUP,
      departments: EXAMPLE_SETUP.departments.map((one) => ({
        ...one,
        levels: [{ name: 'Experts', group: null, person: 'U0EXPERT' }],
        hours: one.hours && { ...one.hours, onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }] },
      })),
    })
    const settings = [at('name', 'Production'), at('lead', undefined), at('hours.week', 'mon-fri 06:00-14:00')]
    const [made, design] = departments(changed(department('manufacturing'), settings, before))
    expect(made).toMatchObject({ key: 'manufacturing', name: 'Production', lead: null, group: 'S0MFG', authority: 500 })
    expect(made?.levels).toHaveLength(1)
    expect(made?.hours).toMatchObject({ week: 'mon-fri 06:00-14:00', holidays: 'US', onCall: [{ person: 'U0NIGHT' }] })
    expect(design).toEqual(departments(checkedOf(before))[1])
  })

  it('always works once nothing of its hours is left', () => {
    const none = ['week', 'timezone', 'holidays', 'off', 'open'].map((part) => at(`hours.${part}`, undefined))
    expect(departments(changed(department('manufacturing'), none))[0]?.hours).toBeNull()
    expect(departments(changed(department('design'), none))[1]?.hours).toBeNull()
    // A time zone alone is half of it.
    expect(changed(department('design'), [...none, at('hours.timezone', 'Europe/Berlin')])).toMatchObject([
      { path: ['hours', 'week'], message: expect.stringMatching(/^is missing/) },
    ])
  })

  it.each([
    [[at('name', ' ')], [['name'], /is empty/]],
    [[at('name', 'PRODUCT DESIGN ')], [['name'], /is what another department is called/]],
    [[at('name', 'a\nb')], [['name'], /line break/]],
    [[at('kind', undefined)], [['kind'], /is missing/]],
    [[at('channel', 'manufacturing')], [['channel'], /is not the id of a Slack channel/]],
    [[at('authority', 'many')], [['authority'], /is not a whole number/]],
    [[at('hours.week', 'nine to five')], [['hours', 'week'], /./]],
    [[at('hours.off', ['2026-02-30'])], [['hours', 'off', 0], /is not a date/]],
    [[at('deputy', 'U0LEAD')], [['deputy'], /is the lead already/]],
  ])('is refused: %j', (settings, [path, message]) => {
    expect(changed(department('manufacturing'), settings)).toMatchObject([
      { path, message: expect.stringMatching(message as RegExp) },
    ])
  })

  it('is retired once no root cause says that it arises there', () => {
    expect(changed(department('design'), null)).toMatchObject([{ path: null, message: /"Poor design"/ }].map(matching))
    const moved = changed(cause('poor-design'), [at('origin', 'manufacturing')])
    expect(departments(changed(department('design'), null, plainOf(moved as Setup))).map(({ key }) => key)).toEqual([
      'manufacturing',
    ])
    expect(changed(department('nowhere'), null)).toBe('gone')
    expect(changed(department('nowhere'), NEW_DEPARTMENT)).toBe('gone')
  })
})

const matching = ({ path, message }: { path: null; message: RegExp }) => ({
  path,
  message: expect.stringMatching(message),
})

const checkedOf = (all: Plain): Setup => {
  const checked = checkConfig(all)
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults))
  return checked.setup
}

describe('a root cause', () => {
  it('is added at the top, or under another one', () => {
    expect(treeOf(changed(cause(null), [at('name', 'Transport')])).at(-1)).toBe('/transport')
    expect(treeOf(changed(cause(null), [at('name', 'Short count'), at('under', 'process')])).at(-1)).toBe(
      'process/short-count',
    )
    expect(treeOf(changed(cause(null), [at('name', 'Twice'), at('under', 'wrong-part-number')])).at(-1)).toBe(
      'wrong-part-number/twice',
    )
  })

  it('moves with what stands under it, and a parent left alone becomes a leaf', () => {
    const moved = changed(cause('process'), [at('under', 'product')])
    expect(treeOf(moved)).toEqual([
      ...['/product', 'product/defective-part', 'product/poor-design'],
      ...['product/process', 'process/wrong-part-number'],
    ])
    const back = changed(cause('wrong-part-number'), [at('under', undefined)], plainOf(moved as Setup))
    expect(treeOf(back).slice(-2)).toEqual(['product/process', '/wrong-part-number'])
    expect(leavesOf((back as Setup).rootCauses).map(({ key }) => key)).toContain('process')
  })

  it('keeps its place where only its name changes', () => {
    const renamed = changed(cause('product'), [at('name', 'The product'), at('under', undefined)])
    expect(treeOf(renamed)).toEqual(treeOf(EXAMPLE_SETUP))
    expect((renamed as Setup).rootCauses[0]?.name).toBe('The product')
  })

  it.each([
    [cause('product'), [at('under', 'product')], ['under'], /can’t stand under itself/],
    [cause('process'), [at('under', 'wrong-part-number')], ['under'], /can’t stand under itself/],
    [cause('process'), [at('under', 'defective-part')], ['under'], /says where it arises/],
    [cause('process'), [at('under', 'nowhere')], ['under'], /is not there any more/],
    [cause('process'), [at('origin', 'design')], ['origin'], /is for leaves only/],
    [cause(null), [at('name', 'X'), at('origin', 'nowhere')], ['origin'], /is not the key of a department/],
    [cause(null), [at('name', 'X'), at('key', 'product')], ['key'], /is taken by rootCauses\[0\]\.key/],
    [cause(null), [], ['name'], /is missing/],
  ] as const)('is refused: %j %j', (piece, settings, path, message) => {
    expect(changed(piece, settings)).toMatchObject([{ path, message: expect.stringMatching(message) }])
  })

  it('goes with what stands under it, but not the last one', () => {
    const left = changed(cause('product'), null)
    expect(treeOf(left)).toEqual(['/process', 'process/wrong-part-number'])
    expect(changed(cause('process'), null, plainOf(left as Setup))).toMatchObject([{ path: null }])
    expect(changed(cause('nowhere'), null)).toBe('gone')
  })
})

describe('company and policy', () => {
  it('change what they name, and nothing else', () => {
    const changedPolicy = changed({ kind: 'policy' }, [
      { path: ['policy', 'callback', 'normal'], value: '3h' },
      { path: ['policy', 'ladder', 'serious'], value: ['10m', '20m'] },
      { path: ['digest', 'time'], value: '10:30' },
    ]) as Setup
    expect(changedPolicy).toEqual({
      ...EXAMPLE_SETUP,
      digest: { ...EXAMPLE_SETUP.digest, time: '10:30' },
      policy: {
        ...EXAMPLE_SETUP.policy,
        callback: { ...EXAMPLE_SETUP.policy.callback, normal: 3 * 3_600_000 },
        ladder: { ...EXAMPLE_SETUP.policy.ladder, serious: [600_000, 1_200_000] },
      },
    })
    expect(changed({ kind: 'policy' }, [{ path: ['policy', 'remind', 'response'], value: ['1h', '48h'] }])).toEqual([
      { path: ['policy', 'remind', 'response', 1], message: expect.stringContaining('is not shorter than') },
    ])
    expect(changed({ kind: 'company' }, [at('timezone', 'Mars/Olympus'), at('channels.company', undefined)])).toEqual([
      { path: ['timezone'], message: expect.stringContaining('is not an IANA time zone') },
      { path: ['channels', 'company'], message: expect.stringContaining('is missing') },
    ])
  })
})

describe('the start', () => {
  it('makes a whole configuration of the least there is', () => {
    const settings: Setting[] = [
      ...[at('timezone', 'UTC'), at('admins', ['U0ME']), at('channels.company', 'C0ALL')],
      ...[at('channels.fallback', 'C0OPS'), { path: ['departments', 0, 'name'], value: '製造' }],
      ...[
        { path: ['departments', 0, 'kind'], value: 'fixer' },
        { path: ['departments', 0, 'channel'], value: 'C0MFG' },
      ],
      at('rootCauses', ['Wrong part', 'wrong part!', '🙈']),
    ]
    const setup = changed({ kind: 'start' }, settings, {}) as Setup
    expect(setup).toMatchObject({ admins: ['U0ME'], departments: [{ key: 'department', name: '製造' }] })
    expect(setup.rootCauses.map(({ key }) => key)).toEqual(['wrong-part', 'wrong-part-2', 'cause'])
    expect(setup.policy.response).toBe(24 * 3_600_000)
  })
})

describe('a mark', () => {
  const marks = (all: Plain) => ({
    company: markOf(all, { kind: 'company' }),
    policy: markOf(all, { kind: 'policy' }),
    design: markOf(all, department('design')),
    product: markOf(all, cause('product')),
    whole: markOf(all, cause('product'), { whole: true }),
  })
  const differing = (after: unknown) =>
    Object.entries(marks(plainOf(after as Setup))).flatMap(([name, mark]) =>
      mark === marks(EXAMPLE)[name as 'company'] ? [] : [name],
    )

  it('changes with its own piece alone', () => {
    expect(differing(EXAMPLE_SETUP)).toEqual([])
    expect(differing(changed({ kind: 'company' }, [at('timezone', 'UTC')]))).toEqual(['company'])
    expect(differing(changed({ kind: 'policy' }, [at('digest.time', '10:00')]))).toEqual(['policy'])
    expect(differing(changed(department('design'), [at('name', 'Design')]))).toEqual(['design'])
    expect(differing(changed(department('manufacturing'), [at('name', 'Production')]))).toEqual([])
    expect(differing(changed(cause(null), [at('name', 'X'), at('under', 'product')]))).toEqual(['whole'])
  })
})

it('keys are keys, and no two are the same', () => {
  fc.assert(
    fc.property(fc.array(anyCharacters(90), { maxLength: 8 }), (names) => {
      const taken = new Set<string>()
      for (const name of names) {
        const key = keyFor(name, 'department', taken)
        if (!/^[a-z0-9][a-z0-9-]{0,74}$/.test(key) || taken.has(key)) return false
        taken.add(key)
      }
      return true
    }),
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DEPARTMENT_KINDS, type Department, type RootCause, type Setup, WEEKDAYS } from '../../src/complaint/setup.ts'
import { HOUR, SECOND } from '../../src/complaint/time.ts'
import { describeChanges } from '../../src/config/changes.ts'
import { formatConfig } from '../../src/config/format.ts'
import { parseConfig } from '../../src/config/parse.ts'
import { DEFAULTS, EVERYTHING, EXAMPLE, EXAMPLE_SETUP, SMALLEST, setupOf } from './samples.ts'

const id = (prefix: string) => fc.stringMatching(/^[A-Z0-9]{2,10}$/).map((rest) => `${prefix}${rest}`)
const key = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)
const AWKWARD = [
  'no',
  '~',
  '1e3',
  '- x',
  '#3',
  'a: b',
  '{x}',
  '"',
  "it's",
  'Ünïcode 💡',
  '*a',
  '&a',
  '<!channel>',
  '09:00',
  '%',
]
const name = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.constantFrom(...AWKWARD))
  .map((text) => text.trim())
  .filter((text) => text.length <= 75 && /[\p{L}\p{N}\p{P}]/u.test(text) && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text))
const seconds = (max: number) => fc.integer({ min: 1, max: max / SECOND }).map((count) => count * SECOND)
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })

const hours = fc.record({
  timezone: fc.constantFrom('UTC', 'Asia/Kolkata', 'America/Chicago'),
  week: fc.constantFrom('mon-fri 07:00-16:00', 'sat 22:00-06:00; sun 09:00-10:00, 11:00-12:00'),
  holidays: orNull(fc.constantFrom('US', 'US-CA', 'NO')),
  off: fc.subarray(['2026-12-24', '2028-02-29']),
  open: fc.subarray(['2026-11-28', '2027-01-01']),
  onCall: fc.array(fc.record({ person: id('U'), week: fc.constantFrom('mon-sun 16:00-07:00', 'fri 16:00-24:00') }), {
    maxLength: 2,
  }),
})

const level = fc
  .record({ name, group: orNull(id('S')), person: orNull(id('U')) })
  .filter(({ group, person }) => group !== null || person !== null)
const levels = fc.uniqueArray(level, { maxLength: 3, selector: (one) => one.name.trim().toLowerCase() })

const departments: fc.Arbitrary<Department[]> = fc
  .uniqueArray(
    fc.record({
      key,
      name,
      kind: fc.constantFrom(...DEPARTMENT_KINDS),
      channel: id('C'),
      lead: orNull(id('U')),
      deputy: orNull(id('W')),
      group: orNull(id('S')),
      members: fc.array(id('U'), { maxLength: 3 }),
      levels,
      authority: orNull(fc.nat()),
      hours: orNull(hours),
    }),
    { minLength: 1, maxLength: 6, selector: (department) => department.key },
  )
  .filter((list) => new Set(list.map((one) => one.name.toLowerCase())).size === list.length)

/** A tree out of a flat list of keys: each cause goes below an earlier one, or to the top. */
const rootCauses = (origins: readonly string[]): fc.Arbitrary<RootCause[]> =>
  fc
    .uniqueArray(fc.record({ key, name, origin: orNull(fc.constantFrom(...origins)), below: fc.nat(7) }), {
      minLength: 1,
      maxLength: 8,
      selector: (cause) => cause.key,
    })
    .map((flat) => {
      interface Draft {
        key: string
        name: string
        origin: string | null
        children: Draft[]
        level: number
      }
      const drafts = flat.map(
        (cause): Draft => ({ key: cause.key, name: cause.name, origin: cause.origin, children: [], level: 1 }),
      )
      const top = drafts.filter((draft, index) => {
        const parent = drafts[flat[index]?.below ?? 0]
        if (!parent || drafts.indexOf(parent) >= index || parent.level === 5) return true
        draft.level = parent.level + 1
        parent.origin = null
        parent.children.push(draft)
        return false
      })
      const plain = ({ key, name, origin, children }: Draft): RootCause => ({
        key,
        name,
        origin,
        children: children.map(plain),
      })
      return top.map(plain)
    })

const offsets = (max: number) =>
  fc.uniqueArray(seconds(max), { maxLength: 4 }).map((list) => [...list].sort((a, b) => b - a))
const ladder = fc
  .uniqueArray(seconds(HOUR), { minLength: 1, maxLength: 3 })
  .map((list) => [...list].sort((a, b) => a - b))

const setups: fc.Arbitrary<Setup> = departments.chain((list) =>
  fc.record({
    timezone: fc.constantFrom('UTC', 'Europe/Oslo'),
    currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
    admins: fc.array(id('W'), { maxLength: 3 }),
    confidential: fc.array(id('U'), { maxLength: 3 }),
    channels: fc.record({ company: id('C'), fallback: id('G') }),
    departments: fc.constant(list),
    rootCauses: rootCauses(list.map((department) => department.key)),
    policy: fc.record({
      response: seconds(48 * HOUR).map((ms) => ms + HOUR),
      callback: fc.record({
        normal: seconds(9 * HOUR).map((ms) => ms + HOUR),
        serious: seconds(HOUR),
        critical: seconds(HOUR),
      }),
      remind: fc.record({ response: offsets(HOUR), callback: offsets(HOUR), overdueEvery: seconds(HOUR) }),
      ladder: fc.record({ normal: ladder, critical: ladder }),
      silence: fc.record({ ask: seconds(HOUR), release: seconds(HOUR) }),
      flaw: fc.record({ complaints: fc.integer({ min: 1, max: 1000 }), within: seconds(720 * HOUR) }),
      action: fc.record({ remind: offsets(HOUR), overdueEvery: seconds(HOUR), watch: seconds(HOUR) }),
      handOvers: fc.integer({ min: 1, max: 100 }),
      makeGood: fc.record({ criticalFactor: fc.constantFrom(1, 1.5, 3, 100), answer: seconds(HOUR) }),
      repeat: fc.record({ within: seconds(720 * HOUR) }),
      away: fc.record({
        statuses: fc.subarray([':palm_tree:', ':no:', ':wave::skin-tone-2:', ':ü:']),
        doNotDisturb: fc.boolean(),
      }),
      warRoom: fc.record({ critical: fc.boolean(), people: fc.array(id('U'), { maxLength: 2 }) }),
      evidence: fc.record({
        types: fc.subarray(['jpg', 'pdf', '7z', 'no'], { minLength: 1 }),
        maxMegabytes: fc.integer({ min: 1, max: 1000 }),
      }),
      retention: fc.record({ words: fc.option(fc.constantFrom(720 * HOUR, 8_760 * HOUR, 800 * HOUR)) }),
    }),
    digest: fc.record({ day: fc.constantFrom(...WEEKDAYS), time: fc.constantFrom('00:00', '09:00', '23:59') }),
  }),
)

describe('the configuration written out', () => {
  test('looks like the file', () => {
    const bare = EXAMPLE.replace(/ +#.*$/gm, '').replace('60m', '1h')
    expect(formatConfig(EXAMPLE_SETUP)).toBe(
      bare
        .replace('admins: [U0ADMIN]', 'currency: USD\nadmins: [ U0ADMIN ]')
        .replace(/: \[(\d+\w.*?)\]/g, ': [ $1 ]')
        .replace(
          '  - { key: design, name: Product design, kind: design, channel: C0DESIGN, lead: U0DESIGN }',
          [
            '  - key: design',
            '    name: Product design',
            '    kind: design',
            '    channel: C0DESIGN',
            '    lead: U0DESIGN',
          ].join('\n'),
        )
        .replace('digest:', `${DEFAULTS}digest:`),
    )
  })

  test('has a place for everything', () => {
    expect(formatConfig(setupOf(EVERYTHING))).toBe(EVERYTHING)
  })

  test('writes every default out', () => {
    expect(formatConfig(setupOf(SMALLEST))).toContain('callback: { normal: 4h, serious: 2h, critical: 1h }')
  })

  test('is read back as it was', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        expect(parseConfig(formatConfig(setup))).toEqual({ ok: true, setup })
      }),
      { numRuns: 20 },
    )
  })

  test('nothing changed says nothing, anything else says something', () => {
    fc.assert(
      fc.property(setups, setups, (one, other) => {
        expect(describeChanges(one, one)).toEqual([])
        if (formatConfig(one) !== formatConfig(other)) expect(describeChanges(one, other)).not.toEqual([])
      }),
      { numRuns: 10 },
    )
  })
})

test('changes', () => {
  const after = setupOf(
    EXAMPLE.replace('response: 24h', 'response: 12h')
      .replace('[12h, 4h, 1h]', '[4h, 1h]')
      .replace('name: Manufacturing', 'name: Making')
      .replace('    authority: 500', '    #')
      .replace('key: design,', 'key: product-design,')
      .replace('origin: design', 'origin: product-design')
      .replace(', holidays: US', ', holidays: CA'),
  )
  expect(describeChanges(EXAMPLE_SETUP, after)).toEqual([
    'departments.manufacturing.name: Manufacturing -> Making',
    'departments.manufacturing.authority: removed',
    'departments.manufacturing.hours.holidays: US -> CA',
    'departments.design: removed',
    'departments.product-design: added, Product design',
    'rootCauses.product.children.poor-design.origin: design -> product-design',
    'policy.response: 24h -> 12h',
    'policy.remind.response: [12h, 4h, 1h] -> [4h, 1h]',
  ])
  const level = setupOf(EVERYTHING.replace('group: S0WORKS, ', '').replace('16:00-07', '17:00-07'))
  expect(describeChanges(setupOf(EVERYTHING), level)).toEqual([
    'departments.manufacturing.levels: [Foremen S0FOREMEN, Works manager S0WORKS U0MARGE] -> [Foremen S0FOREMEN, Works manager U0MARGE]',
    'departments.manufacturing.hours.onCall: [U0NIGHT mon-sun 16:00-07:00] -> [U0NIGHT mon-sun 17:00-07:00]',
  ])
  const turned = { ...EXAMPLE_SETUP, departments: [...EXAMPLE_SETUP.departments].reverse() }
  expect(describeChanges(EXAMPLE_SETUP, turned)).toEqual(['the order changed'])
})

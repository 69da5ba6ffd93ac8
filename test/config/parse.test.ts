import { describe, expect, test } from 'vitest'
import { DEFAULT_POLICY } from '../../src/complaint/policy.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/complaint/time.ts'
import { pathText } from '../../src/config/faults.ts'
import { EVERYTHING, EXAMPLE, EXAMPLE_SETUP, faultsOf, SMALLEST, setupOf } from './samples.ts'

/** The example with one thing changed. */
const change = (from: string, to: string): string => {
  if (!EXAMPLE.includes(from)) throw new Error(`not in the example: ${from}`)
  return EXAMPLE.replace(from, to)
}

describe('the configuration', () => {
  test("PRODUCT's example means what it says", () => expect(setupOf(EXAMPLE)).toEqual(EXAMPLE_SETUP))

  test('the smallest gets the defaults', () => {
    expect(setupOf(SMALLEST)).toEqual({
      timezone: 'UTC',
      admins: [],
      currency: 'USD',
      confidential: [],
      channels: { company: 'C0COMPANY', fallback: 'C0OPS' },
      departments: [
        {
          ...{ key: 'repair', name: 'Repair', kind: 'fixer', channel: 'C0REPAIR' },
          ...{ lead: null, deputy: null, group: null, members: [], levels: [], authority: null, hours: null },
        },
      ],
      rootCauses: [{ key: 'other', name: 'Other', origin: null, children: [] }],
      policy: EXAMPLE_SETUP.policy,
      digest: { day: 'monday', time: '09:00' },
    })
    expect(DEFAULT_POLICY).toEqual(EXAMPLE_SETUP.policy)
  })

  test('each policy key has its own default', () => {
    const { policy } = setupOf(`${SMALLEST}policy: { callback: { serious: 3h }, silence: { ask: 90s }, flaw: {} }\n`)
    expect(policy).toEqual({
      ...DEFAULT_POLICY,
      callback: { ...DEFAULT_POLICY.callback, serious: 3 * HOUR },
      silence: { ...DEFAULT_POLICY.silence, ask: 90 * SECOND },
    })
  })

  test('a key without a value is as good as left out', () => {
    const text = SMALLEST.replace('channel: C0REPAIR', 'channel: C0REPAIR, lead: , group: ~, hours: null, authority: ')
    expect(setupOf(`${text}admins:\npolicy:\n  response:\ndigest:\n`)).toEqual(setupOf(SMALLEST))
  })

  test("hours take the workspace's zone where they name none", () => {
    const text = change('timezone: America/Chicago, week', 'week').replace(', holidays: US', '')
    expect(setupOf(text).departments[0]?.hours).toEqual({
      timezone: 'America/Chicago',
      week: 'mon-fri 07:00-16:00',
      holidays: null,
      ...{ off: [], open: [], onCall: [] },
    })
  })

  test('every key means what it says', () => {
    const { currency, confidential, departments, policy } = setupOf(EVERYTHING)
    expect(currency).toBe('EUR')
    expect(confidential).toEqual(['U0BOSS', 'U0LAWYER'])
    expect(departments[0]).toMatchObject({
      deputy: 'U0DEPUTY',
      members: ['U0FRED', 'U0FAY'],
      levels: [
        { name: 'Foremen', group: 'S0FOREMEN', person: null },
        { name: 'Works manager', group: 'S0WORKS', person: 'U0MARGE' },
      ],
      hours: {
        ...{ holidays: 'US-CA', off: ['2026-12-24'], open: ['2026-11-28'] },
        onCall: [{ person: 'U0NIGHT', week: 'mon-sun 16:00-07:00' }],
      },
    })
    expect(policy).toMatchObject({
      action: { remind: [48 * HOUR], overdueEvery: 48 * HOUR, watch: 60 * 24 * HOUR },
      handOvers: 2,
      makeGood: { criticalFactor: 1.5, answer: HOUR },
      repeat: { within: 30 * 24 * HOUR },
      away: { statuses: [':wave::skin-tone-2:'], doNotDisturb: false },
      warRoom: { critical: true, people: ['U0BOSS'] },
      evidence: { types: ['jpg', 'pdf'], maxMegabytes: 10 },
      retention: { words: 730 * DAY },
    })
  })

  test('reminders come longest first', () => {
    const { remind } = setupOf(change('[12h, 4h, 1h]', '[1h, 12h, 4h]')).policy
    expect(remind.response).toEqual([12 * HOUR, 4 * HOUR, HOUR])
  })

  test('default reminders give way to a shorter deadline', () => {
    const text = `${SMALLEST}policy: { response: 4h, callback: { normal: 1h, serious: 30m, critical: 15m } }\n`
    expect(setupOf(text).policy.remind).toEqual({
      response: [HOUR],
      callback: [15 * MINUTE],
      overdueEvery: 4 * HOUR,
    })
  })

  test('no reminder before the deadline may be wanted', () => {
    expect(setupOf(change('callback: [1h, 15m]', 'callback: []')).policy.remind.callback).toEqual([])
  })

  test('names are trimmed, and may be as long as Slack shows', () => {
    expect(setupOf(change('name: Manufacturing', 'name: " Manufacturing "')).departments[0]?.name).toBe('Manufacturing')
    expect(faultsOf(change('name: Manufacturing', `name: ${'é'.repeat(75)}`))).toEqual([])
  })

  test('five levels of causes', () => {
    const text = nested(5)
    expect(faultsOf(text)).toEqual([])
    expect(faultsOf(nested(6))).toEqual([
      `rootCauses[0]${'.children[0]'.repeat(4)}.children: is level 6; 5 are allowed`,
    ])
  })

  test('a thousand of each, no more', () => {
    const departments = (count: number) =>
      Array.from({ length: count }, (_, i) => `  - { key: d${i}, name: D${i}, kind: fixer, channel: C0X }\n`).join('')
    const causes = (count: number) =>
      Array.from({ length: count }, (_, i) => `  - { key: c${i}, name: C${i}, origin: d0 }\n`).join('')
    const text = (d: number, c: number) =>
      `timezone: UTC\nchannels: { company: C0A, fallback: C0B }\ndepartments:\n${departments(d)}rootCauses:\n${causes(c)}`
    expect(setupOf(text(1000, 1000)).departments).toHaveLength(1000)
    expect(faultsOf(text(1001, 1001))).toEqual([
      'departments: has more than 1000 departments',
      'rootCauses: has more than 1000 leaves',
    ])
  })
})

const nested = (levels: number): string => {
  const line = (level: number) => `${'    '.repeat(level)}- key: l${level}\n${'    '.repeat(level)}  name: L${level}\n`
  const lines = Array.from({ length: levels }, (_, level) =>
    level === levels - 1 ? line(level) : `${line(level)}${'    '.repeat(level)}  children:\n`,
  )
  return `${SMALLEST.slice(0, SMALLEST.indexOf('  - { key: other'))}${lines.join('')}`
}

const ID = 'is not the id of a Slack'
const DURATION = 'is not a duration such as 90s, 15m, 4h or 2d'
const KEY = 'is not a key such as product-design: small letters, digits and hyphens'

describe('each fault by its path', () => {
  test.each<[string, string, string]>([
    [
      'timezone: America/Chicago\n',
      'timezone: Chicago\n',
      'timezone: "Chicago" is not an IANA time zone such as America/Chicago',
    ],
    [
      'timezone: America/Chicago\n',
      'timezone: "+05:00"\n',
      'timezone: "+05:00" is not an IANA time zone such as America/Chicago',
    ],
    ['timezone: America/Chicago\n', '', 'timezone: is missing; expected an IANA time zone such as America/Chicago'],
    [
      'timezone: America/Chicago\n',
      'timezone:\n',
      'timezone: is missing; expected an IANA time zone such as America/Chicago',
    ],
    [
      'admins: [U0ADMIN]',
      'admins: U0ADMIN',
      'admins: "U0ADMIN" is not a list of the ids of Slack users such as [U0ADMIN]',
    ],
    ['admins: [U0ADMIN]', 'admins: [U0ADMIN, ann]', `admins[1]: "ann" ${ID} user such as U0ADMIN`],
    ['admins: [U0ADMIN]', 'admins: [~]', `admins[0]: nothing ${ID} user such as U0ADMIN`],
    ['company: C0COMPANY', 'company: "#company"', `channels.company: "#company" ${ID} channel such as C0COMPANY`],
    ['company: C0COMPANY', 'company: c0company', `channels.company: "c0company" ${ID} channel such as C0COMPANY`],
    ['  fallback: C0OPS', '', 'channels.fallback: is missing; expected the id of a Slack channel such as C0COMPANY'],
    [
      '  fallback: C0OPS',
      '  fallback: C0OPS\n  ops: C0OPS',
      'channels.ops: is not known here; the keys are company, fallback',
    ],
    ['key: manufacturing ', 'key: Manufacturing ', `departments[0].key: "Manufacturing" ${KEY}`],
    ['key: manufacturing ', 'key: 12 ', `departments[0].key: 12 ${KEY}`],
    ['name: Manufacturing', 'name: ""', 'departments[0].name: is empty; expected text of 1 to 75 characters'],
    ['name: Manufacturing', 'name: "\\u200B "', 'departments[0].name: is empty; expected text of 1 to 75 characters'],
    [
      'name: Manufacturing',
      `name: ${'x'.repeat(76)}`,
      'departments[0].name: has 76 characters; 75 are the most that Slack shows',
    ],
    [
      'name: Manufacturing',
      'name: 42',
      'departments[0].name: 42 is not text of 1 to 75 characters (put a number in quotes)',
    ],
    [
      'name: Manufacturing',
      'name: "a\\nb"',
      `departments[0].name: "a\\nb" holds a line break or a character that can't be shown`,
    ],
    [
      'name: Manufacturing',
      'name: "a\\uD800b"',
      `departments[0].name: "a\\ud800b" holds a line break or a character that can't be shown`,
    ],
    [
      'name: Manufacturing',
      'name: product DESIGN',
      'departments[1].name: "Product design" is taken by departments[0].name',
    ],
    ['key: design,', 'key: manufacturing,', 'departments[1].key: "manufacturing" is taken by departments[0].key'],
    ['kind: fixer', 'kind: fixers', 'departments[0].kind: "fixers" is not one of service, fixer, design'],
    [
      'channel: C0MFG',
      'chanel: C0MFG',
      'departments[0].channel: is missing; expected the id of a Slack channel such as C0COMPANY',
    ],
    ['channel: C0MFG', 'channel: D0MFG', `departments[0].channel: "D0MFG" ${ID} channel such as C0COMPANY`],
    ['lead: U0LEAD', 'lead: "@ann"', `departments[0].lead: "@ann" ${ID} user such as U0ADMIN`],
    ['group: S0MFG', 'group: U0MFG', `departments[0].group: "U0MFG" ${ID} usergroup such as S0MFG`],
    ['authority: 500', 'authority: -1', 'departments[0].authority: -1 is not a whole number, 0 or more'],
    ['authority: 500', 'authority: 0.5', 'departments[0].authority: 0.5 is not a whole number, 0 or more'],
    ['authority: 500', 'authority: "500"', 'departments[0].authority: "500" is not a whole number, 0 or more'],
    ['authority: 500', 'authority: .inf', 'departments[0].authority: Infinity is not a whole number, 0 or more'],
    [
      '{ timezone: America/Chicago,',
      '{ timezone: Mars/Base,',
      'departments[0].hours.timezone: "Mars/Base" is not an IANA time zone such as America/Chicago',
    ],
    [
      'week: "mon-fri 07:00-16:00"',
      'week: "mon-fri 7-16"',
      'departments[0].hours.week: "7-16" is not a window of time such as 07:00-16:00',
    ],
    [
      'week: "mon-fri 07:00-16:00", ',
      '',
      'departments[0].hours.week: is missing; expected working hours such as "mon-fri 07:00-16:00"',
    ],
    [
      'holidays: US',
      'holidays: USA',
      'departments[0].hours.holidays: "USA" is not a country such as US or a region such as US-CA',
    ],
    ['key: product\n', 'key: design_flaw\n', `rootCauses[0].key: "design_flaw" ${KEY}`],
    [
      'key: process\n',
      'key: poor-design\n',
      'rootCauses[1].key: "poor-design" is taken by rootCauses[0].children[1].key',
    ],
    [
      'name: Product\n',
      `name: ${'x'.repeat(76)}\n`,
      'rootCauses[0].name: has 76 characters; 75 are the most that Slack shows',
    ],
    [
      'name: Product\n',
      'name: Product\n    origin: design\n',
      'rootCauses[0].origin: is for leaves only; this cause has children',
    ],
    [
      'origin: manufacturing',
      'origin: sales',
      'rootCauses[0].children[0].origin: "sales" is not the key of a department; there are manufacturing, design',
    ],
    [
      'origin: manufacturing',
      'children: []',
      'rootCauses[0].children[0].children: is empty; expected at least one root cause (a leaf has no children key)',
    ],
    ['origin: manufacturing', 'children: ', 'rootCauses[0].children[0].children: is empty; a leaf has no children key'],
    ['response: 24h', 'response: 24', `policy.response: 24 ${DURATION}`],
    ['response: 24h', 'response: 24 hours', `policy.response: "24 hours" ${DURATION}`],
    [
      'response: 24h',
      'respond: 24h',
      'policy.respond: is not known here; the keys are response, callback, remind, ladder, silence, flaw, action, handOvers, makeGood, repeat, away, warRoom, evidence, retention',
    ],
    ['critical: 1h }', 'critical: 0h }', 'policy.callback.critical: 0h must be longer than nothing'],
    ['normal: 4h', 'normal: 31d', 'policy.callback.normal: 31d is longer than 30d'],
    [
      '[12h, 4h, 1h]',
      '[24h, 4h]',
      'policy.remind.response[0]: "24h" is not shorter than policy.response, which it warns of',
    ],
    ['[12h, 4h, 1h]', '[4h, 1h, 60m]', 'policy.remind.response[2]: "60m" is in the list already'],
    ['[12h, 4h, 1h]', '[4h, -1h]', `policy.remind.response[1]: "-1h" ${DURATION}`],
    ['[12h, 4h, 1h]', '12h', 'policy.remind.response: "12h" is not a list of durations such as [4h, 1h]'],
    [
      'callback: [1h, 15m]',
      'callback: [4h]',
      'policy.remind.callback[0]: "4h" is not shorter than the longest of policy.callback, which it warns of',
    ],
    ['overdueEvery: 4h', 'overdueEvery: never', `policy.remind.overdueEvery: "never" ${DURATION}`],
    [
      'normal: [15m, 30m, 60m]',
      'normal: [15m, 30m, 30m]',
      'policy.ladder.normal[2]: "30m" is not later than the step before it',
    ],
    [
      'normal: [15m, 30m, 60m]',
      'normal: []',
      'policy.ladder.normal: is empty; expected up to three steps: the group again, the lead, the company channel',
    ],
    [
      'critical: [5m, 10m, 20m]',
      'critical: [1m, 2m, 3m, 4m]',
      'policy.ladder.critical: has more than three steps: the group again, the lead, the company channel',
    ],
    ['ask: 4h', 'ask: 4h, again: 1h', 'policy.silence.again: is not known here; the keys are ask, release'],
    ['complaints: 3', 'complaints: 0', 'policy.flaw.complaints: 0 is not a whole number from 1 to 1000'],
    ['complaints: 3', 'complaints: three', 'policy.flaw.complaints: "three" is not a whole number from 1 to 1000'],
    [
      'day: monday',
      'day: Monday',
      'digest.day: "Monday" is not one of monday, tuesday, wednesday, thursday, friday, saturday, sunday',
    ],
    ['time: "09:00"', 'time: 9:00', 'digest.time: "9:00" is not a time of day such as "09:00"'],
    ['time: "09:00"', 'time: "24:00"', 'digest.time: "24:00" is not a time of day such as "09:00"'],
    [
      'digest: {',
      '__proto__: { a: 1 }\ndigest: {',
      '__proto__: is not known here; the keys are timezone, currency, admins, confidential, channels, departments, rootCauses, policy, digest',
    ],
    [
      'digest: {',
      '"a b": 1\ndigest: {',
      '["a b"]: is not known here; the keys are timezone, currency, admins, confidential, channels, departments, rootCauses, policy, digest',
    ],
    ['digest: { day: monday, time: "09:00" }', 'digest: weekly', 'digest: "weekly" is not a map with day, time'],
  ])('%j as %j', (from, to, fault) => {
    const faults = faultsOf(change(from, to))
    expect(faults).toContain(fault)
    // A misspelt channel is unknown and missing; an origin asks for the department whose key has changed.
    const two = to === 'chanel: C0MFG' || (to.startsWith('key: ') && fault.startsWith('departments'))
    expect(faults).toHaveLength(two ? 2 : 1)
  })

  test.each<[string, string, string]>([
    ['[ U0BOSS, U0LAWYER ]', '[ U0BOSS, "@ann" ]', `confidential[1]: "@ann" ${ID} user such as U0ADMIN`],
    ['deputy: U0DEPUTY', 'deputy: deputy', `departments[0].deputy: "deputy" ${ID} user such as U0ADMIN`],
    ['deputy: U0DEPUTY', 'deputy: U0LEAD', 'departments[0].deputy: "U0LEAD" is the lead already'],
    ['[ U0FRED, U0FAY ]', '[ S0FRED ]', `departments[0].members[0]: "S0FRED" ${ID} user such as U0ADMIN`],
    [', group: S0FOREMEN }', ' }', 'departments[0].levels[0]: calls nobody; expected a group or a person'],
    [', group: S0FOREMEN }', ', group: U0X }', `departments[0].levels[0].group: "U0X" ${ID} usergroup such as S0MFG`],
    [
      'name: Works manager',
      'name: foremen',
      'departments[0].levels[1].name: "foremen" is taken by departments[0].levels[0].name',
    ],
    [
      '{ name: Foremen, ',
      '{ title: Foremen, name: F, ',
      'departments[0].levels[0].title: is not known here; the keys are name, group, person',
    ],
    [
      'holidays: US-CA',
      'holidays: US-ZZ',
      'departments[0].hours.holidays: "US-ZZ" is not a country or region whose holidays are known',
    ],
    [
      'holidays: US-CA',
      'holidays: XX',
      'departments[0].hours.holidays: "XX" is not a country or region whose holidays are known',
    ],
    [
      '[ 2026-12-24 ]',
      '2026-12-24',
      'departments[0].hours.off: "2026-12-24" is not a list of dates such as [2026-12-24]',
    ],
    ['[ 2026-12-24 ]', '[ 2026-02-29 ]', 'departments[0].hours.off[0]: "2026-02-29" is not a date such as 2026-12-24'],
    ['[ 2026-12-24 ]', '[ 24.12. ]', 'departments[0].hours.off[0]: "24.12." is not a date such as 2026-12-24'],
    ['[ 2026-12-24 ]', '[ 20261224 ]', 'departments[0].hours.off[0]: 20261224 is not a date such as 2026-12-24'],
    [
      'open: [ 2026-11-28 ]',
      'open: [ 2026-12-24 ]',
      'departments[0].hours.open[0]: "2026-12-24" is among the dates off',
    ],
    [
      'mon-sun 16:00-07:00',
      'always',
      'departments[0].hours.onCall[0].week: "always" is not days and times such as "mon-fri 07:00-12:00, 13:00-16:00; sat 09:00-12:00"',
    ],
    [
      ', week: "mon-sun 16:00-07:00" }',
      ' }',
      'departments[0].hours.onCall[0].week: is missing; expected windows such as "mon-sun 16:00-07:00"',
    ],
    ['watch: 60d', 'watch: 0d', 'policy.action.watch: 0d must be longer than nothing'],
    ['handOvers: 2', 'handOvers: 0', 'policy.handOvers: 0 is not a whole number from 1 to 100'],
    ['criticalFactor: 1.5', 'criticalFactor: 0.5', 'policy.makeGood.criticalFactor: 0.5 is not a number from 1 to 100'],
    ['answer: 1h', 'answer: 60', `policy.makeGood.answer: 60 ${DURATION}`],
    ['currency: EUR', 'currency: Euro', 'currency: "Euro" is not a currency such as USD or EUR'],
    ['currency: EUR', 'currency: usd', 'currency: "usd" is not a currency such as USD or EUR'],
    ['currency: EUR', 'currency: 5', 'currency: 5 is not a currency such as USD or EUR'],
    ['within: 30d', 'within: forever', `policy.repeat.within: "forever" ${DURATION}`],
    ['":wave::skin-tone-2:"', 'ill', 'policy.away.statuses[0]: "ill" is not an emoji such as ":palm_tree:"'],
    ['doNotDisturb: false', 'doNotDisturb: no', 'policy.away.doNotDisturb: "no" is not true or false'],
    ['critical: true', 'critical: 1', 'policy.warRoom.critical: 1 is not true or false'],
    ['people: [ U0BOSS ]', 'people: [ C0X ]', `policy.warRoom.people[0]: "C0X" ${ID} user such as U0ADMIN`],
    ['[ jpg, pdf ]', '[]', 'policy.evidence.types: is empty; expected at least one file ending'],
    ['[ jpg, pdf ]', '[ .JPG ]', 'policy.evidence.types[0]: ".JPG" is not a file ending such as jpg, in small letters'],
    ['maxMegabytes: 10', 'maxMegabytes: 0', 'policy.evidence.maxMegabytes: 0 is not a whole number from 1 to 1000'],
    ['words: 2y', 'words: 29d', 'policy.retention.words: is shorter than 30d: complaints may be reopened until then'],
  ])('%j as %j, where everything is written', (from, to, fault) => {
    expect(EVERYTHING).toContain(from)
    expect(faultsOf(EVERYTHING.replace(from, to))).toEqual([fault])
  })

  test('what is missing altogether', () => {
    expect(faultsOf('policy: {}\n')).toEqual([
      'timezone: is missing; expected an IANA time zone such as America/Chicago',
      'channels: is missing; expected a map with company, fallback',
      'departments: is missing; expected a list of departments',
      'rootCauses: is missing; expected a list of root causes',
    ])
    const empty = 'timezone: UTC\nchannels: { company: C0A, fallback: C0B }\n'
    expect(faultsOf(`${empty}departments: []\nrootCauses: []\n`)).toEqual([
      'departments: is empty; expected at least one department',
      'rootCauses: is empty; expected at least one root cause (a leaf has no children key)',
    ])
    expect(faultsOf(`${empty}departments: [repair]\nrootCauses: [[]]\n`)).toEqual([
      'departments[0]: "repair" is not a map with key, name, kind, channel, lead, deputy, group, members, levels, authority, hours',
      'rootCauses[0]: a list is not a map with key, name, origin, children',
    ])
  })

  test('everything at once, in the order of the text', () => {
    const text = `digest: { time: noon }
rootCauses:
  - { key: a, name: A, origin: nowhere }
  - { key: a, nam: A }
departments:
  - { key: repair, name: Repair, kind: fixer, channel: C0REPAIR }
  - { key: repair, name: repair, kind: nurse, channel: general, colour: red }
channels: { company: C0COMPANY }
policy:
  ladder: { normal: [30m, 15m] }
  response: 1h
  remind: { response: [2h], callback: [soon] }
timezone: Nowhere
`
    expect(faultsOf(text).map((fault) => fault.slice(0, fault.indexOf(': ')))).toEqual([
      'digest.time',
      'rootCauses[0].origin',
      'rootCauses[1].name',
      'rootCauses[1].key',
      'rootCauses[1].nam',
      'departments[1].key',
      'departments[1].name',
      'departments[1].kind',
      'departments[1].channel',
      'departments[1].colour',
      'channels.fallback',
      'policy.ladder.normal[1]',
      'policy.remind.response[0]',
      'policy.remind.callback[0]',
      'timezone',
    ])
  })

  test('a fault is one line, however odd the text', () => {
    const faults = faultsOf(`"a\\nb": 1\ntimezone: "${'x\\n'.repeat(500)}"\n`)
    expect(faults.every((fault) => !/[\r\n]/.test(fault) && fault.length < 300)).toBe(true)
  })
})

test('paths', () => {
  expect(pathText(['departments', 2, 'channel'])).toBe('departments[2].channel')
  expect(pathText(['policy', 'a b'])).toBe('policy["a b"]')
})

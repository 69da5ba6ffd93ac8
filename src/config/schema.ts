import { IANAZone } from 'luxon'
import { z } from 'zod'
import { knowsHolidays } from '../complaint/holidays.ts'
import { parseWeek } from '../complaint/hours.ts'
import { DEFAULT_CURRENCY, DEFAULT_POLICY } from '../complaint/policy.ts'
import { DEPARTMENT_KINDS, type RootCause, WEEKDAYS } from '../complaint/setup.ts'
import { DAY } from '../complaint/time.ts'
import { hasWords } from '../complaint/words.ts'
import { formatDuration, LONGEST_DURATION, parseDuration } from './durations.ts'
import { show } from './faults.ts'

export const MAX_TREE_DEPTH = 5
/** Longest name: Slack's limit for the text of an option and the label of its group. */
export const MAX_NAME = 75
/** The intake takes no promise later than this; a policy that starts there with one would be refused every time. */
const LONGEST_PROMISE = 30 * DAY

const expected = (what: string) => ({
  error: (issue: { input?: unknown }) =>
    issue.input === undefined ? `is missing; expected ${what}` : `${show(issue.input)} is not ${what}`,
})

const matching = (what: string, shape: RegExp) => z.string(expected(what)).regex(shape, expected(what))

function list<Item extends z.ZodType>(what: string, item: Item) {
  return z.array(item, expected(what))
}

/** A map that takes no other keys: a misspelt `chanel` must not pass for a channel left out. */
function map<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  const keys = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not known here; the keys are ${keys}`
        : expected(`${what} with ${keys}`).error(issue),
  })
}

const user = matching('the id of a Slack user such as U0ADMIN', /^[UW][A-Z0-9]{2,}$/)
const channel = matching('the id of a Slack channel such as C0COMPANY', /^[CG][A-Z0-9]{2,}$/)
const usergroup = matching('the id of a Slack usergroup such as S0MFG', /^S[A-Z0-9]{2,}$/)
const key = matching('a key such as product-design: small letters, digits and hyphens', /^[a-z0-9][a-z0-9-]*$/).max(
  MAX_NAME,
  { error: `is longer than ${MAX_NAME} characters` },
)

const name = z
  .string(expected(`text of 1 to ${MAX_NAME} characters (put a number in quotes)`))
  .trim()
  .superRefine((text, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message })
    if (!hasWords(text)) say(`is empty; expected text of 1 to ${MAX_NAME} characters`)
    else if (text.length > MAX_NAME) say(`has ${text.length} characters; ${MAX_NAME} are the most that Slack shows`)
    // Half a surrogate pair counts: neither Slack nor Postgres takes it.
    if (/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text))
      say(`${show(text)} holds a line break or a character that can't be shown`)
  })

const ZONE = 'an IANA time zone such as America/Chicago'
const timezone = z
  .string(expected(ZONE))
  .refine((zone) => /^[A-Za-z]/.test(zone) && IANAZone.isValidZone(zone), expected(ZONE))

const CURRENCY = 'a currency such as USD or EUR'
const currencies = new Set(Intl.supportedValuesOf('currency'))
const currency = z.string(expected(CURRENCY)).refine((code) => currencies.has(code), expected(CURRENCY))

const durationUpTo = (longest: number) =>
  z.string(expected('a duration such as 90s, 15m, 4h or 2d')).transform((text, context) => {
    const result = parseDuration(text)
    const fault = !result.ok
      ? result.fault
      : result.ms > longest
        ? `${text} is longer than ${formatDuration(longest)}`
        : undefined
    if (fault === undefined && result.ok) return result.ms
    context.issues.push({ code: 'custom', message: fault ?? '', input: text })
    return z.NEVER
  })
const duration = durationUpTo(LONGEST_DURATION)
const promise = durationUpTo(LONGEST_PROMISE)
/** Reopened within 30 days, it was not fixed the first time: until then its words are needed. */
const SHORTEST_RETENTION = 30 * DAY
const retention = duration.refine((ms) => ms >= SHORTEST_RETENTION, {
  error: `is shorter than ${formatDuration(SHORTEST_RETENTION)}: complaints may be reopened until then`,
})
const durations = list('a list of durations such as [4h, 1h]', duration)

const STEPS = 'the group again, the lead, the company channel'
const ladder = durations
  .min(1, { error: `is empty; expected up to three steps: ${STEPS}` })
  .max(3, { error: `has more than three steps: ${STEPS}` })

const week = (what: string) =>
  z.string(expected(what)).superRefine((text, context) => {
    const result = parseWeek(text)
    if (!result.ok) context.addIssue({ code: 'custom', message: result.fault })
  })

const DATE = 'a date such as 2026-12-24'
const date = z.iso.date(expected(DATE))
const dates = list('a list of dates such as [2026-12-24]', date).default([])
const people = list('a list of the ids of Slack users such as [U0ADMIN]', user).default([])

const PLACE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$/
const hours = map('a map', {
  timezone: timezone.nullable().default(null),
  week: week('working hours such as "mon-fri 07:00-16:00"'),
  holidays: matching('a country such as US or a region such as US-CA', PLACE)
    .superRefine((place, context) => {
      const message = `${show(place)} is not a country or region whose holidays are known`
      if (PLACE.test(place) && !knowsHolidays(place)) context.addIssue({ code: 'custom', message })
    })
    .nullable()
    .default(null),
  off: dates,
  open: dates,
  onCall: list(
    'a list of people with their windows',
    map('a map', { person: user, week: week('windows such as "mon-sun 16:00-07:00"') }),
  ).default([]),
})

const levels = list(
  'a list of levels',
  map('a map', { name, group: usergroup.nullable().default(null), person: user.nullable().default(null) }),
)

const WHOLE = 'a whole number, 0 or more'
const department = map('a map', {
  key,
  name,
  kind: z.enum(DEPARTMENT_KINDS, expected(`one of ${DEPARTMENT_KINDS.join(', ')}`)),
  channel,
  lead: user.nullable().default(null),
  deputy: user.nullable().default(null),
  group: usergroup.nullable().default(null),
  members: people,
  levels: levels.default([]),
  authority: z.int(expected(WHOLE)).min(0, expected(WHOLE)).nullable().default(null),
  hours: hours.nullable().default(null),
})

const CAUSES = 'a list of root causes'
/** Levels are unrolled rather than recursive, so that a file nested without end is refused and not followed. */
function rootCauses(levels: number): z.ZodType<RootCause[]> {
  const deepest = () =>
    z.array(z.unknown()).refine(() => false, `is level ${MAX_TREE_DEPTH + 1}; ${MAX_TREE_DEPTH} are allowed`)
  const children: z.ZodType<RootCause[]> =
    levels > 1 ? rootCauses(levels - 1) : (deepest() as unknown as z.ZodType<RootCause[]>)
  return list(
    CAUSES,
    map('a map', { key, name, origin: key.nullable().default(null), children: children.default([]) }),
  ).min(1, { error: 'is empty; expected at least one root cause (a leaf has no children key)' })
}

/** A whole number within bounds, both inside. */
function whole(least: number, most: number) {
  const what = `a whole number from ${least} to ${most}`
  return z.int(expected(what)).min(least, expected(what)).max(most, expected(what))
}
const FACTOR = 'a number from 1 to 100'
const YES_NO = 'true or false'
const policy = map('a map', {
  response: duration.default(DEFAULT_POLICY.response),
  callback: map('a map', {
    normal: promise.default(DEFAULT_POLICY.callback.normal),
    serious: promise.default(DEFAULT_POLICY.callback.serious),
    critical: promise.default(DEFAULT_POLICY.callback.critical),
  }).prefault({}),
  remind: map('a map', {
    // Defaulted by toSetup: they depend on what they warn of.
    response: durations.optional(),
    callback: durations.optional(),
    overdueEvery: duration.default(DEFAULT_POLICY.remind.overdueEvery),
  }).prefault({}),
  ladder: map('a map', {
    normal: ladder.default([...DEFAULT_POLICY.ladder.normal]),
    serious: ladder.exactOptional(),
    critical: ladder.default([...DEFAULT_POLICY.ladder.critical]),
  }).prefault({}),
  silence: map('a map', {
    ask: duration.default(DEFAULT_POLICY.silence.ask),
    release: duration.default(DEFAULT_POLICY.silence.release),
  }).prefault({}),
  flaw: map('a map', {
    complaints: whole(1, 1000).default(DEFAULT_POLICY.flaw.complaints),
    within: duration.default(DEFAULT_POLICY.flaw.within),
  }).prefault({}),
  action: map('a map', {
    remind: durations.default([...DEFAULT_POLICY.action.remind]),
    overdueEvery: duration.default(DEFAULT_POLICY.action.overdueEvery),
    watch: duration.default(DEFAULT_POLICY.action.watch),
  }).prefault({}),
  handOvers: whole(1, 100).default(DEFAULT_POLICY.handOvers),
  makeGood: map('a map', {
    criticalFactor: z
      .number(expected(FACTOR))
      .min(1, expected(FACTOR))
      .max(100, expected(FACTOR))
      .default(DEFAULT_POLICY.makeGood.criticalFactor),
    answer: duration.default(DEFAULT_POLICY.makeGood.answer),
  }).prefault({}),
  repeat: map('a map', { within: duration.default(DEFAULT_POLICY.repeat.within) }).prefault({}),
  away: map('a map', {
    statuses: list(
      'a list of emoji such as [":palm_tree:"]',
      matching('an emoji such as ":palm_tree:"', /^(:[^\s:<>]{1,100}:){1,2}$/),
    ).default([...DEFAULT_POLICY.away.statuses]),
    doNotDisturb: z.boolean(expected(YES_NO)).default(DEFAULT_POLICY.away.doNotDisturb),
  }).prefault({}),
  warRoom: map('a map', {
    critical: z.boolean(expected(YES_NO)).default(DEFAULT_POLICY.warRoom.critical),
    people,
  }).prefault({}),
  evidence: map('a map', {
    types: list(
      'a list of file endings such as [jpg, pdf]',
      matching('a file ending such as jpg, in small letters', /^[a-z0-9]{1,10}$/),
    )
      .min(1, { error: 'is empty; expected at least one file ending' })
      .default([...DEFAULT_POLICY.evidence.types]),
    maxMegabytes: whole(1, 1000).default(DEFAULT_POLICY.evidence.maxMegabytes),
  }).prefault({}),
  retention: map('a map', { words: retention.nullable().default(DEFAULT_POLICY.retention.words) }).prefault({}),
})

/** The file's shape. What spans several places (keys used twice, origins) is for `spanningFaults`. */
export const configSchema = map('a map', {
  timezone,
  currency: currency.default(DEFAULT_CURRENCY),
  admins: people,
  confidential: people,
  channels: map('a map', { company: channel, fallback: channel }),
  departments: list('a list of departments', department)
    .min(1, { error: 'is empty; expected at least one department' })
    .max(1000, { error: 'has more than 1000 departments' }),
  rootCauses: rootCauses(MAX_TREE_DEPTH),
  policy: policy.prefault({}),
  digest: map('a map', {
    day: z.enum(WEEKDAYS, expected(`one of ${WEEKDAYS.join(', ')}`)).default('monday'),
    time: matching('a time of day such as "09:00"', /^([01]\d|2[0-3]):[0-5]\d$/).default('09:00'),
  }).prefault({}),
})

/** A file as the schema leaves it. */
export type Config = z.output<typeof configSchema>

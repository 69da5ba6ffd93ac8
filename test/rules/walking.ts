import fc from 'fast-check'
import type { Command, GivenFile } from '../../src/complaint/commands.ts'
import type { Decision } from '../../src/complaint/decision.ts'
import { type Clocks, clocksOf } from '../../src/complaint/duplicating.ts'
import type { TimelineEntry } from '../../src/complaint/events.ts'
import type { Absent } from '../../src/complaint/ladder.ts'
import type { Asker } from '../../src/complaint/roles.ts'
import { type Hours, type Level, SEVERITIES, type Setup, type Severity } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import {
  CALLBACK_OUTCOMES,
  type Complaint,
  FIXES,
  MAKE_GOODS,
  SETTLEMENTS,
  VISIT_OUTCOMES,
} from '../../src/complaint/types.ts'
import { hours, INSIDER, POLICY, setupOf } from '../support/setups.ts'
import { decidePurely, FILED, file, filed, REPORT } from './given.ts'

/*
 * Random lives of complaints, as plain data: what is done at each step, and how far the clock went before it. Times are
 * relative to the step, so that a life that was shortened still makes sense.
 */

const STRANGER = 'U0DAN'
const COLLEAGUE: Asker = { standing: 'colleague', departments: [] }

/** How far the clock goes: by so much (sometimes back), or to the next reminder or deadline, give or take a millisecond. */
export type Pass = { readonly by: number } | { readonly to: 'timer' | 'promise' | 'response'; readonly off: number }

type InSteps<C> = C extends { kind: 'edit' }
  ? { kind: 'edit'; by: string; change: number; stale: boolean }
  : C extends { kind: 'confidential-opened' | 'confidential-refused' }
    ? Omit<C, 'entry'> & { stale: boolean }
    : C extends { kind: 'hand-over' }
      ? Omit<C, 'handOvers'> & { stale: boolean }
      : C extends { kind: 'settle' }
        ? Omit<C, 'entry' | 'department'> & { takes: 'here' | 'there' | 'neither'; stale: boolean }
        : C extends { kind: 'take-on' }
          ? { kind: 'take-on'; by: string; duplicate: number; promise: number | null; response: number | null }
          : C extends { kind: 'let-go' }
            ? { kind: 'let-go'; by: string; duplicate: number; its: 'running' | 'none'; others: number | null }
            : { [Key in keyof C]: C[Key] extends Date ? number : Date extends C[Key] ? number | null : C[Key] }
export type LifeStep = { readonly pass: Pass; readonly command: InSteps<Command> }

export interface Life {
  readonly toldBefore: number
  readonly promisedIn: number
  readonly policy: {
    readonly response: number
    readonly remind: typeof POLICY.remind
    readonly warRoom?: typeof POLICY.warRoom
  }
  readonly severity: Severity
  readonly tried: string | null
  /** Of the department it is about. */
  readonly hours: Hours | null
  readonly steps: readonly LifeStep[]
}

/** The last one belongs to no department. */
const person = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('U0ANN', 'U0BOB', 'U0CAT') },
  { weight: 1, arbitrary: fc.constant(STRANGER) },
)
/** Whoever may make it confidential, or may not. */
const keeper = fc.constantFrom('U0REPORTER', 'U0REPORTER', 'U0LEAD', 'U0ANN', STRANGER)
const text = fc.constantFrom('Some words', ' ', '\u200b', 'a'.repeat(400))
const good = { weight: 6, arbitrary: fc.constant('Some words') }
const words: fc.Arbitrary<string> = fc.oneof(good, { weight: 1, arbitrary: text })
const said: fc.Arbitrary<string | null> = fc.oneof(
  good,
  { weight: 1, arbitrary: text },
  { weight: 1, arbitrary: fc.constant(null) },
)
/** The steps that the customer has behind them. */
const tried = fc.constantFrom('Some words', ' ', null)
/** Mostly a time that can be promised; sometimes one gone by, or too far away. */
const ahead = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 2 * DAY }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 30 * DAY) },
  { weight: 1, arbitrary: fc.constantFrom(-HOUR, 0, 30 * DAY + 1) },
)

/** Mostly somebody who may decide a make-good. */
const decider = fc.constantFrom('U0LEAD', 'U0DEPUTY', 'U0ADMIN', 'U0ANN')
/** Which visit, or make-good: mostly the last one, sometimes the one before. */
const agone = fc.constantFrom(0, 0, 0, 1)
/** A new ETA: more often one that is near, or gone by. */
const laterEta = fc.oneof(
  { weight: 3, arbitrary: ahead },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 2 * HOUR }) },
  { weight: 1, arbitrary: fc.constant(-HOUR) },
)
/** Who is not there: mostly nobody is missing. */
const why = fc.constantFrom('away', 'left')
const absences: fc.Arbitrary<Absent> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('U0LEAD', 'U0DEPUTY', 'U0ANN', 'U0BOB', 'S0MFG', 'S0ENG'), why),
  },
)

/** When an action is to be done. */
const due = fc.oneof(
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 * DAY }) },
  { weight: 1, arbitrary: fc.constantFrom(-HOUR, 366 * DAY, null) },
)
type InForm = Pick<
  Extract<InSteps<Command>, { kind: 'close-out' }>,
  'correctiveAction' | 'takenBy' | 'dueBy' | 'whyNone'
>
/** Mostly an action, or why none is needed; sometimes with something wrong. */
const correction: fc.Arbitrary<InForm> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...{ correctiveAction: fc.constant('Gauge it.'), takenBy: person, whyNone: fc.constant(null) },
      dueBy: fc.integer({ min: 1, max: 9 * DAY }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ correctiveAction: fc.constantFrom(null, ' '), whyNone: fc.constant('A single piece.') },
      ...{ takenBy: fc.constant(null), dueBy: fc.constant(null) },
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      correctiveAction: fc.constantFrom('Gauge it.', 'Gauge it.', null),
      ...{ takenBy: fc.constantFrom('U0ANN', 'U0BOB', null), whyNone: fc.constantFrom(null, 'A single piece.', ' ') },
      dueBy: due,
    }),
  },
)

type Arb<Kind extends Command['kind']> = fc.Arbitrary<Extract<InSteps<Command>, { kind: Kind }>>
const kind = <Kind extends string>(name: Kind) => fc.constant(name)

const logCallback: Arb<'log-callback'> = fc.record({
  ...{ kind: kind('log-callback'), by: person, outcome: fc.constantFrom(...CALLBACK_OUTCOMES), said },
  settled: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  promisedBy: fc.oneof({ weight: 9, arbitrary: ahead }, { weight: 1, arbitrary: fc.constant(null) }),
})
const fileOf = (id: string, ending: string, size: number): GivenFile => ({
  ...{ id, name: `${id}.${ending}` },
  about: { ending, mimetype: 'image/png', size, permalink: null },
})
/** Two that are taken; one of a wrong kind, one too large, one that could not be looked at. */
export const FILES: readonly GivenFile[] = [
  ...[fileOf('F0ONE', 'jpg', 1), fileOf('F0TWO', 'PDF', 50 * 1024 * 1024)],
  ...[fileOf('F0KIND', 'exe', 1), fileOf('F0SIZE', 'jpg', 50 * 1024 * 1024 + 1)],
  { id: 'F0UNSEEN', name: 'unseen', about: null },
]
const files = fc.subarray([...FILES])
/** Mostly none. */
const inForm: fc.Arbitrary<GivenFile[]> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<GivenFile[]>([]) },
  { weight: 2, arbitrary: fc.subarray(FILES.filter(({ id }) => !['F0KIND', 'F0SIZE'].includes(id))) },
  { weight: 3, arbitrary: files },
)
const seqs = fc.constantFrom(1, 1, 1, 2, 3)
const closing = fc.record({
  files: inForm,
  ...{ kind: kind('close-out'), by: person, done: words, fix: fc.constantFrom(...FIXES), avoidable: fc.boolean() },
  rootCause: fc.constantFrom(
    'defective-part',
    'poor-design',
    'wrong-part-number',
    'defective-part',
    'defective-part',
    'product',
  ),
  origin: fc.constantFrom('manufacturing', 'design', 'service', 'logistics', 'manufacturing', 'design', 'gone'),
  settled: fc.constantFrom('yes', 'could-not-reach', 'could-not-reach', ...SETTLEMENTS),
})
const closeOut: Arb<'close-out'> = fc.tuple(closing, correction).map(([close, agreed]) => ({ ...close, ...agreed }))
const answering = fc.record({ kind: kind('answer-recurrence'), by: person, action: seqs })
const answerRecurrence: Arb<'answer-recurrence'> = fc
  .tuple(answering, correction)
  .map(([answer, agreed]) => ({ ...answer, ...agreed }))
const departments = fc.constantFrom('manufacturing', 'logistics', 'design', 'service', 'logistics', 'gone')
/** Those who may settle or reassign, and somebody who may not. */
const someone = fc.constantFrom('U0LEAD', 'U0LOG', 'U0DESIGN', 'U0ADMIN', 'U0ANN')
const rarely = fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) })

const handOver: Arb<'hand-over'> = fc.record({
  ...{ kind: kind('hand-over'), by: person, department: departments, reason: words, stale: rarely },
  gone: fc.subarray(['U0LEAD', 'U0LOG', 'U0DESIGN']),
})
const settle: Arb<'settle'> = fc.record({
  ...{ kind: kind('settle'), by: someone, owner: fc.option(person), ownerGone: fc.boolean(), stale: rarely },
  takes: fc.constantFrom('here', 'here', 'there', 'there', 'there', 'neither'),
})
const reassign: Arb<'reassign'> = fc.record({
  ...{ kind: kind('reassign'), by: someone, owner: person, reason: said, ownerGone: rarely },
})

const customer = fc.constantFrom({ id: 1, name: 'Acme Corp' }, { id: 2, name: 'Acme' }, { id: 3, name: 'Apex' })
/** When a duplicate's clock runs out: it may be over. */
const away = fc.integer({ min: -8 * HOUR, max: DAY })
const room = fc.constantFrom(1, 1, 2, 3)
const command: fc.Arbitrary<InSteps<Command>> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: kind('own'), by: person }) satisfies Arb<'own'> },
  { weight: 16, arbitrary: logCallback },
  { weight: 12, arbitrary: handOver },
  { weight: 10, arbitrary: settle },
  { weight: 4, arbitrary: reassign },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind('move-callback'), by: person, promisedBy: ahead, reason: words }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: kind('plan-visit'),
      by: person,
      who: person,
      eta: ahead,
      parts: fc.option(words),
      files: inForm,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: kind('change-visit'), by: person, visit: agone, who: person, eta: laterEta, parts: fc.option(words) },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('call-off-visit'), by: person, visit: agone, reason: words }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('set-out'), by: person, visit: agone }) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...{ kind: kind('make-good'), by: fc.oneof(person, decider), how: fc.constantFrom(...MAKE_GOODS), note: said },
      amount: fc.constantFrom('40', '$1,200.50', '300', '200.01', null, 'abc', '-5'),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('approve-make-good'), by: decider, makeGood: agone }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: kind('decline-make-good'), by: decider, makeGood: agone },
      reason: fc.constantFrom('Some words', 'Some words', ' '),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('fix-remotely'), by: person, done: words, files: inForm }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('arrive'), by: person }) },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: kind('visit-outcome'), by: person, outcome: fc.constantFrom(...VISIT_OUTCOMES), done: words },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: kind('edit'), by: person, change: fc.nat(4), stale: fc.boolean() }),
  },
  { weight: 8, arbitrary: closeOut },
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: kind('reopen'), by: person, reason: words, promisedBy: ahead, ownerGone: fc.boolean() },
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kind('add-evidence'), by: person, files }) },
  { weight: 1, arbitrary: fc.record({ kind: kind('lose-evidence'), file: fc.constantFrom('F0ONE', 'F0TWO') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind('merge-customer'), by: person, customer, into: customer }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: kind('erase-words'),
      why: fc.constantFrom('asked', 'retention'),
      customer: fc.constantFrom('Erased customer 1', null),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('rename-customer'), by: person, customer, name: words }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind('duplicate'), by: person, of: fc.constantFrom(100, 100, 100, 142) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('split'), by: person }) },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: kind('take-on'), by: person, duplicate: fc.constant(143) },
      ...{ promise: fc.option(away), response: fc.option(away) },
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...{ kind: kind('let-go'), by: person, duplicate: fc.constant(143) },
      ...{ its: fc.constantFrom('running', 'none'), others: fc.option(away) },
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('point-to'), by: person, of: fc.constantFrom(100, 101) }) },
  { weight: 3, arbitrary: fc.record({ kind: kind('open-war-room'), by: person }) },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: kind('make-confidential'), by: keeper },
      people: fc.array(fc.constantFrom('U0ANN', 'U0BOB', 'U0CAT', STRANGER), { maxLength: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: kind('lift-confidential'), by: keeper }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind('confidential-opened'), stale: fc.boolean(), channel: fc.constant('C0AMONG') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      ...{ kind: kind('confidential-refused'), stale: fc.boolean(), error: fc.constant('restricted_action') },
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: kind('war-room-opened'), room, channel: fc.constantFrom('C0ROOM', 'C0OTHER') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kind('war-room-refused'), room, error: fc.constant('missing_scope') }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('war-room-archived'), room }) },
  { weight: 4, arbitrary: fc.record({ kind: kind('sign-of-life'), by: person }) },
  {
    weight: 8,
    arbitrary: fc.record({ kind: kind('finish-action'), by: person, action: seqs, changed: words, proof: words }),
  },
  {
    weight: 8,
    // `toldAt` is so long before or after the step.
    arbitrary: fc.record({
      ...{ kind: kind('cause-again'), action: seqs, complaint: fc.constant(190) },
      toldAt: fc.integer({ min: -2 * DAY, max: 31 * DAY }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: kind('join-flaw'), flaw: fc.constant(3) }) },
  { weight: 8, arbitrary: answerRecurrence },
  {
    weight: 2,
    // `from` is how far below where it stands.
    arbitrary: fc.record({ kind: kind('next-level'), by: person, from: fc.constantFrom(0, 0, 0, 1), tried }),
  },
  { weight: 7, arbitrary: fc.record({ kind: kind('remind'), absent: absences }) },
)

const forwards: fc.Arbitrary<Pass> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ by: fc.integer({ min: 1, max: 20 * MINUTE }) }) },
  { weight: 3, arbitrary: fc.record({ by: fc.integer({ min: 1, max: 6 * HOUR }) }) },
  { weight: 1, arbitrary: fc.record({ by: fc.integer({ min: 1, max: 4 * DAY }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      to: fc.constantFrom('timer', 'timer', 'promise', 'response'),
      off: fc.constantFrom(-1, 0, 0, 1),
    }),
  },
)
const backwards: fc.Arbitrary<Pass> = fc.record({ by: fc.integer({ min: -3 * HOUR, max: -1 }) })

export const policies: fc.Arbitrary<Life['policy']> = fc.record({
  response: fc.constantFrom(24 * HOUR, 24 * HOUR, HOUR, 3 * DAY),
  remind: fc.oneof(
    { weight: 2, arbitrary: fc.constant(POLICY.remind) },
    {
      weight: 3,
      arbitrary: fc.record({
        response: fc.array(fc.integer({ min: 1, max: 30 * 60 }).map((minutes) => minutes * MINUTE)),
        callback: fc.array(fc.integer({ min: 1, max: 5 * 60 }).map((minutes) => minutes * MINUTE)),
        overdueEvery: fc.constantFrom(HOUR, 3 * HOUR, 4 * HOUR, 25 * MINUTE, DAY, 90 * SECOND),
      }),
    },
  ),
  warRoom: fc.boolean().map((critical) => ({ critical, people: [] })),
})

/** Hours of a department; mostly it has some. */
export const places: fc.Arbitrary<Hours | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc
      .record({
        week: fc.constantFrom(
          'mon-fri 07:00-16:00',
          'mon-fri 07:00-12:00, 13:00-16:00; sat 22:00-06:00',
          'wed 09:00-10:00',
        ),
        timezone: fc.constantFrom('America/Chicago', 'Europe/Berlin', 'Pacific/Kiritimati'),
        off: fc.subarray(['2026-03-03', '2026-03-06']),
        open: fc.subarray(['2026-03-07', '2026-03-08']),
      })
      .map(hours),
  },
)

/** The hours of the department that a complaint is with. */
export const hoursWhere = (life: Pick<Life, 'hours'>, { department }: Complaint): Hours | null =>
  department === 'manufacturing' ? life.hours : null

/** What manufacturing may grant, in dollars. */
export const AUTHORITY = 500
const LEVELS: readonly Level[] = [
  { name: 'Engineers', group: 'S0ENG', person: null },
  { name: 'The one who drew it', group: null, person: 'U0BOB' },
]

/** The company of these tests with these hours in manufacturing, where the complaints begin. */
export function setupWith(place: Hours | null, policy: Life['policy']): Setup {
  const setup = setupOf({ policy: { ...POLICY, ...policy } })
  const departments = setup.departments.map((one) =>
    one.key === 'manufacturing'
      ? { ...one, hours: place, deputy: 'U0DEPUTY', levels: LEVELS, authority: AUTHORITY }
      : one,
  )
  return { ...setup, departments }
}

const life = (pass: fc.Arbitrary<Pass>): fc.Arbitrary<Life> =>
  fc.record({
    toldBefore: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 * DAY })),
    promisedIn: fc.integer({ min: 1, max: 30 * DAY }),
    policy: policies,
    severity: fc.constantFrom('critical', ...SEVERITIES),
    tried,
    hours: places,
    steps: fc.array(fc.record({ pass, command }), { maxLength: 60, size: 'max' }),
  })

export const forwardLives = life(forwards)
/** With a clock that is put back now and then. */
export const shakyLives = life(fc.oneof({ weight: 5, arbitrary: forwards }, { weight: 1, arbitrary: backwards }))

/** One thing that was asked, and what came of it. */
export interface Happening {
  readonly before: Complaint
  readonly command: Command
  readonly now: Date
  readonly decision: Decision
  /** The complaint after it: the same one where it was refused. */
  readonly after: Complaint
}

function toCommand(step: InSteps<Command>, complaint: Complaint, now: Date): Command {
  switch (step.kind) {
    case 'edit': {
      const report = [complaint.report, REPORT, { customer: 'Acme Ltd' }, { words: ' ' }, { tried: null }]
      const edits = complaint.edits - (step.stale ? 1 : 0)
      return { kind: 'edit', by: step.by, report: report[step.change] ?? REPORT, edits }
    }
    case 'hand-over': {
      const { stale, ...command } = step
      return { ...command, handOvers: complaint.handOvers - (stale ? 1 : 0) }
    }
    case 'settle': {
      const { stale, takes, ...command } = step
      const { settling } = complaint
      const department = { here: complaint.department, there: settling?.to ?? 'logistics', neither: 'service' }[takes]
      return { ...command, department, entry: (settling?.entry ?? 2) - (stale ? 1 : 0) }
    }
    case 'log-callback':
      return { ...step, promisedBy: step.promisedBy === null ? null : plus(now, step.promisedBy) }
    case 'move-callback':
    case 'reopen':
      return { ...step, promisedBy: plus(now, step.promisedBy) }
    case 'confidential-opened':
    case 'confidential-refused': {
      const { stale, ...command } = step
      return { ...command, entry: (complaint.confidential?.entry ?? 0) + (stale ? 1 : 0) }
    }
    case 'next-level':
      return { ...step, from: (complaint.levels.manufacturing ?? 0) - step.from }
    case 'close-out':
    case 'answer-recurrence':
      return { ...step, dueBy: step.dueBy === null ? null : plus(now, step.dueBy) }
    case 'cause-again':
      return { ...step, toldAt: plus(now, step.toldAt) }
    case 'plan-visit':
      return { ...step, eta: plus(now, step.eta) }
    case 'change-visit':
      return { ...step, visit: complaint.visits.length - step.visit, eta: plus(now, step.eta) }
    case 'call-off-visit':
    case 'set-out':
      return { ...step, visit: complaint.visits.length - step.visit }
    case 'approve-make-good':
    case 'decline-make-good':
      return { ...step, makeGood: complaint.makeGoods.length - step.makeGood }
    case 'take-on':
      return { ...step, clocks: clocksOfAnother(step, now) }
    case 'let-go': {
      const none = { promise: null, response: null }
      const others = step.others === null ? [] : [clocksOfAnother({ promise: step.others, response: null }, now)]
      return { ...step, clocks: step.its === 'running' ? clocksOf(complaint) : none, others }
    }
    default:
      return step
  }
}

/** The clocks of another complaint, which run out so long from now. */
function clocksOfAnother(due: { promise: number | null; response: number | null }, now: Date): Clocks {
  const other = filed().promises[0]
  const response = filed().responses[0]
  if (!other || !response) throw new Error('A complaint begins with both clocks')
  const clock = (ms: number) => {
    const startedAt = plus(now, Math.min(ms, 0) - HOUR)
    return { startedAt, remindedTo: startedAt, dueAt: plus(now, ms) }
  }
  return {
    promise: due.promise === null ? null : { ...other, ...clock(due.promise) },
    response: due.response === null ? null : { ...response, ...clock(due.response) },
  }
}

/** Where the clock stands after `pass`. To a moment that has gone by it does not go, so time goes on. */
function passed(pass: Pass, complaint: Complaint, hours: Hours | null, now: Date): Date {
  if ('by' in pass) return plus(now, pass.by)
  const moments = {
    timer: Object.values(timersOf(complaint, hours)),
    promise: complaint.promises.slice(-1).map((promise) => promise.dueAt),
    response: complaint.responses.slice(-1).map((response) => response.dueAt),
  }[pass.to]
  const next = moments.map((moment) => moment.getTime() + pass.off).filter((moment) => moment > now.getTime())
  return next.length === 0 ? plus(now, MINUTE) : new Date(Math.min(...next))
}

/** Lives it. `look` sees every step as it happens; what is returned is the whole timeline and where it ended. */
export function live(
  { toldBefore, promisedIn, policy, severity, tried, hours, steps }: Life,
  look: (happening: Happening) => void,
  /** What is in force from the middle of it on. */
  changed: (setup: Setup) => Setup = (setup) => setup,
): { readonly complaint: Complaint; readonly timeline: readonly TimelineEntry[] } {
  const setup = setupWith(hours, policy)
  const filing = {
    report: { ...REPORT, severity, tried },
    toldAt: plus(FILED, -toldBefore),
    promisedBy: plus(FILED, promisedIn),
  }
  const change = file(filing, FILED, setup)
  let complaint = change.complaint
  let now = FILED
  const timeline = [...change.entries]
  const since = changed(setup)
  for (const [index, { pass, command: step }] of steps.entries()) {
    const inForce = index < steps.length / 2 ? setup : since
    now = passed(pass, complaint, hoursWhere({ hours }, complaint), now)
    const command = toCommand(step, complaint, now)
    const asker = 'by' in command && command.by === STRANGER ? COLLEAGUE : INSIDER
    const decision = decidePurely(complaint, command, now, inForce, asker)
    const after = decision.ok ? decision.change.complaint : complaint
    look({ before: complaint, command, now, decision, after })
    if (decision.ok) timeline.push(...decision.change.entries)
    complaint = after
  }
  return { complaint, timeline }
}

import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import type { Command, Filing } from '../../src/complaint/commands.ts'
import { decide } from '../../src/complaint/decide.ts'
import type { Change, Decision } from '../../src/complaint/decision.ts'
import { clocksOf } from '../../src/complaint/duplicating.ts'
import type { TimelineEvent } from '../../src/complaint/events.ts'
import { checkFiling, fileComplaint } from '../../src/complaint/filing.ts'
import type { ComplaintMessage } from '../../src/complaint/messages.ts'
import type { Refusal } from '../../src/complaint/refusals.ts'
import type { Asker } from '../../src/complaint/roles.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import { HOUR, plus } from '../../src/complaint/time.ts'
import type { ClosedComplaint, Complaint, Correction, OwnedComplaint, Report } from '../../src/complaint/types.ts'
import { INSIDER, NO_ACTION, setupOf } from '../support/setups.ts'

/** When the complaints of these tests are filed, and told. A Monday, 09:00 in Chicago. */
export const FILED = new Date('2026-03-02T15:00:00.000Z')

/** So many hours, and milliseconds, after `FILED`. The first promise is due at 4, the response at 24. */
export const at = (hours: number, ms = 0): Date => plus(FILED, hours * HOUR + ms)

/** The same instant as the timeline writes it. */
export const iso = (hours: number, ms = 0): string => at(hours, ms).toISOString()

export const SETUP = setupOf()

export const REPORT: Report = {
  customer: 'Acme',
  feeling: 'angry',
  words: 'The valve is the wrong one, again. '.repeat(40),
  tried: 'Turned it off and on.',
  severity: 'normal',
  contact: null,
  reference: 'Order 7',
}

export const filing = (about: Partial<Filing> = {}): Filing => ({
  report: REPORT,
  department: 'manufacturing',
  toldAt: FILED,
  promisedBy: at(4),
  reporter: 'U0REPORTER',
  source: null,
  ...about,
})

/** Files it, as an operation would: nothing with a fault gets through. */
export function file(about: Partial<Filing> = {}, now = FILED, setup = SETUP): Change {
  const asked = frozen(filing(about))
  expect(checkFiling(asked, { now, setup, asker: INSIDER })).toEqual([])
  return frozen(fileComplaint(asked, 142, { now, setup, asker: INSIDER }))
}

/** Each step is a command and when it is given. */
export type Step = readonly [command: Command, now: Date]

/** Runs steps that must all be accepted. */
export function run<Start extends Complaint>(complaint: Start, ...steps: readonly Step[]): Complaint {
  return steps.reduce<Complaint>((before, [command, now]) => given(before).when(command, now).complaint, complaint)
}

export const filed = (about: Partial<Filing> = {}, now = FILED): Complaint => file(about, now).complaint

/** Every rung is climbed: nothing more is called. */
export const climbed = (complaint: Complaint): Complaint =>
  complaint.status === 'open' ? { ...complaint, ladder: { ...complaint.ladder, climbed: 3 } } : complaint

export function owned(about: Partial<Filing> = {}): OwnedComplaint {
  const complaint = run(filed(about), [own(), at(0.25)])
  if (complaint.status !== 'owned') throw new Error(`It is ${complaint.status}`)
  return complaint
}

/** Closed an hour after filing: fixed, the customer says it is settled. */
export function closed(about: Partial<Filing> = {}): ClosedComplaint {
  const complaint = run(owned(about), [closeOut(), at(1)])
  if (complaint.status !== 'closed') throw new Error(`It is ${complaint.status}`)
  return complaint
}

type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>
type About<Kind extends Command['kind']> = Partial<Omit<CommandOf<Kind>, 'kind'>>

export const own = (by = 'U0OWNER'): Command => ({ kind: 'own', by })

/** The first hand-over, to logistics. */
export const handOver = (about: About<'hand-over'> = {}): Command => ({
  kind: 'hand-over',
  by: 'U0OWNER',
  department: 'logistics',
  reason: 'The valve is right; the wrong box was sent.',
  handOvers: 0,
  gone: [],
  ...about,
})

/** Logistics takes it, as settled by its lead. */
export const settle = (entry: number, about: About<'settle'> = {}): Command => ({
  ...{ kind: 'settle', by: 'U0LOG', department: 'logistics', owner: null, entry, ownerGone: false },
  ...about,
})

export const reassign = (about: About<'reassign'> = {}): Command => ({
  ...{ kind: 'reassign', by: 'U0LEAD', owner: 'U0NEW', reason: null, ownerGone: false },
  ...about,
})

/** Reached, not settled, the next call promised for 8 h after filing. */
export const reached = (about: About<'log-callback'> = {}): Command => ({
  kind: 'log-callback',
  by: 'U0OWNER',
  outcome: 'reached',
  said: 'They wait for the new valve.',
  settled: false,
  promisedBy: at(8),
  ...about,
})

export const noAnswer = (about: About<'log-callback'> = {}): Command =>
  reached({ outcome: 'no-answer', said: null, ...about })

export const leftMessage = (about: About<'log-callback'> = {}): Command =>
  reached({ outcome: 'left-message', said: 'Told the machine.', ...about })

export const moveCallback = (about: About<'move-callback'> = {}): Command => ({
  kind: 'move-callback',
  by: 'U0OWNER',
  promisedBy: at(8),
  reason: 'They are in a meeting until then.',
  ...about,
})

export const planVisit = (about: About<'plan-visit'> = {}): Command => ({
  kind: 'plan-visit',
  by: 'U0OWNER',
  who: 'U0FIXER',
  eta: at(10),
  parts: 'Valve',
  ...about,
})

export const changeVisit = (about: About<'change-visit'> = {}): Command => ({
  kind: 'change-visit',
  by: 'U0OWNER',
  visit: 1,
  who: 'U0FIXER',
  eta: at(12),
  parts: 'Valve',
  ...about,
})

export const callOffVisit = (about: About<'call-off-visit'> = {}): Command => ({
  kind: 'call-off-visit',
  by: 'U0OWNER',
  visit: 1,
  reason: 'They found the key themselves.',
  ...about,
})

export const setOut = (visit = 1): Command => ({ kind: 'set-out', by: 'U0FIXER', visit })

/** Money that needs no approval where the department may grant 500. */
export const makeGood = (about: About<'make-good'> = {}): Command => ({
  kind: 'make-good',
  by: 'U0OWNER',
  how: 'refund',
  amount: '120',
  note: 'For the trouble.',
  ...about,
})

export const approve = (by = 'U0LEAD', makeGood = 1): Command => ({ kind: 'approve-make-good', by, makeGood })

export const decline = (by = 'U0LEAD', about: About<'decline-make-good'> = {}): Command => ({
  ...{ kind: 'decline-make-good', by, makeGood: 1, reason: 'A new valve is enough.' },
  ...about,
})

export const fixRemotely = (done = 'Reset it from here.'): Command => ({ kind: 'fix-remotely', by: 'U0OWNER', done })

export const arrive = (): Command => ({ kind: 'arrive', by: 'U0FIXER' })

export const visitOutcome = (about: About<'visit-outcome'> = {}): Command => ({
  kind: 'visit-outcome',
  by: 'U0FIXER',
  outcome: 'fixed',
  done: 'New valve.',
  ...about,
})

export const edit = (report: Partial<Report>, edits = 0): Command => ({
  kind: 'edit',
  by: 'U0EDITOR',
  report,
  edits,
})

export const closeOut = (about: About<'close-out'> = {}): Command => ({
  kind: 'close-out',
  by: 'U0CLOSER',
  rootCause: 'defective-part',
  origin: 'manufacturing',
  done: 'Replaced the valve.',
  fix: 'fixed',
  avoidable: true,
  settled: 'yes',
  ...NO_ACTION,
  ...about,
})

/** Taken by somebody else, for a week after filing. */
export const AN_ACTION: Correction = {
  ...{ correctiveAction: 'Gauge every thread.', takenBy: 'U0TAKER', dueBy: at(7 * 24), whyNone: null },
}

export const finishAction = (about: About<'finish-action'> = {}): Command => ({
  ...{ kind: 'finish-action', by: 'U0TAKER', action: 1, changed: 'A gauge at the last bench.', proof: 'Sheet 12.' },
  ...about,
})

export const causeAgain = (toldAt: Date, about: About<'cause-again'> = {}): Command => ({
  ...{ kind: 'cause-again', action: 1, complaint: 190, toldAt },
  ...about,
})

export const answerRecurrence = (about: About<'answer-recurrence'> = {}): Command => ({
  ...{ kind: 'answer-recurrence', by: 'U0TAKER', action: 1, ...NO_ACTION },
  ...about,
})

/** The next call promised for 30 h after filing. */
export const reopen = (about: About<'reopen'> = {}): Command => ({
  kind: 'reopen',
  by: 'U0REOPENER',
  reason: 'It broke again.',
  promisedBy: at(30),
  ownerGone: false,
  ...about,
})

export const makeConfidential = (people: readonly string[] = [], by = 'U0REPORTER'): Command => ({
  kind: 'make-confidential',
  by,
  people,
})

export const liftConfidential = (by = 'U0OWNER'): Command => ({ kind: 'lift-confidential', by })

export const confidentialOpened = (entry: number, channel = 'C0AMONG'): Command => ({
  kind: 'confidential-opened',
  entry,
  channel,
})

/** As of #100. */
export const duplicate = (of = 100, by = 'U0REPORTER'): Command => ({ kind: 'duplicate', by, of })

export const split = (by = 'U0REPORTER'): Command => ({ kind: 'split', by })

/** #143 is linked to it; its clocks are those of a complaint filed as it was, unless told otherwise. */
export const takeOn = (of: Complaint, number = 143): Command => ({
  ...{ kind: 'take-on', by: 'U0REPORTER', duplicate: number, clocks: clocksOf(of) },
})

export const letGo = (of: Complaint, others: readonly Complaint[] = [], number = 143): Command => ({
  ...{ kind: 'let-go', by: 'U0REPORTER', duplicate: number, clocks: clocksOf(of), others: others.map(clocksOf) },
})

export const signOfLife = (by = 'U0OWNER'): Command => ({ kind: 'sign-of-life', by })

export const nextLevel = (about: About<'next-level'> = {}): Command => ({
  ...{ kind: 'next-level', by: 'U0OWNER', from: 0, tried: null },
  ...about,
})

export const mergeCustomer = (about: About<'merge-customer'> = {}): Command => ({
  kind: 'merge-customer',
  by: 'U0REPORTER',
  customer: { id: 2, name: 'Acme' },
  into: { id: 1, name: 'Acme Corp' },
  ...about,
})

export const renameCustomer = (name: string, by = 'U0REPORTER'): Command => ({
  kind: 'rename-customer',
  by,
  customer: { id: 2, name: 'Acme' },
  name,
})

export const remind: Command = { kind: 'remind' }

/** Freezes deeply, so that whoever changes what they were given throws. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

// A date could be set though it is frozen.
for (const [name, { value: set }] of Object.entries(Object.getOwnPropertyDescriptors(Date.prototype)))
  if (name.startsWith('set'))
    Object.defineProperty(Date.prototype, name, {
      configurable: true,
      writable: true,
      value(this: Date, ...to: unknown[]) {
        if (Object.isFrozen(this)) throw new TypeError(`${name} of a frozen date`)
        return Reflect.apply(set, this, to)
      },
    })

/** Decides on frozen input: whatever would change it throws. */
export function decidePurely(
  complaint: Complaint,
  command: Command,
  now: Date,
  setup: Setup = SETUP,
  asker: Asker = INSIDER,
): Decision {
  return frozen(decide(frozen(complaint), frozen(command), frozen({ now, setup, asker })))
}

/** What a decision came to, to be checked in a chain. */
class Result {
  readonly decision: Decision
  private readonly before: Complaint

  constructor(before: Complaint, decision: Decision) {
    this.before = before
    this.decision = decision
  }

  get change(): Change {
    if (!this.decision.ok) throw new Error(`Refused: ${JSON.stringify(this.decision.refusal)}`)
    return this.decision.change
  }

  get complaint(): Complaint {
    return this.change.complaint
  }

  /** The complaint now has these facts. */
  becomes(facts: object): this {
    expect(this.complaint).toMatchObject(facts)
    return this
  }

  /** Exactly these went on the timeline. */
  records(...events: readonly TimelineEvent[]): this {
    expect(this.change.entries.map((entry) => entry.event)).toEqual(events)
    return this
  }

  /** Exactly these are to be said, in this order. */
  says(...messages: readonly ComplaintMessage[]): this {
    expect(this.change.messages).toEqual(messages)
    return this
  }

  refuses(refusal: Refusal): void {
    expect(this.decision).toEqual({ ok: false, refusal })
  }

  accepts(): this {
    expect(this.decision).toMatchObject({ ok: true })
    return this
  }

  /** Nothing at all happened. */
  changesNothing(): void {
    expect(isDeepStrictEqual(this.complaint, this.before)).toBe(true)
    this.records().says()
  }
}

/** given(complaint).when(command, now).becomes(...).records(...).says(...), or .refuses(...) */
export const given = (complaint: Complaint, setup: Setup = SETUP) => ({
  when: (command: Command, now: Date = at(1)): Result =>
    new Result(complaint, decidePurely(complaint, command, now, setup)),
})

/** A line in the thread about entry number so and so. */
export const line = (entry: number): ComplaintMessage => ({ kind: 'line', entry })

export const cardOf = (home: string): ComplaintMessage => ({ kind: 'card', home })

/** The card of the department where it was filed. */
export const CARD = cardOf('manufacturing')

export const FULL_WORDS: readonly ComplaintMessage[] = [
  { kind: 'full-words', part: 0 },
  { kind: 'full-words', part: 1 },
]

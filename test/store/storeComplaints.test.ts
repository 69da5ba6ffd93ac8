import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nextDeadline } from '../../src/complaint/clocks.ts'
import type { Command, Filing } from '../../src/complaint/commands.ts'
import { decide } from '../../src/complaint/decide.ts'
import type { TimelineEntry } from '../../src/complaint/events.ts'
import { fileComplaint as decideFiling } from '../../src/complaint/filing.ts'
import { SEVERITIES } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import {
  CALLBACK_OUTCOMES,
  type Complaint,
  FEELINGS,
  FIXES,
  SETTLEMENTS,
  VISIT_OUTCOMES,
} from '../../src/complaint/types.ts'
import { changeComplaint } from '../../src/operations/changeComplaint.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { queueRemindersOnce } from '../../src/operations/queueReminders.ts'
import { clean } from '../../src/slack/payloads.ts'
import { readComplaint, readTimeline } from '../../src/store/complaints.ts'
import { InForce } from '../../src/store/inForce.ts'
import { anyText } from '../support/anyText.ts'
import { databaseKinds } from '../support/databases.ts'
import { SLOW, sharedDatabase } from '../support/process.ts'
import { INSIDER, NOBODY_AWAY, setupOf } from '../support/setups.ts'

const SETUP = setupOf()
const START = new Date('2026-03-04T15:00:00.123Z')

const words = anyText(1, 40).map((text) => `x${clean(text)}`)
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null })
const person = fc.constantFrom('U0RITA', 'U0FRED', 'U0FAY')
/** How far from the instant of the command, in milliseconds. */
const ahead = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 3 * DAY }) },
  { weight: 1, arbitrary: fc.constant(-1) },
)

const report = {
  customer: words,
  feeling: fc.constantFrom(...FEELINGS),
  words,
  tried: maybe(words),
  severity: fc.constantFrom(...SEVERITIES),
  contact: maybe(words),
  reference: maybe(words),
}

/** Two of three agree on an action. */
const correction = {
  correctiveAction: fc.option(words, { nil: null, freq: 3 }),
  takenBy: person,
  whyNone: fc.constant(null),
  next: ahead,
}

const filing: fc.Arbitrary<Filing> = fc.record({
  report: fc.record(report),
  department: fc.constantFrom('manufacturing', 'logistics'),
  toldAt: fc.integer({ min: 0, max: 29 * DAY }).map((ms) => plus(START, -ms)),
  promisedBy: fc.integer({ min: 1, max: 29 * DAY }).map((ms) => plus(START, ms)),
  reporter: person,
  source: maybe(
    fc.record({ channel: fc.constant('C0SERVICE'), ts: fc.constant('1.2'), permalink: maybe(fc.webUrl()) }),
  ),
})

/** A command, once the state and the instant it meets are known. */
type Ask = (complaint: Complaint, now: Date) => Command

const asks: fc.Arbitrary<Ask> = fc.oneof(
  person.map(
    (by): Ask =>
      () => ({ kind: 'own', by }),
  ),
  fc
    .record({
      by: person,
      outcome: fc.constantFrom(...CALLBACK_OUTCOMES),
      said: maybe(words),
      settled: fc.boolean(),
      next: maybe(ahead),
    })
    .map(
      ({ next, ...call }): Ask =>
        (_, now) => ({ kind: 'log-callback', ...call, promisedBy: next === null ? null : plus(now, next) }),
    ),
  fc.record({ by: person, reason: words, next: ahead }).map(
    ({ next, ...move }): Ask =>
      (_, now) => ({ kind: 'move-callback', ...move, promisedBy: plus(now, next) }),
  ),
  fc.record({ by: person, who: person, parts: maybe(words), eta: ahead }).map(
    ({ eta, ...visit }): Ask =>
      (_, now) => ({ kind: 'plan-visit', ...visit, eta: plus(now, eta) }),
  ),
  fc.record({ by: person, done: words }).map(
    (fix): Ask =>
      () => ({ kind: 'fix-remotely', ...fix }),
  ),
  person.map(
    (by): Ask =>
      () => ({ kind: 'arrive', by }),
  ),
  fc.record({ by: person, outcome: fc.constantFrom(...VISIT_OUTCOMES), done: words }).map(
    (outcome): Ask =>
      () => ({ kind: 'visit-outcome', ...outcome }),
  ),
  fc.record({ by: person, report: fc.record(report, { requiredKeys: [] }), late: fc.boolean() }).map(
    ({ late, ...edit }): Ask =>
      ({ edits }) => ({ kind: 'edit', ...edit, edits: late ? edits - 1 : edits }),
  ),
  fc
    .record({
      by: person,
      rootCause: fc.constantFrom('defective-part', 'wrong-part-number'),
      origin: fc.constantFrom('manufacturing', 'design'),
      done: words,
      fix: fc.constantFrom(...FIXES),
      avoidable: fc.boolean(),
      settled: fc.constantFrom(...SETTLEMENTS),
      ...correction,
    })
    .map(
      ({ next, ...closing }): Ask =>
        (_, now) => ({ kind: 'close-out', ...closing, dueBy: plus(now, next) }),
    ),
  fc.record({ by: person, changed: words, proof: words }).map(
    (finish): Ask =>
      ({ actions }) => ({ kind: 'finish-action', ...finish, action: Math.max(1, actions.length) }),
  ),
  fc.integer({ min: 1, max: DAY }).map(
    (later): Ask =>
      ({ actions }, now) => ({ kind: 'cause-again', action: actions.length, complaint: 2, toldAt: plus(now, later) }),
  ),
  fc.record({ by: person, ...correction }).map(
    ({ next, ...answer }): Ask =>
      ({ actions }, now) => ({
        ...{ kind: 'answer-recurrence', action: Math.max(1, actions.length) },
        ...{ ...answer, dueBy: plus(now, next) },
      }),
  ),
  fc.record({ by: person, reason: words, next: ahead, ownerGone: fc.boolean() }).map(
    ({ next, ...opening }): Ask =>
      (_, now) => ({ kind: 'reopen', ...opening, promisedBy: plus(now, next) }),
  ),
  fc.constant<Ask>(() => ({ kind: 'remind' })),
)

const step = fc.record({
  ask: asks,
  pass: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 10 * MINUTE }), fc.integer({ min: HOUR, max: 12 * HOUR })),
})

describe.each(databaseKinds())('what the rules decide is what is read back (%s)', (kind) => {
  const database = sharedDatabase(kind)
  let workspaces = 0

  test('after any commands, in any order', SLOW, async () => {
    const db = database()
    const run = async (first: Filing, steps: { ask: Ask; pass: number }[]) => {
      workspaces += 1
      const workspace = `T${workspaces}`
      const inForce = new InForce()
      await putInForce(db, workspace, SETUP, START)

      let now = START
      const filed = await fileComplaint(db, inForce, { workspace, view: 'V1', filing: first, asker: INSIDER }, now)
      const change = decideFiling(first, 1, { now, setup: SETUP, asker: INSIDER })
      expect(filed).toEqual({ ok: true, number: 1, complaint: change.complaint, entries: change.entries })
      let complaint: Complaint = change.complaint
      const entries: TimelineEntry[] = [...change.entries]

      for (const { ask, pass } of steps) {
        now = plus(now, pass)
        const command = ask(complaint, now)
        const decision = decide(complaint, command, { now, setup: SETUP, asker: INSIDER })
        // The sweep reads only what its timer says is due: it must come to what looking at everything comes to.
        if (command.kind === 'remind') await queueRemindersOnce(db, inForce, workspace, NOBODY_AWAY, now)
        else {
          const outcome = await changeComplaint(
            db,
            inForce,
            { workspace, number: 1, view: null, command, asker: INSIDER },
            now,
          )
          expect(outcome.ok).toBe(decision.ok)
        }
        if (decision.ok) {
          complaint = decision.change.complaint
          entries.push(...decision.change.entries)
        }
        expect(await readComplaint(db.reader, workspace, 1)).toEqual(complaint)
        expect(await readTimeline(db.reader, workspace, 1)).toEqual(entries)
        expect(await timersIn(workspace)).toEqual(timersOf(complaint, null))
        expect(await deadlineIn(workspace)).toEqual(nextDeadline(complaint))
      }
    }
    const timersIn = async (workspace: string) => {
      const rows = await db.reader.query.timers.findMany({ where: (timer, { eq }) => eq(timer.workspace, workspace) })
      return Object.fromEntries(rows.map(({ name, at }) => [name, at]))
    }
    const deadlineIn = async (workspace: string) =>
      (await db.reader.query.complaints.findFirst({ where: (row, { eq }) => eq(row.workspace, workspace) }))
        ?.nextDeadline

    const numRuns = kind === 'postgres' ? 16 : 5
    await fc.assert(fc.asyncProperty(filing, fc.array(step, { minLength: 6, maxLength: 14 }), run), { numRuns })
  })

  test('a transaction that throws leaves nothing', async () => {
    const db = database()
    await putInForce(db, 'T0', SETUP, START)
    await expect(
      db.transaction(async (tx) => {
        await tx.execute(sql`update workspaces set last_number = 41 where workspace = 'T0'`)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    const head = await db.reader.query.workspaces.findFirst({ where: (row, { eq }) => eq(row.workspace, 'T0') })
    expect(head?.lastNumber).toBe(0)
  })

  test('the same form twice at once files one complaint, and a refused one none', async () => {
    const db = database()
    const inForce = new InForce()
    await putInForce(db, 'T00', SETUP, START)
    const [good] = fc.sample(filing, 1)
    if (!good) throw new Error('No filing')
    const fileAs = (about: Filing) =>
      fileComplaint(db, inForce, { workspace: 'T00', view: 'V1', filing: about, asker: INSIDER }, START)
    expect(await fileAs({ ...good, department: 'nowhere' })).toMatchObject({ ok: false })
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => fileAs(good)))
    expect(outcomes.map((outcome) => outcome.ok && outcome.number)).toEqual([1, 1, 1, 1])
    expect(outcomes.filter((outcome) => outcome.ok && outcome.complaint !== null)).toHaveLength(1)
    const head = await db.reader.query.workspaces.findFirst({ where: (row, { eq }) => eq(row.workspace, 'T00') })
    expect(head?.lastNumber).toBe(1)
  })
})

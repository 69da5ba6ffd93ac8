import fc from 'fast-check'
import type { Periods } from '../../src/complaint/period.ts'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import type { Database } from '../../src/store/database.ts'
import { insertRows } from '../../src/store/rows.ts'
import {
  callbacks,
  complaints,
  correctiveActions,
  customers,
  flaws,
  makeGoods,
  promises,
  responses,
} from '../../src/store/schema.ts'
import { writeSetup } from '../../src/store/setup.ts'
import { POLICY, setupOf } from '../support/setups.ts'
import type { History } from './recompute.ts'

/* Rows in which little happened but what a case is about, and random ones. */

// Over the night in which the clocks of Chicago went forward: 167 hours.
export const weeks: Periods = {
  period: { from: new Date('2026-03-02T15:00:00Z'), to: new Date('2026-03-09T14:00:00Z') },
  before: { from: new Date('2026-02-23T15:00:00Z'), to: new Date('2026-03-02T15:00:00Z') },
}
export const { from, to } = weeks.period
/** A quarter so far, and as much of the one before. */
export const quarters: Periods = {
  period: { from: plus(to, -66 * DAY), to },
  before: { from: plus(to, -158 * DAY), to: plus(to, -92 * DAY) },
}
/** An instant of the week, in hours from its start. */
export const at = (hours: number): Date => plus(from, hours * HOUR)

const CUSTOMERS = ['Acme', 'Bolt & Co', 'Ünlü', 'Delta']
const CAUSES = new Map([
  ['defective-part', { name: 'Defective part', group: 'Product' }],
  ['poor-design', { name: 'Poor design', group: 'Product' }],
  ['wrong-part-number', { name: 'Part number transposed at order entry', group: 'Process' }],
])

export const DEPARTMENTS = new Map(setupOf().departments.map(({ key, name }) => [key, name]))

export type ComplaintRow = History['complaints'][number]

export const complaint = (number: number, about: Partial<ComplaintRow> = {}): ComplaintRow => ({
  workspace: '',
  number,
  status: about.closedAt ? 'closed' : 'owned',
  customer: number % CUSTOMERS.length,
  customerName: `Customer of #${number}`,
  feeling: 'angry',
  words: 'It leaks',
  tried: null,
  severity: 'normal',
  contact: null,
  reference: null,
  confidential: null,
  department: 'manufacturing',
  handOvers: 0,
  settling: null,
  reporter: 'U1',
  owner: about.status === 'open' ? null : 'U2',
  toldAt: at(-2000),
  filedAt: at(-2000),
  ownedAt: null,
  levels: {},
  ladder: null,
  silentSince: null,
  silenceAskedAt: null,
  policy: POLICY,
  sourceChannel: null,
  sourceTs: null,
  sourcePermalink: null,
  duplicateOf: null,
  edits: 0,
  reopens: 0,
  reopenedAt: null,
  erasedAt: null,
  entries: 1,
  nextDeadline: null,
  closedAt: null,
  closedBy: about.closedAt ? 'U2' : null,
  rootCause: about.closedAt ? 'defective-part' : null,
  origin: about.closedAt ? 'design' : null,
  done: about.closedAt ? 'Replaced' : null,
  fix: about.closedAt ? 'fixed' : null,
  avoidable: about.closedAt ? false : null,
  settled: about.closedAt ? 'yes' : null,
  action: null,
  whyNone: about.closedAt ? 'It was a single piece' : null,
  firstClosedAt: about.closedAt ?? null,
  firstFix: about.closedAt ? 'fixed' : null,
  firstReopenedAt: null,
  cardChannel: null,
  cardTs: null,
  cardHome: null,
  ...about,
})

const clock = { workspace: '', startedAt: at(-100), remindedTo: at(-100), companyToldAt: null }

export const promise = (
  seq: number,
  state: History['promises'][number]['state'],
  dueAt: Date,
  endedAt: Date | null = state === 'pending' ? null : dueAt,
): History['promises'][number] => ({
  ...clock,
  complaint: 1,
  seq,
  state,
  dueAt,
  endedAt,
  promisedBy: 'U1',
  reason: null,
})

export const response = (
  seq: number,
  state: History['responses'][number]['state'],
  dueAt: Date,
  endedAt: Date | null = null,
  withPart: boolean | null = null,
): History['responses'][number] => ({ ...clock, complaint: 1, seq, state, dueAt, endedAt, withPart })

export const callback = (number: number, seq: number, moment: Date): History['callbacks'][number] => ({
  workspace: '',
  complaint: number,
  seq,
  at: moment,
  by: 'U1',
  outcome: 'no-answer',
  said: null,
  settled: false,
  promise: null,
})

export type MakeGoodRow = History['makeGoods'][number]

export const makeGood = (
  seq: number,
  amount: number | null,
  decidedAt: Date,
  about: Partial<MakeGoodRow> = {},
): MakeGoodRow => ({
  ...{ workspace: '', complaint: 1, seq, kind: 'replacement', amount, currency: 'USD', note: null },
  ...{ department: 'manufacturing', askedBy: 'U1', askedAt: at(-100), state: 'granted', approver: null },
  ...{ answerDueAt: null, decidedBy: 'U1', decidedAt, reason: null },
  ...about,
})

type ActionRow = History['actions'][number]

/** Of a complaint, for what arose in the design department. */
export const action = (seq: number, about: Partial<ActionRow> = {}): ActionRow => ({
  ...{ workspace: '', id: seq, complaint: 1, flaw: null, seq, words: `Gauge ${seq}`, takenBy: 'U1', agreedBy: 'U2' },
  ...{ rootCause: 'defective-part', origin: 'design', startedAt: at(-100), dueAt: at(1), remindedTo: at(-100) },
  ...{ leadToldAt: null, doneAt: null, doneBy: about.doneAt ? 'U1' : null },
  ...{ changed: about.doneAt ? 'The gauge' : null, proof: about.doneAt ? 'Sheet 1' : null },
  watchedUntil: about.doneAt ? plus(about.doneAt, 30 * DAY) : null,
  ...{ recurredAt: null, recurredIn: null, answeredAt: null, answer: null },
  ...about,
})

/** One that was raised, and no more. */
const flaw = (number: number): typeof flaws.$inferInsert => ({
  ...{ workspace: '', number, kind: 'reference', key: `part${number}`, name: `Part ${number}`, department: 'design' },
  ...{ policy: POLICY, status: 'owned', owner: 'U2', raisedAt: at(-100), responses: [], raisedWith: 3, entries: 1 },
})

export const history = (about: Partial<History>): History => ({
  customers: CUSTOMERS,
  complaints: [complaint(1)],
  promises: [],
  responses: [],
  callbacks: [],
  makeGoods: [],
  actions: [],
  causes: CAUSES,
  departments: DEPARTMENTS,
  ...about,
})

let workspaces = 0

export async function store(db: Database, rows: History): Promise<string> {
  workspaces += 1
  const workspace = `T${workspaces}`
  const here = <Row>(all: readonly Row[]) => all.map((row) => ({ ...row, workspace }))
  await db.transaction(async (tx) => {
    await writeSetup(tx, workspace, setupOf(), at(-5000))
    const ids = await tx
      .insert(customers)
      .values(rows.customers.map((name) => ({ workspace, key: name, name, firstSeenAt: at(-5000) })))
      .returning({ id: customers.id })
    const mended = [...new Set(rows.actions.flatMap(({ flaw }) => flaw ?? []))]
    await insertRows(
      tx,
      complaints,
      here(rows.complaints).map((row) => ({ ...row, customer: ids[row.customer]?.id ?? 0 })),
    )
    await Promise.all([
      insertRows(tx, promises, here(rows.promises)),
      insertRows(tx, responses, here(rows.responses)),
      insertRows(tx, callbacks, here(rows.callbacks)),
      insertRows(tx, makeGoods, here(rows.makeGoods)),
      insertRows(tx, flaws, here(mended.map(flaw))),
      insertRows(
        tx,
        correctiveActions,
        here(rows.actions).map(({ id: _, ...row }) => row),
      ),
    ])
  })
  return workspace
}

/** Mostly in the two weeks, often on their very edges, sometimes far away. */
const instants: fc.Arbitrary<Date> = fc.oneof(
  fc.constantFrom(weeks.before.from, from, to, plus(from, -1), plus(to, -1), plus(weeks.before.from, -1)),
  fc.integer({ min: -15 * DAY, max: DAY }).map((ms) => plus(to, ms)),
  fc.integer({ min: -160 * DAY, max: 2 * DAY }).map((ms) => plus(to, ms)),
)
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> => fc.option(value, { freq: 3 })
const departmentKeys = fc.constantFrom('manufacturing', 'logistics', 'design')

const complaintRows: fc.Arbitrary<Partial<ComplaintRow>> = fc
  .record({
    status: fc.constantFrom('open' as const, 'owned' as const, 'closed' as const, 'closed' as const),
    customer: fc.nat(CUSTOMERS.length - 1),
    department: departmentKeys,
    reporter: fc.constantFrom('U1', 'U2', 'U10', 'UA'),
    confidential: fc.constantFrom(null, null, null, {
      entry: 2,
      people: ['U1'],
      state: 'refused' as const,
      channel: null,
    }),
    owner: fc.constantFrom('U1', 'U2'),
    toldAt: instants,
    filedAt: instants,
    ownedAt: maybe(instants),
    nextDeadline: maybe(instants),
    closedAt: instants,
    origin: departmentKeys,
    rootCause: fc.constantFrom(...CAUSES.keys(), 'gone-from-the-tree'),
    fix: fc.constantFrom('fixed' as const, 'made-good' as const, 'could-not-fix' as const),
    avoidable: fc.boolean(),
    handOvers: fc.nat(4),
    again: maybe(
      fc.record({
        firstClosedAt: instants,
        firstReopenedAt: instants,
        reopenedAt: instants,
        firstFix: fc.constantFrom('fixed' as const, 'could-not-fix' as const),
      }),
    ),
  })
  .map(({ status, owner, closedAt, origin, rootCause, fix, avoidable, again, ...row }) => ({
    ...row,
    status,
    owner: status === 'open' ? null : owner,
    ...(status === 'closed'
      ? { closedAt, origin, rootCause, fix, avoidable, firstClosedAt: closedAt, firstFix: fix }
      : {}),
    ...again,
  }))

const actionRows = fc.array(
  fc.record({
    ...{
      origin: fc.constantFrom('manufacturing', 'logistics', 'design', ''),
      dueAt: instants,
      takenBy: fc.constantFrom('U1', 'U2'),
    },
    done: maybe(fc.record({ doneAt: instants, watchedUntil: instants, recurredAt: maybe(instants) })),
    ofFlaw: fc.boolean(),
  }),
  { maxLength: 2 },
)

export const histories: fc.Arbitrary<History> = fc
  .array(
    fc.record({
      row: complaintRows,
      again: fc.boolean(),
      promises: fc.array(
        fc.record({
          state: fc.constantFrom('kept', 'missed', 'attempted', 'moved', 'superseded', 'pending'),
          dueAt: instants,
        }),
        { maxLength: 3 },
      ),
      responses: fc.array(
        fc.record({
          state: fc.constantFrom('running', 'honoured', 'closed', 'superseded'),
          dueAt: instants,
          endedAt: instants,
          withPart: maybe(fc.boolean()),
        }),
        { maxLength: 2 },
      ),
      callbacks: fc.array(instants, { maxLength: 2 }),
      actions: actionRows,
      makeGoods: fc.array(
        fc.record({
          ...{
            amount: maybe(fc.integer({ min: 1, max: 10_000_000 })),
            decidedAt: instants,
            department: departmentKeys,
          },
          currency: fc.constantFrom('USD', 'USD', 'EUR'),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 25 },
  )
  .map((all) => {
    const numbered = all.map((one, place) => ({ ...one, number: place + 1 }))
    return history({
      complaints: numbered.map(({ number, row, again }) =>
        // All duplicates are the first one's.
        complaint(number, { ...row, duplicateOf: again && number > 1 && row.status !== 'closed' ? 1 : null }),
      ),
      promises: numbered.flatMap(({ number, promises }) =>
        promises
          // One is pending at most.
          .filter(({ state }, place) => state !== 'pending' || place === 0)
          .map(({ state, dueAt }, place) => ({ ...promise(place + 1, state, dueAt), complaint: number })),
      ),
      responses: numbered.flatMap(({ number, responses }) =>
        responses.map(({ state, dueAt, endedAt, withPart }, place) => ({
          ...response(place + 1, state, dueAt, state === 'running' ? null : endedAt, withPart),
          complaint: number,
        })),
      ),
      callbacks: numbered.flatMap(({ number, callbacks }) =>
        callbacks.map((moment, place) => callback(number, place + 1, moment)),
      ),
      actions: numbered
        .flatMap(({ number, actions }) => actions.map((one) => ({ ...one, number })))
        .map(({ number, ofFlaw, done, ...about }, place) =>
          action(place + 1, {
            ...about,
            ...done,
            ...(ofFlaw ? { complaint: null, flaw: number } : { complaint: number }),
          }),
        ),
      makeGoods: numbered.flatMap(({ number, makeGoods }) =>
        makeGoods.map(({ amount, decidedAt, ...about }, place) =>
          makeGood(place + 1, amount, decidedAt, { ...about, complaint: number }),
        ),
      ),
    })
  })

import fc from 'fast-check'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { BEHIND, type Behind } from '../../src/complaint/behind.ts'

import { type Figures, type FiguresPair, NO_FIGURES, NO_LISTS } from '../../src/complaint/figures.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import type { Database } from '../../src/store/database.ts'
import { readFigures, readPromisesKept } from '../../src/store/figures.ts'
import { readLoad } from '../../src/store/homeLists.ts'
import { countBehind, readBehind } from '../../src/store/lists.ts'

import { databaseKinds } from '../support/databases.ts'
import { sharedDatabase } from '../support/process.ts'
import { SEES_ALL } from '../support/setups.ts'
import { expectViewsAgree } from './figureViews.ts'
import {
  action,
  at,
  type ComplaintRow,
  callback,
  complaint,
  DEPARTMENTS,
  from,
  histories,
  history,
  makeGood,
  promise,
  quarters,
  response,
  store,
  to,
  weeks,
} from './histories.ts'
import { type History, recompute, recomputeBehind } from './recompute.ts'

const weekOf = (figures: FiguresPair, key: keyof Figures) => figures.period[key]

describe.each(databaseKinds())('the figures, in %s', (kind) => {
  const database = sharedDatabase(kind)
  let db: Database
  beforeAll(() => {
    db = database()
  })

  type Given = Partial<History>
  const cases: [what: string, given: Given, key: keyof Figures, company: unknown][] = [
    [
      'filed: from the first instant of the week up to its last, without it',
      { complaints: [at(0), plus(to, -1), plus(from, -1), to].map((filedAt, n) => complaint(n + 1, { filedAt })) },
      'filed',
      2,
    ],
    [
      'closed: what stands closed; a reopened one has no close-out any more',
      {
        complaints: [
          complaint(1, { closedAt: at(1) }),
          complaint(2, { closedAt: to }),
          complaint(3, { firstClosedAt: at(1), firstFix: 'fixed', firstReopenedAt: at(2), reopenedAt: at(2) }),
        ],
      },
      'closed',
      1,
    ],
    [
      'reopened: where it was reopened last',
      {
        complaints: [
          complaint(1, { firstReopenedAt: at(-1), reopenedAt: at(1) }),
          complaint(2, { firstReopenedAt: at(1), reopenedAt: to }),
        ],
      },
      'reopened',
      1,
    ],
    [
      'promises kept: kept, missed and still pending ones count, attempted and moved ones do not',
      {
        promises: [
          promise(1, 'kept', at(1)),
          promise(2, 'kept', at(2), at(-30)),
          promise(3, 'missed', at(3), plus(to, DAY)),
          promise(4, 'attempted', at(4)),
          promise(5, 'moved', at(5)),
          promise(6, 'kept', to),
          promise(7, 'kept', plus(from, -1)),
          promise(8, 'pending', at(6)),
        ],
      },
      'promisesKept',
      { count: 2, of: 4 },
    ],
    ['attempted', { promises: [promise(1, 'attempted', at(1)), promise(2, 'attempted', to)] }, 'attempted', 1],
    ['moved', { promises: [promise(1, 'moved', at(1)), promise(2, 'moved', plus(from, -1))] }, 'moved', 1],
    [
      'on site: honoured in time in the week, or due in it; each in one week; closed before it was due does not count',
      {
        responses: [
          response(1, 'honoured', at(10), at(10)),
          response(2, 'honoured', at(10), plus(at(10), 1)),
          response(3, 'honoured', plus(to, DAY), at(100)),
          response(4, 'honoured', at(-5), at(5)),
          response(5, 'honoured', at(5), at(-5)),
          response(6, 'running', at(20)),
          response(7, 'closed', at(20), at(19)),
          response(8, 'closed', at(20), at(21)),
          response(9, 'honoured', at(-5), at(-6)),
          response(10, 'running', to),
          response(11, 'closed', at(21), at(21)),
        ],
      },
      'onSite',
      { count: 2, of: 6 },
    ],
    [
      'with the part: of those honoured in time by a visit',
      {
        responses: [
          response(1, 'honoured', at(10), at(10), true),
          response(2, 'honoured', at(10), at(9), false),
          response(3, 'honoured', at(10), at(9), null),
          response(4, 'honoured', at(10), plus(at(10), 1), true),
          response(5, 'honoured', plus(to, DAY), at(100), true),
          response(6, 'honoured', at(-5), at(-6), true),
          response(7, 'running', at(20)),
        ],
      },
      'withPart',
      { count: 2, of: 3 },
    ],
    [
      'to own: the mean of the middle two, to the millisecond',
      {
        complaints: [1, 2, 3, 5].map((minutes, n) =>
          complaint(n + 1, { filedAt: at(1), ownedAt: plus(at(1), minutes * MINUTE + (n === 2 ? 1 : 0)) }),
        ),
      },
      'toOwn',
      2.5 * MINUTE + 0.5,
    ],
    [
      'to own: filed long before, owned in the week',
      {
        complaints: [
          complaint(1, { filedAt: at(-500), ownedAt: at(0) }),
          complaint(2, { filedAt: at(1), ownedAt: to }),
        ],
      },
      'toOwn',
      500 * HOUR,
    ],
    [
      'to first callback: the first call tried counts, whatever came of it',
      {
        complaints: [
          complaint(1, { filedAt: at(-900) }),
          complaint(2, { filedAt: at(1) }),
          complaint(3, { filedAt: at(1) }),
        ],
        callbacks: [
          callback(1, 1, at(0)),
          callback(2, 1, at(4)),
          callback(2, 2, at(5)),
          callback(3, 1, at(-3)),
          callback(3, 2, at(3)),
        ],
      },
      'toCallback',
      (900 + 3) * 0.5 * HOUR,
    ],
    [
      'to fixed: from when the customer told us; what could not be fixed does not count',
      {
        complaints: [
          complaint(1, { toldAt: at(0), filedAt: at(9), closedAt: at(10), fix: 'fixed' }),
          complaint(2, { toldAt: at(0), closedAt: at(20), fix: 'made-good' }),
          complaint(3, { toldAt: at(0), closedAt: at(100), fix: 'could-not-fix' }),
        ],
      },
      'toFixed',
      15 * HOUR,
    ],
    [
      'fixed first time: not reopened within 30 days, as far as is known at the end of the week',
      {
        complaints: [
          complaint(1, { closedAt: at(1) }),
          complaint(2, { firstClosedAt: at(1), firstFix: 'fixed', firstReopenedAt: at(2), reopenedAt: at(2) }),
          complaint(3, { firstClosedAt: at(1), firstFix: 'fixed', firstReopenedAt: to, reopenedAt: to }),
          complaint(4, { closedAt: at(1), fix: 'made-good', firstFix: 'made-good' }),
          complaint(5, { closedAt: at(5), firstClosedAt: at(-500), firstReopenedAt: at(-400), reopenedAt: at(-400) }),
        ],
      },
      'fixedFirstTime',
      { count: 2, of: 3 },
    ],
    [
      'avoidable: of those closed',
      {
        complaints: [
          complaint(1, { closedAt: at(1), avoidable: true }),
          complaint(2, { closedAt: at(2) }),
          complaint(3, { closedAt: at(3) }),
          complaint(4, { closedAt: at(-3), avoidable: true }),
        ],
      },
      'avoidable',
      { count: 1, of: 3 },
    ],
    [
      'hand-overs: of those closed',
      {
        complaints: [
          complaint(1, { closedAt: at(1), handOvers: 2 }),
          complaint(2, { closedAt: at(2) }),
          complaint(3, { closedAt: at(3), handOvers: 3 }),
          complaint(4, { closedAt: at(-3), handOvers: 7 }),
          complaint(5, { filedAt: at(1), ownedAt: at(2), handOvers: 1 }),
        ],
      },
      'handOvers',
      { count: 5, of: 3 },
    ],
    [
      'make-good cost: what was granted in the week, in the currency',
      {
        makeGoods: [
          makeGood(1, 31_000, at(0)),
          makeGood(2, 120_050, plus(to, -1)),
          makeGood(3, 5_000, to),
          makeGood(4, 5_000, plus(from, -1)),
          makeGood(5, null, at(1)),
          makeGood(6, 7_000, at(1), { currency: 'EUR' }),
          makeGood(7, 7_000, at(1), { state: 'declined' }),
          makeGood(8, 7_000, at(1), { state: 'asked', decidedAt: null, decidedBy: null }),
        ],
      },
      'makeGoodCost',
      151_050,
    ],
    [
      'what nine in ten stayed within: between the nearest two',
      {
        complaints: [10, 20, 30, 40].map((hours, n) =>
          complaint(n + 1, { toldAt: at(1), filedAt: at(1), ownedAt: at(1 + hours), closedAt: at(1 + hours) }),
        ),
      },
      'toOwn90th',
      37 * HOUR,
    ],
    [
      'to fixed, nine in ten: of one, that one',
      { complaints: [complaint(1, { toldAt: at(0), closedAt: at(10) })] },
      'toFixed90th',
      10 * HOUR,
    ],
    [
      'to first callback, nine in ten',
      {
        complaints: [1, 2].map((number) => complaint(number, { filedAt: at(0) })),
        callbacks: [callback(1, 1, at(10)), callback(2, 1, at(20))],
      },
      'toCallback90th',
      19 * HOUR,
    ],
    [
      'customers who came back: in the week, with another one in the 60 days before its end',
      {
        complaints: [
          complaint(1, { customer: 0, filedAt: at(1) }),
          complaint(2, { customer: 0, filedAt: plus(to, -60 * DAY) }),
          complaint(3, { customer: 1, filedAt: at(1) }),
          complaint(4, { customer: 1, filedAt: plus(to, -60 * DAY - 1) }),
          complaint(5, { customer: 2, filedAt: at(-1) }),
          complaint(6, { customer: 2, filedAt: at(-2) }),
          complaint(7, { customer: 3, filedAt: at(1) }),
          complaint(8, { customer: 3, filedAt: at(2) }),
        ],
      },
      'cameBack',
      2,
    ],
    [
      'corrective actions done: of those due in the week, by its end',
      {
        actions: [
          action(1, { dueAt: at(1), doneAt: at(-200) }),
          action(2, { dueAt: at(1), doneAt: plus(to, -1) }),
          action(3, { dueAt: at(1), doneAt: to }),
          action(4, { dueAt: plus(to, -1) }),
          action(5, { dueAt: from, doneAt: at(3), complaint: null, flaw: 1 }),
          action(6, { dueAt: to, doneAt: at(1) }),
          action(7, { dueAt: plus(from, -1), doneAt: at(1) }),
        ],
      },
      'actionsDone',
      { count: 3, of: 5 },
    ],
    [
      'corrective actions that worked: of those whose time ran out in the week, or whose cause came again in it',
      {
        actions: [
          action(1, { doneAt: plus(at(5), -30 * DAY) }),
          action(2, { doneAt: plus(at(5), -30 * DAY), recurredAt: at(2), recurredIn: 1 }),
          action(3, { doneAt: at(-3), recurredAt: at(3), recurredIn: 1, complaint: null, flaw: 1 }),
          action(4, { doneAt: at(-700), watchedUntil: from, complaint: null, flaw: 1 }),
          action(5, { doneAt: at(-700), watchedUntil: to }),
          action(6, { doneAt: plus(at(5), -30 * DAY), recurredAt: at(-2), recurredIn: 1 }),
          action(7, { doneAt: at(3) }),
          action(8),
        ],
      },
      'actionsEffective',
      { count: 2, of: 4 },
    ],
    ['caused: for the company, by any department', { complaints: [complaint(1, { closedAt: at(1) })] }, 'caused', 1],
  ]
  test.each(cases)('%s', async (_, given, key, company) => {
    const rows = history(given)
    const workspace = await store(db, rows)
    const figures = await readFigures(db.reader, workspace, 'week', weeks, 'USD')
    expect(weekOf(figures.company, key)).toEqual(company)
    // All of it was one department's to fix, and what it caused was another's.
    const arises = ['caused', 'actionsDone', 'actionsEffective'].includes(key)
    const department = figures.departments[arises ? 'design' : 'manufacturing']
    expect(department?.period[key]).toEqual(company)
    const other = figures.departments[arises ? 'manufacturing' : 'design']
    expect(other?.period[key]).toEqual(NO_FIGURES[key])
    // The same a week later is the week before: one statement, read once more where it is planned in no time.
    if (kind !== 'postgres') return
    const later = { period: { from: to, to: plus(to, 7 * DAY) }, before: weeks.period }
    const again = await readFigures(db.reader, workspace, 'week', later, 'USD')
    expect(again.company.before[key]).toEqual(company)
  })

  it('knows a 31st day from the 30th: a reopening after that leaves it fixed the first time', async () => {
    const closedAt = at(1)
    const reopened = (number: number, firstReopenedAt: Date) =>
      complaint(number, { firstClosedAt: closedAt, firstFix: 'fixed', firstReopenedAt, reopenedAt: firstReopenedAt })
    const rows = history({
      complaints: [reopened(1, plus(closedAt, 30 * DAY)), reopened(2, plus(closedAt, 30 * DAY + 1))],
    })
    const long = { period: { from, to: plus(from, 40 * DAY) }, before: weeks.before }
    const { company } = await readFigures(db.reader, await store(db, rows), 'week', long, 'USD')
    expect(company.period.fixedFirstTime).toEqual({ count: 1, of: 2 })
  })

  it('ranks root causes, with the group each belongs to, and for a department what it caused', async () => {
    const closed = (number: number, rootCause: string, origin: string) =>
      complaint(number, { closedAt: at(number), rootCause, origin })
    const rows = history({
      complaints: [
        closed(1, 'poor-design', 'design'),
        closed(2, 'poor-design', 'design'),
        closed(3, 'defective-part', 'design'),
        closed(4, 'gone-from-the-tree', 'manufacturing'),
        complaint(5, { closedAt: at(-1), rootCause: 'wrong-part-number' }),
      ],
    })
    const { company, departments } = await readFigures(db.reader, await store(db, rows), 'week', weeks, 'USD')
    expect(company.causes).toEqual([
      { key: 'poor-design', name: 'Poor design', group: 'Product', count: 2, share: 0.5, cumulative: 0.5 },
      { key: 'defective-part', name: 'Defective part', group: 'Product', count: 1, share: 0.25, cumulative: 0.75 },
      { key: 'gone-from-the-tree', name: 'gone-from-the-tree', group: null, count: 1, share: 0.25, cumulative: 1 },
    ])
    expect(departments.design?.causes.map(({ key, count }) => [key, count])).toEqual([
      ['poor-design', 2],
      ['defective-part', 1],
    ])
    expect(departments.design?.period.caused).toBe(3)
    expect(departments.manufacturing?.period).toMatchObject({ closed: 4, caused: 1 })
  })

  it('tells where the causes of what was closed arose; for a department, of what it closed', async () => {
    const closed = (number: number, department: string, origin: string) =>
      complaint(number, { closedAt: at(number), department, origin })
    const rows = history({
      complaints: [
        closed(1, 'manufacturing', 'design'),
        closed(2, 'manufacturing', 'design'),
        closed(3, 'logistics', 'design'),
        closed(4, 'manufacturing', 'closed-down'),
        complaint(5, { closedAt: at(-1), origin: 'logistics' }),
      ],
    })
    const { company, departments } = await readFigures(db.reader, await store(db, rows), 'week', weeks, 'USD')
    expect(company.origins).toEqual([
      { key: 'design', name: 'Product design', count: 3, share: 0.75 },
      { key: 'closed-down', name: 'closed-down', count: 1, share: 0.25 },
    ])
    expect(departments.logistics?.origins).toEqual([{ key: 'design', name: 'Product design', count: 1, share: 1 }])
    expect(departments.design?.origins).toEqual([])
  })

  it('tells what is on our hands at the end of the week, and the five longest overdue', async () => {
    const open = (number: number, about: Partial<ComplaintRow>) => complaint(number, { filedAt: at(1), ...about })
    const rows = history({
      complaints: [
        ...[6, 5, 4, 3, 2, 1].map((hours, n) => open(n + 1, { nextDeadline: plus(to, -hours * HOUR) })),
        open(7, { status: 'open', nextDeadline: to, department: 'logistics' }),
        open(8, { status: 'open', department: 'logistics' }),
        open(9, { filedAt: to, nextDeadline: plus(to, -1) }),
        open(10, { closedAt: at(2) }),
      ],
    })
    const workspace = await store(db, rows)
    const { company, departments } = await readFigures(db.reader, workspace, 'week', weeks, 'USD')
    expect(company.load).toEqual({ open: 8, overdue: 7, unowned: 2 })
    expect(departments.logistics?.load).toEqual({ open: 2, overdue: 1, unowned: 2 })
    expect(departments.design?.load).toEqual({ open: 0, overdue: 0, unowned: 0 })
    expect(company.overdue.total).toBe(7)
    // App Home has the same by then.
    expect((await readLoad(db.reader, workspace, ['logistics'], to)).get('logistics')).toEqual(
      departments.logistics?.load,
    )
    expect(company.overdue.top.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5])
    expect(company.overdue.top[0]).toEqual({
      number: 1,
      customer: 'Customer of #1',
      owner: 'U2',
      dueAt: plus(to, -6 * HOUR).toISOString(),
    })
    expect(departments.design?.overdue).toEqual({ total: 0, top: [] })
  })

  it('tells the overdue corrective actions where what they are for arose; of confidential complaints, how many', async () => {
    const rows = history({
      complaints: [
        complaint(1),
        complaint(2, { confidential: { entry: 2, people: [], state: 'refused', channel: null } }),
      ],
      actions: [
        action(1, { dueAt: plus(to, -2 * HOUR) }),
        action(2, { dueAt: plus(to, -3 * HOUR), complaint: null, flaw: 7, words: 'Draw it anew. '.repeat(20) }),
        action(3, { dueAt: plus(to, -9 * HOUR), complaint: 2 }),
        action(4, { dueAt: plus(to, 1) }),
        action(5, { dueAt: plus(to, -5 * HOUR), doneAt: plus(to, HOUR) }),
        action(6, { dueAt: plus(to, -2 * HOUR), takenBy: 'U7' }),
        action(7, { dueAt: plus(to, -HOUR) }),
        action(8, { dueAt: plus(to, -DAY), origin: 'logistics' }),
      ],
    })
    const { company, departments } = await readFigures(db.reader, await store(db, rows), 'week', weeks, 'USD')
    expect(departments.design?.overdueActions).toEqual({
      total: 5,
      top: [
        {
          ...{ complaint: null, flaw: 7, words: 'Draw it anew. '.repeat(20).slice(0, 100), takenBy: 'U1' },
          dueAt: plus(to, -3 * HOUR).toISOString(),
        },
        ...[
          { complaint: 1, flaw: null, words: 'Gauge 1', takenBy: 'U1', dueAt: plus(to, -2 * HOUR).toISOString() },
          { complaint: 1, flaw: null, words: 'Gauge 6', takenBy: 'U7', dueAt: plus(to, -2 * HOUR).toISOString() },
        ],
      ],
    })
    expect(company.overdueActions.total).toBe(6)
    expect(company.overdueActions.top.map(({ words }) => words.slice(0, 7))).toEqual(['Gauge 8', 'Draw it', 'Gauge 1'])
    expect(departments.manufacturing?.overdueActions).toEqual({ total: 0, top: [] })
  })

  it('lists the five open the longest, the customers who came back and the reporters', async () => {
    const rows = history({
      complaints: [
        ...[7, 6, 5, 4, 3, 2].map((days, n) =>
          complaint(n + 1, {
            toldAt: plus(to, -days * DAY),
            filedAt: at(1),
            customer: 0,
            reporter: n < 4 ? 'U1' : 'U9',
          }),
        ),
        complaint(7, { toldAt: at(-3000), closedAt: at(1), customer: 1 }),
        complaint(8, { status: 'open', toldAt: at(-3000), filedAt: to, customer: 1 }),
        complaint(9, { toldAt: plus(to, -1), filedAt: at(2), customer: 2, department: 'logistics' }),
        complaint(10, { toldAt: plus(to, -1), filedAt: plus(to, -60 * DAY), customer: 2 }),
        complaint(11, { toldAt: plus(to, -1), filedAt: at(2), customer: 3 }),
        complaint(12, { toldAt: plus(to, -1), filedAt: plus(to, -60 * DAY - 1), customer: 3 }),
      ],
    })
    const { company, departments } = await readFigures(db.reader, await store(db, rows), 'week', weeks, 'USD')
    expect(company.oldestOpen.map((open) => open.number)).toEqual([1, 2, 3, 4, 5])
    expect(company.oldestOpen[0]).toEqual({
      number: 1,
      customer: 'Customer of #1',
      owner: 'U2',
      toldAt: plus(to, -7 * DAY).toISOString(),
    })
    expect(departments.logistics?.oldestOpen.map((open) => open.number)).toEqual([9])
    expect(company.repeatCustomers).toEqual({
      total: 2,
      top: [
        { customer: 'Acme', count: 6 },
        { customer: 'Ünlü', count: 2 },
      ],
    })
    expect(departments.logistics?.repeatCustomers).toEqual({ total: 0, top: [] })
    expect(company.reporters).toEqual({
      total: 2,
      top: [
        { user: 'U1', count: 6 },
        { user: 'U9', count: 2 },
      ],
    })
  })

  it('lists what is behind a figure, the worst first, page by page', async () => {
    const rows = history({
      complaints: [
        complaint(1, { filedAt: at(1), ownedAt: at(2), nextDeadline: at(3) }),
        complaint(2, { filedAt: at(1), ownedAt: at(9), nextDeadline: at(2), customer: 2 }),
        complaint(3, { filedAt: at(1), ownedAt: at(5), nextDeadline: at(4), customer: 2, department: 'logistics' }),
        complaint(4, { filedAt: at(-3), ownedAt: at(-2), closedAt: at(5), origin: 'logistics', customer: 3 }),
        complaint(5, { filedAt: at(-3), customer: 2 }),
      ],
      promises: [promise(1, 'missed', at(2)), promise(2, 'pending', at(3)), promise(3, 'kept', at(4))],
    })
    const workspace = await store(db, rows)
    const listed = async (figure: Behind, department: string | null = null, offset = 0) =>
      (await readBehind(db.reader, workspace, SEES_ALL, { figure, period: weeks.period, department }, offset, 2)).map(
        ({ number }) => number,
      )
    expect(await listed('toOwn')).toEqual([2, 3])
    expect(await listed('toOwn', null, 2)).toEqual([1])
    expect(await listed('overdue')).toEqual([2, 1])
    expect(await listed('overdue', 'logistics')).toEqual([3])
    // Two calls missed make one line.
    expect(await listed('promisesKept')).toEqual([1])
    expect(await listed('caused', 'logistics')).toEqual([4])
    expect(await listed('caused', 'manufacturing')).toEqual([])
    expect(await listed('cameBack')).toEqual([5, 2])
    expect(await countBehind(db.reader, workspace, { figure: 'toOwn', period: weeks.period, department: null })).toBe(3)
  })

  it('counts a duplicate with its original, once, and thanks its reporter all the same', async () => {
    const rows = history({
      complaints: [
        complaint(1, { filedAt: at(1), toldAt: at(1), customer: 0 }),
        complaint(2, { filedAt: at(2), toldAt: at(0), customer: 0, duplicateOf: 1, reporter: 'U9' }),
        complaint(3, { filedAt: at(3), toldAt: at(3), customer: 1, duplicateOf: 1 }),
      ],
      promises: [promise(1, 'pending', at(4)), promise(2, 'pending', at(4)), promise(3, 'missed', at(4))].map(
        (row, index) => ({ ...row, complaint: index + 1, seq: 1 }),
      ),
      responses: [
        response(1, 'running', at(5)),
        response(2, 'running', at(5)),
        response(3, 'superseded', at(5), at(4)),
      ].map((row, index) => ({ ...row, complaint: index + 1, seq: 1 })),
    })
    const { company } = await readFigures(db.reader, await store(db, rows), 'week', weeks, 'USD')
    expect(company.period).toMatchObject({
      filed: 1,
      // What was missed before it was linked was missed.
      promisesKept: { count: 0, of: 2 },
      onSite: { count: 0, of: 1 },
    })
    expect(company.oldestOpen.map(({ number }) => number)).toEqual([1])
    expect(company.repeatCustomers).toEqual({ total: 0, top: [] })
    expect(company.reporters.top.map(({ user, count }) => [user, count])).toEqual([
      ['U1', 2],
      ['U9', 1],
    ])
  })

  it('says of a quiet week that there was nothing, for each department in force', async () => {
    const { company, departments } = await readFigures(
      db.reader,
      await store(db, history({ complaints: [] })),
      'week',
      weeks,
      'USD',
    )
    const nothing = {
      span: 'week',
      from: from.toISOString(),
      to: to.toISOString(),
      currency: 'USD',
      period: NO_FIGURES,
      before: NO_FIGURES,
      ...NO_LISTS,
    }
    expect(company).toEqual(nothing)
    expect(Object.keys(departments).sort()).toEqual(['design', 'logistics', 'manufacturing', 'service'])
    expect(departments.design).toEqual(nothing)
  })

  it('agrees with a recomputation without SQL, whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.constantFrom(null, 'manufacturing', 'design'), async (rows, department) => {
        // The complaints of all the workspaces before are none of ours.
        const workspace = await store(db, rows)
        const figures = await readFigures(db.reader, workspace, 'week', weeks, 'USD')
        const kept = await readPromisesKept(db.reader, workspace, [weeks.before, weeks.period])
        expect(kept.map((week) => week.kept)).toEqual([
          figures.company.before.promisesKept,
          figures.company.period.promisesKept,
        ])
        await expectViewsAgree(db.reader, workspace, weeks.period, figures)
        expect(figures.company).toEqual(recompute(rows, 'week', weeks, null))
        for (const key of DEPARTMENTS.keys())
          expect(figures.departments[key]).toEqual(recompute(rows, 'week', weeks, key))
        for (const figure of BEHIND) {
          const list = { figure, period: weeks.period, department }
          const found = await readBehind(db.reader, workspace, SEES_ALL, list, 0, 100)
          expect(found.map(({ number }) => number).sort((one, other) => one - other)).toEqual(
            recomputeBehind(rows, list),
          )
        }
        // A report's periods have a gap between them, and the longest is longer than what makes a repeat customer.
        const quarter = await readFigures(db.reader, workspace, 'quarter', quarters, 'USD')
        expect(quarter.company).toEqual(recompute(rows, 'quarter', quarters, null))
        expect(quarter.departments.design).toEqual(recompute(rows, 'quarter', quarters, 'design'))
      }),
      { numRuns: kind === 'postgres' ? 10 : 3 },
    )
  }, 120_000)
})

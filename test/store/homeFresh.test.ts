import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOME_LISTS, type HomeFilters, NO_FILTERS } from '../../src/complaint/home.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE, plus, SECOND } from '../../src/complaint/time.ts'
import { composeHome, homePublished } from '../../src/delivery/home.ts'
import { operationsIn, type PersonsCommand } from '../../src/operations/operations.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { queueRemindersOnce } from '../../src/operations/queueReminders.ts'
import type { Database } from '../../src/store/database.ts'
import { BETWEEN_HOMES, drawLater } from '../../src/store/home.ts'
import { InForce } from '../../src/store/inForce.ts'
import { rowsOf } from '../../src/store/migrate.ts'
import { claim } from '../../src/store/outbox.ts'
import { freshDatabase } from '../support/databases.ts'
import { department, NO_ACTION, NOBODY_AWAY, setupOf } from '../support/setups.ts'

/*
 * Whatever happens, in whatever order: a Home that would look different by now is about to be drawn. What waits, waits for
 * the next deadline; what was drawn is what would be drawn.
 */

const PEOPLE = ['U0RITA', 'U0FRED', 'U0LEAD', 'U0LOG', 'U0ADMIN'] as const
const DEPARTMENTS = ['manufacturing', 'logistics'] as const

const setupLedBy = (lead: string): Setup =>
  setupOf({
    departments: [
      department('manufacturing', { lead, members: ['U0FRED'] }),
      department('logistics', { lead: 'U0LOG', members: ['U0LOG'] }),
    ],
  })

type Step =
  | {
      readonly do: 'file'
      readonly department: (typeof DEPARTMENTS)[number]
      readonly by: string
      readonly within: number
    }
  | { readonly do: 'own' | 'close' | 'reopen' | 'call' | 'worse'; readonly number: number; readonly by: string }
  | { readonly do: 'look'; readonly by: string; readonly chosen: Partial<HomeFilters> }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'remind' | 'draw' }
  | { readonly do: 'lead'; readonly by: string }

const person = fc.constantFrom(...PEOPLE)
const filters = fc.record(
  {
    list: fc.constantFrom(null, ...HOME_LISTS),
    department: fc.constantFrom(null, ...DEPARTMENTS),
    severity: fc.constantFrom(null, 'normal' as const, 'critical' as const),
  },
  { requiredKeys: [] },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('file' as const),
      department: fc.constantFrom(...DEPARTMENTS),
      by: person,
      within: fc.integer({ min: 1, max: 12 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('own', 'close', 'reopen', 'call', 'worse'),
      number: fc.integer({ min: 1, max: 6 }),
      by: person,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('look' as const), by: person, chosen: filters }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(SECOND, MINUTE, HOUR, 4 * HOUR) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('remind' as const, 'draw' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lead' as const), by: person }) },
)

class Company {
  now = new Date('2026-03-04T15:00:00Z')
  private setup = setupLedBy('U0LEAD')
  private readonly inForce = new InForce()
  private readonly db: Database
  private readonly workspace: string
  private filed = 0

  constructor(db: Database, workspace: string) {
    this.db = db
    this.workspace = workspace
  }

  private get operations() {
    const directory = { standingOf: async () => 'colleague' as const, departmentsOf: async () => [] }
    return operationsIn({
      db: this.db,
      inForce: this.inForce,
      workspace: this.workspace,
      directory,
      lookUp: async () => ({ faults: [], warnings: [] }),
      committed: () => {},
    })
  }

  async begin(): Promise<void> {
    await putInForce(this.db, this.workspace, this.setup, this.now)
    for (const [at, by] of PEOPLE.entries())
      await this.operations.showHome(by, at === 4 ? { list: 'all' } : NO_FILTERS, this.now)
    await this.draw()
  }

  async take(step: Step): Promise<void> {
    const { operations, now } = this
    switch (step.do) {
      case 'file': {
        this.filed += 1
        const report = {
          ...{ customer: 'Acme', feeling: 'calm' as const, words: 'It leaks.', tried: null },
          ...{ severity: 'normal' as const, contact: null, reference: null },
        }
        const promisedBy = plus(now, step.within * HOUR)
        const filing = { report, department: step.department, toldAt: now, promisedBy, reporter: step.by, source: null }
        await operations.file(`V${this.filed}`, filing, now)
        return
      }
      case 'look':
        return operations.showHome(step.by, step.chosen, now)
      case 'wait':
        this.now = plus(now, step.ms)
        return
      case 'remind':
        await queueRemindersOnce(this.db, this.inForce, this.workspace, NOBODY_AWAY, now)
        return
      case 'draw':
        return this.draw()
      case 'lead':
        this.setup = setupLedBy(step.by)
        await putInForce(this.db, this.workspace, this.setup, now)
        return
      default:
        await operations.change(step.number, null, this.commandOf(step), now)
    }
  }

  private commandOf({ do: what, by }: Extract<Step, { number: number }>): PersonsCommand {
    const promisedBy = plus(this.now, 3 * HOUR)
    switch (what) {
      case 'own':
        return { kind: 'own', by }
      case 'call':
        return { kind: 'log-callback', by, outcome: 'reached', said: 'They wait.', settled: false, promisedBy }
      case 'worse':
        return { kind: 'edit', by, report: { severity: 'critical' }, edits: 0 }
      case 'reopen':
        return { kind: 'reopen', by, reason: 'It leaks.', promisedBy, ownerGone: false }
      case 'close':
        return {
          ...{ kind: 'close-out', by, rootCause: 'defective-part', origin: 'manufacturing', done: 'Replaced.' },
          ...({ fix: 'fixed', avoidable: false, settled: 'yes', ...NO_ACTION } as const),
        } as PersonsCommand
    }
  }

  private compose(who: string) {
    return composeHome(this.workspace, who, {
      db: this.db.reader,
      setup: this.setup,
      now: this.now,
      home: 'https://a/',
    })
  }

  /** Draws what is due, as delivery does. */
  private async draw(): Promise<void> {
    const rows = await this.db.transaction((tx) => claim(tx, this.workspace, this.now, MINUTE, 1000))
    for (const row of rows) {
      if (row.message.kind === 'home-later') {
        const { person } = row.message
        await this.db.transaction((tx) => drawLater(tx, row, person, this.now))
      }
      if (row.message.kind !== 'home') continue
      const call = await this.compose(row.message.person)
      if (call) await this.db.transaction((tx) => homePublished(tx, row, call, 'hash', this.now))
    }
  }

  /** People whose Home is out of date, with nobody about to draw it. */
  async forgotten(): Promise<string[]> {
    const soon = plus(this.now, BETWEEN_HOMES).toISOString()
    const waiting = rowsOf<{ person: string }>(
      await this.db.reader.execute(sql`
        select message->>'person' as person from outbox
        where workspace = ${this.workspace} and kind in ('home', 'home-later') and not_before <= ${soon}::timestamptz`),
    )
    const drawn = await Promise.all(
      PEOPLE.map(async (who) => {
        const call = await this.compose(who)
        return call && !call.isSame && !waiting.some((row) => row.person === who) ? [who] : []
      }),
    )
    return drawn.flat()
  }
}

test('no Home is forgotten, whatever happens', async () => {
  const db = await freshDatabase()
  let workspaces = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 24 }), async (steps) => {
      workspaces += 1
      const company = new Company(db, `T${workspaces}`)
      await company.begin()
      expect(await company.forgotten()).toEqual([])
      for (const each of steps) {
        await company.take(each)
        expect(await company.forgotten(), JSON.stringify(each)).toEqual([])
      }
    }),
    { numRuns: 4 },
  )
}, 120_000)

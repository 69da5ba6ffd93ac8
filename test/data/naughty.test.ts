import { describe, expect, it } from 'vitest'
import type { Filing } from '../../src/complaint/commands.ts'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { isSaying } from '../../src/delivery/call.ts'
import { compose } from '../../src/delivery/compose.ts'
import { operationsIn, type PersonsCommand } from '../../src/operations/operations.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { queueDigestsOnce } from '../../src/operations/queueDigests.ts'
import { checkMessage, checkView, firedMentions } from '../../src/sandbox/limits.ts'
import { listFor } from '../../src/slack/listeners/command.ts'
import { InForce } from '../../src/store/inForce.ts'
import { outbox } from '../../src/store/schema.ts'
import { timelineModal } from '../../src/views/timelineModal.ts'
import { freshDatabase } from '../support/databases.ts'
import { everywhere, NO_ACTION, setupOf } from '../support/setups.ts'
import { file, world } from '../support/world.ts'
import {
  asked,
  cardsIn,
  expectInFull,
  expectSound,
  faultsOf,
  filingForm,
  formBehind,
  hasData,
  inHandfuls,
  kept,
  keptOf,
  naughtyStrings,
  readable,
  shows,
  squeezed,
  storedIn,
  TEXT_FIELDS,
  type Typed,
  upTo,
} from './support.ts'

/* Strings that break software, in every field at once, as Slack would send them. */

const LIMITS = { customer: 120, words: 3000, tried: 3000, contact: 200, reference: 200 }

/** One in each field, as they come; in every field stands each of them in test/views. */
const typedOf = (handful: readonly string[]): Typed => {
  const fields = TEXT_FIELDS.map((field, at) => [field, upTo(LIMITS[field], handful[at] ?? handful[0] ?? '')])
  return Object.fromEntries(fields) as Typed
}

describe.skipIf(!hasData)('naughty strings', () => {
  it('are filed, shown in full, found, said, edited and done', { timeout: 300_000 }, async () => {
    const given = naughtyStrings()
    expect(given).toHaveLength(515)
    const w = await world()
    const { slack, settle } = w
    const form = await filingForm(w)
    // What shows nothing is no customer and no words; everything else is taken.
    const fault = 'Please fill this in.'
    for (const blank of given.filter((naughty) => !shows(naughty)))
      expect(faultsOf(await form.submit({ ...typedOf([blank]) }))).toEqual({ customer: fault, words: fault })
    const strings = given.filter(shows)
    const count = Math.ceil(strings.length / TEXT_FIELDS.length)
    const handfuls = Array.from({ length: count }, (_, at) =>
      typedOf(strings.slice(at * TEXT_FIELDS.length, (at + 1) * TEXT_FIELDS.length)),
    )
    await inHandfuls(w, handfuls, async (typed) => {
      expect(faultsOf(await form.submit({ ...typed })), JSON.stringify(typed)).toEqual({})
    })
    await settle()

    // Which is which, the rows tell: nothing that was typed would show on every card.
    const numbers = new Map([...(await storedIn(w))].map(([number, stored]) => [JSON.stringify(stored), number]))
    const filed = handfuls
      .map((typed): [number, Typed] => [
        numbers.get(JSON.stringify(keptOf(typed))) ?? expect.fail(`Not stored as typed: ${JSON.stringify(typed)}`),
        typed,
      ])
      .sort(([one], [other]) => one - other)
    expect(filed.map(([number]) => number)).toEqual(filed.map((_, at) => at + 1))
    let cards = cardsIn(w, 'manufacturing')
    expect(cards.size).toBe(filed.length)
    for (const [number, typed] of filed) expectInFull(cards.get(number) ?? expect.fail(`No card ${number}`), typed)

    const some = filed.filter(([number]) => number % 8 === 0)
    for (const [number, { words }] of some) {
      const found = readable((await asked(w, `find ${words}`)).blocks)
      expect(found, words).toMatch(/#\d+ · /)
      const shown = await asked(w, `${number}`)
      expect(squeezed(readable(shown.blocks))).toContain(squeezed(kept(words)?.slice(0, 500) ?? ''))
    }
    for (const which of ['', ' mine', ' overdue', ' manufacturing', ` ${filed[90]?.[1].customer}`])
      expect((await asked(w, `list${which}`)).text).not.toBe('')

    const first = cards.get(8)?.card ?? expect.fail('no card')
    const call = await formBehind(w, first, 'Log callback', {
      'How did it go?': 'Reached',
      'What was said': 'x',
      'Does the customer say it is settled?': 'No',
    })
    const editing = await formBehind(w, first, 'Edit', { Customer: 'x' })
    const closing = await formBehind(w, first, 'Close out', {
      'Root cause': 'Defective part',
      'What was done': 'x',
      'Was it fixed?': 'Fixed',
      'Could we have avoided it?': 'Yes',
      'Why none is needed': 'It was a single piece.',
      'Does the customer say it is settled?': 'Yes',
    })
    const others = filed.toReversed().filter(([number]) => number % 8 === 3)
    const pairs = some.flatMap(([number, { words }], at) => {
      const other = others[at]?.[1]
      if (!other) return []
      // Who to call back is edited by those who have a part in it.
      const { contact: _, ...edit } = other
      return [{ number, words, edit }]
    })
    for (const { number, words, edit } of pairs) {
      const about = { complaint: number }
      expect(faultsOf(await call.submit({ said: words }, about)), words).toEqual({})
      expect(faultsOf(await editing.submit(edit, { ...about, edits: 0 })), edit.words).toEqual({})
      expect(faultsOf(await closing.submit({ done: words }, about)), words).toEqual({})
    }
    await settle()
    cards = cardsIn(w, 'manufacturing')
    for (const { number, words, edit } of pairs) {
      const posted = cards.get(number) ?? expect.fail(`No card ${number}`)
      expectInFull(posted, { ...edit, tried: words })
    }
    expect(slack.messages('company')).toEqual([])
    expectSound(w)
  })

  it('are edited in, found by themselves, said on the phone, kept on the timeline, and in the digest', {
    timeout: 300_000,
  }, async () => {
    const db = await freshDatabase()
    const workspace = 'T1'
    const setup = setupOf()
    let now = new Date('2026-03-04T15:00:00Z')
    await putInForce(db, workspace, setup, now)
    const inForce = new InForce()
    const operations = operationsIn({
      ...{ db, inForce, workspace, directory: everywhere(setup), committed: () => {} },
      lookUp: async () => ({ faults: [], warnings: [] }),
    })
    const by = 'U0REP'
    const strings = naughtyStrings().filter(shows)
    const do_ = async (number: number, command: PersonsCommand) =>
      expect(await operations.change(number, null, command, now), JSON.stringify(command)).toMatchObject({ ok: true })

    const house = { operations, client: null as never, clock: () => now, doubtToken: async () => {} }
    const mentioned = (message: Parameters<typeof firedMentions>[0]) =>
      firedMentions(message).filter((mention) => mention !== `<@${by}>`)
    // One complaint for each handful: filed with the first of it, edited into all of it, called about and closed with the last.
    const handful = TEXT_FIELDS.length
    for (let at = 0; at < strings.length; at += handful) {
      const given = strings.slice(at, at + handful)
      const [first = 'x', second = first, third = first, fourth = first, last = first] = given
      const report = {
        feeling: 'angry',
        severity: 'normal',
        ...{ customer: upTo(120, first), words: second, tried: third },
        ...{ contact: upTo(200, fourth), reference: upTo(200, last) },
      } as const
      const filing: Filing = {
        report: { ...report, words: first, tried: null, contact: null, reference: null },
        department: 'manufacturing',
        toldAt: now,
        promisedBy: plus(now, HOUR),
        reporter: by,
        source: null,
      }
      const filed = await operations.file(`V${at}`, filing, now)
      if (!filed.ok) throw new Error(JSON.stringify(filed.refusals))
      const { number } = filed
      // Some complain again, so that the digest has customers to name.
      if (number % 5 === 0) expect(await operations.file(`V${at} again`, filing, now)).toMatchObject({ ok: true })
      now = plus(now, 1000)
      await do_(number, { kind: 'edit', by, report, edits: 0 })
      const promisedBy = plus(now, HOUR)
      await do_(number, { kind: 'log-callback', by, outcome: 'reached', said: last, settled: false, promisedBy })
      if (number % 2 === 0) {
        const settled = { fix: 'fixed', avoidable: true, settled: 'yes', ...NO_ACTION } as const
        await do_(number, {
          ...{ kind: 'close-out', by, rootCause: 'defective-part', origin: 'manufacturing' },
          ...{ done: last, ...settled },
        })
      }

      const look = await operations.lookBack(number, by)
      if (!look.ok) throw new Error(JSON.stringify(look.refusals))
      const { complaint, entries } = look
      expect(entries.find(({ event }) => event.kind === 'edited')?.event).toMatchObject({
        after: { ...(first === second ? {} : { words: second }), tried: third, contact: upTo(200, fourth) },
      })
      expect(complaint.report).toEqual(report)
      expect(complaint.callbacks.at(-1)?.said).toBe(last)
      if (complaint.status === 'closed') expect(complaint.closeOut.done).toBe(last)
      const view = timelineModal(complaint, entries, { setup, page: 0, showContact: true })
      expect(checkView(view)).toEqual([])
      expect(mentioned({ blocks: view.blocks })).toEqual([])
      const read = squeezed(readable(view.blocks))
      for (const one of given) expect(read).toContain(squeezed(kept(upTo(200, one)) ?? ''))

      for (const one of [first, second, last]) {
        const found = await listFor(house, by, `find ${upTo(LIMITS.customer, one)}`, 0)
        expect(checkMessage({ text: found.text, blocks: [...found.blocks] }, 'response')).toEqual([])
        expect(readable(found.blocks), `find ${one}`).toContain(`#${number} · `)
      }
    }

    expect(await queueDigestsOnce(db, new InForce(), new Date('2026-03-09T15:00:00Z'))).toBe(
      1 + setup.departments.length,
    )
    const rows = await db.reader.select().from(outbox)
    const composing = { db: db.reader, setup, now, home: 'https://acme.slack.com/', botUser: 'U0BOT' }
    for (const row of rows) {
      if (row.kind !== 'line' && row.kind !== 'digest') continue
      const call = await compose(row, composing)
      if (!call || !isSaying(call)) throw new Error(`nothing to say: ${row.kind}`)
      expect(checkMessage(call.said, 'post')).toEqual([])
      expect(mentioned(call.said)).toEqual([])
    }
  })

  it('are looked for in whole characters', async () => {
    const w = await world()
    const words = `${'x'.repeat(194)}😀 leaks`
    expect(await file(w, 'rita', { "What happened, in the customer's words": words })).toBe(1)
    expect(readable((await asked(w, `find ${words}`)).blocks)).toContain('#1 · ')
  })
})

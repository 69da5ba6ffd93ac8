import { describe, expect, it } from 'vitest'
import { world } from '../support/world.ts'
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
  type Posted,
  type RealComplaint,
  readable,
  realComplaints,
  squeezed,
  storedIn,
  type Typed,
  upTo,
} from './support.ts'

/* Every real complaint, filed as Slack would send it; some of them through the rest of their life. */

const EVERY = 40

/**
 * A narrative longer than the form takes goes on where there is room. Some name a part: each part is looked at, whether a
 * flaw is in it.
 */
const typedOf = ({ company, product, issue, narrative, state, id }: RealComplaint, at: number): Typed => ({
  customer: upTo(120, company),
  words: upTo(3000, narrative),
  tried: upTo(3000, `${id} ${product}\r\n${issue}\r\n${narrative.slice(upTo(3000, narrative).length)}`),
  contact: state,
  reference: at % 4 === 0 ? `${product} ${id}` : null,
})

/** Which one it is, as its card tells. */
const idOn = ({ card }: Posted): string | undefined => /\b(?:nhtsa|cfpb)-[\d-]*\d/.exec(readable(card.blocks))?.[0]

/** Some words from its middle. */
const pieceOf = (narrative: string): string => narrative.slice(narrative.length / 3, narrative.length / 3 + 60).trim()

describe.skipIf(!hasData)('real complaints', () => {
  it('are filed, shown in full, found, called about, edited and closed', { timeout: 300_000 }, async () => {
    const given = realComplaints()
    expect(given).toHaveLength(501)
    const w = await world()
    const { slack, settle } = w
    const form = await filingForm(w)
    const typed = new Map(given.map((complaint, at) => [complaint.id, typedOf(complaint, at)]))
    await inHandfuls(w, [...typed], async ([id, fields]) => {
      expect(faultsOf(await form.submit({ ...fields })), id).toEqual({})
    })
    await settle()

    let cards = cardsIn(w, 'manufacturing')
    const ids = new Map([...cards].map(([number, posted]) => [idOn(posted), number]))
    expect(new Set(ids.keys())).toEqual(new Set(typed.keys()))
    expect([...cards.keys()].sort((a, b) => a - b)).toEqual(given.map((_, index) => index + 1))
    const numbered = [...typed]
      .map(([id, fields]) => [ids.get(id) ?? 0, fields] as const)
      .sort(([one], [other]) => one - other)
    for (const [number, fields] of numbered) expectInFull(cards.get(number) ?? expect.fail(`No card ${number}`), fields)
    const stored = await storedIn(w)
    for (const [number, fields] of numbered) expect(stored.get(number), `#${number}`).toEqual(keptOf(fields))

    const some = numbered.filter(([number]) => number % EVERY === 0)
    for (const [number, { words }] of some) {
      const found = readable((await asked(w, `find ${pieceOf(words)}`)).blocks)
      // A narrative may stand in several complaints; the newest ten are shown.
      const same = numbered.filter((other) => other[1].words.includes(pieceOf(words))).map((other) => other[0])
      expect(same).toContain(number)
      for (const one of same.slice(-10)) expect(found).toContain(`#${one} · `)
      const shown = await asked(w, `${number}`)
      expect(squeezed(readable(shown.blocks))).toContain(squeezed(kept(words)?.slice(0, 500) ?? ''))
    }
    const listed = await asked(w, 'list')
    expect(readable(listed.blocks)).toContain('#1 · ')
    const { rita, fred } = w.people
    const page = rita.ephemerals().at(-1) ?? expect.fail('no list')
    await rita.press(page, 'Next')
    await slack.until(() => readable(page.blocks).includes('#11 · ') || undefined, { what: 'the second page' })

    const first = cards.get(EVERY)?.card ?? expect.fail('no card')
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
    for (const [number, { words, tried, reference }] of some) {
      const about = { complaint: number }
      const edited = { customer: 'Anna & sons', words: tried ?? words, tried: words, reference }
      expect(faultsOf(await call.submit({ said: words }, about))).toEqual({})
      expect(faultsOf(await editing.submit(edited, { ...about, edits: 0 }))).toEqual({})
      expect(faultsOf(await closing.submit({ done: words }, about))).toEqual({})
    }
    await settle()
    cards = cardsIn(w, 'manufacturing')
    for (const [number, { words, tried }] of some) {
      const posted = cards.get(number) ?? expect.fail(`No card ${number}`)
      expectInFull(posted, { words, tried })
      const saidInFull = posted.thread.filter(({ blocks }) =>
        squeezed(readable(blocks)).includes(squeezed(kept(words) ?? '')),
      )
      // What was said, what was done, and the words themselves where the card had to cut them.
      expect(saidInFull.length).toBeGreaterThanOrEqual(2)
      await fred.press(posted.card, 'More')
      await (await fred.waitForModal()).press('Timeline')
      await slack.until(() => fred.modal().title.startsWith('Timeline') || undefined, { what: 'the timeline' })
      const read = squeezed(readable(fred.modal().blocks))
      for (const whole of [words, tried]) expect(read).toContain(squeezed(kept(whole) ?? ''))
      while (slack.openViews(fred.id).length > 0) await fred.modal().close()
    }
    expect(slack.messages('company')).toEqual([])
    expectSound(w)
  })
})

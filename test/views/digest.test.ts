import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  type Costs,
  completed,
  type Figures,
  type FiguresPair,
  NO_FIGURES,
  NO_LISTS,
  pareto,
  shares,
} from '../../src/complaint/figures.ts'
import type { Picture } from '../../src/complaint/picture.ts'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { checkMessage, firedMentions } from '../../src/sandbox/limits.ts'
import type { Message } from '../../src/views/blocks.ts'
import { digest, type Told } from '../../src/views/digest.ts'
import { digestFigures, digestLists } from '../../src/views/digestDetails.ts'
import { behindOf, listPageOf } from '../../src/views/metadata.ts'
import { anyText } from '../support/anyText.ts'
import { department, setupOf } from '../support/setups.ts'

const slot = new Date('2026-03-09T14:00:00Z')
const setup = setupOf()
const manufacturing = setup.departments[1] ?? department('manufacturing')

const nothing: FiguresPair = {
  from: '2026-03-02T15:00:00.000Z',
  to: slot.toISOString(),
  span: 'week',
  currency: 'USD',
  period: NO_FIGURES,
  before: NO_FIGURES,
  ...NO_LISTS,
}

const week: Figures = {
  filed: 41,
  closed: 12,
  reopened: 1,
  promisesKept: { count: 31, of: 34 },
  attempted: 4,
  moved: 2,
  onSite: { count: 12, of: 15 },
  withPart: { count: 8, of: 10 },
  toOwn: 25 * MINUTE,
  toOwn90th: 2 * HOUR,
  toCallback: 3 * HOUR + 20 * MINUTE,
  toCallback90th: 7 * HOUR,
  toFixed: 2 * DAY + 3 * HOUR,
  toFixed90th: 6 * DAY,
  fixedFirstTime: { count: 10, of: 11 },
  avoidable: { count: 5, of: 12 },
  handOvers: { count: 4, of: 12 },
  caused: 12,
  makeGoodCost: 131_050,
  actionsDone: { count: 2, of: 3 },
  actionsEffective: { count: 1, of: 2 },
  cameBack: 8,
}

const before: Figures = {
  filed: 38,
  closed: 12,
  reopened: 3,
  promisesKept: { count: 33, of: 36 },
  attempted: 0,
  moved: 0,
  onSite: { count: 9, of: 14 },
  withPart: { count: 5, of: 9 },
  toOwn: 40 * MINUTE,
  toOwn90th: 3 * HOUR,
  toCallback: 3 * HOUR + 20 * MINUTE,
  toCallback90th: 7 * HOUR,
  toFixed: DAY,
  toFixed90th: 4 * DAY,
  fixedFirstTime: { count: 10, of: 11 },
  avoidable: { count: 0, of: 0 },
  handOvers: { count: 6, of: 12 },
  caused: 9,
  makeGoodCost: 20_000,
  actionsDone: { count: 3, of: 3 },
  actionsEffective: { count: 0, of: 0 },
  cameBack: 6,
}

const busy: FiguresPair = {
  ...nothing,
  period: week,
  before,
  causes: pareto([
    { key: 'defective-part', name: 'Defective part', group: 'Product', count: 5 },
    { key: 'poor-design', name: 'Poor design', group: 'Product', count: 3 },
    { key: 'wrong-part-number', name: 'Part number transposed at order entry', group: 'Process', count: 2 },
    { key: 'a', name: 'Carrier late', group: 'Logistics', count: 1 },
    { key: 'b', name: 'Wrong address', group: 'Logistics', count: 1 },
    { key: 'c', name: 'Damaged on the way', group: null, count: 1 },
    { key: 'd', name: 'Unclear manual', group: null, count: 1 },
    { key: 'e', name: 'Unclear label', group: null, count: 1 },
  ]),
  load: { open: 12, overdue: 5, unowned: 1 },
  origins: shares([
    { key: 'design', name: 'Product design', count: 8 },
    { key: 'manufacturing', name: 'Manufacturing', count: 4 },
  ]),
  overdue: {
    total: 5,
    top: [
      { number: 142, customer: 'Acme', owner: 'U0OWNER', dueAt: plus(slot, -(2 * DAY + 3 * HOUR)).toISOString() },
      { number: 188, customer: 'Bolt & <!channel>', owner: null, dueAt: plus(slot, -5 * HOUR).toISOString() },
      { number: 190, customer: 'Acme', owner: 'U0OWNER', dueAt: plus(slot, -4 * HOUR).toISOString() },
      { number: 191, customer: 'Delta', owner: 'U0OWNER', dueAt: plus(slot, -3 * HOUR).toISOString() },
    ],
  },
  overdueActions: {
    total: 4,
    top: [
      {
        ...{ complaint: 97, flaw: null, words: 'Gauge the thread before it leaves the line.', takenBy: 'U0OWNER' },
        dueAt: plus(slot, -(3 * DAY + HOUR)).toISOString(),
      },
      {
        ...{ complaint: null, flaw: 3, words: 'Draw the <!channel> thread anew\nwith a chamfer', takenBy: 'U0OWNER' },
        dueAt: plus(slot, -2 * DAY).toISOString(),
      },
    ],
  },
  oldestOpen: [
    { number: 142, customer: 'Acme', owner: 'U0OWNER', toldAt: plus(slot, -(12 * DAY + 3 * HOUR)).toISOString() },
    { number: 188, customer: 'Bolt & <!channel>', owner: null, toldAt: plus(slot, -5 * HOUR).toISOString() },
  ],
  repeatCustomers: {
    total: 8,
    top: [
      { customer: 'Acme', count: 4 },
      { customer: 'Bolt & <!channel>', count: 3 },
      ...['C', 'D', 'E', 'F'].map((customer) => ({ customer, count: 2 })),
    ],
  },
  reporters: {
    total: 3,
    top: [
      { user: 'U0ANNA', count: 20 },
      { user: 'U0BEN', count: 1 },
      { user: 'U0CLEO', count: 1 },
    ],
  },
}

const cost = (name: string | null, amount: number) => ({ key: name, name, amount, count: 1 })
const costs: Costs = {
  customer: [cost('Acme', 120_050), cost('Bolt & <!channel>', 11_000)],
  cause: [cost('Defective part', 100_000), cost(null, 31_050)],
  department: [cost('Manufacturing', 131_050), cost('Logistics', 0)],
}

const company: Told = { setup, department: null, isSoFar: false, costs }
const cut: Told = { ...company, department: manufacturing, costs: null }
const ofCompany = (figures: FiguresPair): Message => digest(figures, company)
const ofDepartment = (figures: FiguresPair): Message => digest(figures, cut)
const details = [digestFigures, digestLists] as const
const first = (figures: FiguresPair): string => ofCompany(figures).text.split('\n')[0] ?? ''

describe('the digest', () => {
  const messages: [string, Message][] = [
    ['of a busy week', ofCompany(busy)],
    ['of a department', ofDepartment({ ...busy, period: { ...week, caused: 15 } })],
    ['of a quiet week', ofCompany(nothing)],
    ["of a department's quiet week", ofDepartment(nothing)],
    ['of a quiet week after a busy one', ofCompany({ ...nothing, before })],
    ['of a first week', ofCompany({ ...busy, before: NO_FIGURES })],
  ]
  messages.push(['of a month so far', digest({ ...busy, span: 'month' }, { ...company, isSoFar: true })])
  const ofThread = details.flatMap((part) => part(busy, company) ?? [])
  messages.push(...ofThread.map((message, part): [string, Message] => [`in its thread, part ${part + 1}`, message]))
  it('has nothing in its thread where there is nothing to tell', () =>
    expect(details.map((part) => part(nothing, company))).toEqual([null, null]))

  test.each(messages)('%s', (_, message) => {
    expect(checkMessage(message, 'post')).toEqual([])
    expect(message).toMatchSnapshot()
  })

  const kept = (count: number, of: number, was: [number, number]): FiguresPair => ({
    ...busy,
    period: { ...week, promisesKept: { count, of } },
    before: { ...before, promisesKept: { count: was[0], of: was[1] } },
  })
  const sentences: [FiguresPair, string][] = [
    [busy, '31 of 34 promised calls were made in time: 91%, down from 92% the week before'],
    [kept(35, 40, [33, 36]), '35 of 40 promised calls were made in time: 88%, down from 92% the week before'],
    [kept(4, 5, [1, 2]), '4 of 5 promised calls were made in time: 80%, up from 50% the week before'],
    [kept(66, 72, [33, 36]), '66 of 72 promised calls were made in time: 92%, as the week before'],
    [kept(0, 1, [0, 0]), '0 of 1 promised call was made in time; none fell due the week before'],
    [kept(12, 12, [33, 36]), 'All 12 promised calls were made in time; the week before, 33 of 36'],
    [kept(1, 1, [0, 0]), 'The one promised call was made in time'],
    [kept(0, 0, [33, 36]), 'No promised call fell due this week; 41 complaints were filed'],
    [nothing, 'Nothing was filed this week, and no promised call fell due'],
  ]
  test.each(sentences)('begins with what matters most: %#', (figures, sentence) => {
    expect(first(figures)).toBe(sentence)
  })

  const handed = (now: [number, number], was: [number, number]): string | undefined => {
    const of = ([count, closed]: [number, number]) => ({ handOvers: { count, of: closed } })
    const told = digestFigures(
      {
        ...nothing,
        period: { ...NO_FIGURES, filed: 1, ...of(now) },
        before: { ...NO_FIGURES, filed: 1, ...of(was) },
      },
      company,
    )
    return /Hand-overs per complaint:\* (.*)/.exec(told?.text ?? '')?.[1]
  }
  it.each<[now: [number, number], was: [number, number], words: string | undefined]>([
    [[4, 12], [6, 12], '4 in 12 closed, 0.33; down from the week before (6 in 12 closed, 0.5)'],
    [[6, 12], [1, 2], '6 in 12 closed, 0.5; the same share as the week before (1 in 2 closed, 0.5)'],
    [[3, 1], [0, 5], '3 in 1 closed, 3; up from the week before (0 in 5 closed, 0)'],
    [[1, 4], [0, 0], '1 in 4 closed, 0.25'],
    [[0, 0], [1, 4], 'nothing to measure; the week before 1 in 4 closed, 0.25'],
    [[0, 9], [0, 8], undefined],
    [[0, 0], [0, 0], undefined],
  ])('hand-overs per complaint: %j after %j', (now, was, words) => {
    expect(handed(now, was)).toBe(words)
  })

  it('rings for those it thanks and for owners, and for nobody that a customer is called after', () => {
    expect(new Set(firedMentions(ofCompany(busy)))).toEqual(
      new Set(['<@U0OWNER>', '<@U0ANNA>', '<@U0BEN>', '<@U0CLEO>']),
    )
  })

  it('shows its pictures in the place of bars, with their figures in words', () => {
    const picture: Picture = {
      ...{ kind: 'pareto', department: null, timezone: 'America/Chicago', causes: busy.causes },
      ...{ from: busy.from, to: busy.to },
    }
    const trend: Picture = {
      ...{ kind: 'trend', timezone: 'America/Chicago' },
      weeks: [{ from: busy.from, to: busy.to, kept: { count: 31, of: 34 } }],
    }
    const load: Picture = {
      ...{ kind: 'load', timezone: 'America/Chicago', at: busy.to },
      departments: [{ name: 'Manufacturing', open: 12, overdue: 5, unowned: 0 }],
    }
    const pictures = [
      { file: 'F0TREND0001', picture: trend },
      { file: 'F0PARETO001', picture },
      { file: 'F0LOAD00001', picture: load },
    ]
    const message = digest(busy, { ...company, pictures })
    expect(checkMessage(message, 'post')).toEqual([])
    const imagesIn = (shown: Message | null) => shown?.blocks.filter((block) => block.type === 'image') ?? []
    expect(imagesIn(message).map((block) => block.alt_text)).toEqual([
      expect.stringMatching(/^Pareto of root causes, 15 complaints closed, 2 Mar to 9 Mar: Defective part 5, 33%; /),
    ])
    expect(imagesIn(message)[0]).toMatchObject({ slack_file: { id: 'F0PARETO001' } })
    expect(JSON.stringify(message.blocks)).not.toContain('▇')
    expect(message.text).toBe(ofCompany(busy).text)
    // One picture fills the screen; the others stand in the thread.
    const lists = digestLists(busy, { ...company, pictures })
    expect(imagesIn(lists).map((block) => block.alt_text)).toEqual([
      'Promised calls made in time, week by week: week of 2 Mar 91%, 31 of 34.',
      'Open complaints by department on 9 Mar, 12 complaints open: Manufacturing 12 open, 5 overdue.',
    ])
  })

  it('draws bars for the eye, and leaves them out of what is read aloud', () => {
    const { text, blocks } = ofCompany(busy)
    expect(text).not.toContain('▇')
    expect(JSON.stringify(blocks)).toContain('▇▇▇▇▇▇▇▇▇▇')
    expect(text).toContain('Poor design: 3, 20%')
  })

  it("has a department's causes beside what it closed, whoever mended them", () => {
    const { text } = ofDepartment({ ...busy, period: { ...week, caused: 15 } })
    expect(text).toContain('*Manufacturing closed 12 complaints*, 12 the week before; of 11 fixed for the')
    expect(text).toContain('*15 complaints arose in Manufacturing*, 9 the week before.')
    const nothingCaused = ofDepartment({ ...nothing, period: { ...NO_FIGURES, closed: 2 } })
    expect(nothingCaused.text).toContain('*No complaint arose in Manufacturing*, 0 the week before.')
  })

  it('opens the list behind each figure of which there is any', () => {
    const figures = digestFigures(busy, cut)
    const behind = [ofCompany(busy), figures].map((shown) =>
      (shown?.blocks ?? []).flatMap((block) =>
        block.type === 'section' && block.accessory?.type === 'button'
          ? [listPageOf(block.accessory.value ?? '').query]
          : [],
      ),
    )
    expect(behind.map((lists) => lists.map((query) => behindOf(query)?.figure ?? query))).toEqual([
      ['promisesKept', 'caused', 'overdue', `actions ${slot.toISOString()}`],
      [
        ...[
          'promisesKept',
          'attempted',
          'moved',
          'onSite',
          'withPart',
          'toOwn',
          'toCallback',
          'toFixed',
          'fixedFirstTime',
        ],
        ...['avoidable', 'handOvers', 'reopened', 'makeGoodCost', 'cameBack', 'caused', 'filed', 'closed', 'open'],
      ],
    ])
    const lists = behind.map((queries) => queries.flatMap((query) => behindOf(query) ?? []))
    for (const list of lists.flat()) expect(list.period).toEqual({ from: new Date(busy.from), to: new Date(busy.to) })
    expect(lists.map(([first]) => first?.department)).toEqual([null, 'manufacturing'])
  })

  it('tells what an older version wrote down, which knew of weeks alone and of fewer figures', () => {
    const { from, to } = nothing
    expect(completed({ from, to, week: { filed: 3 }, before: { ...NO_FIGURES, filed: 2 } })).toEqual({
      ...nothing,
      period: { ...NO_FIGURES, filed: 3 },
      before: { ...NO_FIGURES, filed: 2 },
    })
  })

  it('tells what make-goods cost, and where most of it went, to the company', () => {
    const textOf = (figures: FiguresPair, told: Told) => digestFigures(figures, told)?.text ?? ''
    expect(textOf(busy, company)).toContain(
      '*Make-good cost:* $1,310.50, up from $200.00 the week before. Most of it, by cause: Defective part, $1,000.00; ' +
        'by department: Manufacturing, $1,310.50; by customer: Acme, $1,200.50',
    )
    expect(textOf(busy, cut)).toContain('*Make-good cost:* $1,310.50, up from $200.00 the week before')
    expect(textOf(busy, cut)).not.toContain('by cause')
    expect(textOf({ ...busy, period: { ...week, makeGoodCost: 0 }, before: NO_FIGURES }, company)).not.toContain(
      'Make-good',
    )
    const yen = { ...busy, currency: 'JPY', before: { ...before, makeGoodCost: 131_050 } }
    expect(textOf(yen, cut)).toContain('*Make-good cost:* ¥131,050, as the week before')
  })

  it('has no exclamation marks and no emoji', () => {
    for (const [, message] of messages) {
      const words = JSON.stringify(message).replaceAll(/<!channel>|&lt;!channel&gt;/g, '')
      expect(words).not.toContain('!')
      expect(words).not.toMatch(/\p{Extended_Pictographic}|:[a-z_]+:/u)
    }
  })

  const names = fc.oneof(
    fc
      .constantFrom('"', '\\', '&', '<', '😀', '\u0301', '\u202e', '\ud800', ' ', '\u200b', 'é')
      .map((one) => one.repeat(120)),
    anyText(0, 120),
    fc.constantFrom('<!channel>', '<@U0EVIL>', '*bold* :boom:', '', '\n\n'),
  )
  it('fits into a message, whatever people and things are called', () => {
    const counts = fc.nat(1_000_000)
    fc.assert(
      fc.property(names, names, names, counts, (customer, cause, place, count) => {
        const full: FiguresPair = {
          ...busy,
          causes: pareto(
            Array.from({ length: 40 }, (_, n) => ({ key: `c${n}`, name: cause, group: cause, count: count + 1 })),
          ),
          oldestOpen: Array.from({ length: 5 }, (_, n) => ({
            number: 2_000_000_000 + n,
            customer,
            owner: `U${'0'.repeat(19)}${n}`,
            toldAt: plus(slot, -1000 * DAY).toISOString(),
          })),
          overdue: {
            total: count + 5,
            top: Array.from({ length: 5 }, (_, n) => ({
              ...{ number: 2_000_000_000 + n, customer, owner: `U${'0'.repeat(19)}${n}` },
              dueAt: plus(slot, -1000 * DAY).toISOString(),
            })),
          },
          overdueActions: {
            total: count + 3,
            top: Array.from({ length: 3 }, (_, n) => ({
              ...{ complaint: null, flaw: 2_000_000_000 + n, words: cause, takenBy: `U${'0'.repeat(19)}${n}` },
              dueAt: plus(slot, -1000 * DAY).toISOString(),
            })),
          },
          origins: shares(Array.from({ length: 40 }, (_, n) => ({ key: `d${n}`, name: place, count: count + 1 }))),
          repeatCustomers: { total: count + 10, top: Array.from({ length: 10 }, () => ({ customer, count })) },
          reporters: {
            total: count + 50,
            top: Array.from({ length: 50 }, (_, n) => ({ user: `U${'1'.repeat(18)}${n}`, count })),
          },
        }
        const fullCost = (of: string) => Array.from({ length: 5 }, () => cost(of, (count + 1) * 1_000_000))
        const fullCosts = { customer: fullCost(customer), cause: fullCost(cause), department: fullCost(place) }
        for (const about of [null, { ...manufacturing, name: place }]) {
          const picture = { kind: 'pareto', department: null, timezone: 'UTC', ...full } as const
          const weeks = Array.from({ length: 8 }, () => ({ from: full.from, to: full.to, kept: { count, of: count } }))
          const pictures = [
            { file: 'F0TREND0001', picture: { kind: 'trend', timezone: 'UTC', weeks } as const },
            { file: 'F0PARETO001', picture },
          ]
          const so = { ...company, department: about, costs: fullCosts, pictures }
          for (const view of [digest, ...details]) {
            const message = view(full, so) ?? digest(full, so)
            expect(checkMessage(message, 'post')).toEqual([])
            expect(JSON.stringify(message).length).toBeLessThanOrEqual(13_000)
            expect(firedMentions(message).every((mention) => /^<@U[01]+\d*>$/.test(mention))).toBe(true)
          }
        }
      }),
    )
  })
})

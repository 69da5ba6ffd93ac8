import type { KnownBlock } from '@slack/types'
import { describe, expect, it } from 'vitest'
import {
  ACTIONS_ON_OVERVIEW,
  HOME_LISTS,
  type HomeFilters,
  type HomeList,
  NO_FILTERS,
  ON_OVERVIEW,
  ON_PAGE,
  planHome,
} from '../../src/complaint/home.ts'
import { type Asker, mayNot } from '../../src/complaint/roles.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import { DAY, plus } from '../../src/complaint/time.ts'
import type { Complaint } from '../../src/complaint/types.ts'
import { checkView, firedMentions } from '../../src/sandbox/limits.ts'
import type { ActionRow } from '../../src/views/actionList.ts'
import { buttons } from '../../src/views/card.ts'
import { home, PEOPLE as MOST_PEOPLE, noHome, restingHome } from '../../src/views/home.ts'
import { DEEDS, type HomeRow } from '../../src/views/homeRow.ts'
import { ACTIONS } from '../../src/views/ids.ts'
import { hasData, naughtyStrings } from '../data/support.ts'
import {
  arrive,
  BIG_SETUP,
  become,
  CARD_LINK,
  close,
  filed,
  NOW,
  own,
  PEOPLE,
  plan,
  readable,
  SETUP,
  settlingStory,
} from './samples.ts'

const COLLEAGUE: Asker = { standing: 'colleague', departments: [] }

interface Seen {
  readonly person?: string
  readonly asker?: Asker
  readonly chosen?: Partial<HomeFilters>
  readonly setup?: Setup
  readonly lists?: Partial<Record<HomeList, readonly Complaint[]>>
  readonly total?: number
  readonly actions?: readonly ActionRow[]
  readonly now?: Date
  readonly link?: string | null
}

/** A Home as delivery would draw it of these complaints. */
function seen({
  person = 'U0ANY',
  asker = COLLEAGUE,
  chosen = {},
  setup = SETUP,
  lists = {},
  actions = [],
  now = NOW,
  ...more
}: Seen) {
  const plan = planHome(person, { ...NO_FILTERS, ...chosen }, setup, asker)
  const rowOf = (complaint: Complaint): HomeRow => ({
    complaint,
    cardLink: more.link === undefined ? CARD_LINK : more.link,
    mayNot: (deed) => mayNot(deed, complaint, person, { setup, asker }),
  })
  const view = home({
    plan,
    lists: plan.queries.map(({ list, page }) => {
      const rows = (lists[list] ?? []).map(rowOf)
      return { list, page, rows, total: more.total ?? rows.length }
    }),
    load: new Map(plan.load.map((key, at) => [key, { open: 7 - at, unowned: at, overdue: 2 * at }])),
    loadByPerson: plan.loadByPerson.length === 0 ? [] : [{ person: PEOPLE.owner, open: 5, unowned: 0, overdue: 1 }],
    actions: plan.actions && { found: actions, total: more.total ?? actions.length },
    ...{ setup, now, drawnAt: NOW },
  })
  expect(checkView(view)).toEqual([])
  return view
}

const actionRow = (words: string, customer = 'Acme'): ActionRow => ({
  ...{ hidden: false, complaint: 142, flaw: null, seq: 1, customer, words, takenBy: 'U0TAKER', dueAt: plus(NOW, DAY) },
})

const open = filed()
const owned = become(open, own)
const closed = become(owned, close())

describe('a Home', () => {
  it('of somebody who belongs nowhere yet', () => {
    expect(seen({})).toMatchSnapshot()
  })

  it('of a fixer: what they own, what they filed, the load of their department', () => {
    expect(
      seen({
        person: PEOPLE.owner,
        asker: { ...COLLEAGUE, departments: ['manufacturing'] },
        lists: {
          owned: [owned.complaint],
          filed: [become(owned, plan()).complaint, { ...closed.complaint, number: 141 }],
        },
      }),
    ).toMatchSnapshot()
  })

  it('of a lead who is an admin, with deadlines gone by', () => {
    const setup = { ...SETUP, admins: [PEOPLE.lead] }
    const lists = { unowned: [open.complaint], overdue: [owned.complaint] }
    const actions = [actionRow('Gauge every thread.'), { ...actionRow('Draw it anew.'), complaint: null, flaw: 3 }]
    expect(seen({ person: PEOPLE.lead, setup, lists, actions, now: plus(NOW, 3 * DAY), total: 9 })).toMatchSnapshot()
  })

  it('of a list in full, a page of it', () => {
    const chosen = { list: 'all', severity: 'critical', page: 1 } as const
    expect(seen({ chosen, lists: { all: [open.complaint] }, total: 40, link: null })).toMatchSnapshot()
  })

  it.each(HOME_LISTS)('says so where there is nothing to list: %s', (list) => {
    expect(readable(seen({ chosen: { list } }).blocks)).toMatch(/You own no|Nothing|Somebody owns/)
    expect(readable(seen({ chosen: { list, department: 'design' } }).blocks)).toContain('with what is chosen above')
  })

  it('offers what may be done, and only that', () => {
    const actionsOf = (person: string, complaint: Complaint) =>
      (seen({ person, lists: { owned: [complaint] } }).blocks as KnownBlock[]).flatMap((block) =>
        block.type === 'actions' && block.block_id?.startsWith('owned:')
          ? block.elements.map((one) => ('action_id' in one ? one.action_id : ''))
          : [],
      )
    expect(actionsOf(PEOPLE.lead, open.complaint)).toEqual([
      ...['own', 'log_callback', 'visit', 'hand_over', 'close_out', 'more'],
    ])
    expect(actionsOf(PEOPLE.reporter, open.complaint)).toEqual(['own', 'log_callback', 'visit', 'more'])
    expect(actionsOf('U0ANY', open.complaint)).toEqual(['own', 'more'])
    expect(actionsOf('U0ANY', closed.complaint)).toEqual(['more'])
    expect(actionsOf(PEOPLE.owner, closed.complaint)).toEqual(['reopen', 'more'])
    expect(actionsOf(PEOPLE.owner, { ...owned.complaint, duplicateOf: 7 })).toEqual(['show', 'more'])
    const { complaint: unsettled } = settlingStory()
    expect(actionsOf(PEOPLE.lead, unsettled)).toEqual(['settle', 'log_callback', 'visit', 'close_out', 'more'])
    expect(actionsOf(PEOPLE.owner, unsettled)).not.toContain('settle')
    expect(readable(seen({ lists: { owned: [unsettled] } }).blocks)).toContain(
      'To be settled by the leads: Manufacturing, or Product design',
    )
  })

  it('knows what each button of the card is pressed for', () => {
    const visited = become(owned, plan(), arrive)
    const offered = [open, owned, become(owned, plan()), visited, closed].flatMap(({ complaint }) =>
      buttons(complaint, SETUP),
    )
    const unknown = offered.map(({ action_id }) => action_id ?? '').filter((id) => !Object.hasOwn(DEEDS, id))
    expect(new Set(unknown)).toEqual(new Set([ACTIONS.more]))
  })

  it('tells nothing of what its reader may not see, and nobody who to call back', () => {
    const plan = planHome('U0ANY', { ...NO_FILTERS, list: 'all' }, SETUP, COLLEAGUE)
    const { complaint } = owned
    const row: HomeRow = {
      complaint,
      cardLink: CARD_LINK,
      mayNot: (deed) => ({ kind: 'not-allowed', deed, ask: null }),
    }
    const view = home({
      plan,
      lists: [{ list: 'all', rows: [row], page: 0, total: 1 }],
      ...{ load: new Map(), loadByPerson: [], actions: null, setup: SETUP, now: NOW, drawnAt: NOW },
    })
    const said = JSON.stringify(view.blocks)
    expect(said).toContain('*#142* · Confidential')
    for (const hidden of ['Acme', 'valve', CARD_LINK, PEOPLE.owner, '"own"']) expect(said).not.toContain(hidden)
    expect(JSON.stringify(seen({ person: PEOPLE.owner, lists: { owned: [complaint] } }))).not.toContain('Anna')
  })

  it('that there is none of says why', () => {
    expect(checkView(noHome('Why not.'))).toEqual([])
    expect(checkView(restingHome())).toEqual([])
  })
})

describe('the limits', () => {
  const worst = (text: string) =>
    filed({ customer: text.slice(0, 120) || 'x', words: text || 'x', tried: text || null, contact: text.slice(0, 200) })

  const full = (text: string) => {
    const setup = { ...BIG_SETUP, admins: [PEOPLE.lead] }
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ ...worst(text).complaint, number: at + 1 }))
    const five = many(ON_OVERVIEW)
    const lists = { owned: five, filed: five, unowned: five, overdue: five }
    const actions = Array.from({ length: ACTIONS_ON_OVERVIEW }, () => actionRow(text, text))
    return [
      seen({ person: PEOPLE.lead, setup, lists, actions, total: 1_000_000 }),
      seen({
        person: PEOPLE.lead,
        setup,
        chosen: { list: 'owned', page: 1 },
        lists: { owned: many(ON_PAGE) },
        total: 1000,
      }),
    ]
  }

  it('hold for a lead of a hundred departments with a million open', () => {
    for (const text of ['x'.repeat(3000), '"'.repeat(3000), '<&>'.repeat(1000), '😀'.repeat(1500), '\n'.repeat(3000)])
      for (const view of full(text)) {
        expect(view.blocks.length).toBeLessThanOrEqual(90)
        expect(Buffer.byteLength(JSON.stringify(view))).toBeLessThan(100_000)
      }
    expect(MOST_PEOPLE * 80).toBeLessThan(3000)
  })

  it.skipIf(!hasData)('hold for whatever is typed, and it rings nobody', () => {
    for (const naughty of naughtyStrings()) {
      const { complaint } = worst(naughty.slice(0, 3000))
      const actions = [actionRow(naughty, naughty)]
      const { blocks } = seen({ person: PEOPLE.owner, lists: { owned: [complaint] }, actions })
      expect(
        firedMentions({ blocks }).filter((one) => one !== `<@${PEOPLE.reporter}>` && one !== '<@U0TAKER>'),
        naughty,
      ).toEqual([])
    }
  })
})

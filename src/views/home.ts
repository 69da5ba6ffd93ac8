import type { HomeView, KnownBlock, PlainTextOption } from '@slack/types'
import { type HomeFilters, type HomeList, type HomePlan, ON_PAGE } from '../complaint/home.ts'
import { SEVERITIES, type Setup } from '../complaint/setup.ts'
import { type ActionRow, actionRow } from './actionList.ts'
import { actions, button, context, header, plain, section } from './blocks.ts'
import { type HomeRow, homeRow } from './homeRow.ts'
import { homeSetup } from './homeSetup.ts'
import { ACTIONS } from './ids.ts'
import { option } from './inputs.ts'
import { ANY, homeDepartmentSelect } from './options.ts'
import { mention } from './people.ts'
import { escaped, when } from './text.ts'
import { departmentName, SEVERITY } from './words.ts'

export interface ShownList {
  readonly list: HomeList
  readonly rows: readonly HomeRow[]
  /** From 0. */
  readonly page: number
  readonly total: number
}

/** How many complaints are open, and how they stand. */
export interface ShownLoad {
  readonly open: number
  readonly unowned: number
  readonly overdue: number
}

export interface HomeContent {
  readonly plan: HomePlan
  readonly lists: readonly ShownList[]
  /** By the key of the department. */
  readonly load: ReadonlyMap<string, ShownLoad>
  readonly loadByPerson: readonly (ShownLoad & { readonly person: string })[]
  readonly actions: { readonly found: readonly ActionRow[]; readonly total: number } | null
  readonly setup: Setup
  readonly now: Date
  readonly drawnAt: Date
}

/** What the lists are called. */
const LIST: Record<HomeList, string> = {
  owned: 'What I own',
  filed: 'What I filed',
  departments: 'In my departments',
  unowned: 'Nobody owns',
  overdue: 'Overdue',
  all: 'All open complaints',
}

const NOTHING: Record<HomeList, string> = {
  owned: 'You own no open complaint.',
  filed: 'Nothing that you filed is open, or was closed in the last 14 days.',
  departments: 'Nothing is open in your departments.',
  unowned: 'Somebody owns each of them.',
  overdue: 'Nothing is overdue.',
  all: 'Nothing is open.',
}

/** Departments whose load is told, and people; more would hide the rest. */
const DEPARTMENTS = 10
export const PEOPLE = 20

export type Home = HomeView

/** App Home. It keeps far below the 100 blocks that Slack takes, however much is open. */
export function home(content: HomeContent): HomeView {
  const { plan, lists, setup } = content
  const parts =
    plan.filters.list === null
      ? [
          ...lists.flatMap((list) => overview(list, content)),
          ...corrections(content),
          ...loads(content),
          ...people(content),
        ]
      : lists.flatMap((list) => inFull(list, content))
  return view([
    top(plan.filters, setup),
    ...parts,
    ...(plan.isAdmin ? homeSetup(setup) : []),
    context(foot(content.drawnAt)),
  ])
}

const view = (blocks: KnownBlock[]): HomeView => ({ type: 'home', blocks })

/** In the place of a Home that nobody looked at for long: what stood there would be out of date, or erased by now. */
export const restingHome = (): Home =>
  view([
    section('Nobody has looked at this Home for 12 hours, so it tells nothing that may be out of date.'),
    actions(button('Show it as it is now', ACTIONS.homePage, '0', 'primary')),
  ])

/** In the place of a Home, why there is none. */
export const noHome = (sentence: string): HomeView => view([section(sentence)])

const foot = (drawnAt: Date): string =>
  `Last changed ${when(drawnAt)}. A Home that was opened in the last 12 hours follows every change within seconds.`

function top({ list, department, severity }: HomeFilters, setup: Setup): KnownBlock {
  const lists: PlainTextOption[] = [
    option(OVERVIEW, ANY),
    ...(Object.entries(LIST) as [HomeList, string][]).map(([value, label]) => option(label, value)),
  ]
  const severities = [option(ALL_SEVERITIES, ANY), ...SEVERITIES.map((one) => option(SEVERITY[one], one))]
  const select = (action: string, label: string, options: PlainTextOption[], chosen: string | null) => ({
    ...({ type: 'static_select', action_id: action, placeholder: plain(label), options } as const),
    initial_option: options.find(({ value }) => value === (chosen ?? ANY)) ?? option(label, ANY),
  })
  return {
    ...actions(
      button('File a complaint', ACTIONS.file, 'file', 'primary'),
      select(ACTIONS.homeList, 'Show', lists, list),
      homeDepartmentSelect(setup, ACTIONS.homeDepartment, department),
      select(ACTIONS.homeSeverity, 'Severity', severities, severity),
    ),
    // Slack keeps what was chosen in a menu as long as its ids stay, also where another button chose something else.
    block_id: ['filters', list, department, severity]
      .map((part) => part ?? ANY)
      .join(':')
      .slice(0, 255),
  }
}

const OVERVIEW = 'Overview'
const ALL_SEVERITIES = 'All severities'

const isFiltered = ({ department, severity }: HomeFilters): boolean => department !== null || severity !== null

const nothing = (list: HomeList, filters: HomeFilters): KnownBlock =>
  section(isFiltered(filters) ? 'Nothing, with what is chosen above.' : NOTHING[list])

/** The first few of a list, with the way to the rest. */
function overview({ list, rows, total }: ShownList, content: HomeContent): KnownBlock[] {
  const { filters } = content.plan
  return [
    header(`${LIST[list]} (${total})`),
    ...(rows.length === 0 ? [nothing(list, filters)] : rows.flatMap((row) => homeRow(row, list, content))),
    ...(total > rows.length
      ? [{ ...actions(button(`See all ${total}`, ACTIONS.homeAll, list)), block_id: `all:${list}` }]
      : []),
  ]
}

/** A page of a list. */
function inFull({ list, rows, page, total }: ShownList, content: HomeContent): KnownBlock[] {
  const { filters } = content.plan
  const last = page * ON_PAGE + rows.length
  const turn = [
    ...(page > 0 ? [button('Previous', ACTIONS.homePreviousPage, String(page - 1))] : []),
    ...(last < total ? [button('Next', ACTIONS.homePage, String(page + 1))] : []),
    button('Back to the overview', ACTIONS.homeAll, ANY),
  ]
  return [
    header(`${LIST[list]} (${total})`),
    ...(rows.length === 0 ? [nothing(list, filters)] : rows.flatMap((row) => homeRow(row, list, content))),
    ...(total > rows.length ? [context(`${page * ON_PAGE + 1} to ${last} of ${total}`)] : []),
    { ...actions(...turn), block_id: `pages:${list}:${page}` },
  ]
}

/** Their own, and the overdue ones that they answer for. */
function corrections({ actions: told, now }: HomeContent): KnownBlock[] {
  if (told === null || told.total === 0) return []
  return [header(`Corrective actions (${told.total})`), ...told.found.map((row) => actionRow(row, now))]
}

const counts = ({ open, unowned, overdue }: ShownLoad): string =>
  [
    `${open} open`,
    ...(unowned > 0 ? [`${unowned} that nobody owns`] : []),
    ...(overdue > 0 ? [`*${overdue} overdue*`] : []),
  ].join(' · ')

function loads({ plan, load, setup }: HomeContent): KnownBlock[] {
  if (plan.load.length === 0) return []
  const told = plan.load.slice(0, DEPARTMENTS)
  const more = plan.load.length - told.length
  return [
    header('Load of my departments'),
    ...told.map((key): KnownBlock => {
      const open = load.get(key) ?? { open: 0, unowned: 0, overdue: 0 }
      return {
        ...section(`*${escaped(departmentName(setup, key))}*\n${counts(open)}`),
        ...(open.open > 0 ? { accessory: button('See them', ACTIONS.homeLoad, key) } : {}),
        block_id: `load:${key}`.slice(0, 255),
      }
    }),
    ...(more > 0 ? [context(`And ${more} more: choose one above to see its load.`)] : []),
  ]
}

function people({ plan, loadByPerson }: HomeContent): KnownBlock[] {
  if (plan.loadByPerson.length === 0) return []
  const lines = loadByPerson.slice(0, PEOPLE).map(({ person, ...load }) => `${mention(person)}: ${counts(load)}`)
  const more = loadByPerson.length > PEOPLE ? ['and others with less'] : []
  return [
    header('Load by person'),
    section(
      lines.length === 0 ? 'Nobody owns anything in the departments that you lead.' : [...lines, ...more].join('\n'),
    ),
  ]
}

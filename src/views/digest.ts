import type { ImageBlock, RichTextBlockElement } from '@slack/types'
import {
  type CauseShare,
  type Cost,
  type Costs,
  DEFINITIONS,
  type Figures,
  type FiguresPair,
  type OpenSince,
  type Part,
} from '../complaint/figures.ts'
import { moneyWords } from '../complaint/money.ts'
import { MOST_BARS, type Picture } from '../complaint/picture.ts'
import type { Department, Setup } from '../complaint/setup.ts'
import { context, header, type Message, message, section } from './blocks.ts'
import { mention } from './people.ts'
import { image } from './pictures.ts'
import { bold, bullets, type Inline, para, person, rich, t } from './rich.ts'
import { escaped, inHours, many, oneLine, span, within } from './text.ts'

/** Most shown of each list: a digest is one screen, and its blocks have to stay within what Slack takes. */
const MOST = { causes: MOST_BARS.causes, customers: 5, reporters: 20 } as const
const NAME = { limit: 60, json: 80 }
/** Characters of JSON of a picture's alternative text: what it says stands in the digest, too. */
const ALTERNATIVE = 480
/** Characters of the longest bar. */
const BAR = 10

interface Told {
  readonly setup: Setup
  /** Null for the digest of the whole company. */
  readonly department: Department | null
  readonly slot: Date
  readonly costs: Costs | null
  /** Those that Slack has. */
  readonly pictures?: readonly { readonly file: string; readonly picture: Picture }[]
}

/** The week in figures: the promises first, then what was fixed, why it happened, who waits, and thanks. */
export function digest(figures: FiguresPair, { setup, department, slot, costs, pictures = [] }: Told): Message {
  const here = department && name(department.name)
  const shown = (kind: Picture['kind']): ImageBlock[] =>
    pictures.flatMap(({ file, picture }) => (picture.kind === kind ? [image(file, picture, ALTERNATIVE)] : []))
  const causes = shown('pareto')
  const told = (bars: 'bars' | 'no bars'): Message =>
    message([
      header(firstSentence(figures, here)),
      context(escaped(`Weekly digest${here ? ` · ${here}` : ''} · ${days(figures, setup.timezone)}`)),
      ...shown('trend'),
      ...ofFigures(figures, setup, here).map((part) => rich(...part)),
      ...ofCosts(figures, costs).map((part) => rich(...part)),
      ...causes,
      ...ofCauses(figures, here, bars).map((part) => rich(...part)),
      rich(...ofOpen(figures.oldestOpen, slot)),
      ...ofRepeats(figures.repeatCustomers).map((part) => rich(...part)),
      section(thanks(figures.reporters)),
    ])
  // Bars are drawn for the eye alone, where no picture is: the text that is read aloud does without.
  return { text: told('no bars').text, blocks: told(causes.length > 0 ? 'no bars' : 'bars').blocks }
}

const name = (text: string): string => within(oneLine(text), NAME.limit, NAME.json)

/** What matters most: whether the calls we promised were made. */
function firstSentence({ period: week, before }: FiguresPair, here: string | null): string {
  const { count, of } = week.promisesKept
  if (of === 0) {
    if (week.filed === 0)
      return `Nothing was filed ${here ? `for ${here} ` : ''}this week, and no promised call fell due`
    return `No promised call fell due this week; ${many(week.filed, 'complaint was', 'complaints were')} filed`
  }
  const was = before.promisesKept
  if (count === of) {
    const all = of === 1 ? 'The one promised call was made in time' : `All ${of} promised calls were made in time`
    return was.of === 0 ? all : `${all}; the week before, ${was.count} of ${was.of}`
  }
  const made = `${count} of ${many(of, 'promised call was', 'promised calls were')} made in time`
  if (was.of === 0) return `${made}; none fell due the week before`
  const than = count === was.count ? 'as many as' : `${difference(count - was.count, 'more', 'fewer')} than`
  return `${made}, ${than} the week before (${was.count} of ${was.of})`
}

const difference = (by: number, more: string, fewer: string): string => `${Math.abs(by)} ${by > 0 ? more : fewer}`

/** "Mon 2 Mar to Mon 9 Mar", on the workspace's clock. */
function days({ from, to }: FiguresPair, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', day: 'numeric', month: 'short' })
  const day = (instant: string): string => format.format(new Date(instant)).replace(',', '')
  return `${day(from)} to ${day(to)}, against the week before`
}

function ofFigures(figures: FiguresPair, setup: Setup, here: string | null): RichTextBlockElement[][] {
  const lines = figureLines(figures, setup)
  return lines.length === 0 ? [] : [[para(bold(here ? `What ${here} fixed` : 'The week in figures')), bullets(lines)]]
}

/** A line for each figure of which there is something to tell. */
function figureLines({ period: week, before }: FiguresPair, setup: Setup): Inline[][] {
  const line = (label: string, words: string | null): Inline[][] =>
    words === null ? [] : [[bold(`${label}: `), t(words)]]
  const counted = (key: 'filed' | 'closed' | 'reopened') => line(DEFINITIONS[key].name, amount(week[key], before[key]))
  const share = (key: 'fixedFirstTime' | 'avoidable') => line(DEFINITIONS[key].name, partOf(week[key], before[key]))
  const time = (key: 'toOwn' | 'toCallback' | 'toFixed') =>
    line(`Median time ${DEFINITIONS[key].name.toLowerCase()}`, duration(week[key], before[key]))
  return [
    ...line('Promised calls besides', besides(week)),
    ...line(`On site within ${inHours(setup.policy.response)}`, partOf(week.onSite, before.onSite)),
    ...line(`${DEFINITIONS.withPart.name}, of those on site`, partOf(week.withPart, before.withPart)),
    ...time('toOwn'),
    ...time('toCallback'),
    ...time('toFixed'),
    ...share('fixedFirstTime'),
    ...share('avoidable'),
    ...line(DEFINITIONS.handOvers.name, perComplaint(week.handOvers, before.handOvers)),
    ...counted('filed'),
    ...counted('closed'),
    ...counted('reopened'),
  ]
}

/** Promises that were neither kept nor missed. */
function besides({ attempted, moved }: Figures): string | null {
  const parts = [
    attempted > 0 ? `${attempted} tried in time without reaching the customer` : '',
    moved > 0 ? `${moved} moved, with a reason` : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? null : parts.join('; ')
}

function amount(now: number, was: number): string | null {
  if (now === was) return now === 0 ? null : `${now}, as many as the week before`
  return `${now}, ${now > was ? 'up' : 'down'} from ${was}`
}

/** Whole per cent, of which 0 and 100 mean none and all. */
const percent = (share: number): number =>
  share === 0 || share === 1 ? share * 100 : Math.min(99, Math.max(1, Math.round(share * 100)))

const shareOf = ({ count, of }: Part): number => percent(count / of)

function partOf(now: Part, was: Part): string | null {
  const tell = (part: Part): string => `${part.count} of ${part.of}, ${shareOf(part)}%`
  if (now.of === 0) return was.of === 0 ? null : `nothing to measure this week; the week before ${tell(was)}`
  if (was.of === 0) return tell(now)
  const by = shareOf(now) - shareOf(was)
  return `${tell(now)}; ${by === 0 ? 'the same as' : by > 0 ? 'up from' : 'down from'} the week before (${tell(was)})`
}

/** "0.4 (4 in 10 closed)". */
function perComplaint(now: Part, was: Part): string | null {
  if (now.count === 0 && was.count === 0) return null
  const mean = ({ count, of }: Part): string => (of === 0 ? '0' : String(Number((count / of).toFixed(2))))
  const tell = (part: Part): string => `${mean(part)} (${part.count} in ${part.of} closed)`
  if (now.of === 0) return `nothing to measure this week; the week before ${tell(was)}`
  if (was.of === 0) return tell(now)
  const [by, than] = [Number(mean(now)) - Number(mean(was)), `the week before (${mean(was)})`]
  return `${tell(now)}, ${by === 0 ? 'as many as' : by > 0 ? 'more than' : 'fewer than'} ${than}`
}

function duration(now: number | null, was: number | null): string | null {
  if (now === null) return was === null ? null : `nothing to measure this week; the week before ${span(was)}`
  if (was === null) return span(now)
  if (span(now) === span(was)) return `${span(now)}, the same as the week before`
  return `${span(now)}, ${now < was ? 'faster' : 'slower'} than the week before (${span(was)})`
}

/** What settling it took, and where most of that went. */
function ofCosts(figures: FiguresPair, costs: Costs | null): RichTextBlockElement[][] {
  const [now, was] = [figures.period.makeGoodCost, figures.before.makeGoodCost]
  if (now === 0 && was === 0) return []
  const money = (amount: number): string => moneyWords(amount, figures.currency)
  const than =
    now === was ? 'the same as the week before' : `${now > was ? 'up' : 'down'} from ${money(was)} the week before`
  const most = ([first]: readonly Cost[] = []): string =>
    first && first.amount > 0 ? `${costName(first.name ?? 'not known yet')}, ${money(first.amount)}` : ''
  const where = [
    ['by cause', most(costs?.cause)],
    ['by department', most(costs?.department)],
    ['by customer', most(costs?.customer)],
  ].flatMap(([label, words]) => (words ? [`${label}: ${words}`] : []))
  const mostly = where.length === 0 ? '' : `. Most of it, ${where.join('; ')}`
  return [[para(bold(`${DEFINITIONS.makeGoodCost.name}: `), t(`${money(now)}, ${than}${mostly}`))]]
}

const costName = (text: string): string => within(oneLine(text), 24, 40)

function ofCauses(figures: FiguresPair, here: string | null, bars: 'bars' | 'no bars'): RichTextBlockElement[][] {
  const { causes, period: week, before } = figures
  const caused = amount(week.caused, before.caused)
  if (caused === null) return []
  const title = here
    ? [bold(`Caused in ${here}: `), t(`${caused}, of all complaints closed`)]
    : [bold('Why it happened')]
  const lines = causes.slice(0, MOST.causes).map((cause, place) => causeLine(cause, place, causes[0]?.count ?? 1, bars))
  const rest = causes.slice(MOST.causes)
  if (rest.length > 0) {
    const complaints = rest.reduce((sum, cause) => sum + cause.count, 0)
    lines.push([
      t(`${many(rest.length, 'other cause', 'other causes')}: ${many(complaints, 'complaint', 'complaints')}`),
    ])
  }
  return lines.length > 0 ? [[para(...title), bullets(lines)]] : here ? [[para(...title)]] : []
}

function causeLine(cause: CauseShare, place: number, most: number, bars: 'bars' | 'no bars'): Inline[] {
  const group = cause.group === null ? '' : ` (${name(cause.group)})`
  const reached = place === 0 ? '' : `, ${percent(cause.cumulative)}% with those above`
  const bar = '▇'.repeat(Math.max(1, Math.round((cause.count / most) * BAR)))
  return [
    bold(name(cause.name)),
    t(`${group}: ${many(cause.count, 'complaint', 'complaints')}, ${percent(cause.share)}%${reached}`),
    ...(bars === 'bars' ? [t(` ${bar}`)] : []),
  ]
}

function ofOpen(open: readonly OpenSince[], slot: Date): RichTextBlockElement[] {
  if (open.length === 0) return [para(t('Nothing is open: whatever was filed is closed.'))]
  const lines = open.map(({ number, customer, owner, toldAt }) => [
    bold(`#${number} `),
    t(`${name(customer)}: told us ${span(slot.getTime() - new Date(toldAt).getTime())} ago, `),
    owner === null ? t('nobody owns it yet') : person(owner),
  ])
  return [para(bold(DEFINITIONS.oldestOpen.name)), bullets(lines)]
}

function ofRepeats({ total, top }: FiguresPair['repeatCustomers']): RichTextBlockElement[][] {
  if (total === 0) return []
  const shown = top.slice(0, MOST.customers)
  const lines = shown.map(({ customer, count }) => [t(`${name(customer)}: ${count} complaints in 60 days`)])
  if (total > shown.length) lines.push([t(`and ${many(total - shown.length, 'other customer', 'other customers')}`)])
  return [[para(bold(DEFINITIONS.repeatCustomers.name)), bullets(lines)]]
}

/** For everybody who filed, however much: no number beside a name. */
function thanks({ total, top }: FiguresPair['reporters']): string {
  if (total === 0) return 'The next complaint is as welcome as ever.'
  const people = top.slice(0, MOST.reporters).map(({ user }) => mention(user))
  if (total > people.length) people.push(many(total - people.length, 'other', 'others'))
  const last = people.pop()
  return `Thank you, ${people.length === 0 ? last : `${people.join(', ')} and ${last}`}. What you filed is how we learn.`
}

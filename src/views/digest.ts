import type { ImageBlock, KnownBlock, RichTextBlockElement } from '@slack/types'
import type { CauseShare, Costs, FiguresPair, Overdue, OverdueAction } from '../complaint/figures.ts'
import { MOST_BARS, type Picture } from '../complaint/picture.ts'
import type { Department, Setup } from '../complaint/setup.ts'
import { context, header, type Message, message, section } from './blocks.ts'
import {
  besides,
  type Change,
  changes,
  complaintsOf,
  nameOf,
  percent,
  periodBefore,
  thisPeriod,
} from './figureWords.ts'
import { mention } from './people.ts'
import { image } from './pictures.ts'
import { bold, bullets, type Inline, para, rich, t } from './rich.ts'
import { seeActions, seeThem } from './seeThem.ts'
import { escaped, many, oneLine, span as spanOf, within } from './text.ts'

/** Most shown of each list: a digest is one screen, and its blocks have to stay within what Slack takes. */
const MOST = { causes: MOST_BARS.causes, overdue: 3, reporters: 20 } as const
const NAME = { limit: 60, json: 80 }
/** Characters of JSON of a picture's alternative text: what it says stands in the digest, too. */
const ALTERNATIVE = 480
/** Characters of the longest bar. */
const BAR = 10

export interface Told {
  readonly setup: Setup
  /** Null for the whole company. */
  readonly department: Department | null
  /** The period is not over: what is compared is as much of the one before. */
  readonly isSoFar: boolean
  /** What the period's make-goods were about; the whole company's alone tells. */
  readonly costs: Costs | null
  /** Those that Slack has. */
  readonly pictures?: readonly { readonly file: string; readonly picture: Picture }[]
}

/** One screen: the sentence that matters most, why it happened, what changed, what is overdue, and thanks. */
export function digest(figures: FiguresPair, told: Told): Message {
  const here = hereOf(told)
  const drawn = (causes: Causes): Message =>
    message([
      header(firstSentence(figures, told)),
      context(escaped(`${kindOf(figures, told)}${here ? ` · ${here}` : ''} · ${days(figures, told)}`)),
      ...missed(figures, told),
      ...(here ? fixed(figures, told, here) : []),
      ...caused(figures, told, causes),
      ...changed(figures, told.setup).map((part) => rich(...part)),
      ...overdue(figures, told),
      ...overdueActions(figures, told),
      section(thanks(figures.reporters)),
    ])
  // What is drawn is for the eye alone: the text that is read aloud has it in words.
  return { text: drawn('words').text, blocks: drawn(imagesOf(told, 'pareto').length > 0 ? 'picture' : 'bars').blocks }
}

type Causes = 'picture' | 'bars' | 'words'

export const name = (text: string): string => within(oneLine(text), NAME.limit, NAME.json)

export const hereOf = ({ department }: Told): string | null => department && name(department.name)

export const imagesOf = ({ pictures = [] }: Told, kind: Picture['kind']): ImageBlock[] =>
  pictures.flatMap(({ file, picture }) => (picture.kind === kind ? [image(file, picture, ALTERNATIVE)] : []))

const kindOf = ({ span }: FiguresPair, { isSoFar }: Told): string =>
  isSoFar ? `Report of the ${span} so far` : 'Weekly digest'

/** "Mon 2 Mar to Mon 9 Mar", on the workspace's clock. */
function days({ span, from, to }: FiguresPair, { setup, isSoFar }: Told): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: setup.timezone, weekday: 'short', day: 'numeric', month: 'short' },
  })
  const day = (instant: string): string => format.format(new Date(instant)).replace(',', '')
  return `${day(from)} to ${day(to)}, against ${isSoFar ? 'as much of ' : ''}${periodBefore(span)}`
}

/** What matters most: whether the calls we promised were made. */
function firstSentence({ span, period, before }: FiguresPair, told: Told): string {
  const { count, of } = period.promisesKept
  const [now, than] = [thisPeriod(span, told.isSoFar), periodBefore(span)]
  const here = hereOf(told)
  if (of === 0) {
    if (period.filed === 0)
      return `Nothing was filed ${here ? `for ${here} ` : ''}${now}, and no promised call fell due`
    return `No promised call fell due ${now}; ${many(period.filed, 'complaint was', 'complaints were')} filed`
  }
  const was = before.promisesKept
  if (count === of) {
    const all = of === 1 ? 'The one promised call was made in time' : `All ${of} promised calls were made in time`
    return was.of === 0 ? all : `${all}; ${than}, ${was.count} of ${was.of}`
  }
  const made = `${count} of ${many(of, 'promised call was', 'promised calls were')} made in time`
  if (was.of === 0) return `${made}; none fell due ${than}`
  // By their share: more of many more is no progress.
  const [share, old] = [percent(count / of), percent(was.count / was.of)]
  if (share === old) return `${made}: ${share}%, as ${than}`
  return `${made}: ${share}%, ${share > old ? 'up' : 'down'} from ${old}% ${than}`
}

/** The calls that were not made, and those that were neither. */
function missed(figures: FiguresPair, told: Told): KnownBlock[] {
  const { count, of } = figures.period.promisesKept
  const others = besides(figures.period)
  const some = of - count
  if (some === 0) return others === null ? [] : [section(`Of the other calls, ${others}.`)]
  const calls = `*${many(some, 'promised call was', 'promised calls were')} not made in time*`
  return [seeThem(`${calls}${others === null ? '.' : `; besides, ${others}.`}`, 'promisesKept', figures, told)]
}

/** What a department fixed, beside what it caused. */
function fixed(figures: FiguresPair, told: Told, here: string): KnownBlock[] {
  const { period, before, span } = figures
  if (period.closed === 0 && before.closed === 0) return []
  const { count, of } = period.fixedFirstTime
  const first = of === 0 ? '' : `; of ${of} fixed for the first time, ${count} stayed so`
  const words = `*${escaped(`${here} closed ${numberOrNone(period.closed)}`)}*, ${before.closed} ${periodBefore(span)}${first}.`
  return [period.closed > 0 ? seeThem(words, 'closed', figures, told) : section(words)]
}

const numberOrNone = (count: number): string => (count === 0 ? 'no complaint' : complaintsOf(count))

/** Why it happened; for a department, what arose there, whoever mended it. */
function caused(figures: FiguresPair, told: Told, as: Causes): KnownBlock[] {
  const { causes, period, before, span } = figures
  const here = hereOf(told)
  const title = here
    ? `*${escaped(`${period.caused === 0 ? 'No complaint' : complaintsOf(period.caused)} arose in ${here}`)}*, ${before.caused} ${periodBefore(span)}.`
    : '*Why it happened*'
  if (causes.length === 0) {
    const isTold = here && before.caused + period.closed + before.closed > 0
    return [...(isTold ? [section(title)] : []), ...imagesOf(told, 'trend')]
  }
  if (as === 'picture') return [...(here ? [seeThem(title, 'caused', figures, told)] : []), ...imagesOf(told, 'pareto')]
  const lines = causes.slice(0, MOST.causes).map((cause) => causeLine(cause, causes[0]?.count ?? 1, as))
  const rest = causes.slice(MOST.causes)
  if (rest.length > 0) {
    const complaints = rest.reduce((sum, cause) => sum + cause.count, 0)
    lines.push([t(`${many(rest.length, 'other cause', 'other causes')}: ${complaints}`)])
  }
  return [seeThem(title, 'caused', figures, told), rich(bullets(lines))]
}

function causeLine(cause: CauseShare, most: number, as: Causes): Inline[] {
  const bar = '▇'.repeat(Math.max(1, Math.round((cause.count / most) * BAR)))
  return [
    bold(name(cause.name)),
    t(`: ${cause.count}, ${percent(cause.share)}%`),
    ...(as === 'bars' ? [t(` ${bar}`)] : []),
  ]
}

function changed(figures: FiguresPair, setup: Setup): RichTextBlockElement[][] {
  const { better, worse } = changes(figures)
  const lines = (title: string, found: readonly Change[]): RichTextBlockElement[][] =>
    found.length === 0
      ? []
      : [[para(bold(title)), bullets(found.map(({ key, words }) => [t(`${nameOf(key, setup)}: ${words}`)]))]]
  const than = periodBefore(figures.span)
  return [...lines(`Better than ${than}`, better), ...lines(`Not as good as ${than}`, worse)]
}

function overdue(figures: FiguresPair, told: Told): KnownBlock[] {
  const { total, top } = figures.overdue
  if (total === 0)
    return [section(figures.load.open === 0 ? 'Nothing is open: whatever was filed is closed.' : 'Nothing is overdue.')]
  const end = new Date(figures.to).getTime()
  const line = ({ number, customer, owner, dueAt }: Overdue): string =>
    `• *#${number}* ${escaped(name(customer))}: over by ${spanOf(end - new Date(dueAt).getTime())}, ${owner === null ? 'nobody owns it yet' : mention(owner)}`
  const shown = top.slice(0, MOST.overdue)
  const rest = total - shown.length
  const lines = [
    `*${total} overdue*`,
    ...shown.map(line),
    ...(rest > 0 ? [`• and ${many(rest, 'other', 'others')}`] : []),
  ]
  return [seeThem(lines.join('\n'), 'overdue', figures, told)]
}

/** What was to end a cause, and is not done. */
function overdueActions(figures: FiguresPair, told: Told): KnownBlock[] {
  const { total, top } = figures.overdueActions
  if (total === 0) return []
  const end = new Date(figures.to).getTime()
  const line = ({ complaint, flaw, words, takenBy, dueAt }: OverdueAction): string =>
    `• *${flaw === null ? `#${complaint}` : `Systemic flaw ${flaw}`}* ${escaped(name(words.replace(/[\s.]+$/, '')))}: over by ${spanOf(end - new Date(dueAt).getTime())}, taken by ${mention(takenBy)}`
  const rest = total - top.length
  const lines = [
    `*${many(total, 'corrective action', 'corrective actions')} overdue*`,
    ...top.map(line),
    ...(rest > 0 ? [`• and ${many(rest, 'other', 'others')}`] : []),
  ]
  return [seeActions(lines.join('\n'), figures, told)]
}

/** For everybody who filed, however much: no number beside a name. */
function thanks({ total, top }: FiguresPair['reporters']): string {
  if (total === 0) return 'The next complaint is as welcome as ever.'
  const people = top.slice(0, MOST.reporters).map(({ user }) => mention(user))
  if (total > people.length) people.push(many(total - people.length, 'other', 'others'))
  const last = people.pop()
  return `Thank you, ${people.length === 0 ? last : `${people.join(', ')} and ${last}`}. What you filed is how we learn.`
}

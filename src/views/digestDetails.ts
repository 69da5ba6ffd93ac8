import type { KnownBlock, RichTextBlockElement } from '@slack/types'
import { BEHIND, type Behind } from '../complaint/behind.ts'
import { DEFINITIONS } from '../complaint/definitions.ts'
import type { Cost, FiguresPair, OpenSince } from '../complaint/figures.ts'
import { moneyWords } from '../complaint/money.ts'
import { header, type Message, message, section } from './blocks.ts'
import { hereOf, imagesOf, name, type Told } from './digest.ts'
import { comparedWords, complaintsOf, type FigureKey, figureWords, nameOf, percent } from './figureWords.ts'
import { bold, bullets, para, person, rich, t } from './rich.ts'
import { seeThem } from './seeThem.ts'
import { escaped, many, span as spanOf } from './text.ts'

/** Most named. */
const CUSTOMERS = 5
const CAUSES = 7
const ORIGINS = 6

/** In this order; what nine in ten stayed within stands beside its median. */
const TOLD = [
  ...([
    'promisesKept',
    'attempted',
    'moved',
    'onSite',
    'withPart',
    'toOwn',
    'toCallback',
    'toFixed',
    'fixedFirstTime',
  ] as const),
  ...(['avoidable', 'handOvers', 'reopened', 'makeGoodCost', 'cameBack', 'caused'] as const),
  ...(['actionsDone', 'actionsEffective', 'filed', 'closed'] as const),
] satisfies FigureKey[]

const isBehind = (key: string): key is Behind => (BEHIND as readonly string[]).includes(key)

/** In the digest's thread: every figure against the period before, with the list behind it. */
export function digestFigures(figures: FiguresPair, told: Told): Message | null {
  const { period, load } = figures
  const lines = TOLD.flatMap((key): KnownBlock[] => {
    const words = comparedWords(key, figures)
    if (words === null) return []
    const nine = `${key}90th` as FigureKey
    const most = nine in period ? figureWords(nine, period, figures.currency) : null
    const within = most === figureWords(key, period, figures.currency) ? null : most
    const text = `*${escaped(nameOf(key, told.setup))}:* ${escaped(words)}${within === null ? '' : `; nine in ten within ${within}`}${key === 'makeGoodCost' ? mostly(figures, told) : ''}`
    return [isBehind(key) && hasSome(figures, key) ? seeThem(text, key, figures, told) : section(text)]
  })
  const hands = `*${DEFINITIONS.load.name}:* ${load.open} open, ${load.overdue} overdue, ${load.unowned} with nobody yet`
  if (lines.length === 0 && load.open === 0) return null
  const here = hereOf(told)
  return message([
    header(here ? `${here} in figures` : 'All in figures'),
    ...lines,
    load.open > 0 ? seeThem(hands, 'open', figures, told) : section(hands),
  ])
}

/** Where most of what was given went. */
function mostly({ currency }: FiguresPair, { costs }: Told): string {
  const most = ([first]: readonly Cost[] = []): string =>
    first && first.amount > 0 ? `${name(first.name ?? 'not known yet')}, ${moneyWords(first.amount, currency)}` : ''
  const where = [
    ['by cause', most(costs?.cause)],
    ['by department', most(costs?.department)],
    ['by customer', most(costs?.customer)],
  ].flatMap(([label, words]) => (words ? [`${label}: ${words}`] : []))
  return where.length === 0 ? '' : escaped(`. Most of it, ${where.join('; ')}`)
}

/** Whether there is anything in the list behind a figure. */
function hasSome({ period }: FiguresPair, key: FigureKey): boolean {
  const value = period[key]
  if (typeof value !== 'object' || value === null) return value !== null && value > 0
  // Of these, the list holds what fell short.
  return key === 'avoidable' || key === 'handOvers' ? value.count > 0 : value.count < value.of
}

/** In the digest's thread: the other pictures, why and where it arose, what is open the longest, and who came back. */
export function digestLists(figures: FiguresPair, told: Told): Message | null {
  const pareto = imagesOf(told, 'pareto')
  const parts = [ofCauses(figures), ofOrigins(figures), ofOpen(figures), ofRepeats(figures)].flat()
  const blocks: KnownBlock[] = [
    // Where the causes are shown in the digest, the trend has not been yet.
    ...(pareto.length > 0 ? imagesOf(told, 'trend') : []),
    ...imagesOf(told, 'load'),
    ...parts.map((part) => rich(...part)),
  ]
  return blocks.length === 0 ? null : message(blocks)
}

function ofCauses({ causes }: FiguresPair): RichTextBlockElement[][] {
  if (causes.length === 0) return []
  const lines = causes
    .slice(0, CAUSES)
    .map(({ group, count, share, cumulative, ...cause }, place) => [
      bold(name(cause.name)),
      t(
        `${group === null ? '' : ` (${name(group)})`}: ${complaintsOf(count)}, ${percent(share)}%${place === 0 ? '' : `, ${percent(cumulative)}% with those above`}`,
      ),
    ])
  const rest = causes.length - CAUSES
  if (rest > 0) lines.push([t(`and ${many(rest, 'other cause', 'other causes')}`)])
  return [[para(bold(DEFINITIONS.causes.name)), bullets(lines)]]
}

function ofOrigins({ origins }: FiguresPair): RichTextBlockElement[][] {
  if (origins.length === 0) return []
  const lines = origins
    .slice(0, ORIGINS)
    .map((origin) => [bold(name(origin.name)), t(`: ${complaintsOf(origin.count)}, ${percent(origin.share)}%`)])
  return [[para(bold(DEFINITIONS.origins.name)), bullets(lines)]]
}

function ofOpen({ oldestOpen, to }: FiguresPair): RichTextBlockElement[][] {
  if (oldestOpen.length === 0) return []
  const end = new Date(to).getTime()
  const line = ({ number, customer, owner, toldAt }: OpenSince) => [
    bold(`#${number} `),
    t(`${name(customer)}: told us ${spanOf(end - new Date(toldAt).getTime())} ago, `),
    owner === null ? t('nobody owns it yet') : person(owner),
  ]
  return [[para(bold(DEFINITIONS.oldestOpen.name)), bullets(oldestOpen.map(line))]]
}

function ofRepeats({ repeatCustomers: { total, top }, span }: FiguresPair): RichTextBlockElement[][] {
  if (total === 0) return []
  const shown = top.slice(0, CUSTOMERS)
  const since = span === 'quarter' ? 'this quarter' : 'in 60 days'
  const lines = shown.map(({ customer, count }) => [t(`${name(customer)}: ${complaintsOf(count)} ${since}`)])
  if (total > shown.length) lines.push([t(`and ${many(total - shown.length, 'other customer', 'other customers')}`)])
  return [[para(bold(DEFINITIONS.repeatCustomers.name)), bullets(lines)]]
}

import type { Button, KnownBlock } from '@slack/types'
import type { HomeList } from '../complaint/home.ts'
import type { Refusal } from '../complaint/refusals.ts'
import type { Deed } from '../complaint/roles.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { actions, button, context, section } from './blocks.ts'
import { buttons, settleButton } from './card.ts'
import { callbackWords, responseWords } from './clockWords.ts'
import { ACTIONS } from './ids.ts'
import { mention } from './people.ts'
import { bold, type Inline, isWeb, para, rich, t } from './rich.ts'
import { escaped, oneLine, when, within } from './text.ts'
import { departmentName, FEELING, FIX, titleOf } from './words.ts'

export interface HomeRow {
  readonly complaint: Complaint
  /** Slack's address of its card, once posted. */
  readonly cardLink: string | null
  /** Why the reader may not do this to it, or null where they may. */
  readonly mayNot: (deed: Deed) => Refusal | null
}

/** What a card's button is pressed for, where not everybody may press it who sees the complaint. */
export const DEEDS: Readonly<Record<string, Deed>> = {
  [ACTIONS.own]: 'own',
  [ACTIONS.logCallback]: 'log-callback',
  [ACTIONS.visit]: 'plan-visit',
  [ACTIONS.arrived]: 'arrive',
  [ACTIONS.outcome]: 'visit-outcome',
  [ACTIONS.handOver]: 'hand-over',
  [ACTIONS.settle]: 'settle',
  [ACTIONS.closeOut]: 'close-out',
  [ACTIONS.reopen]: 'reopen',
}

const EXCERPT = { limit: 140, json: 400 }

/** A complaint on a Home: what it is, how it stands, and what the reader can do about it. */
export function homeRow(
  { complaint, cardLink, mayNot }: HomeRow,
  list: HomeList,
  { setup, now }: Context,
): KnownBlock[] {
  const { number, report } = complaint
  if (mayNot('see-card')) return [section(`*#${number}* · Confidential`)]
  const said = within(oneLine(report.words), EXCERPT.limit, EXCERPT.json)
  return [
    rich(para(titled(titleOf(complaint), cardLink), t(`\n${FEELING[report.feeling]}: ${said}`))),
    context(standing(complaint, setup, now)),
    { ...actions(...offered(complaint, mayNot, setup)), block_id: `${list}:${number}` },
  ]
}

/** The buttons of its card, as far as the reader may press them; none stands out among so many. */
function offered(complaint: Complaint, mayNot: HomeRow['mayNot'], setup: Setup): Button[] {
  const { number, duplicateOf, settling } = complaint
  if (duplicateOf !== null)
    return [button('Open', ACTIONS.show, String(duplicateOf)), button('More', ACTIONS.more, String(number))]
  const allowed = [...(settling ? [settleButton(number)] : []), ...buttons(complaint, setup)].filter(
    ({ action_id }) => {
      const deed = DEEDS[action_id ?? '']
      return deed === undefined || mayNot(deed) === null
    },
  )
  return allowed.map(({ style: _, ...plain }) => plain)
}

interface Context {
  readonly setup: Setup
  readonly now: Date
}

const titled = (title: string, link: string | null): Inline =>
  isWeb(link) ? { type: 'link', url: link, text: title, style: { bold: true } } : bold(title)

function standing(complaint: Complaint, setup: Setup, now: Date): string {
  const { owner, reporter, department, duplicateOf, settling } = complaint
  const where = escaped(departmentName(setup, department))
  if (duplicateOf !== null) return `The same complaint as #${duplicateOf}, which goes on there · ${where}`
  if (complaint.status === 'closed') {
    const { fix, at } = complaint.closeOut
    return `Closed: ${FIX[fix]}, ${when(at)} · ${where}`
  }
  return [
    `Response: ${responseWords(complaint, now)} · Callback: ${callbackWords(complaint, now)}`,
    `${owner === null ? 'Nobody yet' : mention(owner)} · ${where} · Filed by ${mention(reporter)}`,
    ...(settling ? [`To be settled by the leads: ${where}, or ${escaped(departmentName(setup, settling.to))}`] : []),
  ].join('\n')
}

import type { Button, KnownBlock } from '@slack/types'
import { caseOf, type Flaw } from '../complaint/flaw.ts'
import { calledFirst, nextRung } from '../complaint/ladder.ts'
import type { Picture } from '../complaint/picture.ts'
import { hoursOf, type Setup, type Severity } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { actions, button, context, header, type Message, message, mrkdwn, section } from './blocks.ts'
import { NEXT_CALL, passedOver } from './call.ts'
import { responseWords } from './clockWords.ts'
import { commonOf, flawTitle } from './flaw.ts'
import { ACTIONS } from './ids.ts'
import { mention, mentionsOf } from './people.ts'
import { image } from './pictures.ts'
import { bold, bullets, date, type Inline, para, person, quote, rich, t } from './rich.ts'
import { escaped, oneLine, when, within } from './text.ts'
import { departmentName, SEVERITY } from './words.ts'

/** Complaints that the card lists, the newest ones. */
export const FLAW_ROWS = 10

const CUSTOMER = { limit: 80, json: 130 }
const WORDS = { limit: 400, json: 900 }

interface Joined {
  readonly customers: number
  /** How many are confidential: nothing else is told of them. */
  readonly confidential: number
  readonly newest: readonly {
    readonly number: number
    readonly customer: string
    readonly severity: Severity
    readonly status: Complaint['status']
    readonly toldAt: Date
  }[]
}

interface Card {
  readonly setup: Setup
  readonly now: Date
  readonly joined: Joined
  /** How they became more. */
  readonly trend: { readonly file: string; readonly picture: Picture } | null
}

/** The card of a flaw: what holds the complaints together, which they are, and who takes it. */
export function flawCard(flaw: Flaw, { setup, now, joined, trend }: Card): Message {
  const complaint = caseOf(flaw)
  const { kind } = flaw.topic
  const count = flaw.complaints.length
  const shared = kind === 'cause' ? 'have one root cause' : 'name one part or site'
  return message([
    header(flawTitle(flaw, setup)),
    section(
      `${count} complaints of ${joined.customers === 1 ? 'one customer' : `${joined.customers} customers`} ${shared}: *${escaped(commonOf(flaw, setup))}*. ` +
        `${flaw.before === null ? '' : `It was systemic flaw ${flaw.before} before, and has come back. `}What is behind them, so that the next one does not happen?`,
    ),
    ...(trend ? [image(trend.file, trend.picture)] : []),
    rich(para(bold('Complaints')), bullets(rows(flaw, joined))),
    {
      type: 'section',
      fields: [
        mrkdwn(`*To be closed*\n${responseWords(complaint, now)}`),
        mrkdwn(`*Owner*\n${flaw.owner === null ? 'Nobody yet' : mention(flaw.owner)}`),
        mrkdwn(
          `*Department*\n${flaw.department ? escaped(departmentName(setup, flaw.department)) : 'The whole company'}`,
        ),
      ],
    },
    ...calling(flaw, setup, now),
    ...agreed(flaw),
    actions(...buttons(flaw)),
  ])
}

function rows({ complaints }: Flaw, { newest, confidential }: Joined): Inline[][] {
  const lines = newest
    .slice(0, FLAW_ROWS)
    .map(({ number, customer, severity, status, toldAt }) => [
      bold(`#${number} `),
      t(`${within(oneLine(customer), CUSTOMER.limit, CUSTOMER.json)} · ${SEVERITY[severity]} · told `),
      date(toldAt),
      t(status === 'closed' ? ' · closed' : ' · still open'),
    ])
  const more = complaints.length - lines.length - confidential
  return [
    ...lines,
    ...(more > 0 ? [[t(`and ${more} more`)]] : []),
    ...(confidential > 0 ? [[t(`and ${confidential} that ${confidential === 1 ? 'is' : 'are'} confidential`)]] : []),
  ]
}

/** While nobody owns it, the card says who is called, and who comes next. */
function calling(flaw: Flaw, setup: Setup, now: Date): KnownBlock[] {
  if (flaw.status !== 'open') return []
  const complaint = caseOf(flaw)
  const called = flaw.ladder.called ?? calledFirst(complaint, setup, now)
  const call = [...mentionsOf(called), ...(called.company ? ['the company channel'] : [])].join(', ')
  const next = nextRung(complaint, hoursOf(setup, complaint.department))
  const notes = [
    ...called.passedOver.map(passedOver),
    ...(next ? [`If nobody takes it: ${NEXT_CALL[next.rung]}, ${when(next.at)}`] : []),
  ]
  return [
    section(call === '' ? 'Who takes it?' : `Calling ${call}: who takes it?`),
    ...(notes.length === 0 ? [] : [context(notes.join(' · '))]),
  ]
}

function agreed({ actions: all }: Flaw): KnownBlock[] {
  return all
    .slice(-2)
    .map(({ words, takenBy, dueAt, doneAt, doneBy, changed }) =>
      doneAt && doneBy
        ? rich(
            para(bold('Corrective action'), t(', done by '), person(doneBy), t(', '), date(doneAt)),
            quote(within(changed ?? words, WORDS.limit, WORDS.json)),
          )
        : rich(
            para(bold('Corrective action'), t(', taken by '), person(takenBy), t(', due '), date(dueAt)),
            quote(within(words, WORDS.limit, WORDS.json)),
          ),
    )
}

function buttons({ number, status }: Flaw): Button[] {
  const value = String(number)
  return [
    ...(status === 'open' ? [button('Own it', ACTIONS.ownFlaw, value, 'primary')] : []),
    ...(status === 'closed' ? [] : [button('Close out', ACTIONS.closeFlaw, value)]),
    button('Timeline', ACTIONS.flawTimeline, value),
  ]
}

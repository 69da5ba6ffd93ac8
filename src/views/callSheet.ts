import type { RichTextBlock, RichTextBlockElement } from '@slack/types'
import type { Callback, Complaint, Visit } from '../complaint/types.ts'
import { hasWords } from '../complaint/words.ts'
import { PROMISE } from './clockWords.ts'
import { givenWords } from './makeGoodWords.ts'
import { OPENER } from './openers.ts'
import { bold, bullets, date, type Inline, para, person, quote, rich, t } from './rich.ts'
import { span, within } from './text.ts'
import { CALLBACK_OUTCOME, FEELING, REPORT_LABELS, VISIT_OUTCOME } from './words.ts'

const WORDS = { limit: 900, json: 1_900 }
const DONE = { limit: 250, json: 500 }
/** The newest of what has been done. */
const STEPS = 5

/** All that the caller needs in front of them, the feeling first; no word of blame. */
export function callSheet(
  complaint: Complaint,
  { now, showContact }: { readonly now: Date; readonly showContact: boolean },
): RichTextBlock {
  const { feeling, words, tried, contact } = complaint.report
  const parts: RichTextBlockElement[] = [
    para(bold(`${FEELING[feeling]}. `), t('To open with:')),
    quote(OPENER[feeling]),
    para(bold('What happened'), t(`, told ${span(now.getTime() - complaint.toldAt.getTime())} ago`)),
    quote(within(words, WORDS.limit, WORDS.json)),
    para(bold('What they have tried')),
    hasWords(tried)
      ? quote(within(tried, WORDS.limit, WORDS.json))
      : para(t('Not known. Worth asking once, and noting.')),
    para(bold('What we promised last time')),
    para(...promised(complaint)),
    para(bold('What has been done since')),
    ...done(complaint),
  ]
  if (showContact && hasWords(contact)) parts.push(para(bold(`${REPORT_LABELS.contact}: `), t(contact)))
  return rich(...parts)
}

function promised({ promises }: Complaint): Inline[] {
  const last = promises.at(-1)
  if (!last) return [t('Nothing yet.')]
  const before = promises.at(-2)
  return [
    t('A call by '),
    date(last.dueAt),
    t('.'),
    ...(before && before.state !== 'pending'
      ? [t(' The promise before it, for '), date(before.dueAt), t(`: ${PROMISE[before.state].toLowerCase()}.`)]
      : []),
  ]
}

function done({ callbacks, visits, makeGoods }: Complaint): RichTextBlockElement[] {
  const steps = [
    ...callbacks.map((call) => ({ at: call.at, line: callLine(call) })),
    ...visits
      .filter((visit) => visit.calledOffAt === null)
      .map((visit) => ({ at: visit.outcomeAt ?? visit.arrivedAt ?? visit.plannedAt, line: visitLine(visit) })),
    ...makeGoods.flatMap((one) =>
      one.state === 'granted' && one.decidedAt
        ? [{ at: one.decidedAt, line: [date(one.decidedAt), t(` · Granted ${givenWords({ ...one, how: one.kind })}`)] }]
        : [],
    ),
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
  if (steps.length === 0) return [para(t('Nothing the customer has seen yet.'))]
  return [bullets(steps.slice(-STEPS).map((step) => step.line))]
}

const short = (text: string | null): string => (hasWords(text) ? `: ${within(text, DONE.limit, DONE.json)}` : '')

const callLine = (call: Callback): Inline[] => [
  date(call.at),
  t(` · Called, ${CALLBACK_OUTCOME[call.outcome].toLowerCase()}${short(call.said)}`),
]

function visitLine(visit: Visit): Inline[] {
  if (visit.remote) return [date(visit.plannedAt), t(` · Fixed remotely${short(visit.done)}`)]
  if (visit.outcome)
    return [
      date(visit.outcomeAt ?? visit.plannedAt),
      t(` · Visit, ${VISIT_OUTCOME[visit.outcome].toLowerCase()}${short(visit.done)}`),
    ]
  if (visit.arrivedAt) return [date(visit.arrivedAt), t(' · '), person(visit.who), t(' arrived')]
  return [
    person(visit.who),
    t(visit.enRouteAt ? ' is on the way, to be there ' : ' is to be there '),
    ...(visit.eta ? [t('by '), date(visit.eta)] : [t('soon')]),
  ]
}

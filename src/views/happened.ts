import type { ClockName, TimelineEntry, TimelineEvent } from '../complaint/events.ts'
import type { Rung } from '../complaint/ladder.ts'
import type { Setup } from '../complaint/setup.ts'
import type { EvidenceOrigin, Report } from '../complaint/types.ts'
import { passedOver } from './call.ts'
import { CLOCK, PROMISE, relative } from './clockWords.ts'
import { givenWords } from './makeGoodWords.ts'
import { date, type Inline, person, room, t } from './rich.ts'
import { cut, oneLine } from './text.ts'
import { causePath, departmentName, FEELING, FIX, REPORT_LABELS, SETTLEMENT, SEVERITY, VISIT_OUTCOME } from './words.ts'

/** What an entry of the timeline says: a sentence or two of ours, and people's words as they stood. */
export interface Happening {
  readonly what: readonly Inline[]
  readonly quotes: readonly { readonly label: string | null; readonly text: string }[]
}

const at = (iso: string): Inline => date(new Date(iso))
const who = (by: string | null): Inline => (by === null ? t('Amends') : person(by))
const quoted = (text: string | null, label: string | null = null) => (text === null ? [] : [{ label, text }])
const timely = (inTime: boolean | null): string =>
  inTime === null ? '.' : inTime ? ', within the response time.' : ', after the response time.'

const planned = (late: string | null | undefined): string => (late ? ', after the response time.' : '.')

/** One entry in words; the same on the thread and on the timeline. */
export function happened({ event, by }: TimelineEntry, setup: Setup): Happening {
  switch (event.kind) {
    case 'filed':
      return {
        what: [
          who(by),
          t(` filed it. The customer: ${FEELING[event.feeling].toLowerCase()}. A call is promised by `),
          at(event.promisedFor),
          t('.'),
        ],
        quotes: [],
      }
    case 'owned':
      return { what: [who(by), t(' owns it.')], quotes: [] }
    case 'handed-over':
      return {
        what: [
          who(by),
          t(` handed it over from ${departmentName(setup, event.from)} to ${departmentName(setup, event.to)}.`),
        ],
        quotes: quoted(event.reason),
      }
    case 'leads-called':
      return {
        what: [
          who(by),
          t(
            ` asked to hand it over from ${departmentName(setup, event.from)} to ${departmentName(setup, event.to)}. Who takes it is for the leads to settle`,
          ),
          ...event.called.flatMap((lead, index) => [t(index === 0 ? ': ' : ', '), person(lead)]),
          t('.'),
        ],
        quotes: quoted(event.reason),
      }
    case 'settled':
      return {
        what: [
          who(by),
          t(
            event.department === event.to
              ? ` settled it: ${departmentName(setup, event.to)} takes it from ${departmentName(setup, event.from)}.`
              : ` settled it: it stays with ${departmentName(setup, event.from)}.`,
          ),
          ...(event.owner === null ? [t(' Nobody owns it yet.')] : [t(' '), person(event.owner), t(' owns it.')]),
        ],
        quotes: [],
      }
    case 'reassigned':
      return {
        what: [
          who(by),
          ...(event.to === by ? [t(' took it on')] : [t(' made '), person(event.to), t(' its owner')]),
          ...(event.from === null || event.from === by ? [] : [t(' after '), person(event.from)]),
          t('.'),
        ],
        quotes: quoted(event.reason),
      }
    case 'callback-logged':
      return {
        what: [
          who(by),
          t(` ${CALLED[event.outcome]}`),
          t(event.promise ? ` The promise: ${PROMISE[event.promise.state].toLowerCase()}.` : ''),
          t(event.settled ? ' The customer says it is settled.' : ''),
          ...(event.nextFor ? [t(' Next call promised by '), at(event.nextFor), t('.')] : []),
        ].filter(hasText),
        quotes: quoted(event.said),
      }
    case 'promise-moved':
      return {
        what: [
          who(by),
          t(event.missed ? ' promised a new call. The one promised by ' : ' moved the call promised by '),
          at(event.from),
          t(event.missed ? ' was missed; the next is promised by ' : ' to '),
          at(event.to),
          t('.'),
        ],
        quotes: quoted(event.reason),
      }
    case 'visit-planned':
      return {
        what: [person(event.who), t(' goes to the customer, ETA '), at(event.eta), t(planned(event.late))],
        quotes: quoted(event.parts, 'Parts in hand'),
      }
    case 'visit-changed':
      return {
        what: [
          ...(event.before.who === event.after.who
            ? []
            : [person(event.before.who), t(' need not go to the customer any more. ')]),
          person(event.after.who),
          t(event.before.eta === event.after.eta ? ' goes to the customer, ETA ' : ' goes to the customer, new ETA '),
          at(event.after.eta),
          t(planned(event.late)),
        ],
        quotes: quoted(event.after.parts, 'Parts in hand'),
      }
    case 'set-out':
      return { what: [person(event.who), t(' is on the way to the customer.')], quotes: [] }
    case 'visit-called-off':
      return {
        what: [who(by), t(' called off the visit of '), person(event.who), t(', ETA '), at(event.eta), t('.')],
        quotes: quoted(event.reason),
      }
    case 'eta-passed':
      return {
        what: [t('The ETA of '), person(event.who), t(', '), at(event.eta), t(', passed without an arrival noted.')],
        quotes: [],
      }
    case 'fixed-remotely':
      return { what: [who(by), t(` fixed it remotely${timely(event.inTime)}`)], quotes: quoted(event.done) }
    case 'arrived': {
      const how = event.withPart ? ', with the part in hand' : ''
      return { what: [person(event.who), t(` arrived at the customer's${how}${timely(event.inTime)}`)], quotes: [] }
    }
    case 'visit-outcome':
      return {
        what: [who(by), t(` recorded how the visit went: ${VISIT_OUTCOME[event.outcome].toLowerCase()}.`)],
        quotes: quoted(event.done),
      }
    case 'make-good-granted':
      return { what: [who(by), t(` granted ${givenWords(event)}.`)], quotes: quoted(event.note) }
    case 'make-good-asked':
      return {
        what: [who(by), t(` asks for ${givenWords(event)}. ${ASKED[event.approver]}`)],
        quotes: quoted(event.note),
      }
    case 'make-good-waits':
      return { what: [t(`A make-good still waits for an answer. ${ASKED[event.approver]}`)], quotes: [] }
    case 'make-good-approved':
      return {
        what: [who(by), t(` approved ${givenWords(event)}, asked for by `), person(event.askedBy), t('.')],
        quotes: [],
      }
    case 'make-good-declined':
      return {
        what: [who(by), t(` declined ${givenWords(event)}, asked for by `), person(event.askedBy), t('.')],
        quotes: quoted(event.reason),
      }
    case 'edited':
      return {
        what: [who(by), t(` edited: ${editedFields(event.after).map(shortLabel).join(', ')}.`)],
        quotes: edits(event),
      }
    case 'closed':
      return {
        what: [
          who(by),
          t(
            ` closed it: ${FIX[event.fix].toLowerCase()}. Root cause: ${causePath(setup, event.rootCause)}, arose in ${departmentName(setup, event.origin)}. ` +
              `Avoidable: ${event.avoidable ? 'yes' : 'no'}. The customer says it is settled: ${SETTLEMENT[event.settled].toLowerCase()}.`,
          ),
        ],
        quotes: [...quoted(event.done), ...quoted(event.whyNone ?? null, 'Why no corrective action is needed')],
      }
    case 'action-agreed':
      return {
        what: [person(event.takenBy), t(' takes a corrective action, by '), at(event.due), t('.')],
        quotes: quoted(event.words),
      }
    case 'action-reminded':
      return { what: [t(actionReminded(event))], quotes: [] }
    case 'action-done':
      return {
        what: [who(by), t(` did the corrective action${event.inTime ? '.' : ', after it was due.'}`)],
        quotes: [...quoted(event.changed, 'What changed'), ...quoted(event.proof, 'Where it is proven')],
      }
    case 'cause-again':
      return {
        what: [
          t(`The same cause has come again${withNumber(event.complaint)} after the corrective action. Did it work?`),
        ],
        quotes: [],
      }
    case 'joined-flaw':
      return {
        what: [t(`It is one of several of its kind: systemic flaw ${event.flaw} looks for what is behind them.`)],
        quotes: [],
      }
    case 'flaw-raised':
      return { what: [t(flawRaised(event))], quotes: [] }
    case 'complaint-joined':
      return {
        what: [
          t(
            event.complaint === null
              ? 'One that is confidential is of the same kind and joined.'
              : `#${event.complaint} is of the same kind and joined.`,
          ),
        ],
        quotes: [],
      }
    case 'flaw-closed':
      return { what: [who(by), t(' closed it with a corrective action.')], quotes: [] }
    case 'recurrence-answered':
      return {
        what: [
          who(by),
          t(event.next === null ? ' says that no further action is needed.' : ' says that another action follows.'),
        ],
        quotes: quoted(event.whyNone),
      }
    case 'reopened':
      return {
        what: [
          who(by),
          t(' reopened it. A call is promised by '),
          at(event.promisedFor),
          t(event.ownerGone ? '. Nobody owns it yet.' : '.'),
        ],
        quotes: quoted(event.reason),
      }
    case 'made-confidential':
      return {
        what: [
          who(by),
          t(' made it confidential.'),
          ...among(' Named besides those it concerns anyway: ', event.people),
        ],
        quotes: [],
      }
    case 'confidential-people':
      return {
        what: [
          who(by),
          t(' changed who sees it.'),
          ...among(' Named now: ', event.added),
          ...among(' No longer named: ', event.removed),
        ],
        quotes: [],
      }
    case 'confidential-room':
      return {
        what: event.wanted
          ? [t('It is dealt with in '), room(event.channel), t(' from now on, among those it concerns.')]
          : [t('Its private channel came too late: '), room(event.channel), t(' is archived.')],
        quotes: [],
      }
    case 'confidential-refused':
      return {
        what: [
          t(
            `No private channel could be made for it: ${WHY_NO_CHANNEL[event.error] ?? `Slack says ${event.error}.`} Its card goes to one person.`,
          ),
        ],
        quotes: [],
      }
    case 'confidential-lifted':
      return { what: [who(by), t(' showed it to everybody again: it is not confidential any more.')], quotes: [] }
    case 'linked':
      return { what: [who(by), t(` linked it as a duplicate of #${event.of}, where it goes on.`)], quotes: [] }
    case 'taken-on':
      return { what: [who(by), t(` linked #${event.duplicate} here as a duplicate.`), ...sooner(event)], quotes: [] }
    case 'split':
      return { what: [who(by), t(` split it off from #${event.from} again. It goes on by itself.`)], quotes: [] }
    case 'let-go':
      return { what: [who(by), t(` split #${event.duplicate} off again.`), ...sooner(event)], quotes: [] }
    case 'evidence-added':
      return {
        what: [
          who(by),
          t(` added ${filesOf(event.files.length)}${ADDED[event.origin]}: ${event.files.map(nameOf).join(', ')}.`),
        ],
        quotes: [],
      }
    case 'evidence-refused':
      return { what: [t(event.files.map((file) => `${nameOf(file)} ${NOT_TAKEN[file.why]}`).join(' '))], quotes: [] }
    case 'evidence-gone':
      return { what: [t(`${nameOf(event)} is no longer in Slack.`)], quotes: [] }
    case 'customer-merged':
      return { what: [who(by), t(` merged the customer: ${event.customer} is ${event.into} from now on.`)], quotes: [] }
    case 'customer-renamed':
      return { what: [who(by), t(` renamed the customer: ${event.before} is called ${event.after} now.`)], quotes: [] }
    case 'war-room-asked':
      return { what: [who(by), t(' asked for a war room.')], quotes: [] }
    case 'war-room-opened':
      return { what: [t('The war room is open: '), room(event.channel), t('.')], quotes: [] }
    case 'war-room-refused':
      return {
        what: [t(`The war room could not be opened: ${WHY_NO_ROOM[event.error] ?? NO_ROOM(event.error)}`)],
        quotes: [],
      }
    case 'war-room-archived':
      return {
        what: [t('The war room is archived. What was said there can be read in '), room(event.channel), t('.')],
        quotes: [],
      }
    case 'reminded':
      return { what: [t(reminded(event))], quotes: [] }
    case 'asked':
      return { what: [person(event.owner), t(' was asked: still on it?')], quotes: [] }
    case 'still-on-it':
      return { what: [who(by), t(' is still on it.')], quotes: [] }
    case 'released':
      return {
        what:
          event.why === 'left'
            ? [person(event.owner), t(' is no longer here, so it is open for somebody else.')]
            : [
                t('No word came for a while, so it is open for somebody else. '),
                person(event.owner),
                t(', thank you for what you did; if you are on it, own it again.'),
              ],
        quotes: [],
      }
    case 'raised':
      return {
        what: [who(by), t(` raised it to the next level: ${oneLine(event.level)}.`)],
        quotes: quoted(event.tried, REPORT_LABELS.tried),
      }
    case 'words-erased':
      return {
        what: [
          t(
            event.why === 'asked'
              ? 'What was written here was erased, as the customer asked.'
              : 'What was written here was erased: it is kept for so long and no longer.',
          ),
        ],
        quotes: [],
      }
    case 'escalated':
      return { what: [t(escalated(event))], quotes: [] }
  }
}

/** "Named: Ann, Bob." */
const among = (label: string, people: readonly string[]): Inline[] =>
  people.length === 0
    ? []
    : [t(label), ...people.flatMap((one, index) => [t(index === 0 ? '' : ', '), person(one)]).filter(hasText), t('.')]

const WHY_NO_CHANNEL: Readonly<Record<string, string>> = {
  missing_scope: 'Amends may not make private channels here. An admin can add the scope groups:write to the app.',
  restricted_action: 'this workspace lets only some people make private channels. An admin can allow it to Amends.',
}

const nameOf = ({ name }: { readonly name: string }): string => `“${cut(oneLine(name), FILE_NAME)}”`
const FILE_NAME = 80

/** "a photo or file", "3 photos and files". */
export const filesOf = (count: number): string => (count === 1 ? 'a photo or file' : `${count} photos and files`)

const ADDED: Record<EvidenceOrigin, string> = {
  filing: '',
  message: ' with the message that was filed',
  visit: ' about the visit',
  'close-out': ' about how it ended',
  thread: ' in the thread',
}

const NOT_TAKEN = {
  type: 'is of a kind that is not taken as evidence here.',
  size: 'is too large to be taken as evidence here.',
  unseen: 'could not be looked at and is not listed. Please add it in this thread.',
  'too-many': 'is one too many at once. Please add it in this thread.',
} as const

const WHY_NO_ROOM: Readonly<Record<string, string>> = {
  missing_scope:
    'Amends may not make channels here. An admin can add the scope channels:manage to the app; then press War room under More again.',
  restricted_action:
    'this workspace lets only some people make channels. An admin can allow it to Amends; then press War room under More again.',
  name_taken: 'its name is taken, and so are those next to it. A channel made by hand does as well.',
}
const NO_ROOM = (error: string): string => `Slack says ${error}. War room under More tries again.`

/** Which clocks are others since a duplicate was linked, or split off. */
const sooner = ({ promisedFor, respondBy }: { promisedFor: string | null; respondBy: string | null }): Inline[] => [
  ...(promisedFor ? [t(' The call is promised by '), at(promisedFor), t(' now.')] : []),
  ...(respondBy ? [t(' Somebody is to be at the customer’s by '), at(respondBy), t(' now.')] : []),
]

const hasText = (element: Inline): boolean => element.type !== 'text' || element.text !== ''

const ASKED = {
  lead: 'The lead is asked.',
  deputy: 'The deputy is asked.',
  company: 'The company channel is asked.',
} as const

const CALLED = {
  reached: 'called and reached the customer.',
  'left-message': 'called and left a message.',
  'no-answer': 'called; no answer.',
} as const

const SHORT: Record<keyof Report, string> = {
  customer: 'customer',
  feeling: 'feeling',
  words: 'what happened',
  tried: 'what they have tried',
  severity: 'severity',
  contact: 'who to call back',
  reference: 'site, order or part',
}
const shortLabel = (field: keyof Report): string => SHORT[field]

const editedFields = (after: Partial<Report>): (keyof Report)[] =>
  (Object.keys(REPORT_LABELS) as (keyof Report)[]).filter((field) => field in after)

function edits({ before, after }: { before: Partial<Report>; after: Partial<Report> }) {
  return editedFields(after).flatMap((field) => [
    { label: `${REPORT_LABELS[field]} (before)`, text: shownValue(before, field) },
    { label: `${REPORT_LABELS[field]} (after)`, text: shownValue(after, field) },
  ])
}

function shownValue(report: Partial<Report>, field: keyof Report): string {
  if (field === 'feeling') return report.feeling ? FEELING[report.feeling] : ''
  if (field === 'severity') return report.severity ? SEVERITY[report.severity] : ''
  return report[field] ?? '(empty)'
}

function reminded({ clock, offset, company }: { clock: ClockName; offset: number; company: boolean }): string {
  const due = offset === 0 ? 'due now' : offset < 0 ? `due ${relative(offset)}` : `was due ${relative(offset)}`
  return `Reminder: ${CLOCK[clock].toLowerCase()}, ${due}.${company ? ' The company channel was told.' : ''}`
}

const withNumber = (complaint: number | null): string => (complaint === null ? '' : `, with #${complaint},`)

function flawRaised({
  complaints,
  again,
  before,
}: {
  complaints: number
  again: boolean
  before: number | null
}): string {
  if (again) return `Raised again: there are ${complaints} complaints of its kind now, twice as many as before.`
  return `${before === null ? 'Raised' : `Flaw ${before} came back: raised again`}, with ${complaints} complaints of its kind.`
}

function actionReminded({ offset, lead }: { offset: number; lead: boolean }): string {
  const due = offset === 0 ? 'due now' : offset < 0 ? `due ${relative(offset)}` : `was due ${relative(offset)}`
  return `Reminder: the corrective action, ${due}.${lead ? ' The lead was told.' : ''}`
}

const RUNG: Record<Rung, string> = {
  department: 'the department was called again',
  lead: 'the lead was called',
  company: 'the company channel was told',
}

function escalated({ rung, company, passedOver: over }: Extract<TimelineEvent, { kind: 'escalated' }>): string {
  const told = company && rung !== 'company' ? ' The company channel was told.' : ''
  const called = over.length > 0 && rung === 'lead' && !company ? 'the deputy was called' : RUNG[rung]
  return `Nobody had taken it: ${company && rung === 'lead' ? 'the lead could not be called' : called}.${over.map((one) => ` ${passedOver(one)}.`).join('')}${told}`
}

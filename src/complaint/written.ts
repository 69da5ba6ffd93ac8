import type { TimelineEvent } from './events.ts'

/** What stands in the place of words that were erased, wherever words have to stand. */
export const ERASED = '(erased)'

type Kinds = TimelineEvent['kind']
type KeysOf<Kind extends Kinds> = Exclude<keyof Extract<TimelineEvent, { kind: Kind }>, 'kind'>

/** Where the timeline holds what people wrote. Whoever adds an event says here what of it is theirs. */
const WRITTEN: { readonly [Kind in Kinds]: readonly KeysOf<Kind>[] } = {
  filed: [],
  owned: [],
  'callback-logged': ['said'],
  'promise-moved': ['reason'],
  'visit-planned': ['parts'],
  'fixed-remotely': ['done'],
  arrived: [],
  'visit-outcome': ['done'],
  edited: ['before', 'after'],
  closed: ['done', 'whyNone'],
  reopened: ['reason'],
  'evidence-added': ['files'],
  'evidence-refused': ['files'],
  'evidence-gone': ['name'],
  'customer-merged': [],
  'customer-renamed': [],
  'war-room-asked': [],
  'war-room-opened': [],
  'war-room-refused': [],
  'war-room-archived': [],
  reminded: [],
  asked: [],
  'still-on-it': [],
  released: [],
  raised: ['tried'],
  escalated: [],
  'visit-changed': ['before', 'after'],
  'set-out': [],
  'visit-called-off': ['reason'],
  'eta-passed': [],
  'make-good-granted': ['note'],
  'make-good-asked': ['note'],
  'make-good-waits': [],
  'make-good-approved': [],
  'make-good-declined': ['reason'],
  linked: [],
  'taken-on': [],
  split: [],
  'let-go': [],
  'handed-over': ['reason'],
  'leads-called': ['reason'],
  settled: [],
  reassigned: ['reason'],
  'made-confidential': [],
  'confidential-people': [],
  'confidential-room': [],
  'confidential-refused': [],
  'confidential-lifted': [],
  // What the company changes belongs to the cause, not to the customer.
  'action-agreed': [],
  'action-reminded': [],
  'action-done': [],
  'cause-again': [],
  'recurrence-answered': [],
  'joined-flaw': [],
  'flaw-raised': [],
  'complaint-joined': [],
  'flaw-closed': [],
  'words-erased': [],
}

/** The same for what customers are called. */
const NAMES: { readonly [Kind in Kinds]?: readonly KeysOf<Kind>[] } = {
  'customer-merged': ['customer', 'into'],
  'customer-renamed': ['before', 'after'],
}

/** Of a list or a part of the report, these are words, and the rest is not. */
const WORDS_WITHIN = ['words', 'tried', 'contact', 'reference', 'name', 'parts']

/** Whether somebody wrote something then. */
export const isWritten = (event: TimelineEvent): boolean => WRITTEN[event.kind].length > 0

/** An event without what people wrote and, unless the customer's name stays, without what it was called. */
export function withoutWords(event: TimelineEvent, keepsName: boolean): TimelineEvent {
  const written: readonly string[] = WRITTEN[event.kind]
  const names: readonly string[] = keepsName ? [] : (NAMES[event.kind] ?? [])
  const within = keepsName ? WORDS_WITHIN : [...WORDS_WITHIN, 'customer']
  const blank = (value: unknown): unknown => {
    if (typeof value === 'string') return ERASED
    if (Array.isArray(value)) return value.map(blankWithin)
    return blankWithin(value)
  }
  const blankWithin = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value).map(([key, one]) => [
            key,
            within.includes(key) && typeof one === 'string' ? ERASED : one,
          ]),
        )
      : value
  return Object.fromEntries(
    Object.entries(event).map(([key, value]) => [
      key,
      written.includes(key) || names.includes(key) ? blank(value) : value,
    ]),
  ) as unknown as TimelineEvent
}

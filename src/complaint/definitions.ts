import type { Figures, Lists } from './figures.ts'

/* What each figure is: its name, its formula and the rule it serves, said once, for everything that shows or counts it. */

export interface Definition {
  /** As people read it. */
  readonly name: string
  readonly formula: string
  readonly unit: 'complaints' | 'promises' | 'customers' | 'share' | 'per complaint' | 'time' | 'money' | 'list'
  /** Which way is better; null where neither is, as with how much was filed. */
  readonly better: 'more' | 'less' | null
  /** The rule of PRODUCT it serves. */
  readonly rule: string
}

const RULES = {
  promise: "A promised call is made, to the minute, or moved with the customer's knowledge: nobody is let down.",
  site: "Somebody stands at the customer's site within 24 hours, with the part in hand if possible.",
  act: 'Apologise, then act.',
  responsibility: 'Take responsibility; no passing the buck.',
  settle: 'Let staff settle the worst at once.',
  hoops: "Don't make them jump through the same hoops twice.",
  gifts: 'Complaints are gifts: the reporter is thanked, and volume is never a black mark.',
  measure: 'Measure whether it was fixed, how long that took, whether it was avoidable, and why it happened.',
  caused: 'The department that caused it rarely hears a word.',
  end: 'Corrective actions have an owner, a due date, reminders and a done button that asks what changed.',
  open: 'Transparency and access to information.',
  overwhelmed: "The fixers are overwhelmed: every department's open load is visible.",
} as const

/** "In the period" is from its first instant up to, but without, its last. Complaints are as they stand when the figures are read. */
export const DEFINITIONS: Readonly<Record<keyof Figures | keyof Lists, Definition>> = {
  filed: {
    name: 'Filed',
    formula: 'Complaints filed in the period. A duplicate counts with its original, once.',
    unit: 'complaints',
    better: null,
    rule: RULES.gifts,
  },
  closed: {
    name: 'Closed',
    formula: 'Complaints closed in the period and not reopened since.',
    unit: 'complaints',
    better: null,
    rule: RULES.measure,
  },
  reopened: {
    name: 'Reopened',
    formula: 'Complaints reopened in the period; one reopened more than once counts where it was reopened last.',
    unit: 'complaints',
    better: 'less',
    rule: RULES.measure,
  },
  promisesKept: {
    name: 'Promised calls made in time',
    formula:
      'Of the callback promises due in the period that were kept or missed, those kept; one still pending at the end of the period was missed. A duplicate’s pending one counts in the original, where it holds. Attempted and moved ones do not count.',
    unit: 'share',
    better: 'more',
    rule: RULES.promise,
  },
  attempted: {
    name: 'Tried in time',
    formula:
      'Callback promises due in the period for which a call was tried by then, but the customer was not reached.',
    unit: 'promises',
    better: null,
    rule: RULES.promise,
  },
  moved: {
    name: 'Moved',
    formula:
      'Callback promises due in the period that were replaced, before they were due, by another one with a reason.',
    unit: 'promises',
    better: null,
    rule: RULES.promise,
  },
  onSite: {
    name: 'On site in time',
    formula:
      'Of the response deadlines that were honoured in time in the period or ran out in it, those honoured no later than due; each counts once. One that ended because its complaint was closed before it was due does not count, nor does the one that stands still in a duplicate.',
    unit: 'share',
    better: 'more',
    rule: RULES.site,
  },
  withPart: {
    name: 'With the part in hand',
    formula:
      'Of the response deadlines honoured in time (see above) by somebody on site, those where "Parts in hand" named parts, or said yes, at the arrival. Remote fixes do not count.',
    unit: 'share',
    better: 'more',
    rule: RULES.site,
  },
  toOwn: {
    name: 'To own',
    formula: 'Time from filing to the first owner, of the complaints first owned in the period: the median.',
    unit: 'time',
    better: 'less',
    rule: RULES.responsibility,
  },
  toOwn90th: {
    name: 'To own, nine in ten',
    formula:
      'Time from filing to the first owner, of the complaints first owned in the period: what nine in ten stayed within, the 90th percentile between the nearest two.',
    unit: 'time',
    better: 'less',
    rule: RULES.responsibility,
  },
  toCallback: {
    name: 'To first callback',
    formula:
      'Time from filing to the first callback tried, of the complaints where that was in the period: the median.',
    unit: 'time',
    better: 'less',
    rule: RULES.act,
  },
  toCallback90th: {
    name: 'To first callback, nine in ten',
    formula:
      'Time from filing to the first callback tried, of the complaints where that was in the period: what nine in ten stayed within, the 90th percentile between the nearest two.',
    unit: 'time',
    better: 'less',
    rule: RULES.act,
  },
  toFixed: {
    name: 'To fixed',
    formula:
      'Time from the moment the customer told us to the close-out, of the complaints closed in the period as fixed or made good: the median.',
    unit: 'time',
    better: 'less',
    rule: RULES.measure,
  },
  toFixed90th: {
    name: 'To fixed, nine in ten',
    formula:
      'Time from the moment the customer told us to the close-out, of the complaints closed in the period as fixed or made good: what nine in ten stayed within, the 90th percentile between the nearest two.',
    unit: 'time',
    better: 'less',
    rule: RULES.measure,
  },
  fixedFirstTime: {
    name: 'Fixed first time',
    formula:
      'Of the complaints whose first close-out was in the period and said fixed, those not reopened within 30 days of it, as far as is known at the end of the period.',
    unit: 'share',
    better: 'more',
    rule: RULES.hoops,
  },
  avoidable: {
    name: 'Avoidable',
    formula: 'Of the complaints closed in the period, those that could have been avoided.',
    unit: 'share',
    better: 'less',
    rule: RULES.measure,
  },
  handOvers: {
    name: 'Hand-overs per complaint',
    formula:
      'Times that the complaints closed in the period went to another department, per complaint closed; for a department, of those that it closed in the end.',
    unit: 'per complaint',
    better: 'less',
    rule: RULES.responsibility,
  },
  caused: {
    name: 'Caused',
    formula: 'Complaints closed in the period whose cause arose in the department; for the company, in any.',
    unit: 'complaints',
    better: null,
    rule: RULES.caused,
  },
  makeGoodCost: {
    name: 'Make-good cost',
    formula:
      "The amounts of the make-goods granted in the period, in the workspace's currency; of a department, those that it granted or its lead did. Those without an amount count nothing.",
    unit: 'money',
    better: null,
    rule: RULES.settle,
  },
  actionsDone: {
    name: 'Corrective actions done',
    formula:
      'Of the corrective actions due in the period, those done by its end; of a department, those for what arose there.',
    unit: 'share',
    better: 'more',
    rule: RULES.end,
  },
  actionsEffective: {
    name: 'Corrective actions that worked',
    formula:
      'Of the corrective actions done whose cause came again in the period, or whose time of proof (30 days, by the policy) ran out in it without that, the latter; of a department, those for what arose there.',
    unit: 'share',
    better: 'more',
    rule: RULES.hoops,
  },
  cameBack: {
    name: 'Customers who came back',
    formula:
      'Customers with two or more complaints, duplicates and confidential ones not counted, filed in the period (in the 60 days before its end, where it is shorter), at least one of them in the period.',
    unit: 'customers',
    better: 'less',
    rule: RULES.hoops,
  },
  load: {
    name: 'On our hands',
    formula:
      'Complaints not closed and no duplicates, filed before the end of the period; of these, those with a clock that had run out by then, and those that nobody owns.',
    unit: 'complaints',
    better: null,
    rule: RULES.overwhelmed,
  },
  causes: {
    name: 'Why it happened',
    formula:
      'The complaints closed in the period by root cause, most frequent first, each with its share and the share reached so far; for a department, of those whose cause arose there.',
    unit: 'list',
    better: null,
    rule: RULES.measure,
  },
  origins: {
    name: 'Where it arose',
    formula:
      'The complaints closed in the period by the department where their cause arose, most first, each with its share; for a department, of those that it closed.',
    unit: 'list',
    better: null,
    rule: RULES.caused,
  },
  overdue: {
    name: 'Overdue',
    formula:
      'The complaints not closed with a clock that had run out by the end of the period, longest over first, the first 5.',
    unit: 'list',
    better: null,
    rule: RULES.promise,
  },
  overdueActions: {
    name: 'Overdue corrective actions',
    formula:
      'The corrective actions not done that were due by the end of the period, longest over first, the first 3; those of confidential complaints are counted only.',
    unit: 'list',
    better: null,
    rule: RULES.end,
  },
  oldestOpen: {
    name: 'Open the longest',
    formula:
      'The 5 complaints not closed and no duplicates, filed before the end of the period, whose customers told us first. Confidential ones are left out, as in the other lists of names.',
    unit: 'list',
    better: null,
    rule: RULES.open,
  },
  repeatCustomers: {
    name: 'Came back to us',
    formula: 'The customers who came back to us (see above), most complaints first, the first 10 by name.',
    unit: 'list',
    better: null,
    rule: RULES.hoops,
  },
  reporters: {
    name: 'Thanks',
    formula: 'The people who filed complaints in the period, duplicates too, most first, the first 50 by name.',
    unit: 'list',
    better: null,
    rule: RULES.gifts,
  },
}

import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { TimelineEvent } from '../complaint/events.ts'
import type { Flaw } from '../complaint/flaw.ts'
import type { HomeFilters } from '../complaint/home.ts'
import type { Asker } from '../complaint/roles.ts'
import type { DepartmentKind, Level, Policy, Severity } from '../complaint/setup.ts'
import type { TopicKind } from '../complaint/topics.ts'
import type {
  Approver,
  CallbackOutcome,
  Complaint,
  Confidential,
  EvidenceOrigin,
  Feeling,
  Fix,
  MakeGood,
  MakeGoodKind,
  PromiseState,
  ResponseState,
  Settlement,
  Settling,
  VisitOutcome,
  WarRoomState,
} from '../complaint/types.ts'
import type { Message } from './message.ts'
import type { Stored, StoredHours, StoredLadder, StoredResponse, StoredSettings } from './stored.ts'

/*
 * Every key begins with the workspace (Slack's team id), so that one database holds many and can be sharded by it.
 * Instants are timestamptz, milliseconds; "now" always comes from the caller, never from the database.
 */

const workspace = () => text().notNull()
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' })

/** One row a workspace: what is in force besides departments and causes, and the last complaint number given out. */
export const workspaces = pgTable('workspaces', {
  workspace: text().primaryKey(),
  lastNumber: integer().notNull().default(0),
  /** Grows with every change of what is in force; 0 before the first. */
  version: integer().notNull().default(0),
  settings: jsonb().$type<StoredSettings>(),
  /** When something was first put in force: no digest is owed for weeks before it. */
  configuredAt: instant(),
})

/** What left the configuration stays, retired, since complaints speak of it. */
export const departments = pgTable(
  'departments',
  {
    workspace: workspace(),
    key: text().notNull(),
    name: text().notNull(),
    kind: text().$type<DepartmentKind>().notNull(),
    channel: text().notNull(),
    lead: text(),
    deputy: text(),
    usergroup: text(),
    members: jsonb().$type<readonly string[]>().notNull().default([]),
    levels: jsonb().$type<readonly Level[]>().notNull().default([]),
    authority: integer(),
    hours: jsonb().$type<StoredHours>(),
    position: integer().notNull(),
    retired: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.key] })],
)

export const rootCauses = pgTable(
  'root_causes',
  {
    workspace: workspace(),
    key: text().notNull(),
    parent: text(),
    name: text().notNull(),
    origin: text(),
    position: integer().notNull(),
    retired: boolean().notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.key] })],
)

export const customers = pgTable(
  'customers',
  {
    workspace: workspace(),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    /** Case, white space and invisible characters ignored: see complaint/customer.ts. */
    key: text().notNull(),
    /** As it was first written. */
    name: text().notNull(),
    /** What the customer is called since it was renamed. */
    called: text(),
    firstSeenAt: instant().notNull(),
    /** Another name of this customer, who is in no way merged itself. */
    mergedInto: bigint({ mode: 'number' }),
    /** Its blocking keys are in `customer_blocks`. */
    keyed: boolean().notNull().default(false),
    /** When names like it were looked for, to ask whether they are one customer's. */
    comparedAt: instant(),
    /** Its names were erased: nobody is it any more. */
    erasedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.id] }),
    uniqueIndex('customers_by_key').on(table.workspace, table.key),
    foreignKey({ columns: [table.workspace, table.mergedInto], foreignColumns: [table.workspace, table.id] }),
    index('customers_merged').on(table.workspace, table.mergedInto).where(sql`merged_into is not null`),
    index('customers_not_keyed').on(table.workspace, table.id).where(sql`not keyed`),
  ],
)

/** Names by their blocking keys, under which similar ones are found: see complaint/similar.ts. */
export const customerBlocks = pgTable(
  'customer_blocks',
  { workspace: workspace(), block: text().notNull(), customer: bigint({ mode: 'number' }).notNull() },
  (table) => [
    primaryKey({ columns: [table.workspace, table.block, table.customer] }),
    foreignKey({ columns: [table.workspace, table.customer], foreignColumns: [customers.workspace, customers.id] }),
  ],
)

/** "Same customer as …?", asked once of each pair of names; `one` is the smaller id. */
export const sameCustomer = pgTable(
  'same_customer',
  {
    workspace: workspace(),
    one: bigint({ mode: 'number' }).notNull(),
    other: bigint({ mode: 'number' }).notNull(),
    /** The complaint after whose filing it was asked. */
    complaint: integer().notNull(),
    askedAt: instant().notNull(),
    same: boolean(),
    answeredBy: text(),
    answeredAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.one, table.other] }),
    check('same_customer_order', sql`one < other`),
  ],
)

/** Who was merged into whom, or called anew, by whom and from which complaint. Append-only. */
export const customerChanges = pgTable(
  'customer_changes',
  {
    workspace: workspace(),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    customer: bigint({ mode: 'number' }).notNull(),
    /** Null where it was only renamed. */
    into: bigint({ mode: 'number' }),
    before: text().notNull(),
    after: text().notNull(),
    complaint: integer().notNull(),
    at: instant().notNull(),
    by: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.workspace, table.id] })],
)

export const complaints = pgTable(
  'complaints',
  {
    workspace: workspace(),
    number: integer().notNull(),
    status: text().$type<Complaint['status']>().notNull(),
    customer: bigint({ mode: 'number' }).notNull(),
    /** The customer's name as the reporter wrote it. */
    customerName: text().notNull(),
    feeling: text().$type<Feeling>().notNull(),
    words: text().notNull(),
    tried: text(),
    severity: text().$type<Severity>().notNull(),
    contact: text(),
    reference: text(),
    /** Null: everybody in the company may see it. */
    confidential: jsonb().$type<Confidential>(),
    isConfidential: boolean().generatedAlwaysAs(sql`confidential is not null`).notNull(),
    department: text().notNull(),
    handOvers: integer().notNull().default(0),
    settling: jsonb().$type<Settling>(),
    reporter: text().notNull(),
    owner: text(),
    toldAt: instant().notNull(),
    filedAt: instant().notNull(),
    ownedAt: instant(),
    policy: jsonb().$type<Stored<Policy>>().notNull(),
    sourceChannel: text(),
    sourceTs: text(),
    sourcePermalink: text(),
    duplicateOf: integer(),
    levels: jsonb().$type<Readonly<Record<string, number>>>().notNull().default({}),
    ladder: jsonb().$type<StoredLadder>(),
    /** When the owner last gave a sign of life, and when they were asked for one. */
    silentSince: instant(),
    silenceAskedAt: instant(),
    edits: integer().notNull().default(0),
    reopens: integer().notNull().default(0),
    reopenedAt: instant(),
    erasedAt: instant(),
    entries: integer().notNull(),
    /** The running clock that ends first; null when none runs. */
    nextDeadline: instant(),
    closedAt: instant(),
    closedBy: text(),
    rootCause: text(),
    origin: text(),
    done: text(),
    fix: text().$type<Fix>(),
    avoidable: boolean(),
    settled: text().$type<Exclude<Settlement, 'no'>>(),
    /** The corrective action agreed then, by its number in `corrective_actions`; or why none is needed. */
    action: integer(),
    whyNone: text(),
    /** First closed and first reopened: whether it was fixed the first time. */
    firstClosedAt: instant(),
    firstFix: text().$type<Fix>(),
    firstReopenedAt: instant(),
    /** Where its card stands in Slack, once posted, and where it belongs. */
    /** Where its card stands in Slack, once posted, and where it belonged by then. */
    cardChannel: text(),
    cardTs: text(),
    cardHome: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.number] }),
    foreignKey({ columns: [table.workspace, table.customer], foreignColumns: [customers.workspace, customers.id] }),
    foreignKey({ columns: [table.workspace, table.duplicateOf], foreignColumns: [table.workspace, table.number] }),
    check('complaints_duplicate', sql`duplicate_of <> number`),
    // The gate once more, where no code path can go round it.
    check('complaints_status', sql`status in ('open', 'owned', 'closed')`),
    check('complaints_owner', sql`(status = 'open') = (owner is null)`),
    check(
      'complaints_gate',
      sql`status <> 'closed' or (root_cause is not null and origin is not null and done is not null and fix is not null and avoidable is not null and settled is not null and closed_at is not null and closed_by is not null and (action is not null or why_none is not null))`,
    ),
    index('complaints_running').on(table.workspace, table.nextDeadline, table.number).where(sql`status <> 'closed'`),
    index('complaints_owned').on(table.workspace, table.owner).where(sql`status <> 'closed'`),
    // The weekly figures read what happened in a week; by when complaints were filed, they read nothing but the index.
    index('complaints_filed').on(
      ...([
        table.workspace,
        table.filedAt,
        table.customer,
        table.department,
        table.reporter,
        table.duplicateOf,
        table.isConfidential,
      ] as const),
    ),
    index('complaints_duplicates').on(table.workspace, table.duplicateOf).where(sql`duplicate_of is not null`),
    index('complaints_closed').on(table.workspace, table.closedAt).where(sql`closed_at is not null`),
    index('complaints_owned_at').on(table.workspace, table.ownedAt).where(sql`owned_at is not null`),
    index('complaints_reopened').on(table.workspace, table.reopenedAt).where(sql`reopened_at is not null`),
    index('complaints_first_closed').on(table.workspace, table.firstClosedAt).where(sql`first_reopened_at is not null`),
    // A word in a card's thread is known by where the card stands.
    index('complaints_card').on(table.workspace, table.cardChannel, table.cardTs),
    index('complaints_with_words')
      .on(table.workspace, table.closedAt)
      .where(sql`status = 'closed' and erased_at is null`),
    index('complaints_of_customer').on(table.workspace, table.customer, table.filedAt),
    index('complaints_reported').on(table.workspace, table.reporter, table.closedAt),
    index('complaints_open_of_customer').on(table.workspace, table.customer).where(sql`status <> 'closed'`),
    index('complaints_oldest')
      .on(table.workspace, table.department, table.toldAt, table.number)
      .where(sql`status <> 'closed'`),
  ],
)

/** Where its card stood before: pointers to the one that lives, with threads in which people may still write. */
export const formerCards = pgTable(
  'former_cards',
  {
    workspace: workspace(),
    channel: text().notNull(),
    ts: text().notNull(),
    complaint: integer().notNull(),
    home: text().notNull(),
    leftAt: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.channel, table.ts] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    index('former_cards_of').on(table.workspace, table.complaint, table.leftAt),
  ],
)

const ofComplaint = {
  workspace: workspace(),
  complaint: integer().notNull(),
  seq: integer().notNull(),
}

const clock = {
  startedAt: instant().notNull(),
  dueAt: instant().notNull(),
  endedAt: instant(),
  remindedTo: instant().notNull(),
  companyToldAt: instant(),
}

export const responses = pgTable(
  'responses',
  { ...ofComplaint, ...clock, state: text().$type<ResponseState>().notNull(), withPart: boolean() },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    index('responses_due').on(table.workspace, table.dueAt),
    index('responses_honoured').on(table.workspace, table.endedAt).where(sql`state = 'honoured'`),
  ],
)

/** The ledger: no row ever leaves it. */
export const promises = pgTable(
  'promises',
  {
    ...ofComplaint,
    ...clock,
    promisedBy: text().notNull(),
    state: text().$type<PromiseState>().notNull(),
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    index('promises_due').on(table.workspace, table.dueAt),
    uniqueIndex('promises_one_pending').on(table.workspace, table.complaint).where(sql`state = 'pending'`),
  ],
)

export const callbacks = pgTable(
  'callbacks',
  {
    ...ofComplaint,
    at: instant().notNull(),
    by: text().notNull(),
    outcome: text().$type<CallbackOutcome>().notNull(),
    said: text(),
    settled: boolean().notNull(),
    promise: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    index('callbacks_first').on(table.workspace, table.at).where(sql`seq = 1`),
  ],
)

export const visits = pgTable(
  'visits',
  {
    ...ofComplaint,
    remote: boolean().notNull(),
    who: text().notNull(),
    eta: instant(),
    parts: text(),
    plannedAt: instant().notNull(),
    enRouteAt: instant(),
    etaToldAt: instant(),
    arrivedAt: instant(),
    outcome: text().$type<VisitOutcome>(),
    outcomeAt: instant(),
    done: text(),
    calledOffAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
  ],
)

/** References alone: the files stay Slack's. */
export const evidence = pgTable(
  'evidence',
  {
    ...ofComplaint,
    /** Slack's id. */
    file: text().notNull(),
    name: text().notNull(),
    mimetype: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    permalink: text(),
    origin: text().$type<EvidenceOrigin>().notNull(),
    addedAt: instant().notNull(),
    addedBy: text().notNull(),
    goneAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    index('evidence_by_file').on(table.workspace, table.file),
  ],
)

export const warRooms = pgTable(
  'war_rooms',
  {
    ...ofComplaint,
    state: text().$type<WarRoomState>().notNull(),
    askedAt: instant().notNull(),
    channel: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
  ],
)

export const flaws = pgTable(
  'flaws',
  {
    workspace: workspace(),
    number: integer().notNull(),
    kind: text().$type<TopicKind>().notNull(),
    key: text().notNull(),
    name: text(),
    department: text(),
    policy: jsonb().$type<Stored<Policy>>().notNull(),
    status: text().$type<Flaw['status']>().notNull(),
    owner: text(),
    raisedAt: instant().notNull(),
    ownedAt: instant(),
    ladder: jsonb().$type<StoredLadder>(),
    silentSince: instant(),
    silenceAskedAt: instant(),
    responses: jsonb().$type<readonly StoredResponse[]>().notNull(),
    raisedWith: integer().notNull(),
    before: integer(),
    closedAt: instant(),
    closedBy: text(),
    /** When it was over, with what was agreed on done: no complaint joins it any more. */
    endedAt: instant(),
    entries: integer().notNull(),
    /** When it has to be looked at next; null: not at all. */
    lookAt: instant(),
    /** The newest picture of its trend that Slack has, by its id in the outbox. */
    picture: bigint({ mode: 'number' }),
    cardChannel: text(),
    cardTs: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.number] }),
    check('flaws_owner', sql`(status = 'open') = (owner is null)`),
    check('flaws_closed', sql`(status = 'closed') = (closed_at is not null)`),
    // Whoever raises it second finds it raised.
    uniqueIndex('flaws_one').on(table.workspace, table.kind, table.key).where(sql`ended_at is null`),
    index('flaws_ended').on(table.workspace, table.kind, table.key, table.endedAt).where(sql`ended_at is not null`),
    index('flaws_due').on(table.workspace, table.lookAt).where(sql`look_at is not null`),
  ],
)

/** The complaints that make a flaw. */
export const flawComplaints = pgTable(
  'flaw_complaints',
  {
    workspace: workspace(),
    flaw: integer().notNull(),
    complaint: integer().notNull(),
    joinedAt: instant().notNull(),
    /** When the complaint's own card and timeline came to say so. */
    notedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.flaw, table.complaint] }),
    foreignKey({ columns: [table.workspace, table.flaw], foreignColumns: [flaws.workspace, flaws.number] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    index('flaw_complaints_of').on(table.workspace, table.complaint),
    index('flaw_complaints_new').on(table.workspace, table.flaw, table.complaint).where(sql`noted_at is null`),
  ],
)

/** Append-only. */
export const flawTimeline = pgTable(
  'flaw_timeline',
  {
    workspace: workspace(),
    flaw: integer().notNull(),
    seq: integer().notNull(),
    at: instant().notNull(),
    by: text(),
    event: jsonb().$type<TimelineEvent>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.flaw, table.seq] }),
    foreignKey({ columns: [table.workspace, table.flaw], foreignColumns: [flaws.workspace, flaws.number] }),
  ],
)

export const correctiveActions = pgTable(
  'corrective_actions',
  {
    workspace: workspace(),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    /** What it was agreed for: one of the two. */
    complaint: integer(),
    flaw: integer(),
    seq: integer().notNull(),
    words: text().notNull(),
    takenBy: text().notNull(),
    agreedBy: text().notNull(),
    rootCause: text(),
    /** Key of the department where the cause arose. */
    origin: text().notNull(),
    startedAt: instant().notNull(),
    dueAt: instant().notNull(),
    remindedTo: instant().notNull(),
    leadToldAt: instant(),
    /** Null while it is to be done. */
    doneAt: instant(),
    doneBy: text(),
    changed: text(),
    proof: text(),
    watchedUntil: instant(),
    /** Set where the same cause came again while it was watched: it was not effective. */
    recurredAt: instant(),
    recurredIn: integer(),
    answeredAt: instant(),
    answer: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.id] }),
    uniqueIndex('corrective_actions_of_complaint').on(table.workspace, table.complaint, table.seq),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    uniqueIndex('corrective_actions_of_flaw').on(table.workspace, table.flaw, table.seq),
    foreignKey({ columns: [table.workspace, table.flaw], foreignColumns: [flaws.workspace, flaws.number] }),
    check('corrective_actions_agreed', sql`(complaint is null) <> (flaw is null)`),
    check('corrective_actions_done', sql`(done_at is null) = (changed is null or proof is null)`),
    index('corrective_actions_open').on(table.workspace, table.dueAt).where(sql`done_at is null`),
    index('corrective_actions_due').on(table.workspace, table.dueAt),
    index('corrective_actions_judged')
      .on(table.workspace, sql`coalesce(recurred_at, watched_until)`)
      .where(sql`done_at is not null`),
    index('corrective_actions_done_at').on(table.workspace, table.doneAt).where(sql`done_at is not null`),
    index('corrective_actions_watched')
      .on(table.workspace, table.rootCause, table.watchedUntil)
      .where(sql`done_at is not null and recurred_at is null`),
  ],
)

/**
 * What complaints are about: parts and sites that they name, and the root cause, once they are closed. What follows from it
 * for others is found by a sweep that looks at each row once, in transactions of its own: two complaints are never locked at
 * once.
 */
export const complaintTopics = pgTable(
  'complaint_topics',
  {
    workspace: workspace(),
    kind: text().$type<TopicKind>().notNull(),
    key: text().notNull(),
    /** A part or site as it was written. */
    name: text(),
    complaint: integer().notNull(),
    /** When it came to be known. */
    countedAt: instant().notNull(),
    /** When the customer told us, or it was reopened. */
    toldAt: instant().notNull(),
    noticedAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.kind, table.key, table.complaint] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    index('complaint_topics_counted').on(table.workspace, table.kind, table.key, table.countedAt),
    index('complaint_topics_of').on(table.workspace, table.complaint),
    index('complaint_topics_new').on(table.workspace, table.toldAt, table.complaint).where(sql`noticed_at is null`),
  ],
)

/** The ledger of what customers were given, or were asked to be: no row ever leaves it. */
export const makeGoods = pgTable(
  'make_goods',
  {
    ...ofComplaint,
    kind: text().$type<MakeGoodKind>().notNull(),
    /** In the smallest unit of the currency. */
    amount: bigint({ mode: 'number' }),
    currency: text().notNull(),
    note: text(),
    department: text().notNull(),
    askedBy: text().notNull(),
    askedAt: instant().notNull(),
    state: text().$type<MakeGood['state']>().notNull(),
    approver: text().$type<Approver>(),
    answerDueAt: instant(),
    decidedBy: text(),
    decidedAt: instant(),
    reason: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
    // The gate once more, where no code path can go round it.
    check(
      'make_goods_amount',
      sql`amount > 0 and amount < 10000000000000 or amount is null and kind in ('replacement', 'visit')`,
    ),
    check(
      'make_goods_decided',
      sql`(state = 'asked') = (decided_at is null) and (state = 'asked') = (decided_by is null)`,
    ),
    index('make_goods_granted').on(table.workspace, table.decidedAt).where(sql`state = 'granted'`),
  ],
)

/** Append-only. */
export const timeline = pgTable(
  'timeline',
  { ...ofComplaint, at: instant().notNull(), by: text(), event: jsonb().$type<TimelineEvent>().notNull() },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.seq] }),
    foreignKey({
      columns: [table.workspace, table.complaint],
      foreignColumns: [complaints.workspace, complaints.number],
    }),
  ],
)

/** When each running clock has to be looked at next: the sweep reads only what is due, however many complaints are open. */
export const timers = pgTable(
  'timers',
  { workspace: workspace(), complaint: integer().notNull(), name: text().notNull(), at: instant().notNull() },
  (table) => [
    primaryKey({ columns: [table.workspace, table.complaint, table.name] }),
    index('timers_due').on(table.workspace, table.at),
  ],
)

/** Forms that were carried out, by Slack's view id: the same submission delivered twice is one. */
export const submissions = pgTable(
  'submissions',
  { workspace: workspace(), view: text().notNull(), at: instant().notNull(), complaint: integer() },
  (table) => [primaryKey({ columns: [table.workspace, table.view] }), index('submissions_by_age').on(table.at)],
)

/** Slots of the weekly digest that were taken: one of many processes sends each. */
export const digests = pgTable(
  'digests',
  { workspace: workspace(), slot: instant().notNull(), queuedAt: instant().notNull() },
  (table) => [primaryKey({ columns: [table.workspace, table.slot] })],
)

/** One row for everybody who ever opened their Home. */
export const home = pgTable(
  'home',
  {
    workspace: workspace(),
    person: text().notNull(),
    /** When they last opened it, or pressed something in it; null once Slack takes none for them. */
    openedAt: instant(),
    /** What Slack said of them then. */
    asker: jsonb().$type<Asker>().notNull(),
    filters: jsonb().$type<HomeFilters>().notNull(),
    /** Keys of the departments of which it tells; null: of all. */
    watches: jsonb().$type<readonly string[]>(),
    publishedAt: instant(),
    /** Slack's, of the view that stands there. */
    hash: text(),
    /** Digest of what stands there. */
    shown: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.person] }),
    index('home_opened').on(table.workspace, table.openedAt),
  ],
)

/**
 * - `pending`: to be sent at `notBefore` or later
 * - `sending`: leased to a process until `leasedUntil`; `dispatchedAt` was written before the call
 * - `unknown`: it may have been posted; looked up by its id in Slack before it is posted again
 * - `sent`, `dead` (refused for good), `dropped` (no longer true when its turn came)
 */
export const MESSAGE_STATES = ['pending', 'sending', 'unknown', 'sent', 'dead', 'dropped'] as const
export type MessageState = (typeof MESSAGE_STATES)[number]

/** A card that waits and was never taken; one that was taken and waits again does not stand in a newer one's way. */
export const ONE_CARD = sql`kind = 'card' and state = 'pending' and fence = 0`

export const outbox = pgTable(
  'outbox',
  {
    workspace: workspace(),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    /** Messages of one lane go out one after the other, in the order of their ids. */
    lane: text().notNull(),
    kind: text().$type<Message['kind']>().notNull(),
    message: jsonb().$type<Message>().notNull(),
    complaint: integer(),
    flaw: integer(),
    state: text().$type<MessageState>().notNull().default('pending'),
    queuedAt: instant().notNull(),
    notBefore: instant().notNull(),
    attempts: integer().notNull().default(0),
    /** Grows with every lease; whoever holds an older one can't mark the row any more. */
    fence: integer().notNull().default(0),
    leasedUntil: instant(),
    dispatchedAt: instant(),
    sentAt: instant(),
    /** Where it stands in Slack, once sent. */
    channel: text(),
    ts: text(),
    /** Slack's id of the file, once uploaded. */
    file: text(),
    /** It was refused where it belongs and goes to the fallback channel, for this reason. */
    redirected: text(),
    error: text(),
  },
  (table) => [
    primaryKey({ columns: [table.workspace, table.id] }),
    // In the order in which they are claimed.
    index('outbox_due')
      .on(table.workspace, table.notBefore, table.id)
      .where(sql`state in ('pending', 'sending', 'unknown')`),
    index('outbox_lanes')
      .on(table.workspace, table.lane, table.id)
      .where(sql`state in ('pending', 'sending', 'unknown')`),
    // What was posted is found by its complaint: what is edited once it is no longer needed, and what an erasure rewrites.
    index('outbox_of_complaint').on(table.workspace, table.complaint, table.id),
    index('outbox_of_flaw').on(table.workspace, table.flaw, table.id).where(sql`flaw is not null`),
    uniqueIndex('outbox_one_card').on(table.workspace, table.lane).where(ONE_CARD),
  ],
)

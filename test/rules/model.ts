import { DAY, HOUR } from '../../src/complaint/time.ts'
import type { Complaint, Correction, Report } from '../../src/complaint/types.ts'
import { ADMIN, concernedBy, leadsOf, mayNot } from './permissions.ts'
import { AUTHORITY, type Happening } from './walking.ts'

/**
 * A second, simpler telling of the rules, to hold the first against: it remembers a few facts and says of each command
 * whether it is accepted. It shares no code with what it checks.
 */
export interface Model {
  status: 'open' | 'owned' | 'closed'
  owner: string | null
  promiseDue: number | null
  responseRuns: boolean
  visit: 'none' | 'planned' | 'arrived'
  /** Visits so far, remote fixes among them. */
  visits: number
  setOut: boolean
  makeGoods: { by: string; department: string; cents: number; state: 'unasked' | 'asked' | 'approved' | 'declined' }[]
  vain: number
  /** War rooms asked for so far, and the one that is not over. */
  rooms: number
  room: { readonly seq: number; readonly open: boolean } | null
  edits: number
  /** Those named, while it is confidential. */
  named: readonly string[] | null
  /** Who goes to the customer. */
  visitor: string | null
  department: string
  handOvers: number
  /** The department that the leads may give it to. */
  settling: string | null
  /** What became of each corrective action. */
  actions: { done: { at: number } | null; asked: boolean; answered: boolean }[]
  /** Who took each of them. */
  takers: (string | null)[]
  /** A duplicate of another one. */
  rests: boolean
  /** Files that are, or were, evidence. */
  evidence: string[]
  /** Levels up in manufacturing. */
  height: number
}

export const modelOf = (promisedIn: number, filedAt: Date, room = false): Model => ({
  ...{ status: 'open', owner: null, promiseDue: filedAt.getTime() + promisedIn, responseRuns: true },
  ...{
    visit: 'none',
    visits: 0,
    setOut: false,
    makeGoods: [],
    vain: 0,
    edits: 0,
    actions: [],
    takers: [],
    rests: false,
  },
  ...{ evidence: [], height: 0, named: null, visitor: null },
  ...{ rooms: room ? 1 : 0, room: room ? { seq: 1, open: false } : null },
  ...{ department: 'manufacturing', handOvers: 0, settling: null },
})

const correction = ({ correctiveAction, takenBy, dueBy, whyNone }: Correction, now: Date): string | null => {
  if (blank(correctiveAction)) return blank(whyNone) ? 'no-correction' : null
  if (takenBy === null || dueBy === null) return 'missing'
  const away = dueBy.getTime() - now.getTime()
  if (away <= 0) return 'due-passed'
  return away > 365 * DAY ? 'due-too-far' : blank(whyNone) ? null : 'action-and-none'
}

const blank = (text: string | null): boolean => text === null || text.replace(/[ \u200b]/g, '') === ''
const CENTS: Record<string, number> = { '40': 4_000, '$1,200.50': 120_050, '300': 30_000, '200.01': 20_001, '': 0 }
const WHILE_RESTING = [
  ...['split', 'point-to', 'edit', 'add-evidence', 'merge-customer', 'rename-customer'],
  ...['approve-make-good', 'decline-make-good', 'finish-action', 'answer-recurrence'],
]
const LEAVES = ['defective-part', 'poor-design', 'wrong-part-number']
/** The hand-over at which the buck stops. */
const THIRD = 3
/** Of manufacturing in these lives. */
const LEVELS = 2
const DEPARTMENTS = ['service', 'manufacturing', 'logistics', 'design']

const NOBODY = { status: 'open', owner: null }

/** Follows the model through one step. Returns the kind of refusal it foresees, or null where it foresees none. */
export function follow(model: Model, happening: Happening): string | null {
  const { command } = happening
  const refusal = ('by' in command ? mayNot(model, command) : null) ?? step(model, happening)
  // Whoever is on the way, or has something to change, is named, as long as it does not concern them anyway.
  if (!refusal && model.named) {
    const busy = [model.visitor, ...model.takers.filter((_, at) => model.actions[at]?.done === null)]
    const known = [...concernedBy(model), ...model.named]
    model.named = [...model.named, ...busy.filter((one) => one !== null && !known.includes(one))] as string[]
  }
  return refusal
}

function step(model: Model, { command, now, before, after }: Happening): string | null {
  const promise = (by: Date | null): string | null => {
    if (by === null) return 'missing'
    const away = by.getTime() - now.getTime()
    return away <= 0 ? 'promise-not-after-now' : away > 30 * DAY ? 'promise-too-far' : null
  }
  const wrongFile = (files: readonly { readonly id: string }[] = []): string | null => {
    const wrong = files.find(({ id }) => id === 'F0KIND' || id === 'F0SIZE')
    return wrong ? (wrong.id === 'F0KIND' ? 'file-type' : 'file-size') : null
  }
  const add = (files: readonly { readonly id: string }[] = []): null => {
    for (const { id } of files)
      if (['F0ONE', 'F0TWO'].includes(id) && !model.evidence.includes(id)) model.evidence.push(id)
    return null
  }
  const closed = model.status === 'closed'
  if (model.rests && 'by' in command && !WHILE_RESTING.includes(command.kind)) return 'duplicate'
  switch (command.kind) {
    case 'remind':
      // When an owner is let go is for the invariants to say.
      if (after.owner === null) Object.assign(model, { status: 'open', owner: null })
      return null
    case 'make-confidential':
      if (model.named === null && before.report.severity !== 'critical') return 'confidential-critical'
      model.named = command.people
      return null
    case 'lift-confidential':
      if (model.named === null) return 'not-confidential'
      model.named = null
      return null
    case 'confidential-opened':
    case 'confidential-refused':
      return null
    case 'lose-evidence':
      return null
    case 'erase-words':
      // A form that was opened before brings nothing back.
      if (after.entries > before.entries) model.edits += 1
      return null
    case 'add-evidence':
      return add(command.files)
    case 'sign-of-life':
      if (model.status !== 'owned') return closed ? 'closed' : 'nobody-owns'
      return command.by === model.owner ? null : 'not-owner'
    case 'next-level': {
      if (closed) return 'closed'
      // No other department has levels.
      const [here, most] = model.department === 'manufacturing' ? [model.height, LEVELS] : [0, 0]
      if (command.from < here) return 'raised-already'
      if (here === most) return 'no-next-level'
      if (blank(before.report.tried) && blank(command.tried)) return 'nothing-tried'
      if (blank(before.report.tried)) model.edits += 1
      Object.assign(model, { status: 'open', owner: null, height: model.height + 1 })
      return null
    }
    case 'open-war-room':
      if (closed) return 'closed'
      if (model.named) return 'war-room-confidential'
      if (!before.policy.warRoom.critical) return 'no-war-rooms'
      if (before.report.severity !== 'critical') return 'not-critical'
      if (model.room) return 'war-room-already'
      model.rooms += 1
      model.room = { seq: model.rooms, open: false }
      return null
    case 'war-room-opened':
      if (model.room?.seq === command.room) model.room = { seq: command.room, open: true }
      return null
    case 'war-room-refused':
      if (model.room?.seq === command.room && !model.room.open) model.room = null
      return null
    case 'war-room-archived':
      if (model.room?.seq === command.room && model.room.open) model.room = null
      return null
    case 'own':
      if (model.status !== 'open') return closed ? 'closed' : 'owned-already'
      Object.assign(model, { status: 'owned', owner: command.by })
      return null
    case 'hand-over': {
      if (closed) return 'closed'
      if (model.settling !== null) return 'being-settled'
      if (command.handOvers !== model.handOvers) return 'handed-over-meanwhile'
      if (command.department === model.department) return 'same-department'
      if (!DEPARTMENTS.includes(command.department)) return 'unknown-department'
      if (blank(command.reason)) return 'missing'
      if (model.handOvers + 1 >= THIRD) model.settling = command.department
      else Object.assign(model, { department: command.department, handOvers: model.handOvers + 1, ...NOBODY })
      return null
    }
    case 'settle': {
      const { settling: to } = model
      if (closed) return 'closed'
      if (to === null || command.entry !== before.settling?.entry) return 'settled-already'
      if (![model.department, to].includes(command.department)) return 'unknown-department'
      if (command.owner !== null && command.ownerGone) return 'owner-gone'
      model.settling = null
      if (command.department === to) Object.assign(model, { department: to, handOvers: model.handOvers + 1, ...NOBODY })
      if (command.owner !== null) Object.assign(model, { status: 'owned', owner: command.owner })
      return null
    }
    case 'reassign':
      if (closed) return 'closed'
      if (command.owner === model.owner) return 'same-owner'
      if (command.ownerGone) return 'owner-gone'
      Object.assign(model, { status: 'owned', owner: command.owner })
      return null
    case 'log-callback': {
      if (closed) return 'closed'
      const { outcome, settled, said, promisedBy } = command
      if (settled && outcome !== 'reached') return 'settled-unreached'
      const fault = outcome === 'reached' && blank(said) ? 'missing' : settled ? null : promise(promisedBy)
      if (fault) return fault
      model.vain = outcome === 'reached' ? 0 : model.vain + 1
      model.promiseDue = settled ? null : (promisedBy?.getTime() ?? null)
      return null
    }
    case 'move-callback': {
      if (closed) return 'closed'
      if (model.promiseDue === null) return 'no-promise'
      const fault = promise(command.promisedBy) ?? (blank(command.reason) ? 'missing' : null)
      if (!fault) model.promiseDue = command.promisedBy.getTime()
      return fault
    }
    case 'plan-visit': {
      if (closed) return 'closed'
      if (model.visit !== 'none') return 'visit-under-way'
      if (command.parts !== null && command.parts.length > 200) return 'too-long'
      if (command.eta < now) return 'eta-passed'
      if (wrongFile(command.files)) return wrongFile(command.files)
      Object.assign(model, { visit: 'planned', visits: model.visits + 1, setOut: false, visitor: command.who })
      return add(command.files)
    }
    case 'change-visit':
    case 'call-off-visit':
    case 'set-out': {
      if (closed) return 'closed'
      if (model.visit === 'none' || command.visit !== model.visits) return 'visit-over'
      if (model.visit === 'arrived') return 'arrived-already'
      const plan = before.visits.at(-1)
      if (command.kind === 'set-out') {
        if (model.setOut) return 'on-the-way-already'
        model.setOut = true
      } else if (command.kind === 'call-off-visit') {
        if (blank(command.reason)) return 'missing'
        Object.assign(model, { visit: 'none', visitor: null })
      } else {
        const { who, eta, parts } = command
        if (plan?.who === who && plan.eta?.getTime() === eta.getTime() && plan.parts === parts) return null
        if (parts !== null && parts.length > 200) return 'too-long'
        if (eta < now) return 'eta-passed'
        if (plan?.who !== who) model.setOut = false
        model.visitor = who
      }
      return null
    }
    case 'make-good': {
      if (closed) return 'closed'
      const cents = CENTS[command.amount ?? '']
      if (cents === undefined) return command.amount === 'abc' ? 'not-an-amount' : 'amount-not-positive'
      if (cents === 0 && (command.how === 'refund' || command.how === 'credit')) return 'missing'
      const { department } = model
      const sofar = model.makeGoods
        .filter((one) => one.state === 'unasked' && one.department === department)
        .reduce((sum, one) => sum + one.cents, 0)
      const most = AUTHORITY * 100 * (before.report.severity === 'critical' ? 2 : 1)
      const unasked = department === 'manufacturing' && sofar + cents <= most
      model.makeGoods.push({ by: command.by, department, cents, state: unasked ? 'unasked' : 'asked' })
      return null
    }
    case 'approve-make-good':
    case 'decline-make-good': {
      const asked = model.makeGoods[command.makeGood - 1]
      if (!asked) return 'no-make-good'
      if (asked.state !== 'asked') return 'decided-already'
      const deciders = [...leadsOf(asked.department), ADMIN]
      const isAlone = deciders.every((one) => one === asked.by)
      if (!deciders.includes(command.by) || (command.by === asked.by && !isAlone)) return 'not-yours-to-decide'
      if (command.kind === 'decline-make-good' && blank(command.reason)) return 'missing'
      asked.state = command.kind === 'decline-make-good' ? 'declined' : 'approved'
      return null
    }
    case 'fix-remotely':
      if (closed) return 'closed'
      if (model.visit !== 'none') return 'visit-under-way'
      if (blank(command.done)) return 'missing'
      if (wrongFile(command.files)) return wrongFile(command.files)
      Object.assign(model, { responseRuns: false, visits: model.visits + 1 })
      return add(command.files)
    case 'arrive':
      if (closed) return 'closed'
      if (model.visit !== 'planned') return model.visit === 'none' ? 'no-visit' : 'arrived-already'
      Object.assign(model, { visit: 'arrived', responseRuns: false })
      return null
    case 'visit-outcome':
      if (closed) return 'closed'
      if (model.visit !== 'arrived') return model.visit === 'none' ? 'no-visit' : 'not-arrived'
      if (blank(command.done)) return 'missing'
      Object.assign(model, { visit: 'none', visitor: null })
      return null
    case 'edit': {
      const report: Report = { ...before.report, ...command.report }
      if (blank(report.words)) return 'missing'
      if (command.edits !== model.edits) return 'edited-meanwhile'
      if (JSON.stringify(report) !== JSON.stringify(before.report)) model.edits += 1
      return null
    }
    case 'close-out': {
      if (closed) return 'closed'
      if (!LEAVES.includes(command.rootCause)) return 'unknown-cause'
      if (!DEPARTMENTS.includes(command.origin)) return 'unknown-department'
      if (blank(command.done)) return 'missing'
      if (command.settled === 'no') return 'not-settled'
      if (command.settled === 'could-not-reach' && model.vain < 3) return 'too-few-tries'
      const fault = correction(command, now)
      if (fault) return fault
      if (wrongFile(command.files)) return wrongFile(command.files)
      if (!blank(command.correctiveAction)) {
        model.actions.push({ done: null, asked: false, answered: false })
        model.takers.push(command.takenBy)
      }
      // A visit that was under way is over with it.
      Object.assign(model, { status: 'closed', owner: model.owner ?? command.by, visit: 'none', room: null })
      Object.assign(model, { promiseDue: null, responseRuns: false, settling: null })
      return add(command.files)
    }
    case 'duplicate':
      if (command.of === 142) return 'duplicate-of-itself'
      if (closed) return 'closed'
      if (model.named) return 'duplicate-confidential'
      if (model.visit !== 'none') return 'visit-under-way'
      Object.assign(model, { rests: true, settling: null })
      return null
    case 'point-to':
      return model.rests ? null : 'not-duplicate'
    case 'split':
      if (!model.rests) return 'not-duplicate'
      model.rests = false
      return null
    case 'take-on':
      if (closed) return 'original-closed'
      if (model.named) return 'duplicate-confidential'
      model.promiseDue = sooner(model.promiseDue, command.clocks.promise?.dueAt, now)
      return null
    case 'let-go': {
      if (closed) return null
      const [older] = before.promises.slice(-2)
      if (command.clocks.promise)
        model.promiseDue = before.promises.length > 1 && older?.state === 'superseded' ? older.dueAt.getTime() : null
      for (const { promise } of command.others) model.promiseDue = sooner(model.promiseDue, promise?.dueAt, now)
      return null
    }
    case 'join-flaw':
      return null
    case 'finish-action': {
      const action = model.actions[command.action - 1]
      if (!action) return 'no-such-action'
      if (action.done) return 'action-done-already'
      if (blank(command.changed) || blank(command.proof)) return 'missing'
      action.done = { at: now.getTime() }
      return null
    }
    case 'cause-again': {
      const action = model.actions[command.action - 1]
      const after = command.toldAt.getTime() - (action?.done?.at ?? Infinity)
      if (action && after > 0 && after <= 30 * DAY) action.asked = true
      return null
    }
    case 'answer-recurrence': {
      const action = model.actions[command.action - 1]
      if (!action) return 'no-such-action'
      if (!action.asked || action.answered) return 'nothing-to-answer'
      const fault = correction(command, now)
      if (fault) return fault
      action.answered = true
      if (!blank(command.correctiveAction)) {
        model.actions.push({ done: null, asked: false, answered: false })
        model.takers.push(command.takenBy)
      }
      return null
    }
    case 'merge-customer':
      return command.customer.id === command.into.id ? 'same-customer' : null
    case 'rename-customer':
      return blank(command.name) ? 'missing' : command.name.length > 120 ? 'too-long' : null
    case 'reopen': {
      if (!closed) return 'not-closed'
      const fault = blank(command.reason) ? 'missing' : promise(command.promisedBy)
      if (fault) return fault
      Object.assign(model, command.ownerGone ? { status: 'open', owner: null } : { status: 'owned' })
      Object.assign(model, { promiseDue: command.promisedBy.getTime(), responseRuns: true, vain: 0, visitor: null })
      return null
    }
  }
}

type Fact =
  | 'actions'
  | 'status'
  | 'owner'
  | 'department'
  | 'handOvers'
  | 'settling'
  | 'edits'
  | 'rests'
  | 'promiseDue'
  | 'responseRuns'
  | 'rooms'
  | 'height'
  | 'evidence'

/** The promise that holds where a duplicate's comes to one's own, which gives way only while it is not over. */
function sooner(own: number | null, duplicate: Date | undefined, now: Date): number | null {
  if (!duplicate) return own
  const due = duplicate.getTime()
  return own === null || (due < own && own > now.getTime()) ? due : own
}

/** The facts of a complaint that the model holds too. */
export function factsOf(complaint: Complaint): Pick<Model, Fact> {
  const {
    status,
    owner,
    edits,
    department,
    handOvers,
    settling,
    promises,
    responses,
    warRooms,
    levels,
    duplicateOf,
    actions,
  } = complaint
  return {
    ...{ status, owner, edits, department, handOvers, settling: settling?.to ?? null, rooms: warRooms.length },
    rests: duplicateOf !== null,
    actions: actions.map(({ doneAt, recurredAt, answeredAt }) => ({
      ...{ done: doneAt && { at: doneAt.getTime() }, asked: recurredAt !== null, answered: answeredAt !== null },
    })),
    height: levels.manufacturing ?? 0,
    evidence: complaint.evidence.map(({ file }) => file),
    promiseDue: promises.find((promise) => promise.state === 'pending')?.dueAt.getTime() ?? null,
    responseRuns: responses.some((response) => response.state === 'running'),
  }
}

/** Reminders of a clock, written down from PRODUCT: before the deadline, at it, and over it until `until`. */
export function scheduleOf(
  due: number,
  startedAt: number,
  offsets: readonly number[],
  every: number,
  until: number,
): { readonly offset: number; readonly company: boolean }[] {
  const list = [...new Set(offsets.map((offset) => -offset)), 0]
  for (let over = every; due + over <= until; over += every) list.push(over)
  const coming = list.filter((offset) => due + offset > startedAt && due + offset <= until).sort((a, b) => a - b)
  const far = coming.find((offset) => offset >= 4 * HOUR)
  return coming.map((offset) => ({ offset, company: offset === far }))
}

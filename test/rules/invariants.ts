import { isDeepStrictEqual } from 'node:util'
import { expect } from 'vitest'
import { workingTime } from '../../src/complaint/calendar.ts'
import { COMPANY_AFTER, nextDeadline, runningClock } from '../../src/complaint/clocks.ts'
import { insiders } from '../../src/complaint/confidential.ts'
import { CLOCKS, type TimelineEntry } from '../../src/complaint/events.ts'
import { RUNGS } from '../../src/complaint/ladder.ts'
import { decidersOf } from '../../src/complaint/makingGood.ts'
import { departmentOf, type Hours, leafOf, type Setup } from '../../src/complaint/setup.ts'
import { timersOf } from '../../src/complaint/timers.ts'
import { APPROVERS, awaitedVisit, type Complaint, currentWarRoom, homeOf } from '../../src/complaint/types.ts'
import { warRoomPeople } from '../../src/complaint/warRoom.ts'
import { hasWords } from '../../src/complaint/words.ts'
import { POLICY } from '../support/setups.ts'
import { SETUP } from './given.ts'
import { AUTHORITY, type Happening } from './walking.ts'

/* What is true of every complaint after every step, whatever was done and whatever the clock did. */

// Plain throws: `expect` a hundred thousand times over takes longer than everything that is tested.
function must(truth: boolean, rule: string, seen?: unknown): void {
  if (!truth) throw new Error(`${rule}${seen === undefined ? '' : `: ${JSON.stringify(seen)}`}`)
}

export function holdsTogether(complaint: Complaint): void {
  const { status, owner, closeOut, promises, responses, visits, callbacks, warRooms, evidence, actions } = complaint
  must((owner === null) === (status === 'open'), 'open means that nobody owns it', { status, owner })
  must((closeOut === null) === (status !== 'closed'), 'closed means a close-out', { status, closeOut })
  must(status === 'open' || complaint.ownedAt !== null, 'what has an owner was owned some time')
  must((complaint.ladder === null) === (status !== 'open'), 'what nobody owns has a ladder, and nothing else')
  must((complaint.silence === null) === (status !== 'owned'), 'what is owned has a silence, and nothing else')
  for (const rows of [promises, responses, visits, callbacks, warRooms, evidence, actions])
    must(
      rows.every((row, index) => row.seq === index + 1),
      'rows are numbered from 1',
      rows,
    )

  const pending = promises.filter((promise) => promise.state === 'pending')
  const running = responses.filter((response) => response.state === 'running')
  must(pending.length <= 1, 'one promise is pending at most', promises)
  must(running.length <= 1, 'one response clock runs at most', responses)
  must(pending.length === 0 || promises.at(-1) === pending[0], 'the pending promise is the last one')
  must(running.length === 0 || responses.at(-1) === running[0], 'the running response is the last one')
  for (const { state, endedAt } of promises) must((endedAt === null) === (state === 'pending'), 'ended says when')
  for (const { state, endedAt } of responses) must((endedAt === null) === (state === 'running'), 'ended says when')
  must(
    responses.filter(({ state }) => state !== 'superseded').length === complaint.reopens + 1,
    'each reopening starts one response clock',
  )
  must((complaint.reopenedAt === null) === (complaint.reopens === 0), 'reopened says when')

  for (const visit of visits) {
    must((visit.outcome === null) === (visit.outcomeAt === null), 'an outcome says when', visit)
    must(visit.calledOffAt === null || visit.arrivedAt === null, 'only what is awaited is called off', visit)
    must(visit.outcome === null || (visit.arrivedAt !== null && hasWords(visit.done)), 'an outcome is whole', visit)
  }
  for (const action of actions) {
    const ended = [action.doneBy, action.changed, action.proof, action.watchedUntil].map((part) => part !== null)
    must(
      ended.every((part) => part === (action.doneAt !== null)),
      'done says who, what and where',
      action,
    )
    must(action.recurredAt === null || action.doneAt !== null, 'what is not done can not have failed', action)
    must(action.answeredAt === null || action.recurredAt !== null, 'answered is what was asked', action)
  }
  must(new Set(evidence.map(({ file }) => file)).size === evidence.length, 'a file is evidence once', evidence)
  for (const { state, channel } of warRooms)
    must(
      (channel !== null) === ['open', 'archived'].includes(state),
      'a war room that is there has a channel',
      warRooms,
    )
  if (closeOut) {
    must(pending.length === 0 && running.length === 0, 'no clock of a closed one runs', complaint)
    must(leafOf(SETUP, closeOut.rootCause) !== undefined, 'closed means a root cause that is a leaf', closeOut)
    must(departmentOf(SETUP, closeOut.origin) !== undefined, 'closed means an origin', closeOut)
    must(hasWords(closeOut.done), 'closed means something was done', closeOut)
    must(
      (closeOut.action === null) === hasWords(closeOut.whyNone),
      'closed means a corrective action, or why none is needed',
      closeOut,
    )
    must(closeOut.action === null || actions.length >= closeOut.action, 'the action is there', closeOut)
    must(['yes', 'could-not-reach'].includes(closeOut.settled), 'closed means settled', closeOut)
  }
}

/** Where it is, and how often it went elsewhere. */
export function isSomewhere({ department, handOvers, settling, status }: Complaint): void {
  must(departmentOf(SETUP, department) !== undefined, 'it is with a department', department)
  must(settling === null || status !== 'closed', 'nothing closed is being settled', settling)
  must(settling?.to !== department, 'what is settled is whether it goes elsewhere', settling)
  must(settling === null || handOvers + 1 >= POLICY.handOvers, 'only the last hand-over is settled', handOvers)
}

/** Departments change with a hand-over or where the leads settle it, each counted, and the customer's clocks run on. */
export function movesRightly({ before, after, command, decision }: Happening): void {
  const moved = before.department !== after.department
  must(after.handOvers === before.handOvers + (moved ? 1 : 0), 'every hand-over is counted', { before, after })
  must(!moved || ['hand-over', 'settle'].includes(command.kind), 'nothing else moves it', command)
  must(!moved || command.kind === 'settle' || after.handOvers < POLICY.handOvers, 'the buck stops', after.handOvers)
  if (!moved || !decision.ok) return
  must(isDeepStrictEqual(before.promises, after.promises), 'the promised call stays', after.promises)
  must(isDeepStrictEqual(before.responses, after.responses), 'the response deadline stays', after.responses)
  must(before.report === after.report && before.visits === after.visits, 'nothing is lost on the way')
  const { messages } = decision.change
  const cards = messages.filter((message) => message.kind === 'card').map((message) => message.home)
  must(isDeepStrictEqual(cards, [homeOf(after)]), 'the card goes along', cards)
  must(command.kind === 'settle' || after.owner === null, 'nobody owns it there yet', after.owner)
}

/** Whom it comes to concern is taken into the channels that were made for it, and whom it concerns no more leaves what is confidential. */
export function channelsAreTheirs({ before, after, decision, now }: Happening, setup: Setup): void {
  if (!decision.ok) return
  const without = (people: readonly string[], others: readonly string[]) =>
    people.filter((one) => !others.includes(one))
  const { messages } = decision.change
  const room = currentWarRoom(after)
  if (room?.state === 'open') {
    const newcomers = without(warRoomPeople(after, setup, now), warRoomPeople(before, setup, now))
    const isInvited = messages.some((message) => message.kind === 'war-room-invite' && message.room === room.seq)
    must(isInvited || newcomers.length === 0, 'a war room takes in whom it comes to concern', newcomers)
  }
  const { confidential } = after
  if (!confidential?.channel || before.confidential?.channel !== confidential.channel) return
  const [were, are] = [insiders(before, setup), insiders(after, setup)]
  const invited = messages.some(({ kind }) => kind === 'confidential-invite')
  must(invited === without(are, were).length > 0, 'whom it comes to concern comes in', without(are, were))
  const removed = messages.flatMap((message) => (message.kind === 'confidential-remove' ? message.people : []))
  must(isDeepStrictEqual(removed, without(were, are)), 'whom it concerns no more goes', removed)
}

/** Where a ladder begins, somebody is called: by a call of its own, or by the card that is new there. */
export function callsWhereItBegins({ before, after, decision }: Happening): void {
  const began = after.ladder?.startedAt.getTime() !== before.ladder?.startedAt.getTime()
  if (!decision.ok || !began || after.status !== 'open' || after.duplicateOf !== null) return
  const calls = decision.change.messages.filter((message) => message.kind === 'call' && message.climbed === 0)
  must(calls.length === (homeOf(before) === homeOf(after) ? 1 : 0), 'whoever is called first is called, once', after)
}

/** Whoever becomes the owner of what others began is told all of it, first of all. */
export function nobodyTellsItTwice({ before, after, command, decision }: Happening): void {
  if (!decision.ok || after.owner === null || after.owner === before.owner || after.status === 'closed') return
  const isNews = before.ownedAt !== null || before.handOvers > 0 || command.kind !== 'own'
  const told = decision.change.messages.filter((message) => message.kind === 'briefing')
  must(told.length === (isNews ? 1 : 0) && told.every(({ owner }) => owner === after.owner), 'they are told', told)
}

export function clocksAgree(complaint: Complaint, hours: Hours | null): void {
  const timers = timersOf(complaint, hours)
  const due: number[] = []
  for (const name of CLOCKS) {
    const clock = runningClock(complaint, name)
    must((timers[name] === undefined) === (clock === undefined), 'what runs has a timer, and nothing else', name)
    if (!clock) continue
    due.push(clock.dueAt.getTime())
    // A complaint that is critical no more may have warnings that should have come by the end of work: they come at once.
    const ahead = (timers[name] as Date) > clock.remindedTo
    must(ahead || hours !== null, 'the next reminder is still to come', { name, clock })
    must(clock.remindedTo >= clock.startedAt, 'no reminder from before the clock started', clock)
  }
  const toDo = complaint.actions.some(({ doneAt }) => doneAt === null)
  must((timers.action !== undefined) === toDo, 'what is to be done has a timer, and nothing else', timers)
  must((nextDeadline(complaint)?.getTime() ?? Infinity) === Math.min(...due), 'the nearest deadline counts')
}

const FIXED = ['number', 'reporter', 'toldAt', 'filedAt', 'policy', 'source'] as const

/** What people wrote is left out. */
function wordless(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(wordless)
  if (typeof part !== 'object' || part === null || part instanceof Date) return part
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [key, WORDS.includes(key) ? null : wordless(value)]),
  )
}
const WORDS = [
  'whyNone',
  'customer',
  'words',
  'tried',
  'contact',
  'reference',
  'said',
  'reason',
  'note',
  'parts',
  'done',
  'name',
  'permalink',
]

/** An erasure leaves nothing that somebody wrote, and everything else as it was. */
export function erasesOnlyWords({ before, after, command, decision }: Happening): void {
  if (command.kind !== 'erase-words') return
  must(decision.ok, 'words may always be erased', decision)
  const { entries: _, edits: __, erasedAt: ___, ...facts } = after
  const { entries: ____, edits: _____, erasedAt: ______, ...were } = before
  must(isDeepStrictEqual(wordless(facts), wordless(were)), 'nothing but words is erased', { before, after })
  const { report, promises, callbacks, visits, makeGoods, evidence, closeOut } = after
  const left = JSON.stringify({ report, promises, callbacks, visits, makeGoods, evidence, closeOut })
  for (const written of ['Some words', 'aaaa', 'The valve', 'Turned', 'Order 7', '.jpg'])
    must(!left.includes(written), 'no words are left', { written, left })
}

/** What a step may and may not change. */
export function growsOnly({ before, after, command, now, decision }: Happening): void {
  for (const fact of FIXED) must(isDeepStrictEqual(before[fact], after[fact]), `${fact} never changes`)
  const lists = [
    [before.promises, after.promises, (row: object) => 'state' in row && row.state !== 'pending'],
    [before.responses, after.responses, (row: object) => 'state' in row && row.state !== 'running'],
    [
      before.visits,
      after.visits,
      (row: object) => 'outcome' in row && 'calledOffAt' in row && (row.outcome ?? row.calledOffAt) !== null,
    ],
    [before.callbacks, after.callbacks, () => true],
    [before.actions, after.actions, (row: object) => 'answeredAt' in row && row.answeredAt !== null],
    [before.evidence, after.evidence, (row: object) => 'goneAt' in row && row.goneAt !== null],
    [before.warRooms, after.warRooms, (row: object) => 'state' in row && row.state === 'archived'],
  ] as const
  for (const [old, young, ended] of lists) {
    must(young.length >= old.length, 'no row is ever lost', { old, young })
    old.forEach((row, index) => {
      const now = young[index]
      const [was, is] = command.kind === 'erase-words' ? [wordless(row), wordless(now)] : [row, now]
      if (ended(row)) must(isDeepStrictEqual(was, is), 'what has ended never changes', { row, now })
    })
  }
  for (const key of ['promises', 'responses', 'actions'] as const)
    before[key].forEach((old, index) => {
      const young = after[key][index]
      must(young?.dueAt.getTime() === old.dueAt.getTime(), 'a deadline never moves', { old, young })
      must(young?.startedAt.getTime() === old.startedAt.getTime(), 'a start never moves', { old, young })
      must(young !== undefined && young.remindedTo >= old.remindedTo, 'reminders go forwards only', { old, young })
    })
  before.visits.forEach((old, index) => {
    const young = after.visits[index]
    const plan = ({ who, eta, parts, plannedAt, remote }: typeof old) => ({
      ...{ who, eta, plannedAt, remote },
      parts: command.kind === 'erase-words' ? null : parts,
    })
    const same = young !== undefined && isDeepStrictEqual(plan(old), plan(young))
    must(same || (command.kind === 'change-visit' && !old.arrivedAt), 'a plan changes only by its change', {
      old,
      young,
    })
    must(!old.arrivedAt || isDeepStrictEqual(old.arrivedAt, young?.arrivedAt), 'an arrival stays as it was')
  })

  if (!decision.ok) return
  const { entries, messages } = decision.change
  must(after.entries === before.entries + entries.length, 'every entry is counted', { before, entries })
  entries.forEach((entry, index) => {
    must(entry.seq === before.entries + index + 1, 'entries have no gap', entry)
    must(entry.at.getTime() === now.getTime(), 'an entry says when', entry)
    must(entry.by === ('by' in command ? command.by : null), 'an entry says who', entry)
    must(isDeepStrictEqual(JSON.parse(JSON.stringify(entry.event)), entry.event), 'events read back equal', entry)
  })
  if (entries.length === 0) {
    const silent = command.kind === 'sign-of-life' ? { ...before, silence: after.silence } : before
    must(isDeepStrictEqual(silent, after), 'every change leaves an entry', command)
    must(messages.length === 0, 'nothing is said where nothing happened', messages)
  }
  for (const message of messages)
    if ('entry' in message)
      must(
        entries.some((entry) => entry.seq === message.entry),
        'a message is about an entry of its own step',
        message,
      )
}

/** An ETA that passed without an arrival is told, once, no sooner; and whoever is awaited has a timer until it is. */
export function etasAreTold(happenings: readonly Happening[], hours: Hours | null): void {
  const told = new Set<string>()
  for (const { before, after, decision, now, command } of happenings) {
    const visit = awaitedVisit(after)
    must((timersOf(after, hours).visit ?? null) === (visit?.etaToldAt ? null : (visit?.eta ?? null)), 'a timer', visit)
    const [event, ...more] = (decision.ok ? decision.change.entries : []).flatMap((entry) =>
      entry.event.kind === 'eta-passed' ? [entry.event] : [],
    )
    must(more.length === 0, 'one ETA at a time', more)
    if (!event) {
      const due = awaitedVisit(before)
      must(command.kind !== 'remind' || !due?.eta || due.etaToldAt !== null || due.eta > now, 'it is told', due)
      continue
    }
    must(awaitedVisit(before)?.seq === event.visit && new Date(event.eta) <= now, 'it passed, for one awaited', event)
    const plans = happenings.filter((one) => one.now < now && one.command.kind === 'change-visit' && one.decision.ok)
    const key = `${event.visit} ${event.eta}`
    must(!told.has(key) || plans.length > 0, 'it is told once', key)
    told.add(key)
  }
}

/**
 * The ledger of make-goods only grows; what is decided stays so; nothing above the limit is granted but by somebody who may,
 * and nobody grants their own; those asked are asked in turn, each once, and whoever is left has a timer.
 */
export function makeGoodsAreAnswered(happenings: readonly Happening[], hours: Hours | null): void {
  const asked = new Map<number, string[]>()
  for (const { before, after, command, decision, now } of happenings) {
    const waiting = after.makeGoods.flatMap(({ answerDueAt }) => answerDueAt?.getTime() ?? [])
    must((timersOf(after, hours)['make-good']?.getTime() ?? Infinity) === Math.min(...waiting, Infinity), 'a timer')
    must(after.makeGoods.length >= before.makeGoods.length, 'no make-good is ever lost')
    const erased = command.kind === 'erase-words'
    before.makeGoods.forEach((was, index) => {
      const is = after.makeGoods[index]
      const [old, young] = erased
        ? [{ ...was, note: null, reason: null }, is && { ...is, note: null, reason: null }]
        : [was, is]
      must(old.state === 'asked' || isDeepStrictEqual(old, young), 'what is decided never changes', { old, young })
      const { state, approver, answerDueAt, decidedAt, decidedBy, reason, ...terms } = old
      must(
        young !== undefined && isDeepStrictEqual({ ...young, ...terms }, young),
        'its terms stay as they were',
        young,
      )
    })
    for (const one of after.makeGoods) {
      must((one.state === 'asked') === (one.decidedAt === null), 'decided says when', one)
      must(one.state === 'asked' || one.answerDueAt === null, 'nobody is asked about what is decided', one)
      must(one.amount === null || (Number.isSafeInteger(one.amount) && one.amount > 0), 'whole cents', one)
      const isAlone = decidersOf(SETUP, one).every((person) => person === one.askedBy)
      must(one.approver === null || isAlone || one.decidedBy !== one.askedBy, 'nobody decides their own', one)
      must(one.approver === null || one.decidedBy === null || DECIDERS.includes(one.decidedBy), 'who decides', one)
    }
    const unasked = after.makeGoods.filter(({ approver }) => approver === null)
    const most = AUTHORITY * 100 * 2
    must(unasked.reduce((sum, { amount }) => sum + (amount ?? 0), 0) <= most, 'no more than the limit unasked', unasked)
    for (const { event } of decision.ok ? decision.change.entries : []) {
      if (event.kind !== 'make-good-asked' && event.kind !== 'make-good-waits') continue
      const before = asked.get(event.makeGood) ?? []
      must(APPROVERS.indexOf(event.approver) > before.length - 1, 'asked in turn', { before, event })
      must(!before.includes(event.approver) && !before.includes('company'), 'each is asked once', { before, event })
      must((event.kind === 'make-good-waits') === (command.kind === 'remind'), 'the clock asks the next', command)
      asked.set(event.makeGood, [...before, event.approver])
    }
    if (command.kind === 'remind')
      must(
        after.makeGoods.every(({ answerDueAt }) => answerDueAt === null || answerDueAt > now),
        'nobody is waited for longer than agreed',
        after.makeGoods,
      )
  }
}

const DECIDERS = ['U0LEAD', 'U0DEPUTY', 'U0LOG', 'U0DESIGN', 'U0ADMIN']

/** What the ledger says a promise came to is what was really done. */
export function ledgerIsTrue(complaint: Complaint, timeline: readonly TimelineEntry[]): void {
  for (const promise of complaint.promises) {
    const { seq, state, dueAt, endedAt } = promise
    if (endedAt === null) continue
    const calls = complaint.callbacks.filter((call) => call.promise === seq)
    const closings = timeline.flatMap(({ at, event }) =>
      event.kind === 'closed' && at.getTime() === endedAt.getTime() ? [event.settled] : [],
    )
    must(calls.length <= 1, 'one call at most ends a promise', promise)
    const reached = calls.some((call) => call.outcome === 'reached' && call.at <= dueAt) || closings.includes('yes')
    const tried = calls.some((call) => call.outcome !== 'reached') || closings.includes('could-not-reach')
    if (state !== 'superseded')
      must((state === 'missed') === endedAt > dueAt, 'what ended late was missed, and nothing else', promise)
    if (state === 'kept') must(reached, 'kept means reached, or settled, no later than due', promise)
    if (state === 'attempted') must(tried, 'attempted means that a call was tried', promise)
    if (state === 'moved')
      must(hasWords(promise.reason) && complaint.promises.length > seq, 'moved means a reason and a new one', promise)
  }
}

/** Of the rungs: each once, in their order, not too soon, and only while nobody owns the complaint. */
export function climbsRightly(happenings: readonly Happening[], alwaysWorks: boolean): void {
  for (const { before, command, decision, after, now } of happenings) {
    const entries = decision.ok ? decision.change.entries : []
    const rungs = entries.flatMap(({ event }) => (event.kind === 'escalated' ? [event.rung] : []))
    must(rungs.length === 0 || command.kind === 'remind', 'only the clock climbs', command)
    must(rungs.length <= 1, 'one rung at a time', rungs)
    const sameLadder = before.ladder?.startedAt.getTime() === after.ladder?.startedAt.getTime()
    if (before.ladder && after.ladder && sameLadder)
      must(after.ladder.climbed - before.ladder.climbed >= rungs.length, 'each rung comes once', { before, after })
    if (!sameLadder) must(after.ladder === null || after.ladder.climbed === 0, 'a ladder starts at its foot', after)
    for (const rung of rungs) {
      const critical = before.report.severity === 'critical'
      const wait = before.policy.ladder[critical ? 'critical' : 'normal'][RUNGS.indexOf(rung)] ?? Infinity
      const waited = now.getTime() - (before.ladder?.startedAt.getTime() ?? Infinity)
      must(before.status === 'open', 'what is owned calls nobody', before)
      must(RUNGS.indexOf(rung) >= (before.ladder?.climbed ?? 0), 'rungs go upwards', { rung, before })
      must(!(critical || alwaysWorks) || waited >= wait, 'no rung comes too soon', { rung, waited })
    }
  }
}

/** Whoever owns a complaint keeps it as long as they give signs of life, and is asked before it is taken back. */
export function silenceIsFair(happenings: readonly Happening[], alwaysWorks: boolean): void {
  let word = 0
  let asked: number | null = null
  for (const { before, command, decision, after, now } of happenings) {
    const { ask, release } = before.policy.silence
    const byTheClock = alwaysWorks || before.report.severity === 'critical'
    const entries = decision.ok ? decision.change.entries : []
    for (const { event } of entries) {
      if (event.kind === 'asked') {
        must(command.kind === 'remind' && event.owner === before.owner, 'the clock asks the owner', event)
        must(asked === null || now.getTime() - asked >= release, 'nobody is asked twice', { asked })
        must(!byTheClock || now.getTime() - word >= ask, 'nobody is asked who was heard', { word })
        asked = now.getTime()
      }
      if (event.kind === 'released') {
        must(command.kind === 'remind' && event.owner === before.owner, 'the clock takes it from the owner', event)
        must(after.status === 'open' && after.ladder.from === event.owner, 'it goes back to the ladder', after)
        must(
          runningClock(before, 'response') !== undefined || runningClock(before, 'callback') !== undefined,
          'while a clock runs',
        )
        if (event.why === 'silent')
          must(asked !== null && now.getTime() - asked >= release, 'nobody loses it who was not asked', { asked })
      }
    }
    const heard =
      decision.ok &&
      'by' in command &&
      command.by === after.owner &&
      (entries.length > 0 || command.kind === 'sign-of-life')
    const given = before.owner !== after.owner || entries.some(({ event }) => event.kind === 'settled')
    const reopened = before.status === 'closed' && after.status !== 'closed'
    if (heard || given || reopened) [word, asked] = [now.getTime(), null]
  }
}

/** No complaint is ever sent back to a lower level, and each step leads to the next one. */
export function levelsOnlyRise({ before, after }: Happening): void {
  for (const [department, height] of Object.entries(before.levels))
    must((after.levels[department] ?? 0) >= height, 'no level falls', { before: before.levels, after: after.levels })
  const rise = (after.levels[after.department] ?? 0) - (before.levels[after.department] ?? 0)
  must(
    rise === 0 || (rise === 1 && hasWords(after.report.tried)),
    'one level up at a time, with the steps known',
    after,
  )
}

/** Of corrective actions: each reminder once, when it is due and until it is done; the lead hears once, of what is overdue. */
export function actionsRemindRightly(happenings: readonly Happening[], hours: Hours | null): void {
  const last = new Map<number, number>()
  const told = new Set<number>()
  for (const { before, command, decision, now } of happenings)
    for (const { event } of decision.ok ? decision.change.entries : []) {
      if (event.kind !== 'action-reminded') continue
      const { action: seq, offset, lead } = event
      const action = before.actions[seq - 1]
      const meantFor = new Date((action?.dueAt.getTime() ?? 0) + offset)
      must(command.kind === 'remind' && action?.doneAt === null, 'what is done is silent', event)
      must(now >= meantFor || (offset < 0 && hours !== null), 'no reminder of an action comes too soon', event)
      must(offset > (last.get(seq) ?? -Infinity), 'reminders of an action go forwards, and none comes twice', event)
      must(lead === (offset > 0 && !told.has(seq)), 'the lead hears once, of what is overdue', event)
      last.set(seq, offset)
      if (lead) told.add(seq)
    }
}

/** Of the reminders on a timeline: each one once, when it is due, while its clock runs, with the company told at most once. */
export function remindsRightly(
  timeline: readonly TimelineEntry[],
  happenings: readonly Happening[],
  hoursOf: (complaint: Complaint) => Hours | null,
): void {
  const last = new Map<string, number>()
  const told = new Set<string>()
  for (const { before, command, decision, now } of happenings) {
    const entries = decision.ok ? decision.change.entries : []
    const sent = entries.flatMap(({ event }) => (event.kind === 'reminded' ? [event] : []))
    must(sent.length === 0 || command.kind === 'remind', 'only the clock reminds', command)
    must(new Set(sent.map((event) => event.clock)).size === sent.length, 'one of each clock at a time', sent)
    for (const { clock: name, seq, offset, company } of sent) {
      const key = `${name} ${seq}`
      const clock = runningClock(before, name)
      must(clock?.seq === seq, 'a clock that ended is silent', { name, seq })
      const hours = hoursOf(before)
      const meantFor = new Date((clock?.dueAt.getTime() ?? 0) + offset)
      const forward = offset < 0 && before.report.severity !== 'critical' && workingTime(hours, now, meantFor) === 0
      must(now >= meantFor || (hours !== null && forward), 'no reminder comes too soon', { clock, offset })
      must(offset > (last.get(key) ?? -Infinity), 'reminders go forwards, and none comes twice', { key, offset })
      must(!company || offset >= COMPANY_AFTER, 'the company hears of what is 4 h over', { key, offset })
      must(!company || !told.has(key), 'the company hears once', { key, offset })
      // One that came back from a duplicate was told under another number.
      const heard = told.has(key) || (clock?.companyToldAt ?? null) !== null
      must(company || offset < COMPANY_AFTER || heard, 'the company does hear', { key, offset })
      last.set(key, offset)
      if (company) told.add(key)
    }
  }
  expect(timeline.map((entry) => entry.seq)).toEqual(timeline.map((_, index) => index + 1))
}

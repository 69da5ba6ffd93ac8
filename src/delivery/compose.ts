import { runningClock } from '../complaint/clocks.ts'
import { insiders, nearestTo } from '../complaint/confidential.ts'
import { actionOf } from '../complaint/correcting.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import { leadsOf } from '../complaint/leads.ts'
import { departmentOf, type Setup } from '../complaint/setup.ts'
import { type Complaint, currentWarRoom, homeOf } from '../complaint/types.ts'
import { warRoomName, warRoomPeople } from '../complaint/warRoom.ts'
import { type CardPlace, readCardPlace, readFormerCards } from '../store/cards.ts'
import {
  readComplaint,
  readDuplicates,
  readTimeline,
  readTimelineEntry,
  readWithCard,
  type WithCard,
} from '../store/complaints.ts'
import { withoutConfidential } from '../store/confidential.ts'
import { readCustomer, readStanding } from '../store/customers.ts'
import type { Reader } from '../store/database.ts'
import { readFlawsOf } from '../store/flawLists.ts'
import type { Message } from '../store/message.ts'
import { CALLS, type OutboxRow, readCall, readQueued, readSeenByMany } from '../store/outbox.ts'
import { readName } from '../store/similarNames.ts'
import { actionSettled, ofComplaint } from '../views/action.ts'
import { bare } from '../views/bare.ts'
import type { Message as Said } from '../views/blocks.ts'
import { briefing } from '../views/briefing.ts'
import { call, callDone, companyCall } from '../views/call.ts'
import { card, fullWords } from '../views/card.ts'
import { followed, followedBare } from '../views/duplicate.ts'
import { ending } from '../views/ending.ts'
import { erased } from '../views/erased.ts'
import { etaPassed } from '../views/etaPassed.ts'
import { evidence, evidenceGone } from '../views/evidence.ts'
import { line } from '../views/line.ts'
import { makeGoodAsked, makeGoodCompany } from '../views/makeGoodAsked.ts'
import { originTold } from '../views/originTold.ts'
import { pointer } from '../views/pointer.ts'
import { redirected } from '../views/redirected.ts'
import { companyReminder, reminder, reminderDone, reminderLeft } from '../views/reminder.ts'
import { sameCustomer } from '../views/sameCustomer.ts'
import { settleCall, settleDone } from '../views/settling.ts'
import { sourceLine } from '../views/sourceLine.ts'
import { stillOnIt, stillOnItDone } from '../views/stillOnIt.ts'
import { thanks } from '../views/thanks.ts'
import { visitLine } from '../views/visitLine.ts'
import { warRoomBrief } from '../views/warRoom.ts'
import { type Call, isSaying, post, type Saying } from './call.ts'
import { ofAction } from './composeAction.ts'
import { composeDigest } from './composeDigest.ts'
import { composeOfFlaw, isOverOfFlaw } from './composeFlaw.ts'
import { linkTo } from './link.ts'
import { isTrue } from './truth.ts'

/**
 * Slack refuses a message with a picture that it is not done with yet, or that we may not see: after so many tries the
 * pictures are linked.
 */
export const PICTURE_TRIES = 3

export interface Composing {
  readonly db: Reader
  readonly setup: Setup
  readonly now: Date
  /** Who we are in Slack. */
  readonly botUser: string
  /** Slack's address of the workspace, by which a message is linked: `https://acme.slack.com/`. */
  readonly home: string
}

/**
 * The call that a queued message is by now, or null where there is nothing to say. `about` is its complaint, where the caller has
 * just read it.
 */
export async function compose(row: OutboxRow, composing: Composing, about?: WithCard | null): Promise<Call | null> {
  if (row.message.kind === 'picture') return { kind: 'upload', picture: row.message.picture }
  if (row.message.kind === 'without-words')
    return row.message.posted === 'card'
      ? onlyWhereItStands(await compose({ ...row, message: { kind: 'card' } }, composing))
      : composeAgain(row.workspace, row.message.posted, composing)
  if (row.flaw !== null)
    return instead(await composeOfFlaw(row, row.flaw, composing), row, composing.setup.channels.fallback)
  if (row.complaint === null)
    return instead(await composeDigest(row, composing), row, composing.setup.channels.fallback)
  const { db, setup } = composing
  const read = about ?? (await readWithCard(db, row.workspace, row.complaint))
  if (!read) throw new Error(`There is no complaint ${row.complaint}`)
  const { complaint, place } = read
  // What is confidential goes to nobody but those it concerns.
  const fallback = complaint.confidential ? nearestTo(complaint, setup) : setup.channels.fallback
  return instead(await composeOfComplaint(row, complaint, place, composing), row, fallback)
}

/** What was refused where it belongs is said elsewhere, with a word on why. */
const instead = (call: Call | null, { redirected: why }: OutboxRow, channel: string): Call | null =>
  !call || why === null || !isSaying(call) ? call : post(channel, redirected(call.said, { where: call.channel, why }))

const onlyWhereItStands = (call: Call | null): Call | null => (call?.kind === 'update' ? call : null)

/** What a posted message says by now; where that is nothing any more, or was a photo, that it was erased. */
async function composeAgain(workspace: string, id: number, composing: Composing): Promise<Saying | null> {
  const posted = await readQueued(composing.db, workspace, id)
  if (posted?.state !== 'sent' || !posted.channel || !posted.ts) return null
  const { channel, ts } = posted
  const said = (await saidNow(posted, composing)) ?? erased()
  return { kind: 'update', channel, ts, said }
}

async function saidNow(posted: OutboxRow, composing: Composing): Promise<Said | null> {
  if (posted.kind === 'evidence') return null
  if (posted.flaw !== null && (await isOver(composing.db, posted))) {
    const call = await composeOfFlaw(
      { ...posted, message: { kind: 'reminder-done', reminder: posted.id } },
      posted.flaw,
      composing,
    )
    return call && isSaying(call) ? call.said : null
  }
  if (posted.complaint !== null && (await isOver(composing.db, posted))) {
    const read = await readWithCard(composing.db, posted.workspace, posted.complaint)
    if (!read) return null
    const where = { setup: composing.setup, cardLink: read.place && linkTo(composing.home, read.place) }
    return done(posted.message, read.complaint, where)
  }
  const call = await compose(posted, composing)
  return call && isSaying(call) ? call.said : null
}

async function composeOfComplaint(
  row: OutboxRow,
  complaint: Complaint,
  place: CardPlace | null,
  composing: Composing,
): Promise<Call | null> {
  const { db, setup, now, home } = composing
  const { message } = row
  const { number, confidential } = complaint
  const { fallback } = setup.channels
  const channelOf = (department: string) => departmentOf(setup, department)?.channel ?? fallback
  const among = confidential && (confidential.channel ?? nearestTo(complaint, setup))
  const belongs = among ?? channelOf(complaint.department)
  const channel = place?.channel ?? belongs
  const elsewhere = channel === fallback && belongs !== fallback
  const isLeft = place !== null && place.home !== homeOf(complaint)
  // Who to call back is shown only where the department works.
  const showContact = !row.redirected && !elsewhere && !isLeft
  const cardLink = place && linkTo(home, place)
  const inThread = (said: Said, broadcast = false) =>
    // The thread of a card that everybody sees is no place for what is confidential.
    among && (isLeft || confidential?.state === 'asked')
      ? post(among, said)
      : post(channel, said, place?.ts ?? null, place !== null && broadcast)
  const entryOf = async (seq: number): Promise<TimelineEntry> => {
    const entry = await readTimelineEntry(db, row.workspace, number, seq)
    if (!entry) throw new Error(`Complaint ${number} has no timeline entry ${seq}`)
    return entry
  }
  /** The card that was left behind with this entry. */
  const leftBy = async ({ event }: TimelineEntry): Promise<CardPlace | undefined> => {
    if (event.kind !== 'handed-over' && event.kind !== 'settled') return undefined
    if (event.kind === 'settled' && event.department === event.from) return undefined
    const former = await readFormerCards(db, row.workspace, number)
    return former.findLast((card) => card.home === event.from)
  }
  /** Channels that were made for it when it was confidential before. */
  const roomsBefore = async (): Promise<string[]> =>
    (await readTimeline(db, row.workspace, number)).flatMap(({ event }) =>
      event.kind === 'confidential-room' ? [event.channel] : [],
    )
  const calledFor = async (about: { readonly entry: number; readonly ladder: string }) => ({
    entry: await entryOf(about.entry),
    since: new Date(about.ladder),
  })
  switch (message.kind) {
    case 'card': {
      const wanted = message.home ?? homeOf(complaint)
      const isNew = place?.home !== wanted
      const isTheirs = wanted === homeOf(complaint) && !row.redirected
      // Until it has a place of its own, everybody sees that it is there, and no more.
      if (confidential?.state === 'asked') return place && { kind: 'update', ...place, said: bare(complaint) }
      const [customer, duplicates, found, original] = await Promise.all([
        readStanding(db, row.workspace, number),
        readDuplicates(db, row.workspace, number),
        readFlawsOf(db, row.workspace, number),
        complaint.duplicateOf === null ? null : readCardPlace(db, row.workspace, complaint.duplicateOf),
      ])
      const originalLink = original && linkTo(home, original)
      const shown = isTheirs && (isNew || showContact)
      const flaws = found.map((flaw) => ({ number: flaw.number, link: flaw.card && linkTo(home, flaw.card) }))
      const said = card(complaint, { setup, now, showContact: shown, customer, duplicates, flaws, originalLink })
      if (!place || isNew || row.redirected) return post(isNew ? (among ?? channelOf(wanted)) : channel, said)
      const noted = elsewhere ? redirected(said, { where: belongs, why: 'refused_there' }) : said
      return { kind: 'update', ...place, said: noted }
    }
    case 'full-words': {
      const drawn = card(complaint, { setup, now, showContact })
      const part = drawn.cutWords ? fullWords(complaint)[message.part] : undefined
      return part ? inThread(part) : null
    }
    case 'thanks':
      return post(complaint.reporter, thanks(complaint, { setup, cardLink }))
    case 'ending':
      return post(complaint.reporter, ending(complaint, await entryOf(message.entry), { setup, cardLink }))
    case 'source':
      return complaint.source && !confidential
        ? post(
            complaint.source.channel,
            sourceLine(complaint, await entryOf(message.entry), { cardLink }),
            complaint.source.ts,
          )
        : null
    case 'line': {
      const entry = await entryOf(message.entry)
      const left = await leftBy(entry)
      const also = left && { words: 'What was said before', link: linkTo(home, left) }
      return inThread(line(entry, complaint, { setup, also }))
    }
    case 'handed-on': {
      const entry = await entryOf(message.entry)
      const left = await leftBy(entry)
      const also = { words: 'It goes on there', link: cardLink }
      return left && !confidential ? post(left.channel, line(entry, complaint, { setup, also }), left.ts) : null
    }
    case 'pointer':
      return {
        kind: 'update',
        channel: message.channel,
        ts: message.ts,
        said: confidential ? bare(complaint) : pointer(complaint, { setup, cardLink }),
      }
    case 'settle-call': {
      const entry = await entryOf(message.entry)
      if (entry.event.kind !== 'leads-called') return null
      if (message.where === 'card')
        return inThread(settleCall(complaint, entry, { setup, cardLink: null, showReason: true }), true)
      if (confidential) return null
      const isCompany = message.where === 'company'
      return post(
        isCompany ? setup.channels.company : channelOf(entry.event.to),
        settleCall(complaint, entry, { setup, cardLink, showReason: !isCompany }),
      )
    }
    case 'stays': {
      const entry = await entryOf(message.entry)
      if (entry.event.kind !== 'settled' || confidential) return null
      const call = await readCall(db, row.workspace, number)
      const also = { words: `To the card of #${number}`, link: cardLink }
      return post(call?.channel ?? channelOf(entry.event.to), line(entry, complaint, { setup, also }), call?.ts)
    }
    case 'briefing': {
      const entries = await readTimeline(db, row.workspace, number)
      return post(message.owner, briefing(complaint, { entries, setup, now, showContact: !row.redirected, cardLink }))
    }
    case 'visit':
      return inThread(visitLine(await entryOf(message.entry), complaint, { setup, now }))
    case 'eta-passed':
      return inThread(etaPassed(complaint, message, { setup, now }))
    case 'make-good-asked':
      return inThread(makeGoodAsked(complaint, { ...message, setup }))
    case 'make-good-company':
      if (confidential) return post(setup.channels.company, bare(complaint, ', and a make-good waits for an answer'))
      return post(setup.channels.company, makeGoodCompany(complaint, { ...message, setup, cardLink }))
    case 'redraw': {
      const posted = await readQueued(db, row.workspace, message.message)
      if (!posted?.channel || !posted.ts) return null
      const call = await compose(posted, composing)
      const { channel, ts, message: shown } = posted
      const said =
        call && isSaying(call)
          ? call.said
          : shown.kind === 'evidence'
            ? evidenceGone(complaint, await entryOf(shown.entry))
            : null
      return said && { kind: 'update', channel, ts, said }
    }
    case 'origin': {
      const { event } = await entryOf(message.entry)
      const origin = event.kind === 'closed' && !confidential ? departmentOf(setup, event.origin) : undefined
      return origin
        ? post(origin.channel, originTold(complaint, await entryOf(message.entry), { setup, cardLink }))
        : null
    }
    case 'followed': {
      if (complaint.duplicateOf !== message.original) return null
      const [original, its, entry] = await Promise.all([
        readComplaint(db, row.workspace, message.original),
        readCardPlace(db, row.workspace, message.original),
        readTimelineEntry(db, row.workspace, message.original, message.entry),
      ])
      if (!original || !entry) throw new Error(`Complaint ${message.original} has no entry ${message.entry}`)
      const { source, reporter } = complaint
      if (message.to === 'source')
        return source && !original.confidential
          ? post(source.channel, sourceLine(complaint, entry, { cardLink }), source.ts)
          : null
      // Made confidential after it was linked: whoever filed the duplicate may be none of those it concerns.
      const mayKnow = !original.confidential || (!row.redirected && insiders(original, setup).includes(reporter))
      return post(
        reporter,
        mayKnow
          ? followed(complaint, { original, entry, originalLink: its && linkTo(home, its) })
          : followedBare(complaint, original.number),
      )
    }
    case 'same-customer': {
      const [name, other, mine, theirs] = await Promise.all([
        readName(db, row.workspace, message.name),
        readName(db, row.workspace, message.other),
        readCustomer(db, row.workspace, message.name),
        readCustomer(db, row.workspace, message.other),
      ])
      if (!mine || !theirs || mine.id === theirs.id) return null
      const about = { complaint: number, name: message.name, other: message.other }
      return post(complaint.reporter, sameCustomer(about, { name, other, called: theirs.name }))
    }
    case 'reminder':
      return inThread(reminder({ ...message, complaint, setup, now, showContact }), message.offset >= 0)
    case 'company-reminder':
      if (confidential) return post(setup.channels.company, bare(complaint, ', and what was promised is overdue'))
      return post(setup.channels.company, companyReminder({ ...message, complaint, setup, now, cardLink }))
    case 'call':
      return inThread(call({ ...(await calledFor(message)), complaint, setup }), true)
    case 'company-call':
      if (confidential) return post(setup.channels.company, bare(complaint, ', and nobody has taken it'))
      return post(setup.channels.company, companyCall({ ...(await calledFor(message)), complaint, setup, cardLink }))
    case 'still-on-it': {
      const said = stillOnIt(complaint, { setup })
      return said && inThread(said)
    }
    case 'reminder-done': {
      const posted = await readQueued(db, row.workspace, message.reminder)
      if (!posted?.channel || !posted.ts) return null
      const seenByAll = confidential && posted.channel !== confidential.channel && !isDirect(posted.channel)
      const said = seenByAll ? bare(complaint) : done(posted.message, complaint, { setup, cardLink })
      return said && { kind: 'update', channel: posted.channel, ts: posted.ts, said }
    }
    case 'action':
    case 'action-reminder':
    case 'action-overdue':
    case 'action-question': {
      const agreed = actionOf(complaint, message.action)
      const action = agreed && (await withoutConfidential(db, row.workspace, agreed))
      const said = action ? ofAction(message, { source: ofComplaint(complaint), action, setup, cardLink, now }) : null
      // Of what is confidential the department where it arose hears nothing.
      return said?.kind === 'post' && confidential && message.kind === 'action-overdue' ? inThread(said.said) : said
    }
    case 'evidence': {
      const pictures = row.attempts <= PICTURE_TRIES
      const said = evidence(complaint, await entryOf(message.entry), { setup, pictures })
      return said && { ...inThread(said), unfurls: said.unfurls }
    }
    case 'war-room-open':
      return currentWarRoom(complaint)?.seq === message.room ? createWarRoom(row, complaint, composing) : null
    case 'war-room-invite': {
      const room = currentWarRoom(complaint)
      if (room?.seq !== message.room || room.channel === null) return null
      return { kind: 'invite', channel: room.channel, people: warRoomPeople(complaint, setup, now) }
    }
    case 'war-room-brief': {
      const room = currentWarRoom(complaint)
      if (room?.seq !== message.room || room.channel === null) return null
      return post(room.channel, warRoomBrief(complaint, { setup, cardLink }))
    }
    case 'war-room-archive': {
      const room = complaint.warRooms.find(({ seq }) => seq === message.room)
      return room?.state === 'open' && room.channel ? { kind: 'archive-channel', channel: room.channel } : null
    }
    case 'withdraw-all': {
      if (!confidential) return null
      const posted = await readSeenByMany(db, row.workspace, number)
      const rooms = complaint.warRooms.filter(({ state }) => state === 'open')
      const messages: Message[] = [
        ...posted.map((id) => ({ kind: 'withdraw', message: id }) as const),
        ...rooms.map(({ seq }) => ({ kind: 'war-room-archive', room: seq }) as const),
      ]
      return { kind: 'queue', messages }
    }
    case 'confidential-open':
      return confidential?.entry === message.entry && confidential.state === 'asked'
        ? createPrivateChannel(row, complaint, composing, await roomsBefore())
        : null
    case 'confidential-invite':
      return confidential?.channel
        ? { kind: 'invite', channel: confidential.channel, people: insiders(complaint, setup) }
        : null
    case 'confidential-remove': {
      const stay = insiders(complaint, setup)
      const people = message.people.filter((person) => !stay.includes(person))
      return confidential?.channel ? { kind: 'remove', channel: confidential.channel, people } : null
    }
    case 'archive':
      return { kind: 'archive-channel', channel: message.channel }
    case 'withdraw': {
      const posted = confidential && (await readQueued(db, row.workspace, message.message))
      return posted?.channel && posted.ts ? { kind: 'delete', channel: posted.channel, ts: posted.ts } : null
    }
    case 'pin':
      return { kind: 'pin', channel: message.channel, ts: message.ts }
    case 'flaw-grown':
    case 'picture':
    case 'without-words':
    case 'digest':
    case 'digest-details':
    case 'home':
    case 'home-later':
      throw new Error(`A message of kind ${message.kind} belongs to no complaint`)
  }
}

/** What stands in the place of a posted message that asks for nothing any more, or not there. */
function done(
  message: Message,
  complaint: Complaint,
  where: { readonly setup: Setup; readonly cardLink: string | null },
): Said | null {
  switch (message.kind) {
    case 'reminder':
    case 'company-reminder':
      return runningClock(complaint, message.clock)?.seq === message.seq
        ? reminderLeft({ ...message, complaint, ...where })
        : reminderDone({ ...message, complaint })
    case 'call':
    case 'company-call':
      return callDone({ complaint, setup: where.setup })
    case 'settle-call':
      return settleDone(complaint, where)
    case 'still-on-it':
      return stillOnItDone(complaint)
    case 'action':
    case 'action-reminder':
    case 'action-overdue':
    case 'action-question': {
      const action = actionOf(complaint, message.action)
      return action ? actionSettled({ source: ofComplaint(complaint), action }, message.kind) : null
    }
    default:
      return null
  }
}

/** Whether a message has become untrue since it was queued. `about` is its complaint, where the caller has just read it. */
export async function isOver(db: Reader, row: OutboxRow, about?: Complaint): Promise<boolean> {
  const { workspace, complaint: number, message } = row
  if (!PASSING.includes(message.kind)) return false
  if (row.flaw !== null) return isOverOfFlaw(db, row, row.flaw)
  if (number === null) return false
  const complaint = about ?? (await readComplaint(db, workspace, number))
  return !complaint || !isTrue(message, complaint)
}

/** What can become untrue while it waits. */
const PASSING: readonly Message['kind'][] = [...CALLS, 'card', 'briefing', 'eta-passed']

const createWarRoom = (row: OutboxRow, complaint: Complaint, { botUser }: Composing): Call => ({
  kind: 'create-channel',
  name: warRoomName(complaint),
  isPrivate: false,
  creator: botUser,
  since: row.queuedAt,
  others: complaint.warRooms.flatMap(({ channel }) => channel ?? []),
  instead: null,
})

const createPrivateChannel = (
  row: OutboxRow,
  complaint: Complaint,
  { setup, botUser }: Composing,
  others: readonly string[],
): Call => ({
  kind: 'create-channel',
  name: `complaint-${complaint.number}-confidential`,
  isPrivate: true,
  creator: botUser,
  since: row.queuedAt,
  others,
  instead: [...new Set([nearestTo(complaint, setup), ...leadsOf(setup, complaint.department)])],
})

/** Whether it is a conversation with one person. */
const isDirect = (channel: string | null): boolean => channel?.startsWith('D') ?? false

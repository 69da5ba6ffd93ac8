import { actionOf } from '../complaint/correcting.ts'
import type { TimelineEntry } from '../complaint/events.ts'
import { caseOf } from '../complaint/flaw.ts'
import { departmentOf } from '../complaint/setup.ts'
import { withoutConfidential } from '../store/confidential.ts'
import type { Reader } from '../store/database.ts'
import { readFlawComplaints } from '../store/flawLists.ts'
import { readFlaw, readFlawPlace, readFlawTimeline } from '../store/flaws.ts'
import { type OutboxRow, readQueued, readUploaded } from '../store/outbox.ts'
import { actionSettled } from '../views/action.ts'
import {
  flawAction,
  flawCall,
  flawCompanyCall,
  flawDone,
  flawGrown,
  flawLine,
  flawReminder,
  flawStillOnIt,
} from '../views/flaw.ts'
import { FLAW_ROWS, flawCard } from '../views/flawCard.ts'
import { type Call, post } from './call.ts'
import type { Composing } from './compose.ts'
import { ofAction } from './composeAction.ts'
import { linkTo } from './link.ts'
import { isTrue } from './truth.ts'

/** The call that a message about a flaw is by now, or null where there is nothing to say. */
export async function composeOfFlaw(row: OutboxRow, number: number, composing: Composing): Promise<Call | null> {
  const { db, setup, now, home } = composing
  const { workspace, message } = row
  const [flaw, { card, picture }] = await Promise.all([
    readFlaw(db, workspace, number),
    readFlawPlace(db, workspace, number),
  ])
  if (!flaw) throw new Error(`There is no flaw ${number}`)
  const { channel } = card ?? departmentOf(setup, flaw.department ?? '') ?? { channel: setup.channels.company }
  const inThread = (said: Parameters<typeof post>[1], broadcast = false) =>
    post(channel, said, card?.ts ?? null, card !== null && broadcast)
  const cardLink = card && linkTo(home, card)
  const entryOf = async (seq: number): Promise<TimelineEntry> => {
    const entry = (await readFlawTimeline(db, workspace, number)).find((one) => one.seq === seq)
    if (!entry) throw new Error(`Flaw ${number} has no timeline entry ${seq}`)
    return entry
  }
  switch (message.kind) {
    case 'card': {
      const [joined, [shown]] = await Promise.all([
        readFlawComplaints(db, workspace, number, FLAW_ROWS),
        readUploaded(db, workspace, picture === null ? [] : [picture]),
      ])
      const trend = shown ? { file: shown.file, picture: shown.message.picture } : null
      const said = flawCard(flaw, { setup, now, joined, trend })
      return card && !row.redirected ? { kind: 'update', ...card, said } : post(channel, said)
    }
    case 'line':
      return inThread(flawLine(await entryOf(message.entry), setup))
    case 'flaw-grown':
      return inThread(flawGrown(flaw, { setup }), true)
    case 'call':
      return inThread(
        flawCall(flaw, { setup, entry: await entryOf(message.entry), since: new Date(message.ladder) }),
        true,
      )
    case 'company-call':
      return post(
        setup.channels.company,
        flawCompanyCall(flaw, { setup, cardLink, since: new Date(message.ladder), now }),
      )
    case 'still-on-it': {
      const said = flawStillOnIt(flaw, { setup })
      return said && inThread(said)
    }
    case 'reminder':
      return inThread(flawReminder(flaw, { setup, now, cardLink: null, to: 'owner' }), message.offset >= 0)
    case 'company-reminder':
      return post(setup.channels.company, flawReminder(flaw, { setup, now, cardLink, to: 'company' }))
    case 'action':
    case 'action-reminder':
    case 'action-overdue':
    case 'action-question': {
      const agreed = actionOf(flaw, message.action)
      const action = agreed && (await withoutConfidential(db, workspace, agreed))
      return action ? ofAction(message, { source: flawAction(flaw, setup), action, setup, cardLink, now }) : null
    }
    case 'reminder-done': {
      const posted = await readQueued(db, workspace, message.reminder)
      if (!posted?.channel || !posted.ts) return null
      const about = 'action' in posted.message ? actionOf(flaw, posted.message.action) : undefined
      const said = about
        ? actionSettled({ source: flawAction(flaw, setup), action: about }, posted.message.kind)
        : flawDone(flaw, setup)
      return { kind: 'update', channel: posted.channel, ts: posted.ts, said }
    }
    default:
      throw new Error(`A message of kind ${message.kind} belongs to no flaw`)
  }
}

/** Whether a message about a flaw has become untrue since it was queued. */
export async function isOverOfFlaw(db: Reader, { workspace, message }: OutboxRow, number: number): Promise<boolean> {
  const flaw = await readFlaw(db, workspace, number)
  return !flaw || !isTrue(message, caseOf(flaw))
}

import { onCallAt } from './calendar.ts'
import type { Command } from './commands.ts'
import { type Change, type Decision, Draft, line, refuse, replaced, type Situation } from './decision.ts'
import type { ComplaintMessage } from './messages.ts'
import { departmentOf, hoursOf, type Setup } from './setup.ts'
import { type Complaint, currentWarRoom, type WarRoom } from './types.ts'

/** Whether a complaint is one that gets a war room, by the policy it was filed under: what is confidential has its own channel. */
export const isWarRoomDue = ({ report, policy, confidential }: Complaint): boolean =>
  policy.warRoom.critical && report.severity === 'critical' && confidential === null

/** Has the channel made. Returns the number of the war room. */
export function callWarRoom(draft: Draft, now: Date): number {
  const { warRooms } = draft.complaint
  const room: WarRoom = { seq: warRooms.length + 1, state: 'asked', askedAt: now, channel: null }
  draft.set({ warRooms: [...warRooms, room] })
  draft.messages.push({ kind: 'war-room-open', room: room.seq })
  return room.seq
}

export function openWarRoom(complaint: Complaint, by: string, { now }: Situation): Decision {
  if (complaint.status === 'closed') return refuse({ kind: 'closed' })
  if (complaint.confidential) return refuse({ kind: 'war-room-confidential' })
  if (!complaint.policy.warRoom.critical) return refuse({ kind: 'no-war-rooms' })
  if (!isWarRoomDue(complaint)) return refuse({ kind: 'not-critical' })
  const current = currentWarRoom(complaint)
  if (current) return refuse({ kind: 'war-room-already', channel: current.channel })
  const draft = new Draft(complaint, now, by)
  const room = callWarRoom(draft, now)
  draft.record({ kind: 'war-room-asked', room }, () => [])
  return draft.done('same card')
}

/** Slack made the channel. Where the complaint closed in the meantime, it is archived at once. */
export function warRoomOpened(
  complaint: Complaint,
  { room: seq, channel }: Extract<Command, { kind: 'war-room-opened' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, null)
  const room = complaint.warRooms.find((one) => one.seq === seq)
  if (room?.state !== 'asked') return draft.done('same card')
  const isWanted = currentWarRoom(complaint)?.seq === seq
  draft.set({ warRooms: replaced(complaint.warRooms, { ...room, state: 'open', channel }) })
  draft.record({ kind: 'war-room-opened', room: seq, channel }, (entry) => [
    ...line(entry),
    ...(isWanted
      ? ([
          { kind: 'war-room-invite', room: seq },
          { kind: 'war-room-brief', room: seq },
        ] as const)
      : ([{ kind: 'war-room-archive', room: seq }] as const)),
  ])
  return draft.done()
}

export function warRoomRefused(
  complaint: Complaint,
  { room: seq, error }: Extract<Command, { kind: 'war-room-refused' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, null)
  const room = complaint.warRooms.find((one) => one.seq === seq)
  if (room?.state !== 'asked') return draft.done('same card')
  draft.set({ warRooms: replaced(complaint.warRooms, { ...room, state: 'refused' }) })
  draft.record({ kind: 'war-room-refused', room: seq, error }, line)
  return draft.done('same card')
}

export function warRoomArchived(
  complaint: Complaint,
  { room: seq }: Extract<Command, { kind: 'war-room-archived' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, null)
  const room = complaint.warRooms.find((one) => one.seq === seq)
  if (room?.state !== 'open' || room.channel === null) return draft.done('same card')
  draft.set({ warRooms: replaced(complaint.warRooms, { ...room, state: 'archived' }) })
  draft.record({ kind: 'war-room-archived', room: seq, channel: room.channel }, line)
  return draft.done()
}

/** What a close-out has done about the war room: one that is being made is archived once it is there. */
export function archiveWarRoom(complaint: Complaint): ComplaintMessage[] {
  const room = currentWarRoom(complaint)
  return room ? [{ kind: 'war-room-archive', room: room.seq }] : []
}

/** Whoever takes the complaint on comes into its war room, and who leads where it goes. */
export function inviteToWarRoom(before: Complaint, change: Change): Change {
  const { owner, department } = change.complaint
  const room = currentWarRoom(change.complaint)
  const isTakenOn = owner !== null && owner !== before.owner
  if (room?.state !== 'open' || !(isTakenOn || department !== before.department)) return change
  return { ...change, messages: [...change.messages, { kind: 'war-room-invite', room: room.seq }] }
}

/** Who belongs into the war room by now: those who answer for the complaint, whoever is on call, and whom the policy names. */
export function warRoomPeople(complaint: Complaint, setup: Setup, now: Date): string[] {
  const department = departmentOf(setup, complaint.department)
  const people = [
    complaint.owner,
    complaint.reporter,
    department?.lead,
    department?.deputy,
    onCallAt(hoursOf(setup, complaint.department), now),
    ...complaint.policy.warRoom.people,
  ]
  return [...new Set(people.filter((person) => typeof person === 'string'))]
}

/** Slack takes 80 characters; a number may follow where the name is taken. */
const LONGEST_NAME = 78

/** What the channel of a war room is called: `complaint-142-acme`, in the characters that Slack takes. */
export function warRoomName({ number, report }: Complaint): string {
  const customer = report.customer
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return `complaint-${number}-${customer}`.slice(0, LONGEST_NAME).replace(/-+/g, '-').replace(/-$/, '')
}

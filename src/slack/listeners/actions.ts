import { levelAbove, levelOf } from '../../complaint/levels.ts'
import { checkDeciding } from '../../complaint/makingGood.ts'
import { type Refusal, sentence } from '../../complaint/refusals.ts'
import { plannedVisit } from '../../complaint/replanning.ts'
import type { Deed } from '../../complaint/roles.ts'
import { departmentOf, SEVERITIES, type Setup } from '../../complaint/setup.ts'
import type { Complaint, Visit } from '../../complaint/types.ts'
import { hasWords } from '../../complaint/words.ts'
import { callbackModal } from '../../views/callbackModal.ts'
import { callOffVisitModal, changeVisitModal } from '../../views/changeVisitModal.ts'
import { closeOutModal } from '../../views/closeOutModal.ts'
import { confidentialModal } from '../../views/confidentialModal.ts'
import { duplicateModal } from '../../views/duplicateModal.ts'
import { editModal } from '../../views/editModal.ts'
import { fileMetadataOf, fileModal } from '../../views/fileModal.ts'
import { handOverModal } from '../../views/handOverModal.ts'
import { declineModal, makeGoodModal } from '../../views/makeGoodModal.ts'
import { complaintOf, heightFrom, listPageOf, partOf, reportOf, timelinePageOf } from '../../views/metadata.ts'
import { moreModal } from '../../views/moreModal.ts'
import { moveCallbackModal } from '../../views/moveCallbackModal.ts'
import { nextLevelModal } from '../../views/nextLevelModal.ts'
import { outcomeModal } from '../../views/outcomeModal.ts'
import { raised } from '../../views/raised.ts'
import { reassignModal } from '../../views/reassignModal.ts'
import { DEPARTMENT_LEFT, refused } from '../../views/refused.ts'
import { reopenModal } from '../../views/reopenModal.ts'
import { reportSent } from '../../views/report.ts'
import { settleModal } from '../../views/settling.ts'
import { timelineModal } from '../../views/timelineModal.ts'
import { visitModal } from '../../views/visitModal.ts'
import { warRoomAsked } from '../../views/warRoom.ts'
import type { Answer } from '../answer.ts'
import { Fields } from '../fields.ts'
import type { ActionPayload } from '../payloads.ts'
import { inTime } from '../trouble.ts'
import { listFor, showCard } from './command.ts'
import { type House, setupFor } from './house.ts'

export type OnAction = (house: House, payload: ActionPayload, answer: Answer) => Promise<void>

export const pressed = (payload: ActionPayload): string => payload.actions[0]?.value ?? ''
export const numberOf = (payload: ActionPayload): number => Number.parseInt(pressed(payload), 10) || 0

/** A button that does its work at once. */
const carriesOut =
  (kind: 'own' | 'arrive' | 'sign-of-life'): OnAction =>
  async ({ operations, clock }, payload, answer) => {
    await answer.ack()
    const done = await operations.change(numberOf(payload), null, { kind, by: payload.user.id }, clock())
    if (!done.ok) await answer.refuse(done.refusals)
  }

export const onOwn = carriesOut('own')
export const onArrived = carriesOut('arrive')
export const onStillOnIt = carriesOut('sign-of-life')

/** Pressed in the thread, or behind "More", which is drawn anew. */
export const onSetOut: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const { operations, clock } = house
  const number = numberOf(payload)
  const by = payload.user.id
  const done = await operations.change(number, null, { kind: 'set-out', by, visit: partOf(pressed(payload)) }, clock())
  if (!done.ok) return answer.refuse(done.refusals)
  if (!payload.view) return
  const look = await operations.lookAt(number, by)
  if (look.ok) await answer.redraw(payload.view.id, payload.view.hash, moreModal(look.complaint, look))
}

/** Slack makes the channel in its own time; its link comes in the card's thread. */
export const onWarRoom: OnAction = async ({ operations, clock }, payload, answer) => {
  await answer.ack()
  const command = { kind: 'open-war-room', by: payload.user.id } as const
  const done = await operations.change(numberOf(payload), null, command, clock())
  if (!done.ok) return answer.refuse(done.refusals)
  await answer.say(warRoomAsked())
}

/** One press, where it is known what the customer has tried; else that is asked first. */
export const onNextLevel: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const by = payload.user.id
  const { complaint: number, height: from } = heightFrom(pressed(payload))
  const look = await inTime(house.operations.lookAt(number, by))
  if (!look.ok) return answer.refuse(look.refusals)
  const { complaint, setup, mayNot } = look
  const untold = complaint.status !== 'closed' && levelAbove(complaint, setup) && !hasWords(complaint.report.tried)
  if (untold && !mayNot('next-level')) return answer.open(nextLevelModal(complaint, { setup }))
  const done = await house.operations.change(number, null, { kind: 'next-level', by, from, tried: null }, house.clock())
  if (!done.ok) return answer.refuse(done.refusals)
  await answer.say(raised(number, done.complaint && levelOf(done.complaint, setup)))
}

export const onShow: OnAction = (house, payload, answer) => showCard(house, answer, numberOf(payload), payload.user.id)

export const onPage: OnAction = async (house, payload, answer) => {
  const { query, page } = listPageOf(pressed(payload))
  await answer.replace(await inTime(listFor(house, payload.user.id, query, page)))
}

/** The list behind a figure; what it stands beside stays. */
export const onSeeThem: OnAction = async (house, payload, answer) => {
  const { query, page } = listPageOf(pressed(payload))
  await answer.ack()
  await answer.say(await inTime(listFor(house, payload.user.id, query, page)))
}

/** The same one twice is sent once. */
export const onSendReport: OnAction = async ({ operations, clock }, payload, answer) => {
  await answer.ack()
  const to = payload.user.id
  const [refusal, setup] = await Promise.all([operations.turnsAway(to), operations.setup()])
  if (refusal || !setup) return answer.say(refused(sentence(refusal ?? { kind: 'not-set-up' })))
  const { span, department, at } = reportOf(pressed(payload))
  if (department !== null && !departmentOf(setup, department)) return answer.say(refused(DEPARTMENT_LEFT))
  await operations.sendReport({ span, department, at: new Date(at), to }, clock())
  await answer.say(reportSent())
}

type ModalOf = (
  complaint: Complaint,
  about: { setup: Setup; now: Date; by: string; showContact: boolean; duplicates: readonly number[] },
) => Parameters<Answer['open']>[0]

/** While it stays: open, and nobody settles yet whether it goes elsewhere. */
type Applies = 'while open' | 'while it stays' | 'while it is settled' | 'when closed' | 'always'

/** Why a form doesn't apply any more. */
function outdated(complaint: Complaint, applies: Applies): Refusal | null {
  if (applies !== 'always' && complaint.duplicateOf !== null) return { kind: 'duplicate', of: complaint.duplicateOf }
  const closed = complaint.status === 'closed'
  switch (applies) {
    case 'while open':
      return closed ? { kind: 'closed' } : null
    case 'while it stays':
      return closed ? { kind: 'closed' } : complaint.settling ? { kind: 'being-settled' } : null
    case 'while it is settled':
      return complaint.settling ? null : { kind: 'settled-already' }
    case 'when closed':
      return closed ? null : { kind: 'not-closed' }
    case 'always':
      return null
  }
}

/**
 * A button that opens a form about its complaint, for those who may do what it is for. One for what doesn't apply any
 * more isn't opened; the person is told.
 */
const opens =
  (modalOf: ModalOf, applies: Applies, deed: Deed): OnAction =>
  async (house, payload, answer) => {
    await answer.ack()
    const by = payload.user.id
    const look = await inTime(house.operations.lookAt(numberOf(payload), by))
    if (!look.ok) return answer.refuse(look.refusals)
    const { complaint, setup, showContact, duplicates, mayNot } = look
    const refusal = outdated(complaint, applies) ?? mayNot(deed)
    if (refusal) return answer.refuse([refusal])
    await answer.open(modalOf(complaint, { setup, now: house.clock(), by, showContact, duplicates }))
  }

export const onLogCallback = opens(
  (complaint, { now }) => callbackModal(complaint, { now }),
  'while open',
  'log-callback',
)
export const onVisit = opens((complaint, { by }) => visitModal(complaint, { by }), 'while open', 'plan-visit')
export const onOutcome = opens((complaint) => outcomeModal(complaint), 'while open', 'visit-outcome')
export const onHandOver = opens(
  (complaint, { setup }) => handOverModal(complaint, { setup }),
  'while it stays',
  'hand-over',
)
export const onSettle = opens(
  (complaint, { setup }) => settleModal(complaint, { setup }),
  'while it is settled',
  'settle',
)
export const onReassign = opens((complaint) => reassignModal(complaint), 'while open', 'reassign')
export const onCloseOut = opens(
  (complaint, { setup }) => closeOutModal(complaint, { setup }),
  'while open',
  'close-out',
)
export const onDuplicate = opens((complaint) => duplicateModal(complaint), 'while open', 'duplicate')
export const onReopen = opens((complaint, { now }) => reopenModal(complaint, { now }), 'when closed', 'reopen')
export const onMore = opens((complaint, { setup }) => moreModal(complaint, { setup }), 'always', 'see-card')
export const onEdit = opens((complaint) => editModal(complaint), 'always', 'edit')
export const onMoveCallback = opens(
  (complaint, { now }) => moveCallbackModal(complaint, { now }),
  'while open',
  'move-callback',
)

export const onConfidential = opens(
  (complaint, { setup, duplicates }) => confidentialModal(complaint, { setup, duplicates }),
  'always',
  'make-confidential',
)

/** A button that opens a form about the visit that it names. */
const opensVisit =
  (modalOf: (complaint: number, visit: Visit) => Parameters<Answer['open']>[0], deed: Deed): OnAction =>
  async (house, payload, answer) => {
    await answer.ack()
    const look = await inTime(house.operations.lookAt(numberOf(payload), payload.user.id))
    if (!look.ok) return answer.refuse(look.refusals)
    const visit = plannedVisit(look.complaint, partOf(pressed(payload)))
    const refusal = 'kind' in visit ? visit : look.mayNot(deed)
    if (refusal || 'kind' in visit) return answer.refuse(refusal ? [refusal] : [])
    await answer.open(modalOf(look.complaint.number, visit))
  }

export const onChangeVisit = opensVisit(changeVisitModal, 'change-visit')
export const onCallOffVisit = opensVisit(callOffVisitModal, 'call-off-visit')

export const onMakeGood = opens(
  (complaint, { setup }) => makeGoodModal(complaint, { setup }),
  'while open',
  'make-good',
)

export const onApprove: OnAction = async ({ operations, clock }, payload, answer) => {
  await answer.ack()
  const makeGood = partOf(pressed(payload))
  const command = { kind: 'approve-make-good', by: payload.user.id, makeGood } as const
  const done = await operations.change(numberOf(payload), null, command, clock())
  if (!done.ok) await answer.refuse(done.refusals)
}

/** Whoever may not decide it is told so before they have put a reason into words. */
export const onDecline: OnAction = async ({ operations }, payload, answer) => {
  await answer.ack()
  const by = payload.user.id
  const look = await inTime(operations.lookAt(numberOf(payload), by))
  if (!look.ok) return answer.refuse(look.refusals)
  const asked = checkDeciding(look.complaint, partOf(pressed(payload)), by, look.setup)
  if (!('seq' in asked)) return answer.refuse([asked])
  await answer.open(declineModal(look.complaint.number, asked))
}

export const onTimeline: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const look = await inTime(house.operations.lookBack(numberOf(payload), payload.user.id))
  if (!look.ok) return answer.refuse(look.refusals)
  await answer.open(timelineModal(look.complaint, look.entries, { ...look, page: 0 }))
}

export const onTimelinePage: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const { complaint: number, page } = timelinePageOf(pressed(payload))
  const look = await inTime(house.operations.lookBack(number, payload.user.id))
  if (!look.ok || !payload.view) return
  await answer.redraw(
    payload.view.id,
    payload.view.hash,
    timelineModal(look.complaint, look.entries, { ...look, page }),
  )
}

/** The promised time follows the severity, as long as the person has not set one of their own. */
export const onSeverity: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const { view } = payload
  const chosen = SEVERITIES.find((severity) => severity === payload.actions[0]?.selected_option?.value)
  const setup = await setupFor(house)
  if (!view || !chosen || !setup) return
  const begun = fileMetadataOf(view.private_metadata)
  const fields = new Fields(view)
  const promisedBy = fields.instant('promisedBy')
  const own = promisedBy !== null && promisedBy.getTime() !== begun.promisedBy * 1000
  const typed = { customer: fields.text('customer') ?? '', words: fields.text('words') ?? '' }
  await answer.redraw(
    view.id,
    view.hash,
    fileModal({
      setup,
      now: house.clock(),
      prefill: typed,
      source: begun.source,
      files: begun.files,
      severity: chosen,
      ...(own ? { promisedBy } : {}),
    }),
  )
}

/** The origin starts at the root cause's own department. */
export const onRootCause: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const { view } = payload
  const rootCause = payload.actions[0]?.selected_option?.value
  if (!view || !rootCause) return
  const look = await inTime(house.operations.lookAt(complaintOf(view.private_metadata), payload.user.id))
  if (look.ok) await answer.redraw(view.id, view.hash, closeOutModal(look.complaint, { setup: look.setup, rootCause }))
}

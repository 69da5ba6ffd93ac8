import { checkDeciding } from '../../complaint/makingGood.ts'
import { plannedVisit } from '../../complaint/replanning.ts'
import type { Setup } from '../../complaint/setup.ts'
import { SEVERITIES } from '../../complaint/setup.ts'
import type { Complaint, Visit } from '../../complaint/types.ts'
import { callbackModal } from '../../views/callbackModal.ts'
import { callOffVisitModal, changeVisitModal } from '../../views/changeVisitModal.ts'
import { closeOutModal } from '../../views/closeOutModal.ts'
import { editModal } from '../../views/editModal.ts'
import { fileMetadataOf, fileModal } from '../../views/fileModal.ts'
import { declineModal, makeGoodModal } from '../../views/makeGoodModal.ts'
import { channelOf, complaintOf, listPageOf, partOf, timelinePageOf } from '../../views/metadata.ts'
import { moreModal } from '../../views/moreModal.ts'
import { moveCallbackModal } from '../../views/moveCallbackModal.ts'
import { outcomeModal } from '../../views/outcomeModal.ts'
import { reopenModal } from '../../views/reopenModal.ts'
import { timelineModal } from '../../views/timelineModal.ts'
import { visitModal } from '../../views/visitModal.ts'
import { warRoomAsked } from '../../views/warRoom.ts'
import type { Answer } from '../answer.ts'
import { Fields } from '../fields.ts'
import type { ActionPayload } from '../payloads.ts'
import { inTime } from '../trouble.ts'
import { listFor, showCard } from './command.ts'
import { maySeeContact } from './contact.ts'
import { type House, setupFor } from './house.ts'

type OnAction = (house: House, payload: ActionPayload, answer: Answer) => Promise<void>

const pressed = (payload: ActionPayload): string => payload.actions[0]?.value ?? ''
const numberOf = (payload: ActionPayload): number => Number.parseInt(pressed(payload), 10) || 0

/** A button that does its work at once. */
const carriesOut =
  (kind: 'own' | 'arrive'): OnAction =>
  async ({ operations, clock }, payload, answer) => {
    await answer.ack()
    const done = await operations.change(numberOf(payload), null, { kind, by: payload.user.id }, clock())
    if (!done.ok) await answer.refuse(done.refusals)
  }

export const onOwn = carriesOut('own')
export const onArrived = carriesOut('arrive')

/** Pressed in the thread, or behind "More", which is drawn anew. */
export const onSetOut: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const { operations, clock } = house
  const number = numberOf(payload)
  const command = { kind: 'set-out', by: payload.user.id, visit: partOf(pressed(payload)) } as const
  const done = await operations.change(number, null, command, clock())
  if (!done.ok) return answer.refuse(done.refusals)
  const complaint = payload.view ? await operations.lookAt(number) : null
  if (payload.view && complaint)
    await answer.redraw(payload.view.id, payload.view.hash, moreModal(complaint, openedIn(payload)))
}

/** Slack makes the channel in its own time; its link comes in the card's thread. */
export const onWarRoom: OnAction = async ({ operations, clock }, payload, answer) => {
  await answer.ack()
  const command = { kind: 'open-war-room', by: payload.user.id } as const
  const done = await operations.change(numberOf(payload), null, command, clock())
  if (!done.ok) return answer.refuse(done.refusals)
  await answer.say(warRoomAsked())
}

export const onShow: OnAction = (house, payload, answer) =>
  showCard(house, answer, numberOf(payload), payload.user.id, payload.channel?.id ?? null)

export const onPage: OnAction = async (house, payload, answer) => {
  const { query, page } = listPageOf(pressed(payload))
  await answer.replace(await inTime(listFor(house, payload.user.id, query, page)))
}

/** The channel where the button stands, or where the modal it stands in was opened. */
const openedIn = ({ channel, view }: ActionPayload): string | null =>
  channel?.id ?? (view ? channelOf(view.private_metadata) : null)

type ModalOf = (
  complaint: Complaint,
  about: { setup: Setup; now: Date; by: string; showContact: boolean; channel: string | null },
) => Parameters<Answer['open']>[0]

/** A button that opens a form about its complaint. A form for what doesn't apply any more isn't opened; the person is told. */
const opens =
  (modalOf: ModalOf, applies: 'while open' | 'when closed' | 'always'): OnAction =>
  async (house, payload, answer) => {
    await answer.ack()
    const number = numberOf(payload)
    const [setup, complaint] = await inTime(Promise.all([setupFor(house), house.operations.lookAt(number)]))
    if (!setup) return answer.refuse([{ kind: 'not-set-up' }])
    if (!complaint) return answer.refuse([{ kind: 'no-such-complaint', number }])
    if (applies === 'while open' && complaint.status === 'closed') return answer.refuse([{ kind: 'closed' }])
    if (applies === 'when closed' && complaint.status !== 'closed') return answer.refuse([{ kind: 'not-closed' }])
    const by = payload.user.id
    const channel = openedIn(payload)
    const showContact = maySeeContact(complaint, setup, by, channel)
    await answer.open(modalOf(complaint, { setup, now: house.clock(), by, showContact, channel }))
  }

export const onLogCallback = opens((complaint, { now }) => callbackModal(complaint, { now }), 'while open')
export const onVisit = opens((complaint, { by }) => visitModal(complaint, { by }), 'while open')
export const onOutcome = opens((complaint) => outcomeModal(complaint), 'while open')
export const onCloseOut = opens((complaint, { setup }) => closeOutModal(complaint, { setup }), 'while open')
export const onReopen = opens((complaint, { now }) => reopenModal(complaint, { now }), 'when closed')
export const onMore = opens((complaint, { channel }) => moreModal(complaint, channel), 'always')
export const onEdit = opens((complaint, { showContact }) => editModal(complaint, { showContact }), 'always')
export const onMoveCallback = opens((complaint, { now }) => moveCallbackModal(complaint, { now }), 'while open')

/** A button that opens a form about the visit that it names. */
const opensVisit =
  (modalOf: (complaint: number, visit: Visit) => Parameters<Answer['open']>[0]): OnAction =>
  async (house, payload, answer) => {
    await answer.ack()
    const number = numberOf(payload)
    const complaint = await inTime(house.operations.lookAt(number))
    if (!complaint) return answer.refuse([{ kind: 'no-such-complaint', number }])
    const visit = plannedVisit(complaint, partOf(pressed(payload)))
    if ('kind' in visit) return answer.refuse([visit])
    await answer.open(modalOf(number, visit))
  }

export const onChangeVisit = opensVisit(changeVisitModal)
export const onCallOffVisit = opensVisit(callOffVisitModal)

export const onMakeGood = opens((complaint, { setup }) => makeGoodModal(complaint, { setup }), 'while open')

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
  const number = numberOf(payload)
  const [setup, complaint] = await inTime(Promise.all([operations.setup(), operations.lookAt(number)]))
  if (!setup) return answer.refuse([{ kind: 'not-set-up' }])
  if (!complaint) return answer.refuse([{ kind: 'no-such-complaint', number }])
  const asked = checkDeciding(complaint, partOf(pressed(payload)), payload.user.id, setup)
  if (!('seq' in asked)) return answer.refuse([asked])
  await answer.open(declineModal(number, asked))
}

/** Whoever to call back is named in an edit, too. */
const timelineFor = (complaint: Complaint, setup: Setup, payload: ActionPayload, page: number) => ({
  setup,
  page,
  showContact: maySeeContact(complaint, setup, payload.user.id, openedIn(payload)),
})

export const onTimeline: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const number = numberOf(payload)
  const [setup, complaint, entries] = await inTime(
    Promise.all([setupFor(house), house.operations.lookAt(number), house.operations.lookBack(number)]),
  )
  if (!setup || !complaint) return answer.refuse([{ kind: 'no-such-complaint', number }])
  await answer.open(timelineModal(complaint, entries, timelineFor(complaint, setup, payload, 0)))
}

export const onTimelinePage: OnAction = async (house, payload, answer) => {
  await answer.ack()
  const { complaint: number, page } = timelinePageOf(pressed(payload))
  const [setup, complaint, entries] = await inTime(
    Promise.all([setupFor(house), house.operations.lookAt(number), house.operations.lookBack(number)]),
  )
  if (!setup || !complaint || !payload.view) return
  await answer.redraw(
    payload.view.id,
    payload.view.hash,
    timelineModal(complaint, entries, timelineFor(complaint, setup, payload, page)),
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
  const [setup, complaint] = await inTime(
    Promise.all([setupFor(house), house.operations.lookAt(complaintOf(view.private_metadata))]),
  )
  if (setup && complaint) await answer.redraw(view.id, view.hash, closeOutModal(complaint, { setup, rootCause }))
}

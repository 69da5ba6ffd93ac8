import type { GivenFile } from '../../complaint/commands.ts'
import { checkCorrection } from '../../complaint/correcting.ts'
import { goesToLeads } from '../../complaint/handing.ts'
import { leadsOf } from '../../complaint/leads.ts'
import type { Field, Refusal } from '../../complaint/refusals.ts'
import { leafOf, SEVERITIES } from '../../complaint/setup.ts'
import {
  CALLBACK_OUTCOMES,
  type Correction,
  FEELINGS,
  FIXES,
  MAKE_GOODS,
  type Report,
  SETTLEMENTS,
  VISIT_OUTCOMES,
} from '../../complaint/types.ts'
import type { PersonsCommand } from '../../operations/operations.ts'
import type { Outcome } from '../../operations/outcome.ts'
import { callbackModal } from '../../views/callbackModal.ts'
import { fileMetadataOf } from '../../views/fileModal.ts'
import { complaintOf, editOf, handOverOf, heightFrom, makeGoodOf, settleOf, visitOf } from '../../views/metadata.ts'
import { visitModal } from '../../views/visitModal.ts'
import type { FormAnswer } from '../answer.ts'
import type { Fields } from '../fields.ts'
import type { SubmissionPayload } from '../payloads.ts'
import { inTime } from '../trouble.ts'
import { lookAtFiles } from './files.ts'
import type { House } from './house.ts'

export interface Form {
  readonly payload: SubmissionPayload
  readonly fields: Fields
}

export type OnSubmission = (house: House, form: Form, answer: FormAnswer) => Promise<void>

const missing = (...fields: Field[]): Refusal[] => fields.map((field) => ({ kind: 'missing', field }))

/** The fields that hold nothing, of those that must. */
const empty = (given: Partial<Record<Field, unknown>>): Refusal[] =>
  missing(...(Object.keys(given) as Field[]).filter((field) => given[field] === null))

/** The same form delivered twice is one submission; one that took the place of another has its id, and is not. */
const submissionOf = ({ view }: SubmissionPayload): string => `${view.id}:${view.callback_id}`

export const settle = async (answer: FormAnswer, outcome: Promise<Outcome>): Promise<void> => {
  const known = await inTime(outcome)
  await (known.ok ? answer.close() : answer.refuse(known.refusals))
}

const change = (
  { operations, clock }: House,
  { payload }: Form,
  answer: FormAnswer,
  command: PersonsCommand,
): Promise<void> =>
  settle(answer, operations.change(complaintOf(payload.view.private_metadata), submissionOf(payload), command, clock()))

const filesIn = ({ client }: House, { fields }: Form): Promise<GivenFile[]> =>
  lookAtFiles(client, fields.files('files'))

const reportIn = (fields: Fields): { report: Report; faults: Refusal[] } => {
  const feeling = fields.oneOf('feeling', FEELINGS)
  const severity = fields.oneOf('severity', SEVERITIES)
  return {
    faults: empty({ feeling, severity }),
    report: {
      customer: fields.text('customer') ?? '',
      feeling: feeling ?? 'calm',
      words: fields.text('words') ?? '',
      tried: fields.text('tried'),
      severity: severity ?? 'normal',
      contact: fields.text('contact'),
      reference: fields.text('reference'),
    },
  }
}

export const onFiled: OnSubmission = async ({ operations, client, clock }, { payload, fields }, answer) => {
  const { report, faults } = reportIn(fields)
  const department = fields.choice('department')
  const toldAt = fields.instant('toldAt')
  const promisedBy = fields.instant('promisedBy')
  const gaps = [...faults, ...empty({ department, toldAt, promisedBy })]
  if (gaps.length > 0 || !department || !toldAt || !promisedBy) return answer.refuse(gaps)
  const { source, files: ofMessage } = fileMetadataOf(payload.view.private_metadata)
  const [files, filesOfMessage] = await Promise.all([
    lookAtFiles(client, fields.files('files')),
    lookAtFiles(client, ofMessage),
  ])
  const filing = {
    ...{ report, department, toldAt, promisedBy, source, reporter: payload.user.id },
    ...{ files, filesOfMessage },
  }
  await settle(answer, operations.file(payload.view.id, filing, clock()))
}

export const onEdited: OnSubmission = async ({ operations, clock }, { payload, fields }, answer) => {
  const { report, faults } = reportIn(fields)
  if (faults.length > 0) return answer.refuse(faults)
  const { complaint, edits } = editOf(payload.view.private_metadata)
  const command = { kind: 'edit', by: payload.user.id, report, edits } as const
  await settle(answer, operations.change(complaint, submissionOf(payload), command, clock()))
}

export const onCallbackLogged: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const outcome = fields.oneOf('outcome', CALLBACK_OUTCOMES)
  const settled = fields.oneOf('settled', ['yes', 'no'])
  if (!outcome || !settled) return answer.refuse(empty({ outcome, settled }))
  await change(house, form, answer, {
    kind: 'log-callback',
    by: payload.user.id,
    outcome,
    said: fields.text('said'),
    settled: settled === 'yes',
    promisedBy: fields.instant('promisedBy'),
  })
}

export const onCallbackMoved: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const promisedBy = fields.instant('promisedBy')
  const reason = fields.text('reason')
  if (!promisedBy || !reason) return answer.refuse(empty({ promisedBy, reason }))
  await change(house, form, answer, { kind: 'move-callback', by: payload.user.id, promisedBy, reason })
}

export const onRaised: OnSubmission = ({ operations, clock }, { payload, fields }, answer) => {
  const { complaint, height: from } = heightFrom(payload.view.private_metadata)
  const command = { kind: 'next-level', by: payload.user.id, from, tried: fields.text('tried') } as const
  return settle(answer, operations.change(complaint, payload.view.id, command, clock()))
}

/** Who goes, and when; or what was done from afar in the place of a trip. */
export const onVisitPlanned: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const by = payload.user.id
  if (fields.checked('remote')) {
    const done = fields.text('done')
    if (!done) return answer.refuse(missing('done'))
    return change(house, form, answer, { kind: 'fix-remotely', by, done, files: await filesIn(house, form) })
  }
  const who = fields.person('who')
  const eta = fields.instant('eta')
  if (!who || !eta) return answer.refuse(empty({ who, eta }))
  const files = await filesIn(house, form)
  await change(house, form, answer, { kind: 'plan-visit', by, who, eta, parts: fields.text('parts'), files })
}

export const onVisitChanged: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const who = fields.person('who')
  const eta = fields.instant('eta')
  if (!who || !eta) return answer.refuse(empty({ who, eta }))
  const { visit } = visitOf(payload.view.private_metadata)
  const parts = fields.text('parts')
  await change(house, form, answer, { kind: 'change-visit', by: payload.user.id, visit, who, eta, parts })
}

export const onVisitCalledOff: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const reason = fields.text('reason')
  if (!reason) return answer.refuse(missing('reason'))
  const { visit } = visitOf(payload.view.private_metadata)
  await change(house, form, answer, { kind: 'call-off-visit', by: payload.user.id, visit, reason })
}

/** What is not fixed yet leads whoever may plan it on to the next visit: its form takes the place of this one. */
export const onVisitOutcome: OnSubmission = async ({ operations, clock }, { fields, payload }, answer) => {
  const outcome = fields.oneOf('outcome', VISIT_OUTCOMES)
  const done = fields.text('done')
  if (!outcome || !done) return answer.refuse(empty({ outcome, done }))
  const by = payload.user.id
  const number = complaintOf(payload.view.private_metadata)
  const command = { kind: 'visit-outcome', by, outcome, done } as const
  const known = await inTime(operations.change(number, submissionOf(payload), command, clock()))
  if (!known.ok) return answer.refuse(known.refusals)
  if (outcome === 'fixed') return answer.close()
  const look = await inTime(operations.lookAt(number, by))
  await (look.ok && look.mayNot('plan-visit') === null
    ? answer.show(visitModal(look.complaint, { by, after: outcome }))
    : answer.close())
}

export const onMadeGood: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const how = fields.oneOf('how', MAKE_GOODS)
  if (!how) return answer.refuse(empty({ how }))
  const [amount, note] = [fields.text('amount'), fields.text('note')]
  await change(house, form, answer, { kind: 'make-good', by: payload.user.id, how, amount, note })
}

export const onDeclined: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const reason = fields.text('reason')
  if (!reason) return answer.refuse(missing('reason'))
  const { makeGood } = makeGoodOf(payload.view.private_metadata)
  await change(house, form, answer, { kind: 'decline-make-good', by: payload.user.id, makeGood, reason })
}

export const correctionIn = (fields: Fields): Correction => ({
  correctiveAction: fields.text('correctiveAction'),
  takenBy: fields.person('takenBy'),
  dueBy: fields.instant('dueBy'),
  whyNone: fields.text('whyNone'),
})

/** "No" is no close-out: the same call, logged with its next promise. */
export const onClosedOut: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const rootCause = fields.choice('rootCause')
  const done = fields.text('done')
  const fix = fields.oneOf('fix', FIXES)
  const avoidable = fields.oneOf('avoidable', ['yes', 'no'])
  const settled = fields.oneOf('settled', SETTLEMENTS)
  const correction = correctionIn(fields)
  const setup = await inTime(house.operations.setup())
  const origin = fields.choice('origin') ?? (setup && rootCause ? (leafOf(setup, rootCause)?.origin ?? null) : null)
  if (!rootCause || !done || !fix || !avoidable || !settled || !origin)
    return answer.refuse([
      ...empty({ rootCause, origin, done, fix, avoidable, settled }),
      ...(settled === 'no' ? [] : checkCorrection(correction, house.clock())),
    ])
  const number = complaintOf(payload.view.private_metadata)
  if (settled === 'no') {
    const look = await inTime(house.operations.lookAt(number, payload.user.id))
    if (!look.ok) return answer.refuse(look.refusals)
    const { complaint } = look
    if (complaint.status === 'closed') return answer.refuse([{ kind: 'closed' }])
    return answer.show(
      callbackModal(complaint, { now: house.clock(), preset: { outcome: 'reached', said: done, settled: false } }),
    )
  }
  await change(house, form, answer, {
    kind: 'close-out',
    by: payload.user.id,
    rootCause,
    origin,
    done,
    fix,
    avoidable: avoidable === 'yes',
    settled,
    ...correction,
    files: await filesIn(house, form),
  })
}

export const onReopened: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const reason = fields.text('reason')
  const promisedBy = fields.instant('promisedBy')
  if (!reason || !promisedBy) return answer.refuse(empty({ reason, promisedBy }))
  const look = await inTime(house.operations.lookAt(complaintOf(payload.view.private_metadata), payload.user.id))
  const ownerGone = look.ok && look.complaint.owner !== null ? await isGone(house, look.complaint.owner) : false
  await change(house, form, answer, { kind: 'reopen', by: payload.user.id, reason, promisedBy, ownerGone })
}

export const onHandedOver: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const department = fields.choice('department')
  const reason = fields.text('reason')
  if (!department || !reason) return answer.refuse(empty({ department, reason }))
  const { complaint: number, handOvers } = handOverOf(payload.view.private_metadata)
  const look = await inTime(house.operations.lookAt(number, payload.user.id))
  const goes = look.ok && goesToLeads(look.complaint)
  const gone = goes ? await goneOf(house, leadsOf(look.setup, look.complaint.department, department)) : []
  await change(house, form, answer, { kind: 'hand-over', by: payload.user.id, department, reason, handOvers, gone })
}

export const onSettled: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const department = fields.choice('department')
  const owner = fields.person('who')
  if (!department) return answer.refuse(missing('department'))
  const { entry } = settleOf(payload.view.private_metadata)
  const ownerGone = owner !== null && (await isGone(house, owner))
  await change(house, form, answer, { kind: 'settle', by: payload.user.id, department, owner, entry, ownerGone })
}

export const onReassigned: OnSubmission = async (house, form, answer) => {
  const { fields, payload } = form
  const owner = fields.person('who')
  if (!owner) return answer.refuse(missing('who'))
  const ownerGone = await isGone(house, owner)
  const reason = fields.text('reason')
  await change(house, form, answer, { kind: 'reassign', by: payload.user.id, owner, reason, ownerGone })
}

/** Of these people, those who can do nothing here: they have left, are guests, or apps. */
async function goneOf({ operations }: House, people: readonly string[]): Promise<string[]> {
  const refusals = await Promise.all(people.map((person) => operations.turnsAway(person)))
  return people.filter((_, index) => refusals[index] !== null)
}

const isGone = async (house: House, person: string): Promise<boolean> => (await goneOf(house, [person])).length > 0

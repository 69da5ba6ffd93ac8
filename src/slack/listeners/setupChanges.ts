import { sentence } from '../../complaint/refusals.ts'
import type { Setup } from '../../complaint/setup.ts'
import type { PieceFault } from '../../operations/operations.ts'
import { type SetupFormMetadata, type SetupPiece, setupFormOf } from '../../views/metadata.ts'
import { noticeModal } from '../../views/notice.ts'
import { refused } from '../../views/refused.ts'
import type { SetupField } from '../../views/setupFields.ts'
import { pageOf, setupList } from '../../views/setupList.ts'
import { setupModal } from '../../views/setupModal.ts'
import { escaped } from '../../views/text.ts'
import { redraw } from '../answer.ts'
import { settingsIn, shownIn } from '../settings.ts'
import { inTime } from '../trouble.ts'
import type { House } from './house.ts'
import type { Form, OnSubmission } from './submissions.ts'

/** A piece that was added or changed: put in force, or each fault under its field. */
export const onSetupSaved: OnSubmission = async (house, form, answer) => {
  const { payload, fields } = form
  const about = setupFormOf(payload.view.private_metadata)
  const shown = shownIn(fields, about.piece)
  const settings = settingsIn(fields, shown)
  const request = { by: payload.user.id, view: payload.view.id, piece: about.piece, settings, mark: about.mark }
  const done = await inTime(house.operations.changeSetup(request, house.clock()))
  if (!done.ok) {
    if (done.refusals.length > 0) return answer.refuse(done.refusals)
    return answer.correct(done.faults.map((fault) => [fieldOf(shown, fault), wordsOf(fault)]))
  }
  if (done.setup && about.piece.kind === 'start')
    return answer.show(setupModal(done.setup, { notices: ['Amends is set up.', ...done.warnings.map(asSentence)] }))
  await answer.back()
  if (done.setup) await seeAgain(house, form, { ...about, piece: done.piece }, done.setup, done.warnings)
}

export const onSetupRemoved: OnSubmission = async (house, form, answer) => {
  const { payload } = form
  const about = setupFormOf(payload.view.private_metadata)
  const request = { by: payload.user.id, view: payload.view.id, piece: about.piece, settings: null, mark: about.mark }
  const done = await inTime(house.operations.changeSetup(request, house.clock()))
  if (!done.ok) {
    const why = [...done.refusals.map(sentence), ...done.faults.map((fault) => escaped(wordsOf(fault)))]
    return answer.show(noticeModal(refused(why.join(' '))))
  }
  await answer.back()
  if (done.setup) await seeAgain(house, form, about, done.setup, done.warnings)
}

/** What the form was opened from shows what is in force by now. */
async function seeAgain(
  { client }: House,
  { payload }: Form,
  { piece, page }: SetupFormMetadata,
  setup: Setup,
  warnings: readonly string[],
): Promise<void> {
  const { previous_view_id: below, root_view_id: root } = payload.view
  const notices = warnings.map(asSentence)
  const list = listOf(piece)
  if (list && below && below !== root)
    await redraw(client, below, undefined, setupList(setup, { list, page: pageOf(setup, piece) ?? page }, notices))
  if (root && root !== payload.view.id)
    await redraw(client, root, undefined, setupModal(setup, { notices: below === root ? notices : [] }))
}

const listOf = ({ kind }: SetupPiece) =>
  kind === 'department' || kind === 'calling' ? 'departments' : kind === 'cause' ? 'causes' : null

/** The field that holds the place of a fault, or is the first of a row that has one. */
const fieldOf = (shown: readonly SetupField[], { path }: PieceFault): string | null => {
  const within = (inner: SetupField['path'], outer: SetupField['path']) =>
    outer.every((part, index) => inner[index] === part)
  if (path === null) return null
  const field = shown.find((one) => within(path, one.path)) ?? shown.find((one) => within(one.path, path))
  return field?.id ?? null
}

const wordsOf = ({ message }: PieceFault): string =>
  asSentence(/^(is|has|holds|calls) /.test(message) ? `This ${message}` : message)

const asSentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?]$/.test(words) ? '' : '.'}`

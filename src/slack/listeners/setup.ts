import type { Setup } from '../../complaint/setup.ts'
import type { SetupSight } from '../../operations/operations.ts'
import { type SetupPiece, setupButtonOf, setupListOf } from '../../views/metadata.ts'
import { setupForm, setupRemoval } from '../../views/setupForm.ts'
import { ROW, setupList } from '../../views/setupList.ts'
import { setupModal } from '../../views/setupModal.ts'
import { placedCauses } from '../../views/setupOptions.ts'
import type { Answer } from '../answer.ts'
import { inTime } from '../trouble.ts'
import { type OnAction, pressed } from './actions.ts'
import type { House } from './house.ts'
import { groupNames, zoneOf } from './setupSearches.ts'

/** Opens the setup, or before anything is in force the form with which it begins. */
export async function openSetup(house: House, answer: Answer, person: string): Promise<void> {
  const look = await inTime(house.operations.lookAtSetup(person))
  if (!look.ok) return answer.refuse(look.refusals)
  if (look.setup) return answer.open(setupModal(look.setup))
  const start = look.piece({ kind: 'start' })
  if (!start) throw new Error('Nothing to begin with')
  const timezone = await zoneOf(house, person)
  await answer.open(
    setupForm({
      ...{ piece: { kind: 'start' }, mark: start.mark, page: 0, setup: null },
      contents: { admins: [person], ...(timezone ? { timezone } : {}) },
    }),
  )
}

export const onSetup: OnAction = (house, payload, answer) => openSetup(house, answer, payload.user.id)

/** What is done with the setup as it is, by somebody who may change it. */
const looking =
  (
    then: (
      sight: SetupSight & { readonly setup: Setup },
      about: { house: House; payload: Parameters<OnAction>[1]; answer: Answer },
    ) => Promise<void>,
  ): OnAction =>
  async (house, payload, answer) => {
    await answer.ack()
    const look = await inTime(house.operations.lookAtSetup(payload.user.id))
    if (!look.ok) return answer.refuse(look.refusals)
    if (!look.setup) return answer.refuse([{ kind: 'setup-gone' }])
    await then({ ...look, setup: look.setup }, { house, payload, answer })
  }

export const onSetupList = looking(async ({ setup }, { payload, answer }) => {
  const asked = setupListOf(pressed(payload))
  if (asked) await answer.open(setupList(setup, asked))
})

export const onSetupPage = looking(async ({ setup }, { payload, answer }) => {
  const asked = setupListOf(pressed(payload))
  const { view } = payload
  if (asked && view) await answer.redraw(view.id, view.hash, setupList(setup, asked))
})

export const onSetupForm = looking(async (sight, about) => {
  const { piece, under } = setupButtonOf(pressed(about.payload))
  await openForm(sight, about, piece, under)
})

/** One that was found in the list. */
export const onSetupFind = looking(async (sight, about) => {
  const { view, actions } = about.payload
  const list = setupListOf(view?.private_metadata ?? '')?.list
  const key = actions[0]?.selected_option?.value
  if (list && key) await openForm(sight, about, { kind: list === 'departments' ? 'department' : 'cause', key })
})

/** Edit, Add below, and taking away, from the menu of a row. */
export const onSetupRow = looking(async (sight, about) => {
  const { payload, answer } = about
  const [action] = payload.actions
  const [, kind, key] = /^(department|cause):(.*)$/.exec(action?.block_id ?? '') ?? []
  if ((kind !== 'department' && kind !== 'cause') || key === undefined) return
  const piece = { kind, key } as const
  switch (action?.selected_option?.value) {
    case ROW.edit:
      return openForm(sight, about, piece)
    case ROW.calling:
      return openForm(sight, about, { kind: 'calling', key })
    case ROW.below:
      return openForm(sight, about, { kind, key: null }, key)
    case ROW.remove: {
      const found = sight.piece(piece, { whole: true })
      if (!found) return answer.refuse([{ kind: 'setup-gone' }])
      const cause = placedCauses(sight.setup.rootCauses).find((one) => kind === 'cause' && one.cause.key === key)?.cause
      const below = cause ? placedCauses(cause.children).length : 0
      const name = String(found.contents.name)
      return answer.open(setupRemoval({ piece, mark: found.mark, page: pageOf(payload), name, below }))
    }
  }
})

const pageOf = ({ view }: Parameters<OnAction>[1]): number => setupListOf(view?.private_metadata ?? '')?.page ?? 0

async function openForm(
  sight: SetupSight & { readonly setup: Setup },
  { house, payload, answer }: { house: House; payload: Parameters<OnAction>[1]; answer: Answer },
  piece: SetupPiece,
  under?: string,
): Promise<void> {
  const found = sight.piece(piece)
  if (!found) return answer.refuse([{ kind: 'setup-gone' }])
  const { setup } = sight
  const contents = {
    ...found.contents,
    ...(under === undefined ? {} : { under }),
    ...(piece.kind === 'company' && setup.admins.length === 0 ? { admins: [payload.user.id] } : {}),
  }
  const { group, levels } = found.contents
  const usergroups = group !== undefined || levels !== undefined ? await groupNames(house) : new Map<string, string>()
  await answer.open(setupForm({ piece, mark: found.mark, page: pageOf(payload), contents, setup, usergroups }))
}

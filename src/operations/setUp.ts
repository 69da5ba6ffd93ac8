import type { Refusal } from '../complaint/refusals.ts'
import { type Asker, mayNotSetUp } from '../complaint/roles.ts'
import type { Setup } from '../complaint/setup.ts'
import { type Edited, faultsOfPiece, withoutPiece, withPiece } from '../config/edits.ts'
import type { Fault, Path } from '../config/faults.ts'
import { checkConfig } from '../config/parse.ts'
import { contentsOf, markOf, type Piece, type PieceFault, type Plain, plainOf, type Setting } from '../config/pieces.ts'
import type { Database } from '../store/database.ts'
import type { InForce } from '../store/inForce.ts'
import { lockWorkspace, readSetup } from '../store/setup.ts'
import { isSubmitted, takeSubmission } from '../store/submissions.ts'
import { replaceSetup } from './putInForce.ts'

export type { Path, Piece, PieceFault, Plain, Setting }

export interface SetupAsked {
  readonly workspace: string
  readonly by: string
  readonly asker: Asker
}

/** What whoever may change the setup sees of it. */
export interface SetupSight {
  readonly ok: true
  /** Null before anything is in force. */
  readonly setup: Setup | null
  /** What a form shows of a piece, with a mark by which its change is told; null where it is not there. */
  readonly piece: (piece: Piece, about?: { whole?: boolean }) => { contents: Plain; mark: string } | null
}

export type SetupLook = SetupSight | { readonly ok: false; readonly refusals: readonly Refusal[] }

export interface SetupRequest extends SetupAsked {
  /** Slack's id of the form. */
  readonly view: string
  readonly piece: Piece
  /** Null: the piece is taken away. */
  readonly settings: readonly Setting[] | null
  /** The piece's as the form was opened; else somebody changed it meanwhile. */
  readonly mark: string
}

export type SetupChanged =
  /** One that was added has its key by now. `warnings`: what does not keep it from working, but may surprise. */
  | { readonly ok: true; readonly setup: Setup | null; readonly piece: Piece; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly refusals: readonly Refusal[]; readonly faults: readonly PieceFault[] }

/** Asks Slack whether the channels, people and usergroups exist that are not in force already. */
export type LookUp = (
  setup: Setup,
  before: Setup | null,
) => Promise<{ faults: readonly Fault[]; warnings: readonly Fault[] }>

export async function lookAtSetup(db: Database, inForce: InForce, asked: SetupAsked): Promise<SetupLook> {
  const setup = await inForce.read(db.reader, asked.workspace)
  const refusal = mayNotSetUp(asked.by, setup, asked.asker)
  if (refusal) return { ok: false, refusals: [refusal] }
  const all = plainOf(setup)
  return {
    ok: true,
    setup,
    piece: (piece, about) => {
      const contents = contentsOf(all, piece)
      return contents && { contents, mark: markOf(all, piece, about) }
    },
  }
}

/** Puts a changed piece in force together with all the rest, by the rules of the file: all of it or nothing. */
export async function changeSetup(
  db: Database,
  inForce: InForce,
  lookUp: LookUp,
  request: SetupRequest,
  now: Date,
): Promise<SetupChanged> {
  const { workspace, view } = request
  const before = await inForce.read(db.reader, workspace)
  const planned = plan(before, request)
  if (!planned.ok) return (await isSubmitted(db.reader, workspace, view)) ? inForceAlready(before, request) : planned
  // Slack is asked before the transaction begins.
  const found = await lookUp(planned.setup, before)
  if (found.faults.length > 0) return refusedFor([], faultsOfPiece(found.faults, planned.base, planned.entered))
  return db.transaction(async (tx): Promise<SetupChanged> => {
    await lockWorkspace(tx, workspace)
    const current = (await readSetup(tx, workspace))?.setup ?? null
    if (await isSubmitted(tx, workspace, view)) return inForceAlready(current, request)
    const plannedNow = plan(current, request)
    if (!plannedNow.ok) return plannedNow
    const put = await replaceSetup(tx, workspace, current, plannedNow.setup, now)
    if (!put.ok) return refusedFor([...put.open.values()].map((open) => ({ kind: 'department-in-use', open })))
    await takeSubmission(tx, workspace, view, null, now)
    return { ...plannedNow, warnings: found.warnings.map(({ message }) => message) }
  })
}

/** The same form again. */
const inForceAlready = (setup: Setup | null, { piece }: SetupRequest) =>
  ({ ok: true, setup, piece, warnings: [] }) as const

type Planned =
  | ({ readonly ok: true; readonly setup: Setup } & Pick<Extract<Edited, { ok: true }>, 'base' | 'piece' | 'entered'>)
  | Extract<SetupChanged, { ok: false }>

const refusedFor = (refusals: readonly Refusal[], faults: readonly PieceFault[] = []) =>
  ({ ok: false, refusals, faults }) as const

/** What would be in force then. */
function plan(current: Setup | null, { by, asker, piece, settings, mark }: SetupRequest): Planned {
  const refusal = mayNotSetUp(by, current, asker)
  if (refusal) return refusedFor([refusal])
  const all = plainOf(current)
  if (markOf(all, piece, { whole: settings === null }) !== mark) return refusedFor([{ kind: 'setup-changed' }])
  const edited = settings === null ? withoutPiece(all, piece) : withPiece(all, piece, settings)
  if (!edited.ok) return 'gone' in edited ? refusedFor([{ kind: 'setup-changed' }]) : refusedFor([], edited.faults)
  const checked = checkConfig(edited.all)
  if (!checked.ok) return refusedFor([], faultsOfPiece(checked.faults, edited.base, edited.entered))
  const { base, piece: changed, entered } = edited
  return { ok: true, setup: checked.setup, base, piece: changed, ...(entered ? { entered } : {}) }
}

import { isDeepStrictEqual } from 'node:util'
import { hoursOf, type Setup } from '../complaint/setup.ts'
import { lookAgain } from '../store/complaints.ts'
import type { Database, Tx } from '../store/database.ts'
import { touchAllHomes } from '../store/home.ts'
import { lockWorkspace, openInRemoved, readSetup, writeSetup } from '../store/setup.ts'

export type PutInForce =
  | { readonly ok: true; readonly changed: boolean }
  /** The departments that it would take away although complaints are open in them, with how many. */
  | { readonly ok: false; readonly open: ReadonlyMap<string, number> }

export type Applied =
  | { readonly ok: true; readonly changed: boolean }
  | { readonly ok: false; readonly faults: string[] }

/** Puts a setup in force, whole or not at all; one that is in force already changes nothing. */
export function putInForce(db: Database, workspace: string, setup: Setup, now: Date): Promise<Applied> {
  return db.transaction(async (tx): Promise<Applied> => {
    await lockWorkspace(tx, workspace)
    const put = await replaceSetup(tx, workspace, (await readSetup(tx, workspace))?.setup ?? null, setup, now)
    return put.ok
      ? put
      : {
          ok: false,
          faults: [...put.open].map(
            ([key, count]) =>
              `departments: "${key}" still has ${count} open ${count === 1 ? 'complaint' : 'complaints'} and can't be left out yet`,
          ),
        }
  })
}

/** The same in a transaction that holds the workspace, for what is in force there. */
export async function replaceSetup(
  tx: Tx,
  workspace: string,
  current: Setup | null,
  setup: Setup,
  now: Date,
): Promise<PutInForce> {
  if (current && isDeepStrictEqual(current, setup)) return { ok: true, changed: false }
  const kept = setup.departments.map((department) => department.key)
  const open = await openInRemoved(tx, workspace, kept)
  if (open.size > 0) return { ok: false, open }
  await writeSetup(tx, workspace, setup, now)
  await lookAgain(tx, workspace, current ? withOtherHours(current, setup) : [], now)
  await touchAllHomes(tx, workspace, now)
  return { ok: true, changed: true }
}

/** Departments whose reminders may come earlier or later than they did. */
const withOtherHours = (before: Setup, after: Setup): string[] =>
  after.departments
    .filter(({ key, hours }) => !isDeepStrictEqual(hours, hoursOf(before, key)))
    .map((department) => department.key)

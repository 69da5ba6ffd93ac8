import { isDeepStrictEqual } from 'node:util'
import { hoursOf, type Setup } from '../complaint/setup.ts'
import { lookAgain } from '../store/complaints.ts'
import type { Database } from '../store/database.ts'
import { touchAllHomes } from '../store/home.ts'
import { lockWorkspace, openInRemoved, readSetup, writeSetup } from '../store/setup.ts'

export type PutInForce =
  | { readonly ok: true; readonly changed: boolean }
  | { readonly ok: false; readonly faults: string[] }

/** Puts a setup in force, whole or not at all; one that is in force already changes nothing. */
export function putInForce(db: Database, workspace: string, setup: Setup, now: Date): Promise<PutInForce> {
  return db.transaction(async (tx): Promise<PutInForce> => {
    await lockWorkspace(tx, workspace)
    const current = await readSetup(tx, workspace)
    if (current && isDeepStrictEqual(current.setup, setup)) return { ok: true, changed: false }
    const open = await openInRemoved(
      tx,
      workspace,
      setup.departments.map((department) => department.key),
    )
    if (open.size > 0)
      return {
        ok: false,
        faults: [...open].map(
          ([key, count]) =>
            `departments: "${key}" still has ${count} open ${count === 1 ? 'complaint' : 'complaints'} and can't be left out yet`,
        ),
      }
    await writeSetup(tx, workspace, setup, now)
    await lookAgain(tx, workspace, current ? withOtherHours(current.setup, setup) : [], now)
    await touchAllHomes(tx, workspace, now)
    return { ok: true, changed: true }
  })
}

/** Departments whose reminders may come earlier or later than they did. */
const withOtherHours = (before: Setup, after: Setup): string[] =>
  after.departments
    .filter(({ key, hours }) => !isDeepStrictEqual(hours, hoursOf(before, key)))
    .map((department) => department.key)

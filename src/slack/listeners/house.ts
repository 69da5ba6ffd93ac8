import type { WebClient } from '@slack/web-api'
import type { Setup } from '../../complaint/setup.ts'
import type { Operations } from '../../operations/operations.ts'
import { inTime, isUnreachable } from '../trouble.ts'

/** What every listener is given. */
export interface House {
  readonly operations: Operations
  /** The interactions' own client: never behind a delivery that waits. */
  readonly client: WebClient
  readonly clock: () => Date
  /** Somebody's token was revoked, or the app uninstalled: perhaps ours no longer works. */
  readonly doubtToken: () => Promise<void>
}

/** What is in force; the last one known where the database can't be asked, so that a form still opens. */
export async function setupFor({ operations }: House): Promise<Setup | null> {
  try {
    return await inTime(operations.setup())
  } catch (error) {
    const last = operations.lastSetup()
    if (last && isUnreachable(error)) return last
    throw error
  }
}

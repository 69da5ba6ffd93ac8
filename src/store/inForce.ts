import { knowsHolidays } from '../complaint/holidays.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Reader } from './database.ts'
import { readSetup, readVersion, type SetupInForce } from './setup.ts'

/** What is in force, kept in memory as long as its version is the one in the database. One a process. */
export class InForce {
  private readonly kept = new Map<string, SetupInForce>()

  /** What is in force, or null before anything is. `version` saves asking for it, where the caller has just read it. */
  async read(db: Reader, workspace: string, version?: number): Promise<Setup | null> {
    return (await this.readWhole(db, workspace, version))?.setup ?? null
  }

  /** The same, with its version and since when there is one. */
  async readWhole(db: Reader, workspace: string, version?: number): Promise<SetupInForce | null> {
    const current = version ?? (await readVersion(db, workspace))
    const kept = this.kept.get(workspace)
    if (kept?.version === current) return kept
    const found = await readSetup(db, workspace)
    if (!found) return null
    this.kept.set(workspace, found)
    // Reading a calendar of holidays takes half a second: at the start rather than while somebody files.
    for (const { hours } of found.setup.departments) if (hours?.holidays) knowsHolidays(hours.holidays)
    return found
  }

  /** The last one seen here, for when the database can't be reached. */
  lastKnown(workspace: string): Setup | null {
    return this.kept.get(workspace)?.setup ?? null
  }
}

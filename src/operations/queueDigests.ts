import type { Database } from '../store/database.ts'
// placeholder until the digest helper delivers
export async function queueDigestsOnce(_db: Database, _now: Date): Promise<number> {
  return 0
}

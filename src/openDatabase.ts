import type { DatabasePlace } from './config/environment.ts'
import type { Database } from './store/database.ts'

/** Opens the database that the environment names, migrated. Each driver is loaded only where it is used. */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  if (place.kind === 'postgres') return (await import('./store/postgres.ts')).openPostgres(place.url)
  return (await import('./store/embedded.ts')).openEmbedded(place.directory)
}

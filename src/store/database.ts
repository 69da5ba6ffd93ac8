import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type * as schema from './schema.ts'

/** Where rows are read: either database, within a transaction or outside. */
export type Reader = PgDatabase<PgQueryResultHKT, typeof schema>

declare const writing: unique symbol
/** A transaction that may write. Whoever asks for one can't be called outside. */
export type Tx = Reader & { readonly [writing]: true }

export interface Database {
  readonly kind: 'postgres' | 'embedded'
  /** Runs `work` in one transaction, once; it commits when `work` resolves, else nothing of it remains. Never await Slack inside. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Reads outside a transaction; each statement sees what is committed by then. */
  readonly reader: Reader
  /** Rejects where the database can't be reached. */
  ping(): Promise<void>
  /** What nobody else does for this database; nothing on Postgres, which looks after itself. */
  maintain(): Promise<void>
  close(): Promise<void>
}

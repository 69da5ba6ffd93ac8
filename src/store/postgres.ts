import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { Database, Tx } from './database.ts'
import { migrateUnderLock } from './migrate.ts'
import * as schema from './schema.ts'

/** Milliseconds after which Postgres itself gives up on a statement, or on a transaction whose process fell silent. */
const STATEMENT_TIMEOUT = 30_000
const IDLE_TRANSACTION_TIMEOUT = 10_000

/** Connections that one process keeps, where the address does not say (`?max=20`). */
const CONNECTIONS = 10

/**
 * Connections are read-only unless a transaction says otherwise: if a backend dies under a transaction, postgres.js runs
 * what is left of it on a new connection, outside any transaction, and this refuses it (25006) instead of committing half.
 */
export async function openPostgres(url: string): Promise<Database> {
  await migrateUnderLock(url)
  const client = preparing(
    postgres(url, {
      max: Number(new URL(url).searchParams.get('max')) || CONNECTIONS,
      connect_timeout: 5,
      // By default each failure makes the next try wait longer, up to half a minute after the database is back. Seconds.
      backoff: () => 0.5,
      onnotice: () => {},
      // No array is sent or read, so that their types need not be asked for with each connection.
      fetch_types: false,
      connection: {
        application_name: 'amends',
        default_transaction_read_only: true,
        // Compiling costs the digest's one statement more than it saves. As text: postgres.js leaves out what is false.
        jit: 'off',
        statement_timeout: STATEMENT_TIMEOUT,
        idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT,
      },
    }),
  )
  return databaseOver('postgres', client, {
    maintain: async () => {},
    close: () => client.end({ timeout: 5 }),
  })
}

type Unsafe = postgres.Sql['unsafe']

/** Drizzle sends every statement unprepared, which costs a second round trip: the types of the parameters are asked for. */
export function preparing<Client extends { unsafe: Unsafe }>(client: Client): Client {
  const unsafe = client.unsafe.bind(client) as Unsafe
  client.unsafe = ((query, parameters = [], options) =>
    unsafe(query, parameters, { ...options, prepare: parameters.length > 0 })) as Unsafe
  return client
}

/** The database that a client, `preparing`, is connected to. */
export function databaseOver(
  kind: Database['kind'],
  client: postgres.Sql,
  rest: Pick<Database, 'maintain' | 'close'>,
): Database {
  const begin = client.begin.bind(client)
  client.begin = ((work: (tx: postgres.TransactionSql) => Promise<unknown>) =>
    begin('read write', (tx) => work(preparing(tx)))) as typeof client.begin
  const db = drizzle(client, { schema, casing: 'snake_case' })
  return {
    ...rest,
    kind,
    transaction: (work) => db.transaction((tx) => work(tx as unknown as Tx)),
    reader: db,
    ping: async () => {
      await client`select 1`
    },
  }
}

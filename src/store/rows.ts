import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Tx } from './database.ts'

/*
 * Rows travel as JSON, in one parameter: the statement's text depends on the table alone, so it is put together and
 * prepared once, and goes out in the order of the calls, awaited or not. Building the same statements value by value took a third of the time of filing a complaint.
 */

type Row<Table extends PgTable> = Table['$inferInsert']

const names = new Map<string, string>()

function columnOf(key: string): string {
  const known = names.get(key)
  if (known) return known
  const column = toSnakeCase(key)
  names.set(key, column)
  return column
}

const quoted = (key: string): string => `"${columnOf(key)}"`
const listed = (keys: readonly string[]): string => keys.map(quoted).join(', ')
const columnsOf = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [columnOf(key), value]))
const asJson = (value: unknown): SQL => sql`${JSON.stringify(value)}::text::jsonb`

/** Texts by the table and the columns written. */
const texts = new Map<string, SQL>()

function made(table: PgTable, how: string, keys: readonly string[], make: (name: string) => string): SQL {
  const name = getTableName(table)
  const id = `${how} ${name} ${keys.join()}`
  const known = texts.get(id)
  if (known) return known
  const columns = getTableColumns(table)
  for (const key of keys) if (!Object.hasOwn(columns, key)) throw new Error(`${name} has no column ${key}`)
  const text = sql.raw(make(`"${name}"`))
  texts.set(id, text)
  return text
}

/** Inserts rows, in their order; all name the same columns. `then` is what follows: `on conflict …`. Null where there are none. */
export function insertion<Table extends PgTable>(table: Table, rows: readonly Row<Table>[], then?: SQL): SQL | null {
  const [first] = rows
  if (!first) return null
  const keys = Object.keys(first)
  const into = made(table, 'insert', keys, (name) => {
    const columns = listed(keys)
    return `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, `
  })
  return sql`${into}${asJson(rows.map(columnsOf))})${then ? sql` ${then}` : sql.raw('')}`
}

/** Inserts rows, and takes the place of those with the same key. Null where there are none. */
export function putting<Table extends PgTable>(
  table: Table,
  key: readonly (keyof Row<Table> & string)[],
  rows: readonly Row<Table>[],
): SQL | null {
  const [first] = rows
  if (!first) return null
  const keys = Object.keys(first)
  const onConflict = made(table, `put by ${key}`, keys, () => {
    const others = keys.filter((one) => !(key as readonly string[]).includes(one))
    return `on conflict (${listed(key)}) do update set ${others.map((one) => `${quoted(one)} = excluded.${quoted(one)}`).join(', ')}`
  })
  return insertion(table, rows, onConflict)
}

/** Updates the columns that `row` names. */
export function updating<Table extends PgTable>(table: Table, row: Partial<Row<Table>>, where: SQL): SQL {
  const keys = Object.keys(row)
  const update = made(table, 'update', keys, (name) => {
    const columns = listed(keys)
    return `update ${name} set (${columns}) = (select ${columns} from jsonb_populate_record(null::${name}, `
  })
  return sql`${update}${asJson(columnsOf(row))})) where ${where}`
}

/** Carries out several in one statement. No two of them may touch the same row. */
export async function writeAll(tx: Tx, writes: readonly (SQL | null)[]): Promise<void> {
  const each = writes.flatMap((write, at) => (write ? [sql`${sql.raw(`w${at}`)} as (${write})`] : []))
  if (each.length > 0) await tx.execute(sql`with ${sql.join(each, sql.raw(', '))} select 1`).execute()
}

/** Inserts rows by themselves, and gives what the statement returns. */
export const insertRows = async <Table extends PgTable>(
  tx: Tx,
  ...asked: Parameters<typeof insertion<Table>>
): Promise<unknown> => {
  const insert = insertion(...asked)
  return insert ? tx.execute(insert).execute() : []
}

/** A row as Postgres writes it as JSON (`to_json`), read back. */
export function rowFrom<Table extends PgTable>(table: Table, json: Readonly<Record<string, unknown>>) {
  const row = Object.entries(getTableColumns(table)).map(([key, column]) => {
    const value = json[columnOf(key)]
    return [key, column.dataType === 'date' && typeof value === 'string' ? new Date(value) : value]
  })
  return Object.fromEntries(row) as Table['$inferSelect']
}

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

/** Inserts rows, in their order; all name the same columns. `then` is what follows: `on conflict …`. */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Row<Table>[],
  then: SQL = sql.raw(''),
): Promise<unknown> {
  const [first] = rows
  if (!first) return []
  const keys = Object.keys(first)
  const into = made(table, 'insert', keys, (name) => {
    const columns = listed(keys)
    return `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, `
  })
  return tx.execute(sql`${into}${asJson(rows.map(columnsOf))}) ${then}`).execute()
}

/** Inserts rows, and takes the place of those with the same key. */
export async function putRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  key: readonly (keyof Row<Table> & string)[],
  rows: readonly Row<Table>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const keys = Object.keys(first)
  const onConflict = made(table, `put by ${key}`, keys, () => {
    const others = keys.filter((one) => !(key as readonly string[]).includes(one))
    return `on conflict (${listed(key)}) do update set ${others.map((one) => `${quoted(one)} = excluded.${quoted(one)}`).join(', ')}`
  })
  await insertRows(tx, table, rows, onConflict)
}

/** Updates the columns that `row` names. */
export async function updateRow<Table extends PgTable>(
  tx: Tx,
  table: Table,
  row: Partial<Row<Table>>,
  where: SQL,
): Promise<void> {
  const keys = Object.keys(row)
  const update = made(table, 'update', keys, (name) => {
    const columns = listed(keys)
    return `update ${name} set (${columns}) = (select ${columns} from jsonb_populate_record(null::${name}, `
  })
  await tx.execute(sql`${update}${asJson(columnsOf(row))})) where ${where}`).execute()
}

/** A row as Postgres writes it as JSON (`to_json`), read back. */
export function rowFrom<Table extends PgTable>(table: Table, json: Readonly<Record<string, unknown>>) {
  const row = Object.entries(getTableColumns(table)).map(([key, column]) => {
    const value = json[columnOf(key)]
    return [key, column.dataType === 'date' && typeof value === 'string' ? new Date(value) : value]
  })
  return Object.fromEntries(row) as Table['$inferSelect']
}

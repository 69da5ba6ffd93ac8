/** The code of an error of Postgres or of the network; never its text, which may name what was in a row. */
export function reasonOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  if (typeof code === 'string') return code
  const cause = error instanceof Error ? error.cause : undefined
  return cause ? reasonOf(cause) : error instanceof Error ? error.name : 'unknown'
}

/** A JSON object whose fields have not been looked at yet. */
export type Json = Record<string, unknown>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects of an array, and nothing else: blocks, elements, options. */
export function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : []
}

/** The object, or an empty one: for reading a field of something that may not be there. */
export function objectOf(value: unknown): Json {
  return isJson(value) ? value : {}
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The `text` of a text object ({ type, text }), or '' when there is none. */
export function shown(value: unknown): string {
  return isJson(value) ? text(value.text) : ''
}

/** Parses what may be JSON; anything else comes back as the string it was. */
export function maybeJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Slack takes booleans as booleans in JSON, and as 'true' or '1' in a form. */
export function truthy(value: unknown): boolean {
  return value === true || value === 1 || value === 'true' || value === '1'
}

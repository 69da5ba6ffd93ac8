/** A part or a site that somebody names in "Site, order or part". */
export interface Reference {
  /** By this, two spellings are one: case, spacing, punctuation and what it is called ("part no.") are ignored. */
  readonly key: string
  /** As it was written. */
  readonly name: string
}

/** What belongs to one purchase alone, or is a batch of a part that is named beside it: no flaw is found by it. */
const PASSING =
  /^(?:(?:sales|purchase|work|customer|our|your)\s+)?(?:order|orders|po|so|invoice|inv|delivery|delivery note|shipment|tracking|quote|rma|return|ticket|case|complaint|lot|batch|serial|s\/?n)\b/iu
/** What a part or a site is called. */
const LABEL =
  /^(?:(?:part|item|article|model|product|spare)(?:\s*(?:number|no|nr|num|code))?|p\/?n|sku|art|site|location|plant|project)\b\s*[.:#№=-]*\s*/iu
const NUMBER_SIGN = /^(?:no|nr|number)\b\s*[.:#]*\s*|^#+\s*/iu

/** A character takes up to eighteen in a key; an index entry of Postgres holds 2,700 bytes. */
const LONGEST = 100
const SHORTEST = 3
/** More than this in one field is a list of something else. */
const MOST = 5

/** The parts and sites that are named in one field, separated by commas, semicolons or lines. */
export function referencesIn(field: string | null): Reference[] {
  const found = new Map<string, Reference>()
  for (const piece of (field ?? '').normalize('NFKC').split(/[,;|\n]+/u)) {
    const named = piece.trim()
    if (named === '' || PASSING.test(named)) continue
    const name = named.replace(LABEL, '').replace(NUMBER_SIGN, '').trim()
    const key = name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '')
      .slice(0, LONGEST)
      .toWellFormed()
    if (key.length >= SHORTEST && !found.has(key)) found.set(key, { key, name: name.slice(0, LONGEST).toWellFormed() })
  }
  return [...found.values()].slice(0, MOST)
}

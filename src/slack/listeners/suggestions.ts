import { departmentOptions, rootCauseOptions } from '../../views/options.ts'
import type { SuggestionPayload } from '../payloads.ts'
import { type House, setupFor } from './house.ts'

/** Answers with the options that match what was typed. */
export async function onDepartments(house: House, payload: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  return setup ? departmentOptions(setup, payload.value) : { options: [] }
}

export async function onRootCauses(house: House, payload: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  return setup ? rootCauseOptions(setup, payload.value) : { options: [] }
}

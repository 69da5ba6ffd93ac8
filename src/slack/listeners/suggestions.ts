import { complaintOf } from '../../views/metadata.ts'
import { customerOptions, departmentOptions, homeDepartmentOptions, rootCauseOptions } from '../../views/options.ts'
import type { SuggestionPayload } from '../payloads.ts'
import { inTime } from '../trouble.ts'
import { type House, setupFor } from './house.ts'

/** Answers with the options that match what was typed. */
export async function onDepartments(house: House, payload: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  return setup ? departmentOptions(setup, payload.value) : { options: [] }
}

export async function onHomeDepartments(house: House, payload: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  return setup ? homeDepartmentOptions(setup, payload.value) : { options: [] }
}

export async function onRootCauses(house: House, payload: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  return setup ? rootCauseOptions(setup, payload.value) : { options: [] }
}

/** Customers to merge one into; before anything is typed, those with a similar name. */
export async function onCustomers({ operations }: House, { value, view }: SuggestionPayload): Promise<unknown> {
  return view
    ? customerOptions(await inTime(operations.suggestCustomers(complaintOf(view.private_metadata), value)))
    : { options: [] }
}

import { SECOND } from '../../complaint/time.ts'
import { OPTIONS } from '../../views/ids.ts'
import { option } from '../../views/inputs.ts'
import { setupFormOf, setupListOf } from '../../views/metadata.ts'
import { noneOf } from '../../views/setupFields.ts'
import { allCauseOptions, allDepartmentOptions, causeOptions, searched } from '../../views/setupOptions.ts'
import type { SuggestionPayload } from '../payloads.ts'
import { inTime } from '../trouble.ts'
import { type House, setupFor } from './house.ts'

/** A trigger lives 3 s: no more than this goes into asking Slack for what a form only begins with. Milliseconds. */
const BRIEF = 0.8 * SECOND

async function briefly<Value>(work: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, BRIEF, null)
  })
  try {
    return await Promise.race([work.catch(() => null), late])
  } finally {
    clearTimeout(timer)
  }
}

/** The time zone that somebody has in Slack, where it says so in time. */
export const zoneOf = async ({ client }: House, user: string): Promise<string | null> =>
  (await briefly(client.users.info({ user })))?.user?.tz ?? null

async function groupsIn({ client }: House): Promise<{ id: string; name: string }[]> {
  const { usergroups } = await client.usergroups.list()
  return (usergroups ?? []).flatMap(({ id, handle, name }) =>
    id ? [{ id, name: handle ? (name && name !== handle ? `@${handle} · ${name}` : `@${handle}`) : (name ?? id) }] : [],
  )
}

/** What usergroups are called in Slack, by id, where it says so in time. */
export const groupNames = async (house: House): Promise<ReadonlyMap<string, string>> =>
  new Map((await briefly(groupsIn(house)))?.map(({ id, name }) => [id, name]))

export async function onUsergroups(house: House, { value }: SuggestionPayload): Promise<unknown> {
  const groups = await inTime(groupsIn(house))
  return searched([noneOf(OPTIONS.usergroup), ...groups.map(({ id, name }) => option(name, id))], value)
}

/** Under which a root cause may stand. */
export async function onParents(house: House, { value, view }: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  const piece = view ? setupFormOf(view.private_metadata).piece : null
  const key = piece && 'key' in piece ? piece.key : null
  return searched([noneOf(OPTIONS.under), ...(setup ? causeOptions(setup, key) : [])], value)
}

export async function onOrigins(house: House, { value }: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  return searched([noneOf(OPTIONS.arises), ...(setup ? allDepartmentOptions(setup) : [])], value)
}

/** One of the list that is seen. */
export async function onSetupSearch(house: House, { value, view }: SuggestionPayload): Promise<unknown> {
  const setup = await setupFor(house)
  const seen = setupListOf(view?.private_metadata ?? '')
  if (!setup || !seen) return { options: [] }
  return searched(seen.list === 'departments' ? allDepartmentOptions(setup) : allCauseOptions(setup), value)
}

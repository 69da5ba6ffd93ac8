import type { WebClient } from '@slack/web-api'
import { type Asker, groupsOf, isItsChannel } from '../complaint/roles.ts'
import type { Setup } from '../complaint/setup.ts'
import { MINUTE, SECOND } from '../complaint/time.ts'
import { fault, type Log } from '../log.ts'
import type { Directory } from '../operations/directory.ts'
import { Remembered } from './remembered.ts'

/** How long an answer of Slack's holds. Milliseconds. */
const FRESH = 5 * MINUTE
/** After Slack did not answer, it is left alone for so long. */
const PAUSE = 30 * SECOND
/** A button's trigger lives 3 s: no more than this goes into asking who pressed it. */
const PATIENCE = 800
const PEOPLE = 10_000
/** Channels that Slack tells at once, and how often it is asked for more. */
const CHANNELS = 999
const PAGES = 5

interface DirectoryOptions {
  readonly client: WebClient
  /** The team of the workspace. */
  readonly workspace: string
  readonly clock: () => Date
  readonly log: Log
}

type Standing = Asker['standing']

/**
 * Asks Slack, and remembers what it said. A person of whom Slack never said anything counts as a colleague, and one of a
 * usergroup or channel nothing is known of as one of its people: nobody is kept from helping a customer because Slack is away.
 */
export class SlackDirectory implements Directory {
  private readonly options: DirectoryOptions
  private readonly groups: Remembered<ReadonlyMap<string, readonly string[]>>
  private readonly standings = new Map<string, Remembered<Standing>>()
  private readonly channels = new Map<string, Remembered<ReadonlySet<string>>>()

  constructor(options: DirectoryOptions) {
    this.options = options
    this.groups = this.remembered(async (last) => new Map([...(last ?? []), ...(await this.askGroups())]))
  }

  async standingOf(person: string): Promise<Standing> {
    const standing = this.of(this.standings, person, () => this.askStanding(person))
    return (await standing.read()) ?? 'colleague'
  }

  async departmentsOf(person: string, setup: Setup): Promise<readonly string[]> {
    const { departments } = setup
    const [groups, channels] = await Promise.all([
      departments.some((department) => groupsOf(department).length > 0) ? this.groups.read() : undefined,
      departments.some(isItsChannel)
        ? this.of(this.channels, person, () => this.askChannels(person)).read()
        : undefined,
    ])
    const isIn = (group: string): boolean => {
      const people = groups?.get(group)
      if (!people) this.options.log.warn({ group }, 'who is in a usergroup is not known: everybody counts as one of it')
      return people?.includes(person) ?? true
    }
    const isThere = (channel: string): boolean => channels?.has(channel) ?? true
    return departments
      .filter(
        (department) => groupsOf(department).some(isIn) || (isItsChannel(department) && isThere(department.channel)),
      )
      .map(({ key }) => key)
  }

  private of<Value>(kept: Map<string, Remembered<Value>>, key: string, ask: () => Promise<Value>): Remembered<Value> {
    const known = kept.get(key) ?? this.remembered(ask)
    if (kept.size >= PEOPLE) kept.clear()
    kept.set(key, known)
    return known
  }

  private remembered<Value>(ask: (last: Value | undefined) => Promise<Value>): Remembered<Value> {
    const { clock, log } = this.options
    const onFault = (error: unknown) => log.warn(fault(error), 'Slack did not say who is who; what it said last holds')
    return new Remembered(ask, { fresh: FRESH, pause: PAUSE, patience: PATIENCE, clock, onFault })
  }

  private async askStanding(person: string): Promise<Standing> {
    try {
      const { user } = await this.options.client.users.info({ user: person })
      if (user?.deleted) return 'gone'
      // In an organisation of several workspaces a colleague's own one may be another.
      const elsewhere = user?.team_id !== undefined && user.team_id !== this.options.workspace && !user.enterprise_user
      if (user?.is_stranger || user?.is_bot || elsewhere) return 'outsider'
      return user?.is_restricted || user?.is_ultra_restricted ? 'guest' : 'colleague'
    } catch (error) {
      const refusal = (error as { data?: { error?: unknown } }).data?.error
      if (refusal === 'user_not_found') return 'gone'
      if (refusal === 'user_not_visible') return 'outsider'
      throw error
    }
  }

  /** A usergroup that was deleted is not among them: those last known to be in it stay. */
  private async askGroups(): Promise<[string, readonly string[]][]> {
    const { usergroups } = await this.options.client.usergroups.list({ include_users: true })
    return (usergroups ?? []).flatMap(({ id, users }) => (id && users ? [[id, users] as [string, string[]]] : []))
  }

  private async askChannels(person: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    let cursor: string | undefined
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await this.options.client.users.conversations({
        ...{ user: person, types: 'public_channel,private_channel', exclude_archived: true, limit: CHANNELS },
        ...(cursor ? { cursor } : {}),
      })
      for (const { id } of answer.channels ?? []) if (id) found.add(id)
      cursor = answer.response_metadata?.next_cursor || undefined
      if (!cursor) break
    }
    return found
  }
}

import type { WebClient } from '@slack/web-api'
import type { Presence } from '../complaint/absence.ts'
import { MINUTE, SECOND } from '../complaint/time.ts'
import { fault, type Log } from '../log.ts'
import type { Presences } from '../operations/directory.ts'
import { unix } from '../views/text.ts'
import { Remembered } from './remembered.ts'

/** How long an answer of Slack's holds: who is there changes. Milliseconds, as are the others. */
const FRESH = MINUTE
/** After Slack did not answer, it is left alone for so long. */
const PAUSE = 30 * SECOND
/** What is due waits no longer than this for Slack. */
const PATIENCE = 2 * SECOND
const PEOPLE = 10_000

interface PresencesOptions {
  readonly client: WebClient
  readonly clock: () => Date
  readonly log: Log
}

interface Known<Value> {
  readonly value: Value
  readonly at: Date
}

/** Asks Slack, and remembers what it said for a short time. What is older counts for nothing: then nobody is away. */
export class SlackPresences implements Presences {
  private readonly options: PresencesOptions
  private readonly people = new Map<string, Remembered<Known<Presence>>>()
  private readonly groups: Remembered<Known<ReadonlySet<string>>>

  constructor(options: PresencesOptions) {
    this.options = options
    this.groups = this.remembered(() => this.askGroups())
  }

  async of(ids: readonly string[]): Promise<ReadonlyMap<string, Presence>> {
    const found = await Promise.all(ids.map(async (id) => [id, await this.ofOne(id)] as const))
    return new Map(found.flatMap(([id, presence]) => (presence ? [[id, presence]] : [])))
  }

  private async ofOne(id: string): Promise<Presence | undefined> {
    if (id.startsWith('S')) {
      const groups = this.fresh(await this.groups.read())
      return groups && { left: !groups.has(id), status: null, doNotDisturb: false }
    }
    const known = this.people.get(id) ?? this.remembered(() => this.askPerson(id))
    if (this.people.size >= PEOPLE) this.people.clear()
    this.people.set(id, known)
    return this.fresh(await known.read())
  }

  private fresh<Value>(known: Known<Value> | undefined): Value | undefined {
    return known && this.options.clock().getTime() - known.at.getTime() < FRESH ? known.value : undefined
  }

  private remembered<Value>(ask: () => Promise<Value>): Remembered<Known<Value>> {
    const { clock, log } = this.options
    const onFault = (error: unknown) => log.warn(fault(error), 'Slack did not say who is there: nobody counts as away')
    const known = () => ask().then((value) => ({ value, at: clock() }))
    return new Remembered<Known<Value>>(known, { fresh: FRESH, pause: PAUSE, patience: PATIENCE, clock, onFault })
  }

  private async askPerson(id: string): Promise<Presence> {
    const { client, log } = this.options
    const [about, doNotDisturb] = await Promise.all([
      client.users.info({ user: id }).catch((error: unknown) => {
        if ((error as { data?: { error?: unknown } }).data?.error === 'user_not_found') return null
        throw error
      }),
      // An app that was installed before it asked for this may not know.
      client.dnd.info({ user: id }).then(
        (answer) => this.isNow(answer.dnd_enabled, answer.next_dnd_start_ts, answer.next_dnd_end_ts),
        (error: unknown) => {
          log.warn(fault(error), 'Slack did not say who does not want to be disturbed')
          return false
        },
      ),
    ])
    if (!about?.user || about.user.deleted) return { left: true, status: null, doNotDisturb: false }
    return { left: false, status: this.statusIn(about.user.profile ?? {}), doNotDisturb }
  }

  private isNow(enabled = false, start = 0, end = 0): boolean {
    const now = unix(this.options.clock())
    return enabled && start <= now && now < end
  }

  /** A status that has run out, Slack may tell for a while. */
  private statusIn({ status_emoji: emoji, status_expiration: until = 0 }: Status): string | null {
    return emoji && (until === 0 || until > unix(this.options.clock())) ? emoji : null
  }

  /** Those that are there, with somebody in them: a usergroup that was deleted is not listed. */
  private async askGroups(): Promise<ReadonlySet<string>> {
    const { usergroups } = await this.options.client.usergroups.list({ include_users: true })
    return new Set((usergroups ?? []).flatMap(({ id, users }) => (id && users?.length !== 0 ? [id] : [])))
  }
}

interface Status {
  readonly status_emoji?: string
  readonly status_expiration?: number
}

import type { WebClient } from '@slack/web-api'
import type { Department, Setup } from '../complaint/setup.ts'
import { type Answer, ask } from './asking.ts'
import { type Fault, faultText, type Path } from './faults.ts'

export { checkingClient } from './asking.ts'

/** What Slack says about the ids of a setup: lines in the order of the file. */
export interface Verification {
  /** They keep the file from being put in force. */
  readonly faults: string[]
  /** They don't: the bot is to be invited somewhere, or something could not be looked up. */
  readonly warnings: string[]
}

/** The same with the places of the faults. */
export interface Findings {
  readonly faults: readonly Fault[]
  readonly warnings: readonly Fault[]
}

export interface VerifyOptions {
  /** For the whole of it; what is not looked up by then becomes a warning. */
  readonly withinMs?: number
  /** Ids that stand in it already are not looked up again. */
  readonly known?: Setup | null
}

type Kind = 'channel' | 'user' | 'usergroup'

interface Reference {
  readonly kind: Kind
  readonly id: string
  readonly path: Path
}

/** What is known of one id: nothing wrong, or a line about it. */
type Finding = { readonly fault?: string; readonly warning?: string }

/** One method's findings by id, and why the missing ones are missing. */
interface Round {
  readonly findings: Map<string, Finding>
  readonly unknown: { readonly id: string; readonly why: string }[]
}

const METHODS = { channel: 'conversations.info', user: 'users.info', usergroup: 'usergroups.list' } as const
const AT_ONCE = 4

/** Looks up every channel, person and usergroup of a setup, each id once. What cannot be asked is a warning, not a fault. */
export async function verifyAgainstSlack(
  setup: Setup,
  client: WebClient,
  options?: VerifyOptions,
): Promise<Verification> {
  const { faults, warnings } = await findInSlack(setup, client, options)
  return { faults: faults.map(faultText), warnings: warnings.map(faultText) }
}

/** The same, for who needs to know where each fault belongs. */
export async function findInSlack(
  setup: Setup,
  client: WebClient,
  { withinMs = 30_000, known = null }: VerifyOptions = {},
): Promise<Findings> {
  const before = new Set(known ? referencesIn(known).map(({ id }) => id) : [])
  const references = referencesIn(setup).filter(({ id }) => !before.has(id))
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), withinMs)
  const idsOf = (kind: Kind) => [...new Set(references.filter((one) => one.kind === kind).map((one) => one.id))]
  try {
    const [channel, user, usergroup] = await Promise.all([
      lookUpEach(
        idsOf('channel'),
        (id) => ask(() => client.conversations.info({ channel: id }), stop.signal),
        channelFinding,
      ),
      lookUpEach(idsOf('user'), (id) => ask(() => client.users.info({ user: id }), stop.signal), userFinding),
      lookUpUsergroups(idsOf('usergroup'), client, stop.signal),
    ])
    return report(references, { channel, user, usergroup })
  } catch (error) {
    if (!(error instanceof Unauthorised)) throw error
    stop.abort()
    const where = "copy the bot token (xoxb-…) again from your Slack app's page, OAuth & Permissions"
    const message = `Slack refuses it (${error.message}); ${where}`
    return { faults: [{ path: ['SLACK_BOT_TOKEN'], message }], warnings: [] }
  } finally {
    clearTimeout(timer)
  }
}

class Unauthorised extends Error {}

const user = (id: string | null, path: Path): Reference[] => (id === null ? [] : [{ kind: 'user', id, path }])
const usergroup = (id: string | null, path: Path): Reference[] => (id === null ? [] : [{ kind: 'usergroup', id, path }])
const users = (ids: readonly string[], path: Path): Reference[] =>
  ids.flatMap((id, index) => user(id, [...path, index]))

/** In the order of the file. */
function referencesIn(setup: Setup): Reference[] {
  return [
    ...users(setup.admins, ['admins']),
    ...users(setup.confidential, ['confidential']),
    { kind: 'channel', id: setup.channels.company, path: ['channels', 'company'] },
    { kind: 'channel', id: setup.channels.fallback, path: ['channels', 'fallback'] },
    ...setup.departments.flatMap((department, index) => referencesOf(department, ['departments', index])),
    ...users(setup.policy.warRoom.people, ['policy', 'warRoom', 'people']),
  ]
}

const referencesOf = (department: Department, path: Path): Reference[] => [
  { kind: 'channel', id: department.channel, path: [...path, 'channel'] },
  ...user(department.lead, [...path, 'lead']),
  ...user(department.deputy, [...path, 'deputy']),
  ...usergroup(department.group, [...path, 'group']),
  ...users(department.members, [...path, 'members']),
  ...department.levels.flatMap((level, index) => [
    ...usergroup(level.group, [...path, 'levels', index, 'group']),
    ...user(level.person, [...path, 'levels', index, 'person']),
  ]),
  ...(department.hours?.onCall ?? []).flatMap(({ person }, index) =>
    user(person, [...path, 'hours', 'onCall', index, 'person']),
  ),
]

async function lookUpEach<T>(
  ids: readonly string[],
  askFor: (id: string) => Promise<Answer<T>>,
  findingOf: (id: string, answer: { data: T } | { code: string }) => Finding | undefined,
): Promise<Round> {
  const round: Round = { findings: new Map(), unknown: [] }
  let givenUp: string | undefined
  const waiting = ids.values()
  // All workers draw from the one iterator.
  const work = async (): Promise<void> => {
    for (const id of waiting) {
      const answer: Answer<T> =
        givenUp === undefined ? await askFor(id) : { state: 'unknown', why: givenUp, lasting: true }
      if (answer.state === 'unauthorised') throw new Unauthorised(answer.code)
      if (answer.state === 'unknown') {
        if (answer.lasting) givenUp = answer.why
        round.unknown.push({ id, why: answer.why })
        continue
      }
      const finding = findingOf(id, answer)
      if (finding) round.findings.set(id, finding)
      else round.unknown.push({ id, why: answer.state === 'refused' ? answer.code : 'an answer that makes no sense' })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return round
}

interface ChannelAnswer {
  readonly channel?: { readonly name?: string; readonly is_archived?: boolean; readonly is_member?: boolean }
}

function channelFinding(id: string, answer: { data: ChannelAnswer } | { code: string }): Finding | undefined {
  if ('code' in answer) {
    const unseen =
      'Slack shows the bot no channel of this id: it is wrong, or a private channel the bot must be invited to'
    return answer.code === 'channel_not_found' ? { fault: `${id}: ${unseen}` } : undefined
  }
  const { channel } = answer.data
  if (!channel) return undefined
  const name = channel.name === undefined ? id : `${id} (#${channel.name})`
  if (channel.is_archived) return { fault: `${name} is archived` }
  return channel.is_member === false
    ? { warning: `the bot is not in ${name}; type /invite there and name the bot` }
    : {}
}

interface UserAnswer {
  readonly user?: { readonly name?: string; readonly deleted?: boolean }
}

function userFinding(id: string, answer: { data: UserAnswer } | { code: string }): Finding | undefined {
  if ('code' in answer) {
    const known = ['user_not_found', 'user_not_visible', 'users_not_found'].includes(answer.code)
    return known ? { fault: `Slack knows no user ${id}` } : undefined
  }
  const { user } = answer.data
  if (!user) return undefined
  return user.deleted ? { fault: `${id}${user.name === undefined ? '' : ` (${user.name})`} is deactivated` } : {}
}

/** There is no method for one usergroup: all are listed, once. */
async function lookUpUsergroups(ids: readonly string[], client: WebClient, deadline: AbortSignal): Promise<Round> {
  if (ids.length === 0) return { findings: new Map(), unknown: [] }
  const answer = await ask(() => client.usergroups.list({ include_disabled: true }), deadline)
  if (answer.state === 'unauthorised') throw new Unauthorised(answer.code)
  const groups = answer.state === 'answered' ? answer.data.usergroups : undefined
  if (!groups) {
    const why =
      answer.state === 'refused'
        ? answer.code
        : answer.state === 'unknown'
          ? answer.why
          : 'an answer that makes no sense'
    return { findings: new Map(), unknown: ids.map((id) => ({ id, why })) }
  }
  const known = new Map(groups.map((group) => [group.id, group]))
  const findingOf = (id: string): Finding => {
    const group = known.get(id)
    if (!group) return { fault: `Slack knows no usergroup ${id}` }
    return (group.date_delete ?? 0) > 0 ? { fault: `${id} (@${group.handle}) is disabled` } : {}
  }
  return { findings: new Map(ids.map((id) => [id, findingOf(id)])), unknown: [] }
}

function report(references: readonly Reference[], rounds: Readonly<Record<Kind, Round>>): Findings {
  const faults: Fault[] = []
  const warnings: Fault[] = []
  const warned = new Set<string>()
  for (const { kind, id, path } of references) {
    const finding = rounds[kind].findings.get(id)
    if (finding?.fault !== undefined) faults.push({ path, message: finding.fault })
    // One invitation is enough, however many departments share the channel.
    if (finding?.warning === undefined || warned.has(id)) continue
    warned.add(id)
    warnings.push({ path, message: finding.warning })
  }
  for (const kind of ['channel', 'user', 'usergroup'] as const) {
    const { unknown } = rounds[kind]
    if (unknown.length === 0) continue
    const what = unknown.length === 1 ? `${kind} ${unknown[0]?.id}` : `${unknown.length} ${kind}s`
    const why = [...new Set(unknown.map((one) => one.why))].join('; ')
    warnings.push({ path: [], message: `could not check ${what} in Slack (${METHODS[kind]}: ${why})` })
  }
  return { faults, warnings }
}

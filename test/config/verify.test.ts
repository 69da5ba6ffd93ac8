import { WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import { checkingClient, verifyAgainstSlack } from '../../src/config/verify.ts'
import { startSandboxSlack } from '../../src/sandbox/slack.ts'
import { type LocalSlack, localSlack, type Reply } from './local-slack.ts'
import { EVERYTHING, EXAMPLE, EXAMPLE_SETUP, setupOf } from './samples.ts'

const FINE = {
  'conversations.info': (id: string) => ({
    ok: true,
    channel: { id, name: id.slice(2).toLowerCase(), is_member: true },
  }),
  'users.info': (id: string) => ({ ok: true, user: { id, name: id.slice(2).toLowerCase(), deleted: false } }),
  'usergroups.list': () => ({ ok: true, usergroups: [{ id: 'S0MFG', handle: 'mfg', date_delete: 0 }] }),
}

/** A Slack where all is well but for what is given here. */
const slackBut = (replies: Record<string, Reply | ((count: number) => Reply)>): Promise<LocalSlack> =>
  localSlack((method, id, count) => {
    const reply = replies[`${method} ${id}`] ??
      replies[method] ??
      FINE[method as keyof typeof FINE]?.(id) ?? { ok: false }
    return typeof reply === 'function' ? reply(count) : reply
  })

const refuse = (error: string, more: object = {}) => ({ ok: false, error, ...more })
const verify = (slack: LocalSlack, setup = EXAMPLE_SETUP, options = {}) =>
  verifyAgainstSlack(setup, checkingClient('xoxb-secret', slack.apiUrl), options)

const UNSEEN = 'Slack shows the bot no channel of this id: it is wrong, or a private channel the bot must be invited to'

describe('a setup against Slack', () => {
  test('all is well; each id is asked once', async () => {
    await using slack = await slackBut({})
    const setup = setupOf(EXAMPLE.replaceAll('U0DESIGN', 'U0LEAD').replaceAll('C0DESIGN', 'C0MFG'))
    expect(await verify(slack, setup)).toEqual({ faults: [], warnings: [] })
    expect([...slack.calls].sort()).toEqual([
      'conversations.info C0COMPANY',
      'conversations.info C0MFG',
      'conversations.info C0OPS',
      'usergroups.list',
      'users.info U0ADMIN',
      'users.info U0LEAD',
    ])
  })

  test('everything that is wrong, in the order of the file', async () => {
    await using slack = await slackBut({
      'users.info U0ADMIN': refuse('user_not_found'),
      'conversations.info C0COMPANY': refuse('channel_not_found'),
      'conversations.info C0OPS': { ok: true, channel: { name: 'ops', is_archived: true, is_member: false } },
      'conversations.info C0MFG': { ok: true, channel: { name: 'mfg', is_member: false } },
      'users.info U0LEAD': { ok: true, user: { name: 'ann', deleted: true } },
      'usergroups.list': { ok: true, usergroups: [{ id: 'S0MFG', handle: 'mfg', date_delete: 1700000000 }] },
    })
    expect(await verify(slack)).toEqual({
      faults: [
        'admins[0]: Slack knows no user U0ADMIN',
        `channels.company: C0COMPANY: ${UNSEEN}`,
        'channels.fallback: C0OPS (#ops) is archived',
        'departments[0].lead: U0LEAD (ann) is deactivated',
        'departments[0].group: S0MFG (@mfg) is disabled',
      ],
      warnings: ['departments[0].channel: the bot is not in C0MFG (#mfg); type /invite there and name the bot'],
    })
  })

  test('everybody who is named is looked up, where they are named', async () => {
    await using slack = await slackBut({
      'users.info': refuse('user_not_found'),
      'usergroups.list': { ok: true, usergroups: [] },
    })
    const named = [
      ...['admins[0]', 'confidential[0]', 'confidential[1]'],
      ...['lead', 'deputy', 'group', 'members[0]', 'members[1]', 'levels[0].group', 'levels[1].group'].map(
        (key) => `departments[0].${key}`,
      ),
      ...['departments[0].levels[1].person', 'departments[0].hours.onCall[0].person', 'policy.warRoom.people[0]'],
    ]
    const { faults } = await verify(slack, setupOf(EVERYTHING))
    expect(faults.map((fault) => fault.slice(0, fault.indexOf(': ')))).toEqual(named)
  })

  test('one id in two places: a fault at each, one invitation', async () => {
    await using slack = await slackBut({
      'conversations.info C0MFG': { ok: true, channel: { name: 'mfg', is_member: false } },
      'users.info U0LEAD': refuse('user_not_found'),
      'usergroups.list': { ok: true, usergroups: [] },
    })
    const setup = setupOf(EXAMPLE.replaceAll('U0DESIGN', 'U0LEAD').replaceAll('C0DESIGN', 'C0MFG'))
    const { faults, warnings } = await verify(slack, setup)
    expect(faults).toEqual([
      'departments[0].lead: Slack knows no user U0LEAD',
      'departments[0].group: Slack knows no usergroup S0MFG',
      'departments[1].lead: Slack knows no user U0LEAD',
    ])
    expect(warnings).toHaveLength(1)
  })

  test.each<[string, Record<string, Reply>, string]>([
    [
      'a missing scope',
      { 'usergroups.list': refuse('missing_scope', { needed: 'usergroups:read' }) },
      'could not check usergroup S0MFG in Slack (usergroups.list: missing_scope, it needs usergroups:read)',
    ],
    [
      'an unknown method',
      { 'users.info': refuse('unknown_method') },
      'could not check 3 users in Slack (users.info: unknown_method)',
    ],
    [
      'a server in trouble',
      { 'conversations.info': { status: 503 } },
      'could not check 4 channels in Slack (conversations.info: HTTP 503)',
    ],
    [
      'half an answer',
      { 'conversations.info C0MFG': '{"ok":true,"channel":{"name":"Customer' },
      'could not check channel C0MFG in Slack (conversations.info: an answer that makes no sense)',
    ],
    [
      'a refusal we do not know',
      { 'users.info U0LEAD': refuse('internal_error') },
      'could not check user U0LEAD in Slack (users.info: internal_error)',
    ],
    [
      'a 429 that does not say how long',
      { 'usergroups.list': { status: 429 } },
      'could not check usergroup S0MFG in Slack (usergroups.list: an answer that makes no sense)',
    ],
  ])('%s is one warning', { timeout: 10_000 }, async (_, replies, warning) => {
    await using slack = await slackBut(replies)
    expect(await verify(slack)).toEqual({ faults: [], warnings: [warning] })
  })

  test('no Slack at all', async () => {
    const slack = await slackBut({})
    await slack[Symbol.asyncDispose]()
    const { faults, warnings } = await verify(slack)
    expect(faults).toEqual([])
    expect(warnings).toEqual([
      'could not check 4 channels in Slack (conversations.info: no connection (ECONNREFUSED))',
      'could not check 3 users in Slack (users.info: no connection (ECONNREFUSED))',
      'could not check usergroup S0MFG in Slack (usergroups.list: no connection (ECONNREFUSED))',
    ])
  })

  test('a Slack that never answers ends in time', async () => {
    await using slack = await slackBut({ 'users.info': 'hang' })
    expect(await verify(slack, EXAMPLE_SETUP, { withinMs: 300 })).toEqual({
      faults: [],
      warnings: ['could not check 3 users in Slack (users.info: there was no time left)'],
    })
  })

  test('one that answers at the second try is no news', async () => {
    await using slack = await slackBut({
      'users.info U0ADMIN': (count) => (count === 1 ? { status: 500 } : FINE['users.info']('U0ADMIN')),
    })
    expect(await verify(slack)).toEqual({ faults: [], warnings: [] })
  })

  test('rate limits are waited out, as long as there is time', async () => {
    const limited = (seconds: string) => (count: number) =>
      count === 1 ? { status: 429, headers: { 'retry-after': seconds } } : FINE['users.info']('U0LEAD')
    await using slack = await slackBut({ 'users.info U0LEAD': limited('1') })
    expect(await verify(slack)).toEqual({ faults: [], warnings: [] })
    expect(slack.calls.filter((call) => call === 'users.info U0LEAD')).toHaveLength(2)

    await using busy = await slackBut({ 'users.info U0LEAD': limited('600') })
    expect((await verify(busy, EXAMPLE_SETUP, { withinMs: 300 })).warnings).toEqual([
      'could not check user U0LEAD in Slack (users.info: there was no time left)',
    ])
  })

  test.each(['invalid_auth', 'account_inactive', 'token_revoked'])('%s is about the token, once', async (code) => {
    await using slack = await localSlack(() => refuse(code))
    const { faults, warnings } = await verify(slack)
    expect(faults).toEqual([
      `SLACK_BOT_TOKEN: Slack refuses it (${code}); copy the bot token (xoxb-…) again from your Slack app's page, OAuth & Permissions`,
    ])
    expect(warnings).toEqual([])
  })

  test("the sandbox's Slack, and a client with its own habits", async () => {
    const slack = await startSandboxSlack({
      users: [{ name: 'ann' }],
      channels: [{ name: 'mfg' }, { name: 'design', bot: false }, { name: 'old' }],
      usergroups: [{ id: 'S0MFG', handle: 'mfg', users: ['ann'] }],
    })
    try {
      await slack.archive(slack.channel('old'))
      const [ann, mfg, design, old] = [
        slack.user('ann'),
        slack.channel('mfg'),
        slack.channel('design'),
        slack.channel('old'),
      ]
      const setup = setupOf(
        EXAMPLE.replaceAll(/U0(ADMIN|LEAD)/g, ann)
          .replaceAll('C0MFG', mfg)
          .replaceAll('C0DESIGN', design)
          .replaceAll('C0OPS', old)
          .replaceAll('C0COMPANY', mfg),
      )
      const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl })
      const { faults, warnings } = await verifyAgainstSlack(setup, client)
      expect(faults).toEqual([
        `channels.fallback: ${old} (#old) is archived`,
        'departments[1].lead: Slack knows no user U0DESIGN',
      ])
      expect(warnings).toEqual([
        `departments[1].channel: the bot is not in ${design} (#design); type /invite there and name the bot`,
      ])
    } finally {
      await slack.close()
    }
  })
})

import { describe, expect, it } from 'vitest'
import { client, codeOf, plain, sandbox } from './support.ts'

const button = { type: 'actions', elements: [{ type: 'button', text: plain('Take it'), action_id: 'take' }] }

describe('the Web API', () => {
  it('records calls with decoded arguments, token and answer', async () => {
    const slack = await sandbox({ botToken: 'xoxb-1', now: () => 1234 })
    const channel = slack.channel('complaints')
    const posted = await client(slack).chat.postMessage({ channel, text: 'hi', blocks: [button] })
    const [call] = slack.callsTo('chat.postMessage')
    expect(call).toMatchObject({
      method: 'chat.postMessage',
      token: 'xoxb-1',
      at: 1234,
      answer: { ok: true, ts: posted.ts },
    })
    expect(call?.args).toMatchObject({ channel, text: 'hi', blocks: [button] })
    expect(slack.messages('complaints')).toMatchObject([
      { ts: posted.ts, text: 'hi', user: slack.botUser, bot_id: slack.botId },
    ])
    expect(slack.messages('complaints')[0]?.blocks[0]?.block_id).toMatch(/./)
    expect(slack.problems).toEqual([])
  })

  it('knows who calls', async () => {
    const slack = await sandbox()
    expect(await client(slack).auth.test()).toMatchObject({
      user_id: slack.botUser,
      bot_id: slack.botId,
      team_id: slack.team,
    })
    expect(await codeOf(client(slack, 'xoxb-other').auth.test())).toBe('invalid_auth')
    expect(await codeOf(client(slack, '').auth.test())).toBe('not_authed')
    expect(await codeOf(client(slack).apiCall('made.up'))).toBe('unknown_method')
    expect(await codeOf(client(slack).apps.connections.open({}))).toBe('not_allowed_token_type')
  })

  it('takes JSON and form bodies alike', async () => {
    const slack = await sandbox()
    const headers = { authorization: `Bearer ${slack.botToken}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ channel: slack.channel('complaints'), text: 'json' })
    expect(
      await (await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body })).json(),
    ).toMatchObject({ ok: true })
    const form = new URLSearchParams({ token: slack.botToken, channel: slack.channel('complaints'), text: 'form' })
    await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', body: form })
    expect(slack.calls.at(-1)).toMatchObject({ token: slack.botToken, args: { text: 'form' } })
    expect(slack.messages('complaints').map((message) => message.text)).toEqual(['json', 'form'])
  })

  it('posts only where the bot is', async () => {
    const slack = await sandbox({
      channels: [
        { name: 'open', bot: false },
        { name: 'secret', isPrivate: true, bot: false },
      ],
    })
    const web = client(slack)
    const post = (channel: string) => web.chat.postMessage({ channel, text: 'x' })
    expect(await codeOf(post(slack.channel('open')))).toBe('not_in_channel')
    expect(await codeOf(web.conversations.history({ channel: slack.channel('open') }))).toBe('not_in_channel')
    expect(await codeOf(post(slack.channel('secret')))).toBe('channel_not_found')
    expect(await codeOf(web.conversations.info({ channel: slack.channel('secret') }))).toBe('channel_not_found')
    expect(await codeOf(post('C0NOWHERE1'))).toBe('channel_not_found')
    expect((await web.conversations.info({ channel: slack.channel('open') })).channel?.is_member).toBe(false)
    await slack.invite('open', slack.botUser)
    await slack.invite('secret', slack.botUser)
    expect((await web.conversations.info({ channel: slack.channel('open') })).channel?.is_member).toBe(true)
    expect((await post(slack.channel('open'))).ok).toBe(true)
    expect((await post(slack.channel('secret'))).ok).toBe(true)
    await slack.kick('open', slack.botUser)
    expect(await codeOf(post(slack.channel('open')))).toBe('not_in_channel')
    await slack.archive('secret')
    expect((await web.conversations.list({ types: 'public_channel' })).channels?.map((one) => one.name)).toContain(
      'open',
    )
    expect(await codeOf(post(slack.channel('secret')))).toBe('is_archived')
  })

  it('tells in which channels a person is, of private ones those that the bot is in too', async () => {
    const slack = await sandbox({
      channels: [
        { name: 'open', bot: false },
        { name: 'few', members: ['bo'] },
        { name: 'secret', isPrivate: true, bot: false },
        { name: 'shared', isPrivate: true },
      ],
    })
    const web = client(slack)
    const types = 'public_channel,private_channel'
    const ofUser = async (name: string, more = {}) =>
      (await web.users.conversations({ user: slack.user(name), types, ...more })).channels?.map((one) => one.name)
    expect(await ofUser('ann')).toEqual(['open', 'shared'])
    expect(await ofUser('bo', { types: 'public_channel' })).toEqual(['open', 'few'])
    expect(await ofUser('amends')).toEqual(['few', 'shared'])
    await slack.invite('few', 'ann')
    await slack.kick('shared', 'ann')
    await slack.invite('secret', slack.botUser)
    await slack.archive('open')
    expect(await ofUser('ann')).toEqual(['open', 'few', 'secret'])
    expect(await ofUser('ann', { exclude_archived: true })).toEqual(['few', 'secret'])
    await slack.kick('secret', slack.botUser)
    expect(await ofUser('ann')).toEqual(['open', 'few'])
  })

  it('posts in public channels with chat:write.public, and refuses what the scopes lack', async () => {
    const slack = await sandbox({
      channels: [{ name: 'open', bot: false }],
      strictScopes: ['chat:write', 'chat:write.public'],
    })
    const web = client(slack)
    const channel = slack.channel('open')
    const posted = await web.chat.postMessage({ channel, text: 'x' })
    expect(posted.response_metadata?.scopes).toEqual(['chat:write', 'chat:write.public'])
    expect(await codeOf(web.conversations.info({ channel }))).toBe('missing_scope')
    expect(await codeOf(web.usergroups.list({}))).toBe('missing_scope')
  })

  it('reads history with the window, the limit and metadata as Slack does', async () => {
    const slack = await sandbox()
    const web = client(slack)
    const channel = slack.channel('complaints')
    const metadata = { event_type: 'amends', event_payload: { id: 7 } }
    const ts: string[] = []
    for (const text of ['a', 'b', 'c']) ts.push(String((await web.chat.postMessage({ channel, text, metadata })).ts))
    await web.chat.postMessage({ channel, text: 'reply', thread_ts: ts[0] as string })
    await web.chat.postMessage({ channel, text: 'loud', thread_ts: ts[0] as string, reply_broadcast: true })
    const texts = async (args: object) =>
      (await web.conversations.history({ channel, ...args })).messages?.map((m) => m.text)
    expect(await texts({})).toEqual(['loud', 'c', 'b', 'a'])
    expect(await texts({ oldest: ts[0], latest: ts[2] })).toEqual(['b'])
    expect(await texts({ oldest: ts[0], latest: ts[2], inclusive: true })).toEqual(['c', 'b', 'a'])
    const page = await web.conversations.history({ channel, limit: 3 })
    expect(page).toMatchObject({ has_more: true, messages: [{}, {}, {}] })
    expect(await texts({ limit: 3, cursor: page.response_metadata?.next_cursor })).toEqual(['a'])
    const plainly = await web.conversations.history({ channel, oldest: ts[1] as string, inclusive: true })
    expect(plainly.messages?.some((message) => 'metadata' in message)).toBe(false)
    const all = await web.conversations.history({ channel, include_all_metadata: true, latest: ts[1] as string })
    expect(all.messages?.[0]).toMatchObject({ metadata, reply_count: 2, thread_ts: ts[0] })
    const replies = await web.conversations.replies({ channel, ts: ts[0] as string, include_all_metadata: true })
    expect(replies.messages?.map((message) => message.text)).toEqual(['a', 'reply', 'loud'])
    expect(replies.messages?.[0]).toMatchObject({ metadata })
    expect(replies.messages?.[2]).toMatchObject({ subtype: 'thread_broadcast' })
    expect(await codeOf(web.conversations.replies({ channel, ts: '1.000001' }))).toBe('thread_not_found')
    expect(slack.thread('complaints', ts[0] as string).map((message) => message.text)).toEqual(['a', 'reply', 'loud'])
  })

  it('updates, deletes, and keeps direct messages and ephemerals apart', async () => {
    const slack = await sandbox()
    const web = client(slack)
    const channel = slack.channel('complaints')
    const ts = String((await web.chat.postMessage({ channel, text: 'one' })).ts)
    await web.chat.update({ channel, ts, text: 'two', blocks: [button] })
    expect(slack.messages(channel)).toMatchObject([
      { text: 'two', blocks: [{ type: 'actions' }], edited: { user: slack.botUser } },
    ])
    await web.chat.delete({ channel, ts })
    expect(slack.messages(channel)).toEqual([])
    const direct = await web.chat.postMessage({ channel: slack.user('ann'), text: 'psst' })
    expect(direct.channel).toMatch(/^D/)
    await slack.say('ann', slack.botUser, 'thanks')
    expect(slack.directMessages('ann').map((message) => [message.user, message.text])).toEqual([
      [slack.botUser, 'psst'],
      [slack.user('ann'), 'thanks'],
    ])
    await web.chat.postEphemeral({ channel, user: slack.user('bo'), text: 'only you' })
    expect(slack.ephemerals).toMatchObject([{ channel, user: slack.user('bo'), text: 'only you' }])
    expect(slack.messages(channel)).toEqual([])
    const said = await slack.say('bo', 'complaints', 'hello')
    await slack.deleteMessage('complaints', said)
    expect(slack.messages(channel)).toEqual([])
  })

  it('shows who was removed, and still takes messages for them', async () => {
    const slack = await sandbox()
    const web = client(slack)
    const ann = slack.user('ann')
    await slack.removeUser('ann')
    expect((await web.users.info({ user: ann })).user?.deleted).toBe(true)
    expect((await web.users.list({})).members?.find((user) => user.id === ann)?.deleted).toBe(true)
    expect((await web.chat.postMessage({ channel: ann, text: 'gone?' })).ok).toBe(true)
    expect(slack.directMessages('ann')).toMatchObject([{ text: 'gone?' }])
    expect(await codeOf(web.conversations.open({ users: ann }))).toBe('user_disabled')
    expect(await codeOf(web.users.info({ user: 'U0NOBODY01' }))).toBe('user_not_found')
    await slack.removeUser(slack.botUser)
    expect(await codeOf(web.auth.test())).toBe('account_inactive')
  })

  it('has user groups and do-not-disturb', async () => {
    const slack = await sandbox({ usergroups: [{ id: 'S1', handle: 'leads', users: ['ann', 'bo'] }] })
    const web = client(slack)
    expect((await web.usergroups.list({})).usergroups).toMatchObject([{ id: 'S1', handle: 'leads', user_count: 2 }])
    expect((await web.usergroups.users.list({ usergroup: 'S1' })).users).toEqual([slack.user('ann'), slack.user('bo')])
    expect(await codeOf(web.usergroups.users.list({ usergroup: 'S2' }))).toBe('no_such_subteam')
    slack.setDoNotDisturb('ann', { dnd_enabled: true, next_dnd_start_ts: 10, next_dnd_end_ts: 20 })
    expect(await web.dnd.info({ user: slack.user('ann') })).toMatchObject({ dnd_enabled: true, next_dnd_end_ts: 20 })
    expect(await web.dnd.info({ user: slack.user('bo') })).toMatchObject({ dnd_enabled: false })
  })

  it('puts bots out of what is archived, and does not bring them back', async () => {
    const slack = await sandbox()
    const web = client(slack)
    const channel = slack.channel('complaints')
    const ts = String((await web.chat.postMessage({ channel, text: 'x' })).ts)
    await slack.archive('complaints')
    expect((await web.conversations.info({ channel })).channel).toMatchObject({ is_archived: true, is_member: false })
    expect(await codeOf(web.chat.postMessage({ channel, text: 'x' }))).toBe('is_archived')
    expect(await codeOf(web.chat.update({ channel, ts, text: 'x' }))).toBe('is_archived')
    await slack.unarchive('complaints')
    expect(await codeOf(web.chat.postMessage({ channel, text: 'x' }))).toBe('not_in_channel')
    const made = await slack.createChannel('new', { isPrivate: true })
    await slack.invite('new', slack.botUser)
    expect((await web.chat.postMessage({ channel: made, text: 'x' })).ok).toBe(true)
  })
})

describe('limits', () => {
  it('refuses what Slack refuses and writes it down', async () => {
    const slack = await sandbox()
    const web = client(slack)
    const channel = slack.channel('complaints')
    const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } })
    expect(await codeOf(web.chat.postMessage({ channel, text: 'x', blocks: [section('y'.repeat(3001))] }))).toBe(
      'invalid_blocks',
    )
    expect(
      await codeOf(web.chat.postMessage({ channel, text: 'x', blocks: Array(6).fill(section('y'.repeat(2900))) })),
    ).toBe('msg_blocks_too_long')
    const ts = String((await web.chat.postMessage({ channel, text: 'x' })).ts)
    expect(await codeOf(web.chat.update({ channel, ts, text: 'z'.repeat(4001) }))).toBe('msg_too_long')
    expect(slack.problems).toHaveLength(3)
    expect((await web.chat.postMessage({ channel, text: 'w'.repeat(40_001) })).message?.text).toHaveLength(40_000)
    expect(slack.messages(channel)).toHaveLength(2)
    const view = { type: 'modal' as const, title: plain('t'.repeat(25)), blocks: [] }
    const trigger_id = slack.views.trigger(slack.user('ann'))
    expect(await codeOf(web.views.open({ trigger_id, view }))).toBe('invalid_arguments')
    expect(slack.problems.at(-1)).toMatch(/^views\.open: title/)
  })
})

describe('views', () => {
  const view = (title: string) => ({
    type: 'modal' as const,
    title: plain(title),
    blocks: [{ type: 'divider' as const }],
  })

  it('takes a trigger once, within three seconds', async () => {
    let time = 1_000_000
    const slack = await sandbox({ now: () => time })
    const web = client(slack)
    const trigger_id = slack.views.trigger(slack.user('ann'))
    await web.views.open({ trigger_id, view: view('One') })
    expect(await codeOf(web.views.open({ trigger_id, view: view('Two') }))).toBe('exchanged_trigger_id')
    const late = slack.views.trigger(slack.user('ann'))
    time += 3000
    expect(await codeOf(web.views.open({ trigger_id: late, view: view('Two') }))).toBe('expired_trigger_id')
    expect(await codeOf(web.views.open({ trigger_id: '1.2.3', view: view('Two') }))).toBe('invalid_trigger_id')
    expect(slack.openViews('ann').map((open) => open.title?.text)).toEqual(['One'])
  })

  it('stacks three and no more, updates by hash, publishes homes', async () => {
    const slack = await sandbox()
    const web = client(slack)
    const ann = slack.user('ann')
    const root = await web.views.open({ trigger_id: slack.views.trigger(ann), view: view('1') })
    const push = (title: string) => {
      const top = slack.openViews('ann').at(-1)
      return web.views.push({ trigger_id: slack.views.trigger(ann, top?.id), view: view(title) })
    }
    const second = await push('2')
    await push('3')
    expect(await codeOf(push('4'))).toBe('push_limit_reached')
    expect(second.view).toMatchObject({ root_view_id: root.view?.id, previous_view_id: root.view?.id })
    const view_id = String(root.view?.id)
    expect(await codeOf(web.views.update({ view_id, hash: 'old', view: view('1b') }))).toBe('hash_conflict')
    await web.views.update({ view_id, hash: String(root.view?.hash), view: view('1b') })
    expect(slack.openViews('ann').map((open) => open.title?.text)).toEqual(['1b', '2', '3'])
    expect(await codeOf(web.views.update({ view_id: 'V0', view: view('x') }))).toBe('not_found')
    await web.views.publish({ user_id: ann, view: { type: 'home', blocks: [{ type: 'divider' }] } })
    expect(slack.homes.get(ann)).toMatchObject({ type: 'home', blocks: [{ type: 'divider' }] })
  })
})

import type { App } from '@slack/bolt'
import { describe, expect, it } from 'vitest'
import { person } from '../../src/sandbox/person.ts'
import { bolt, client, option, plain, sandbox } from './support.ts'

const input = (label: string, element: object, more: object = {}) => ({
  type: 'input' as const,
  block_id: label.toLowerCase(),
  label: plain(label),
  element: { action_id: 'it', ...element } as never,
  ...more,
})

const form = {
  type: 'modal' as const,
  callback_id: 'form',
  private_metadata: 'kept',
  title: plain('Complaint'),
  submit: plain('File'),
  notify_on_close: true,
  blocks: [
    input('Story', { type: 'plain_text_input', max_length: 20, multiline: true }),
    input('Channel', {
      type: 'static_select',
      option_groups: [{ label: plain('Us'), options: [option('Phone'), option('Mail')] }],
    }),
    input('Customer', { type: 'external_select', min_query_length: 2 }, { optional: true }),
    input('Owner', { type: 'users_select' }, { optional: true }),
    input('When', { type: 'datetimepicker', initial_date_time: 1_700_000_000 }),
    input('Day', { type: 'datepicker' }, { optional: true }),
    input('Extras', { type: 'checkboxes', options: [option('Urgent'), option('Legal')] }, { optional: true }),
    input('Size', {
      type: 'radio_buttons',
      options: [option('Big'), option('Small')],
      initial_option: option('Small'),
    }),
    {
      type: 'actions' as const,
      block_id: 'more',
      elements: [{ type: 'button' as const, action_id: 'more', text: plain('More'), value: 'm' }],
    },
  ],
}

async function opened(set: (app: App) => void = () => {}) {
  const slack = await sandbox()
  const app = await bolt(slack, (real) => {
    real.command('/complaint', async ({ ack, client: web, body }) => {
      await web.views.open({ trigger_id: body.trigger_id, view: form })
      await ack()
    })
    real.options('it', async ({ ack, options }) => {
      await ack({ options: [option(`${options.value}`), option(`${options.value} & sons`)] })
    })
    set(real)
  })
  const ann = person(slack, app, 'ann')
  await ann.command('/complaint', { channel: 'complaints' })
  return { slack, app, ann }
}

const complete = { Story: 'late', Channel: 'Mail' }

describe('a person over HTTP', () => {
  it('gives a command, signed, and sees what the ack says', async () => {
    const slack = await sandbox()
    let body: object = {}
    const app = await bolt(slack, (real) =>
      real.command('/complaint', async ({ ack, command }) => {
        body = command
        await ack('filed')
      }),
    )
    const reply = await person(slack, app, 'ann').command('/complaint late again', { channel: 'complaints' })
    expect(reply).toMatchObject({ status: 200, timedOut: false })
    expect(reply.ms).toBeGreaterThan(0)
    expect(body).toMatchObject({
      command: '/complaint',
      text: 'late again',
      user_id: slack.user('ann'),
      channel_name: 'complaints',
    })
    expect(person(slack, app, 'ann').ephemerals()).toMatchObject([
      { channel: slack.channel('complaints'), text: 'filed' },
    ])
  })

  it('is refused with a wrong secret', async () => {
    const slack = await sandbox()
    const app = await bolt({ ...slack, signingSecret: 'other' }, () => {})
    expect(await person(slack, app, 'ann').command('/complaint')).toMatchObject({
      status: 401,
      error: 'dispatch_failed',
    })
  })

  it('sees an error when the app does not answer in time, or is not there', async () => {
    const slack = await sandbox()
    const app = await bolt(slack, (real) => real.command('/complaint', async () => {}), 100)
    expect(await person(slack, app, 'ann').command('/complaint')).toMatchObject({
      timedOut: true,
      error: 'operation_timeout',
      status: 0,
    })
    const nobody = { kind: 'http' as const, url: 'http://127.0.0.1:9/slack/events' }
    expect(await person(slack, nobody, 'ann').command('/complaint')).toMatchObject({
      timedOut: false,
      error: 'dispatch_failed',
    })
  })

  it('fills in a modal by its labels and submits it', async () => {
    let view: unknown
    const { slack, ann } = await opened((real) =>
      real.view('form', async ({ ack, payload }) => {
        view = payload
        await ack()
      }),
    )
    const modal = ann.modal()
    expect(modal).toMatchObject({ title: 'Complaint', callback_id: 'form' })
    expect(modal.labels).toEqual(['Story', 'Channel', 'Customer', 'Owner', 'When', 'Day', 'Extras', 'Size'])
    await modal.fill({
      ...complete,
      Customer: 'Jones',
      Owner: 'bo',
      When: new Date('2026-01-02T03:04:05Z'),
      Day: '2026-01-02',
      Extras: ['Legal'],
    })
    const result = await modal.submit()
    expect(result).toMatchObject({ outcome: 'closed', status: 200, errors: {} })
    expect(modal.isOpen).toBe(false)
    expect(() => ann.modal()).toThrow('ann sees no modal')
    expect(view).toMatchObject({
      private_metadata: 'kept',
      id: modal.id,
      hash: expect.stringMatching(/./),
      root_view_id: modal.id,
    })
    expect((view as { state: { values: unknown } }).state.values).toMatchObject({
      story: { it: { type: 'plain_text_input', value: 'late' } },
      channel: { it: { selected_option: { value: 'mail' } } },
      customer: { it: { selected_option: { value: 'jones' } } },
      owner: { it: { selected_user: slack.user('bo') } },
      when: { it: { selected_date_time: 1767323045 } },
      day: { it: { selected_date: '2026-01-02' } },
      extras: { it: { selected_options: [{ value: 'legal' }] } },
      size: { it: { selected_option: { value: 'small' } } },
    })
    expect(slack.problems).toEqual([])
  })

  it('cannot enter what the form does not take', async () => {
    const { ann } = await opened()
    const modal = ann.modal()
    await expect(modal.fill({ Nope: 'x' })).rejects.toThrow(
      '0 inputs labelled "Nope"; its labels are "Story", "Channel"',
    )
    await expect(modal.fill({ Channel: 'Fax' })).rejects.toThrow(
      '"Channel" has no option "Fax"; there is "Phone", "Mail"',
    )
    await expect(modal.fill({ Story: 'x'.repeat(21) })).rejects.toThrow('"Story" takes 20 characters, not 21')
    await expect(modal.fill({ Customer: 'J' })).rejects.toThrow('from 2 characters on')
    await expect(modal.fill({ When: 'soon' })).rejects.toThrow('takes a Date')
  })

  it('is told by Slack itself what is missing, unless forced', async () => {
    let submissions = 0
    const { ann } = await opened((real) =>
      real.view('form', async ({ ack }) => {
        submissions += 1
        await ack()
      }),
    )
    const result = await ann.modal().submit()
    expect(result).toMatchObject({ outcome: 'incomplete' })
    expect(ann.modal().errors).toEqual({
      Story: 'Please complete this required field.',
      Channel: 'Please complete this required field.',
    })
    expect(submissions).toBe(0)
    expect(await ann.modal().submit({ force: true })).toMatchObject({ outcome: 'closed' })
    expect(submissions).toBe(1)
  })

  it('keeps what was typed when the app answers with errors', async () => {
    const { slack, ann } = await opened((real) =>
      real.view('form', async ({ ack, payload }) => {
        const story = payload.state.values.story?.it?.value
        if (story === 'bad') await ack({ response_action: 'errors', errors: { story: 'Too short' } })
        else if (story === 'worse') await ack({ response_action: 'errors', errors: { nowhere: 'x' } })
        else await ack()
      }),
    )
    const modal = ann.modal()
    await modal.fill({ ...complete, Story: 'bad' })
    expect(await modal.submit()).toMatchObject({ outcome: 'errors', errors: { Story: 'Too short' } })
    expect(modal.value('Story')).toMatchObject({ value: 'bad' })
    expect(modal.value('Channel')).toMatchObject({ selected_option: { value: 'mail' } })
    await modal.fill({ Story: 'worse' })
    expect(await modal.submit()).toMatchObject({ outcome: 'failed' })
    expect(slack.problems).toEqual(['response_action errors: no input block "nowhere" to show it at'])
    await modal.fill({ Story: 'good' })
    expect(await modal.submit()).toMatchObject({ outcome: 'closed' })
  })

  it('follows update, push and clear, and the depth of three', async () => {
    const next = (title: string) => ({ ...form, title: plain(title) })
    const { ann } = await opened((real) =>
      real.view('form', async ({ ack, payload }) => {
        const story = payload.state.values.story?.it?.value
        if (story === 'update') await ack({ response_action: 'update', view: next('Updated') })
        else if (story === 'push') await ack({ response_action: 'push', view: next('Pushed') })
        else if (story === 'wrong') await ack({ response_action: 'update', view: next('x'.repeat(30)) })
        else if (story === 'clear') await ack({ response_action: 'clear' })
        else await ack()
      }),
    )
    const send = async (Story: string) => (await (await ann.modal().fill({ ...complete, Story })).submit()).outcome
    expect(await send('update')).toBe('updated')
    expect(ann.modal().title).toBe('Updated')
    expect(ann.modal().value('Story')).toMatchObject({ value: 'update' })
    expect(await send('wrong')).toBe('failed')
    expect(await send('push')).toBe('pushed')
    const below = ann.slack.openViews('ann')[0]
    expect(ann.modal().title).toBe('Pushed')
    expect(await send('push')).toBe('pushed')
    expect(await send('push')).toBe('failed')
    expect(await send('close it')).toBe('closed')
    expect(ann.slack.openViews('ann')).toHaveLength(2)
    expect(ann.slack.openViews('ann')[0]).toBe(below)
    expect(await send('clear')).toBe('cleared')
    expect(ann.slack.openViews('ann')).toEqual([])
  })

  it('presses buttons of a modal, and the app updates and pushes with its view', async () => {
    let payload: unknown
    const { ann } = await opened((real) =>
      real.action('more', async ({ ack, body, client: web }) => {
        payload = body
        await ack()
        if (body.type !== 'block_actions' || !body.view) return
        const blocks = [...form.blocks, input('Extra', { type: 'plain_text_input', initial_value: 'there' })]
        await web.views.update({ view_id: body.view.id, hash: body.view.hash, view: { ...form, blocks } })
        await web.views.push({
          trigger_id: body.trigger_id,
          view: { ...form, callback_id: 'pushed', title: plain('On top'), notify_on_close: false },
        })
      }),
    )
    const modal = ann.modal()
    await modal.fill({ Story: 'typed' })
    await modal.press('More')
    await ann.waitForModal('pushed')
    expect(payload).toMatchObject({
      container: { type: 'view', view_id: modal.id },
      actions: [{ type: 'button', action_id: 'more', block_id: 'more', value: 'm' }],
      view: { state: { values: { story: { it: { value: 'typed' } } } } },
    })
    expect(modal.labels).toContain('Extra')
    expect(modal.value('Story')).toMatchObject({ value: 'typed' })
    expect(modal.value('Extra')).toMatchObject({ value: 'there' })
    await expect(modal.fill({ Story: 'x' })).rejects.toThrow('not what the person sees any more')
    await ann.modal().close()
    expect(ann.modal()).toBe(modal)
  })

  it('tells the app of a closed modal that asks for it', async () => {
    const closed: unknown[] = []
    const { ann } = await opened((real) =>
      real.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, body }) => {
        closed.push(body)
        await ack()
      }),
    )
    await ann.modal().close()
    expect(closed).toMatchObject([{ type: 'view_closed', is_cleared: false, view: { callback_id: 'form' } }])
  })

  it('asks for options', async () => {
    const { ann, slack } = await opened()
    expect(await ann.suggest(ann.modal(), 'Customer', 'Jo')).toEqual([
      { text: 'Jo', value: 'jo' },
      { text: 'Jo & sons', value: 'jo & sons' },
    ])
    expect(await ann.suggest(ann.modal(), 'customer', 'x'.repeat(80))).toEqual([])
    expect(slack.problems[0]).toMatch(/^block_suggestion: /)
  })

  it('submits twice at once, and sends again', async () => {
    const seen: string[] = []
    const { ann } = await opened((real) =>
      real.view('form', async ({ ack, body }) => {
        seen.push(`${body.view.id} ${(body as { trigger_id?: string }).trigger_id}`)
        await ack()
      }),
    )
    await ann.modal().fill(complete)
    const { replies, outcome } = await ann.submitTwice()
    expect(outcome).toBe('closed')
    expect(replies).toHaveLength(2)
    await ann.resend()
    expect(seen).toHaveLength(3)
    expect(new Set(seen).size).toBe(1)
  })

  it('uses shortcuts, events and Home', async () => {
    const seen: Record<string, unknown>[] = []
    const slack = await sandbox()
    const app = await bolt(slack, (real) => {
      real.shortcut(/.*/, async ({ ack, shortcut }) => {
        seen.push(shortcut as never)
        await ack()
      })
      real.event('app_home_opened', async ({ event, client: web }) => {
        const blocks = [
          { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'go', text: plain('Go') }] },
        ]
        await web.views.publish({ user_id: event.user, view: { type: 'home', blocks } })
      })
      real.action('go', async ({ ack, body }) => {
        seen.push(body as never)
        await ack()
      })
    })
    const ann = person(slack, app, 'ann')
    const ts = await slack.say('bo', 'complaints', 'angry')
    await ann.globalShortcut('file')
    await ann.messageShortcut('file_it', 'complaints', ts)
    await ann.openHome()
    const home = await slack.until(() => ann.home())
    await ann.press(home, 'Go')
    expect(seen).toMatchObject([
      { type: 'shortcut', callback_id: 'file' },
      {
        type: 'message_action',
        callback_id: 'file_it',
        message: { text: 'angry', user: slack.user('bo') },
        message_ts: ts,
      },
      { type: 'block_actions', view: { type: 'home' }, container: { type: 'view' } },
    ])
  })
})

describe('messages with buttons', () => {
  const blocks = [
    {
      type: 'actions' as const,
      block_id: 'row',
      elements: [
        { type: 'button' as const, action_id: 'take', text: plain('Take it'), value: '7' },
        { type: 'overflow' as const, action_id: 'menu', options: [option('Hand over'), option('Close out')] },
        {
          type: 'static_select' as const,
          action_id: 'dept',
          placeholder: plain('Department'),
          options: [option('Sales'), option('Post')],
        },
      ],
    },
  ]

  it('are pressed by what is read on them', async () => {
    const seen: { actions: unknown[]; container: unknown; message?: unknown; state?: unknown }[] = []
    const slack = await sandbox()
    const app = await bolt(slack, (real) =>
      real.action(/.*/, async ({ ack, body }) => {
        seen.push(body as never)
        await ack()
      }),
    )
    const channel = slack.channel('complaints')
    await client(slack).chat.postMessage({ channel, text: 'new', blocks })
    await client(slack).chat.postEphemeral({ channel, user: slack.user('ann'), text: 'mine', blocks })
    const ann = person(slack, app, 'ann')
    const [message] = slack.messages(channel)
    const [ephemeral] = ann.ephemerals()
    if (!message || !ephemeral) throw new Error('nothing was posted')
    await ann.press(message, 'Take it')
    await ann.press(message, 'Hand over')
    await ann.press(message, 'Department', { choose: 'Post' })
    await ann.press(ephemeral, 'take')
    await expect(ann.press(message, 'Give up')).rejects.toThrow(
      'Nothing here is called "Give up"; there is take "Take it',
    )
    expect(seen.map((body) => body.actions[0])).toMatchObject([
      { type: 'button', action_id: 'take', block_id: 'row', value: '7', text: plain('Take it') },
      { type: 'overflow', selected_option: option('Hand over') },
      { type: 'static_select', selected_option: option('Post') },
      { type: 'button' },
    ])
    expect(seen[0]).toMatchObject({ container: { is_ephemeral: false }, message: { text: 'new', ts: message.ts } })
    expect(seen[2]?.state).toMatchObject({ values: { row: { dept: { selected_option: option('Post') } } } })
    expect(seen[3]?.container).toMatchObject({ is_ephemeral: true })
    expect(seen[3]?.message).toBeUndefined()
  })
})

describe('elements in use', () => {
  it('tells the app of inputs that dispatch, keeps menus in a message pressed, and answers through Bolt', async () => {
    const seen: unknown[] = []
    const slack = await sandbox()
    const view = {
      ...{ type: 'modal' as const, callback_id: 'f', title: plain('F'), submit: plain('Go') },
      blocks: [
        input('Kind', { type: 'static_select', options: [option('A'), option('B')] }, { dispatch_action: true }),
        input('Who', { type: 'multi_users_select', max_selected_items: 2 }),
        input('Sure', { type: 'checkboxes', options: [option('Yes')] }),
      ],
    }
    const app = await bolt(slack, (real) => {
      real.command('/complaint', async ({ ack, body, client: web }) => {
        await web.views.open({ trigger_id: body.trigger_id, view })
        await ack()
      })
      real.action('it', async ({ ack, body }) => {
        seen.push((body as { actions: unknown[] }).actions[0])
        await ack()
      })
      real.action('done', async ({ ack, respond, body, client: web }) => {
        await ack()
        await respond({ text: 'Done', replace_original: true })
        await web.views.open({ trigger_id: (body as { trigger_id: string }).trigger_id, view })
      })
      real.view('f', async ({ ack, body, client: web }) => {
        await ack()
        seen.push(body.view.state.values)
        await web.views.open({ trigger_id: (body as unknown as { trigger_id: string }).trigger_id, view })
      })
    })
    const ann = person(slack, app, 'ann')
    await ann.command('/complaint')
    await expect(ann.modal().fill({ Who: ['ann', 'bo', 'cleo'] })).rejects.toThrow('"Who" takes 2, not 3')
    await ann.modal().fill({ Kind: 'B', Who: ['bo'], Sure: true })
    expect(seen).toMatchObject([
      { action_id: 'it', block_id: 'kind', type: 'static_select', selected_option: option('B') },
    ])
    expect(slack.problems).toEqual([])
    await ann.modal().submit()
    await slack.until(() => (slack.callsTo('views.open').length === 2 ? true : undefined))
    expect(seen[1]).toMatchObject({
      who: { it: { selected_users: [slack.user('bo')] } },
      sure: { it: { selected_options: [{}] } },
    })
    expect(slack.problems).toEqual(['views.open: with a trigger from a modal; use response_action or views.push'])
    const channel = slack.channel('complaints')
    const blocks = [
      { type: 'actions' as const, elements: [{ type: 'button' as const, action_id: 'done', text: plain('Done?') }] },
    ]
    await client(slack).chat.postEphemeral({ channel, user: ann.id, text: 'Well?', blocks })
    const [asked] = ann.ephemerals()
    if (!asked) throw new Error('nothing was shown')
    await ann.press(asked, 'Done?')
    await slack.until(() => (ann.ephemerals()[0]?.text === 'Done' ? true : undefined))
    expect(ann.ephemerals()[0]?.blocks).toEqual([])
  })
})

describe('response_url', () => {
  it('shows, replaces, deletes; five times, for half an hour', async () => {
    let time = 1_000_000
    const slack = await sandbox({ now: () => time })
    const channel = slack.channel('complaints')
    const user = slack.user('ann')
    const post = async (url: string, body: object) => {
      const answered = await fetch(url, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
      return [answered.status, ((await answered.json()) as { error?: string }).error]
    }
    const url = slack.responseUrl({ kind: 'commands', user, channel })
    expect(await post(url, { text: 'seen' })).toEqual([200, undefined])
    expect(slack.ephemerals).toMatchObject([{ user, channel, text: 'seen' }])
    const shownTo = { ts: slack.ephemerals[0]?.ts ?? '', ephemeral: true }
    const again = slack.responseUrl({ kind: 'actions', user, channel, message: shownTo })
    await post(again, { replace_original: true, text: 'changed' })
    expect(slack.ephemerals).toMatchObject([{ text: 'changed', ts: shownTo.ts }])
    await post(again, { delete_original: true })
    expect(slack.ephemerals).toEqual([])
    await post(again, { response_type: 'in_channel', text: 'all' })
    expect(slack.messages(channel)).toMatchObject([{ text: 'all', user: slack.botUser }])
    const ts = slack.messages(channel)[0]?.ts ?? ''
    const onMessage = slack.responseUrl({ kind: 'actions', user, channel, message: { ts, ephemeral: false } })
    await post(onMessage, { replace_original: true, text: 'all of you' })
    expect(slack.messages(channel)).toMatchObject([{ text: 'all of you', ts }])
    expect(await post(onMessage, { text: 'x', blocks: [{ type: 'nonsense' }] })).toEqual([400, 'invalid_blocks'])
    for (let used = 0; used < 3; used++) await post(onMessage, { text: 'x' })
    expect(await post(onMessage, { text: 'one too many' })).toEqual([404, 'used_url'])
    time += 30 * 60_000
    expect(await post(url, { text: 'too late' })).toEqual([404, 'expired_url'])
    expect(slack.responses.at(-1)).toMatchObject({ status: 404, body: { text: 'too late' } })
  })
})

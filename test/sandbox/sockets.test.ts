import { SocketModeClient } from '@slack/socket-mode'
import { describe, expect, it } from 'vitest'
import { person } from '../../src/sandbox/person.ts'
import type { SandboxSlack } from '../../src/sandbox/slack.ts'
import { atEnd, client, codeOf, option, plain, quiet, sandbox } from './support.ts'

type Received = {
  type: string
  envelope_id: string
  body: Record<string, unknown>
  ack: (body?: object) => Promise<void>
}

/** A real client; `answer` acks each envelope. Pings often and reconnects soon, so that tests need not wait. */
async function connect(slack: SandboxSlack, answer: (received: Received) => unknown): Promise<SocketModeClient> {
  const socket = new SocketModeClient({
    appToken: slack.appToken,
    clientPingTimeout: 60,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
  })
  socket.on('slack_event', answer)
  await socket.start()
  atEnd(() => socket.disconnect())
  return socket
}

const app = { kind: 'socket' as const, ackWithinMs: 300 }

describe('Socket Mode', () => {
  it('takes app tokens only, each url once', async () => {
    const slack = await sandbox()
    expect(await codeOf(client(slack, slack.appToken).auth.test())).toBe('not_allowed_token_type')
    expect(await codeOf(client(slack, 'xapp-other').apps.connections.open({}))).toBe('invalid_auth')
    const { url } = await client(slack, slack.appToken).apps.connections.open({})
    expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/link/)
    await connect(slack, () => {})
    expect(slack.sockets.count).toBe(1)
  })

  it('delivers commands, shortcuts, events and modals, and takes what the ack carries', async () => {
    const slack = await sandbox()
    const seen: string[] = []
    const view = {
      ...{ type: 'modal' as const, callback_id: 'form', title: plain('Form'), submit: plain('Send') },
      blocks: [
        {
          type: 'input' as const,
          block_id: 'b',
          label: plain('Pick'),
          element: { type: 'external_select' as const, action_id: 'a' },
        },
      ],
    }
    await connect(slack, async ({ type, body, ack }) => {
      seen.push(`${type} ${body.type ?? body.command}`)
      if (type === 'slash_commands') {
        await client(slack).views.open({ trigger_id: String(body.trigger_id), view })
        return ack({ text: 'one moment' })
      }
      if (body.type === 'block_suggestion') return ack({ options: [option('Some')] })
      if (body.type === 'view_submission') return ack({ response_action: 'errors', errors: { b: 'Not that' } })
      return ack()
    })
    const ann = person(slack, app, 'ann')
    expect(await ann.command('/complaint', { channel: 'complaints' })).toMatchObject({
      status: 200,
      body: { text: 'one moment' },
    })
    expect(ann.ephemerals()).toMatchObject([{ text: 'one moment' }])
    await ann.modal().fill({ Pick: 'Some' })
    expect(await ann.modal().submit()).toMatchObject({ outcome: 'errors', errors: { Pick: 'Not that' } })
    expect(await ann.globalShortcut('x')).toMatchObject({ status: 200, body: '' })
    expect((await ann.openHome()).status).toBe(200)
    expect(seen).toEqual([
      'slash_commands /complaint',
      'interactive block_suggestion',
      'interactive view_submission',
      'interactive shortcut',
      'events_api event_callback',
    ])
  })

  it('sends the same envelope twice', async () => {
    const slack = await sandbox()
    const ids: string[] = []
    await connect(slack, ({ envelope_id, ack }) => {
      ids.push(envelope_id)
      return ack()
    })
    const ann = person(slack, app, 'ann')
    await ann.command('/complaint', { copies: 2 })
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    await ann.resend()
    expect(ids).toHaveLength(3)
  })

  it('gives each envelope to one of several connections', async () => {
    const slack = await sandbox()
    const taken = [0, 0]
    for (const at of [0, 1]) {
      await connect(slack, ({ ack }) => {
        taken[at] = (taken[at] ?? 0) + 1
        return ack()
      })
    }
    const ann = person(slack, app, 'ann')
    for (let sent = 0; sent < 4; sent++) await ann.command('/complaint')
    expect(taken).toEqual([2, 2])
  })

  it('shows an error when nobody is connected or nobody acks', async () => {
    const slack = await sandbox()
    const ann = person(slack, app, 'ann')
    expect(await ann.command('/complaint')).toMatchObject({ timedOut: false, error: 'dispatch_failed' })
    await connect(slack, () => {})
    expect(await ann.command('/complaint')).toMatchObject({ timedOut: true, error: 'operation_timeout' })
  })

  it('makes clients reconnect when it asks for it, and when it drops them', async () => {
    const slack = await sandbox()
    await connect(slack, ({ ack }) => ack())
    const ann = person(slack, app, 'ann')
    for (const lose of [() => slack.sockets.disconnect('refresh_requested'), () => slack.sockets.drop()]) {
      const before = slack.callsTo('apps.connections.open').length
      lose()
      await slack.until(() => (slack.sockets.count === 0 ? true : undefined))
      await slack.until(() => (slack.sockets.count === 1 ? true : undefined))
      expect(slack.callsTo('apps.connections.open')).toHaveLength(before + 1)
      expect((await ann.command('/complaint')).status).toBe(200)
    }
  })
})

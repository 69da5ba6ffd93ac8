import { describe, expect, it } from 'vitest'
import type { Fault } from '../../src/sandbox/faults.ts'
import { client, codeOf, sandbox } from './support.ts'

describe('faults', () => {
  const post = async (fault: Fault) => {
    const slack = await sandbox()
    const channel = slack.channel('complaints')
    slack.faults.next(fault)
    const code = await codeOf(client(slack).chat.postMessage({ channel, text: 'x' }))
    return { slack, channel, code, posted: slack.messages(channel).length, call: slack.calls[0] }
  }

  it.each([
    [{ kind: 'rateLimit', retryAfter: 7 }, /rate-limit.*7|7 seconds/i, 0],
    [{ kind: 'rateLimit', retryAfter: 'none' }, /valid timeout/, 0],
    [{ kind: 'acceptThenReset' }, /fetch failed|reset|A request error/i, 1],
    [{ kind: 'resetBefore' }, /fetch failed|reset|A request error/i, 0],
    [{ kind: 'truncate' }, /terminated|other side closed/i, 1],
    [{ kind: 'garble' }, /^\{"ok":true/, 1],
    [{ kind: 'late', ms: 600 }, /timed? ?out|abort/i, 1],
    [{ kind: 'error', code: 'restricted_action' }, /^restricted_action$/, 0],
    [{ kind: 'http', status: 503 }, /503/, 0],
    [{ kind: 'hang' }, /timed? ?out|abort/i, 0],
  ] as [Fault, RegExp, number][])('%j', async (fault, seen, inChannel) => {
    const { code, posted, call } = await post(fault)
    expect(code).toMatch(seen)
    expect(posted).toBe(inChannel)
    expect(call?.fault).toBe(fault.kind)
    expect(call?.answer?.ok).toBe(
      inChannel === 1 ? true : fault.kind === 'error' || fault.kind === 'rateLimit' ? false : undefined,
    )
  })

  it('match a method, a channel and a number of calls, the oldest first', async () => {
    const slack = await sandbox({ channels: [{ name: 'one' }, { name: 'two' }] })
    const web = client(slack)
    const to = (channel: string) => codeOf(web.chat.postMessage({ channel: slack.channel(channel), text: 'x' }))
    slack.faults.next({
      kind: 'error',
      code: 'first',
      method: 'chat.postMessage',
      channel: slack.channel('two'),
      times: 2,
    })
    slack.faults.next({ kind: 'error', code: 'second', method: 'chat.postMessage' })
    expect((await web.auth.test()).ok).toBe(true)
    expect([await to('two'), await to('one'), await to('two'), await to('two')]).toEqual([
      'first',
      'second',
      'first',
      'it was accepted',
    ])
    slack.faults.next({ kind: 'outage' })
    expect(await to('one')).not.toBe('it was accepted')
    expect(await codeOf(web.auth.test())).not.toBe('it was accepted')
    slack.faults.clear()
    expect(await to('one')).toBe('it was accepted')
  })

  it('meet a response_url too', async () => {
    const slack = await sandbox()
    const url = slack.responseUrl({ kind: 'commands', user: slack.user('ann'), channel: slack.channel('complaints') })
    slack.faults.next({ kind: 'http', status: 500, method: 'response_url' })
    expect((await fetch(url, { method: 'POST', body: '{"text":"x"}' })).status).toBe(500)
    expect(slack.ephemerals).toEqual([])
  })
})

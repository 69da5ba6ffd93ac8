import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { person } from '../../src/sandbox/person.ts'
import { type SandboxSlack, startSandboxSlack } from '../../src/sandbox/slack.ts'
import { freshPlace } from '../support/databases.ts'
import { amends, Bot, botEnvironment, SLOW } from '../support/process.ts'

async function slackOf(): Promise<SandboxSlack> {
  const slack = await startSandboxSlack({ users: [{ name: 'rita' }], channels: [{ name: 'service' }] })
  onTestFinished(() => slack.close())
  return slack
}

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://127.0.0.1:1/api/' }

test('without an environment it names every missing variable, and ends', SLOW, async () => {
  const { code, stdout, stderr } = await amends(['start'])
  expect(code).toBe(1)
  expect(stdout).toBe('')
  const lines = stderr.trimEnd().split('\n')
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatch(/^SLACK_BOT_TOKEN is not set: /)
  expect(lines[1]).toMatch(/^SLACK_SIGNING_SECRET is not set: .*SLACK_APP_TOKEN/)
  expect(lines[2]).toContain('README.md')
})

test('it reports all faults at once, and repeats no value', SLOW, async () => {
  const { code, stderr } = await amends(['start'], {
    SLACK_BOT_TOKEN: 'xapp-secret',
    SLACK_APP_TOKEN: 'xoxb-secret',
    SLACK_API_URL: 'secret',
    PORT: '70000secret',
    DATABASE_URL: 'mysql://secret',
    LOG_LEVEL: 'secret',
  })
  expect(code).toBe(1)
  const named = stderr.split('\n').map((line) => line.split(' ')[0])
  expect(named.slice(0, -2)).toEqual([
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_API_URL',
    'PORT',
    'DATABASE_URL',
    'LOG_LEVEL',
  ])
  expect(stderr).not.toContain('secret')
})

test('a port in use is one line', SLOW, async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const { code, stdout, stderr } = await amends(['start'], { ...SLACK, PORT: String(port), DATA_DIR: '/dev/null/x' })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe(`PORT: ${port} is in use. Stop what uses it, or set PORT to another.\n`)
})

test('a database that can not be had is one line', SLOW, async () => {
  const embedded = await amends(['start'], { ...SLACK, PORT: '0', DATA_DIR: '/dev/null/x' })
  expect(embedded).toMatchObject({ code: 1, stderr: `DATA_DIR: /dev/null/x can't be written (ENOTDIR).\n` })
  const slack = await slackOf()
  const place = { kind: 'postgres', url: 'postgres://amends:secret@127.0.0.1:1/x' } as const
  const remote = await amends(['start'], botEnvironment(slack, place))
  expect(remote.code).toBe(1)
  expect(remote.stderr).toBe('DATABASE_URL: the database could not be opened or migrated (ECONNREFUSED).\n')
})

test('a token that Slack refuses is one line', SLOW, async () => {
  const slack = await slackOf()
  const env = { ...botEnvironment(slack, await freshPlace()), SLACK_BOT_TOKEN: 'xoxb-of-another' }
  const { code, stderr } = await amends(['start'], env)
  expect(code).toBe(1)
  expect(stderr).toMatch(/^SLACK_BOT_TOKEN: Slack refuses it \(invalid_auth\)\.[^\n]*\n$/)
  expect(stderr).not.toContain('of-another')
})

test('before anything is in force it serves, and /complaint says what to do', SLOW, async () => {
  const slack = await slackOf()
  const bot = await Bot.start(botEnvironment(slack, await freshPlace()))
  expect(bot.log.map(({ level, msg }) => [level, msg])).toEqual([
    ['warn', expect.stringContaining('amends config apply')],
    ['info', 'ready'],
  ])
  for (const path of ['/healthz', '/readyz', '/metrics']) expect(await bot.answers(path), path).toBe(true)
  const elsewhere = await fetch(`${bot.url}/`)
  expect(elsewhere.status).toBe(404)

  const rita = person(slack, { kind: 'http', url: `${bot.url}/slack/events` }, 'rita')
  for (const words of ['/complaint', '/complaint Acme: wrong valve', '/complaint 1']) {
    await rita.command(words, { channel: 'service' })
    const said = await slack.until(() => rita.ephemerals().splice(0).at(-1), { withinMs: 5_000, what: words })
    expect(said.text, words).toContain('Amends is not set up here yet.')
    slack.ephemerals.length = 0
  }
  await rita.command('/complaint help', { channel: 'service' })
  expect(rita.ephemerals()[0]?.text).toContain('/complaint')
  expect(slack.problems).toEqual([])
  expect(await bot.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' })
})

test('a request that is not signed by Slack is refused', SLOW, async () => {
  const slack = await slackOf()
  const bot = await Bot.start(botEnvironment(slack, await freshPlace()))
  const body = 'command=%2Fcomplaint&text=&user_id=U1&channel_id=C1&trigger_id=1'
  const post = (headers: Record<string, string>) =>
    fetch(`${bot.url}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const answers = [
    await post({}),
    await post({ 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${'0'.repeat(64)}` }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
})

test('what is not a command is one line', SLOW, async () => {
  const { code, stdout, stderr } = await amends(['fly'])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^error: unknown command 'fly'[^\n]*\n$/)
})

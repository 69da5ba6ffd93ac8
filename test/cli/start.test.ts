import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { DatabasePlace } from '../../src/config/environment.ts'
import { makeLog } from '../../src/log.ts'
import { person } from '../../src/sandbox/person.ts'
import { type SandboxSlack, startSandboxSlack } from '../../src/sandbox/slack.ts'
import { StartFault } from '../../src/startFault.ts'
import { TestClock } from '../support/clock.ts'
import { freshPlace } from '../support/databases.ts'
import { amends, SLOW } from '../support/process.ts'
import { startBot } from '../support/world.ts'

async function slackOf(): Promise<SandboxSlack> {
  const slack = await startSandboxSlack({ users: [{ name: 'rita' }], channels: [{ name: 'service' }] })
  onTestFinished(() => slack.close())
  return slack
}

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_API_URL: 'http://127.0.0.1:1/api/' }

test('it reports all faults at once, and repeats no value', SLOW, async () => {
  const { code, stdout, stderr } = await amends(['start'], {
    SLACK_BOT_TOKEN: 'xapp-secret',
    SLACK_APP_TOKEN: 'xoxb-secret',
    SLACK_API_URL: 'secret',
    PORT: '70000secret',
    DATABASE_URL: 'mysql://secret',
    LOG_LEVEL: 'secret',
  })
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  const named = stderr.split('\n').map((line) => line.split(' ')[0])
  expect(named.slice(0, -2)).toEqual([
    'SLACK_BOT_TOKEN',
    'SLACK_APP_TOKEN',
    'SLACK_API_URL',
    'PORT',
    'DATABASE_URL',
    'LOG_LEVEL',
  ])
  expect(stderr).toMatch(/\nREADME\.md [^\n]+\n$/)
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

/** What keeps the bot from starting, which a process says in one line, as with a port in use. */
const faultOf = (slack: SandboxSlack, place: DatabasePlace): Promise<unknown> =>
  startBot(slack, place, new TestClock(new Date())).then(
    () => 'nothing',
    (fault: unknown) => (fault instanceof StartFault ? fault.message : fault),
  )

test('a database that can not be had is one line', async () => {
  const slack = await slackOf()
  expect(await faultOf(slack, { kind: 'embedded', directory: '/dev/null/x' })).toBe(
    `DATA_DIR: /dev/null/x can't be written (ENOTDIR).`,
  )
  expect(await faultOf(slack, { kind: 'postgres', url: 'postgres://amends:secret@127.0.0.1:1/x' })).toBe(
    'DATABASE_URL: the database could not be opened or migrated (ECONNREFUSED).',
  )
})

test('a token that Slack refuses is one line', async () => {
  const slack = await slackOf()
  const fault = await faultOf({ ...slack, botToken: 'xoxb-of-another' }, await freshPlace())
  expect(fault).toMatch(/^SLACK_BOT_TOKEN: Slack refuses it \(invalid_auth\)\.[^\n]*$/)
  expect(fault).not.toContain('of-another')
})

test('before anything is in force it serves, and its log and /complaint say what to do', async () => {
  const slack = await slackOf()
  const lines: string[] = []
  const log = makeLog('info', { write: (line) => void lines.push(line) })
  const app = await startBot(slack, await freshPlace(), new TestClock(new Date()), { log })
  onTestFinished(() => app.stop())
  const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(logged.map(({ level, msg }) => [level, msg])).toEqual([
    ['warn', expect.stringContaining('amends config apply')],
    ['info', 'ready'],
  ])
  expect(logged[1]).toMatchObject({ port: app.port })
  const url = `http://127.0.0.1:${app.port}`
  for (const path of ['/healthz', '/readyz', '/metrics']) expect((await fetch(url + path)).status, path).toBe(200)
  expect((await fetch(url)).status).toBe(404)

  const rita = person(slack, { kind: 'http', url: `${url}/slack/events` }, 'rita')
  for (const words of ['/complaint', '/complaint Acme: wrong valve', '/complaint 1']) {
    await rita.command(words, { channel: 'service' })
    const said = await slack.until(() => rita.ephemerals().splice(0).at(-1), { withinMs: 5_000, what: words })
    expect(said.text, words).toContain('Amends is not set up here yet.')
    slack.ephemerals.length = 0
  }
  await rita.command('/complaint help', { channel: 'service' })
  expect(rita.ephemerals()[0]?.text).toContain('/complaint')
  expect(slack.problems).toEqual([])
})

test('what is not a command is one line', SLOW, async () => {
  const { code, stdout, stderr } = await amends(['fly'])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/^error: unknown command 'fly'[^\n]*\n$/)
})

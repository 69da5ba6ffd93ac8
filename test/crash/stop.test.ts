import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { freshPlace } from '../support/databases.ts'
import { Bot, botEnvironment, eventually, SLOW } from '../support/process.ts'

/** A bot whose start waits for a Slack that accepts, and never answers. */
async function waiting(): Promise<Bot> {
  let asked = 0
  const server = createServer(() => {
    asked += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const slack = { botToken: 'xoxb-1', signingSecret: 's', apiUrl: `http://127.0.0.1:${port}/api/` }
  const bot = await Bot.spawn(botEnvironment(slack, await freshPlace()))
  await eventually(() => (asked > 0 ? true : undefined), { withinMs: 30_000, what: 'the bot to ask Slack who it is' })
  return bot
}

// As the first process of a container it has to see to the signal itself: the default there is to ignore it.
test('SIGTERM ends a start that waits for Slack', SLOW, async () => {
  const bot = await waiting()
  const began = performance.now()
  expect(await bot.signal('SIGTERM')).toMatchObject({ code: 0, signal: null, stderr: '' })
  expect(performance.now() - began).toBeLessThan(10_000)
})

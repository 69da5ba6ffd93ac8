import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'

/* Bolt with one command that is only acknowledged: who it is it knows, as the bot does, so it asks nobody. */

const [signingSecret = ''] = process.argv.slice(2)
const app = new App({
  receiver: new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR }),
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0BOT', botUserId: 'U0BOT' }),
  logLevel: LogLevel.ERROR,
})
app.command('/complaint', ({ ack }) => ack())

const server = (await app.start(0)) as { address(): AddressInfo }
process.stdout.write(`port ${server.address().port}\n`)
// Whoever started it is gone.
process.stdin.resume().once('end', () => process.exit(0))

import type { IncomingMessage, ServerResponse } from 'node:http'
import { App, HTTPReceiver, type Receiver, type ReceiverEvent } from '@slack/bolt'
import { fault, type Log, libraryLog } from '../log.ts'
import type { Identity } from './identity.ts'

const FORM = 'application/x-www-form-urlencoded'
/** Far more than Slack sends. Bytes. */
const LARGEST_BODY = 2_000_000

export const httpReceiver = (signingSecret: string, log: Log): HTTPReceiver =>
  new HTTPReceiver({
    signingSecret,
    endpoints: '/slack/events',
    bodyLimit: LARGEST_BODY,
    logger: libraryLog(log, 'bolt'),
  })

/** Bolt verifies, parses and acknowledges; who we are is known already, so it asks nothing. */
export function boltApp(receiver: Receiver, { team, botId, botUser }: Identity, botToken: string, log: Log): App {
  const init = receiver.init.bind(receiver)
  receiver.init = (app) => init(answeringAlways(app, log))
  return new App({
    receiver,
    logger: libraryLog(log, 'bolt'),
    authorize: async () => ({ botToken, botUserId: botUser, teamId: team, ...(botId ? { botId } : {}) }),
  })
}

/** Bolt leaves unanswered what it can't name, and throws at what has less in it than Slack sends. */
function answeringAlways(app: App, log: Log): App {
  const processEvent = app.processEvent.bind(app)
  app.processEvent = async (event: ReceiverEvent) => {
    let acked = false
    const ack: ReceiverEvent['ack'] = (...body) => {
      acked = true
      return event.ack(...body)
    }
    try {
      await processEvent({ ...event, ack })
    } catch (error) {
      log.warn(fault(error), 'refused a payload that could not be read')
    }
    if (!acked) await ack()
  }
  return app
}

/**
 * Hands a request to Bolt, which ends the process at a body that is `null`, and takes a form for JSON where its content type
 * names a character set.
 */
export async function receive(req: IncomingMessage, res: ServerResponse, receiver: HTTPReceiver): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) return refuse(res, 413)
    chunks.push(chunk)
  }
  const rawBody = Buffer.concat(chunks)
  if (/^(payload=)?null$/.test(rawBody.toString('utf8', 0, 20).trim())) return refuse(res, 400)
  if (req.headers['content-type']?.startsWith(FORM)) req.headers['content-type'] = FORM
  receiver.requestListener(Object.assign(req, { rawBody }), res)
}

function refuse(res: ServerResponse, status: number): void {
  res.writeHead(status, { connection: 'close' })
  res.end()
}

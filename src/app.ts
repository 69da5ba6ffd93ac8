import type { AddressInfo } from 'node:net'
import type { Environment } from './config/environment.ts'
import { findInSlack } from './config/verify.ts'
import { Courier } from './delivery/courier.ts'
import type { Draw } from './delivery/upload.ts'
import { type Health, listen, serve } from './health.ts'
import { fault, type Log } from './log.ts'
import { makeMetrics } from './metrics.ts'
import { openDatabase } from './openDatabase.ts'
import { changeWithin } from './operations/changeComplaint.ts'
import { eraseCustomer, eraseOldOnce } from './operations/erase.ts'
import { keepHouse } from './operations/keepHouse.ts'
import { measure } from './operations/measure.ts'
import { noticeTopicsOnce } from './operations/noticeTopics.ts'
import { operationsIn } from './operations/operations.ts'
import { queueDigestsOnce } from './operations/queueDigests.ts'
import { queueRemindersOnce } from './operations/queueReminders.ts'
import { remindFlawsOnce } from './operations/remindFlaws.ts'
import { draw as drawn } from './pictures/draw.ts'
import { type Jobs, startSchedule } from './schedule/schedule.ts'
import { deliveryClient, interactionClient } from './slack/clients.ts'
import { SlackDirectory } from './slack/directory.ts'
import { type Identity, identify, tokenRefusal } from './slack/identity.ts'
import { SlackPresences } from './slack/presences.ts'
import { boltApp, httpReceiver } from './slack/receiving.ts'
import { Remembered } from './slack/remembered.ts'
import { Router } from './slack/router.ts'
import { SocketReceiver } from './slack/socket.ts'
import { InForce } from './store/inForce.ts'
import { countWaiting } from './store/outbox.ts'

/** A scrape waits this long at most, and finds figures this old at most. Milliseconds. */
const MEASURED = { fresh: 300_000, pause: 60_000, patience: 2_000 } as const

/** A form is answered within 3 s: no more than this goes into asking Slack about its channels and people. Milliseconds. */
const LOOK_UP = 1_200

export interface AppOptions {
  readonly environment: Environment
  readonly log: Log
  /** Every instant comes from here. */
  readonly clock: () => Date
  /** How pictures are drawn, where not as they are for people. */
  readonly draw?: Draw
  /** How the database is opened, where it is not opened for this process alone. */
  readonly open?: typeof openDatabase
}

export interface RunningApp {
  readonly port: number
  readonly identity: Identity
  /** Does at once what is due by the clock: reminders, digest, deliveries. */
  catchUp(): Promise<void>
  /** What `amends erase customer` does: an embedded database takes no second process. Returns how many messages are changed. */
  eraseCustomer(name: string): Promise<number>
  /** Takes on nothing new, ends what is under way, and closes the database. */
  stop(): Promise<void>
}

/**
 * Starts everything: database, health, Slack, the clock's jobs. Resolves once it serves.
 * @throws StartFault for what the person starting it can mend.
 */
export async function startApp({
  environment,
  log,
  clock,
  draw = drawn,
  open = openDatabase,
}: AppOptions): Promise<RunningApp> {
  const { slack } = environment
  const clientOptions = { token: slack.botToken, slackApiUrl: slack.apiUrl, log }
  const interactions = interactionClient(clientOptions)
  const health: Health = {
    database: null,
    tokenFault: null,
    connected: slack.mode.kind === 'http',
    metrics: null,
    serving: false,
  }

  const http = slack.mode.kind === 'http' ? httpReceiver(slack.mode.signingSecret, log) : null
  const server = await listen(environment.port, (req, res) => serve(req, res, health, http))
  const port = (server.address() as AddressInfo).port
  try {
    const [db, identity] = await Promise.all([open(environment.database), identify(interactions, log)])
    const workspace = identity.team
    const inForce = new InForce()
    const figures = new Remembered(() => measure(db, inForce, workspace, clock()), {
      ...MEASURED,
      clock,
      onFault: (error) => log.warn(fault(error), 'the figures could not be read'),
    })
    const metrics = makeMetrics({ waiting: () => countWaiting(db.reader, workspace), figures: () => figures.read() })
    Object.assign(health, { database: db, metrics })

    const courier: Courier = new Courier(
      {
        db,
        inForce,
        workspace,
        home: identity.home,
        botUser: identity.botUser,
        client: deliveryClient(clientOptions),
        draw,
        clock,
        change: (tx, number, command, now) => changeWithin(tx, inForce, { workspace, number, command }, now),
        onStop: (error) => stopSending(error),
        onEnd: ({ id, kind }, end, error) => {
          metrics.messages.inc({ kind, end })
          if (error) log.warn({ message: id, kind, end, error }, 'a message was not sent')
        },
      },
      (error) => log.error(fault(error), 'delivery failed'),
    )
    const stopSending = (error: string) => {
      if (health.tokenFault === null) log.error({ error }, 'the bot token no longer works; messages wait')
      health.tokenFault = error
      courier.stopped = error
    }
    const directory = new SlackDirectory({ client: interactions, workspace, clock, log })
    // With a client of its own: nobody's button waits for these.
    const presences = new SlackPresences({ client: interactionClient(clientOptions), clock, log })
    const operations = operationsIn({
      ...{ db, inForce, workspace, directory },
      lookUp: (setup, known) => findInSlack(setup, interactions, { withinMs: LOOK_UP, known }),
      committed: () => courier.wake(),
    })
    const router = new Router({
      house: {
        operations,
        client: interactions,
        clock,
        doubtToken: async () => {
          const refusal = await tokenRefusal(interactions)
          if (typeof refusal === 'string') stopSending(refusal)
        },
      },
      log,
      onHandled: ({ route, took, failed }) =>
        metrics.interactions.observe({ route, failed: String(failed) }, took / 1000),
    })
    const socket =
      slack.mode.kind === 'socket'
        ? new SocketReceiver({
            appToken: slack.mode.appToken,
            slackApiUrl: slack.apiUrl,
            log,
            onConnected: (connected) => {
              health.connected = connected
              metrics.connected.set(connected ? 1 : 0)
            },
          })
        : null
    const receiver = socket ?? http
    if (!receiver) throw new Error('Neither HTTP nor a socket')
    router.attachTo(boltApp(receiver, identity, slack.botToken, log))
    if ((await operations.setup()) === null)
      log.warn(
        'nothing is in force yet: type /complaint setup in Slack, or put a file in force with "amends config apply FILE"',
      )

    const jobs: Jobs = {
      deliver: () => courier.wake(),
      remind: async () => {
        const sweeps = [
          async () => {
            const swept = await queueRemindersOnce(db, inForce, workspace, presences, clock())
            metrics.swept.inc(swept)
            return swept
          },
          () => noticeTopicsOnce(db, inForce, workspace, clock()),
          () => remindFlawsOnce(db, inForce, workspace, presences, clock()),
        ]
        const faults: unknown[] = []
        // What one of them can't do keeps the others from nothing.
        for (const sweep of sweeps)
          if ((await sweep().catch((error: unknown) => faults.push(error))) > 0) courier.wake()
        if (faults.length > 0) throw new AggregateError(faults, 'Not all that is due could be done')
      },
      digest: async () => {
        const queued = await queueDigestsOnce(db, inForce, clock()).catch((error: unknown) => {
          // Where one workspace's fails, those of the others are queued all the same.
          courier.wake()
          throw error
        })
        if (queued > 0) courier.wake()
      },
      checkToken: async () => {
        if (health.tokenFault === null) return
        const refusal = await tokenRefusal(interactions)
        if (refusal !== null) return
        health.tokenFault = null
        courier.stopped = null
        log.info('the bot token works again')
      },
      maintain: async () => {
        await eraseOldOnce(db, clock())
        await keepHouse(db, clock())
        await db.maintain()
      },
    }
    const stopSchedule = startSchedule(jobs, (job, error) => log.error({ job, ...fault(error) }, 'a job failed'))
    if (socket) await socket.start()
    health.serving = true
    log.info({ port, workspace, mode: slack.mode.kind, database: db.kind }, 'ready')
    return {
      port,
      identity,
      catchUp: async () => {
        await router.idle()
        await Promise.all([jobs.remind(), jobs.digest(), jobs.checkToken()])
        courier.wake()
        await courier.idle()
      },
      eraseCustomer: (name) => eraseCustomer(db, workspace, name, clock()).finally(() => courier.wake()),
      stop: async () => {
        health.serving = false
        server.close()
        server.closeIdleConnections()
        await stopSchedule()
        // What came through the socket is answered through it.
        await router.idle()
        await socket?.stop()
        await router.idle()
        await courier.stop('stopping')
        server.closeAllConnections()
        await db.close()
      },
    }
  } catch (error) {
    server.close()
    server.closeAllConnections()
    throw error
  }
}

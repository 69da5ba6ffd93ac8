import type { App } from '@slack/bolt'
import type { z } from 'zod'
import { fault, type Log, newReference } from '../log.ts'
import { refused } from '../views/refused.ts'
import { unexpected } from '../views/unexpected.ts'
import { Answer, FormAnswer, type Means } from './answer.ts'
import type { House } from './listeners/house.ts'
import {
  actionPayload,
  commandPayload,
  eventPayload,
  messageShortcutPayload,
  shortcutPayload,
  submissionPayload,
  suggestionPayload,
} from './payloads.ts'
import { ROUTES } from './routes.ts'
import { isUnreachable } from './trouble.ts'

const NOT_NOW = 'Our database can’t be reached at the moment. Please try again in a minute.'
const KEPT = `${NOT_NOW} Nothing you typed is lost.`

const unsaved = (reference: string): string =>
  `Something went wrong on our side, and nothing was saved. What you typed is still here: please try again. Reference ${reference}.`

export interface Handled {
  /** `command`, `action`, …; with its id where the route is known. */
  readonly route: string
  /** Milliseconds until it was dealt with. */
  readonly took: number
  readonly failed: boolean
}

export interface RouterOptions {
  readonly house: House
  readonly log: Log
  readonly onHandled: (handled: Handled) => void
}

/** Routes everything that Slack sends. Each payload is handled, or refused with a line in the log; none goes unanswered. */
export class Router {
  private readonly options: RouterOptions
  private readonly inFlight = new Set<Promise<void>>()
  /** Events come again where Slack saw no acknowledgement: the ids of the last ones. */
  private readonly seenEvents = new Set<string>()

  constructor(options: RouterOptions) {
    this.options = options
  }

  attachTo(app: App): void {
    app.use(async (args) => {
      const { body } = args
      const given = args as unknown as { ack?: Means['ack']; respond?: Means['respond'] }
      const work = this.route(body as unknown, given.ack ?? (async () => {}), given.respond ?? null)
      this.inFlight.add(work)
      try {
        await work
      } finally {
        this.inFlight.delete(work)
      }
    })
  }

  /** Resolves once nothing is being handled any more. */
  async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.allSettled(this.inFlight)
  }

  private async route(body: unknown, ack: Means['ack'], respond: Means['respond']): Promise<void> {
    const { house } = this.options
    const { type, command, view, trigger_id } = (body ?? {}) as Record<string, unknown>
    const means = { ack, respond, client: house.client, trigger: typeof trigger_id === 'string' ? trigger_id : null }
    // A Home is a view that nothing is pushed on.
    const inModal = (view as { type?: unknown } | undefined)?.type === 'modal'
    const asked = new Answer(means, command ? 'command' : inModal ? 'modal' : respond ? 'message' : 'shortcut')
    const sorry: Tell<unknown> = (_, { unreachable, reference }) =>
      asked.say(unreachable ? refused(NOT_NOW) : unexpected(reference))
    const run = this.running(body, ack)

    if (typeof command === 'string')
      return run('command', commandPayload, ROUTES.commands, (payload) => payload.command, listen(house, asked), sorry)
    switch (type) {
      case 'shortcut':
        return run(
          type,
          shortcutPayload,
          ROUTES.shortcuts,
          ({ callback_id }) => callback_id,
          listen(house, asked),
          sorry,
        )
      case 'message_action':
        return run(
          type,
          messageShortcutPayload,
          ROUTES.messageShortcuts,
          ({ callback_id }) => callback_id,
          listen(house, asked),
          sorry,
        )
      case 'block_actions':
        return run(
          type,
          actionPayload,
          ROUTES.actions,
          ({ actions }) => actions[0]?.action_id ?? '',
          listen(house, asked),
          sorry,
        )
      case 'view_submission':
        return run(
          type,
          submissionPayload,
          ROUTES.submissions,
          (payload) => payload.view.callback_id,
          (listener, payload) => {
            const form = new FormAnswer({ ack }, payload.view)
            return listener(house, { payload, fields: form.fields }, form)
          },
          (payload, { unreachable, reference }) =>
            new FormAnswer({ ack }, payload.view).keep(unreachable ? KEPT : unsaved(reference)),
        )
      case 'block_suggestion':
        return run(
          type,
          suggestionPayload,
          ROUTES.suggestions,
          ({ action_id }) => action_id,
          async (listener, payload) => ack(await listener(house, payload)),
          () => ack({ options: [] }),
        )
      case 'event_callback':
        return run(
          type,
          eventPayload,
          ROUTES.events,
          ({ event }) => event.type,
          async (listener, payload) => {
            if (this.firstTime(payload.event_id)) await listener(house, payload)
          },
          async () => {},
        )
      default:
        return this.refuse('unknown', ack)
    }
  }

  /** Reads a payload, finds its listener and runs it; where that fails, tells the person. */
  private running(body: unknown, ack: Means['ack']) {
    const started = performance.now()
    const done = (route: string, failed: boolean) =>
      this.options.onHandled({ route, took: performance.now() - started, failed })
    return async <Payload, Listener>(
      kind: string,
      schema: z.ZodType<Payload>,
      routes: Readonly<Record<string, Listener>>,
      idOf: (payload: Payload) => string,
      call: (listener: Listener, payload: Payload) => Promise<void>,
      tell: Tell<Payload>,
    ): Promise<void> => {
      const read = schema.safeParse(body)
      const id = read.success ? idOf(read.data) : ''
      const listener = Object.hasOwn(routes, id) ? routes[id] : undefined
      if (!read.success || !listener) return this.refuse(kind, ack)
      const route = `${kind} ${id}`
      try {
        await call(listener, read.data)
        done(route, false)
      } catch (error) {
        const trouble = { unreachable: isUnreachable(error), reference: newReference() }
        const { log } = this.options
        log[trouble.unreachable ? 'warn' : 'error']({ ...trouble, route, ...fault(error) }, 'could not be handled')
        done(route, true)
        await tell(read.data, trouble).catch((untold: unknown) =>
          log.warn({ reference: trouble.reference, ...fault(untold) }, 'could not be told'),
        )
      }
    }
  }

  /** Nothing answers to this: Slack is told that it came, and the log what it was. */
  private async refuse(kind: string, ack: Means['ack']): Promise<void> {
    this.options.log.warn({ kind }, 'refused a payload that nothing answers to')
    await ack()
    this.options.onHandled({ route: 'refused', took: 0, failed: false })
  }

  private firstTime(event: string): boolean {
    if (this.seenEvents.has(event)) return false
    this.seenEvents.add(event)
    const [oldest] = this.seenEvents
    if (this.seenEvents.size > 1000 && oldest !== undefined) this.seenEvents.delete(oldest)
    return true
  }
}

interface Trouble {
  /** The database, for now; else it is a fault of ours. */
  readonly unreachable: boolean
  readonly reference: string
}
type Tell<Payload> = (payload: Payload, trouble: Trouble) => Promise<void>

const listen =
  (house: House, answer: Answer) =>
  <Payload>(listener: (house: House, payload: Payload, answer: Answer) => Promise<void>, payload: Payload) =>
    listener(house, payload, answer)

import type { App } from '@slack/bolt'
import type { z } from 'zod'
import { fault, type Log, newReference } from '../log.ts'
import { refused } from '../views/refused.ts'
import { unexpected } from '../views/unexpected.ts'
import { Answer, FormAnswer, type Means } from './answer.ts'
import { Fields } from './fields.ts'
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
    const started = performance.now()
    const { type, command } = (body ?? {}) as { type?: unknown; command?: unknown }
    const means = { ack, respond, client: this.options.house.client }
    const kind = typeof command === 'string' ? 'command' : typeof type === 'string' ? type : 'unknown'
    const done = (route: string, failed: boolean) =>
      this.options.onHandled({ route, took: performance.now() - started, failed })
    const refuse = async (route: string) => {
      this.options.log.warn({ route }, 'refused a payload that nothing answers to')
      await ack()
      done('unknown', false)
    }
    /** Reads the payload, finds its listener, runs it, and tells the person where that fails. */
    const run = async <Payload, Listener>(
      schema: z.ZodType<Payload>,
      routes: Readonly<Record<string, Listener>>,
      idOf: (payload: Payload) => string,
      call: (listener: Listener, payload: Payload) => Promise<void>,
      tell: (payload: Payload, sentence: { unreachable: boolean; reference: string }) => Promise<void>,
    ): Promise<void> => {
      const read = schema.safeParse(body)
      if (!read.success) return refuse(kind)
      const id = idOf(read.data)
      const listener = Object.hasOwn(routes, id) ? routes[id] : undefined
      if (!listener) return refuse(kind)
      try {
        await call(listener, read.data)
        done(`${kind} ${id}`, false)
      } catch (error) {
        const reference = newReference()
        const unreachable = isUnreachable(error)
        this.options.log[unreachable ? 'warn' : 'error'](
          { reference, route: `${kind} ${id}`, ...fault(error) },
          'could not be handled',
        )
        done(`${kind} ${id}`, true)
        await tell(read.data, { unreachable, reference }).catch((untold: unknown) =>
          this.options.log.warn({ reference, ...fault(untold) }, 'could not be told'),
        )
      }
    }
    const { house } = this.options
    const sorry =
      (answer: Answer) =>
      (_: unknown, { unreachable, reference }: { unreachable: boolean; reference: string }) =>
        answer.say(unreachable ? refused(NOT_NOW) : unexpected(reference))

    switch (kind) {
      case 'command': {
        const trigger = (body as { trigger_id?: string }).trigger_id ?? null
        const answer = new Answer({ ...means, trigger }, 'command')
        return run(
          commandPayload,
          ROUTES.commands,
          ({ command }) => command,
          (listener, payload) => listener(house, payload, answer),
          sorry(answer),
        )
      }
      case 'shortcut': {
        const answer = new Answer({ ...means, trigger: triggerOf(body) }, 'shortcut')
        return run(
          shortcutPayload,
          ROUTES.shortcuts,
          ({ callback_id }) => callback_id,
          (listener, payload) => listener(house, payload, answer),
          sorry(answer),
        )
      }
      case 'message_action': {
        const answer = new Answer({ ...means, trigger: triggerOf(body) }, 'shortcut')
        return run(
          messageShortcutPayload,
          ROUTES.messageShortcuts,
          ({ callback_id }) => callback_id,
          (listener, payload) => listener(house, payload, answer),
          sorry(answer),
        )
      }
      case 'block_actions': {
        const inModal = (body as { view?: unknown }).view ? 'modal' : 'message'
        const answer = new Answer({ ...means, trigger: triggerOf(body) }, inModal)
        return run(
          actionPayload,
          ROUTES.actions as Readonly<Record<string, (typeof ROUTES.actions)['own']>>,
          ({ actions }) => actions[0]?.action_id ?? '',
          (listener, payload) => listener(house, payload, answer),
          sorry(answer),
        )
      }
      case 'view_submission': {
        const read = submissionPayload.safeParse(body)
        if (!read.success) return refuse(kind)
        const { view } = read.data
        const fields = new Fields(view)
        const stacked = Boolean(view.root_view_id) && view.root_view_id !== view.id
        const answer = new FormAnswer({ ack }, fields, stacked)
        return run(
          submissionPayload,
          ROUTES.submissions,
          (payload) => payload.view.callback_id,
          (listener, payload) => listener(house, { payload, fields }, answer),
          (_, { unreachable, reference }) =>
            answer.keep(
              unreachable
                ? KEPT
                : `Something went wrong on our side, and nothing was saved. What you typed is still here: please try again. Reference ${reference}.`,
            ),
        )
      }
      case 'block_suggestion':
        return run(
          suggestionPayload,
          ROUTES.suggestions,
          ({ action_id }) => action_id,
          async (listener, payload) => ack(await listener(house, payload)),
          () => ack({ options: [] }),
        )
      case 'event_callback':
        return run(
          eventPayload,
          ROUTES.events,
          ({ event }) => event.type,
          async (listener, payload) => {
            if (this.firstTime(payload.event_id)) await listener(house)
          },
          async () => {},
        )
      default:
        return refuse(kind)
    }
  }

  private firstTime(event: string): boolean {
    if (this.seenEvents.has(event)) return false
    this.seenEvents.add(event)
    const [oldest] = this.seenEvents
    if (this.seenEvents.size > 1000 && oldest !== undefined) this.seenEvents.delete(oldest)
    return true
  }
}

const triggerOf = (body: unknown): string | null => {
  const { trigger_id } = (body ?? {}) as { trigger_id?: unknown }
  return typeof trigger_id === 'string' ? trigger_id : null
}

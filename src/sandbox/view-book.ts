import { randomBytes } from 'node:crypto'
import { isJson, type Json, objects, text, truthy } from './json.ts'
import { checkView } from './limits.ts'
import type { SandboxView } from './types.ts'
import { stateOf, withBlockIds } from './view-blocks.ts'

/** docs.slack.dev, "Handling user interaction": a trigger_id expires after three seconds and works once. */
const TRIGGER_LIFE_MS = 3000
/** docs.slack.dev, "Modals": up to three views at once. */
const STACK_DEPTH = 3

interface Trigger {
  user: string
  /** The view it was made in, and whether that was a modal. */
  viewId?: string
  inModal: boolean
  /** Milliseconds since 1970. */
  at: number
  used: boolean
}

interface Owner {
  team: string
  appId: string
  botId: string
}

/** Views and triggers. Ours and not emulate's, whose triggers live 2 to 3 s and whose stacks never shrink. */
export class ViewBook {
  readonly homes = new Map<string, SandboxView>()
  private readonly stacks = new Map<string, SandboxView[]>()
  private readonly triggers = new Map<string, Trigger>()
  private readonly owner: Owner
  private readonly now: () => number
  /** By which triggers die. */
  private readonly wall: () => number
  private readonly problem: (words: string) => void

  constructor(owner: Owner, now: () => number, wall: () => number, problem: (words: string) => void) {
    this.owner = owner
    this.now = now
    this.wall = wall
    this.problem = problem
  }

  /** A trigger for something `user` just did; with the view they did it in, views.push works too. */
  trigger(user: string, viewId?: string): string {
    const id = `${Math.floor(this.now() / 1000)}.${Math.floor(Math.random() * 1e9)}.${randomBytes(16).toString('hex')}`
    const inModal = viewId !== undefined && this.find(viewId)?.type === 'modal'
    this.triggers.set(id, { user, at: this.wall(), used: false, inModal, ...(viewId ? { viewId } : {}) })
    return id
  }

  /** What the person sees: bottom to top. */
  stack(user: string): SandboxView[] {
    return this.stacks.get(user) ?? []
  }

  find(viewId: string, externalId = ''): SandboxView | undefined {
    const all = [...[...this.stacks.values()].flat(), ...this.homes.values()]
    return all.find((view) => (viewId ? view.id === viewId : externalId !== '' && view.external_id === externalId))
  }

  open(args: Json): Json {
    const refused = this.refuse(args.view, 'modal', 'views.open')
    if (refused) return refused
    const trigger = this.exchange(args)
    if ('error' in trigger) return { ok: false, error: trigger.error }
    if (this.isTaken(args.view)) return { ok: false, error: 'duplicate_external_id' }
    // The call succeeds, but clients may not show the view (slackapi/bolt-js#1072, #1827).
    if (trigger.inModal) this.problem('views.open: with a trigger from a modal; use response_action or views.push')
    const view = this.make(args.view, trigger.user)
    this.stacks.set(trigger.user, [view])
    return { ok: true, view: apiView(view) }
  }

  push(args: Json): Json {
    const refused = this.refuse(args.view, 'modal', 'views.push')
    if (refused) return refused
    const trigger = this.exchange(args)
    if ('error' in trigger) return { ok: false, error: trigger.error }
    if (!this.stack(trigger.user).some((view) => view.id === trigger.viewId)) return { ok: false, error: 'not_found' }
    if (this.isTaken(args.view)) return { ok: false, error: 'duplicate_external_id' }
    const view = this.pushFor(trigger.user, args.view)
    return view ? { ok: true, view: apiView(view) } : { ok: false, error: 'push_limit_reached' }
  }

  update(args: Json): Json {
    const view = this.find(text(args.view_id), text(args.external_id))
    if (!view) return { ok: false, error: 'not_found' }
    if (text(args.hash) && text(args.hash) !== view.hash) return { ok: false, error: 'hash_conflict' }
    const refused = this.refuse(args.view, view.type, 'views.update')
    if (refused) return refused
    if (this.isTaken(args.view, view.id)) return { ok: false, error: 'duplicate_external_id' }
    return { ok: true, view: apiView(this.replace(view, args.view)) }
  }

  publish(args: Json): Json {
    const refused = this.refuse(args.view, 'home', 'views.publish')
    if (refused) return refused
    const user = text(args.user_id)
    const existing = this.homes.get(user)
    if (existing && text(args.hash) && text(args.hash) !== existing.hash) return { ok: false, error: 'hash_conflict' }
    if (existing) return { ok: true, view: apiView(this.replace(existing, args.view)) }
    const view = this.make(args.view, user)
    this.homes.set(user, view)
    return { ok: true, view: apiView(view) }
  }

  /** Puts a view on top of what `user` sees; undefined when three are open already. */
  pushFor(user: string, payload: unknown): SandboxView | undefined {
    const stack = this.stack(user)
    if (stack.length >= STACK_DEPTH) return undefined
    const below = stack.at(-1)
    const view = this.make(payload, user)
    if (below) {
      view.root_view_id = below.root_view_id
      view.previous_view_id = below.id
    }
    this.stacks.set(user, [...stack, view])
    return view
  }

  replace(view: SandboxView, payload: unknown): SandboxView {
    const fresh = this.make(payload, view.user)
    const { id: _id, root_view_id: _root, previous_view_id: _previous, ...rest } = fresh
    Object.assign(view, rest, { state: { values: stateOf(fresh.blocks, view.state.values) } })
    return view
  }

  /** Takes this view, and what lies on it, off the person's screen. */
  remove(view: SandboxView): void {
    const stack = this.stack(view.user)
    const at = stack.findIndex((other) => other.id === view.id)
    if (at >= 0) this.stacks.set(view.user, stack.slice(0, at))
  }

  clear(user: string): void {
    this.stacks.delete(user)
  }

  /** The limits, as Slack refuses them; noted as problems as well. */
  refuse(payload: unknown, type: 'modal' | 'home', where: string): Json | undefined {
    if (!isJson(payload)) return refusal('invalid_arguments', ['missing required field: view'])
    if (payload.type !== type) return refusal('invalid_arguments', [`failed to match type "${type}"`])
    const found = checkView(payload)
    if (found.length === 0) return undefined
    for (const words of found) this.problem(`${where}: ${words}`)
    return refusal(found.some((words) => words.startsWith('view: ')) ? 'view_too_large' : 'invalid_arguments', found)
  }

  private exchange(args: Json): Trigger | { error: string } {
    const trigger = this.triggers.get(text(args.trigger_id) || text(args.interactivity_pointer))
    if (!trigger) return { error: 'invalid_trigger_id' }
    if (trigger.used) return { error: 'exchanged_trigger_id' }
    if (this.wall() - trigger.at >= TRIGGER_LIFE_MS) return { error: 'expired_trigger_id' }
    trigger.used = true
    return trigger
  }

  private isTaken(payload: unknown, except = ''): boolean {
    const externalId = isJson(payload) ? text(payload.external_id) : ''
    return externalId !== '' && (this.find('', externalId)?.id ?? except) !== except
  }

  private make(payload: unknown, user: string): SandboxView {
    const given = isJson(payload) ? payload : {}
    const id = `V${randomBytes(5).toString('hex').toUpperCase()}`
    const blocks = withBlockIds(objects(given.blocks))
    return {
      id,
      team_id: this.owner.team,
      type: given.type === 'home' ? 'home' : 'modal',
      user,
      callback_id: text(given.callback_id),
      external_id: text(given.external_id),
      private_metadata: text(given.private_metadata),
      title: isJson(given.title) ? given.title : null,
      submit: isJson(given.submit) ? given.submit : null,
      close: isJson(given.close) ? given.close : null,
      blocks,
      state: { values: stateOf(blocks) },
      hash: `${Math.floor(this.now() / 1000)}.${randomBytes(6).toString('base64url')}`,
      clear_on_close: truthy(given.clear_on_close),
      notify_on_close: truthy(given.notify_on_close),
      root_view_id: id,
      previous_view_id: null,
      app_id: this.owner.appId,
      bot_id: this.owner.botId,
    }
  }
}

/** As Slack words what is wrong with an argument. */
export function refusal(error: string, words: string[]): Json {
  return { ok: false, error, response_metadata: { messages: words.map((one) => `[ERROR] ${one}`) } }
}

/** The view as payloads and answers carry it. */
export function apiView(view: SandboxView): Json {
  const { user: _user, ...rest } = structuredClone(view)
  return { ...rest, app_installed_team_id: view.team_id }
}

import { type AppConnection, ackFields, type Delivery, deliver, type Reply } from './app-link.ts'
import { type Entry, enter, findElement, type Lookup, optionsOf } from './elements.ts'
import { type Json, objects, shown, text } from './json.ts'
import { checkOptions } from './limits.ts'
import { Modal } from './modal.ts'
import * as payloads from './payloads.ts'
import type { ResponseSource, SandboxEphemeral, SandboxMessage, SandboxSlack, SandboxView } from './types.ts'
import { elementsOf, type Placed, stateGiven, stateOf } from './view-blocks.ts'

export type { AppConnection, Reply } from './app-link.ts'
export type { Modal, SubmitResult } from './modal.ts'

export interface PressOptions {
  /** For menus and pickers: what is chosen. An overflow's entry can be pressed by its own text. */
  choose?: Entry
  /** The same press, sent that often at once. */
  copies?: number
}

export interface SuggestedOption {
  text: string
  value: string
  group?: string
}

/** Somebody in the workspace, using the app. `user` is a name or an id. */
export function person(slack: SandboxSlack, app: AppConnection, user: string): Person {
  return new Person(slack, app, slack.user(user))
}

export class Person {
  readonly slack: SandboxSlack
  readonly app: AppConnection
  readonly id: string
  private last: Delivery | undefined
  private readonly modals = new WeakMap<SandboxView, Modal>()

  constructor(slack: SandboxSlack, app: AppConnection, id: string) {
    this.slack = slack
    this.app = app
    this.id = id
  }

  /** '/complaint late delivery'. What the ack says is shown to them, as Slack does. */
  async command(
    words: string,
    { channel = 'general', copies = 1 }: { channel?: string; copies?: number } = {},
  ): Promise<Reply> {
    const source: ResponseSource = { kind: 'commands', user: this.id, channel: this.slack.channel(channel) }
    const payload = payloads.commandPayload(this.slack, this.id, words, source)
    const replies = await this.send({ form: 'command', payload }, copies)
    for (const reply of replies) {
      const said = typeof reply.body === 'string' ? { text: reply.body } : ackFields(reply)
      if (reply.error === undefined && (text(said.text) || objects((said as Json).blocks).length > 0)) {
        await this.slack.showResponse(source, said)
      }
    }
    return replies[0]
  }

  async globalShortcut(callbackId: string): Promise<Reply> {
    return this.interact(payloads.globalShortcutPayload(this.slack, this.id, callbackId))
  }

  async messageShortcut(callbackId: string, channel: string, ts: string): Promise<Reply> {
    const message = this.slack.messages(channel).find((one) => one.ts === ts)
    if (!message) throw new Error(`There is no message ${ts} in ${channel}`)
    return this.interact(payloads.messageShortcutPayload(this.slack, this.id, callbackId, message))
  }

  /**
   * Presses a button, or chooses in a menu, of a message, an ephemeral, a modal or their Home. `name` is the action_id,
   * or what they read: the button's text, a menu's placeholder or one of its options. Confirmations are confirmed.
   */
  async press(target: payloads.Target, name: string, options: PressOptions = {}): Promise<Reply> {
    const placed = findElement(target.blocks, name)
    const { element } = placed
    const type = text(element.type)
    if (type === 'button') return this.act(target, placed, button(element), options.copies)
    const entry = options.choose ?? name
    if (type === 'overflow') {
      const chosen = optionsOf(element).find((option) => shown(option.text) === entry)
      if (!chosen) throw new Error(`The menu has no "${String(entry)}"`)
      return this.act(target, placed, { selected_option: chosen }, options.copies)
    }
    return this.acted(target, placed, await enter(placed, entry, this.lookup(target), name), options.copies)
  }

  /**
   * Uses the element of these ids: a button is pressed, a menu or picker gets this state. An input that does not dispatch
   * only keeps what was entered: the app hears of it with the form.
   */
  async use(target: payloads.Target, block: string, action: string, given: Json): Promise<Reply | undefined> {
    const placed = elementsOf(target.blocks).find(
      (one) => text(one.block.block_id) === block && text(one.element.action_id) === action,
    )
    if (!placed) throw new Error(`There is no ${block} ${action} here`)
    const { element } = placed
    const type = text(element.type)
    if (type === 'button') return this.act(target, placed, button(element))
    if (type === 'overflow') return this.act(target, placed, { selected_option: given.selected_option })
    const state = stateGiven(element, given)
    if (placed.block.type !== 'input' || placed.block.dispatch_action === true) return this.acted(target, placed, state)
    if (payloads.isView(target)) keep(target, placed, state)
    return undefined
  }

  /** What an external select offers for these words. `where` is its label, block_id or action_id. */
  async suggest(target: payloads.Target | Modal, where: string, typed: string): Promise<SuggestedOption[]> {
    const shownAt = target instanceof Modal ? this.viewOf(target) : target
    const placed = elementsOf(shownAt.blocks).find(
      ({ block, element }) =>
        [shown(block.label), text(block.block_id), text(element.action_id)].includes(where) &&
        text(element.type).endsWith('external_select'),
    )
    if (!placed) throw new Error(`There is no external select "${where}"`)
    const { options, groups } = await this.ask(shownAt, placed, typed)
    const flat = (list: Json[]) => list.map((option) => ({ text: shown(option.text), value: text(option.value) }))
    return [
      ...flat(options),
      ...groups.flatMap((group) =>
        flat(objects(group.options)).map((option) => ({ ...option, group: shown(group.label) })),
      ),
    ]
  }

  /** Sends the last thing this person did again, as Slack does when it did not hear the answer. */
  async resend({ copies = 1 }: { copies?: number } = {}): Promise<Reply[]> {
    if (!this.last) throw new Error('Nothing was sent yet')
    return deliver(this.slack, this.app, this.last, { copies })
  }

  /** The modal they see; throws when there is none. */
  modal(): Modal {
    const top = this.slack.openViews(this.id).at(-1)
    if (!top) throw new Error(`${this.slack.userName(this.id)} sees no modal`)
    const known = this.modals.get(top) ?? this.asModal(top)
    this.modals.set(top, known)
    return known
  }

  /** Waits for a modal, with this callback_id when given: apps may open it after their ack. */
  async waitForModal(callbackId?: string): Promise<Modal> {
    const what = callbackId ? `a modal "${callbackId}"` : 'a modal'
    return this.slack.until(
      () => {
        const top = this.slack.openViews(this.id).at(-1)
        return top && (callbackId === undefined || top.callback_id === callbackId) ? this.modal() : undefined
      },
      { what },
    )
  }

  /** Submits the modal twice at once. */
  submitTwice() {
    return this.modal().submit({ copies: 2 })
  }

  /** The messages that only this person sees, oldest first. */
  ephemerals(): SandboxEphemeral[] {
    return this.slack.ephemerals.filter((one) => one.user === this.id)
  }

  directMessages(): SandboxMessage[] {
    return this.slack.directMessages(this.id)
  }

  home(): SandboxView | undefined {
    return this.slack.homes.get(this.id)
  }

  /** Opens the app's Home: app_home_opened. */
  async openHome(): Promise<Reply> {
    const channel = `D${this.id.slice(1)}`
    const home = this.home()
    const view = home ? { view: { id: home.id, hash: home.hash, type: 'home' } } : {}
    return this.event({
      type: 'app_home_opened',
      user: this.id,
      channel,
      tab: 'home',
      event_ts: payloads.actionTs(this.slack),
      ...view,
    })
  }

  /** Any event of the Events API. */
  async event(event: Json, { copies = 1 }: { copies?: number } = {}): Promise<Reply> {
    const [reply] = await this.send({ form: 'event', payload: payloads.eventPayload(this.slack, event) }, copies)
    return reply
  }

  /** Writes, with files (ids) where there are any. Where the app is a member, it hears of it. */
  async say(channel: string, words: string, threadTs?: string, files: readonly string[] = []): Promise<string> {
    const ts = await this.slack.say(this.id, channel, words, threadTs, files)
    const where = channel.startsWith('D') || channel === this.slack.botUser ? null : this.slack.channel(channel)
    const place = where === null ? undefined : (await this.slack.channels()).find(({ id }) => id === where)
    if (!place?.members.includes(this.slack.botUser)) return ts
    await this.event({
      ...{ type: 'message', user: this.id, text: words, ts, event_ts: ts, channel: where, team: this.slack.team },
      ...(threadTs ? { thread_ts: threadTs } : {}),
      ...(files.length > 0 ? { subtype: 'file_share', files: files.map((id) => this.slack.fileFacts(id)) } : {}),
      channel_type: place.isPrivate ? 'group' : 'channel',
    })
    return ts
  }

  /** Deletes a file; the app hears of it. */
  async deleteFile(id: string): Promise<Reply> {
    const channels = this.slack.files.find(id)?.channels ?? []
    this.slack.deleteFile(id)
    const event_ts = payloads.actionTs(this.slack)
    return this.event({ type: 'file_deleted', file_id: id, channel_ids: channels, event_ts })
  }

  private async interact(payload: Json, copies?: number): Promise<Reply> {
    const [reply] = await this.send({ form: 'interactive', payload }, copies)
    return reply
  }

  private async send(delivery: Delivery, copies = 1): Promise<[Reply, ...Reply[]]> {
    this.last = delivery
    return deliver(this.slack, this.app, delivery, { copies })
  }

  private asModal(view: SandboxView): Modal {
    return new Modal(
      {
        slack: this.slack,
        lookup: (seen) => this.lookup(seen),
        send: (delivery, copies) => this.send(delivery, copies),
        press: (seen, name, options) => this.press(seen, name, options),
        acted: (seen, placed, state) => this.acted(seen, placed, state),
      },
      view,
    )
  }

  private viewOf(modal: Modal): SandboxView {
    const view = this.slack.openViews(this.id).find((one) => one.id === modal.id)
    if (!view) throw new Error(`"${modal.title}" is closed`)
    return view
  }

  private lookup(target: payloads.Target): Lookup {
    return {
      user: (nameOrId) => this.slack.user(nameOrId),
      channel: (nameOrId) => this.slack.channel(nameOrId),
      file: (nameOrId) =>
        this.slack.fileFacts(
          this.slack.files.find(nameOrId)?.id ?? this.slack.upload(this.id, nameOrId, { withApp: true }).id,
        ),
      suggest: async (placed, typed) => {
        const { options, groups } = await this.ask(target, placed, typed)
        return [...options, ...groups.flatMap((group) => objects(group.options))]
      },
    }
  }

  /** block_suggestion, with the answer held against Slack's limits. */
  private async ask(
    target: payloads.Target,
    placed: Placed,
    typed: string,
  ): Promise<{ options: Json[]; groups: Json[] }> {
    const payload = payloads.suggestionPayload(this.slack, this.id, target, placed, typed)
    const [reply] = await deliver(this.slack, this.app, { form: 'interactive', payload })
    if (reply.error) throw new Error(`The options for "${typed}" did not come: ${reply.error}`)
    const answer = ackFields(reply)
    const found = checkOptions(answer)
    for (const words of found) this.slack.problems.push(`block_suggestion: ${words}`)
    return found.length > 0
      ? { options: [], groups: [] }
      : { options: objects(answer.options), groups: objects(answer.option_groups) }
  }

  /** A menu or picker was used: the view keeps what was chosen, and the app hears of it. */
  private async acted(target: payloads.Target, placed: Placed, state: Json, copies?: number): Promise<Reply> {
    const { type: _type, ...chosen } = state
    if (payloads.isView(target)) keep(target, placed, state)
    return this.act(target, placed, chosen, copies)
  }

  private async act(target: payloads.Target, placed: Placed, chosen: Json, copies?: number): Promise<Reply> {
    const { block, element } = placed
    const ids = { type: element.type, block_id: block.block_id, action_id: element.action_id }
    const state = stateOf(target.blocks)
    const own = state[text(block.block_id)]
    if (own?.[text(element.action_id)]) own[text(element.action_id)] = { type: element.type, ...chosen }
    const payload = payloads.blockActionsPayload(this.slack, this.id, target, { ...ids, ...chosen }, state)
    return this.interact(payload, copies)
  }
}

function keep({ state: { values } }: SandboxView, { block, element }: Placed, state: Json): void {
  const blockId = text(block.block_id)
  values[blockId] = { ...values[blockId], [text(element.action_id)]: state }
}

function button(element: Json): Json {
  const { text: words, value, style } = element
  return { text: words, ...(value === undefined ? {} : { value }), ...(style === undefined ? {} : { style }) }
}

import { ackFields, type Delivery, type Reply } from './app-link.ts'
import { complaintAbout, type Entry, enter, type Lookup } from './elements.ts'
import { isJson, type Json, objectOf, shown, text } from './json.ts'
import { closedPayload, submissionPayload } from './payloads.ts'
import type { PressOptions } from './person.ts'
import type { SandboxSlack, SandboxView } from './types.ts'
import { elementsOf, initialState, type Placed, stateGiven, type Values } from './view-blocks.ts'

/** What became of a modal that was submitted. 'incomplete': Slack did not even send it. 'failed': people see an error. */
export type SubmitOutcome = 'closed' | 'cleared' | 'updated' | 'pushed' | 'errors' | 'incomplete' | 'failed'

export interface SubmitResult extends Reply {
  outcome: SubmitOutcome
  /** What stands under the inputs, by label. */
  errors: Record<string, string>
  /** Every answer, when several copies were sent; the first one decided. */
  replies: Reply[]
}

/** What a modal needs of the person who looks at it. */
export interface Hands {
  slack: SandboxSlack
  lookup(view: SandboxView): Lookup
  send(delivery: Delivery, copies?: number): Promise<[Reply, ...Reply[]]>
  press(view: SandboxView, name: string, options?: PressOptions): Promise<Reply>
  acted(view: SandboxView, placed: Placed, state: Json): Promise<Reply>
}

/** A modal as one person sees it. It follows updates of its view; what was entered stays when block ids stay. */
export class Modal {
  private readonly hands: Hands
  private readonly view: SandboxView
  /** What stands under the inputs, by label. */
  errors: Record<string, string> = {}
  /** The same after a submission, by block_id. */
  blockErrors: Record<string, string> = {}

  constructor(hands: Hands, view: SandboxView) {
    this.hands = hands
    this.view = view
  }

  get id(): string {
    return this.view.id
  }

  get callback_id(): string {
    return this.view.callback_id
  }

  get title(): string {
    return shown(this.view.title)
  }

  get private_metadata(): string {
    return this.view.private_metadata
  }

  get blocks(): Json[] {
    return this.view.blocks
  }

  get values(): Values {
    return this.view.state.values
  }

  /** Is it still on the screen? */
  get isOpen(): boolean {
    return this.hands.slack.openViews(this.view.user).includes(this.view)
  }

  /** The inputs' labels, top to bottom. */
  get labels(): string[] {
    return this.inputs().map(({ block }) => shown(block.label))
  }

  /** What an input holds now, as Slack would send it. */
  value(label: string): Json {
    const { block, element } = this.input(label)
    return this.values[text(block.block_id)]?.[text(element.action_id)] ?? {}
  }

  /** Does the app hear at once of what is entered there? */
  dispatches(label: string): boolean {
    return this.input(label).block.dispatch_action === true
  }

  /** Enters values by label, exactly as shown. An input with dispatch_action tells the app at once, as in Slack. */
  async fill(entries: Record<string, Entry>): Promise<this> {
    for (const [label, entry] of Object.entries(entries)) {
      this.mustBeOnTop()
      const placed = this.input(label)
      const state = await enter(placed, entry, this.hands.lookup(this.view), label)
      const blockId = text(placed.block.block_id)
      this.values[blockId] = { ...this.values[blockId], [text(placed.element.action_id)]: state }
      delete this.errors[label]
      if (placed.block.dispatch_action === true) await this.hands.acted(this.view, placed, state)
    }
    return this
  }

  /** Takes what a client holds, by block_id and action_id, in the place of typing and choosing. */
  hold(given: Readonly<Record<string, Readonly<Record<string, Json>>>>): void {
    for (const { block, element } of elementsOf(this.view.blocks)) {
      const [blockId, actionId] = [text(block.block_id), text(element.action_id)]
      const state = given[blockId]?.[actionId]
      if (isJson(state) && initialState(element))
        this.values[blockId] = { ...this.values[blockId], [actionId]: stateGiven(element, state) }
    }
  }

  /** `force` sends it although inputs are empty or wrong. `copies` sends the same submission that often at once. */
  async submit({ force = false, copies = 1 }: { force?: boolean; copies?: number } = {}): Promise<SubmitResult> {
    this.mustBeOnTop()
    if (!this.view.submit) throw new Error(`"${this.title}" has no submit button`)
    this.blockErrors = force ? {} : this.incomplete()
    this.errors = this.byLabel(this.blockErrors)
    if (Object.keys(this.errors).length > 0) {
      const unsent: Reply = { status: 0, body: '', ms: 0, timedOut: false }
      return { ...unsent, outcome: 'incomplete', errors: this.errors, replies: [] }
    }
    const payload = submissionPayload(this.hands.slack, this.view)
    const replies = await this.hands.send({ form: 'interactive', payload }, copies)
    const deciding = replies.find((reply) => reply.error === undefined) ?? replies[0]
    const outcome = deciding.error === undefined ? this.follow(ackFields(deciding)) : 'failed'
    return { ...deciding, outcome, errors: this.errors, replies }
  }

  async press(name: string, options?: PressOptions): Promise<Reply> {
    this.mustBeOnTop()
    return this.hands.press(this.view, name, options)
  }

  /** Cancel or X. Tells the app when the view asked to be told. */
  async close(): Promise<Reply | undefined> {
    this.mustBeOnTop()
    const { slack } = this.hands
    if (this.view.clear_on_close) slack.views.clear(this.view.user)
    else slack.views.remove(this.view)
    if (!this.view.notify_on_close) return undefined
    const payload = closedPayload(slack, this.view, this.view.clear_on_close)
    const [reply] = await this.hands.send({ form: 'interactive', payload })
    return reply
  }

  private mustBeOnTop(): void {
    const top = this.hands.slack.openViews(this.view.user).at(-1)
    if (top === this.view) return
    const instead = top ? `"${shown(top.title)}" is` : 'nothing is'
    throw new Error(`"${this.title}" is not what the person sees any more; ${instead}`)
  }

  private inputs(): Placed[] {
    return this.view.blocks
      .filter((block) => block.type === 'input')
      .map((block) => ({ block, element: objectOf(block.element) }))
  }

  private input(label: string): Placed {
    const found = this.inputs().filter(({ block }) => shown(block.label) === label)
    const [only] = found
    if (only && found.length === 1) return only
    const there = this.labels.map((one) => `"${one}"`).join(', ')
    throw new Error(`"${this.title}" has ${found.length} inputs labelled "${label}"; its labels are ${there || 'none'}`)
  }

  private incomplete(): Record<string, string> {
    const wrong = this.inputs().flatMap(({ block }) => {
      const words = complaintAbout(block, this.value(shown(block.label)))
      return words ? [[text(block.block_id), words]] : []
    })
    return Object.fromEntries(wrong)
  }

  /** Does to the screen what the answer to a submission says (docs.slack.dev, "Modals", response_action). */
  private follow(answer: Json): SubmitOutcome {
    const { views, problems } = this.hands.slack
    switch (answer.response_action) {
      case undefined:
        views.remove(this.view)
        return 'closed'
      case 'clear':
        views.clear(this.view.user)
        return 'cleared'
      case 'update':
        if (views.refuse(answer.view, 'modal', 'response_action update')) return 'failed'
        views.replace(this.view, answer.view)
        return 'updated'
      case 'push':
        if (views.refuse(answer.view, 'modal', 'response_action push')) return 'failed'
        return views.pushFor(this.view.user, answer.view) ? 'pushed' : 'failed'
      case 'errors':
        return this.showErrors(objectOf(answer.errors))
      default:
        problems.push(`response_action: there is no "${String(answer.response_action)}"`)
        return 'failed'
    }
  }

  /** Slack shows errors only under inputs of this view; anything else is an error of the app. */
  private showErrors(errors: Json): SubmitOutcome {
    const unknown = Object.entries(errors).filter(([id, words]) => !this.labelOf(id) || text(words) === '')
    if (Object.keys(errors).length === 0) this.hands.slack.problems.push('response_action errors: there are none')
    for (const [id] of unknown)
      this.hands.slack.problems.push(`response_action errors: no input block "${id}" to show it at`)
    if (unknown.length > 0 || Object.keys(errors).length === 0) return 'failed'
    this.blockErrors = Object.fromEntries(Object.entries(errors).map(([id, words]) => [id, text(words)]))
    this.errors = this.byLabel(this.blockErrors)
    return 'errors'
  }

  private byLabel(errors: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(errors).map(([id, words]) => [this.labelOf(id) ?? id, words]))
  }

  private labelOf(blockId: string): string | undefined {
    const found = this.inputs().find(({ block }) => text(block.block_id) === blockId)
    return isJson(found?.block.label) ? shown(found.block.label) : undefined
  }
}

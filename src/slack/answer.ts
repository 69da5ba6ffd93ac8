import type { KnownBlock, ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { type Refusal, sentence } from '../complaint/refusals.ts'
import { noticeModal } from '../views/notice.ts'
import { refused } from '../views/refused.ts'
import { Fields } from './fields.ts'
import type { ViewPayload } from './payloads.ts'

export interface Said {
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}

/** What Slack hands us to answer with; which of it there is depends on what was pressed. */
export interface Means {
  /** Must be called within 3 s, once. */
  readonly ack: (body?: unknown) => Promise<void>
  /** Answers to a command or a message's button, for the person alone: 5 times within 30 minutes. */
  readonly respond: ((message: unknown) => Promise<unknown>) | null
  /** Lives 3 s and opens one modal. */
  readonly trigger: string | null
  readonly client: WebClient
}

/** Answers the one person who asked, in whatever way is left. */
export class Answer {
  private acked = false
  private readonly means: Means
  /** A command's answer may come with its acknowledgement, which saves a call; everything else is answered after it. */
  private readonly inAck: boolean
  /** The modal the person is in, if any. */
  private readonly inModal: boolean

  constructor(means: Means, trigger: 'command' | 'message' | 'modal' | 'shortcut') {
    this.means = means
    this.inAck = trigger === 'command'
    this.inModal = trigger === 'modal'
  }

  async ack(body?: unknown): Promise<void> {
    if (this.acked) return
    this.acked = true
    await this.means.ack(body)
  }

  /** A message for this person's eyes only; in a modal, and where there is no channel to answer in, a modal of its own. */
  async say(said: Said): Promise<void> {
    const { respond, trigger } = this.means
    if (this.inAck && !this.acked) return this.ack({ response_type: 'ephemeral', ...said })
    await this.ack()
    if (respond) await respond({ response_type: 'ephemeral', replace_original: false, ...said })
    else if (trigger) await this.open(noticeModal(said))
  }

  /** Puts another page in the place of the message whose button was pressed. */
  async replace(said: Said): Promise<void> {
    await this.ack()
    await this.means.respond?.({ response_type: 'ephemeral', replace_original: true, ...said })
  }

  /** Puts something in the place of the message whose button was pressed, for everybody who sees it. */
  async settle(said: Said): Promise<void> {
    await this.ack()
    await this.means.respond?.({ replace_original: true, ...said })
  }

  /** Opens a modal; on top of the one the person is in, if any. */
  async open(view: ModalView): Promise<void> {
    await this.ack()
    const { client, trigger } = this.means
    if (!trigger) throw new Error('Nothing to open a modal with')
    try {
      await (this.inModal
        ? client.views.push({ trigger_id: trigger, view })
        : client.views.open({ trigger_id: trigger, view }))
    } catch (error) {
      const refusal = refusalOf(error)
      // The same press delivered twice: the other delivery has opened it.
      if (refusal === 'exchanged_trigger_id') return
      if (refusal !== 'expired_trigger_id' || !this.means.respond) throw error
      await this.say(
        refused('That took longer than Slack allows for opening a form. Nothing is lost: please press again.'),
      )
    }
  }

  /** Draws the modal anew, unless the person has closed or changed it meanwhile. */
  async redraw(id: string, hash: string | undefined, view: ModalView): Promise<void> {
    await this.ack()
    await redraw(this.means.client, id, hash, view)
  }

  /** Tells why not, for this person's eyes only. */
  refuse(refusals: readonly Refusal[]): Promise<void> {
    return this.say(refused(refusals.map(sentence).join(' ')))
  }
}

/** Draws a modal anew, unless the person has closed it, or, where `hash` is given, changed it meanwhile. */
export async function redraw(client: WebClient, id: string, hash: string | undefined, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: id, view, ...(hash ? { hash } : {}) })
  } catch (error) {
    if (!['hash_conflict', 'not_found'].includes(refusalOf(error) ?? '')) throw error
  }
}

/** The code with which Slack refused a call. */
function refusalOf(error: unknown): string | null {
  const code = (error as { data?: { error?: unknown } } | null)?.data?.error
  return typeof code === 'string' ? code : null
}

/** A form's answer: Slack waits for it with the form open. */
export class FormAnswer {
  private acked = false
  private readonly means: Pick<Means, 'ack'>
  private readonly stacked: boolean
  readonly fields: Fields

  constructor(means: Pick<Means, 'ack'>, view: ViewPayload) {
    this.means = means
    this.fields = new Fields(view)
    this.stacked = Boolean(view.root_view_id) && view.root_view_id !== view.id
  }

  private async ack(body?: unknown): Promise<void> {
    if (this.acked) return
    this.acked = true
    await this.means.ack(body)
  }

  /** Closes the form, with the modals it was opened from. */
  close(): Promise<void> {
    return this.stacked ? this.ack({ response_action: 'clear' }) : this.ack()
  }

  /** Closes this form alone: what it was opened from is seen again. */
  back(): Promise<void> {
    return this.ack()
  }

  /** Puts another form in its place. */
  show(view: ModalView): Promise<void> {
    return this.ack({ response_action: 'update', view })
  }

  /** Keeps the form open with what was typed: each fault under its field, the ones without a field under the first. */
  refuse(refusals: readonly Refusal[]): Promise<void> {
    return this.complain(
      refusals.map((refusal) => ['field' in refusal ? refusal.field : null, plainSentence(refusal)] as const),
    )
  }

  /** Keeps the form open with these words under its fields; without a field, under the first. */
  correct(faults: readonly (readonly [field: string | null, words: string])[]): Promise<void> {
    return this.complain(faults)
  }

  /** Keeps the form open and says why, under its first field. */
  keep(why: string): Promise<void> {
    return this.complain([[null, why]])
  }

  private complain(faults: readonly (readonly [string | null, string])[]): Promise<void> {
    const errors: Record<string, string> = {}
    for (const [field, words] of faults) {
      const block = (field && this.fields.blockOf(field)) ?? this.fields.firstBlock ?? 'none'
      errors[block] = errors[block] ? `${errors[block]} ${words}` : words
    }
    return this.ack({ response_action: 'errors', errors })
  }
}

/** Errors under a field are plain text: a mention would show as its id. */
function plainSentence(refusal: Refusal): string {
  if (refusal.kind === 'not-yours-to-decide') return sentence({ ...refusal, of: null })
  const names = refusal.kind === 'not-allowed' || refusal.kind === 'not-admin'
  return sentence(names ? { ...refusal, ask: null } : refusal).replace(/^<@\w+>/, 'Somebody')
}

import type { SandboxEphemeral, SandboxMessage, SandboxView } from '../types.ts'

/*
 * What the demo's page and its server say to each other. The page holds no truth: it asks for the state of the person it
 * acts as, draws it, and sends what the person does. `GET /demo/changes` (server-sent events, one empty `changed` event per
 * change) tells it when to ask again.
 */

export interface DemoUser {
  readonly id: string
  readonly name: string
  readonly realName: string
  /** "Customer service", "Lead of manufacturing": shown beside the name where one acts as them. */
  readonly role: string
  readonly isBot: boolean
}

export interface DemoChannel {
  readonly id: string
  /** Without #; for a direct message the other one's name. */
  readonly name: string
  readonly kind: 'channel' | 'dm'
  readonly isArchived: boolean
  readonly topic: string
  /** The newest message's ts, by which the page knows what is unread for whom. */
  readonly newest: string | null
  /** Whether Amends is a member. */
  readonly hasApp?: boolean
  /** The app takes no messages here (`messages_tab_read_only_enabled`): no composer is shown. */
  readonly isReadOnly?: boolean
}

/** `GET /demo/state?as=USER&channel=CHANNEL` */
export interface DemoState {
  readonly team: string
  /** ISO instant: the workspace's clock. */
  readonly now: string
  readonly timezone: string
  readonly users: readonly DemoUser[]
  readonly usergroups: readonly { readonly id: string; readonly handle: string }[]
  readonly channels: readonly DemoChannel[]
  /** Of the channel asked for, replies included, oldest first; the newest 200 threads. */
  readonly messages: readonly SandboxMessage[]
  /** What only this person sees in that channel. */
  readonly ephemerals: readonly SandboxEphemeral[]
  /** Bottom to top. */
  readonly modals: readonly SandboxView[]
  readonly home: SandboxView | null
  /** The app's commands and shortcuts, from manifest.yml. */
  readonly commands: readonly { readonly command: string; readonly hint: string; readonly description: string }[]
  readonly shortcuts: readonly { readonly id: string; readonly name: string; readonly type: 'global' | 'message' }[]
  readonly faults: readonly string[]
  /** At the first start, while the company's past is being played: so many events of so many. What is done waits until then. */
  readonly preparing?: { readonly done: number; readonly of: number }
}

/** Where a block element stands that a person uses. */
export type Target =
  | { readonly in: 'message'; readonly channel: string; readonly ts: string }
  | { readonly in: 'ephemeral'; readonly channel: string; readonly ts: string }
  | { readonly in: 'view'; readonly view: string }
  | { readonly in: 'home' }

/** An element's value as Slack's state has it: { type, value | selected_option | selected_date_time | … }. */
export type ElementState = Record<string, unknown>

/** By block_id and action_id. */
export type Values = Readonly<Record<string, Readonly<Record<string, ElementState>>>>

/** `POST /demo/do`, answered with `Done`. */
export type Deed = { readonly as: string } & (
  | {
      readonly do: 'say'
      readonly channel: string
      readonly text: string
      readonly thread?: string
      readonly files?: readonly string[]
    }
  /** The composer's "/complaint …". */
  | { readonly do: 'command'; readonly channel: string; readonly text: string }
  | { readonly do: 'global-shortcut'; readonly id: string }
  | { readonly do: 'message-shortcut'; readonly id: string; readonly channel: string; readonly ts: string }
  | {
      readonly do: 'act'
      readonly target: Target
      readonly block: string
      readonly action: string
      readonly state: ElementState
      /** In a view: all that stands in it by now, typed or chosen. Slack's payload carries it in `view.state`. */
      readonly values?: Values
    }
  | {
      readonly do: 'suggest'
      readonly target: Target
      readonly block: string
      readonly action: string
      readonly typed: string
    }
  | {
      readonly do: 'submit'
      readonly view: string
      readonly values: Values
    }
  | { readonly do: 'close'; readonly view: string }
  /** One's own, everywhere it was shared. */
  | { readonly do: 'delete-file'; readonly file: string }
  | { readonly do: 'open-home' }
  | { readonly do: 'dismiss'; readonly channel: string; readonly ts: string }
  /** Archiving puts the app out of a channel, as in Slack, and unarchiving does not bring it back. */
  | { readonly do: 'archive' | 'unarchive' | 'add-app' | 'remove-app'; readonly channel: string }
)

/** `POST /demo/files`: a file for a form (then the app may see it) or a message; answered with what Slack says of it. */
export interface Upload {
  readonly as: string
  readonly name: string
  /** Base64. */
  readonly content: string
  readonly withApp: boolean
}

export interface Done {
  /** What Slack tells the person where the app did not answer: "Amends didn't respond in time." */
  readonly error: string | null
  /** Of a form: by block_id. */
  readonly errors?: Readonly<Record<string, string>>
  /** Of a suggestion. */
  readonly options?: readonly { readonly text: string; readonly value: string; readonly group?: string }[]
}

/** `POST /demo/clock`: skips ahead; answered with `{ now }` once what fell due has been done. */
export interface Skip {
  readonly by: '15m' | '1h' | '4h' | 'next-deadline' | 'monday'
}

export type FaultName = 'duplicates' | '429' | 'reset' | 'outage'

/** `POST /demo/faults`: switches one on or off. */
export interface SwitchFault {
  readonly fault: FaultName
  readonly on: boolean
}

/** `GET /demo/traffic`: the newest 200 calls and payloads, newest first. */
export interface Traffic {
  readonly at: string
  readonly direction: 'to app' | 'to slack'
  readonly what: string
  readonly outcome: string
  readonly ms: number | null
}

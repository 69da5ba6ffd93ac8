import { type Json, text } from './json.ts'
import type { ResponseSource, SandboxEphemeral, SandboxMessage, SandboxSlack, SandboxView } from './types.ts'
import { apiView } from './view-book.ts'

/** Slack still sends this deprecated field; nobody should look at it. */
const VERIFICATION_TOKEN = 'deprecated-verification-token'

/** Where something is pressed: a message, one that only they see, a modal or their Home. */
export type Target = SandboxMessage | SandboxEphemeral | SandboxView

export function isView(target: Target): target is SandboxView {
  return 'root_view_id' in target
}

function isEphemeral(target: Target): boolean {
  return 'ephemeral' in target
}

/** What every interaction carries. */
function base(slack: SandboxSlack, user: string): Json {
  const name = slack.userName(user)
  return {
    user: { id: user, username: name, name, team_id: slack.team },
    api_app_id: slack.appId,
    token: VERIFICATION_TOKEN,
    team: { id: slack.team, domain: slack.teamDomain },
    enterprise: null,
    is_enterprise_install: false,
  }
}

/** Seconds with six decimals, like a ts. */
export function actionTs(slack: SandboxSlack): string {
  return (slack.now() / 1000).toFixed(6)
}

export function commandPayload(slack: SandboxSlack, user: string, words: string, source: ResponseSource): Json {
  const [command = '', ...rest] = words.split(' ')
  return {
    token: VERIFICATION_TOKEN,
    team_id: slack.team,
    team_domain: slack.teamDomain,
    channel_id: source.channel,
    channel_name: slack.channelName(source.channel),
    user_id: user,
    user_name: slack.userName(user),
    command,
    text: rest.join(' '),
    api_app_id: slack.appId,
    is_enterprise_install: 'false',
    response_url: slack.responseUrl(source),
    trigger_id: slack.views.trigger(user),
  }
}

export function globalShortcutPayload(slack: SandboxSlack, user: string, callbackId: string): Json {
  return {
    ...{ type: 'shortcut', ...base(slack, user), action_ts: actionTs(slack) },
    ...{ callback_id: callbackId, trigger_id: slack.views.trigger(user) },
  }
}

export function messageShortcutPayload(
  slack: SandboxSlack,
  user: string,
  callbackId: string,
  message: SandboxMessage,
): Json {
  const { channel, ...rest } = message
  return {
    ...{ type: 'message_action', ...base(slack, user), action_ts: actionTs(slack), callback_id: callbackId },
    trigger_id: slack.views.trigger(user),
    response_url: slack.responseUrl({ kind: 'app', user, channel }),
    channel: { id: channel, name: slack.channelName(channel) },
    message_ts: message.ts,
    message: { type: 'message', team: slack.team, ...rest },
  }
}

/** The part of block_actions and block_suggestion that says where it happened. */
function place(slack: SandboxSlack, target: Target): Json {
  if (isView(target)) return { container: { type: 'view', view_id: target.id }, view: apiView(target) }
  const { channel, ...message } = target
  const ephemeral = isEphemeral(target)
  return {
    container: {
      ...{ type: 'message', message_ts: target.ts, channel_id: channel, is_ephemeral: ephemeral },
      ...(target.thread_ts ? { thread_ts: target.thread_ts } : {}),
    },
    channel: { id: channel, name: slack.channelName(channel) },
    ...(ephemeral ? {} : { message: { type: 'message', team: slack.team, ...message } }),
  }
}

export function blockActionsPayload(
  slack: SandboxSlack,
  user: string,
  target: Target,
  action: Json,
  state: Json,
): Json {
  const { channel = '', ts = '' } = isView(target) ? {} : target
  const source = { user, channel, message: { ts, ephemeral: isEphemeral(target) } }
  return {
    ...{ type: 'block_actions', ...base(slack, user), ...place(slack, target) },
    trigger_id: slack.views.trigger(user, isView(target) ? target.id : undefined),
    ...(isView(target)
      ? {}
      : { state: { values: state }, response_url: slack.responseUrl({ kind: 'actions', ...source }) }),
    actions: [{ ...action, action_ts: actionTs(slack) }],
  }
}

export function suggestionPayload(
  slack: SandboxSlack,
  user: string,
  target: Target,
  where: { block: Json; element: Json },
  typed: string,
): Json {
  const ids = { block_id: text(where.block.block_id), action_id: text(where.element.action_id) }
  return { type: 'block_suggestion', ...base(slack, user), ...place(slack, target), ...ids, value: typed }
}

export function submissionPayload(slack: SandboxSlack, view: SandboxView): Json {
  return {
    ...{ type: 'view_submission', ...base(slack, view.user) },
    ...{ trigger_id: slack.views.trigger(view.user, view.id), view: apiView(view), response_urls: [] },
  }
}

export function closedPayload(slack: SandboxSlack, view: SandboxView, isCleared: boolean): Json {
  return { type: 'view_closed', ...base(slack, view.user), view: apiView(view), is_cleared: isCleared }
}

let events = 0
/** An Events API callback around `event`. */
export function eventPayload(slack: SandboxSlack, event: Json): Json {
  events += 1
  return {
    ...{ token: VERIFICATION_TOKEN, team_id: slack.team, api_app_id: slack.appId, event, type: 'event_callback' },
    event_id: `Ev${String(events).padStart(9, '0')}`,
    event_time: Math.floor(slack.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: slack.team, user_id: slack.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
  }
}

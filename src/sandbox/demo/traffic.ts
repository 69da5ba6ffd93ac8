import { ackFields } from '../app-link.ts'
import { type Json, objectOf, objects, text } from '../json.ts'
import type { SandboxCall, SandboxDelivery, SandboxSlack } from '../types.ts'
import type { Traffic } from '../web/contract.ts'

const MOST = 200
/** So much is kept in memory before the oldest is forgotten. */
const KEPT = 2_000

/** The newest calls and payloads, newest first. */
export function trafficOf(slack: SandboxSlack): Traffic[] {
  const seen = [...slack.deliveries.slice(-MOST).map(delivered), ...slack.calls.slice(-MOST).map(called)]
  return seen
    .sort((a, b) => b.at - a.at)
    .slice(0, MOST)
    .map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest }))
}

/** Forgets the oldest. */
export function trim(slack: SandboxSlack): void {
  for (const list of [slack.calls, slack.deliveries, slack.sockets.sent, slack.responses])
    if (list.length > KEPT) list.splice(0, list.length - KEPT)
}

type Seen = Omit<Traffic, 'at'> & { at: number }

const called = ({ method, at, answer, fault, ms }: SandboxCall): Seen => ({
  ...{ at, direction: 'to slack', what: method, ms: ms === undefined ? null : Math.round(ms) },
  outcome: fault ?? (answer === undefined ? 'under way' : answer.ok === true ? 'ok' : text(answer.error)),
})

const delivered = ({ at, form, payload, reply }: SandboxDelivery): Seen => ({
  ...{ at, direction: 'to app', what: `${form}: ${labelOf(form, payload)}`, ms: Math.round(reply.ms) },
  outcome: reply.error ?? (text(ackFields(reply).response_action) || 'acknowledged'),
})

function labelOf(form: SandboxDelivery['form'], payload: Json): string {
  if (form === 'command') return `${text(payload.command)} ${text(payload.text)}`.trim()
  if (form === 'event') return text(objectOf(payload.event).type)
  const id = text(payload.callback_id) || text(objectOf(payload.view).callback_id)
  const action = text(objects(payload.actions)[0]?.action_id) || text(payload.action_id)
  return [text(payload.type), action || id].filter((part) => part !== '').join(' ')
}

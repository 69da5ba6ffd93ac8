import { setTimeout as wait } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import { SECOND } from '../complaint/time.ts'
import { fault, type Log } from '../log.ts'
import { StartFault } from '../startFault.ts'

/** Who we are in Slack. */
export interface Identity {
  readonly team: string
  readonly botUser: string
  /** Missing where Slack doesn't tell. */
  readonly botId: string | undefined
  /** `https://acme.slack.com/` */
  readonly home: string
}

const RETRIES = [1 * SECOND, 2 * SECOND, 5 * SECOND, 15 * SECOND]

/**
 * Asks Slack who we are, until it answers: Slack being away is no reason to end.
 * @throws StartFault where it refuses the token.
 */
export async function identify(client: WebClient, log: Log): Promise<Identity> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const who = await client.auth.test()
      if (!who.team_id || !who.user_id || !who.url)
        throw new StartFault('SLACK_BOT_TOKEN: Slack did not say whose it is.')
      return { team: who.team_id, botUser: who.user_id, botId: who.bot_id, home: who.url }
    } catch (error) {
      if (error instanceof StartFault) throw error
      const refusal = refusalOf(error)
      if (refusal)
        throw new StartFault(
          `SLACK_BOT_TOKEN: Slack refuses it (${refusal}). Copy it again from your Slack app's page, OAuth & Permissions.`,
        )
      log.warn(fault(error), 'Slack can’t be reached; trying again')
      await wait(RETRIES[Math.min(attempt, RETRIES.length - 1)])
    }
  }
}

/** Why Slack refuses the token; null where it works, undefined where Slack can't be asked. */
export async function tokenRefusal(client: WebClient): Promise<string | null | undefined> {
  try {
    await client.auth.test()
    return null
  } catch (error) {
    return refusalOf(error) ?? undefined
  }
}

const REFUSALS = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'no_permission',
  'missing_scope',
]

function refusalOf(error: unknown): string | null {
  const code = (error as { data?: { error?: unknown } } | null)?.data?.error
  return REFUSALS.find((refusal) => refusal === code) ?? null
}

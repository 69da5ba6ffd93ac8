import type { SectionBlock } from '@slack/types'
import { caseOf, type Flaw } from '../complaint/flaw.ts'
import type { Setup } from '../complaint/setup.ts'
import { button, linked, section } from './blocks.ts'
import { responseWords } from './clockWords.ts'
import { flawTitle } from './flaw.ts'
import { ACTIONS } from './ids.ts'

export interface FlawRow {
  readonly flaw: Flaw
  /** Slack's address of its card, once posted. */
  readonly cardLink: string | null
}

/** A systemic flaw on a Home: what it is, how it stands, and what comes next. */
export function flawRow({ flaw, cardLink }: FlawRow, setup: Setup, now: Date): SectionBlock {
  const next =
    flaw.status === 'open'
      ? button('Own it', ACTIONS.ownFlaw, String(flaw.number))
      : button('Close out', ACTIONS.closeFlaw, String(flaw.number))
  const owner = flaw.owner === null ? 'Nobody owns it yet' : 'Yours'
  return {
    ...section(
      `*${linked(cardLink, flawTitle(flaw, setup))}*\nTo be closed: ${responseWords(caseOf(flaw), now)} · ${owner}`,
    ),
    accessory: next,
  }
}

import type { ModalView } from '@slack/types'
import type { TimelineEntry } from '../complaint/events.ts'
import type { Flaw } from '../complaint/flaw.ts'
import type { Setup } from '../complaint/setup.ts'
import { plain } from './blocks.ts'
import { actionInputs } from './correction.ts'
import { flawTitle } from './flaw.ts'
import { happened } from './happened.ts'
import { MODALS } from './ids.ts'
import { modal } from './inputs.ts'
import { bold, date, para, person, quote, rich, t } from './rich.ts'
import { within } from './text.ts'

interface Shown {
  readonly setup: Setup
}

/** Entries of a timeline, the newest ones: Slack takes 250 KB in a modal. */
const ENTRIES = 40

/** "Close out": with a corrective action. */
export const closeFlawModal = (flaw: Flaw, { setup }: Shown): ModalView =>
  modal({
    title: `Close out flaw ${flaw.number}`,
    submit: { label: 'Close out', as: MODALS.closeFlaw },
    metadata: { flaw: flaw.number },
    blocks: [
      { type: 'section', text: plain(flawTitle(flaw, setup)) },
      ...actionInputs('What changes, so that complaints of this kind end: with who takes it, and by when.'),
    ],
  })

/** Everything that happened to it, first to last; of a long life the newest. */
export const flawTimelineModal = (flaw: Flaw, entries: readonly TimelineEntry[], { setup }: Shown): ModalView =>
  modal({
    title: `Timeline of flaw ${flaw.number}`,
    metadata: { flaw: flaw.number },
    blocks: [
      { type: 'section', text: plain(flawTitle(flaw, setup)) },
      ...entries.slice(-ENTRIES).map((entry) => {
        const { what, quotes } = happened(entry, setup)
        const who = entry.by === null ? bold('Amends') : person(entry.by)
        const said = quotes.map(({ text }) => quote(within(text, 1_000, 3_000)))
        return rich(para(date(entry.at), t(' · '), who), para(...what), ...said)
      }),
    ],
  })

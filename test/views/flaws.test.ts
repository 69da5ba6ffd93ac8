import { describe, expect, it } from 'vitest'
import type { Flaw } from '../../src/complaint/flaw.ts'
import { decideFlaw, type FlawCommand, raiseFlaw } from '../../src/complaint/flawing.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import { checkView, firedMentions } from '../../src/sandbox/limits.ts'
import {
  flawCall,
  flawCompanyCall,
  flawDone,
  flawGrown,
  flawLine,
  flawReminder,
  flawStillOnIt,
} from '../../src/views/flaw.ts'
import { FLAW_ROWS, flawCard } from '../../src/views/flawCard.ts'
import { closeFlawModal, flawTimelineModal } from '../../src/views/flawModals.ts'
import { INSIDER } from '../support/setups.ts'
import { ACTION, CARD_LINK, expectSound, NOW, SETUP } from './samples.ts'

const raise = (
  name: string | null,
  complaints: readonly number[],
  before: number | null = null,
  setup: Setup = SETUP,
) =>
  raiseFlaw(
    3,
    {
      topic: name === null ? { kind: 'cause', key: 'defective-part', name } : { kind: 'reference', key: 'kv220', name },
      ...{ complaints, before },
    },
    { now: NOW, setup, asker: null },
  )
const raised = raise('KV-220', [142, 150, 151, 160])
function led(flaw: Flaw, ...commands: FlawCommand[]): Flaw {
  return commands.reduce((so, command) => {
    const decision = decideFlaw(so, command, { now: plus(NOW, HOUR), setup: SETUP, asker: INSIDER })
    if (!decision.ok) throw new Error(JSON.stringify(decision.refusal))
    return decision.change.flaw
  }, flaw)
}
const own: FlawCommand = { kind: 'own', by: 'U0DESIGN' }
const { whyNone: _, ...action } = ACTION
const close: FlawCommand = { kind: 'close-flaw', by: 'U0DESIGN', ...action }
const finish: FlawCommand = { kind: 'finish-action', by: 'U0GOES', action: 1, changed: 'Drawn anew', proof: 'Sheet 12' }

const row = (number: number, customer: string) => ({
  ...{ number, customer, severity: 'serious' as const, status: 'closed' as const, toldAt: plus(NOW, -number * HOUR) },
})
const joined = { customers: 2, confidential: 1, newest: [row(151, 'Acme'), row(150, 'Bolt & Co'), row(142, 'Acme')] }
const about = { setup: SETUP, now: NOW }

describe('a flaw', () => {
  it.each<[string, Flaw]>([
    ['raised', raised.flaw],
    ['by cause, come back', raise(null, [142, 150, 151, 160], 2).flaw],
    ['owned', led(raised.flaw, own)],
    ['closed', led(raised.flaw, own, close)],
    ['over', led(raised.flaw, own, close, finish)],
    ['of nobody who designs', raise('KV-220', [1, 2, 3, 4], null, { ...SETUP, departments: [] }).flaw],
  ])('has a card: %s', (_, flaw) => {
    const card = flawCard(flaw, { ...about, joined, trend: null })
    expectSound(card)
    expect(card.text).toMatchSnapshot()
  })

  it('calls, asks and reminds whoever it is for, and nobody else', () => {
    const [entry] = raised.entries
    if (!entry) throw new Error('Nothing happened')
    const owned = led(raised.flaw, own)
    const messages = [
      flawCall(raised.flaw, { setup: SETUP, entry, since: NOW }),
      flawCompanyCall(raised.flaw, { setup: SETUP, cardLink: CARD_LINK, since: NOW, now: plus(NOW, HOUR) }),
      flawGrown(owned, { setup: SETUP }),
      flawReminder(owned, { setup: SETUP, now: plus(NOW, 12 * HOUR), cardLink: null, to: 'owner' }),
      flawReminder(owned, { setup: SETUP, now: plus(NOW, 2 * DAY), cardLink: CARD_LINK, to: 'company' }),
      flawStillOnIt(owned, { setup: SETUP }) ?? flawDone(owned, SETUP),
      flawDone(owned, SETUP),
      flawLine(entry, SETUP),
    ]
    for (const message of messages) expectSound(message)
    expect(messages.map(({ text }) => text)).toMatchSnapshot()
    expect(firedMentions({ text: messages[3]?.text ?? '' })).toEqual(['<@U0DESIGN>'])
  })

  it('of the heaviest words stays within what Slack takes', () => {
    for (const text of [
      '<!channel> '.repeat(20),
      '"'.repeat(300),
      '\u0001',
      '👩‍👩‍👧‍👦'.repeat(40),
      '&<>'.repeat(100),
    ]) {
      const { flaw } = raise(
        text.slice(0, 100),
        Array.from({ length: 400 }, (_, n) => n + 1),
      )
      const newest = Array.from({ length: FLAW_ROWS }, (_, n) => row(n + 1, text))
      const busy = led(flaw, own, { ...close, correctiveAction: `x${text}`.slice(0, 900) } as FlawCommand)
      for (const one of [flaw, busy]) {
        expectSound(flawCard(one, { ...about, joined: { customers: 400, confidential: 9, newest }, trend: null }))
        expectSound(flawReminder(one, { setup: SETUP, now: NOW, cardLink: CARD_LINK, to: 'company' }))
      }
      expect(checkView(closeFlawModal(flaw, { setup: SETUP }))).toEqual([])
    }
  })

  it('has forms that Slack takes', () => {
    for (const view of [
      closeFlawModal(raised.flaw, { setup: SETUP }),
      flawTimelineModal(raised.flaw, raised.entries, { setup: SETUP }),
    ]) {
      expect(checkView(view)).toEqual([])
      expect(view).toMatchSnapshot()
    }
    const long = Array.from({ length: 200 }, (_, n) => ({
      ...{ seq: n + 1, at: NOW, by: 'U0OWN' },
      event: { kind: 'action-done', action: 1, changed: '"'.repeat(3000), proof: 'x', inTime: true } as const,
    }))
    expect(checkView(flawTimelineModal(raised.flaw, long, { setup: SETUP }))).toEqual([])
  })
})

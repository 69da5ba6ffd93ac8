import { expect, test } from 'vitest'
import type { FaultPlan } from '../../src/sandbox/faults.ts'
import type { SandboxMessage } from '../../src/sandbox/types.ts'
import { anyKind } from '../support/databases.ts'
import { SLOW } from '../support/process.ts'
import { cardOf, cardsOf, expectNoRepeats, fillForm, type Town, town } from './town.ts'

/** Carried out by Slack, and never answered as far as this process will see. */
const TAKEN = { kind: 'late', ms: 60_000 } as const satisfies FaultPlan
/** Not carried out, and never answered. */
const LOST = { kind: 'hang' } as const satisfies FaultPlan

const PATIENCE = { withinMs: 10_000 }
const REASON = 'The wrong box was sent.'

/** Where the bot dies on a complaint's way to another department. */
const DEATHS: Record<string, (town: Town) => FaultPlan> = {
  'after Slack took the new card': ({ slack }) => ({
    ...{ ...TAKEN, method: 'chat.postMessage', channel: slack.channel('logistics') },
  }),
  'before Slack took the new card': ({ slack }) => ({
    ...{ ...LOST, method: 'chat.postMessage', channel: slack.channel('logistics') },
  }),
  'after Slack took the line under the old card': ({ slack }) => ({
    ...{ ...TAKEN, method: 'chat.postMessage', channel: slack.channel('manufacturing') },
  }),
  'before Slack took the line under the old card': ({ slack }) => ({
    ...{ ...LOST, method: 'chat.postMessage', channel: slack.channel('manufacturing') },
  }),
  'after Slack made the old card a pointer': () => ({ ...TAKEN, method: 'chat.update' }),
  'before Slack made the old card a pointer': () => ({ ...LOST, method: 'chat.update' }),
}

const isAbout = (number: number) => (message: SandboxMessage) =>
  !message.thread_ts && message.text.includes(`#${number}`)

test.runIf(anyKind() === 'postgres')(
  'killed on its way to another department, a complaint arrives once',
  SLOW,
  async () => {
    const here = await town('postgres')
    const { slack, people } = here
    const all = Object.entries(DEATHS).map(([step, faultOf], at) => ({ step, faultOf, number: at + 1 }))
    // Each complaint's hand-over stops at another step when a death comes to several.
    for (const deaths of [all.slice(0, 3), all.slice(3)]) {
      for (const _ of deaths) expect((await (await fillForm(here)).submit()).outcome).toBe('closed')
      await here.bot.settled()
      const olds = new Map(deaths.map(({ number }) => [number, cardOf(here, number)]))
      for (const { step, faultOf, number } of deaths) {
        await people.fred.press(cardOf(here, number), 'Hand over')
        const form = await people.fred.waitForModal('hand_over')
        await form.fill({ Department: 'Logistics', Reason: REASON })
        slack.faults.next(faultOf(here))
        expect((await form.submit()).outcome, step).toBe('closed')
        await slack.until(() => slack.faults.left === 0 || undefined, { ...PATIENCE, what: `to be killed ${step}` })
      }
      await here.dieAndRise()
      await here.bot.settled()

      for (const { step, number } of deaths) {
        expect(cardsOf(here, number), step).toEqual([])
        const [card, ...more] = slack.messages('logistics').filter(isAbout(number))
        expect(more, step).toEqual([])
        expect(card?.text, step).toContain('Handed over once')
        const [left, ...others] = slack.messages('manufacturing').filter(isAbout(number))
        expect(others, step).toEqual([])
        expect(left, step).toMatchObject({
          ts: olds.get(number)?.ts,
          text: expect.stringContaining('is now with Logistics'),
        })
        expect(left?.text, step).toContain(card?.ts.replace('.', ''))
        for (const place of [card, left]) {
          const lines = slack.thread(place?.channel ?? '', place?.ts ?? '').slice(1)
          expect(
            lines.map(({ text }) => text),
            step,
          ).toEqual([expect.stringContaining(REASON)])
        }
      }
      expectNoRepeats(here)
    }
    await here.bot.kill()
  },
)

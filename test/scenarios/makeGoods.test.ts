import { describe, expect, test } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { HOUR, MINUTE } from '../../src/complaint/time.ts'
import { cardIn, file, type Name, type World, world } from '../support/world.ts'
import { act, CLOSE_OUT, expectNoRepeats, form, linesOf, more, seeing, send, toldBy } from './support.ts'

/** Manufacturing may grant 500; lena leads it, dora stands in for her, otto looks after the workspace. */
const rich = (deputy: Name | null = 'dora') =>
  world({
    setup: (setup: Setup) => ({
      ...setup,
      departments: setup.departments.map((one) =>
        one.key === 'manufacturing'
          ? {
              ...one,
              authority: 500,
              deputy: deputy && (setup.departments.find(({ key }) => key === 'design')?.lead ?? null),
            }
          : one,
      ),
    }),
  })

async function filed(w: World): Promise<void> {
  await file(w)
  await act(w, 'fred', 1, 'Own it')
}

const asks = async (w: World, fields: Record<string, string>, who: Name = 'fred') =>
  send(w, await more(w, who, 1, 'Make good', 'Make good'), fields)

const REFUND = { Kind: 'Refund', Amount: '$800.00', Note: 'For the <days> they stood still & waited.' }

/** The messages in a channel, or in the card's thread, that offer an answer. */
const offers = (w: World, channel: string) =>
  w.slack
    .messages(w.slack.channel(channel))
    .filter(({ blocks }) => JSON.stringify(blocks).includes('approve_make_good'))

const answer = async (w: World, who: Name, button: 'Approve' | 'Decline', channel = 'manufacturing') => {
  const [message] = offers(w, channel)
  if (!message) throw new Error('Nobody is asked')
  return w.people[who].press(message, button)
}

describe('Make good', () => {
  test('within the authority is granted at once, told in the thread, and stands on the card', async () => {
    const w = await rich()
    await filed(w)
    const modal = await more(w, 'fred', 1, 'Make good', 'Make good')
    expect(JSON.stringify(modal.blocks)).toContain('Manufacturing may grant up to $500.00 on this complaint')

    // One clear line under the field, and what was typed stays.
    for (const [typed, fault] of [
      ['1e9', 'Please type a number in USD, such as 1,200.50.'],
      ['€50', 'Please type a number in USD, such as 1,200.50.'],
      ['-5', 'Please type an amount above zero.'],
    ] as const) {
      await modal.fill({ Kind: 'Refund', Amount: typed })
      expect((await modal.submit()).errors).toEqual({ Amount: fault })
      expect(modal.value('Amount')).toMatchObject({ value: typed })
    }
    await send(w, modal, { Kind: 'Refund', Amount: '1,20', Note: 'For <the> trouble.' })
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toBe(
      `<@${w.people.fred.id}> granted a refund of $1.20.\nFor &lt;the&gt; trouble.`,
    )
    await asks(w, { Kind: 'Replacement' })
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('granted a replacement.')
    expect(cardIn(w, 'manufacturing', 1).text).toContain('*Made good*\n$1.20, replacement')
    expect(offers(w, 'manufacturing')).toEqual([])

    const closing = await form(w, 'fred', 1, 'Close out')
    expect(JSON.stringify(closing.blocks)).toContain('Granted so far: $1.20, replacement.')
    await send(w, closing, { ...CLOSE_OUT, 'Was it fixed?': 'Made good' })
    await w.people.fred.press(cardIn(w, 'manufacturing', 1), 'More')
    expect(JSON.stringify((await w.people.fred.waitForModal()).blocks)).not.toContain('Make good')
    expectNoRepeats(w)
    expect(w.slack.problems).toEqual([])
  })

  test('above it asks the lead, who approves with one press', async () => {
    const w = await rich()
    const { people, settle } = w
    await filed(w)
    await asks(w, REFUND)
    const [asked] = offers(w, 'manufacturing')
    expect(asked?.thread_ts).toBe(cardIn(w, 'manufacturing', 1).ts)
    expect(asked?.text).toContain(`<@${people.lena.id}> <@${people.fred.id}> asks for *a refund of $800.00*.`)
    expect(asked?.text).toContain('For the &lt;days&gt; they stood still &amp; waited.')
    expect(cardIn(w, 'manufacturing', 1).text).toContain('a refund of $800.00 waits for an answer')

    // Nobody else decides it: not whoever asked, not a colleague.
    for (const who of ['fred', 'fay'] as const)
      for (const button of ['Approve', 'Decline'] as const) {
        const told = await toldBy(w, people[who], () => answer(w, who, button))
        expect(told.text).toContain(`This is for <@${people.lena.id}> or an admin to decide.`)
      }
    await answer(w, 'lena', 'Approve')
    await settle()
    expect(offers(w, 'manufacturing')).toEqual([])
    const thread = linesOf(w, 'manufacturing', 1)
    expect(thread.at(-2)).toContain(
      `<@${people.fred.id}> asked for *a refund of $800.00*: approved by <@${people.lena.id}>.`,
    )
    expect(thread.at(-1)).toContain(
      `<@${people.lena.id}> approved a refund of $800.00, asked for by <@${people.fred.id}>.`,
    )
    expect(cardIn(w, 'manufacturing', 1).text).toContain('*Made good*\n$800.00')
    await w.pass(HOUR)
    expect(linesOf(w, 'manufacturing', 1)).toHaveLength(thread.length)
    expectNoRepeats(w)
    expect(w.slack.problems).toEqual([])
  })

  test('is declined with a reason; asked for again, is decided once where two press at once, and a form comes too late', async () => {
    const w = await rich()
    const { people } = w
    await filed(w)
    await asks(w, REFUND)
    await answer(w, 'lena', 'Decline')
    const modal = await seeing(w, people.lena, 'Decline')
    expect(JSON.stringify(modal.blocks)).toContain('Asked for: a refund of $800.00.')
    await send(w, modal, { Reason: 'A new valve & our apologies.' })
    expect(offers(w, 'manufacturing')).toEqual([])
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('declined a refund of $800.00, asked for by')
    expect(linesOf(w, 'manufacturing', 1).at(-1)).toContain('A new valve &amp; our apologies.')
    expect(cardIn(w, 'manufacturing', 1).text).toContain('*Made good*\nNothing granted')

    await asks(w, REFUND)
    await answer(w, 'otto', 'Decline')
    const late = await seeing(w, people.otto, 'Decline')
    const told = () => [people.lena, people.dora].flatMap((one) => one.ephemerals().map(({ text }) => text))
    await Promise.all([answer(w, 'lena', 'Approve'), answer(w, 'dora', 'Approve')])
    await w.settle()
    await w.slack.until(() => (told().length > 0 ? true : undefined), { what: 'the second one to be told' })
    expect(told()).toEqual([expect.stringMatching(/^<@U\w+> has approved it already\.$/)])
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('approved a refund'))).toHaveLength(1)
    await late.fill({ Reason: 'No.' })
    expect((await late.submit()).errors).toEqual({ Reason: 'Somebody has approved it already.' })
    expect(cardIn(w, 'manufacturing', 1).text).toContain('*Made good*\n$800.00')
    expect(w.slack.problems).toEqual([])
  })

  test('unanswered climbs to the deputy, then to the company channel, through a restart, each once', async () => {
    const w = await rich()
    const { slack } = w
    await filed(w)
    await asks(w, REFUND)
    await w.pass(29 * MINUTE)
    expect(offers(w, 'manufacturing')).toHaveLength(1)
    await w.restart()
    await w.pass(2 * MINUTE)
    await w.pass(MINUTE)
    expect(offers(w, 'manufacturing')).toHaveLength(2)
    expect(offers(w, 'manufacturing').at(-1)?.text).toContain(`<@${w.people.dora.id}> <@${w.people.fred.id}> asks for`)
    expect(offers(w, 'company')).toEqual([])
    await w.pass(30 * MINUTE)
    await w.pass(2 * HOUR)
    expect(offers(w, 'manufacturing')).toHaveLength(3)
    const [company] = offers(w, 'company')
    expect(company?.text).toContain(`<@${w.people.otto.id}> This waits for an answer:`)
    expect(company?.text).not.toContain('stood still')

    // Answered where it was last asked: what was asked before says so, too.
    await answer(w, 'otto', 'Approve', 'company')
    await w.settle()
    expect([...offers(w, 'manufacturing'), ...offers(w, 'company')]).toEqual([])
    const approved = linesOf(w, 'manufacturing', 1).filter((line) => line.includes('approved by'))
    expect(approved).toHaveLength(3)
    expect(slack.messages(slack.channel('company')).filter(({ text }) => text.includes('approved by'))).toHaveLength(1)
    expectNoRepeats(w)
    expect(slack.problems).toEqual([])
  })

  test('the same form delivered three times grants it once; two that ask at once share one limit: the second goes to the lead', async () => {
    const w = await rich()
    await filed(w)
    const modal = await more(w, 'fred', 1, 'Make good', 'Make good')
    await modal.fill({ Kind: 'Refund', Amount: '40' })
    expect((await modal.submit({ copies: 2 })).outcome).toBe('cleared')
    await w.people.fred.resend()
    await w.settle()
    expect(linesOf(w, 'manufacturing', 1).filter((line) => line.includes('granted'))).toHaveLength(1)
    expect(cardIn(w, 'manufacturing', 1).text).toContain('*Made good*\n$40.00')

    const [one, other] = [
      await more(w, 'fred', 1, 'Make good', 'Make good'),
      await more(w, 'fay', 1, 'Make good', 'Make good'),
    ]
    await one.fill({ Kind: 'Credit', Amount: '300' })
    await other.fill({ Kind: 'Credit', Amount: '300' })
    await Promise.all([one.submit(), other.submit()])
    await w.settle()
    expect(cardIn(w, 'manufacturing', 1).text).toContain('$340.00 · a credit of $300.00 waits for an answer')
    expect(offers(w, 'manufacturing')).toHaveLength(1)
  })

  test('closed meanwhile is still answered; the lead who asked is not who answers', async () => {
    const w = await rich(null)
    const { people, settle } = w
    await filed(w)
    await asks(w, REFUND, 'lena')
    // No deputy: the company is asked at once, and an admin answers.
    expect(offers(w, 'company')).toHaveLength(1)
    await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
    const told = await toldBy(w, people.lena, () => answer(w, 'lena', 'Approve'))
    expect(told.text).toContain('This is for an admin to decide.')
    await answer(w, 'otto', 'Approve')
    await settle()
    expect(cardIn(w, 'manufacturing', 1).text).toContain('*Made good*\n$800.00')
    expect(offers(w, 'company')).toEqual([])
    expect(w.slack.problems).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { checkView, firedMentions } from '../../src/sandbox/limits.ts'
import { briefing } from '../../src/views/briefing.ts'
import { card } from '../../src/views/card.ts'
import { handOverModal } from '../../src/views/handOverModal.ts'
import { line } from '../../src/views/line.ts'
import { pointer } from '../../src/views/pointer.ts'
import { reassignModal } from '../../src/views/reassignModal.ts'
import { reminderLeft } from '../../src/views/reminder.ts'
import { settleCall, settleDone, settleModal } from '../../src/views/settling.ts'
import {
  BIG_SETUP,
  become,
  CARD_LINK,
  callBack,
  close,
  edit,
  expectSound,
  filed,
  handOver,
  lastOf,
  NOW,
  noAnswer,
  outcome,
  own,
  plan,
  readable,
  reassign,
  SETUP,
  type Story,
  settle,
  settlingStory,
} from './samples.ts'

const settling = settlingStory()
const taken = become(settling, settle(lastOf(settling).seq))
const stayed = become(settling, settle(lastOf(settling).seq, 'manufacturing'))
const handed = become(filed(), own, handOver())

describe('lines in the threads', () => {
  it.each<[string, Story]>([
    ['handed over', handed],
    ['the leads are called', settling],
    ['settled: the other takes it', taken],
    ['settled: it stays', stayed],
    [
      'settled: it stays, with another owner',
      become(settling, settle(lastOf(settling).seq, 'manufacturing', 'U0GOES')),
    ],
    ['reassigned', become(filed(), own, reassign())],
    [
      'reassigned by the owner',
      become(filed(), own, { kind: 'reassign', by: 'U0OWN', owner: 'U0GOES', reason: null, ownerGone: false }),
    ],
    ['taken on by the lead', become(filed(), own, reassign('U0LEAD', null))],
    ['given to somebody at first', become(filed(), reassign('U0OWN', null))],
  ])('%s', (_, story) => {
    const message = line(lastOf(story), story.complaint, { setup: SETUP })
    expectSound(message)
    expect(message.text).toMatchSnapshot()
  })

  it('lead to the other thread', () => {
    const also = { words: 'It goes on there', link: CARD_LINK }
    const message = line(lastOf(handed), handed.complaint, { setup: SETUP, also })
    expectSound(message)
    expect(message.text.split('\n').at(-1)).toBe(`<${CARD_LINK}|It goes on there>`)
    const unlinked = line(lastOf(handed), handed.complaint, { setup: SETUP, also: { ...also, link: null } })
    expect(unlinked.text.split('\n').at(-1)).toBe('It goes on there')
  })
})

describe('the card', () => {
  const drawn = ({ complaint }: Story, setup = SETUP) => card(complaint, { setup, now: NOW, showContact: true })
  const labels = (story: Story, setup = SETUP) =>
    drawn(story, setup).blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.map((one) => ('text' in one ? one.text?.text : '')) : [],
    )

  it('offers to hand it over, while it is open, is not being settled, and there is somewhere to go', () => {
    expect(labels(handed)).toEqual(['Own it', 'Log callback', 'Visit', 'Hand over', 'Close out', 'More'])
    expect(labels(settling)).not.toContain('Hand over')
    expect(labels(become(handed, close()))).not.toContain('Hand over')
    const one = { ...SETUP, departments: SETUP.departments.filter(({ key }) => key === 'design') }
    expect(labels(handed, one)).not.toContain('Hand over')
  })

  it('counts the hand-overs, says who settles it, and calls the department that it is with', () => {
    expect(drawn(filed()).text).not.toContain('Handed over')
    expect(drawn(handed).text).toContain('Handed over once')
    expect(drawn(handed).text).toContain('Calling <@U0DESIGN>')
    const { text, blocks } = drawn(settling)
    expectSound({ text, blocks })
    expect(text).toContain('Handed over twice')
    expect(text).toContain(
      '<@U0OWN> asked to hand it over to Product design. The leads settle it; it stays with Manufacturing.',
    )
    expect(drawn(taken).text).toContain('Handed over 3 times')
  })
})

describe('what stays behind', () => {
  it('points to the card, and shows nothing else', () => {
    const message = pointer(handed.complaint, { setup: SETUP, cardLink: CARD_LINK })
    expectSound(message)
    expect(message.text).toBe(`*#142* is now with Product design. <${CARD_LINK}|To its card>`)
    expect(pointer(handed.complaint, { setup: SETUP, cardLink: null }).text).toContain('To its card')
  })

  it('a reminder asks for nothing any more, and hides who to call back', () => {
    const message = reminderLeft({ complaint: handed.complaint, clock: 'callback', setup: SETUP, cardLink: CARD_LINK })
    expectSound(message)
    expect(JSON.stringify(message)).not.toMatch(/555|log_callback/)
    expect(firedMentions(message)).toEqual([])
    expect(message.text).toContain('The promised call is with Product design now.')
  })
})

describe('the call to settle it', () => {
  const call = (showReason: boolean, cardLink: string | null = CARD_LINK) =>
    settleCall(settling.complaint, lastOf(settling), { setup: SETUP, cardLink, showReason })

  it('calls both leads and says why', () => {
    expectSound(call(true))
    expect(call(true)).toMatchSnapshot()
    expect(new Set(firedMentions({ text: call(true).text }))).toEqual(new Set(['<@U0LEAD>', '<@U0DESIGN>', '<@U0OWN>']))
  })

  it('keeps the reason, the words and the contact from the company channel', () => {
    expect(JSON.stringify(call(false))).not.toMatch(/drawing|valve|555/)
  })

  it('once settled or closed calls nobody', () => {
    const done = ({ complaint }: Story) => settleDone(complaint, { setup: SETUP, cardLink: CARD_LINK })
    for (const [story, words] of [
      [taken, 'Settled: it is with Product design.'],
      [stayed, 'Settled: it is with Manufacturing.'],
      [become(settling, close()), 'Closed.'],
    ] as const) {
      expectSound(done(story))
      expect(done(story).text).toContain(words)
      expect(firedMentions(done(story))).toEqual([])
    }
  })
})

describe('the briefing', () => {
  const told = (story: Story, showContact = true) =>
    briefing(story.complaint, { entries: story.entries, setup: SETUP, now: NOW, showContact, cardLink: CARD_LINK })

  it('holds the call sheet and the timeline so far', () => {
    const story = become(filed(), own, noAnswer, plan(), handOver(), { kind: 'own', by: 'U0DESIGN' })
    expectSound(told(story))
    expect(told(story)).toMatchSnapshot()
  })

  it('shows who to call back to the owner alone, neither on the call sheet nor in an edit', () => {
    const story = become(filed(), edit({ contact: 'Bob, +1 555 0199' }), own, handOver())
    expect(readable(told(story).blocks)).toContain('555 0199')
    expect(JSON.stringify(told(story, false))).not.toContain('555')
  })

  it('leaves out that somebody was reminded', () => {
    const story = become(filed(), { command: { kind: 'remind' }, at: plus(NOW, 40 * HOUR) }, own)
    expect(told(story).text).not.toContain('Reminder')
  })

  it('of a long life tells the newest, and where the rest is', () => {
    const long = Array.from({ length: 120 }).reduce<Story>((story) => become(story, callBack('"'.repeat(400))), filed())
    const message = told(long)
    expectSound(message)
    expect(message.text).toMatch(/The first 1\d\d entries are on the timeline\./)
    const short = Array.from({ length: 120 }).reduce<Story>((story) => become(story, noAnswer), filed())
    expectSound(told(short))
  })

  it.each([
    ['quotes', '"'],
    ['line breaks', '\n"'],
    ['ampersands', '&'],
    ['broadcasts', '<!channel> <!here> <@U0EVIL> <!subteam^S0EVIL> @everyone '],
    ['control characters', '\u0001a'],
    ['half pairs', '\uD83D'],
    ['stacked accents', '\u0301'],
    ['emoji', '👩‍👩‍👧‍👦'],
  ])('of the heaviest text is one message: %s', (_, text) => {
    const full = (limit: number) => text.repeat(Math.ceil(limit / text.length)).slice(0, limit)
    const open = filed({ words: `x${full(2_990)}`, tried: full(3_000), contact: full(200), reference: full(200) })
    const reason = `x${full(490)}`
    const story = become(open, own, callBack(`x${full(2_990)}`), plan(`x${full(190)}`), {
      ...{ kind: 'arrive', by: 'U0GOES' },
    })
    const whole = become(story, outcome(`x${full(2_990)}`), reassign('U0GOES', reason), handOver('design', reason))
    for (const one of [told(whole), told(whole, false)]) expectSound(one)
    const third = settlingStory(reason)
    const entry = lastOf(third)
    expectSound(settleCall(third.complaint, entry, { setup: SETUP, cardLink: CARD_LINK, showReason: true }))
    expectSound(line(entry, third.complaint, { setup: SETUP, also: { words: 'There', link: CARD_LINK } }))
    expectSound(
      card({ ...open.complaint, settling: third.complaint.settling }, { setup: SETUP, now: NOW, showContact: true }),
    )
    expect(checkView(settleModal(third.complaint, { setup: SETUP }))).toEqual([])
  })
})

describe('the modals', () => {
  it('hand over: to another department, and why', () => {
    for (const setup of [SETUP, BIG_SETUP]) expect(checkView(handOverModal(handed.complaint, { setup }))).toEqual([])
    expect(handOverModal(handed.complaint, { setup: SETUP })).toMatchSnapshot()
    expect(JSON.stringify(handOverModal(handed.complaint, { setup: SETUP }))).not.toContain('"design"')
  })

  it('the one that goes to the leads says so', () => {
    expect(readable(handOverModal(stayed.complaint, { setup: SETUP }).blocks)).toContain(
      'The leads of both departments are called to settle who takes it. Until then it stays with Manufacturing.',
    )
  })

  it('settle: one of the two, with an owner or without', () => {
    const { complaint } = settling
    const view = settleModal(complaint, { setup: SETUP })
    expect(checkView(view)).toEqual([])
    expect(view).toMatchSnapshot()
    const left = { ...SETUP, departments: SETUP.departments.filter(({ key }) => key !== 'design') }
    expect(JSON.stringify(settleModal(complaint, { setup: left }))).not.toContain('"value":"design"')
  })

  it('reassign: to whom', () => {
    expect(checkView(reassignModal(handed.complaint))).toEqual([])
    expect(reassignModal(handed.complaint)).toMatchSnapshot()
  })
})
